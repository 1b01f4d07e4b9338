"""Terms that several sections share: efficiency, price, revenue; and contexts with further equations."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from symhet.context import Context
from symhet.papers.kz import model as m
from symhet.propositions import Prop
from symhet.steps import Step

ZERO = sp.Integer(0)
INFINITE = sp.oo


def efficiency(productivity: sp.Expr, price: sp.Expr) -> sp.Expr:
    """Return the efficiency of a firm that pays ``price`` for a unit of intermediates.

    Examples
    --------
    >>> from symhet.papers.kz.notation import p_I, phi
    >>> efficiency(phi, p_I)
    phi/p_I**alpha
    """
    return productivity / price**m.alpha


def markup_price(firm: sp.Expr) -> sp.Expr:
    """Return the price w**(1 - alpha)/(rho Phi) of a firm of efficiency ``firm``."""
    return m.w ** (1 - m.alpha) / (m.rho * firm)


def revenue(firm: sp.Expr) -> sp.Expr:
    """Return the revenue at home of a firm of efficiency ``firm``, equation (8)."""
    return markup_price(firm) ** (1 - m.sigma) * m.E_X / m.P_X ** (1 - m.sigma)


def having(context: Context, hypotheses: Mapping[Step, Prop]) -> Context:
    """Return the context with further named hypotheses."""
    for name, prop in hypotheses.items():
        context = context.having(name, prop)
    return context
