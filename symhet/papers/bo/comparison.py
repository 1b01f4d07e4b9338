"""Two worlds at the same freeness of trade: with relocation, and without it under free entry, by checked steps."""

from __future__ import annotations

import sympy as sp

from symhet.derivation import Derivation, Step
from symhet.papers.bo.averages import A_D_STEP, C0, D1, RESETTLED, X1, averages, entry, p
from symhet.papers.bo.facts import TRADE, World, trade_interior
from symhet.papers.bo.model import (
    B,
    B_star,
    N_star,
    Omega,
    V,
    V_star,
    a_D,
    a_D_star,
    a_R,
    a_X,
    a_X_star,
    abar,
    abar_star,
    alpha,
    beta,
    mbar,
    mbar_star,
    n,
    phi,
    s_E,
    sales,
    sigma,
    trade,
)
from symhet.papers.bo.relocation_facts import D, R, X
from symhet.papers.bo.shortrun_model import integrate, resettled, shapes
from symhet.propositions import eq, gt, le, lt
from symhet.provers.tactics import auto, by, chart, combine, identity, lemma, product
from symhet.rules.base import Context

R_AT_MOST_X_STEP = Step("R<=X")
R_BELOW_D_STEP = Step("R<D")


STAY = World("stay", (a_D, a_D_star, a_X, a_X_star, B, B_star, mbar, mbar_star, n, N_star, V, V_star, abar, abar_star))
"""The world in which nobody relocates."""


def beside(phase: str, *more: str) -> Derivation:
    """Return an empty derivation from entry restored after relocation, beside the world without relocation."""
    moved = resettled(phase).context("s_E>1/2", *RESETTLED, "a_R<=a_D", "a_R<a_D", *more)
    stayed = trade().context(*TRADE, "abar", "abar*")
    hypotheses = dict(moved.hypotheses)
    for name, prop in stayed.hypotheses.items():
        marked = STAY.prop(prop)
        hypotheses[name if marked == prop else STAY.name(name)] = marked
    return Derivation(Context(hypotheses))


def compare(d: Derivation, phase: str, north: bool) -> None:
    """Add one nation's average with relocation, and the step ``average stay``: that without, in the same cutoffs."""
    entry(d, phase)
    averages(d, phase, north=north, south=not north)
    below_sustain(d, phase)
    trade_interior(d, STAY)
    domestic, foreign, export = STAY(a_D), STAY(a_D_star), STAY(a_X)
    if not north:
        domestic, foreign, export = foreign, domestic, STAY(a_X_star)
    for name, cutoff in (("same D", domestic), ("same D*", foreign)):
        says = "Without relocation the domestic cutoff is the same:"
        d.step(name, eq(cutoff, a_D), identity(f"{cutoff.name.removesuffix('_stay')} stay", A_D_STEP), says)
    for name, cutoff in (("cost D stay", domestic), ("cost X stay", export)):
        integrate(d, (name, 2 - sigma, sp.S.Zero, cutoff, None))
    average = STAY(abar if north else abar_star)
    known = (
        "abar stay" if north else "abar* stay",
        "cost D stay",
        "cost X stay",
        f"J {domestic.name}",
        f"J {export.name}",
    )
    solved = ("B stay", "B_star stay", "a_X stay" if north else "a_X_star stay", "same D", "same D*", "ratio")
    home, away = (STAY(B), STAY(B_star)) if north else (STAY(B_star), STAY(B))
    made = gt(home * sales(0, domestic) + phi * away * sales(0, export), 0)
    d.step("made stay", d.rewritten(made, (*known[1:], *solved)), shapes(auto()), "Without it sales are", kind="bound")
    goal = eq(average, C0 * (D1 + phi * X1) / (D + phi * X))
    d.step("average stay", goal, identity(*known, *solved), "and the average cost", kind="integrate")


def below_sustain(d: Derivation, phase: str) -> None:
    """Add the step ``phi<phi_S stay``: firms are born in both nations without relocation."""
    goal = lt(Omega * s_E, 1 - s_E)
    if phase == "DD":
        if "R<D" not in d.context.hypotheses:
            power = lemma("pow_mono", a_R, a_D, alpha, premises=(auto(), by("a_R<a_D"), by("alpha>0")))
            d.step(R_BELOW_D_STEP, lt(R, D), power, "Some firms stay South:", kind="bound")
        z_below_1 = d.step(
            "z<1",
            lt(p * Omega, 1),
            combine({R_BELOW_D_STEP: 1 / D}, equations={"moved share": -1 / D}),
            "so",
            kind="bound",
        )
        d.step("phi<phi_S stay", goal, product({z_below_1: 1, "s_E<1": 1}), "and trade is not too free:", kind="bound")
        return
    if "R<=X" not in d.context.hypotheses:
        weak = lemma("pow_mono_weak", a_R, a_X, alpha, premises=(auto(), by("phase"), by("alpha>0")))
        d.step(R_AT_MOST_X_STEP, le(R, X), weak, "Not all exporters move:", kind="bound")
    small, costly = sp.symbols("w v", positive=True)
    weigh = combine({R_AT_MOST_X_STEP: small * costly}, equations={"relocation": -small * costly})
    by_chart = chart({small: 1 - s_E, costly: 1 - phi}, {s_E: 1 - small, phi: 1 - costly}, weigh)
    scaled = d.step("scaled", le(phi * s_E * X, (1 - s_E) * X), by_chart, "so that", kind="bound")
    omega = lemma("pow_exponent_below", phi, 1, beta, premises=(auto(), auto(), by("beta>1")))
    Omega_below_phi = d.step("Omega<phi", lt(Omega, phi), omega, "while", kind="bound")
    goal_by = combine({Omega_below_phi: s_E, scaled: 1 / X})
    d.step("phi<phi_S stay", goal, goal_by, "and trade is not too free:", kind="bound")
