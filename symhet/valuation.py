"""Exact evaluation of statements at a point: rational parameters and, where tails occur, an exact distribution."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sympy as sp

from symhet.algebra.calculus import derivative
from symhet.algebra.integrals import PowerIntegral
from symhet.algebra.normal import SideCondition
from symhet.algebra.tails import SUPPORT, Density, Survival, TailMoment
from symhet.algebra.total import is_total
from symhet.errors import CertificateError
from symhet.propositions import And, ForAll, Iff, Implies, Or, Prop, Rel
from symhet.rules.definedness import of_terms
from symhet.rules.language import is_plain

PRECISION_BITS = (128, 512, 2048)


@dataclass(frozen=True)
class PiecewiseUniform:
    """A productivity distribution with exact tails: constant density between breaks, a Pareto tail above the last.

    Parameters
    ----------
    breaks : tuple of sympy.Rational
        Increasing, positive; the first is the lower end of the support.
    heights : tuple of sympy.Rational
        Density on each interval, positive.
    shape : sympy.Integer
        Shape of the Pareto tail that carries the remaining mass above the last break.

    Examples
    --------
    >>> G = PiecewiseUniform((sp.S(1), sp.S(2)), (sp.Rational(1, 2),), sp.S(3))
    >>> G.survival(sp.S(4)), G.moment(sp.S(4), sp.S(1))
    (1/16, 3/8)
    """

    breaks: tuple[sp.Rational, ...]
    heights: tuple[sp.Rational, ...]
    shape: sp.Integer

    def __post_init__(self) -> None:
        rising = all(a < b for a, b in zip(self.breaks, self.breaks[1:], strict=False))
        exact = all(isinstance(v, sp.Rational) for v in (*self.breaks, *self.heights, self.shape))
        sized = len(self.breaks) == len(self.heights) + 1
        if not (exact and sized and rising and self.breaks[0] > 0 and all(h > 0 for h in self.heights)):
            raise _failure("the distribution is not exact, increasing and positive", str(self.breaks))
        if self._tail_mass() <= 0 or self.shape <= 0:
            raise _failure("the Pareto tail has no mass", str(self._tail_mass()))

    def _tail_mass(self) -> sp.Rational:
        widths = zip(self.heights, self.breaks, self.breaks[1:], strict=False)
        return sp.S.One - sum((h * (b - a) for h, a, b in widths), sp.S.Zero)

    def density(self, x: sp.Rational) -> sp.Rational:
        """Return g(x); breaks are refused because the density jumps there."""
        if x in self.breaks:
            raise _failure("the density jumps at a break of the distribution", str(x))
        for h, a, b in zip(self.heights, self.breaks, self.breaks[1:], strict=False):
            if a < x < b:
                return h
        if x < self.breaks[0]:
            return sp.S.Zero
        return self._tail_mass() * self.shape * self.breaks[-1] ** self.shape / x ** (self.shape + 1)

    def survival(self, x: sp.Rational) -> sp.Rational:
        """Return S(x) = 1 - G(x)."""
        return self.moment(x, sp.S.Zero)

    def moment(self, x: sp.Rational, power: sp.Integer) -> sp.Rational:
        """Return the tail moment of whole order ``power`` above x."""
        if not isinstance(power, sp.Integer) or power < 0 or power >= self.shape:
            raise _failure("the moment is not a whole number below the shape of the tail", str(power))
        total = sp.S.Zero
        for h, a, b in zip(self.heights, self.breaks, self.breaks[1:], strict=False):
            low = max(a, x)
            if low < b:
                total += h * (b ** (power + 1) - low ** (power + 1)) / (power + 1)
        top, start = self.breaks[-1], max(self.breaks[-1], x)
        total += self._tail_mass() * self.shape * top**self.shape / (self.shape - power) * start ** (power - self.shape)
        return total


class Point:
    """A point of the parameter space at which statements are decided exactly.

    Parameters
    ----------
    values : Mapping[Symbol, Rational]
        An exact value for every symbol; positive symbols take positive values.
    distribution : PiecewiseUniform, optional
        What the abstract tails stand for.
    """

    def __init__(self, values: Mapping[sp.Symbol, sp.Rational], distribution: PiecewiseUniform | None = None) -> None:
        self.values = dict(values)
        self.distribution = distribution
        start = None if distribution is None else distribution.breaks[0]
        if start is not None and self.values.setdefault(SUPPORT, start) != start:
            raise _failure("the distribution has its support elsewhere", str(self.values[SUPPORT]))
        if self.values.get(SUPPORT, 0) < 0:
            raise _failure("a distribution of productivities has a support that begins at zero or above", str(SUPPORT))
        self._met: set[SideCondition] = set()
        for symbol, value in self.values.items():
            if not is_plain(symbol):
                raise _failure("only plainly real and plainly positive symbols have values", str(symbol))
            if is_total(symbol):
                raise _failure("a derivative has no value of its own", symbol.name)
            if not isinstance(value, sp.Rational):
                raise _failure(f"{value} is not an exact rational number", symbol.name)
            if symbol.is_positive and value <= 0:
                raise _failure(f"{value} is not positive", symbol.name)

    def value(self, term: sp.Expr) -> sp.Expr:
        """Return the exact value of a term (a number, rational wherever its powers are).

        Raises
        ------
        CertificateError
            When it has none: a divisor is zero, a base or the argument of a logarithm or tail not positive.
        """
        for condition in of_terms((term,)):
            self.meet(condition, str(term)[:200])
        return self._number(term)

    def meet(self, condition: SideCondition, where: str) -> None:
        """Fail unless a condition without which something has no value holds at the point.

        Raises
        ------
        CertificateError
            Naming the condition.
        """
        if condition not in self._met:
            sign = _sign(self._number(condition.expr))
            if not (sign > 0 if condition.kind == "positive" else sign):
                raise _failure(f"{condition} does not hold, so that this has no value", where)
            self._met.add(condition)

    def _number(self, term: sp.Expr) -> sp.Expr:
        number = term.xreplace(self.values).replace(_is_tail, self._tail).replace(_is_integral, _integral)
        if number.free_symbols or not number.is_number:
            raise _failure(f"{sorted(map(str, number.free_symbols))} have no value", str(term)[:200])
        return number

    def _tail(self, tail: sp.Expr) -> sp.Expr:
        if self.distribution is None:
            raise _failure("a tail is to be evaluated but no distribution is given", str(tail))
        if isinstance(tail, TailMoment):
            return self.distribution.moment(*tail.args)
        if isinstance(tail, Survival):
            return self.distribution.survival(tail.args[0])
        return self.distribution.density(tail.args[0])

    def require_independent(self, gaps: Iterable[sp.Expr], unknowns: Iterable[sp.Symbol]) -> None:
        """Fail unless equations between functions that are met here are met near by too, whatever the parameters.

        They are when their Jacobian in the unknowns has full rank (implicit function theorem): then they tie down no
        parameter. A pivot counts when its enclosure excludes zero.

        Raises
        ------
        CertificateError
            When the rank is lower or cannot be told, or a slope has no value.
        """
        import flint

        previous = flint.ctx.prec
        flint.ctx.prec = PRECISION_BITS[1]
        try:
            rows = [
                {y: _enclose(self.value(derivative(gap, y))) for y in unknowns if y in gap.free_symbols} for gap in gaps
            ]
            while rows:
                rows.sort(key=len)
                pivots = ((row, y) for row in rows for y, slope in row.items() if slope > 0 or slope < 0)
                head, pivot = next(pivots, ({}, None))
                if pivot is None:
                    raise _failure("the equations of the system are not independent at the point", str(rows)[:200])
                rows = [_eliminated(row, head, pivot) for row in rows if row is not head]
        finally:
            flint.ctx.prec = previous

    def sign(self, term: sp.Expr) -> int:
        """Return the sign of a term: exactly for rationals, by ball arithmetic otherwise."""
        return _sign(self.value(term))

    def holds(self, prop: Prop) -> bool:
        """Tell whether a statement holds at the point; a bound variable takes the value given for it."""
        if isinstance(prop, Rel):
            sign = _sign(self.value(prop.rhs) - self.value(prop.lhs))
            return {"=": sign == 0, "<": sign > 0, "<=": sign >= 0, "!=": sign != 0}[prop.op]
        if isinstance(prop, And):
            return all(self.holds(part) for part in prop.parts)
        if isinstance(prop, Or):
            return any(self.holds(part) for part in prop.parts)
        if isinstance(prop, Implies):
            return not self.holds(prop.premise) or self.holds(prop.conclusion)
        if isinstance(prop, Iff):
            return self.holds(prop.left) == self.holds(prop.right)
        raise _failure(f"a {type(prop).__name__} cannot be evaluated at a point", str(prop)[:200])

    def fails(self, prop: Prop) -> bool:
        """Tell whether a statement fails at the point; ``ForAll`` fails when its body does at the value given."""
        return self.fails(prop.body) if isinstance(prop, ForAll) else not self.holds(prop)


def _sign(number: sp.Expr) -> int:
    return int(sp.sign(number)) if isinstance(number, sp.Rational) else ball_sign(number)


def ball_sign(number: sp.Expr) -> int:
    """Return the sign of a real number that is not zero, by enclosures of growing precision.

    Raises
    ------
    CertificateError
        When the enclosure still contains zero at the last precision (equality is never concluded from enclosures).
    """
    import flint

    previous = flint.ctx.prec
    try:
        for bits in PRECISION_BITS:
            flint.ctx.prec = bits
            ball = _enclose(number)
            if ball > 0:
                return 1
            if ball < 0:
                return -1
    finally:
        flint.ctx.prec = previous
    raise _failure("the enclosure contains zero", str(number)[:200])


def _enclose(number: sp.Expr):  # type: ignore[no-untyped-def]
    import flint

    if isinstance(number, sp.Rational):
        return flint.arb(flint.fmpq(int(number.p), int(number.q)))
    if isinstance(number, sp.Add | sp.Mul):
        first, *rest = map(_enclose, number.args)
        for ball in rest:
            first = first + ball if isinstance(number, sp.Add) else first * ball
        return first
    if isinstance(number, sp.Pow):
        base, exponent = number.args
        if isinstance(exponent, sp.Integer):
            return _enclose(base) ** int(exponent)
        logarithm = _enclose(base)
        if not logarithm > 0:
            raise _failure("a base is not positive", str(number)[:200])
        return (_enclose(exponent) * logarithm.log()).exp()
    if isinstance(number, sp.exp | sp.log):
        inner = _enclose(number.args[0])
        if isinstance(number, sp.log) and not inner > 0:
            raise _failure("a logarithm of a number that is not positive", str(number)[:200])
        return inner.exp() if isinstance(number, sp.exp) else inner.log()
    raise _failure(f"no enclosure for {type(number).__name__}", str(number)[:200])


def _eliminated(row: dict[sp.Symbol, Any], head: dict[sp.Symbol, Any], pivot: sp.Symbol) -> dict[sp.Symbol, Any]:
    if pivot not in row:
        return row
    factor = row[pivot] / head[pivot]
    return {y: row.get(y, 0) - factor * head.get(y, 0) for y in {**row, **head} if y != pivot}


def _is_tail(term: sp.Basic) -> bool:
    return isinstance(term, TailMoment | Survival | Density)


def _is_integral(term: sp.Basic) -> bool:
    return isinstance(term, PowerIntegral)


def _integral(term: sp.Expr) -> sp.Expr:
    exponent, low, high = term.args
    if not all(isinstance(value, sp.Rational) for value in term.args) or low < 0 or high <= 0:
        raise _failure("an integral of a power needs rational ends, the lower not below zero", str(term))
    if exponent == -1 or (low == 0 and exponent < -1):
        raise _failure("the integral of a power is a logarithm or diverges", str(term))
    return (high ** (exponent + 1) - low ** (exponent + 1)) / (exponent + 1)


def _failure(why: str, where: str) -> CertificateError:
    return CertificateError("witness", why, where=where, fix="give exact rationals that decide the claim")
