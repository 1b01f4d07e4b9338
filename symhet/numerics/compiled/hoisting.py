"""A graph whose constants are put together where only some inputs vary: less is left to do at every point.

Factors that are the same everywhere become one, an exponential of a sum with a constant becomes a product with one, and
a power with a plain exponent a root or a square. What changes the order of operations is used only while the constants
are of ordinary size; a difference is never taken apart, for it may cancel.

Calm code is for inputs of which it is known that all conditions hold between the least and the greatest of them: it
tests nothing, and is written more shortly where nothing leaves the doubles or cancels between these two.
"""

from __future__ import annotations

from collections.abc import Sequence

from symhet.numerics.compiled.graph import Graph
from symhet.numerics.compiled.operations import Node, Operations

__all__ = ["PLAIN_EXPONENTS", "Hoisted", "is_ordinary"]

PLAIN_EXPONENTS = (0.5, 1.0, 2.0, -1.0, -0.5)
SMALLEST, LARGEST = 1e-100, 1e100
"""Bounds of factors that may be put together."""
LARGEST_SHIFT = 30.0
"""Bound of what may be taken out of an exponential."""
LARGEST_EXPONENT = "700"
"""Bound of exponents whose exponential is a double with room to spare."""
LARGEST_PART = "2"
"""How many times as large as a sum a part of it may be where sums are taken apart: a bit is lost, not a digit."""


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
    calm : bool
        Leave out the conditions on what varies, and list them in `supposed`.

    Attributes
    ----------
    worked_out, tests : dict of str to int
        As of the graph.
    supposed : list of int
        Comparisons that calm code takes for granted.
    factors, shifts, exponents_at : list of int
        Constants that must be ordinary, and those that may be plain exponents.
    """

    def __init__(
        self, graph: Graph, varying: frozenset[str], exponents: Sequence[float | None] = (), calm: bool = False
    ) -> None:
        super().__init__()
        self.calm = calm
        self.supposed: list[int] = []
        self.inputs = graph.inputs
        self.varying = varying
        self.factors: list[int] = []
        self.shifts: list[int] = []
        self.exponents_at: list[int] = []
        self._plain = dict(enumerate(exponents))
        self._moves: dict[int, bool] = {}
        self._scaled: dict[int, tuple[int, int]] = {}
        self._over: dict[int, tuple[int, int]] = {}
        place: list[int] = []
        for node in graph.nodes:
            exponent = _log_of_power_less_one(graph, node) if calm else None
            if exponent is not None and self._moves[place[exponent]]:
                place.append(self._log_of_excess(place[exponent]))
            else:
                place.append(self._copied(node, tuple(place[arg] for arg in node.args)))
        self.worked_out = {name: place[position] for name, position in graph.worked_out.items()}
        self.tests = {label: place[position] for label, position in graph.tests.items()}
        if calm:
            self.supposed += [position for position in self.tests.values() if self._moves[position]]
            self.tests = {label: position for label, position in self.tests.items() if not self._moves[position]}
        self._drop_unused()

    @property
    def told(self) -> list[int]:
        """Constants whose values matter."""
        return [*self.factors, *self.shifts, *self.exponents_at]

    def _drop_unused(self) -> None:
        listed = (self.supposed, self.factors, self.shifts, self.exponents_at)
        used = {
            *self.worked_out.values(),
            *self.tests.values(),
            *(i for found in listed for i in found),
        }
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
        moved = ([place[old] for old in found] for found in listed)
        self.supposed, self.factors, self.shifts, self.exponents_at = moved

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
        if node.op == "expm1":
            return self._excess(args[0])
        position = self._operation(node.op, args, node.value)
        return self._affine(position) if self.calm and node.op in ("add", "sub") else position

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
        if x in self._over:
            above, below = self._over[x]
            return self._quotient(self._factor("mul", above, factor), below)
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
            return self._product(above, self._factor("div", self._constant("1"), below))
        if below in self._scaled:
            below, factor = self._scaled[below]
            above = self._factor("div", above, factor)
        position = self._operation("div", (above, below))
        self._over[position] = above, below
        return position

    def _constant(self, value: str) -> int:
        return self._operation("const", (), value)

    def _exponential(self, argument: int) -> int:
        """Return an exponential, a constant in its argument as a factor."""
        base, scale, shift = self._parted(argument)
        result = self._power(base, scale)
        return result if shift is None else self._product(result, self._shifted(shift))

    def _shifted(self, shift: int) -> int:
        """Return the exponential of a constant that must be of ordinary size."""
        if shift not in self.shifts:
            self.shifts.append(shift)
        return self._operation("exp", (shift,))

    def _plain_exponent(self, scale: int | None) -> float | None:
        """Return the value of an exponent if it is a plain one, and ask for it."""
        self.exponents_at.append(self._constant("1") if scale is None else scale)
        return self._plain.get(len(self.exponents_at) - 1)

    def _power(self, base: int, scale: int | None) -> int:
        node = self.nodes[base]
        if node.op == "log":
            plain, x = self._plain_exponent(scale), node.args[0]
            if plain in (0.5, -0.5):
                return self._root(x, plain)
            if plain == 1.0:
                return x
            if plain == 2.0:
                return self._operation("mul", (x, x))
            if plain == -1.0:
                return self._quotient(self._constant("1"), x)
        return self._operation("exp", (base if scale is None else self._operation("mul", (base, scale)),))

    def _root(self, x: int, exponent: float) -> int:
        """Return a root or one over it; a constant factor comes out of it."""
        if x in self._scaled:
            base, factor = self._scaled[x]
            return self._product(self._root(base, exponent), self._root_of_constant(factor, exponent))
        if x in self._over:
            factor, base = self._over[x]
            return self._product(self._root(base, -exponent), self._root_of_constant(factor, exponent))
        root = self._operation("sqrt", (x,))
        return root if exponent > 0 else self._quotient(self._constant("1"), root)

    def _root_of_constant(self, factor: int, exponent: float) -> int:
        half = self._constant("1/2" if exponent > 0 else "-1/2")
        return self._shifted(self._operation("mul", (half, self._operation("log", (factor,)))))

    def _excess(self, argument: int) -> int:
        """Return an exponential less one; of a plain power of 1 + x without going through logarithms."""
        base, scale, shift = self._parted(argument)
        if shift is None and self.nodes[base].op == "log1p":
            plain, x = self._plain_exponent(scale), self.nodes[base].args[0]
            whole = self._operation("add", (self._constant("1"), x))
            if plain == 1.0:
                return x
            if plain == -1.0:
                return self._operation("neg", (self._operation("div", (x, whole)),))
            if plain == 2.0:
                return self._operation("mul", (x, self._operation("add", (self._constant("1"), whole))))
            if plain == 0.5:
                root = self._operation("sqrt", (whole,))
                return self._operation("div", (x, self._operation("add", (self._constant("1"), root))))
        return self._operation("expm1", (argument,))

    def _log_of_excess(self, exponent: int) -> int:
        """Return log(exp(-t) - 1) of an exponent t, which is supposed to leave that within the doubles."""
        base, scale, shift = self._parted(self._operation("neg", (exponent,)))
        rest = base if scale is None else self._product(base, scale)
        rest = rest if shift is None else self._operation("add", (rest, shift))
        self.supposed.append(self._operation("lt", (rest, self._constant(LARGEST_EXPONENT))))
        return self._operation("log", (self._excess(rest),))

    def _affine(self, position: int) -> int:
        """Return scale * (base + inner) + outer as one product and one sum, supposed that nothing cancels."""
        product = next((arg for arg in self.nodes[position].args if arg in self._scaled), None)
        if product is None:
            return position
        inner, factor = self._scaled[product]
        moved = self._parted(inner)[2]
        base, scale, shift = self._parted(position)
        if moved is None or scale is None or shift is None:
            return position
        part = self._operation("mul", (base, scale))
        whole = self._operation("add", (part, shift))
        most = self._operation("mul", (self._size(whole), self._constant(LARGEST_PART)))
        for each in (part, self._operation("mul", (moved, factor))):
            self.supposed.append(self._operation("le", (self._size(each), most)))
        return whole

    def _parted(self, position: int) -> tuple[int, int | None, int | None]:
        """Return base, scale and shift of a term scale * base + shift; None where there is none."""
        node = self.nodes[position]
        still = [arg for arg in node.args if not self._moves[arg]]
        if node.op == "neg":
            minus = self._constant("-1")
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
            base, scale, shift = self._rescaled(base, scale, shift, self._constant("-1"))
        return base, scale, constant if shift is None else self._operation("add", (shift, constant))

    def _rescaled(
        self, base: int, scale: int | None, shift: int | None, factor: int
    ) -> tuple[int, int | None, int | None]:
        return (
            base,
            factor if scale is None else self._operation("mul", (scale, factor)),
            None if shift is None else self._operation("mul", (shift, factor)),
        )


def _log_of_power_less_one(graph: Graph, node: Node) -> int | None:
    """Return the t of log(1 - exp(t)) - t, which is how formulas have the logarithm of exp(-t) - 1."""
    if node.op != "sub":
        return None
    inner, exponent = graph.nodes[node.args[0]], node.args[1]
    for op in ("log", "neg"):
        if inner.op != op:
            return None
        inner = graph.nodes[inner.args[0]]
    return exponent if inner.op == "expm1" and inner.args[0] == exponent else None
