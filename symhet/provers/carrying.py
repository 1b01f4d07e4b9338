"""Certificates of the tactics on SymPy terms, carried over to the records of the core.

The tactics write what SymPy leaves of a term; the core sees terms as written, and asks of every one that it exists. So
the proofs of side conditions are found anew here: by what the tactic handed over, where its gap is the same, or by one
known relation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from itertools import chain, combinations
from typing import Any

import sympy as sp

from symhet.certificate import Certificate
from symhet.core import kernel, records
from symhet.core.context import Context
from symhet.core.rules.base import open_conditions, rewritten
from symhet.errors import SymhetError
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.definedness import Condition, Kind, evident
from symhet.language.refusals import Refusal
from symhet.language.statements import Op, Statement
from symhet.language.sympy_door import Door, statement_to_sympy, to_sympy
from symhet.language.terms import ONE, ZERO, Head, Term
from symhet.propositions import And, Implies, Maximiser, Or, Prop, UniqueRoot
from symhet.provers.positivity import positive_certificate
from symhet.rules.base import Context as SympyContext
from symhet.steps import Step

_MEMORY = 100_000
_RECENT = 8
Hints = tuple[tuple[Statement, records.Proof], ...]


class Carried:
    """Carries contexts, statements and certificates into the language."""

    def __init__(self, symbols: Iterable[sp.Symbol] = ()) -> None:
        self.door = Door(symbols)
        self._variables: dict[Op, Term] = {}
        # Kept beside the object, so that its id stays its own.
        self._statements: dict[int, tuple[Prop, Statement]] = {}
        self._proofs: dict[tuple[int, Statement], tuple[Certificate, records.Proof]] = {}

    def statement(self, prop: Prop) -> Statement:
        """Return a statement in the language; the variable of a root or maximum, nameless there, is remembered."""
        for part in _binders(prop):
            self._variables[self.door.statement(part).op] = self.door.term(part.variable)
        known = self._statements.get(id(prop))
        if known is None:
            if len(self._statements) >= _MEMORY:
                self._statements.clear()
            known = self._statements[id(prop)] = (prop, self.door.statement(prop))
        return known[1]

    def context(self, context: SympyContext) -> Context:
        """Return a context in the language."""
        hypotheses = {str(name): self.statement(prop) for name, prop in context.hypotheses.items()}
        return Context(
            hypotheses, frozenset(map(str, context.system)), frozenset(map(self.door.term, context.endogenous))
        )

    def proof(self, context: Context, goal: Statement, certificate: Certificate) -> records.Proof:
        """Return the record for a certificate of a goal in a context, with side conditions proved anew."""
        rule: Callable[..., records.Proof] | None = getattr(self, f"_{certificate.rule}", None)
        if rule is None:
            raise Refusal("carrying", f"no record for the rule {certificate.rule!r}", goal)
        key = (id(certificate), goal)
        if key not in self._proofs:
            if len(self._proofs) >= _MEMORY:
                self._proofs.clear()
            self._proofs[key] = (certificate, rule(context, goal, certificate.args))
        return self._proofs[key][1]

    # --- what records are made of ------------------------------------------------------------------------

    def _term(self, value: Any) -> Term:
        return self.door.term(sp.sympify(value, strict=True))

    def _coefficients(self, pairs: Iterable[tuple[str, Any]]) -> records.Coefficients:
        return tuple((name, self._term(value)) for name, value in pairs)

    def _hints(self, context: Context, args: Mapping[str, Any], key: str = "side") -> Hints:
        hints = []
        for prop, certificate in args.get(key, ()):
            statement = self.statement(prop)
            with suppress(Refusal):
                hints.append((statement, self.proof(context, statement, certificate)))
        return tuple(hints)

    def side(self, context: Context, terms: Iterable[Term], hints: Hints = ()) -> records.Side:
        """Return proofs of the conditions of terms that are still open in the context."""
        return tuple(self._settle(context, condition, hints) for condition in open_conditions(context, terms))

    def _settle(self, context: Context, condition: Condition, hints: Hints) -> tuple[Statement, records.Proof]:
        """Return a statement that settles a condition, with its proof."""
        options = [condition.statement]
        if condition.kind is Kind.NONZERO:
            options = [s.positive(condition.term), s.lt(condition.term, ZERO), *options]
        for wanted in options:
            for proof in chain(candidates(context, wanted, hints), self._by_tactics(context, wanted)):
                with suppress(Refusal):
                    kernel.check(context, wanted, proof)
                    return wanted, proof
        raise Refusal("carrying", f"nothing shows that this is {condition.kind.value}", condition.term)

    def _by_tactics(self, context: Context, wanted: Statement) -> Iterable[records.Proof]:
        """Yield what the tactics find for an inequality on SymPy terms."""
        if wanted.op is not Op.LESS:
            return
        known = {
            Step(name): statement_to_sympy(statement)
            for name, statement in context.hypotheses.items()
            if statement.op in (Op.LESS, Op.AT_MOST) and statement.leaves <= wanted.leaves
        }
        with suppress(SymhetError, Refusal):
            certificate = positive_certificate(SympyContext(known), statement_to_sympy(wanted))
            yield self.proof(context, wanted, certificate)

    def _record(self, context: Context, goal: Statement, args: Mapping[str, Any]) -> records.Proof:
        found: records.Proof = args["record"]
        return found

    # --- relations ---------------------------------------------------------------------------------------

    def _identity(self, context: Context, goal: Statement, args: Mapping[str, Any]) -> records.Proof:
        return records.Identity(self.side(context, goal.args, self._hints(context, args)))

    def _sign(self, context: Context, goal: Statement, args: Mapping[str, Any]) -> records.Proof:
        multiplier = self._term(args.get("multiplier", 1))
        return records.Sign(multiplier, self.side(context, (multiplier, *goal.args), self._hints(context, args)))

    def _powers(self, context: Context, goal: Statement, args: Mapping[str, Any]) -> records.Proof:
        factors = self._coefficients(args["factors"])
        equations = [context.known(name).args for name, _ in factors]
        logs = [t.log(left) for left, right in equations if not _one_is_evident(left, right)]
        terms = (*goal.args, *(exponent for _, exponent in factors), *logs)
        return records.Powers(factors, self.side(context, terms, self._hints(context, args)))

    def _linear(self, context: Context, goal: Statement, args: Mapping[str, Any]) -> records.Proof:
        terms = self._coefficients(args["terms"])
        needed = (*goal.args, *(coefficient for _, coefficient in terms))
        return records.Linear(terms, self.side(context, needed, self._hints(context, args)))

    def _combine(self, context: Context, goal: Statement, args: Mapping[str, Any]) -> records.Proof:
        terms, equations = self._coefficients(args["terms"]), self._coefficients(args.get("equations", ()))
        multiplier, rest = self._term(args.get("multiplier", 1)), self._term(args.get("rest", 0))
        needed = (*goal.args, multiplier, rest, *(term for _, term in (*terms, *equations)))
        side = self.side(context, needed, self._hints(context, args))
        return records.Combine(terms, equations, multiplier, rest, side)

    def _product(self, context: Context, goal: Statement, args: Mapping[str, Any]) -> records.Proof:
        coefficient = self._term(args.get("coefficient", 1))
        side = self.side(context, (*goal.args, coefficient), self._hints(context, args))
        return records.Product(tuple((name, int(power)) for name, power in args["factors"]), coefficient, side)

    def _hypothesis(self, context: Context, goal: Statement, args: Mapping[str, Any]) -> records.Proof:
        side = () if context.known(args["name"]) is goal else self.side(context, goal.args, self._hints(context, args))
        return records.Hypothesis(args["name"], side)

    def _transported(self, context: Context, goal: Statement, args: Mapping[str, Any]) -> records.Proof:
        factor = self._term(args.get("factor", 1))
        positive: records.Proofs = ()
        if goal.op is not Op.EQUAL:
            positive = (self.proof(context, s.positive(factor), args["positive"]),)
        side = self.side(context, (*goal.args, factor), self._hints(context, args))
        return records.Transported(args["name"], tuple(args["using"]), factor, positive, side)

    def _apart(self, context: Context, goal: Statement, args: Mapping[str, Any]) -> records.Proof:
        left, right = goal.args if args["below"] else goal.args[::-1]
        return records.Apart(bool(args["below"]), self.proof(context, s.lt(left, right), args["proof"]))

    def _weaken(self, context: Context, goal: Statement, args: Mapping[str, Any]) -> records.Proof:
        equal = bool(args.get("equal"))
        stronger = s.eq(*goal.args) if equal else s.lt(*goal.args)
        return records.Weaken(equal, self.proof(context, stronger, args["proof"]))

    # --- structure ---------------------------------------------------------------------------------------

    def steps(self, context: Context, steps: Iterable[tuple[Any, ...]]) -> tuple[Context, records.Steps]:
        """Return the context with all the steps, and the steps as records."""
        carried = []
        for name, prop, certificate, *identically in steps:
            statement, flag = self.statement(prop), any(identically)
            inner = context.nearby() if flag else context
            carried.append((name, statement, self.proof(inner, statement, certificate), flag))
            context = context.having(name, statement, flag)
        return context, tuple(carried)

    def _cut(self, context: Context, goal: Statement, args: Mapping[str, Any]) -> records.Proof:
        extended, steps = self.steps(context, args["steps"])
        return records.Cut(steps, self.proof(extended, goal, args["then"]))

    def _rewrite(self, context: Context, goal: Statement, args: Mapping[str, Any]) -> records.Proof:
        """Rewrite as the tactic did; tails are first written as SymPy writes them, so that equations meet them."""
        steps: list[tuple[str, Statement, records.Proof, bool]] = []
        using: list[str] = []
        for name in args["using"]:
            for equation in self._untidy(goal, _tails(context.known(name).args[0])):
                tidy = f"tidy {len(steps)}"
                steps.append((tidy, equation, records.Identity(self.side(context, equation.args)), False))
                context, using = context.having(tidy, equation), [*using, tidy]
                goal = rewritten(goal, context, (tidy,))
            goal, using = rewritten(goal, context, (name,)), [*using, name]
        then = records.Rewrite(tuple(using), self.proof(context, goal, args["then"]))
        return records.Cut(tuple(steps), then) if steps else then

    def _untidy(self, goal: Statement, wanted: Mapping[Term, None]) -> list[Statement]:
        """Return equations from the tails of a statement to those wanted that SymPy does not tell from them."""
        found = [node for node in _tails(goal) if node not in wanted] if wanted else []
        pairs = [(node, self.door.term(to_sympy(node))) for node in found]
        return [s.eq(node, tidy) for node, tidy in pairs if tidy in wanted]

    def _name(self, context: Context, goal: Statement, args: Mapping[str, Any]) -> records.Proof:
        symbol, term, label = self._term(args["symbol"]), self._term(args["term"]), args["as"]
        positive = self.proof(context, s.positive(term), args["positive"])
        then = self.proof(context.having(label, s.eq(symbol, term)), goal, args["then"])
        return records.Named(symbol, term, label, positive, then)

    def _chart(self, context: Context, goal: Statement, args: Mapping[str, Any]) -> records.Proof:
        coordinates = {self._term(new): self._term(term) for new, term in dict(args["coordinates"]).items()}
        images = {self._term(old): self._term(new) for old, new in dict(args["map"]).items()}
        proofs = tuple(
            self.proof(context, s.positive(term), proof)
            for term, proof in zip(coordinates.values(), args["positive"], strict=True)
        )
        recovered = [t.replace(image, coordinates) for image in images.values()]
        side = self.side(context, recovered, self._hints(context, args))
        then = self.proof(context.substituted(images), s.substitute(goal, images), args["then"])
        return records.Chart(tuple(coordinates.items()), tuple(images.items()), proofs, then, side)

    def _split(self, context: Context, goal: Statement, args: Mapping[str, Any]) -> records.Proof:
        if goal.op is not Op.AND and len(args["parts"]) == 1:
            return self.proof(context, goal, args["parts"][0])
        pairs = zip(goal.args, args["parts"], strict=True)
        return records.Split(tuple(self.proof(context, part, proof) for part, proof in pairs))

    def _intro(self, context: Context, goal: Statement, args: Mapping[str, Any]) -> records.Proof:
        premise, conclusion = goal.args
        inner = context.having(args["name"], premise)
        return records.Intro(args["name"], self.proof(inner, conclusion, args["then"]))

    def _both(self, context: Context, goal: Statement, args: Mapping[str, Any]) -> records.Proof:
        left, right = goal.args
        forward = self.proof(context, s.implies(left, right), args["forward"])
        return records.Both(forward, self.proof(context, s.implies(right, left), args["backward"]))

    def _choose(self, context: Context, goal: Statement, args: Mapping[str, Any]) -> records.Proof:
        return records.Choose(args["part"], self.proof(context, goal.args[args["part"]], args["proof"]))

    def _cases(self, context: Context, goal: Statement, args: Mapping[str, Any]) -> records.Proof:
        pairs = zip(context.known(args["name"]).args, args["proofs"], strict=True)
        proofs = tuple(self.proof(context.having(args["as"], part), goal, proof) for part, proof in pairs)
        return records.Cases(args["name"], args["as"], proofs)

    def _use(self, context: Context, goal: Statement, args: Mapping[str, Any]) -> records.Proof:
        known = context.known(args["name"])
        if known.op is Op.AND:
            return records.Use(args["name"], args["part"])
        if known.op in (Op.IMPLIES, Op.IFF):
            forward = bool(args.get("forward", True))
            premise = known.args[0 if forward else 1]
            return records.Use(args["name"], 0, forward, (self.proof(context, premise, args["premise"]),))
        return records.Use(args["name"])

    def _absurd(self, context: Context, goal: Statement, args: Mapping[str, Any]) -> records.Proof:
        if "name" not in args:
            return records.Absurd(self.proof(context, s.FALSE, args["proof"]))
        return self._by_contradiction(context, goal, args)

    def _by_contradiction(self, context: Context, goal: Statement, args: Mapping[str, Any]) -> records.Proof:
        """Prove a relation by trichotomy: the cases that contradict it lead to 0 < 0."""
        if not goal.is_relation:
            raise Refusal("carrying", "only a relation is proved by contradiction", goal)
        left, right = goal.args
        label, name = f"{args['name']}_case", args["name"]
        ordered, opposite = s.lt(left, right), s.lt(right, left)
        direct = records.Hypothesis(label)
        contrary = {
            Op.LESS: s.le(right, left),
            Op.AT_MOST: opposite,
            Op.EQUAL: s.ne(left, right),
            Op.DIFFER: s.eq(left, right),
        }[goal.op]
        proofs: list[records.Proof] = []
        for case in (ordered, s.eq(left, right), opposite):
            inner = context.having(label, case)
            if case is goal:
                proofs.append(direct)
            elif goal.op is Op.AT_MOST and case is not opposite:
                proofs.append(records.Weaken(case is not ordered, direct))
            elif goal.op is Op.DIFFER and case is not contrary:
                proofs.append(records.Apart(case is ordered, direct))
            else:
                assumed = self._contrary(inner, contrary, case, label)
                deeper = inner.having(name, contrary)
                false = records.Absurd(self.proof(deeper, s.FALSE, args["proof"]))
                proofs.append(records.Cut(((name, contrary, assumed, False),), false))
        terms = (left, right)
        either = s.either(ordered, s.eq(left, right), opposite)
        split = records.Lemma("trichotomy", terms, (), self.side(context, terms, self._hints(context, args)))
        tri = f"{name}_order"
        return records.Cut(((tri, either, split, False),), records.Cases(tri, label, tuple(proofs)))

    def _contrary(self, context: Context, contrary: Statement, case: Statement, label: str) -> records.Proof:
        """Return a proof of the contrary of a goal from one case of a trichotomy."""
        direct = records.Hypothesis(label)
        if contrary is case:
            return direct
        if contrary.op is Op.DIFFER:
            return records.Apart(case.args == contrary.args, direct)
        if case.op is Op.EQUAL:
            return records.Weaken(True, records.Linear(((label, t.MINUS_ONE),)))
        return records.Weaken(False, direct)

    def _generalise(self, context: Context, goal: Statement, args: Mapping[str, Any]) -> records.Proof:
        symbol = self._term(args["symbol"])
        return records.Generalise(symbol, self.proof(context, s.instance(goal.args[0], symbol), args["then"]))

    def _specialise(self, context: Context, goal: Statement, args: Mapping[str, Any]) -> records.Proof:
        term = self._term(args["term"])
        proved = records.Specialise(args["name"], term, self.proof(context, s.positive(term), args["positive"]))
        instance = s.instance(context.known(args["name"]).args[0], term)
        if instance is goal:
            return proved
        # The tactic's goal is what SymPy left of the instance: it is the same relation with an equal gap.
        step = f"{args['name']}_instance"
        return records.Cut(
            ((step, instance, proved, False),),
            records.Hypothesis(step, self.side(context.having(step, instance), goal.args)),
        )


def _binders(prop: Prop) -> Iterable[UniqueRoot | Maximiser]:
    """Yield the roots and maxima that a statement speaks of."""
    if isinstance(prop, UniqueRoot | Maximiser):
        yield prop
    parts = prop.parts if isinstance(prop, And | Or) else ()
    if isinstance(prop, Implies):
        parts = (prop.premise, prop.conclusion)
    for part in parts:
        yield from _binders(part)


def _tails(whole: Statement | Term) -> dict[Term, None]:
    """Return the tails in a statement or term."""
    found: dict[Term, None] = {}
    waiting: list[Any] = [whole]
    while waiting:
        node = waiting.pop()
        if type(node) is Term and node.head is Head.TAIL:
            found[node] = None
        elif node.mentions(Head.TAIL):
            waiting += [arg for arg in node.args if isinstance(arg, Term | Statement)]
    return found


def _one_is_evident(*sides: Term) -> bool:
    return any(map(evident, sides))


def candidates(context: Context, wanted: Statement, hints: Hints) -> Iterable[records.Proof]:
    """Yield what may prove a statement: hints, hypotheses, positive coefficients, one or two known inequalities."""
    for statement, proof in hints:
        if statement.op is wanted.op:
            yield proof
    for name, known in context.hypotheses.items():
        if known.op is wanted.op and known.leaves == wanted.leaves:
            yield records.Hypothesis(name)
    if wanted.op is Op.LESS:
        yield records.Sign()
        for name, known in context.hypotheses.items():
            if known.op in (Op.LESS, Op.AT_MOST) and known.leaves <= wanted.leaves:
                yield records.Combine(((name, ONE),), rest=t.difference(wanted.gap, known.gap))
        strict = [n for n, known in context.hypotheses.items() if known.op is Op.LESS and known.leaves <= wanted.leaves]
        for pair in combinations(strict[-_RECENT:], 2):
            yield records.Combine(tuple((name, ONE) for name in pair))
    if wanted.op is Op.EQUAL and wanted.args[0] is wanted.args[1]:
        yield records.Identity()
