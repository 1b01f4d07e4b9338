"""The size distribution of firms whose sales are a power of productivity that jumps at cutoffs, in any such model.

Between two cutoffs a firm sells levelᵢ (φ/φ_min)ᵏ. Masses, totals and ranks follow from the tails.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from symhet.numerics.tails import Array, Distribution

__all__ = ["FirmSizes"]


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
