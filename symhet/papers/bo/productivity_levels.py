"""Result 5 before entry and exit, phase DD: the South's average cost with relocation against none."""

from __future__ import annotations

from symhet.claims import Finding, proved
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.averages import C0, averages
from symhet.papers.bo.before_facts import STAY, without
from symhet.papers.bo.relocation_facts import SHORT, D, R, relocation
from symhet.papers.bo.shortrun import OPEN, demands
from symhet.papers.bo.shortrun_model import CORE, integrate, opening, relocated
from symhet.papers.bo.shortrun_pairs import beside
from symhet.papers.bo.sources import section
from symhet.propositions import Prop, eq, gt, lt
from symhet.provers.tactics import combine, cut, fact, identity, lemma, product

CUTOFF = STAY(m.a_X_star)
EXPORTS = m.phi * STAY(m.B) * CUTOFF**m.alpha
"""Exports of the South when trade opens, in units in which its home sales are ``STAY(B_star) * D``."""


def _opening() -> Context:
    start = opening().context(*CORE, *OPEN)
    return Context({**start.hypotheses, h.abar_star: eq(m.abar_star, without("S"))})


def _average_without(d: Derivation) -> None:
    """Add the step ``below``: without relocation the South's average is below that of its marginal firms."""
    demands(d, STAY)
    scarce = {h.phi_below_1: m.f * m.a_D**m.rho, h.s_E_below_1: m.phi * m.f * CUTOFF**m.rho / m.s_E}
    room = combine(scarce, equations={h.North_stay: m.phi})
    says = "A firm of the domestic cutoff would not earn a beachhead abroad,"
    inside = d.step(h.inside, lt(m.phi * STAY(m.B) * m.a_D**m.alpha, m.f * m.a_D**m.rho), says, by=room)
    unit = CUTOFF ** (m.sigma - 1) / m.f
    smaller = combine({inside: m.a_D**-m.alpha / m.f}, equations={h.export_star_stay: -unit})
    d.step(h.sales, lt(CUTOFF ** (m.sigma - 1), m.a_D ** (m.sigma - 1)), "so that", by=smaller)
    ends = (CUTOFF ** (m.sigma - 1), m.a_D ** (m.sigma - 1), 1 / (m.sigma - 1))
    root = cut(((h.root, fact("pow_mono", *ends), lemma("pow_mono", *ends)),), combine({h.root: 1}))
    d.step(h.a_X_star_below_a_D, lt(CUTOFF, m.a_D), "exporters are more efficient:", by=root)
    integrate(d, (h.cost_D, 2 - m.sigma, 0, m.a_D), (h.cost_X_star_stay, 2 - m.sigma, 0, CUTOFF))
    sold = STAY(m.B_star) * D
    mean = eq(STAY(m.abar_star), C0 * (sold * m.a_D + EXPORTS * CUTOFF) / (sold + EXPORTS))
    known = (h.abar_star_stay, h.sales_D, h.cost_D, h.exports_star_stay, h.cost_X_star_stay)
    average_stay = d.step(h.average_stay, mean, "Without relocation the average is", by=identity(*known))
    factors = {h.alpha_above_0: 1, h.one_plus_alpha_above_0: -1, h.a_X_star_below_a_D: 1}
    less = product(factors, average_stay, coefficient=EXPORTS / (sold + EXPORTS))
    d.step(h.below, lt(STAY(m.abar_star), C0 * m.a_D), "which is below that of autarky,", by=less)


@section("3.2.2", "Result 5").result(
    "bo.result5.small.DD.level-before",
    gt(m.abar_star, STAY(m.abar_star)),
    title="dampened gain in DD before entry and exit",
    printed=r"\bar a^*>\bar a^*_{\text{no relocation}}",
)
def small_dd_before(statement: Prop) -> Finding:
    """Prove that South's average cost is higher with relocation than at the opening without it, in phase DD."""
    moved = relocated(m.Phase.DD).context(*CORE, *SHORT[m.Phase.DD], h.a_R_below_a_D, h.abar_star)
    d = Derivation(beside(moved, _opening(), STAY, {}))
    relocation(d, m.Phase.DD)
    averages(d, m.Phase.DD, north=False)
    factors = {h.alpha_above_0: 1, h.one_plus_alpha_above_0: -1, h.a_R_below_a_D: 1, h.R_below_D: -1}
    more = product(factors, h.average_star, coefficient=R)
    says = "With relocation the South keeps its least efficient firms only, and its average is above that of autarky,"
    above = d.step(h.above, gt(m.abar_star, C0 * m.a_D), says, by=more)
    _average_without(d)
    says = "South's average cost is higher with relocation than without it:"
    return proved(d, statement, combine({above: 1, h.below: 1}), says)
