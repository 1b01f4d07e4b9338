"""Lines folded to the width of a terminal, outside brackets where that can be helped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

OPERATORS = frozenset({*"=<>≤≥≠≡∈⇒⟹⇔⟺+−-", "<=", ">=", "!=", "=>", "<=>", "and", "or"})
TORN_BEFORE = frozenset("*·/+−-^(")
EARLIEST = 0.5
"""The share of a line that is filled before it is folded outside brackets."""
NARROWEST = 8
"""Columns that the narrowest terminal has."""


def fold(text: str, width: int, indent: int = 0, hang: int = 2) -> list[str]:
    """Return a text as lines that fit.

    Parameters
    ----------
    text : str
        Words or a formula, on one line.
    width : int
        Columns of the terminal.
    indent : int
        Blanks before the first line.
    hang : int
        Blanks that further lines have besides.

    Returns
    -------
    list of str
        The lines; a word that is wider than a line is torn before an operator, or at its edge where there is none.

    Examples
    --------
    >>> fold("y = (a + b)·(c + d) + e", 20)
    ['y = (a + b)·(c + d)', '  + e']
    >>> fold("n = 7226/2862423051509815793", 26)
    ['n =', '  7226/2862423051509815793']
    >>> fold("y = (a + b)^(1 − c)·(d + e)^f", 22)
    ['y = (a + b)^(1 − c)', '  ·(d + e)^f']
    """
    room = max(width - indent - hang, NARROWEST)
    pieces = [piece for word in text.split(" ") for piece in _pieces(word, room)]
    lines: list[str] = []
    while pieces:
        before = " " * (indent + (hang if lines else 0))
        count = _taken(pieces, width - len(before))
        lines.append(
            (before + "".join(piece.glue + piece.text for piece in pieces[:count])[len(pieces[0].glue) :]).rstrip()
        )
        pieces = pieces[count:]
    return lines or [" " * indent]


class _Piece(NamedTuple):
    """What is not folded within, and what parts it from the piece before: a blank, or nothing within a word."""

    glue: str
    text: str


def _taken(pieces: list[_Piece], room: int) -> int:
    """Return how many pieces the next line takes: all that fit, or fewer where that keeps brackets whole."""
    length, depth = -len(pieces[0].glue), 0
    best, found = (True, 99, 0), 0
    for count, piece in enumerate(pieces):
        if count and piece.text:
            # A line that ends with an operator leaves the reader waiting; inside a bracket it tears a term.
            # A product is torn rather than a bracket, and a sum rather than a product.
            waits = (pieces[count - 1].text in OPERATORS) + _tears_value(pieces, count)
            torn = 2 * (depth + waits) + (not piece.glue)
            early = length < EARLIEST * room
            # Where only a stump can be parted from something wide, it is as long as it can be.
            rank = (True, depth, -length) if early else (False, torn, 0)
            if rank <= best or found == 0:
                best, found = rank, count
        length += len(piece.glue) + _columns(piece.text)
        if length > room and count:
            return max(found, 1)
        depth += _depth(piece.text)
    return len(pieces)


def _tears_value(pieces: list[_Piece], at: int) -> bool:
    """Tell whether a line that ends before a piece parts a name from its value in a list of values."""
    equals = next((place for place in (at, at - 1) if pieces[place].text == "="), 0)
    return equals > 1 and pieces[equals - 2].text.endswith(",")


def fold_all(lines: Iterable[str], width: int, hang: int = 2) -> Iterator[str]:
    """Yield lines folded, each behind the blanks that it begins with.

    Examples
    --------
    >>> list(fold_all(["  a + b + c + d"], 10))
    ['  a + b', '    + c', '    + d']
    """
    for line in lines:
        text = line.lstrip(" ")
        yield from fold(text, width, len(line) - len(text), hang)


def _pieces(word: str, room: int) -> Iterator[_Piece]:
    """Yield the factors of a word, each no wider than a line."""
    glue = " "
    for factor in re.split("(?<=.)(?=·)", word):
        for part in _torn(factor, room):
            yield _Piece(glue, part)
            glue = ""


def _torn(word: str, room: int) -> Iterator[str]:
    """Yield the parts of a word, each no wider than a line."""
    while _columns(word) > room:
        places = [at for at in range(1, len(word)) if word[at] in TORN_BEFORE and _columns(word[:at]) <= room]
        at = min(places, key=lambda place: (place < EARLIEST * room, _depth(word[:place]), -place), default=room)
        yield word[:at]
        word = word[at:]
    yield word


def _depth(text: str) -> int:
    """Return how many brackets a text leaves open."""
    return sum(text.count(mark) for mark in "([{") - sum(text.count(mark) for mark in ")]}")


def _columns(word: str) -> int:
    """Return how many columns a word takes: accents stand above letters."""
    return sum(not 0x300 <= ord(letter) <= 0x36F for letter in word)
