"""Section 4.2: what lower offshoring costs do where only exporters offshore, firm by firm and in sum.

Proved for every distribution: the cutoffs of production and exporting rise, and so do exports of offshorers. What all
firms together trade is in `reversed_flows`, which has the claims.
"""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from symhet.algebra.tails import Survival
from symhet.algebra.total import total
from symhet.claims import Finding, proved
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.aggregates import FOREIGN_COST, HOME_COST, accounting, price_index
from symhet.papers.kz.comparative import SYSTEM, WEIGHTS, joined, slope_step, weight
from symhet.papers.kz.facts import PRICES, RELATIVE_PRICE, above_one, offshoring_gains
from symhet.papers.kz.flows import charted
from symhet.papers.kz.notation import phi, r_F
from symhet.papers.kz.regimes import CUTOFFS, EARLY, FREE_ENTRY, REACH, TAILS, ordered_reversed
from symhet.papers.kz.revenues import REVENUES
from symhet.papers.kz.sources import section
from symhet.propositions import And, Prop, eq, gt, lt
from symhet.provers import tactics as via
from symhet.steps import Step

SALES = TAILS[m.phi_min] + m.n * m.tau**-m.k * TAILS[m.phi_ex] + (m.Lambda - 1) * REACH * TAILS[m.phi_off]
"""Sales of all firms, in units of what a firm of productivity one would sell at home with domestic intermediates."""
_UNITS = HOME_COST ** (1 - m.sigma), FOREIGN_COST ** (1 - m.sigma)


def priced(low: sp.Symbol) -> sp.Expr:
    """Return the integral of prices to the power 1 - sigma over the firms above a cutoff, no higher than phi_off."""
    domestic, foreign = _UNITS
    return domestic * (TAILS[low] - TAILS[m.phi_off]) + foreign * TAILS[m.phi_off]


BRACKET = priced(m.phi_min) + m.n * m.tau ** (1 - m.sigma) * priced(m.phi_ex)
"""Integral of prices to the power 1 - sigma over the varieties sold in one economy, for one entrant in each."""


def start_reversed(
    given: Mapping[sp.Symbol, sp.Expr], conditions: Mapping[Step, Prop] | None = None, *names: Step
) -> Derivation:
    """Return a derivation in this regime with ``gain`` and the definitions of some accounts.

    Parameters
    ----------
    given : Mapping
        Accounts and what they stand for, firm by firm.
    conditions : Mapping[Step, Prop], optional
        Further hypotheses.
    *names : str
        Further hypotheses of the model.
    """
    model = m.offshoring_first()
    equations = {
        **CUTOFFS,
        h.free_entry: FREE_ENTRY,
        **{h.def_for(symbol): eq(symbol, t) for symbol, t in given.items()},
    }
    system = Context(equations, frozenset(equations), frozenset(given))
    between = {
        h.firms_d: lt(Survival(m.phi_ex), Survival(m.phi_min)),
        h.firms_ex: lt(Survival(m.phi_off), Survival(m.phi_ex)),
    }
    further = Context({**EARLY, **between, **(conditions or {})})
    context = joined(
        model.context(*dict.fromkeys((*PRICES, h.A_1, h.E_X, *names))), accounting(BRACKET), system, further
    )
    d = Derivation(context)
    offshoring_gains(d)
    gain = eq(m.Lambda, RELATIVE_PRICE ** (-m.alpha * m.k))
    says = "In terms of technology and trade costs the factor is"
    d.step(h.gain, gain, says, identically=True)
    return d


def moves_reversed(d: Derivation, parameter: sp.Symbol, *cutoffs: sp.Symbol) -> dict[sp.Symbol, sp.Expr]:
    """Add the derivatives of cutoffs (and the offshoring factor) as steps; return all slopes."""
    share = 1 - 1 / m.Lambda
    e = (
        -m.alpha * weight(m.phi_off) / share / WEIGHTS
        if parameter == m.tau_I
        else -m.f_I * Survival(m.phi_off) / (m.k * WEIGHTS)
    )
    shift = m.alpha / share if parameter == m.tau_I else 1 / m.k
    gain = -m.alpha * m.k * m.Lambda / m.tau_I if parameter == m.tau_I else sp.S.Zero
    rates = {m.phi_min: e, m.phi_ex: e, m.phi_off: e + shift}
    values = {m.Lambda: gain, **{x: x / parameter * rate for x, rate in rates.items()}}
    solved = via.implicit(values, parameter, SYSTEM, regular=above_one(via.sign()))
    says = "Differentiate the cutoffs and free entry of this regime, and solve:"
    for x in cutoffs:
        d.step(slope_step(x), eq(total(x, parameter), values[x]), says, by=solved)
        says = "and"
    return values


