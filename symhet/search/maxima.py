"""A maximum between two ends: a strictly concave function that is stationary at the point."""

from __future__ import annotations

from symhet.core import functions
from symhet.core.calculus import derivative
from symhet.core.records import Proof
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.statements import Statement, at, lt
from symhet.language.terms import ZERO
from symhet.search.branch import Branch
from symhet.search.building import unused
from symhet.search.work import Stuck


def by_concavity(branch: Branch, goal: Statement) -> Proof:
    """Prove that a function is largest at a point between two ends, its slope falling throughout."""
    function, point, lower, *upper = goal.args
    x = unused((f"within_{i}" for i in range(999)), branch.context.leaves, goal.leaves)
    label = branch.fresh("within").replace(" ", "_")
    try:
        slope = derivative(at(function, x), x)
        bend = lt(derivative(slope, x), ZERO)
    except Refusal as refusal:
        raise Stuck(str(refusal)) from refusal
    nonnegative, above = (_shown(branch, statement) for statement in (s.le(ZERO, lower), lt(lower, point)))
    below = tuple(_shown(branch, lt(point, end)) for end in upper)
    stationary = _shown(branch, s.eq(t.replace(slope, {x: point}), ZERO))
    inside = branch.supposing(f"{label}_low", lt(lower, x))
    for end in upper:
        inside = inside.supposing(f"{label}_high", lt(x, end))
    if not inside.plausible(bend):
        raise Stuck("the function is not concave throughout")
    curved = inside.close(branch.prover(inside, bend))
    exists = inside.existence(t.add(at(function, x), slope))
    return branch.checked(
        goal, functions.concave(goal, x, label, nonnegative, above, below, stationary, curved, exists)
    )


def _shown(branch: Branch, statement: Statement) -> Proof:
    inner = branch.fork(branch.context, deeper=1)
    return inner.close(branch.prover(inner, statement))


__all__ = ["by_concavity"]
