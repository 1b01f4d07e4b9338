"""A graph whose constants are put together where only some inputs vary: less is left to do at every point.

Factors that are the same everywhere become one, an exponential of a sum with a constant becomes a product with one, and
a power with a plain exponent a root or a square. What changes the order of operations is used only while the constants
are of ordinary size; a difference is never taken apart, for it may cancel.
"""

from __future__ import annotations

from collections.abc import Sequence

from symhet.numerics.compiled.graph import Graph
from symhet.numerics.compiled.operations import Node, Operations

__all__ = ["PLAIN_EXPONENTS", "Hoisted", "is_ordinary"]

PLAIN_EXPONENTS = (0.5, 1.0, 2.0, -1.0)
SMALLEST, LARGEST = 1e-100, 1e100
"""Bounds of factors that may be put together."""
LARGEST_SHIFT = 30.0
"""Bound of what may be taken out of an exponential."""


def is_ordinary(factors: Sequence[float], shifts: Sequence[float]) -> bool:
    """Tell whether constants are of a size at which putting them together loses nothing."""
    return all(SMALLEST < abs(x) < LARGEST for x in factors) and all(abs(x) < LARGEST_SHIFT for x in shifts)


class Hoisted(Operations):
    """The operations of a graph with constants put together.

    Parameters
    ----------
    graph : Graph
        Formulas and conditions.
    varying : frozenset of str
        Inputs that vary; the others are the same at every point.
    exponents : sequence of float or None
        Plain values of the exponents in `exponents_at`, in order; None for an exponent like any other.

    Attributes
    ----------
    worked_out, tests : dict of str to int
        As of the graph.
    factors, shifts, exponents_at : list of int
        Constants that must be ordinary, and those that may be plain exponents.
    """

    def __init__(self, graph: Graph, varying: frozenset[str], exponents: Sequence[float | None] = ()) -> None:
        super().__init__()
        self.inputs = graph.inputs
        self.varying = varying
        self.factors: list[int] = []
        self.shifts: list[int] = []
        self.exponents_at: list[int] = []
        self._plain = dict(enumerate(exponents))
        self._moves: dict[int, bool] = {}
        self._scaled: dict[int, tuple[int, int]] = {}
        place: list[int] = []
        for node in graph.nodes:
            place.append(self._copied(node, tuple(place[arg] for arg in node.args)))
        self.worked_out = {name: place[position] for name, position in graph.worked_out.items()}
        self.tests = {label: place[position] for label, position in graph.tests.items()}
        self._drop_unused()

    @property
    def told(self) -> int:
        """Number of constants whose values matter."""
        return len(self.factors) + len(self.shifts) + len(self.exponents_at)

    def _drop_unused(self) -> None:
        listed = (self.factors, self.shifts, self.exponents_at)
        used = {*self.worked_out.values(), *self.tests.values(), *(i for found in listed for i in found)}
        for position in reversed(range(len(self.nodes))):
            if position in used:
                used.update(self.nodes[position].args)
        place = {old: new for new, old in enumerate(sorted(used))}
        self.nodes = [
            Node(node.op, tuple(place[arg] for arg in node.args), node.value)
            for node in (self.nodes[old] for old in place)
        ]
        self.worked_out = {name: place[old] for name, old in self.worked_out.items()}
        self.tests = {label: place[old] for label, old in self.tests.items()}
        self.factors, self.shifts, self.exponents_at = ([place[old] for old in found] for found in listed)

    def _operation(self, op: str, args: tuple[int, ...], value: str = "") -> int:
        position = super()._operation(op, args, value)
        moving = value in self.varying if op == "input" else any(self._moves[arg] for arg in args)
        self._moves[position] = moving
        return position

    def _copied(self, node: Node, args: tuple[int, ...]) -> int:
        if not any(self._moves[arg] for arg in args):
            return self._operation(node.op, args, node.value)
        if node.op == "exp":
            return self._exponential(args[0])
        if node.op == "mul":
            return self._product(*args)
        if node.op == "div":
            return self._quotient(*args)
        return self._operation(node.op, args, node.value)

    def _factor(self, op: str, *args: int) -> int:
        """Return a constant that must be of ordinary size."""
        position = self._operation(op, args)
        if position not in self.factors:
            self.factors.append(position)
        return position

    def _product(self, first: int, second: int) -> int:
        if self._moves[first] and self._moves[second]:
            return self._operation("mul", (first, second))
        x, factor = (first, second) if self._moves[first] else (second, first)
        if x in self._scaled:
            x, before = self._scaled[x]
            factor = self._factor("mul", before, factor)
        position = self._operation("mul", (x, factor))
        self._scaled[position] = x, factor
        return position

    def _quotient(self, above: int, below: int) -> int:
        if self._moves[above] and self._moves[below]:
            return self._operation("div", (above, below))
        if self._moves[above]:
            return self._product(above, self._factor("div", self._one(), below))
        if below in self._scaled:
            below, factor = self._scaled[below]
            above = self._factor("div", above, factor)
        return self._operation("div", (above, below))

    def _one(self) -> int:
        return self._operation("const", (), "1")

    def _exponential(self, argument: int) -> int:
        """Return an exponential, a constant in its argument as a factor."""
        base, scale, shift = self._parted(argument)
        result = self._power(base, scale)
        if shift is None:
            return result
        if shift not in self.shifts:
            self.shifts.append(shift)
        return self._product(result, self._operation("exp", (shift,)))

    def _power(self, base: int, scale: int | None) -> int:
        node = self.nodes[base]
        if node.op == "log":
            self.exponents_at.append(self._one() if scale is None else scale)
            plain = self._plain.get(len(self.exponents_at) - 1)
            x = node.args[0]
            if plain == 0.5:
                return self._operation("sqrt", (x,))
            if plain == 1.0:
                return x
            if plain == 2.0:
                return self._operation("mul", (x, x))
            if plain == -1.0:
                return self._operation("div", (self._one(), x))
        return self._operation("exp", (base if scale is None else self._operation("mul", (base, scale)),))

    def _parted(self, position: int) -> tuple[int, int | None, int | None]:
        """Return base, scale and shift of a term scale * base + shift; None where there is none."""
        node = self.nodes[position]
        still = [arg for arg in node.args if not self._moves[arg]]
        if node.op == "neg":
            minus = self._operation("const", (), "-1")
            return self._rescaled(*self._parted(node.args[0]), minus)
        if node.op not in ("add", "sub", "mul") or len(still) != 1:
            return position, None, None
        constant = still[0]
        base, scale, shift = self._parted(next(arg for arg in node.args if arg != constant))
        if node.op == "mul":
            return self._rescaled(base, scale, shift, constant)
        if node.op == "sub" and node.args[1] == constant:
            constant = self._operation("neg", (constant,))
        elif node.op == "sub":
            base, scale, shift = self._rescaled(base, scale, shift, self._operation("const", (), "-1"))
        return base, scale, constant if shift is None else self._operation("add", (shift, constant))

    def _rescaled(
        self, base: int, scale: int | None, shift: int | None, factor: int
    ) -> tuple[int, int | None, int | None]:
        return (
            base,
            factor if scale is None else self._operation("mul", (scale, factor)),
            None if shift is None else self._operation("mul", (shift, factor)),
        )
