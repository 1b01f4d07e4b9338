"""Derivatives of solutions in economies drawn: the system is differentiated, and its linear equations are solved."""

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


def with_totals(context: Context, economies: Economies, totals: Iterable[Term]) -> Economies:
    """Return the economies with the derivatives of the solution: the system is differentiated and solved."""
    system = [context.hypotheses[name] for name in sorted(context.system)]
    unknowns = sorted({leaf for equation in system for leaf in equation.leaves} & context.endogenous, key=repr)
    try:
        jacobian = np.array([[economies.value(derivative(e.gap, y)) for y in unknowns] for e in system])
    except Refusal:
        return economies
    if jacobian.ndim != 3:
        return economies
    found: dict[Term, Numbers] = {}
    for parameter in sorted({total.args[1] for total in totals}, key=repr):
        try:
            moved = np.array([economies.value(derivative(e.gap, parameter)) for e in system])
        except Refusal:
            moved = np.array([economies.slope(e.gap, {parameter: np.ones(economies.size)}) for e in system])
        for total, values in zip(unknowns, _least(jacobian, moved), strict=False):
            found[t.total(total, parameter)] = values
    return economies.having(found)


def _least(jacobian: Numbers, moved: Numbers) -> Numbers:
    """Return the solutions of the differentiated systems, ``nan`` where they are singular or nearly so."""
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
            result[:, index] = found / columns
    return result
