"""Two worlds at the same freeness of trade: with relocation, and without it under free entry, by checked steps."""

from __future__ import annotations

import sympy as sp

from symhet.derivation import Derivation, Step
from symhet.papers.bo import model as m
from symhet.papers.bo.averages import A_D_STEP, C0, D1, RELOCATION_STEP, RESETTLED, X1, averages, entry, p
from symhet.papers.bo.facts import TRADE, World, Worlds, trade_interior
from symhet.papers.bo.relocation_facts import MOVED_SHARE_STEP, D, R, X
from symhet.papers.bo.shortrun_model import integrate, resettled
from symhet.propositions import eq, gt, le, lt
from symhet.provers.tactics import auto, by, chart, combine, identity, lemma

R_AT_MOST_X_STEP = Step("R<=X")
R_BELOW_D_STEP = Step("R<D")


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


def beside(phase: m.Phase, *more: str) -> Derivation:
    """Return an empty derivation from entry restored after relocation, beside the world without relocation."""
    moved = resettled(phase).context("s_E>1/2", *RESETTLED, "a_R<=a_D", "a_R<a_D", *more)
    stayed = m.trade().context(*TRADE, "abar", "abar*")
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
    for name, cutoff in (("same D", domestic), ("same D*", foreign)):
        says = "Without relocation the domestic cutoff is the same:"
        d.step(name, eq(cutoff, m.a_D), says, by=identity(f"{cutoff.name.removesuffix('_stay')} stay", A_D_STEP))
    for name, cutoff in (("cost D stay", domestic), ("cost X stay", export)):
        integrate(d, (name, 2 - m.sigma, sp.S.Zero, cutoff, None))
    average = STAY(m.abar if north else m.abar_star)
    known = (
        "abar stay" if north else "abar* stay",
        "cost D stay",
        "cost X stay",
        f"J {domestic.name}",
        f"J {export.name}",
    )
    solved = ("B stay", "B_star stay", "a_X stay" if north else "a_X_star stay", "same D", "same D*", "ratio")
    home, away = (STAY(m.B), STAY(m.B_star)) if north else (STAY(m.B_star), STAY(m.B))
    made = gt(home * m.sales(0, domestic) + m.phi * away * m.sales(0, export), 0)
    d.step("made stay", d.rewritten(made, (*known[1:], *solved)), "Without it sales are")
    goal = eq(average, C0 * (D1 + m.phi * X1) / (D + m.phi * X))
    d.step("average stay", goal, "and the average cost", by=identity(*known, *solved))


def below_sustain(d: Derivation, phase: m.Phase) -> None:
    """Add the step ``phi<phi_S stay``: firms are born in both nations without relocation."""
    goal = lt(m.Omega * m.s_E, 1 - m.s_E)
    if phase is m.Phase.DD:
        if "R<D" not in d.context.hypotheses:
            d.step(R_BELOW_D_STEP, lt(R, D), "Some firms stay South:")
        d.step(
            "z<1", lt(p * m.Omega, 1), "so", by=combine({R_BELOW_D_STEP: 1 / D}, equations={MOVED_SHARE_STEP: -1 / D})
        )
        d.step("phi<phi_S stay", goal, "and trade is not too free:")
        return
    if "R<=X" not in d.context.hypotheses:
        weak = lemma("pow_mono_weak", m.a_R, m.a_X, m.alpha, premises=(auto(), by("phase"), by("alpha>0")))
        d.step(R_AT_MOST_X_STEP, le(R, X), "Not all exporters move:", by=weak)
    small, costly = sp.symbols("w v", positive=True)
    weigh = combine({R_AT_MOST_X_STEP: small * costly}, equations={RELOCATION_STEP: -small * costly})
    by_chart = chart({small: 1 - m.s_E, costly: 1 - m.phi}, {m.s_E: 1 - small, m.phi: 1 - costly}, weigh)
    d.step("scaled", le(m.phi * m.s_E * X, (1 - m.s_E) * X), "so that", by=by_chart)
    d.step("Omega<phi", lt(m.Omega, m.phi), "while")
    d.step("phi<phi_S stay", goal, "and trade is not too free:")
