"""Result 5 before entry and exit, phase DD: the South's average cost with relocation against none."""

from __future__ import annotations

from symhet.claims import Finding, opened, proved
from symhet.derivation import Derivation
from symhet.papers.bo.averages import C0, averages
from symhet.papers.bo.before_facts import STAY, without
from symhet.papers.bo.model import B, B_star, a_D, a_X_star, abar, abar_star, alpha, f, phi, rho, s_E, sigma
from symhet.papers.bo.relocation_facts import SHORT, D, R, relocation
from symhet.papers.bo.shortrun import OPEN, demands
from symhet.papers.bo.shortrun_model import CORE, integrate, opening, relocated
from symhet.papers.bo.shortrun_pairs import beside
from symhet.propositions import eq, gt, lt
from symhet.provers.tactics import combine, cut, fact, identity, lemma, product
from symhet.rules.base import Context

CUTOFF = STAY(a_X_star)
EXPORTS = phi * STAY(B) * CUTOFF**alpha
"""Exports of the South when trade opens, in units in which its home sales are ``STAY(B_star) * D``."""


def _opening() -> Context:
    start = opening().context(*CORE, *OPEN)
    return Context({**start.hypotheses, "abar*": eq(abar_star, without("S"))})


def _average_without(d: Derivation) -> None:
    """Add the step ``below``: without relocation the South's average is below that of its marginal firms."""
    demands(d, STAY)
    scarce = {"phi<1": f * a_D**rho, "s_E<1": phi * f * CUTOFF**rho / s_E}
    room = combine(scarce, equations={"North stay": phi})
    says = "A firm of the domestic cutoff would not earn a beachhead abroad,"
    d.step("inside", lt(phi * STAY(B) * a_D**alpha, f * a_D**rho), room, says, kind="bound")
    unit = CUTOFF ** (sigma - 1) / f
    smaller = combine({"inside": a_D**-alpha / f}, equations={"export* stay": -unit})
    d.step("sales", lt(CUTOFF ** (sigma - 1), a_D ** (sigma - 1)), smaller, "so that", kind="bound")
    ends = (CUTOFF ** (sigma - 1), a_D ** (sigma - 1), 1 / (sigma - 1))
    root = cut((("root", fact("pow_mono", *ends), lemma("pow_mono", *ends)),), combine({"root": 1}))
    d.step("a_X*<a_D", lt(CUTOFF, a_D), root, "exporters are more efficient:", kind="bound")
    integrate(d, ("cost D", 2 - sigma, 0, a_D, None), ("cost X* stay", 2 - sigma, 0, CUTOFF, None))
    sold = STAY(B_star) * D
    mean = eq(STAY(abar_star), C0 * (sold * a_D + EXPORTS * CUTOFF) / (sold + EXPORTS))
    known = ("abar* stay", "sales D", "cost D", "exports* stay", "cost X* stay")
    d.step("average stay", mean, identity(*known), "Without relocation the average is", kind="integrate")
    factors = {"alpha>0": 1, "1+alpha>0": -1, "a_X*<a_D": 1}
    less = product(factors, "average stay", coefficient=EXPORTS / (sold + EXPORTS))
    d.step("below", lt(STAY(abar_star), C0 * a_D), less, "which is below that of autarky,", kind="bound")


def small_dd_before() -> Finding:
    """Prove that South's average cost is higher with relocation than at the opening without it, in phase DD."""
    moved = relocated("DD").context(*CORE, *SHORT["DD"], "a_R<a_D", "abar*")
    d = Derivation(beside(moved, _opening(), STAY, {}))
    relocation(d, "DD")
    averages(d, "DD", north=False)
    factors = {"alpha>0": 1, "1+alpha>0": -1, "a_R<a_D": 1, "R<D": -1}
    more = product(factors, "average*", coefficient=R)
    says = "With relocation the South keeps its least efficient firms only, and its average is above that of autarky,"
    d.step("above", gt(abar_star, C0 * a_D), more, says, kind="bound")
    _average_without(d)
    says = "South's average cost is higher with relocation than without it:"
    return proved(d, gt(abar_star, STAY(abar_star)), combine({"above": 1, "below": 1}), says)


TRIED = 8000


def large_dd_before() -> Finding:
    """Say what is known of the North's average cost with relocation, against none, in phase DD before entry."""
    reason = (
        "No exact counterexample is known. In floating point relocation lowers the North's average nearly everywhere, "
        "but not where nearly all firms have moved and beta is close to one: at beta = 6/5, sigma = 29/5, s_E = 0.535, "
        "phi = 0.987 it is 0.07 percent higher with relocation than without. The "
        "last firms to come are less efficient than its average."
    )
    return opened(lt(abar, STAY(abar)), reason, TRIED)
