"""Several equations in several variables: damped Newton steps from many starts, for arrays of economies at once."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from symhet.numerics.equilibrium.curves import Surface
from symhet.numerics.tails import Array

__all__ = ["is_singular", "system_roots"]

STARTS = 24
"""From how many points roots are looked for; there may be others."""
_ROUNDS = 60
_CLOSE = 1e-12
_APART = 1e-6
_SINGULAR = 1e11
_LONGEST = 3.0
_WEAKEST = 1e-4


@cache
def _starts(count: int) -> Array:
    """Return where to begin: the middle, and points spread evenly around it, the same every time."""
    from scipy.stats import qmc

    spread = qmc.Halton(count, scramble=False).random(STARTS)
    return np.concatenate([np.zeros((1, count)), 8.0 * (spread[1:] - 0.5)])


def system_roots(surface: Surface, start: Array) -> Array:
    """Return roots, of shape (economies, most roots, variables), not a number where there are fewer.

    Parameters
    ----------
    surface : Surface
        The gaps.
    start : ndarray
        The middle of where to begin, of shape (economies, variables).
    """
    size, count = start.shape
    rows = np.repeat(np.arange(size), STARTS)
    at = np.repeat(start, STARTS, axis=0) + np.tile(_starts(count), (size, 1))
    found, solved = _newton(surface.rows(rows), at)
    return _distinct(size, rows[solved], found[solved], count)


def is_singular(surface: Surface, root: Array) -> NDArray[np.bool_]:
    """Return where the equations do not determine the variables: other points near a root solve them as well."""
    slope = surface.at(root)[1]
    fit: Any = np.isfinite(slope).all(axis=(1, 2))
    found = np.zeros(root.shape[0], dtype=bool)
    found[fit] = np.linalg.cond(slope[fit]) > _SINGULAR
    return found


def _newton(surface: Surface, at: Array) -> tuple[Array, Array]:
    left, found, solved = np.arange(at.shape[0]), at.copy(), np.zeros(at.shape[0], dtype=bool)
    gap, slope = surface.at(at)
    for _ in range(_ROUNDS):
        size = _size(gap)
        step = _step(gap, slope)
        done = np.max(np.abs(step), axis=1) <= _CLOSE * (1 + np.max(np.abs(at), axis=1))
        lost = ~np.isfinite(size) | np.isnan(step).any(axis=1)
        found[left[done]], solved[left[done]] = at[done], True
        stay = np.flatnonzero(~done & ~lost)
        if not stay.size:
            break
        left, surface = left[stay], surface.rows(stay)
        at, gap, slope = _damped(surface, at[stay], gap[stay], slope[stay], step[stay])
    return found, solved


def _damped(surface: Surface, at: Array, gap: Array, slope: Array, step: Array) -> tuple[Array, Array, Array]:
    """Take the step, or as much of it as makes the gaps smaller."""
    share = np.ones(at.shape[0])
    best = at + step
    new_gap, new_slope = surface.at(best)
    while True:
        with np.errstate(invalid="ignore"):
            worse = ~(_size(new_gap) < _size(gap)) & (share > _WEAKEST) & (_size(gap) > _CLOSE)
        again = np.flatnonzero(worse)
        if not again.size:
            return best, new_gap, new_slope
        share[again] *= 0.5
        best[again] = at[again] + share[again, np.newaxis] * step[again]
        new_gap[again], new_slope[again] = surface.rows(again).at(best[again])


def _size(gap: Array) -> Array:
    return np.max(np.abs(gap), axis=1)


def _step(gap: Array, slope: Array) -> Array:
    """Return Newton's step, none of whose parts is too long; not a number where the slopes are singular."""
    step = np.full(gap.shape, np.nan)
    fit: Any = np.isfinite(slope).all(axis=(1, 2)) & np.isfinite(gap).all(axis=1)
    with np.errstate(all="ignore"):
        fit[fit] = np.linalg.det(slope[fit]) != 0
        step[fit] = np.linalg.solve(slope[fit], -gap[fit][:, :, np.newaxis])[:, :, 0]
        longest = np.max(np.abs(step), axis=1, keepdims=True)
        return step * np.minimum(1.0, _LONGEST / np.maximum(longest, 1e-300))


def _distinct(size: int, rows: Array, found: Array, count: int) -> Array:
    """Return the roots that differ, in order of the first variable."""
    table: list[list[Array]] = [[] for _ in range(size)]
    for row, root in zip(rows, found, strict=True):
        near = _APART * (1 + np.abs(root))
        if not any(np.all(np.abs(root - known) <= near) for known in table[row]):
            table[row].append(root)
    most = max(1, *(len(roots) for roots in table)) if table else 1
    result = np.full((size, most, count), np.nan)
    for row, roots in enumerate(table):
        for place, root in enumerate(sorted(roots, key=tuple)):
            result[row, place] = root
    return result
