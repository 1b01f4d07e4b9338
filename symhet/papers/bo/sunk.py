"""Relocation before entry and exit with footholds sunk in each market: what becomes of (19), (20) and Result 3.

A mover sinks F in the North and goes on selling in the South, where its beachhead is sunk. Exporters, who have both
beachheads, move first; a D-type moves only if its gain covers another F. The process then stops at B > B*, and no
freeness of trade makes all firms leave.
"""

from __future__ import annotations

from functools import cache

import sympy as sp

from symhet.claims import Finding, Severity, Witness, proved, refuted
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.model.regime import Model
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo import shortrun_model as sr
from symhet.papers.bo.facts import World, integrate
from symhet.papers.bo.relocation_facts import SHARE, TOP, exported
from symhet.papers.bo.shortrun_model import opening
from symhet.papers.bo.shortrun_pairs import MASSES, STAY, beside, compare, solve_unmoved
from symhet.propositions import And, Implies, Prop, eq, gt, le, lt
from symhet.provers import tactics as via

D, X, R = m.a_D**m.alpha, m.a_X**m.alpha, m.a_R**m.alpha
SETTLED = (*sr.INHERITED, h.mbar, h.mbar_star, h.B, h.B_star, h.location, h.export, h.export_star, h.phase)


@cache
def sunk() -> Model:
    """Return the short run in which every Southern exporter has moved, and the D-types below a_R at a toll of F."""
    north = m.n * sr.moment(0, m.a_D) + m.n_star * sr.moment(0, m.a_R)
    south = (
        m.phi * m.n * sr.moment(0, m.a_X) + m.phi * m.n_star * sr.moment(0, m.a_R) + m.n_star * sr.moment(m.a_R, m.a_D)
    )
    definitions = {**sr.inherited(), **sr.markets(north, south)}
    conditions = {
        h.location: eq(m.a_R ** (1 - m.sigma) * (m.B - (1 - m.phi) * m.B_star), m.f),
        h.export: eq(m.phi * m.a_X ** (1 - m.sigma) * m.B_star, m.f),
        h.export_star: eq(m.phi * m.a_X_star ** (1 - m.sigma) * m.B, m.f),
    }
    moving = frozenset(
        {m.a_D, m.n, m.n_star, m.n_w, m.s_n, m.mbar, m.mbar_star, m.B, m.B_star, m.a_X, m.a_X_star, m.a_R}
    )
    facts = {h.phase: le(m.a_X_star, m.a_R)}
    return Model("Baldwin-Okubo, short run, footholds sunk", m.domain(), definitions, conditions, moving, facts)


WITNESS = Witness(
    {
        m.sigma: 2, m.beta: 2, m.phi: sp.Rational(3, 4), m.s_E: sp.Rational(7, 9), m.s_n: sp.Rational(7, 9), m.f: 1,
        m.f_I: 1, m.a_D: 1, m.n_w: sp.Rational(1, 2), m.n: sp.Rational(7, 18), m.n_star: sp.Rational(1, 9),
        m.a_R: sp.Rational(7, 10), m.a_X: sp.Rational(2, 5), m.a_X_star: sp.Rational(5, 8), m.B: sp.Rational(5, 6),
        m.B_star: sp.Rational(8, 15), m.mbar: sp.Rational(14, 15), m.mbar_star: sp.Rational(5, 12),
    }
)  # fmt: skip
"""D-types have moved, at a freeness past the printed sustain point."""


def _failing() -> Derivation:
    return Derivation(sunk().whole_domain(*SETTLED))


def stopped(context: Context | None = None) -> Derivation:
    """Return a derivation, perhaps from a wider context, with the steps of `stop`."""
    d = Derivation(context or sunk().context(*sr.CORE, *SETTLED))
    stop(d, World())
    return d


