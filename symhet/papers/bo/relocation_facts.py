"""What relocation before entry and exit settles, by checked steps: masses, the relocation and the export cutoff."""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp

from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo import shortrun_model as sr
from symhet.papers.bo.facts import World
from symhet.propositions import eq, gt, le, lt
from symhet.provers.tactics import combine, linear, transported
from symhet.steps import Step

HERE = World()
"""The economy itself."""

D, X, R = m.a_D**m.alpha, m.a_X**m.alpha, m.a_R**m.alpha
"""Cutoffs in the units in which sales add up."""

WEIGHTS = (h.mbar, h.mbar_star, h.B, h.B_star)
SETTLED = (h.location, h.export, h.phase, h.a_R_at_most_a_D)
SHORT = {m.Phase.XX: (*sr.INHERITED, *WEIGHTS, *SETTLED), m.Phase.DD: (*sr.INHERITED, *WEIGHTS, *SETTLED, *sr.CARRIED)}
"""Hypotheses of the short run after relocation in each phase."""

TOP = (m.a_X / m.a_D) ** (m.sigma - 1)
SHARE = (m.a_X / m.a_D) ** m.rho
"""(a_X/a_D)^(sigma-1) and its power beta: the export cutoff in the units of sales, and the share of exporters."""

RATIO = {m.Phase.XX: m.phi * (2 * m.s_E - 1) / ((1 - m.phi) * (1 - m.s_E)), m.Phase.DD: m.phi * m.s_E / (1 - m.s_E)}
"""(a_R/a_X)^alpha in each phase at s_n = s_E."""


def short(phase: m.Phase, *more: Step, whole: bool = False, smooth: bool = False) -> Derivation:
    """Return an empty derivation from the short run after relocation; ``smooth`` if it is to be differentiated."""
    model = sr.relocated(phase)
    names = (*SHORT[phase], *more)
    return (sr.Smooth if smooth else Derivation)(
        model.whole_domain(*names) if whole else model.context(*sr.CORE, *names)
    )


def solved_masses(phase: m.Phase) -> tuple[sp.Expr, sp.Expr]:
    """Return m of North and South times alpha a_D^rho/rho, as linear terms in powers of the cutoffs."""
    if phase is m.Phase.XX:
        return m.n * D + m.n_star * (1 - m.phi) * R + m.phi * m.n_star * X, m.phi * m.n * X - m.n_star * (
            1 - m.phi
        ) * R + m.n_star * D
    return (m.n + m.n_star) * R + m.n * (D - R), m.phi * (m.n + m.n_star) * X + m.n_star * (D - R)


def masses(d: Derivation, phase: m.Phase) -> None:
    """Add the steps ``weights`` and ``weights*``: m of North and South in powers of the cutoffs."""
    sr.shape_facts(d)
    carried = bool(portable(d))
    power = 1 - m.sigma
    home = (h.sales_D, power, 0, m.a_D)
    moved = (h.sales_R, power, 0, m.a_R)
    exports = (h.sales_X, power, 0, m.a_X)
    stayers = (h.sales_RD, power, m.a_R, m.a_D)
    unit = m.rho / m.a_D**m.rho
    if phase is m.Phase.XX:
        sr.integrate(d, home, moved, exports, (h.sales_RX, power, m.a_R, m.a_X), stayers)
        north = {h.sales_D: m.n, h.sales_R: m.n_star, h.sales_RX: m.phi * m.n_star}
        south = {h.sales_X: m.phi * m.n, h.sales_R: m.phi * m.n_star, h.sales_RD: m.n_star}
    else:
        sr.integrate(d, moved, exports, stayers)
        north = {h.sales_R: m.n + m.n_star, h.sales_RD: m.n}
        south = {h.sales_X: m.phi * (m.n + m.n_star), h.sales_RD: m.n_star}
    for star, weight, parts, value in (
        ("", m.mbar, north, solved_masses(phase)[0]),
        ("*", m.mbar_star, south, solved_masses(phase)[1]),
    ):
        used = {h.mbar_in(star): sp.S.One, **{name: mass * unit for name, mass in parts.items()}}
        if carried and star:
            used[sr.CARRIED[1]] = m.phi * m.n_star * sr.moment(m.a_X, m.a_R)
        where = "South" if star else "North"
        says = f"The weights of the firms that sell in the {where} add up to"
        d.step(h.weights_in(star), eq(weight, value * unit / m.alpha), says, by=linear(used))


def balance(d: Derivation, phase: m.Phase) -> None:
    """Add the step ``balance``: equal demands divide the weights like expenditure."""
    masses(d, phase)
    north, south = solved_masses(phase)
    by_location = transported(equal_demand(d), h.B, h.B_star, factor=m.mbar * m.mbar_star)
    split = d.step(
        h.split, eq(m.s_E * m.mbar_star, (1 - m.s_E) * m.mbar), "Equal demand per firm means", by=by_location
    )
    goal = eq(m.s_E * south, (1 - m.s_E) * north)
    by_weights = transported(split, h.weights, h.weights_star, factor=m.alpha * m.a_D**m.rho / m.rho)
    balance_step = d.step(h.balance, goal, "that is,", by=by_weights)
    kinds = {m.n: m.s_n, m.n_star: 1 - m.s_n}
    goal = eq(m.s_E * south.xreplace(kinds), (1 - m.s_E) * north.xreplace(kinds))
    d.step(h.shares, goal, "or in shares", by=transported(balance_step, h.n, h.n_star, factor=1 / m.n_w))


