"""Exponents: elements of a field of rational functions Q(t), each kept once.

Whole numbers are Python's; every other exponent is an `Exponent`, the same object whenever it is the same element, so
that monomials with exponents compare and hash as plain data. The t are real numbers of any sign; every identity here
is one of rational functions, and holds wherever the exponents that were written down exist.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from functools import lru_cache, reduce
from math import gcd
from typing import TypeAlias

from flint import Ordering, fmpq, fmpz_mpoly, fmpz_mpoly_ctx

from symhet.core.normal.exponents import MAX_BITS, reduced, to_whole_power
from symhet.language.refusals import Refusal


class AgainError(Exception):
    """Something came up that earlier steps would have used."""


class Exponent:
    """An element of Q(t) that is no whole number: coprime numerator and denominator, the latter with positive lead."""

    __slots__ = ("den", "field", "key", "num")

    def __init__(self, field: Field, num: fmpz_mpoly, den: fmpz_mpoly, key: int) -> None:
        self.field, self.num, self.den, self.key = field, num, den, key

    def __add__(self, other: Power) -> Power:
        return self.field.combined(self, other, True)

    def __mul__(self, other: Power) -> Power:
        return self.field.combined(self, other, False)

    __radd__, __rmul__ = __add__, __mul__


Power: TypeAlias = int | Exponent


@lru_cache(maxsize=256)
def ring(letter: str, size: int) -> fmpz_mpoly_ctx:
    """Return the ring of polynomials in some variables."""
    return fmpz_mpoly_ctx.get([f"{letter}{i}" for i in range(size)], Ordering.lex)


class Field:
    """Q(t) for at most ``room`` variables t, each known by a base and its power."""

    def __init__(self, room: int) -> None:
        self.ring = ring("t", room)
        self.one = self.ring.constant(1)
        self.room, self.is_full = room, False
        self.keys: list[tuple[int, Power]] = []
        self._known: dict[Hashable, Power] = {}

    def variable(self, key: tuple[int, Power]) -> Power:
        """Return the variable for a power of a base; `AgainError` when there is no room for one more."""
        if key not in self.keys:
            if len(self.keys) == self.room:
                self.is_full = True
                raise AgainError
            self.keys.append(key)
        return self.made(self.ring.gen(self.keys.index(key)), self.one)

    def number(self, number: int | fmpq) -> Power:
        """Return a rational number."""
        return bounded(number) if isinstance(number, int) else self.made(*map(self.ring.constant, (number.p, number.q)))

    def parts(self, power: Power) -> tuple[fmpz_mpoly, fmpz_mpoly]:
        """Return numerator and denominator."""
        return (self.ring.constant(power), self.one) if isinstance(power, int) else (power.num, power.den)

    def combined(self, one: Exponent, other: Power, plus: bool) -> Power:
        """Return a sum or product."""
        if other == (0 if plus else 1):
            return one
        found = self._known.get((one, other, plus))
        if found is None:
            num, den = self.parts(other)
            above = one.num * den + num * one.den if plus else one.num * num
            found = self._known[one, other, plus] = self.made(above, one.den * den)
        return found

    def whole_power(self, power: Power, n: int) -> Power:
        """Return a whole power."""
        return self.made(*to_whole_power(*self.parts(power), n))

    def made(self, num: fmpz_mpoly, den: fmpz_mpoly) -> Power:
        """Return the exponent ``num / den``."""
        num, den, key = reduced(num, den)
        if den.is_one() and num.is_constant():
            return int(num.leading_coefficient()) if num else 0
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = Exponent(self, num, den, len(self._known))
        return found


def split(power: Power) -> tuple[Power, int]:
    """Return r and n with r + n equal to an exponent, n whole; exponents a whole number apart have the same r."""
    if isinstance(power, int):
        return 0, power
    whole = int(power.num[power.den.monoms()[0]] // power.den.leading_coefficient())
    return (power + -whole, whole) if whole else (power, 0)


def bounded(number: int) -> int:
    """Return a whole number that is not too large for an exponent."""
    if number.bit_length() > MAX_BITS:
        raise Refusal("normal form", "an exponent is too large")
    return number


def least(powers: Iterable[Power]) -> Power:
    """Return the least of some exponents as Q(t) is ordered at infinity: a total order that sums keep."""
    return reduce(lambda one, other: one if _is_below(one, other) else other, powers)


def _is_below(one: Power, other: Power) -> bool:
    gap = other + one * -1
    return bool((gap if isinstance(gap, int) else gap.num.leading_coefficient()) > 0)


def content(power: Power) -> fmpq:
    """Return the rational number of which numerator and denominator are multiples without a common divisor."""
    if isinstance(power, int):
        return fmpq(abs(power))
    return fmpq(gcd(*map(int, power.num.coeffs())), gcd(*map(int, power.den.coeffs())))


def is_odd(power: Power) -> bool:
    """Tell whether an exponent is an odd whole number."""
    return type(power) is int and power & 1 == 1
