"""Reads statements as a terminal shows them, and works out what they and SymPy's terms say, for `reading_back`."""

import re
from math import exp, prod

import sympy as sp

from symhet.algebra.integrals import PowerIntegral
from symhet.algebra.tails import SUPPORT, Density, DensitySlope, Survival, TailMoment
from symhet.algebra.total import is_total
from symhet.language.mistakes import Source
from symhet.language.surface import parse_surface
from symhet.propositions import And, Dense, ForAll, Iff, Implies, Or, Rel, UniqueRoot
from tests.render.reading_back import Plain, applied, power, same, value_of_name

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
