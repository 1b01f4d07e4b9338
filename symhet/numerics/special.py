"""Special functions to all their digits where scipy's own lose some: near one, far out, and in differences."""

from __future__ import annotations

import numpy as np

from symhet.numerics.tails import Array

__all__ = ["exponential_integral", "log_gamma_one_less", "log_lower_gamma", "scaled_normal_slope"]

_ROOT_TWO_PI = np.sqrt(2 * np.pi)
_FRACTION_TERMS = 60
_SLOPE_LIMIT = 3.0
_TINY = 1e-280
_ZETA_TERMS = 40
_SMALL_ORDER = 0.3


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
