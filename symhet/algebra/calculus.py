"""Derivatives of terms."""

from __future__ import annotations

from functools import lru_cache

import sympy as sp

from symhet.algebra.integrals import PowerIntegral
from symhet.algebra.tails import Density, DensitySlope, Survival, TailMoment
from symhet.errors import TermError

_KNOWN = (Survival, Density, DensitySlope, TailMoment, PowerIntegral)


@lru_cache(maxsize=16384)
def derivative(expr: sp.Expr, x: sp.Symbol, smooth: bool = False) -> sp.Expr:
    """Return the partial derivative, by the rules for sums, products, powers, exp, log and tails only.

    Parameters
    ----------
    expr : sympy.Expr
        What to differentiate.
    x : sympy.Symbol
        With respect to what.
    smooth : bool, optional
        Whether densities have a derivative, written `DensitySlope`.

    Raises
    ------
    TermError
        When the expression depends on `x` through anything else.

    Examples
    --------
    >>> x, k = sp.symbols("x k", positive=True)
    >>> derivative(x**k, x)
    k*x**(k - 1)
    """
    if expr == x:
        return sp.S.One
    if x not in expr.free_symbols:
        return sp.S.Zero
    if isinstance(expr, sp.Add):
        return sp.Add(*(derivative(arg, x, smooth) for arg in expr.args))
    if isinstance(expr, sp.Mul):
        factors = expr.args
        return sp.Add(
            *(
                sp.Mul(*factors[:i], derivative(factor, x, smooth), *factors[i + 1 :])
                for i, factor in enumerate(factors)
                if x in factor.free_symbols
            )
        )
    if isinstance(expr, sp.Pow):
        return _power(expr.base, expr.exp, x, smooth)
    if isinstance(expr, sp.exp):
        return expr * derivative(expr.exp, x, smooth)
    if isinstance(expr, sp.log) and len(expr.args) == 1:
        return derivative(expr.args[0], x, smooth) / expr.args[0]
    if isinstance(expr, _KNOWN):
        inner = [derivative(arg, x, smooth) for arg in expr.args]
        outer = (_partial(expr, i, smooth) * slope for i, slope in enumerate(inner, 1) if slope != 0)
        return sp.Add(*outer)
    raise TermError(
        f"no rule to differentiate {sp.sstr(expr)}",
        where=type(expr).__name__,
        why="only sums, products, powers, exp, log and tails of a distribution are differentiated",
        fix="rewrite the expression in these terms",
    )


def _power(base: sp.Expr, exponent: sp.Expr, x: sp.Symbol, smooth: bool) -> sp.Expr:
    through_base = exponent * base ** (exponent - 1) * derivative(base, x, smooth)
    if x not in exponent.free_symbols:
        return through_base
    return through_base + base**exponent * sp.log(base) * derivative(exponent, x, smooth)


def _partial(expr: sp.Function, index: int, smooth: bool) -> sp.Expr:
    if smooth and isinstance(expr, Density):
        return DensitySlope(*expr.args)
    return expr.fdiff(index)
