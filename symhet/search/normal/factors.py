"""Sums under powers and logarithms as products of irreducible sums, and signs that show after division.

Polynomials are FLINT's. It is believed to add and multiply them; factors and common divisors are multiplied back.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import gcd, prod
from operator import add, sub

from flint import fmpq, fmpz_mpoly

from symhet.core.normal.exponents import divided
from symhet.core.normal.values import Number, collected, power_of, prime_powers
from symhet.language.refusals import Refusal
from symhet.search.normal.bases import Monomial
from symhet.search.normal.exponents import AgainError, Power, content, is_odd, ring
from symhet.search.normal.values import ONE, Value, Values

MAX_DEGREE = 500


class Polynomials:
    """Values with whole coefficients as polynomials, and polynomials as values.

    The exponents of a base are sums of monomials t over a common denominator D; of each base the powers t/D are
    variables, in units in which all exponents are whole. A product of polynomials is one of values.

    Parameters
    ----------
    values : Values
        The bases; of unknown sign only those may occur that have whole exponents.
    given : iterable of Value
        What will be written as polynomials.
    units : dict
        For each base a rational number of which the contents of its exponents are multiples.
    """

    def __init__(self, values: Values, given: Iterable[Value], units: dict[int, fmpq]) -> None:
        self._values, self._field = values, values.field
        entries = dict.fromkeys(entry for value in given for m in value for entry in m)
        self._denominators: dict[int, fmpz_mpoly] = {}
        for k, e in entries:
            known = self._denominators.get(k, self._field.one)
            self._denominators[k] = known * divided(self._field.parts(e)[1], known)[0]
        self._units = {k: units[k] * gcd(*map(int, den.coeffs())) for k, den in self._denominators.items()}
        self._vectors = {entry: self._vector(*entry) for entry in entries}
        self._columns = sorted({(k, t) for (k, _), vector in self._vectors.items() for t in vector})
        self._ring = ring("v", max(1, len(self._columns)))

    def _vector(self, base: int, power: Power) -> dict[tuple[int, ...], int]:
        """Return the coordinates of an exponent, by t."""
        num, den = self._field.parts(power)
        factor, rest, _ = divided(self._denominators[base], den)
        found = {t: fmpq(c) / self._units[base] for t, c in (num * factor).to_dict().items()}
        if not rest.is_one() or any(c.q != 1 for c in found.values()):
            raise Refusal("normal form", "an exponent that is no multiple of its unit")
        return {t: int(c.p) for t, c in found.items()}

    def polynomial(self, value: Value) -> tuple[tuple[int, ...], fmpz_mpoly]:
        """Return the degrees of a monomial, negative ones too, and a polynomial whose product a value is."""
        place = {column: i for i, column in enumerate(self._columns)}
        rows = [[0] * max(1, len(place)) for _ in value]
        for row, m in zip(rows, value, strict=True):
            for k, e in m:
                for t, degree in self._vectors[k, e].items():
                    row[place[k, t]] = degree
        least = tuple(map(min, zip(*rows, strict=True)))
        moved = {tuple(map(sub, row, least)): fmpq(c) for row, c in zip(rows, value.values(), strict=True)}
        if len(moved) < len(value) or max(map(sum, moved)) > MAX_DEGREE or any(c.q != 1 for c in moved.values()):
            raise Refusal("normal form", "a sum that is not factored")
        return least, self._ring.from_dict({degrees: c.p for degrees, c in moved.items()})

    def value(self, polynomial: fmpz_mpoly, shift: tuple[int, ...] | None = None) -> Value:
        """Return what a polynomial times the monomial of some degrees stands for."""
        shift = shift or (0,) * self._ring.nvars()
        found = [(self._monomial(tuple(map(add, m, shift))), int(c)) for m, c in polynomial.to_dict().items()]
        return collected((m, number * c) for (m, number), c in found)

    def _monomial(self, degrees: tuple[int, ...]) -> tuple[Monomial, Number]:
        vectors: dict[int, dict[tuple[int, ...], int]] = {}
        for (k, t), degree in zip(self._columns, degrees, strict=False):
            if degree:
                vectors.setdefault(k, {})[t] = degree * int(self._units[k].p)
        powers: dict[int, Power] = {}
        number: Number = 1
        for k, vector in vectors.items():
            power = self._field.made(self._field.ring.from_dict(vector), self._denominators[k] * int(self._units[k].q))
            number *= self._values.put(powers, k, power, is_odd(power))
        return tuple(sorted(powers.items())), number


class Factors(Values):
    """Values with the factors of their sums.

    A sum is factored over the group of exponents that its bases have inside such sums. When a finer one comes up the
    sums that are already factored may have more factors, and the conversion starts again.
    """

    def __init__(self, room: int) -> None:
        super().__init__(room)
        self._units: dict[int, fmpq] = {}
        self._factored: dict[int, tuple[Number, Monomial]] = {}

    def again(self) -> None:
        """Forget which sums are irreducible, and look again at their signs."""
        self._factored.clear()
        for base in sorted(self.signed & self.definitions.keys()):
            if sign := self.sign(self.definitions[base]):
                self.learn([base], sign)

    def factored(self, value: Value) -> tuple[Number, Monomial]:
        """Return a number and a monomial in which all sums are irreducible, whose product is a value not zero.

        Raises
        ------
        AgainError
            When sums that were factored before may have more factors than were found.
        """
        number, outer = self.single(value)
        monomial: Monomial = ()
        for k, e in outer:
            inner: Monomial = ((k, e),)
            if k in self.definitions:
                c, inner = self._factors(k)
                inner, d = self.monomial_power(inner, e) if isinstance(e, int) else self.magnitudes(c, inner, e)
                number *= d * (power_of(c, e) if isinstance(e, int) else 1)
            monomial, c = self.times(monomial, inner)
            number *= c
        return number, monomial

    def magnitudes(self, number: Number, monomial: Monomial, power: Power) -> tuple[Monomial, Number]:
        """Return the absolute value of a number times a monomial, not zero, to any power."""
        powers: dict[int, Power] = {}
        outside: Number = 1
        for k, e in parts_of(number, monomial):
            outside *= self.put(powers, k, e * power + powers.get(k, 0), 0)
        return tuple(sorted(powers.items())), outside

    def _factors(self, base: int) -> tuple[Number, Monomial]:
        """Return what `factored` does for a sum that is a base."""
        if base not in self._factored:
            self._factored[base] = 1, ((base, 1),)
            if self._is_plain(self.definitions[base]):
                self._factored[base] = number, monomial = self._found_factors(base)
                self.learn({base} ^ self.odd(monomial), number)
        return self._factored[base]

    def _is_plain(self, value: Value) -> bool:
        """Tell whether a value is a polynomial in bases of unknown sign and powers of others."""
        return all(k < 0 or (not k & 1 and (k not in self.signed or type(e) is int)) for m in value for k, e in m)

    def _found_factors(self, base: int) -> tuple[Number, Monomial]:
        value, known = self.definitions[base], dict(self._units)
        for k, e in (entry for m in value for entry in m):
            self._units[k] = self._units.get(k, fmpq(0)).gcd(content(e))
        if any(self._units[k] != unit for k, unit in known.items()):
            raise AgainError
        polynomials = Polynomials(self, [value], self._units)
        shift, polynomial = polynomials.polynomial(value)
        number, factors = polynomial.factor()
        if sum(n for _, n in factors) == 1:
            return 1, ((base, 1),)
        product = polynomial.context().constant(number)
        total = polynomials.value(product, shift)
        for factor, n in factors:
            product *= factor**n
            inside, outer = self.single(polynomials.value(factor))
            for k, _ in outer:
                self._factored.setdefault(k, (1, ((k, 1),)))
            total = self.product(total, self.whole_power({outer: inside}, int(n)))
        if product != polynomial:
            raise Refusal("normal form", "factors whose product is another polynomial")
        ((monomial, c),) = total.items()
        return c, monomial

    def shows_positive(self, outer: tuple[tuple[int, int], ...], rest: Value) -> bool:
        """Tell whether a product of sums and a value is positive: by its signs, or after the sums are divided out."""
        if self.monomial_sign(outer) * self.sign(rest) > 0:
            return True
        parts = {True: rest, False: ONE}
        for k, n in outer:
            parts[n > 0] = self.product(parts[n > 0], self.whole_power(self.definitions[k], abs(n)))
        units: dict[int, fmpq] = {}
        for k, e in (entry for part in parts.values() for m in part for entry in m):
            units[k] = units.get(k, fmpq(0)).gcd(content(e))
        if not outer or not all(map(self._is_plain, parts.values())):
            return False
        (c, one, above), (d, other, below) = map(self.primitive, parts.values())
        polynomials = Polynomials(self, (above, below), units)
        signs = [self.sign({one: c}), self.sign({other: d})]
        (left, numerator), (right, denominator) = map(polynomials.polynomial, (above, below))
        numerator, denominator, common = divided(numerator, denominator)
        if not common.is_one():
            above, below = polynomials.value(numerator, left), polynomials.value(denominator, right)
        return prod([*signs, self.sign(above), self.sign(below)]) > 0


def parts_of(number: Number, monomial: Monomial) -> list[tuple[int, Power]]:
    """Return bases and exponents, the absolute value being the product of those of the bases to these powers."""
    return [*prime_powers(number if number > 0 else -number), *((k, e) for k, e in monomial if k < 0 or not k & 1)]
