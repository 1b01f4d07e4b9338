"""Section 2 of Baldwin and Okubo: tastes, wages, prices, the freeness of trade, and what a firm is worth."""

from __future__ import annotations

import sympy as sp

from symhet.algebra.integrals import PowerIntegral
from symhet.algebra.total import total
from symhet.claims import Finding, Severity, Witness, beside_print, proved, refuted
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.economies import ratio
from symhet.papers.bo.facts import TRADE, World, trade_interior
from symhet.papers.bo.sources import section
from symhet.papers.bo.symbols import D, M, P, a, c, c_f, labour_A, p, p_f, price_A, q, w, w_star
from symhet.propositions import And, Implies, Maximiser, Prop, eq, gt, le, lt
from symhet.provers import tactics as via
from symhet.steps import Step

elastic = {h.sigma_above_1: gt(m.sigma, 1)}
mark_up = 1 - 1 / m.sigma
NUMERAIRE: dict[Step, Prop] = {
    h.North: eq(price_A, labour_A * w),
    h.South: eq(price_A, labour_A * w_star),
    h.units: eq(price_A, labour_A),
}
"""Zero profit in the numeraire good, in both nations at one price, and units in which a worker makes one unit of it."""
EQUAL = via.linear({h.South: 1 / labour_A, h.North: -1 / labour_A})


def workers(mass: sp.Expr, home: sp.Expr, at_home: sp.Expr, away: sp.Expr, abroad: sp.Expr) -> sp.Expr:
    """Return the labour that a nation's manufactures use: production, and the replacement of dying firms."""
    made = home * m.sales(0, at_home) + m.phi * away * m.sales(0, abroad)
    start_up = m.f * m.fixed(at_home) + m.f * m.fixed(abroad) + m.f_I
    return mass / m.fixed(at_home) * (mark_up * made + start_up / m.sigma)


@section("2.1").derived(
    "bo.wages.equal",
    And((eq(w, 1), eq(w, w_star))),
    title="free trade in the numeraire equalises wages",
    printed=r"w=w^*=1",
)
def _equal_wages(statement: Prop) -> Finding:
    d = Derivation(Context(NUMERAIRE))
    d.step(h.equal, eq(w, w_star), "Both nations make the numeraire at its one price, so that", by=EQUAL)
    reason = "Where both nations make the numeraire, as section 2.1 assumes; when they do is bo.wages.both."
    unit = via.linear({h.North: -1 / labour_A, h.units: 1 / labour_A})
    return proved(d, statement, via.split(unit, via.by(h.equal)), "With the units that the paper chooses,", reason)


SOUTH = workers(m.N_star, m.B_star, m.a_D_star, m.B, m.a_X_star)
NORTH = workers(m.n, m.B, m.a_D, m.B_star, m.a_X)


@beside_print
@section("2.1").assumption(
    "bo.wages.both",
    And((lt(NORTH, m.s_E / m.mu), lt(SOUTH, (1 - m.s_E) / m.mu))),
    title="when both nations make the numeraire",
    printed=r"\text{both nations make the numeraire where }\mu<s_E\text{ and both have firms}",
)
def _both_make(statement: Prop) -> Finding:
    condition = (h.mu_below_s_E, lt(m.mu, m.s_E))
    start = m.trade().context(*TRADE, h.s_E_above_half, h.phi_below_phi_S)
    d = Derivation(Context({**start.hypotheses, condition[0]: condition[1]}))
    trade_interior(d, World())
    solved = (h.J_a_D, h.J_a_D_star, h.J_a_X, h.J_a_X_star, h.K_a_D, h.K_a_D_star, h.K_a_X, h.K_a_X_star)
    cutoffs = (h.B, h.solved_B_star, h.a_X, h.a_X_star, h.a_D, h.a_D_star, h.n, h.N_star)
    share = (m.s_E * (1 + m.Omega) - m.Omega) / (1 - m.Omega)
    says = (
        "By zero profit the labour in manufactures is paid by their sales, which in the North are its share of firms,"
    )
    north_step = d.step(h.north, eq(NORTH, share), says, by=via.identity(*solved, *cutoffs))
    south_step = d.step(h.south, eq(SOUTH, 1 - share), "and in the South the rest:")
    share_below_1 = d.step(h.share_below_1, lt(share, 1), "The North's share is below one,")
    share_above_s = d.step(h.share_above_s, lt(m.s_E, share), "and above its share of expenditure,")
    L = d.step(h.L, lt(1, m.s_E / m.mu), "while the North has more workers than that:")
    d.step(h.mu_below_1, lt(m.mu, 1), "So")
    L_star = d.step(h.L_star, lt(1 - m.s_E, (1 - m.s_E) / m.mu), "and the South too:")
    proof = via.split(
        via.combine({share_below_1: 1, L: 1}, north_step), via.combine({share_above_s: 1, L_star: 1}, south_step)
    )
    reason = (
        "The assumption of section 2.1 in primitives: the South always has labour left, and the large nation exactly "
        "when mu s_n < s_E, for which mu < s_E suffices."
    )
    says = "Workers are left for the numeraire in both nations, so both wages are one."
    return proved(d, statement, proof, says, reason)


