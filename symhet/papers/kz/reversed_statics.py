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
from symhet.derivation import Derivation, Step
from symhet.papers.kz.aggregates import (
    FOREIGN_COST,
    HOME_COST,
    P_OFF_FORM_STEP,
    P_X_FORM_STEP,
    PRIMITIVES,
    accounting,
    price_index,
)
from symhet.papers.kz.comparative import SYSTEM, WEIGHTS, joined, weight
from symhet.papers.kz.facts import (
    PRICES,
    RELATIVE_PRICE,
    SPARE_S,
    above_one,
    elastic,
    offshoring_gains,
)
from symhet.papers.kz.flows import charted
from symhet.papers.kz.model import (
    Lambda,
    alpha,
    f_ex,
    f_I,
    f_p,
    k,
    n,
    offshoring_first,
    phi_ex,
    phi_min,
    phi_off,
    phi_Y,
    sigma,
    tau,
    tau_I,
)
from symhet.papers.kz.notation import phi, r_F
from symhet.papers.kz.regimes import (
    CUTOFFS,
    EARLY,
    FREE_ENTRY,
    REACH,
    TAILS,
    ordered_reversed,
)
from symhet.papers.kz.revenues import REVENUES
from symhet.propositions import And, Prop, eq, gt, lt
from symhet.provers.tactics import (
    combine,
    fact,
    identity,
    implicit,
    lemma,
    powers,
    sign,
    split,
)
from symhet.rules.base import Context

F_EX_STEP = Step("f_ex")
F_I_STEP = Step("f_I")


SALES = TAILS[phi_min] + n * tau**-k * TAILS[phi_ex] + (Lambda - 1) * REACH * TAILS[phi_off]
"""Sales of all firms, in units of what a firm of productivity one would sell at home with domestic intermediates."""
_UNITS = HOME_COST ** (1 - sigma), FOREIGN_COST ** (1 - sigma)


def priced(low: sp.Symbol) -> sp.Expr:
    """Return the integral of prices to the power 1 - sigma over the firms above a cutoff, no higher than phi_off."""
    domestic, foreign = _UNITS
    return domestic * (TAILS[low] - TAILS[phi_off]) + foreign * TAILS[phi_off]


BRACKET = priced(phi_min) + n * tau ** (1 - sigma) * priced(phi_ex)
"""Integral of prices to the power 1 - sigma over the varieties sold in one economy, for one entrant in each."""


def start_reversed(
    given: Mapping[sp.Symbol, sp.Expr], conditions: Mapping[str, Prop] | None = None, *names: str
) -> Derivation:
    """Return a derivation in this regime with ``gain`` and the definitions of some accounts.

    Parameters
    ----------
    given : Mapping
        Accounts and what they stand for, firm by firm.
    conditions : Mapping[str, Prop], optional
        Further hypotheses.
    *names : str
        Further hypotheses of the model.
    """
    model = offshoring_first()
    equations = {**CUTOFFS, "free entry": FREE_ENTRY, **{f"{symbol} def": eq(symbol, t) for symbol, t in given.items()}}
    system = Context(equations, frozenset(equations), frozenset(given))
    between = {
        "firms d": lt(Survival(phi_ex), Survival(phi_min)),
        "firms ex": lt(Survival(phi_off), Survival(phi_ex)),
    }
    further = Context({**EARLY, **between, **(conditions or {})})
    context = joined(
        model.context(*dict.fromkeys((*PRICES, "A.1", "E_X", *names))), accounting(BRACKET), system, further
    )
    d = Derivation(context)
    offshoring_gains(d)
    gain = eq(Lambda, RELATIVE_PRICE ** (-alpha * k))
    says = "In terms of technology and trade costs the factor is"
    by_prices = identity("Lambda", "p_I_off", "p_I_w", "p_I_d")
    d.step("gain", gain, by_prices, says, kind="substitute", identically=True)
    return d


