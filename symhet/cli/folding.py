"""Lines folded to the width of a terminal, outside brackets where that can be helped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
    """
    room = max(width - indent - hang, NARROWEST)
    words = [part for word in text.split(" ") for part in _torn(word, room)]
    lines: list[str] = []
    while words:
        before = " " * (indent + (hang if lines else 0))
        count = _taken(words, width - len(before))
        lines.append(before + " ".join(words[:count]))
        words = words[count:]
    return lines or [" " * indent]


def _taken(words: list[str], room: int) -> int:
    """Return how many words the next line takes: all that fit, or fewer where that keeps brackets whole."""
    length, depth = -1, 0
    best, found = (True, 99), 0
    for count, word in enumerate(words):
        if count and word:
            # A line that ends with an operator leaves the reader waiting; inside a bracket it tears a term.
            torn = depth + (words[count - 1] in OPERATORS) + _tears_value(words, count)
            early = length < EARLIEST * room
            if (early, torn) <= best or found == 0:
                best, found = (early, torn), count
        length += 1 + _columns(word)
        if length > room and count:
            return found
        depth += _depth(word)
    return len(words)


def _tears_value(words: list[str], at: int) -> bool:
    """Tell whether a line that ends before a word parts a name from its value in a list of values."""
    equals = next((place for place in (at, at - 1) if words[place] == "="), 0)
    return equals > 1 and words[equals - 2].endswith(",")


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
