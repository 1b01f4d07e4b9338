"""LaTeX formulas turned into one line of Unicode text, for terminals; what is not known stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from symhet.render.notation import ACCENTS, LETTERS
from symhet.render.widths import tokens

_SIGNS = {
    "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠", "ne": "≠", "equiv": "≡", "in": "∈", "infty": "∞",
    "cdot": "·", "times": "×", "int": "∫", "sum": "∑", "partial": "∂", "to": "→", "Rightarrow": "⇒",
    "Longrightarrow": "⟹", "Leftrightarrow": "⇔", "Longleftrightarrow": "⟺", "iff": "⟺", "implies": "⟹",
    "approx": "≈", "mid": "|", "dots": "…", "ldots": "…", "cdots": "⋯", "propto": "∝", "mapsto": "↦",
    "lbrace": "{", "rbrace": "}", "uparrow": "↑", "downarrow": "↓", "prime": "′", "pm": "±", "forall": "∀",
    "exists": "∃", "land": "and", "lor": "or", "lnot": "not",
}  # fmt: skip
_SPACED = frozenset(["=", "<", ">", "≤", "≥", "≠", "≡", "∈", "≈", "∝", "⇒", "⟹", "⇔", "⟺", "→", "↦", "+", "−"])
_IGNORED = frozenset({"left", "right", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "displaystyle", "limits"})
_WORDS = frozenset({"text", "mathrm", "operatorname", "textit", "mathit", "mathcal", "mbox", "operatorname*"})


def readable(latex: str) -> str:
    r"""Return a formula as text.

    Examples
    --------
    >>> readable(r"\hat\varphi_{min} = \frac{w^{1-\alpha}}{\rho P_X}")
    'φ̂_min = w^(1−α)/(ρ P_X)'
    """
    stream = iter(tokens(latex))
    return re.sub(r"\s+", " ", _sequence(stream, None)).strip()


def _sequence(stream: Iterator[str], until: str | None) -> str:
    text = ""
    for token in stream:
        if token == until:
            break
        piece = _item(token, stream)
        if piece.strip() in _SPACED and until is None:
            piece = (
                f" {piece.strip()} " if text.strip() and not text.rstrip().endswith(("=", "(", ",")) else piece.strip()
            )
        text += piece
    return text


def _argument(stream: Iterator[str]) -> str:
    token = next(stream, "")
    while token.isspace():
        token = next(stream, "")
    return _sequence(stream, "}") if token == "{" else _item(token, stream)


def _item(token: str, stream: Iterator[str]) -> str:
    if token == "{":
        return _sequence(stream, "}")
    if token == "^":
        script = _argument(stream).strip()
        return script if set(script) <= {"′"} else f"^{_grouped(script)}"
    if token == "_":
        return f"_{_grouped(_argument(stream).strip())}"
    if token == "-":
        return "−"
    if token == "~":
        return " "
    return _command(token[1:], stream) if token.startswith("\\") else token


def _command(name: str, stream: Iterator[str]) -> str:
    if name in ("frac", "dfrac", "tfrac"):
        above, below = _argument(stream).strip(), _argument(stream).strip()
        return f"{_grouped(above)}/{_grouped(below, tight=True)}"
    if name in ACCENTS:
        inner = _argument(stream)
        return inner[:1] + ACCENTS[name] + inner[1:]
    if name == "sqrt":
        return f"√({_argument(stream)})"
    if name in _WORDS:
        return _argument(stream)
    if name in ("overline", "widehat", "widetilde"):
        return _argument(stream)
    if name in LETTERS:
        return LETTERS[name]
    if name in _SIGNS:
        return _SIGNS[name]
    if name in _IGNORED or name == "!":
        return ""
    if name in ("quad", "qquad"):
        return "  "
    return " " if not name[:1].isalpha() and name not in "{}%&$#_" else name


def _grouped(text: str, tight: bool = False) -> str:
    """Put brackets around what would fall apart on one line."""
    outside = re.sub(r"\([^()]*\)", "", text)
    joined = re.search(r"[+−=<>≤≥/ ·]" if tight else r"[+−=<>≤≥/]", outside)
    enclosed = re.fullmatch(r"\([^()]*\)", text)
    return f"({text})" if joined and not enclosed else text
