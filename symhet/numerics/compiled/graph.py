"""Formulas as graphs of elementary operations, shared across outputs; SymPy goes no further than this file.

Powers are worked out in logarithms: a product of symbolic powers is one exponential of a sum, each base has one
logarithm, and a difference of a power from one is an `expm1`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from functools import cached_property, partial, reduce

import sympy as sp

from symhet.errors import TermError
from symhet.numerics.compiled.cancelling import differences, is_power_product
from symhet.numerics.compiled.operations import ELEMENTARY, Node, Operations
from symhet.numerics.compiled.rewriting import over_one_bar, untangled, without_divisors
from symhet.numerics.compiled.scaling import of_powers, scaled
from symhet.propositions import Rel

MOST_MULTIPLICATIONS = 8
"""Whole powers up to this are multiplied out."""


class Graph(Operations):
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
        self._done: dict[sp.Expr, int] = {}
        self._logs: dict[sp.Expr, int] = {}
        self._bases: dict[sp.Expr, tuple[int, int]] = {}
        self._fragile: dict[sp.Expr, int] = {}
        self._exponents: dict[sp.Symbol, int] = {}
        strict = (relation for relation in (conditions or {}).values() if relation.op == "<")
        self._gaps = frozenset(sp.expand(relation.gap) for relation in strict)
        steps = steps or {}
        for symbol, expr in steps.items():
            self._define(symbol, expr)
        self.outputs = {name: self._place(scaled(expr)) for name, expr in outputs.items()}
        self._settle_signs()
        if conditions is not None:
            self._test([*steps.values(), *outputs.values()], conditions, steps)
            self._test_sums(outputs)
        self._arrange()

    def _settle_signs(self) -> None:
        """Work out negated outputs with the sign on a factor: it is a pass over the points less for most of them."""
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

    def _place(self, expr: sp.Expr) -> int:
        """Return the position of an expression, adding what is missing."""
        if expr not in self._done:
            self._done[expr] = self._freeze(expr)
        return self._done[expr]

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
        if isinstance(expr, sp.Max):
            return self._chain("maximum", expr.args)
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
        product = untangled(expr)
        if product != expr:
            return self._place(product)
        small = self._near_one(expr)
        if small is None and len(expr.args) == 2:
            small = self._difference(*expr.args)
        if small is None:
            small = self._differences(expr)
        if small is not None:
            return small
        if len(expr.args) == 2 and expr.args[0].is_Rational:
            numer, denom = sp.fraction(expr.args[1])
            if numer.is_Rational and isinstance(denom, sp.Symbol):
                return self._add("div", self._place(expr.args[0] * denom + numer), self._place(denom))
        terms = sorted(expr.args, key=sp.default_sort_key)
        plus = [term for term in terms if not term.could_extract_minus_sign()]
        minus = [-term for term in terms if term.could_extract_minus_sign()]
        if not plus:
            return self._add("neg", self._chain("add", minus))
        # The difference of two exact numbers is right to the last digit, however close they are.
        exact = list(zip(filter(_is_exact, plus), filter(_is_exact, minus), strict=False))
        parts = [self._add("sub", self._place(more), self._place(less)) for more, less in exact]
        parts += [self._place(term) for term in plus if term not in [more for more, _ in exact]]
        total = reduce(partial(self._add, "add"), parts)
        for term in minus:
            if term not in [less for _, less in exact]:
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

    def _difference(self, *terms: sp.Expr) -> int | None:
        """Return x^e - y^e by `expm1`, which loses nothing where the exponent is small or the bases are close."""
        least, most = sorted(terms, key=lambda term: not term.could_extract_minus_sign())
        if most.could_extract_minus_sign() or not least.could_extract_minus_sign():
            return None
        if not all(map(is_power_product, (-least, most))):
            return None
        ratio = self._add("expm1", self._exponent(-least / most))
        return self._add("neg", self._add("mul", self._place(most), ratio))

    def _differences(self, expr: sp.Add) -> int | None:
        """Return a sum from which powers are taken away as a sum of differences."""
        position: int | None = None
        for coefficient, power, less in differences(expr):
            term = self._place(power) if less is None else self._place(power - less)
            weight = -coefficient if coefficient.could_extract_minus_sign() else coefficient
            if weight != 1:
                term = self._add("mul", term, self._place(weight))
            if position is None:
                position = term if weight == coefficient else self._add("neg", term)
            else:
                position = self._add("add" if weight == coefficient else "sub", position, term)
        return position

    def _is_positive_power(self, term: sp.Expr) -> bool:
        """Tell whether a product is positive under the conditions, and has a symbolic exponent."""
        if is_power_product(term):
            return True
        parts = [factor.as_base_exp() for factor in sp.Mul.make_args(term)]
        symbolic = any(not isinstance(exponent, sp.Rational) for _, exponent in parts)
        return symbolic and all(self._is_positive(base) for base, _ in parts)

    def _is_positive(self, product: sp.Expr, but: Container[sp.Expr] = ()) -> bool:
        """Tell whether each factor is positive by its symbols, except for those named, or by the conditions."""
        bases = (factor.as_base_exp()[0] for factor in sp.Mul.make_args(product))
        return all((base.is_positive and base not in but) or sp.expand(base) in self._gaps for base in bases)

    # --- products and powers -----------------------------------------------------------------------------

    def _product(self, expr: sp.Expr) -> int:
        expr = over_one_bar(expr)
        coefficient, factors = expr.as_coeff_mul()
        above: list[int] = []
        below: list[int] = []
        symbolic: list[sp.Expr] = []
        known: list[sp.Expr] = []
        for factor in factors:
            base, exponent = factor.as_base_exp()
            if not isinstance(exponent, sp.Rational):
                symbolic.append(factor)
            elif factor in self._exponents:
                known.append(factor)
            elif exponent.q == 1 and abs(exponent.p) <= MOST_MULTIPLICATIONS:
                (above if exponent.p > 0 else below).append(self._whole_power(base, abs(exponent.p)))
            elif abs(exponent) == sp.S.Half:
                (above if exponent.p > 0 else below).append(self._add("sqrt", self._place(base)))
            else:
                symbolic.append(factor)
        if symbolic:
            above.append(self._add("exp", self._exponent(sp.Mul(*symbolic, *known))))
        else:
            above.extend(map(self._place, known))
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
            inverse = self._logs.get(1 / base)
            self._logs[base] = self._log(base) if inverse is None else self._add("neg", inverse)
        return self._logs[base]

    def _log(self, base: sp.Expr) -> int:
        factors = sp.Mul.make_args(base)
        powers = [f for f in factors if not isinstance(f.as_base_exp()[1], sp.Integer)]
        if all(f.as_base_exp()[0] in self._exponents for f in factors):
            return self._place(sp.Add(*(f.as_base_exp()[1] * sp.log(f.as_base_exp()[0]) for f in factors)))
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
        return self._exponent(base.args[1]) if is_power_product(base.args[1]) else None


def _is_exact(term: sp.Expr) -> bool:
    return isinstance(term, sp.Symbol | sp.Integer)
