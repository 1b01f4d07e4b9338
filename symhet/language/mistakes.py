"""What can be wrong with a text in the grammar: each error shows line, column and the place itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from symhet.errors import SymhetError, nearest


@dataclass(frozen=True)
class Source:
    """A text in the grammar and where it stands: its file, and the line and column at which it begins there.

    Examples
    --------
    >>> Source("x = y +", "model.toml", 12, 9).at(7)
    ('model.toml, line 12, column 16', 'x = y +', 7)
    """

    text: str
    file: str = ""
    line: int = 1
    column: int = 1

    def at(self, offset: int) -> tuple[str, str, int]:
        """Return where a character stands, its line, and its place in the line, counted from zero."""
        before = self.text[:offset]
        start = before.rfind("\n") + 1
        stop = self.text.find("\n", offset)
        line = self.line + before.count("\n")
        column = offset - start + (self.column if start == 0 else 1)
        place = f"line {line}, column {column}"
        return (
            (f"{self.file}, {place}" if self.file else place),
            self.text[start : None if stop < 0 else stop],
            offset - start,
        )


class TextError(SymhetError):
    """A text that is not in the grammar of terms and statements.

    Parameters
    ----------
    what : str
        What went wrong.
    source : Source
        The text.
    offset : int
        The character at which it went wrong.

    Examples
    --------
    >>> print(TextError("a term is missing", Source("x + = y", "a.toml", 3), 4))
    [SH700] a term is missing
      where: a.toml, line 3, column 5
             x + = y
                 ^
    """

    code: ClassVar[str] = "SH700"

    def __init__(self, what: str, source: Source, offset: int, *, why: str = "", fix: str = "") -> None:
        where, line, column = source.at(offset)
        self.offset = offset
        if len(line) > 100:
            begin = max(0, column - 50)
            line, column = line[begin : begin + 100], column - begin
        pad = " " * 9
        super().__init__(what, where=f"{where}\n{pad}{line}\n{pad}{' ' * column}^", why=why, fix=fix)


class Unexpected(TextError):
    """Something else was expected at this place."""

    code = "SH701"


class UnknownWord(TextError):
    """A name that is not declared; the nearest declared ones are suggested."""

    code = "SH702"

    def __init__(self, name: str, known: Iterable[str], source: Source, offset: int, *, noun: str = "name") -> None:
        known = list(known)
        self.name = name
        self.suggestions = nearest(name, known)
        close = f"did you mean {' or '.join(self.suggestions)}?" if self.suggestions else ""
        place = "[claims]" if noun == "claim" else "[parameters] or [variables]"
        of_all = " or ".join(map(str, known)) if noun == "claim" and known else f"declare it under {place}"
        fix = close or of_all
        super().__init__(f"the {noun} {name!r} is not declared", source, offset, fix=fix)


class OddCharacter(TextError):
    """A character that the grammar does not have."""

    code = "SH703"


class TooLarge(TextError):
    """A text, number, exponent or nesting beyond the limits."""

    code = "SH704"


class WrongArguments(TextError):
    """A function with another number of arguments."""

    code = "SH705"


class WrongKind(TextError):
    """A statement where a term must stand, or a term where a statement must."""

    code = "SH706"


class NotInLanguage(TextError):
    """A form that the grammar has but whose meaning the language cannot say at this place."""

    code = "SH707"


class NotYet(TextError):
    """A form that is planned but that this version does not read."""

    code = "SH708"
