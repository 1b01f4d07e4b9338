"""Exponents: elements of a field of rational functions Q(t), each kept once.

Whole numbers are Python's; every other exponent is an `Exponent`, the same object whenever it is the same element, so
that monomials with exponents compare and hash as plain data. The t are real numbers of any sign, which whoever uses
the field says what they stand for; every identity here is one of rational functions, and holds wherever the exponents
that were written down exist. So what is remembered here is true whatever the t stand for.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache, reduce
from typing import Any, TypeAlias
from weakref import WeakValueDictionary

from flint import Ordering, fmpz_mpoly, fmpz_mpoly_ctx

from symhet.language.refusals import Refusal

MAX_TERMS = 2_000
MAX_BITS = 20_000
MAX_VARIABLES = 12
RING = fmpz_mpoly_ctx.get([f"t{i}" for i in range(MAX_VARIABLES)], Ordering.lex)
UNIT = RING.constant(1)


class Exponent:
    """An element of Q(t) that is no whole number: coprime numerator and denominator, the latter with positive lead."""

    __slots__ = ("__weakref__", "den", "key", "num")

    def __init__(self, num: fmpz_mpoly, den: fmpz_mpoly, key: tuple[Any, ...]) -> None:
        self.num, self.den, self.key = num, den, key


Power: TypeAlias = int | Exponent
_KNOWN: WeakValueDictionary[tuple[Any, ...], Exponent] = WeakValueDictionary()


def parts(power: Power) -> tuple[fmpz_mpoly, fmpz_mpoly]:
    """Return numerator and denominator."""
    return (RING.constant(power), UNIT) if isinstance(power, int) else (power.num, power.den)


@lru_cache(maxsize=65536)
def plus(one: Power, other: Power) -> Power:
    """Return a sum."""
    (a, b), (c, d) = parts(one), parts(other)
    return made(a * d + c * b, b * d)


@lru_cache(maxsize=65536)
def times(one: Power, other: Power) -> Power:
    """Return a product."""
    (a, b), (c, d) = parts(one), parts(other)
    return made(a * c, b * d)


@lru_cache(maxsize=4096)
def ratio(p: int, q: int) -> Power:
    """Return a rational number."""
    return made(RING.constant(p), RING.constant(q))


@lru_cache(maxsize=4096)
def whole_power(power: Power, n: int) -> Power:
    """Return a whole power."""
    return made(*to_whole_power(*parts(power), n))


def to_whole_power(num: fmpz_mpoly, den: fmpz_mpoly, n: int) -> tuple[fmpz_mpoly, fmpz_mpoly]:
    """Return a whole power of a ratio, if it is not too large."""
    bits = max(int(c).bit_length() for c in (*num.coeffs(), *den.coeffs()))
    if abs(n) > 1 and (len(num) + len(den) - 2 + bits // 10) * abs(n) > MAX_TERMS:
        raise Refusal("normal form", "a power in an exponent is too large")
    return (num**n, den**n) if n >= 0 else (den**-n, num**-n)


def made(num: fmpz_mpoly, den: fmpz_mpoly) -> Power:
    """Return the exponent ``num / den``."""
    num, den, key = reduced(num, den)
    if den.is_one() and num.is_constant():
        return int(num.leading_coefficient()) if num else 0
    return _KNOWN.setdefault(key, Exponent(num, den, key))


def reduced(num: fmpz_mpoly, den: fmpz_mpoly) -> tuple[fmpz_mpoly, fmpz_mpoly, tuple[Any, ...]]:
    """Return a ratio in lowest terms with a positive leading coefficient below, and what tells it from all others."""
    if not den:
        raise Refusal("normal form", "a division by zero in an exponent")
    if not den.is_one():
        num, den, _ = divided(num, den)
        num, den = (num, den) if den.leading_coefficient() > 0 else (-num, -den)
    bits = sum(int(c).bit_length() for c in (*num.coeffs(), *den.coeffs()))
    if len(num) + len(den) > MAX_TERMS or bits > MAX_BITS:
        raise Refusal("normal form", "an exponent is too large")
    return num, den, (tuple(num.monoms()), tuple(num.coeffs()), tuple(den.monoms()), tuple(den.coeffs()))


def divided(one: fmpz_mpoly, other: fmpz_mpoly) -> tuple[fmpz_mpoly, fmpz_mpoly, fmpz_mpoly]:
    """Return two polynomials over a common divisor, and that: what FLINT finds is multiplied back."""
    common = one.gcd(other)
    above, below = one / common, other / common
    if above * common != one or below * common != other:
        raise Refusal("normal form", "a common divisor that does not divide")
    return above, below, common


@lru_cache(maxsize=65536)
def split(power: Power) -> tuple[Power, int]:
    """Return r and n with r + n equal to an exponent, n whole; those a whole number apart have the same r."""
    if isinstance(power, int):
        return 0, power
    whole = int(power.num[power.den.monoms()[0]] // power.den.leading_coefficient())
    return (plus(power, -whole), whole) if whole else (power, 0)


def least(powers: Iterable[Power]) -> Power:
    """Return the least of some exponents as Q(t) is ordered at infinity: a total order that sums keep."""
    return reduce(lambda one, other: one if _is_below(one, other) else other, powers)


@lru_cache(maxsize=65536)
def _is_below(one: Power, other: Power) -> bool:
    gap = plus(other, times(-1, one))
    return bool((gap if isinstance(gap, int) else gap.num.leading_coefficient()) > 0)
