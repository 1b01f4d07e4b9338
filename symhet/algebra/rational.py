"""Quotients of multivariate polynomials over the rationals, reduced to lowest terms."""

from __future__ import annotations

from collections.abc import Callable
from math import comb
from typing import Any

import sympy as sp
from flint import fmpq, fmpq_mpoly, fmpz

from symhet.errors import NormalFormError

Key = tuple[tuple[tuple[tuple[int, ...], int, int], ...], ...]

Factorisation = tuple[fmpq, list[tuple[fmpq_mpoly, int]]]

MAX_TERMS = 200_000
MAX_PRODUCTS = 4_000_000
MAX_POWER = 1_000_000
MAX_INTEGER_BITS = 160


class Ratio:
    """A quotient ``num / den`` without common factor, the denominator's leading coefficient being one.

    Two ratios over the same polynomial ring are equal exactly when their numerators and denominators are.

    Parameters
    ----------
    num, den : flint.fmpq_mpoly
        Polynomials of one ring that are already in that form; `Ratio.of` brings any two into it.
    """

    __slots__ = ("_factors", "_key", "den", "num")

    def __init__(self, num: fmpq_mpoly, den: fmpq_mpoly) -> None:
        self.num = num
        self.den = den
        self._key: Key | None = None
        self._factors: tuple[Factorisation, Factorisation] | None = None

    @staticmethod
    def of(num: fmpq_mpoly, den: fmpq_mpoly) -> Ratio:
        """Return ``num / den`` in lowest terms.

        Raises
        ------
        ZeroDivisionError
            When `den` is zero.
        """
        if den.is_zero():
            raise ZeroDivisionError("the denominator is zero")
        if not den.is_constant():
            common = num.gcd(den)
            if not common.is_one():
                num, den = num / common, den / common
        lead = den.leading_coefficient()
        return Ratio(num, den) if lead == 1 else Ratio(num / lead, den / lead)

    @staticmethod
    def whole(num: fmpq_mpoly) -> Ratio:
        """Return a polynomial as a ratio."""
        return Ratio(num, num.context().constant(1))

    @staticmethod
    def product(factors: list[Ratio]) -> Ratio:
        """Return the product of at least one ratio, brought to lowest terms once."""
        num, den = factors[0].num, factors[0].den
        for factor in factors[1:]:
            num, den = _times(num, factor.num), _times(den, factor.den)
        return Ratio.of(num, den)

    def __add__(self, other: Ratio) -> Ratio:
        if self.den == other.den:
            total = self.num + other.num
            return Ratio(total, self.den) if self.den.is_one() else Ratio.of(total, self.den)
        num = _times(self.num, other.den) + _times(other.num, self.den)
        return Ratio.of(num, _times(self.den, other.den))

    def __neg__(self) -> Ratio:
        return Ratio(-self.num, self.den)

    def __sub__(self, other: Ratio) -> Ratio:
        return self + -other

    def __mul__(self, other: Ratio) -> Ratio:
        if self.den.is_one() and other.den.is_one():
            return Ratio(_times(self.num, other.num), self.den)
        return Ratio.product([self, other])

    def __truediv__(self, other: Ratio) -> Ratio:
        return Ratio.of(_times(self.num, other.den), _times(self.den, other.num))

    def __pow__(self, power: int) -> Ratio:
        if power >= 0:
            return Ratio(self.num**power, self.den**power)
        return Ratio.of(self.den**-power, self.num**-power)

    def factors(self) -> tuple[Factorisation, Factorisation]:
        """Return content and irreducible factors of the numerator, and of the denominator."""
        if self._factors is None:
            self._factors = (_factored(self.num), _factored(self.den))
        return self._factors

    def write(self, variable: Callable[[int], sp.Expr]) -> tuple[sp.Expr, sp.Expr]:
        """Return numerator and denominator as expressions, given what each variable stands for."""
        return write_polynomial(self.num, variable), write_polynomial(self.den, variable)

    def scaled(self, factor: Any) -> Ratio:
        """Return the ratio times a rational number."""
        return Ratio(self.num * factor, self.den)

    def is_zero(self) -> bool:
        """Tell whether this is the zero function."""
        return bool(self.num.is_zero())

    def key(self) -> Key:
        """Return plain data that are equal exactly for equal ratios of one ring, and can be sorted."""
        if self._key is None:
            self._key = tuple(
                tuple((monomial, int(c.p), int(c.q)) for monomial, c in poly.terms()) for poly in (self.num, self.den)
            )
        return self._key


