"""Result 5 for the small nation: average cost with relocation against none, and as trade gets freer."""

from __future__ import annotations

import sympy as sp

from symhet.algebra.total import total
from symhet.claims import Claim, Finding, Severity, Witness, proved, refuted
from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.averages import C0, averages, dd_average, p, settled
from symhet.papers.bo.comparison import STAY, beside, compare
from symhet.papers.bo.productivity_before_south import small_xx_before
from symhet.papers.bo.productivity_large import spread, two_worlds
from symhet.papers.bo.productivity_levels import small_dd_before
from symhet.papers.bo.productivity_points import FREER, economy, pair
from symhet.papers.bo.relocation_facts import SHARE, TOP, D, R, X, moved_share, ordered, relocation, short
from symhet.papers.bo.shortrun_model import shapes
from symhet.papers.bo.sources import section
from symhet.papers.bo.symbols import Z, d_, e_
from symhet.papers.bo.welfare import with_theorem
from symhet.propositions import Prop, eq, gt, le, lt, ne
from symhet.provers import tactics as via
from symhet.steps import Step

Q = sp.Rational


@section("3.2.2", "Result 5").result(
    "bo.result5.small.XX.after",
    gt(m.abar_star, STAY(m.abar_star)),
    title="dampened gain after entry and exit",
    printed=r"\bar a^*>\bar a^*_{\text{no relocation}}",
)
def _small_xx_after(goal: Prop) -> Finding:
    return _dampened(m.Phase.XX, goal, h.made_star, (1 + m.phi) * R)


def _dampened(phase: m.Phase, goal: Prop, less: Step, weight: sp.Expr | int) -> Finding:
    """Compare the South's average with what it is without relocation, from what its firms make or keep."""
    d = beside(phase, h.abar_star)
    compare(d, phase, north=False)
    spread(d, phase)
    factors = {h.alpha_above_0: 1, h.one_plus_alpha_above_0: -1, h.spread: 1, less: -1}
    loss = via.product(factors, h.average_star, h.average_stay, coefficient=weight / (D + m.phi * X))
    return proved(d, goal, loss, "South's average cost is higher with relocation than without it:")


@section("3.2.2", "Result 5").result(
    "bo.result5.small.DD.level",
    gt(m.abar_star, STAY(m.abar_star)),
    title="dampened gain in DD after entry and exit",
    printed=r"\bar a^*>\bar a^*_{\text{no relocation}}",
)
def _small_dd_level(goal: Prop) -> Finding:
    return _dampened(m.Phase.DD, goal, h.R_below_D, 1)


t = sp.Symbol("z", positive=True)
"""Share of sales that moved, (a_R/a_D)^alpha; 1/alpha; 1/rho; a running share."""

PUSH = Z / (1 - Z) - (1 + d_) * Z ** (1 + d_) / (1 - Z ** (1 + d_))
"""Elasticity of the South's average cost with respect to the share of sales that moved."""


def _moved_below_one(d: Derivation) -> None:
    """Add the steps ``Z<1`` and ``Z^c<1``, given ``R<D`` and Z = R/D (step ``is share``)."""
    d.step(h.Z_below_1, lt(Z, 1), "Some firms stay South:")
    d.step(h.Z_to_c_below_1, lt(Z ** (1 + d_), 1), "and so")


RISES = gt(total(m.abar_star, m.phi), 0)
"""The average cost of the South rises with freer trade."""


