"""Equations (22)-(24): cutoffs and revenues before and after a change in the cost of trading intermediates."""

from __future__ import annotations

import sympy as sp

from symhet.algebra.total import total
from symhet.claims import Finding, proved
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.kz import comparative as cs
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.aggregates import DEMAND, FOREIGN_COST, HOME_COST, PRIMITIVES, SALES, accounting, price_index
from symhet.papers.kz.facts import SPARE_L, SPARE_S, above_one, elastic
from symhet.papers.kz.notation import phi, pi_d, pi_ex, pi_off, r_F
from symhet.papers.kz.sources import section
from symhet.papers.kz.strategies import ABROAD
from symhet.papers.kz.symbols import (
    P_X_1,
    Lambda_1,
    i_firm,
    p_off_1,
    phi_ex_1,
    phi_min_1,
    r_F_1,
    r_H_1,
    r_H_d,
    r_H_off,
    tau_I_1,
    x_F,
    x_F_1,
)
from symhet.propositions import And, Prop, eq, gt, lt
from symhet.provers.tactics import Tactic, by, combine, identity, split
from symhet.steps import Step

HOME_SALES = (FOREIGN_COST / phi) ** (1 - m.sigma) * DEMAND
"""Home revenue of an offshoring firm, equation (8) at its price."""

REVENUES = {
    r_F: m.tau ** (1 - m.sigma) * HOME_SALES,
    x_F: m.tau ** (1 - m.sigma) * HOME_SALES / (m.tau * FOREIGN_COST / phi),
    r_H_off: HOME_SALES,
    r_H_d: (HOME_COST / phi) ** (1 - m.sigma) * DEMAND,
    pi_d: (HOME_COST / phi) ** (1 - m.sigma) * DEMAND / m.sigma - m.f_p * m.w,
    pi_off: HOME_SALES / m.sigma - (m.f_p + m.f_I) * m.w,
    pi_ex: ABROAD * HOME_SALES / m.sigma - (m.f_p + m.f_I + m.n * m.f_ex) * m.w,
    i_firm: m.alpha * m.rho * ABROAD * HOME_SALES,
}
"""What single firms sell and earn, from the demand for their varieties at their prices."""

_UNIT = m.sigma * m.f_p * m.phi_Y * (phi / m.phi_min) ** m.k
_SOLVED = {
    r_F: _UNIT * m.Lambda * m.tau**-m.k,
    x_F: _UNIT * m.Lambda ** (1 + 1 / m.k) * m.tau**-m.sigma * phi * m.rho * m.phi_I**m.alpha / m.phi_Y,
    r_H_off: _UNIT * m.Lambda,
    r_H_d: _UNIT,
    pi_d: _UNIT / m.sigma - m.f_p * m.phi_Y,
    pi_off: _UNIT * m.Lambda / m.sigma - (m.f_p + m.f_I) * m.phi_Y,
    pi_ex: _UNIT * m.Lambda * (1 + m.n * m.tau**-m.k) / m.sigma - (m.f_p + m.f_I + m.n * m.f_ex) * m.phi_Y,
    i_firm: _UNIT * m.Lambda * (1 + m.n * m.tau**-m.k) * m.alpha * m.rho,
}
_VARIABLE = {**_SOLVED, pi_off: _UNIT * m.Lambda / m.sigma, pi_ex: _UNIT * m.Lambda * (1 + m.n * m.tau**-m.k) / m.sigma}
"""The part of an account that moves with the cost of trading intermediates."""
_SAYS = {
    r_F: "A firm of productivity phi that offshores sells in a foreign market",
    x_F: "or, in units that arrive there,",
    r_H_off: "A firm of productivity phi that offshores sells at home",
    r_H_d: "One that sources at home sells at home",
    pi_d: "and earns",
    pi_off: "A firm that offshores and does not export earns",
    pi_ex: "A firm that offshores and exports earns",
    i_firm: "and imports intermediates, a share alpha of variable cost, of value",
}