def relocation(d: Derivation, phase: m.Phase) -> None:
    """Add the steps ``relocation`` and ``cut``: the relocation cutoff at s_n = s_E and the export cutoff."""
    balance(d, phase)
    scale = (1 - m.s_E) * (1 - m.phi) if phase is m.Phase.XX else 1 - m.s_E
    goal = eq(R, RATIO[phase] * X)
    says = "With the shares of autarky the cutoff of relocation is"
    d.step(h.relocation, goal, says, by=transported(h.shares, h.s_n_is_s_E, factor=-1 / scale))
    export_cutoff(d, (h.weights, h.weights_star, h.n, h.n_star, h.n_w))


def portable(d: Derivation) -> tuple[Step, ...]:
    """Return the names of the equations that say what a portable foothold does, where a derivation has them."""
    return tuple(name for name in sr.CARRIED if name in d.context.hypotheses)


def equal_demand(d: Derivation, w: World = HERE) -> Step:
    """Return the name of the equation that demands per firm are equal; with portable footholds it is a step."""
    if not portable(d):
        return w.name(h.location)
    equal = w.name(h.equal_demand)
    if equal not in d.context.hypotheses:
        same = transported(w.name(h.location), *portable(d), factor=w(m.a_R) ** (m.sigma - 1))
        d.step(equal, w.prop(eq(m.B, m.B_star)), "The marginal D-type is indifferent where", by=same)
    return equal


def export_cutoff(d: Derivation, counted: Sequence[Step], w: World = HERE) -> None:
    """Add the steps ``world``, ``demand``, ``exported`` and ``cut``: both markets together fix the export cutoff.

    ``counted`` names what writes the weights of both markets in powers of the cutoffs.
    """
    name = w.name
    terms = {name(h.B): w(m.mbar), name(h.B_star): w(m.mbar_star), equal_demand(d, w): w(m.mbar_star)}
    says = "Wherever firms produce, the two markets together take what all of them sell:"
    d.step(name(h.world), eq(w(m.B * (m.mbar + m.mbar_star)), 1), says, by=linear(terms))
    total = eq(w(m.B * (D + m.phi * X)), m.f * m.a_D**m.rho)
    by_counting = transported(name(h.world), *counted, factor=m.f * m.a_D**m.rho)
    d.step(name(h.demand), total, "which fixes demand per firm", by=by_counting)
    exported(d, w, m.B)
    cut(d, w, sp.S.One)


def exported(d: Derivation, w: World, demand: sp.Symbol) -> None:
    """Add the step ``exported``: demand per firm where firms export, from the export cutoff."""
    equation = eq(w(m.phi * demand), w(m.f * m.a_X ** (m.sigma - 1)))
    d.step(w.name(h.exported), equation, "with")


def cut(d: Derivation, w: World, weight: sp.Expr) -> None:
    """Add the step ``cut``: y + weight phi y^beta = phi in the export cutoff y, from ``demand`` and ``exported``."""
    goal = eq(w(TOP + weight * m.phi * SHARE), w(m.phi))
    scale = m.f * m.a_D**m.rho
    value = linear({w.name(h.demand): w(m.phi) / scale, w.name(h.exported): -w(D + weight * m.phi * X) / scale})
    d.step(w.name(h.cut), goal, "the export cutoff solves", by=value)


def ordered(d: Derivation) -> None:
    """Add, after `relocation`, the steps ``top<phi``, ``top<1`` and ``xi<1``: exporters are a part of the producers."""
    says = "The export cutoff lies below that of domestic sales, for"
    top_below_phi = d.step(h.top_below_phi, lt(TOP, m.phi), says, by=combine({}, equations={h.cut: 1}))
    d.step(h.top_below_1, lt(TOP, 1), "and so", by=combine({top_below_phi: 1, h.phi_below_1: 1}))
    d.step(h.xi_below_1, lt(m.a_X / m.a_D, 1), "which gives")
    d.step(h.a_X_below_a_D, lt(m.a_X, m.a_D), "or")
    d.step(h.a_X_at_most_a_D, le(m.a_X, m.a_D), "and also")


def moved_share(d: Derivation, phase: m.Phase) -> None:
    """Add, after `relocation`, the step ``moved share``: (a_R/a_D)^alpha in terms of the share of exporters."""
    value = RATIO[phase] * SHARE / (m.phi * (1 - SHARE))
    d.step(h.one_minus_Y, gt(1 - SHARE, 0), "Not all firms export:")
    goal = eq((m.a_R / m.a_D) ** m.alpha, value)
    ratio = eq((m.a_X / m.a_D) ** m.alpha, SHARE / (m.phi * (1 - SHARE)))
    X_D = d.step(h.X_over_D, ratio, "By the export cutoff")
    both = linear({h.relocation: 1 / D, X_D: RATIO[phase]})
    d.step(h.moved_share, goal, "so that the share of sales that moves is", by=both)


def last_phase() -> Derivation:
    """Return a derivation of DD in the short run, with the cutoff of relocation, orders and the share that moved."""
    d = short(m.Phase.DD)
    relocation(d, m.Phase.DD)
    ordered(d)
    moved_share(d, m.Phase.DD)
    return d