def _times(one: fmpq_mpoly, other: fmpq_mpoly) -> fmpq_mpoly:
    """Return a product, refusing what could exhaust the memory."""
    if len(one) * len(other) > MAX_PRODUCTS:
        raise NormalFormError(
            f"a product of sums of {len(one)} and {len(other)} terms is too large",
            why=f"at most {MAX_PRODUCTS} products of terms are multiplied out",
            fix="give one of the sums a symbol of its own",
        )
    return one * other


def write_polynomial(poly: fmpq_mpoly, variable: Callable[[int], sp.Expr]) -> sp.Expr:
    """Return a polynomial as an expression, given what each variable stands for."""
    return sp.Add(
        *(
            sp.Rational(int(c.p), int(c.q)) * sp.Mul(*(variable(i) ** e for i, e in enumerate(monomial) if e))
            for monomial, c in poly.terms()
        )
    )


def integer_power(value: Ratio, power: int) -> Ratio:
    """Return an integer power, refusing what is too large to write out.

    Raises
    ------
    NormalFormError
        When the result could have too many terms or too high a degree.
    """
    size = max(len(value.num), len(value.den))
    if abs(power) > MAX_POWER or (size > 1 and comb(size + abs(power) - 1, size - 1) > MAX_TERMS):
        raise NormalFormError(
            f"the power {power} of a sum of {size} terms is too large",
            why=f"it would have more than {MAX_TERMS} terms, or a degree above {MAX_POWER}",
            fix="give the sum a symbol of its own",
        )
    return value**power


def degrees(poly: fmpq_mpoly) -> dict[int, int]:
    """Return the degree in each variable that occurs, by index."""
    return {i: degree for i, degree in enumerate(poly.degrees()) if degree}


def split_power(poly: fmpq_mpoly, index: int, root: int) -> dict[int, fmpq_mpoly]:
    """Return polynomials p_k, of degree below `root` in a variable g, with ``poly = sum(p_k * g**(root * k))``."""
    parts: dict[int, dict[tuple[int, ...], fmpq]] = {}
    for monomial, coefficient in poly.terms():
        whole, rest = divmod(monomial[index], root)
        parts.setdefault(whole, {})[(*monomial[:index], rest, *monomial[index + 1 :])] = coefficient
    return {whole: poly.context().from_dict(part) for whole, part in parts.items()}


def _factored(poly: fmpq_mpoly) -> Factorisation:
    """Return the rational content and the irreducible factors with their multiplicities."""
    if len(poly) > 1:
        return poly.factor()
    ring = poly.context()
    return poly.leading_coefficient(), [(ring.gen(i), degree) for i, degree in degrees(poly).items()]


def prime_factors(number: fmpz) -> list[tuple[int, int]]:
    """Return the primes of a number other than zero, with their multiplicities."""
    magnitude = abs(int(number))
    if magnitude == 1:
        return []
    if magnitude.bit_length() > MAX_INTEGER_BITS:
        raise NormalFormError(
            f"a number of {magnitude.bit_length()} bits is raised to a symbolic power",
            why=f"numbers are factored up to {MAX_INTEGER_BITS} bits",
            fix="give the number a symbol of its own",
        )
    return [(int(prime), int(power)) for prime, power in fmpz(magnitude).factor()]