def firm(*accounts: sp.Symbol) -> Context:
    """Return the definitions of revenues or profits of a firm with given productivity."""
    given: dict[Step, Prop] = {h.def_for(symbol): eq(symbol, REVENUES[symbol]) for symbol in accounts}
    return Context(given, frozenset(given), frozenset(accounts))


def firm_accounts(d: Derivation, *accounts: sp.Symbol) -> None:
    """Add, after `price_index`, steps under the symbols' names: revenues as functions of the lowest cutoff."""
    for symbol in accounts:
        d.recall(h.def_for(symbol), _SAYS[symbol])
        solved = elastic(identity(h.def_for(symbol), h.P_X_form, h.p_off_form, *PRIMITIVES))
        says = "With the price index of the equilibrium this is"
        d.step(str(symbol), eq(symbol, _SOLVED[symbol]), says, identically=True, by=solved)


def offshorers(
    *accounts: sp.Symbol, ordered: bool = True, parameter: sp.Symbol = m.tau_I, extra: Context | None = None
) -> Derivation:
    """Return a derivation with the derivatives of firms' accounts with respect to a parameter."""
    given = cs.joined(accounting(), firm(*accounts), extra or Context({}))
    d = cs.start(h.E_X, ordered=ordered, extra=given)
    price_index(d)
    firm_accounts(d, *accounts)
    if parameter == m.tau_I:
        cs.gain_moves(d)
    cs.moves(d, parameter)
    if ordered:
        cs.moments_compared(d)
    for symbol in accounts:
        cs.follows(d, symbol, h.of(symbol), parameter, "It moves by")
    return d


def rises_for_offshorers(symbol: sp.Symbol) -> Tactic:
    """Return the tactic that signs the derivative of an offshorer's account with respect to the cost: it falls.

    The direct gain alpha outweighs the loss through the lowest cutoff because of the firms that source at home.
    """
    weights = m.f_p * m.phi_min**-m.k * SALES
    coefficient = _VARIABLE[symbol] * m.k / m.tau_I * m.alpha * m.f_p * m.phi_min**-m.k / weights
    charted = coefficient.xreplace({m.sigma: 1 + SPARE_S, m.Lambda: 1 + SPARE_L})
    return above_one(
        combine({h.T_falls: charted}, cs.slope_step(symbol), h.dLambda, cs.slope_step(m.phi_min), h.f_I, h.f_ex)
    )


_PRIMED = {m.tau_I: tau_I_1, m.Lambda: Lambda_1, m.phi_min: phi_min_1, m.phi_ex: phi_ex_1, m.P_X: P_X_1}


def _other(*accounts: tuple[sp.Symbol, sp.Symbol]) -> Context:
    """Return what holds in the equilibrium at another cost of trading intermediates, all else the same."""
    from symhet.papers.kz.model import p_I_off

    primed = {**_PRIMED, p_I_off: p_off_1}
    demand = DEMAND.xreplace(primed)
    conditions: dict[Step, Prop] = {
        h.p_I_off_new: eq(p_off_1, tau_I_1 * m.p_I_w),
        h.Lambda_new: eq(Lambda_1, (p_off_1 / m.p_I_d) ** (m.alpha * (1 - m.sigma))),
        h.cutoff_ex_new: eq(phi_ex_1, phi_min_1 * m.tau * (m.f_ex / (m.f_p * Lambda_1)) ** (1 / m.k)),
        h.marginal_producer_new: eq((HOME_COST / phi_min_1) ** (1 - m.sigma) * demand, m.sigma * m.f_p * m.w),
        **{h.def_for(new): eq(new, REVENUES[old].xreplace(primed)) for old, new in accounts},
    }
    return Context(conditions)


def _ratio(d: Derivation, old: sp.Symbol, new: sp.Symbol, ratio: sp.Expr, number: str = "") -> None:
    """Add the step ``ratio <symbol>``: an account relative to its value in the first equilibrium."""
    using = (h.def_for(old), h.def_for(new), h.P_X_form, h.P_X_form_new, h.p_I_off, h.p_I_off_new, *PRIMITIVES)
    says = "In the new equilibrium, relative to the old one,"
    prop = eq(new / old, ratio)
    d.step(h.ratio_of(old), prop, says, number, by=elastic(identity(*using)))


