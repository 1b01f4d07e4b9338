"""Productivity distributions whose tails have closed forms or are standard special functions."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from symhet.errors import DomainError
from symhet.numerics.tails import Array, Distribution, LowerTails, Tails, positive, real

__all__ = ["Frechet", "LogNormal", "Pareto", "TruncatedPareto", "Weibull"]

_ROOT_HALF = np.sqrt(0.5)
_ROOT_TWO_PI = np.sqrt(2 * np.pi)
_SERIES_TERMS = 20


class Pareto(Distribution):
    """Pareto: S(x) = (x/scale)^(−shape) above the scale.

    Parameters
    ----------
    shape : array_like
        Tail index; above σ − 1 in a model with elasticity σ.
    scale : array_like, optional
        Lowest productivity.

    Examples
    --------
    >>> Pareto(shape=4.5, scale=1.0)
    Pareto(shape=4.5, scale=1)
    """

    names = ("shape", "scale")
    required = ("shape",)

    def __init__(self, shape: ArrayLike, scale: ArrayLike = 1.0) -> None:
        self.index = positive(shape, "shape")
        self.scale = positive(scale, "scale")

    @property
    def parameters(self) -> dict[str, Array]:
        """Parameters by name."""
        return {"shape": self.index, "scale": self.scale}

    @property
    def support(self) -> tuple[Array, Array]:
        """Lower and upper end of the support."""
        return self.scale, np.asarray(np.inf)

    def tails(self, x: ArrayLike, k: ArrayLike) -> Tails:
        """Return the scaled tail quantities at x."""
        a, k = self.index, np.asarray(k, dtype=float)
        ratio = np.asarray(x, dtype=float) / self.scale
        inside = ratio >= 1
        survival = np.maximum(ratio, 1.0) ** -a
        moment, excess = a / (a - k) * survival, k / (a - k) * survival
        if not inside.all():
            below = np.minimum(ratio, 1.0) ** -k * (a / (a - k))
            moment, excess = np.where(inside, moment, below), np.where(inside, excess, below - 1.0)
        return Tails(survival, moment, excess, np.where(inside, a * survival, 0.0))

    def log_moment(self, k: ArrayLike) -> Array:
        """Return the logarithm of the whole k-th moment."""
        k = np.asarray(k, dtype=float)
        with np.errstate(invalid="ignore", divide="ignore"):
            inside = -np.log1p(-k / self.index) + k * np.log(self.scale)
        return np.where(k < self.index, inside, np.inf)

    def _moment_bound(self) -> Array:
        return self.index


class TruncatedPareto(Distribution):
    """Pareto cut off at an upper productivity; every moment exists.

    Parameters
    ----------
    shape : array_like
        Exponent of the density, positive.
    scale : array_like
        Lowest productivity.
    upper : array_like
        Highest productivity, above the scale.

    Raises
    ------
    DomainError
        Where `upper` is not above `scale`.

    Examples
    --------
    >>> TruncatedPareto(shape=3, scale=1, upper=10).survival([1.0, 10.0]).tolist()
    [1.0, 0.0]
    """

    names = ("shape", "scale", "upper")
    required = ("shape", "scale", "upper")

    def __init__(self, shape: ArrayLike, scale: ArrayLike, upper: ArrayLike) -> None:
        self.index = positive(shape, "shape")
        self.scale = positive(scale, "scale")
        self.upper = positive(upper, "upper")
        if not np.all(self.upper > self.scale):
            raise DomainError(
                "ordered support",
                relation="upper > scale",
                left=float(np.min(self.upper)),
                right=float(np.max(self.scale)),
            )

    @property
    def parameters(self) -> dict[str, Array]:
        """Parameters by name."""
        return {"shape": self.index, "scale": self.scale, "upper": self.upper}

    @property
    def support(self) -> tuple[Array, Array]:
        """Lower and upper end of the support."""
        return self.scale, self.upper

    def _norm(self) -> Array:
        return -1.0 / np.expm1(-self.index * _log_ratio(self.upper, self.scale))

    def tails(self, x: ArrayLike, k: ArrayLike) -> Tails:
        """Return the scaled tail quantities at x."""
        a, k = self.index, np.asarray(k, dtype=float)
        x = np.asarray(x, dtype=float)
        inner = np.clip(x, self.scale, self.upper)
        length = _log_ratio(self.upper, inner)
        weight = a * self._norm() * (self.scale / inner) ** a
        survival = np.minimum(weight * _decay_integral(a, length), 1.0)
        excess = weight * _decay_difference(a, k, length)
        moment = survival + excess
        if (x < self.scale).any():
            stretch = np.minimum(x / self.scale, 1.0) ** -k
            excess = np.where(x < self.scale, stretch * moment - 1.0, excess)
            moment = moment * stretch
        density = np.where((x >= self.scale) & (x <= self.upper), weight, 0.0)
        return Tails(survival, moment, excess, density)

    def log_moment(self, k: ArrayLike) -> Array:
        """Return the logarithm of the whole k-th moment."""
        k = np.asarray(k, dtype=float)
        integral = _decay_integral(self.index - k, _log_ratio(self.upper, self.scale))
        return k * np.log(self.scale) + np.log(self.index * self._norm() * integral)


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

    def __init__(self, mu: ArrayLike = 0.0, sigma: ArrayLike = 1.0) -> None:
        self.mu = real(mu, "mu")
        self.sigma = positive(sigma, "sigma")

    @property
    def support(self) -> tuple[Array, Array]:
        """Lower and upper end of the support."""
        return np.asarray(0.0), np.asarray(np.inf)

    def tails(self, x: ArrayLike, k: ArrayLike) -> Tails:
        """Return the scaled tail quantities at x, by the scaled complementary error function.

        With u = (ln x − mu)/sigma and v = u − k sigma, xᵏ cancels out of T/xᵏ exactly: it is
        ½ exp(−u²/2) erfcx(v/√2), as S is ½ exp(−u²/2) erfcx(u/√2).
        """
        from scipy.special import erfcx

        spread = self.sigma
        u = (np.log(np.asarray(x, dtype=float)) - self.mu) / spread
        v = u - np.asarray(k, dtype=float) * spread
        bell = 0.5 * np.exp(-0.5 * (u * u))
        upper, lower = erfcx(np.abs(v) * _ROOT_HALF), erfcx(np.abs(u) * _ROOT_HALF)
        with np.errstate(invalid="ignore"):
            survival = np.where(u < 0, 1.0 - bell * lower, bell * lower)
            moment, excess = bell * upper, bell * (upper - lower)
        if (v < 0).any():
            with np.errstate(over="ignore", invalid="ignore"):
                whole = np.exp(0.5 * ((v - u) * (v + u)))
            moment = np.where(v < 0, whole - moment, moment)
            excess = np.where(v < 0, moment - survival, excess)
        return Tails(survival, moment, excess, bell / (0.5 * _ROOT_TWO_PI * spread))

    def plain_tails(self, x: ArrayLike, k: ArrayLike) -> Tails:
        """Return the scaled tail quantities at x in half the time, the excess by plain subtraction."""
        from scipy.special import ndtr

        u = (np.log(np.asarray(x, dtype=float)) - self.mu) / self.sigma
        shift = np.asarray(k, dtype=float) * self.sigma
        survival, moment = ndtr(-u), np.exp(shift * (0.5 * shift - u)) * ndtr(shift - u)
        return Tails(survival, moment, moment - survival, np.exp(-0.5 * (u * u)) / (_ROOT_TWO_PI * self.sigma))

    def lower_tails(self, x: ArrayLike, k: ArrayLike) -> LowerTails:
        """Return what lies below x."""
        from scipy.special import ndtr

        u = (np.log(np.asarray(x, dtype=float)) - self.mu) / self.sigma
        shift = np.asarray(k, dtype=float) * self.sigma
        return LowerTails(ndtr(u), np.exp(shift * (0.5 * shift - u)) * ndtr(u - shift))

    def log_moment(self, k: ArrayLike) -> Array:
        """Return the logarithm of the whole k-th moment."""
        k = np.asarray(k, dtype=float)
        return k * (self.mu + 0.5 * k * self.sigma**2)


class Weibull(Distribution):
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

    names = ("shape", "scale")
    required = ("shape",)

    def __init__(self, shape: ArrayLike, scale: ArrayLike = 1.0) -> None:
        self.index = positive(shape, "shape")
        self.scale = positive(scale, "scale")

    @property
    def parameters(self) -> dict[str, Array]:
        """Parameters by name."""
        return {"shape": self.index, "scale": self.scale}

    @property
    def support(self) -> tuple[Array, Array]:
        """Lower and upper end of the support."""
        return np.asarray(0.0), np.asarray(np.inf)

    def tails(self, x: ArrayLike, k: ArrayLike) -> Tails:
        """Return the scaled tail quantities at x.

        With y = (x/scale)^shape and κ = k/shape, one step of the recurrence of the incomplete gamma
        function turns T/xᵏ − S into κ y^(−κ) Γ(κ, y).
        """
        from scipy.special import gamma, gammaincc

        order = np.asarray(k, dtype=float) / self.index
        with np.errstate(over="ignore", invalid="ignore"):
            y = (np.asarray(x, dtype=float) / self.scale) ** self.index
            survival = np.exp(-y)
            excess = np.where(np.isinf(y), 0.0, gamma(1.0 + order) * y**-order * gammaincc(order, np.minimum(y, 1e300)))
            density = np.where(np.isinf(y), 0.0, self.index * y * survival)
        return Tails(survival, survival + excess, excess, density)

    def lower_tails(self, x: ArrayLike, k: ArrayLike) -> LowerTails:
        """Return what lies below x."""
        from scipy.special import gamma, gammainc

        order = 1.0 + np.asarray(k, dtype=float) / self.index
        with np.errstate(over="ignore", invalid="ignore"):
            y = (np.asarray(x, dtype=float) / self.scale) ** self.index
            return LowerTails(-np.expm1(-y), gamma(order) * y ** (1.0 - order) * gammainc(order, y))

    def log_moment(self, k: ArrayLike) -> Array:
        """Return the logarithm of the whole k-th moment."""
        from scipy.special import gammaln

        k = np.asarray(k, dtype=float)
        return k * np.log(self.scale) + gammaln(1.0 + k / self.index)


class Frechet(Distribution):
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

    names = ("shape", "scale")
    required = ("shape",)

    def __init__(self, shape: ArrayLike, scale: ArrayLike = 1.0) -> None:
        self.index = positive(shape, "shape")
        self.scale = positive(scale, "scale")

    @property
    def parameters(self) -> dict[str, Array]:
        """Parameters by name."""
        return {"shape": self.index, "scale": self.scale}

    @property
    def support(self) -> tuple[Array, Array]:
        """Lower and upper end of the support."""
        return np.asarray(0.0), np.asarray(np.inf)

    def tails(self, x: ArrayLike, k: ArrayLike) -> Tails:
        """Return the scaled tail quantities at x.

        With y = (x/scale)^(−shape) and κ = k/shape, T/xᵏ is y^κ γ(1 − κ, y). In the upper tail y is
        small and the excess comes from its own series, whose terms carry the factor κ.
        """
        from scipy.special import gamma, gammainc

        order = np.asarray(k, dtype=float) / self.index
        with np.errstate(over="ignore", invalid="ignore"):
            y = (np.asarray(x, dtype=float) / self.scale) ** -self.index
            survival = -np.expm1(-y)
            excess = y**order * gamma(1.0 - order) * gammainc(1.0 - order, y) - survival
            excess = np.where(y < 1, _frechet_series(order, np.minimum(y, 1.0)), excess)
            density = np.where(np.isinf(y), 0.0, self.index * y * np.exp(-y))
        return Tails(survival, survival + excess, excess, density)

    def lower_tails(self, x: ArrayLike, k: ArrayLike) -> LowerTails:
        """Return what lies below x."""
        from scipy.special import gamma, gammaincc

        order = np.asarray(k, dtype=float) / self.index
        with np.errstate(over="ignore", invalid="ignore"):
            y = (np.asarray(x, dtype=float) / self.scale) ** -self.index
            return LowerTails(np.exp(-y), y**order * gamma(1.0 - order) * gammaincc(1.0 - order, y))

    def log_moment(self, k: ArrayLike) -> Array:
        """Return the logarithm of the whole k-th moment."""
        from scipy.special import gammaln

        k = np.asarray(k, dtype=float)
        inside = k * np.log(self.scale) + gammaln(np.maximum(1.0 - k / self.index, 0.0))
        return np.where(k < self.index, inside, np.inf)

    def _moment_bound(self) -> Array:
        return self.index


def _log_ratio(high: Array, low: Array) -> Array:
    """Return ln(high/low), accurate also where the two are close."""
    return np.log1p((high - low) / low)


def _decay_integral(rate: Array, length: Array) -> Array:
    """Return the integral of exp(−rate u) over 0 < u < length, for a rate of any sign."""
    exponent = rate * length
    safe = np.where(exponent == 0, 1.0, exponent)
    return length * np.where(exponent == 0, 1.0, -np.expm1(-safe) / safe)


def _decay_difference(a: Array, k: Array, length: Array) -> Array:
    """Return the decay integral of rate a − k less that of rate a, by power series where short."""
    large = np.maximum(np.abs(a - k), a) * length > 1
    short = np.where(large, 0.0, length)
    total, bundle = np.zeros_like(short + a + k), np.zeros_like(short + a + k)
    power, factor = np.ones_like(total), short
    for term in range(1, _SERIES_TERMS):
        bundle = bundle * -(a - k) * short + power
        power = power * -a * short
        factor = factor / (term + 1)
        total = total + bundle * factor
    series = total * k * short
    return np.where(large, _decay_integral(a - k, length) - _decay_integral(a, length), series)


def _frechet_series(order: Array, y: Array) -> Array:
    """Return y^κ γ(1 − κ, y) − (1 − exp(−y)) for 0 ≤ y ≤ 1 by its alternating series."""
    total, factor = np.zeros_like(order + y), np.ones_like(order + y) * y
    for term in range(_SERIES_TERMS):
        total = total + factor / ((term + 1) * (term + 1 - order))
        factor = factor * -y / (term + 1)
    return total * order
