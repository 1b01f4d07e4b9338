"""The size distribution of firms whose sales are a power of productivity that jumps at cutoffs, in any such model.

Between two cutoffs a firm sells levelᵢ (φ/φ_min)ᵏ. Masses, totals and ranks follow from the tails.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from symhet.numerics.tails import Array, Distribution

__all__ = ["FirmSizes"]

_BLUR = 16 * 2.0**-53
"""Rounding of a moment, relative to it."""
_FEW_DIGITS = 1e-9
"""Relative error of a variance beyond which it is not told."""


class FirmSizes(NamedTuple):
    """The producing firms of an array of economies.

    Attributes
    ----------
    law : Distribution
        Productivity, flattened to the length of the arrays, or scalar.
    k : ndarray
        σ − 1.
    start : tuple of ndarray
        Distances from the origin at which the groups begin, the lowest first; infinite for a group without firms.
    level : tuple of ndarray
        What a firm of each group sells, over the k-th power of φ/φ_min.
    """

    law: Distribution
    k: Array
    start: tuple[Array, ...]
    level: tuple[Array, ...]

    def total(self, power: float, group: int, above: Array | None = None) -> Array:
        """Return, per entrant, the sum of sales to a power over the firms of a group, beyond a distance.

        Parameters
        ----------
        power : float
            Zero for the mass of firms, one for their sales.
        group : int
            Which.
        above : ndarray, optional
            Distance beyond which firms count; all by default.

        Returns
        -------
        ndarray
            Infinite where the moment does not exist.
        """
        low = self.start[group]
        high = self.start[group + 1] if group + 1 < len(self.start) else np.full(low.shape, np.inf)
        low = low if above is None else np.minimum(np.maximum(low, above), high)
        order = power * self.k
        empty = ~np.isfinite(low) | ~(high > low)
        exists = self.law.moment_exists(order)
        safe = np.where(exists, order, self.law.usual_exponent())
        length = np.where(empty, 0.0, high - np.where(empty, 0.0, low))
        found = self.law.between_at(np.where(empty, self.start[0], low), length, safe)
        with np.errstate(over="ignore", invalid="ignore"):
            grown = np.exp(order * (np.where(empty, self.start[0], low) - self.start[0])) * self.level[group] ** power
        sized = found.mass if power == 0 else found.moment * grown
        return np.where(empty, 0.0, np.where(exists | np.isfinite(high), sized, np.inf))

    def whole(self, power: float, above: Array | None = None) -> Array:
        """Return the sum over all groups."""
        return sum((self.total(power, group, above) for group in range(len(self.start))), np.zeros(()))

    def rank(self, share: float) -> Array:
        """Return the distance beyond which that share of the producing firms lies."""
        return np.maximum(self.law.quantile_at(share * self.law.survival_at(self.start[0])), self.start[0])

    def top_share(self, share: float) -> Array:
        """Return the share in sales of the largest firms that make up that share of all."""
        return self.whole(1.0, self.rank(share)) / self.whole(1.0)

    def variation(self) -> Array:
        """Return the standard deviation of sales over their mean; NaN where too few digits of it are known.

        The second moment less the square of the first loses the more digits, the more alike firms are. Firms of one
        group are compared with the smallest of them, by tails whose excess is no difference: that loses half as many.
        """
        with np.errstate(all="ignore"):
            mass, mean, square = (self.whole(power) for power in (0.0, 1.0, 2.0))
            spread = square * mass / mean**2 - 1
            blur = _BLUR * (1 + 1 / spread)
            above, doubled = (self._excess(times) for times in (1.0, 2.0))
            close = (doubled - 2 * above - above**2) / (1 + above) ** 2
            close_blur = np.where(doubled == 0, 0.0, _BLUR * doubled / close)
            better = np.isinf(self.start[1]) & (close_blur < blur)
            found, blur = np.where(better, close, spread), np.where(better, close_blur, blur)
            return np.where(blur <= _FEW_DIGITS, np.sqrt(found), np.where(np.isinf(spread), np.inf, np.nan))

    def _excess(self, times: float) -> Array:
        """Return by how much more than the smallest firm of the first group the firms beyond it sell on average.

        Sales are taken to a power, and to be of the first level.
        """
        order = times * self.k
        exists = self.law.moment_exists(order)
        found = self.law.tails_at(self.start[0], np.where(exists, order, self.law.usual_exponent()))
        return np.where(exists, found.excess / found.survival, np.inf)
