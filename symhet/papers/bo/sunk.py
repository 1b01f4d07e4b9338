"""Relocation before entry and exit with footholds sunk in each market: what becomes of (19), (20) and Result 3.

A mover sinks F in the North and goes on selling in the South, where its beachhead is sunk. Exporters, who have both
beachheads, move first; a D-type moves only if its gain covers another F. The process then stops at B > B*, and no
freeness of trade makes all firms leave.
"""

from __future__ import annotations

from functools import cache

import sympy as sp

from symhet.claims import Finding, Severity, Witness, proved, refuted
from symhet.derivation import Derivation, Step
from symhet.model.regime import Model, definition
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

A_R_BELOW_A_D_STEP = Step("a_R<a_D")
B_ABOVE_B_STAR_STEP = Step("B>B*")
LESS_STEP = Step("less")
WEIGHTS_STAR_STEP = Step("weights*")
WEIGHTS_STEP = Step("weights")


D, X, R = a_D**alpha, a_X**alpha, a_R**alpha
SETTLED = (*sr.INHERITED, "mbar", "mbar*", "B", "B*", "location", "export", "export*", "phase")


@cache
def sunk() -> Model:
    """Return the short run in which every Southern exporter has moved, and the D-types below a_R at a toll of F."""
    north = n * sr.moment(0, a_D) + n_star * sr.moment(0, a_R)
    south = phi * n * sr.moment(0, a_X) + phi * n_star * sr.moment(0, a_R) + n_star * sr.moment(a_R, a_D)
    definitions = {
        **sr.inherited(),
        "mbar": definition(mbar, north),
        "mbar*": definition(mbar_star, south),
        "B": definition(B, s_E / mbar),
        "B*": definition(B_star, (1 - s_E) / mbar_star),
    }
    conditions = {
        "location": eq(a_R ** (1 - sigma) * (B - (1 - phi) * B_star), f),
        "export": eq(phi * a_X ** (1 - sigma) * B_star, f),
        "export*": eq(phi * a_X_star ** (1 - sigma) * B, f),
    }
    moving = frozenset({a_D, n, n_star, n_w, s_n, mbar, mbar_star, B, B_star, a_X, a_X_star, a_R})
    facts = {"phase": le(a_X_star, a_R)}
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
    sr.integrate(d, ("sales D", 1 - sigma, 0, a_D, None), ("sales R", 1 - sigma, 0, a_R, None))
    whole = eq(mbar, (n * D + n_star * R) * rho / (alpha * a_D**rho))
    says = "The weights of the firms that sell in the North add up to"
    d.step(WEIGHTS_STEP, whole, says)
    spent = eq(B * (s_E * D + (1 - s_E) * R), s_E * f * a_D**rho)
    sold = d.step("sold", eq(B * mbar, s_E), "The Northern market clears,")
    counted = via.transported(sold, WEIGHTS_STEP, "n", "n*", "n_w", "s_n=s_E", factor=f * a_D**rho)
    spent_step = d.step("spent", spent, "that is,", by=counted)
    room = {"s_E<1": B * R / (s_E * a_D**rho)}
    crowded = via.combine(room, equations={spent_step: 1 / (s_E * a_D**rho)})
    says = "so that its marginal firm does not earn a beachhead:"
    crowded_step = d.step("crowded", lt(a_D ** (1 - sigma) * B, f), says, by=crowded)
    d.step(LESS_STEP, gt((1 - phi) * a_R ** (1 - sigma) * B_star, 0), "A mover earns less in the South,")
    says = "so that the marginal mover sells more than that"
    pays_step = d.step("pays", lt(f, a_R ** (1 - sigma) * B), says)
    either = d.step("either", via.fact("trichotomy", a_R, a_D), "Compare the two:")
    same = via.cut(
        (("equal", eq(a_R ** (1 - sigma) * B, a_D ** (1 - sigma) * B), via.identity("case")),),
        via.absurd(via.combine({pays_step: 1, crowded_step: 1}, equations={"equal": 1})),
    )
    power = via.lemma("pow_mono", a_D, a_R, sigma - 1)
    more = via.cut(
        (
            ("power", via.fact("pow_mono", a_D, a_R, sigma - 1), power),
            ("small", lt(a_R ** (1 - sigma), a_D ** (1 - sigma)), via.combine({"power": (a_D * a_R) ** (1 - sigma)})),
        ),
        via.absurd(via.combine({pays_step: 1, crowded_step: 1, "small": B})),
    )
    below = via.cases(either, via.by("case"), same, more)
    says = "It is a more efficient firm than the marginal one, which never moves:"
    d.step(A_R_BELOW_A_D_STEP, lt(a_R, a_D), says, by=below)
    a_R_at_most_a_D = d.step("a_R<=a_D", le(a_R, a_D), "Hence also")
    sr.integrate(d, ("sales X", 1 - sigma, 0, a_X, None), ("sales RD", 1 - sigma, a_R, a_D, via.by(a_R_at_most_a_D)))
    south = eq(mbar_star, (phi * n * X + phi * n_star * R + n_star * (D - R)) * rho / (alpha * a_D**rho))
    d.step(WEIGHTS_STAR_STEP, south, "In the South movers go on selling:")
    return d


def _unequal(d: Derivation) -> None:
    """Add the step ``B>B*``: once D-types have moved, demand per firm is still higher in the North."""
    power = via.fact("pow_mono", a_X_star, a_R, sigma - 1)
    small = lt(a_R ** (1 - sigma), a_X_star ** (1 - sigma))
    unit = a_R ** (sigma - 1)
    apart = via.combine({"small": phi * B * unit}, equations={"location": -unit, "export*": unit})
    proof = via.cut(
        (
            ("power", power, via.lemma("pow_mono", a_X_star, a_R, sigma - 1)),
            ("small", small, via.combine({"power": (a_X_star * a_R) ** (1 - sigma)})),
            ("apart", gt((1 - phi) * (B - B_star), 0), apart),
        ),
        via.product({"apart": 1, "phi<1": -1}),
    )
    says = "Where it pays a toll, its market is better:"
    d.step(B_ABOVE_B_STAR_STEP, Implies(lt(a_X_star, a_R), lt(B_star, B)), says, by=via.intro("moved", proof))


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
        via.split(via.identity(WEIGHTS_STEP, "n", "n*"), via.identity(WEIGHTS_STAR_STEP, "n", "n*")),
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
    goal = And((d.context.hypotheses[B_ABOVE_B_STAR_STEP], lt(a_R, a_D)))
    holding = proved(
        d,
        goal,
        via.split(via.by(B_ABOVE_B_STAR_STEP), via.by(A_R_BELOW_A_D_STEP)),
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
    holding = proved(stopped(), lt(a_R, a_D), via.by(A_R_BELOW_A_D_STEP), "Some firms stay South at every trade cost.")
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
    goal = And((lt(a_R, a_D), d.context.hypotheses[B_ABOVE_B_STAR_STEP]))
    says = "D-types move past the partitioning point, but never all."
    holding = proved(d, goal, via.split(via.by(A_R_BELOW_A_D_STEP), via.by(B_ABOVE_B_STAR_STEP)), says)
    printed = Implies(lt(1 - s_E, Omega * s_E), eq(a_R, a_D))
    reason = (
        "With footholds sunk in each market the order of moves is as Result 3 has it (bo.result2.sunk, bo.order.sunk), "
        "but not all firms leave. With portable footholds all may leave, but the order breaks down "
        "(bo.order.portable). No one convention supports Result 3 before entry and exit."
    )
    return refuted(_failing(), printed, WITNESS, reason, corrected=holding, severity=Severity.SUBSTANCE)
