"""What a firm earns under each of its four strategies: at home or exporting, with domestic or foreign intermediates."""

from __future__ import annotations

import sympy as sp

from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.notation import phi, v
from symhet.papers.kz.terms import efficiency, revenue
from symhet.propositions import Rel, eq
from symhet.provers.tactics import identity, linear
from symhet.steps import Step

ABROAD = 1 + m.n * m.tau ** (1 - m.sigma)
"""Sales of an exporter in all its markets as a multiple of its sales at home."""


def home_profit(productivity: sp.Expr) -> sp.Expr:
    """Return the profit (9) of a firm that stays at home and uses domestic intermediates."""
    return revenue(efficiency(productivity, m.p_I_d)) / m.sigma - m.f_p * m.w


def offshoring_profit(productivity: sp.Expr) -> sp.Expr:
    """Return the profit (10) of a firm that stays at home and offshores."""
    return revenue(efficiency(productivity, m.p_I_off)) / m.sigma - (m.f_p + m.f_I) * m.w


def exporting_profit(productivity: sp.Expr) -> sp.Expr:
    """Return the profit (13) of a firm that exports and offshores."""
    return ABROAD * revenue(efficiency(productivity, m.p_I_off)) / m.sigma - (m.f_p + m.f_I + m.n * m.f_ex) * m.w


def export_only_profit(productivity: sp.Expr) -> sp.Expr:
    """Return the profit of a firm that exports with domestic intermediates."""
    return ABROAD * revenue(efficiency(productivity, m.p_I_d)) / m.sigma - (m.f_p + m.n * m.f_ex) * m.w


STRATEGIES = {
    h.home: (home_profit(phi), m.w * (v - m.f_p)),
    h.offshoring: (offshoring_profit(phi), m.w * (m.Lambda * v - m.f_p - m.f_I)),
    h.exporting: (exporting_profit(phi), m.w * (m.Lambda * (1 + m.n / m.tau**m.k) * v - m.f_p - m.f_I - m.n * m.f_ex)),
    h.export_only: (export_only_profit(phi), m.w * ((1 + m.n / m.tau**m.k) * v - m.f_p - m.n * m.f_ex)),
}
"""Profits of a firm of productivity phi by strategy, from primitives and in terms of v."""


INDIFFERENCE: dict[Step, Rel] = {
    h.marginal_producer: eq(home_profit(m.phi_min), 0),
    h.marginal_offshorer: eq(offshoring_profit(m.phi_off), home_profit(m.phi_off)),
    h.marginal_exporter: eq(exporting_profit(m.phi_ex), offshoring_profit(m.phi_ex)),
}
"""What defines the three cutoffs: the firm there is indifferent."""


def define_variable_profit(d: Derivation) -> None:
    """Define v, the variable profit at home with domestic intermediates in units of labour (before the first step)."""
    says = (
        "Measure a firm by the variable profit that it makes at home with domestic intermediates, in units of labour:"
    )
    d.define(h.v, v, revenue(efficiency(phi, m.p_I_d)) / (m.sigma * m.w), says)


def survivors_profit(d: Derivation, says: str) -> Step:
    """Add what the least productive survivor earns, told in these words, and v from it; return the step of v."""
    d.recall(h.marginal_producer, says)
    says = "so that the variable profit of a firm is, in units of labour,"
    scale = (phi / m.phi_min) ** m.k / m.w
    return d.step(h.size, eq(v, m.f_p * (phi / m.phi_min) ** m.k), says, by=linear({h.marginal_producer: scale}, h.v))


def profits_in_labour(d: Derivation, *names: Step) -> None:
    """Add a step for each strategy, or for those named: its profit in terms of v.

    Parameters
    ----------
    d : Derivation
        With the definition `define_variable_profit` and the hypotheses sigma>1 and Lambda.
    names : str
        Of ``home``, ``offshoring``, ``exporting``, ``export only``.
    """
    says = {
        h.home: "At home with domestic intermediates the firm earns",
        h.offshoring: "at home with foreign intermediates",
        h.exporting: "as an exporter that offshores",
        h.export_only: "and as an exporter with domestic intermediates",
    }
    for name in names or STRATEGIES:
        earned, short = STRATEGIES[name]
        d.step(name, eq(earned, short), says[name], by=identity(h.Lambda, h.v))