def _rises_before(goal: Prop) -> Finding:
    d = short(m.Phase.DD, h.a_R_below_a_D, h.abar_star, smooth=True)
    Z_step = d.define(h.Z, Z, (m.a_R / m.a_D) ** m.alpha, "The share of sales that moves is")
    d_step = d.define(h.d, d_, 1 / m.alpha, "Write")
    relocation(d, m.Phase.DD)
    ordered(d)
    moved_share(d, m.Phase.DD)
    averages(d, m.Phase.DD, north=False)
    d.step(h.is_share, eq(Z, R / D), "that is")
    _moved_below_one(d)
    value = p * SHARE / (1 - SHARE)
    d.step(h.share, eq(Z, value), "which grows with the share of exporters", by=via.identity(Z_step, h.moved_share))
    average = C0 * m.a_D * (1 - Z ** (1 + d_)) / (1 - Z)
    d.step(h.tidy, eq(m.abar_star, average), "The average is", by=via.identity(h.average_star, Z_step, d_step))
    spread_out = TOP + m.beta * m.phi * SHARE
    slopes = {
        d_: sp.S.Zero,
        m.a_D: sp.S.Zero,
        m.a_X: m.a_X * (1 - SHARE) / ((m.sigma - 1) * spread_out),
        Z: m.beta * Z / spread_out,
        m.abar_star: m.abar_star * PUSH * m.beta / spread_out,
    }
    equations = (h.d, h.a_D, h.cut, h.share, h.tidy)
    found = via.implicit(slopes, m.phi, equations, regular=shapes(via.auto()))
    slope_step = d.step(h.slope, eq(total(m.abar_star, m.phi), slopes[m.abar_star]), "Differentiating,", by=found)
    tangent = via.fact("bernoulli_above", 1 / Z, 1 + d_)
    premises = (via.auto(), via.by(h.apart), via.auto())
    d.step(
        h.apart,
        ne(1 / Z, 1),
        "Since the share differs from one",
        by=via.differ(via.product({h.Z_below_1: 1}, coefficient=1 / Z), above=True),
    )
    d.step(h.tangent, tangent, "by Bernoulli", by=via.lemma("bernoulli_above", 1 / Z, 1 + d_, premises=premises))
    weight = 1 / ((1 - Z) * (1 - Z ** (1 + d_)))
    d.step(h.weight, gt(weight, 0), "and", by=via.product({h.Z_below_1: -1, h.Z_to_c_below_1: -1}))
    push_step = d.step(h.push, gt(PUSH, 0), "the average rises with that share:")
    rising = via.product({push_step: 1}, slope_step, coefficient=m.abar_star * m.beta / spread_out)
    says = "South's average cost rises as trade gets freer, whatever rho:"
    return proved(d, goal, rising, says, "For every rho, however large or small.")


@section("3.2.2", "Result 5").result(
    "bo.result5.small.DD.before",
    lt(FREER(m.abar_star), m.abar_star),
    title="either sign before entry",
    printed=r"\frac{d\bar a^*}{d\phi}<0\text{ for small }\rho",
)
def _small_dd_before(statement: Prop) -> Finding:
    points = (economy(m.Phase.DD, Q(16, 25), x, Q(1, 2), False) for x in (Q(2, 3), Q(28, 33)))
    reason = "Before entry and exit the domestic cutoff stays: only the loss of efficient firms is left, for every rho."
    return refuted(
        two_worlds(m.Phase.DD, False),
        statement,
        Witness(pair(*points)),
        reason,
        corrected=_rises_before(RISES),
        severity=Severity.SUBSTANCE,
    )


def _rises_after(goal: Prop) -> Finding:
    d = settled(m.Phase.DD, h.a_R_at_most_a_D, h.a_R_below_a_D, h.abar_star, h.rho_at_least_1, smooth=True)
    Z_step = d.define(h.Z, Z, p * m.Omega, "The share of sales that moves is")
    d_step = d.define(h.d, d_, 1 / m.alpha, "Write")
    e = d.define(h.e, e_, 1 / m.rho, "and")
    dd_average(d)
    d.step(h.is_share, eq(Z, R / D), "that is")
    _moved_below_one(d)
    average = C0 * (m.kappa / (1 + m.Omega)) ** e_ * (1 - Z ** (1 + d_)) / (1 - Z)
    tidy = d.step(h.tidy, eq(m.abar_star, average), "The average is", by=via.identity(h.closed, Z_step, d_step, e))
    pull = e_ * m.Omega / (1 + m.Omega)
    slopes = {
        d_: sp.S.Zero,
        e_: sp.S.Zero,
        Z: m.beta * Z / m.phi,
        m.abar_star: m.abar_star * m.beta / m.phi * (PUSH - pull),
    }
    found = via.implicit(slopes, m.phi, (d_step, e, Z_step, tidy))
    slope_step = d.step(h.slope, eq(total(m.abar_star, m.phi), slopes[m.abar_star]), "Differentiating,", by=found)
    _bounds(d)
    order = d.step(h.order, via.fact("trichotomy", d_, 1), "Now d may be small or large:")
    net = via.cases(order, *(_net(d_case) for d_case in ("small", "one", "large")))
    net_step = d.step(h.net, gt(PUSH - pull, 0), "In each case the loss of firms outweighs selection:", by=net)
    rising = via.product({net_step: 1}, slope_step, coefficient=m.abar_star * m.beta / m.phi)
    says = "South's average cost rises as trade gets freer:"
    reason = "For every rho of at least one, which (5) supposes."
    return proved(d, goal, rising, says, reason)


