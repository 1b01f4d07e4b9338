"""Positivity that shows: coefficients of one sign over powers whose signs are known."""

from __future__ import annotations

from flint import fmpz_mpoly

from symhet.core.normal.exponents import Lattice
from symhet.core.normal.factors import Factors, Polynomials
from symhet.core.normal.values import Monomial, Value
from symhet.language.refusals import Refusal


def shows_positive(values: Factors, value: Value, strict: bool) -> bool:
    """Tell whether a value that is not zero is positive (not ``strict``: not negative).

    The value is looked at as it is, then over the common divisor of its terms, then after the greatest common divisor
    of the numerator and each of its divisors was taken out.
    """
    sign, nonzero = values.sign(value)
    if sign > 0 and (nonzero or not strict):
        return True
    outer, rest = values.expanded(value)
    if not rest:
        return False
    if _shows(values, outer, [rest], strict):
        return True
    if not any(k in values.definitions and type(e) is int and e < 0 for k, e in outer):
        return False
    return _shows(values, *_reduced(values, outer, rest), strict)


def _shows(values: Factors, monomial: Monomial, factors: list[Value], strict: bool) -> bool:
    """Tell whether the product of a monomial and some values is positive."""
    sign, nonzero = values.monomial_sign(monomial), values.is_nonzero(monomial)
    for factor in factors:
        one, other = values.sign(factor)
        sign, nonzero = sign * one, nonzero and other
    return sign > 0 and (nonzero or not strict)


def _reduced(values: Factors, outer: Monomial, rest: Value) -> tuple[Monomial, list[Value]]:
    """Return a monomial and values whose product has the sign of ``outer * rest`` and is zero where that is."""
    number, inner, numerator = values.primitive(rest)
    divisors = {k: -e for k, e in outer if k in values.definitions and type(e) is int and e < 0}
    given = [numerator, *(values.definitions[k] for k in divisors)]
    polynomials = Polynomials(values, given, _lattices(values, given).__getitem__)
    shift, above = polynomials.polynomial(numerator)
    monomials = [tuple((k, e) for k, e in outer if k not in divisors), inner]
    factors: list[Value] = [{(): number}]

    def count(shift: tuple[int, ...], n: int) -> None:
        monomial, c = polynomials.monomial(tuple(n * degree for degree in shift))
        monomials.append(monomial)
        factors.append({(): c})

    count(shift, 1)
    for k, n in divisors.items():
        shift, below = polynomials.polynomial(values.definitions[k])
        while n and not (common := above.gcd(below)).is_constant():
            above = _divided(above, common)
            # A divisor is not zero, nor is what is left of it, so it may as well stand above.
            factors.append(polynomials.value(_divided(below, common)))
            count(shift, -1)
            n -= 1
        monomials.append(((k, -n),) if n else ())
    monomial: Monomial = ()
    for part in monomials:
        monomial, c = values.times(monomial, part)
        factors.append({(): c})
    return monomial, [*factors, polynomials.value(above)]


def _divided(polynomial: fmpz_mpoly, divisor: fmpz_mpoly) -> fmpz_mpoly:
    quotient = polynomial / divisor
    if quotient * divisor != polynomial:
        raise Refusal("normal form", "a common divisor that does not divide")
    return quotient


def _lattices(values: Factors, given: list[Value]) -> dict[int, Lattice]:
    found: dict[int, Lattice] = {}
    for k, e in (entry for value in given for m in value for entry in m):
        found.setdefault(k, Lattice(values.field)).admit(e)
    return found
