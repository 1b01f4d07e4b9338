"""Derivatives of solutions in economies drawn: the system is differentiated, and its linear equations are solved.

A derivative that is no larger than what rounding may make of it is taken to be zero: its sign is not known.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from symhet.core.calculus import derivative
from symhet.core.context import Context
from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.terms import Term
from symhet.search.evaluation import Economies, Numbers

WELL_CONDITIONED = 1e7
"""Condition numbers up to which derivatives are taken as found."""
ROUNDING = 1e-15
"""By how much the slopes of the conditions may be off, relative to the parts that they add up."""


def with_totals(context: Context, economies: Economies, totals: Iterable[Term]) -> Economies:
    """Return the economies with the derivatives of the solution: the system is differentiated and solved."""
    system = [context.hypotheses[name] for name in sorted(context.system)]
    unknowns = sorted({leaf for equation in system for leaf in equation.leaves} & context.endogenous, key=repr)
    try:
        slopes = [[derivative(e.gap, y) for y in unknowns] for e in system]
        jacobian = np.array([[economies.value(slope) for slope in row] for row in slopes])
    except Refusal:
        return economies
    if jacobian.ndim != 3:
        return economies
    rough = ROUNDING * np.array([[economies.scale(slope) for slope in row] for row in slopes])
    found: dict[Term, Numbers] = {}
    for parameter in sorted({total.args[1] for total in totals}, key=repr):
        try:
            outer = [derivative(e.gap, parameter) for e in system]
            moved = np.array([economies.value(slope) for slope in outer])
            parts = np.array([economies.scale(slope) for slope in outer])
        except Refusal:
            moved = np.array([economies.slope(e.gap, {parameter: np.ones(economies.size)}) for e in system])
            parts = np.abs(moved)
        for total, values in zip(unknowns, _least(jacobian, moved, rough, ROUNDING * parts), strict=False):
            found[t.total(total, parameter)] = values
    return economies.having(found)


def _least(jacobian: Numbers, moved: Numbers, rough: Numbers, parts: Numbers) -> Numbers:
    """Return the solutions of the differentiated systems, ``nan`` where they are singular or nearly so.

    By how much the slopes may be off says which solutions are nothing but rounding.
    """
    stacked, right = jacobian.transpose(2, 0, 1), -moved.T
    fine = np.isfinite(stacked).all(axis=(1, 2)) & np.isfinite(right).all(axis=1)
    result = np.full((stacked.shape[2], stacked.shape[0]), np.nan)
    for index in np.flatnonzero(fine):
        rows = np.abs(stacked[index]).max(axis=1, initial=1e-300)
        matrix = stacked[index] / rows[:, None]
        columns = np.abs(matrix).max(axis=0, initial=1e-300)
        matrix = matrix / columns
        if np.linalg.cond(matrix) < WELL_CONDITIONED:
            # Elimination keeps the signs of tiny slopes, which orthogonal steps mix with large ones.
            square = matrix.shape[0] == matrix.shape[1]
            scaled = right[index] / rows
            found = np.linalg.solve(matrix, scaled) if square else np.linalg.lstsq(matrix, scaled, rcond=None)[0]
            if square:
                # Refined, it is off by no more than what the slopes are off by, each by itself.
                found += np.linalg.solve(matrix, scaled - matrix @ found)
            off = (rough[:, :, index] / rows[:, None] / columns) @ np.abs(found) + parts[:, index] / rows
            found[np.abs(found) <= np.abs(np.linalg.pinv(matrix)) @ off] = 0
            result[:, index] = found / columns
    return result
