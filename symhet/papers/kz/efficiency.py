"""Section 4.3: average efficiency and average prices, of home firms and of all varieties sold at home.

Proved for every distribution: the average efficiency of home firms rises when intermediates get cheaper to import.
Refuted: that the average over all varieties sold rises, and with it that their average price falls.
"""

from __future__ import annotations

import sympy as sp

from symhet.algebra.total import total
from symhet.claims import Finding, Severity, ambiguous, proved, refuted
from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.aggregates import FOREIGN, SALES, T_EX, T_MIN, T_OFF, account, goods_market, solved_term
from symhet.papers.kz.comparative import SYSTEM, sign_moves, sign_step, slope_step
from symhet.papers.kz.economies import economy, law, witness
from symhet.papers.kz.facts import SPARE_S, above_one, elastic
from symhet.papers.kz.flows import OFFSHORED, USING, charted, densities, moved, not_negative
from symhet.papers.kz.groups import POWER_ALL, POWER_EX, S_EX, S_MIN
from symhet.papers.kz.notation import M_e, M_t, mean, mean_t
from symhet.papers.kz.sources import section
from symhet.papers.kz.symbols import p_t
from symhet.papers.kz.terms import markup_price
from symhet.papers.kz.trade import DOMAIN
from symhet.propositions import And, Implies, Prop, eq, ge, gt, lt
from symhet.provers.tactics import Terms, by, combine, fact, identity, implicit, intro, sign, split
from symhet.steps import Step
from symhet.valuation import PiecewiseUniform, Point

VARIETIES = M_e * (S_MIN + m.n * S_EX)
"""Home producers and the exporters of n foreign economies."""
_PER_SALES = m.beta * m.L * m.phi_min**m.k / (m.sigma * m.f_p * SALES)
_VARIETIES_SOLD = _PER_SALES * (S_MIN + m.n * S_EX)
_UNIT = (m.phi_I / m.phi_Y) ** m.alpha
_HOME = (T_MIN + (m.Lambda - 1) * T_OFF) / S_MIN
"""Sales of home firms at home, for one of them."""

CROWD = law(("1/2", "749/500", "751/500", 3), (2, 2, 1))
"""Two fifths of all firms within a hair of the export cutoff 3/2."""


def _varieties() -> Finding:
    d = goods_market((M_t, VARIETIES), names=DOMAIN)
    account(d, M_t, _VARIETIES_SOLD, "The mass of varieties sold in one economy is")
    moved(d, m.tau_I, M_t)
    fewer, more = law(("1/2", 4), (1,)), law(("1/2", "29/10", "31/10"), (1, 1))
    points = (witness(d, fewer, economy(fewer, 2, 3, 2)), witness(d, more, economy(more, 2, 3, "5/4", 5)))
    statements = (lt(total(M_t, m.tau_I), 0), gt(total(M_t, m.tau_I), 0))
    reason = (
        "In one exact economy M_t falls when tau_I falls (elasticity 0.188), in another it rises (minus 0.061): the "
        "first is nearly uniform, in the second half of all draws lie around the export cutoff."
    )
    return ambiguous(d, statements, points, reason, (h.dM_t, *USING[:4]))


