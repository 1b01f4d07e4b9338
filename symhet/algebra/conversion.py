"""One pass of the exp-log normal form: from an expression to a fraction in generators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from math import comb
from typing import Any

import sympy as sp
from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx, fmpz

from symhet.algebra.atoms import is_atom
from symhet.algebra.exponents import ExponentField, ExponentRecord, LatticeGrewError, division_by_zero
from symhet.algebra.generators import Base, Generator, SideCondition, Variable
from symhet.algebra.rational import Ratio
from symhet.errors import NormalFormError

MAX_TERMS = 200_000
MAX_INTEGER_BITS = 160


class SignUnknownError(NormalFormError):
    """An absolute value is needed of something whose sign the side conditions do not tell."""


class Memory:
    """What survives when a conversion starts again: exponents, numbers of bases, signs, room for variables.

    Parameters
    ----------
    exprs : sequence of sympy.Expr
        All expressions that will be converted.
    """

    def __init__(self, exprs: Sequence[sp.Expr]) -> None:
        self.field = ExponentField(_exponent_symbols(exprs))
        self.record = ExponentRecord(self.field)
        self.signs: dict[int, int] = {}
        self.room = 16
        self._idents: dict[Any, int] = {}
        self._exponents: dict[sp.Expr, Ratio] = {}
        self._scanned: set[tuple[sp.Expr, Any]] = set()
        for expr in exprs:
            self._scan(expr, self.field.one)

    def ident(self, key: Any) -> int:
        """Return the number of the base with this key, giving it one when it is new."""
        return self._idents.setdefault(key, len(self._idents))

    def _scan(self, expr: sp.Expr, outer: Ratio) -> None:
        """Record the exponents that are visible before anything is computed; only speed depends on it."""
        mark = (expr, outer.key())
        if mark in self._scanned:
            return
        self._scanned.add(mark)
        if is_atom(expr):
            if expr.is_positive:
                self.record.add(self.ident(expr), outer)
            for arg in expr.args:
                self._scan(arg, self.field.one)
        elif isinstance(expr, sp.Mul):
            for arg in expr.args:
                self._scan(arg, outer)
        elif isinstance(expr, sp.Pow):
            try:
                inner = self.field.read(expr.exp, lambda _: None)
            except NormalFormError:
                return
            self._scan(expr.base, inner * outer)
        else:
            self.field.admit(outer)
            for arg in expr.args:
                self._scan(arg, self.field.one)


def _exponent_symbols(exprs: Sequence[sp.Expr]) -> list[sp.Symbol]:
    found: set[sp.Symbol] = set()
    for expr in exprs:
        for node in sp.preorder_traversal(expr):
            if isinstance(node, sp.Pow) and not node.exp.is_Number:
                found |= node.exp.free_symbols
            elif isinstance(node, sp.exp):
                found |= node.free_symbols
    return sorted((s for s in found if s.is_real), key=lambda s: s.sort_key())


class Conversion:
    """Fractions of expressions over one set of generators.

    Parameters
    ----------
    memory : Memory
        What earlier passes found out.
    """

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._field = memory.field
        self._ring = fmpq_mpoly_ctx.get([f"g{i}" for i in range(memory.room)], Ordering.lex)
        self._one = Ratio.whole(self._ring.constant(1))
        self._variables: list[Variable] = []
        self._bases: dict[int, Base] = {}
        self._done: dict[sp.Expr, Ratio] = {}
        self._same: dict[Any, sp.Expr] = {}
        self._roots: list[Base] = []
        self._composites: dict[Any, tuple[Base, dict[int, int], int]] = {}
        self._nested_root = ""
        self.generators: list[Generator] = []
        self.conditions: dict[SideCondition, None] = {}

    # --- expressions -------------------------------------------------------------------------------------

    def convert(self, expr: sp.Expr) -> Ratio:
        """Return an expression as a fraction.

        Raises
        ------
        NormalFormError
            When the expression is outside the class that is decided.
        LatticeGrewError
            When an exponent came up that the generators cannot express yet.
        """
        if expr not in self._done:
            self._done[expr] = self.reduce(self._convert(expr))
        return self._done[expr]

    def _convert(self, expr: sp.Expr) -> Ratio:
        if isinstance(expr, sp.Rational):
            return self._one.scaled(fmpq(int(expr.p), int(expr.q)))
        if isinstance(expr, sp.Add):
            terms = [self.convert(arg) for arg in expr.args]
            return sum(terms[1:], terms[0])
        if isinstance(expr, sp.Mul):
            product = self._one
            for arg in expr.args:
                product = product * self.convert(arg)
            return product
        if isinstance(expr, sp.Pow):
            if isinstance(expr.exp, sp.Integer):
                return self._integer_power(expr.base, int(expr.exp))
            return self._power(expr.base, self._exponent(expr.exp))
        if is_atom(expr):
            return self._atom(expr)
        if expr is sp.E:
            return self._base_power(self._euler(), self._field.one)
        if isinstance(expr, sp.exp):
            return self._exponential(expr.exp)
        if isinstance(expr, sp.log) and len(expr.args) == 1:
            return self._logarithm(expr.args[0])
        raise NormalFormError(
            f"the normal form does not know {sp.sstr(expr)}",
            where=type(expr).__name__,
            why="only sums, products, powers, exp, log, rational numbers, symbols and abstract functions are decided",
            fix="rewrite the expression, or give this part a symbol of its own",
        )

    def _exponent(self, expr: sp.Expr) -> Ratio:
        return self._field.read(expr, lambda denominator: self._condition("nonzero", denominator))

    def _integer_power(self, base: sp.Expr, power: int) -> Ratio:
        value = self.convert(base)
        if power < 0:
            if value.is_zero():
                raise division_by_zero(base**power)
            if not self._has_sign(value, 1) and not self._has_sign(value, -1):
                self._condition("nonzero", base)
        return self._checked_power(value, power)

    def _checked_power(self, value: Ratio, power: int) -> Ratio:
        for poly in (value.num, value.den):
            if len(poly) > 1 and comb(len(poly) + abs(power) - 1, abs(power)) > MAX_TERMS:
                raise NormalFormError(
                    f"the power {power} of a sum of {len(poly)} terms is too large to expand",
                    why=f"it may have more than {MAX_TERMS} terms",
                    fix="give the sum a symbol of its own",
                )
        return value**power

    def _power(self, base: sp.Expr, exponent: Ratio) -> Ratio:
        value = self.convert(base)
        self._require_positive(base, value)
        whole = self._field.split(exponent)[0].__floor__()
        rest = exponent - self._field.number(whole)
        return self._checked_power(value, whole) * self._positive_power(value, rest)

    def _require_positive(self, base: sp.Expr, value: Ratio) -> None:
        if value.is_zero() or self._has_sign(value, -1):
            raise NormalFormError(
                f"{sp.sstr(base)} is never positive",
                where=sp.sstr(base),
                why="a symbolic power and a logarithm are defined for positive numbers",
                fix="check the sign of the base",
            )
        if not self._has_sign(value, 1):
            self._condition("positive", base)
            self._learn_sign(value)

    def _exponential(self, argument: sp.Expr) -> Ratio:
        rest, logs = _split_logs(argument)
        product = self._base_power(self._euler(), self._exponent(rest))
        for inside, coefficient in logs:
            product = product * self._power(inside, self._exponent(coefficient))
        return product

    def _logarithm(self, argument: sp.Expr) -> Ratio:
        value = self.convert(argument)
        self._require_positive(argument, value)
        total = self._one.scaled(0)
        for base, exponent in self._factors(value, self._field.one):
            factor = self._one if base is self._bases.get(self._memory.ident("e")) else self._log(base)
            total = total + factor * self._embed(exponent)
        return total

    def _embed(self, exponent: Ratio) -> Ratio:
        return self.convert(self._field.write(exponent))

    def _atom(self, expr: sp.Expr) -> Ratio:
        if expr.args:
            arguments = tuple(self.convert(arg).key() for arg in expr.args)
            expr = self._same.setdefault((type(expr), arguments), expr)
        elif not expr.is_real:
            raise NormalFormError(
                f"the symbol {expr} is not declared real",
                where=str(expr),
                why="powers and signs are those of real numbers",
                fix=f"declare it real=True or positive=True: Symbol({str(expr)!r}, positive=True)",
            )
        return self._base_power(self._atom_base(expr), self._field.one)

    def _condition(self, kind: Any, expr: sp.Expr) -> None:
        self.conditions[SideCondition(kind, expr)] = None

    # --- powers of fractions -----------------------------------------------------------------------------

    def _positive_power(self, value: Ratio, exponent: Ratio) -> Ratio:
        product = self._one
        if not exponent.is_zero():
            for base, inner in self._factors(value, exponent):
                product = product * self._base_power(base, inner * exponent)
        return product

    def _factors(self, value: Ratio, outer: Ratio) -> list[tuple[Base, Ratio]]:
        """Return bases and exponents such that the absolute value is the product of |base| ** exponent.

        Only the total exponent of a base is sure to be in its lattice. `outer` is the power that the value will be
        raised to.
        """
        totals: dict[int, Ratio] = {}
        for base, exponent in self._all_factors(value, outer):
            totals[base.ident] = totals[base.ident] + exponent if base.ident in totals else exponent
        return [(self._bases[ident], total) for ident, total in totals.items() if not total.is_zero()]

    def _all_factors(self, value: Ratio, outer: Ratio) -> Iterator[tuple[Base, Ratio]]:
        for poly, direction in ((value.num, 1), (value.den, -1)):
            content, factors = _factor(poly)
            for number, side in ((content.p, direction), (content.q, -direction)):
                for prime, power in _prime_factors(number):
                    yield self._prime(prime), self._field.number(side * power)
            for factor, power in factors:
                if len(factor) == 1:
                    shift = _degrees(factor)
                else:
                    base, shift, _ = self._composite(factor, outer.scaled(direction * power))
                    yield base, self._field.number(direction * power)
                for index, degree in shift.items():
                    variable = self._variables[index]
                    yield variable.base, variable.exponent.scaled(direction * power * degree)

    def _base_power(self, base: Base, exponent: Ratio) -> Ratio:
        """Return |base| ** exponent."""
        if base.definition is None:
            coordinates = base.lattice.coordinates(self._field.vector(exponent))
            if coordinates is None:
                self._grow(base, exponent)
            return self._monomial(zip(base.powers, coordinates, strict=True))
        constant, rest = self._field.split(exponent)
        coordinates = base.lattice.coordinates(rest)
        if coordinates is None or base.root % constant.denominator:
            self._grow(base, exponent)
        whole = constant.__floor__()
        root_power = int((constant - whole) * base.root)
        product = self._monomial(zip(base.powers, coordinates, strict=True))
        if root_power:
            self._sign_of(base)
            product = product * self._monomial([(base.root_index, root_power)])
        if whole:
            flip = -1 if whole % 2 and self._sign_of(base) < 0 else 1
            product = product * self._checked_power(base.definition, whole).scaled(flip)
        return product

    def _grow(self, base: Base, exponent: Ratio) -> None:
        self._memory.record.add(base.ident, exponent)
        raise LatticeGrewError

    def _monomial(self, powers: Any) -> Ratio:
        above, below = [0] * self._memory.room, [0] * self._memory.room
        for index, power in powers:
            (above if power > 0 else below)[index] = abs(power)
        one = fmpq(1)
        return Ratio(self._ring.from_dict({tuple(above): one}), self._ring.from_dict({tuple(below): one}))

    # --- bases -------------------------------------------------------------------------------------------

    def _atom_base(self, expr: sp.Expr) -> Base:
        ident = self._memory.ident(expr)
        if ident in self._bases:
            return self._bases[ident]
        if expr.is_positive:
            return self._new_base(ident, expr, None, 1, self._field.one)
        return self._real_base(ident, expr)

    def _real_base(self, ident: int, expr: sp.Expr) -> Base:
        """Make a base that is a generator itself, its sign unknown unless a condition tells."""
        index = len(self.generators)
        definition = Ratio.whole(self._ring_generator(index))
        return self._new_base(ident, expr, definition, None, self._field.one, own=True)

    def _log(self, base: Base) -> Ratio:
        ident = self._memory.ident(("log", base.ident))
        if ident not in self._bases:
            self._real_base(ident, sp.log(base.magnitude()))
        definition = self._bases[ident].definition
        assert definition is not None
        return definition

    def _euler(self) -> Base:
        ident = self._memory.ident("e")
        return self._bases.get(ident) or self._new_base(ident, sp.E, None, 1, self._field.one)

    def _prime(self, prime: int) -> Base:
        ident = self._memory.ident(prime)
        if ident in self._bases:
            return self._bases[ident]
        return self._new_base(ident, sp.Integer(prime), self._one.scaled(prime), 1, self._field.one)

    def _ring_generator(self, index: int) -> fmpq_mpoly:
        if index >= self._memory.room:
            self._memory.room *= 2
            raise LatticeGrewError
        return self._ring.gen(index)

    def _new_base(
        self, ident: int, expr: sp.Expr, definition: Ratio | None, sign: int | None, first: Ratio, own: bool = False
    ) -> Base:
        record = self._memory.record
        if ident not in record:
            self._admit(ident, first)
        root, lattice = (1, record.free(ident)) if definition is None else record.anchored(ident)
        base = Base(ident, expr, definition, sign or self._memory.signs.get(ident), lattice, root)
        if own:
            self._new_variable(Variable(base, self._field.one, True), Generator(expr, False, sp.sstr(expr)))
        for _, vector in lattice.basis:
            base.powers.append(self._power_variable(base, self._field.from_vector(vector)))
        if root > 1:
            base.root_index = self._power_variable(base, self._field.number(fmpq(1, root)))
            self._roots.append(base)
        self._bases[ident] = base
        return base

    def _admit(self, ident: int, exponent: Ratio) -> None:
        before = self._field.denominator
        self._memory.record.add(ident, exponent)
        if self._field.denominator != before:
            raise LatticeGrewError

    def _power_variable(self, base: Base, exponent: Ratio) -> int:
        expr = base.magnitude() ** self._field.write(exponent)
        return self._new_variable(Variable(base, exponent, False), Generator(expr, True, sp.sstr(expr)))

    def _new_variable(self, variable: Variable, generator: Generator) -> int:
        index = len(self._variables)
        self._ring_generator(index)
        self._variables.append(variable)
        self.generators.append(generator)
        return index

    def _composite(self, poly: fmpq_mpoly, first: Ratio) -> tuple[Base, dict[int, int], int]:
        """Return base, monomial and sign whose product is this irreducible sum.

        Of each base the least exponent goes into the monomial, so that the same sum gives the same base in every
        pass. `first` is the exponent that the new base will be raised to.
        """
        known = tuple(zip(poly.monoms(), map(str, poly.coeffs()), strict=True))
        if known in self._composites:
            return self._composites[known]
        used = [i for i, degree in enumerate(poly.degrees()) if degree]
        if any(self._variables[i].base.root_index == i for i in used):
            self._nested_root = "a root occurs inside a sum that is raised to a power or under a logarithm"
        groups: dict[tuple[int, int], list[int]] = {}
        for i in used:
            variable = self._variables[i]
            kind = 0 if variable.own else 1 if variable.base.root_index == i else 2
            groups.setdefault((variable.base.ident, kind), []).append(i)
        terms = [(dict.fromkeys(used, 0) | {i: m[i] for i in used}, c) for m, c in poly.terms()]
        shift: dict[int, int] = {}
        for indices in groups.values():
            least = min(tuple(term[i] for i in indices) for term, _ in terms)
            shift |= {i: e for i, e in zip(indices, least, strict=True) if e}
        key = sorted(
            (
                tuple(
                    (group, self._total_exponent({i: term[i] - shift.get(i, 0) for i in indices}).key())
                    for group, indices in sorted(groups.items())
                ),
                (int(c.p), int(c.q)),
            )
            for term, c in terms
        )
        flip = -1 if key[0][1][0] < 0 else 1
        definition = Ratio.whole(poly * flip) * self._monomial([(i, -e) for i, e in shift.items()])
        ident = self._memory.ident(tuple((m, (p * flip, q)) for m, (p, q) in key))
        base = self._bases.get(ident)
        if base is None:
            sign = 1 if self._has_sign(definition, 1) else -1 if self._has_sign(definition, -1) else None
            base = self._new_base(ident, self.write(definition), definition, sign, first)
        self._composites[known] = (base, shift, flip)
        return self._composites[known]

    def _total_exponent(self, powers: dict[int, int]) -> Ratio:
        exponents = [self._variables[i].exponent.scaled(e) for i, e in powers.items()]
        return sum(exponents[1:], exponents[0])

    def write(self, value: Ratio) -> sp.Expr:
        """Return a fraction as an expression."""
        return self._write_poly(value.num) / self._write_poly(value.den)

    def _write_poly(self, poly: fmpq_mpoly) -> sp.Expr:
        return sp.Add(
            *(
                sp.Rational(int(c.p), int(c.q)) * sp.Mul(*(self.generators[i].expr ** e for i, e in enumerate(m) if e))
                for m, c in poly.terms()
            )
        )

    # --- signs -------------------------------------------------------------------------------------------

    def _has_sign(self, value: Ratio, sign: int) -> bool:
        """Tell whether the coefficients show the sign wherever the generators that are powers are positive."""
        return not value.is_zero() and self._poly_has_sign(value.num, sign) and self._poly_has_sign(value.den, 1)

    def _poly_has_sign(self, poly: fmpq_mpoly, sign: int) -> bool:
        used = (i for i, degree in enumerate(poly.degrees()) if degree)
        return all(c * sign > 0 for c in poly.coeffs()) and all(self.generators[i].positive for i in used)

    def _sign_of(self, base: Base) -> int:
        if base.sign is None:
            raise SignUnknownError(
                f"the sign of {sp.sstr(base.expr)} is not known",
                where=sp.sstr(base.expr),
                why="the absolute value of it occurs",
                fix="write the power with a base whose positivity can be proved",
            )
        return base.sign

    def _learn_sign(self, value: Ratio) -> None:
        """Use that the value is positive: when the sign of only one factor is unknown, the others tell it."""
        sign = 1
        unknown: list[tuple[Base, int]] = []
        for poly in (value.num, value.den):
            content, factors = _factor(poly)
            sign *= 1 if content > 0 else -1
            for factor, power in factors:
                if power % 2 == 0:
                    continue
                base, orientation = self._oriented(factor)
                if base.sign is None:
                    unknown.append((base, orientation))
                else:
                    sign *= base.sign * orientation
        if len(unknown) == 1:
            base, orientation = unknown[0]
            base.sign = self._memory.signs[base.ident] = sign * orientation

    def _oriented(self, factor: fmpq_mpoly) -> tuple[Base, int]:
        """Return the base of an irreducible factor, and 1 or -1 as the two have equal or opposite signs."""
        if len(factor) > 1:
            base, _, orientation = self._composite(factor, self._field.one)
            return base, orientation
        ((index, _),) = _degrees(factor).items()
        variable = self._variables[index]
        return (variable.base, 1) if variable.own else (self._euler(), 1)

    def learn_signs(self, exprs: Sequence[sp.Expr]) -> bool:
        """Look for signs in every power and logarithm, whatever stopped the conversion; tell whether one is new."""
        before = len(self._memory.signs)
        for expr in exprs:
            for node in sp.preorder_traversal(expr):
                if isinstance(node, sp.Pow | sp.exp | sp.log):
                    with suppress(SignUnknownError, LatticeGrewError):
                        self.convert(node)
        return len(self._memory.signs) > before

    # --- roots -------------------------------------------------------------------------------------------

    def reduce(self, value: Ratio) -> Ratio:
        """Return the fraction with every root g, g**q = |base|, raised to powers below q only."""
        for base in reversed(self._roots):
            value = self._reduce_root(value.num, base) / self._reduce_root(value.den, base)
        return value

    def _reduce_root(self, poly: fmpq_mpoly, base: Base) -> Ratio:
        index, root = base.root_index, base.root
        assert index is not None
        assert base.definition is not None
        if poly.degrees()[index] < root:
            return Ratio.whole(poly)
        parts: dict[int, dict[tuple[int, ...], Any]] = {}
        for monomial, coefficient in poly.terms():
            whole, rest = divmod(monomial[index], root)
            parts.setdefault(whole, {})[(*monomial[:index], rest, *monomial[index + 1 :])] = coefficient
        magnitude = base.definition.scaled(self._sign_of(base))
        total = self._one.scaled(0)
        for whole, part in parts.items():
            total = total + Ratio.whole(self._ring.from_dict(part)) * magnitude**whole
        return total

    def undecided(self) -> str:
        """Return why different fractions may be equal functions; empty when they cannot be."""
        if self._nested_root:
            return self._nested_root
        constants = [str(g.expr) for g in self.generators if isinstance(g.expr, sp.log) and g.expr.is_number]
        if self._memory.ident("e") in self._bases:
            constants.append("e")
        if len(constants) > 1:
            return f"whether {' and '.join(constants)} are algebraically independent is an open problem"
        return ""


def _split_logs(expr: sp.Expr) -> tuple[sp.Expr, list[tuple[sp.Expr, sp.Expr]]]:
    """Write an expression as ``rest + sum(coefficient * log(inside))``, and return rest and the pairs."""
    if not expr.has(sp.log):
        return expr, []
    if isinstance(expr, sp.log) and len(expr.args) == 1:
        return sp.S.Zero, [(expr.args[0], sp.S.One)]
    if isinstance(expr, sp.Add):
        parts = [_split_logs(arg) for arg in expr.args]
        return sp.Add(*(rest for rest, _ in parts)), [pair for _, logs in parts for pair in logs]
    if isinstance(expr, sp.Mul):
        holding = [arg for arg in expr.args if arg.has(sp.log)]
        if len(holding) == 1:
            factor = sp.Mul(*(arg for arg in expr.args if arg is not holding[0]))
            rest, logs = _split_logs(holding[0])
            return rest * factor, [(inside, coefficient * factor) for inside, coefficient in logs]
    raise NormalFormError(
        f"exp of {sp.sstr(expr)}",
        where=sp.sstr(expr),
        why="the argument of exp must be a sum of logarithms times rational functions",
        fix="give this part a symbol of its own",
    )


def _degrees(poly: fmpq_mpoly) -> dict[int, int]:
    return {i: degree for i, degree in enumerate(poly.degrees()) if degree}


def _factor(poly: fmpq_mpoly) -> tuple[fmpq, list[tuple[fmpq_mpoly, int]]]:
    """Return the rational content and the irreducible factors with their multiplicities."""
    if len(poly) > 1:
        return poly.factor()
    ring = poly.context()
    return poly.leading_coefficient(), [(ring.gen(i), degree) for i, degree in _degrees(poly).items()]


def _prime_factors(number: fmpz) -> list[tuple[int, int]]:
    magnitude = abs(int(number))
    if magnitude.bit_length() > MAX_INTEGER_BITS:
        raise NormalFormError(
            f"a number of {magnitude.bit_length()} bits is raised to a symbolic power",
            why=f"numbers are factored up to {MAX_INTEGER_BITS} bits",
            fix="give the number a symbol of its own",
        )
    return [(int(prime), int(power)) for prime, power in fmpz(magnitude).factor()]
