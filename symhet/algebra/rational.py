"""Quotients of multivariate polynomials over the rationals, reduced to lowest terms."""

from __future__ import annotations

from typing import Any

from flint import fmpq_mpoly

Key = tuple[tuple[tuple[tuple[int, ...], int, int], ...], ...]


class Ratio:
    """A quotient ``num / den`` without common factor, the denominator's leading coefficient being one.

    Two ratios over the same polynomial ring are equal exactly when their numerators and denominators are.

    Parameters
    ----------
    num, den : flint.fmpq_mpoly
        Polynomials of one ring that are already in that form; `Ratio.of` brings any two into it.
    """

    __slots__ = ("_key", "den", "num")

    def __init__(self, num: fmpq_mpoly, den: fmpq_mpoly) -> None:
        self.num = num
        self.den = den
        self._key: Key | None = None

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
            num, den = num * factor.num, den * factor.den
        return Ratio.of(num, den)

    def __add__(self, other: Ratio) -> Ratio:
        if self.den == other.den:
            total = self.num + other.num
            return Ratio(total, self.den) if self.den.is_one() else Ratio.of(total, self.den)
        return Ratio.of(self.num * other.den + other.num * self.den, self.den * other.den)

    def __neg__(self) -> Ratio:
        return Ratio(-self.num, self.den)

    def __sub__(self, other: Ratio) -> Ratio:
        return self + -other

    def __mul__(self, other: Ratio) -> Ratio:
        if self.den.is_one() and other.den.is_one():
            return Ratio(self.num * other.num, self.den)
        return Ratio.of(self.num * other.num, self.den * other.den)

    def __truediv__(self, other: Ratio) -> Ratio:
        return Ratio.of(self.num * other.den, self.den * other.num)

    def __pow__(self, power: int) -> Ratio:
        if power >= 0:
            return Ratio(self.num**power, self.den**power)
        return Ratio.of(self.den**-power, self.num**-power)

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
                tuple((monomial, int(c.p), int(c.q)) for monomial, c in poly.terms())
                for poly in (self.num, self.den)
            )
        return self._key
