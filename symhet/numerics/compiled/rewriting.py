"""Equal terms that lose fewer digits or take fewer operations."""

from __future__ import annotations

from functools import cache

import sympy as sp

from symhet.propositions import Rel

__all__ = ["over_one_bar", "untangled", "without_divisors"]


@cache
def untangled(expr: sp.Add) -> sp.Expr:
    """Return a polynomial whose terms cancel as a product, perhaps with one added: (b - 1)(s - 1) loses nothing."""
    if not any(term.could_extract_minus_sign() for term in expr.args) or len(expr.args) < 3:
        return expr
    if not expr.is_polynomial(*expr.free_symbols):
        return expr
    for rest in (sp.S.Zero, sp.S.One, sp.S.NegativeOne):
        product = sp.factor(expr - rest)
        if sum(isinstance(factor.as_base_exp()[0], sp.Add) for factor in sp.Mul.make_args(product)) > 1:
            return product + rest
    return expr


def over_one_bar(product: sp.Expr) -> sp.Expr:
    """Return the product with factors such as 1 - 1/x as (x - 1)/x: one division less, and nothing cancels."""

    def joined(factor: sp.Expr) -> sp.Expr:
        base, exponent = factor.as_base_exp()
        if isinstance(base, sp.Add) and len(base.args) == 2 and base.args[0].is_Rational and exponent.is_Integer:
            numer, denom = sp.fraction(base.args[1])
            if numer.is_Rational and isinstance(denom, sp.Symbol):
                return (base.args[0] * denom + numer) ** exponent / denom**exponent
        return factor

    return sp.Mul(*map(joined, sp.Mul.make_args(product)))


def without_divisors(relation: Rel) -> tuple[sp.Expr, sp.Expr]:
    """Return two sides that compare alike, without divisors that are known to be positive."""
    left, right = relation.lhs, relation.rhs
    for divisor in (sp.fraction(left)[1], sp.fraction(right)[1]):
        if divisor.is_positive and not divisor.is_number:
            left, right = left * divisor, right * divisor
    return left, right
