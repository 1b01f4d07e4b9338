"""The upper tail of the normal distribution for large arrays, several times as fast as point by point.

Mills' ratio R(w) = exp(w²/2) (1 − Φ(w)) obeys R′ = w R − 1/√(2π). So its Taylor coefficients at a point follow from its
value there, and its value from that at a larger point: on the way down errors die out as exp(w²/2) does. Coefficients
at points 1/512 apart are kept, and a polynomial of the fourth degree leads from the nearest of them to any other.
"""

from __future__ import annotations

from functools import cache
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray

from symhet.numerics.tails import Array

__all__ = ["beyond", "mills"]

_LAST = 39.0
"""Standard deviations beyond which the density is no floating-point number."""
_PER_ONE, _COARSE = 512, 8
_DEGREE = 4
_UNITS = 1 << 160
_ROOT = 398942280401432677939946059934381868475858631164934657665926
"""1/√(2π), sixty digits after the point."""
_EVERY_DIGIT = 30


def mills(w: Array) -> Array:
    """Return R(w) for w ≥ 0, to two units in the last place; beyond 39, where exp(−w²/2) vanishes, R(39).

    Parameters
    ----------
    w : ndarray
        Where.

    Examples
    --------
    >>> mills(np.array([0.0, 1.0])).round(12).tolist()
    [0.5, 0.261578291865]
    """
    table = _table()
    w = np.asarray(w, dtype=float)
    offset = np.minimum(w, _LAST).reshape(-1)
    offset *= _PER_ONE
    nearest = np.rint(offset)
    offset -= nearest
    with np.errstate(invalid="ignore"):
        # What is not a number has no place in the table, and stays what it is by its offset.
        index: NDArray[np.intp] = nearest.astype(np.intp)
    total = np.take(table[-1], index, mode="clip")
    for row in table[-2::-1]:
        total *= offset
        total += np.take(row, index, out=nearest, mode="clip")
    return total.reshape(np.shape(w))


def beyond(u: Array, bell: Array, below: Any = 1.0) -> Array:
    """Return exp(−u²/2) R(u) for either sign of u, where R(u) + R(−u) = exp(u²/2).

    Parameters
    ----------
    u : ndarray
        Where.
    bell : ndarray
        A factor in place of exp(−u²/2).
    below : array_like, optional
        That factor times exp(u²/2).

    Examples
    --------
    >>> u = np.array([-1.0, 1.0])
    >>> beyond(u, np.exp(-u * u / 2)).round(12).tolist()
    [0.841344746069, 0.158655253931]
    """
    part = mills(np.abs(u))
    part *= bell
    np.copysign(part, u, out=part)
    part += np.signbit(u) * below
    return part


@cache
def _table() -> Any:
    """Return the Taylor coefficients of R at all points, one power a row, in units of the distance between points."""
    root = _ROOT * _UNITS // 10**60
    value, coarse = _UNITS // 100, []
    for place in range(int(_LAST + 2) * _COARSE, -1, -1):
        coefficients = [value, value * place // _COARSE - root]
        for n in range(2, _EVERY_DIGIT):
            coefficients.append((coefficients[-1] * place // _COARSE + coefficients[-2]) // n)
        coarse.append([each / _UNITS for each in coefficients])
        value = sum(each * (-1) ** n // _COARSE**n for n, each in enumerate(coefficients))
    known = np.array(coarse[::-1]).T
    points = np.arange(int(_LAST) * _PER_ONE + 1)
    place = np.rint(points * (_COARSE / _PER_ONE)).astype(np.intp)
    offset = points / _PER_ONE - place / _COARSE
    rows = np.empty((_DEGREE + 1, points.size))
    for k in range(_DEGREE + 1):
        total = np.zeros(points.size)
        for n in range(_EVERY_DIGIT - 1, k - 1, -1):
            total = total * offset + comb(n, k) * known[n, place]
        rows[k] = total / float(_PER_ONE) ** k
    return rows
