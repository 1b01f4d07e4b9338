"""How variables move with a parameter at a solution: the conditions differentiated, linear equations solved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from symhet.language.terms import Term
from symhet.numerics.equilibrium.problem import Problem
from symhet.numerics.equilibrium.slopes import Slopes
from symhet.numerics.equilibrium.values import Values
from symhet.numerics.tails import Array

__all__ = ["moved", "put_totals"]

_SINGULAR = 1e-13


def moved(problem: Problem, values: Values, parameter: Term, size: int) -> Slopes:
    """Return derivatives of terms by a parameter along the solution."""
    unknowns = tuple(problem.unknowns.values())
    one = np.float64(1.0)
    direct = _gaps(problem, Slopes(values, {parameter: one}, two_sided=True), values, size)
    if unknowns:
        columns = [_gaps(problem, Slopes(values, {x: one}, two_sided=True), values, size) for x in unknowns]
        response = _solved(np.stack(columns, axis=2), -direct)
    else:
        response = np.zeros((size, 0))
    seeds = {parameter: one, **{x: response[:, place] for place, x in enumerate(unknowns)}}
    return Slopes(values, seeds, two_sided=True)


def _gaps(problem: Problem, slopes: Slopes, values: Values, size: int) -> Array:
    """Return the derivatives of the gaps of all conditions, relative to the size of their sides."""
    found = np.zeros((size, len(problem.conditions)))
    for place, (left, right) in enumerate(problem.conditions.values()):
        parts = [slopes.value(left), slopes.value(right)]
        gap = (0.0 if parts[0] is None else parts[0]) - (0.0 if parts[1] is None else parts[1])
        scale = np.abs(values.value(left)) + np.abs(values.value(right))
        found[:, place] = gap / np.where(scale > 0, scale, 1.0)
    return found


def _solved(matrix: Array, right: Array) -> Array:
    """Solve linear equations in each economy; not a number where they are singular."""
    found = np.full(right.shape, np.nan)
    fit: Any = np.isfinite(matrix).all(axis=(1, 2)) & np.isfinite(right).all(axis=1)
    # Columns are brought to one size first, so that singular is told from small.
    size = np.max(np.abs(matrix), axis=1, keepdims=True)
    scaled = matrix / np.where(size > 0, size, 1.0)
    fit[fit] = np.linalg.matrix_rank(scaled[fit], tol=_SINGULAR) == matrix.shape[2]
    found[fit] = np.linalg.solve(scaled[fit], right[fit][:, :, np.newaxis])[:, :, 0] / size[fit][:, 0]
    return found


def put_totals(problem: Problem, values: Values, totals: Iterable[Term], size: int) -> None:
    """Give total derivatives that terms mention their values at a solution."""
    along: dict[Term, Slopes] = {}
    for total in totals:
        variable, parameter = total.args
        if parameter not in along:
            along[parameter] = moved(problem, values, parameter, size)
        slope = along[parameter].value(variable)
        values.put(total, np.zeros(size) if slope is None else slope)
