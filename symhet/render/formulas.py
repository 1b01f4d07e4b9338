"""Small formulas in plain letters inside sentences, such as ``tau^(sigma-1) f_ex < f_I``, found and set as LaTeX."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from symhet.model.letters import GREEK, spelled
from symhet.render.notation import Notation

_TOKEN = re.compile(
    r"(?P<accent>\b[A-Za-z]-(?:hat|tilde|bar)\b)|(?P<id>\b[a-z]{2}\.[A-Za-z0-9][\w.-]*\w|\b[A-Z]\.\d+)|(?P<word>[A-Za-z]+(?:_[A-Za-z0-9]+)*(?:'+|\*(?![A-Za-z0-9*(]))?)"
    r"|(?P<number>\d+(?:/\d+)?(?!\w))"
    r"|(?P<op><=|>=|!=|=>|\*\*|[-+*/^=<>])|(?P<space>[ ]+)|(?P<open>[(\[])|(?P<close>[)\]])|(?P<other>.)",
    re.DOTALL,
)
_OPERATORS = {"<=": r"\leq ", ">=": r"\geq ", "!=": r"\neq ", "*": r"\,", "=>": r"\Rightarrow ", "<": "<", ">": ">"}
_WORDS = frozenset({"a", "A", "I"})
"""Letters that are words of the language by themselves."""
_NAMING = re.compile(r"\b(?:[Aa]ppendi(?:x|ces)(?: [A-Z],?)*(?: and)?|[Ff]igure|[Tt]able|[Pp]anel) $|[.'\w-]$")
"""What stands before a letter that names an appendix or belongs to a word."""
_FUNCTIONS = frozenset({"T", "G", "S", "U", "V", "g", "j", "k"})


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str


@dataclass(frozen=True)
class _Parsed:
    """A formula read from the tokens: its LaTeX, where it ends, and whether it surely is mathematics."""

    latex: str
    end: int
    sure: bool


def split_formulas(text: str, notation: Notation) -> Iterator[tuple[bool, str]]:
    r"""Yield the pieces of a text in order: True with LaTeX for a formula, False with words.

    A number is part of a formula only next to a symbol with an index or a Greek letter, or joined to others by an
    operator. A letter by itself is a symbol, unless it is a word or names an appendix. IDs of claims are words.

    Examples
    --------
    >>> notation = Notation({"f_p": "f_p", "f_ex": "f_{ex}"})
    >>> pieces = split_formulas("Only if f_p < tau^(sigma-1) f_ex (see A.3).", notation)
    >>> [piece for is_formula, piece in pieces if is_formula]
    ['f_p < \\tau^{\\sigma-1} f_{ex}']
    """
    tokens = [_Token(match.lastgroup or "", match[0]) for match in _TOKEN.finditer(text)]
    reader = _Reader(tokens, notation)
    words, at = "", 0
    while at < len(tokens):
        found = reader.formula(at)
        if found is not None and found.sure:
            if words:
                yield False, words
            yield True, found.latex
            words, at = "", found.end
        elif reader.is_letter(at) and not _NAMING.search(words):
            if words:
                yield False, words
            yield True, tokens[at].text[0]
            words, at = tokens[at].text[1:], at + 1
        else:
            words, at = words + tokens[at].text, at + 1
    if words:
        yield False, words


class _Reader:
    def __init__(self, tokens: Sequence[_Token], notation: Notation) -> None:
        self.tokens = tokens
        self.notation = notation

    def kind(self, at: int) -> str:
        return self.tokens[at].kind if at < len(self.tokens) else "end"

    def formula(self, at: int) -> _Parsed | None:
        """Read factors joined by operators or by nothing but a space."""
        first = self.signed(at)
        if first is None:
            return None
        latex, end, sure = first.latex, first.end, first.sure
        while True:
            gap = end + 1 if self.kind(end) == "space" else end
            operator = self.tokens[gap].text if self.kind(gap) == "op" else ""
            start = gap + bool(operator)
            start += self.kind(start) == "space" and bool(operator)
            following = self.factor(start)
            if following is None or not (operator or self._adjoins(latex, start, following)):
                return _Parsed(latex, end, sure)
            between = _OPERATORS.get(operator, operator) if operator else " "
            spaced = f" {between.strip()} " if gap > end and operator else between
            latex = f"{latex}{spaced}{following.latex}"
            end, sure = following.end, sure or following.sure or (bool(operator) and operator not in "-/")

    def _adjoins(self, latex: str, start: int, following: _Parsed) -> bool:
        """Tell whether a factor without an operator before it belongs to the product: it is surely mathematics."""
        alone = self.is_letter(start) and following.end == start + 1
        return (following.sure or alone) and self.kind(start) != "number" and bool(latex)

    def is_letter(self, at: int) -> bool:
        """Tell whether a letter stands by itself: not before a hyphen or the stop of an abbreviation."""
        text, following = ("".join(token.text for token in self.tokens[place : place + 1]) for place in (at, at + 1))
        if self.kind(at) != "word" or text in _WORDS or not (len(text) == 1 or (text[1:] == "'" and following == "s")):
            return False
        return following != "-" and not (following == "." and self.kind(at + 2) in ("word", "id", "number"))

    def signed(self, at: int) -> _Parsed | None:
        if self.kind(at) == "op" and self.tokens[at].text == "-":
            inner = self.factor(at + 1)
            return (
                None
                if inner is None or (at and self.kind(at - 1) == "word")
                else _Parsed(f"-{inner.latex}", inner.end, inner.sure)
            )
        return self.factor(at)

    def factor(self, at: int) -> _Parsed | None:
        """Read a symbol, number, call or bracket with its exponent."""
        base = self.base(at)
        if base is None or self.kind(base.end) != "op" or self.tokens[base.end].text not in ("^", "**"):
            return base
        exponent = self.group(base.end + 1, bare=True) or self.signed(base.end + 1)
        if exponent is None and self.is_letter(base.end + 1):
            return _Parsed(f"{base.latex}^{self.tokens[base.end + 1].text}", base.end + 2, True)
        if exponent is None:
            return base
        below = f"({base.latex})" if base.latex.endswith("^*") else base.latex
        return _Parsed(f"{below}^{{{exponent.latex}}}", exponent.end, True)

    def base(self, at: int) -> _Parsed | None:
        kind = self.kind(at)
        if kind == "number":
            return _Parsed(self.tokens[at].text, at + 1, False)
        if kind == "open":
            return self.group(at)
        if kind == "accent":
            letter, _, accent = self.tokens[at].text.partition("-")
            return _Parsed(rf"\{accent} {letter}", at + 1, True)
        if kind != "word":
            return None
        if self.tokens[at].text.endswith("*"):
            starred = self.notation.written.get(f"{self.tokens[at].text[:-1]}_star")
            return _Parsed(starred, at + 1, True) if starred else None
        name = self.tokens[at].text.rstrip("'")
        primes = self.tokens[at].text[len(name) :]
        if name == "ln" and (inside := self.group(at + 1) or self.factor(at + 2)):
            return _Parsed(r"\ln" + " " * (inside.latex[0] not in "([") + inside.latex, inside.end, True)
        if name in _FUNCTIONS and (inside := self.group(at + 1)) and inside.sure:
            return _Parsed(name + inside.latex, inside.end, True)
        sure = name in GREEK or ("_" in name and name in self.notation.written)
        if not sure and not (len(name) == 1 and (name in self.notation.written or self.is_letter(at))):
            return None
        written = self.notation.written.get(name) or spelled(name)
        return _Parsed(written if not primes else f"{written}{primes}", at + 1, sure)

    def group(self, at: int, bare: bool = False) -> _Parsed | None:
        """Read a bracket that holds nothing but a formula."""
        if self.kind(at) != "open":
            return None
        inner = self.formula(at + 1)
        if inner is None or self.kind(inner.end) != "close":
            return None
        left, right = self.tokens[at].text, self.tokens[inner.end].text
        if (left == "(") != (right == ")"):
            return None
        return _Parsed(inner.latex if bare else f"{left}{inner.latex}{right}", inner.end + 1, inner.sure)
