"""Values of the normal form as polynomials over lattices of exponents, with a generator for each basis element.

The exponents that one base carries in some values span a finitely generated group of rational functions. Such a group
has no torsion, so it has a basis over the whole numbers, and every power of the base that occurs is a Laurent monomial
in the powers to the elements of the basis.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import sub
from typing import TypeAlias

from flint import Ordering, fmpq, fmpz_mat, fmpz_mpoly, fmpz_mpoly_ctx

from symhet.core.normal.values import Number, collected
from symhet.language.refusals import Refusal
from symhet.search.normal.bases import Monomial
from symhet.search.normal.exponents import Field, Power, is_odd
from symhet.search.normal.values import Value, Values

Vector: TypeAlias = dict[tuple[int, ...], int]
MAX_DEGREE = 100_000


class Lattice:
    """The group that some exponents span, with a basis over the whole numbers."""

    def __init__(self, field: Field) -> None:
        self._field = field
        self._denominator = field.parts(1)[1]
        self._generators: list[Power] = []
        self._rows: list[Vector] = []
        self._known: dict[Power, tuple[int, ...] | None] = {}

    @property
    def rank(self) -> int:
        """The number of elements of the basis."""
        return len(self._rows)

    def admit(self, power: Power) -> bool:
        """Let an exponent into the group; tell whether that made it finer rather than only larger."""
        if self.coordinates(power) is not None:
            return False
        rank = len(self._rows)
        self._generators.append(power)
        den = self._field.parts(power)[1]
        self._denominator = self._denominator * (den / self._denominator.gcd(den))
        vectors = [self._vector(generator) or {} for generator in self._generators]
        columns = sorted({column for vector in vectors for column in vector}, reverse=True)
        matrix = fmpz_mat([[vector.get(column, 0) for column in columns] for vector in vectors]).hnf()
        rows = [{c: int(x) for c, x in zip(columns, row, strict=True) if x} for row in matrix.tolist()]
        self._rows = [row for row in rows if row]
        self._known.clear()
        return len(self._rows) == rank

    def coordinates(self, power: Power) -> tuple[int, ...] | None:
        """Return the whole coordinates of an exponent in the basis, None when it is not in the group."""
        if power not in self._known:
            self._known[power] = self._solved(self._vector(power))
        return self._known[power]

    def combination(self, coordinates: tuple[int, ...]) -> Power:
        """Return the exponent with these coordinates."""
        vector: Vector = {}
        for multiple, row in zip(coordinates, self._rows, strict=True):
            for column, entry in row.items():
                vector[column] = vector.get(column, 0) + multiple * entry
        return self._field.made(self._field.ring.from_dict(vector), self._denominator)

    def _vector(self, power: Power) -> Vector | None:
        """Return the numerator over the common denominator of the group, None when it has another denominator."""
        num, den = self._field.parts(power)
        quotient, rest = divmod(self._denominator, den)
        return None if rest else {monomial: int(c) for monomial, c in (num * quotient).to_dict().items()}

    def _solved(self, vector: Vector | None) -> tuple[int, ...] | None:
        if vector is None:
            return None
        rest, found = dict(vector), []
        for row in self._rows:
            pivot = next(iter(row))
            multiple, left = divmod(rest.get(pivot, 0), row[pivot])
            if left:
                return None
            found.append(multiple)
            if multiple:
                for column, entry in row.items():
                    rest[column] = rest.get(column, 0) - multiple * entry
        return None if any(rest.values()) else tuple(found)


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
        self.ring = fmpz_mpoly_ctx.get([f"v{i}" for i in range(max(1, self.count))], Ordering.lex)
        self._values = values

    def polynomial(self, value: Value) -> tuple[tuple[int, ...], fmpz_mpoly]:
        """Return the degrees of a monomial, negative ones too, and a polynomial whose product the value is."""
        terms = {self._degrees(m): int(fmpq(c).p) for m, c in value.items()}
        least = tuple(map(min, zip(*terms, strict=True)))
        moved = {tuple(map(sub, degrees, least)): c for degrees, c in terms.items()}
        if max((max(degrees, default=0) for degrees in moved), default=0) > MAX_DEGREE:
            raise Refusal("forms", "a degree is too large")
        return least, self.ring.from_dict(moved)

    def _degrees(self, monomial: Monomial) -> tuple[int, ...]:
        powers = dict(monomial)
        degrees: list[int] = []
        for k, group in self._lattices:
            found = group.coordinates(powers.get(k, 0))
            if found is None:
                raise Refusal("forms", "an exponent outside its lattice")
            degrees += found
        if any(k not in self._place and k not in self._signs for k in powers):
            raise Refusal("forms", "a base that is no variable here")
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
        found = [(self.monomial(degrees), int(c)) for degrees, c in polynomial.to_dict().items()]
        return collected((monomial, number * c) for (monomial, number), c in found)
