"""Special functions to all their digits where scipy's own lose some: near one, far out, and in differences."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from symhet.numerics.tails import Array

__all__ = ["exponential_integral", "log_gamma_one_less", "log_lower_gamma", "log_ratio", "scaled_normal_slope"]

_ROOT_TWO_PI = np.sqrt(2 * np.pi)
_FRACTION_TERMS = 60
_SLOPE_LIMIT = 3.0
_TINY = 1e-280
_ZETA_TERMS = 40
_SMALL_ORDER = 0.3
_SPLIT = 2.0**27 + 1


def scaled_normal_slope(w: Array) -> Array:
    """Return −R′(w) for R(w) = exp(w²/2)(1 − Φ(w)), by Mills' continued fraction for large w."""
    from scipy.special import erfcx

    near = np.minimum(w, _SLOPE_LIMIT)
    direct = 1 / _ROOT_TWO_PI - near * 0.5 * erfcx(near * np.sqrt(0.5))
    high = w > _SLOPE_LIMIT
    if not high.any():
        return direct
    far = np.maximum(w, _SLOPE_LIMIT)
    inner = far
    for n in range(_FRACTION_TERMS, 1, -1):
        inner = far + n / inner
    return np.where(high, 1 / (inner * (far + 1 / inner) * _ROOT_TWO_PI), direct)


def exponential_integral(order: Array, y: Array) -> Array:
    """Return the generalised exponential integral of an order between one and two, at y ≥ 2, by continued fraction."""
    at = np.minimum(y, 800.0)
    tail = at + order + 2 * _FRACTION_TERMS
    for n in range(_FRACTION_TERMS, 0, -1):
        tail = at + order + 2 * (n - 1) - n * (order + n - 1) / tail
    return np.exp(-at) / tail


def log_gamma_one_less(order: Array, rest: Array) -> Array:
    """Return ln Γ(1 − κ) for 0 < κ < 1, to relative accuracy; `rest` is 1 − κ, which may be known better."""
    from scipy.special import gammaln, zeta

    small = np.minimum(order, _SMALL_ORDER)
    total = np.zeros_like(small)
    for n in range(_ZETA_TERMS, 1, -1):
        total = (total + zeta(n) / n) * small
    return np.where(order < _SMALL_ORDER, (total + np.euler_gamma) * small, gammaln(rest))


def log_lower_gamma(order: Array, y: Array) -> Array:
    """Return ln γ(order, y) for an order ≥ 1, also where its share of the whole is no floating-point number."""
    from scipy.special import gammainc, gammaln

    share = gammainc(order, y)
    direct = gammaln(order) + np.log(share)
    tiny = (share < _TINY) & (y > 0)
    if not tiny.any():
        return direct
    total, term = np.ones_like(order + y), np.ones_like(order + y)
    for n in range(1, 400):
        term = term * y / (order + n)
        total = total + term
        if not np.any(np.where(tiny, term > 1e-17 * total, False)):
            break
    return np.where(tiny, order * np.log(y) - y - np.log(order) + np.log(total), direct)


def log_ratio(over: Sequence[Array], under: Sequence[Array]) -> Array:
    """Return the logarithm of a product over another, relative to its own size, also where the two nearly agree.

    The products carry their rounding errors along, so that their difference has all its digits.

    Examples
    --------
    >>> gap = log_ratio([np.asarray(1 + 2**-40), np.asarray(1 - 2**-40)], [np.asarray(1.0)])
    >>> float(gap * 2**80)
    -1.0
    """
    (high, more), (low, less) = _product(over), _product(under)
    with np.errstate(all="ignore"):
        relative = ((high - low) + (more - less)) / low
        near = np.abs(relative) < 0.5
        return np.where(near, np.log1p(np.where(near, relative, 0.0)), np.log(high) - np.log(low))


def _product(factors: Sequence[Array]) -> tuple[Array, Array]:
    """Return a product and its rounding error."""
    value, error = factors[0], np.zeros(())
    for factor in factors[1:]:
        with np.errstate(all="ignore"):
            rounded = value * factor
            error = error * factor + _rounding(value, factor, rounded)
        value = rounded
    return value, np.where(np.isfinite(error), error, 0.0)


def _rounding(a: Array, b: Array, product: Array) -> Array:
    """Return a b less their rounded product, exactly: each factor is split into halves of its digits."""
    (a_high, a_low), (b_high, b_low) = _halves(a), _halves(b)
    return ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low


def _halves(value: Array) -> tuple[Array, Array]:
    spread = value * _SPLIT
    high = spread - (spread - value)
    return high, value - high
