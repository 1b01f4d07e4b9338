"""Polynomials over the bases of the core's normal form, and the terms that they stand for.

Several terms are brought to normal form together. Each is a number times a monomial times a *primitive* sum without
whole powers of sums in it; monomials become tuples of whole exponents over generators of the lattices of exponents that
occur. Everything found here is checked by the core before it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeAlias

from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.terms import Term
from symhet.search.building import number, over, plus, raised, times
from symhet.search.lattices import Lattice, Polynomials
from symhet.search.normal import forms
from symhet.search.normal.bases import Monomial
from symhet.search.normal.exponents import Power
from symhet.search.normal.values import Value
from symhet.search.programs import Polynomial, Room

MAX_SIZE = 3000
Orient: TypeAlias = Callable[[Term], int]


class NoTermError(Exception):
    """There is no term for this, or it is too large to look at."""


@dataclass(frozen=True)
class Split:
    """number * monomial * primitive, zero when the number is."""

    number: Fraction
    monomial: Monomial
    primitive: Value


class Algebra:
    """The joint normal forms of some terms.

    Parameters
    ----------
    terms : tuple of Term
        Terms that all have values.
    orient : callable, optional
        The sign of a term where it is known, else zero: absolute values are written by it.

    Examples
    --------
    >>> x = t.symbol("x")
    >>> algebra = Algebra((t.difference(t.whole_power(x, 2), t.ONE),))
    >>> algebra.of_value(algebra.splits[0].primitive)
    sum(whole_power(symbol('x', True), 2), number(-1, 1))
    """

    def __init__(self, terms: tuple[Term, ...], orient: Orient = lambda _: 0) -> None:
        self._orient = orient
        self._forms = forms(terms)
        self._values = self._forms[0]._conversion
        self._bases: dict[int, Term] = {}
        self.splits = [self._split(form._value) for form in self._forms]

    def _split(self, value: Value) -> Split:
        if not value:
            return Split(Fraction(0), (), {})
        try:
            c, monomial, primitive = self._values.canonical(value)
        except Refusal:
            return Split(Fraction(0), (), {})
        if len(primitive) > MAX_SIZE:
            raise NoTermError
        return Split(_fraction(c), monomial, primitive)

    # --- terms ----------------------------------------------------------------------------------------------

    def of_value(self, value: Value) -> Term:
        """Return the term that a value stands for."""
        ordered = sorted(
            value.items(), key=lambda item: (sum(abs(_size(e)) for _, e in item[0]), repr(item[0])), reverse=True
        )
        return plus(*(times(number(_fraction(c)), self.of_monomial(m)) for m, c in ordered))

    def of_monomial(self, monomial: Monomial) -> Term:
        """Return the term that a monomial stands for."""
        return times(*(self._entry(base, power) for base, power in monomial))

    def of_split(self, split: Split) -> Term:
        """Return the term of a split form, its primitive part not expanded."""
        return (
            times(number(split.number), self.of_monomial(split.monomial), self.of_value(split.primitive))
            if split.number
            else t.ZERO
        )

    def _entry(self, base: int, power: Power) -> Term:
        if base < 0:
            return raised(number(-base), self.of_power(power))
        if base & 1:
            return over(self.base(base - 1), self._absolute(base - 1))
        if self._values.sources[base] == "e":
            return t.exp(self.of_power(power))
        if base in self._values.signed and type(power) is not int:
            return raised(self._absolute(base), self.of_power(power))
        return raised(self.base(base), self.of_power(power))

    def raised_base(self, base: int, exponent: Term) -> Term:
        """Return a base to an exponent."""
        if self.is_exponential(base):
            return t.exp(exponent)
        term = number(-base) if base < 0 else self._absolute(base) if base in self._values.signed else self.base(base)
        return raised(term, exponent)

    def is_exponential(self, base: int) -> bool:
        """Tell whether a base is Euler's number."""
        return base > 0 and self._values.sources.get(base) == "e"

    def _absolute(self, base: int) -> Term:
        """Return the absolute value of a base: by its sign where that is known, else as the root of its square."""
        term = self.base(base)
        sign = self._orient(term)
        if sign:
            return term if sign > 0 else times(t.MINUS_ONE, term)
        return raised(t.whole_power(term, 2), t.number(1, 2))

    def base(self, base: int) -> Term:
        """Return the term of a base."""
        if base not in self._bases:
            source: Any = self._values.sources[base]
            if type(source) is Term:
                found = source
            elif isinstance(source, tuple):
                inner = source[1]
                found = t.log(self._logged(inner))
            else:
                found = self.of_value(self._values.definitions[base])
            self._bases[base] = found
        return self._bases[base]

    def _logged(self, base: int) -> Term:
        if base < 0:
            return number(-base)
        return self._absolute(base) if base in self._values.signed else self.base(base)

    def of_power(self, power: Power) -> Term:
        """Return the term that an exponent stands for."""
        if type(power) is int:
            return number(power)
        return over(self._in_exponents(power.num), self._in_exponents(power.den))  # type: ignore[union-attr]

    def _in_exponents(self, polynomial: Any) -> Term:
        parts = []
        for degrees, c in polynomial.to_dict().items():
            factors = [number(int(c))]
            for key, degree in zip(self._values.field.keys, degrees, strict=False):
                if degree:
                    factors.append(raised(self._entry(*key), number(int(degree))))
            parts.append(times(*factors))
        return plus(*parts)

    # --- signs and factors ------------------------------------------------------------------------------------

    def is_positive(self, monomial: Monomial) -> bool:
        """Tell whether a monomial is known to be positive."""
        return self._values.monomial_sign(monomial) == 1

    def inside(self, split: Split) -> Split:
        """Return the same with all of the monomial that is not known to be positive moved into the sum."""
        signed = tuple(entry for entry in split.monomial if not self.is_positive((entry,)))
        if not signed:
            return split
        outer = tuple(entry for entry in split.monomial if entry not in signed)
        return Split(split.number, outer, self._values.product(split.primitive, {signed: 1}))

    def quotient(self, above: Split, below: Split) -> Term:
        """Return the quotient of two split forms, common factors of their primitive parts left out."""
        parts = [above.primitive, below.primitive]
        rings = Polynomials(self._values, parts, self._lattices(parts).__getitem__)
        (up, one), (down, other) = map(rings.polynomial, parts)
        common = one.gcd(other)
        monomials = (self.of_monomial(rings.monomial(tuple(shift))[0]) for shift in (up, down))
        outer = [over(self.of_monomial(above.monomial), self.of_monomial(below.monomial)), over(*monomials)]
        inner = over(self.of_value(rings.value(one / common)), self.of_value(rings.value(other / common)))
        return times(number(above.number / below.number), *outer, inner)

    def over_sums(self, split: Split, others: Iterable[Split]) -> Split:
        """Return the same over the positive sums that others are divided by, multiplied out above."""
        below: dict[int, int] = {}
        for k, power in (entry for other in others for entry in other.monomial):
            if type(power) is int and power < 0 and k in self._values.definitions and k not in self._values.signed:
                below[k] = max(below.get(k, 0), -power)
        value, monomial, number = split.primitive, split.monomial, split.number
        for k, power in sorted(below.items()):
            value = self._values.product(value, self._values.whole_power(self._values.definitions[k], power))
            monomial, c = self._values.times(monomial, ((k, -power),))
            number *= _fraction(c)
        if len(value) > MAX_SIZE:
            raise NoTermError
        return Split(number, monomial, value)

    def sign(self, value: Value) -> int:
        """Return the sign that a value shows, zero where none does."""
        return self._values.sign(value)

    def factors(self, primitive: Value) -> tuple[Fraction, list[tuple[Value, int]]]:
        """Return a number and irreducible factors with exponents whose product a primitive value is."""
        if len(primitive) < 2:
            return Fraction(1), []
        rings = Polynomials(self._values, [primitive], self._lattices([primitive]).__getitem__)
        shift, polynomial = rings.polynomial(primitive)
        content, factors = polynomial.factor()
        monomial, c = rings.monomial(shift)
        product = Fraction(int(content)) * _fraction(c)
        found = []
        for factor, n in factors:
            c, inner, rest = self._values.primitive(rings.value(factor))
            inner, d = self._values.monomial_power(inner, int(n))
            monomial, e = self._values.times(monomial, inner)
            product *= _fraction(c) ** int(n) * _fraction(d) * _fraction(e)
            found.append((rest, int(n)))
        if monomial:
            found.append(({monomial: 1}, 1))
        return product, [part for part in found if part[0] != {(): 1}]

    def _lattices(self, values: Iterable[Value]) -> dict[int, Lattice]:
        found: dict[int, Lattice] = {}
        for base, power in (entry for value in values for monomial in value for entry in monomial):
            found.setdefault(base, Lattice(self._values.field)).admit(power)
        return found

    def polynomials(self, values: Sequence[Value]) -> Joint:
        """Return values as polynomials, which of their variables are positive, and the way back to terms."""
        sums = self._sums_under_powers(values)
        alone: list[Value] = [{((k, 1),): 1} for k in sums]
        everything = [*values, *alone, *sums.values()]
        rings = Polynomials(self._values, everything, self._lattices(everything).__getitem__)
        found: list[Polynomial] = [{rings._degrees(m): _fraction(c) for m, c in value.items()} for value in everything]
        signs: list[bool] = []
        for base, lattice in rings._lattices:
            known = base not in self._values.signed or base < 0
            signs += [known] * lattice.rank
        signs += [False] * len(rings._signs)

        def back(degrees: tuple[int, ...]) -> Term:
            monomial, c = rings.monomial(degrees)
            return times(number(_fraction(c)), self.of_monomial(monomial))

        count, width = len(values), len(sums)
        relations = [
            _less(power, value)
            for power, value in zip(found[count : count + width], found[count + width :], strict=True)
        ]
        return Joint(found[:count], Room(tuple(signs) or (True,)), back, [*relations, *_of_roots(rings)])

    def _sums_under_powers(self, values: Sequence[Value]) -> dict[int, Value]:
        """Return what the bases are that are sums of known sign and occur in values, those within them too."""
        found: dict[int, Value] = {}
        todo = [k for value in values for monomial in value for k, _ in monomial]
        while todo:
            k = todo.pop()
            if k in found or k in self._values.signed or k not in self._values.definitions:
                continue
            found[k] = self._values.definitions[k]
            todo += [inner for monomial in found[k] for inner, _ in monomial]
        return dict(sorted(found.items()))


