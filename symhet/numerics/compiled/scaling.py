"""Quotients of sums of powers, written so that no part of them leaves the doubles before the whole does."""

from __future__ import annotations

import sympy as sp

from symhet.numerics.compiled.cancelling import differences, split_power
from symhet.numerics.compiled.limits import mean

__all__ = ["of_powers", "scaled"]


def of_powers(factor: sp.Expr) -> bool:
    """Tell whether a sum is of powers only, so that all of it may vanish or overflow though a root of it does not."""
    return isinstance(factor, sp.Add) and all(any(map(_is_power, sp.Mul.make_args(term))) for term in factor.args)


def _is_power(factor: sp.Expr) -> bool:
    base, exponent = factor.as_base_exp()
    return not exponent.is_number or of_powers(base)


def scaled(expr: sp.Expr) -> sp.Expr:
    """Return an expression with the powers beside a sum of powers taken into its terms, where exponents are added.

    Parameters
    ----------
    expr : Expr
        A formula.

    Returns
    -------
    Expr
        Its equal wherever bases are positive.

    Examples
    --------
    >>> x, y, r, s = sp.symbols("x y r s", positive=True)
    >>> scaled((x**s + y**s) / x**r)
    x**(-r + s) + y**s/x**r
    """
    if not expr.args:
        return expr
    expr = expr.func(*map(scaled, expr.args))
    if isinstance(expr, sp.Pow):
        return _distributed(expr)
    return _without_lead(_gathered(expr)) if isinstance(expr, sp.Mul) else expr


def _distributed(power: sp.Expr) -> sp.Expr:
    """Return a root of a product with the powers taken out whose own exponents it undoes."""
    base, exponent = power.as_base_exp()
    if exponent.is_Rational or mean(base):
        return power
    factors = [part for factor in sp.Mul.make_args(base) for part in _with_greatest(factor, exponent)]
    undone = [factor for factor in factors if _is_undone(factor, exponent)]
    rest = sp.Mul(*(factor for factor in factors if factor not in undone))
    return sp.Mul(rest**exponent, *(factor.base ** (factor.exp * exponent) for factor in undone))


def _is_undone(factor: sp.Expr, exponent: sp.Expr) -> bool:
    return isinstance(factor, sp.Pow) and not factor.exp.is_Rational and (factor.exp * exponent).is_Rational


def _with_greatest(factor: sp.Expr, exponent: sp.Expr) -> tuple[sp.Expr, ...]:
    """Return a sum of powers with the greatest of them taken out of it if the exponent undoes that power."""
    if not of_powers(factor):
        return (factor,)
    greatest = _greatest({split_power(term)[1] for term in factor.args})
    return (_times(factor, 1 / greatest), greatest) if _is_undone(greatest, exponent) else (factor,)


def _gathered(product: sp.Mul) -> sp.Expr:
    """Return a product with the powers beside a sum of powers taken into its terms."""
    target = next((f for f in product.args if _sum_of_powers(f)), None)
    beside = [f for f in product.args if isinstance(f, sp.Pow) and f.base.is_Symbol and not f.exp.is_number]
    if target is None or not beside:
        return product
    rest = sp.Mul(*(f for f in product.args if f is not target and f not in beside))
    base, exponent = target.as_base_exp()
    return rest * _times(base, sp.Mul(*beside) ** exponent) ** exponent


def _without_lead(product: sp.Expr) -> sp.Expr:
    """Return a quotient of sums of powers, some of them taken away, with the greatest power taken out of each sum.

    What is taken away is the less; so all powers that remain are below one.
    """
    sums = [f for f in product.args if _sum_of_powers(f) and differences(f.as_base_exp()[0])]
    if {factor.as_base_exp()[1] for factor in sums} != {sp.S.One, sp.S.NegativeOne}:
        return product
    rest = sp.Mul(*(factor for factor in product.args if factor not in sums))
    taken = sp.S.One
    for factor in sums:
        base, exponent = factor.as_base_exp()
        lead = _greatest({part.power for part in differences(base)})
        rest *= _times(base, 1 / lead) ** exponent
        taken *= lead**exponent
    return rest * _merged(taken)


def _greatest(powers: set[sp.Expr]) -> sp.Expr:
    """Return the greatest of some powers, which is known if they differ in their bases alone, or else one of them."""
    parted = [power.as_base_exp() for power in sorted(powers, key=sp.default_sort_key)]
    base, exponent = parted[0]
    if all(other == exponent for _, other in parted):
        return sp.Max(*(base for base, _ in parted)) ** exponent
    return base**exponent


def _sum_of_powers(factor: sp.Expr) -> bool:
    base, exponent = factor.as_base_exp()
    return of_powers(base) and abs(exponent) == 1


def _times(expr: sp.Expr, power: sp.Expr) -> sp.Expr:
    """Return a product with a power, which goes into the innermost sums of powers."""
    if of_powers(expr):
        return sp.Add(*(_times(term, power) for term in expr.args))
    if isinstance(expr, sp.Mul):
        inner = next((factor for factor in expr.args if of_powers(factor)), None)
        if inner is not None:
            return sp.Mul(*(factor for factor in expr.args if factor is not inner)) * _times(inner, power)
    return _merged(expr * power)


def _merged(product: sp.Expr) -> sp.Expr:
    """Return a product with one power of each base; SymPy leaves exponents apart that are sums."""
    exponents: dict[sp.Expr, sp.Expr] = {}
    for factor in sp.Mul.make_args(product):
        base, exponent = factor.as_base_exp()
        exponents[base] = exponents.get(base, sp.S.Zero) + exponent
    return sp.Mul(*(base**exponent for base, exponent in exponents.items()))
