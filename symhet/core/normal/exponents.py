"""Exponents: elements of a field of rational functions Q(t), each kept once, and the lattices that they span.

Whole numbers are Python's; every other exponent is an `Exponent`, the same object whenever it is the same element, so
that monomials with exponents compare and hash as plain data. The t are real numbers of any sign; every identity here
is one of rational functions, and holds wherever the exponents that were written down exist.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import TypeAlias

from flint import Ordering, fmpz_mat, fmpz_mpoly, fmpz_mpoly_ctx

from symhet.language.refusals import Refusal

Vector: TypeAlias = dict[tuple[int, ...], int]
MAX_TERMS = 2_000


class NoRoomError(Exception):
    """More variables came up in exponents than the ring has."""


class Exponent:
    """An element of Q(t) that is no whole number: coprime numerator and denominator, the latter with positive lead."""

    __slots__ = ("_products", "_split", "_sums", "den", "field", "num", "rank")

    def __init__(self, field: Field, num: fmpz_mpoly, den: fmpz_mpoly, rank: int) -> None:
        self.field, self.num, self.den, self.rank = field, num, den, rank
        self._sums: dict[Power, Power] = {}
        self._products: dict[Power, Power] = {}
        self._split: tuple[Power, int] | None = None

    def __add__(self, other: Power) -> Power:
        found = self._sums.get(other)
        if found is None:
            num, den = self.field.parts(other)
            found = self.field.made(self.num * den + num * self.den, self.den * den)
            self._sums[other] = found
        return found

    def __mul__(self, other: Power) -> Power:
        found = self._products.get(other)
        if found is None:
            num, den = self.field.parts(other)
            found = self.field.made(self.num * num, self.den * den)
            self._products[other] = found
        return found

    def __neg__(self) -> Power:
        return self * -1

    def __sub__(self, other: Power) -> Power:
        return self + -other

    def __rsub__(self, other: int) -> Power:
        return -self + other

    __radd__ = __add__
    __rmul__ = __mul__

    def split(self) -> tuple[Power, int]:
        """Return r and n with r + n equal to this, n whole; exponents that differ by a whole number have one r."""
        if self._split is None:
            lead = self.den.leading_coefficient()
            whole = int(self.num[self.den.monoms()[0]] // lead)
            self._split = (self - whole, whole)
        return self._split


Power: TypeAlias = int | Exponent


def split(power: Power) -> tuple[Power, int]:
    """Return what `Exponent.split` does, for whole numbers too."""
    return (0, power) if isinstance(power, int) else power.split()


def is_below(one: Power, other: Power) -> bool:
    """Compare as Q(t) is ordered at infinity: a total order that sums keep."""
    gap = other - one
    return bool((gap if isinstance(gap, int) else gap.num.leading_coefficient()) > 0)


class Field:
    """Q(t) for at most ``room`` variables t, each known by a key.

    Raises
    ------
    NoRoomError
        When `variable` meets more keys than that.
    """

    def __init__(self, room: int) -> None:
        self._ring = fmpz_mpoly_ctx.get([f"t{i}" for i in range(room)], Ordering.lex)
        self._one = self._ring.constant(1)
        self._known: dict[Hashable, Exponent] = {}
        self.keys: list[tuple[int, Power]] = []
        self._variables: dict[tuple[int, Power], Power] = {}
        self._room = room

    def variable(self, key: tuple[int, Power]) -> Power:
        """Return the variable for a power of a base."""
        if key not in self._variables:
            if len(self.keys) == self._room:
                raise NoRoomError
            self._variables[key] = self.made(self._ring.gen(len(self.keys)), self._one)
            self.keys.append(key)
        return self._variables[key]

    def number(self, p: int, q: int = 1) -> Power:
        """Return a rational number."""
        return p if q == 1 else self.made(self._ring.constant(p), self._ring.constant(q))

    def parts(self, power: Power) -> tuple[fmpz_mpoly, fmpz_mpoly]:
        """Return numerator and denominator."""
        if isinstance(power, int):
            return self._ring.constant(power), self._one
        return power.num, power.den

    def inverse(self, power: Power) -> Power:
        """Return one over an exponent that is not zero."""
        num, den = self.parts(power)
        return self.made(den, num)

    def whole_power(self, power: Power, n: int) -> Power:
        """Return a whole power."""
        num, den = self.parts(power if n >= 0 else self.inverse(power))
        degree = max([*num.degrees(), *den.degrees(), 1])
        if (len(num) + len(den) > 2 or degree * abs(n) > 10**9) and abs(n) * (len(num) + len(den)) > MAX_TERMS:
            raise Refusal("normal form", "a power in an exponent is too large")
        return self.made(num ** abs(n), den ** abs(n))

    def made(self, num: fmpz_mpoly, den: fmpz_mpoly) -> Power:
        """Return the exponent ``num / den``."""
        if not den:
            raise Refusal("normal form", "a division by zero in an exponent")
        if not den.is_one():
            common = num.gcd(den)
            if not common.is_one():
                above, below = num / common, den / common
                if above * common != num or below * common != den:
                    raise Refusal("normal form", "a common divisor that does not divide")
                num, den = above, below
            if den.leading_coefficient() < 0:
                num, den = -num, -den
        if den.is_one() and num.is_constant():
            return int(num.leading_coefficient()) if num else 0
        if len(num) > MAX_TERMS or len(den) > MAX_TERMS:
            raise Refusal("normal form", "an exponent is too large")
        key = tuple(num.monoms()), tuple(num.coeffs()), tuple(den.monoms()), tuple(den.coeffs())
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = Exponent(self, num, den, len(self._known))
        return found

    def from_vector(self, vector: Vector, denominator: fmpz_mpoly) -> Power:
        """Return the exponent with this numerator over a denominator."""
        return self.made(self._ring.from_dict(vector), denominator)


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
        return self._field.from_vector(vector, self._denominator)

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
