"""Sections 3.2 and 3.5.2: who makes and trades what, and what follows from clearing of the world markets.

Proved: both homogeneous sectors of an advanced economy are active in every equilibrium; country W makes Y exactly when
it is large enough. That it is so is an assumption of the paper, which A.1-A.3 do not contain.
"""

from __future__ import annotations

from symhet.claims import Finding, beside_print, given, proved
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.accounts import ACCOUNTS, WAGES_AND_PRICES, home_market
from symhet.papers.kz.aggregates import DEMAND, HOME_COST, SALES, goods_market, solved
from symhet.papers.kz.facts import above_one, elastic
from symhet.papers.kz.flows import (
    ARRIVING,
    EXPORTS,
    FIXED_LABOUR,
    HOME_SOURCED,
    OFFSHORED,
    VARIABLE_LABOUR,
    X_SPENDING,
    charted,
)
from symhet.papers.kz.notation import E_Y, I_off, I_w, L_I_w, L_Y_w, M_e, X, Y_s, Y_w
from symhet.papers.kz.sources import section
from symhet.papers.kz.symbols import P_X_1, X_1, I_w_1, L_I_w_1, L_Y_w_1, Y_s_1, Y_w_1, rest_W, rest_Y
from symhet.papers.kz.technology import OUTPUT_I, OUTPUT_Y
from symhet.papers.kz.terms import having
from symhet.propositions import And, Iff, Implies, Prop, Rel, eq, ge, gt, lt
from symhet.provers.tactics import both, by, combine, cut, intro, linear, sign, split
from symhet.steps import Step

IMPORTED = m.alpha * m.rho * X_SPENDING * OFFSHORED / SALES
"""What one advanced economy pays for intermediates."""
HOME_UNIT = m.alpha * m.rho * HOME_COST ** (1 - m.sigma) * DEMAND / m.p_I_d
"""Units of domestic intermediates for each unit of `HOME_GAP` and entrant."""


@section("3.2").assumption(
    "kz.diversification.advanced",
    And((gt(rest_Y, 0), gt(HOME_SOURCED, 0))),
    title="sectors of an advanced economy",
    printed=r"\text{the advanced economies have positive output of both } Y \text{ and } I",
)
def _active_sectors(statement: Prop) -> Finding:
    rest = m.L - HOME_SOURCED / m.phi_I - VARIABLE_LABOUR - FIXED_LABOUR - M_e * m.f_e
    d = goods_market((rest_Y, rest), names=(h.beta_below_1,))
    excess = d.context.hypotheses[h.free_entry].lhs  # type: ignore[union-attr]
    d.step(h.f_e, eq(m.f_e, excess), "The cost of entry is", identically=True)
    d.recall(h.rest_Y_def, "Labour that intermediates, varieties and entry leave to the homogeneous good is")
    left = m.L * (1 - m.beta) + m.alpha * m.rho * m.beta * m.L * OFFSHORED / SALES
    says = "that is, what households spend on the good at home and what pays for imports:"
    solved(d, h.rest_Y, eq(rest_Y, left), says, h.rest_Y_def, h.bracket, h.f_e, h.f_I, h.f_ex)
    d.recall(h.beta_below_1, "Households spend on both goods:")
    some = above_one(combine({h.beta_below_1: m.L}, equations={h.rest_Y: -1}))
    bought = M_e * HOME_UNIT
    sourced = above_one(combine({h.T_falls: charted({"unit": bought})["unit"]}))
    says = "So both sectors are active, the second one for the firms that source at home:"
    return proved(d, statement, split(some, sourced), says)


ENOUGH = gt(m.phi_Y_w * m.L_w, (m.n + 1) * IMPORTED)
EXACTLY = Iff(gt(rest_W, 0), ENOUGH)
LARGE = Implies(ge(m.phi_Y_w * m.L_w, (m.n + 1) * m.alpha * m.rho * X_SPENDING), gt(rest_W, 0))


@section("3.2").assumption(
    "kz.diversification.W",
    And((EXACTLY, LARGE)),
    title="sectors of country W",
    printed=r"\text{country } W \text{ makes both goods exactly where its income exceeds what the "
    r"advanced "
    r"economies pay it for intermediates}",
)
def _w_makes_y(statement: Prop) -> Finding:
    d = goods_market((rest_W, m.L_w - (m.n + 1) * m.tau_I * ARRIVING / m.phi_I_w))
    d.recall(h.rest_W_def, "Country W ships tau_I units for one that arrives; labour that intermediates leave to Y is")
    left = m.L_w - (m.n + 1) * IMPORTED / m.phi_Y_w
    solved(d, h.value, eq(m.p_I_off * ARRIVING, IMPORTED), "What arrives in one economy is worth")
    price = eq(m.p_I_off, m.tau_I * m.phi_Y_w / m.phi_I_w)
    d.step(h.price, price, "at the price")
    rest_W_step = d.step(h.rest_W, eq(rest_W, left), "so that what is left is")
    forward = above_one(combine({h.premise: m.phi_Y_w}, equations={rest_W_step: m.phi_Y_w}))
    backward = above_one(combine({h.premise: 1 / m.phi_Y_w}, equations={rest_W_step: -1}))
    spare = (m.n + 1) * m.alpha * m.rho * X_SPENDING / (m.phi_Y_w * SALES)
    suffices = above_one(combine(charted({h.large: 1 / m.phi_Y_w, h.T_falls: spare}), equations={rest_W_step: -1}))
    says = "So W makes Y exactly where its income exceeds what all others pay it; that it could pay for all is enough:"
    reason = (
        "An assumption on the size of W, which A.1-A.3 do not contain; in the advanced economies both sectors produce "
        "without one (diversification.advanced)."
    )
    return proved(d, statement, split(both(forward, backward), intro(h.large, suffices)), says, reason)


