"""What lies between two cutoffs, to all its digits: differences of tails where one side is small, quadrature else."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from symhet.numerics.tails import Distribution

__all__ = ["Between", "between", "by_halving"]

Array = NDArray[np.float64]

_HALF = 0.5
"""A difference of two tails is taken where the smaller is at most this share of the larger."""
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(16)
_NODES, _WEIGHTS = 0.5 * (1 + _NODES), 0.5 * _WEIGHTS
"""Where neither tail halves, the density is so smooth that sixteen points give its integral to the last digit."""


_DOUBLINGS, _HALVINGS = 40, 60


class Between(NamedTuple):
    """What lies between two cutoffs.

    Attributes
    ----------
    mass : ndarray
        Probability of the interval.
    moment : ndarray
        The integral of ζᵏ dG over it, over the k-th power of its lower end.
    """

    mass: Array
    moment: Array


def between(law: Distribution, z: Array, length: Array, k: Array) -> Between:
    """Return mass and scaled moment between the distances z and z + length, elementwise in one dimension."""
    shape = np.broadcast_shapes(z.shape, length.shape, k.shape)
    z, length, k = (np.broadcast_to(value, shape or (1,)) for value in (z, length, k))
    with np.errstate(all="ignore"):
        start, end = law.rough_tails_at(z, k), law.rough_tails_at(z + length, k)
        scaled = _grown(end.moment, length, k)
        close = (end.survival > _HALF * start.survival) | (scaled > _HALF * start.moment)
        rows = np.flatnonzero(close & (length > 0) & np.isfinite(length))
        found = [start.survival - end.survival, start.moment - scaled]
        if rows.size:
            part, near = law.part(rows), _Near(z[rows], length[rows], k[rows])
            sides = (start.survival, end.survival), (start.moment, scaled)
            found = [
                _closest(by_tails, rows, whole, rest, low, dense)
                for by_tails, (whole, rest), low, dense in zip(
                    found, sides, _from_below(part, near), _by_quadrature(part, near), strict=True
                )
            ]
    return Between(*(np.where(length > 0, value, 0.0).reshape(shape) for value in found))


def _closest(by_tails: Array, rows: NDArray[np.intp], whole: Array, rest: Array, low: Array, dense: Array) -> Array:
    """Replace, at some places, a difference of upper tails by one of lower tails, or by a quadrature."""
    apart = rest[rows] <= _HALF * whole[rows]
    by_tails[rows] = np.where(apart, by_tails[rows], np.where(np.isnan(low), dense, low))
    return by_tails


def by_halving(law: Distribution, survival: Array) -> Array:
    """Return the distances at which the survival has fallen to values in (0, 1], elementwise."""
    with np.errstate(divide="ignore"):
        bottom, top = (np.broadcast_to(np.log(end) - law.log_origin, survival.shape) for end in law.support)
    low, high, step = np.maximum(bottom, -1.0), np.minimum(top, 1.0), 1.0
    for _ in range(_DOUBLINGS):
        step *= 2
        low = np.where(law.survival_at(low) < survival, np.maximum(bottom, low - step), low)
        more = law.survival_at(high) > survival
        high = np.where(more, np.minimum(top, high + step), high)
        if not (more & (high < top)).any() and (law.survival_at(low) >= survival).all():
            break
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        above = law.survival_at(middle) > survival
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return high


class _Near(NamedTuple):
    """Short intervals."""

    z: Array
    length: Array
    k: Array


def _from_below(law: Distribution, near: _Near) -> Between:
    """Return the differences of lower tails; NaN where the smaller is not small against the larger."""
    start, end = law.lower_tails_at(near.z, near.k), law.lower_tails_at(near.z + near.length, near.k)
    grown = _grown(end.moment, near.length, near.k)
    return Between(
        np.where(start.mass <= _HALF * end.mass, end.mass - start.mass, np.nan),
        np.where(start.moment <= _HALF * grown, grown - start.moment, np.nan),
    )


def _by_quadrature(law: Distribution, near: _Near) -> Between:
    steps = near.length * _NODES[:, None]
    density = law.density_at(near.z + steps) * _WEIGHTS[:, None] * near.length
    return Between(np.sum(density, axis=0), np.sum(density * np.exp(near.k * steps), axis=0))


def _grown(moment: Array, length: Array, k: Array) -> Array:
    """Return a moment scaled at the upper end as one scaled at the lower end."""
    return np.where(moment > 0, np.exp(k * np.where(np.isinf(length), 0.0, length) + np.log(moment)), 0.0)