def stop(d: Derivation, w: World) -> None:
    """Add the steps ``weights``, ``weights*``, ``spent`` (in the North) and ``a_R<a_D``: never do all firms move."""
    name, B, B_star, a_R = w.name, w(m.B), w(m.B_star), w(m.a_R)
    R_, X_, free = w(R), w(X), w(m.phi)
    power = 1 - m.sigma
    if h.alpha_above_0 not in d.context.hypotheses:
        sr.shape_facts(d)
    sr.integrate(d, (h.sales_D, power, 0, m.a_D), (name(h.sales_R), power, 0, a_R))
    whole = eq(w(m.mbar), (m.n * D + m.n_star * R_) * m.rho / (m.alpha * m.a_D**m.rho))
    says = "The weights of the firms that sell in the North add up to"
    d.step(name(h.weights), whole, says)
    spent = eq(B * (m.s_E * D + (1 - m.s_E) * R_), m.s_E * m.f * m.a_D**m.rho)
    sold = d.step(name(h.sold), eq(B * w(m.mbar), m.s_E), "The Northern market clears,")
    counted = via.transported(sold, name(h.weights), h.n, h.n_star, h.n_w, h.s_n_is_s_E, factor=m.f * m.a_D**m.rho)
    spent_step = d.step(name(h.spent), spent, "that is,", by=counted)
    room = {h.s_E_below_1: B * R_ / (m.s_E * m.a_D**m.rho)}
    crowded = via.combine(room, equations={spent_step: 1 / (m.s_E * m.a_D**m.rho)})
    says = "so that its marginal firm does not earn a beachhead:"
    crowded_step = d.step(name(h.crowded), lt(m.a_D**power * B, m.f), says, by=crowded)
    d.step(name(h.less), gt((1 - free) * a_R**power * B_star, 0), "A mover earns less in the South,")
    says = "so that the marginal mover sells more than that"
    pays_step = d.step(name(h.pays), lt(m.f, a_R**power * B), says)
    either = d.step(name(h.either), via.fact("trichotomy", a_R, m.a_D), "Compare the two:")
    same = via.cut(
        ((h.equal, eq(a_R**power * B, m.a_D**power * B), via.identity(h.case)),),
        via.absurd(via.combine({pays_step: 1, crowded_step: 1}, equations={h.equal: 1})),
    )
    more = via.cut(
        (
            (h.power, via.fact("pow_mono", m.a_D, a_R, -power), via.lemma("pow_mono", m.a_D, a_R, -power)),
            (h.small, lt(a_R**power, m.a_D**power), via.combine({h.power: (m.a_D * a_R) ** power})),
        ),
        via.absurd(via.combine({pays_step: 1, crowded_step: 1, h.small: B})),
    )
    below = via.cases(either, via.by(h.case), same, more)
    says = "It is a more efficient firm than the marginal one, which never moves:"
    d.step(name(h.a_R_below_a_D), lt(a_R, m.a_D), says, by=below)
    d.step(name(h.a_R_at_most_a_D), le(a_R, m.a_D), "Hence also")
    stayers = (name(h.sales_RD), power, a_R, m.a_D)
    sr.integrate(d, (name(h.sales_X), power, 0, w(m.a_X)), stayers)
    south = (free * m.n * X_ + free * m.n_star * R_ + m.n_star * (D - R_)) * m.rho / (m.alpha * m.a_D**m.rho)
    d.step(name(h.weights_star), eq(w(m.mbar_star), south), "In the South movers go on selling:")


def _unequal(d: Derivation) -> None:
    """Add the step ``B>B*``: once D-types have moved, demand per firm is still higher in the North."""
    power = via.fact("pow_mono", m.a_X_star, m.a_R, m.sigma - 1)
    small = lt(m.a_R ** (1 - m.sigma), m.a_X_star ** (1 - m.sigma))
    unit = m.a_R ** (m.sigma - 1)
    apart = via.combine({h.small: m.phi * m.B * unit}, equations={h.location: -unit, h.export_star: unit})
    proof = via.cut(
        (
            (h.power, power, via.lemma("pow_mono", m.a_X_star, m.a_R, m.sigma - 1)),
            (h.small, small, via.combine({h.power: (m.a_X_star * m.a_R) ** (1 - m.sigma)})),
            (h.apart, gt((1 - m.phi) * (m.B - m.B_star), 0), apart),
        ),
        via.product({h.apart: 1, h.phi_below_1: -1}),
    )
    says = "Where it pays a toll, its market is better:"
    d.step(h.B_above_B_star, Implies(lt(m.a_X_star, m.a_R), lt(m.B_star, m.B)), says, by=via.intro(h.moved, proof))


@cache
def _beside_staying() -> Derivation:
    start = opening()
    told = start.context(*start.definitions, *start.conditions)
    d = stopped(beside(sunk().context(*sr.CORE, *SETTLED), told, STAY, {}))
    moved, south = (m.a_R / m.a_D) ** m.alpha, 1 - m.s_E
    integrate(d, m.a_D)
    solve_unmoved(d)
    exported(d, World(), m.B_star)
    sold = eq(m.B_star * m.mbar_star, south)
    sold_South = d.step(h.sold_South, sold, "The Southern market clears with moves,")
    counted = via.transported(sold_South, h.weights_star, *MASSES, factor=m.f * m.a_D**m.rho)
    stay = D - (1 - m.phi) * R
    spent = eq(m.B_star * (m.s_E * m.phi * X + south * stay), south * m.f * m.a_D**m.rho)
    d.step(h.spent_South, spent, "that is,", by=counted)
    size, scale = m.s_E / south, m.f * m.a_D**m.rho
    room = TOP * (1 - m.phi) * moved
    goal = eq(TOP - room + size * m.phi * SHARE, m.phi)
    terms = {h.spent_South: m.phi / (scale * south), h.exported: -(stay + size * m.phi * X) / scale}
    d.step(h.cut, goal, "so that the export cutoff solves", by=via.linear(terms))
    room_step = d.step(h.room, gt(room, 0), "Movers leave room:")
    weights = {h.cut: sp.S.NegativeOne, h.cut_0: sp.S.One}
    high = size * m.phi
    equal = via.combine({room_step: 1}, equations={**weights, h.side: -1, h.high: high})
    lift = (
        h.lift,
        gt(high * (STAY(SHARE) - SHARE), 0),
        via.product({h.high: 1, h.s_E_below_1: -1}, coefficient=m.s_E * m.phi),
    )
    above = via.cut((lift,), via.combine({room_step: 1, h.side: 1, h.lift: 1}, equations=weights))
    compare(d, STAY, World(), equal, above)
    return d