@section("4.2").remark(
    "kz.A3-violated.tau_I-ex",
    And((lt(total(m.phi_min, m.tau_I), 0), lt(total(m.phi_ex, m.tau_I), 0), gt(total(m.phi_off, m.tau_I), 0))),
    title="cutoffs and the cost of trading intermediates",
    printed=r"\text{lower } \tau_I \text{ raises } \hat\varphi_{min} \text{ and the export cutoff}",
)
def offshoring_cost_reversed(statement: Prop) -> Finding:
    """Cheaper offshoring raises the cutoffs of production and exporting, and lowers that of offshoring."""
    d = start_reversed({})
    moves_reversed(d, m.tau_I, m.phi_min, m.phi_ex, m.phi_off)
    signs = via.split(*(above_one(via.sign(slope_step(x))) for x in (m.phi_min, m.phi_ex, m.phi_off)))
    says = "Cheaper offshoring raises the cutoffs of production and of exporting, and lowers that of offshoring:"
    return proved(d, statement, signs, says)


@section("4.2").remark(
    "kz.A3-violated.f_I-ex",
    And((lt(total(m.phi_min, m.f_I), 0), lt(total(m.phi_ex, m.f_I), 0))),
    title="export cutoff and the fixed cost of offshoring",
    printed=r"\text{lower } f_I \text{ raises the export cutoff}",
)
def fixed_cost_reversed(statement: Prop) -> Finding:
    """A lower fixed cost of offshoring raises the cutoffs of production and exporting."""
    d = start_reversed({})
    moves_reversed(d, m.f_I, m.phi_min, m.phi_ex)
    signs = via.split(*(above_one(via.sign(slope_step(x))) for x in (m.phi_min, m.phi_ex)))
    return proved(d, statement, signs, "A lower fixed cost of offshoring raises both cutoffs too:")


def compared(d: Derivation) -> None:
    """Add the steps ``f_I``, ``f_ex`` and ``T(<cutoff>) falls``: fixed costs, and who sells how much in this regime."""
    ordered_reversed(d)
    fixed = eq(m.f_I, m.f_p * (m.Lambda - 1) * REACH * (m.phi_off / m.phi_min) ** m.k)
    says = "The cutoffs give the fixed costs of offshoring"
    d.step(h.f_I, fixed, says)
    fixed = eq(m.f_ex, m.f_p * (m.phi_ex / (m.tau * m.phi_min)) ** m.k)
    d.step(h.f_ex, fixed, "and of exporting,")
    for low, high in ((m.phi_min, m.phi_ex), (m.phi_ex, m.phi_off)):
        d.step(h.T_falls_of(high), via.fact("tail_moment_falls", low, high, m.k), "fewer firms sell less:")


@section("4.2").remark(
    "kz.A3-violated.exports",
    lt(total(r_F, m.tau_I), 0),
    title="exports of the most productive",
    printed=r"\text{exports of the most productive exporters rise when } \tau_I \text{ falls}",
)
def exports_reversed(statement: Prop) -> Finding:
    """Exports of a firm that offshores rise when offshoring gets cheaper."""
    d = start_reversed({r_F: REVENUES[r_F]})
    price_index(d)
    d.recall(h.def_for(r_F), "A firm of productivity phi that exports and offshores sells in a foreign market")
    unit = m.sigma * m.f_p * m.phi_Y * (phi / m.phi_min) ** m.k * m.Lambda * m.tau**-m.k
    d.step(h.r_F, eq(r_F, unit), "that is,", identically=True)
    moves_reversed(d, m.tau_I, m.phi_min)
    rate = r_F / m.tau_I * m.k * (-m.alpha - m.tau_I / m.phi_min * total(m.phi_min, m.tau_I))
    dr_F = d.step(h.dr_F, eq(total(r_F, m.tau_I), rate), "It moves by")
    compared(d)
    scale = m.alpha * r_F * m.k / (m.tau_I * SALES)
    terms = {h.T_phi_ex_falls: scale, h.T_phi_off_falls: scale * REACH}
    falls = above_one(via.combine(charted(terms), dr_F, slope_step(m.phi_min), h.f_I, h.f_ex))
    says = "Their exports rise when the cost falls, because firms that source at home lose:"
    return proved(d, statement, falls, says)
