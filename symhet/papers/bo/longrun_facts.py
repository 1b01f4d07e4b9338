"""The long run with relocation, solved: cutoffs, mass of firms and relocation cutoff for any share s_n of births."""

from __future__ import annotations

from functools import cache

import sympy as sp

from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo.facts import World, below_one, firms, integrate, integrate_between
from symhet.papers.bo.model import a_D, a_R, a_X
from symhet.propositions import eq, gt, lt
from symhet.provers.tactics import linear, powers, transported

LONG = ("mbar", "mbar*", "demand", "demand*", "cutoff_D", "cutoff_X", "location", "free entry")
"""Equilibrium conditions of the long run."""

CORE = ("sigma>1", "beta>1", "phi<1", "s_E>1/2", "s_E<1", "kappa<=1", "s_n<1")

MOVED = {
    m.Phase.XX: (m.Omega * (m.s_n + m.s_E - 1) + m.s_E - m.s_n) / ((1 - m.s_n) * (1 - m.phi)),
    m.Phase.DD: (m.s_E * (1 + m.Omega) - m.s_n) / (1 - m.s_n),
}
"""(a_R/a_D)^alpha by phase."""


def phase_holds(phase: m.Phase) -> tuple[str, ...]:
    """Return the names of the facts that make up a phase."""
    return ("R<=X",) if phase is m.Phase.XX else ("X<=R", "R<=D")


def solve(d: Derivation, phase: m.Phase, w: World) -> None:
    """Add the steps ``Omega<1``, ``B``, ``B_star``, ``a_X``, ``a_D^rho``, ``a_D``, ``n_w`` and ``R``."""
    name = w.name
    W = w(m.Omega)
    below_one(d, w)
    for cutoff in (a_D, a_X, a_R):
        integrate(d, w(cutoff))
    cutoffs(d, w)
    if phase is m.Phase.XX:
        d.step(name("R<D"), lt(w(a_R), w(a_D)), "The firms that moved sell in the North:")
        integrate_between(d, w(a_R), w(a_X))
    integrate_between(d, w(a_R), w(a_D))
    integrals = [f"{kind} {w(x).name}" for x in (a_D, a_X, a_R) for kind in "JK"]
    integrals += [f"J {w(a_R).name} {w(a_D).name}"]
    integrals += [f"J {w(a_R).name} {w(a_X).name}"] if phase is m.Phase.XX else []
    solved = tuple(name(x) for x in ("B", "B_star", "a_X"))
    entry = transported(name("free entry"), *integrals, *solved, factor=(m.beta - 1) / (m.f * (1 + W)))
    d.step(name("a_D^rho"), eq(w(a_D**m.rho), m.kappa / (1 + W)), "Free entry gives", by=entry)
    cutoff = powers({name("a_D^rho"): 1 / m.rho})
    d.step(name("a_D"), eq(w(a_D), (m.kappa / (1 + W)) ** (1 / m.rho)), "so that")
    total = eq(w(m.B * (m.mbar + m.mbar_star)), 1)
    sum_up = linear({name("demand"): 1, name("demand*"): 1, name("location"): w(m.mbar_star)})
    says = "A firm adds the same to the two sums of selling costs wherever it produces, so together"
    d.step(name("total"), total, says, by=sum_up)
    counted = transported(name("total"), name("mbar"), name("mbar*"), *integrals, *solved, factor=firms / (1 + W))
    d.step(name("n_w"), eq(w(m.n_w), firms / (1 + W)), "the mass of firms is", by=counted)
    share = transported(name("demand*"), name("mbar*"), *integrals, *solved, name("n_w"), factor=_scale(phase, w))
    value = w(MOVED[phase])
    d.step(name("R"), eq(w(a_R**m.alpha), value * w(a_D**m.alpha)), "The Southern market gives", by=share)


def _scale(phase: m.Phase, w: World) -> sp.Expr:
    """Return what turns the clearing of the Southern market into the power of the relocation cutoff."""
    weight = -w((1 + m.Omega) / (1 - m.s_n) * a_D**m.alpha)
    return weight / (1 - w(m.phi)) if phase is m.Phase.XX else weight


def cutoffs(d: Derivation, w: World) -> None:
    """Add the steps ``B``, ``B_star``, ``a_X`` and ``X<D``."""
    name, t = w.name, 1 / (m.sigma - 1)
    own = eq(w(m.B), w(m.f * a_D ** (m.sigma - 1)))
    d.step(name("B"), own, "The domestic cutoff gives demand per firm,")
    away = eq(w(m.B_star), w(m.f * a_D ** (m.sigma - 1)))
    d.step(name("B_star"), away, "in both nations,")
    ratio = powers({name("cutoff_X"): -t, name("B_star"): t})
    d.step(name("a_X"), eq(w(a_X), w(m.phi**t * a_D)), "and the export cutoff is in proportion:", by=ratio)
    d.step(name("t>0"), gt(t, 0), "Since demand is elastic")
    d.step(name("ratio"), lt(w(m.phi**t), 1), "and trade is costly,")
    d.step(name("X<D"), lt(w(a_X), w(a_D)), "exporters are the more efficient firms:")


@cache
def _solved(phase: m.Phase, more: tuple[str, ...]) -> Derivation:
    d = Derivation(m.long_run(phase).context(*CORE, *LONG, *phase_holds(phase), *more))
    solve(d, phase, World())
    return d


def solved(phase: m.Phase, *more: str) -> Derivation:
    """Return a derivation that has solved the long run in one phase, with named further hypotheses."""
    return _solved(phase, more).fork()


def anywhere(phase: m.Phase, *more: str) -> Derivation:
    """Return a derivation from the whole domain, every equilibrium condition and the phase, to be refuted."""
    names = (*LONG, *phase_holds(phase), "s_n<1", *more)
    return Derivation(m.long_run(phase).whole_domain(*names))
