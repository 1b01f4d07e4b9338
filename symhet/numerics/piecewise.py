"""The tails of the exact distributions of counterexamples, over arrays and in floating point."""

from __future__ import annotations

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
        self._edges, self._pieces = np.array(self.breaks), np.array([0.0, *self.heights, 0.0])
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
            start = np.minimum(np.maximum(x, low), high)
            total = total + height * (high ** (power + 1) - start ** (power + 1)) / (power + 1)
        top = self.breaks[-1]
        tail = self.rest * self.shape * top**self.shape / (self.shape - power)
        tail = tail * np.maximum(x, top) ** (power - self.shape)
        return np.where(power < self.shape, total + tail, np.nan)

    def density(self, x: Array | float) -> Array:
        """Return g(x)."""
        x = np.asarray(x, float)
        top = self.breaks[-1]
        tail = self.rest * self.shape * top**self.shape / np.maximum(x, top) ** (self.shape + 1)
        piece = self.piece(x)
        return np.where(piece < len(self.breaks), self._pieces[piece], tail)

    def piece(self, x: Array) -> NDArray[np.int64]:
        """Return in which piece of the density each argument lies: between two pieces the density jumps."""
        return np.searchsorted(self._edges, x)
