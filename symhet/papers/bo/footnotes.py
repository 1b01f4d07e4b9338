"""Footnotes 4, 9 and 16, the factors of (23), figures 2 and 5, and the regularity condition as printed for rho."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import sympy as sp

from symhet.algebra.calculus import derivative
from symhet.claims import Claim, Finding, Severity, Witness, ambiguous, proved, refuted
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.agglomeration import phi_S_after
from symhet.papers.bo.averages import z
from symhet.papers.bo.effects import phi_2
from symhet.papers.bo.facts import integrate, integrate_between, share_of_costs
from symhet.papers.bo.longrun import AUTARKIC
from symhet.papers.bo.productivity_large import two_worlds
from symhet.papers.bo.productivity_points import FREER, economy, pair
from symhet.papers.bo.sources import section
from symhet.papers.bo.symbols import p as size
from symhet.papers.bo.weights import weight_D
from symhet.papers.bo.welfare import with_theorem
from symhet.propositions import And, Iff, Implies, Prop, eq, gt, le, lt
from symhet.provers import tactics as via
from symhet.steps import Step

Q = sp.Rational
f_X = sp.Symbol("f_X", positive=True)
x, c = sp.symbols("z c", positive=True)
PARAMETERS = (h.sigma_above_1, h.beta_above_1, h.phi_below_1, h.s_E_above_half, h.s_E_below_1)


def _parameters(*names: Step, more: Mapping[Step, Prop] = MappingProxyType({})) -> Derivation:
    return Derivation(Context({**m.trade().context(*names).hypotheses, **more}))


# --- footnote 4 -----------------------------------------------------------------------------------------------------


@section("2", "footnote 4").claim(
    "bo.fn4",
    Iff(eq(m.a_R, m.a_D), eq(m.phi, phi_S_after)),
    title="different beachhead costs at home and abroad",
    printed=r"F_D\ne F_X\text{ plays no role}",
)
def _two_beachheads(printed: Prop) -> Finding:
    model = m.long_run(m.Phase.DD)
    names = (h.mbar, h.mbar_star, h.demand, h.demand_star, h.location, h.cutoff_D, h.X_at_most_R, h.R_at_most_D)
    abroad = {h.cutoff_X: eq(m.phi * m.a_X ** (1 - m.sigma) * m.B_star, f_X), AUTARKIC[0]: AUTARKIC[1]}
    core = (h.sigma_above_1, h.beta_above_1, h.phi_below_1, h.s_E_above_half, h.s_E_below_1)
    d = Derivation(Context({**model.context(*core, *names).hypotheses, **abroad}))
    for cutoff in (m.a_D, m.a_X, m.a_R):
        integrate(d, cutoff)
    integrate_between(d, m.a_R, m.a_D)
    for star, demand, weight, spent in (("", m.B, m.mbar, m.s_E), ("*", m.B_star, m.mbar_star, 1 - m.s_E)):
        form = eq(demand, spent / weight)
        d.step(h.B_form_in(star), form, "Demand per firm is")
    even = eq(m.s_E * m.mbar_star, (1 - m.s_E) * m.mbar)
    d.step(h.even, even, "Equal demand per firm means")
    X, R = m.a_X**m.alpha, m.a_R**m.alpha
    moved = eq((1 - m.s_E) * R, m.s_E * m.phi * X)
    d.step(h.moved, moved, "that is,")
    t = 1 / (m.sigma - 1)
    same = eq(m.a_X, (m.phi * m.f / f_X) ** t * m.a_D)
    d.step(h.ratio, same, "The cutoffs stand in the ratio")
    role = m.s_E * m.Omega / (1 - m.s_E) * (m.f / f_X) ** (m.beta - 1)
    share = eq((m.a_R / m.a_D) ** m.alpha, role)
    share_step = d.step(h.share, share, "so that the share that moves is")
    Omega_below_1 = d.step(h.Omega_below_1, lt(m.Omega, 1), "Trade is costly.")
    e = 1 / m.alpha
    d.step(h.a_above_0, gt(m.alpha, 0), "The exponent of sales is positive.")
    never = Implies(le(m.s_E * (m.f / f_X) ** (m.beta - 1), 1 - m.s_E), lt(m.a_R, m.a_D))
    few = via.cut(
        (
            (h.level, le(role, m.Omega), via.transported(h.dear, factor=m.Omega / (1 - m.s_E))),
            (h.below, lt((m.a_R / m.a_D) ** m.alpha, 1), via.combine({h.level: 1, Omega_below_1: 1}, share_step)),
            (h.base, gt((m.a_R / m.a_D) ** m.alpha, 0), via.sign()),
            (h.root, lt(((m.a_R / m.a_D) ** m.alpha) ** e, 1), via.lemma("pow_lt_one", (m.a_R / m.a_D) ** m.alpha, e)),
        ),
        via.combine({h.root: m.a_D}),
    )
    says = "High beachhead costs abroad keep firms South, and if they are high enough, at every trade cost:"
    holding = proved(d, And((share, never)), via.split(via.by(share_step), via.intro(h.dear, few)), says)
    whole = {**model.whole_domain(*names).hypotheses, **abroad}
    point = {
        m.sigma: 2, m.beta: 2, m.phi: Q(1, 2), m.s_E: Q(4, 5), m.s_n: Q(4, 5), m.f: 1, m.f_I: 1, f_X: 2, m.a_D: 1,
        m.a_X: Q(1, 4), m.a_R: Q(1, 2), m.B: 1, m.B_star: 1, m.mbar: Q(4, 5), m.mbar_star: Q(1, 5), m.n_w: Q(4, 9),
    }  # fmt: skip
    reason = (
        "Cutoffs, masses and weights keep their form with phi^beta times (F_D/F_X)^(beta-1) in the place of phi^beta, "
        "but the sustain point moves, and with it Result 3: at F_X = 2 F_D, s_E = 4/5, beta = 2 half of the South's "
        "sales have not moved at the printed point. If s_E (F_D/F_X)^(beta-1) <= 1 - s_E the last firm never leaves."
    )
    return refuted(
        Derivation(Context(whole)), printed, Witness(point), reason, corrected=holding, severity=Severity.SUBSTANCE
    )


# --- footnotes 9 and 16, (23) ---------------------------------------------------------------------------------------


HALF = Q(1, 2)
SHARE = m.n / (m.n + m.n_star)
SLOPE = eq(SHARE, HALF + (1 + m.phi) / (1 - m.phi) * (m.s_E - HALF))


@section("3.1", "footnote 9").claim(
    "bo.fn9",
    And((SLOPE, lt(m.phi * m.s_E, 1 - m.s_E))),
    title="home market effect of homogeneous firms",
    printed=r"\frac{ds_n}{ds_E}=\frac{1+\phi}{1-\phi}",
)
def _homogeneous(statement: Prop) -> Finding:
    markets: dict[Step, Prop] = {
        h.North: eq(m.B * (m.n + m.phi * m.n_star), m.s_E),
        h.South: eq(m.B_star * (m.phi * m.n + m.n_star), 1 - m.s_E),
        h.location: eq(m.B, m.B_star),
    }
    d = Derivation(Context({**m.trade().context(h.phi_below_1, h.s_E_above_half, h.s_E_below_1).hypotheses, **markets}))
    for name, demand, mass, spent in (
        (h.North, m.B, m.n + m.phi * m.n_star, m.s_E),
        (h.South, m.B_star, m.phi * m.n + m.n_star, 1 - m.s_E),
    ):
        d.step(h.form_for(name), eq(demand, spent / mass), "Demand per firm is")
    even = eq(m.s_E * (m.phi * m.n + m.n_star), (1 - m.s_E) * (m.n + m.phi * m.n_star))
    even_step = d.step(h.even, even, "Where firms are indifferent,")
    solved = via.linear({even_step: -1 / ((1 - m.phi) * (m.n + m.n_star))})
    big = gt(m.s_E - m.phi * (1 - m.s_E), 0)
    d.step(h.room, gt((1 - m.s_E) * (1 - m.phi), 0), "As trade is costly")
    d.step(h.big, big, "and the North is larger,")
    few = gt(m.n_star * (m.s_E - m.phi * (1 - m.s_E)) / m.n, 0)
    few_step = d.step(h.few, few, "firms stay in the South")
    inner = via.combine({few_step: 1}, equations={even_step: 1 / m.n})
    says = "This is the home market effect of homogeneous firms, as long as some are in the South:"
    return proved(d, statement, via.split(solved, inner), says)


def _tangent(base: sp.Expr, exponent: sp.Expr, name: str) -> via.Tactic:
    """Prove that 1 - x^c - c x^(c-1) (1-x) is positive (c > 1) or negative (c < 1) by Bernoulli's inequality at 1/x."""
    above = name == "bernoulli_above"
    apart = via.differ(via.combine({h.inverse: 1}), above=True)
    premises = (via.auto(), apart, via.auto()) if above else (via.auto(), apart, via.auto(), via.auto())
    known = via.fact(name, 1 / base, exponent)
    steps = (
        (h.inverse, gt(1 / base, 1), via.product({h.base_below_1: 1}, coefficient=1 / base)),
        (h.tangent, known, via.lemma(name, 1 / base, exponent, premises=premises)),
    )
    return via.cut(steps, via.product({h.tangent: 1, h.base_below_1: -2}, coefficient=base**exponent))


