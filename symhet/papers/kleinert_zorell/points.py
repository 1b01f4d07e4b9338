"""Exact points of the paper's domain at which statements are refuted."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from symhet.papers.kleinert_zorell.model import (
    L,
    L_w,
    alpha,
    beta,
    f_e,
    f_ex,
    f_I,
    f_p,
    n,
    offshoring_first,
    phi_I,
    phi_I_w,
    phi_Y,
    phi_Y_w,
    sigma,
    tau,
    tau_I,
)

PRICES = ("w", "w_w", "p_I_d", "p_I_w", "p_I_off", "Lambda")
CUTOFFS = ("cutoff_off", "cutoff_ex")
HALF = sp.Rational(1, 2)

EXAMPLE: Mapping[sp.Symbol, sp.Rational] = {
    alpha: HALF,
    beta: HALF,
    sigma: sp.Integer(3),
    tau: sp.Integer(2),
    tau_I: sp.Rational(5, 4),
    n: sp.Integer(1),
    phi_Y: sp.Integer(1),
    phi_I: sp.Integer(1),
    phi_Y_w: HALF,
    phi_I_w: sp.Rational(5, 2),
    f_p: sp.Integer(1),
    f_I: sp.Integer(12),
    f_ex: sp.Integer(9),
    f_e: sp.Integer(1),
    L: sp.Integer(6),
    L_w: sp.Integer(12),
}
"""Admissible parameters: intermediates from W cost a quarter, so that Lambda = 4; cutoffs stand as 1 : 2 : 3."""


def example(*names: str, changes: Mapping[sp.Symbol, sp.Rational | int] | None = None) -> dict[sp.Symbol, sp.Expr]:
    """Return the example with some values changed and the symbols that the named definitions determine.

    Parameters
    ----------
    names : str
        Names of definitions of the model, in its order.
    changes : Mapping, optional
        Values of other symbols, or instead of those of the example.

    Examples
    --------
    >>> point = example(*PRICES, *CUTOFFS, changes={phi_min: 1})
    >>> [str(point[symbol]) for symbol in offshoring_first().endogenous & set(point) if symbol.name == "Lambda"]
    ['4']
    """
    return offshoring_first().complete({**EXAMPLE, **(changes or {})}, names)