SPEND = eq(m.n * p * c + m.n_star * p_f * (m.t * c_f), m.mu)
ABROAD = eq(m.t * c_f, m.phi * p_f ** (-m.sigma) * m.mu / P ** (1 - m.sigma))
BEST = (D * mark_up / a) ** m.sigma
PRICE = eq(D * BEST ** (-1 / m.sigma), a / mark_up)
OPTIMUM = Maximiser(D * q**mark_up - a * q, q, BEST, sp.S.Zero, sp.oo)
HOME = eq(c, p ** (-m.sigma) * m.mu / P ** (1 - m.sigma))


@section("2.1", "equation 2").derived(
    "bo.eq2",
    And((HOME, ABROAD, SPEND, OPTIMUM, PRICE)),
    title="demand, price index, expenditure and mill price",
    printed=r"c_j=\frac{p_j^{-\sigma}}{p^{1-\sigma}}E,\quad "
    r"p=\left(\int_\Theta p_i^{1-\sigma}di+\int_{\Theta^*}\phi p_h^{1-\sigma}dh\right)^{1/(1-\sigma)},\quad "
    r"p_j=\frac{a_j}{1-1/\sigma}",
)
def _demand(statement: Prop) -> Finding:
    hypotheses = {
        **elastic,
        h.taste: eq(p, m.mu * c ** (-1 / m.sigma) / M),
        h.taste_f: eq(m.t * p_f, m.mu * c_f ** (-1 / m.sigma) / M),
        h.M: eq(M, m.n * c**mark_up + m.n_star * c_f**mark_up),
        h.phi: eq(m.phi, m.t ** (1 - m.sigma)),
        h.P: eq(P ** (1 - m.sigma), m.n * p ** (1 - m.sigma) + m.n_star * m.phi * p_f ** (1 - m.sigma)),
    }
    d = Derivation(Context(hypotheses))
    d.recall(h.taste, "The marginal utility of a home variety equals its price,")
    d.recall(h.taste_f, "and that of a foreign variety its price with the iceberg cost:")
    first = eq(c, (m.mu / (p * M)) ** m.sigma)
    d.step(h.c, first, "Hence")
    d.step(h.c_f, eq(c_f, (m.mu / (m.t * p_f * M)) ** m.sigma), "and")
    d.step(h.index, eq(M, (m.mu / M) ** (m.sigma - 1) * P ** (1 - m.sigma)), "Their aggregate is")
    d.step(h.M_to_sigma, eq(M**m.sigma, m.mu ** (m.sigma - 1) * P ** (1 - m.sigma)), "that is,")
    home_step = d.step(h.home, HOME, "So demand is", number="(2)")
    away_step = d.step(h.away, ABROAD, "and shipments abroad are", number="(2)")
    spending = d.step(h.spending, SPEND, "Expenditure on manufactures is mu per head:")
    d.step(h.one_over_sigma_below_1, lt(1 / m.sigma, 1), "Since")
    d.step(h.best_above_0, gt(D * mark_up / a, 0), "the best output is positive:")
    output = d.step(h.output, OPTIMUM, "A firm that faces the price D q^(-1/sigma) makes")
    proof = via.split(via.by(home_step), via.by(away_step), via.by(spending), via.by(output), via.identity())
    reason = (
        "With t the units shipped per unit sold (the paper's text has 1+t of them). One home and one foreign group of "
        "varieties stand for the continuum: more groups add terms of the same form. The condition for an interior "
        "choice, income above mu, holds because income per head is at least the wage."
    )
    return proved(d, statement, proof, "Its price is marginal cost with a constant mark-up.", reason)


