"""Reads what a terminal shows, with the parser of the language, and works out values; LaTeX is worked out by itself.

A function's value is a fixed linear form of its arguments, so that two texts have equal values only where they say the
same of the same arguments. An integral is a function of its ends and of its integrand at one point, a derivative one
of what is differentiated and by what.
"""

import re
from hashlib import sha256
from math import exp, isclose, log, prod

import sympy as sp

from symhet.algebra.integrals import PowerIntegral
from symhet.algebra.tails import SUPPORT, Density, DensitySlope, Survival, TailMoment
from symhet.algebra.total import is_total
from symhet.language.mistakes import Source
from symhet.language.surface import parse_surface
from symhet.propositions import And, Dense, ForAll, Iff, Implies, Or, Rel, UniqueRoot

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


# Statements

_SIGNS = {"≤": "<=", "≥": ">=", "≠": "!=", "⟹": "=>", "⟺": "<=>"}
_FLIPPED = {">": "<", ">=": "<="}


class PlainStatement(Plain):
    """Reads statements as a terminal shows them.

    Parameters
    ----------
    notation : Notation
        How symbols are written.
    symbols : iterable of Symbol
        Those that may occur.
    """

    def __init__(self, notation, symbols):
        names = [name for symbol in symbols for name in names_in(symbol)]
        super().__init__({notation.plain(sp.Symbol(name)): name for name in names})
        self.notation = notation

    def skeleton(self, text):
        """Return what a statement says: relations with the values of their sides, and what joins them."""
        text = re.sub(r"a moment of an order above (.*?) is finite", r"MO(\1) = MO(\1)", text)
        parts = [re.sub(r"^(.*) has a value$", r"\1 = \1", part) for part in text.split(" and ")]
        text = " and ".join(parts)
        text = text.replace(f"g > 0 above {self.notation.plain(SUPPORT)}", "DE = DE")
        for sign, spelling in _SIGNS.items():
            text = text.replace(sign, spelling)
        parts = re.split(r"(\b(?:for all|exactly one|max of|for|at|and|or)\b|[<>=!]+|:)", text)
        joined = "".join(part if place % 2 else f"@{place}@" for place, part in enumerate(parts))
        terms = "\x00".join(parts[::2])
        spelled = self.spelled(terms).split("\x00")
        text = re.sub(r"@(\d+)@", lambda match: spelled[int(match[1]) // 2], joined)
        return self._said(parse_surface(Source(text)))

    def _said(self, node):
        kind, parts = node.kind, node.parts
        if kind == "group":
            return self._said(parts[0])
        if kind == "relation":
            links = [self._link(*link) for link in zip(parts[0], parts[1], parts[1][1:], strict=False)]
            return links[0] if len(links) == 1 else ("and", *links)
        if kind in ("and", "or"):
            return (kind, *map(self._said, parts[1]))
        if kind in ("implies", "iff"):
            return (kind, *map(self._said, parts))
        if kind == "for all":
            return (kind, self._named_value(parts[0][0]), self._said(parts[1]))
        if kind == "exactly one":
            return (kind, self._named_value(parts[0][0]), self._of(parts[1].parts[1][0]))
        assert kind == "maximum", node
        variable, low, _, high, *_ = parts[1]
        ends = self._of(low), float("inf") if high is None else self._of(high)
        return (kind, self._named_value(variable), self._of(parts[0]), self._of(parts[2]), *ends)

    def _link(self, sign, left, right):
        left, right = self._of(left), self._of(right)
        return (_FLIPPED[sign], right, left) if sign in _FLIPPED else (sign, left, right)

    def _named_value(self, word):
        return self.of_name(self.words[word])

    def of_name(self, name):
        """Return the value of a symbol; those that stand for a term have its value."""
        for (above, below), symbol in self.notation.quotients.items():
            if symbol.name == name:
                return of_sympy(above, self.of_name) / of_sympy(below, self.of_name)
        for term, symbol in self.notation.abbreviations:
            if symbol.name == name:
                return of_sympy(term, self.of_name)
        return value_of_name(name)

    def _of(self, node):
        return self._value(node, self.of_name)

    def _value(self, node, values):
        if node.kind == "call" and self.words.get(node.parts[0]) == "T" and len(node.parts[2]) == 1:
            return applied("T", self._value(node.parts[2][0], values), of_sympy(self.notation.moment, values))
        if node.kind == "power" and node.parts[0].kind == "name" and self.words[node.parts[0].parts[0]] == "e":
            return exp(self._value(node.parts[1], values))
        return super()._value(node, values)


def names_in(symbol):
    """Return the name of a symbol, or those of a derivative's variable and parameter."""
    return symbol.name[2:-1].split(",") if is_total(symbol) else [symbol.name]


def of_sympy(term, values=value_of_name):
    """Return the value of a SymPy term."""
    parts = [of_sympy(part, values) for part in term.args]
    if isinstance(term, sp.Symbol):
        if is_total(term):
            return applied("D", *map(values, names_in(term)))
        return values(term.name)
    if isinstance(term, sp.Rational):
        return float(term)
    if isinstance(term, sp.Add):
        return sum(parts)
    if isinstance(term, sp.Mul):
        return prod(parts)
    if isinstance(term, sp.Pow):
        return power(*parts)
    if isinstance(term, sp.exp):
        return exp(*parts)
    if isinstance(term, Survival):
        return 1 - applied("G", *parts)
    if isinstance(term, PowerIntegral):
        return applied("I", parts[1], parts[2], power(values("x"), parts[0]), values("x"))
    names = {TailMoment: "T", Density: "g", DensitySlope: "g′", sp.log: "ln"}
    return applied(names.get(type(term), type(term).__name__), *parts)


def of_prop(prop, values):
    """Return what a statement says, as `PlainStatement.skeleton` does."""

    def of(term):
        return of_sympy(term, values)

    if isinstance(prop, Rel):
        if prop.op == "=" and prop.lhs == prop.rhs and isinstance(prop.lhs, TailMoment):
            return ("=", *[applied("MO", of(prop.lhs.args[1]))] * 2)
        return (prop.op, of(prop.lhs), of(prop.rhs))
    if isinstance(prop, Dense):
        return ("=", *[values("DE")] * 2)
    if isinstance(prop, And | Or):
        if len(prop.parts) == 1:
            return of_prop(prop.parts[0], values)
        return ("and" if isinstance(prop, And) else "or", *(of_prop(part, values) for part in prop.parts))
    if isinstance(prop, Implies):
        return ("implies", of_prop(prop.premise, values), of_prop(prop.conclusion, values))
    if isinstance(prop, Iff):
        return ("iff", of_prop(prop.left, values), of_prop(prop.right, values))
    if isinstance(prop, ForAll):
        return ("for all", of(prop.variable), of_prop(prop.body, values))
    if isinstance(prop, UniqueRoot):
        return ("exactly one", of(prop.variable), of(prop.function))
    high = float("inf") if prop.upper is sp.oo else of(prop.upper)
    return ("maximum", of(prop.variable), of(prop.function), of(prop.point), of(prop.lower), high)


def agree(left, right):
    """Tell whether two skeletons agree; equations may be written either way round."""
    if not isinstance(left, tuple):
        return same(left, right)
    if left[0] != right[0] or len(left) != len(right):
        return False
    turned = left[0] in ("=", "!=") and agree(left[1], right[2]) and agree(left[2], right[1])
    return turned or all(agree(*pair) for pair in zip(left[1:], right[1:], strict=True))
