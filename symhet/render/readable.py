"""LaTeX formulas turned into one line of Unicode text, for terminals.

What braces hold together in LaTeX, brackets hold together in the text, and a product is written with a dot: the line
reads in one way only. A bracket that holds nothing but symbols is a function's argument: p(ω), G[a|a_D].
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from symhet.language.tex import group_end, map_groups, tokens
from symhet.render import marks
from symhet.render.notation import LETTERS
from symhet.render.pieces import ATOM, POWER, PRODUCT, SUM, WORDS, Piece, times

_END_OF_CASES = r"\endcases"
_OPENING = {"(": ")", "[": "]", r"\{": r"\}", r"\lbrace": r"\rbrace"}
_CLOSING = frozenset(_OPENING.values()) | {_END_OF_CASES}
_LABEL = re.compile(r"[A-Za-z](?:[A-Za-z,-]*[A-Za-z])?|\{[^{}]*\}")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def readable(latex: str, letters: Mapping[str, str] = LETTERS) -> str:
    r"""Return a formula as text.

    Parameters
    ----------
    latex : str
        The formula.
    letters : Mapping[str, str]
        The letters by their names in LaTeX, such as `Notation.letters`.

    Examples
    --------
    >>> readable(r"\hat\varphi_{min} = \frac{w^{1-\alpha}}{\rho P_X}")
    'φ̂_min = w^(1 − α)/(ρ·P_X)'
    >>> readable(r"\frac{a^{1-\sigma}}{\delta\sigma}(1-\phi)"), readable(r"\frac{a}{\sigma(1-\phi)}")
    ('a^(1 − σ)/(δ·σ)·(1 − φ)', 'a/(σ·(1 − φ))')
    """
    reader = _Reader(latex, letters)
    text = reader.row(None)
    while reader.here:
        text += reader.take() + reader.row(None)
    return re.sub(r" (?=[,;.:](?: |$))", "", " ".join(text.split()))


def _environment(command: str, name: str) -> str:
    """Return the beginning or end of an environment as one command."""
    return f"{command}{name.rstrip('*')} "


class _Reader:
    def __init__(self, latex: str, letters: Mapping[str, str]) -> None:
        self.letters = letters
        self.stream = tokens(map_groups(latex, (r"\begin", r"\end"), _environment))
        self.spot = 0

    # The stream: blanks of the source and sizes of brackets mean nothing.

    @property
    def here(self) -> str:
        while self.spot < len(self.stream) and (
            self.stream[self.spot].isspace() or self.stream[self.spot] in marks.SIZES | marks.THIN
        ):
            self.spot += 1
        return self.stream[self.spot] if self.spot < len(self.stream) else ""

    def take(self) -> str:
        token = self.here
        self.spot += 1
        return token

    def after(self, *wanted: str) -> bool:
        if self.here in wanted and self.here:
            self.spot += 1
            return True
        return False

    # Rows: terms with relations, commas and words between them.

    def row(self, until: str | None) -> str:
        """Return what stands up to a closing token, which is taken."""
        return self.pieces(until)[0]

    def pieces(self, until: str | None) -> tuple[str, list[Piece], bool]:
        """Return a row as text, its terms, and whether only commas and bars stand between them."""
        text, terms, listed = "", [], True
        while self.here and not self.after(*([until] if until else [])):
            token = self.here
            if token in marks.SIGNS:
                text, listed = f"{text} {marks.SIGNS[self.take()]} ", False
            elif token in marks.PUNCTUATION:
                text, listed = text.rstrip() + marks.PUNCTUATION[self.take()], listed and token in (",", "|", r"\mid")
            elif token in marks.BLANKS:
                self.take()
                text, listed = f"{text} ", False
            elif token in marks.TEXTS:
                text, listed = self._spoken(text), False
            elif token in ("}", *_CLOSING):
                if until is None or token == "}":
                    break
                text, listed = text + self.take().lstrip("\\"), False
            else:
                term = self.sum()
                terms.append(term)
                text += term.text
        return text, terms, listed and bool(terms)

    def _spoken(self, before: str) -> str:
        """Add words; what follows them stands apart."""
        words = self._words()
        while self.here in marks.MARKS:
            words += marks.MARKS[self.take()]
        return f"{before}{' ' if before[-1:].isalnum() else ''}{words}{' ' if words[-1:].isalnum() else ''}"

    def _words(self) -> str:
        """Return the words of a text group as they stand."""
        self.take()
        if not self.after("{"):
            return self.take()
        start, self.spot = self.spot, group_end(self.stream, self.spot - 1)
        inside = self.stream[start : self.spot - (self.stream[self.spot - 1] == "}")]
        return "".join({r"\ ": " ", "~": " "}.get(token, token) for token in inside).replace("--", "–").replace("$", "")

    # Terms

    def sum(self) -> Piece:
        """Return terms with their signs."""
        text, count = "", 0
        while True:
            sign = self.take() if self.here in ("+", "-") else ""
            part = self.product()
            if part is None:
                text += {"-": "−"}.get(sign, sign)
                break
            count += 1
            joint = {"-": "−"}.get(sign, sign if text else "")
            text += f" {joint} {part.text}" if text else joint + part.text
            if self.here not in ("+", "-"):
                if count == 1 and not joint:
                    return part
                break
        if not text:
            return Piece(self.take(), ATOM)
        return Piece(text, SUM)

    def product(self) -> Piece | None:
        """Return factors joined by dots and slashes, or nothing where there is none."""
        found = self.factor()
        if found is None:
            return None
        while True:
            slash = self.after("/")
            if not slash:
                self.after(r"\cdot", r"\times", "*")
            operator = found.operator
            following = self.factor()
            if following is None:
                return replace(found, text=found.text + "/", level=PRODUCT) if slash else found
            if operator:
                while (more := self.factor()) is not None:
                    following = times(following, more)
                found = Piece(f"{found.text} [{following.text}]", PRODUCT)
            elif slash:
                found = Piece(f"{found.at(PRODUCT)}/{following.at(POWER)}", PRODUCT, divides=True)
            else:
                found = times(found, following)

    def _argues(self) -> bool:
        """Tell whether a bracket comes that holds nothing but symbols: the arguments of a function.

        A bracket around p^d that is itself raised is there for the exponent.
        """
        start, token = self.spot, self.here
        if token not in ("(", "[") or r"\," in self.stream[start : self.spot]:
            self.spot = start
            return False
        self.take()
        _, terms, listed = self.pieces(_OPENING[token])
        raised = self.here == "^" and any("^" in term.text for term in terms)
        self.spot = start
        return listed and not raised and all(term.level == ATOM and not term.bracket for term in terms)

    def factor(self) -> Piece | None:
        """Return a base with its scripts and its arguments."""
        found = self.base()
        while found is not None:
            if self.here in ("^", "_", *marks.MARKS):
                found = self._scripted(found)
            elif found.names and self._argues() and (arguments := self.base()) is not None:
                found = Piece(found.text + arguments.text, ATOM)
            else:
                break
        return found

    def _scripted(self, base: Piece) -> Piece:
        token = self.take()
        if token in marks.MARKS:
            return replace(base, text=base.text + marks.MARKS[token])
        if token == "_":
            label = self._label()
            return replace(base, text=f"{base.text}_{label}")
        start = self.spot
        label = self._label()
        if label == "*" or set(label) == {"′"}:
            return replace(base, text=base.text + (f"^{label}" if label == "*" else label))
        if label.startswith("*"):
            self.spot = start
            return self._starred(base)
        if _LABEL.fullmatch(label) and base.names and not base.labelled:
            return replace(base, text=f"{base.text}^{label}", labelled=True)
        self.spot = start
        return self._power(base, self._argument())

    def _starred(self, base: Piece) -> Piece:
        """Read a superscript that holds a star and an exponent."""
        inside = self.after("{")
        self.take()
        exponent = self.sum()
        if inside:
            self.after("}")
        return self._power(replace(base, text=f"{base.text}^*"), exponent)

    def _power(self, base: Piece, exponent: Piece) -> Piece:
        below = f"({base.text})" if ("^" in base.text and not base.bracket) or base.level < ATOM else base.text
        if exponent.text.isdigit():
            return Piece(below + exponent.text.translate(_RAISED), POWER)
        simple = exponent.level == ATOM and len(exponent.text) < 3
        raised = exponent.text if simple or exponent.bracket else f"({exponent.text})"
        return Piece(f"{below}^{raised}", POWER)

    def _label(self) -> str:
        """Return an index as a word."""
        inside = self.after("{")
        text = ""
        while self.here and not (inside and self.after("}")):
            token = self.here
            if token in marks.TEXTS | marks.NAMES:
                words = self._words()
                text += f"{{{words}}}" if " " in words else words
            elif token == "{":
                text += self._label()
            else:
                self.take()
                name = token.lstrip("\\")
                text += (
                    self.letters.get(name)
                    or marks.MARKS.get(token)
                    or marks.ATOMS.get(token)
                    or {"-": "−"}.get(token, name)
                )
            if not inside:
                break
        return text

    def _argument(self) -> Piece:
        """Return what a command or a script applies to: a group, or one token."""
        if self.after("{"):
            text, terms, _ = self.pieces("}")
            return terms[0] if len(terms) == 1 and terms[0].text == text.strip() else Piece(text.strip(), WORDS)
        if self.here.isdigit():
            return Piece(self.take(), ATOM)
        return self.base() or Piece(self.take(), ATOM)

    def base(self) -> Piece | None:
        """Return a symbol, number, bracket, group or command, or nothing where none stands."""
        token = self.here
        if not token or token in (
            *marks.SIGNS,
            *marks.PUNCTUATION,
            *_CLOSING,
            *marks.TEXTS,
            *marks.BLANKS,
            *marks.MARKS,
            *"}+-/^_",
        ):
            return None
        if token.isdigit():
            return self._number()
        if token in _OPENING:
            self.take()
            inside = self.row(_OPENING[token]).strip()
            left, right = token.lstrip("\\"), _OPENING[token].lstrip("\\")
            left, right = {"lbrace": ("{", "}")}.get(left, (left, right))
            return Piece(f"{left}{inside}{right}", ATOM, bracket=True)
        if token == "{":
            piece = self._argument()
            return replace(piece, text=f"({piece.text})", level=ATOM) if piece.level == WORDS else piece
        self.take()
        return self._command(token) if token.startswith("\\") else Piece(token, ATOM, names=token.isalpha())

    def _number(self) -> Piece:
        text = self.take()
        while self.spot < len(self.stream) and (
            (following := self.stream[self.spot]).isdigit() or (following == "." and "." not in text)
        ):
            text += following
            self.spot += 1
        if text.endswith("."):
            self.spot -= 1
        return Piece(text.rstrip("."), ATOM)

    def _command(self, token: str) -> Piece:
        name = token[1:]
        readers: dict[str, Callable[[], Piece]] = {
            r"\int": self._integral, r"\sqrt": self._root, r"\begincases": self._cases,
        }  # fmt: skip
        readers |= dict.fromkeys(marks.FRACTIONS, self._fraction)
        if token in readers:
            return readers[token]()
        if token in marks.FUNCTIONS:
            return self._function(marks.FUNCTIONS[token])
        if name in marks.DOTS:
            inner = self._argument().text
            return Piece(inner[:1] + marks.DOTS[name] + inner[1:], ATOM, names=True)
        if token in marks.NAMES:
            self.spot -= 1
            return Piece(self._words().replace(r"\,", " "), ATOM, names=True)
        if name in self.letters:
            return Piece(self.letters[name], ATOM, names=True)
        return Piece(marks.ATOMS.get(token, token if not name.isalpha() else name), ATOM)

    def _root(self) -> Piece:
        return Piece(f"√({self._argument().text})", ATOM)

    def _cases(self) -> Piece:
        return Piece(f"{{{' '.join(self.row(_END_OF_CASES).split())}}}", ATOM)

    def _function(self, name: str) -> Piece:
        label = f"_{self._label()}" if self.after("_") else ""
        if self.here in _OPENING:
            inside = self.row(_OPENING[self.take()]).strip()
        else:
            argument = self.factor()
            inside = argument.text if argument is not None else ""
        return Piece(f"{name}{label}({inside})", ATOM)

    # Quotients

    def _fraction(self) -> Piece:
        start = self.spot
        above = self._differential()
        if above is not None:
            below = self._differential()
            if below is not None and below != "d":
                return self._derivative(above, below)
        self.spot = start
        top, bottom = self._argument(), self._argument()
        over = f"({top.text})" if top.divides else top.at(PRODUCT)
        return Piece(f"{over}/{bottom.at(POWER)}", PRODUCT, divides=True)

    def _derivative(self, above: str, below: str) -> Piece:
        if above == "d":
            return Piece(f"d/{below}", POWER, operator=True)
        return Piece(f"{above}/{below}", PRODUCT)

    def _differential(self) -> str | None:
        """Read a group such as ``d x``; the letter d alone stands for an operator."""
        start = self.spot
        if not self.after("{") or not self.after("d"):
            self.spot = start
            return None
        if self.after("}"):
            return "d"
        named = self.here != "\\ln"
        of = self.product()
        if of is None or of.level < POWER or not self.after("}"):
            self.spot = start
            return None
        return f"d{of.text}" if named else f"d {of.text}"

    # Integrals

    def _integral(self) -> Piece:
        ends: dict[str, str] = {}
        while self.here in ("_", "^"):
            side = self.take()
            ends[side] = self._argument().text
        low, high = ends.get("_"), ends.get("^")
        range_ = f"({low}..{high})" if low and high else f"({low})" if low else ""
        body = ""
        while self.here and self.here != "d":
            slash = self.after("/")
            factor = self.factor()
            if factor is None:
                break
            body += ("/" if slash else "·" if body else "") + factor.at(POWER if slash else PRODUCT)
        over = ""
        if self.after("d"):
            of = self.factor()
            over = f" d{of.text}" if of is not None else " d"
        return Piece(f"∫{range_} {body}{over}", PRODUCT, divides=True)