def moves_reversed(d: Derivation, parameter: sp.Symbol, *cutoffs: sp.Symbol) -> dict[sp.Symbol, sp.Expr]:
    """Add the derivatives of cutoffs (and the offshoring factor) as steps; return all slopes."""
    share = 1 - 1 / Lambda
    e = -alpha * weight(phi_off) / share / WEIGHTS if parameter == tau_I else -f_I * Survival(phi_off) / (k * WEIGHTS)
    shift = alpha / share if parameter == tau_I else 1 / k
    gain = -alpha * k * Lambda / tau_I if parameter == tau_I else sp.S.Zero
    rates = {phi_min: e, phi_ex: e, phi_off: e + shift}
    values = {Lambda: gain, **{x: x / parameter * rate for x, rate in rates.items()}}
    solved = implicit(values, parameter, SYSTEM, regular=above_one(sign()))
    says = "Differentiate the cutoffs and free entry of this regime, and solve:"
    for x in cutoffs:
        d.step(f"d{x}", eq(total(x, parameter), values[x]), solved, says, kind="differentiate")
        says = "and"
    return values


def offshoring_cost_reversed() -> Finding:
    """Cheaper offshoring raises the cutoffs of production and exporting, and lowers that of offshoring."""
    d = start_reversed({})
    moves_reversed(d, tau_I, phi_min, phi_ex, phi_off)
    parts = (lt(total(phi_min, tau_I), 0), lt(total(phi_ex, tau_I), 0), gt(total(phi_off, tau_I), 0))
    signs = split(*(above_one(sign(f"d{x}")) for x in (phi_min, phi_ex, phi_off)))
    says = "Cheaper offshoring raises the cutoffs of production and of exporting, and lowers that of offshoring:"
    return proved(d, And(parts), signs, says)


def fixed_cost_reversed() -> Finding:
    """A lower fixed cost of offshoring raises the cutoffs of production and exporting."""
    d = start_reversed({})
    moves_reversed(d, f_I, phi_min, phi_ex)
    parts = (lt(total(phi_min, f_I), 0), lt(total(phi_ex, f_I), 0))
    signs = split(*(above_one(sign(f"d{x}")) for x in (phi_min, phi_ex)))
    return proved(d, And(parts), signs, "A lower fixed cost of offshoring raises both cutoffs too:")


def compared(d: Derivation) -> None:
    """Add the steps ``f_I``, ``f_ex`` and ``T(<cutoff>) falls``: fixed costs, and who sells how much in this regime."""
    ordered_reversed(d)
    fixed = eq(f_I, f_p * (Lambda - 1) * REACH * (phi_off / phi_min) ** k)
    says = "The cutoffs give the fixed costs of offshoring"
    d.step(F_I_STEP, fixed, above_one(powers({"cutoff_off": -SPARE_S})), says, kind="solve")
    fixed = eq(f_ex, f_p * (phi_ex / (tau * phi_min)) ** k)
    d.step(F_EX_STEP, fixed, powers({"cutoff_ex": -k}), "and of exporting,", kind="solve")
    for low, high in ((phi_min, phi_ex), (phi_ex, phi_off)):
        falls = lemma("tail_moment_falls", low, high, k)
        d.step(
            f"T({high}) falls", fact("tail_moment_falls", low, high, k), falls, "fewer firms sell less:", kind="bound"
        )


def exports_reversed() -> Finding:
    """Exports of a firm that offshores rise when offshoring gets cheaper."""
    d = start_reversed({r_F: REVENUES[r_F]})
    price_index(d)
    d.recall(f"{r_F} def", "A firm of productivity phi that exports and offshores sells in a foreign market")
    unit = sigma * f_p * phi_Y * (phi / phi_min) ** k * Lambda * tau**-k
    solved = elastic(identity(f"{r_F} def", P_X_FORM_STEP, P_OFF_FORM_STEP, *PRIMITIVES))
    r_F_step = d.step("r_F", eq(r_F, unit), solved, "that is,", kind="substitute", identically=True)
    values = moves_reversed(d, tau_I, phi_min)
    rate = r_F / tau_I * k * (-alpha - tau_I / phi_min * total(phi_min, tau_I))
    by_parts = implicit(
        {**values, r_F: rate}, tau_I, (*SYSTEM, r_F_step), regular=above_one(sign()), using=("dphi_min",)
    )
    dr_F = d.step("dr_F", eq(total(r_F, tau_I), rate), by_parts, "It moves by", kind="differentiate")
    compared(d)
    scale = alpha * r_F * k / (tau_I * SALES)
    terms = {"T(phi_ex) falls": scale, "T(phi_off) falls": scale * REACH}
    falls = above_one(combine(charted(terms), dr_F, "dphi_min", F_I_STEP, F_EX_STEP))
    says = "Their exports rise when the cost falls, because firms that source at home lose:"
    return proved(d, lt(total(r_F, tau_I), 0), falls, says)
