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

from collections.abc import Hashable, Iterable
from itertools import pairwise
from math import comb, gcd, lcm
from typing import TypeAlias

from flint import fmpq

from symhet.core.normal.exponents import Field, Power, is_below, split
from symhet.core.normal.signs import Signs
from symhet.language.refusals import Refusal

Number: TypeAlias = int | fmpq
Monomial: TypeAlias = tuple[tuple[int, Power], ...]
Value: TypeAlias = dict[Monomial, Number]
MAX_PRODUCTS = 400_000
MAX_TERMS = 20_000
MAX_BITS = 200_000


def is_odd(power: Power) -> bool:
    """Tell whether an exponent is an odd whole number."""
    return type(power) is int and power & 1 == 1


def cleaned(value: Value) -> Value:
    """Return a value without the terms that have come to nothing."""
    return {m: c for m, c in value.items() if c} if not all(value.values()) else value


def refuse_size() -> Refusal:
    """Return the error of a form that would exhaust the memory."""
    return Refusal("normal form", "the terms are too large to be multiplied out")


class Values:
    """The bases, what is known of their signs, and the arithmetic of values.

    Parameters
    ----------
    field : Field
        Where the exponents live.
    """

    def __init__(self, field: Field) -> None:
        self.field = field
        self.signs = Signs()
        self.definitions: dict[int, Value] = {}
        self.signed: set[int] = set()
        self.nonzero: set[int] = set()
        self.watched: set[int] = set()
        self._special: set[int] = set()
        self._bases: dict[Hashable, int] = {}
        self.sources: dict[int, Hashable] = {}

    # --- bases ----------------------------------------------------------------------------------------------

    def base(self, source: Hashable, positive: bool, definition: Value | None = None) -> int:
        """Return the base for a source: a term, a prime, the logarithm of a base, or the terms of a sum."""
        found = self._bases.get(source)
        if found is None:
            found = self._bases[source] = 2 * len(self._bases)
            self.sources[found] = source
            if definition is not None:
                self.definitions[found] = definition
            if not positive:
                self.signed.add(found)
                self._special |= {found, found + 1}
        return found

    def prime(self, p: int, power: Power) -> tuple[Number, Monomial]:
        """Return a prime to any power, as a number and a monomial."""
        part, whole = split(power)
        self._special.add(-p)
        return power_of(p, whole), (((-p, part),) if part else ())

    def sum_base(self, value: Value) -> int:
        """Return the base for a primitive sum that is not zero."""
        source = frozenset(value.items())
        if source in self._bases:
            return self._bases[source]
        self.watched.update(k for m in value for k in self.odd(m))
        return self.base(source, self.sign(value) == (1, True), value)

    def review(self) -> None:
        """Look again at the signs of sums after more has become known of those of their parts."""
        for base in sorted(self.signed & self.definitions.keys()):
            if self.sign(self.definitions[base]) == (1, True):
                self.learn([base], 1)

    # --- signs ----------------------------------------------------------------------------------------------

    def learn(self, bases: Iterable[int], sign: int) -> None:
        """Use that the product of some bases is not zero and has this sign."""
        bases = [base for base in bases if base in self.signed]
        self.nonzero.update(bases)
        if not self.signs.learn(bases, sign):
            raise Refusal("normal form", "terms that never exist together")
        self.signed -= {base for base in self.signed if self.signs.of(base) > 0}

    def has_learnt_of_watched(self) -> bool:
        """Tell whether more is known of a sign that an earlier step had to leave open."""
        return any(self.signs.reduced([base]) != (frozenset((base,)), 1) for base in self.watched)

    def odd(self, monomial: Monomial) -> list[int]:
        """Return the bases of whose signs the sign of a monomial is the product."""
        bases = [k for k, e in monomial if is_odd(e) and k in self.signed]
        signs = {k - 1 for k, _ in monomial if k > 0 and k & 1}
        return [k for k in bases if k not in signs] + [k for k in signs if k not in bases]

    def monomial_sign(self, monomial: Monomial) -> int:
        """Return the sign of a monomial, 1 or -1 where it is not zero, and 0 when it is not known."""
        odd = self.odd(monomial)
        if not odd:
            return 1
        rest, sign = self.signs.reduced(odd)
        return 0 if rest else sign

    def is_nonzero(self, monomial: Monomial) -> bool:
        """Tell whether no base in a monomial can be zero."""
        return all(
            k not in self.signed or k in self.nonzero or k in self.definitions or type(e) is not int or e < 0
            for k, e in monomial
        )

    def sign(self, value: Value) -> tuple[int, bool]:
        """Return 1 or -1 when no term has another sign (0 when that does not show), and whether one is not zero."""
        found = {self.monomial_sign(m) * (1 if c > 0 else -1) for m, c in value.items()}
        if len(found) != 1:
            return 0, False
        return found.pop(), any(map(self.is_nonzero, value))

    def settled(self, value: Value) -> Value:
        """Return a value with as few signs in it as what is known of them allows."""
        if not self.signs or not any(k & 1 and k > 0 for m in value for k, _ in m):
            return value
        total: Value = {}
        for m, c in value.items():
            signs = [k - 1 for k, _ in m if k & 1 and k > 0]
            if signs:
                rest, sign = self.signs.reduced(signs)
                kept = [(k, e) for k, e in m if not (k & 1 and k > 0)]
                m, c = tuple(sorted([*kept, *((k + 1, 1) for k in rest)])), c * sign
            total[m] = total.get(m, 0) + c
        return cleaned(total)

    # --- monomials ------------------------------------------------------------------------------------------

    def times(self, one: Monomial, other: Monomial) -> tuple[Monomial, Number]:
        """Return the product of two monomials, as a monomial and a number."""
        if not one:
            return other, 1
        if not other:
            return one, 1
        powers = dict(one)
        number: Number = 1
        for k, e in other:
            before = powers.get(k)
            if before is None:
                powers[k] = e
                continue
            after = before + e
            if k in self._special:
                number *= self.put(powers, k, after, is_odd(before) + is_odd(e))
            elif after:
                powers[k] = after
            else:
                del powers[k]
        return tuple(sorted(powers.items())), number

    def put(self, powers: dict[int, Power], k: int, power: Power, odd: int) -> Number:
        """Put an entry in, ``odd`` being the number of odd whole exponents it came from; return what it leaves out."""
        number: Number = 1
        if k < 0:
            power, whole = split(power)
            number = power_of(-k, whole)
        elif k & 1:
            power = 0
        elif (odd + is_odd(power)) & 1 and k in self.signed:
            number = self.turned(powers, k)
        if power:
            powers[k] = power
        else:
            powers.pop(k, None)
        return number

    def turned(self, powers: dict[int, Power], k: int) -> int:
        """Multiply by the sign of a base."""
        sign = self.signs.of(k)
        if not sign:
            self.watched.add(k)
            if powers.pop(k + 1, None) is None:
                powers[k + 1] = 1
            return 1
        return sign

    def monomial_power(self, monomial: Monomial, n: int) -> tuple[Monomial, Number]:
        """Return a whole power of a monomial, as a monomial and a number."""
        powers: dict[int, Power] = {}
        number: Number = 1
        for k, e in monomial:
            if k < 0 or not k & 1:
                number *= self.put(powers, k, e * n, is_odd(e) * n)
            elif n & 1:
                number *= self.turned(powers, k - 1)
        return tuple(sorted(powers.items())), number

    # --- values ---------------------------------------------------------------------------------------------

    def product(self, one: Value, other: Value) -> Value:
        """Return the product of two values."""
        if len(one) * len(other) > MAX_PRODUCTS:
            raise refuse_size()
        total: Value = {}
        times, found = self.times, total.get
        for m, c in one.items():
            for n, d in other.items():
                monomial, number = times(m, n)
                total[monomial] = found(monomial, 0) + c * d * number
        return cleaned(total)

    def whole_power(self, value: Value, n: int) -> Value:
        """Return a whole power of a value that is not zero when n is negative."""
        if n < 0:
            value, n = self.inverse(value), -n
        size = len(value)
        if size > 1 and comb(min(n, MAX_TERMS) + size - 1, size - 1) > MAX_TERMS:
            raise refuse_size()
        if size == 1:
            ((monomial, c),) = value.items()
            power, number = self.monomial_power(monomial, n)
            return {power: power_of(c, n) * number}
        total: Value = {(): 1}
        for bit in bin(n)[2:]:
            total = self.product(total, total)
            if bit == "1":
                total = self.product(total, value)
        return total

    def inverse(self, value: Value) -> Value:
        """Return one over a value that is not zero where all terms exist."""
        number, monomial, rest = self.canonical(value)
        self.nonzero.update(k for k, _ in monomial if k in self.signed)
        inverted, factor = self.monomial_power(monomial, -1)
        below: Monomial = ((self.sum_base(rest), -1),) if len(rest) > 1 else ()
        inverted, other = self.times(inverted, below)
        return {inverted: fmpq(1) / number * factor * other}

    def expanded(self, value: Value) -> tuple[Monomial, Value]:
        """Return a monomial and a value without whole powers of sums whose product is this value."""
        outer: list[tuple[int, Power]] = []
        bound = 2 * len(self._bases)
        while value:
            bound = max((k for m in value for k, _ in m if k < bound and k in self.definitions), default=-1)
            if bound < 0:
                break
            groups: dict[int, Value] = {}
            for m, c in value.items():
                n, rest, sign = self._without(m, bound)
                group = groups.setdefault(n, {})
                group[rest] = group.get(rest, 0) + c * sign
            least = min(groups)
            if least:
                outer.append((bound, least))
            value = self._multiplied_out(groups, bound)
        return tuple(sorted(outer)), self.settled(value)

    def _without(self, monomial: Monomial, base: int) -> tuple[int, Monomial, int]:
        """Return n, the rest and a sign such that a monomial is their product with base^n."""
        for k, e in monomial:
            if k == base:
                part, n = split(e)
                powers = dict(monomial)
                powers.pop(k)
                sign = self.turned(powers, k) if part and n & 1 and k in self.signed else 1
                if part:
                    powers[k] = part
                return n, tuple(sorted(powers.items())), sign
        return 0, monomial, 1

    def _multiplied_out(self, groups: dict[int, Value], base: int) -> Value:
        """Return the sum of group times base^(n - least n) over all n, as Horner does."""
        degrees = sorted(groups, reverse=True)
        total = cleaned(groups[degrees[0]])
        for high, low in pairwise(degrees):
            total = self.product(total, self.whole_power(self.definitions[base], high - low))
            for m, c in groups[low].items():
                total[m] = total.get(m, 0) + c
            total = cleaned(total)
        return total

    def is_zero(self, value: Value) -> bool:
        """Tell whether a value is shown to be zero."""
        return len(value) != 1 and not self.expanded(value)[1]

    def canonical(self, value: Value) -> tuple[Number, Monomial, Value]:
        """Return a number, a monomial and a primitive value whose product this value is.

        The primitive value has no whole powers of sums in it, whole coefficients without a common divisor, of each
        base the exponent zero as its smallest, and is one when it has a single term.

        Raises
        ------
        Refusal
            When the value is zero.
        """
        outer, rest = self.expanded(value)
        number, inner, primitive = self.primitive(rest)
        monomial, factor = self.times(outer, inner)
        return number * factor, monomial, primitive

    def primitive(self, value: Value) -> tuple[Number, Monomial, Value]:
        """Return what `canonical` does, but leave whole powers of sums as they are."""
        if not value:
            raise Refusal("normal form", "a division by zero, or a power or logarithm of zero")
        count: dict[int, int] = {}
        least: dict[int, Power] = {}
        for m in value:
            for k, e in m:
                count[k] = count.get(k, 0) + 1
                if k not in least or is_below(e, least[k]):
                    least[k] = e
        for k in least:
            if count[k] < len(value) and is_below(0, least[k]):
                least[k] = 0
        shift = tuple(sorted((k, e) for k, e in least.items() if e))
        if shift:
            inverted, number = self.monomial_power(shift, -1)
            value = {
                monomial: c * factor * number
                for (monomial, factor), c in ((self.times(m, inverted), c) for m, c in value.items())
            }
        content = fmpq(gcd(*(above(c) for c in value.values())), lcm(*(below(c) for c in value.values())))
        if value[max(value, key=_rank)] < 0:
            content = -content
        return content, shift, {m: above(c / content) for m, c in value.items()}


def above(number: Number) -> int:
    """Return the numerator of a rational number."""
    return number if isinstance(number, int) else int(number.p)


def below(number: Number) -> int:
    """Return the denominator of a rational number."""
    return 1 if isinstance(number, int) else int(number.q)


def power_of(number: Number, n: int) -> Number:
    """Return a whole power of a number."""
    if n == 0:
        return 1
    if n == 1:
        return number
    if max(above(number).bit_length(), below(number).bit_length()) * abs(n) > MAX_BITS and abs(number) != 1:
        raise refuse_size()
    return fmpq(number) ** n


def _rank(monomial: Monomial) -> tuple[tuple[int, int, int], ...]:
    """Return what monomials are sorted by."""
    return tuple((k, 0, e) if isinstance(e, int) else (k, 1, e.rank) for k, e in monomial)
