"""Long formulas broken into lines that fit, at relations first, then at signs, then inside brackets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from symhet.language.tex import BLANKS, depth_after, map_groups, tokens, trimmed
from symhet.render.widths import TEXTWIDTH, width

RELATIONS = frozenset({
    r"=", r"<", r">", r"\leq", r"\geq", r"\le", r"\ge", r"\neq", r"\ne", r"\equiv", r"\in", r"\approx",
    r"\propto", r"\Longrightarrow", r"\Longleftrightarrow", r"\Rightarrow", r"\Leftrightarrow", r"\iff",
    r"\implies", r"\to",
})  # fmt: skip
OPENING, CLOSING = frozenset("([") | {r"\{", r"\lbrace"}, frozenset(")]") | {r"\}", r"\rbrace"}
CONNECTIVES = (r"\text{and}", r"\text{or}")
INDENT = 2.0
WIDEST_LEFT_SIDE = 0.34
"""Share of the line beyond which formulas are not aligned behind their left side."""

_RELATION_LEVEL, _RELATION_LEVEL_IN_IMPLICATIONS = 0.5, 0.8
_FACTOR_LEVEL = 8.0
_NARROW, _TEARING = 16.0, 5.25
"""Brackets narrower than this many em are not torn where that can be helped."""
_FACTOR_LEVELS = frozenset(5.0 * depth + more for depth in range(20) for more in (8.0, 8.0 + _TEARING))
_LEVEL_COST, _LINE_COST, _TOO_WIDE = 0.45, 0.6, 1000.0
_ARROWS = frozenset(
    {r"\Longrightarrow", r"\Longleftrightarrow", r"\Rightarrow", r"\Leftrightarrow", r"\iff", r"\implies"}
)
_WIDOW, _WIDOW_COST = 5.0, 0.5
"""A last line narrower than this many em, such as "< 0", is worth avoiding."""


@dataclass(frozen=True)
class Broken:
    """A display as lines.

    Parameters
    ----------
    lines : tuple of str
        The lines with their alignment marks.
    overflow : float
        By how many em the widest line exceeds the limit, zero when all fit.
    """

    lines: tuple[str, ...]
    overflow: float


@dataclass(frozen=True)
class _Piece:
    text: str
    depth: int
    level: float | None
    """How bad it is to break before this piece; None where that is not allowed."""


def break_lines(latex: str, limit: float = TEXTWIDTH) -> Broken:
    r"""Break a formula into lines of at most ``limit`` em.

    Examples
    --------
    >>> break_lines("y = a+b", 30).lines
    ('y = a+b',)
    >>> break_lines("y = aaaaaaaaaa+bbbbbbbbbbbb", 11).lines
    ('y & = aaaaaaaaaa', ' & \\quad +bbbbbbbbbbbb')
    """
    latex = " ".join(latex.split())
    if width(latex) <= limit or r"\begin{" in latex:
        return Broken((latex,), max(0.0, width(latex) - limit))
    latex = split_texts(latex, limit)
    pieces = _pieces(latex)
    anchor = next((i for i, piece in enumerate(pieces) if piece.depth == 0 and _is_relation(piece)), None)
    left = "".join(piece.text for piece in pieces[:anchor]).strip() if anchor else ""
    hanging = width(left) if anchor and width(left) <= WIDEST_LEFT_SIDE * limit else 0.0
    start = anchor if hanging and anchor else 0
    breaks, excess = _best_breaks(pieces, start, limit - hanging)
    texts = _fixed_brackets(pieces, breaks)
    rows = ["".join(texts[a:b]).strip() for a, b in zip(breaks, [*breaks[1:], len(pieces)], strict=True)]
    first = trimmed(rows[0], left=False)
    head = f"{left} & {first}" if hanging else f"& {first}"
    between_factors = [pieces[at].level in _FACTOR_LEVELS for at in breaks]
    rest = zip(rows[1:], between_factors[1:], strict=True)
    return Broken((head, *(_continued(row, bool(hanging), factor) for row, factor in rest)), excess)


def _continued(row: str, aligned: bool, factor: bool) -> str:
    row = trimmed(row)
    if factor:
        row = rf"\times {row}"
    starts_with_relation = next(iter(tokens(row)), "") in RELATIONS
    return f" & {row}" if aligned and starts_with_relation else rf" & \quad {row}"


def _is_relation(piece: _Piece) -> bool:
    return piece.text.strip() in RELATIONS


def _pieces(latex: str) -> list[_Piece]:
    """Cut the formula outside braces into pieces before which a break may be set."""
    stream = tokens(latex)
    inside = _inside(stream)
    relations = _RELATION_LEVEL_IN_IMPLICATIONS if _ARROWS.intersection(stream) else _RELATION_LEVEL
    found: list[_Piece] = []
    current, braces, start_depth = "", 0, 0
    brackets: list[float] = []
    level: float | None = None
    previous = "start"

    def flush(at_level: float | None) -> None:
        nonlocal current, level, start_depth
        if current:
            found.append(_Piece(current, start_depth, level))
        current, level, start_depth = "", at_level, len(brackets)

    for place, token in enumerate(stream):
        if braces == 0 and token != "}":
            if token in CLOSING and previous != r"\left" and brackets:
                brackets.pop()
            joins = current.rstrip().endswith(CONNECTIVES)
            at = None if joins else _break_level(token, previous, len(brackets), relations)
            if at is not None and brackets and brackets[-1] < _NARROW:
                at += _TEARING
            if at is not None or previous in RELATIONS:
                flush(at)
        braces = depth_after(token, braces)
        if braces == 0 and token in OPENING and previous != r"\right":
            brackets.append(inside.get(place, 0.0))
        current += token
        if not token.isspace():
            previous = token
    flush(None)
    return found


def _inside(stream: Sequence[str]) -> dict[int, float]:
    """Return how wide each bracket outside braces is within, by the place where it opens."""
    found: dict[int, float] = {}
    open_: list[int] = []
    braces, previous = 0, ""
    for place, token in enumerate(stream):
        braces = depth_after(token, braces)
        if braces == 0 and token in CLOSING and previous != r"\left" and open_:
            start = open_.pop()
            found[start] = width("".join(stream[start + 1 : place]).removesuffix(r"\right"))
        elif braces == 0 and token in OPENING and previous != r"\right":
            open_.append(place)
        previous = token if not token.isspace() else previous
    return found


def _break_level(token: str, previous: str, depth: int, relations: float) -> float | None:
    """Return how bad a break before the token is, None where it would tear the formula."""
    if previous in ("^", "_", "start", r"\left", r"\right"):
        return None
    if token in RELATIONS:
        return 5.0 * depth + (_RELATION_LEVEL if token in _ARROWS else relations)
    if token in (r"\quad", r"\qquad", r"\ "):
        return None if previous in BLANKS or previous in RELATIONS else 5.0 * depth
    if token in ("+", "-"):
        unary = previous in OPENING or previous in RELATIONS or previous in BLANKS or previous in ",;+-"
        return None if unary else 5.0 * depth + 1.0
    if previous in (",", ";") and not token.isspace():
        return 5.0 * depth + 1.0
    if token in (r"\frac", r"\left", r"\lbrace") and (previous in CLOSING or previous == "}"):
        return 5.0 * depth + _FACTOR_LEVEL
    return None


def _best_breaks(pieces: list[_Piece], start: int, limit: float) -> tuple[list[int], float]:
    """Return where lines begin, by dynamic programming over total cost, and the excess width of the widest."""
    allowed = [start] + [i for i in range(start + 1, len(pieces)) if pieces[i].level is not None]
    ends = [*allowed[1:], len(pieces)]
    best: dict[int, tuple[float, float, list[int]]] = {len(pieces): (0.0, 0.0, [])}
    for begin in reversed(allowed):
        options = []
        for end in (e for e in ends if e > begin):
            text = "".join(piece.text for piece in pieces[begin:end])
            room = limit - (0.0 if begin == start else INDENT)
            excess = max(0.0, width(text) - room)
            rest_cost, rest_excess, rest = best[end]
            level = 0.0 if end == len(pieces) else (pieces[end].level or 0.0)
            cost = _LINE_COST + _LEVEL_COST * level + _TOO_WIDE * excess + rest_cost
            slack = max(0.0, 1 - width(text) / room) if end < len(pieces) else 0.0
            widow = _WIDOW_COST if end == len(pieces) and begin > start and width(text) < _WIDOW else 0.0
            options.append((cost + slack**2 + widow, max(excess, rest_excess), [begin, *rest]))
            if excess > 0:
                break
        best[begin] = min(options, key=lambda option: option[0])
    _, excess, breaks = best[start]
    return breaks, excess


def _fixed_brackets(pieces: list[_Piece], breaks: list[int]) -> list[str]:
    """Give brackets that a break tears apart a fixed size, since growing ones must close on their own line."""
    line_of = {}
    line = 0
    for i in range(len(pieces)):
        line += i in breaks[1:]
        line_of[i] = line
    texts = [[*tokens(piece.text)] for piece in pieces]
    open_: list[tuple[int, int]] = []
    for i, piece in enumerate(texts):
        for j, token in enumerate(piece):
            if token == r"\left":
                open_.append((i, j))
            elif token == r"\right":
                at = open_.pop()
                if line_of[at[0]] != line_of[i]:
                    texts[at[0]][at[1]], piece[j] = r"\biggl", r"\biggr"
    return ["".join(piece) for piece in texts]


def split_texts(latex: str, limit: float) -> str:
    r"""Split words inside the formula that are wider than a fifth of a line, so that lines can break between them."""

    def split(command: str, words: str) -> str:
        whole = f"{command}{{{words}}}"
        if "$" in words or width(whole) <= limit / 5:
            return whole
        joined = r"\ ".join(rf"\text{{{part}}}" for part in _portions(_words(words), limit / 5))
        return (r"\ " if words.startswith(" ") else "") + joined + (r"\ " if words.endswith(" ") else "")

    return map_groups(latex, {r"\text"}, split)


def _words(text: str) -> list[str]:
    """Return the words of a text; a blank with a backslash joins."""
    found = [""]
    for token in tokens(text):
        if token.isspace():
            found.append("")
        else:
            found[-1] += token
    return [word for word in found if word]


def _portions(words: list[str], limit: float) -> list[str]:
    portions = [""]
    for word in words:
        longer = f"{portions[-1]} {word}".strip()
        if width(rf"\text{{{longer}}}") > limit and portions[-1]:
            portions.append(word)
        else:
            portions[-1] = longer
    return portions
