"""Reads what a terminal shows, with the parser of the language, and works out values; LaTeX is worked out by itself.

A function's value is a fixed linear form of its arguments, so that two texts have equal values only where they say the
same of the same arguments. An integral is a function of its ends and of its integrand at one point, a derivative one
of what is differentiated and by what.
"""

import re
from hashlib import sha256
from math import exp, isclose, log

from symhet.language.mistakes import Source
from symhet.language.surface import parse_surface

_LETTERS = r"[^\W\d_][\u0300-\u036f]*"
_LABEL = r"(?:\{[^{}]*\}|[^\W_]+(?:,[^\W_]+)*)"
_NAME = rf"{_LETTERS}(?:_{_LABEL}|\^(?:\*|[a-z]+(?!\w)|\{{[^{{}}]*\}})|′)*"
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
RELATION = re.compile(r" (?:[=<>≤≥≠≡∈⇒⟹⇔⟺→∝]) ")


def value_of_name(name):
    """Return a number between one and two that belongs to a name."""
    return 1 + int(sha256(name.encode()).hexdigest()[:8], 16) / 16**8


def applied(name, *arguments):
    """Return the value of a function."""
    if name == "ln":
        return log(abs(arguments[0]) + 1)
    return 1 + sum(value_of_name(f"{name}{place}") * argument for place, argument in enumerate(arguments))


# Text


def _matching(text, start, pair="()"):
    depth = 0
    for spot in range(start, len(text)):
        depth += {pair[0]: 1, pair[1]: -1}.get(text[spot], 0)
        if depth == 0:
            return spot
    raise AssertionError(f"no {pair[1]} in {text!r}")


class Plain:
    """Turns a line of a terminal into the spelling of the language, remembering what names stand for.

    Parameters
    ----------
    known : Mapping[str, str]
        Names as they are shown, with what they stand for; other names stand for themselves.
    """

    def __init__(self, known=None):
        self.known = dict(known or {})
        self.words = {}

    def word(self, name, prefix="s"):
        """Return an identifier for a name."""
        name = self.known.get(name, name)
        word = f"{prefix}{sha256(name.encode()).hexdigest()[:10]}"
        self.words[word] = name
        return word

    def spelled(self, text):
        """Return a term as the language spells it."""
        text = self._integrals(self._operators(text))
        text = re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda match: f"^{match[0].translate(_RAISED)}", text)
        text = text.replace("·", "*").replace("−", "-").replace("[", "(").replace("]", ")").replace("|", ",")
        pieces = sorted(self.known, key=len, reverse=True)
        name = "|".join([*map(re.escape, pieces), "∞", "ln", "[A-Z]{2,}", _NAME])
        of = rf"(?P<f>ln\()?(?P<a>{name}|\([^()]*\))(?P<c>\([^()]*\))?(?(f)\))(?P<e>\^{_LETTERS})?"
        named = rf"(?<![\w#])(?:{name})(?P<call>\()?"
        text = re.sub(rf"(?<!\w)d ?{of}/d(?P<b>{name})", self._derivative, text)
        return re.sub(named, self._named, text).replace("#", "")

    def _named(self, match):
        bare = match[0].removesuffix("(")
        if match["call"]:
            return f"{self.word(bare, 'f')}("
        return self.word(bare)

    def _derivative(self, match):
        above = f"{match['f'] or ''}{match['a']}{match['c'] or ''}{')' if match['f'] else ''}{match['e'] or ''}"
        return f"#D({above}, {match['b']})"

    def _operators(self, text):
        while match := re.search(rf"d/d({_NAME}) \[", text):
            end = _matching(text, match.end() - 1, "[]")
            text = f"{text[: match.start()]}#D({text[match.end() : end]}, {match[1]}){text[end + 1 :]}"
        return text

    def _integrals(self, text):
        while "∫" in text:
            start = text.rindex("∫")
            low = high = "0"
            after = start + 1
            if text[after] == "(":
                end = _matching(text, after)
                low, _, high = text[after + 1 : end].partition("..")
                low = re.sub(" ∈ ", "·", low)
                after = end + 1
            stop = re.compile(rf" d(?P<of>{_NAME}(?:\[[^\[\]]*\])?)(?![\w^(]*/d)").search(text, after)
            body, of = text[after : stop.start()].strip(), stop["of"]
            text = f"{text[:start]}#I({low}, {high or '0'}, {body}, {of}){text[stop.end() :]}"
        return text

    def value(self, text, values=value_of_name):
        """Return the value of a term, read by the language's parser."""
        return self._value(parse_surface(Source(self.spelled(text))), values)

    def _value(self, node, values):
        kind, parts = node.kind, node.parts
        if kind == "number":
            return float(parts[0])
        if kind == "name":
            return values(self.words[parts[0]])
        if kind == "group":
            return self._value(parts[0], values)
        if kind == "minus":
            return -self._value(parts[0], values)
        if kind == "power":
            return power(*(self._value(part, values) for part in parts))
        if kind in ("sum", "product"):
            found = self._value(parts[1][0], values)
            for sign, part in zip(parts[0], parts[1][1:], strict=True):
                other = self._value(part, values)
                found = (
                    {"+": found + other, "-": found - other}.get(sign) if kind == "sum" else _joined(found, sign, other)
                )
            return found
        assert kind == "call", node
        name = parts[0] if parts[0] in ("I", "D") else self.words[parts[0]]
        return applied(name, *(self._value(part, values) for part in parts[2]))


