"""Distributions built from others: finite mixtures, and any frozen scipy distribution by quadrature."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from symhet.errors import DomainError, SolverError
from symhet.numerics.intervals import Between
from symhet.numerics.tails import Array, Distribution, LowerTails, Tails, positive

__all__ = ["Frozen", "Mixture"]

_FAR = (1e-40, 1e-60, 1e-80)
"""Survival at the quantiles that tell a power tail; beyond the last one such a tail is continued exactly."""
_QUADRATURE_TOLERANCE = 1e-11


class Mixture(Distribution):
    """Mixture: each draw comes from component i with probability weightᵢ.

    Parameters
    ----------
    weights : sequence of array_like
        Positive; they are divided by their sum.
    components : sequence of Distribution
        As many as there are weights.

    Raises
    ------
    DomainError
        If there is no component, the numbers differ, or a weight is not positive.

    Examples
    --------
    >>> from symhet.numerics.distributions import LogNormal, Pareto
    >>> two = Mixture([0.25, 0.75], [Pareto(shape=4, scale=1), LogNormal(mu=0, sigma=1)])
    >>> float(two.survival(1.0))
    0.625
    """

    def __init__(self, weights: Sequence[ArrayLike], components: Sequence[Distribution]) -> None:
        if not components or len(weights) != len(components):
            raise DomainError(
                "weights and components pair up",
                relation="number of weights = number of components > 0",
                left=len(weights),
                right=len(components),
            )
        given = [positive(weight, f"weight {i + 1}") for i, weight in enumerate(weights)]
        total = sum(given, np.asarray(0.0))
        self.weights = tuple(weight / total for weight in given)
        self.components = tuple(components)

    @property
    def parameters(self) -> dict[str, Array]:
        """Parameters by name, numbered by component."""
        found = {f"weight_{i + 1}": weight for i, weight in enumerate(self.weights)}
        for i, component in enumerate(self.components):
            found.update({f"{name}_{i + 1}": value for name, value in component.parameters.items()})
        return found

    @property
    def support(self) -> tuple[Array, Array]:
        """Lower and upper end of the smallest interval that holds every component."""
        lows, highs = zip(*(component.support for component in self.components), strict=True)
        return _fold(np.minimum, lows), _fold(np.maximum, highs)

    def flat(self, shape: tuple[int, ...]) -> Self:
        """Return the mixture with array parameters broadcast to `shape` and flattened."""
        weights = [np.broadcast_to(w, shape).reshape(-1) if w.ndim else w for w in self.weights]
        return type(self)(weights, [component.flat(shape) for component in self.components])

    def part(self, where: slice | NDArray[np.intp]) -> Self:
        """Return some of a flattened array of mixtures."""
        weights = [w[where] if w.ndim else w for w in self.weights]
        return type(self)(weights, [component.part(where) for component in self.components])

    @property
    def log_origin(self) -> Array:
        """Logarithm of the highest productivity, or the origin of the first component if there is none."""
        upper = self.support[1]
        own = np.broadcast_to(self.components[0].log_origin, np.broadcast_shapes(self.shape, upper.shape))
        return np.where(np.isfinite(upper), np.log(upper), own)

    def _placed(self) -> list[tuple[Array, Distribution, Array]]:
        """Return weights, components, and how much farther from the origin of each a point is."""
        here = self.log_origin
        return [(w, part, here - part.log_origin) for w, part in zip(self.weights, self.components, strict=True)]

    def tails_at(self, z: ArrayLike, k: ArrayLike) -> Tails:
        """Return the scaled tail quantities at a distance z."""
        z = np.asarray(z, dtype=float)
        return Tails(*self._sum(part.tails_at(z + more, k) for _, part, more in self._placed()))

    def rough_tails_at(self, z: ArrayLike, k: ArrayLike) -> Tails:
        """Return the scaled tail quantities sooner, the excess less precise."""
        z = np.asarray(z, dtype=float)
        return Tails(*self._sum(part.rough_tails_at(z + more, k) for _, part, more in self._placed()))

    def lower_tails_at(self, z: ArrayLike, k: ArrayLike) -> LowerTails:
        """Return what lies below a distance z."""
        z = np.asarray(z, dtype=float)
        return LowerTails(*self._sum(part.lower_tails_at(z + more, k) for _, part, more in self._placed()))

    def density_at(self, z: ArrayLike) -> Array:
        """Return the density of ln φ at a distance z."""
        z = np.asarray(z, dtype=float)
        return sum((w * part.density_at(z + more) for w, part, more in self._placed()), np.asarray(0.0))

    def between_at(self, z: Array, length: Array, k: Array) -> Between:
        """Return mass and scaled moment of an interval."""
        return Between(*self._sum(part.between_at(z + more, length, k) for _, part, more in self._placed()))

    def log_moment_at(self, k: ArrayLike) -> Array:
        """Return the logarithm of the whole k-th moment, over the origin."""
        k = np.asarray(k, dtype=float)
        return _fold(np.logaddexp, [np.log(w) + part.log_moment_at(k) - k * more for w, part, more in self._placed()])

    def _sum(self, parts: Iterable[Sequence[Array]]) -> list[Array]:
        """Return the weighted sums of what the components say."""
        return [
            sum((w * v for w, v in zip(self.weights, values, strict=True)), np.asarray(0.0))
            for values in zip(*parts, strict=True)
        ]

    def _moment_bound(self) -> Array:
        return _fold(np.minimum, [component._moment_bound() for component in self.components])

    def __repr__(self) -> str:
        """Return the constructor call."""
        weights = ", ".join(f"{float(w):.6g}" if w.ndim == 0 else "..." for w in self.weights)
        return f"Mixture([{weights}], [{', '.join(map(repr, self.components))}])"


class Frozen(Distribution):
    """Any frozen continuous ``scipy.stats`` distribution on the positive half-line, by quadrature.

    The excess is the integral of k exp(ky) S(x exp y) over y > 0, taken by the double-exponential rule, so
    that nothing cancels. Far slower than the closed forms: use it for families that have none.

    Parameters
    ----------
    frozen : scipy.stats frozen distribution
        Continuous, with scalar parameters and its support in [0, ∞).

    Raises
    ------
    DomainError
        If the distribution is not continuous, not frozen, or puts mass below zero.

    Examples
    --------
    >>> from scipy.stats import gamma
    >>> round(float(Frozen(gamma(2.0)).tail_moment(0.0, 1.0)), 9)
    2.0
    """

    def __init__(self, frozen: Any) -> None:
        if not all(hasattr(frozen, name) for name in ("sf", "isf", "pdf", "support")):
            raise DomainError(
                "continuous frozen distribution",
                relation="the distribution has sf, isf, pdf and support",
                left=type(frozen).__name__,
                right="scipy.stats frozen continuous distribution",
            )
        low, high = (float(end) for end in frozen.support())
        if low < 0:
            raise DomainError("positive productivity", relation="lower end of the support >= 0", left=low, right=0)
        self.frozen = frozen
        self._low, self._high = low, high
        self._far = float(frozen.isf(_FAR[-1]))
        self._bound = np.asarray(self._tail_index())

    @property
    def support(self) -> tuple[Array, Array]:
        """Lower and upper end of the support."""
        return np.asarray(self._low), np.asarray(self._high)

    def flat(self, shape: tuple[int, ...]) -> Self:
        """Return the distribution itself: its parameters are scalars."""
        return self

    def part(self, where: slice | NDArray[np.intp]) -> Self:
        """Return the distribution itself: its parameters are scalars."""
        return self

    @property
    def log_origin(self) -> Array:
        """Logarithm of the upper end of the support, or of the median where there is none."""
        return np.asarray(np.log(self._high if np.isfinite(self._high) else self._median()))

    def tails_at(self, z: ArrayLike, k: ArrayLike) -> Tails:
        """Return the scaled tail quantities at a distance z.

        Raises
        ------
        SolverError
            If the quadrature does not reach its tolerance.
        """
        x, k = np.broadcast_arrays(self.point(z), np.asarray(k, dtype=float))
        survival = np.asarray(self.frozen.sf(x), dtype=float)
        active = np.isfinite(x) & (x < self._high) & (survival > 0)
        excess = np.zeros(x.shape)
        if active.any():
            excess[active] = self._excess(x[active], k[active])
        density = np.where(np.isfinite(x), x * np.asarray(self.frozen.pdf(x), dtype=float), 0.0)
        return Tails(survival, survival + excess, excess, density)

    def log_moment_at(self, k: ArrayLike) -> Array:
        """Return the logarithm of the whole k-th moment, over the origin."""
        k = np.asarray(k, dtype=float)
        exists = k < self._bound
        start = np.full(k.shape, self._low if self._low > 0 else self._median())
        order = np.where(exists, k, self.usual_exponent())
        above = self.tails(start, order).moment
        below = 0.0 if self._low > 0 else self._below(order)
        return np.where(exists, np.log(above + below) + k * (np.log(start) - self.log_origin), np.inf)

    def _median(self) -> float:
        return float(self.frozen.isf(0.5))

    def _below(self, k: Array) -> Array:
        """Return the k-th moment of the lower half, over the median's k-th power."""
        log_median = np.log(self._median())

        def mass(y: Array, order: Array) -> Array:
            return np.exp((order + 1) * y) * self.frozen.pdf(np.exp(y + log_median)) * np.exp(log_median)

        return _integral(mass, np.full(k.shape, -np.inf), np.zeros(k.shape), k)

    def _excess(self, x: Array, k: Array) -> Array:
        """Integrate k exp(ky) S(x exp y), split at the support's lower end and at the median."""
        log_x, log_median = np.log(x), np.log(self._median())
        low = np.maximum(log_x, np.log(self._low)) if self._low > 0 else log_x
        middle = np.maximum(low, log_median)

        def share(y: Array, origin: Array, order: Array) -> Array:
            return order * np.exp(order * (y - origin)) * self.frozen.sf(np.exp(y))

        power, far = np.isfinite(self._bound), np.log(self._far)
        high = np.maximum(middle, np.log(self._high) if not power else far)
        upper = _integral(share, middle, high, log_x, k)
        lower = _integral(share, low, middle, log_x, k)
        beyond = 0.0
        if power:
            beyond = np.exp(k * (high - log_x)) * self.frozen.sf(np.exp(high)) * k / (self._bound - k)
        return upper + lower + beyond + np.expm1(k * (low - log_x))

    def _tail_index(self) -> float:
        """Return the tail index between two far quantiles; infinite for a tail thinner than a power."""
        if np.isfinite(self._high):
            return np.inf
        first, second, third = (float(self.frozen.isf(p)) for p in _FAR)
        if not 0 < first < second < third < np.inf:
            return np.inf
        before, after = np.log(second / first), np.log(third / second)
        return float(np.log(_FAR[1] / _FAR[2]) / after) if abs(before / after - 1) < 1e-6 else np.inf

    def _moment_bound(self) -> Array:
        return self._bound

    def __repr__(self) -> str:
        """Return the scipy name and the parameters."""
        name = getattr(getattr(self.frozen, "dist", None), "name", type(self.frozen).__name__)
        given = [*map(str, getattr(self.frozen, "args", ()))]
        given += [f"{key}={value}" for key, value in getattr(self.frozen, "kwds", {}).items()]
        return f"Frozen({name}({', '.join(given)}))"


def _integral(f: Callable[..., Array], low: Array, high: Array, *args: Array) -> Array:
    """Integrate elementwise from low to high; an empty interval gives zero."""
    from scipy.integrate import tanhsinh

    result = np.zeros(low.shape)
    some = high > low
    if not some.any():
        return result
    with np.errstate(over="ignore", invalid="ignore", divide="ignore", under="ignore"):
        found = tanhsinh(f, low[some], high[some], args=tuple(a[some] for a in args), rtol=1e-14, maxlevel=12)
    if not np.all(found.error <= _QUADRATURE_TOLERANCE * np.abs(found.integral)):
        raise SolverError(
            "the tail integral of a frozen distribution did not converge",
            why=f"relative error estimate {float(np.max(found.error / np.abs(found.integral))):.1e}",
            fix="the (sigma-1)-th moment must be finite, the density smooth inside its support",
        )
    result[some] = found.integral
    return result


def _fold(operation: Callable[[Array, Array], Array], values: Sequence[Array]) -> Array:
    result = values[0]
    for value in values[1:]:
        result = operation(result, value)
    return result
