"""Values: finite sums of a rational number times a product of powers of bases, the group ring of the normal form.

A value is a dict from monomials to rational numbers, a monomial a sorted tuple of entries (base, exponent) with
exponents other than zero. What an entry says of its base b:

| base | exponent | the entry is |
|---|---|---|
| b even, not negative | whole n | b^n |
| b even, not negative | any other e | the absolute value of b to the power e; b is not zero |
| b + 1, odd | 1 | the sign of b, 1 or -1; b is not zero |
| -p, negative | r, whole part zero | the prime p to the power r |

Bases are positive numbers, numbers of unknown sign, and sums: a sum in a denominator, or under a power or logarithm,
is a base of its own, with a *definition* as a value in bases before it; it is not zero. Nothing is brought to lowest
terms. Every step is an identity of real numbers wherever all terms exist that the values stand for.
"""

from __future__ import annotations

from itertools import pairwise
from math import comb
from typing import TypeAlias

from flint import fmpq

from symhet.core.normal.values import MAX_PRODUCTS, MAX_TERMS, Number, bounded, collected, power_of, primitive
from symhet.language.refusals import Refusal
from symhet.search.normal.bases import Bases, Monomial
from symhet.search.normal.exponents import least, split

Value: TypeAlias = dict[Monomial, Number]
ONE: Value = {(): 1}


class Values(Bases):
    """The arithmetic of values."""

    def __init__(self, room: int) -> None:
        super().__init__(room)
        self.definitions: dict[int, Value] = {}
        self._products = 0

    def spend(self, products: int) -> None:
        """Refuse when one conversion takes too many products of monomials."""
        self._products += products
        if self._products > MAX_PRODUCTS:
            raise Refusal("normal form", "the terms are too large to be multiplied out")

    def sum_base(self, value: Value) -> int:
        """Return the base for a primitive sum that is not zero."""
        base, is_new = self.base(frozenset(value.items()), self.sign(value) > 0)
        if is_new:
            self.definitions[base] = value
            self.never_zero.add(base)
            self.watched.update(k for m in value for k in self.odd(m))
        return base

    def sign(self, value: Value) -> int:
        """Return 1 or -1 when all terms have that sign, and 0 when that does not show."""
        signs = {self.monomial_sign(m) * (1 if c > 0 else -1) for m, c in value.items()}
        return signs.pop() if len(signs) == 1 else 0

    def product(self, one: Value, other: Value) -> Value:
        """Return the product of two values."""
        self.spend(len(one) * len(other))
        if len(one) == 1 and () in one:
            one, other = other, one
        total: Value = {}
        if len(other) == 1 and () in other:
            total = {m: c * other[()] for m, c in one.items()}
        else:
            for m, c in one.items():
                for n, d in other.items():
                    monomial, number = self.times(m, n)
                    number *= c * d
                    total[monomial] = total[monomial] + number if monomial in total else number
        return bounded(total)

    def whole_power(self, value: Value, n: int) -> Value:
        """Return a whole power of a value that is not zero when n is negative."""
        if n < 0:
            value, n = self.inverse(value), -n
        size = len(value)
        if size > 1 and comb(min(n, MAX_TERMS) + size - 1, size - 1) > MAX_TERMS:
            raise Refusal("normal form", "the terms are too large to be multiplied out")
        if size == 1:
            ((monomial, c),) = value.items()
            power, number = self.monomial_power(monomial, n)
            return {power: power_of(c, n) * number}
        total = ONE
        for bit in bin(n)[2:]:
            total = self.product(total, total)
            if bit == "1":
                total = self.product(total, value)
        return total

    def inverse(self, value: Value) -> Value:
        """Return one over a value that is not zero where all terms exist."""
        number, monomial = self.single(value)
        inverted, c = self.monomial_power(monomial, -1)
        return {inverted: fmpq(1) / number * c}

    def single(self, value: Value) -> tuple[Number, Monomial]:
        """Return a number and a monomial whose product is a value that is not zero; a sum becomes a base."""
        number, monomial, rest = self.canonical(value)
        if len(rest) > 1:
            monomial, c = self.times(monomial, ((self.sum_base(rest), 1),))
            number *= c
        return number, monomial

    def is_zero(self, value: Value) -> bool:
        """Tell whether a value is shown to be zero."""
        return len(value) != 1 and not self.expanded(value)[1]

    def expanded(self, value: Value) -> tuple[tuple[tuple[int, int], ...], Value]:
        """Return a monomial and a value without whole powers of sums whose product is this value."""
        outer: list[tuple[int, int]] = []
        bound = len(self.sources) * 2 if self.definitions else 0
        while True:
            bound = max((k for m in value for k, _ in m if k < bound and k in self.definitions), default=-1)
            if bound < 0:
                return tuple(sorted(outer)), value
            groups: dict[int, list[tuple[Monomial, Number]]] = {}
            for m, c in value.items():
                n, rest, sign = self._without(m, bound)
                groups.setdefault(n, []).append((rest, c * sign))
            degrees = sorted(groups, reverse=True)
            value = collected(groups[degrees[0]])
            for high, low in pairwise(degrees):
                value = self.product(value, self.whole_power(self.definitions[bound], high - low))
                value = collected([*value.items(), *groups[low]])
            if degrees[-1]:
                outer.append((bound, degrees[-1]))

    def _without(self, monomial: Monomial, base: int) -> tuple[int, Monomial, int]:
        """Return n, the rest and a sign such that a monomial is their product with base^n."""
        power = dict(monomial).get(base, 0)
        rest = tuple([entry for entry in monomial if entry[0] != base]) if power else monomial
        if type(power) is int:
            return power, rest, 1
        powers = dict(rest)
        part, n = split(power)
        sign = self.turned(powers, base) if n & 1 and base in self.signed else 1
        powers[base] = part
        return n, tuple(sorted(powers.items())), sign

    def canonical(self, value: Value) -> tuple[Number, Monomial, Value]:
        """Return a number, a monomial and a primitive value whose product a value is that is not zero.

        The primitive value has no whole powers of sums in it, whole coefficients without a common divisor, of each
        base the exponent zero as its smallest, and is one when it has a single term.
        """
        outer, rest = self.expanded(value)
        number, inner, primitive = self.primitive(rest)
        monomial, c = self.times(outer, inner)
        return number * c, monomial, primitive

    def primitive(self, value: Value) -> tuple[Number, Monomial, Value]:
        """Return what `canonical` does, but leave whole powers of sums as they are."""
        return primitive(value, least, lambda shift: self.monomial_power(shift, -1), self.product)
