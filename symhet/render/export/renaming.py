"""Another notation: symbols and letters renamed everywhere, in formulas, printed forms and sentences alike."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import pairwise
from pathlib import Path
from typing import Any

import sympy as sp

from symhet.errors import NotationError, UnknownName
from symhet.language.tex import group_end, is_balanced, joined, tokens
from symhet.propositions import Prop
from symhet.render.latex import LatexWriter
from symhet.render.notation import Notation

Key = tuple[str, str, str]
"""A symbol by what it is made of: the letter with its accent, what stands below, what stands above."""

TABLES = ("symbols", "letters")
_ACCENTS = frozenset({r"\hat", r"\bar", r"\tilde", r"\check", r"\underline", r"\overline", r"\widehat", r"\widetilde"})
_FONTS = frozenset({r"\mathit", r"\mathrm", r"\mathcal", r"\mathbf", r"\mathsf", r"\mathbb"})
_WORDS = frozenset({r"\text", r"\operatorname", r"\operatorname*", r"\mbox", r"\begin", r"\end"})
_WORD_FONTS = frozenset({r"\mathit", r"\mathrm", r"\text"})
_FORBIDDEN_MARKS = frozenset("$%&#~")
_FORBIDDEN = frozenset({
    r"\\", r"\input", r"\include", r"\write", r"\immediate", r"\def", r"\let", r"\catcode",
    r"\csname", r"\open", r"\read", r"\special", r"\begin", r"\end",
})  # fmt: skip
_VALUES = frozenset({"0", "1", "2", "DD"})
"""Indices of a symbol's other values: of the freer economy, of the one without relocation, of the second phase."""


@dataclass(frozen=True)
class _Item:
    """A nucleus with its scripts, as the tokens that it was written with."""

    nucleus: tuple[str, ...]
    below: tuple[str, ...] = ()
    above: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        return _plain(self.nucleus), _plain(self.below), _plain(self.above)


@dataclass(frozen=True)
class Renaming:
    r"""New names for symbols, and for letters wherever they occur.

    Parameters
    ----------
    symbols : Mapping[Key, str]
        LaTeX of the new name by the old symbol.
    letters : Mapping[str, str]
        New letters by old ones; they apply inside every symbol that has no new name of its own.
    known : frozenset of Key
        All symbols of the paper, so that ``a_D^*`` is not taken for a power of ``a_D``.

    Examples
    --------
    >>> notation = Notation({"sigma": r"\sigma", "tau": r"\tau"})
    >>> rename = renaming({"letters": {r"\varphi": "z"}, "symbols": {"sigma": r"\varepsilon"}}, notation)
    >>> rename.latex(r"\hat\varphi_{min}^{\sigma-1} < \tau")
    '\\hat z_{min}^{\\varepsilon-1} < \\tau'
    """

    symbols: Mapping[Key, str] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)
    known: frozenset[Key] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.symbols or self.letters)

    def latex(self, text: str) -> str:
        """Return a formula in the new notation."""
        return self._renamed(tokens(text)) if self else text

    def sentence(self, text: str) -> str:
        """Return LaTeX text in the new notation: what stands between dollar signs is renamed."""
        return self._mathematics(text) if self else text

    def _mathematics(self, text: str) -> str:
        """Rename what stands between dollar signs; one with a backslash is a letter."""
        kept, formula, inside = "", "", False
        for token in tokens(text):
            if token == "$":
                kept += f"${self.latex(formula)}$" if inside else ""
                formula, inside = "", not inside
            elif inside:
                formula += token
            else:
                kept += token
        return kept + (f"${formula}" if inside else "")

    def _renamed(self, stream: Sequence[str]) -> str:
        text, last = "", ""
        for item in _items(stream):
            if item.nucleus == ("'",) and "^" in last and _is_one(last):
                text = f"{text.removesuffix(last)}({last})"
            last = self._item(item)
            text = joined(text, last)
        return text

    def _item(self, item: _Item) -> str:
        if item.nucleus[0] == "{":
            return self._nucleus(item.nucleus) + self._script("_", item.below) + self._script("^", item.above)
        name = self._name(item.key)
        if name:
            return name
        name = self._name((*item.key[:2], "")) if item.above and item.key not in self.known else ""
        if name:
            return (rf"({name})" if "^" in name else name) + self._script("^", item.above)
        scripts = self._index if item.key in self.known else self._script
        nucleus = self._nucleus(item.nucleus)
        if nucleus != "".join(item.nucleus) and ("_" in nucleus or "^" in nucleus) and (item.below or item.above):
            nucleus = f"{{{nucleus}}}"
        return nucleus + scripts("_", item.below) + scripts("^", item.above)

    def _name(self, key: Key) -> str:
        """Return the new name of a symbol, or of another value of one, or nothing."""
        if key in self.symbols:
            return self.symbols[key]
        base, value, mark = _other_value(key)
        return _with_scripts(self.symbols[base], value, mark) if base in self.symbols else ""

    def _script(self, mark: str, script: Sequence[str]) -> str:
        """Rename a script that is a formula; one that is a word, such as off, stays."""
        return _scripted(mark, self._renamed(inner) if not _is_word(inner := _inside(script)) else "".join(inner))

    def _index(self, mark: str, script: Sequence[str]) -> str:
        """Rename letters in the index of a symbol; its w is not the symbol w."""
        inner = _inside(script)
        if not _is_word(inner):
            inner = [self.letters.get(token, token) for token in inner]
        return _scripted(mark, "".join(inner))

    def _nucleus(self, nucleus: tuple[str, ...]) -> str:
        head, rest = nucleus[0], nucleus[1:]
        if head in _ACCENTS:
            inner = self._renamed(rest[1:-1] if rest and rest[0] == "{" else rest)
            return f"{head}{{{inner}}}" if len(tokens(inner)) > 1 else joined(head, inner)
        if head == "{":
            return f"{{{self._renamed(nucleus[1:-1])}}}"
        return self.letters.get(head, head) if not rest else "".join(nucleus)