@dataclass(frozen=True)
class Joint:
    """Values as polynomials.

    Parameters
    ----------
    polynomials : list of Polynomial
        One a value.
    room : Room
        Which variables are positive.
    back : callable
        The term that a monomial stands for.
    relations : list of Polynomial
        What is zero since variables are not independent: a power of a sum is one, a root of a number another.
    """

    polynomials: list[Polynomial]
    room: Room
    back: Callable[[tuple[int, ...]], Term]
    relations: list[Polynomial]


def _less(one: Polynomial, other: Polynomial) -> Polynomial:
    found = dict(one)
    for monomial, c in other.items():
        found[monomial] = found.get(monomial, Fraction(0)) - c
    return {monomial: c for monomial, c in found.items() if c}


def _of_roots(rings: Polynomials) -> list[Polynomial]:
    """Return that whole powers of roots of numbers are these numbers."""
    found: list[Polynomial] = []
    width = max(1, rings.count)
    place = 0
    for base, lattice in rings._lattices:
        whole = lattice.coordinates(1) if base < 0 else None
        if whole is not None:
            degrees = (*(0,) * place, *whole, *(0,) * (width - place - len(whole)))
            found.append({degrees: Fraction(1), (0,) * width: Fraction(base)})
        place += lattice.rank
    return found


def _fraction(c: Any) -> Fraction:
    return Fraction(c) if type(c) is int else Fraction(int(c.p), int(c.q))


def _size(power: Power) -> int:
    return power if type(power) is int else 1


@lru_cache(maxsize=8192)
def tidy(term: Term) -> Term:
    """Return a term in normal form where one is found, factored into number, monomial and sum; else the term itself.

    Examples
    --------
    >>> x = t.symbol("x")
    >>> tidy(t.add(x, t.difference(x, t.multiply(t.number(2), x))))
    number(0, 1)
    """
    try:
        found = Algebra((term,))
        return found.of_split(found.splits[0])
    except (Refusal, NoTermError):
        return term
