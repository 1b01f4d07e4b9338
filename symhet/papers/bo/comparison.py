"""Two worlds at the same freeness of trade: with relocation, and without it under free entry, by checked steps."""

from __future__ import annotations

import sympy as sp

from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.averages import C0, D1, RESETTLED, X1, averages, entry, p
from symhet.papers.bo.facts import TRADE, World, Worlds, trade_interior
from symhet.papers.bo.relocation_facts import D, R, X
from symhet.papers.bo.shortrun_model import integrate, resettled
from symhet.propositions import eq, gt, le, lt
from symhet.provers.tactics import auto, by, chart, combine, identity, lemma
from symhet.steps import Step

STAY = World(
    "stay",
    (
        m.a_D,
        m.a_D_star,
        m.a_X,
        m.a_X_star,
        m.B,
        m.B_star,
        m.mbar,
        m.mbar_star,
        m.n,
        m.N_star,
        m.V,
        m.V_star,
        m.abar,
        m.abar_star,
    ),
)
"""The world in which nobody relocates."""


def beside(phase: m.Phase, *more: Step) -> Derivation:
    """Return an empty derivation from entry restored after relocation, beside the world without relocation."""
    moved = resettled(phase).context(h.s_E_above_half, *RESETTLED, h.a_R_at_most_a_D, h.a_R_below_a_D, *more)
    stayed = m.trade().context(*TRADE, h.abar, h.abar_star)
    return Derivation(Worlds(moved.hypotheses).beside(STAY, stayed.hypotheses).context())


def compare(d: Derivation, phase: m.Phase, north: bool) -> None:
    """Add one nation's average with relocation, and the step ``average stay``: that without, in the same cutoffs."""
    entry(d, phase)
    averages(d, phase, north=north, south=not north)
    below_sustain(d, phase)
    trade_interior(d, STAY)
    domestic, foreign, export = STAY(m.a_D), STAY(m.a_D_star), STAY(m.a_X)
    if not north:
        domestic, foreign, export = foreign, domestic, STAY(m.a_X_star)
    for name, cutoff in ((h.same_D, domestic), (h.same_D_star, foreign)):
        says = "Without relocation the domestic cutoff is the same:"
        d.step(name, eq(cutoff, m.a_D), says, by=identity(h.stay_of(cutoff.name.removesuffix("_stay")), h.a_D))
    for name, cutoff in ((h.cost_D_stay, domestic), (h.cost_X_stay, export)):
        integrate(d, (name, 2 - m.sigma, sp.S.Zero, cutoff))
    average = STAY(m.abar if north else m.abar_star)
    known = (
        h.abar_stay if north else h.abar_star_stay,
        h.cost_D_stay,
        h.cost_X_stay,
        h.J_of(domestic.name),
        h.J_of(export.name),
    )
    solved = (h.B_stay, h.B_star_stay, h.a_X_stay if north else h.a_X_star_stay, h.same_D, h.same_D_star, h.ratio)
    home, away = (STAY(m.B), STAY(m.B_star)) if north else (STAY(m.B_star), STAY(m.B))
    made = gt(home * m.sales(0, domestic) + m.phi * away * m.sales(0, export), 0)
    d.step(h.made_stay, d.rewritten(made, (*known[1:], *solved)), "Without it sales are")
    goal = eq(average, C0 * (D1 + m.phi * X1) / (D + m.phi * X))
    d.step(h.average_stay, goal, "and the average cost", by=identity(*known, *solved))


def below_sustain(d: Derivation, phase: m.Phase) -> None:
    """Add the step ``phi<phi_S stay``: firms are born in both nations without relocation."""
    goal = lt(m.Omega * m.s_E, 1 - m.s_E)
    if phase is m.Phase.DD:
        if h.R_below_D not in d.context.hypotheses:
            d.step(h.R_below_D, lt(R, D), "Some firms stay South:")
        d.step(
            h.z_below_1, lt(p * m.Omega, 1), "so", by=combine({h.R_below_D: 1 / D}, equations={h.moved_share: -1 / D})
        )
        d.step(h.phi_below_phi_S_stay, goal, "and trade is not too free:")
        return
    if h.R_at_most_X not in d.context.hypotheses:
        weak = lemma("pow_mono_weak", m.a_R, m.a_X, m.alpha, premises=(auto(), by(h.phase), by(h.alpha_above_0)))
        d.step(h.R_at_most_X, le(R, X), "Not all exporters move:", by=weak)
    small, costly = sp.symbols("w v", positive=True)
    weigh = combine({h.R_at_most_X: small * costly}, equations={h.relocation: -small * costly})
    by_chart = chart({small: 1 - m.s_E, costly: 1 - m.phi}, {m.s_E: 1 - small, m.phi: 1 - costly}, weigh)
    d.step(h.scaled, le(m.phi * m.s_E * X, (1 - m.s_E) * X), "so that", by=by_chart)
    d.step(h.Omega_below_phi, lt(m.Omega, m.phi), "while")
    d.step(h.phi_below_phi_S_stay, goal, "and trade is not too free:")