def _two_equilibria(*accounts: tuple[sp.Symbol, sp.Symbol]) -> Derivation:
    own = firm(*(old for old, _ in accounts))
    d = cs.start(h.E_X, ordered=True, extra=cs.joined(accounting(), own, _other(*accounts)))
    price_index(d)
    form = eq(P_X_1, HOME_COST / phi_min_1 * (m.sigma * m.f_p * m.w / m.E_X) ** (1 / m.k))
    d.step(h.P_X_form_new, form, "and likewise at another cost of trading intermediates")
    firm_accounts(d, *(old for old, _ in accounts))
    return d


def _marginal(d: Derivation, *accounts: sp.Symbol) -> None:
    cs.gain_moves(d)
    cs.moves(d, m.tau_I, m.phi_min, m.phi_ex)
    cs.moments_compared(d)
    for symbol in accounts:
        cs.follows(d, symbol, h.of(symbol), m.tau_I, "For a marginal change, the derivative is")


CHANGE = (tau_I_1 / m.tau_I) ** m.alpha * phi_min_1 / m.phi_min
"""Change of an offshorer's price relative to the price index."""


RATIO = eq(phi_ex_1 / m.phi_ex, CHANGE)


@section("4.2", "22").derived(
    "kz.eq22",
    And((RATIO, gt(total(m.phi_ex, m.tau_I), 0))),
    title="export cutoff, before and after",
    printed=r"\frac{\hat\varphi_{ex}'}{\hat\varphi_{ex}} = \left(\frac{\tau_I'}{\tau_I}\right)^\alpha"
    r"\left(\frac{\hat\varphi_{min}'}{\hat\varphi_{min}}\right) < 1",
)
def _eq22(statement: Prop) -> Finding:
    d = cs.start(ordered=True, extra=_other())
    d.recall(h.cutoff_ex_new, "At another cost of trading intermediates, (14) reads")
    says = "Divide by (14) at the old cost; for a change of any size"
    ratio_step = d.step(h.ratio, RATIO, says, "(22)")
    cs.moves(d, m.tau_I, m.phi_ex)
    cs.moments_compared(d)
    cs.sign_moves(d, m.tau_I, m.phi_ex)
    says = "For a marginal fall of the cost this is below one, because the cutoff falls with the cost:"
    return proved(d, statement, split(by(ratio_step), by(cs.sign_step(m.phi_ex))), says)


IN_VALUE, IN_UNITS = CHANGE ** (1 - m.sigma), CHANGE ** (1 - m.sigma) * (m.tau_I / tau_I_1) ** m.alpha
PARTS = (
    eq(r_F_1 / r_F, IN_VALUE),
    lt(total(r_F, m.tau_I), 0),
    eq(x_F_1 / x_F, IN_UNITS),
    lt(total(x_F, m.tau_I), 0),
)


@section("4.2", "23").derived(
    "kz.eq23",
    And(PARTS),
    title="export revenue, before and after",
    printed=r"\frac{r_F'(\phi^{off})}{r_F(\phi^{off})} = \left[\left(\frac{\tau_I'}{\tau_I}\right)^\alpha"
    r"\left(\frac{\hat\varphi_{min}'}{\hat\varphi_{min}}\right)\right]^{1-\sigma} > 1",
)
def _eq23(statement: Prop) -> Finding:
    d = _two_equilibria((r_F, r_F_1), (x_F, x_F_1))
    _ratio(d, r_F, r_F_1, IN_VALUE, "(23)")
    _ratio(d, x_F, x_F_1, IN_UNITS)
    _marginal(d, r_F, x_F)
    falls = rises_for_offshorers(r_F)
    says = "For a marginal fall of the cost both ratios exceed one, because both accounts fall with the cost:"
    reason = (
        "Real exports rise by more than their value: the print gives 'a similar expression', which is (23) times the "
        "fall in the price, (tau_I/tau_I')**alpha."
    )
    return proved(d, statement, split(by(h.ratio_r_F), falls, by(h.ratio_x_F), _real_exports_fall()), says, reason)


