"""Distributions of scipy, by their closed forms here where there are any, else by quadrature."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from symhet.errors import DomainError, SolverError
from symhet.numerics.data_laws import Histogram
from symhet.numerics.families import Frechet, LogNormal, Weibull
from symhet.numerics.intervals import Between
from symhet.numerics.power_laws import Pareto, TruncatedPareto
from symhet.numerics.quadrature import integral
from symhet.numerics.tails import Array, Distribution, LowerTails, Tails

__all__ = ["Frozen", "from_scipy"]

_REACH = 80.0
"""How far beyond the median, in logarithms, the tail index is looked for."""
_STEPS = 4000
_NO_MASS = -250.0
"""Logarithm of a share of firms that counts as nothing."""
_PROBE = 1e-12
_AGREE = 1e-9


class Frozen(Distribution):
    """Any frozen continuous ``scipy.stats`` distribution on the positive half-line, by quadrature.

    The excess is the integral of k exp(ky) S(x exp y) over y > 0, or of (exp(ky) − 1) times the density where the
    distribution does not know its survival function to all digits, as many do not. Far slower than the closed
    forms: use it for families that have none.

    Parameters
    ----------
    frozen : scipy.stats frozen distribution
        Continuous, with scalar parameters and its support in [0, ∞).

    Raises
    ------
    DomainError
        If the distribution is not continuous, not frozen, an array of distributions, or puts mass below zero.

    Examples
    --------
    >>> from scipy.stats import gamma
    >>> round(float(Frozen(gamma(2.0)).tail_moment(0.0, 1.0)), 9)
    2.0
    """

    def __init__(self, frozen: Any) -> None:
        unfrozen = hasattr(frozen, "freeze") and not hasattr(frozen, "dist") and getattr(frozen, "shapes", None)
        if unfrozen or not all(hasattr(frozen, name) for name in ("sf", "isf", "pdf", "support")):
            raise DomainError(
                "continuous frozen distribution",
                relation="the distribution has sf, isf, pdf and support",
                left=type(frozen).__name__,
                right="scipy.stats frozen continuous distribution",
                fix="give a family by name, a frozen law of scipy.stats, or Empirical(productivities) for numbers",
            )
        ends = frozen.support()
        if np.ndim(ends[0]) or np.ndim(ends[1]):
            raise DomainError(
                "one distribution",
                relation="the parameters of a scipy distribution without closed form here are scalars",
                left=repr(np.shape(ends[0])),
                right=(),
                fix="solve for one distribution at a time",
            )
        low, high = (float(end) for end in ends)
        if not low >= 0:
            raise DomainError("positive productivity", relation="lower end of the support >= 0", left=low, right=0)
        self.frozen = frozen
        self._low, self._high = low, high
        self._median = float(frozen.isf(0.5))
        self._bound = np.asarray(self._tail_index())

    @property
    def parameters(self) -> dict[str, Array]:
        """Nothing: scipy knows them."""
        return {}

    @property
    def support(self) -> tuple[Array, Array]:
        """Lower and upper end of the support."""
        return np.asarray(self._low), np.asarray(self._high)

    @property
    def log_origin(self) -> Array:
        """Logarithm of the upper end of the support, or of the median where there is none."""
        return np.asarray(np.log(self._high if np.isfinite(self._high) else self._median))

    def flat(self, shape: tuple[int, ...]) -> Frozen:
        """Return the distribution itself: its parameters are scalars."""
        return self

    def part(self, where: slice | NDArray[np.intp]) -> Frozen:
        """Return the distribution itself: its parameters are scalars."""
        return self

    def tails(self, x: ArrayLike, k: ArrayLike) -> Tails:
        """Return the scaled tail quantities at x.

        Raises
        ------
        SolverError
            If the quadrature does not reach its tolerance.
        """
        found = super().tails(x, k)
        if np.isnan(found.excess).any():
            raise SolverError(
                "the tail integral of a frozen distribution did not converge",
                where=repr(self),
                fix="the (sigma-1)-th moment must be finite, the density smooth inside its support but for kinks",
            )
        return found

    def tails_at(self, z: ArrayLike, k: ArrayLike) -> Tails:
        """Return the scaled tail quantities at a distance z; NaN where the quadrature does not converge."""
        z, k = np.broadcast_arrays(np.asarray(z, dtype=float), np.asarray(k, dtype=float))
        y, order = (z + self.log_origin).reshape(-1), k.reshape(-1)
        survival = self._survival(y)
        active = np.isfinite(y) & (y < np.log(self._high)) & (survival > 0)
        excess = np.zeros(y.shape)
        if active.any():
            excess[active] = self._excess(y[active], order[active])
        density = np.where(np.isfinite(y), self._density(y), 0.0)
        return Tails(*(v.reshape(z.shape) for v in (survival, survival + excess, excess, density)))

    def lower_tails_at(self, z: ArrayLike, k: ArrayLike) -> LowerTails:
        """Return what lies below a distance z."""
        z, k = np.broadcast_arrays(np.asarray(z, dtype=float), np.asarray(k, dtype=float))
        y = (z + self.log_origin).reshape(-1)
        found = self._mass_and_moment(np.full(y.shape, self._bottom), y, y, k.reshape(-1))
        return LowerTails(*(value.reshape(z.shape) for value in found))

    def density_at(self, z: ArrayLike) -> Array:
        """Return the density of ln φ at a distance z."""
        return self._density(np.asarray(z, dtype=float) + self.log_origin)

    def between_at(self, z: Array, length: Array, k: Array) -> Between:
        """Return mass and scaled moment of an interval."""
        shape = np.broadcast_shapes(z.shape, length.shape, k.shape)
        z, length, k = (np.broadcast_to(value, shape).reshape(-1) for value in (z, length, k))
        y = z + self.log_origin
        finite = np.isfinite(length)
        found = self._mass_and_moment(y, y + np.where(finite, length, 0.0), y, k)
        whole = self.tails_at(z, k) if not finite.all() else None
        if whole is not None:
            found = [np.where(finite, *pair) for pair in zip(found, (whole.survival, whole.moment), strict=True)]
        return Between(*(value.reshape(shape) for value in found))

    def log_moment_at(self, k: ArrayLike) -> Array:
        """Return the logarithm of the whole k-th moment, over the origin."""
        k = np.asarray(k, dtype=float)
        exists = k < self._bound
        order = np.where(exists, k, self.usual_exponent())
        start = np.full(k.shape, np.log(self._low if self._low > 0 else self._median) - self.log_origin)
        above = self.tails_at(start, order).moment
        below = self.lower_tails_at(start, order).moment if self._low <= 0 else 0.0
        return np.where(exists, np.log(above + below) + k * start, np.inf)

    def _mass_and_moment(self, low: Array, high: Array, origin: Array, k: Array) -> list[Array]:
        """Integrate the density of ln φ, plain and with weight exp(k(y − origin)), split at the median."""
        low, high = np.maximum(low, self._bottom), np.minimum(high, np.log(self._high))
        middle = np.clip(np.log(self._median), low, np.maximum(low, high))
        return [
            integral(self._weighted, low, middle, origin, power) + integral(self._weighted, middle, high, origin, power)
            for power in (np.zeros(k.shape), k)
        ]

    def _weighted(self, y: Array, origin: Array, k: Array) -> Array:
        return np.exp(k * (y - origin)) * self._density(y)

    def _density(self, y: Array) -> Array:
        """Return the density of ln φ at y = ln φ."""
        with np.errstate(over="ignore", invalid="ignore", divide="ignore", under="ignore"):
            x = np.exp(y)
            found = x * np.asarray(self.frozen.pdf(x), dtype=float)
        return np.where((x > 0) & (x < np.inf) & np.isfinite(found), found, 0.0)

    def _survival(self, y: Array) -> Array:
        with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
            known = np.asarray(self.frozen.sf(np.exp(y)), dtype=float)
        if not self._by_density:
            return known
        small = (known < 0.5) & np.isfinite(y)
        if small.any():
            known[small] = self._mass_beyond(y[small])
        return known

    def _mass_beyond(self, y: Array) -> Array:
        """Return the survival by integrating the density, and continuing a power tail."""
        high = np.maximum(y, self._far)
        zero = np.zeros(y.shape)
        beyond = self._density(high) / self._bound if np.isfinite(self._bound) else zero
        return integral(self._weighted, y, high, y, zero) + beyond

    def _excess(self, y: Array, k: Array) -> Array:
        """Integrate over ln φ, split at the support's lower end and at the median; continue a power tail."""
        low = np.maximum(y, np.log(self._low)) if self._low > 0 else y
        middle = np.maximum(low, np.log(self._median))
        high = np.maximum(middle, self._far)
        power = np.isfinite(self._bound)
        if self._by_density:
            dense = sum(integral(self._gain, *ends, y, k) for ends in ((low, middle), (middle, high)))
            last = self._density(high)
            beyond = last * (np.exp(k * (high - y)) / (self._bound - k) - 1 / self._bound) if power else 0.0
            return np.asarray(dense + beyond)
        upper, lower = integral(self._share, middle, high, y, k), integral(self._share, low, middle, y, k)
        beyond = np.exp(k * (high - y)) * self.frozen.sf(np.exp(high)) * k / (self._bound - k) if power else 0.0
        return np.asarray(upper + lower + beyond + np.expm1(k * (low - y)))

    def _gain(self, y: Array, origin: Array, k: Array) -> Array:
        return np.expm1(k * (y - origin)) * self._density(y)

    def _share(self, y: Array, origin: Array, k: Array) -> Array:
        return k * np.exp(k * (y - origin)) * self.frozen.sf(np.exp(y))

    @cached_property
    def _bottom(self) -> float:
        """Logarithm of the lower end, or of where next to no firm is below."""
        if self._low > 0:
            return float(np.log(self._low))
        grid = np.log(self._median) - np.linspace(0.0, 700.0, _STEPS)
        with np.errstate(all="ignore"):
            logs = np.log(self._density(grid))
        live = np.flatnonzero(logs > _NO_MASS)
        return float(grid[live[-1]] - 0.2) if live.size else float(grid[-1])

    @cached_property
    def _far(self) -> float:
        """Logarithm of the upper end, or of where next to no firm is beyond, or the tail is an exact power."""
        if np.isfinite(self._high):
            return float(np.log(self._high))
        grid = np.log(self._median) + np.linspace(0.0, _REACH, _STEPS)
        if np.isfinite(self._bound):
            return float(np.log(self._median) + min(_REACH, -_NO_MASS / float(self._bound)))
        with np.errstate(all="ignore"):
            logs = np.log(self._density(grid))
        live = np.flatnonzero(logs > _NO_MASS)
        return float(grid[live[-1]] + 0.02)

    @cached_property
    def _by_density(self) -> bool:
        """Whether the survival function disagrees with the density far out, or has no inverse there."""
        if np.isfinite(self._high):
            return False
        with np.errstate(all="ignore"):
            point = float(self.frozen.isf(_PROBE))
        if not 0 < point < np.inf:
            return True
        known = float(self.frozen.sf(point))
        return not abs(float(self._mass_beyond(np.asarray([np.log(point)]))[0]) / known - 1) < _AGREE

    def _tail_index(self) -> float:
        """Return the tail index, from the slope of the density far out; infinite for a tail thinner than a power."""
        if np.isfinite(self._high):
            return np.inf
        points = np.log(self._median) + np.array([0.5, 0.75, 1.0]) * _REACH
        with np.errstate(all="ignore"):
            logs = np.asarray(self.frozen.logpdf(np.exp(points)), dtype=float) + points
        first, second = -np.diff(logs) / np.diff(points)
        regular = np.isfinite(logs).all() and abs(first / second - 1) < 1e-6 and second > 0
        return float(second) if regular else np.inf

    def _moment_bound(self) -> Array:
        return self._bound

    def __repr__(self) -> str:
        """Return the scipy name and the parameters."""
        name = getattr(getattr(self.frozen, "dist", None), "name", type(self.frozen).__name__)
        given = [*map(str, getattr(self.frozen, "args", ()))]
        given += [f"{key}={value}" for key, value in getattr(self.frozen, "kwds", {}).items()]
        return f"Frozen({name}({', '.join(given)}))"


