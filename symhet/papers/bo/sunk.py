"""Relocation before entry and exit with footholds sunk in each market: what becomes of (19), (20) and Result 3.

A mover sinks F in the North and goes on selling in the South, where its beachhead is sunk. Exporters, who have both
beachheads, move first; a D-type moves only if its gain covers another F. The process then stops at B > B*, and no
freeness of trade makes all firms leave.
"""

from __future__ import annotations

from functools import cache

import sympy as sp

from symhet.claims import Finding, Severity, Witness, proved, refuted
from symhet.derivation import Derivation
from symhet.model.regime import Model, definition
from symhet.papers.bo import named as h
from symhet.papers.bo import shortrun_model as sr
from symhet.papers.bo.model import (
    B,
    B_star,
    Omega,
    a_D,
    a_R,
    a_X,
    a_X_star,
    alpha,
    beta,
    domain,
    f,
    f_I,
    mbar,
    mbar_star,
    n,
    n_star,
    n_w,
    phi,
    rho,
    s_E,
    s_n,
    sigma,
)
from symhet.propositions import And, Implies, eq, gt, le, lt
from symhet.provers import tactics as via
from symhet.rules.base import Context

D, X, R = a_D**alpha, a_X**alpha, a_R**alpha
SETTLED = (*sr.INHERITED, h.mbar, h.mbar_star, h.B, h.B_star, h.location, h.export, h.export_star, h.phase)


@cache
def sunk() -> Model:
    """Return the short run in which every Southern exporter has moved, and the D-types below a_R at a toll of F."""
    north = n * sr.moment(0, a_D) + n_star * sr.moment(0, a_R)
    south = phi * n * sr.moment(0, a_X) + phi * n_star * sr.moment(0, a_R) + n_star * sr.moment(a_R, a_D)
    definitions = {
        **sr.inherited(),
        h.mbar: definition(mbar, north),
        h.mbar_star: definition(mbar_star, south),
        h.B: definition(B, s_E / mbar),
        h.B_star: definition(B_star, (1 - s_E) / mbar_star),
    }
    conditions = {
        h.location: eq(a_R ** (1 - sigma) * (B - (1 - phi) * B_star), f),
        h.export: eq(phi * a_X ** (1 - sigma) * B_star, f),
        h.export_star: eq(phi * a_X_star ** (1 - sigma) * B, f),
    }
    moving = frozenset({a_D, n, n_star, n_w, s_n, mbar, mbar_star, B, B_star, a_X, a_X_star, a_R})
    facts = {h.phase: le(a_X_star, a_R)}
    return Model("Baldwin-Okubo, short run, footholds sunk", domain(), definitions, conditions, moving, facts)


WITNESS = Witness(
    {
        sigma: 2, beta: 2, phi: sp.Rational(3, 4), s_E: sp.Rational(7, 9), s_n: sp.Rational(7, 9), f: 1, f_I: 1,
        a_D: 1, n_w: sp.Rational(1, 2), n: sp.Rational(7, 18), n_star: sp.Rational(1, 9), a_R: sp.Rational(7, 10),
        a_X: sp.Rational(2, 5), a_X_star: sp.Rational(5, 8), B: sp.Rational(5, 6), B_star: sp.Rational(8, 15),
        mbar: sp.Rational(14, 15), mbar_star: sp.Rational(5, 12),
    }
)  # fmt: skip
"""D-types have moved, at a freeness past the printed sustain point."""


def _failing() -> Derivation:
    return Derivation(sunk().whole_domain(*SETTLED))


def stopped(context: Context | None = None) -> Derivation:
    """Return a derivation, perhaps from a wider context, with the steps ``weights``, ``weights*`` and ``a_R<a_D``."""
    d = Derivation(context or sunk().context(*sr.CORE, *SETTLED))
    sr.shape_facts(d)
    sr.integrate(d, (h.sales_D, 1 - sigma, 0, a_D, None), (h.sales_R, 1 - sigma, 0, a_R, None))
    whole = eq(mbar, (n * D + n_star * R) * rho / (alpha * a_D**rho))
    says = "The weights of the firms that sell in the North add up to"
    d.step(h.weights, whole, says)
    spent = eq(B * (s_E * D + (1 - s_E) * R), s_E * f * a_D**rho)
    sold = d.step(h.sold, eq(B * mbar, s_E), "The Northern market clears,")
    counted = via.transported(sold, h.weights, h.n, h.n_star, h.n_w, h.s_n_is_s_E, factor=f * a_D**rho)
    spent_step = d.step(h.spent, spent, "that is,", by=counted)
    room = {h.s_E_below_1: B * R / (s_E * a_D**rho)}
    crowded = via.combine(room, equations={spent_step: 1 / (s_E * a_D**rho)})
    says = "so that its marginal firm does not earn a beachhead:"
    crowded_step = d.step(h.crowded, lt(a_D ** (1 - sigma) * B, f), says, by=crowded)
    d.step(h.less, gt((1 - phi) * a_R ** (1 - sigma) * B_star, 0), "A mover earns less in the South,")
    says = "so that the marginal mover sells more than that"
    pays_step = d.step(h.pays, lt(f, a_R ** (1 - sigma) * B), says)
    either = d.step(h.either, via.fact("trichotomy", a_R, a_D), "Compare the two:")
    same = via.cut(
        ((h.equal, eq(a_R ** (1 - sigma) * B, a_D ** (1 - sigma) * B), via.identity(h.case)),),
        via.absurd(via.combine({pays_step: 1, crowded_step: 1}, equations={h.equal: 1})),
    )
    power = via.lemma("pow_mono", a_D, a_R, sigma - 1)
    more = via.cut(
        (
            (h.power, via.fact("pow_mono", a_D, a_R, sigma - 1), power),
            (h.small, lt(a_R ** (1 - sigma), a_D ** (1 - sigma)), via.combine({h.power: (a_D * a_R) ** (1 - sigma)})),
        ),
        via.absurd(via.combine({pays_step: 1, crowded_step: 1, h.small: B})),
    )
    below = via.cases(either, via.by(h.case), same, more)
    says = "It is a more efficient firm than the marginal one, which never moves:"
    d.step(h.a_R_below_a_D, lt(a_R, a_D), says, by=below)
    a_R_at_most_a_D = d.step(h.a_R_at_most_a_D, le(a_R, a_D), "Hence also")
    sr.integrate(d, (h.sales_X, 1 - sigma, 0, a_X, None), (h.sales_RD, 1 - sigma, a_R, a_D, via.by(a_R_at_most_a_D)))
    south = eq(mbar_star, (phi * n * X + phi * n_star * R + n_star * (D - R)) * rho / (alpha * a_D**rho))
    d.step(h.weights_star, south, "In the South movers go on selling:")
    return d


