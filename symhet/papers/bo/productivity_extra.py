"""Result 5 before entry and exit, phase DD: relocation need not lower the large nation's average cost.

No point with rational numbers throughout is known at which it raises it: demand in the North before anyone moves would
have to be one of them. The claim implies an inequality without that demand, which is the root of one equation. Three
theorems settle the claim: that it implies the inequality, that the inequality fails at an exact economy, and that
Northern demand exists, and is unique, there as everywhere.
"""

from __future__ import annotations

import sympy as sp

from symhet.claims import Finding, Severity, Witness, refuted
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.averages import C0
from symhet.papers.bo.before_facts import STAY, without
from symhet.papers.bo.relocation_facts import SHORT, D
from symhet.papers.bo.shortrun import OPEN, demands
from symhet.papers.bo.shortrun_model import CORE, integrate, larger, opening, relocated
from symhet.papers.bo.shortrun_pairs import beside
from symhet.papers.bo.sources import section
from symhet.papers.bo.symbols import kept, toll
from symhet.papers.bo.welfare import with_theorem
from symhet.propositions import Implies, Prop, UniqueRoot, eq, gt, lt
from symhet.provers import tactics as via
from symhet.steps import Step
from symhet.theorems import Theorem

CUTOFF = STAY(m.a_X)
EXPORTS = m.phi * STAY(m.B_star) * CUTOFF**m.alpha
"""Exports of the North when trade opens, in units in which its home sales are ``STAY(B) * D``."""
ENOUGH = EXPORTS * (m.abar - C0 * CUTOFF) / (D * (C0 * m.a_D - m.abar))
"""What Northern demand has to exceed for its average cost without relocation to exceed that with relocation."""
SOUTHERN = (h.a_D, h.n_w, h.s_n_is_s_E, h.n, h.n_star, h.mbar_star, h.B_star, h.export)
BETWEEN: dict[Step, Prop] = {h.above: lt(C0 * CUTOFF, m.abar), h.below: lt(m.abar, C0 * m.a_D)}
"""The average with relocation lies between the averages of exporters and of all firms of autarky."""
ROOM = m.f * m.a_D**m.rho
WEIGHT = (1 - m.s_E) / m.s_E


def _spent(demand: sp.Expr) -> sp.Expr:
    """Return what the North buys at a demand per firm, at the cutoffs of the opening."""
    return demand * D + m.f * WEIGHT * (m.phi * demand / m.f) ** m.beta


CLAIM = lt(_spent(ENOUGH), ROOM)


def _implied() -> Theorem:
    """Return the theorem that relocation lowers the North's average only if demand exceeds `ENOUGH`."""
    moved = relocated(m.Phase.DD).context(*CORE, *SHORT[m.Phase.DD], h.abar)
    start = opening().context(*CORE, *OPEN)
    stayed = Context({**start.hypotheses, h.abar: eq(m.abar, without("N"))})
    d = Derivation(beside(moved, stayed, STAY, BETWEEN))
    demands(d, STAY)
    reach = eq(STAY(m.a_X_star) ** m.rho, (m.phi * STAY(m.B) / m.f) ** m.beta)
    d.step(h.reach_in(""), reach, "Southern exporters reach", by=via.powers({h.export_star_stay: -m.beta}))
    spent = eq(_spent(STAY(m.B)), ROOM)
    level = via.linear({h.North_stay: 1, h.reach_in(""): -m.f * WEIGHT})
    d.step(h.level, spent, "so that demand in the North solves", by=level)
    integrate(d, (h.cost_D, 2 - m.sigma, 0, m.a_D), (h.cost_X_stay, 2 - m.sigma, 0, CUTOFF))
    sold = STAY(m.B) * D
    mean = eq(STAY(m.abar), C0 * (sold * m.a_D + EXPORTS * CUTOFF) / (sold + EXPORTS))
    known = (h.abar_stay, h.sales_D, h.cost_D, h.exports_stay, h.cost_X_stay)
    d.step(h.average_stay, mean, "Without relocation the average is", by=via.identity(*known))
    factors = {h.above: 1, h.below: -1}
    relative = (m.abar - C0 * CUTOFF) / (C0 * m.a_D - m.abar)
    d.step(h.ratio, gt(relative, 0), "With relocation the average lies in between.", by=via.product(factors))
    d.step(h.enough, gt(ENOUGH, 0), "Write", by=via.product(factors, coefficient=EXPORTS / D))
    more = gt(sold * (C0 * m.a_D - m.abar) - EXPORTS * (m.abar - C0 * CUTOFF), 0)
    low, high = m.phi * ENOUGH / m.f, m.phi * STAY(m.B) / m.f
    steps = (
        (h.more, more, via.transported(h.premise, h.average_stay, factor=sold + EXPORTS)),
        (h.high, lt(ENOUGH, STAY(m.B)), via.product({h.more: 1, h.below: -1}, coefficient=1 / D)),
        (h.scaled, lt(low, high), via.combine({h.high: m.phi / m.f})),
        (h.raised, via.fact("pow_mono", low, high, m.beta), via.lemma("pow_mono", low, high, m.beta)),
        (
            h.rest,
            gt(m.f * WEIGHT * (high**m.beta - low**m.beta), 0),
            via.product({h.raised: 1, h.s_E_below_1: 1}, coefficient=m.f / m.s_E),
        ),
    )
    close = via.combine({h.high: D, h.rest: 1}, equations={h.level: 1})
    goal = Implies(lt(m.abar, STAY(m.abar)), CLAIM)
    return d.prove(goal, via.intro(h.premise, via.cut(steps, close)), "The claim implies an inequality in the cutoffs.")


