"""Productivity distributions made from data: a histogram, and a list of firms."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from symhet.errors import DomainError
from symhet.numerics.inputs import numbers
from symhet.numerics.intervals import Between
from symhet.numerics.power_laws import decay_difference, decay_integral
from symhet.numerics.tails import Array, Distribution, LowerTails, Tails, positive

__all__ = ["Empirical", "Histogram"]

_MOST_CELLS = 1 << 21
"""Points times bins that are worked on at a time."""


class _Data(Distribution):
    """A distribution whose parameters are lists, the same for every economy."""

    top: float

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of an array of such distributions: there is only one."""
        return ()

    def flat(self, shape: tuple[int, ...]) -> Self:
        """Return the distribution itself."""
        return self

    def part(self, where: slice | NDArray[np.intp]) -> Self:
        """Return the distribution itself."""
        return self

    @property
    def log_origin(self) -> Array:
        """Logarithm of the highest productivity."""
        return np.asarray(np.log(self.top))

    def density_at(self, z: ArrayLike) -> Array:
        """Return the density of ln φ at a distance z."""
        return self.tails_at(z, np.ones(())).density

    def between_at(self, z: Array, length: Array, k: Array) -> Between:
        """Return mass and scaled moment of an interval."""
        return Between(*_in_blocks(self._interval, len(self), z, length, k))

    def tails_at(self, z: ArrayLike, k: ArrayLike) -> Tails:
        """Return the scaled tail quantities at a distance z."""
        return Tails(*_in_blocks(self._tails, len(self), z, k))

    def lower_tails_at(self, z: ArrayLike, k: ArrayLike) -> LowerTails:
        """Return what lies below a distance z."""
        return LowerTails(*_in_blocks(self._lower, len(self), z, k))

    def __len__(self) -> int:
        """Return the number of bins or firms."""
        raise NotImplementedError

    def _interval(self, z: Array, length: Array, k: Array) -> tuple[Array, ...]:
        raise NotImplementedError

    def _tails(self, z: Array, k: Array) -> tuple[Array, ...]:
        raise NotImplementedError

    def _lower(self, z: Array, k: Array) -> tuple[Array, ...]:
        raise NotImplementedError


class Histogram(_Data):
    """A density that is constant between breaks.

    Parameters
    ----------
    breaks : array_like
        Increasing, not negative; one more than masses.
    masses : array_like
        Probabilities of the bins, not negative; they are divided by their sum.

    Raises
    ------
    DomainError
        If the breaks do not increase, or a mass is negative.

    Examples
    --------
    >>> law = Histogram([1, 2, 4], [1, 1])
    >>> round(float(law.survival(3.0)), 12), round(float(law.tail_moment(2.0, 1)), 12)
    (0.25, 1.5)
    """

    def __init__(self, breaks: ArrayLike, masses: ArrayLike) -> None:
        edges, weights = numbers(breaks, "breaks"), numbers(masses, "masses")
        if edges.ndim != 1 or weights.ndim != 1 or edges.size != weights.size + 1 or not weights.size:
            raise DomainError(
                "one mass a bin",
                relation="number of breaks = number of masses + 1 > 1",
                left=edges.shape,
                right=weights.shape,
            )
        if not (edges[0] >= 0 and np.all(np.diff(edges) > 0) and np.isfinite(edges[-1])):
            raise DomainError("ordered support", relation="0 <= breaks[0] < breaks[1] < ... < infinity", left=edges)
        if not (np.all(weights >= 0) and 0 < weights.sum() < np.inf):
            raise DomainError("positive mass", relation="masses >= 0, not all zero", left=float(weights.min()), right=0)
        used = np.flatnonzero(weights)
        self.breaks, self.masses = edges[used[0] : used[-1] + 2], weights[used[0] : used[-1] + 1] / weights.sum()
        self.top = float(self.breaks[-1])
        with np.errstate(divide="ignore"):
            self._logs = np.log(self.breaks / self.top)
        self._heights = self.masses / np.diff(self.breaks / self.top)

    def __len__(self) -> int:
        """Return the number of bins."""
        return int(self.masses.size)

    @property
    def parameters(self) -> dict[str, Array]:
        """Breaks and masses."""
        return {"breaks": self.breaks, "masses": self.masses}

    @property
    def support(self) -> tuple[Array, Array]:
        """Lower and upper end of the support."""
        return np.asarray(self.breaks[0]), np.asarray(self.top)

    @property
    def jumps(self) -> tuple[Array, ...]:
        """The breaks."""
        return tuple(map(np.asarray, self.breaks))

    def log_moment_at(self, k: ArrayLike) -> Array:
        """Return the logarithm of the whole k-th moment, over the highest productivity."""
        power = np.asarray(k, dtype=float)[..., None] + 1
        rises = np.exp(power * self._logs[1:]) * -np.expm1(power * (self._logs[:-1] - self._logs[1:]))
        return np.log(np.sum(self._heights * rises / power, axis=-1))

    def _spans(self, z: Array, length: Array) -> tuple[Array, Array]:
        """Return where each bin begins within an interval, and how much of it lies there, in logarithms."""
        start = np.maximum(self._logs[:-1] - z[:, None], 0.0)
        end = np.minimum(self._logs[1:] - z[:, None], length[:, None])
        return start, np.maximum(end - start, 0.0)

    def _interval(self, z: Array, length: Array, k: Array) -> tuple[Array, ...]:
        start, inside = self._spans(z, length)
        scale, power = np.exp(z), k[:, None] + 1
        mass = np.sum(self._heights * np.exp(start) * np.expm1(inside), axis=1) * scale
        grown = np.where(inside > 0, np.exp(power * start) * decay_integral(-power, inside), 0.0)
        return mass, np.sum(self._heights * grown, axis=1) * scale

    def _tails(self, z: Array, k: Array) -> tuple[Array, ...]:
        survival, _ = self._interval(z, np.full(z.shape, np.inf), k)
        start, inside = self._spans(z, np.full(z.shape, np.inf))
        one = -np.ones(())
        rise = decay_difference(one, k[:, None], start + inside) - decay_difference(one, k[:, None], start)
        excess = np.sum(self._heights * np.where(inside > 0, rise, 0.0), axis=1) * np.exp(z)
        bin_number = np.searchsorted(self._logs, z, side="right") - 1
        inner = (bin_number >= 0) & (bin_number < len(self))
        density = np.where(inner, self._heights[np.clip(bin_number, 0, len(self) - 1)] * np.exp(z), 0.0)
        survival = np.where(z <= self._logs[0], 1.0, np.minimum(survival, 1.0))
        return survival, survival + excess, excess, density

    def _lower(self, z: Array, k: Array) -> tuple[Array, ...]:
        with np.errstate(invalid="ignore", over="ignore"):
            end = np.minimum(self._logs[1:], z[:, None])
            inside = np.maximum(end - np.minimum(self._logs[:-1], end), 0.0)
            power = k[:, None] + 1
            mass = np.sum(self._heights * np.exp(end) * -np.expm1(-inside), axis=1)
            moment = self._heights * np.exp(power * (end - z[:, None])) * -np.expm1(-power * inside) / power
        return mass, np.sum(moment, axis=1) * np.exp(z)


