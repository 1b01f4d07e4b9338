"""Formulas as graphs of elementary operations, shared across outputs; SymPy goes no further than this file.

Powers are worked out in logarithms: a product of symbolic powers is one exponential of a sum, each base has one
logarithm, and a difference of a power from one is an `expm1`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sympy as sp

from symhet.errors import TermError

MOST_MULTIPLICATIONS = 8
"""Whole powers up to this are multiplied out."""


@dataclass(frozen=True)
class Node:
    """One operation of a graph.

    Parameters
    ----------
    op : str
        ``input``, ``const``, ``add``, ``sub``, ``mul``, ``div``, ``neg``, ``sqrt``, ``exp``, ``expm1``, ``log``, ``log1p``.
    args : tuple of int
        Positions of the arguments in the graph.
    value : str
        Name of an input, or the exact quotient of a constant.
    """

    op: str
    args: tuple[int, ...] = ()
    value: str = ""


class Graph:
    """Operations in an order in which each comes after its arguments; equal operations occur once.

    Parameters
    ----------
    outputs : Mapping[str, Expr]
        Formulas by name.

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

    def __init__(self, outputs: Mapping[str, sp.Expr]) -> None:
        self.nodes: list[Node] = []
        self._known: dict[Node, int] = {}
        self._done: dict[sp.Expr, int] = {}
        self._logs: dict[sp.Expr, int] = {}
        self.outputs = {name: self.freeze(expr) for name, expr in outputs.items()}

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of the inputs, sorted."""
        return tuple(sorted(node.value for node in self.nodes if node.op == "input"))

    def transcendentals(self) -> int:
        """Return how many logarithms, exponentials and roots an evaluation takes."""
        return sum(node.op in ("exp", "expm1", "log", "log1p", "sqrt") for node in self.nodes)

    def freeze(self, expr: sp.Expr) -> int:
        """Return the position of an expression, adding what is missing."""
        if expr not in self._done:
            self._done[expr] = self._freeze(expr)
        return self._done[expr]

    def _add(self, op: str, *args: int, value: str = "") -> int:
        node = Node(op, args, value)
        if node not in self._known:
            self._known[node] = len(self.nodes)
            self.nodes.append(node)
        return self._known[node]

    def _const(self, number: sp.Rational) -> int:
        return self._add("const", value=f"{number.p}/{number.q}" if number.q != 1 else str(number.p))

    def _freeze(self, expr: sp.Expr) -> int:
        if isinstance(expr, sp.Symbol):
            return self._add("input", value=expr.name)
        if isinstance(expr, sp.Rational):
            return self._const(expr)
        if isinstance(expr, sp.Add):
            return self._sum(expr)
        if isinstance(expr, sp.Mul | sp.Pow):
            return self._product(expr)
        if isinstance(expr, sp.exp):
            return self._add("exp", self.freeze(expr.exp))
        if isinstance(expr, sp.log) and len(expr.args) == 1:
            return self.log(expr.args[0])
        raise TermError(
            f"no numeric counterpart for {type(expr).__name__}",
            where=sp.sstr(expr)[:200],
            why="kernel functions are made of sums, products, powers, exponentials and logarithms",
            fix="replace it by its value before the function is generated",
        )

    # --- sums --------------------------------------------------------------------------------------------

    def _sum(self, expr: sp.Add) -> int:
        small = self._near_one(expr)
        if small is not None:
            return small
        plus = [term for term in expr.args if not term.could_extract_minus_sign()]
        minus = [-term for term in expr.args if term.could_extract_minus_sign()]
        if not plus:
            return self._add("neg", self._chain("add", minus))
        total = self._chain("add", plus)
        for term in minus:
            total = self._add("sub", total, self.freeze(term))
        return total

    def _chain(self, op: str, terms: Sequence[sp.Expr]) -> int:
        first, *rest = sorted(terms, key=sp.default_sort_key)
        position = self.freeze(first)
        for term in rest:
            position = self._add(op, position, self.freeze(term))
        return position

    def _near_one(self, expr: sp.Add) -> int | None:
        """Return x^e - 1 or 1 - x^e by `expm1`, which loses nothing where the power is close to one."""
        if len(expr.args) != 2 or not expr.args[0].is_Integer or abs(expr.args[0]) != 1:
            return None
        one, power = expr.args
        sign = -1 if one == 1 else 1
        if not _is_power_product(sign * power):
            return None
        position = self._add("expm1", self._exponent(sign * power))
        return position if one == -1 else self._add("neg", position)

    # --- products and powers -----------------------------------------------------------------------------

    def _product(self, expr: sp.Expr) -> int:
        coefficient, factors = expr.as_coeff_mul()
        above: list[int] = []
        below: list[int] = []
        symbolic: list[sp.Expr] = []
        for factor in factors:
            base, exponent = factor.as_base_exp()
            if not isinstance(exponent, sp.Rational):
                symbolic.append(factor)
            elif exponent.q == 1 and abs(exponent.p) <= MOST_MULTIPLICATIONS:
                (above if exponent.p > 0 else below).append(self._whole_power(base, abs(exponent.p)))
            elif abs(exponent) == sp.S.Half:
                (above if exponent.p > 0 else below).append(self._add("sqrt", self.freeze(base)))
            else:
                symbolic.append(factor)
        if symbolic:
            above.append(self._add("exp", self._exponent(sp.Mul(*symbolic))))
        if abs(coefficient.p) != 1 or (not above and not below):
            above.append(self._const(sp.Integer(abs(coefficient.p))))
        if coefficient.q != 1:
            below.append(self._const(sp.Integer(coefficient.q)))
        top = self._multiply(above) if above else self._const(sp.S.One)
        position = self._add("div", top, self._multiply(below)) if below else top
        return self._add("neg", position) if coefficient.p < 0 else position

    def _multiply(self, positions: Sequence[int]) -> int:
        first, *rest = sorted(positions)
        for position in rest:
            first = self._add("mul", first, position)
        return first

    def _whole_power(self, base: sp.Expr, exponent: int) -> int:
        square, result = self.freeze(base), None
        while exponent:
            if exponent & 1:
                result = square if result is None else self._add("mul", result, square)
            exponent >>= 1
            if exponent:
                square = self._add("mul", square, square)
        assert result is not None
        return result

    def _exponent(self, product: sp.Expr) -> int:
        """Return the logarithm of a product of powers; logarithms with a common exponent are added first."""
        by_exponent: dict[sp.Expr, list[sp.Expr]] = {}
        for factor in sp.Mul.make_args(product):
            base, exponent = factor.as_base_exp()
            by_exponent.setdefault(exponent, []).append(base)
        position: int | None = None
        for exponent, bases in by_exponent.items():
            term = self._scaled_log(exponent, sp.Mul(*bases))
            position = term if position is None else self._add("add", position, term)
        assert position is not None
        return position

    def _scaled_log(self, exponent: sp.Expr, base: sp.Expr) -> int:
        logarithm = self.log(base)
        if exponent == 1:
            return logarithm
        if exponent == -1:
            return self._add("neg", logarithm)
        numer, denom = sp.fraction(exponent)
        if numer.could_extract_minus_sign():
            return self._add("neg", self._scaled_log(-exponent, base))
        scaled = logarithm if numer == 1 else self._add("mul", logarithm, self.freeze(numer))
        return scaled if denom == 1 else self._add("div", scaled, self.freeze(denom))

    def log(self, base: sp.Expr) -> int:
        """Return the logarithm of a positive expression; powers inside it become multiples."""
        if base not in self._logs:
            self._logs[base] = self._log(base)
        return self._logs[base]

    def _log(self, base: sp.Expr) -> int:
        factors = sp.Mul.make_args(base)
        powers = [f for f in factors if not isinstance(f.as_base_exp()[1], sp.Integer)]
        if powers:
            rest = sp.Mul(*(f for f in factors if f not in powers))
            position = self._exponent(sp.Mul(*powers))
            return position if rest == 1 else self._add("add", position, self.log(rest))
        if isinstance(base, sp.Add) and sp.S.One in base.args:
            return self._add("log1p", self.freeze(base - 1))
        return self._add("log", self.freeze(base))


def _is_power_product(term: sp.Expr) -> bool:
    factors = sp.Mul.make_args(term)
    return all(f.is_positive and not isinstance(f.as_base_exp()[1], sp.Rational) for f in factors)
