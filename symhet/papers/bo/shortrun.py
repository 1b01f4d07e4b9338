"""Section 3.2 before anyone moves: what autarky leaves behind, and what relocation would pay whom."""

from __future__ import annotations

import sympy as sp

from symhet.claims import Claim, Finding, proved
from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo import shortrun_model as sr
from symhet.papers.bo.facts import World
from symhet.papers.bo.sources import section
from symhet.propositions import And, Prop, eq, gt, lt
from symhet.provers import tactics as via
from symhet.provers.tactics import by

R = sp.Rational
OPEN = (*sr.INHERITED, h.mbar, h.mbar_star, h.B, h.B_star, h.export, h.export_star)


@section("3.2", "equation (12)").derived(
    "bo.eq12",
    And(
        (
            eq(m.a_D, m.kappa ** (1 / m.rho)),
            eq(m.a_D_star, m.kappa ** (1 / m.rho)),
            eq(m.n + m.n_star, (m.beta - 1) / (m.f * m.beta)),
            eq(m.n / (m.n + m.n_star), m.s_E),
        )
    ),
    title="start from autarky",
    printed=r"n^w=\frac{\beta-1}{f\beta},\quad a_D=\left(\frac{f_I(\beta-1)}{f}\right)^{1/\rho},\quad "
    r"s_n=s_E",
)
def _autarky(statement: Prop) -> Finding:
    model = sr.autarky()
    d = Derivation(model.context(h.sigma_above_1, h.beta_above_1, h.kappa_at_most_1, *model.conditions))
    sr.shape_facts(d)
    for star, cutoff, mass, demand, share in (
        ("", m.a_D, m.n, m.B, m.s_E),
        ("*", m.a_D_star, m.n_star, m.B_star, 1 - m.s_E),
    ):
        sr.integrate(d, (h.sales_in(star), 1 - m.sigma, 0, cutoff), (h.firms_in(star), sp.S(0), 0, cutoff))
        says = "With the cutoff condition, expected profit in the free entry condition becomes"
        claim = eq(m.f * cutoff**m.rho * (m.rho / m.alpha - 1), m.f_I)
        by = via.linear(
            {
                h.free_entry_in(star): 1,
                h.sales_in(star): -demand * m.rho,
                h.firms_in(star): m.f * m.rho,
                h.cutoff_in(star): -(cutoff**m.rho) * m.rho / m.alpha,
            }
        )
        profit = d.step(h.profit_in(star), claim, says, by=by)
        by = via.transported(profit, factor=(m.beta - 1) / m.f)
        power = d.step(h.power_in(star), eq(cutoff**m.rho, m.kappa), "so that")
        d.step(h.a_D_in(star), eq(cutoff, m.kappa ** (1 / m.rho)), "and", by=via.powers({power: 1 / m.rho}))
        says = "Demand per firm and the mass of firms follow:"
        d.step(h.demand_in(star), eq(demand, m.f * cutoff ** (m.sigma - 1)), says)
        weight = m.mbar_star if star else m.mbar
        mass_step = d.step(
            h.mass_in(star),
            eq(mass * m.rho / m.alpha * demand * cutoff ** (1 - m.sigma), share),
            "The market clears:",
            by=via.linear(
                {
                    h.B_in(star): weight,
                    h.mbar_in(star): -demand,
                    h.sales_in(star): -demand * mass * m.rho / cutoff**m.rho,
                }
            ),
        )
        d.step(
            h.n_in(star),
            eq(mass, share * (1 - 1 / m.beta) / m.f),
            "hence",
            by=via.linear({mass_step: m.alpha / (m.rho * m.f), h.cutoff_in(star): -mass / m.f}),
        )
    by = via.split(via.auto(), via.auto(), via.identity(h.n, h.n_star), via.identity(h.n, h.n_star))
    return proved(
        d, statement, by, "Cutoff, mass and shares of firms in autarky are", "Derived from entry in each nation."
    )


def demands(d: Derivation, w: World | None = None) -> None:
    """Add to the opening the steps ``North`` and ``South``: demand per firm from the export cutoff into each market.

    Parameters
    ----------
    d : Derivation
        Its context has the opening, in the symbols and under the names of `w`.
    w : World, optional
        Another world than the economy itself.
    """
    w = w or World()
    if h.alpha_above_0 not in d.context.hypotheses:
        sr.shape_facts(d)
    for name, cutoff in ((h.sales_D, m.a_D), (w.name(h.exports), w(m.a_X)), (w.name(h.exports_star), w(m.a_X_star))):
        sr.integrate(d, (name, 1 - m.sigma, 0, cutoff))
    _demand(d, w, "", (m.B, m.mbar, m.n, m.n_star, m.a_X_star), (m.s_E, 1 - m.s_E))
    _demand(d, w, "*", (m.B_star, m.mbar_star, m.n_star, m.n, m.a_X), (1 - m.s_E, m.s_E))