FOOTNOTE_SLOPE = derivative((1 - x**c) / (1 - x), x)


@section("3.2.2", "footnote 16").claim(
    "bo.fn16",
    Iff(gt(FOOTNOTE_SLOPE, 0), gt(c, 1)),
    title="when the ratio rises",
    printed=r"\frac{1-x^a}{1-x}\text{ increases in }x\iff a>1",
)
def _footnote_16(goal: Prop) -> Finding:
    d = Derivation(Context({h.base_below_1: lt(x, 1)}))
    explicit = (1 - x**c - c * x ** (c - 1) * (1 - x)) / (1 - x) ** 2
    form_step = d.step(h.form, eq(FOOTNOTE_SLOPE, explicit), "The ratio changes by")
    order = d.step(h.order, via.fact("trichotomy", c, 1), "The exponent may be small or large:")
    fall = via.cut(
        ((h.low, lt(explicit, 0), _tangent(x, c, "bernoulli_below")),),
        via.absurd(via.combine({h.low: 1, h.up: 1}, equations={form_step: 1})),
    )
    up = via.cut(
        ((h.up2, gt(explicit, 0), _tangent(x, c, "bernoulli_above")),),
        via.combine({h.up2: 1}, equations={form_step: -1}),
    )
    level = via.cut(
        ((h.zero, eq(FOOTNOTE_SLOPE, 0), via.identity(h.case)),),
        via.absurd(via.combine({h.up: 1}, equations={h.zero: 1})),
    )
    forward = via.cases(order, fall, level, via.by(h.case))
    return proved(d, goal, via.both(forward, up, name=h.up), "It rises exactly for exponents above one:")


