"""Sections 3.4, 4.3 and 4.4: welfare in levels, and when offshoring gets cheaper."""

from __future__ import annotations

from functools import partial

import sympy as sp

from symhet.algebra.total import total
from symhet.claims import Finding, proved
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.aggregates import accounting, price_index
from symhet.papers.kz.aggregation import INDUSTRY, index_of_average
from symhet.papers.kz.comparative import follows, joined, moves, sign_moves, sign_step, start
from symhet.papers.kz.efficiency import EFFICIENCY
from symhet.papers.kz.facts import SPARE_S, elastic
from symhet.papers.kz.groups import AVERAGES, MASSES
from symhet.papers.kz.notation import E, E_Y_w, M_t, P, U, W, W_w, X, Y, mean_t, p_Y, p_Y_w
from symhet.papers.kz.sources import section
from symhet.papers.kz.strategies import INDIFFERENCE
from symhet.papers.kz.terms import efficiency, having, markup_price, revenue
from symhet.propositions import And, Prop, Rel, eq, lt
from symhet.provers.tactics import by, chart, combine, identity, implicit, powers, split
from symhet.steps import Step

BETA_HAT = m.beta**m.beta * (1 - m.beta) ** (1 - m.beta)
WELFARE = (
    m.phi_min**m.beta
    * m.w
    * BETA_HAT
    * (m.rho / (m.w ** (1 - m.alpha) * m.p_I_d**m.alpha)) ** m.beta
    * (m.beta * m.L / (m.sigma * m.f_p)) ** (m.beta / m.k)
)
"""Welfare in terms of the lowest cutoff, the last form of (17)."""
CONSUMPTION: dict[Step, Rel] = {
    h.utility: eq(U, X**m.beta * Y ** (1 - m.beta)),
    h.bought_X: eq(X, m.beta * E / m.P_X),
    h.bought_Y: eq(Y, (1 - m.beta) * E / p_Y),
    h.numeraire: eq(p_Y, 1),
    h.P: eq(P, m.P_X**m.beta * p_Y ** (1 - m.beta) / BETA_HAT),
    h.income: eq(E, m.w * m.L),
    h.welfare: eq(W, U / m.L),
}


def _real_wage(d: Derivation) -> None:
    """Add the steps ``U`` and ``real wage``: utility per worker is the wage over the price index of consumption."""
    d.recall(h.bought_X, "Households spend the share beta on the bundle of varieties,")
    d.recall(h.bought_Y, "and the rest on the homogeneous good:")
    d.recall(h.P, "With the price index")
    says = "utility (1) is expenditure in terms of that index:"
    d.step(h.U, eq(U, E / P), says)
    says = "Income is the wage bill, so that utility per worker is the real wage:"
    d.step(h.real_wage, eq(W, m.w / P), says)
    inverse = eq(W, m.w * BETA_HAT * m.P_X ** (-m.beta))
    d.step(h.deflated, inverse, "With the homogeneous good as numeraire")


IN_AVERAGES = eq(W, m.w * BETA_HAT * M_t ** (m.beta / m.k) * markup_price(mean_t) ** (-m.beta))
IN_CUTOFF = eq(W, WELFARE)


_AVERAGES = r"w\hat\beta M_t^{\frac{\beta}{\sigma-1}} p(\tilde\phi_t)^{-\beta}"
_BETA_HAT = r"\hat\beta = \beta^\beta(1-\beta)^{1-\beta}"
_CUTOFF = (
    r"\hat\varphi_{min}^\beta w\hat\beta\left(\frac{\rho}{w^{1-\alpha}(p_I^d)^\alpha}\right)^\beta"
    r"\left(\frac{\beta L}{\sigma f_p}\right)^{\frac{\beta}{\sigma-1}}"
)