def _inside(script: Sequence[str]) -> list[str]:
    return list(script[1:-1] if script and script[0] == "{" else script)


def _is_word(script: Sequence[str]) -> bool:
    """Tell whether a script is a word such as ``ex,off``: in a product, blanks would stand between the letters."""
    return "{" not in script and any(one.isalpha() and other.isalpha() for one, other in pairwise(script))


def _scripted(mark: str, script: str) -> str:
    if not script:
        return ""
    return mark + (script if len(tokens(script)) == 1 else f"{{{script}}}")


def _other_value(key: Key) -> tuple[Key, str, str]:
    r"""Take the marks of another value off a symbol: an index such as 2, and a prime or a circle above.

    Examples
    --------
    >>> _other_value(("a", "D,2", "")), _other_value(("p", "I", "off\\prime"))
    ((('a', 'D', ''), '2', ''), (('p', 'I', 'off'), '', '\\prime'))
    """
    nucleus, below, above = key
    *indices, last = below.split(",")
    value = last if last in _VALUES else ""
    mark = next((mark for mark in (r"\prime", r"\circ") if above.endswith(mark)), "")
    return (nucleus, ",".join(indices) if value else below, above.removesuffix(mark)), value, mark


def _with_scripts(name: str, below: str, above: str) -> str:
    """Add an index and a mark to a symbol that may have some."""
    item = _items(tokens(name))[0]
    words = rf"\mathrm{{{below}}}" if below.isalpha() else below
    index = ",".join(part for part in ("".join(_inside(item.below)), words) if part)
    nucleus = reduce(joined, item.nucleus)
    return nucleus + _scripted("_", index) + _scripted("^", "".join(_inside(item.above)) + above)


class RenamedWriter(LatexWriter):
    """Writes in the order of the paper's notation and with the names of another.

    Parameters
    ----------
    notation : Notation
        The paper's notation.
    rename : Renaming
        The new names.
    """

    def __init__(self, notation: Notation, rename: Renaming) -> None:
        super().__init__(notation)
        self.rename = rename
        self.within = False

    def term(self, term: sp.Expr) -> str:
        """Return the LaTeX of a term."""
        text = super().term(term)
        return text if self.within else self.rename.latex(text)

    def statement(self, prop: Prop) -> str:
        """Return the LaTeX of a statement, on one line; it is renamed once, as a whole."""
        outside, self.within = self.within, True
        text = super().statement(prop)
        self.within = outside
        return text if outside else self.rename.latex(text)


def _items(stream: Sequence[str]) -> list[_Item]:
    found: list[_Item] = []
    at = 0
    while at < len(stream):
        nucleus, at = _take(stream, at)
        scripts: dict[str, tuple[str, ...]] = {}
        while at < len(stream) and stream[at] in ("_", "^") and stream[at] not in scripts:
            mark = stream[at]
            scripts[mark], at = _take(stream, at + 1)
        found.append(_Item(nucleus, scripts.get("_", ()), scripts.get("^", ())))
    return found


def _take(stream: Sequence[str], at: int) -> tuple[tuple[str, ...], int]:
    """Return a token, a group in braces, or a command of accents and fonts with its argument, and where it ends."""
    if stream[at] == "{":
        end = group_end(stream, at)
        return tuple(stream[at:end]), end
    if stream[at] in _ACCENTS | _FONTS | _WORDS and at + 1 < len(stream):
        start = at + 1
        while start < len(stream) - 1 and stream[start].isspace():
            start += 1
        argument, end = _take(stream, start)
        return (stream[at], *argument), end
    return (stream[at],), at + 1


