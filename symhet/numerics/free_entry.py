"""Free entry as one equation in one unknown, solved for arrays of economies at once.

Every partition of firms that linear profit functions can produce is a chain of at most three steps: at the
cutoff φᵢ = rᵢ φ_min the firm's fixed cost rises by Fᵢ. Free entry then reads

    Σᵢ Fᵢ j(rᵢ φ_min) = f_e,        j(φ) = φ⁻ᵏ T(φ) − S(φ),

and, since x⁻ᵏT(0) − 1 ≤ j(x) ≤ x⁻ᵏT(0), its root lies in an interval known beforehand, whatever the
distribution.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from symhet.errors import SolverError
from symhet.numerics.tails import Array, Distribution

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
    ratio : tuple of ndarray
        rᵢ = φᵢ/φ_min ≥ 1; the first is one.
    """

    cost: tuple[Array, ...]
    ratio: tuple[Array, ...]


def entry_cutoff(distribution: Distribution, k: Array, steps: Steps, entry_cost: Array) -> Array:
    """Return the root φ_min of the free-entry condition, elementwise over one-dimensional arrays.

    The logarithm of the condition is solved by Halley's step in ln φ_min, replaced by bisection wherever
    the step would leave the bracket; it is concave for a log-concave tail, so that bisection is rarely met.

    Parameters
    ----------
    distribution : Distribution
        Flattened to the length of the arrays, or scalar.
    k : ndarray
        σ − 1.
    steps : Steps
        Rises of fixed costs and ratios of cutoffs.
    entry_cost : ndarray
        f_e, in labour.

    Returns
    -------
    ndarray
        φ_min, accurate to a few units in the last place times its sensitivity.

    Raises
    ------
    SolverError
        If an element has not converged after 200 rounds.
    """
    first, last = _bracket(distribution, k, steps, entry_cost)
    low, high = np.atleast_1d(first), np.atleast_1d(last)
    problem = _Problem(distribution, k, steps, entry_cost, rough=True)
    near = _iterate(problem, np.sqrt(low) * np.sqrt(high), low, high, _ROUGH_STEP)
    return _iterate(problem._replace(rough=False), near, low, high, _SMALL_STEP).reshape(first.shape)


class _Problem(NamedTuple):
    """The free-entry conditions of a run of economies."""

    distribution: Distribution
    k: Array
    steps: Steps
    entry_cost: Array
    rough: bool

    def rows(self, rows: NDArray[np.intp]) -> _Problem:
        """Return the conditions of some of the economies."""
        steps = Steps(*(tuple(_rows(value, rows) for value in values) for values in self.steps))
        return _Problem(
            self.distribution.part(rows), _rows(self.k, rows), steps, _rows(self.entry_cost, rows), self.rough
        )


def _iterate(problem: _Problem, at: Array, low: Array, high: Array, tolerance: float) -> Array:
    """Take safeguarded steps until each economy has taken one no longer than the tolerance."""
    root, left = np.empty(at.shape), np.arange(at.size)
    for count in range(1, _MOST_ROUNDS + 1):
        at, low, high, done = _round(problem, at, low, high, tolerance, halve=count % _HALVE_EVERY == 0)
        root[left] = at
        if done.all():
            return root
        if np.count_nonzero(done) > _WORTH_DROPPING * done.size:
            stay = np.flatnonzero(~done)
            left, at, low, high, problem = left[stay], at[stay], low[stay], high[stay], problem.rows(stay)
    raise SolverError(
        "free entry was not solved",
        where=f"index {left[int(np.argmin(done))]}",
        why=f"phi_min is between {low.min():.17g} and {high.max():.17g} after {_MOST_ROUNDS} rounds",
    )


def _bracket(distribution: Distribution, k: Array, steps: Steps, entry_cost: Array) -> tuple[Array, Array]:
    """Return an interval that holds the root, a little wider than it must be, for the sake of rounding."""
    total = sum(steps.cost)
    reach = sum(cost * ratio**-k for cost, ratio in zip(steps.cost, steps.ratio, strict=True))
    whole = distribution.log_moment(k) + np.log(reach)
    low, high = (whole - np.log(entry_cost + total)) / k, (whole - np.log(entry_cost)) / k
    return np.exp(low - _MARGIN), np.exp(high + _MARGIN)


def _round(
    problem: _Problem, at: Array, low: Array, high: Array, tolerance: float, *, halve: bool
) -> tuple[Array, Array, Array, NDArray[np.bool_]]:
    """Take one safeguarded step; return the new points and brackets, and where it was the last."""
    with np.errstate(all="ignore"):
        gap, slope, bend = _condition(problem, at)
        low, high = np.where(gap >= 0, at, low), np.where(gap <= 0, at, high)
        step = 2 * gap * slope / (2 * slope * slope - gap * bend)
        ahead = at * np.exp(step)
    narrow = high - low <= _RESOLUTION * high
    short = (np.abs(step) <= tolerance) & ~narrow
    inside = (ahead >= low) & (ahead <= high) & ~narrow & (not halve)
    return np.where(inside | short, ahead, np.sqrt(low) * np.sqrt(high)), low, high, short | narrow


def _condition(problem: _Problem, at: Array) -> tuple[Array, Array, Array]:
    """Return h = ln(ΣFj/f_e), −dh/d ln φ_min and d²h/d(ln φ_min)²."""
    k = problem.k
    tails = problem.distribution.plain_tails if problem.rough else problem.distribution.tails
    value = first = density = np.zeros(())
    for cost, ratio in zip(*problem.steps, strict=True):
        found = tails(at * ratio, k)
        value = value + cost * found.excess
        first = first + cost * found.moment
        density = density + cost * found.density
    slope = k * first / value
    return np.log(value / problem.entry_cost), slope, k * (slope + density / value) - slope * slope


def _rows(value: Array, rows: NDArray[np.intp]) -> Array:
    return value[rows] if value.ndim else value