def _exists() -> Theorem:
    """Return the theorem that demand in the North, before anyone moves, is the one root of its equation."""
    x = sp.Symbol("z", positive=True)
    names = (h.sigma_above_1, h.beta_above_1, h.phi_below_1, h.s_E_above_half, h.s_E_below_1)
    d = Derivation(opening().context(*names))
    t, top = m.phi * m.s_E, m.f * m.a_D ** (m.sigma - 1)
    d.step(h.t_below_1, lt(t, 1), "With")
    d.step(h.t_to_beta_below_t, lt(t**m.beta, t), "since")
    steps = (
        (
            h.rest,
            gt(ROOM * WEIGHT * (t - t**m.beta), 0),
            via.product({h.t_to_beta_below_t: 1, h.s_E_below_1: 1}, coefficient=ROOM / m.s_E),
        ),
        (
            h.room,
            gt(ROOM * (1 - m.s_E) * (1 - m.phi), 0),
            via.product({h.s_E_below_1: 1, h.phi_below_1: 1}, coefficient=ROOM),
        ),
    )
    above = via.cut(steps, via.combine({h.rest: 1, h.room: 1}))
    below = via.product({h.s_E_below_1: 1}, coefficient=m.f / m.s_E * (m.phi * top / m.f) ** m.beta)
    root = via.bracketed_root(x, m.s_E * top, top, slope=larger(via.auto()), above=above, below=below)
    return d.prove(UniqueRoot(ROOM - _spent(x), x), root, "Demand exists.")


def _point() -> Witness:
    """Return an economy at beta = 4/3, sigma = 4, a_D = f = 1 in which nearly all firms have moved."""
    y, u = sp.Rational(9, 11), sp.Rational(35, 44)
    phi = y**3 / (1 - y**4)
    odds = (phi - u**3) / (phi * u**4)
    size, moved, demand = odds / (1 + odds), phi * odds * y, y**3 / phi
    firms, before = sp.Rational(1, 4), u**3 / phi
    parts = ((size, 1), (1 - size, moved), (phi, y))
    average = sum(w * a**2 for w, a in parts) / (2 * sum(w * a for w, a in parts))
    return Witness(
        {
            m.sigma: 4, m.beta: sp.Rational(4, 3), m.phi: phi, m.s_E: size, m.s_n: size, m.f: 1, m.f_I: 3, m.a_D: 1,
            m.n_w: firms, m.n: size * firms, m.n_star: (1 - size) * firms, m.a_X: y, m.a_R: moved, m.B: demand,
            m.B_star: demand, m.mbar: size / demand, m.mbar_star: (1 - size) / demand, m.abar: average,
            toll: 0, kept: 0, STAY(m.a_X): u, STAY(m.B_star): before, STAY(m.mbar_star): (1 - size) / before,
        }
    )  # fmt: skip


@section("3.2.2", "Result 5").result(
    "bo.result5.large.DD.level-before",
    CLAIM,
    title="extra gain in DD before entry and exit",
    printed=r"\bar a<\bar a_{\text{no relocation}}",
)
def large_dd_before(statement: Prop) -> Finding:
    """Judge whether relocation lowers the North's average cost in phase DD before entry and exit."""
    model, start = relocated(m.Phase.DD), opening()
    moved = model.whole_domain(*SHORT[m.Phase.DD], h.a_R_below_a_D, h.abar)
    failing = Derivation(beside(moved, start.context(*SOUTHERN), STAY, BETWEEN))
    reason = (
        "Where nearly all firms have moved and beta is close to one, relocation can raise the North's average: the "
        "last firms to come are less efficient than it. At beta = 4/3, sigma = 4 and phi = 8019/8080 the average is "
        "0.06 percent higher with relocation than without. Northern demand before anyone moves is irrational there; it "
        "is the one root of its equation (proved). If relocation lowered the average, the left side of that equation "
        "would be too small at a certain number in the cutoffs (proved); in exact numbers it is too large."
    )
    found = refuted(failing, statement, _point(), reason, severity=Severity.SUBSTANCE, root="bo.result5.large.XX.trend")
    return with_theorem(with_theorem(found, _implied()), _exists())
