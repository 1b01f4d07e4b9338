"""Exponents as elements of a rational-function field, and the lattices that they span.

The exponents that one base carries in some expressions span a finitely generated group of rational functions.
Such a group has no torsion, so it is free: it has a basis over the integers, and every exponent is an integer
combination of the basis in exactly one way. With g_i = b^(basis_i) every power of b that occurs is a Laurent
monomial in the g_i.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import lcm

import sympy as sp
from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx, fmpz_mat

from symhet.algebra.rational import Key, Ratio
from symhet.algebra.refusals import LatticeGrewError, division_by_zero
from symhet.errors import NormalFormError

Vector = dict[tuple[int, ...], fmpq]
_ZERO = fmpq(0)


class Lattice:
    """The group spanned by some vectors, with a basis in echelon form.

    Columns are sorted from the largest monomial down and pivots are positive, so that comparing coordinates
    lexicographically orders the group as the field of rational functions is ordered at infinity: the order,
    and with it the smallest of several exponents, does not depend on which basis was found.
    """

    def __init__(self, vectors: Iterable[Vector]) -> None:
        rows = [vector for vector in vectors if vector]
        columns = sorted({monomial for row in rows for monomial in row}, reverse=True)
        scale = lcm(*(int(entry.q) for row in rows for entry in row.values()))
        self.basis: list[Vector] = []
        if not rows:
            return
        matrix = fmpz_mat([[int((row.get(column, _ZERO) * scale).p) for column in columns] for row in rows]).hnf()
        for entries in matrix.tolist():
            row = {c: fmpq(x, scale) for c, x in zip(columns, entries, strict=True) if x != 0}
            if row:
                self.basis.append(row)

    def coordinates(self, vector: Vector) -> list[int] | None:
        """Return the integer coordinates of a vector, or None when it is not in the lattice."""
        rest, found = dict(vector), []
        for row in self.basis:
            pivot = next(iter(row))
            multiple = rest.get(pivot, _ZERO) / row[pivot]
            if multiple.q != 1:
                return None
            found.append(int(multiple.p))
            if multiple:
                for column, entry in row.items():
                    rest[column] = rest.get(column, _ZERO) - multiple * entry
        return None if any(rest.values()) else found


class ExponentField:
    """The field Q(t) of exponents in some symbols t, with one common denominator for all met so far.

    Parameters
    ----------
    symbols : sequence of sympy.Symbol
        The real symbols that occur in exponents.
    """

    def __init__(self, symbols: Sequence[sp.Symbol]) -> None:
        self.symbols = tuple(symbols)
        self.ring = fmpq_mpoly_ctx.get([f"t{i}" for i in range(len(self.symbols))] or ["t0"], Ordering.lex)
        self._variables = dict(zip(self.symbols, map(Ratio.whole, self.ring.gens()), strict=False))
        self.one = self.number(1)
        self.denominator: fmpq_mpoly = self.ring.constant(1)
        self._vectors: dict[Key, Vector] = {}

    def number(self, value: int | fmpq) -> Ratio:
        """Return a rational number as an exponent."""
        return Ratio.whole(self.ring.constant(value))

    def read(self, expr: sp.Expr, nonzero: Callable[[sp.Expr], None]) -> Ratio:
        """Return an expression as an exponent; `nonzero` is told every denominator that could vanish.

        Raises
        ------
        NormalFormError
            When the expression is no rational function of real symbols.
        """
        if isinstance(expr, sp.Rational):
            return self.number(fmpq(int(expr.p), int(expr.q)))
        if expr in self._variables:
            return self._variables[expr]
        if isinstance(expr, sp.Add):
            terms = [self.read(arg, nonzero) for arg in expr.args]
            return sum(terms[1:], terms[0])
        if isinstance(expr, sp.Mul):
            product = self.one
            for arg in expr.args:
                product = product * self.read(arg, nonzero)
            return product
        if isinstance(expr, sp.Pow) and isinstance(expr.exp, sp.Integer):
            base = self.read(expr.base, nonzero)
            if expr.exp.is_negative and not self._manifestly_nonzero(base.num):
                nonzero(expr.base)
            if expr.exp.is_negative and base.is_zero():
                raise division_by_zero(expr)
            return base ** int(expr.exp)
        raise NormalFormError(
            f"the exponent contains {sp.sstr(expr)}",
            where=type(expr).__name__,
            why="exponents must be rational functions of real symbols with rational coefficients",
            fix="give the exponent a symbol of its own",
        )

    def write(self, exponent: Ratio) -> sp.Expr:
        """Return an exponent as an expression."""
        numer, denom = exponent.write(self.symbols.__getitem__)
        return numer / denom

    def vector(self, exponent: Ratio) -> Vector:
        """Return the numerator over the common denominator, monomial by monomial.

        Raises
        ------
        LatticeGrewError
            When the common denominator had to grow first.
        """
        key = exponent.key()
        if key in self._vectors:
            return self._vectors[key]
        quotient, remainder = divmod(self.denominator, exponent.den)
        if not remainder.is_zero():
            self.admit(exponent)
            raise LatticeGrewError
        numerator = exponent.num * quotient
        self._vectors[key] = numerator.to_dict()
        return self._vectors[key]

    def from_vector(self, vector: Vector) -> Ratio:
        """Return the exponent whose numerator over the common denominator is given."""
        return Ratio.of(self.ring.from_dict(vector), self.denominator)

    def split(self, exponent: Ratio) -> tuple[fmpq, Vector]:
        """Return a rational number r and the vector of ``exponent - r``, r being linear in the exponent.

        r is one for the exponent one, so the remainders of all exponents have no constant but zero.
        """
        if exponent.num.is_constant() and exponent.den.is_one():
            return exponent.num.leading_coefficient() if exponent.num else _ZERO, {}
        vector = self.vector(exponent)
        unit = self.vector(self.one)
        pivot = max(unit)
        constant = vector.get(pivot, _ZERO) / unit[pivot]
        rest = {m: vector.get(m, _ZERO) - constant * unit.get(m, _ZERO) for m in {*vector, *unit}}
        return constant, {m: entry for m, entry in rest.items() if entry}

    def admit(self, exponent: Ratio) -> None:
        """Let the common denominator grow so that this exponent has a vector."""
        if exponent.den.is_one():
            return
        common = self.denominator.gcd(exponent.den)
        if common != exponent.den:
            self.denominator = self.denominator * (exponent.den / common)
            self._vectors.clear()

    def _manifestly_nonzero(self, poly: fmpq_mpoly) -> bool:
        used = [s for s, degree in zip(self.symbols, poly.degrees(), strict=False) if degree]
        signs = {c > 0 for c in poly.coeffs()}
        return len(signs) == 1 and all(s.is_positive for s in used)


class ExponentRecord:
    """Every exponent that each base has been seen with; survives when a conversion starts again.

    Parameters
    ----------
    field : ExponentField
        The field of the exponents.
    """

    def __init__(self, field: ExponentField) -> None:
        self.field = field
        self._seen: dict[int, dict[Key, Ratio]] = {}

    def add(self, base: int, exponent: Ratio) -> None:
        """Note an exponent of a base (whole numbers all count as one)."""
        field = self.field
        field.admit(exponent)
        if exponent.den.is_one() and exponent.num.is_constant():
            exponent = field.number(fmpq(1, exponent.num.leading_coefficient().q if exponent.num else 1))
        self._seen.setdefault(base, {})[exponent.key()] = exponent

    def __contains__(self, base: int) -> bool:
        return base in self._seen

    def free(self, base: int) -> Lattice:
        """Return the lattice of a base's exponents."""
        return Lattice(self.field.vector(exponent) for exponent in self._seen.get(base, {}).values())

    def anchored(self, base: int) -> tuple[int, Lattice]:
        """Return the common denominator of the exponents' rational parts, and the lattice of the rests."""
        parts = [self.field.split(exponent) for exponent in self._seen.get(base, {}).values()]
        return lcm(*(int(constant.q) for constant, _ in parts)), Lattice(rest for _, rest in parts)