def _plain(script: Sequence[str]) -> str:
    r"""Return the tokens without braces, blanks and fonts: ``{off}``, ``\mathit{off}`` and ``{ off}`` are one."""
    return "".join(token for token in script if token not in _WORD_FONTS | {"{", "}"} and not token.isspace())


def _spelled(key: Key) -> str:
    nucleus, below, above = key
    return nucleus + (f"_{{{below}}}" if below else "") + (f"^{{{above}}}" if above else "")


def key_of(latex: str) -> Key:
    r"""Return what a symbol is made of.

    Raises
    ------
    NotationError
        When the LaTeX is not one symbol with at most one index below and one above.

    Examples
    --------
    >>> key_of(r"\hat\varphi_{min}")
    ('\\hat\\varphi', 'min', '')
    """
    if not _is_one(latex):
        raise _bad(latex, "it is not one symbol with at most one index below and one above")
    return _items(tokens(latex.strip()))[0].key


def _is_one(latex: str) -> bool:
    return len(_items(tokens(latex.strip()))) == 1


def renaming(data: Mapping[str, Any], notation: Notation, where: str = "") -> Renaming:
    """Return the renaming that a notation file asks for.

    Parameters
    ----------
    data : Mapping
        Tables ``symbols`` (name of a symbol to LaTeX) and ``letters`` (LaTeX of a letter to LaTeX).
    notation : Notation
        The notation of the paper.
    where : str, optional
        Name of the file.

    Raises
    ------
    NotationError
        For another table, a value that is no symbol, or two symbols that would look alike.
    UnknownName
        For a symbol that the paper does not have.
    """
    for table, entries in data.items():
        if table not in TABLES or not isinstance(entries, dict):
            raise _bad(table, "a notation file has the tables [symbols] and [letters]", where)
        for name, value in entries.items():
            if not isinstance(value, str) or not value.strip() or _is_forbidden(value):
                raise _bad(f"{name} = {value!r}", "the new name is not LaTeX of a symbol", where)
    symbols, letters = data.get("symbols", {}), data.get("letters", {})
    for name in symbols:
        if name not in notation.written:
            raise UnknownName(name, notation.written, where=where)
    known = {name: key_of(latex) for name, latex in notation.written.items() if name in symbols or _is_one(latex)}
    for letter in letters:
        if not _is_letter(letter):
            raise _bad(letter, "a letter is one character or one command such as \\varphi", where)
    made = Renaming(
        {known[name]: value.strip() for name, value in symbols.items()},
        {letter: value.strip() for letter, value in letters.items()},
        frozenset(known.values()),
    )
    _require_distinct(made, notation, where)
    return made


def _is_forbidden(latex: str) -> bool:
    """Tell whether a text is more than the LaTeX of a symbol: it steers TeX, or its braces do not match."""
    commands = {token.rstrip("*") for token in tokens(latex)}
    return bool(_FORBIDDEN & commands or _FORBIDDEN_MARKS.intersection(latex)) or not is_balanced(latex)


def _is_letter(latex: str) -> bool:
    name = latex.removeprefix("\\")
    return tokens(latex) == (latex,) and name.isascii() and name.isalpha()


def _require_distinct(made: Renaming, notation: Notation, where: str) -> None:
    looks: dict[Key, tuple[Key, str]] = {}
    for name, latex in notation.written.items():
        if not _is_one(latex):
            continue
        new, old = key_of(made.latex(latex)), key_of(latex)
        first, other = looks.setdefault(new, (old, name))
        if first != old:
            raise _bad(_spelled(new), f"{other} and {name} would both be written so", where)


def _bad(what: str, why: str, where: str = "") -> NotationError:
    return NotationError(
        f"the notation {what!r} cannot be used", where=where, why=why, fix="see `symhet export --help`"
    )


def read_notation(path: Path, notation: Notation) -> Renaming:
    """Return the renaming of a TOML file.

    Raises
    ------
    NotationError
        When the file cannot be read or is no TOML, and as `renaming` does.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        # A text that is no TOML, bytes that are no text, and a name that no file can have are all of them wrong values.
        why = error.strerror if isinstance(error, OSError) else None
        written = isinstance(error, UnicodeDecodeError | tomllib.TOMLDecodeError)
        fix = "write TOML in UTF-8" if written else "give the path of a TOML file"
        raise NotationError(
            f"the notation file {str(path)!r} cannot be read", why=why or str(error), fix=fix
        ) from error
    return renaming(data, notation, str(path))