def sunk_against_staying() -> Derivation:
    """Return the short run with footholds sunk beside the opening of trade, with the steps ``top`` and ``share``."""
    return _beside_staying().fork()


UNIT = m.n_w / ((1 - 1 / m.beta) * m.a_D**m.rho)
WEIGHTS_STAR = eq(m.mbar_star, (m.phi * X + (1 - m.s_n) * (D - R)) * UNIT)
"""What (19) says of the South."""
CUTOFF = eq(m.a_R, (m.phi * m.s_E / (1 - m.s_E)) ** (1 / m.alpha) * m.a_X)
"""What (20) says."""
ALL_GONE = Implies(lt(1 - m.s_E, m.Omega * m.s_E), eq(m.a_R, m.a_D))
"""Past the printed sustain point all firms have moved."""


def weights_sunk(printed: Prop) -> Finding:
    """Judge (19) with footholds sunk: movers still sell in the South."""
    d = stopped()
    goal = And(
        (
            eq(m.mbar, (R + m.s_n * (D - R)) * UNIT),
            eq(m.mbar_star, (m.phi * m.s_n * X + m.phi * (1 - m.s_n) * R + (1 - m.s_n) * (D - R)) * UNIT),
        )
    )
    holding = proved(
        d,
        goal,
        via.split(via.identity(h.weights, h.n, h.n_star), via.identity(h.weights_star, h.n, h.n_star)),
        "The weights are",
    )
    reason = "A mover keeps its Southern beachhead and sells there from the North, which (19) leaves out of m*."
    return refuted(
        _failing(), printed, WITNESS, reason, corrected=holding, severity=Severity.READING, root="bo.eq14.sunk"
    )


def cutoff_sunk(printed: Prop) -> Finding:
    """Judge (20) with footholds sunk: the process stops before demands per firm are equal."""
    d = stopped()
    _unequal(d)
    goal = And((d.context.hypotheses[h.B_above_B_star], lt(m.a_R, m.a_D)))
    holding = proved(
        d,
        goal,
        via.split(via.by(h.B_above_B_star), via.by(h.a_R_below_a_D)),
        "Relocation stops while the North is still better.",
    )
    reason = (
        "(20) equates demands per firm. With a toll of F the marginal mover's condition is "
        "a_R^(1-sigma) (B - (1-phi) B*) = f, which leaves B above B*."
    )
    return refuted(
        _failing(), printed, WITNESS, reason, corrected=holding, severity=Severity.READING, root="bo.eq14.sunk"
    )


def sustain_sunk(printed: Prop) -> Finding:
    """Judge the sustain point with footholds sunk: there is none."""
    holding = proved(stopped(), lt(m.a_R, m.a_D), via.by(h.a_R_below_a_D), "Some firms stay South at every trade cost.")
    reason = (
        "The least efficient firm of autarky just covers one beachhead; with competition from movers and exporters it "
        "could not pay for a second, however free trade is. At s_E = 7/9, beta = 2 the printed sustain point is below "
        "3/4, yet at phi = 3/4 the Southern firms above a_R = 7/10 have not moved."
    )
    return refuted(
        _failing(), printed, WITNESS, reason, corrected=holding, severity=Severity.READING, root="bo.eq14.sunk"
    )


def phases_sunk(printed: Prop) -> Finding:
    """Judge Result 3 before entry and exit with footholds sunk."""
    d = stopped()
    _unequal(d)
    goal = And((lt(m.a_R, m.a_D), d.context.hypotheses[h.B_above_B_star]))
    says = "D-types move past the partitioning point, but never all."
    holding = proved(d, goal, via.split(via.by(h.a_R_below_a_D), via.by(h.B_above_B_star)), says)
    reason = (
        "With footholds sunk in each market the order of moves is as Result 3 has it (bo.result2.sunk, bo.order.sunk), "
        "but not all firms leave. With portable footholds all may leave, but the order breaks down "
        "(bo.order.portable). No one convention supports Result 3 before entry and exit."
    )
    return refuted(_failing(), printed, WITNESS, reason, corrected=holding, severity=Severity.SUBSTANCE)
