"""A function that falls through zero exactly once: its slope by search, its signs at two points or at the ends.

The method
    With tails S and T in it, the function is written as a sum of weights times j(y) = y^-k T(y, k) - S(y) less a level,
    which is infinite at zero and negative at infinity. Without, points are tried on both sides of what may be the root:
    half and twice of a variable of the context, or of what it exceeds a bound by, and geometric means of the two.

Limits
    The function must fall throughout; one that only crosses once is not found.
"""

from __future__ import annotations

from functools import partial

from symhet.core import records
from symhet.core.calculus import derivative
from symhet.core.records import Proof, Side
from symhet.core.rules.analysis import between_breaks
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.statements import Op, Statement, at, lt, positive
from symhet.language.terms import ONE, ZERO, Head, Term
from symhet.search.branch import Branch, Stuck
from symhet.search.building import minus, over, subterms, times
from symhet.search.isolate import isolate

MAX_POINTS = 8
HALF, TWICE = t.number(1, 2), t.number(2)


def by_fall(branch: Branch, goal: Statement) -> Proof:
    """Prove that a function has exactly one root, through which it falls."""
    (function,) = goal.args
    x = _unknown(branch, goal)
    label = branch.fresh("root").replace(" ", "_")
    slope = derivative(at(function, x), x)
    statement = lt(slope, ZERO)
    if not branch.plausible(statement):
        raise Stuck("the function does not fall throughout")
    inside = branch.fork(between_breaks(branch.context, label, slope, x), deeper=1)
    falls = inside.close(branch.prover(inside, statement))
    if any(node.head is Head.TAIL for node in subterms(function)):
        return _of_tails(branch, goal, x, label, falls)
    return _between_points(branch, goal, x, label, falls)


def _unknown(branch: Branch, goal: Statement) -> Term:
    taken = {leaf.args[0] for leaf in branch.context.leaves | goal.leaves if leaf.head is Head.SYMBOL}
    return t.symbol(next(name for name in (f"root_{i}" for i in range(999)) if name not in taken))


def _proved(branch: Branch, statement: Statement) -> Proof:
    inner = branch.fork(deeper=1)
    return inner.close(branch.prover(inner, statement))


def _of_tails(branch: Branch, goal: Statement, x: Term, label: str, falls: Proof) -> Proof:
    function = at(goal.args[0], x)
    tails = list(dict.fromkeys(node for node in subterms(function) if node.head is Head.TAIL))
    gone: dict[Term, Term] = dict.fromkeys(tails, ZERO) | {t.survival(node.args[0]): ZERO for node in tails}
    level = branch.tidy(minus(ZERO, t.replace(function, gone)))
    rows = []
    for node in tails:
        y, order = node.args
        alone = t.replace(function, gone | {t.survival(y): ONE})
        weight = branch.tidy(minus(t.replace(function, gone), alone))
        scale = branch.tidy(t.quotient(y, x))
        rows.append((weight, scale, order, tuple(_proved(branch, positive(term)) for term in (weight, scale, order))))
    above = _proved(branch, positive(level))
    return branch.sided(
        goal, lambda side: records.UniqueRootOfTails(x, label, falls, level, above, tuple(rows), inner=side)
    )


def _between_points(branch: Branch, goal: Statement, x: Term, label: str, falls: Proof) -> Proof:
    (function,) = goal.args
    for left, right in (*_around_solution(branch, goal), *_points(branch)):
        above, below = positive(at(function, left)), lt(at(function, right), ZERO)
        if not (branch.plausible(above) and branch.plausible(below)):
            continue
        try:
            proofs = [_proved(branch, statement) for statement in (positive(left), above, positive(right), below)]
        except Stuck:
            continue
        return branch.sided(goal, partial(_around, x, label, falls, left, right, proofs))
    raise Stuck("no two points of different sign")


def _around_solution(branch: Branch, goal: Statement) -> list[tuple[Term, Term]]:
    """Return points around what the equation is solved for, where it can be."""
    x = _unknown(branch, goal)
    steps = isolate(s.eq(at(goal.args[0], x), ZERO), x)
    if not steps:
        return []
    value = branch.tidy(steps[-1].states.args[1])
    return [(times(HALF, value), times(TWICE, value))]


def _around(
    x: Term, label: str, falls: Proof, left: Term, right: Term, proofs: list[Proof], side: Side
) -> records.UniqueRoot:
    above_zero, above, beyond_zero, below = proofs
    return records.UniqueRoot(x, label, falls, left, above_zero, above, right, beyond_zero, below, inner=side)


def _points(branch: Branch) -> list[tuple[Term, Term]]:
    """Return pairs of points around what may be the root: a variable, or what it exceeds a known bound by."""
    found = [(times(HALF, y), times(TWICE, y)) for y in sorted(branch.context.endogenous, key=repr)]
    for known in branch.context.hypotheses.values():
        if known.op is not Op.LESS or known.args[0] is ZERO or known.args[1] not in branch.context.endogenous:
            continue
        low, y = known.args
        between, beyond = t.power(times(low, y), HALF), over(t.whole_power(y, 2), low)
        found.append((minus(between, low), minus(beyond, low)))
        found.append((times(HALF, minus(y, low)), times(TWICE, minus(y, low))))
    return found[:MAX_POINTS]
