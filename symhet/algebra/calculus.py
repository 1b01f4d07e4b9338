"""Derivatives, elasticities and comparative statics by implicit differentiation."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import sympy as sp

from symhet.algebra.integrals import PowerIntegral
from symhet.algebra.normal import Normalizer
from symhet.algebra.tails import Density, DensitySlope, Survival, TailMoment
from symhet.errors import TermError

__all__ = ["derivative", "elasticity", "implicit_derivatives"]

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


def elasticity(expr: sp.Expr, x: sp.Symbol) -> sp.Expr:
    """Return the elasticity d ln expr / d ln x.

    Examples
    --------
    >>> x, k = sp.symbols("x k", positive=True)
    >>> elasticity(3 * x**k, x)
    k
    """
    if x not in expr.free_symbols:
        return sp.S.Zero
    if isinstance(expr, sp.Mul):
        return sp.Add(*(elasticity(factor, x) for factor in expr.args))
    if isinstance(expr, sp.Pow) and x not in expr.exp.free_symbols:
        return expr.exp * elasticity(expr.base, x)
    return x * derivative(expr, x) / expr


def implicit_derivatives(
    equations: Sequence[sp.Expr], unknowns: Sequence[sp.Symbol], parameter: sp.Symbol, smooth: bool = False
) -> dict[sp.Symbol, sp.Expr]:
    """Return how the solution of a system moves with a parameter, by total differentiation.

    Parameters
    ----------
    equations : sequence of sympy.Expr
        Expressions that are zero at the solution, as many as unknowns.
    unknowns : sequence of sympy.Symbol
        The equilibrium variables.
    parameter : sympy.Symbol
        What changes.
    smooth : bool, optional
        As for `derivative`.

    Returns
    -------
    dict
        The derivative of each unknown, valid where the Jacobian determinant is not zero.

    Raises
    ------
    TermError
        When the numbers of equations and unknowns differ, or the Jacobian is singular everywhere.

    Examples
    --------
    >>> x, a = sp.symbols("x a", positive=True)
    >>> implicit_derivatives([x**2 - a], [x], a)
    {x: 1/(2*x)}
    """
    if len(equations) != len(unknowns):
        raise TermError(f"{len(equations)} equations for {len(unknowns)} unknowns")
    rows = [[derivative(f, u, smooth) for u in unknowns] + [-derivative(f, parameter, smooth)] for f in equations]
    solution = _solve(rows)
    return dict(zip(unknowns, solution, strict=True))


def _solve(rows: list[list[sp.Expr]]) -> list[sp.Expr]:
    """Solve a linear system, given as its augmented matrix, over the fractions of the normal form."""
    normalizer = Normalizer(entry for row in rows for entry in row)
    matrix = [[normalizer.ratio(entry) for entry in row] for row in rows]
    size = len(matrix)
    for column in range(size):
        pivot = next((r for r in range(column, size) if not matrix[r][column].is_zero()), None)
        if pivot is None:
            raise TermError(
                "the equations do not determine the unknowns",
                why="the Jacobian determinant is zero for all parameters",
                fix="give as many independent equations as unknowns",
            )
        matrix[column], matrix[pivot] = matrix[pivot], matrix[column]
        head = matrix[column][column]
        matrix[column] = [normalizer.reduce(entry / head) for entry in matrix[column]]
        for r in range(size):
            factor = matrix[r][column]
            if r != column and not factor.is_zero():
                pairs = zip(matrix[r], matrix[column], strict=True)
                matrix[r] = [normalizer.reduce(a - factor * b) for a, b in pairs]
    return [normalizer.write(row[-1]) for row in matrix]