def _demand(d: Derivation, w: World, star: str, here: tuple[sp.Symbol, ...], shares: tuple[sp.Expr, sp.Expr]) -> None:
    demand, market, mass, rival, cutoff = map(w, here)
    own, foreign = shares
    abroad = "" if star else "*"
    where = h.South if star else h.North
    nation = w.name(where)
    clearing = d.step(
        h.clearing_of(nation),
        eq(demand * (mass * m.a_D**m.alpha + m.phi * rival * cutoff**m.alpha) * m.rho / m.alpha, own * m.a_D**m.rho),
        f"Spending in the {where} is what home firms and foreign exporters sell there:",
        by=via.linear(
            {
                w.name(h.B_in(star)): market * m.a_D**m.rho,
                w.name(h.mbar_in(star)): -demand * m.a_D**m.rho,
                h.sales_D: -demand * mass * m.rho,
                w.name(h.exports_in(abroad)): -demand * m.phi * rival * m.rho,
            }
        ),
    )
    exporters = d.step(
        h.exporters_of(nation),
        eq(m.phi * demand * cutoff**m.alpha, m.f * cutoff**m.rho),
        "where, by the export cutoff,",
        by=via.transported(w.name(h.export_in(abroad)), factor=cutoff**m.rho),
    )
    shares_step = d.step(
        h.shares_of(nation),
        eq(demand * (own * m.a_D**m.alpha + m.phi * foreign * cutoff**m.alpha), own * m.f * m.a_D**m.rho),
        "With the masses of firms that autarky left,",
        by=via.transported(clearing, h.n, h.n_star, h.n_w, h.s_n_is_s_E, factor=m.f),
    )
    d.step(
        nation,
        eq(demand * m.a_D**m.alpha, m.f * (m.a_D**m.rho - foreign / own * cutoff**m.rho)),
        f"so that demand per firm in the {where} solves",
        by=via.linear({shares_step: 1 / own, exporters: -foreign / own}),
    )


def larger_demand(d: Derivation) -> None:
    """Add to the opening the step ``B>B*``: before anyone moves, demand per firm is higher in the larger nation."""
    demands(d)
    for star, cutoff, demand in (("", m.a_X, m.B_star), ("*", m.a_X_star, m.B)):
        d.step(
            h.power_in(star),
            eq(cutoff**m.rho, (m.phi * demand / m.f) ** m.beta),
            "The export cutoff in terms of demand abroad is",
        )
    order = d.step(h.order, via.fact("trichotomy", m.B, m.B_star), "Demands compare in one of three ways:")
    small = lt((m.phi * m.B / m.f) ** m.beta, (m.phi * m.B_star / m.f) ** m.beta)
    q = 1 / (1 + sr.U)
    excess = {h.North: -1 / m.a_D**m.alpha, h.South: 1 / m.a_D**m.alpha}
    lower = via.cut(
        [
            (h.scaled, lt(m.phi * m.B / m.f, m.phi * m.B_star / m.f), via.combine({h.case: m.phi / m.f})),
            (
                h.small,
                small,
                via.lemma(
                    "pow_mono",
                    m.phi * m.B / m.f,
                    m.phi * m.B_star / m.f,
                    m.beta,
                    premises=(via.auto(), by(h.scaled), via.auto()),
                ),
            ),
            (h.fewer, lt(m.a_X_star**m.rho, m.a_X**m.rho), via.combine({h.small: 1}, h.power_star, h.power)),
        ],
        sr.larger(via.combine({h.fewer: m.f * q / m.a_D**m.alpha}, equations=excess)),
    )
    level = via.cut(
        [(h.same, eq(m.a_X_star**m.rho, m.a_X**m.rho), via.identity(h.power_star, h.power, h.case))],
        sr.larger(via.combine({}, equations={**excess, h.same: m.f * q / m.a_D**m.alpha})),
    )
    says = (
        "Were demand in the North not above that in the South, Southern exporters would be no more numerous than "
        "Northern ones, and since fewer firms are born South, too few to press demand down. Hence"
    )
    d.step(h.B_above_B_star, gt(m.B, m.B_star), says, by=via.cases(order, lower, level, by(h.case)))


@section("3.2", "below (13)").claim(
    "bo.B-initial",
    gt(m.B, m.B_star),
    title="demand per firm is higher in the North",
    printed=r"B>B^*\text{ in the initial situation}",
)
def _initial(statement: Prop) -> Finding:
    d = Derivation(sr.opening().context(*sr.CORE, *OPEN))
    larger_demand(d)
    reason = "Each nation's exporters have a cutoff of their own, which the paper does not use."
    return proved(d, statement, by(h.B_above_B_star), "Before anyone moves", reason)


CLAIMS: tuple[Claim, ...] = (
    _autarky,
    _initial,
)  # fmt: skip
