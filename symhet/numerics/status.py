"""Why a point of an array of economies has no solution: one reason a point, by number, the first that applies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["LEAST", "SOLVED", "Status"]

LEAST = float(np.finfo(np.float64).tiny)
"""The least number that has all its digits."""
SOLVED = ""
"""The status of a point that is solved."""


class Status:
    """The reasons of an array of points.

    Parameters
    ----------
    reasons : sequence of str
        All reasons there may be, `SOLVED` first.
    shape : tuple of int
        Shape of the array.

    Examples
    --------
    >>> status = Status(("", "sigma > 1", "no bracket"), (3,))
    >>> status.note([True, False, False], "sigma > 1")
    >>> status.note([True, True, False], "no bracket")
    >>> status.texts().tolist()
    ['sigma > 1', 'no bracket', '']
    """

    def __init__(self, reasons: Sequence[str], shape: tuple[int, ...]) -> None:
        self.reasons = tuple(reasons)
        self.number: NDArray[np.int8] = np.zeros(shape, dtype=np.int8)

    def note(self, where: ArrayLike, reason: str) -> None:
        """Give a reason to the points that have none yet."""
        self.number[np.asarray(where) & (self.number == 0)] = self.reasons.index(reason)

    def solved(self) -> NDArray[np.bool_]:
        """Return where there is a solution."""
        return np.asarray(self.number == 0)

    def texts(self) -> Any:
        """Return the reasons as text."""
        return np.take(self.reasons, self.number)
