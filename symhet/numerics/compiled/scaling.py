"""Quotients of sums of powers, written so that no part of them leaves the doubles before the whole does."""

from __future__ import annotations

import sympy as sp

__all__ = ["of_powers", "scaled"]


def of_powers(factor: sp.Expr) -> bool:
    """Tell whether a sum is of powers only, so that all of it may vanish or overflow though a root of it does not."""
    if not isinstance(factor, sp.Add):
        return False
    powers = [term.atoms(sp.Pow) for term in factor.args]
    return all(any(not power.exp.is_number for power in found) for found in powers)


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
    if not isinstance(expr, sp.Mul):
        return expr
    target = next((f for f in expr.args if of_powers(f.as_base_exp()[0]) and abs(f.as_base_exp()[1]) == 1), None)
    beside = [f for f in expr.args if isinstance(f, sp.Pow) and f.base.is_Symbol and not f.exp.is_number]
    if target is None or not beside:
        return expr
    rest = sp.Mul(*(f for f in expr.args if f is not target and f not in beside))
    base, exponent = target.as_base_exp()
    return rest * _times(base, sp.Mul(*beside) ** exponent) ** exponent


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
