"""Pareto's distribution, and the same cut off at an upper productivity: every tail is an integral of an exponential."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from symhet.errors import DomainError
from symhet.numerics.intervals import Between
from symhet.numerics.tails import Array, Distribution, Tails, positive

__all__ = ["Pareto", "Scaled", "TruncatedPareto", "Uniform", "decay_difference", "decay_integral", "log_quotient"]

_SERIES_TERMS = 20


class Scaled(Distribution):
    """A family with a shape and a scale, from which distances are measured.

    Parameters
    ----------
    shape : array_like
        Positive.
    scale : array_like, optional
        Positive.
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
    def log_origin(self) -> Array:
        """Logarithm of the scale."""
        return np.log(self.scale)

    def distance(self, x: ArrayLike) -> Array:
        """Return ln(x/scale)."""
        return log_quotient(x, self.scale)


class Pareto(Scaled):
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

    @property
    def support(self) -> tuple[Array, Array]:
        """Lower and upper end of the support."""
        return self.scale, np.asarray(np.inf)

    def tails_at(self, z: ArrayLike, k: ArrayLike) -> Tails:
        """Return the scaled tail quantities at a distance z from the scale."""
        a, k, z = self.index, np.asarray(k, dtype=float), np.asarray(z, dtype=float)
        inside = z >= 0
        survival = np.exp(-a * np.maximum(z, 0.0))
        moment, excess = a / (a - k) * survival, k / (a - k) * survival
        if not inside.all():
            with np.errstate(over="ignore"):
                log_below = np.log(a / (a - k)) - k * np.minimum(z, 0.0)
                moment = np.where(inside, moment, np.exp(log_below))
                excess = np.where(inside, excess, np.expm1(log_below))
        return Tails(survival, moment, excess, np.where(inside, a * survival, 0.0))

    def survival_at(self, z: ArrayLike) -> Array:
        """Return the survival at a distance z."""
        return np.exp(-self.index * np.maximum(z, 0.0))

    def quantile_at(self, survival: ArrayLike) -> Array:
        """Return the distance at which the survival has fallen to a value."""
        return -np.log(np.asarray(survival, dtype=float)) / self.index

    def between_at(self, z: Array, length: Array, k: Array) -> Between:
        """Return mass and scaled moment of an interval."""
        a, start = self.index, np.maximum(z, 0.0)
        inside = np.where(z >= 0, length, np.maximum(length + np.minimum(z, 0.0), 0.0))
        mass = np.exp(-a * start) * -np.expm1(-a * inside)
        with np.errstate(over="ignore", invalid="ignore"):
            moment = np.exp(k * (start - z) - a * start) * (a / (a - k)) * -np.expm1(-(a - k) * inside)
        return Between(mass, moment)

    def log_moment_at(self, k: ArrayLike) -> Array:
        """Return the logarithm of the whole k-th moment, over the scale."""
        k = np.asarray(k, dtype=float)
        with np.errstate(invalid="ignore", divide="ignore"):
            inside = np.log(self.index / (self.index - k))
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

    names: ClassVar[tuple[str, ...]] = ("shape", "scale", "upper")
    required: ClassVar[tuple[str, ...]] = ("shape", "scale", "upper")

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

    @property
    def log_origin(self) -> Array:
        """Logarithm of the upper end."""
        return np.log(self.upper)

    def distance(self, x: ArrayLike) -> Array:
        """Return ln(x/upper)."""
        return log_quotient(x, self.upper)

    @classmethod
    def _fits(cls, values: Mapping[str, Array]) -> NDArray[np.bool_]:
        return super()._fits(values) & (values["upper"] > values["scale"])

    def _width(self) -> Array:
        """Return the length of the support of ln φ."""
        return log_quotient(self.upper, self.scale)

    def _density(self, z: Array, width: Array) -> Array:
        """Return the density of ln φ, as it would be without ends."""
        a = self.index
        return a * np.exp(-a * (z + width)) / -np.expm1(-a * width)

    def tails_at(self, z: ArrayLike, k: ArrayLike) -> Tails:
        """Return the scaled tail quantities at a distance z from the upper end."""
        a, k, z = self.index, np.asarray(k, dtype=float), np.asarray(z, dtype=float)
        width = self._width()
        inner = np.clip(z, -width, 0.0)
        with np.errstate(over="ignore", invalid="ignore"):
            density = self._density(inner, width)
            survival = np.where(z <= -width, 1.0, np.minimum(density * decay_integral(a, 0.0 - inner), 1.0))
            excess = density * decay_difference(a, k, 0.0 - inner)
            moment = survival + excess
            if (z < -width).any():
                stretch = -k * np.minimum(z + width, 0.0)
                excess = excess + np.expm1(stretch) * moment
                moment = moment * np.exp(stretch)
        return Tails(survival, moment, excess, np.where((z >= -width) & (z <= 0), density, 0.0))

    def quantile_at(self, survival: ArrayLike) -> Array:
        """Return the distance at which the survival has fallen to a value."""
        survival, end = np.asarray(survival, dtype=float), self.index * self._width()
        with np.errstate(divide="ignore"):
            return -np.logaddexp(np.log1p(-survival), np.log(survival) + end) / self.index

    def between_at(self, z: Array, length: Array, k: Array) -> Between:
        """Return mass and scaled moment of an interval."""
        a, width = self.index, self._width()
        start = np.clip(z, -width, 0.0)
        inside = np.clip(np.where(z >= -width, length, length + (z - start)), 0.0, -start)
        with np.errstate(over="ignore", invalid="ignore"):
            density = self._density(start, width)
            mass = np.minimum(density * decay_integral(a, inside), 1.0)
            moment = density * np.exp(k * (start - z)) * decay_integral(a - k, inside)
        return Between(mass, moment)

    def log_moment_at(self, k: ArrayLike) -> Array:
        """Return the logarithm of the whole k-th moment, over the upper end."""
        k, width = np.asarray(k, dtype=float), self._width()
        rate = self.index - k
        integral = np.log(decay_integral(np.abs(rate), width)) + np.maximum(-rate, 0.0) * width
        return integral - k * width + np.log(self.index / -np.expm1(-self.index * width))


