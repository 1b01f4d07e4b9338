"""How wide LaTeX mathematics prints, estimated from above in em of the surrounding text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from symhet.language.tex import depth_after, map_groups, tokens

_SPACED = frozenset({r"\text", r"\mathrm", r"\textit", r"\textbf", r"\mbox"})
"""Commands in whose groups a blank takes room."""
TEXTWIDTH = 41.0
"""Width of a line of the documents in em: 16 cm of eleven point type."""

SCALES = (1.0, 1.0, 0.75, 0.6)
"""Size of display, text, script and scriptscript style."""

_WIDE = {"M": 1.0, "W": 1.0, "m": 0.9, "w": 0.72, "i": 0.36, "j": 0.43, "l": 0.33, "f": 0.52, "t": 0.38, "I": 0.46}
_COMMANDS = {
    r"\quad": 1.0, r"\qquad": 2.0, r"\;": 0.28, r"\,": 0.17, r"\:": 0.23, r"\ ": 0.34, r"\!": 0.0, r"\ln": 0.85,
    r"\exp": 1.6, r"\max": 1.9, r"\min": 1.8, r"\int": 1.0, r"\infty": 1.0, r"\sum": 1.5, r"\cdot": 0.72,
    r"\times": 1.22, r"\Bigl": 0.0, r"\Bigr": 0.0, r"\bigl": 0.0, r"\bigr": 0.0, r"\displaystyle": 0.0,
    r"\dots": 1.2, r"\ldots": 1.2, r"\cdots": 1.2, r"\lbrace": 0.5, r"\rbrace": 0.5, r"\{": 0.5, r"\}": 0.5,
    r"\tfrac": 0.0, r"\limits": 0.0, r"\nolimits": 0.0,
}  # fmt: skip
_RELATIONS = frozenset({
    r"=", r"<", r">", r"\leq", r"\geq", r"\le", r"\ge", r"\neq", r"\ne", r"\in", r"\equiv", r"\Longrightarrow",
    r"\Longleftrightarrow", r"\Rightarrow", r"\Leftrightarrow", r"\to", r"\mapsto", r"\iff", r"\implies",
    r"\approx", r"\sim", r"\propto", r"\mid",
})  # fmt: skip
_LONG_ARROWS = frozenset({r"\Longrightarrow", r"\Longleftrightarrow", r"\iff", r"\implies"})
_ACCENTS = frozenset({
    r"\hat", r"\tilde", r"\bar", r"\underline", r"\overline", r"\widehat", r"\widetilde", r"\check", r"\mathit",
    r"\mathcal", r"\mathbf",
})  # fmt: skip
_TEXT = frozenset({
    r"\text", r"\mathrm", r"\operatorname", r"\operatorname*", r"\textrm", r"\textit", r"\textbf", r"\mbox",
})  # fmt: skip


@lru_cache(maxsize=20_000)
def width(latex: str) -> float:
    r"""Return an upper estimate of the width of a formula set as a display.

    Examples
    --------
    >>> width("x") < width("x+y") < width(r"\frac{x+y}{z}") + 0.1
    True
    """
    return _Measure(latex).sequence(0)


class _Measure:
    def __init__(self, latex: str) -> None:
        spoken = map_groups(latex, _SPACED, lambda command, words: f"{command}{{{words.replace(' ', '~')}}}")
        self.stream: Iterator[str] = iter([token for token in tokens(spoken) if not token.isspace()])
        self.ahead: str | None = next(self.stream, None)

    def take(self) -> str:
        token, self.ahead = self.ahead, next(self.stream, None)
        return token or ""

    def sequence(self, style: int, until: str | None = None) -> float:
        total = 0.0
        while self.ahead is not None and self.ahead != until:
            total += self.item(style)
        self.take()
        return total

    def argument(self, style: int) -> float:
        if self.ahead == "{":
            self.take()
            return self.sequence(style, "}")
        return self.item(style) if self.ahead else 0.0

    def item(self, style: int) -> float:
        token = self.take()
        if token in "^_":
            return self.scripts(token, style)
        if token == "{":
            return self.sequence(style, "}")
        return self.command(token, style) if token.startswith("\\") else self.character(token, style)

    def scripts(self, first: str, style: int) -> float:
        """Return the width of an upper and a lower script over one another."""
        inner = max(style + 1, 2) if style < 3 else 3
        widest = self.argument(inner)
        if self.ahead in ("^", "_") and self.ahead != first:
            self.take()
            widest = max(widest, self.argument(inner))
        return widest + 0.06

    def command(self, token: str, style: int) -> float:
        scale = SCALES[style]
        if token in (r"\frac", r"\dfrac"):
            inner = min(style + 1, 3)
            return max(self.argument(inner), self.argument(inner)) + 0.3 * scale
        if token in (r"\left", r"\right", r"\Bigl", r"\Bigr", r"\bigl", r"\bigr", r"\biggl", r"\biggr"):
            delimiter = self.take()
            return 0.0 if delimiter == "." else 0.66 * scale
        if token == r"\sqrt":
            return self.argument(style) + 0.95 * scale
        if token in _ACCENTS:
            return self.argument(style)
        if token in _TEXT:
            return self.text(scale)
        if token in (r"\begin", r"\end"):
            return 0.0 * self.argument(style)
        if token in _RELATIONS:
            return (1.0 if token not in _LONG_ARROWS else 1.9) * scale + (0.6 if style < 2 else 0.0)
        return _COMMANDS.get(token, 0.66 if token[1:2].islower() else 0.82) * scale

    def text(self, scale: float) -> float:
        if self.ahead != "{":
            return self.argument(0)
        self.take()
        depth, letters = 1, 0
        while self.ahead is not None:
            token = self.take()
            depth = depth_after(token, depth)
            if depth == 0:
                break
            letters += 1
        return 0.53 * letters * scale

    def character(self, token: str, style: int) -> float:
        scale = SCALES[style]
        if token in "+-":
            return 0.78 * scale + (0.46 if style < 2 else 0.0)
        if token in _RELATIONS:
            return 0.78 * scale + (0.6 if style < 2 else 0.0)
        if token in ",;":
            return 0.28 * scale + (0.17 if style < 2 else 0.0)
        if token in "()[]|.'!:":
            return 0.4 * scale
        if token.isdigit():
            return 0.51 * scale
        return _WIDE.get(token, 0.8 if token.isupper() else 0.58) * scale
