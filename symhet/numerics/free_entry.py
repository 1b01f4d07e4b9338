"""Free entry as one equation in one unknown, solved for arrays of economies at once.

Every partition of firms that linear profit functions can produce is a chain of at most three steps: at the
cutoff φᵢ = rᵢ φ_min the firm's fixed cost rises by Fᵢ. Free entry then reads

    Σᵢ Fᵢ j(rᵢ φ_min) = f_e,        j(φ) = φ⁻ᵏ T(φ) − S(φ),

and, since x⁻ᵏT(0) − 1 ≤ j(x) ≤ x⁻ᵏT(0), its root lies in an interval known beforehand, whatever the
distribution. It is looked for in logarithms, so that no power of a cutoff has to be a floating-point number.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from symhet.numerics.tails import Array, Distribution

Truth = NDArray[np.bool_]

__all__ = ["BLOCK", "Steps", "entry_cutoff"]

BLOCK = 8192
"""Economies per block: the working arrays stay in the cache."""

_MOST_ROUNDS = 200
_ROUGH_STEP = 1e-2
"""The plain tails are good enough down to steps like this; one more step, of third order, with the careful ones
then lands within rounding of the root."""
_SMALL_STEP = 1e-8
"""A step this small leaves an error of its square even where the density jumps, and the bracket's ends may
lie within rounding of the root."""
_SMALL_GAP = 1e-4
"""The same for the gap of the condition: beside an end inside a support even a small step may be a long way."""
_RESOLUTION = 4e-16
_MARGIN = 1e-10
_HALVE_EVERY = 8
"""Where the density jumps, steps may swing from side to side of the root for ever; halving ends that."""
_WORTH_DROPPING = 0.25
"""Share of solved economies from which on it pays to go on with the others alone."""


class Steps(NamedTuple):
    """The chain of strategies by which fixed costs rise with productivity.

    Attributes
    ----------
    cost : tuple of ndarray
        Rise Fᵢ of the fixed cost at each step, in labour; zero for a step that is not taken.
    lead : tuple of ndarray
        ln(φᵢ/φ_min) ≥ 0; the first is zero.
    """

    cost: tuple[Array, ...]
    lead: tuple[Array, ...]


def entry_cutoff(distribution: Distribution, k: Array, steps: Steps, entry_cost: Array) -> tuple[Array, Truth]:
    """Return the root of the free-entry condition, elementwise over one-dimensional arrays, and where it was found.

    The logarithm of the condition is solved by Halley's step in ln φ_min, replaced by bisection wherever
    the step would leave the bracket; it is concave for a log-concave tail, so that bisection is rarely met.

    Parameters
    ----------
    distribution : Distribution
        Flattened to the length of the arrays, or scalar.
    k : ndarray
        σ − 1.
    steps : Steps
        Rises of fixed costs and leads of cutoffs.
    entry_cost : ndarray
        f_e, in labour.

    Returns
    -------
    root : ndarray
        Distance of φ_min from the distribution's origin, accurate to a few units in the last place times its
        sensitivity.
    found : ndarray of bool
        False where 200 rounds did not end, or the condition is no number.
    """
    first, last = _bracket(distribution, k, steps, entry_cost)
    low, high = np.atleast_1d(first), np.atleast_1d(last)
    good = np.isfinite(low) & np.isfinite(high) & (low <= high)
    low, high = np.where(good, low, 0.0), np.where(good, high, 0.0)
    finest = np.where(np.isfinite(distribution.support[1]), 0.0, 1.0)
    problem = _Problem(distribution, k, steps, entry_cost, np.broadcast_to(finest, low.shape), rough=True)
    near, _ = _iterate(problem, 0.5 * (low + high), low, high, _ROUGH_STEP)
    root, ended = _iterate(problem._replace(rough=False), near, low, high, _SMALL_STEP)
    return root.reshape(first.shape), (good & ended).reshape(first.shape)


class _Problem(NamedTuple):
    """The free-entry conditions of a run of economies."""

    distribution: Distribution
    k: Array
    steps: Steps
    entry_cost: Array
    finest: Array
    """Distances below this share of one need not be known to relative accuracy: zero near the end of a support."""
    rough: bool

    def rows(self, rows: NDArray[np.intp]) -> _Problem:
        """Return the conditions of some of the economies."""
        steps = Steps(*(tuple(_rows(value, rows) for value in values) for values in self.steps))
        return _Problem(
            self.distribution.part(rows),
            _rows(self.k, rows),
            steps,
            _rows(self.entry_cost, rows),
            self.finest[rows],
            self.rough,
        )


def _iterate(problem: _Problem, at: Array, low: Array, high: Array, tolerance: float) -> tuple[Array, Truth]:
    """Take safeguarded steps until each economy has taken one no longer than the tolerance; tell where that was so.

    An economy that has stays where it is, so that its result does not depend on the others.
    """
    left, done = np.arange(at.size), np.zeros(at.size, dtype=bool)
    root, ended = at.copy(), done.copy()
    for count in range(1, _MOST_ROUNDS + 1):
        ahead, low, high, last = _round(problem, at, low, high, tolerance, halve=count % _HALVE_EVERY == 0)
        at, done = np.where(done, at, ahead), done | last
        root[left], ended[left] = at, done
        if done.all():
            break
        if np.count_nonzero(done) > _WORTH_DROPPING * done.size:
            stay = np.flatnonzero(~done)
            left, at, low, high, done, problem = (
                left[stay], at[stay], low[stay], high[stay], done[stay], problem.rows(stay)
            )  # fmt: skip
    return root, ended


def _bracket(distribution: Distribution, k: Array, steps: Steps, entry_cost: Array) -> tuple[Array, Array]:
    """Return an interval that holds the root, a little wider than it must be, for the sake of rounding."""
    total = sum(steps.cost)
    with np.errstate(all="ignore"):
        reach = sum(cost * np.exp(-k * lead) for cost, lead in zip(steps.cost, steps.lead, strict=True))
        whole = distribution.log_moment_at(k) + np.log(reach)
        low, high = (whole - np.log(entry_cost + total)) / k, (whole - np.log(entry_cost)) / k
        margin = _MARGIN * (1 + np.abs(whole) / k)
        end = np.log(distribution.support[1]) - distribution.log_origin
    return low - margin, np.minimum(high + margin, end)


def _round(
    problem: _Problem, at: Array, low: Array, high: Array, tolerance: float, *, halve: bool
) -> tuple[Array, Array, Array, Truth]:
    """Take one safeguarded step; return the new points and brackets, and where it was the last."""
    with np.errstate(all="ignore"):
        gap, slope, bend = _condition(problem, at)
        low, high = np.where(gap >= 0, at, low), np.where(gap <= 0, at, high)
        step = 2 * gap * slope / (2 * slope * slope - gap * bend)
        ahead = at + step
    size = np.clip(np.abs(at), problem.finest, 1.0)
    narrow = high - low <= _RESOLUTION * np.maximum(np.maximum(np.abs(low), np.abs(high)), problem.finest)
    settled = problem.rough | (np.abs(gap) <= _SMALL_GAP) | (np.abs(step) <= _RESOLUTION * size)
    short = (np.abs(step) <= tolerance * size) & settled & ~narrow
    inside = (ahead >= low) & (ahead <= high) & ~narrow & (not halve)
    return np.where(inside | short, ahead, 0.5 * (low + high)), low, high, short | narrow


def _condition(problem: _Problem, at: Array) -> tuple[Array, Array, Array]:
    """Return h = ln(ΣFj/f_e), −dh/d ln φ_min and d²h/d(ln φ_min)²."""
    k = problem.k
    tails = problem.distribution.rough_tails_at if problem.rough else problem.distribution.tails_at
    value = first = density = np.zeros(())
    for cost, lead in zip(*problem.steps, strict=True):
        found = tails(at + lead, k)
        value = value + cost * found.excess
        first = first + cost * found.moment
        density = density + cost * found.density
    slope = k * first / value
    return np.log(value / problem.entry_cost), slope, k * (slope + density / value) - slope * slope


def _rows(value: Array, rows: NDArray[np.intp]) -> Array:
    return value[rows] if value.ndim else value