@section("3.2.2", "Result 5").result(
    "bo.result5.small.DD.after",
    lt(FREER(m.abar_star), m.abar_star),
    title="either sign after entry",
    printed=r"\frac{d\bar a^*}{d\phi}<0\text{ for small }\rho",
)
def _small_dd_after(falls: Prop) -> Finding:
    points = (economy(m.Phase.DD, Q(3, 5), x, Q(1, 2), True) for x in (Q(104, 153), Q(3, 4)))
    reason = (
        "For every rho >= 1, which (5) supposes, freer trade lowers productivity in the South, however small rho is. "
        "The bound matters: with rho < 1 freer trade can raise it, as at s_E = 3/4, rho = 1/10, beta = 2 from "
        "phi = 12/35 to 5/12."
    )
    rises = lt(m.abar_star, FREER(m.abar_star))
    finding = refuted(
        two_worlds(m.Phase.DD, True),
        falls,
        Witness(pair(*points)),
        reason,
        corrected=_rises_after(RISES),
        severity=Severity.SUBSTANCE,
    )
    skewed = pair(*(economy(m.Phase.DD, Q(3, 4), x, Q(1, 20), True) for x in (Q(12, 35), Q(5, 12))))
    return with_theorem(finding, two_worlds(m.Phase.DD, True, but=(h.rho_at_least_1,)).refute(rises, skewed))


def _bounds(d: Derivation) -> None:
    """Add the steps ``Omega<Z`` and ``e<d``: trade matters less for selection than for relocation."""
    d.step(h.Omega_below_Z, lt(m.Omega, Z), "North is larger, hence")
    d.step(h.e_below_d, lt(e_, d_), "and")
    d.step(h.e_at_most_1, le(e_, 1), "while rho is at least one:")


def _net(case: str) -> via.Tactic:
    """Bound the elasticity from below by d Z/(1+Z) or Z/(1+Z), and selection from above by it."""
    power = Z**d_
    weight = Z / ((1 - Z**2) * (1 - Z * power))
    positive = (h.weight, gt(weight, 0), via.product({h.Z_below_1: -1, h.Z_to_c_below_1: -1}, coefficient=Z / (1 + Z)))
    raw = e_ / ((1 + Z) * (1 + m.Omega))
    if case == "large":
        exponent = (1 - d_) / 2
        premises = (
            via.auto(),
            via.differ(via.product({h.Z_below_1: 1}, coefficient=1 + Z)),
            via.combine({h.case: Q(1, 2)}),
        )
        tangent = via.lemma("bernoulli_negative", Z**2, exponent, premises=premises)
        steps = [positive, (h.concave, via.fact("bernoulli_negative", Z**2, exponent), tangent)]
        held = {h.concave: 1, h.weight: 1}
        lower = (h.lower, gt(PUSH, Z / (1 + Z)), via.product(held, coefficient=2 * power))
        rest = via.combine(
            {h.lower: 1, h.Omega_below_Z: 1 / ((1 + Z) * (1 + m.Omega)), h.e_at_most_1: m.Omega / (1 + m.Omega)}
        )
        return via.cut([*steps, lower], rest)
    if case == h.one:
        return via.combine({h.Omega_below_Z: raw, h.e_below_d: Z / (1 + Z)}, h.case, equations={h.case: Z / (1 + Z)})
    gap = (1 - d_) + (1 + d_) * t - t**d_ * ((1 + d_) + (1 - d_) * t)
    within = (via.auto(), via.differ(via.by(h.between_high)), via.combine({h.case: 1}), via.auto())
    tangent = via.lemma("bernoulli_below", t, 1 - d_, premises=within)
    shrink = via.product({h.tangent: 1}, coefficient=(1 + d_) * t ** (d_ - 1))
    slope = via.cut([(h.tangent, via.fact("bernoulli_below", t, 1 - d_), tangent)], shrink)
    convex = (h.convex, gt(gap.xreplace({t: Z}), 0), via.monotone(gap, t, 1, Z, rising=False, slope=slope))
    lower = (h.lower, gt(PUSH, d_ * Z / (1 + Z)), via.product({h.convex: 1, h.weight: 1}))
    return via.cut([positive, convex, lower], via.combine({h.lower: 1, h.e_below_d: Z / (1 + Z), h.Omega_below_Z: raw}))


LARGE = r"\text{if }\rho\text{ is large enough, freer trade lowers the small nation's productivity}"
CLAIMS: tuple[Claim, ...] = ()
SMALL = (
    _small_xx_after,
    small_xx_before,
    _small_dd_level,
    small_dd_before,
    _small_dd_before,
    _small_dd_after,
    section("3.2.2", "Result 5").stated(
        "result",
        "bo.result5.small.DD.large-before",
        RISES,
        _rises_before,
        title="large rho before entry",
        printed=LARGE,
    ),
    section("3.2.2", "Result 5").stated(
        "result", "bo.result5.small.DD.large-after", RISES, _rises_after, title="large rho after entry", printed=LARGE
    ),
)
PARTS = SMALL
