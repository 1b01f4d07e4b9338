"""Terms and statements as one line of Unicode text, for terminals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import sympy as sp

from symhet.algebra.integrals import PowerIntegral
from symhet.algebra.tails import SUPPORT, Density, DensitySlope, Survival, TailMoment
from symhet.algebra.total import is_total
from symhet.propositions import ForAll, Iff, Implies, Maximiser, Or, Rel, UniqueRoot
from symhet.render.layout import Call, Leaf, Node, Power, Product, Sum, is_slope, read_function
from symhet.render.writer import Writer

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NAMES = {TailMoment: "T", Density: "g", DensitySlope: "g′", sp.log: "ln"}


class PlainWriter(Writer):
    """Writes terms and statements as text.

    Parameters
    ----------
    notation : Notation
        How symbols are written.

    Examples
    --------
    >>> from symhet.render.notation import Notation
    >>> s, f, g = sp.symbols("sigma f g", positive=True)
    >>> PlainWriter(Notation()).term((f / g) ** (1 / (s - 1)) / 2)
    '(f/g)^(1/(σ − 1))/2'
    """

    relations: ClassVar = {"=": "=", "<": "<", "<=": "≤", "!=": "≠"}
    flipped: ClassVar = {"=": "=", "<": ">", "<=": "≥", "!=": "≠"}
    joints: ClassVar = {Or: " or ", Implies: " ⟹ ", Iff: " ⟺ "}
    whole = (Rel,)
    brackets = ("(", ")")

    def _dense(self) -> str:
        return f"g > 0 above {self.notation.plain(SUPPORT)}"

    def _existence(self, term: sp.Expr) -> str:
        if isinstance(term, TailMoment):
            return f"a moment of an order above {self.term(term.args[1])} is finite"
        return f"{self.term(term)} has a value"

    def _together(self, parts: Sequence[str]) -> str:
        return " and ".join(parts)

    def _quantified(self, prop: ForAll | UniqueRoot | Maximiser) -> str:
        variable = self.notation.plain(prop.variable)
        if isinstance(prop, ForAll):
            return f"for all {variable} > 0: {self.statement(prop.body)}"
        if isinstance(prop, UniqueRoot):
            return f"exactly one {variable} > 0: {self.term(prop.function)} = 0"
        low, function, point = map(self.term, (prop.lower, prop.function, prop.point))
        above = prop.upper is sp.oo
        range_ = f"{variable} > {low}" if above else f"{low} < {variable} < {self.term(prop.upper)}"
        return f"max of {function} for {range_} at {point}"

    def _leaf(self, value: sp.Expr) -> str:
        if isinstance(value, sp.Symbol):
            return self.notation.plain(value)
        return {sp.E: "e", sp.oo: "∞"}.get(value, str(value))

    def _product(self, node: Product) -> str:
        above = "·".join(map(self._factor, node.above)) or "1"
        if len(node.above) == 1 and not node.below:
            above = self._node(node.above[0])
        if len(node.below) == 1:
            return f"{above}/{self._alone(node.below[0])}"
        return f"{above}/({'·'.join(map(self._factor, node.below))})" if node.below else above

    def _alone(self, node: Node) -> str:
        """Return a node that stands below a line or an exponent, in brackets where it would fall apart."""
        text = self._factor(node)
        return f"({text})" if isinstance(node, Product) or _is_open(node) else text

    def _sum(self, node: Sum) -> str:
        text = ""
        for minus, part in node.terms:
            inner = self._factor(part) if minus else self._node(part)
            joint = (" − " if minus else " + ") if text else ("−" if minus else "")
            text += joint + inner
        return text

    def _call(self, node: Call) -> str:
        arguments: Sequence[str] = [self._node(argument) for argument in node.arguments]
        function = node.function
        if isinstance(function, Survival):
            return f"1 − G({arguments[0]})"
        if isinstance(function, TailMoment) and function.args[1] == self.notation.moment:
            return f"T({arguments[0]})"
        if isinstance(function, PowerIntegral):
            return f"∫({arguments[1]}..{arguments[2]}) x^({arguments[0]}) dx"
        if is_slope(function):
            name, orders, _ = read_function(function)
            marks = "′" * orders[0] if len(orders) == 1 else f"^({', '.join(map(str, orders))})"
            return f"{name}{marks}({', '.join(arguments)})"
        return f"{_NAMES.get(type(function), type(function).__name__)}({', '.join(arguments)})"

    def _power(self, node: Power) -> str:
        base, exponent = self._alone(node.base), self._node(node.exponent)
        if isinstance(node.base, Power) or (isinstance(node.base, Leaf) and "^" in base):
            base = f"({base})"
        if exponent.isdigit():
            return base + exponent.translate(_RAISED)
        simple = isinstance(node.exponent, Leaf) and len(exponent) < 3
        return f"{base}^{exponent}" if simple else f"{base}^({exponent})"

    def _factor(self, node: Node) -> str:
        text = self._node(node)
        adds = isinstance(node, Sum) or (isinstance(node, Call) and isinstance(node.function, Survival))
        return f"[{text}]" if adds and "(" in text else f"({text})" if adds else text


def _is_open(node: Node) -> bool:
    """Tell whether a leaf or a call is written as more than a name: a derivative, an integral."""
    if isinstance(node, Leaf):
        return isinstance(node.value, sp.Symbol) and is_total(node.value)
    return isinstance(node, Call) and isinstance(node.function, PowerIntegral)
