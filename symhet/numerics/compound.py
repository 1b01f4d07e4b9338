"""Finite mixtures of distributions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from symhet.errors import DomainError
from symhet.numerics.intervals import Between
from symhet.numerics.tails import Array, Distribution, LowerTails, Tails, positive

__all__ = ["Mixture"]


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
    def shape(self) -> tuple[int, ...]:
        """Broadcast shape of the weights and of the components, whose data have lengths of their own."""
        own = [weight.shape for weight in self.weights]
        return np.broadcast_shapes(*own, *(component.shape for component in self.components))

    @property
    def support(self) -> tuple[Array, Array]:
        """Lower and upper end of the smallest interval that holds every component."""
        lows, highs = zip(*(component.support for component in self.components), strict=True)
        return _fold(np.minimum, lows), _fold(np.maximum, highs)

    @property
    def jumps(self) -> tuple[Array, ...]:
        """Those of all components."""
        return tuple(place for component in self.components for place in component.jumps)

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

    def survival_at(self, z: ArrayLike) -> Array:
        """Return the survival at a distance z."""
        z = np.asarray(z, dtype=float)
        return sum((w * part.survival_at(z + more) for w, part, more in self._placed()), np.asarray(0.0))

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


def _fold(operation: Callable[[Array, Array], Array], values: Sequence[Array]) -> Array:
    result = values[0]
    for value in values[1:]:
        result = operation(result, value)
    return result
