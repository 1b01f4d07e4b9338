"""Values: finite sums of a rational number times a product of powers of bases, the group ring of the normal form.

A value is a dict from monomials to rational numbers, a monomial a sorted tuple of entries (base, exponent) with
exponents other than zero. A base is one of these:

| base | what it is | exponents in entries |
|---|---|---|
| k, positive | a number that is positive | any |
| k, others | a number of unknown sign | whole ones |
| -p | the prime p | those whose whole part is zero |

What is in a denominator, under a power or under a logarithm becomes a base of its own where it is a sum, with a
*definition* as a value in bases before it; such a base is not zero. Nothing is brought to lowest terms. Every step is
an identity of real numbers wherever all terms exist that the values stand for.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from itertools import pairwise, starmap
from math import gcd, lcm
from typing import Any, TypeAlias, TypeVar

from flint import fmpq, fmpz

from symhet.core.normal import exponents as q
from symhet.core.normal.exponents import Power, split
from symhet.language.refusals import Refusal

Number: TypeAlias = int | fmpq
Entry: TypeAlias = tuple[int, Power]
Monomial: TypeAlias = tuple[Entry, ...]
Value: TypeAlias = dict[Monomial, Number]
M = TypeVar("M")
MAX_PRODUCTS = 300_000
MAX_SIZE = 2_000_000
MAX_TERMS = 20_000
MAX_BITS = 200_000
MAX_FACTORED_BITS = 160
TRIED = 10_000
ONE: Value = {(): 1}


def too_large(what: str) -> Refusal:
    """Return the error for what would take too long."""
    return Refusal("normal form", f"{what} are too large to be multiplied out")


def collected(terms: Iterable[tuple[M, Number]]) -> dict[M, Number]:
    """Return the sum of numbers times monomials."""
    total: dict[M, Number] = {}
    for m, c in terms:
        total[m] = total.get(m, 0) + c
    return total if all(total.values()) else {m: c for m, c in total.items() if c}


def bits(number: Number) -> int:
    """Return the size of a number."""
    return number.bit_length() if isinstance(number, int) else number.height_bits()


def bounded(value: dict[M, Number]) -> dict[M, Number]:
    """Return a value without the terms that are zero, if its numbers are not too large."""
    if sum(map(bits, value.values())) > MAX_SIZE:
        raise too_large("the numbers")
    return value if all(value.values()) else {m: c for m, c in value.items() if c}


def power_of(number: Number, n: int) -> Number:
    """Return a whole power of a number."""
    if number == 1 or n == 1:
        return number
    exact = fmpq(number)
    if exact.height_bits() * abs(n) > MAX_BITS and abs(exact) != 1:
        raise too_large("the numbers")
    return exact**n


def prime_powers(number: Number) -> list[tuple[int, int]]:
    """Return primes, negated, with exponents, whose product is a positive number: what FLINT finds is multiplied back.

    What is left of a large number when small primes are divided out is taken for a prime, though it may be none.

    Examples
    --------
    >>> prime_powers(fmpq(12, 5))
    [(-2, 2), (-3, 1), (-5, -1)]
    """
    exact = fmpq(number)
    found = []
    for part, side in ((int(exact.p), 1), (int(exact.q), -1)):
        limit = None if part.bit_length() <= MAX_FACTORED_BITS else TRIED
        product = 1
        for p, n in fmpz(part).factor(limit) if part > 1 else ():
            product *= int(p) ** int(n)
            found.append((-int(p), side * int(n)))
        if product != part or any(p > -2 for p, _ in found):
            raise Refusal("normal form", "factors whose product is another number")
    return found


def primitive(value: Any, least: Any, inverse: Any, product: Any) -> tuple[Number, Any, dict[Any, Number]]:
    """Return a number, a monomial and a primitive value whose product a value is that is not zero.

    The primitive value has whole coefficients without a common divisor, of each base the exponent zero as its
    smallest, and is one when it has a single term. ``least`` of exponents, the inverse of a monomial and the product of
    values are those of the normal form.
    """
    if not value:
        raise Refusal("normal form", "a division by zero, or a power or logarithm of zero")
    if len(value) == 1:
        ((monomial, number),) = value.items()
        return number, monomial, ONE
    rows = list(map(dict, value))
    smallest = {k: least({row.get(k, 0) for row in rows}) for k in {k: 0 for m in value for k, _ in m}}
    shift = tuple(sorted((k, e) for k, e in smallest.items() if e))
    if shift:
        value = product(value, dict([inverse(shift)]))
    parts = [fmpq(c) for c in value.values()]
    scale = fmpq(gcd(*(int(c.p) for c in parts)), lcm(*(int(c.q) for c in parts)))
    if value[max(value, key=_rank)] < 0:
        scale = -scale
    return scale, shift, {m: int((c / scale).p) for m, c in value.items()}


def _rank(monomial: Any) -> tuple[tuple[int, bool, Any], ...]:
    """Return what monomials are sorted by."""
    return tuple((k, False, e) if isinstance(e, int) else (k, True, e.key) for k, e in monomial)


class Values:
    """The arithmetic of values, with what is known of their bases.

    Attributes
    ----------
    bases : dict
        The bases, by what each is: a term, "e", the logarithm of a base, or the terms of a sum.
    positive : set of int
        The bases that are known to be positive.
    definitions : dict
        The values of the bases that are sums.
    opposites : dict
        The positive opposites of bases that are known to be negative: values are written with them from then on.
    """

    def __init__(self) -> None:
        self.bases: dict[Hashable, int] = {}
        self.positive: set[int] = set()
        self.definitions: dict[int, Value] = {}
        self.opposites: dict[int, int] = {}
        self._products = 0

    def spend(self, products: int) -> None:
        """Refuse when one conversion takes too many products of monomials."""
        self._products += products
        if self._products > MAX_PRODUCTS:
            raise too_large("the terms")

    # --- bases ----------------------------------------------------------------------------------------------

    def base(self, source: Hashable, positive: bool) -> int:
        """Return the base for a source."""
        found = self.bases.setdefault(source, len(self.bases))
        if positive:
            self.positive.add(found)
        return found

    def sum_base(self, value: Value) -> int:
        """Return the base for a value that is not zero."""
        base = self.base(frozenset(value.items()), self.sign(value) > 0)
        self.definitions.setdefault(base, value)
        return base

    def sign(self, value: Value) -> int:
        """Return 1 or -1 when all terms have that sign, and 0 when that does not show."""
        signs = (all(starmap(self._is_positive, m)) * (1 if c > 0 else -1) for m, c in value.items())
        first = next(signs, 0)
        return first if all(sign == first for sign in signs) else 0

    def _is_positive(self, base: int, power: Power) -> bool:
        """Tell whether a power is positive: one of a positive base, or an even one of a base that is not zero."""
        if base < 0 or base in self.positive:
            return True
        return isinstance(power, int) and power % 2 == 0 and (power < 0 or base in self.definitions)

    # --- monomials ------------------------------------------------------------------------------------------

    def times(self, monomial: Monomial, entries: Iterable[Entry]) -> tuple[Monomial, Number]:
        """Return the product of a monomial and entries in any order, as a monomial and a number."""
        powers = dict(monomial)
        number: Number = 1
        for k, e in entries:
            power = e
            if before := powers.get(k):
                power = before + e if type(before) is type(e) is int else q.plus(before, e)
            if k < 0:
                power, whole = split(power)
                number *= power_of(-k, whole)
            if power:
                powers[k] = power
            else:
                powers.pop(k, None)
        return tuple(sorted(powers.items())), number

    def raised(self, monomial: Monomial, number: Number, power: Power) -> tuple[Monomial, Number]:
        """Return a power of a monomial times a number: of positive ones where the power is not whole."""
        if isinstance(power, int):
            factor, entries = power_of(number, power), monomial
        else:
            factor, entries = 1, (*monomial, *prime_powers(number))
        found, outside = self.times((), [(k, q.times(e, power)) for k, e in entries])
        return found, factor * outside

    # --- values ---------------------------------------------------------------------------------------------

    def product(self, one: Value, other: Value) -> Value:
        """Return the product of two values."""
        for number, value in ((one, other), (other, one)):
            if number.keys() == ONE.keys():
                return value if number == ONE else bounded({m: number[()] * c for m, c in value.items()})
        self.spend(len(one) * len(other))
        total: Value = {}
        for m, c in one.items():
            for n, d in other.items():
                monomial, outside = self.times(m, n) if len(m) > len(n) else self.times(n, m)
                total[monomial] = total.get(monomial, 0) + outside * c * d
        return bounded(total)

    def whole_power(self, value: Value, n: int) -> Value:
        """Return a whole power of a value that is not zero when n is negative."""
        if n < 0:
            return dict([self.raised(*self.single(value), n)])
        if len(value) == 1:
            return dict([self.raised(*part, n) for part in value.items()])
        total = ONE
        for _ in range(n if value else min(n, 1)):
            total = self.product(total, value)
        return total

    def single(self, value: Value) -> tuple[Monomial, Number]:
        """Return a monomial and a number whose product is a value that is not zero; a sum becomes a base."""
        outer, rest = self.expanded(value)
        number, inner, found = primitive(rest, q.least, lambda shift: self.raised(shift, 1, -1), self.product)
        entries = outer + inner
        if len(found) > 1:
            base = self.sum_base(found)
            if base in self.opposites:
                base, number = self.opposites[base], -number
            entries += ((base, 1),)
        monomial, outside = self.times((), entries)
        return monomial, number * outside

    def expanded(self, value: Value) -> tuple[Monomial, Value]:
        """Return a monomial and a value without whole powers of sums whose product is this value."""
        outer: list[tuple[int, Power]] = []
        bases = self._defined(value)
        while value and bases:
            base = max(bases)
            bases.remove(base)
            groups: dict[int, list[tuple[Monomial, Number]]] = {}
            for m, c in value.items():
                n, rest = _without(m, base)
                groups.setdefault(n, []).append((rest, c))
            degrees = sorted(groups, reverse=True)
            value = collected(groups[degrees[0]])
            for high, low in pairwise(degrees):
                value = self.product(value, self.whole_power(self.definitions[base], high - low))
                value = collected([*value.items(), *groups[low]])
                bases |= self._defined(self.definitions[base])
            if degrees[-1]:
                outer.append((base, degrees[-1]))
        return tuple(outer), value

    def _defined(self, value: Value) -> set[int]:
        """Return the bases in a value that are sums: those in their definitions come before them."""
        return {k for m in value for k, _ in m} & self.definitions.keys() if self.definitions else set()


def _without(monomial: Monomial, base: int) -> tuple[int, Monomial]:
    """Return n and the rest such that a monomial is their product with base^n."""
    for place, (k, e) in enumerate(monomial):
        if k == base:
            rest, n = split(e)
            return n, (*monomial[:place], *([(k, rest)] if rest else ()), *monomial[place + 1 :])
    return 0, monomial
