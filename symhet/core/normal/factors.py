"""Sums under powers and logarithms as products of irreducible sums, found by FLINT and multiplied together again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import sub

from flint import Ordering, fmpz, fmpz_mpoly, fmpz_mpoly_ctx

from symhet.core.normal.exponents import Field, Lattice, Power
from symhet.core.normal.values import (
    Monomial,
    Number,
    Value,
    Values,
    above,
    below,
    cleaned,
    is_odd,
    power_of,
    refuse_size,
)
from symhet.language.refusals import Refusal

MAX_DEGREE = 5_000
MAX_NUMBER_BITS = 160


class AgainError(Exception):
    """Something was learnt that earlier steps would have used."""


@lru_cache(maxsize=64)
def ring_of(size: int) -> fmpz_mpoly_ctx:
    """Return the ring of polynomials in so many variables."""
    return fmpz_mpoly_ctx.get([f"v{i}" for i in range(size)], Ordering.lex)


def prime_factors(number: int) -> list[tuple[int, int]]:
    """Return numbers above one with exponents whose product is a positive number."""
    if number == 1:
        return []
    if number.bit_length() > MAX_NUMBER_BITS:
        raise Refusal("normal form", "a number too large to be factored is raised to a power")
    found = [(int(p), int(power)) for p, power in fmpz(number).factor()]
    product = 1
    for p, power in found:
        product *= p**power
    if product != number or any(p < 2 for p, _ in found):
        raise Refusal("normal form", "factors whose product is another number")
    return found


def prime_powers(number: Number) -> list[tuple[int, int]]:
    """Return what `prime_factors` does for the absolute value of a rational number."""
    return prime_factors(abs(above(number))) + [(p, -n) for p, n in prime_factors(below(number))]


class Polynomials:
    """Values as polynomials in powers of the bases that occur in them, over lattices of their exponents.

    The powers are variables that know nothing of one another: a product of polynomials is one of values.

    Parameters
    ----------
    values : Values
        The bases.
    given : sequence of Value
        The values, with whole coefficients.
    lattice : callable
        Gives the lattice of a base, which holds its exponents here.
    """

    def __init__(self, values: Values, given: Sequence[Value], lattice: Callable[[int], Lattice]) -> None:
        entries = {entry for value in given for m in value for entry in m}
        # Of these only the absolute value is a variable, and the sign another.
        self._absolute = {k for k, e in entries if k in values.signed and type(e) is not int}
        self._signs = sorted({k for k, _ in entries if k > 0 and k & 1} | {k + 1 for k in self._absolute})
        bases = sorted({k for k, _ in entries if k < 0 or not k & 1})
        self._lattices = [(k, lattice(k)) for k in bases]
        self._place = {k: i for i, k in enumerate(bases)}
        self.count = len(self._signs) + sum(group.rank for _, group in self._lattices)
        self.ring = ring_of(max(1, self.count))
        self._values = values

    def polynomial(self, value: Value) -> tuple[tuple[int, ...], fmpz_mpoly]:
        """Return the degrees of a monomial, negative ones too, and a polynomial whose product the value is."""
        terms = {self._degrees(m): above(c) for m, c in value.items()}
        least = tuple(map(min, zip(*terms, strict=True)))
        moved = {tuple(map(sub, degrees, least)): c for degrees, c in terms.items()}
        if max((max(degrees, default=0) for degrees in moved), default=0) > MAX_DEGREE:
            raise refuse_size()
        return least, self.ring.from_dict(moved)

    def _degrees(self, monomial: Monomial) -> tuple[int, ...]:
        powers = dict(monomial)
        degrees: list[int] = []
        for k, group in self._lattices:
            found = group.coordinates(powers.get(k, 0))
            if found is None:
                raise Refusal("normal form", "an exponent outside its lattice")
            degrees += found
        if any(k not in self._place and k not in self._signs for k in powers):
            raise Refusal("normal form", "a base that is no variable here")
        degrees += [(s in powers) ^ (s - 1 in self._absolute and is_odd(powers.get(s - 1, 0))) for s in self._signs]
        return tuple(degrees) or (0,)

    def monomial(self, degrees: tuple[int, ...]) -> tuple[Monomial, Number]:
        """Return what a monomial stands for, as a monomial and a number."""
        powers: dict[int, Power] = {}
        number: Number = 1
        place = 0
        for k, group in self._lattices:
            power = group.combination(degrees[place : place + group.rank])
            number *= self._values.put(powers, k, power, 0 if k in self._absolute else is_odd(power))
            place += group.rank
        for s, degree in zip(self._signs, degrees[place:], strict=False):
            if degree & 1:
                number *= self._values.turned(powers, s - 1)
        return tuple(sorted(powers.items())), number

    def value(self, polynomial: fmpz_mpoly) -> Value:
        """Return what a polynomial stands for."""
        total: Value = {}
        for degrees, c in polynomial.to_dict().items():
            monomial, number = self.monomial(degrees)
            total[monomial] = total.get(monomial, 0) + int(c) * number
        return cleaned(total)


class Factors(Values):
    """Values with the factors of their sums.

    A sum is factored over the lattice of the exponents that its bases have inside such sums. When a finer one comes up
    the sums that are already factored may have more factors, and the conversion starts again.
    """

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self._lattices: dict[int, Lattice] = {}
        self._factored: dict[frozenset[tuple[Monomial, Number]], tuple[Number, Monomial]] = {}

    def forget(self) -> None:
        """Forget which sums are irreducible."""
        self._factored.clear()

    def factored(self, value: Value) -> tuple[Number, Monomial]:
        """Return a number and a monomial in which all sums are irreducible, whose product this value is.

        Raises
        ------
        AgainError
            When sums that were factored before may have more factors than were found.
        """
        if len(value) == 1:
            ((outer, number),) = value.items()
            rest = value
        else:
            number, outer, rest = self.canonical(value)
        monomial: Monomial = ()
        if len(rest) > 1:
            c, monomial = self._factors(rest)
            number *= c
        for k, e in outer:
            inner: Monomial = ((k, e),)
            if k in self.definitions:
                c, inner = self._factors(self.definitions[k])
                if inner != ((k, 1),) and k in self.signed:
                    self.learn([k, *self.odd(inner)], 1 if c > 0 else -1)
                c, inner = self._raised(c, inner, e)
                number *= c
            monomial, c = self.times(monomial, inner)
            number *= c
        return number, monomial

    def _raised(self, number: Number, monomial: Monomial, power: Power) -> tuple[Number, Monomial]:
        if type(power) is not int:
            return self.magnitude(number, monomial, power)
        monomial, c = self.monomial_power(monomial, power)
        return power_of(number, power) * c, monomial

    def magnitude(self, number: Number, monomial: Monomial, power: Power) -> tuple[Number, Monomial]:
        """Return the absolute value of a number times a monomial, not zero, to any power."""
        total: Monomial = ()
        outside: Number = 1
        entries = [*((-p, n) for p, n in prime_powers(number)), *monomial]
        for k, e in entries:
            if k < 0 or not k & 1:
                c, inner = self.magnitude_of(k, e * power)
                total, d = self.times(total, inner)
                outside *= c * d
        return outside, total

    def magnitude_of(self, base: int, power: Power) -> tuple[Number, Monomial]:
        """Return the absolute value of a base, not zero, to any power."""
        if base < 0:
            return self.prime(-base, power)
        powers: dict[int, Power] = {}
        number = self.put(powers, base, power, 0)
        return number, tuple(sorted(powers.items()))

    def _factors(self, value: Value) -> tuple[Number, Monomial]:
        """Return what `factored` does for a primitive value of several terms."""
        source = frozenset(value.items())
        if source not in self._factored:
            self._factored[source] = self._found_factors(value)
        return self._factored[source]

    def _found_factors(self, value: Value) -> tuple[Number, Monomial]:
        finer = False
        for k, e in dict.fromkeys(entry for m in value for entry in m):
            if k < 0 or not k & 1:
                finer |= self._lattices.setdefault(k, Lattice(self.field)).admit(e)
        if finer:
            raise AgainError
        polynomials = Polynomials(self, [value], self._lattices.__getitem__)
        shift, polynomial = polynomials.polynomial(value)
        content, factors = polynomial.factor()
        product = polynomials.ring.constant(content)
        monomial, number = polynomials.monomial(shift)
        number *= int(content)
        for factor, n in factors:
            product *= factor**n
            c, outer, primitive = self.primitive(polynomials.value(factor))
            inner: Monomial = ((self.sum_base(primitive), 1),) if len(primitive) > 1 else ()
            self._factored[frozenset(primitive.items())] = (1, inner)
            outer, d = self.times(outer, inner)
            outer, f = self.monomial_power(outer, int(n))
            monomial, g = self.times(monomial, outer)
            number *= power_of(c * d, int(n)) * f * g
        if product != polynomial:
            raise Refusal("normal form", "factors whose product is another polynomial")
        return number, monomial