FACTORS_E, MOVED = 1 / m.alpha, size * m.Omega
FIRST, SECOND = (1 + m.Omega) ** (-1 / m.rho), (1 - MOVED ** (1 + FACTORS_E)) / (1 - MOVED)


@section("3.2.2", "below (23)").claim(
    "bo.eq23-factors",
    And((lt(derivative(FIRST, m.phi), 0), gt(derivative(SECOND, m.phi), 0))),
    title="the two factors of (23)",
    printed=r"\frac{d}{d\phi}(1+\phi^\beta)^{-1/\rho}<0,\quad "
    r"\frac{d}{d\phi}\frac{1-(\phi^\beta s/(1-s))^{1+1/(1-\sigma+\rho)}}{1-\phi^\beta s/(1-s)}>0",
)
def _factors(goal: Prop) -> Finding:
    d = _parameters(*PARAMETERS, more={h.z_below_1: lt(z, 1)})
    d.define(h.p, size, m.s_E / (1 - m.s_E), "Write the North's relative size as")
    share_of_costs(d)
    d.step(h.e_above_0, gt(FACTORS_E, 0), "With")
    d.step(h.one_plus_e_above_1, gt(1 + FACTORS_E, 1), "and")
    d.step(h.base_below_1, lt(MOVED, 1), "as some firms stay South,")
    explicit = (1 - MOVED ** (1 + FACTORS_E) - (1 + FACTORS_E) * MOVED**FACTORS_E * (1 - MOVED)) / (1 - MOVED) ** 2
    bent = d.step(
        h.bent, gt(explicit, 0), "By Bernoulli's inequality", by=_tangent(MOVED, 1 + FACTORS_E, "bernoulli_above")
    )
    up = via.product({bent: 1}, coefficient=m.beta * MOVED / m.phi)
    fall = via.product({h.sigma_above_1: -1}, coefficient=m.phi ** (m.beta - 1) * (1 + m.Omega) ** (-1 / m.rho - 1))
    says = "The first factor falls with the freeness of trade, the second rises:"
    return proved(d, goal, via.split(fall, up), says)


# --- figures 2 and 5, the regularity condition ----------------------------------------------------------------------


LATER_D = weight_D.xreplace({m.phi: phi_2})
"""The weight of firms that do not export, with freer trade."""


