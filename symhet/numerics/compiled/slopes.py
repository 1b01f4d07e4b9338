"""Exact partial derivatives of formulas that refer to one another: the chain rule, step by step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sympy as sp

from symhet.algebra.calculus import derivative

__all__ = ["slope", "slopes"]


def slopes(
    outputs: Mapping[str, sp.Expr], steps: Mapping[sp.Symbol, sp.Expr], by: Iterable[sp.Symbol]
) -> tuple[dict[str, sp.Expr], dict[str, sp.Expr]]:
    """Return the derivatives of outputs, and of the steps that they go through, in terms of one another.

    Parameters
    ----------
    outputs : Mapping[str, Expr]
        Formulas by name.
    steps : Mapping[Symbol, Expr]
        Variables that formulas refer to, each after those that it refers to itself.
    by : iterable of Symbol
        Inputs.

    Returns
    -------
    tuple of dict of str to Expr
        Derivatives of outputs, named ``d_output_d_input``; those of steps, and values of products.

    Examples
    --------
    >>> x, y = sp.symbols("x y")
    >>> slopes({"z": y**2 + 1}, {y: 3 * x}, [x])
    ({'d_z_d_x': 2*d_y_d_x*z_value_0/y}, {'z_value_0': y**2, 'd_y_d_x': 3})
    """
    of_outputs: dict[str, sp.Expr] = {}
    values = {name: _values(name, expr) for name, expr in outputs.items()}
    of_steps = {symbol.name: term for named in values.values() for term, symbol in named.items()}
    for x in by:
        known: dict[sp.Symbol, sp.Expr] = {}
        for symbol, expr in steps.items():
            total = _total(expr, x, known, {})
            if total != 0:
                of_steps[f"d_{symbol}_d_{x}"] = total
                known[symbol] = sp.Symbol(f"d_{symbol}_d_{x}")
        for name, expr in outputs.items():
            of_outputs[f"d_{name}_d_{x}"] = _total(expr, x, known, values[name])
    return of_outputs, of_steps


def _values(name: str, expr: sp.Expr) -> dict[sp.Expr, sp.Symbol]:
    """Return names for the terms of a sum that are products or powers: their values are part of their derivatives."""
    products = (term for term in sp.Add.make_args(expr) if isinstance(term, sp.Mul | sp.Pow))
    return {term: sp.Symbol(f"{name}_value_{i}") for i, term in enumerate(products)}


def _total(
    expr: sp.Expr, x: sp.Symbol, known: Mapping[sp.Symbol, sp.Expr], values: Mapping[sp.Expr, sp.Symbol]
) -> sp.Expr:
    """Return the derivative through all steps; of a product as its value times a sum, as `slope` does."""
    if isinstance(expr, sp.Add):
        return sp.Add(*(_total(term, x, known, values) for term in expr.args))
    if isinstance(expr, sp.Mul | sp.Pow):
        ways = (_relative(expr, y) * change for y, change in known.items() if y in expr.free_symbols)
        return values.get(expr, expr) * sp.Add(_relative(expr, x), *ways)
    ways = (derivative(expr, y) * change for y, change in known.items() if y in expr.free_symbols)
    return sp.Add(derivative(expr, x), *ways)


def slope(expr: sp.Expr, x: sp.Symbol) -> sp.Expr:
    """Return the derivative; of a product as its value times a sum, so that no factor of it overflows alone.

    Values are worked out anyway, so that a derivative takes no power of its own.

    Examples
    --------
    >>> x, s = sp.symbols("x s", positive=True)
    >>> slope(x**s, x)
    s*x**s/x
    """
    return _total(expr, x, {}, {})


def _relative(expr: sp.Expr, x: sp.Symbol) -> sp.Expr:
    """Return the derivative over the value."""
    if x not in expr.free_symbols:
        return sp.S.Zero
    if isinstance(expr, sp.Mul):
        return sp.Add(*(_relative(factor, x) for factor in expr.args))
    if isinstance(expr, sp.Pow):
        return expr.exp * _relative(expr.base, x) + slope(expr.exp, x) * sp.log(expr.base)
    return slope(expr, x) / expr
