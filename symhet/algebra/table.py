"""The generators of one pass: bases, their powers and roots, and what is known of their signs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sympy as sp
from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx

from symhet.algebra.exponents import Lattice, Vector
from symhet.algebra.generators import Base, Generator, Variable
from symhet.algebra.memory import Memory
from symhet.algebra.rational import (
    MAX_POWER,
    Key,
    Ratio,
    degrees,
    integer_power,
    prime_factors,
    split_power,
)
from symhet.algebra.refusals import LatticeGrewError, SignUnknownError
from symhet.errors import NormalFormError


class GeneratorTable:
    """A polynomial ring whose variables are powers of bases, growing as bases are met.

    Parameters
    ----------
    memory : Memory
        What earlier passes found out.
    """

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._field = memory.field
        self._ring = fmpq_mpoly_ctx.get([f"g{i}" for i in range(memory.room)], Ordering.lex)
        self._room = memory.room
        self.one = Ratio.whole(self._ring.constant(1))
        self._variables: list[Variable] = []
        self._bases: dict[int, Base] = {}
        self._roots: list[Base] = []
        self._composites: dict[Any, tuple[Base, dict[int, int], int]] = {}
        self._spare: dict[tuple[int, Key], int] = {}
        self.nested_root = False
        self.grew = False

    @property
    def count(self) -> int:
        """The number of variables in use."""
        return len(self._variables)

    @property
    def has_roots(self) -> bool:
        """Whether some generator is algebraic over the others."""
        return bool(self._roots)

    def number(self, value: sp.Rational) -> Ratio:
        """Return a rational number."""
        return self.one.scaled(fmpq(int(value.p), int(value.q)))

    # --- bases -------------------------------------------------------------------------------------------

    def atom(self, expr: sp.Expr) -> Base:
        """Return the base for a symbol or an abstract function."""
        ident = self._memory.ident(expr)
        if ident in self._bases:
            return self._bases[ident]
        if expr.is_positive:
            return self._new_base(Base(ident, expr, None, self._lattice(ident, self._field.one)))
        return self._real_base(ident, expr)

    def exp(self, exponent: Ratio) -> Ratio:
        """Return e ** exponent."""
        if exponent.is_zero():
            return self.one
        ident = self._memory.ident("e")
        base = self._bases.get(ident) or self._new_base(Base(ident, sp.E, None, self._lattice(ident, exponent)))
        return self.base_power(base, exponent)

    def log(self, base: Base) -> Ratio:
        """Return the logarithm of the absolute value of a base."""
        if base.expr is sp.E:
            return self.one
        ident = self._memory.ident(("log", base.ident))
        if ident not in self._bases:
            self._real_base(ident, sp.log(self.magnitude(base)))
        return Ratio.whole(self._bases[ident].value.num)

    def _prime(self, prime: int) -> Base:
        ident = self._memory.ident(prime)
        if ident in self._bases:
            return self._bases[ident]
        return self._anchored(ident, sp.Integer(prime), self.one.scaled(prime), self._field.one)

    def _real_base(self, ident: int, expr: sp.Expr) -> Base:
        """Make a base that is a generator itself, its sign unknown unless a condition tells."""
        definition = Ratio.whole(self._gen(len(self._variables)))
        return self._anchored(ident, expr, definition, self._field.one, own=True)

    def _lattice(self, ident: int, first: Ratio) -> Lattice:
        self._admit(ident, first)
        return self._memory.record.free(ident)

    def _anchored(
        self,
        ident: int,
        expr: sp.Expr | None,
        definition: Ratio,
        first: Ratio,
        own: bool = False,
    ) -> Base:
        self._admit(ident, first)
        root, lattice = self._memory.record.anchored(ident)
        base = Base(ident, expr, definition, lattice, root)
        if own:
            self._new_variable(Variable(base, self._field.one, own=True))
        for side in (1, -1):
            if self.has_sign(definition, side):
                self._memory.signs.learn([ident], side)
        return self._new_base(base)

    def _admit(self, ident: int, exponent: Ratio) -> None:
        """Record the first exponent of a base that has none, so that its lattice holds at least that."""
        if ident not in self._memory.record:
            before = self._field.denominator
            self._memory.record.add(ident, exponent)
            if self._field.denominator != before:
                raise LatticeGrewError

    def _new_base(self, base: Base) -> Base:
        for vector in base.lattice.basis:
            base.powers.append(self._new_variable(Variable(base, self._field.from_vector(vector))))
        if base.root > 1:
            base.root_index = self._new_variable(Variable(base, self._field.number(fmpq(1, base.root))))
            self._roots.append(base)
        self._bases[base.ident] = base
        return base

    def _new_variable(self, variable: Variable) -> int:
        index = len(self._variables)
        self._gen(index)
        self._variables.append(variable)
        return index

    def _gen(self, index: int) -> fmpq_mpoly:
        if index >= self._room:
            self._memory.room = 2 * self._room
            raise LatticeGrewError
        return self._ring.gen(index)

    def _composite(self, poly: fmpq_mpoly, first: Ratio) -> tuple[Base, dict[int, int], int]:
        """Return base, monomial and sign whose product is this irreducible sum.

        Of each base the least exponent goes into the monomial, so that the same sum gives the same base in
        every pass. `first` is the exponent that the new base will be raised to.
        """
        terms = [(m, (int(c.p), int(c.q))) for m, c in poly.terms()]
        known = tuple(terms)
        if known in self._composites:
            return self._composites[known]
        groups = self._groups(degrees(poly))
        shift: dict[int, int] = {}
        for indices in groups.values():
            least = min(tuple(m[i] for i in indices) for m, _ in terms)
            shift |= {i: e for i, e in zip(indices, least, strict=True) if e}
        key = sorted(
            (tuple((group, self._shifted(m, indices, shift).key()) for group, indices in groups.items()), c)
            for m, c in terms
        )
        flip = -1 if key[0][1][0] < 0 else 1
        ident = self._memory.ident(tuple((m, (p * flip, q)) for m, (p, q) in key))
        if ident not in self._bases:
            definition = Ratio.whole(poly * flip) * self.monomial((i, -e) for i, e in shift.items())
            self._anchored(ident, None, definition, first)
        self._composites[known] = (self._bases[ident], shift, flip)
        return self._composites[known]

    def _groups(self, indices: Iterable[int]) -> dict[tuple[int, int], list[int]]:
        """Return the variables base by base: the base itself, its root, and its other powers apart."""
        groups: dict[tuple[int, int], list[int]] = {}
        for i in indices:
            variable = self._variables[i]
            is_root = variable.base.root_index == i
            self.nested_root |= is_root
            groups.setdefault((variable.base.ident, 0 if variable.own else 1 if is_root else 2), []).append(i)
        return dict(sorted(groups.items()))

    def _shifted(self, monomial: tuple[int, ...], indices: list[int], shift: dict[int, int]) -> Ratio:
        parts = [self._variables[i].exponent.scaled(monomial[i] - shift.get(i, 0)) for i in indices]
        return sum(parts[1:], parts[0])

    # --- powers ------------------------------------------------------------------------------------------

    def power(self, value: Ratio, exponent: Ratio) -> Ratio:
        """Return any power of a fraction that is positive."""
        whole = int(self._field.split(exponent)[0].floor())
        rest = exponent - self._field.number(whole)
        product = integer_power(value, whole)
        if rest.is_zero():
            return product
        return product * self._magnitudes([(base, inner * rest) for base, inner in self.factors(value, rest)])

    def symbol_powers(self, powers: dict[sp.Symbol, Ratio]) -> Ratio:
        """Return a product of powers of positive symbols."""
        return self._magnitudes([(self.atom(symbol), exponent) for symbol, exponent in powers.items()])

    def base_power(self, base: Base, exponent: Ratio) -> Ratio:
        """Return |base| ** exponent."""
        return self._magnitudes([(base, exponent)])

    def _magnitudes(self, powers: list[tuple[Base, Ratio]]) -> Ratio:
        """Return the product of |base| ** exponent."""
        product, odd = self.one, []
        for base, exponent in powers:
            if base.definition is None:
                product = product * self._small_power(base, exponent, fmpq(0), self._field.vector(exponent))
                continue
            constant, rest = self._field.split(exponent)
            whole = int(constant.floor())
            product = product * self._small_power(base, exponent, constant - whole, rest)
            product = product * integer_power(base.value, whole)
            if whole % 2:
                odd.append(base)
        return product.scaled(self.sign_of(odd)) if odd else product

    def _small_power(self, base: Base, exponent: Ratio, fraction: fmpq, rest: Vector) -> Ratio:
        """Return |base| ** (fraction + rest); record the exponent when the generators cannot express that yet.

        Until the conversion starts again a variable of its own stands for such a power: true, but not independent.
        """
        coordinates = base.locate(rest)
        if coordinates is None or base.root % int(fraction.q):
            self.grew = True
            self._memory.record.add(base.ident, exponent)
            small = self._field.number(fraction) + self._field.from_vector(rest)
            spare = self._spare.get((base.ident, small.key()))
            if spare is None:
                spare = self._spare[base.ident, small.key()] = self._new_variable(Variable(base, small))
            return self.monomial([(spare, 1)])
        powers = list(zip(base.powers, coordinates, strict=True))
        if fraction != 0:
            powers.append((base.root_index, int((fraction * base.root).p)))
        return self.monomial(powers)

    def monomial(self, powers: Any) -> Ratio:
        """Return a product of powers, negative ones too, of variables given by their index."""
        above, below = [0] * self._room, [0] * self._room
        for index, power in powers:
            if abs(power) > MAX_POWER:
                raise NormalFormError(f"the power {power} is too large", why=f"degrees are limited to {MAX_POWER}")
            (above if power > 0 else below)[index] = abs(power)
        return Ratio(self._ring.term(1, above), self._ring.term(1, below))

    def factors(self, value: Ratio, outer: Ratio) -> list[tuple[Base, Ratio]]:
        """Return bases and exponents such that the absolute value is the product of |base| ** exponent.

        Only the total exponent of a base is sure to be in its lattice. `outer` is the power that the value
        will be raised to.
        """
        totals: dict[int, Ratio] = {}

        def count(base: Base, exponent: Ratio) -> None:
            totals[base.ident] = totals[base.ident] + exponent if base.ident in totals else exponent

        for (content, irreducible), direction in zip(value.factors(), (1, -1), strict=True):
            for number, side in ((content.p, direction), (content.q, -direction)):
                for prime, power in prime_factors(number):
                    count(self._prime(prime), self._field.number(side * power))
            for factor, power in irreducible:
                shift = degrees(factor)
                if len(factor) > 1:
                    base, shift, _ = self._composite(factor, outer.scaled(direction * power))
                    count(base, self._field.number(direction * power))
                for index, degree in shift.items():
                    variable = self._variables[index]
                    count(variable.base, variable.exponent.scaled(direction * power * degree))
        return [(self._bases[ident], total) for ident, total in totals.items() if not total.is_zero()]

    # --- signs -------------------------------------------------------------------------------------------

    def has_sign(self, value: Ratio, sign: int) -> bool:
        """Tell whether the coefficients show the sign, powers of bases being positive."""
        return not value.is_zero() and self._poly_has_sign(value.num, sign) and self._poly_has_sign(value.den, 1)

    def _poly_has_sign(self, poly: fmpq_mpoly, sign: int) -> bool:
        return all(c * sign > 0 for c in poly.coeffs()) and not any(self._variables[i].own for i in degrees(poly))

    def sign_of(self, bases: list[Base]) -> int:
        """Return the sign of a product of distinct bases.

        Raises
        ------
        SignUnknownError
            When the side conditions do not tell it.
        """
        sign = self._memory.signs.product(base.ident for base in bases)
        if sign is None:
            shown = ", ".join(sp.sstr(self.expr(base)) for base in bases)
            raise SignUnknownError(
                f"the sign of {shown} is not known",
                where=shown,
                why="the absolute value of it occurs",
                fix="write the power with a base whose positivity can be proved",
            )
        return sign

    def learn_sign(self, value: Ratio) -> bool:
        """Use that the value is positive: it tells the sign of the product of its factors with odd powers.

        Returns
        -------
        bool
            Whether that agrees with what was known.
        """
        sign = 1
        odd: set[int] = set()
        for content, irreducible in value.factors():
            sign *= 1 if content > 0 else -1
            for factor, power in irreducible:
                oriented = self._oriented(factor) if power % 2 else None
                if oriented is not None:
                    odd ^= {oriented[0].ident}
                    sign *= oriented[1]
        return self._memory.signs.learn(odd, sign)

    def _oriented(self, factor: fmpq_mpoly) -> tuple[Base, int] | None:
        """Return the base of an irreducible factor and whether their signs agree; None when positive."""
        if len(factor) > 1:
            base, _, orientation = self._composite(factor, self._field.one)
            return base, orientation
        (index,) = degrees(factor)
        variable = self._variables[index]
        return (variable.base, 1) if variable.own else None

    def reduce(self, value: Ratio) -> Ratio:
        """Return the fraction with every root g, g**q = |base|, raised to powers below q only.

        Raises
        ------
        ZeroDivisionError
            When the denominator turns out to be zero.
        """
        for base in reversed(self._roots):
            value = self._reduce_root(value.num, base) / self._reduce_root(value.den, base)
        return value

    def _reduce_root(self, poly: fmpq_mpoly, base: Base) -> Ratio:
        index, root = base.root_index, base.root
        if poly.degrees()[index] < root:
            return Ratio.whole(poly)
        magnitude = base.value.scaled(self.sign_of([base]))
        total = self.one.scaled(0)
        for whole, part in split_power(poly, index, root).items():
            total = total + Ratio.whole(part) * magnitude**whole
        return total

    # --- back to expressions -----------------------------------------------------------------------------

    def generators(self) -> tuple[Generator, ...]:
        """Return what the variables stand for."""
        exprs = map(self.variable, range(self.count))
        return tuple(Generator(e, not v.own, sp.sstr(e)) for e, v in zip(exprs, self._variables, strict=True))

    def constants(self) -> list[str]:
        """Return the transcendental numbers among the quantities that the generators are powers of."""
        found = set()
        for variable in self._variables:
            expr = variable.base.expr
            whole_power_of_e = expr is sp.E and self._field.split(variable.exponent)[0] != 0
            if whole_power_of_e or (isinstance(expr, sp.log) and expr.is_number):
                found.add(str(expr))
        return sorted(found)

    def expr(self, base: Base) -> sp.Expr:
        """Return a base as an expression."""
        if base.expr is None:
            base.expr = self.write(base.value)
        return base.expr

    def magnitude(self, base: Base) -> sp.Expr:
        """Return the absolute value of a base as an expression."""
        expr = self.expr(base)
        sign = 1 if base.definition is None else self._memory.signs.product([base.ident])
        return sp.Abs(expr) if sign is None else expr * sign

    def write(self, value: Ratio) -> sp.Expr:
        """Return a fraction as an expression."""
        numer, denom = value.write(self.variable)
        return numer / denom

    def variable(self, index: int) -> sp.Expr:
        """Return what a variable stands for."""
        variable = self._variables[index]
        if variable.own:
            return self.expr(variable.base)
        return self.magnitude(variable.base) ** self._field.write(variable.exponent)