@section("3.1.2", "figure 2").claim(
    "bo.fig2",
    And(
        (lt((1 + m.phi) * weight_D, (1 + phi_2) * LATER_D), lt(weight_D, (1 + phi_2) * LATER_D), lt(LATER_D, weight_D))
    ),
    title="freer trade shifts weight to low costs",
    printed=r"\text{the density pivots around }a_X':\text{ weights rise below it and fall above}",
)
def _pivot(goal: Prop) -> Finding:
    d = _parameters(
        h.sigma_above_1, h.beta_above_1, h.phi_below_1, more={h.freer: lt(m.phi, phi_2), h.phi_2_below_1: lt(phi_2, 1)}
    )
    share_of_costs(d)
    X = phi_2**m.beta
    d.step(h.Omega_up, lt(m.Omega, X), "Freer trade raises")
    low, high, e = 1 + m.Omega, 1 + X, 1 / m.beta
    d.step(h.base, lt(low, high), "and so")
    d.step(h.root, via.fact("pow_mono", low, high, e), "sales in all,")
    W_D_falls = d.step(h.W_D_falls, lt(LATER_D, weight_D), "The weight of other firms falls,")

    def level(free: sp.Expr) -> sp.Expr:
        return (1 + free) / (1 + free**m.beta) ** e

    inner = via.cut(
        (
            (h.x_below_1, lt(x, 1), via.combine({h.between_high: 1, h.phi_2_below_1: 1})),
            (h.small, lt(x ** (m.beta - 1), 1), via.lemma("pow_lt_one", x, m.beta - 1)),
        ),
        via.product({h.small: 1}, coefficient=(1 + x**m.beta) ** (-e - 1)),
    )
    rises = via.monotone(level(x) - level(m.phi), x, m.phi, phi_2, slope=inner, base=via.sign(), order=via.by(h.freer))
    d.step(h.level, gt(level(phi_2) - level(m.phi), 0), "while sales of exporters rise faster than all,", by=rises)
    W_X_rises = d.step(h.W_X_rises, lt((1 + m.phi) * weight_D, (1 + phi_2) * LATER_D), "so that their weight rises.")
    more_step = d.step(h.more, gt(m.phi * weight_D, 0), "Exporters sell in two markets,")
    join = via.combine({more_step: 1, W_X_rises: 1})
    says = "Below the old export cutoff and up to the new one the weight rises, above it the weight falls:"
    return proved(d, goal, via.split(via.by(W_X_rises), join, via.by(W_D_falls)), says)


def _southern_average() -> Finding:
    def points(first: sp.Rational, second: sp.Rational, entry: bool = True) -> Witness:
        return Witness(pair(*(economy(m.Phase.XX, Q(3, 5), free, Q(1), entry) for free in (first, second))))

    falls, rises = lt(FREER(m.abar_star), m.abar_star), lt(m.abar_star, FREER(m.abar_star))
    witnesses = (points(Q(5, 12), Q(8, 15)), points(Q(9, 40), Q(7, 24)))
    reason = (
        "At s_E = 3/5, sigma = rho = 2 the South's average falls from phi = 9/40 to 7/24 and rises from 5/12 to 8/15, "
        "after entry and exit. Before entry and exit it can rise too, as from 3/8 to 2/3."
    )
    found = ambiguous(two_worlds(m.Phase.XX, True), (falls, rises), witnesses, reason)
    before = two_worlds(m.Phase.XX, False).refute(falls, points(Q(3, 8), Q(2, 3), False).point)
    return with_theorem(found, before)


@section("3.2.2", "below (23)").claim(
    "bo.regularity-rho",
    Implies(lt(1 - m.sigma, m.rho), lt(0, m.alpha)),
    title="the regularity condition for rho",
    printed=r"\text{the regularity condition only requires "
    r"}\rho>1-\sigma",
)
def _regularity(printed: Prop) -> Finding:
    elastic = m.trade().context(h.sigma_above_1).hypotheses
    d = Derivation(Context(dict(elastic)))
    true = Iff(lt(m.sigma - 1, m.rho), lt(0, m.alpha))
    holding = proved(d, true, via.both(via.transported(h.premise), via.transported(h.premise)), "The integrals need")
    reason = (
        "Every rho > 0 exceeds 1 - sigma, so that the printed condition says nothing. beta > 1 of section 2 is "
        "rho > sigma - 1."
    )
    failing = Derivation(Context(dict(elastic)))
    witness = Witness({m.sigma: sp.S(2), m.beta: Q(1, 2)})
    return refuted(failing, printed, witness, reason, corrected=holding, severity=Severity.MISPRINT)


CLAIMS: tuple[Claim, ...] = (
    _two_beachheads,
    _homogeneous,
    _pivot,
    section("3.2.2", "below figure 5").row(
        "claim",
        "bo.fig5-south",
        r"\text{in XX the South's average can rise}",
        _southern_average,
        title="the average cost of the South in phase XX",
    ),
    _factors,
    _footnote_16,
    _regularity,
)