@section("2.1").claim(
    "bo.freeness",
    le(m.phi, 1),
    title="range of the freeness of trade",
    printed=r"\phi\equiv t^{1-\sigma}\in[0,1]\ \text{for}\ t\in[0,\infty]",
)
def _freeness(states: Prop) -> Finding:
    printed = Derivation(Context({**elastic, h.phi: eq(m.phi, m.t ** (1 - m.sigma))}))
    d = Derivation(Context(dict(elastic)))
    phi_step = d.define(
        h.phi, m.phi, (1 + m.t) ** (1 - m.sigma), "With 1 + t units shipped per unit sold, the freeness of trade is"
    )
    slope = (1 - m.sigma) * m.phi / (1 + m.t)
    slope_step = d.step(h.slope, eq(total(m.phi, m.t), slope), "Its slope is")
    more = (1 + m.t) ** (m.sigma - 1)
    d.step(h.t_above_0, gt(1 + m.t, 1), "Since")
    power = d.step(h.power, gt(more, 1), "we have")
    statement = And((lt(m.phi, 1), lt(total(m.phi, m.t), 0)))
    below = via.combine({power: (1 + m.t) ** (1 - m.sigma)}, phi_step)
    falls = via.product({h.sigma_above_1: 1}, slope_step, coefficient=m.phi / (1 + m.t))
    holding = proved(d, statement, via.split(below, falls), "It falls from one at t = 0 towards zero.")
    reason = (
        "t^(1-sigma) is one at t = 1 and infinite at t = 0: the range given mixes two units of t. With 1 + t units "
        "shipped per unit sold it is (1+t)^(1-sigma) that runs from one at t = 0 to zero."
    )
    point = {m.sigma: sp.S(2), m.t: ratio(1, 2), m.phi: sp.S(2)}
    return refuted(printed, states, Witness(point), reason, corrected=holding, severity=Severity.NOTATION)


highest = m.a_D / mark_up
"""Price of the marginal firm."""


def _firm() -> Derivation:
    """Return a firm among Pareto competitors, all of which mark up alike; the marginal one just pays its beachhead."""
    prices = m.n * m.rho * highest ** (-m.rho) * PowerIntegral(m.rho - m.sigma, sp.S.Zero, highest)
    hypotheses = {
        **elastic,
        h.beta_above_1: gt(m.beta, 1),
        h.price: eq(p, a / mark_up),
        h.demand: eq(c, p ** (-m.sigma) * m.E / P ** (1 - m.sigma)),
        h.index: eq(P ** (1 - m.sigma), prices),
        h.mbar: eq(m.mbar, m.n * m.sales(0, m.a_D) / m.a_D**m.rho),
        h.B: eq(m.B, m.E / m.mbar),
        h.f: eq(m.f, m.sigma * m.delta * m.F),
        h.marginal: eq((highest - m.a_D) * highest ** (-m.sigma) * m.E / P ** (1 - m.sigma) / m.delta, m.F),
    }
    d = Derivation(Context(hypotheses))
    d.recall(h.price, "A firm with cost a charges")
    d.recall(h.demand, "and sells")
    d.step(h.margin, gt(mark_up, 0), "With a positive margin")
    d.recall(h.index, "Prices are costs times a constant, so that they are Pareto too, and the price index is")
    says = "By beta > 1 the integrals converge:"
    d.step(h.alpha_above_0, lt(-1, m.alpha - 1), says)
    for name, end in ((h.over_prices, highest), (h.over_costs, m.a_D)):
        known = via.fact("power_integral_from_zero", m.alpha - 1, end)
        d.step(name, known, f"The integral {name} is")
    index = eq(P ** (1 - m.sigma), mark_up ** (m.sigma - 1) * m.mbar)
    d.step(h.markups, index, "The price index is that of marginal costs, marked up:")
    sold = eq(c, p ** (-m.sigma) * m.E * mark_up ** (1 - m.sigma) / m.mbar)
    sold_step = d.step(h.sold, sold, "Hence the firm sells")
    d.step(h.B_form, eq(m.E / m.mbar, m.B), "With demand per firm")
    profit = eq((p - a) * c, a ** (1 - m.sigma) * m.B / m.sigma)
    earned = via.linear({h.B: -(a ** (1 - m.sigma)) / m.sigma}, sold_step, h.price)
    d.step(h.profit, profit, "its operating profit is", by=earned)
    spent = eq(m.E / P ** (1 - m.sigma), mark_up ** (1 - m.sigma) * m.B)
    d.step(h.spent, spent, "Demand per unit of the index is")
    breaks_even = {
        h.marginal: m.sigma * m.delta,
        h.f: -1,
        h.spent: -m.sigma * (highest - m.a_D) * highest ** (-m.sigma),
    }
    zero = eq(m.a_D ** (1 - m.sigma) * m.B, m.f)
    d.step(h.cutoff, zero, "The marginal firm just pays its beachhead:", number="(3)", by=via.linear(breaks_even))
    return d


