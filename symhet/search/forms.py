"""Terms as fractions of polynomials, for the search: what the core's normal form shows, taken apart and written back.

Nothing here is believed: what the search finds with it ends in a certificate that the core replays.

What there is
    `Forms(terms)`
        Joint forms of several terms, which are supposed to have values together. Its `generators` are powers of the
        bases that occur; each has a name, the term it stands for, and whether it is positive.
    `Forms.fraction(term)`
        One of the given terms as a `Fraction`. Sums, products, quotients and whole powers of fractions of one `Forms`
        are fractions again, in lowest terms.
    `Fraction.numer`, `Fraction.denom`
        Coefficients by monomial: ``{(degree in generator 0, degree in generator 1, ...): whole number}``.
    `Fraction.to_term()`, `Forms.to_term(monomials)`
        Tidy terms, equal wherever the given terms exist.
    `Fraction.factors()`
        A rational number and irreducible factors, each as `Factor(term, power, sign)`; negative powers stand below.
        The sign is 1 or -1 where it shows from coefficients or follows from the existence of the terms, else 0.
    `Fraction.sign()`
        1, -1 or 0 likewise, by coefficients alone.
    `equal(left, right)`
        Exact; raises `Refusal` where two terms were neither shown equal nor told apart.
    `tidy(term)`
        A term in lowest terms. `symhet.search.systems.solved` solves linear systems over these fractions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction as Rational
from math import lcm
from typing import TypeAlias

from flint import fmpq, fmpz_mpoly

from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.terms import Term
from symhet.search.lattices import Lattice, Polynomials
from symhet.search.normal import converted
from symhet.search.normal.exponents import content, split
from symhet.search.normal.values import Value
from symhet.search.undecided import undecided
from symhet.search.writing import Writer

__all__ = ["Factor", "Forms", "Fraction", "Generator", "equal", "tidy"]

Monomials: TypeAlias = Mapping[tuple[int, ...], int]


@dataclass(frozen=True)
class Generator:
    """A quantity that fractions are fractions in.

    Parameters
    ----------
    name : str
        A short name, unique among the generators of one `Forms`.
    term : Term
        What it stands for.
    positive : bool
        Whether it is positive wherever the given terms exist.
    """

    name: str
    term: Term
    positive: bool


@dataclass(frozen=True)
class Factor:
    """An irreducible factor: its term, the power it has, and its sign, zero where that does not show."""

    term: Term
    power: int
    sign: int


class Forms:
    """Joint forms of several terms.

    Parameters
    ----------
    terms : iterable of Term
        Terms that are supposed to have values together.

    Raises
    ------
    Refusal
        When the core's normal form refuses them.

    Examples
    --------
    >>> from symhet.language.terms import difference, power, quotient, symbol, whole_power
    >>> x, s = symbol("x"), symbol("s")
    >>> ratio = quotient(difference(power(x, s), t.ONE), difference(whole_power(power(x, s), 2), t.ONE))
    >>> found = Forms([ratio]).fraction(ratio)
    >>> found.numer, found.denom, found.forms.generators[0].term
    ({(0,): 1}, {(1,): 1, (0,): 1}, power(symbol('x', True), symbol('s', True)))
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        given = tuple(dict.fromkeys(terms))
        self.conversion, values = converted(given)
        self._writer = Writer(self.conversion)
        quotients = [self._without_sums(value, {(): 1}) for value in values]
        parts = self._with_definitions([part for quotient in quotients for part in quotient if part])
        lattices = self._lattices(parts)
        self._rooted = any(k < 0 or k & 1 or k in self.conversion.definitions for k in lattices)
        self._polynomials = Polynomials(self.conversion, parts, lattices.__getitem__)
        self.ring = self._polynomials.ring
        self._fractions = {term: self._read(*quotient) for term, quotient in zip(given, quotients, strict=True)}
        self.generators = tuple(map(self._generator, range(self._polynomials.count)))

    def fraction(self, term: Term) -> Fraction:
        """Return one of the given terms as a fraction.

        Raises
        ------
        Refusal
            When it is not among them.
        """
        if term not in self._fractions:
            raise Refusal("forms", "the term was not among those given", term)
        return self._fractions[term]

    def number(self, p: int, q: int = 1) -> Fraction:
        """Return a rational number as a fraction."""
        return Fraction.of(self, self.ring.constant(p), self.ring.constant(q))

    def generator(self, index: int) -> Fraction:
        """Return a generator as a fraction."""
        return Fraction(self, self.ring.gen(index), self.ring.constant(1))

    def polynomial(self, coefficients: Monomials) -> Fraction:
        """Return a polynomial in the generators, given by its coefficients, as a fraction."""
        return self.lowest(self.ring.from_dict(dict(coefficients)), self.ring.constant(1))

    def to_term(self, coefficients: Monomials) -> Term:
        """Return a polynomial in the generators, given by its coefficients, as a tidy term."""
        return self.polynomial(coefficients).to_term()

    # --- between values and polynomials ---------------------------------------------------------------------

    def _without_sums(self, numer: Value, denom: Value) -> tuple[Value, Value]:
        """Multiply out the whole powers of sums in a quotient of values."""
        conversion = self.conversion
        while True:
            parts = [conversion.expanded(numer), conversion.expanded(denom)]
            found = [rest for _, rest in parts]
            for side, (outer, _) in enumerate(parts):
                for k, e in outer:
                    place = side if e > 0 else 1 - side
                    power = conversion.whole_power(conversion.definitions[k], abs(e))
                    found[place] = conversion.product(found[place], power)
            numer, denom = found
            if not any(outer for outer, _ in parts):
                return numer, denom

    def _with_definitions(self, parts: list[Value]) -> list[Value]:
        """Add what the sums under roots are, which come out when roots are multiplied."""
        found, todo = list(parts), {k for part in parts for m in part for k, _ in m}
        done: set[int] = set()
        while todo:
            base = todo.pop()
            if base not in done and base in self.conversion.definitions:
                found.append(self.conversion.definitions[base])
                todo |= {k for m in found[-1] for k, _ in m}
            done.add(base)
        return found

    def _lattices(self, parts: list[Value]) -> dict[int, Lattice]:
        """Return lattices in which the exponents of products are too."""
        found: dict[int, Lattice] = {}
        for k, e in dict.fromkeys(entry for part in parts for m in part for entry in m):
            group = found.setdefault(k, Lattice(self.conversion.field))
            group.admit(e)
            # As coarse as the exponents would be, sums such as x^2 - y^2 could not be factored.
            group.admit(e * self.conversion.field.number(1 / content(e)))
            if (k < 0 or k in self.conversion.definitions) and split(e * -1)[1]:
                group.admit(1)
        return found

    def _read(self, numer: Value, denom: Value) -> Fraction:
        """Return the quotient of two values without whole powers of sums as a fraction."""
        scale = lcm(*(int(fmpq(c).q) for part in (numer, denom) for c in part.values()))
        unit = (0,) * self.ring.nvars()
        (shift, one), (other_shift, other) = (
            self._polynomials.polynomial({m: c * scale for m, c in part.items()})
            if part
            else (unit, self.ring.constant(0))
            for part in (numer, denom)
        )
        moved = [a - b for a, b in zip(shift, other_shift, strict=True)]
        one *= self.ring.term(exp_vec=tuple(max(n, 0) for n in moved))
        other *= self.ring.term(exp_vec=tuple(max(-n, 0) for n in moved))
        return Fraction.of(self, one, other)

    def lowest(self, numer: fmpz_mpoly, denom: fmpz_mpoly) -> Fraction:
        """Return a quotient of polynomials in lowest terms, the powers of roots brought down."""
        if not self._rooted:
            return Fraction.of(self, numer, denom)
        return self._read(*self._without_sums(*map(self._polynomials.value, (numer, denom))))

    def value(self, polynomial: fmpz_mpoly) -> Value:
        """Return what a polynomial in the generators stands for."""
        return self._polynomials.value(polynomial)

    def sign_of(self, polynomial: fmpz_mpoly) -> int:
        """Return the sign of a polynomial in the generators that shows from its coefficients, else zero."""
        return self.conversion.sign(self.value(polynomial))

    def sign_of_factor(self, factor: fmpz_mpoly) -> int:
        """Return the sign of an irreducible polynomial, also where it follows from the existence of the terms."""
        sign = self.sign_of(factor)
        if sign:
            return sign
        number, monomial = self.conversion.single(self.value(factor))
        sign = self.conversion.monomial_sign(monomial)
        return sign if number > 0 else -sign

    def quotient_term(self, numer: fmpz_mpoly, denom: fmpz_mpoly) -> Term:
        """Return a quotient of polynomials in the generators as a tidy term."""
        return self._writer.quotient(self.value(numer), self.value(denom))

    def _generator(self, index: int) -> Generator:
        value = self.value(self.ring.gen(index))
        return Generator(f"v{index}", self._writer.value(value), self.conversion.sign(value) > 0)


