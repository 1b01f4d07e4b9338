"""Sentences: words as they are, names of symbols and small formulas inside them as mathematics."""

from __future__ import annotations

import re
from collections.abc import Sequence

from symhet.language.tex import group_end, tokens
from symhet.render.formulas import split_formulas
from symhet.render.notation import LETTERS, Notation
from symhet.render.readable import readable

Span = tuple[bool, str]
"""Whether a piece of a sentence is mathematics, and the piece: LaTeX or plain words."""

_LETTER_NAMES = {letter: rf"\{name}" for name, letter in LETTERS.items() if name != "phi"}
_SIGNS = {
    "≤": r"\leq",
    "≥": r"\geq",
    "≠": r"\neq",
    "→": r"\to",
    "⇔": r"\Leftrightarrow",
    "⇒": r"\Rightarrow",
    "∞": r"\infty",
}
_SYMBOL = re.compile("|".join(map(re.escape, [*_LETTER_NAMES, *_SIGNS])))
_ID = re.compile(r"\b[a-z][a-z0-9]+(?:-[a-z0-9]+)*(?:\.[A-Za-z0-9_-]*[A-Za-z0-9])+")
"""The ID of a claim: parts of it may be names of symbols and are none there."""
_RANGE = re.compile(r"(?<=\d)-(?=[A-Z]?\.?\d)|(?<=\))-(?=\()")
_INDICES = frozenset({"min", "off", "ex", "max", "in", "adv", "tot", "cif", "fob"})
_FURTHER_INDICES = frozenset({"off", "ex", "d"})
_ESCAPES = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": "$<$", ">": "$>$"}
_ESCAPES |= {mark: f"\\{mark}" for mark in "&%#_{}$"}


def spans(sentence: str, notation: Notation) -> list[Span]:
    r"""Split a sentence into words and mathematics.

    What stands between dollar signs is mathematics as it is; outside, names of symbols and Greek letters, alone or
    joined by operators, are.

    Examples
    --------
    >>> spans("It rises when sigma - 1 does, by $x^2$.", Notation())
    [(False, 'It rises when '), (True, '\\sigma - 1'), (False, ' does, by '), (True, 'x^2'), (False, '.')]
    >>> spans("See melitz.M19.phi.", Notation())
    [(False, 'See '), (False, 'melitz.M19.phi'), (False, '.')]
    """
    found: list[Span] = []
    for place, piece in enumerate(sentence.split("$")):
        found += [(True, piece)] if place % 2 else _words(piece, notation)
    return [span for span in found if span[1]]


def _words(text: str, notation: Notation) -> list[Span]:
    found: list[Span] = []
    end = 0
    for match in _ID.finditer(text):
        found += [*_formulas(text[end : match.start()], notation), (False, match[0])]
        end = match.end()
    return [*found, *_formulas(text[end:], notation)]


def _formulas(text: str, notation: Notation) -> list[Span]:
    return [
        span
        for is_formula, piece in split_formulas(text, notation)
        for span in ([(True, piece)] if is_formula else _letters(piece))
    ]


def _letters(text: str) -> list[Span]:
    found: list[Span] = []
    end = 0
    for match in _SYMBOL.finditer(text):
        found += [(False, text[end : match.start()]), (True, _LETTER_NAMES.get(match[0]) or _SIGNS[match[0]])]
        end = match.end()
    return [*found, (False, text[end:])]


def to_latex(sentence: str, notation: Notation) -> str:
    r"""Return a sentence for a LaTeX document; the ID of a claim stays on one line.

    Examples
    --------
    >>> to_latex("It follows from kz.A.2-width.f_p, with x < y.", Notation())
    'It follows from \\mbox{kz.A.2-width.f\\_p}, with $x < y$.'
    """
    return "".join(
        f"${with_words(piece)}$" if is_math else _escaped(piece) for is_math, piece in spans(sentence, notation)
    )


def _escaped(words: str) -> str:
    quoted = re.sub(r'"([^"]*)"', r"``\1''", _RANGE.sub("--", words))
    escaped = "".join(_ESCAPES.get(letter, letter) for letter in quoted)
    return rf"\mbox{{{escaped}}}" if _ID.fullmatch(words) else escaped


def to_markdown(sentence: str, notation: Notation) -> str:
    """Return a sentence for a Markdown document."""
    return "".join(
        f"${with_words(piece)}$" if is_math else re.sub(r"([*_<>|`])", r"\\\1", piece)
        for is_math, piece in spans(sentence, notation)
    )


def to_plain(sentence: str, notation: Notation) -> str:
    r"""Return a sentence for a terminal, with its formulas as text.

    Examples
    --------
    >>> to_plain(r"Write $I_\Omega$ for it, on phi < sigma^(1/beta) only.", Notation())
    'Write I_Ω for it, on φ < σ^(1/β) only.'
    """
    letters = notation.letters
    return "".join(readable(piece, letters) if is_math else piece for is_math, piece in spans(sentence, notation))


def with_words(latex: str) -> str:
    r"""Set indices of several letters as words, so that off does not read as o f f.

    Examples
    --------
    >>> with_words(r"p_I^{off} < \hat\varphi_{ex,off}^{ab}")
    'p_I^{\\mathrm{off}} < \\hat\\varphi_{\\mathrm{ex,off}}^{ab}'
    """
    stream = tokens(latex)
    text, at = [], 0
    while at < len(stream):
        text.append(stream[at])
        at += 1
        if stream[at - 1] in ("_", "^") and stream[at : at + 1] == ("{",):
            end = group_end(stream, at)
            index = "".join(stream[at + 1 : end - 1])
            text.append(_with_word(index) or f"{{{with_words(index)}}}")
            at = end
    return "".join(text)


def _with_word(index: str) -> str:
    """Return an index that is a word, or a list of words, with its primes, set upright; nothing where it is none."""
    words = index
    while words.endswith(r"\prime"):
        words = words.removesuffix(r"\prime")
    first, *others = words.split(",")
    if first not in _INDICES or not _FURTHER_INDICES.issuperset(others):
        return ""
    return rf"{{\mathrm{{{words}}}{index[len(words) :]}}}"


def listed(items: Sequence[str], last: str = "and") -> str:
    """Return items as a list within a sentence.

    Examples
    --------
    >>> listed(["A.1", "A.2", "A.3"])
    'A.1, A.2 and A.3'
    """
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def finished(sentence: str) -> str:
    """Return a sentence that ends with a mark of punctuation."""
    sentence = sentence.strip()
    return sentence if not sentence or sentence[-1] in ".:,;?!" else f"{sentence}."
