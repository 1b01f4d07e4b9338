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

BLOCK = 4096
"""Economies per block: the working arrays stay in the cache."""

_MOST_ROUNDS = 200
_SMALL_STEP = 1e-8
"""A step this small leaves an error of its square even where the density jumps, and the bracket's ends may
lie within rounding of the root."""
_RESOLUTION = 4e-16


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
    total = sum(steps.cost)
    reach = sum(cost * ratio**-k for cost, ratio in zip(steps.cost, steps.ratio, strict=True))
    whole = distribution.log_moment(k) + np.log(reach)
    low, high = (whole - np.log(entry_cost + total)) / k, (whole - np.log(entry_cost)) / k
    at = np.exp(0.5 * (low + high))
    low, high = np.exp(low), np.exp(high)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        for _ in range(_MOST_ROUNDS):
            gap, slope, bend = _condition(distribution, k, steps, entry_cost, at)
            low, high = np.where(gap >= 0, at, low), np.where(gap <= 0, at, high)
            step = np.nan_to_num(2 * gap * slope / (2 * slope * slope - gap * bend), nan=np.inf)
            done = (np.abs(step) <= _SMALL_STEP) | (high - low <= _RESOLUTION * high)
            ahead = at * np.exp(step)
            astray = ~(((ahead >= low) & (ahead <= high)) | done)
            ahead = np.where(astray, np.sqrt(low) * np.sqrt(high), np.minimum(ahead, high))
            at = ahead
            if done.all():
                return at
    index = int(np.argmin(done))
    raise SolverError(
        "free entry was not solved",
        where=f"index {index}",
        why=f"phi_min is between {low[index]!r} and {high[index]!r} after {_MOST_ROUNDS} rounds",
    )


def _condition(
    distribution: Distribution, k: Array, steps: Steps, entry_cost: Array, at: Array
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return h = ln(ΣFj/f_e), −dh/d ln φ_min and d²h/d(ln φ_min)²."""
    value = first = second = np.zeros(())
    for cost, ratio in zip(steps.cost, steps.ratio, strict=True):
        found = distribution.tails(at * ratio, k)
        value = value + cost * found.excess
        first = first + cost * found.moment
        second = second + cost * (k * found.moment + found.density)
    slope = k * first / value
    return np.log(value / entry_cost), slope, k * second / value - slope * slope
