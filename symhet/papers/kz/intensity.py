"""Section 4.2: the rise of trade and the share of intermediates in costs.

For Pareto distributions the responses of exports and of all trade are functions of parameters alone. Both contain the
share as a factor, but also what home sourcers sell, which is less the larger the share: neither rises with it always.
"""

from __future__ import annotations

from functools import partial

import sympy as sp

from symhet.algebra.total import total
from symhet.claims import Claim, Finding, Severity, Witness, proved, refuted
from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.aggregates import FOREIGN, SALES, T_EX, T_MIN, T_OFF
from symhet.papers.kz.facts import above_one
from symhet.papers.kz.flows import PARETO, pareto_densities
from symhet.papers.kz.openness import with_trade
from symhet.papers.kz.points import PRICES, example
from symhet.papers.kz.responses import EXPORTS, TRADE
from symhet.papers.kz.sources import section
from symhet.papers.kz.symbols import Lambda_a, alpha_1, exports, theta, trade
from symhet.papers.kz.terms import having
from symhet.papers.kz.trade import with_exports
from symhet.propositions import Prop, eq, gt, lt, substitute
from symhet.provers.tactics import identity, powers
from symhet.steps import Step

OFF = (m.f_I / (m.f_p * (m.Lambda - 1))) ** ((m.k - theta) / m.k)
EX = (m.tau**m.k * m.f_ex / (m.f_p * m.Lambda)) ** ((m.k - theta) / m.k)
"""Sales above the offshoring and the export cutoff relative to those above the lowest one, for Pareto distributions."""
_PART = m.alpha * m.rho
_ALL = 1 + (m.Lambda - 1) * OFF + FOREIGN * m.Lambda * EX
EXPORT_RESPONSE = m.alpha * theta * (1 - OFF) / _ALL
"""How much exports rise, in percent, when tau_I falls by a percent."""
TRADE_RESPONSE = EXPORT_RESPONSE + m.alpha * (theta - m.k) * _PART * OFF / (
    (m.Lambda - 1) * (FOREIGN * EX * (1 + _PART) + _PART * OFF)
)
"""The same for exports and imports of intermediates together."""


_OTHER = {m.alpha: alpha_1, m.Lambda: Lambda_a}
RESPONSES = {exports: EXPORT_RESPONSE, trade: TRADE_RESPONSE}


def _solved(d: Derivation) -> None:
    """Add the steps ``T off`` and ``T ex``: tails relative to that above the lowest cutoff, in parameters."""
    says = "For a Pareto distribution sales above a cutoff are a power of it, so that by (12)"
    for name, tail, relative, cutoff in ((h.T_off, T_OFF, OFF, h.cutoff_off), (h.T_ex, T_EX, EX, h.cutoff_ex)):
        which = "phi_off" if name == h.T_off else "phi_ex"
        factors = {h.Pareto_T_of(which): 1, h.Pareto_T_phi_min: -1, cutoff: m.k - theta}
        d.step(name, eq(tail, relative * T_MIN), says, by=powers(factors))
        says = "and by (14)"


def _closed(flow: sp.Symbol) -> Finding:
    """Return the response of a flow to tau_I for Pareto distributions, in parameters."""
    d = with_exports(PARETO) if flow == exports else with_trade(m.tau_I, PARETO)
    tails = {m.phi_min: T_MIN, m.phi_off: T_OFF, m.phi_ex: T_EX}
    densities = pareto_densities(d, tails)
    in_tails = m.alpha * theta * (T_MIN - T_OFF) / SALES
    if flow == trade:
        traded = FOREIGN * T_EX * (1 + _PART) + _PART * T_OFF
        in_tails += m.alpha * (theta - m.k) * _PART * T_OFF / ((m.Lambda - 1) * traded)
        says = "Both flows together are positive:"
        d.step(h.traded_above_0, gt(traded, 0), says)
    (EXPORTS if flow == exports else TRADE).derive(d)
    elasticity = total(flow, m.tau_I) * m.tau_I / flow
    by_tails = above_one(identity(h.response, h.of(flow), *densities))
    says = "So its elasticity is, with its sign turned, the share of home sourcers in sales times alpha theta"
    says += ", and what new offshorers import:" if flow == trade else ":"
    elasticity_step = d.step(h.elasticity, eq(elasticity, -in_tails), says, by=by_tails)
    _solved(d)
    in_parameters = above_one(identity(elasticity_step, h.T_off, h.T_ex))
    return proved(d, eq(elasticity, -RESPONSES[flow]), in_parameters, "In parameters this is")


def _not_monotone(flow: sp.Symbol, statement: Prop) -> Finding:
    model = m.offshoring_first()
    own = model.whole_domain(*PRICES)
    moved: dict[Step, Prop] = {
        h.new_for(name): substitute(own.hypotheses[name], _OTHER)
        for name in (h.alpha_below_1, h.A_2_low, h.A_2_high, h.Lambda)
    }
    d = Derivation(having(own, {**moved, h.finite_moment: gt(theta, m.k), h.larger: lt(m.alpha, alpha_1)}))
    changes = {m.alpha: sp.Rational(1, 4), alpha_1: sp.Rational(1, 2), m.f_I: sp.Rational(31, 10), theta: sp.Integer(4)}
    point = example(*PRICES, changes=changes)
    point[Lambda_a] = moved[h.Lambda_new].rhs.xreplace(point)  # type: ignore[union-attr]
    told = {exports: ("0.502", "0.016"), trade: ("0.886", "0.315")}[flow]
    reason = (
        "A larger share makes offshoring more profitable. In the example, with a Pareto distribution, the share of "
        "survivors that source at home, and lose to offshorers, is smaller with the larger alpha, and the response is "
        f"{told[0]} with alpha = 1/4 and {told[1]} with alpha = 1/2."
    )
    used = d.start.symbols() | RESPONSES[flow].free_symbols | {alpha_1, Lambda_a}
    at = Witness({symbol: value for symbol, value in point.items() if symbol in used})
    root = None if flow == exports else "kz.intensity.exports"
    return refuted(d, statement, at, reason, corrected=_closed(flow), severity=Severity.SUBSTANCE, root=root)


_SAYS = r"\text{ is positively related to the share of intermediate inputs used in production}"


def _more(flow: sp.Symbol, what: str) -> Claim:
    """Return the claim that a flow, known by these words, responds more the larger the share."""
    return section("4.2").stated(
        "claim",
        f"kz.intensity.{flow}",
        lt(RESPONSES[flow], RESPONSES[flow].xreplace(_OTHER)),
        partial(_not_monotone, flow),
        title=f"rise of {what} and the share of intermediates",
        printed=rf"\text{{the increase in {what}}}{_SAYS}",
    )


CLAIMS = (
    section("4.2").row(
        "claim",
        "kz.intensity",
        rf"\text{{the increase in trade}}{_SAYS}",
        parts=(_more(exports, "exports"), _more(trade, "total trade")),
        title="rise of trade and the share of intermediates",
    ),
)