TRADED = (gt(ARRIVING, 0), gt(EXPORTS, 0))
SENT = eq(Y_s - E_Y, m.p_I_off * I_off)


@section("3.2").claim(
    "kz.trade-pattern",
    And((*TRADED, SENT)),
    title="pattern of trade",
    printed=r"\text{the advanced economies import intermediates and export } Y \text{ in exchange, and trade }"
    r" X \text{ with each other}",
)
def _pattern_of_trade(statement: Prop) -> Finding:
    context = having(m.offshoring_first().context(h.sigma_above_1, h.moment, *WAGES_AND_PRICES), ACCOUNTS)
    d = Derivation(context)
    home_market(d)
    says = "So an advanced economy imports intermediates, exports varieties, and pays with the homogeneous good:"
    reason = "Some firms offshore, and some export, because productivity is not bounded from above."
    tactic = split(elastic(sign()), elastic(sign()), linear({h.home: 1}))
    return proved(d, statement, tactic, says, reason)


@section("3.5.2").claim(
    "kz.output-X",
    Implies(lt(P_X_1, m.P_X), lt(X, X_1)),
    title="output of varieties and their price index",
    printed=r"\text{if } P_X \text{ falls, aggregate output in the differentiated good sector will increase}",
)
def _output_of_x(statement: Prop) -> Finding:
    spending = {h.spent: eq(m.P_X * X, m.beta * m.w * m.L), h.spent_new: eq(P_X_1 * X_1, m.beta * m.w * m.L)}
    d = Derivation(Context(spending))
    d.recall(h.spent, "By (20) spending on the bundle is given,")
    d.recall(h.spent_new, "at any price index:")
    more = combine({h.lower: X_1 / m.P_X}, equations={h.spent: 1 / m.P_X, h.spent_new: -1 / m.P_X})
    says = "So the bundle grows when its price index falls:"
    return proved(d, statement, intro(h.lower, more), says)


LESS = lt(Y_w_1, Y_w)
STEPS = [
    (h.less_Y, LESS, combine({h.more: m.n + 1}, equations={h.world: -1})),
    (
        h.less_labour,
        lt(L_Y_w_1, L_Y_w),
        combine({h.less_Y: 1 / m.phi_Y_w}, equations={h.eq_4_in_W: 1 / m.phi_Y_w, h.eq_4_in_W_new: -1 / m.phi_Y_w}),
    ),
    (
        h.more_labour,
        lt(L_I_w, L_I_w_1),
        combine({h.less_labour: 1}, equations={h.labour_in_W: -1, h.labour_in_W_new: 1}),
    ),
    (
        h.more_I,
        lt(I_w, I_w_1),
        combine({h.more_labour: m.phi_I_w}, equations={h.eq_5_in_W: 1, h.eq_5_in_W_new: -1}),
    ),
]
PARTS = And(tuple(prop for _, prop, _ in STEPS))


@section("3.5.2").claim(
    "kz.output-W",
    Implies(lt(Y_s, Y_s_1), PARTS),
    title="output of country W",
    printed=r"\text{more } Y \text{ from the advanced economies means less from } W\text{, whose labour shifts "
    r"to sector }"
    r" I \text{ and whose output of intermediates increases}",
)
def _output_of_w(statement: Prop) -> Finding:
    """Two allocations with the same world demand for Y: what W gives up in Y it makes in intermediates."""
    at_first: dict[Step, Rel] = {
        h.world: eq((m.n + 1) * Y_s + Y_w, (m.n + 1) * Y_s_1 + Y_w_1),
        h.labour_in_W: eq(m.L_w, L_Y_w + L_I_w),
        h.labour_in_W_new: eq(m.L_w, L_Y_w_1 + L_I_w_1),
        h.eq_4_in_W: OUTPUT_Y[h.eq_4_in_W],
        h.eq_5_in_W: OUTPUT_I[h.eq_5_in_W],
        h.eq_4_in_W_new: eq(Y_w_1, m.phi_Y_w * L_Y_w_1),
        h.eq_5_in_W_new: eq(I_w_1, m.phi_I_w * L_I_w_1),
    }
    d = Derivation(Context(at_first))
    d.recall(h.world, "World demand for Y is given, by (21), so that output is the same in sum:")
    d.recall(h.labour_in_W, "W divides its labour between both goods")
    d.recall(h.labour_in_W_new, "before and after:")
    tactic = intro(h.more, cut(STEPS, split(*(by(name) for name, _, _ in STEPS))))
    says = "So if the advanced economies make more Y, W makes less, moves labour, and makes more intermediates:"
    return proved(d, statement, tactic, says)


_DIVERSIFIED = r"\text{all countries have positive output of both } Y \text{ and } I"

CLAIMS = (
    section("3.2").row(
        "assumption",
        "kz.diversification",
        _DIVERSIFIED,
        given,
        (
            _active_sectors,
            beside_print(_w_makes_y),
        ),
        title="no complete specialisation",
    ),
    _pattern_of_trade,
    _output_of_x,
    _output_of_w,
)
