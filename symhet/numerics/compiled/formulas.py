"""SymPy's terms as elementary operations; SymPy goes no further than this file.

Powers are worked out in logarithms: a product of symbolic powers is one exponential of a sum, each base has one
logarithm, and a difference of a power from one is an `expm1`. Where a quotient has a limit that doubles would miss,
as (x^s - 1)/s at s = 0 or a mean of order r at r = 0, it is written so that it takes that value.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import partial, reduce
from math import prod

import sympy as sp

from symhet.errors import TermError
from symhet.numerics.compiled.cancelling import differences, is_power_product
from symhet.numerics.compiled.limits import Part, mean, mean_with_one, over_excess, power_less_one, shared
from symhet.numerics.compiled.operations import Operations
from symhet.numerics.compiled.rewriting import over_one_bar, untangled
from symhet.numerics.compiled.scaling import of_powers

__all__ = ["MOST_MULTIPLICATIONS", "Formulas", "exactly"]

MOST_MULTIPLICATIONS = 8
"""Whole powers up to this are multiplied out."""
SHORT_DENOMINATOR = 1000
"""Exponents with greater denominators are one number, not a quotient of two."""
TINIEST = sp.Rational(1, 2**1022)
"""Added above and below a quotient, it changes nothing but 0/0, which becomes one."""


def exactly(term: sp.Expr) -> sp.Expr:
    """Return a term whose decimals are the exact fractions that doubles are.

    Examples
    --------
    >>> exactly(sp.Float("0.5") * sp.Symbol("x"))
    x/2
    """
    floats = {number: sp.Rational(*float(number).as_integer_ratio()) for number in term.atoms(sp.Float)}
    return term.xreplace(floats) if floats else term


class Formulas(Operations):
    """Operations that terms are made of, each term placed once."""

    def __init__(self) -> None:
        super().__init__()
        self._done: dict[sp.Expr, int] = {}
        self._logs: dict[sp.Expr, int] = {}
        self._bases: dict[sp.Expr, tuple[int, int]] = {}
        self._fragile: dict[sp.Expr, int] = {}
        self._exponents: dict[sp.Symbol, int] = {}
        self._gaps: frozenset[sp.Expr] = frozenset()

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
        if isinstance(expr, sp.NumberSymbol):
            return self._const(sp.Rational(*float(expr).as_integer_ratio()))
        if isinstance(expr, sp.Add):
            return self._sum(expr)
        if isinstance(expr, sp.Mul | sp.Pow):
            return self._product(expr)
        if isinstance(expr, sp.exp):
            return self._add("exp", self._place(expr.exp))
        if isinstance(expr, sp.Max):
            return self._chain("maximum", expr.args)
        if isinstance(expr, sp.Min):
            return self._add("neg", self._place(sp.Max(*(-arg for arg in expr.args), evaluate=False)))
        if isinstance(expr, sp.Abs):
            return self._size(self._place(expr.args[0]))
        if isinstance(expr, sp.log) and len(expr.args) == 1:
            return self._logarithm(expr.args[0])
        raise TermError(
            f"no numeric counterpart for {type(expr).__name__}",
            where=sp.sstr(expr)[:200],
            why="numeric functions are made of sums, products, powers, exponentials and logarithms",
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
        """Tell whether a product is positive under the conditions, and has an exponent that is no whole number."""
        if is_power_product(term):
            return True
        parts = [factor.as_base_exp() for factor in sp.Mul.make_args(term)]
        symbolic = any(not isinstance(exponent, sp.Integer) for _, exponent in parts)
        return symbolic and all(self._is_positive(base) for base, _ in parts)

    def _is_positive(self, product: sp.Expr, but: Container[sp.Expr] = ()) -> bool:
        """Tell whether each factor is positive by its symbols, except for those named, or by the conditions."""
        bases = (factor.as_base_exp()[0] for factor in sp.Mul.make_args(product))
        return all((base.is_positive and base not in but) or sp.expand(base) in self._gaps for base in bases)

    # --- products and powers -----------------------------------------------------------------------------

    def _product(self, expr: sp.Expr) -> int:
        quotient = self._quotient(expr)
        if quotient is not None:
            return quotient
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

    def _quotient(self, expr: sp.Expr) -> int | None:
        """Return a product with a quotient of a limit, such as (x^s - 1)/s or log(x)/(x - 1), as a product with it."""
        factors = sp.Mul.make_args(expr)
        below = [1 / factor for factor in factors if factor.as_base_exp()[1] == -1 and factor.free_symbols]
        for factor in factors if below else ():
            power = power_less_one(factor)
            for divisor in below:
                rest = sp.Mul(*(f for f in factors if f is not factor and f != 1 / divisor))
                if power is not None and (share := shared(power[1].as_base_exp()[1], divisor)) is not None:
                    sign, (base, _) = power[0], power[1].as_base_exp()
                    logarithm = self._exponent(power[1])
                    quotient = self._ratio(self._add("expm1", logarithm), logarithm)
                    return self._times(quotient, sign * share * rest * (1 if base == sp.E else sp.log(base)))
                if isinstance(factor, sp.log) and (sign := over_excess(factor.args[0], divisor)):
                    quotient = self._ratio(self._logarithm(factor.args[0]), self._place(factor.args[0] - 1))
                    return self._times(quotient, sign * rest)
        return None

    def _ratio(self, above: int, below: int) -> int:
        """Return a quotient of two terms that vanish together, where they are equal: one."""
        tiny = self._const(TINIEST)
        return self._add("div", self._add("add", above, tiny), self._add("add", below, tiny))

    def _times(self, position: int, factor: sp.Expr) -> int:
        return position if factor == 1 else self._add("mul", position, self._place(factor))

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
        position: int | None = None
        for factor in sp.Mul.make_args(product):
            base, exponent = factor.as_base_exp()
            if base == sp.E:
                term = self._place(exponent)
                position = term if position is None else self._add("add", position, term)
                continue
            if -exponent in by_exponent:
                base, exponent = 1 / base, -exponent
            by_exponent.setdefault(exponent, []).append(base)
        for exponent, bases in by_exponent.items():
            term = self._scaled_log(exponent, sp.Mul(*bases))
            position = term if position is None else self._add("add", position, term)
        assert position is not None
        return position

    def _scaled_log(self, exponent: sp.Expr, base: sp.Expr) -> int:
        limit = self._limit(exponent, base)
        if limit is not None:
            return limit
        logarithm = self._logarithm(base)
        if exponent == 1:
            return logarithm
        if exponent == -1:
            return self._add("neg", logarithm)
        if isinstance(exponent, sp.Rational) and exponent.q > SHORT_DENOMINATOR:
            return self._add("mul", logarithm, self._const(exponent))
        numer, denom = sp.fraction(exponent)
        if numer.could_extract_minus_sign():
            return self._add("neg", self._scaled_log(-exponent, base))
        scaled = logarithm if numer == 1 else self._add("mul", logarithm, self._place(numer))
        return scaled if denom == 1 else self._add("div", scaled, self._place(denom))

    def _limit(self, exponent: sp.Expr, base: sp.Expr) -> int | None:
        """Return the exponent of (1 + v)^(1/v), or of a mean of order r to the power 1/r, which have limits at zero."""
        if not isinstance(base, sp.Add):
            return None
        for factor in sp.Mul.make_args(sp.fraction(exponent)[1]):
            rest = exponent * factor
            if not factor.free_symbols:
                continue
            if sp.S.One in base.args and (share := shared(base - 1, factor)) is not None:
                return self._times(self._ratio(self._logarithm(base), self._place(base - 1)), share * rest)
            parts = mean(base) or mean_with_one(base)
            shares = [shared(part.exponent, factor) for part in parts]
            if parts and None not in shares:
                level = sp.Add(*(part.weight * s * sp.log(part.base) for part, s in zip(parts, shares, strict=True)))
                spread = self._add("log1p", self._spread(parts)[1])
                divisor = self._add("add", self._place(factor), self._const(TINIEST))
                return self._times(self._add("add", self._place(level), self._add("div", spread, divisor)), rest)
        return None

    def _spread(self, mixed: Sequence[Part]) -> tuple[int, int]:
        """Return the mean logarithm of powers whose weights add up to one, and how far their mean exceeds its power."""
        zero = self._const(sp.S.Zero)
        parts = [
            (self._place(part.weight), self._scaled_log(part.exponent, part.base) if part.base != 1 else zero)
            for part in mixed
        ]
        level = reduce(
            partial(self._add, "add"), [self._add("mul", weight, term) for weight, term in parts if term != zero]
        )
        above = [self._add("mul", weight, self._add("expm1", self._add("sub", term, level))) for weight, term in parts]
        return level, reduce(partial(self._add, "add"), above)

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
        if mean(base):
            level, spread = self._spread(mean(base))
            self._bases[base] = self._const(sp.S.NegativeOne), spread
            self._fragile[base] = self._add("add", spread, self._const(sp.S.One))
            return self._add("add", level, self._add("log1p", spread))
        if isinstance(base, sp.Add) and sp.S.One in base.args:
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
        if not is_power_product(base.args[1]):
            return None
        self._near_one_from_below(base.args[1])
        return self._exponent(base.args[1])

    def _is_negative(self, product: sp.Expr) -> bool:
        """Tell whether a product is negative by its symbols or the conditions."""
        factors = sp.Mul.make_args(product)
        signs = [1 if self._is_positive(factor) else -1 if self._is_positive(-factor) else 0 for factor in factors]
        return prod(signs) < 0

    def _near_one_from_below(self, power: sp.Expr) -> None:
        """Place the logarithm of a quotient that is below one, as its power above one tells, by what is missing to one.

        The quotient itself is rounded, and near one nothing of its logarithm would be left.
        """
        base, exponent = power.as_base_exp()
        above, below = sp.fraction(base)
        plain = above.is_Symbol and below.is_Symbol and above not in self._exponents and below not in self._exponents
        if plain and base not in self._logs and self._is_negative(exponent):
            numerator, divisor = self._place(above), self._place(below)
            missing = self._add("div", self._add("sub", divisor, numerator), numerator)
            self._logs[base] = self._add("neg", self._add("log1p", missing))


def _is_exact(term: sp.Expr) -> bool:
    return isinstance(term, sp.Symbol | sp.Integer)
