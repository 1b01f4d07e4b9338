"""The work that a search may take, counted in steps, and what it found out for good on the way."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeAlias

from symhet.core.records import Proof
from symhet.language.statements import Statement

Place: TypeAlias = "tuple[Statement, frozenset[tuple[str, Statement]], bool, bool]"


FRAMES = 3000
"""Calls within one another that a search may make."""


@contextmanager
def room() -> Iterator[None]:
    """Let what is done inside go as deep as it would from anywhere: what calls it takes no room from it."""
    before, depth, frame = sys.getrecursionlimit(), 0, sys._getframe()
    while frame.f_back is not None:
        depth, frame = depth + 1, frame.f_back
    sys.setrecursionlimit(depth + FRAMES)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


class Stuck(Exception):
    """A tactic does not prove its goal."""


class OutOfWork(Exception):
    """The work that a search may take is used up."""


@dataclass
class Work:
    """Steps left, and the sub-goals that failed last.

    Parameters
    ----------
    left : int
        Steps; a check by the core is one, a linear program several.
    cut : bool
        Whether a part of the search was broken off, so that more work may find more.
    doubtful : bool
        Whether that was so, or what was open higher up was asked for, below the sub-goal at hand.
    proved : dict
        Certificates of sub-goals, by what was known by which name: they are found once for all attempts at a goal.
    hopeless : dict
        Sub-goals that failed with nothing broken off, and the levels that were left below them.
    scale : int
        How many times as many steps a part of the search may take as it takes at first.
    """

    left: int
    failed: list[Statement] = field(default_factory=list)
    tried: dict[tuple[Statement, frozenset[Statement]], tuple[int, int]] = field(default_factory=dict)
    open: set[tuple[Statement, frozenset[Statement]]] = field(default_factory=set)
    cut: bool = False
    doubtful: bool = False
    proved: dict[Place, Proof] = field(default_factory=dict)
    hopeless: dict[tuple[Statement, frozenset[Statement]], int] = field(default_factory=dict)
    scale: int = 1

    def again(self, left: int, scale: int = 1) -> Work:
        """Return as much work for another attempt, which knows what this one found out for good."""
        return Work(left, proved=self.proved, hopeless=self.hopeless, scale=scale)

    def spend(self, steps: int = 1) -> None:
        """Use steps up; raise `OutOfWork` when there are none."""
        self.left -= steps
        if self.left < 0:
            raise OutOfWork

    @contextmanager
    def limited(self, steps: int) -> Iterator[None]:
        """Let what is done inside take so many steps at most; more make it `Stuck`."""
        rest = max(self.left - steps * self.scale, 0)
        self.left -= rest
        try:
            yield
        except OutOfWork as error:
            if not rest:
                raise
            self.cut = self.doubtful = True
            raise Stuck("its part of the work is used up") from error
        finally:
            self.left += rest
