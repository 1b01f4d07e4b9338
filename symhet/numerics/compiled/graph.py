"""Formulas as graphs of elementary operations, shared across outputs; SymPy goes no further than this file.

Powers are worked out in logarithms: a product of symbolic powers is one exponential of a sum, each base has one
logarithm, and a difference of a power from one is an `expm1`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import sympy as sp

from symhet.errors import TermError
from symhet.numerics.compiled.scaling import of_powers, scaled
from symhet.propositions import Rel

ELEMENTARY = ("exp", "expm1", "log", "log1p", "sqrt")
MOST_MULTIPLICATIONS = 8
"""Whole powers up to this are multiplied out."""


@dataclass(frozen=True)
class Node:
    """One operation of a graph.

    Parameters
    ----------
    op : str
        ``input``, ``const``, ``add``, ``sub``, ``mul``, ``div``, ``neg``, ``sqrt``, ``exp``, ``expm1``, ``log``,
        ``log1p``, or a comparison, ``lt`` or ``le``.
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
    conditions : Mapping[str, Rel], optional
        Inequalities to be tested, by name. That inputs and the bases of powers are positive is tested in any case.

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

    def __init__(self, outputs: Mapping[str, sp.Expr], conditions: Mapping[str, Rel] | None = None) -> None:
        self.nodes: list[Node] = []
        self.tests: dict[str, int] = {}
        self._known: dict[Node, int] = {}
        self._done: dict[sp.Expr, int] = {}
        self._logs: dict[sp.Expr, int] = {}
        self._bases: dict[sp.Expr, tuple[int, int]] = {}
        self._fragile: dict[sp.Expr, int] = {}
        strict = (relation for relation in (conditions or {}).values() if relation.op == "<")
        self._gaps = frozenset(sp.expand(relation.gap) for relation in strict)
        outputs = {name: scaled(expr) for name, expr in outputs.items()}
        self.outputs = {name: self._place(expr) for name, expr in outputs.items()}
        if conditions is not None:
            self._test(outputs, conditions)
        self._prune()

    def _prune(self) -> None:
        """Drop operations that nothing reads."""
        used = {*self.outputs.values(), *self.tests.values()}
        for position in reversed(range(len(self.nodes))):
            if position in used:
                used.update(self.nodes[position].args)
        place = {old: new for new, old in enumerate(sorted(used))}
        kept = [self.nodes[old] for old in place]
        self.nodes = [Node(node.op, tuple(place[arg] for arg in node.args), node.value) for node in kept]
        self.outputs = {name: place[old] for name, old in self.outputs.items()}
        self.tests = {name: place[old] for name, old in self.tests.items()}

    def _test(self, outputs: Mapping[str, sp.Expr], conditions: Mapping[str, Rel]) -> None:
        """Add the comparisons, leaving out those that follow from others."""
        terms = [*outputs.values(), *(relation.gap for relation in conditions.values())]
        symbols = sorted(frozenset().union(*(term.free_symbols for term in terms)), key=str)
        for symbol in symbols:
            if symbol.is_positive and not any((symbol - gap).is_nonnegative for gap in self._gaps):
                self.tests[f"{symbol}>0"] = self._add("lt", self._const(sp.S.Zero), self._place(symbol))
        for label, relation in conditions.items():
            op = "lt" if relation.op == "<" else "le"
            self.tests[label] = self._add(op, *map(self._place, _without_divisors(relation)))
        for base, (least, position) in list(self._bases.items()):
            factors = (factor.as_base_exp()[0] for factor in sp.Mul.make_args(base))
            if not all(factor.is_positive or sp.expand(factor) in self._gaps for factor in factors):
                self.tests[f"{base} > 0"] = self._add("lt", least, position)
                divisor = sp.fraction(base)[1]
                if not all(factor.is_positive for factor in sp.Mul.make_args(divisor)):
                    square = self._add("mul", self._place(divisor), self._place(divisor))
                    self.tests[f"{divisor} != 0"] = self._add("lt", self._const(sp.S.Zero), square)
        for base, position in self._fragile.items():
            once = self._add("mul", position, self._add("div", self._const(sp.S.One), position))
            self.tests[f"{base} is a finite double"] = self._add("lt", self._const(sp.S.Zero), once)
        for name, expr in outputs.items():
            if any(map(of_powers, expr.atoms(sp.Add))):
                nothing = self._add("sub", self.outputs[name], self.outputs[name])
                self.tests[f"{name} is a finite double"] = self._add("le", self._const(sp.S.Zero), nothing)

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of the inputs, sorted."""
        return tuple(sorted(node.value for node in self.nodes if node.op == "input"))

    def transcendentals(self) -> int:
        """Return how many logarithms, exponentials and roots an evaluation takes."""
        return sum(node.op in ELEMENTARY for node in self.nodes)

    def _place(self, expr: sp.Expr) -> int:
        """Return the position of an expression, adding what is missing."""
        if expr not in self._done:
            self._done[expr] = self._freeze(expr)
        return self._done[expr]

    def _add(self, op: str, *args: int, value: str = "") -> int:
        negated = [self.nodes[arg].args[0] if self.nodes[arg].op == "neg" else None for arg in args]
        if op == "neg" and negated[0] is not None:
            return negated[0]
        if op in ("mul", "div") and any(arg is not None for arg in negated):
            plain = (arg if inner is None else inner for arg, inner in zip(args, negated, strict=True))
            product = self._add(op, *plain)
            return product if None not in negated else self._add("neg", product)
        if op in ("add", "sub") and negated[1] is not None:
            return self._add("sub" if op == "add" else "add", args[0], negated[1])
        if op == "add" and negated[0] is not None:
            return self._add("sub", args[1], negated[0])
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
            return self._add("exp", self._place(expr.exp))
        if isinstance(expr, sp.log) and len(expr.args) == 1:
            return self._logarithm(expr.args[0])
        raise TermError(
            f"no numeric counterpart for {type(expr).__name__}",
            where=sp.sstr(expr)[:200],
            why="kernel functions are made of sums, products, powers, exponentials and logarithms",
            fix="replace it by its value before the function is generated",
        )

    # --- sums --------------------------------------------------------------------------------------------

    def _sum(self, expr: sp.Add) -> int:
        untangled = _untangled(expr)
        if untangled != expr:
            return self._place(untangled)
        small = self._near_one(expr)
        if small is None:
            small = self._difference(expr)
        if small is not None:
            return small
        if len(expr.args) == 2 and expr.args[0].is_Rational:
            numer, denom = sp.fraction(expr.args[1])
            if numer.is_Rational and isinstance(denom, sp.Symbol):
                return self._add("div", self._place(expr.args[0] * denom + numer), self._place(denom))
        plus = [term for term in expr.args if not term.could_extract_minus_sign()]
        minus = [-term for term in expr.args if term.could_extract_minus_sign()]
        if not plus:
            return self._add("neg", self._chain("add", minus))
        total = self._chain("add", plus)
        for term in minus:
            total = self._add("sub", total, self._place(term))
        return total

    def _chain(self, op: str, terms: Sequence[sp.Expr]) -> int:
        first, *rest = sorted(terms, key=sp.default_sort_key)
        position = self._place(first)
        for term in rest:
            position = self._add(op, position, self._place(term))
        return position

    def _near_one(self, expr: sp.Add) -> int | None:
        """Return x^e - 1 or 1 - x^e by `expm1`, which loses nothing where the power is close to one."""
        if len(expr.args) != 2 or not expr.args[0].is_Integer or abs(expr.args[0]) != 1:
            return None
        one, power = expr.args
        sign = -1 if one == 1 else 1
        if not self._is_positive_power(sign * power):
            return None
        position = self._add("expm1", self._logarithm(sign * power))
        return position if one == -1 else self._add("neg", position)

    def _difference(self, expr: sp.Add) -> int | None:
        """Return x^e - y^e by `expm1`, which loses nothing where the exponent is small or the bases are close."""
        if len(expr.args) != 2:
            return None
        least, most = sorted(expr.args, key=lambda term: not term.could_extract_minus_sign())
        if most.could_extract_minus_sign() or not least.could_extract_minus_sign():
            return None
        if not all(map(_is_power_product, (-least, most))):
            return None
        ratio = self._add("expm1", self._exponent(-least / most))
        return self._add("neg", self._add("mul", self._place(most), ratio))

    def _is_positive_power(self, term: sp.Expr) -> bool:
        """Tell whether a product is positive under the conditions, and has a symbolic exponent."""
        if _is_power_product(term):
            return True
        parts = [factor.as_base_exp() for factor in sp.Mul.make_args(term)]
        within = (part for base, _ in parts for part in (factor.as_base_exp()[0] for factor in sp.Mul.make_args(base)))
        symbolic = any(not isinstance(exponent, sp.Rational) for _, exponent in parts)
        return symbolic and all(base.is_positive or sp.expand(base) in self._gaps for base in within)

    # --- products and powers -----------------------------------------------------------------------------

    def _product(self, expr: sp.Expr) -> int:
        expr = _over_one_bar(expr)
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
                (above if exponent.p > 0 else below).append(self._add("sqrt", self._place(base)))
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
        square, result = self._place(base), None
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
            if -exponent in by_exponent:
                base, exponent = 1 / base, -exponent
            by_exponent.setdefault(exponent, []).append(base)
        position: int | None = None
        for exponent, bases in by_exponent.items():
            term = self._scaled_log(exponent, sp.Mul(*bases))
            position = term if position is None else self._add("add", position, term)
        assert position is not None
        return position

    def _scaled_log(self, exponent: sp.Expr, base: sp.Expr) -> int:
        logarithm = self._logarithm(base)
        if exponent == 1:
            return logarithm
        if exponent == -1:
            return self._add("neg", logarithm)
        numer, denom = sp.fraction(exponent)
        if numer.could_extract_minus_sign():
            return self._add("neg", self._scaled_log(-exponent, base))
        scaled = logarithm if numer == 1 else self._add("mul", logarithm, self._place(numer))
        return scaled if denom == 1 else self._add("div", scaled, self._place(denom))

    def _logarithm(self, base: sp.Expr) -> int:
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
            return position if rest == 1 else self._add("add", position, self._logarithm(rest))
        excess = self._excess_exponent(base)
        if excess is not None:
            self._bases[sp.log(base.args[1])] = self._const(sp.S.Zero), excess
            rest = self._add("neg", self._add("expm1", self._add("neg", excess)))
            return self._add("add", excess, self._add("log", rest))
        if isinstance(base, sp.Add) and sp.S.One in base.args and not (base - 1).is_positive:
            above = self._place(base - 1)
            self._bases[base] = self._const(sp.S.NegativeOne), above
            return self._add("log1p", above)
        position = self._place(base)
        self._bases[base] = self._const(sp.S.Zero), position
        if any(map(of_powers, factors)):
            self._fragile[base] = position
        return self._add("log", position)

    def _excess_exponent(self, base: sp.Expr) -> int | None:
        """Return y where the base is exp(y) - 1: its logarithm y + log(1 - exp(-y)) exists even if exp(y) does not."""
        if len(base.args) != 2 or base.args[0] != -1 or not isinstance(base, sp.Add):
            return None
        return self._exponent(base.args[1]) if _is_power_product(base.args[1]) else None


@cache
def _untangled(expr: sp.Add) -> sp.Expr:
    """Return a polynomial whose terms cancel as a product, perhaps with one added: (b - 1)(s - 1) loses nothing."""
    if not any(term.could_extract_minus_sign() for term in expr.args) or len(expr.args) < 3:
        return expr
    if not expr.is_polynomial(*expr.free_symbols):
        return expr
    for rest in (sp.S.Zero, sp.S.One, sp.S.NegativeOne):
        product = sp.factor(expr - rest)
        if sum(isinstance(factor.as_base_exp()[0], sp.Add) for factor in sp.Mul.make_args(product)) > 1:
            return product + rest
    return expr


def _is_power_product(term: sp.Expr) -> bool:
    factors = sp.Mul.make_args(term)
    return all(f.is_positive and not isinstance(f.as_base_exp()[1], sp.Rational) for f in factors)


def _over_one_bar(product: sp.Expr) -> sp.Expr:
    """Return the product with factors such as 1 - 1/x as (x - 1)/x: one division less, and nothing cancels."""

    def joined(factor: sp.Expr) -> sp.Expr:
        if isinstance(factor, sp.Add) and len(factor.args) == 2 and factor.args[0].is_Rational:
            numer, denom = sp.fraction(factor.args[1])
            if numer.is_Rational and isinstance(denom, sp.Symbol):
                return (factor.args[0] * denom + numer) / denom
        return factor

    return sp.Mul(*map(joined, sp.Mul.make_args(product)))


def _without_divisors(relation: Rel) -> tuple[sp.Expr, sp.Expr]:
    """Return two sides that compare alike, without divisors that are known to be positive."""
    left, right = relation.lhs, relation.rhs
    for divisor in (sp.fraction(left)[1], sp.fraction(right)[1]):
        if divisor.is_positive and not divisor.is_number:
            left, right = left * divisor, right * divisor
    return left, right