@section("4.3").result(
    "kz.R.4.efficiency",
    lt(total(mean, m.tau_I), 0),
    title="average efficiency of home firms",
    printed=r"\text{the average efficiency } \tilde\phi \text{ of home firms is higher in the new equilibrium}",
)
def _home_firms(statement: Prop) -> Finding:
    d = goods_market((mean, (POWER_ALL / S_MIN) ** (1 / m.k)))
    densities(d)
    says = "Home firms sell at home, in all,"
    d.step(h.home_above_0, gt(T_MIN + (m.Lambda - 1) * T_OFF, 0), says)
    d.recall(h.Phi_mean_def, "Average efficiency (15) of home firms is")
    level = _UNIT * _HOME ** (1 / m.k)
    d.step(h.Phi_mean, eq(mean, level), "that is,", identically=True)
    moved(d, m.tau_I, mean)
    says = "A firm that leaves is less efficient than the average:"
    d.step(h.excess, fact("tail_excess", m.phi_min, m.k), says)
    not_negative(d, h.g_excess, m.phi_min, T_MIN - m.phi_min**m.k * S_MIN, h.excess, "and so")
    scale = _UNIT * _HOME ** (1 / m.k - 1) / (m.k * S_MIN * m.tau_I)
    leaves = scale * m.alpha * OFFSHORED / SALES * m.phi_min / S_MIN
    joins = m.alpha * m.Lambda * (T_MIN + FOREIGN * T_EX) / SALES
    terms = {
        h.g_excess: leaves,
        h.g_phi_min: leaves * (m.Lambda - 1) * T_OFF,
        h.g_phi_off: scale * m.phi_off ** (m.k + 1) * joins,
    }
    falls = above_one(combine(charted(terms), h.dPhi_mean, *USING))
    says = "So average efficiency rises when the cost falls, as weak firms leave and offshorers pay less:"
    return proved(d, statement, falls, says)


def _sold(*names: Step) -> Derivation:
    """Return a derivation with the derivatives of M_t, P_X, and average efficiency and price of all varieties sold."""
    of_all = ((POWER_ALL + m.n * m.tau ** (1 - m.sigma) * POWER_EX) / (S_MIN + m.n * S_EX)) ** (1 / m.k)
    d = goods_market((M_t, VARIETIES), (mean_t, of_all), (p_t, markup_price(mean_t)), names=names)
    account(d, M_t, _VARIETIES_SOLD, "The mass of varieties sold in one economy is")
    d.recall(h.Phi_t_def, "Average efficiency (16) of the varieties sold at home is")
    plain = eq(mean_t, _UNIT * (SALES / (S_MIN + m.n * S_EX)) ** (1 / m.k))
    solved = elastic(identity(h.Phi_t_def, h.p_off_form, h.p_I_d))
    plain_step = d.step(h.plain, plain, "that is,", identically=True, by=solved)
    says = "or, with the price index and the mass of varieties,"
    spread = m.P_X * M_t ** (1 / m.k)
    whole = eq(mean_t, m.phi_Y ** (1 - m.alpha) / (m.rho * spread))
    d.step(h.Phi_t, whole, says, identically=True, by=elastic(identity(plain_step, h.M_t, h.P_X)))
    d.recall(h.p_t_def, "Its price is")
    d.step(h.p_t, eq(p_t, spread), "that is,", identically=True)
    moved(d, m.tau_I, M_t, m.P_X)
    cutoffs = {y: total(y, m.tau_I) for y in (m.Lambda, m.phi_min, m.phi_off, m.phi_ex)}
    given = {**cutoffs, M_t: total(M_t, m.tau_I)}
    using = (h.dM_t, h.dP_X, *USING[:4])
    says = "Differentiate:"
    for symbol, turn in ((mean_t, -1), (p_t, 1)):
        change = turn * symbol * (total(m.P_X, m.tau_I) / m.P_X + total(M_t, m.tau_I) / (m.k * M_t))
        values = {**given, m.P_X: total(m.P_X, m.tau_I), symbol: change}
        equations = (*SYSTEM, h.M_t, h.P_X, h.of(symbol))
        plain_terms: dict[Step, Terms] = {h.M_t: {}, h.P_X: {}}
        by_parts = implicit(values, m.tau_I, equations, regular=above_one(sign()), using=using, cofactors=plain_terms)
        d.step(slope_step(symbol), eq(total(symbol, m.tau_I), change), says, by=by_parts)
        says = "and"
    return d


def _price_index_rises(d: Derivation) -> None:
    sign_moves(d, m.tau_I, m.phi_min)
    slope = (solved_term(d, h.P_X) / m.phi_min).xreplace({m.sigma: 1 + SPARE_S})
    rises = elastic(combine({sign_step(m.phi_min): slope}, h.dP_X))
    d.step(h.P_rises, gt(total(m.P_X, m.tau_I), 0), "The price index rises with the cost:", by=rises)


