"""What a number is: how a parameter or a result of a solver is written, what it means, and its unit."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Quantity"]


class Quantity(NamedTuple):
    """How a parameter or a result is written, what it stands for and what it is measured in."""

    latex: str
    meaning: str
    unit: str = "1"