def _real_exports_fall() -> Tactic:
    """The price effect adds alpha times the account itself."""
    level = _SOLVED[x_F]
    weights = m.f_p * m.phi_min**-m.k * SALES
    coefficient = level * m.k / m.tau_I * m.alpha * m.f_p * m.phi_min**-m.k / weights
    charted = coefficient.xreplace({m.sigma: 1 + SPARE_S, m.Lambda: 1 + SPARE_L})
    return above_one(combine({h.T_falls: charted}, h.dx_F, h.dLambda, cs.slope_step(m.phi_min), h.f_I, h.f_ex))


SAME = eq(r_H_1 / r_H_off, r_F_1 / r_F)


@section("4.3", "24").derived(
    "kz.eq24.offshorers",
    And((SAME, lt(total(r_H_off, m.tau_I), 0))),
    title="revenue of incumbent offshorers",
    printed=r"\frac{r_H'(\phi^{off})}{r_H(\phi^{off})} = \frac{r_F'(\phi^{off})}{r_F(\phi^{off})} > 1",
)
def _eq24(conclusion: Prop) -> Finding:
    d = _two_equilibria((r_F, r_F_1), (r_H_off, r_H_1))
    _ratio(d, r_F, r_F_1, CHANGE ** (1 - m.sigma), "(23)")
    _ratio(d, r_H_off, r_H_1, CHANGE ** (1 - m.sigma))
    _marginal(d, r_H_off)
    same_step = d.step(h.same, SAME, "The two ratios agree:", "(24)")
    says = "For a marginal fall of the cost they exceed one:"
    return proved(d, conclusion, split(by(same_step), rises_for_offshorers(r_H_off)), says)


def home_loses(d: Derivation, symbol: sp.Symbol) -> Tactic:
    """Return the tactic that signs a home sourcer's account: it falls with the cost through the lowest cutoff alone."""
    if cs.sign_step(m.phi_min) not in d.context.hypotheses:
        cs.sign_moves(d, m.tau_I, m.phi_min)
    level = _UNIT if symbol == r_H_d else _UNIT / m.sigma
    coefficient = (m.k * level / m.phi_min).xreplace({m.sigma: 1 + SPARE_S})
    return elastic(combine({cs.sign_step(m.phi_min): coefficient}, cs.slope_step(symbol)))


def switchers(*accounts: sp.Symbol) -> Derivation:
    """Return a derivation with the accounts of a firm at the offshoring cutoff, and how they move for that firm."""
    d = offshorers(*accounts, extra=Context({h.at_off: eq(phi, m.phi_off)}))
    d.recall(h.at_off, "Take the firms that are about to switch:")
    return d


@section("4.3").derived(
    "kz.eq24.home",
    And((gt(total(r_H_d, m.tau_I), 0), gt(total(pi_d, m.tau_I), 0))),
    title="revenue and profit of home sourcers",
    printed=r"\text{revenues and profits of firms that continue to source at home fall}",
)
def _home_sourcing(statement: Prop) -> Finding:
    d = offshorers(r_H_d, pi_d, ordered=False)
    says = "Both fall when the cost does, through the lowest cutoff alone:"
    return proved(d, statement, split(home_loses(d, r_H_d), home_loses(d, pi_d)), says)


CLAIMS = (
    _eq22,
    _eq23,
    section("4.3", "24").row(
        "derived",
        "kz.eq24",
        r"\frac{r_H'(\phi^{off})}{r_H(\phi^{off})} = \frac{r_F'(\phi^{off})}{r_F(\phi^{off})} > 1",
        parts=(
            _eq24,
            _home_sourcing,
        ),
        title="home revenue, before and after",
    ),
)
