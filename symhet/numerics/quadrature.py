"""Integrals over arrays of intervals by the double-exponential rule, halved where a kink hides."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

__all__ = ["integral"]

Array = NDArray[np.float64]

_TOLERANCE = 1e-12
_HALVINGS = 40
_MOST_PARTS = 12
"""An integrand with more kinks than this, or that is noise, is given up."""
_SHORTEST = 1e-9
"""Intervals shorter than this have too few digits to be halved."""
_NEGLIGIBLE = 1e-15
"""A part whose error is below this share of the whole need not converge."""


def integral(f: Callable[..., Array], low: Array, high: Array, *args: Array) -> Array:
    """Integrate elementwise from low to high; an empty interval gives zero, and NaN says that it did not converge.

    Parameters
    ----------
    f : callable
        Of the variable and the arguments, elementwise.
    low, high : ndarray
        Ends, one-dimensional.
    *args : ndarray
        Arguments, as long as the ends.

    Returns
    -------
    ndarray
        The integrals.

    Examples
    --------
    >>> found = integral(lambda x: abs(x - 0.3), np.zeros(1), np.ones(1))
    >>> bool(abs(found[0] - 0.29) < 1e-14)
    True
    """
    result = np.zeros(low.shape)
    rows = np.flatnonzero(high > low)
    start, end, whole = low[rows], high[rows], np.zeros(rows.size)
    for _ in range(_HALVINGS):
        if not rows.size:
            return result
        value, error = _attempt(f, start, end, [a[rows] for a in args])
        good = error <= np.maximum(_TOLERANCE * np.abs(value), _NEGLIGIBLE * whole)
        short = end - start <= _SHORTEST * (1 + np.maximum(np.abs(start), np.abs(end)))
        if (short & np.isnan(value)).any():
            center = f(0.5 * (start + end), *(a[rows] for a in args)) * (end - start)
            value = np.where(short & np.isnan(value), center, value)
        good |= short
        np.add.at(result, rows[good], value[good])
        left, size = ~good, np.where(np.isfinite(value), np.abs(value), 0.0)
        rows, start, end, whole = rows[left], start[left], end[left], np.maximum(whole, size)[left]
        hopeless = np.bincount(rows, minlength=low.size)[rows] > _MOST_PARTS
        result[rows[hopeless]] = np.nan
        rows, start, end, whole = rows[~hopeless], start[~hopeless], end[~hopeless], whole[~hopeless]
        middle = _middle(start, end)
        rows, whole = np.tile(rows, 2), np.tile(whole, 2)
        start, end = np.concatenate([start, middle]), np.concatenate([middle, end])
    result[rows] = np.nan
    return result


def _middle(low: Array, high: Array) -> Array:
    inner = np.where(np.isinf(low), high - 50.0 * (1 + np.abs(high)), 0.5 * (low + high))
    return np.where(np.isinf(high), low + 50.0, inner)


def _attempt(f: Callable[..., Array], low: Array, high: Array, args: list[Array]) -> tuple[Array, Array]:
    from scipy.integrate import tanhsinh

    with np.errstate(all="ignore"):
        found = tanhsinh(f, low, high, args=tuple(args), rtol=1e-14, maxlevel=9)
    return np.array(found.integral), np.array(found.error)
