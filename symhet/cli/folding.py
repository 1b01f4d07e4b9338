"""Lines folded to the width of a terminal, outside brackets where that can be helped."""

from __future__ import annotations

OPERATORS = frozenset("=<>≤≥≠≡∈⇒⟹⇔⟺+−")
EARLIEST = 0.5
"""The share of a line that is filled before it is folded outside brackets."""


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
        The lines; a word that is wider than a line stays whole.

    Examples
    --------
    >>> fold("y = (a + b)·(c + d) + e", 20)
    ['y = (a + b)·(c + d)', '  + e']
    """
    words = text.split(" ")
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
            torn = depth + (words[count - 1][-1:] in OPERATORS and len(words[count - 1]) == 1)
            early = length < EARLIEST * room
            if (early, torn) <= best or found == 0:
                best, found = (early, torn), count
        length += 1 + _columns(word)
        if length > room and count:
            return found
        depth += sum(word.count(mark) for mark in "([{") - sum(word.count(mark) for mark in ")]}")
    return len(words)


def _columns(word: str) -> int:
    """Return how many columns a word takes: accents stand above letters."""
    return sum(not 0x300 <= ord(letter) <= 0x36F for letter in word)
