"""The tails of the exact distributions of counterexamples, over arrays and in floating point."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from symhet.valuation import PiecewiseUniform

__all__ = ["PiecewiseTails"]

Array = NDArray[np.float64]


class PiecewiseTails:
    """The tails of a piecewise uniform distribution in floating point, for moments of any order.

    Parameters
    ----------
    exact : PiecewiseUniform
        The distribution.
    """

    def __init__(self, exact: PiecewiseUniform) -> None:
        self.breaks = tuple(map(float, exact.breaks))
        self.heights = tuple(map(float, exact.heights))
        self.shape = float(exact.shape)
        pieces = zip(self.heights, self.breaks, self.breaks[1:], strict=False)
        self.rest = 1.0 - sum(height * (high - low) for height, low, high in pieces)

    def survival(self, x: Array | float) -> Array:
        """Return S(x)."""
        return self.moment(x, 0.0)

    def moment(self, x: Array | float, power: Array | float) -> Array:
        """Return T(x, power); not a number where it is infinite."""
        x, power = np.asarray(x, float), np.asarray(power, float)
        total = np.zeros(np.broadcast(x, power).shape)
        for height, low, high in zip(self.heights, self.breaks, self.breaks[1:], strict=False):
            start = np.clip(x, low, high)
            total = total + height * (high ** (power + 1) - start ** (power + 1)) / (power + 1)
        top = self.breaks[-1]
        tail = self.rest * self.shape * top**self.shape / (self.shape - power)
        tail = tail * np.maximum(x, top) ** (power - self.shape)
        return np.where(power < self.shape, total + tail, np.nan)

    def density(self, x: Array | float) -> Array:
        """Return g(x)."""
        x = np.asarray(x, float)
        edges = self.breaks
        inside = [(x > low) & (x <= high) for low, high in pairwise(edges)]
        tail = self.rest * self.shape * edges[-1] ** self.shape / np.maximum(x, edges[-1]) ** (self.shape + 1)
        return np.select([x <= edges[0], *inside], [0.0, *self.heights], tail)

    def piece(self, x: Array) -> NDArray[np.int64]:
        """Return in which piece of the density each argument lies: between two pieces the density jumps."""
        return np.searchsorted(np.array(self.breaks), x)
