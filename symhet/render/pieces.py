"""Pieces of a formula on one line, and how strongly each holds together."""

from __future__ import annotations

from dataclasses import dataclass

WORDS, SUM, PRODUCT, POWER, ATOM = range(5)
"""How strongly a piece of text holds together."""


@dataclass(frozen=True)
class Piece:
    """A piece of text."""

    text: str
    level: int
    names: bool = False
    """Whether brackets directly behind it may hold its arguments."""
    bracket: bool = False
    labelled: bool = False
    divides: bool = False
    operator: bool = False

    def at(self, level: int) -> str:
        """Return the text, in brackets where it holds together less strongly than that."""
        return self.text if self.level >= level else f"({self.text})"


def times(left: Piece, right: Piece) -> Piece:
    """Return two factors as a product."""
    return Piece(f"{left.at(PRODUCT)}·{right.at(PRODUCT)}", PRODUCT, divides=left.divides)