class Empirical(_Data):
    """A list of firms, each drawn with its weight: what an entrant may become.

    Parameters
    ----------
    productivities : array_like
        Positive.
    weights : array_like, optional
        Not negative, as many; equal by default. They are divided by their sum.

    Raises
    ------
    DomainError
        For a productivity that is not positive and finite, or weights that do not fit.

    Examples
    --------
    >>> law = Empirical([1.0, 2.0, 4.0])
    >>> round(float(law.survival(1.5)), 6), round(float(law.tail_moment(1.5, 1)), 6)
    (0.666667, 2.0)
    """

    def __init__(self, productivities: ArrayLike, weights: ArrayLike | None = None) -> None:
        values = positive(productivities, "productivities")
        given = np.ones(values.shape) if weights is None else numbers(weights, "weights")
        if values.ndim != 1 or not values.size or given.shape != values.shape:
            raise DomainError(
                "one weight a firm", relation="weights are as many as productivities, at least one", left=given.shape,
                right=values.shape,
            )  # fmt: skip
        if not (np.all(given >= 0) and 0 < given.sum() < np.inf):
            raise DomainError(
                "positive weight", relation="weights >= 0, not all zero", left=float(given.min()), right=0
            )
        order = np.argsort(values[given > 0])
        self.values, self.weights = values[given > 0][order], given[given > 0][order] / given.sum()
        self.top = float(self.values[-1])
        self._logs = np.log(self.values / self.top)

    def __len__(self) -> int:
        """Return the number of firms."""
        return int(self.values.size)

    @property
    def parameters(self) -> dict[str, Array]:
        """Productivities and weights."""
        return {"productivities": self.values, "weights": self.weights}

    @property
    def support(self) -> tuple[Array, Array]:
        """Lower and upper end of the support."""
        return np.asarray(self.values[0]), np.asarray(self.top)

    def log_moment_at(self, k: ArrayLike) -> Array:
        """Return the logarithm of the whole k-th moment, over the highest productivity."""
        power = np.asarray(k, dtype=float)[..., None]
        return np.log(np.sum(self.weights * np.exp(power * self._logs), axis=-1))

    def _interval(self, z: Array, length: Array, k: Array) -> tuple[Array, ...]:
        inside = (self._logs > z[:, None]) & (self._logs <= (z + length)[:, None])
        weight = np.where(inside, self.weights, 0.0)
        with np.errstate(over="ignore", invalid="ignore"):
            grown = np.where(inside, np.exp(k[:, None] * (self._logs - z[:, None])), 0.0)
        return weight.sum(axis=1), (weight * grown).sum(axis=1)

    def _tails(self, z: Array, k: Array) -> tuple[Array, ...]:
        above = self._logs > z[:, None]
        weight = np.where(above, self.weights, 0.0)
        with np.errstate(over="ignore", invalid="ignore"):
            gain = np.where(above, np.expm1(k[:, None] * (self._logs - z[:, None])), 0.0)
        survival, excess = weight.sum(axis=1), (weight * gain).sum(axis=1)
        survival = np.where(z < self._logs[0], 1.0, survival)
        return survival, survival + excess, excess, np.zeros(z.shape)

    def _lower(self, z: Array, k: Array) -> tuple[Array, ...]:
        below = self._logs <= z[:, None]
        weight = np.where(below, self.weights, 0.0)
        with np.errstate(invalid="ignore"):
            grown = np.where(below, np.exp(k[:, None] * np.minimum(self._logs - z[:, None], 0.0)), 0.0)
        return weight.sum(axis=1), (weight * grown).sum(axis=1)


def _in_blocks(f: Any, width: int, *given: ArrayLike) -> list[Array]:
    """Evaluate a function of one-dimensional arrays at points of any shape, not too many at a time."""
    arrays = np.broadcast_arrays(*(np.asarray(value, dtype=float) for value in given))
    flat = [value.reshape(-1) for value in arrays]
    step = max(1, _MOST_CELLS // width)
    blocks = [f(*(value[i : i + step] for value in flat)) for i in range(0, max(flat[0].size, 1), step)]
    return [np.concatenate(parts).reshape(arrays[0].shape) for parts in zip(*blocks, strict=True)]
