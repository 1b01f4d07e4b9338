"""Equations: by normal form, and by elimination.

Known equations that matter for a goal are solved for one symbol each, one after another: each is first rewritten with
those solved before, then isolated by steps that the core checks, and the goal is rewritten with all of them. Symbols in
exponents and cutoffs are kept where that can be: what enters linearly goes first.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from symhet.core import derived, records
from symhet.core.records import Proof
from symhet.core.rules.base import rewritten
from symhet.language import terms as t
from symhet.language.statements import Op, Statement, eq, positive
from symhet.language.terms import ONE, Head, Term, node
from symhet.search.algebra import NoTermError
from symhet.search.branch import Branch, size, weight
from symhet.search.building import number, over, times
from symhet.search.charts import charted
from symhet.search.factoring import by_identity
from symhet.search.fingerprints import same, vanishes
from symhet.search.isolate import Step, isolate
from symhet.search.plan import cutoffs, exponents
from symhet.search.preparing import values_of_integrals
from symhet.search.statics import given, needed_equations, totals
from symhet.search.work import Stuck

MAX_EQUATIONS = 14
MAX_DEPTH = 40
MAX_CONDITIONS = 4
"""Conditions that are solved too where derivatives cannot be solved for alone."""
MAX_FAILED = 3
"""For how many symbols an equation is tried to be solved in vain."""


def by_hypothesis(branch: Branch, goal: Statement) -> Proof:
    """A hypothesis that says the same, its gap equal."""
    for name, known in branch.context.hypotheses.items():
        if known.op is goal.op and known.leaves == goal.leaves and same(known.gap, goal.gap):
            try:
                return branch.sided(goal, lambda side, n=name: derived.hypothesis(n, side))  # type: ignore[misc]
            except Stuck:
                continue
    raise Stuck("no hypothesis")


def by_cofactor(branch: Branch, goal: Statement) -> Proof:
    """A known equation whose gap is that of the goal times what is not zero."""
    for name, known in branch.context.hypotheses.items():
        if known.op is not Op.EQUAL or known.mentions(Head.TOTAL) or not goal.leaves & known.leaves:
            continue
        factor = branch.tidy(over(goal.gap, known.gap))
        if size(factor) > size(goal.gap) + size(known.gap):
            continue
        try:
            return branch.sided(goal, lambda side, n=name, f=factor: derived.linear(((n, f),), side))  # type: ignore[misc]
        except Stuck:
            continue
    raise Stuck("no equation is a multiple")


def by_identity_in_charts(branch: Branch, goal: Statement) -> Proof:
    """An identity between powers of what is positive by known bounds."""
    if not goal.mentions(Head.POWER, Head.LOG) or goal.mentions(Head.TOTAL) or not branch.agree(*goal.args):
        raise Stuck("no powers")
    return charted(branch, goal, by_identity)


@dataclass(frozen=True)
class Manner:
    """How equations are chosen and solved.

    Parameters
    ----------
    rounds : int
        How far from the goal equations are taken, counted in shared symbols.
    roots : bool
        Whether an equation may be solved by taking roots.
    endogenous : float
        The rank of endogenous symbols over parameters; the lowest goes first.
    asked : float
        The rank of the symbols of the goal over others.
    keep : frozenset of Term
        What is not solved for.
    seed : int
        Other seeds prefer other symbols.
    derivatives : bool
        Whether only differentiated equations are solved, for the derivatives in them.
    matched : bool
        Whether a differentiated equation is solved for the derivative that it gives in the order of the system.
    """

    rounds: int = 3
    roots: bool = True
    endogenous: float = 2.0
    asked: float = 0.0
    keep: frozenset[Term] = field(default_factory=frozenset)
    seed: int = 0
    derivatives: bool = False
    matched: bool = False


MANNERS = (
    Manner(derivatives=True),
    Manner(rounds=1),
    Manner(),
    Manner(endogenous=-6.0),
    Manner(asked=-9.0),
    Manner(endogenous=12.0),
    Manner(seed=1),
    Manner(roots=False),
    Manner(endogenous=-6.0, seed=2),
)
MANNERS_OF_FEW = (Manner(), Manner(endogenous=-6.0), Manner(seed=1))
"""How equations are solved of which it is known that they matter."""
MANNERS_OF_DERIVATIVES = (*MANNERS_OF_FEW, Manner(matched=True))


def by_elimination(branch: Branch, goal: Statement) -> Proof:
    """An equation that is an identity once known equations are solved and put in."""
    return by_solving(branch, goal, [(manner, None) for manner in MANNERS])


def by_elimination_of_few(branch: Branch, goal: Statement) -> Proof:
    """The same with just the equations that matter, differentiated conditions among them."""
    if branch.plain:
        raise Stuck("equations are left alone here")
    here = branch.fork()
    few = needed_equations(here, goal, MAX_DEPTH)
    if not few:
        raise Stuck("no equations that give it")
    inner = by_solving(here.fork(here.context), goal, [(manner, few) for manner in MANNERS_OF_FEW])
    return branch.checked(goal, here.close(inner)) if here.steps else inner


def by_solving(branch: Branch, goal: Statement, choices: list[tuple[Manner, list[str] | None]]) -> Proof:
    """An equation that is an identity once equations are solved, in one of several manners, and put in."""
    if branch.plain:
        raise Stuck("equations are left alone here")
    last = Stuck("no equations")
    seen: set[Statement] = set()
    for manner, names in choices:
        try:
            here = branch.fork()
            using = eliminated(here, goal, manner, names)
            moved = rewritten(goal, here.context, using)
            if not using or moved in seen:
                continue
            seen.add(moved)
            try:
                inner = by_identity(here.fork(here.context), moved)
            except Stuck:
                put_into_facts(here, moved, using)
                inner = by_identity_in_charts(here.fork(here.context), moved)
            return branch.checked(goal, here.close(records.Rewrite(using, inner)))
        except Stuck as stuck:
            last = stuck
    raise last


def without_totals(branch: Branch, goal: Statement) -> tuple[tuple[str, ...], Statement]:
    """Add equations that determine the derivatives in a goal, solved; return their names and the goal without them."""
    few = needed_equations(branch, goal, MAX_DEPTH, totals_only=True)
    if not few:
        raise Stuck("the derivatives are not determined")
    hypotheses = branch.context.hypotheses
    about = {leaf for name in few for leaf in hypotheses[name].leaves}
    # What the derivatives are divided by may differ from zero only because a condition holds.
    conditions = [name for name in sorted(branch.context.system) if hypotheses[name].leaves & about and name not in few]
    for names in (few, [*conditions[:MAX_CONDITIONS], *few]):
        for manner in MANNERS_OF_DERIVATIVES:
            using = eliminated(branch, goal, manner, names)
            moved = rewritten(goal, branch.context, using)
            if not totals(moved):
                return using, moved
    raise Stuck("the derivatives are not solved for")


def relevant(branch: Branch, goal: Statement, rounds: int) -> list[str]:
    """Return the names of equations connected with a goal by shared symbols, the closest first."""
    reached = set(goal.leaves)
    chosen: list[str] = []
    candidates = {
        name: statement
        for name, statement in branch.context.hypotheses.items()
        if statement.op is Op.EQUAL and statement.args[0] is not statement.args[1] and statement.depth <= MAX_DEPTH
    }
    for _ in range(rounds):
        new = [name for name, p in candidates.items() if name not in chosen and p.leaves & reached]
        new.sort(key=lambda name: (len(candidates[name].leaves - reached), len(candidates[name].leaves)))
        chosen += new[: MAX_EQUATIONS - len(chosen)]
        for name in new:
            reached |= candidates[name].leaves
    return chosen


def eliminated(branch: Branch, goal: Statement, manner: Manner, names: list[str] | None = None) -> tuple[str, ...]:
    """Add solved equations as steps; return their names in the order in which a goal is rewritten."""
    names = relevant(branch, goal, manner.rounds) if names is None else names
    if manner.derivatives:
        names = [name for name in names if branch.context.hypotheses[name].mentions(Head.TOTAL)]
    rank = _ranking(branch, goal, names, manner)
    about = [goal, *(branch.context.hypotheses[name] for name in names)]
    using = list(values_of_integrals(branch, about))
    names = [name for name in names if name not in using]
    rng = random.Random(manner.seed)
    order = sorted(names, key=lambda name: _order(branch, name, rng, manner))
    unknown = {name: frozenset(totals(branch.context.hypotheses[name])) for name in order if manner.matched}
    first = given({name: found for name, found in unknown.items() if found})
    for name in [*(name for name in order if name not in first), *first]:
        moved = put_in(branch, name, tuple(using))
        if moved is None:
            continue
        preferred = first.get(name)
        solved = _solved(branch, *moved, lambda x, y=preferred: (x is not y, rank(x)), manner)  # type: ignore[misc]
        if solved is not None:
            using.append(solved)
    return tuple(using)


def _order(branch: Branch, name: str, rng: random.Random, manner: Manner) -> tuple[bool, float]:
    statement = branch.context.hypotheses[name]
    return statement.mentions(Head.TOTAL), len(statement.leaves) + (3 * rng.random() if manner.seed else 0)


def _ranking(branch: Branch, goal: Statement, names: list[str], manner: Manner) -> Callable[[Term], float]:
    statements = [branch.context.hypotheses[name] for name in names] + [goal]
    in_exponents, in_cutoffs = exponents(statements), cutoffs(statements)
    rng = random.Random(manner.seed)
    noise = {leaf: 4 * rng.random() * bool(manner.seed) for p in statements for leaf in sorted(p.leaves, key=repr)}
    count = {leaf: sum(leaf in p.leaves for p in statements) for leaf in noise}

    def rank(x: Term) -> float:
        if x.head is Head.TOTAL:
            return -50.0
        preferred = manner.endogenous * (x in branch.context.endogenous) + manner.asked * (x in goal.leaves)
        return 20.0 * (x in in_exponents) + 10.0 * (x in in_cutoffs) + preferred + count[x] / 2 + noise[x]

    return rank


def put_in(branch: Branch, name: str, using: tuple[str, ...]) -> tuple[str, Statement] | None:
    """Return an equation with what is solved put in, and its name, None when it says nothing any more."""
    statement = branch.context.hypotheses[name]
    needed: list[str] = []
    moved = statement
    for step in using:
        changed = rewritten(moved, branch.context, (step,))
        if changed is not moved:
            needed.append(step)
            moved = changed
    if not needed:
        return name, statement
    if moved.depth > 150 or vanishes(moved.gap):
        return None
    moved = eq(*(branch.tidy(term) for term in moved.args))
    try:
        plain = branch.aside()
        proof = plain.sided(moved, lambda side: derived.transported(name, tuple(needed), ONE, (), side))
    except Stuck:
        return None
    return branch.have(moved, proof, "put in"), moved


def _solved(
    branch: Branch, name: str, equation: Statement, rank: Callable[[Term], tuple[bool, float]], manner: Manner
) -> str | None:
    """Add steps that solve an equation for one symbol, as it is or multiplied out; return the name of the last."""
    found = _isolated(branch, name, equation, rank, manner)
    if found is not None or equation.depth < 4:
        return found
    plain = multiplied_out(branch, name, equation)
    return None if plain is None else _isolated(branch, *plain, rank, manner)


def multiplied_out(branch: Branch, name: str, equation: Statement) -> tuple[str, Statement] | None:
    """Add the primitive part of a gap as an equation with zero."""
    try:
        algebra = branch.algebra(equation.gap)
        split = algebra.splits[0]
        if len(split.primitive) < 2:
            return None
        outer = times(number(split.number), algebra.of_monomial(split.monomial))
        statement = eq(algebra.of_value(split.primitive), t.ZERO)
        factor = over(t.MINUS_ONE, outer)
        plain = branch.aside()
        proof = plain.sided(statement, lambda side: derived.linear(((name, factor),), side))
    except (Stuck, NoTermError):
        return None
    return branch.have(statement, proof, "multiplied out"), statement


def _isolated(
    branch: Branch, name: str, equation: Statement, rank: Callable[[Term], tuple[bool, float]], manner: Manner
) -> str | None:
    failed = 0
    for x in sorted(equation.leaves - manner.keep, key=lambda x: (rank(x), repr(x))):
        if x.head not in (Head.SYMBOL, Head.TOTAL) or failed >= MAX_FAILED:
            continue
        branch.work.spend(1 + weight(equation) // 50)
        steps = isolate(equation, x)
        if steps is None or (not manner.roots and any(step.powers for step in steps)):
            continue
        try:
            failed += 1
            here = branch.aside()
            last = name
            for step, tidied in zip(steps, _tidied(branch, steps), strict=True):
                last = _have_solved(here, last, step, tidied)
        except Stuck:
            continue
        for step_name, statement, proof, _ in here.steps:
            branch.have_named(step_name, statement, proof)
        return last
    return None


def _tidied(branch: Branch, steps: list[Step]) -> list[Step]:
    """Return the steps with the last right side in normal form."""
    if not steps:
        return []
    *before, last = steps
    left, right = last.states.args
    return [*before, Step(eq(left, branch.tidy(right)), last.factor, last.powers)]


def _have_solved(branch: Branch, name: str, step: Step, tidied: Step) -> str:
    """Add a step in its tidy form; what stands under a root may have to be written as a product for that."""
    try:
        return branch.have(tidied.states, _proof(branch, name, tidied), "solved")
    except Stuck:
        if not step.powers or step.states is tidied.states:
            raise
    raw = branch.have(step.states, _proof(branch, name, step), "solved")
    moved = rewritten(tidied.states, branch.context, (raw,))
    inner = by_identity(branch.fork(branch.context), moved)
    return branch.have(tidied.states, records.Rewrite((raw,), inner), "solved")


def _proof(branch: Branch, name: str, step: Step) -> Proof:
    if step.powers:
        factors = ((name, step.factor),)
        return branch.sided(step.states, lambda side: derived.powers(branch.context, step.states, factors, side))
    return branch.sided(step.states, lambda side: derived.linear(((name, step.factor),), side))


def put_into_facts(branch: Branch, goal: Statement, using: tuple[str, ...]) -> None:
    """Add known inequalities with solved equations put in, as far as they are about what the goal mentions.

    That a symbol is positive is known without a hypothesis; once it is solved for, it says something.
    """
    one = (derived.sign(),)
    for solved in using:
        symbol = branch.context.hypotheses[solved].args[0]
        if symbol.head is Head.SYMBOL and symbol.args[1]:
            branch.have(positive(symbol), derived.sign(), "positive")
    for name, statement in list(branch.context.hypotheses.items()):
        if statement.op not in (Op.LESS, Op.AT_MOST) or statement.depth > 14:
            continue
        moved = rewritten(statement, branch.context, using)
        if moved is statement or not moved.leaves & goal.leaves:
            continue
        tidied = _shorter(branch, moved)
        try:
            plain = branch.aside()
            proof = plain.sided(tidied, lambda side, n=name: derived.transported(n, using, ONE, one, side))  # type: ignore[misc]
        except Stuck:
            continue
        branch.have(tidied, proof, "fact")


def _shorter(branch: Branch, moved: Statement) -> Statement:
    return node(moved.op, t.ZERO, branch.tidy(moved.gap))
