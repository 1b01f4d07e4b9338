"""The long run beside the economy without relocation, in every phase: the South's price index is the same.

Exporters move (XX), other firms too (DD), or all firms are in the North (full); the share of births is free.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import sympy as sp

from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.facts import TRADE, World, Worlds, firms, southern_value, trade_cutoffs, trade_interior
from symhet.papers.bo.longrun_facts import CORE, solve
from symhet.papers.bo.phases import full_needs, solve_full
from symhet.propositions import And, Or, Prop, eq, gt, le, lt
from symhet.provers import tactics as via
from symhet.steps import Step
from symhet.theorems import Theorem

STAY = World("0", tuple(sorted(m.trade().endogenous, key=str)))
"""The same economy without relocation."""

COMMON = (h.demand, h.demand_star, h.cutoff_D, h.cutoff_X, h.free_entry)
"""What holds in every phase of the long run."""

SAME = eq(m.mbar_star, STAY(m.mbar_star))


@cache
def accounts() -> Mapping[str, dict[Step, Prop]]:
    """Return, for each phase, who sells where and what keeps firms in their place, by name."""
    found: dict[str, dict[Step, Prop]] = {}
    for phase in (m.Phase.XX, m.Phase.DD):
        conditions = m.long_run(phase).conditions
        orders: dict[Step, Prop] = (
            {h.R_at_most_X: le(m.a_R, m.a_X)}
            if phase is m.Phase.XX
            else {h.X_at_most_R: le(m.a_X, m.a_R), h.R_below_D: lt(m.a_R, m.a_D)}
        )
        found[phase] = {key: conditions[key] for key in (h.mbar, h.mbar_star, h.location)} | orders
    full = m.long_run_full()
    found[m.Phase.FULL] = {key: full.conditions[key] for key in (h.mbar, h.mbar_star)} | {h.stays: full.facts[h.stays]}
    return found


def _common(whole: bool) -> dict[Step, Prop]:
    model = m.long_run()
    domain = tuple(model.domain.hypotheses()) if whole else CORE
    hypotheses = model.context(*dict.fromkeys((*domain, h.s_n_below_1, *COMMON))).hypotheses
    return Worlds(hypotheses).beside(STAY, m.trade().context(*TRADE).hypotheses).hypotheses


def any_phase(whole: bool = False, more: Mapping[Step, Prop] | None = None) -> Context:
    """Return the long run in one of its phases beside the equilibrium without relocation, which is marked 0."""
    phases = Or(tuple(And(tuple(parts.values())) for parts in accounts().values()))
    return Context({**_common(whole), h.phase: phases, **(more or {})})


def _below_sustain(d: Derivation, phase: m.Phase) -> None:
    """Add the step ``phi<phi_S 0``: where firms stay South with relocation, they do without it."""
    d.step(h.a_above_0, gt(m.alpha, 0), "The exponent of sales is positive.")
    goal, unit = lt(m.Omega * m.s_E, 1 - m.s_E), (1 - m.s_n) / m.a_D**m.alpha
    if phase is m.Phase.DD:
        d.step(h.R_power, via.fact("pow_mono", m.a_R, m.a_D, m.alpha), "Some stay:")
        d.step(
            h.phi_below_phi_S_0, goal, "so that trade is not too free:", by=via.transported(h.R_power, h.R, factor=unit)
        )
        return
    weak = via.lemma("pow_mono_weak", m.a_R, m.a_X, m.alpha)
    d.step(h.R_power, via.fact("pow_mono_weak", m.a_R, m.a_X, m.alpha), "Not all exporters move:", by=weak)
    few = le(m.s_E * (1 + m.Omega), m.s_n + (1 - m.s_n) * m.phi ** (m.beta - 1))
    d.step(h.few, few, "that is,", by=via.transported(h.R_power, h.R, h.a_X, factor=unit * (1 - m.phi)))
    d.step(h.b_above_0, gt(m.beta - 1, 0), "As beta exceeds one")
    d.step(h.less, lt(m.phi ** (m.beta - 1), 1), "and trade is costly,")
    d.step(h.room, gt((1 - m.s_n) * (1 - m.phi ** (m.beta - 1)), 0), "there is room")
    d.step(h.phi_below_phi_S_0, goal, "and trade is not too free:")


def _conclude(d: Derivation) -> Theorem:
    """Prove from equal Southern demands that the sums of selling costs are equal."""
    weights = via.linear(
        {
            h.demand_star: 1 / m.B_star,
            h.demand_star_0: -1 / m.B_star,
            h.B_star_is_B_star0: -STAY(m.mbar_star) / m.B_star,
        }
    )
    return d.prove(SAME, weights)


@cache
def interior(phase: m.Phase, more: tuple[tuple[Step, Prop], ...] = ()) -> Derivation:
    """Return a derivation that has solved phase XX or DD beside the economy without relocation."""
    d = Derivation(Context({**_common(False), **accounts()[phase], **dict(more)}))
    if phase is m.Phase.DD:
        d.step(h.R_at_most_D, le(m.a_R, m.a_D), "In particular")
    solve(d, phase, World())
    _below_sustain(d, phase)
    trade_interior(d, STAY)
    same = via.identity(h.solved_B_star, h.B_star_0, h.a_D, h.a_D_star_0)
    says = "Southern demand per firm is what it is without relocation:"
    d.step(h.B_star_is_B_star0, eq(m.B_star, STAY(m.B_star)), says, by=same)
    return d


def _no_firm() -> tuple[via.Tactic, via.Tactic]:
    """Prove, past the sustain point, that imports fix the Southern cutoff: without Southern firms, and with them."""
    W, south, north = m.Omega, STAY(m.a_D_star**m.rho), STAY(m.a_D**m.rho)
    none = via.cut(
        (
            (h.none, STAY.prop(eq(m.N_star, 0)), via.use(h.case)),
            (h.n_alone, eq(STAY(m.n), firms * m.s_E), via.transported(h.market_0, h.none)),
            (
                h.served,
                eq(m.s_E * W * south, (1 - m.s_E) * north),
                via.transported(h.market_star_0, h.none, h.n_alone, factor=north / firms),
            ),
            (h.north, eq(north, m.s_E * m.kappa), via.linear({h.FE_0: m.s_E, h.served: -1})),
        ),
        via.linear({h.FE_0: 1, h.north: -1}),
    )
    square = 1 - W**2
    some = via.cut(
        (
            (h.some, STAY.prop(lt(0, m.N_star)), via.use(h.case)),
            (h.entry, STAY.prop(eq(m.V_star, m.f_I)), via.use(h.case)),
            (
                h.FE_star,
                eq(south + W * north, m.kappa),
                via.transported(h.entry, *southern_value(STAY), factor=(m.beta - 1) / m.f),
            ),
            (h.equal, eq(north, south), via.linear({h.FE_0: 1 / (1 - W), h.FE_star: -1 / (1 - W)})),
            (h.home, eq(STAY(m.n) + STAY(m.N_star) * W, firms * m.s_E), _equal_market(h.market_0, m.N_star, -south)),
            (
                h.away,
                eq(STAY(m.N_star) + STAY(m.n) * W, firms * (1 - m.s_E)),
                _equal_market(h.market_star_0, m.n, north),
            ),
            (
                h.masses,
                eq(STAY(m.N_star) * square, firms * (1 - m.s_E - W * m.s_E)),
                via.linear({h.away: 1, h.home: -W}),
            ),
            (h.left, gt(STAY(m.N_star) * square, 0), via.product({h.some: 1, h.Omega_below_1: 1}, coefficient=1 + W)),
            (h.k_above_0, gt(firms, 0), via.product({h.beta_above_1: 1}, coefficient=1 / (m.beta * m.f))),
            (h.gone, le(firms * (1 - m.s_E), firms * W * m.s_E), via.transported(h.full_starts, factor=firms)),
        ),
        via.absurd(via.combine({h.left: 1, h.gone: 1}, equations={h.masses: 1})),
    )
    return none, some


def _equal_market(market: Step, rival: sp.Symbol, unit: sp.Expr) -> via.Tactic:
    """Clear a market when the domestic cutoffs are equal: the ratio of their powers is one."""
    return via.linear({market: 1, h.equal: m.Omega * STAY(rival) / unit})


@cache
def full() -> Derivation:
    """Return a derivation that has solved full agglomeration beside the economy without relocation."""
    d = Derivation(Context({**_common(False), **accounts()[m.Phase.FULL]}))
    solve_full(d, World())
    full_needs(d, World())
    integrals = [h.integral(kind, x.name) for x in (m.a_D, m.a_X) for kind in "JK"]
    free = eq(m.a_D**m.rho + m.a_X**m.rho, m.kappa)
    exported_form = d.step(h.exported_form, eq(m.B_star, m.f * m.a_X ** (m.sigma - 1) / m.phi), "so that")
    entry = via.transported(h.free_entry, *integrals, h.B, exported_form, factor=(m.beta - 1) / m.f)
    d.step(h.FE, free, "Free entry becomes", by=entry)
    a_X_rho = d.step(h.a_X_to_rho, eq(m.a_X**m.rho, (1 - m.s_E) * m.kappa), "and the export cutoff is")
    trade_cutoffs(d, STAY)
    d.step(h.Omega_below_1, lt(m.Omega, 1), "Trade is costly.")
    corner = eq(m.Omega * STAY(m.a_D_star**m.rho), (1 - m.s_E) * m.kappa)
    says = "Without relocation the South has no firms either, for they would lose, and imports fix its cutoff:"
    corner_step = d.step(h.corner, corner, says, by=via.cases(h.South_0, *_no_firm()))
    t = 1 / m.rho
    same = eq(m.a_X, m.phi ** (1 / (m.sigma - 1)) * STAY(m.a_D_star))
    d.step(h.same, same, "It is the same cutoff,", by=via.powers({a_X_rho: t, corner_step: -t}))
    d.step(h.B_star_is_B_star0, eq(m.B_star, STAY(m.B_star)), "and the same demand per firm:")
    return d


def _replayed(theorem: Theorem) -> via.Tactic:
    """Use the certificate of a theorem whose hypotheses are at hand under the same names."""
    return lambda place, goal: theorem.core.certificate


def every_phase(d: Derivation) -> None:
    """Add the step ``m*=m*0``: relocation leaves the South's sum of selling costs as it is, in each phase."""
    proofs = []
    for name, parts in accounts().items():
        theorem = _conclude((full() if name is m.Phase.FULL else interior(name)).fork())
        proofs.append(via.cut([(key, prop, via.use(h.this_phase)) for key, prop in parts.items()], _replayed(theorem)))
    says = "In each phase Southern demand per firm is what it is without relocation, and so is the sum of costs:"
    d.step(h.m_star_is_m_star0, SAME, says, by=via.cases(h.phase, *proofs, name=h.this_phase))
