"""Terms at a point: rational parameters and, where tails occur, an exact distribution."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sympy as sp

from symhet.algebra.integrals import PowerIntegral
from symhet.algebra.tails import SUPPORT, Density, Survival, TailMoment
from symhet.errors import CertificateError
from symhet.propositions import And, ForAll, Iff, Implies, Or, Prop, Rel

DIGITS = 60


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
    """A point of the parameter space, and what the abstract tails stand for there.

    What is found here proposes and shows: whether a statement fails at a point is for the kernel to say.

    Parameters
    ----------
    values : Mapping[Symbol, Rational]
        An exact value for every symbol.
    distribution : PiecewiseUniform, optional
        What the abstract tails stand for.

    Examples
    --------
    >>> x = sp.Symbol("x", positive=True)
    >>> at = Point({x: sp.S(2)})
    >>> at.value(x**2 + 1), at.fails(Rel("<", x, sp.S(2)))
    (5, True)
    """

    def __init__(self, values: Mapping[sp.Symbol, sp.Rational], distribution: PiecewiseUniform | None = None) -> None:
        self.values = dict(values)
        self.distribution = distribution
        if distribution is not None:
            self.values.setdefault(SUPPORT, distribution.breaks[0])

    def value(self, term: sp.Expr) -> sp.Expr:
        """Return the exact value of a term: a number, rational wherever its powers are.

        Raises
        ------
        CertificateError
            When it has none.
        """
        number = term.xreplace(self.values).replace(_is_tail, self._tail).replace(_is_integral, _integral)
        if number.free_symbols or not number.is_real:
            raise _failure("this has no value", str(term)[:200])
        return number

    def fails(self, prop: Prop) -> bool:
        """Tell whether a statement fails at the point; one about all values does when it fails at the value given."""
        return self.fails(prop.body) if isinstance(prop, ForAll) else not self.holds(prop)

    def holds(self, prop: Prop) -> bool:
        """Tell whether a statement without quantifiers holds, by some digits where its sides are not rational."""
        if isinstance(prop, Rel):
            gap = sp.N(self.value(prop.rhs) - self.value(prop.lhs), DIGITS)
            return bool({"=": gap == 0, "<": gap > 0, "<=": gap >= 0, "!=": gap != 0}[prop.op])
        if isinstance(prop, And | Or):
            return (all if isinstance(prop, And) else any)(map(self.holds, prop.parts))
        if isinstance(prop, Implies):
            return not self.holds(prop.premise) or self.holds(prop.conclusion)
        if isinstance(prop, Iff):
            return self.holds(prop.left) is self.holds(prop.right)
        raise _failure(f"a {type(prop).__name__} is not evaluated at a point", str(prop)[:200])

    def _tail(self, tail: sp.Expr) -> sp.Expr:
        if self.distribution is None:
            raise _failure("a tail is to be evaluated but no distribution is given", str(tail))
        if isinstance(tail, TailMoment):
            return self.distribution.moment(*tail.args)
        if isinstance(tail, Survival):
            return self.distribution.survival(tail.args[0])
        return self.distribution.density(tail.args[0])


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
