"""Piecewise laws of productivity and what terms are worth under them by formulas of their own: gaps, breaks and all."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from flint import arb, fmpq

from symhet.core import records as r
from symhet.language import terms as t
from symhet.language.statements import Op, Statement
from symhet.language.terms import Head, Term
from tests.core.balls import Evaluator, NoValueError, Point, Real, sign


@dataclass(frozen=True)
class Law:
    """A density that is constant between breaks, and a Pareto tail."""

    breaks: tuple[fmpq, ...]
    heights: tuple[fmpq, ...]
    shape: fmpq

    @property
    def record(self) -> r.Law:
        """The law as a witness gives it."""
        ends, levels = (tuple(number(part) for part in parts) for parts in (self.breaks, self.heights))
        return ends, levels, number(self.shape)

    @property
    def rest(self) -> fmpq:
        """The mass above the last break."""
        pieces = zip(self.heights, self.breaks, self.breaks[1:], strict=False)
        return 1 - sum((height * (high - low) for height, low, high in pieces), fmpq(0))

    def above(self, x: Real, order: Real) -> Real:
        """Return the integral of z^order over the firms above x."""
        if sign(order - self.shape) >= 0:
            raise NoValueError
        total: Real = fmpq(0)
        for height, low, high in zip(self.heights, self.breaks, self.breaks[1:], strict=False):
            start = low if sign(x - low) <= 0 else x
            if sign(start - high) < 0:
                total = total + height * integral(order, start, high)
        top = self.breaks[-1]
        start = top if sign(x - top) <= 0 else x
        scale = power(start / top, -self.shape) if start is not top else fmpq(1)
        return total + self.rest * self.shape / (self.shape - order) * scale * power(start, order)

    def density(self, x: Real) -> Real:
        """Return the density at x."""
        if any(sign(x - point) == 0 for point in self.breaks):
            raise NoValueError
        if sign(x - self.breaks[0]) < 0:
            return fmpq(0)
        for height, low, high in zip(self.heights, self.breaks, self.breaks[1:], strict=False):
            if sign(x - low) > 0 and sign(high - x) > 0:
                return height
        return self.rest * self.shape / x * power(self.breaks[-1] / x, self.shape)


def number(value: fmpq) -> Term:
    """Return a rational number as a term."""
    return t.number(int(value.p), int(value.q))


def power(base: Real, exponent: Real) -> Real:
    """Return a power of a positive number, exact where that is easy."""
    if isinstance(base, fmpq) and isinstance(exponent, fmpq) and exponent.q == 1 and abs(exponent.p) < 50:
        return base ** int(exponent.p)
    return (arb(exponent) * arb(base).log()).exp()


def integral(exponent: Real, low: Real, high: Real) -> Real:
    """Return the integral of z^exponent between positive ends."""
    if sign(exponent + 1) == 0:
        return fmpq(0) if low is high else arb(high).log() - arb(low).log()
    return (power(high, exponent + 1) - power(low, exponent + 1)) / (exponent + 1)


def random_law(rng: Random) -> Law:
    """Return a law: a Pareto law, or one with steps, of which inner ones may be empty."""
    points = sorted(rng.sample([fmpq(n, 4) for n in range(1, 17)], rng.randint(1, 4)))
    shares = [fmpq(rng.choice((0, 1, 1, 2)) if i else 1, 10) for i in range(len(points) - 1)]
    heights = [share / (high - low) for share, low, high in zip(shares, points, points[1:], strict=False)]
    return Law(tuple(points), tuple(heights), fmpq(rng.choice((1, 2, 3, 5)), rng.choice((1, 1, 2))))


class Economy(Evaluator):
    """The values of terms at a point and under a law."""

    def __init__(self, point: Point, law: Law) -> None:
        super().__init__(point)
        self.law = law

    def _value(self, term: Term) -> Real:
        head = term.head
        if head is Head.SUPPORT:
            return self.law.breaks[0]
        if head not in (Head.SURVIVAL, Head.TAIL, Head.DENSITY, Head.INTEGRAL, Head.INTEGRAL_FROM_ZERO):
            return super()._value(term)
        values = self._children(term)
        if head is Head.INTEGRAL_FROM_ZERO:
            raised, high = values[0] + 1, values[1]
            if sign(raised) <= 0 or sign(high) <= 0:
                raise NoValueError
            return power(high, raised) / raised
        if any(sign(value) <= 0 for value in (values[1:] if head is Head.INTEGRAL else values[:1])):
            raise NoValueError
        if head is Head.INTEGRAL:
            return integral(*values)
        if head is Head.DENSITY:
            return self.law.density(values[0])
        return self.law.above(values[0], values[1] if head is Head.TAIL else fmpq(0))

    def holds(self, statement: Statement) -> bool:
        """Tell whether a statement without binders holds; `UnclearError` where balls do not tell."""
        op, args = statement.op, statement.args
        if statement.is_relation:
            try:
                left, right = map(self, args)
            except NoValueError:
                return False
            told = 0 if args[0] is args[1] else sign(right - left)
            return {Op.EQUAL: told == 0, Op.LESS: told > 0, Op.AT_MOST: told >= 0, Op.DIFFER: told != 0}[op]
        if op is Op.DENSE:
            return all(height > 0 for height in self.law.heights)
        told_parts = [self.holds(part) for part in args]
        return {
            Op.AND: all(told_parts),
            Op.OR: any(told_parts),
            Op.IMPLIES: not told_parts[0] or told_parts[-1],
            Op.IFF: told_parts[0] is told_parts[-1],
        }[op]


def at_values(point: Point) -> tuple[tuple[Term, Term], ...]:
    """Return a point as a witness gives it."""
    return tuple((symbol, number(value)) for symbol, value in point.items())
