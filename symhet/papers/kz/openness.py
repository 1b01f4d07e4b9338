"""Total trade, and the channels through which trade costs of final goods and of intermediates work."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import sympy as sp

from symhet.algebra.tails import Density, Survival
from symhet.algebra.total import total
from symhet.claims import Finding, ambiguous, beside_print, proved
from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.aggregates import FOREIGN, SALES, T_EX, T_MIN, T_OFF, account, goods_market
from symhet.papers.kz.comparative import slope_step
from symhet.papers.kz.economies import economy, law, witness
from symhet.papers.kz.facts import above_one
from symhet.papers.kz.flows import (
    ABROAD,
    ARRIVING,
    EXPORTS,
    OFFSHORED,
    PARETO,
    THINNING,
    USING,
    X_SPENDING,
    added,
    charted,
    densities,
    exports_fall,
    falls,
    hazard,
    imports_fall,
    moved,
    solve_exports,
    solve_imports,
    thinning,
)
from symhet.papers.kz.responses import IMPORTS as IMPORTS_RESPONSE
from symhet.papers.kz.responses import TRADE as TRADE_RESPONSE
from symhet.papers.kz.responses import balance
from symhet.papers.kz.sources import section
from symhet.papers.kz.symbols import exports, imports_cif, trade
from symhet.papers.kz.trade import DOMAIN
from symhet.propositions import Prop, eq, gt, le, lt
from symhet.provers import tactics as via
from symhet.steps import Step

ACCOUNTS = ((exports, EXPORTS), (imports_cif, m.p_I_off * ARRIVING), (trade, exports + imports_cif))
CLOSE = law(("1/2", "7/5", "8/5", 5), (1, 4, 1))
EVEN = law(("1/2", 4), (1,))


def with_trade(parameter: sp.Symbol, conditions: Mapping[Step, Prop], *names: Step) -> Derivation:
    """Return a derivation with exports, imports and both together, and the derivative of these."""
    d = goods_market(*ACCOUNTS, names=names, conditions=conditions)
    solve_exports(d)
    solve_imports(d)
    level = X_SPENDING * (ABROAD + m.alpha * m.rho * OFFSHORED) / SALES
    account(d, trade, level, "Together they are", h.exports, h.imports_cif)
    moved(d, parameter, trade)
    return d


_TRADE = r"\text{exports of } X \text{ plus imports of intermediates, over income, rise when } \tau_I \text{ falls}"


@beside_print
@section("4.2").claim(
    "kz.total-trade.exactly",
    TRADE_RESPONSE.exact,
    title="total trade, exact condition",
    printed=rf"{_TRADE} \text{{, exactly under the condition found}}",
)
def _total_trade_exactly(statement: Prop) -> Finding:
    return TRADE_RESPONSE.exactly(with_trade(m.tau_I, {}), statement)


def _total_trade_suffices(conditions: Mapping[Step, Prop], statement: Prop) -> Finding:
    d = with_trade(m.tau_I, conditions)
    densities(d)
    thinning(d)
    by_terms = falls(d, trade, added(exports_fall(), imports_fall()))
    return proved(d, statement, by_terms, "So total trade rises when the cost falls:")


_TRADE_THINNING = section("4.2").stated(
    "claim",
    "kz.total-trade.thinning",
    TRADE_RESPONSE.falls,
    partial(_total_trade_suffices, {h.thinning: THINNING}),
    title="total trade, a sufficient condition",
    printed=rf"{_TRADE} \text{{ where the elasticity of }} T \text{{ is no larger "
    rf"at the offshoring cutoff than at the lowest cutoff}}",
)
_TRADE_PARETO = section("4.2").stated(
    "claim",
    "kz.total-trade.pareto",
    TRADE_RESPONSE.falls,
    partial(_total_trade_suffices, PARETO),
    title="total trade, Pareto",
    printed=rf"\text{{for Pareto, }} {_TRADE}",
)


@section("4.2").claim(
    "kz.total-trade",
    TRADE_RESPONSE.falls,
    (_total_trade_exactly, beside_print(_TRADE_THINNING), beside_print(_TRADE_PARETO)),
    title="total trade",
    printed=_TRADE,
)
def _total_trade(statement: Prop) -> Finding:
    d = with_trade(m.tau_I, balance(TRADE_RESPONSE))
    failing = with_trade(m.tau_I, {}, *DOMAIN)
    at = witness(failing, CLOSE, economy(CLOSE, "3/2", 2, 3, 20))
    reason = (
        "For a general distribution the sign is open to either side: where many firms stand at the offshoring cutoff, "
        "exports of X can fall by more than imports of intermediates rise (in the example total trade has the "
        "elasticity 0.058 with respect to the cost, or 0.021 when the Y sent in return is counted as well). It rises "
        "exactly under the condition."
    )
    return TRADE_RESPONSE.under(d, statement, (failing, at), reason, (h.dtrade, *USING), root="kz.R.2.aggregate")


def _fixed_cost() -> Finding:
    d = with_trade(m.f_I, {}, *DOMAIN)
    statements = (lt(total(trade, m.f_I), 0), gt(total(trade, m.f_I), 0))
    examples = (economy(EVEN, 2, 3, 3), economy(EVEN, 2, 3, "5/4"))
    points = (witness(d, EVEN, examples[0]), witness(d, EVEN, examples[1]))
    reason = (
        "Both signs occur already for one distribution (uniform, with a thin Pareto tail) at two gains from "
        "offshoring: with Lambda = 3 total trade falls when f_I falls (elasticity 0.057), with Lambda = 5/4 it rises "
        "(-0.070)."
    )
    using = (h.dtrade, slope_step(m.phi_min), slope_step(m.phi_off), slope_step(m.phi_ex))
    return ambiguous(d, statements, points, reason, using)


FIRMS_AT_OFF = gt(Density(m.phi_off), 0)
THINNING_ABROAD = le(hazard(m.phi_ex), hazard(m.phi_off))
"""The elasticity of T is no larger at the export than at the offshoring cutoff; for Pareto it is the same."""


def _imports_by_fixed_cost(conditions: Mapping[Step, Prop], *names: Step) -> Derivation:
    d = goods_market((imports_cif, m.p_I_off * ARRIVING), names=names, conditions=conditions)
    solve_imports(d)
    moved(d, m.f_I, imports_cif)
    return d


def _imports_fall_with_fixed_cost() -> via.Tactic:
    """Write T(phi_min) as T(phi_off) plus the sales of home sourcers, which then is a positive coordinate."""
    home = sp.Symbol("N", positive=True)
    sales, own = T_OFF + home + (m.Lambda - 1) * T_OFF + ABROAD, m.phi_off**m.k * Survival(m.phi_off)
    scale = m.alpha * m.rho * X_SPENDING / (m.f_p * (m.Lambda - 1) * (m.phi_off / m.phi_min) ** m.k * m.k * sales**3)
    through_off = home * m.Lambda + OFFSHORED
    foreign = home * m.Lambda * FOREIGN * T_EX
    at_off, lost = scale * m.phi_off ** (m.k + 1), scale * (m.Lambda - 1) * own
    terms = {
        h.firms_at_off: at_off * (through_off * (T_OFF + home) + OFFSHORED * ABROAD + foreign),
        h.g_excess: at_off * (m.Lambda - 1) * (through_off + foreign / T_OFF),
        h.thinning: lost * foreign,
        h.g_phi_min: lost * OFFSHORED * m.phi_min ** (m.k + 1),
    }
    using = (h.dimports_cif, slope_step(m.phi_min), slope_step(m.phi_off), slope_step(m.phi_ex), h.f_I, h.f_ex, h.all)
    low, high = (charted({"T": T})["T"] for T in (T_MIN, T_OFF))
    together = [(h.all, eq(low, high + home), via.linear({h.N: -1}))]
    return above_one(via.name_term(home, low - high, h.N, via.cut(together, via.combine(charted(terms), *using))))


_IMPORTS = r"\text{imports of intermediates, and exports of } Y \text{ in return, rise when } f_I \text{ falls}"


@beside_print
@section("4.4").claim(
    "kz.fI-trade.intermediates.exactly",
    IMPORTS_RESPONSE.exact,
    title="imports and the fixed cost, exact condition",
    printed=rf"{_IMPORTS} \text{{, exactly under the condition found}}",
)
def _intermediates_exactly(statement: Prop) -> Finding:
    return IMPORTS_RESPONSE.exactly(_imports_by_fixed_cost({}), statement)


def _intermediates_suffices(conditions: Mapping[Step, Prop], statement: Prop) -> Finding:
    d = _imports_by_fixed_cost(conditions)
    densities(d)
    thinning(d, THINNING_ABROAD)
    says = "Every firm above the offshoring cutoff sells more than the firm at it:"
    excess = via.fact("tail_excess", m.phi_off, m.k)
    d.step(h.excess, excess, says)
    if h.firms_at_off not in d.context.hypotheses:
        says = "There are firms at the offshoring cutoff,"
        d.step(h.firms_at_off, FIRMS_AT_OFF, says)
    above = gt(Density(m.phi_off) * (T_OFF - m.phi_off**m.k * Survival(m.phi_off)), 0)
    d.step(h.g_excess, above, "and with the density there,")
    says = "So imports rise when the fixed cost falls:"
    return proved(d, statement, _imports_fall_with_fixed_cost(), says)


_IMPORTS_THINNING = section("4.4").stated(
    "claim",
    "kz.fI-trade.intermediates.thinning",
    IMPORTS_RESPONSE.falls,
    partial(_intermediates_suffices, {h.thinning: THINNING_ABROAD, h.firms_at_off: FIRMS_AT_OFF}),
    title="imports and the fixed cost, a sufficient condition",
    printed=rf"{_IMPORTS} \text{{ where the elasticity of }} T "
    r"\text{ is no larger at the export cutoff than at the offshoring cutoff}",
)
_IMPORTS_PARETO = section("4.4").stated(
    "claim",
    "kz.fI-trade.intermediates.pareto",
    IMPORTS_RESPONSE.falls,
    partial(_intermediates_suffices, PARETO),
    title="imports and the fixed cost, Pareto",
    printed=rf"\text{{for Pareto, }} {_IMPORTS}",
)


@section("4.4").claim(
    "kz.fI-trade.intermediates",
    IMPORTS_RESPONSE.falls,
    (_intermediates_exactly, beside_print(_IMPORTS_THINNING), beside_print(_IMPORTS_PARETO)),
    title="imports of intermediates and the fixed cost of offshoring",
    printed=_IMPORTS,
)
def _intermediates(statement: Prop) -> Finding:
    d = _imports_by_fixed_cost(balance(IMPORTS_RESPONSE))
    failing = _imports_by_fixed_cost({}, *DOMAIN)
    bunched = law(("9/10", "12/5", "13/5"), (1, 1))
    at = witness(failing, bunched, economy(bunched, 2, "5/2", 16, 3))
    reason = (
        "That the offshoring cutoff falls is not enough: fiercer competition also costs incumbent exporters sales "
        "(fI-ex), and where many firms stand at the export cutoff imports can fall (in the example their elasticity "
        "with respect to f_I is 0.002). They rise exactly under the condition."
    )
    using = (h.dimports_cif, slope_step(m.phi_min), slope_step(m.phi_off), slope_step(m.phi_ex))
    return IMPORTS_RESPONSE.under(d, statement, (failing, at), reason, using)


CLAIMS = (
    _total_trade,
    section("4.4").row(
        "claim",
        "kz.fI-trade",
        r"\text{the effect of } f_I \text{ on total trade is ambiguous}",
        _fixed_cost,
        parts=(_intermediates,),
        title="total trade and the fixed cost of offshoring",
    ),
)