class Fraction:
    """A quotient of polynomials over the whole numbers in the generators of some `Forms`, in lowest terms.

    The leading coefficient of the denominator is positive. Fractions of one `Forms` are added, multiplied, divided,
    raised to whole powers and compared; where roots occur, equal ones may be written with different polynomials.

    Attributes
    ----------
    forms : Forms
        What the variables stand for.
    above, below : flint.fmpz_mpoly
        Numerator and denominator.
    """

    __slots__ = ("above", "below", "forms")

    def __init__(self, forms: Forms, above: fmpz_mpoly, below: fmpz_mpoly) -> None:
        self.forms, self.above, self.below = forms, above, below

    @classmethod
    def of(cls, forms: Forms, above: fmpz_mpoly, below: fmpz_mpoly) -> Fraction:
        """Return a quotient of any two polynomials.

        Raises
        ------
        Refusal
            When the denominator is zero.
        """
        if not below:
            raise Refusal("forms", "a division by zero")
        common = above.gcd(below) * (1 if below.leading_coefficient() > 0 else -1)
        return cls(forms, above / common, below / common)

    @property
    def numer(self) -> dict[tuple[int, ...], int]:
        """The coefficients of the numerator by monomial."""
        return {tuple(map(int, m)): int(c) for m, c in self.above.to_dict().items()}

    @property
    def denom(self) -> dict[tuple[int, ...], int]:
        """The coefficients of the denominator by monomial."""
        return {tuple(map(int, m)): int(c) for m, c in self.below.to_dict().items()}

    @property
    def is_zero(self) -> bool:
        """Whether this is zero."""
        return not self.above

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Fraction) or self.forms is not other.forms:
            return NotImplemented
        return (self - other).is_zero

    __hash__ = None  # type: ignore[assignment]

    def __add__(self, other: Fraction) -> Fraction:
        return self.forms.lowest(self.above * other.below + other.above * self.below, self.below * other.below)

    def __neg__(self) -> Fraction:
        return Fraction(self.forms, -self.above, self.below)

    def __sub__(self, other: Fraction) -> Fraction:
        return self + -other

    def __mul__(self, other: Fraction) -> Fraction:
        return self.forms.lowest(self.above * other.above, self.below * other.below)

    def __truediv__(self, other: Fraction) -> Fraction:
        return self.forms.lowest(self.above * other.below, self.below * other.above)

    def __pow__(self, n: int) -> Fraction:
        above, below = (self.above, self.below) if n >= 0 else (self.below, self.above)
        return self.forms.lowest(above ** abs(n), below ** abs(n))

    def sign(self) -> int:
        """Return 1 or -1 where the coefficients of numerator and denominator show that, else zero."""
        return self.forms.sign_of(self.above) * self.forms.sign_of(self.below) if self.above else 0

    def factors(self) -> tuple[Rational, tuple[Factor, ...]]:
        """Return a rational number and irreducible factors whose product this is.

        Examples
        --------
        >>> from symhet.language.terms import difference, quotient, symbol, whole_power
        >>> x, y = symbol("x"), symbol("y")
        >>> ratio = quotient(difference(whole_power(x, 2), whole_power(y, 2)), x)
        >>> number, found = Forms([ratio]).fraction(ratio).factors()
        >>> number, [(factor.power, factor.sign) for factor in found]
        (Fraction(1, 1), [(1, 0), (1, 1), (-1, 1)])
        """
        numbers: list[int] = []
        found: list[Factor] = []
        for polynomial, side in ((self.above, 1), (self.below, -1)):
            content, factors = polynomial.factor()
            numbers.append(int(content))
            for factor, n in factors:
                found.append(Factor(self._term(factor), side * int(n), self.forms.sign_of_factor(factor)))
        return Rational(*numbers), tuple(found)

    def _term(self, polynomial: fmpz_mpoly) -> Term:
        return self.forms.quotient_term(polynomial, self.forms.ring.constant(1))

    def numer_term(self) -> Term:
        """Return the numerator as a tidy term."""
        return self._term(self.above)

    def denom_term(self) -> Term:
        """Return the denominator as a tidy term."""
        return self._term(self.below)

    def to_term(self) -> Term:
        """Return a tidy term."""
        return self.forms.quotient_term(self.above, self.below)


def tidy(term: Term) -> Term:
    """Return a term in lowest terms.

    Examples
    --------
    >>> from symhet.language.terms import difference, quotient, symbol, whole_power
    >>> x = symbol("x")
    >>> tidy(quotient(difference(whole_power(x, 2), t.ONE), difference(x, t.ONE)))
    sum(symbol('x', True), number(1, 1))
    """
    return Forms((term,)).fraction(term).to_term()


def equal(left: Term, right: Term) -> bool:
    """Tell whether two terms are equal wherever both have values.

    Raises
    ------
    Refusal
        When they were neither shown equal nor told apart, or are outside the class decided.

    Examples
    --------
    >>> x, s = t.symbol("x"), t.symbol("s")
    >>> equal(t.power(x, t.add(s, t.ONE)), t.multiply(x, t.power(x, s))), equal(x, s)
    (True, False)
    """
    gap = t.difference(left, right)
    conversion, (value,) = converted((gap,))
    if conversion.is_zero(value):
        return True
    why = undecided(conversion, value)
    if why:
        raise Refusal("equal", f"neither shown equal nor told apart: {why}", gap)
    return False
