"""Section 4.4: through which firms a fall of trade costs makes competition at home fiercer, in equilibrium.

Competition is the integral of prices to the power 1 - sigma over the varieties sold at home, P_X**(1 - sigma).
Proved: how it moves, firm by firm at each cutoff. Refuted: that with lower f_ex or tau only new exporters add to it.
"""

from __future__ import annotations

import sympy as sp

from symhet.algebra.tails import Density, TailMoment
from symhet.algebra.total import total
from symhet.claims import Finding, Severity, Witness, proved, refuted
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.aggregates import AT_HOME, FOREIGN, FOREIGN_COST, SALES, T_EX, T_MIN, T_OFF, account, goods_market
from symhet.papers.kz.comparative import SYSTEM, sign_moves, sign_step, slope_step
from symhet.papers.kz.economies import economy, witness
from symhet.papers.kz.facts import above_one, elastic
from symhet.papers.kz.flows import moved
from symhet.papers.kz.notation import M_e, phi
from symhet.papers.kz.sources import section
from symhet.papers.kz.symbols import c_firm, home_sum, index_sum, lowest_old, old_sum
from symhet.papers.kz.terms import efficiency
from symhet.papers.kz.trade import DOMAIN
from symhet.propositions import And, Prop, eq, gt, le, lt
from symhet.provers.tactics import Terms, by, identity, implicit, sign, split
from symhet.steps import Step
from symhet.valuation import PiecewiseUniform

UNIT = (m.phi_Y * m.phi_I**-m.alpha / m.rho) ** (1 - m.sigma)
"""Price to the power 1 - sigma of a firm of productivity one that sources at home, in primitives."""
OLD = m.n * M_e * m.tau ** (1 - m.sigma) * FOREIGN_COST ** (1 - m.sigma) * TailMoment(lowest_old, m.k)
"""The integral over foreign exporters above a given productivity."""
USING = (slope_step(m.phi_min), slope_step(m.phi_off), slope_step(m.phi_ex))

FEW_BETWEEN = PiecewiseUniform(
    tuple(map(sp.Rational, ("1/2", "5/2", "7/2", "6"))),
    tuple(map(sp.Rational, ("7/20", "1/500", "59/500"))),
    sp.Integer(4),
)
"""Few firms stand about the export cutoff, so that few new exporters enter."""


def _change_of_index(parameter: sp.Symbol) -> sp.Expr:
    """Return how competition moves: entrants, then the firms at each cutoff, then prices of foreign exporters."""
    gains = ((sp.S.One, m.phi_min), (m.Lambda - 1, m.phi_off), (FOREIGN * m.Lambda, m.phi_ex))
    at_cutoffs = sp.Add(*(gain * x**m.k * Density(x) * total(x, parameter) for gain, x in gains))
    prices = m.k / m.tau * FOREIGN * m.Lambda * T_EX if parameter == m.tau else sp.S.Zero
    return index_sum / M_e * total(M_e, parameter) - UNIT * M_e * (at_cutoffs + prices)


def _decomposed(parameter: sp.Symbol) -> Finding:
    d = goods_market((index_sum, m.P_X ** (1 - m.sigma)))
    solved = elastic(identity(h.index_sum_def, h.M_e_form, h.w, h.p_I_d))
    says = "Competition is the mass of entrants times what the varieties of one entrant in each economy add to it:"
    d.step(h.index_sum, eq(index_sum, UNIT * M_e * SALES), says, identically=True, by=solved)
    moved(d, parameter, M_e)
    change = _change_of_index(parameter)
    cutoffs = {x: total(x, parameter) for x in (m.phi_min, m.phi_off, m.phi_ex)}
    values = {m.Lambda: sp.S.Zero, **cutoffs, M_e: total(M_e, parameter), index_sum: change}
    plain: dict[Step, Terms] = {h.M_e: {}, h.index_sum: {h.index_sum: -total(M_e, parameter) / M_e}}
    equations = (*SYSTEM, h.M_e, h.index_sum)
    by_parts = implicit(
        values, parameter, equations, regular=above_one(sign()), using=(h.dM_e, *USING), cofactors=plain
    )
    says = (
        "It moves with the mass of entrants, with the firms that leave, with those that change their sourcing, and "
        "with those that begin to export"
        + (", and foreign exporters change their prices:" if parameter == m.tau else ":")
    )
    dindex_sum = d.step(h.dindex_sum, eq(total(index_sum, parameter), change), says, by=by_parts)
    sign_moves(d, parameter, m.phi_min)
    true = And((eq(total(index_sum, parameter), change), lt(total(m.phi_min, parameter), 0)))
    says = "So a lower cost raises the lowest cutoff through all of these:"
    return proved(d, true, split(by(dindex_sum), by(sign_step(m.phi_min))), says)


def _also_others(
    failing: Derivation,
    statement: Prop,
    part: sp.Symbol,
    cost: sp.Symbol,
    at: Witness,
    reason: str,
    root: str | None = None,
) -> Finding:
    """Refute that a lower cost adds new exporters alone to competition: a part of what others add rises with it."""
    return refuted(
        failing,
        statement,
        at,
        reason,
        using=(slope_step(part), *USING),
        corrected=_decomposed(cost),
        severity=Severity.SUBSTANCE,
        root=root,
    )


