"""Coordinates over all numbers for parameters with bounds: a search may step in them without leaving these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

__all__ = ["Coordinate"]

_MARGIN = 1e-6


@dataclass(frozen=True)
class Coordinate:
    """A smooth increasing map from all numbers to an interval.

    Parameters
    ----------
    low, high : float
        The open interval; either end may be infinite.

    Examples
    --------
    >>> share = Coordinate(0.0, 1.0)
    >>> round(float(share.value(share.inside(0.3))), 12)
    0.3
    """

    low: float
    high: float

    def value(self, u: Any) -> Any:
        """Return the parameter at a coordinate."""
        if np.isinf(self.low):
            return u if np.isinf(self.high) else self.high - np.exp(-u)
        with np.errstate(over="ignore"):
            if np.isinf(self.high):
                return self.low + np.exp(u)
            return self.low + (self.high - self.low) / (1 + np.exp(-u))

    def slope(self, u: Any) -> Any:
        """Return the derivative of the parameter."""
        if np.isinf(self.low):
            return np.ones(np.shape(u))[()] if np.isinf(self.high) else np.exp(-u)
        if np.isinf(self.high):
            return np.exp(u)
        share = 1 / (1 + np.exp(-u))
        return (self.high - self.low) * share * (1 - share)

    def inside(self, value: float) -> float:
        """Return the coordinate of a parameter; one outside is moved just inside."""
        if np.isinf(self.low):
            return value if np.isinf(self.high) else float(-np.log(max(self.high - value, _MARGIN)))
        above = max(value - self.low, _MARGIN)
        return float(np.log(above) - (0.0 if np.isinf(self.high) else np.log(max(self.high - value, _MARGIN))))
