"""The long run with relocation, solved: cutoffs, mass of firms and relocation cutoff for any share s_n of births."""

from __future__ import annotations

from functools import cache

import sympy as sp

from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.facts import World, below_one, firms, integrate, integrate_between
from symhet.propositions import eq, gt, lt
from symhet.provers.tactics import linear, powers, transported
from symhet.steps import Step

LONG = (h.mbar, h.mbar_star, h.demand, h.demand_star, h.cutoff_D, h.cutoff_X, h.location, h.free_entry)
"""Equilibrium conditions of the long run."""

CORE = (
    h.sigma_above_1,
    h.beta_above_1,
    h.phi_below_1,
    h.s_E_above_half,
    h.s_E_below_1,
    h.kappa_at_most_1,
    h.s_n_below_1,
)

MOVED = {
    m.Phase.XX: (m.Omega * (m.s_n + m.s_E - 1) + m.s_E - m.s_n) / ((1 - m.s_n) * (1 - m.phi)),
    m.Phase.DD: (m.s_E * (1 + m.Omega) - m.s_n) / (1 - m.s_n),
}
"""(a_R/a_D)^alpha by phase."""


def phase_holds(phase: m.Phase) -> tuple[Step, ...]:
    """Return the names of the facts that make up a phase."""
    return (h.R_at_most_X,) if phase is m.Phase.XX else (h.X_at_most_R, h.R_at_most_D)


def solve(d: Derivation, phase: m.Phase, w: World) -> None:
    """Add the steps ``Omega<1``, ``B``, ``B_star``, ``a_X``, ``a_D^rho``, ``a_D``, ``n_w`` and ``R``."""
    name = w.name
    W = w(m.Omega)
    below_one(d, w)
    for cutoff in (m.a_D, m.a_X, m.a_R):
        integrate(d, w(cutoff))
    cutoffs(d, w)
    if phase is m.Phase.XX:
        d.step(name(h.R_below_D), lt(w(m.a_R), w(m.a_D)), "The firms that moved sell in the North:")
        integrate_between(d, w(m.a_R), w(m.a_X))
    integrate_between(d, w(m.a_R), w(m.a_D))
    integrals = [h.integral(kind, w(x).name) for x in (m.a_D, m.a_X, m.a_R) for kind in "JK"]
    integrals += [h.J_between(w(m.a_R).name, w(m.a_D).name)]
    integrals += [h.J_between(w(m.a_R).name, w(m.a_X).name)] if phase is m.Phase.XX else []
    solved = tuple(name(x) for x in (h.B, h.solved_B_star, h.a_X))
    entry = transported(name(h.free_entry), *integrals, *solved, factor=(m.beta - 1) / (m.f * (1 + W)))
    d.step(name(h.a_D_to_rho), eq(w(m.a_D**m.rho), m.kappa / (1 + W)), "Free entry gives", by=entry)
    cutoff = powers({name(h.a_D_to_rho): 1 / m.rho})
    d.step(name(h.a_D), eq(w(m.a_D), (m.kappa / (1 + W)) ** (1 / m.rho)), "so that")
    total = eq(w(m.B * (m.mbar + m.mbar_star)), 1)
    sum_up = linear({name(h.demand): 1, name(h.demand_star): 1, name(h.location): w(m.mbar_star)})
    says = "A firm adds the same to the two sums of selling costs wherever it produces, so together"
    d.step(name(h.total), total, says, by=sum_up)
    counted = transported(name(h.total), name(h.mbar), name(h.mbar_star), *integrals, *solved, factor=firms / (1 + W))
    d.step(name(h.n_w), eq(w(m.n_w), firms / (1 + W)), "the mass of firms is", by=counted)
    share = transported(
        name(h.demand_star), name(h.mbar_star), *integrals, *solved, name(h.n_w), factor=_scale(phase, w)
    )
    value = w(MOVED[phase])
    d.step(name(h.R), eq(w(m.a_R**m.alpha), value * w(m.a_D**m.alpha)), "The Southern market gives", by=share)


def _scale(phase: m.Phase, w: World) -> sp.Expr:
    """Return what turns the clearing of the Southern market into the power of the relocation cutoff."""
    weight = -w((1 + m.Omega) / (1 - m.s_n) * m.a_D**m.alpha)
    return weight / (1 - w(m.phi)) if phase is m.Phase.XX else weight


def cutoffs(d: Derivation, w: World) -> None:
    """Add the steps ``B``, ``B_star``, ``a_X`` and ``X<D``."""
    name, t = w.name, 1 / (m.sigma - 1)
    own = eq(w(m.B), w(m.f * m.a_D ** (m.sigma - 1)))
    d.step(name(h.B), own, "The domestic cutoff gives demand per firm,")
    away = eq(w(m.B_star), w(m.f * m.a_D ** (m.sigma - 1)))
    d.step(name(h.solved_B_star), away, "in both nations,")
    ratio = powers({name(h.cutoff_X): -t, name(h.solved_B_star): t})
    d.step(name(h.a_X), eq(w(m.a_X), w(m.phi**t * m.a_D)), "and the export cutoff is in proportion:", by=ratio)
    d.step(name(h.t_above_0), gt(t, 0), "Since demand is elastic")
    d.step(name(h.ratio), lt(w(m.phi**t), 1), "and trade is costly,")
    d.step(name(h.X_below_D), lt(w(m.a_X), w(m.a_D)), "exporters are the more efficient firms:")


@cache
def _solved(phase: m.Phase, more: tuple[Step, ...]) -> Derivation:
    d = Derivation(m.long_run(phase).context(*CORE, *LONG, *phase_holds(phase), *more))
    solve(d, phase, World())
    return d


def solved(phase: m.Phase, *more: Step) -> Derivation:
    """Return a derivation that has solved the long run in one phase, with named further hypotheses."""
    return _solved(phase, more).fork()


def anywhere(phase: m.Phase, *more: Step) -> Derivation:
    """Return a derivation from the whole domain, every equilibrium condition and the phase, to be refuted."""
    names = (*LONG, *phase_holds(phase), h.s_n_below_1, *more)
    return Derivation(m.long_run(phase).whole_domain(*names))