def _joined(left, sign, right):
    return left * right if sign == "*" else left / right


def power(base, exponent):
    """Return a power; a broken one of a negative base is minus that of its absolute value."""
    if float(exponent).is_integer():
        return base ** int(exponent)
    return exp(exponent * log(abs(base))) * (1 if base > 0 else -1)


# LaTeX, by another way

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\d+|[^\s]")
_ACCENTS = {r"\hat": "\u0302", r"\tilde": "\u0303", r"\bar": "\u0304", r"\dot": "\u0307"}
_FUNCTIONS = {
    *"xpcerπμGgjkvTUV", "r_H", "r_F", "π_H", "r_H′", "r_F′", "ϕ^k", "ϕ^d", "ϕ", "ϕ̃", "v_X", "v_D", "p_I",
}  # fmt: skip


class Latex:
    """Works out the value of a term in LaTeX by recursive descent.

    Parameters
    ----------
    letters : Mapping[str, str]
        Letters by their names.
    """

    def __init__(self, latex, letters):
        latex = re.sub(r"\\(?:left|right)(?![A-Za-z])|\\[,;]", " ", latex)
        latex = re.sub(r"\\text\{[^{}]*\}", lambda match: match[0].replace(" ", "~"), latex)
        self.tokens = _TOKEN.findall(latex)
        self.letters = letters
        self.spot = 0

    @property
    def here(self):
        return self.tokens[self.spot] if self.spot < len(self.tokens) else ""

    def take(self, expected=None):
        token = self.here
        assert expected in (None, token), (expected, self.tokens, self.spot)
        self.spot += 1
        return token

    def value(self):
        found = self.sum()
        assert not self.here, (self.tokens, self.spot)
        return found

    def sum(self):
        found = self.product(self.take() == "-") if self.here in ("-", "+") else self.product(False)
        while self.here in ("+", "-"):
            found += self.product(self.take() == "-")
        return found

    def product(self, minus):
        found = -1.0 if minus else 1.0
        while self.here and self.here not in ("+", "-", ")", "]", "}", r"\}", ",", "|") and not self.differential():
            if self.here == "/":
                self.take()
                found /= self.factor()
            elif (behind := self.operator()) is not None:
                return found * applied("D", self.product(False), behind)
            else:
                found *= self.factor()
        return found

    def differential(self):
        return self.here == "d"

    def operator(self):
        start = self.spot
        if self.tokens[start : start + 6][:5] == [r"\frac", "{", "d", "}", "{"] and self.tokens[start + 5] == "d":
            self.spot += 6
            behind = self.factor()
            self.take("}")
            return behind
        return None

    def group(self):
        if self.here == "{":
            self.take()
            found = self.sum()
            self.take("}")
            return found
        if self.here.isdigit() and len(self.here) > 1:
            self.tokens[self.spot : self.spot + 1] = [*self.here]
        return self.atom()[1]

    def factor(self):
        name, found = self.atom()
        while True:
            if name is not None and name in _FUNCTIONS and self.here in ("(", "["):
                found, name = applied(name, *self.arguments()), None
            elif self.here == "^":
                self.take()
                found = power(found, self.group())
            else:
                return found

    def arguments(self):
        close = {"(": ")", "[": "]"}[self.take()]
        found = [self.sum()]
        while self.here in (",", "|"):
            self.take()
            found.append(self.sum())
        self.take(close)
        return found

    def atom(self):
        """Return the name of a symbol, None for anything else, and the value."""
        token = self.here
        if token in ("(", "["):
            (inside,) = self.arguments()
            return None, inside
        if token == "{":
            return None, self.group()
        self.take()
        if token in (r"\frac", r"\tfrac"):
            return None, self.fraction()
        if token == r"\int":
            return None, self.integral()
        if token == r"\ln":
            return None, applied("ln", self.factor())
        if token.isdigit():
            return None, float(token)
        name = self.symbol(token)
        exponent = None
        if name.endswith("^*…"):
            name, exponent = name.removesuffix("…"), self.sum()
            self.take("}")
        found = value_of_name(name)
        return name, found if exponent is None else power(found, exponent)

    def symbol(self, token):
        if token in (*_ACCENTS, r"\mathit"):
            inside = self.take() if self.here != "{" else self.raw()
            name = "".join(self.letter(part) for part in _TOKEN.findall(inside)) + _ACCENTS.get(token, "")
        else:
            name = self.letter(token)
        while self.here in ("_", "'") or (self.here == "^" and self.labels()):
            mark = self.take()
            if mark == "'":
                name += "′"
                continue
            if mark == "^" and self.tokens[self.spot : self.spot + 2] == ["{", "*"]:
                self.spot += 2
                return f"{name}^*…"
            label = self.raw() if self.here == "{" else self.take()
            name += mark + self.label(label)
        return name

    def label(self, raw):
        if words := re.fullmatch(r"\\text\{([^{}]*)\}", raw):
            return f"{{{words[1].replace('~', ' ')}}}" if "~" in words[1] else words[1]
        return "".join(self.letter(part) for part in _TOKEN.findall(raw)).replace(r"\prime", "′")

    def labels(self):
        """Tell whether a superscript is a star or a word."""
        start = self.spot
        self.take("^")
        inside = self.raw() if self.here == "{" else self.take()
        self.spot = start
        return bool(re.fullmatch(r"\*.*|[a-z]+|\\text\{[^{}]*\}", inside))

    def raw(self):
        self.take("{")
        depth, found = 1, ""
        while True:
            token = self.take()
            depth += {"{": 1, "}": -1}.get(token, 0)
            if not depth:
                return found
            found += token

    def letter(self, token):
        return {r"\infty": "∞"}.get(token) or self.letters.get(token.lstrip("\\"), token)

    def fraction(self):
        if self.tokens[self.spot : self.spot + 2] == ["{", "d"]:
            self.spot += 2
            above = self.product(False)
            self.take("}")
            self.take("{")
            self.take("d")
            below = self.factor()
            self.take("}")
            return applied("D", above, below)
        above = self.group()
        return above / self.group()

    def integral(self):
        ends = {"_": 0.0, "^": 0.0}
        while self.here in ends:
            side = self.take()
            if self.here == "{":
                self.take()
                ends[side] = self.sum_over()
                self.take("}")
            else:
                ends[side] = self.group()
        body = self.product(False)
        self.take("d")
        return applied("I", ends["_"], ends["^"], body, self.factor())

    def sum_over(self):
        found = self.sum() if r"\in" not in self.tokens[self.spot : self.spot + 3] else self.factor()
        if self.here == r"\in":
            self.take()
            found *= self.factor()
        return found


def same(left, right):
    """Tell whether two values agree."""
    return isclose(left, right, rel_tol=1e-9)
