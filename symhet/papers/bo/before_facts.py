"""The short run with relocation beside the opening without, in shares of exporters: the steps that Result 5 needs."""

from __future__ import annotations

import sympy as sp

from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.facts import World, Worlds
from symhet.papers.bo.relocation_facts import SHORT, ordered, relocation
from symhet.papers.bo.shortrun import OPEN, demands
from symhet.papers.bo.shortrun_model import CORE, moment, opening, relocated, total_cost
from symhet.papers.bo.symbols import cost, cost_N, cost_S, lam, share, share_N, share_S, top, top_N, top_S
from symhet.papers.bo.symbols import mu_S as mu
from symhet.papers.bo.symbols import p as size
from symhet.propositions import eq, gt, lt
from symhet.provers import tactics as via
from symhet.steps import Step

STAY = World("stay", (m.a_X, m.a_X_star, m.B, m.B_star, m.mbar, m.mbar_star, m.abar, m.abar_star))
"""The same firms before anyone moved."""


KINDS = (
    ("", m.a_X, top, share, cost),
    (" N", STAY(m.a_X), top_N, share_N, cost_N),
    (" S", STAY(m.a_X_star), top_S, share_S, cost_S),
)


def without(nation: str) -> sp.Expr:
    """Return the average cost of a nation in the opening, each firm weighted with the value of its sales."""
    home, away, cutoff = (m.B, m.B_star, m.a_X) if nation == "N" else (m.B_star, m.B, m.a_X_star)
    costs = home * total_cost(0, m.a_D) + m.phi * away * total_cost(0, cutoff)
    return costs / (home * moment(0, m.a_D) + m.phi * away * moment(0, cutoff))


def beside(nation: str) -> Derivation:
    """Return a derivation from relocation in phase XX beside the opening, with the shares of exporters named."""
    average, symbol = (h.abar, m.abar) if nation == "N" else (h.abar_star, m.abar_star)
    moved = relocated(m.Phase.XX).context(*CORE, *SHORT[m.Phase.XX], h.a_R_below_a_D, average)
    stayed = {**opening().context(*OPEN).hypotheses, average: eq(symbol, without(nation))}
    d = Derivation(Worlds(moved.hypotheses).beside(STAY, stayed).context())
    d.define(h.p, size, m.s_E / (1 - m.s_E), "Write North's relative size as")
    for mark, cutoff, y, Y, xi in KINDS:
        d.define(h.y_in(mark), y, (cutoff / m.a_D) ** (m.sigma - 1), "the export cutoff as")
        d.define(h.Y_in(mark), Y, (cutoff / m.a_D) ** m.rho, "the share of exporters as")
        d.define(h.xi_in(mark), xi, cutoff / m.a_D, "and the cost of the marginal exporter as")
    d.define(
        h.lam, lam, share_N / share, "and the exporters of the North before relocation relative to those after it as"
    )
    d.define(h.mu, mu, share_S / share, "those of the South as")
    return d