def _side(low_cost: sp.Expr, high_cost: sp.Expr) -> via.Tactic:
    """Prove on which side of the cutoff a firm covers its beachhead."""
    order = (
        h.power,
        via.fact("pow_mono", low_cost, high_cost, m.sigma - 1),
        via.lemma("pow_mono", low_cost, high_cost, m.sigma - 1),
    )
    scale = m.B * low_cost ** (1 - m.sigma) * high_cost ** (1 - m.sigma) / (m.sigma * m.delta)
    mark = 1 if low_cost == a else -1
    equations = {h.cutoff: -mark / (m.sigma * m.delta), h.f: -mark / (m.sigma * m.delta), h.value: -mark}
    return via.intro(h.order, via.cut((order,), via.combine({h.power: scale}, equations=equations)))


WORTH = (p - a) * c / m.delta
VALUE = eq(WORTH, a ** (1 - m.sigma) * m.B / (m.sigma * m.delta))


def _valued() -> Derivation:
    """Return the derivation of `_firm` with the present value of operating profit."""
    d = _firm()
    d.step(h.value, VALUE, "over a life that ends at rate delta")
    return d


@section("2.2", "equation 3").derived(
    "bo.eq3",
    And(
        (
            eq(P ** (1 - m.sigma), mark_up ** (m.sigma - 1) * m.mbar),
            eq(m.a_D ** (1 - m.sigma) * m.B, m.f),
            Implies(lt(a, m.a_D), lt(m.F, WORTH)),
            Implies(lt(m.a_D, a), lt(WORTH, m.F)),
        )
    ),
    title="zero cutoff profit",
    printed=r"a_D^{1-\sigma}B=f,\quad B=\frac{E}{\bar m},\quad \bar m=n\int_0^{a_D}a^{1-\sigma}dG[a|a_D],\quad "
    r"f=\sigma\delta F",
)
def _cutoff(statement: Prop) -> Finding:
    d = _valued()
    says = "So a firm covers its beachhead exactly when its cost is below the cutoff."
    return proved(d, statement, via.split(via.by(h.markups), via.by(h.cutoff), _side(a, m.a_D), _side(m.a_D, a)), says)


@section("2.2").derived(
    "bo.value",
    And(
        (VALUE, eq(m.a_D ** (1 - m.sigma) * m.B / (m.sigma * m.delta) - m.F, 0), Implies(lt(m.a_D, a), lt(WORTH, m.F)))
    ),
    title="value of a firm",
    printed=r"\frac{a_j^{1-\sigma}B}{\sigma\delta}\ (a_j\le a_D),\quad 0\ (a_j>a_D)",
)
def _value(statement: Prop) -> Finding:
    d = _valued()
    breaks_even = via.linear({h.cutoff: 1 / (m.sigma * m.delta), h.f: 1 / (m.sigma * m.delta)})
    reason = (
        "This is operating profit before the beachhead; net of F it vanishes at the cutoff. A firm above the cutoff "
        "would not earn its beachhead back, so it does not sell and earns zero. Nothing is discounted, and a firm that "
        "dies at rate delta lives 1/delta on average."
    )
    says = "Over an expected life of 1/delta this is the value, and net of the beachhead it vanishes at the cutoff."
    return proved(d, statement, via.split(via.by(h.value), breaks_even, _side(m.a_D, a)), says, reason)


CLAIMS = (
    section("2", "equation 1").row(
        "primitive",
        "bo.eq1",
        r"U=\mu\ln C_M+C_A,\quad C_M=\left(\int c_i^{1-1/\sigma}di\right)^{1/(1-1/\sigma)}",
        title="tastes",
    ),
    section("2.1").row(
        "derived",
        "bo.wages",
        r"w=w^*=1",
        parts=(
            _equal_wages,
            _both_make,
        ),
        title="wages",
    ),
    _demand,
    _freeness,
    _cutoff,
    _value,
)