@section("4.4").claim(
    "kz.tau-channel.f_ex",
    le(0, total(home_sum, m.f_ex)),
    title="entry of foreign exporters and f_ex",
    printed=r"\text{with lower } f_{ex} \text{, competition stems entirely from new foreign exporters}",
)
def _home_varieties(statement: Prop) -> Finding:
    failing = goods_market((home_sum, M_e * AT_HOME), names=DOMAIN)
    sold = T_MIN + (m.Lambda - 1) * T_OFF
    level = UNIT * m.beta * m.L * m.phi_min**m.k / (m.sigma * m.f_p) * sold / SALES
    account(failing, home_sum, level, "Home varieties add")
    moved(failing, m.f_ex, home_sum)
    at = witness(failing, FEW_BETWEEN, economy(FEW_BETWEEN, 2, 3, 2))
    reason = (
        "At a given mass of entrants and given other cutoffs a lower f_ex adds new exporters alone to competition, but "
        "in equilibrium the other cutoffs move too (D-fex). In the example more firms enter, and P_X**(1-sigma) has "
        "the elasticity -0.0666 with respect to f_ex, of which -0.0536 comes from home varieties."
    )
    return _also_others(failing, statement, home_sum, m.f_ex, at, reason, root="kz.tau-channel.tau")


@section("4.4").claim(
    "kz.tau-channel.tau",
    le(0, total(old_sum, m.tau)),
    title="entry of foreign exporters and tau",
    printed=r"\text{with lower } \tau \text{, competition stems entirely from new foreign exporters}",
)
def _old_exporters(statement: Prop) -> Finding:
    failing = goods_market((old_sum, OLD), names=DOMAIN, conditions={h.given_firms: eq(lowest_old, m.phi_ex)})
    level = (
        UNIT
        * m.beta
        * m.L
        * m.phi_min**m.k
        / (m.sigma * m.f_p)
        * FOREIGN
        * m.Lambda
        * TailMoment(lowest_old, m.k)
        / SALES
    )
    account(failing, old_sum, level, "The foreign firms that export already add")
    moved(failing, m.tau, old_sum)
    point = economy(FEW_BETWEEN, 2, 3, 2)
    at = witness(failing, FEW_BETWEEN, {**point, lowest_old: point[m.phi_ex]})
    reason = (
        "A lower tau also lowers the prices of the foreign firms that export already. In the example their part of "
        "P_X**(1-sigma) has the elasticity -2.026 with respect to tau, at the mass of entrants of the equilibrium."
    )
    return _also_others(failing, statement, old_sum, m.tau, at, reason)


@section("4.4").claim(
    "kz.tau-channel.tau_I",
    And((gt(total(c_firm, m.tau_I), 0), eq(total(c_firm, m.tau), 0), eq(total(c_firm, m.f_ex), 0))),
    title="second channel of tau_I",
    printed=r"\text{lower } \tau_I \text{ makes home offshorers more competitive; lower } \tau \text{ does not}",
)
def _second_channel(conclusion: Prop) -> Finding:
    facts = dict(m.offshoring_first().context(h.p_I_off).hypotheses)
    facts[h.unit_cost] = eq(c_firm, m.w ** (1 - m.alpha) / efficiency(phi, m.p_I_off))
    system = (h.p_I_off, h.unit_cost)
    d = Derivation(Context(facts, frozenset(system), frozenset({m.p_I_off, c_firm})))
    d.recall(h.unit_cost, "A unit for the home market costs a firm that offshores")
    says = "It moves with the cost of trading intermediates"
    for parameter in (m.tau_I, m.tau, m.f_ex):
        shift = sp.S.One / m.tau_I if parameter == m.tau_I else sp.S.Zero
        values = {m.p_I_off: m.p_I_off * shift, c_firm: m.alpha * c_firm * shift}
        moves = eq(total(c_firm, parameter), values[c_firm])
        d.step(slope_step(parameter), moves, says, by=implicit(values, parameter, system))
        says = "and not with the costs of exporting"
    says = "So cheaper intermediates make offshorers more competitive at home, and cheaper exporting does not:"
    reason = (
        "Judged as the paper explains the channel: by the marginal cost of producing for the home market. What each "
        "cost does to competition in equilibrium stands with the other two claims."
    )
    tactics = split(sign(slope_step(m.tau_I)), by(slope_step(m.tau)), by(slope_step(m.f_ex)))
    return proved(d, conclusion, tactics, says, reason)


CLAIMS = (
    section("4.4").row(
        "claim",
        "kz.tau-channel",
        r"\text{with lower } \tau \text{ or } f_{ex} \text{, fiercer competition at home stems entirely from new "
        r"foreign exporters; lower } \tau_I \text{ works through a second channel besides}",
        parts=(_old_exporters, _home_varieties, _second_channel),
        title="channels of competition",
    ),
)