def cutoffs(d: Derivation) -> None:
    """Add the three cutoff conditions and how their solutions are ordered.

    Steps ``cut Y``, ``cut N``, ``cut S``; ``low`` (y_N < y), ``fewer`` (Y_N < Y), ``high`` (y < y_S), ``more``;
    ``half`` (Y < y) and ``half S`` (Y_S < y_S); ``xi<1``, ``xi N<1``, ``xi S<1``.
    """
    relocation(d, m.Phase.XX)
    ordered(d)
    demands(d, STAY)
    d.step(
        h.cut_Y,
        eq(top + m.phi * share, m.phi),
        "With relocation the export cutoff solves",
        by=via.linear({h.cut: 1}, h.y, h.Y),
    )
    says = "and without, for each nation's exporters,"
    for mark, market, y, Y, weight, cutoff, export in (
        (" N", h.South, top_N, share_N, size, STAY(m.a_X), h.exporters_South_stay),
        (" S", h.North, top_S, share_S, 1 / size, STAY(m.a_X_star), h.exporters_North_stay),
    ):
        terms = {
            h.stay_of(market): m.phi / (m.f * m.a_D**m.rho),
            export: -(cutoff**-m.alpha) * m.a_D ** (m.alpha - m.rho) / m.f,
        }
        goal = eq(y + weight * m.phi * Y, m.phi)
        d.step(h.cut_in(mark), goal, says, by=via.linear(terms, h.y_in(mark), h.Y_in(mark), h.p))
    for mark, _, y, Y, _ in KINDS:
        d.step(h.power_in(mark), eq(Y, y**m.beta), "The share is a power of the cutoff:")
    d.step(h.p_above_1, gt(size, 1), "North is the larger nation,")
    _compare(
        d, (h.low, h.fewer), (" N", top_N, share_N, h.cut_N), ("", top, share, h.cut_Y), {h.p_above_1: m.phi * share_N}
    )
    _compare(
        d,
        (h.high, h.more),
        ("", top, share, h.cut_Y),
        (" S", top_S, share_S, h.cut_S),
        {h.p_above_1: m.phi * share_S / size},
    )
    for mark, y, Y, condition in (
        (" N", top_N, share_N, h.cut_N),
        ("", top, share, h.cut_Y),
        (" S", top_S, share_S, h.cut_S),
    ):
        below = via.combine({h.phi_below_1: 1}, equations={condition: 1})
        y_below_1 = d.step(h.y_below_1_in(mark), lt(y, 1), "The cutoff lies inside,", by=below)
        shrink = via.lemma(
            "pow_exponent_below", y, 1, m.beta, premises=(via.auto(), via.by(y_below_1), via.by(h.beta_above_1))
        )
        half_power = d.step(h.half_power_in(mark), lt(y**m.beta, y), "so that", by=shrink)
        half = d.step(h.half_in(mark), lt(Y, y), "and", by=via.combine({half_power: 1}, h.power_in(mark)))
        d.step(h.Y_below_1_in(mark), lt(Y, 1), "or", by=via.combine({half: 1, y_below_1: 1}))
    for mark, _, _, Y, xi in KINDS:
        root = via.lemma("pow_lt_one", Y, 1 / m.rho, premises=(via.auto(), via.by(h.Y_below_1_in(mark)), via.auto()))
        xi_root = d.step(h.xi_root_in(mark), lt(Y ** (1 / m.rho), 1), "Exporters have lower costs than", by=root)
        same = via.identity(h.xi_in(mark), h.Y_in(mark))
        xi_form = d.step(h.xi_form_in(mark), eq(xi, Y ** (1 / m.rho)), "the marginal producer:", by=same)
        d.step(h.cost_below_1_in(mark), lt(xi, 1), "that is", by=via.combine({xi_root: 1}, xi_form))


def _compare(
    d: Derivation,
    names: tuple[Step, Step],
    low: tuple[str, sp.Symbol, sp.Symbol, Step],
    high: tuple[str, sp.Symbol, sp.Symbol, Step],
    room: dict[Step, sp.Expr],
) -> None:
    """Add the steps that one export cutoff and its share lie below another: the other order breaks their conditions."""
    (mark, y, Y, below), (other, z, Z, above) = low, high
    order = h.order_of(names[0])
    cuts = {below: 1, above: -1}
    d.step(order, via.fact("trichotomy", y, z), "Compare the two export cutoffs.")
    raised = via.lemma("pow_mono", z, y, m.beta, premises=(via.auto(), via.by(h.side), via.auto()))
    shares = via.combine({h.raised: 1}, h.power_in(other), h.power_in(mark))
    more = via.cut(
        [(h.raised, lt(z**m.beta, y**m.beta), raised), (h.fewer_side, lt(Z, Y), shares)],
        via.absurd(via.combine({**room, h.side: 1, h.fewer_side: m.phi}, equations=cuts)),
    )
    same = via.identity(h.power_in(mark), h.power_in(other), h.side)
    equal = via.cut(
        [(h.fewer_side, eq(Y, Z), same)],
        via.absurd(via.combine(room, equations={**cuts, h.side: -1, h.fewer_side: -m.phi})),
    )
    d.step(names[0], lt(y, z), "It must be that", by=via.cases(order, via.by(h.side), equal, more, name=h.side))
    power = d.step(h.power_for(names[1]), lt(y**m.beta, z**m.beta), "so that")
    shares = via.combine({power: 1}, h.power_in(mark), h.power_in(other))
    d.step(names[1], lt(Y, Z), "and so")