class Uniform(TruncatedPareto):
    """Uniform between two productivities: the cut-off power law whose density is constant.

    Parameters
    ----------
    low, high : array_like
        Ends of the support, positive.

    Examples
    --------
    >>> round(float(Uniform(low=1, high=3).tail_moment(2.0, 1)), 12)
    1.25
    """

    names: ClassVar[tuple[str, ...]] = ("low", "high")
    required: ClassVar[tuple[str, ...]] = ("low", "high")

    def __init__(self, low: ArrayLike, high: ArrayLike) -> None:
        super().__init__(1.0, low, high)
        self.index = np.asarray(-1.0)

    @property
    def parameters(self) -> dict[str, Array]:
        """Parameters by name."""
        return {"low": self.scale, "high": self.upper}

    @classmethod
    def _fits(cls, values: Mapping[str, Array]) -> NDArray[np.bool_]:
        low, high = values["low"], values["high"]
        return np.isfinite(high) & (low > 0) & (high > low)


def log_quotient(high: ArrayLike, low: ArrayLike) -> Array:
    """Return ln(high/low), accurate also where the two are close, or their quotient is no floating-point number."""
    high, low = np.asarray(high, dtype=float), np.asarray(low, dtype=float)
    with np.errstate(over="ignore", divide="ignore", invalid="ignore", under="ignore"):
        near = np.log1p((high - low) / low)
        return np.where((near > -0.5) & np.isfinite(near), near, np.log(high) - np.log(low))


def decay_integral(rate: Array, length: Array) -> Array:
    """Return the integral of exp(−rate u) over 0 < u < length, for a rate of any sign."""
    exponent = rate * length
    safe = np.where(exponent == 0, 1.0, exponent)
    return length * np.where(exponent == 0, 1.0, -np.expm1(-safe) / safe)


def decay_difference(a: Array, k: Array, length: Array) -> Array:
    """Return the decay integral of rate a − k less that of rate a.

    By power series where short, else integrated by parts unless the two differ by more than a half anyway.
    """
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
    slow = decay_integral(a - k, length)
    parts = (k * slow - np.exp(-a * length) * np.expm1(np.minimum(k * length, 700.0))) / a
    return np.where(large, np.where(k < a, parts, slow - decay_integral(a, length)), series)