def _unless_more_varieties(symbol: sp.Symbol) -> Finding:
    """Average efficiency rises, and average price falls, wherever the number of varieties does not rise."""
    d = _sold()
    _price_index_rises(d)
    turn = 1 if symbol == p_t else -1
    parts = eq(
        total(symbol, m.tau_I) / symbol, turn * (total(m.P_X, m.tau_I) / m.P_X + total(M_t, m.tau_I) / (m.k * M_t))
    )
    signed = gt(total(symbol, m.tau_I), 0) if turn == 1 else lt(total(symbol, m.tau_I), 0)
    fewer = Implies(ge(total(M_t, m.tau_I), 0), signed)
    says = "So the average moves as said wherever a lower cost does not bring more varieties:"
    goal = And((parts, gt(total(m.P_X, m.tau_I), 0), fewer))
    added = combine({h.P_rises: symbol / m.P_X, h.fewer: symbol / (SPARE_S * M_t)}, slope_step(symbol))
    tactic = split(elastic(identity(slope_step(symbol))), by(h.P_rises), intro(h.fewer, elastic(added)))
    return proved(d, goal, tactic, says)


def _crowded() -> tuple[PiecewiseUniform, dict[sp.Symbol, sp.Expr]]:
    """Return an economy in which averages are rational: labour productivity and labour make them so."""
    off, ex, markets, iceberg = "5/4", "3/2", 5, 3
    plain = economy(CROWD, off, ex, 2, markets, iceberg=iceberg)
    power = Point(plain, CROWD).value(SALES / (S_MIN + m.n * S_EX))
    point = economy(CROWD, off, ex, 2, markets, inputs=str(1 / power), iceberg=iceberg)
    return CROWD, {**point, m.L: 6 * power, m.E_X: 3 * power}


def _refuted(symbol: sp.Symbol, wrong: Prop, reason: str, severity: Severity) -> Finding:
    failing = _sold(*DOMAIN)
    at = witness(failing, *_crowded())
    using = (slope_step(symbol), h.dM_t, h.dP_X, *USING[:4])
    return refuted(failing, wrong, at, reason, using=using, corrected=_unless_more_varieties(symbol), severity=severity)


@section("4.3").result(
    "kz.R.4.efficiency-sold",
    lt(total(mean_t, m.tau_I), 0),
    title="average efficiency of varieties sold",
    printed=r"\text{the average efficiency } \tilde\phi_t \text{ of all firms active at home is higher in the new "
    r"equilibrium}",
)
def _all_varieties(statement: Prop) -> Finding:
    reason = (
        "Firms that begin to export count as many varieties of low efficiency abroad, as the trade cost deflates it. "
        "Where many firms stand at the export cutoff the average over all varieties sold can fall when tau_I falls (in "
        "the example its elasticity is 0.529). The average over home firms rises for every distribution "
        "(R.4.efficiency)."
    )
    return _refuted(mean_t, statement, reason, Severity.READING)


@section("4.3").remark(
    "kz.R.4-variety.price",
    gt(total(p_t, m.tau_I), 0),
    title="average price of varieties sold",
    printed=r"\text{average prices fall and this dominates the change in the number of varieties}",
)
def _average_price(statement: Prop) -> Finding:
    reason = (
        "The price index falls for every distribution, which is result R.1, but it falls through lower average prices "
        "or through more varieties. In the example the average price rises when tau_I falls (elasticity -0.529), and "
        "the gain is all due to more varieties (elasticity of M_t: -2.038)."
    )
    return _refuted(p_t, statement, reason, Severity.SUBSTANCE)


EFFICIENCY = (_home_firms, _all_varieties)
"""The rise of average efficiency that result R.4 names, under both averages of the paper."""

CLAIMS = (
    section("4.3").row(
        "remark",
        "kz.R.4-variety",
        r"\text{the sign of } \frac{dM_t}{d\tau_I} \text{ is open, but the fall in average price always dominates}",
        parts=(
            section("4.3").row(
                "remark",
                "kz.R.4-variety.mass",
                r"\text{the sign of } \frac{dM_t}{d\tau_I} \text{ is open}",
                _varieties,
                title="number of varieties",
            ),
            _average_price,
        ),
        title="varieties and average price",
    ),
)
