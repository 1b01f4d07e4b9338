"""Productivity distributions whose tails are standard special functions: lognormal, Weibull, Fréchet."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from symhet.numerics.normal import beyond
from symhet.numerics.power_laws import Scaled
from symhet.numerics.special import (
    exponential_integral,
    log_gamma_one_less,
    log_lower_gamma,
    scaled_normal_slope,
)
from symhet.numerics.tails import Array, Distribution, LowerTails, Tails, positive, real

__all__ = ["Frechet", "LogNormal", "Weibull"]

_ROOT_TWO_PI = np.sqrt(2 * np.pi)
_FAR_BELOW = -8.0
"""Standard deviations below the mean where the survival is one but for rounding."""
_NEARLY_EQUAL = 1.1
"""Where T/xᵏ is less than this times S, their difference is taken by quadrature."""
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(8)
_FRECHET_TERMS, _FRECHET_LIMIT = 30, 2.0
_NEXT_TO_NONE = 1e-18
_NOTHING = 745.0
"""exp of minus this is no floating-point number."""


class LogNormal(Distribution):
    """Lognormal: ln φ is normal with mean `mu` and standard deviation `sigma`.

    Parameters
    ----------
    mu : array_like
        Mean of ln φ.
    sigma : array_like
        Standard deviation of ln φ (not the elasticity of substitution).

    Examples
    --------
    >>> float(LogNormal(mu=0, sigma=1).survival(1.0))
    0.5
    """

    names = ("mu", "sigma")
    required = ("sigma",)
    has_standard = True

    def __init__(self, mu: ArrayLike = 0.0, sigma: ArrayLike = 1.0) -> None:
        self.mu = real(mu, "mu")
        self.sigma = positive(sigma, "sigma")

    @property
    def support(self) -> tuple[Array, Array]:
        """Lower and upper end of the support."""
        return np.asarray(0.0), np.asarray(np.inf)

    @classmethod
    def _fits(cls, values: Mapping[str, Array]) -> NDArray[np.bool_]:
        return np.isfinite(values["mu"]) & super()._fits({"sigma": values["sigma"]})

    @property
    def log_origin(self) -> Array:
        """The mean of ln φ."""
        return self.mu

    def tails_at(self, z: ArrayLike, k: ArrayLike) -> Tails:
        """Return the scaled tail quantities at a distance z from exp(mu).

        With u = z/sigma, v = u − k sigma and R(w) = exp(w²/2)(1 − Φ(w)), xᵏ cancels out of T/xᵏ exactly: it is
        exp(−u²/2) R(v), as S is exp(−u²/2) R(u). Where the two are close, their difference is an integral of R′.
        """
        u, shift = self._standardised(z, k)
        v = u - shift
        with np.errstate(over="ignore", invalid="ignore", under="ignore"):
            bell = np.exp(-0.5 * (u * u))
            survival = beyond(u, bell)
            moment = beyond(v, bell, np.exp(shift * (0.5 * shift - u)))
            excess = np.asarray(moment - survival)
            close = moment < _NEARLY_EQUAL * survival
            if close.any():
                excess[close] = _near_excess(*(a[close] for a in np.broadcast_arrays(u, v, shift, bell)))
        return Tails(survival, moment, excess, bell / (_ROOT_TWO_PI * self.sigma))

    def rough_tails_at(self, z: ArrayLike, k: ArrayLike) -> Tails:
        """Return the scaled tail quantities sooner, the excess by plain subtraction."""
        u, shift = self._standardised(z, k)
        with np.errstate(over="ignore", invalid="ignore", under="ignore"):
            bell = np.exp(-0.5 * (u * u))
            survival = beyond(u, bell)
            moment = beyond(u - shift, bell, np.exp(shift * (0.5 * shift - u)))
        return Tails(survival, moment, moment - survival, bell * (1.0 / _ROOT_TWO_PI / self.sigma))

    def _standardised(self, z: ArrayLike, k: ArrayLike) -> tuple[Array, Array]:
        """Return a distance in standard deviations, and by how many a moment of order k moves it."""
        return np.asarray(z, dtype=float) / self.sigma, np.asarray(k, dtype=float) * self.sigma

    def lower_tails_at(self, z: ArrayLike, k: ArrayLike) -> LowerTails:
        """Return what lies below a distance z."""
        u, shift = self._standardised(z, k)
        with np.errstate(over="ignore", invalid="ignore", under="ignore"):
            bell = np.exp(-0.5 * (u * u))
            return LowerTails(beyond(-u, bell), beyond(shift - u, bell, np.exp(shift * (0.5 * shift - u))))

    def survival_at(self, z: ArrayLike) -> Array:
        """Return the survival at a distance z."""
        u = np.asarray(z, dtype=float) / self.sigma
        with np.errstate(over="ignore", invalid="ignore", under="ignore"):
            return beyond(u, np.exp(-0.5 * (u * u)))

    def quantile_at(self, survival: ArrayLike) -> Array:
        """Return the distance at which the survival has fallen to a value."""
        from scipy.special import ndtri

        return -self.sigma * ndtri(survival)

    def density_at(self, z: ArrayLike) -> Array:
        """Return the density of ln φ at a distance z."""
        u = np.asarray(z, dtype=float) / self.sigma
        with np.errstate(under="ignore", over="ignore"):
            return np.exp(-0.5 * (u * u)) / (_ROOT_TWO_PI * self.sigma)

    def log_moment_at(self, k: ArrayLike) -> Array:
        """Return the logarithm of the whole k-th moment, over exp(mu)."""
        return 0.5 * (np.asarray(k, dtype=float) * self.sigma) ** 2


class Weibull(Scaled):
    """Weibull: S(x) = exp(−(x/scale)^shape).

    Parameters
    ----------
    shape, scale : array_like
        Positive.

    Examples
    --------
    >>> round(float(Weibull(shape=1, scale=1).tail_moment(1.0, 1.0)), 6)
    0.735759
    """

    @property
    def support(self) -> tuple[Array, Array]:
        """Lower and upper end of the support."""
        return np.asarray(0.0), np.asarray(np.inf)

    def tails_at(self, z: ArrayLike, k: ArrayLike) -> Tails:
        """Return the scaled tail quantities at a distance z from the scale.

        With y = (x/scale)^shape and κ = k/shape, one step of the recurrence of the incomplete gamma
        function turns T/xᵏ − S into κ y^(−κ) Γ(κ, y), which is Γ(1 + κ) y^(−κ) − 1 for next to no y.
        """
        from scipy.special import gammaincc, gammaln

        z, k = np.asarray(z, dtype=float), np.asarray(k, dtype=float)
        order = k / self.index
        with np.errstate(over="ignore", invalid="ignore", under="ignore"):
            y = np.exp(self.index * z)
            survival = np.exp(-y)
            above = gammaincc(order, y)
            whole = gammaln(1.0 + order) - k * z
            excess = np.where(above > 0, np.exp(whole) * above, 0.0)
            excess = np.where(y < _NEXT_TO_NONE, np.expm1(whole), excess)
            density = np.where(y < _NOTHING, self.index * y * survival, 0.0)
        return Tails(survival, survival + excess, excess, density)

    def lower_tails_at(self, z: ArrayLike, k: ArrayLike) -> LowerTails:
        """Return what lies below a distance z."""
        z, k = np.asarray(z, dtype=float), np.asarray(k, dtype=float)
        order = k / self.index
        with np.errstate(over="ignore", invalid="ignore", under="ignore", divide="ignore"):
            y = np.exp(self.index * z)
            return LowerTails(-np.expm1(-y), np.exp(log_lower_gamma(1.0 + order, y) - k * z))

    def survival_at(self, z: ArrayLike) -> Array:
        """Return the survival at a distance z."""
        with np.errstate(over="ignore"):
            return np.exp(-np.exp(self.index * np.asarray(z, dtype=float)))

    def quantile_at(self, survival: ArrayLike) -> Array:
        """Return the distance at which the survival has fallen to a value."""
        with np.errstate(divide="ignore"):
            return np.log(-np.log(np.asarray(survival, dtype=float))) / self.index

    def density_at(self, z: ArrayLike) -> Array:
        """Return the density of ln φ at a distance z."""
        with np.errstate(over="ignore", invalid="ignore", under="ignore"):
            y = np.exp(self.index * np.asarray(z, dtype=float))
            return np.where(y < _NOTHING, self.index * y * np.exp(-y), 0.0)

    def log_moment_at(self, k: ArrayLike) -> Array:
        """Return the logarithm of the whole k-th moment, over the scale."""
        from scipy.special import gammaln

        return gammaln(1.0 + np.asarray(k, dtype=float) / self.index)


class Frechet(Scaled):
    """Fréchet: G(x) = exp(−(x/scale)^(−shape)).

    Parameters
    ----------
    shape : array_like
        Tail index; above σ − 1 in a model with elasticity σ.
    scale : array_like, optional
        Positive.

    Examples
    --------
    >>> round(float(Frechet(shape=3, scale=1).survival(1.0)), 6)
    0.632121
    """

    @property
    def support(self) -> tuple[Array, Array]:
        """Lower and upper end of the support."""
        return np.asarray(0.0), np.asarray(np.inf)

    def tails_at(self, z: ArrayLike, k: ArrayLike) -> Tails:
        """Return the scaled tail quantities at a distance z from the scale.

        With y = (x/scale)^(−shape) and κ = k/shape, T/xᵏ is y^κ γ(1 − κ, y). In the upper tail y is small and the
        excess comes from its own series, whose terms carry the factor κ. Below the bulk it is the whole moment
        less one, and κ times the generalised exponential integral of order 1 + κ.
        """
        z, k = np.asarray(z, dtype=float), np.asarray(k, dtype=float)
        order, rest = k / self.index, (self.index - k) / self.index
        with np.errstate(over="ignore", invalid="ignore", under="ignore"):
            y = np.exp(-self.index * z)
            survival = -np.expm1(-y)
            excess = _frechet_series(order, rest, np.minimum(y, _FRECHET_LIMIT))
            low = np.asarray(y > _FRECHET_LIMIT)
            if low.any():
                o, r, at, power = (a[low] for a in np.broadcast_arrays(order, rest, y, k * z))
                excess = np.array(np.broadcast_to(excess, np.broadcast_shapes(low.shape, np.shape(excess))))
                below = np.expm1(log_gamma_one_less(o, r) - power) + o * exponential_integral(1.0 + o, at)
                excess[np.broadcast_to(low, excess.shape)] = below
            density = np.where(y < _NOTHING, self.index * y * np.exp(-y), 0.0)
        return Tails(survival, survival + excess, excess, density)

    def lower_tails_at(self, z: ArrayLike, k: ArrayLike) -> LowerTails:
        """Return what lies below a distance z."""
        from scipy.special import gammaincc

        z, k = np.asarray(z, dtype=float), np.asarray(k, dtype=float)
        order, rest = k / self.index, (self.index - k) / self.index
        with np.errstate(over="ignore", invalid="ignore", under="ignore"):
            y = np.exp(-self.index * z)
            above = gammaincc(rest, y)
            moment = np.where(above > 0, np.exp(log_gamma_one_less(order, rest) - k * z) * above, 0.0)
            return LowerTails(np.exp(-y), moment)

    def survival_at(self, z: ArrayLike) -> Array:
        """Return the survival at a distance z."""
        with np.errstate(over="ignore"):
            return -np.expm1(-np.exp(-self.index * np.asarray(z, dtype=float)))

    def quantile_at(self, survival: ArrayLike) -> Array:
        """Return the distance at which the survival has fallen to a value."""
        with np.errstate(divide="ignore"):
            return -np.log(-np.log1p(-np.asarray(survival, dtype=float))) / self.index

    def density_at(self, z: ArrayLike) -> Array:
        """Return the density of ln φ at a distance z."""
        with np.errstate(over="ignore", invalid="ignore", under="ignore"):
            y = np.exp(-self.index * np.asarray(z, dtype=float))
            return np.where(y < _NOTHING, self.index * y * np.exp(-y), 0.0)

    def log_moment_at(self, k: ArrayLike) -> Array:
        """Return the logarithm of the whole k-th moment, over the scale."""
        k = np.asarray(k, dtype=float)
        exists = k < self.index
        order = np.where(exists, k / self.index, 0.5)
        rest = np.where(exists, (self.index - k) / self.index, 0.5)
        return np.where(exists, log_gamma_one_less(order, rest), np.inf)

    def _moment_bound(self) -> Array:
        return self.index


def _near_excess(u: Array, v: Array, shift: Array, bell: Array) -> Array:
    """Return exp(−u²/2)(R(v) − R(u)) where the two are close."""
    from scipy.special import ndtr

    far = u < _FAR_BELOW
    at = np.where(far, 0.0, u)
    points = at - 0.5 * shift * (1 + _NODES[:, None])
    steep = np.sum(0.5 * _WEIGHTS[:, None] * scaled_normal_slope(np.where(far, 0.0, points)), axis=0)
    below = np.expm1(shift * (0.5 * shift - u)) * ndtr(-v) + (ndtr(u) - ndtr(v))
    return np.where(far, below, bell * shift * steep)


def _frechet_series(order: Array, rest: Array, y: Array) -> Array:
    """Return y^κ γ(1 − κ, y) − (1 − exp(−y)) for 0 ≤ y ≤ 2 by its alternating series."""
    total, factor = np.zeros_like(order + y), np.ones_like(order + y) * y
    for term in range(_FRECHET_TERMS):
        total = total + factor / ((term + 1) * (term + rest))
        factor = factor * -y / (term + 1)
    return total * order
