"""Formulas as MathML, which browsers draw without any library; latex2mathml reads the LaTeX."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from html import escape, unescape

from symhet.errors import MissingExtra
from symhet.language.tex import map_groups, tokens, without
from symhet.render.displays import Display
from symhet.render.prose import with_words

_DROPPED = frozenset({r"\allowbreak", r"\displaystyle", r"\limits", r"\nolimits"})
_BRACES = {r"\lbrace": r"\{", r"\rbrace": r"\}"}
_OPERATORS = frozenset({r"\operatorname", r"\operatorname*"})
_OUTER = re.compile(r"^<math[^>]*>(.*)</math>$", re.DOTALL)
_ENTITY = re.compile(r"&#x?[0-9A-Fa-f]+;")
_LETTERS = re.compile(r'(?:<m[io] mathvariant="italic">[^<]+</m[io]>){2,}')
_UPRIGHT = re.compile(r'(?:<m[io] mathvariant="normal">[^<]+</m[io]>){2,}')
_PIECES = re.compile(r"<[^>]+>|[^<]+")
_ARROW = re.compile(r"<mi>([⟹⟺⇒⇔→])</mi>")
_DEFAULTS = re.compile(r' (?:form="(?:pre|post)fix"|fence="true"|stretchy="true")')
_FIXED = re.compile(r'<mo stretchy="false">([^<]*)</mo>')
_TAGS = re.compile(r"<[^>]+>")


@cache
def _converter() -> Callable[[str], str]:
    try:
        from latex2mathml.converter import convert
    except ImportError as error:
        raise MissingExtra("the report", "report", "latex2mathml") from error
    return convert


@cache
def _inner(latex: str) -> str:
    """Return the MathML of a formula without its outermost tag, as short as it can be."""
    if not (latex := with_words(_in_its_words(latex)).strip()):
        return ""
    found = _OUTER.match(_converter()(latex))
    text = found[1] if found else ""
    text = _ENTITY.sub(lambda match: escape(unescape(match[0])), text)
    text = _LETTERS.sub(lambda match: f'<mi class="w">{_TAGS.sub("", match[0])}</mi>', text)
    text = _UPRIGHT.sub(lambda match: f"<mi>{_TAGS.sub('', match[0])}</mi>", text)
    text = _ARROW.sub(r"<mo>\1</mo>", _DEFAULTS.sub("", text))
    text = _FIXED.sub(r"<mi>\1</mi>", text.replace(r">\{<", ">{<").replace(r">\}<", ">}<"))
    return _without_lonely_rows(text)


def _in_its_words(latex: str) -> str:
    """Return a formula in the commands that latex2mathml reads."""
    known = "".join(_BRACES.get(token, token) for token in tokens(without(latex, _DROPPED)))
    one_word = map_groups(known, _OPERATORS, _one_word)
    return map_groups(one_word, {r"\text"}, lambda command, words: f"{command}{{{words}}}".replace("\\ ", " "))


def _one_word(command: str, name: str) -> str:
    return r"\operatorname{argmax}" if name == r"arg\,max" else f"{command}{{{name}}}"


def _without_lonely_rows(text: str) -> str:
    """Drop each mrow around a single element, and the outermost one."""
    pieces = _PIECES.findall(f"<mrow>{text}</mrow>")
    opened: list[list[int]] = []
    for place, piece in enumerate(pieces):
        if piece.startswith("</"):
            start, children = opened.pop()
            if pieces[start] == "<mrow>" and (children == 1 or not opened):
                pieces[start] = pieces[place] = ""
        elif piece.startswith("<"):
            if opened:
                opened[-1][1] += 1
            if not piece.endswith("/>"):
                opened.append([place, 0])
    inner = [piece for piece in pieces if piece]
    return "".join(inner[1:-1] if _is_one_row(inner) else inner)


def _is_one_row(pieces: Sequence[str]) -> bool:
    """Tell whether the first piece opens a row that only the last one closes."""
    depth = 0
    for place, piece in enumerate(pieces):
        depth += (piece == "<mrow>") - (piece == "</mrow>")
        if depth == 0:
            return place == len(pieces) - 1 and piece == "</mrow>"
    return False


def inline(latex: str) -> str:
    r"""Return a formula within a sentence.

    Examples
    --------
    >>> inline(r"\sigma > 1")
    '<math><mi>σ</mi><mo>&gt;</mo><mn>1</mn></math>'
    """
    return f"<math>{_inner(latex)}</math>"


def display(shown: Display) -> str:
    """Return a displayed formula with its number; what is too wide for the screen scrolls by itself."""
    if len(shown.lines) == 1:
        body = _inner(shown.lines[0].replace("&", ""))
    else:
        body = f"<mtable>{''.join(map(_row, shown.lines))}</mtable>"
    math = f'<math display="block">{body}</math>'
    if not shown.number:
        return f'<div class="scroll">{math}</div>'
    number = f'<span class="number">({escape(shown.number)})</span>'
    return f'<div class="display"><div class="scroll">{math}</div>{number}</div>'


def _row(line: str) -> str:
    left, _, right = line.partition("&") if "&" in line else ("", "", line)
    return f"<mtr><mtd>{_inner(left)}</mtd><mtd>{_inner(right)}</mtd></mtr>"