@section("3.4", "17").derived(
    "kz.eq17",
    And((IN_AVERAGES, IN_CUTOFF)),
    title="welfare",
    printed=rf"W = \frac{{w}}{{P}} = {_AVERAGES} = {_CUTOFF},\quad {_BETA_HAT}",
)
def _welfare(statement: Prop) -> Finding:
    averages = {name: AVERAGES[name] for name in (h.mean, h.mean_ex, h.mean_t)}
    industry = MASSES | averages | {h.eq_3: INDUSTRY[h.eq_3], h.marginal_producer: INDIFFERENCE[h.marginal_producer]}
    d = Derivation(having(m.offshoring_first().context(h.sigma_above_1, h.beta_below_1, h.E_X), CONSUMPTION | industry))
    _real_wage(d)
    index_of_average(d)
    averages_step = d.step(h.averages, IN_AVERAGES, "Substitute the price index:")
    d.recall(
        h.marginal_producer, "The price index follows from the least productive survivor too, who makes no profit:"
    )
    earned = eq(revenue(efficiency(m.phi_min, m.p_I_d)), m.sigma * m.f_p * m.w)
    earned_step = d.step(h.earned, earned, "Its revenue is")
    d.recall(h.E_X, "Households spend on varieties")
    by_cutoff = elastic(powers({h.deflated: 1, earned_step: -m.beta / SPARE_S, h.E_X: m.beta / SPARE_S}))
    says = "Solve for the price index and put it in:"
    return proved(d, statement, split(by(averages_step), by_cutoff), says)


@section("3.4").remark(
    "kz.welfare-W",
    And((eq(W_w, m.phi_Y_w), eq(total(m.w_w, m.tau_I), 0))),
    title="welfare in country W",
    printed=r"\text{welfare in country W is fixed at } \varphi_Y^w",
)
def _welfare_in_w(statement: Prop) -> Finding:
    bought = {
        h.free_trade: eq(p_Y_w, p_Y),
        h.numeraire: eq(p_Y, 1),
        h.income_in_W: eq(E_Y_w, m.w_w * m.L_w),
        h.welfare_in_W: eq(W_w, E_Y_w / p_Y_w / m.L_w),
    }
    d = Derivation(having(m.offshoring_first().context(h.w_w), bought))
    d.recall(h.welfare_in_W, "Households in W spend all on the homogeneous good:")
    d.recall(h.income_in_W, "Their income is the wage bill,")
    d.recall(h.w_w, "and the wage is productivity in that good,")
    fixed = implicit({m.w_w: sp.Integer(0)}, m.tau_I, (h.w_w,))
    level = identity(h.welfare_in_W, h.income_in_W, h.free_trade, h.numeraire, h.w_w)
    says = "so that welfare is that productivity, which no trade cost changes:"
    return proved(d, statement, split(level, fixed), says)


def _consumption() -> Context:
    """Return the price index of consumption, with the homogeneous good as numeraire, and the real wage."""
    given = {h.P_def: eq(P, m.P_X**m.beta / BETA_HAT), h.W_def: eq(W, m.w / P)}
    return Context(given, frozenset(given), frozenset({P, W}))


def _moves(parameter: sp.Symbol, statement: Prop) -> Finding:
    d = start(h.E_X, h.beta_below_1, extra=joined(accounting(), _consumption()))
    price_index(d)
    d.recall(h.W_def, "Welfare per worker is the real wage,")
    d.recall(h.P_def, "where the price index of consumption is")
    spending = (m.beta * m.L / (m.sigma * m.f_p)) ** (m.beta / m.k)
    level = m.phi_min**m.beta * m.phi_Y * BETA_HAT * (m.rho * m.phi_I**m.alpha / m.phi_Y) ** m.beta * spending
    d.step(h.W, eq(W, level), "So it rises with the lowest cutoff:", "(17)", identically=True)
    moves(d, parameter, m.phi_min)
    sign_moves(d, parameter, m.phi_min)
    follows(d, W, h.W, parameter, "Therefore it moves with the lowest cutoff,")
    spare = sp.Symbol("b", positive=True)
    replaced = {m.sigma: 1 + SPARE_S, m.beta: 1 / (1 + spare)}
    slope = (m.beta * level / m.phi_min).xreplace(replaced)
    falls = chart({SPARE_S: m.k, spare: 1 / m.beta - 1}, replaced, combine({sign_step(m.phi_min): slope}, h.dW))
    return proved(d, statement, falls, "and rises when the cost falls:")


CLAIMS = (
    _welfare,
    _welfare_in_w,
    section("4.3").stated(
        "result",
        "kz.R.4",
        lt(total(W, m.tau_I), 0),
        partial(_moves, m.tau_I),
        EFFICIENCY,
        title="welfare and the cost of trading intermediates",
    ),
    section("4.4").stated(
        "claim",
        "kz.fI-welfare",
        lt(total(W, m.f_I), 0),
        partial(_moves, m.f_I),
        title="welfare and the fixed cost of offshoring",
    ),
)
