"""What a firm earns under each of its four strategies: at home or exporting, with domestic or foreign intermediates."""

from __future__ import annotations

import sympy as sp

from symhet.derivation import Derivation, Step
from symhet.papers.kz.model import (
    Lambda,
    f_ex,
    f_I,
    f_p,
    k,
    n,
    p_I_d,
    p_I_off,
    phi_ex,
    phi_min,
    phi_off,
    sigma,
    tau,
    w,
)
from symhet.papers.kz.notation import phi, v
from symhet.papers.kz.terms import efficiency, revenue
from symhet.propositions import Rel, eq
from symhet.provers.tactics import identity

V_STEP = Step("v")


ABROAD = 1 + n * tau ** (1 - sigma)
"""Sales of an exporter in all its markets as a multiple of its sales at home."""


def home_profit(productivity: sp.Expr) -> sp.Expr:
    """Return the profit (9) of a firm that stays at home and uses domestic intermediates."""
    return revenue(efficiency(productivity, p_I_d)) / sigma - f_p * w


def offshoring_profit(productivity: sp.Expr) -> sp.Expr:
    """Return the profit (10) of a firm that stays at home and offshores."""
    return revenue(efficiency(productivity, p_I_off)) / sigma - (f_p + f_I) * w


def exporting_profit(productivity: sp.Expr) -> sp.Expr:
    """Return the profit (13) of a firm that exports and offshores."""
    return ABROAD * revenue(efficiency(productivity, p_I_off)) / sigma - (f_p + f_I + n * f_ex) * w


def export_only_profit(productivity: sp.Expr) -> sp.Expr:
    """Return the profit of a firm that exports with domestic intermediates."""
    return ABROAD * revenue(efficiency(productivity, p_I_d)) / sigma - (f_p + n * f_ex) * w


STRATEGIES = {
    "home": (home_profit(phi), w * (v - f_p)),
    "offshoring": (offshoring_profit(phi), w * (Lambda * v - f_p - f_I)),
    "exporting": (exporting_profit(phi), w * (Lambda * (1 + n / tau**k) * v - f_p - f_I - n * f_ex)),
    "export only": (export_only_profit(phi), w * ((1 + n / tau**k) * v - f_p - n * f_ex)),
}
"""Profits of a firm of productivity phi by strategy, from primitives and in terms of v."""


INDIFFERENCE: dict[str, Rel] = {
    "marginal producer": eq(home_profit(phi_min), 0),
    "marginal offshorer": eq(offshoring_profit(phi_off), home_profit(phi_off)),
    "marginal exporter": eq(exporting_profit(phi_ex), offshoring_profit(phi_ex)),
}
"""What defines the three cutoffs: the firm there is indifferent."""


def define_variable_profit(d: Derivation) -> None:
    """Define v, the variable profit at home with domestic intermediates in units of labour (before the first step)."""
    says = (
        "Measure a firm by the variable profit that it makes at home with domestic intermediates, in units of labour:"
    )
    d.define(V_STEP, v, revenue(efficiency(phi, p_I_d)) / (sigma * w), says)


def profits_in_labour(d: Derivation, *names: str) -> None:
    """Add a step for each strategy, or for those named: its profit in terms of v.

    Parameters
    ----------
    d : Derivation
        With the definition `define_variable_profit` and the hypotheses sigma>1 and Lambda.
    names : str
        Of ``home``, ``offshoring``, ``exporting``, ``export only``.
    """
    says = {
        "home": "At home with domestic intermediates the firm earns",
        "offshoring": "at home with foreign intermediates",
        "exporting": "as an exporter that offshores",
        "export only": "and as an exporter with domestic intermediates",
    }
    for name in names or STRATEGIES:
        earned, short = STRATEGIES[name]
        d.step(name, eq(earned, short), identity("Lambda", V_STEP), says[name], kind="substitute")
