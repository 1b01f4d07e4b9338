"""Terms and statements as LaTeX, written the way an author writes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import sympy as sp
from sympy.core.function import AppliedUndef

from symhet.algebra.integrals import PowerIntegral
from symhet.algebra.tails import Density, DensitySlope, Survival, TailMoment
from symhet.algebra.total import is_total
from symhet.propositions import ForAll, Iff, Implies, Maximiser, Or, Prop, Rel, UniqueRoot
from symhet.render.layout import Call, Leaf, Node, Power, Product, Sum, arrange, is_slope, read_function
from symhet.render.notation import Notation
from symhet.render.widths import width
from symhet.render.writer import Writer

LONGEST_EXPONENT = 60
WIDEST_NUMERATOR = 9.0
"""A sum wider than this, in em, stands behind its fraction instead of above the line."""

AND, OR = r"\quad\text{and}\quad ", r"\quad\text{or}\quad "


class LatexWriter(Writer):
    r"""Writes terms and statements in one notation.

    Parameters
    ----------
    notation : Notation
        How symbols are written.

    Examples
    --------
    >>> from symhet.propositions import gt
    >>> s, f, g = sp.symbols("sigma f g", positive=True)
    >>> writer = LatexWriter(Notation())
    >>> writer.statement(gt((f / g) ** (1 / (s - 1)), 1))
    '\\left(\\frac{f}{g}\\right)^{1/(\\sigma-1)} > 1'
    """

    relations: ClassVar = {"=": "=", "<": "<", "<=": r"\leq", "!=": r"\neq"}
    flipped: ClassVar = {"<": ">", "<=": r"\geq", "=": "=", "!=": r"\neq"}
    joints: ClassVar = {Or: OR, Implies: r" \;\Longrightarrow\; ", Iff: r" \;\Longleftrightarrow\; "}
    whole = (Rel, ForAll, UniqueRoot, Maximiser)
    brackets = (r"\left(", r"\right)")

    def __init__(self, notation: Notation) -> None:
        super().__init__(notation)
        self.depth = 0
        self.inline = False

    def inline_term(self, term: sp.Expr) -> str:
        """Return the LaTeX of a term for use within a sentence or a table: fractions on the line."""
        self.inline = True
        text = self.term(term)
        self.inline = False
        return text

    def inline_statement(self, prop: Prop) -> str:
        """Return the LaTeX of a statement for use within a sentence: fractions on the line."""
        self.inline = True
        text = self.statement(prop)
        self.inline = False
        return text

    def _dense(self) -> str:
        return r"g > 0 \text{ above } \underline{\varphi}"

    def _existence(self, term: sp.Expr) -> str:
        if isinstance(term, TailMoment):
            return rf"\text{{a moment of an order above }} {self.term(term.args[1])} \text{{ is finite}}"
        return rf"{self.term(term)} \text{{ has a value}}"

    def _together(self, parts: Sequence[str]) -> str:
        return AND.join([r",\qquad ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)

    def _quantified(self, prop: ForAll | UniqueRoot | Maximiser) -> str:
        if isinstance(prop, ForAll):
            bound, body = [prop.variable], prop.body
            while isinstance(body, ForAll):
                bound, body = [*bound, body.variable], body.body
            names = ", ".join(map(self.notation.latex, bound))
            return rf"{self.statement(body)} \quad\text{{for all }} {names} > 0"
        variable = self.notation.latex(prop.variable)
        if isinstance(prop, UniqueRoot):
            return rf"{self.term(prop.function)} = 0 \quad\text{{for exactly one }} {variable} > 0"
        lower = self.term(prop.lower)
        bounded = prop.upper is not sp.oo
        range_ = f"{lower} < {variable} < {self.term(prop.upper)}" if bounded else f"{variable} > {lower}"
        return rf"{self.term(prop.point)} = \operatorname*{{arg\,max}}_{{{range_}}} \;{self._factor(prop.function)}"

    def _leaf(self, value: sp.Expr) -> str:
        if isinstance(value, sp.Symbol):
            return self.notation.latex(value)
        return {sp.E: "e", sp.oo: r"\infty"}.get(value, str(value))

    def _sum(self, node: Sum) -> str:
        text = ""
        for minus, part in node.terms:
            inner = self._bracketed(part) if minus and _opens_a_sum(part) else self._node(part)
            text += ("-" if minus else "+" if text else "") + inner
        return text

    def _call(self, node: Call, exponent: str = "") -> str:
        arguments = [self._node(argument) for argument in node.arguments]
        function = node.function
        if isinstance(function, Survival):
            body = f"1-G{_enclosed(arguments[0])}"
            return _enclosed(body, exponent) if exponent else body
        if isinstance(function, TailMoment):
            usual = self.notation.moment is not None and function.args[1] == self.notation.moment
            index = "" if usual else f"_{{{arguments[1]}}}"
            return f"T{index}{exponent}{_enclosed(arguments[0])}"
        if isinstance(function, PowerIntegral):
            body = rf"\int_{{{arguments[1]}}}^{{{arguments[2]}}} x^{{{self._exponent(node.arguments[0])}}}\,dx"
            return _enclosed(body, exponent) if exponent else body
        if isinstance(function, AppliedUndef) or is_slope(function):
            return self._unspecified(function, arguments, exponent)
        name = {Density: "g", DensitySlope: "g'", sp.log: r"\ln"}.get(type(function), type(function).__name__)
        if exponent and name == "g'":
            return _enclosed(f"g'{_enclosed(arguments[0])}", exponent)
        return f"{name}{exponent}{_enclosed(', '.join(arguments))}"

    def _unspecified(self, function: sp.Expr, arguments: list[str], exponent: str) -> str:
        """Write a function known by its name alone, its slope with primes, or with orders of several arguments."""
        name, orders, _ = read_function(function)
        marks = "'" * orders[0] if len(orders) == 1 else rf"^{{({', '.join(map(str, orders))})}}" if any(orders) else ""
        written = f"{self.notation.latex_of(name)}{marks}{_enclosed(', '.join(arguments))}"
        if exponent and marks:
            return _enclosed(written, exponent)
        return f"{self.notation.latex_of(name)}{exponent}{_enclosed(', '.join(arguments))}" if exponent else written

    def _power(self, node: Power) -> str:
        exponent = self._exponent(node.exponent)
        if node.base == Leaf(sp.E):
            return rf"\exp{_enclosed(exponent)}" if len(exponent) > LONGEST_EXPONENT else f"e^{{{exponent}}}"
        if exponent == "1/2":
            return rf"\sqrt{{{self._node(node.base)}}}"
        if isinstance(node.base, Call):
            return self._call(node.base, f"^{{{exponent}}}")
        base = self._node(node.base)
        bare = isinstance(node.base, Leaf) and not any(mark in base for mark in ("^", "'", "frac"))
        return f"{base}^{{{exponent}}}" if bare else _enclosed(base, f"^{{{exponent}}}")

    def _exponent(self, node: Node) -> str:
        """Return an exponent; a fraction in it is written on the line."""
        outside, self.inline = self.inline, True
        text = self._node(node)
        self.inline = outside
        return text

    def _product(self, node: Product) -> str:
        if not node.below:
            return self._factors(node.above)
        if self.inline:
            above, below = self._factors(node.above) or "1", self._factors(node.below)
            single = len(node.below) == 1 and not _opens_a_sum(node.below[0])
            above = _enclosed(above) if len(node.above) == 1 and _opens_a_sum(node.above[0]) else above
            return f"{above}/{below}" if single else f"{above}/{_enclosed(below)}"
        if not node.above and self.depth and len(node.below) == 1 and isinstance(node.below[0], Leaf):
            return f"1/{self._node(node.below[0])}"
        behind = [part for part in node.above if self._stands_behind(part)]
        self.depth += 1
        above = self._factors([part for part in node.above if part not in behind]) or "1"
        below = self._factors(node.below)
        self.depth -= 1
        return " ".join([rf"\frac{{{above}}}{{{below}}}", *map(self._factor_node, behind)])

    def _stands_behind(self, node: Node) -> bool:
        """Tell whether a factor stands behind a fraction: derivatives, powers of fractions and wide sums do."""
        if isinstance(node, Leaf):
            symbol = isinstance(node.value, sp.Symbol)
            return symbol and (is_total(node.value) or width(self._node(node)) > WIDEST_NUMERATOR)
        if isinstance(node, Power):
            return isinstance(node.base, Product) and bool(node.base.below)
        return isinstance(node, Sum) and (_has_a_fraction(node) or width(self._node(node)) > WIDEST_NUMERATOR)

    def _factors(self, nodes: Sequence[Node]) -> str:
        if len(nodes) == 1:
            return self._node(nodes[0])
        text = ""
        for node in nodes:
            factor = self._factor_node(node)
            text += (r" \cdot " if text and factor[0].isdigit() else " " if text else "") + factor
        return text

    def _factor(self, term: sp.Expr) -> str:
        return self._factor_node(arrange(term, self.notation))

    def _factor_node(self, node: Node) -> str:
        return self._bracketed(node) if _opens_a_sum(node) else self._node(node)

    def _bracketed(self, node: Node) -> str:
        return _enclosed(self._node(node))


def _has_a_fraction(node: Sum) -> bool:
    return any(isinstance(part, Product) and part.below for _, part in node.terms)


def _opens_a_sum(node: Node) -> bool:
    return isinstance(node, Sum) or (isinstance(node, Call) and isinstance(node.function, Survival))


_BRACKETS = (("(", ")"), ("[", "]"))


def _nesting(text: str) -> int:
    """Return how deep the brackets in a formula are nested."""
    deepest = depth = 0
    for letter in text:
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(letter, 0)
        deepest = max(deepest, depth)
    return deepest


def _enclosed(text: str, exponent: str = "") -> str:
    """Put brackets around a term: square around round ones, round around those, growing ones around what is tall."""
    left, right = _BRACKETS[_nesting(text) % 2]
    if any(mark in text for mark in (r"\frac", r"\sqrt", r"\left")):
        left, right = rf"\left{left}", rf"\right{right}"
    return f"{left}{text}{right}{exponent}"
