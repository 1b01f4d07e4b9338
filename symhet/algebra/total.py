"""Names for total derivatives of equilibrium variables, kept apart from the terms that they differentiate."""

from __future__ import annotations

import sympy as sp

PREFIX = "D["


def total(variable: sp.Symbol, parameter: sp.Symbol) -> sp.Symbol:
    """Return the symbol that stands for the total derivative of an equilibrium variable.

    It is a symbol of its own, so that replacing the variable by a formula never reaches inside it.

    Parameters
    ----------
    variable, parameter : sympy.Symbol
        What is differentiated and with respect to what.

    Returns
    -------
    sympy.Symbol
        A real symbol of unknown sign.

    Examples
    --------
    >>> total(sp.Symbol("phi_min"), sp.Symbol("tau_I"))
    D[phi_min,tau_I]
    """
    return sp.Symbol(f"{PREFIX}{variable.name},{parameter.name}]", real=True)


def is_total(symbol: sp.Symbol) -> bool:
    """Tell whether a symbol stands for a total derivative."""
    return symbol.name.startswith(PREFIX)


def differentiated(symbol: sp.Symbol) -> tuple[str, tuple[str, ...]]:
    """Return the name of the variable of a total derivative, and those that it is differentiated by, in order.

    Examples
    --------
    >>> differentiated(total(total(sp.Symbol("phi"), sp.Symbol("tau")), sp.Symbol("f")))
    ('phi', ('tau', 'f'))
    """
    variable = symbol.name
    parameters: tuple[str, ...] = ()
    while variable.startswith(PREFIX):
        variable, _, parameter = variable[len(PREFIX) : -1].rpartition(",")
        parameters = (parameter, *parameters)
    return variable, parameters


def varied_by(symbol: sp.Symbol) -> str:
    """Return the name of the parameter of a total derivative.

    Examples
    --------
    >>> varied_by(total(sp.Symbol("phi_min"), sp.Symbol("tau_I")))
    'tau_I'
    """
    return symbol.name[len(PREFIX) : -1].partition(",")[2]