_CLOSED: Mapping[str, Callable[..., Distribution]] = MappingProxyType(
    {
        "lognorm": lambda s, scale: LogNormal(np.log(scale), s),
        "pareto": lambda b, scale: Pareto(b, scale),
        "weibull_min": lambda c, scale: Weibull(c, scale),
        "invweibull": lambda c, scale: Frechet(c, scale),
        "truncpareto": lambda b, c, scale: TruncatedPareto(b, scale, np.multiply(c, scale)),
    }
)
"""Families of scipy that have closed forms here, by name."""


def from_scipy(frozen: Any) -> Distribution:
    """Return a scipy distribution as one of symhet's: a closed form, a histogram, or `Frozen`.

    Parameters
    ----------
    frozen : scipy.stats frozen distribution, or rv_histogram
        Continuous, on the positive half-line.

    Raises
    ------
    DomainError
        If it is neither.

    Examples
    --------
    >>> from scipy.stats import gamma, lognorm
    >>> from_scipy(lognorm(0.6)), from_scipy(gamma(2))
    (LogNormal(mu=0, sigma=0.6), Frozen(gamma(2)))
    """
    from scipy import stats

    if isinstance(frozen, stats.rv_histogram):
        return _histogram(frozen, 0.0, 1.0)
    family = getattr(frozen, "dist", None)
    if isinstance(family, stats.rv_discrete):
        raise DomainError(
            "continuous frozen distribution",
            relation="productivity has a density",
            left=family.name,
            right="discrete",
            fix="give Empirical(productivities, weights)",
        )
    if not isinstance(family, stats.rv_continuous):
        return Frozen(frozen)
    shapes, loc, scale = family._parse_args(*frozen.args, **frozen.kwds)
    if isinstance(family, stats.rv_histogram):
        return _histogram(family, float(loc), float(scale))
    make = _CLOSED.get(family.name)
    return make(*shapes, scale) if make and not np.any(loc) else Frozen(frozen)


def _histogram(family: Any, loc: float, scale: float) -> Histogram:
    breaks = np.asarray(family._hbins, dtype=float)
    middles, widths = 0.5 * (breaks[1:] + breaks[:-1]), np.diff(breaks)
    return Histogram(loc + scale * breaks, np.asarray(family.pdf(middles)) * widths)
