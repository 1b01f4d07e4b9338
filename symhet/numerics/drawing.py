"""Single numbers to draw, the roundest first: what the strategies of the models are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from symhet.errors import MissingExtra

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["Numbers", "hypothesis_strategies", "rounded"]


def hypothesis_strategies() -> Any:
    """Return hypothesis's strategies.

    Raises
    ------
    MissingExtra
        Without hypothesis.
    """
    try:
        from hypothesis import strategies
    except ImportError as error:
        raise MissingExtra("strategies", "test", "hypothesis") from error
    return strategies


@cache
def _numbers(
    extremes: bool, few: tuple[float, ...], low: float, high: float, step: float, corners: tuple[float, ...]
) -> Any:
    """Return a few round numbers or, for extremes, also multiples of a small step, and corners.

    Made once each: to make a strategy takes longer than to draw from it.
    """
    st = hypothesis_strategies()
    round_ones = st.sampled_from(few)
    if not extremes:
        return round_ones
    parts = round(1 / step)
    steps = sorted((i / parts for i in range(round(low * parts), round(high * parts) + 1)), key=_digits)
    return st.one_of(
        round_ones, st.integers(0, len(steps) - 1).map(lambda place: steps[place]), st.sampled_from(corners)
    )


def _digits(value: float) -> int:
    """Return how many digits the number is written with, so that the roundest come first."""
    return len(f"{value:.3f}".strip("0").replace(".", ""))


@dataclass(frozen=True)
class Numbers:
    """Strategies for single numbers, the roundest first: that is where examples shrink to."""

    extremes: bool

    def positive(self) -> SearchStrategy[float]:
        """Return positive numbers of any size."""
        more = (3.0, 4.0, 5.0) if self.extremes else ()
        few = (1.0, 2.0, *more, 0.5, 1.5, 0.25, 0.75, 1.25, 1.75)
        found: SearchStrategy[float] = _numbers(
            self.extremes, few, 0.001, 8.0, 0.001, (10.0, 0.1, 100.0, 0.01, 1000.0, 0.001)
        )
        return found

    def excess(self, least: float = 0.01, most: float = 4.0) -> SearchStrategy[float]:
        """Return what something exceeds its lower bound by: exponents and ratios, which must not be too large."""
        few = (1.0, 2.0, 0.5, 1.5, 0.25, 0.75)
        found: SearchStrategy[float] = _numbers(self.extremes, few, least, most, 0.01, (most, least))
        return found

    def share(self, least: float = 0.001, most: float = 0.999) -> SearchStrategy[float]:
        """Return numbers strictly between zero and one."""
        few = (0.5, 0.25, 0.75, 0.4, 0.6, 0.2, 0.8)
        found: SearchStrategy[float] = _numbers(self.extremes, few, least, most, 0.001, (most, least))
        return found

    def countries(self) -> SearchStrategy[float]:
        """Return numbers of foreign countries."""
        found: SearchStrategy[float] = _numbers(False, tuple(map(float, range(1, 11))), 0, 0, 1, ())
        return found

    def digits(self) -> SearchStrategy[int]:
        """Return how many digits a number gets that follows from others."""
        found: SearchStrategy[int] = _numbers(False, (1, 2, 3, 16), 0, 0, 1, ())
        return found


def rounded(value: float, digits: int, fits: Callable[[float], bool]) -> float:
    """Return the value with that many digits, or with as many more as it takes to fit."""
    for count in range(digits, 17):
        shorter = float(f"{value:.{count}g}")
        if fits(shorter):
            return shorter
    return value
