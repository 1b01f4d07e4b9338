"""False goals with forged certificates: contexts that hold at a point, goals that fail there, records that nearly fit.

Whatever the kernel accepts of these is a false theorem: the point is a model of the context and the goal fails at it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from flint import fmpq

from symhet.core import derived, functions
from symhet.core import records as r
from symhet.core.calculus import derivative
from symhet.core.context import Context
from symhet.core.corollaries import arity
from symhet.core.lemmas import LEMMAS, PRINCIPLES, instance
from symhet.core.rules.relations import differentiated
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.statements import Op, Statement
from symhet.language.terms import ONE, ZERO, Head, Term
from tests.core.balls import Evaluator, NoValueError, UnclearError, sign
from tests.core.random_terms import POSITIVE, random_point, random_term, step

X, Y = t.symbol("x"), t.symbol("y")
FRESH = t.symbol("fresh")
ODD = (Head.SURVIVAL, Head.TAIL, Head.DENSITY, Head.UNSPECIFIED, Head.INTEGRAL, Head.INTEGRAL_FROM_ZERO)


@dataclass(frozen=True)
class Case:
    """A context that holds at a point, and a goal that fails there."""

    context: Context
    goal: Statement
    at: Evaluator


def plain(rng: Random, depth: int) -> Term:
    """Return a random term that the evaluator knows: no tails, no named functions."""
    while True:
        term = random_term(rng, depth)
        if not term.mentions(*ODD, Head.TOTAL) and t.SUPPORT not in term.leaves:
            return term


def truth(statement: Statement, at: Evaluator) -> bool:
    """Tell whether a statement without binders holds at a point; `UnclearError` where balls do not tell."""
    op, args = statement.op, statement.args
    if statement.is_relation:
        try:
            gap = at(t.difference(args[1], args[0]))
        except NoValueError:
            return False
        told = sign(gap)
        return {Op.EQUAL: told == 0, Op.LESS: told > 0, Op.AT_MOST: told >= 0, Op.DIFFER: told != 0}[op]
    if op is Op.AND:
        return all(truth(part, at) for part in args)
    if op is Op.OR:
        return any(truth(part, at) for part in args)
    if op is Op.IMPLIES:
        return not truth(args[0], at) or truth(args[1], at)
    return truth(args[0], at) == truth(args[1], at)


def relation(rng: Random, depth: int) -> Statement:
    """Return a random relation, often between nearly equal terms, now and then that a term has a value."""
    left = plain(rng, depth)
    if rng.random() < 0.1:
        return s.exists(left)
    right = step(rng, left) if rng.random() < 0.5 else plain(rng, depth)
    op = rng.choice((Op.EQUAL, Op.LESS, Op.AT_MOST, Op.DIFFER))
    return s.statement(op, left, right)


def statement(rng: Random, depth: int) -> Statement:
    """Return a random statement without binders."""
    draw = rng.random()
    if draw < 0.8:
        return relation(rng, depth)
    maker = rng.choice((s.both, s.either, s.implies, s.iff))
    return maker(relation(rng, depth), relation(rng, depth))


def case(rng: Random, wanted: bool = False) -> Case:
    """Return a context and a goal with a point that shows the goal to be false, or true where that is wanted."""
    while True:
        point: dict[Term, Any] = dict(random_point(rng))
        system: dict[str, Statement] = {}
        if rng.random() < 0.3:
            solved = plain(rng, 2)
            if Y not in solved.leaves:
                try:
                    point[Y] = Evaluator(point)(solved)
                    point[t.total(Y, X)] = Evaluator(point)(derivative(solved, X))
                    if isinstance(point[Y], fmpq) and point[Y] > 0:
                        system["solved"] = s.eq(Y, solved)
                except (NoValueError, UnclearError, Refusal):
                    pass
            if not system:
                continue
        at = Evaluator(point)
        try:
            drawn = [statement(rng, 2) for _ in range(rng.randint(1, 5))]
            known = {f"h{i}": fact for i, fact in enumerate(drawn) if truth(fact, at)}
            context = Context({**system, **known}, frozenset(system), frozenset({Y}) if system else frozenset())
            goal = _about_total(rng) if system and rng.random() < 0.5 else statement(rng, 2)
            if truth(goal, at) is wanted:
                return Case(context, goal, at)
        except (UnclearError, Refusal):
            continue


def _about_total(rng: Random) -> Statement:
    return s.statement(rng.choice((Op.EQUAL, Op.LESS, Op.DIFFER)), t.total(Y, X), plain(rng, 1))


class Forger:
    """Makes certificates for false goals: the algebra often fits, something else does not."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng

    def proof(self, context: Context, goal: Statement, depth: int) -> r.Proof:
        """Return a certificate that may look like one of the goal."""
        makers = self._fitting(goal) if self.rng.random() < 0.85 else [*_RELATIONS, *_STRUCTURE]
        if depth <= 0:
            makers = [make for make in makers if make in _FLAT] or [Forger.identity, Forger.hypothesis]
        return self.rng.choice(makers)(self, context, goal, depth - 1)

    def _fitting(self, goal: Statement) -> list[Callable[..., r.Proof]]:
        if goal.is_relation:
            return _RELATIONS
        special: dict[Op, list[Callable[..., r.Proof]]] = {
            Op.AND: [Forger.split, Forger.cut],
            Op.OR: [Forger.choose, Forger.cut, Forger.cases],
            Op.IMPLIES: [Forger.intro, Forger.cut],
            Op.IFF: [Forger.both, Forger.cut],
        }
        return special[goal.op]

    def term(self) -> Term:
        return self.rng.choice([ONE, ZERO, t.MINUS_ONE, t.number(2), plain(self.rng, 1), plain(self.rng, 2)])

    def name(self, context: Context, *ops: Op) -> str:
        names = [n for n, known in context.hypotheses.items() if not ops or known.op in ops]
        return self.rng.choice(names or ["nowhere", *context.hypotheses])

    def side(self, context: Context, depth: int) -> r.Side:
        if self.rng.random() < 0.6:
            return ()
        wanted = relation(self.rng, 1)
        return ((wanted, self.proof(context, wanted, depth)),)

    def gap(self, context: Context, name: str) -> Term:
        known = context.hypotheses.get(name)
        return known.gap if known is not None and known.is_relation else ONE

    # --- relations ---------------------------------------------------------------------------------------

    def identity(self, context: Context, goal: Statement, depth: int) -> r.Proof:
        return derived.identity(self.side(context, depth) if depth > 0 else ())

    def sign(self, context: Context, goal: Statement, depth: int) -> r.Proof:
        inverse = t.whole_power(goal.gap, -1) if goal.is_relation else ONE
        return derived.sign(self.rng.choice([ONE, inverse, self.term()]))

    def powers(self, context: Context, goal: Statement, depth: int) -> r.Proof:
        name = self.name(context, Op.EQUAL)
        factors = ((name, self.rng.choice([ZERO, self.term()])),)
        known = context.hypotheses.get(name)
        if known is None or not known.is_relation or not goal.is_relation:
            return r.Lemma("pow_equal", (self.term(), self.term(), self.term()), (r.Hypothesis(name),))
        return derived.powers(context, goal, factors)

    def linear(self, context: Context, goal: Statement, depth: int) -> r.Proof:
        name = self.name(context, Op.EQUAL)
        fitting = t.quotient(goal.gap, self.gap(context, name)) if goal.is_relation else ONE
        return derived.linear(((name, self.rng.choice([fitting, ZERO, self.term()])),))

    def combine(self, context: Context, goal: Statement, depth: int) -> r.Proof:
        if not goal.is_relation:
            return r.Combine()
        name, other = self.name(context, Op.LESS, Op.AT_MOST), self.name(context, Op.EQUAL)
        weight, factor = self.term(), self.term()
        scaled = t.multiply(factor, goal.gap)
        rest = t.difference(scaled, t.multiply(weight, self.gap(context, name)))
        if self.rng.random() < 0.3:
            weight, rest = t.quotient(scaled, self.gap(context, name)), ZERO
        equations = ((other, self.term()),) if self.rng.random() < 0.2 else ()
        return derived.combine(((name, weight),), equations, factor, rest)

    def sums(self, context: Context, goal: Statement, depth: int) -> r.Proof:
        """Return a sum of products of known gaps; the first weight may be what makes it the goal."""
        summands = []
        for _ in range(self.rng.choice((0, 1, 1, 2, 3))):
            names = [self.name(context) for _ in range(self.rng.choice((0, 1, 1, 2)))]
            factors = tuple((name, self.rng.choice((-2, -1, 0, 1, 1, 1, 2))) for name in names)
            summands.append((self.term(), factors))
        multiplier = self.rng.choice([ONE, ONE, t.MINUS_ONE, self.term()])
        if summands and goal.is_relation and self.rng.random() < 0.7:
            (_, factors), *others = summands
            parts = [t.multiply(weight, self._powers(context, known)) for weight, known in others]
            left = t.difference(t.multiply(multiplier, goal.gap), t.total_of(parts))
            summands[0] = (t.quotient(left, self._powers(context, factors)), factors)
        using = (self.name(context, Op.EQUAL),) if self.rng.random() < 0.2 else ()
        return r.Combine(tuple(summands), multiplier, using)

    def _powers(self, context: Context, factors: tuple[tuple[str, int], ...]) -> Term:
        return t.product_of([t.whole_power(self.gap(context, name), n) for name, n in factors])

    def product(self, context: Context, goal: Statement, depth: int) -> r.Proof:
        name, power = self.name(context, Op.LESS), self.rng.choice((-1, 1, 2, 3))
        gap = goal.gap if goal.is_relation else ONE
        fitting = t.multiply(gap, t.whole_power(self.gap(context, name), -power))
        return derived.product(((name, power),), self.rng.choice([fitting, self.term()]))

    def hypothesis(self, context: Context, goal: Statement, depth: int) -> r.Proof:
        return r.Hypothesis(self.name(context, goal.op))

    def transported(self, context: Context, goal: Statement, depth: int) -> r.Proof:
        name, using = self.name(context, goal.op), self.name(context, Op.EQUAL)
        gap = goal.gap if goal.is_relation else ONE
        factor = self.rng.choice([ONE, t.quotient(gap, self.gap(context, name)), self.term()])
        proofs = () if goal.op is Op.EQUAL else (self.proof(context, s.positive(factor), depth),)
        return derived.transported(name, (using,) if self.rng.random() < 0.5 else (), factor, proofs)

    def apart(self, context: Context, goal: Statement, depth: int) -> r.Proof:
        below = self.rng.random() < 0.5
        left, right = goal.args[:2] if goal.is_relation else (ONE, ONE)
        return derived.apart(below, self.proof(context, s.lt(left, right) if below else s.lt(right, left), depth))

    def weaken(self, context: Context, goal: Statement, depth: int) -> r.Proof:
        equal = self.rng.random() < 0.5
        left, right = goal.args[:2] if goal.is_relation else (ONE, ONE)
        return derived.weaken(equal, self.proof(context, s.eq(left, right) if equal else s.lt(left, right), depth))

    def lemma(self, context: Context, goal: Statement, depth: int) -> r.Proof:
        name = self.rng.choice(list(LEMMAS))
        of_goal = [node for side in goal.args for node in (side, *side.children)] if goal.is_relation else []
        parts = of_goal if of_goal and self.rng.random() < 0.5 else [*of_goal, self.term(), self.term(), self.term()]
        arguments = tuple(self.rng.choice(parts) for _ in range(arity(name)))
        premises, _ = instance(name, arguments)
        plain_premises = [p for p in premises if p.is_relation]
        return r.Lemma(name, arguments, tuple(self.proof(context, p, depth) for p in plain_premises))

    def principle(self, context: Context, goal: Statement, depth: int) -> r.Proof:
        name = self.rng.choice(list(PRINCIPLES))
        function = t.replace(plain(self.rng, 2), {X: t.bound(0)})
        if not goal.is_relation and goal.args and type(goal.args[0]) is Term and self.rng.random() < 0.8:
            function = goal.args[0]
        numbers = {"mean_value": 2, "falling_root": 2}.get(name, self.rng.randint(1, 7))
        arguments = (function, *(self.term() for _ in range(numbers)))
        try:
            premises, _ = PRINCIPLES[name](*arguments)
        except (TypeError, ValueError):
            return self.lemma(context, goal, depth)
        return r.Lemma(name, arguments, tuple(self.opened(context, premise, depth) for premise in premises))

    def opened(self, context: Context, statement: Statement, depth: int) -> r.Proof:
        """Return a certificate of a statement about all positive values, its premises assumed."""
        if statement.op is not Op.FORALL:
            return self.proof(context, statement, depth)
        inner, names = s.at(statement.args[0], FRESH), []
        while inner.op is Op.IMPLIES:
            premise, inner = inner.args
            names.append(f"inside {len(context.hypotheses)}")
            context = context.having(names[-1], premise)
        return functions.everywhere(FRESH, names, self.proof(context, inner, depth))

    def monotone(self, context: Context, goal: Statement, depth: int) -> r.Proof:
        body = plain(self.rng, 2)
        function = t.replace(body, {X: t.bound(0)})
        start, end, rising = self.term(), self.term(), self.rng.random() < 0.5
        if goal.is_relation and self.rng.random() < 0.5:
            function = t.add(function, t.difference(goal.gap, s.at(function, end)))
        low, high = (start, end) if rising else (end, start)
        slope = derivative(s.at(function, FRESH), FRESH)
        return functions.monotone(
            function,
            FRESH,
            "between",
            start,
            end,
            rising,
            self.proof(context, s.lt(low, high), depth),
            self.proof(context, s.le(ZERO, low), depth),
            self.proof(context, s.positive(slope), depth),
            self.proof(context, s.le(ZERO, s.at(function, start)), depth),
            self.proof(context, s.exists(s.at(function, FRESH)), depth),
        )

    def differentiate(self, context: Context, goal: Statement, depth: int) -> r.Proof:
        return r.Differentiate(self.name(context, Op.EQUAL), self.rng.choice([X, Y, *POSITIVE]))

    # --- structure ---------------------------------------------------------------------------------------

    def cut(self, context: Context, goal: Statement, depth: int) -> r.Proof:
        new = relation(self.rng, 2)
        if self.rng.random() < 0.3 and context.system:
            new = differentiated(context, "solved", X)[1]
        identically = self.rng.random() < 0.3
        proof = self.proof(context, new, depth)
        extended = context if "new" in context.hypotheses else context.having("new", new)
        return r.Cut((("new", new, proof, identically),), self.proof(extended, goal, depth))

    def rewrite(self, context: Context, goal: Statement, depth: int) -> r.Proof:
        using = (self.name(context, Op.EQUAL),)
        return r.Rewrite(using, self.proof(context, goal, depth), self.rng.random() < 0.5)

    def named(self, context: Context, goal: Statement, depth: int) -> r.Proof:
        term = self.term()
        return r.Named(
            self.rng.choice([FRESH, X]),
            term,
            "named",
            self.proof(context, s.positive(term), depth),
            self.proof(context, goal, depth),
        )

    def chart(self, context: Context, goal: Statement, depth: int) -> r.Proof:
        old = self.rng.choice(POSITIVE)
        term = self.rng.choice([t.difference(old, ONE), t.whole_power(old, -1), self.term()])
        image = self.rng.choice([t.add(FRESH, ONE), t.whole_power(FRESH, -1), self.term()])
        positive = self.proof(context, s.positive(term), depth)
        return derived.chart(((FRESH, term),), ((old, image),), (positive,), self.proof(context, goal, depth))

    def split(self, context: Context, goal: Statement, depth: int) -> r.Proof:
        return r.Split(tuple(self.proof(context, part, depth) for part in goal.args if isinstance(part, Statement)))

    def intro(self, context: Context, goal: Statement, depth: int) -> r.Proof:
        conclusion = goal.args[1] if goal.op is Op.IMPLIES else goal
        return r.Intro("assumed", self.proof(context, conclusion, depth))

    def both(self, context: Context, goal: Statement, depth: int) -> r.Proof:
        left, right = goal.args if goal.op is Op.IFF else (goal, goal)
        there, back = s.implies(left, right), s.implies(right, left)
        return derived.both(self.proof(context, there, depth), self.proof(context, back, depth))

    def choose(self, context: Context, goal: Statement, depth: int) -> r.Proof:
        part = self.rng.randrange(-1, 3)
        inner = goal.args[part] if goal.op is Op.OR and 0 <= part < len(goal.args) else goal
        if goal.op in (Op.AT_MOST, Op.DIFFER):
            inner = s.statement(self.rng.choice((Op.LESS, Op.EQUAL)), *goal.args[:: self.rng.choice((1, -1))])
        return r.Choose(part, self.proof(context, inner, depth))

    def cases(self, context: Context, goal: Statement, depth: int) -> r.Proof:
        proofs = tuple(self.proof(context, goal, depth) for _ in range(2))
        return r.Cases(self.name(context, Op.OR, Op.AT_MOST, Op.DIFFER), "case", proofs)

    def use(self, context: Context, goal: Statement, depth: int) -> r.Proof:
        name = self.name(context, Op.AND, Op.IMPLIES, Op.IFF)
        known = context.hypotheses.get(name)
        premise = goal
        if known is not None and known.op in (Op.IMPLIES, Op.IFF):
            premise = known.args[self.rng.randrange(2)]
        proofs = (self.proof(context, premise, depth),) if self.rng.random() < 0.8 else ()
        return r.Use(name, self.rng.randrange(-1, 3), (), proofs)

    def absurd(self, context: Context, goal: Statement, depth: int) -> r.Proof:
        return derived.absurd(self.proof(context, s.FALSE, depth))


_FLAT = [
    Forger.identity,
    Forger.sign,
    Forger.powers,
    Forger.linear,
    Forger.combine,
    Forger.sums,
    Forger.product,
    Forger.hypothesis,
]
_RELATIONS = [
    *_FLAT,
    *_FLAT,
    *(Forger.transported, Forger.apart, Forger.weaken, Forger.lemma, Forger.lemma),
    *(Forger.monotone, Forger.principle),
    *(Forger.differentiate, Forger.cut, Forger.rewrite, Forger.chart, Forger.named, Forger.absurd, Forger.use),
    *(Forger.choose, Forger.cases),
]
_STRUCTURE = [Forger.split, Forger.intro, Forger.both, Forger.choose, Forger.cases, Forger.use]