def _unequal(d: Derivation) -> None:
    """Add the step ``B>B*``: once D-types have moved, demand per firm is still higher in the North."""
    power = via.fact("pow_mono", a_X_star, a_R, sigma - 1)
    small = lt(a_R ** (1 - sigma), a_X_star ** (1 - sigma))
    unit = a_R ** (sigma - 1)
    apart = via.combine({h.small: phi * B * unit}, equations={h.location: -unit, h.export_star: unit})
    proof = via.cut(
        (
            (h.power, power, via.lemma("pow_mono", a_X_star, a_R, sigma - 1)),
            (h.small, small, via.combine({h.power: (a_X_star * a_R) ** (1 - sigma)})),
            (h.apart, gt((1 - phi) * (B - B_star), 0), apart),
        ),
        via.product({h.apart: 1, h.phi_below_1: -1}),
    )
    says = "Where it pays a toll, its market is better:"
    d.step(h.B_above_B_star, Implies(lt(a_X_star, a_R), lt(B_star, B)), says, by=via.intro(h.moved, proof))


def weights_sunk() -> Finding:
    """Judge (19) with footholds sunk: movers still sell in the South."""
    d = stopped()
    unit = n_w / ((1 - 1 / beta) * a_D**rho)
    goal = And(
        (
            eq(mbar, (R + s_n * (D - R)) * unit),
            eq(mbar_star, (phi * s_n * X + phi * (1 - s_n) * R + (1 - s_n) * (D - R)) * unit),
        )
    )
    holding = proved(
        d,
        goal,
        via.split(via.identity(h.weights, h.n, h.n_star), via.identity(h.weights_star, h.n, h.n_star)),
        "The weights are",
    )
    printed = eq(mbar_star, (phi * X + (1 - s_n) * (D - R)) * unit)
    reason = "A mover keeps its Southern beachhead and sells there from the North, which (19) leaves out of m*."
    return refuted(
        _failing(), printed, WITNESS, reason, corrected=holding, severity=Severity.READING, root="bo.eq14.sunk"
    )


def cutoff_sunk() -> Finding:
    """Judge (20) with footholds sunk: the process stops before demands per firm are equal."""
    d = stopped()
    _unequal(d)
    goal = And((d.context.hypotheses[h.B_above_B_star], lt(a_R, a_D)))
    holding = proved(
        d,
        goal,
        via.split(via.by(h.B_above_B_star), via.by(h.a_R_below_a_D)),
        "Relocation stops while the North is still better.",
    )
    printed = eq(a_R, (phi * s_E / (1 - s_E)) ** (1 / alpha) * a_X)
    reason = (
        "(20) equates demands per firm. With a toll of F the marginal mover's condition is "
        "a_R^(1-sigma) (B - (1-phi) B*) = f, which leaves B above B*."
    )
    return refuted(
        _failing(), printed, WITNESS, reason, corrected=holding, severity=Severity.READING, root="bo.eq14.sunk"
    )


def sustain_sunk() -> Finding:
    """Judge the sustain point with footholds sunk: there is none."""
    holding = proved(stopped(), lt(a_R, a_D), via.by(h.a_R_below_a_D), "Some firms stay South at every trade cost.")
    printed = Implies(lt(1 - s_E, Omega * s_E), eq(a_R, a_D))
    reason = (
        "The least efficient firm of autarky just covers one beachhead; with competition from movers and exporters it "
        "could not pay for a second, however free trade is. At s_E = 7/9, beta = 2 the printed sustain point is below "
        "3/4, yet at phi = 3/4 the Southern firms above a_R = 7/10 have not moved."
    )
    return refuted(
        _failing(), printed, WITNESS, reason, corrected=holding, severity=Severity.READING, root="bo.eq14.sunk"
    )


def phases_sunk() -> Finding:
    """Judge Result 3 before entry and exit with footholds sunk."""
    d = stopped()
    _unequal(d)
    goal = And((lt(a_R, a_D), d.context.hypotheses[h.B_above_B_star]))
    says = "D-types move past the partitioning point, but never all."
    holding = proved(d, goal, via.split(via.by(h.a_R_below_a_D), via.by(h.B_above_B_star)), says)
    printed = Implies(lt(1 - s_E, Omega * s_E), eq(a_R, a_D))
    reason = (
        "With footholds sunk in each market the order of moves is as Result 3 has it (bo.result2.sunk, bo.order.sunk), "
        "but not all firms leave. With portable footholds all may leave, but the order breaks down "
        "(bo.order.portable). No one convention supports Result 3 before entry and exit."
    )
    return refuted(_failing(), printed, WITNESS, reason, corrected=holding, severity=Severity.SUBSTANCE)
