"""Variables that a parameter does not move: their derivatives by it are zero, which the other derivatives need."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import product

from symhet.core.records import Proof
from symhet.language import terms as t
from symhet.language.statements import Statement, eq
from symhet.language.terms import ZERO
from symhet.search.branch import Branch
from symhet.search.building import over, times
from symhet.search.statics import block, by_parameter, totals
from symhet.search.work import Stuck

ZERO_DERIVATIVE = 250
"""Steps for showing that one derivative is zero."""


def by_unmoved(branch: Branch, goal: Statement) -> Proof:
    """A goal about derivatives, after it was shown which variables do not move, and which move together."""
    if branch.plain or not totals(goal) or branch.economies is None:
        raise Stuck("no derivatives")
    here = branch.fork()
    for still in _resting(branch, goal):
        if still is goal or still in here.context.hypotheses.values():
            continue
        with suppress(Stuck), branch.work.limited(ZERO_DERIVATIVE):
            here.have(still, here.prover(here.fork(here.context, deeper=2), still), "unmoved")
    if not here.steps:
        raise Stuck("every variable moves")
    return branch.checked(goal, here.close(here.prover(here.fork(here.context), goal)))


def _resting(branch: Branch, goal: Statement) -> Iterator[Statement]:
    """Yield what holds where economies are drawn: which derivatives are zero, and which are in proportion."""
    for parameter, wanted in by_parameter(goal).items():
        names = block(branch, {total.args[0] for total in wanted})
        variables = {leaf for name in names for leaf in branch.context.hypotheses[name].leaves}
        moving = []
        for variable in sorted(variables & branch.context.endogenous, key=repr):
            total = t.total(variable, parameter)
            if total in wanted:
                continue
            if branch.vanishes(total):
                yield eq(total, ZERO)
            else:
                moving.append(total)
        for one, other in product(wanted, moving):
            together = times(over(one.args[0], other.args[0]), other)
            if branch.vanishes(t.difference(one, together)):
                yield eq(one, together)


__all__ = ["by_unmoved"]
