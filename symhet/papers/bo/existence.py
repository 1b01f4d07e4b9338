"""Result 3 after entry and exit: each phase has an equilibrium, written out, and relocation is gradual."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from symhet.algebra.calculus import derivative
from symhet.claims import Finding, proved
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.model.regime import Model
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.facts import World, below_one, firms, integrate, integrate_between
from symhet.propositions import And, Prop, eq, gt, le, lt, substitute
from symhet.provers import tactics as via
from symhet.steps import Step

CORE = (h.sigma_above_1, h.beta_above_1, h.phi_below_1, h.s_E_above_half, h.s_E_below_1, h.kappa_at_most_1)
MOVED = {m.Phase.XX: m.Omega * (2 * m.s_E - 1) / ((1 - m.s_E) * (1 - m.phi)), m.Phase.DD: m.Omega * m.s_E / (1 - m.s_E)}
"""(a_R/a_D)^alpha at s_n = s_E, by phase."""

BOUNDS: dict[m.Phase, dict[Step, Prop]] = {
    m.Phase.XX: {h.phi_at_most_phi_P: le(m.phi * m.s_E, 1 - m.s_E)},
    m.Phase.DD: {
        h.phi_at_least_phi_P: le(1 - m.s_E, m.phi * m.s_E),
        h.phi_at_most_phi_S: le(m.Omega * m.s_E, 1 - m.s_E),
    },
}
"""Freeness of trade of each phase."""


def _solved_by(context: Context, solution: Mapping[sp.Symbol, sp.Expr]) -> Derivation:
    """Return a derivation in which the unknowns are defined by a solution, with the integrals over firms."""
    d = Derivation(context)
    for symbol, value in solution.items():
        d.define(symbol.name, symbol, value, "Let")
    below_one(d, World())
    for cutoff in (m.a_D, m.a_X, m.a_R):
        if cutoff in solution:
            integrate(d, cutoff)
    return d


def _ordered(d: Derivation, phase: m.Phase) -> None:
    """Add the order of the three cutoffs, and the integrals between them."""
    e, t, moved = 1 / m.alpha, 1 / (m.sigma - 1), MOVED[phase]
    d.step(h.e_above_0, gt(e, 0), "The exponents are positive,")
    d.step(h.t_above_0, gt(t, 0), "and")
    d.step(h.xi_below_1, lt(m.phi**t, 1), "while trade is costly,")
    d.step(h.X_below_D, lt(m.a_X, m.a_D), "so that exporters are efficient:")
    d.step(h.moved_above_0, gt(moved, 0), "Some firms move:")
    exporters = m.phi ** (m.beta - 1)
    if phase is m.Phase.XX:
        few = via.transported(h.phi_at_most_phi_P, factor=exporters / ((1 - m.s_E) * (1 - m.phi)))
        steps = [(h.R_at_most_X, moved, exporters, few, h.phi_at_most_phi_P, m.a_R, m.a_X)]
    else:
        many = via.transported(h.phi_at_least_phi_P, factor=exporters / (1 - m.s_E))
        some = via.transported(h.phi_at_most_phi_S, factor=1 / (1 - m.s_E))
        steps = [
            (h.X_at_most_R, exporters, moved, many, h.phi_at_least_phi_P, m.a_X, m.a_R),
            (h.R_at_most_D, moved, sp.S.One, some, h.phi_at_most_phi_S, m.a_R, m.a_D),
        ]
    for name, low, high, scaled, _, small, large in steps:
        d.step(h.share_for(name), le(low, high), "By the bound on the freeness of trade", by=scaled)
        power = via.fact("pow_mono_weak", low, high, e)
        weak = via.lemma("pow_mono_weak", low, high, e)
        power_step = d.step(h.power_for(name), power, "and, taking roots,", by=weak)
        order = via.combine({power_step: m.a_D}, h.a_R, h.a_X)
        d.step(name, le(small, large), "the cutoffs are ordered:", by=order)
    if phase is m.Phase.XX:
        d.step(h.R_below_D, lt(m.a_R, m.a_D), "Hence")
        integrate_between(d, m.a_R, m.a_X)
    integrate_between(d, m.a_R, m.a_D)


def _conditions(model: Model) -> tuple[Prop, ...]:
    """Return the conditions of an equilibrium at s_n = s_E."""
    return tuple(substitute(prop, {m.s_n: m.s_E}) for prop in model.conditions.values())


EXISTS = {
    m.Phase.XX: And((*_conditions(m.long_run(m.Phase.XX)), le(m.a_R, m.a_X), lt(m.a_X, m.a_D))),
    m.Phase.DD: And((*_conditions(m.long_run(m.Phase.DD)), le(m.a_X, m.a_R), le(m.a_R, m.a_D))),
}
"""A solution meets the conditions of a phase, with its cutoffs in order."""


def exists(phase: m.Phase, statement: Prop) -> Finding:
    """Prove that a phase has an equilibrium: XX up to the partitioning point, DD from there to the sustain point."""
    moved = MOVED[phase]
    solution = {
        m.a_D: (m.kappa / (1 + m.Omega)) ** (1 / m.rho),
        m.a_X: m.phi ** (1 / (m.sigma - 1)) * m.a_D,
        m.a_R: moved ** (1 / m.alpha) * m.a_D,
        m.B: m.f * m.a_D ** (m.sigma - 1),
        m.B_star: m.B,
        m.n_w: firms / (1 + m.Omega),
        m.mbar: m.s_E / m.B,
        m.mbar_star: (1 - m.s_E) / m.B,
    }
    start = m.long_run(phase).context(*CORE)
    d = _solved_by(Context({**start.hypotheses, **BOUNDS[phase]}), solution)
    _ordered(d, phase)
    integrals = [h.integral(kind, x.name) for x in (m.a_D, m.a_X, m.a_R) for kind in "JK"]
    integrals += [h.J_between(m.a_R.name, x.name) for x in ((m.a_X, m.a_D) if phase is m.Phase.XX else (m.a_D,))]
    met = via.identity(*integrals, *(h.of(x) for x in reversed(solution)))
    proofs = [met for _ in m.long_run(phase).conditions]
    orders = (h.R_at_most_X, h.X_below_D) if phase is m.Phase.XX else (h.X_at_most_R, h.R_at_most_D)
    says = "These cutoffs, demands and masses meet every condition of the long run, and the cutoffs are in order:"
    return proved(d, statement, via.split(*proofs, *map(via.by, orders)), says)


EXISTS_FULL = And((*_conditions(m.long_run_full()), le(m.B_star, m.B)))
"""A solution meets the conditions of full agglomeration, and nobody gains by leaving."""


def exists_full(statement: Prop) -> Finding:
    """Prove that past the sustain point all firms in the North is an equilibrium."""
    solution = {
        m.a_D: (m.s_E * m.kappa) ** (1 / m.rho),
        m.a_X: ((1 - m.s_E) * m.kappa) ** (1 / m.rho),
        m.B: m.f * m.a_D ** (m.sigma - 1),
        m.B_star: m.f * m.a_X ** (m.sigma - 1) / m.phi,
        m.n_w: m.s_E * firms,
        m.mbar: m.s_E / m.B,
        m.mbar_star: (1 - m.s_E) / m.B_star,
    }
    start = m.long_run_full().context(*CORE)
    bound = {h.phi_at_least_phi_S: le(1 - m.s_E, m.Omega * m.s_E)}
    d = _solved_by(Context({**start.hypotheses, **bound}), solution)
    integrals = [h.integral(kind, x.name) for x in (m.a_D, m.a_X) for kind in "JK"]
    met = via.identity(*integrals, *(h.of(x) for x in reversed(solution)))
    proofs = [met for _ in m.long_run_full().conditions]
    low, high, e = (1 - m.s_E) / m.Omega, m.s_E, 1 / m.beta
    d.step(h.share, le(low, high), "By the bound on trade")
    weak = via.lemma("pow_mono_weak", low, high, e)
    d.step(h.power, via.fact("pow_mono_weak", low, high, e), "and, taking roots,", by=weak)
    stays = d.step(h.stays, le(m.B_star, m.B), "the North is the better place:")
    says = "These cutoffs, demands and masses meet every condition of the long run, and nobody gains by leaving:"
    return proved(d, statement, via.split(*proofs, via.by(stays)), says)


_FIRST, _LAST = (1 - m.s_E) / m.s_E, ((1 - m.s_E) / m.s_E) ** (1 / m.beta)
GRADUAL = And(
    (
        gt(derivative(MOVED[m.Phase.XX], m.phi), 0),
        gt(derivative(MOVED[m.Phase.DD], m.phi), 0),
        eq(MOVED[m.Phase.XX].xreplace({m.phi: _FIRST}), MOVED[m.Phase.DD].xreplace({m.phi: _FIRST})),
        eq(MOVED[m.Phase.DD].xreplace({m.phi: _LAST}), 1),
    )
)
"""The share that moves rises in both phases, is the same where they meet, and one at the sustain point."""


def gradual(statement: Prop) -> Finding:
    """Prove that the share of firms that move rises with the freeness of trade, without a jump, from zero to one."""
    start = m.long_run().context(h.sigma_above_1, h.beta_above_1, h.phi_below_1, h.s_E_above_half, h.s_E_below_1)
    d = Derivation(start)
    d.step(h.beta_minus_1_above_0, gt(m.beta - 1, 0), "Since beta exceeds one,")
    slope = derivative(MOVED[m.Phase.XX], m.phi)
    explicit = m.Omega * (2 * m.s_E - 1) * (m.beta * (1 - m.phi) + m.phi) / ((1 - m.s_E) * (1 - m.phi) ** 2 * m.phi)
    d.step(h.form, eq(slope, explicit), "The share of sales that moves changes in XX by")
    some = gt(m.beta * (1 - m.phi) + m.phi, 0)
    some_step = d.step(h.some, some, "where")
    rising = via.product(
        {some_step: 1, h.s_E_above_half: 1, h.s_E_below_1: -1, h.phi_below_1: -2}, coefficient=2 * m.Omega / m.phi
    )
    parts = via.split(
        rising,
        via.product({h.s_E_below_1: -1}, coefficient=m.beta * m.s_E * m.Omega / m.phi),
        via.identity(),
        via.identity(),
    )
    says = "It rises in both phases, is the same in both at the partitioning point, and one at the sustain point:"
    return proved(d, statement, parts, says)
