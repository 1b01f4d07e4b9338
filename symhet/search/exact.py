"""Exact values of terms at rational points: what a witness is made of.

A term has an exact value here when it is rational and every step to it is: whole powers, roots that come out even,
moments of whole order of a piecewise law.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import isqrt
from typing import Any

from symhet.core.records import Box, Pairs, Statements
from symhet.core.records import Laws as LawRecord
from symhet.language import terms as t
from symhet.language.terms import Head, Term
from symhet.search.building import number


class NotRationalError(ArithmeticError):
    """A value is not rational, or there is none."""


@dataclass(frozen=True)
class Law:
    """A distribution with rational breaks, heights between them, and a whole shape of the tail above the last.

    Examples
    --------
    >>> law = Law((Fraction(1), Fraction(2)), (Fraction(1, 2),), 3)
    >>> law.moment(Fraction(4), 0), law.moment(Fraction(4), 1)
    (Fraction(1, 16), Fraction(3, 8))
    """

    breaks: tuple[Fraction, ...]
    heights: tuple[Fraction, ...]
    shape: int

    @property
    def rest(self) -> Fraction:
        """The mass of the tail."""
        pieces = zip(self.heights, self.breaks, self.breaks[1:], strict=False)
        return 1 - sum((h * (b - a) for h, a, b in pieces), Fraction(0))

    @property
    def record(self) -> LawRecord:
        """The law as certificates write it."""
        return ((tuple(map(number, self.breaks)), tuple(map(number, self.heights)), number(self.shape)),)

    def moment(self, x: Fraction, order: int) -> Fraction:
        """Return the tail moment above x."""
        if x <= 0 or not 0 <= order < self.shape:
            raise NotRationalError
        total = Fraction(0)
        for h, a, b in zip(self.heights, self.breaks, self.breaks[1:], strict=False):
            low = max(a, x)
            if low < b:
                total += h * (b ** (order + 1) - low ** (order + 1)) / (order + 1)
        top, start = self.breaks[-1], max(self.breaks[-1], x)
        return total + self.rest * self.shape * top**self.shape / (self.shape - order) * start ** (order - self.shape)

    def density(self, x: Fraction) -> Fraction:
        """Return the density at x, which is no break."""
        if x in self.breaks or x <= 0:
            raise NotRationalError
        for h, a, b in zip(self.heights, self.breaks, self.breaks[1:], strict=False):
            if a < x < b:
                return h
        if x < self.breaks[0]:
            return Fraction(0)
        return self.rest * self.shape * self.breaks[-1] ** self.shape / x ** (self.shape + 1)


@dataclass
class Point:
    """Exact values of leaves, and a law; further terms in leaves, and leaves in a box that equations have a root in."""

    values: dict[Term, Fraction]
    law: Law | None = None
    terms: Pairs = ()
    box: Box = ()
    equations: Statements = ()
    _known: dict[Term, Fraction] = field(default_factory=dict)

    def value(self, term: Term) -> Fraction:
        """Return the exact value of a term.

        Raises
        ------
        NotRationalError
            When it has none that is found here.
        """
        found = self._known.get(term)
        if found is None:
            try:
                found = self._known[term] = self._computed(term)
            except (ZeroDivisionError, OverflowError) as error:
                raise NotRationalError from error
        return found

    def _computed(self, term: Term) -> Fraction:
        head, args = term.head, term.args
        if head is Head.NUMBER:
            return Fraction(*args)
        if head is Head.SUPPORT and self.law is not None:
            return self.law.breaks[0]
        if not term.children:
            if term not in self.values:
                raise NotRationalError
            return self.values[term]
        parts = [self.value(child) for child in term.children]
        if head is Head.SUM:
            return sum(parts, Fraction(0))
        if head is Head.PRODUCT:
            result = Fraction(1)
            for part in parts:
                result *= part
            return result
        return self._powered(head, args, parts)

    def _powered(self, head: Head, args: tuple[Any, ...], parts: list[Fraction]) -> Fraction:
        if head is Head.WHOLE_POWER:
            return _bounded_power(parts[0], Fraction(int(args[1])))
        if head is Head.POWER:
            return rational_power(*parts)
        if head in (Head.SURVIVAL, Head.TAIL) and self.law is not None:
            order = parts[1] if head is Head.TAIL else Fraction(0)
            if order.denominator != 1:
                raise NotRationalError
            return self.law.moment(parts[0], int(order))
        if head is Head.DENSITY and self.law is not None:
            return self.law.density(parts[0])
        if head is Head.EXP and parts[0] == 0:
            return Fraction(1)
        if head is Head.LOG and parts[0] == 1:
            return Fraction(0)
        if head is Head.INTEGRAL and parts[0] != -1:
            raised = parts[0] + 1
            return (rational_power(parts[2], raised) - rational_power(parts[1], raised)) / raised
        if head is Head.INTEGRAL_FROM_ZERO and parts[0] > -1:
            return rational_power(parts[1], parts[0] + 1) / (parts[0] + 1)
        raise NotRationalError


MAX_BITS = 6000


def _bounded_power(base: Fraction, exponent: Fraction) -> Fraction:
    size = max(base.numerator.bit_length(), base.denominator.bit_length())
    if abs(exponent) * size > MAX_BITS:
        raise NotRationalError
    result = base ** int(exponent)
    return Fraction(result)


def rational_power(base: Fraction, exponent: Fraction) -> Fraction:
    """Return a power of a positive number when it is rational.

    Examples
    --------
    >>> rational_power(Fraction(4, 9), Fraction(-3, 2))
    Fraction(27, 8)
    """
    if base <= 0:
        raise NotRationalError
    if base == 1 or exponent == 0:
        return Fraction(1)
    root = exponent.denominator
    if root > 64:
        raise NotRationalError
    if root > 1:
        base = Fraction(_root(base.numerator, root), _root(base.denominator, root))
    return _bounded_power(base, Fraction(exponent.numerator))


def _root(value: int, n: int) -> int:
    """Return the n-th root of a whole number that is an n-th power."""
    if n == 2:
        guess = isqrt(value)
    else:
        low, high = 0, 1 << (value.bit_length() // n + 1)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if middle**n <= value else (low, middle - 1)
        guess = low
    if guess**n != value:
        raise NotRationalError
    return guess


def simplest(low: Fraction, high: Fraction) -> Fraction:
    """Return the number with the smallest denominator in a closed interval of positive numbers.

    Examples
    --------
    >>> simplest(Fraction(31, 10), Fraction(32, 10))
    Fraction(16, 5)
    """
    whole = -(-low.numerator // low.denominator)
    if whole <= high:
        return Fraction(whole)
    floor = whole - 1
    return floor + 1 / simplest(1 / (high - floor), 1 / (low - floor))


def near(value: float, tolerance: float) -> Fraction:
    """Return a simple rational number within a relative tolerance of a number."""
    exact = Fraction(value)
    if not exact:
        return exact
    size, width = abs(exact), abs(exact) * Fraction(tolerance).limit_denominator(10**6)
    found = simplest(size - width, size + width)
    return found if exact > 0 else -found


__all__ = ["Law", "NotRationalError", "Point", "near", "rational_power", "simplest"]
_ = t
