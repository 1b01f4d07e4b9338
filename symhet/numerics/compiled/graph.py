"""Formulas as graphs of elementary operations, shared across outputs, with the tests of their conditions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from functools import cached_property

import sympy as sp

from symhet.numerics.compiled.formulas import Formulas, exactly
from symhet.numerics.compiled.operations import ELEMENTARY, Node
from symhet.numerics.compiled.rewriting import without_divisors
from symhet.numerics.compiled.scaling import of_powers, scaled
from symhet.propositions import Rel


class Graph(Formulas):
    """Operations in an order in which each comes after its arguments; equal operations occur once.

    Parameters
    ----------
    outputs : Mapping[str, Expr]
        Formulas by name.
    conditions : Mapping[str, Rel], optional
        Relations to be tested, by name. That inputs and the bases of powers are positive is tested in any case.
    steps : Mapping[Symbol, Expr], optional
        Variables that formulas and conditions may refer to, each after those that it refers to itself.

    Attributes
    ----------
    tests : dict of str to int
        Positions of the comparisons, by the name of the condition.

    Raises
    ------
    TermError
        For a node that has no numeric counterpart.

    Examples
    --------
    >>> x, s = sp.symbols("x s", positive=True)
    >>> [node.op for node in Graph({"y": 1 - x**s}).nodes]
    ['input', 'log', 'input', 'mul', 'expm1', 'neg']
    """

    def __init__(
        self,
        outputs: Mapping[str, sp.Expr],
        conditions: Mapping[str, Rel] | None = None,
        steps: Mapping[sp.Symbol, sp.Expr] | None = None,
    ) -> None:
        super().__init__()
        self.tests: dict[str, int] = {}
        outputs = {name: exactly(sp.sympify(expr, strict=True)) for name, expr in outputs.items()}
        steps = {symbol: exactly(expr) for symbol, expr in (steps or {}).items()}
        if conditions is not None:
            conditions = {n: Rel(rel.op, exactly(rel.lhs), exactly(rel.rhs)) for n, rel in conditions.items()}
        strict = (relation for relation in (conditions or {}).values() if relation.op == "<")
        self._gaps = frozenset(sp.expand(relation.gap) for relation in strict)
        for symbol, expr in steps.items():
            self._define(symbol, expr)
        self.outputs = {name: self._place(scaled(expr)) for name, expr in outputs.items()}
        self._settle_signs()
        if conditions is not None:
            self._test([*steps.values(), *outputs.values()], conditions, steps)
            self._test_sums(outputs)
        self._arrange()

    def _settle_signs(self) -> None:
        """Work out negated outputs with the sign on a factor: this saves most of them one pass over the points."""
        uses = Counter(arg for node in self.nodes for arg in node.args)
        for name, position in self.outputs.items():
            if self.nodes[position].op == "neg" and not uses[position]:
                self.outputs[name] = self._inwards(self.nodes[position].args[0], uses)

    def _arrange(self) -> None:
        """Put operations right before they are first read, output by output, and drop those that nothing reads."""
        place: dict[int, int] = {}
        for wanted in (*self.outputs.values(), *self.tests.values()):
            for position in self._leading_to(wanted, place):
                place[position] = len(place)
        kept = [self.nodes[old] for old in place]
        self.nodes = [Node(node.op, tuple(place[arg] for arg in node.args), node.value) for node in kept]
        self.outputs = {name: place[old] for name, old in self.outputs.items()}
        self.tests = {name: place[old] for name, old in self.tests.items()}

    def _leading_to(self, wanted: int, known: Container[int]) -> list[int]:
        """Return the operations that an operation needs, and itself, in an order in which they can be worked out."""
        found: dict[int, None] = {}
        waiting = [wanted]
        while waiting:
            position = waiting[-1]
            missing = [arg for arg in self.nodes[position].args if arg not in known and arg not in found]
            if missing:
                waiting += reversed(missing)
                continue
            waiting.pop()
            if position not in known:
                found[position] = None
        return list(found)

    def _define(self, symbol: sp.Symbol, expr: sp.Expr) -> None:
        """Place what a symbol stands for; the logarithm of an exponential is at hand."""
        self._done[symbol] = position = self._place(scaled(expr))
        if self.nodes[position].op == "exp":
            self._exponents[symbol] = self._logs[symbol] = self.nodes[position].args[0]

    def _test(
        self, terms: Sequence[sp.Expr], conditions: Mapping[str, Rel], steps: Mapping[sp.Symbol, sp.Expr]
    ) -> None:
        """Add the comparisons, leaving out those that follow from others."""
        terms = [*terms, *(relation.gap for relation in conditions.values())]
        symbols = sorted(frozenset().union(*(term.free_symbols for term in terms)) - steps.keys(), key=str)
        for symbol in symbols:
            if symbol.is_positive and not any((symbol - gap).is_nonnegative for gap in self._gaps):
                self.tests[f"{symbol}>0"] = self._add("lt", self._const(sp.S.Zero), self._place(symbol))
        for label, relation in conditions.items():
            left, right = (self._place(scaled(side)) for side in without_divisors(relation))
            self.tests[label] = self._comparison(relation.op, left, right)
        for base, (least, position) in list(self._bases.items()):
            if not self._is_positive(base, but=steps):
                self.tests[f"{base} > 0"] = self._add("lt", least, position)
                divisor = sp.fraction(base)[1]
                if not self._is_positive(divisor, but=steps):
                    square = self._add("mul", self._place(divisor), self._place(divisor))
                    self.tests[f"{divisor} != 0"] = self._add("lt", self._const(sp.S.Zero), square)
        for base, position in self._fragile.items():
            once = self._add("mul", position, self._add("div", self._const(sp.S.One), position))
            self.tests[f"{base} is a finite double"] = self._add("lt", self._const(sp.S.Zero), once)

    def _test_sums(self, outputs: Mapping[str, sp.Expr]) -> None:
        """Test that results that contain a sum of powers stay within the doubles."""
        for name, expr in outputs.items():
            if any(map(of_powers, expr.atoms(sp.Add))):
                nothing = self._add("sub", self.outputs[name], self.outputs[name])
                self.tests[f"{name} is a finite double"] = self._add("le", self._const(sp.S.Zero), nothing)

    @property
    def supposed(self) -> list[int]:
        """Nothing: every condition is tested."""
        return []

    @cached_property
    def inputs(self) -> tuple[str, ...]:
        """Names of the inputs, sorted."""
        return tuple(sorted(node.value for node in self.nodes if node.op == "input"))

    @cached_property
    def worked_out(self) -> dict[str, int]:
        """Outputs but those that are zero everywhere; all of them if they all are."""
        zero = Node("const", value="0")
        return {name: i for name, i in self.outputs.items() if self.nodes[i] != zero} or self.outputs

    def transcendentals(self) -> int:
        """Return how many logarithms, exponentials and roots an evaluation takes."""
        return sum(node.op in ELEMENTARY for node in self.nodes)
