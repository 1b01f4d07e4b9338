"""Section 3.2 before anyone moves: what relocation would pay whom, (13) and (14), figure 3 and Result 2."""

from __future__ import annotations

import sympy as sp

from symhet.claims import Claim, Finding, Severity, Witness, proved, proved_with, refuted
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.readings import READINGS, by_reading
from symhet.papers.bo.shortrun import OPEN, larger_demand
from symhet.papers.bo.shortrun_model import CORE, opening
from symhet.papers.bo.sources import section
from symhet.papers.bo.symbols import a, a_low, kept, toll
from symhet.propositions import And, Implies, Prop, eq, gt, lt
from symhet.provers import tactics as via
from symhet.steps import Step

R = sp.Rational

PROPORTION = a ** (1 - m.sigma) / (m.sigma * m.delta)
NORTH = PROPORTION * (m.B + m.phi * m.B_star)
SOUTH = PROPORTION * (m.B_star + m.phi * m.B)
GAIN_X = PROPORTION * (1 - m.phi) * (m.B - m.B_star)
GAIN_D = PROPORTION * (m.B - m.B_star)
GAIN_D_ANY = PROPORTION * (m.B + kept * m.phi * m.B_star) - toll / (m.sigma * m.delta) - PROPORTION * m.B_star
"""Gain of a D-type under either account of footholds."""

AT_X = {a: m.a_X_star}
"""The marginal exporter of the South."""

EXAMPLE = {
    m.sigma: 2, m.beta: 2, m.phi: R(1, 2), m.s_E: R(16, 25), m.f: 1, m.f_I: 1, m.a_D: 1, m.n_w: R(1, 2), m.s_n: R(16,
    25), m.n: R(8, 25), m.n_star: R(9, 50), m.a_X: R(3, 8), m.a_X_star: R(4, 9), m.B: R(8, 9), m.B_star: R(3, 4),
    m.mbar: R(18, 25), m.mbar_star: R(12, 25), m.delta: R(1, 2),
}  # fmt: skip
"""An opening with whole exponents and rational cutoffs."""


def _general(extra: dict[Step, Prop], whole: bool = False) -> Context:
    model = opening()
    start = model.whole_domain(*OPEN) if whole else model.context(*CORE, *OPEN)
    return Context({**start.hypotheses, **extra}, start.system, start.endogenous)


def read(d: Derivation, reading: str) -> None:
    """Add the steps ``toll`` and ``kept``: what a mover pays for its beachhead, and whether it keeps the other."""
    pays, keeps = (m.f, 1) if reading == "sunk" else (0, 0)
    says = ("With footholds sunk, a mover pays for its Northern beachhead", "and keeps the Southern one.")
    if reading == "portable":
        says = ("The beachhead moves along at no cost", "and the Southern market is given up:")
    d.step(h.toll, eq(toll, pays), says[0])
    d.step(h.kept, eq(kept, keeps), says[1])


def sells_less(d: Derivation, name: Step, low: sp.Symbol, high: sp.Symbol) -> None:
    """Add the step that the firm with the higher cost sells less, from the order of the two costs."""
    root = lt(low ** (m.sigma - 1), high ** (m.sigma - 1))
    d.step(h.root_for(name), root, "Lower costs mean larger sales:")
    d.step(name, lt(high ** (1 - m.sigma), low ** (1 - m.sigma)), "that is")


@section("3.2", "equation (13)").derived(
    "bo.eq13",
    And((eq(NORTH - SOUTH, GAIN_X), gt(GAIN_X, 0))),
    title="gain of an exporter",
    printed=r"v_X[a]=\frac{a^{1-\sigma}}{\delta\sigma}(1-\phi)(B-B^*)>0,\quad 0\le "
    r"a\le a_X",
)
def _gain_exporter(statement: Prop) -> Finding:
    d = Derivation(opening().context(*CORE, *OPEN))
    larger_demand(d)
    by_parts = via.split(via.auto(), via.product({h.phi_below_1: 1, h.B_above_B_star: 1}, coefficient=PROPORTION))
    says = "An exporter keeps both beachheads, so moving changes only which demand bears the trade cost:"
    reason = "The exporters meant are those of the South, a < a_X* with phi a_X*^(1-sigma) B = f."
    return proved(d, statement, by_parts, says, reason)


def _within() -> dict[Step, Prop]:
    return {h.a_X_star_below_a: lt(m.a_X_star, a), h.a_below_a_D: lt(a, m.a_D)}


def _domestic_portable(goal: Prop) -> Finding:
    d = Derivation(_general({**_within(), **READINGS["portable"]}))
    larger_demand(d)
    read(d, "portable")
    by_parts = via.split(via.identity(h.toll, h.kept), via.product({h.B_above_B_star: 1}, coefficient=PROPORTION))
    return proved(d, goal, by_parts, "A D-type that moves changes one market for the other:")


def _domestic_sunk(printed: Prop) -> Finding:
    d = Derivation(_general({**_within(), **READINGS["sunk"]}))
    larger_demand(d)
    read(d, "sunk")
    f_step = d.step(h.f, eq(m.f, m.phi * m.a_X_star ** (1 - m.sigma) * m.B), "A beachhead costs")
    sells_less(d, h.sales, m.a_X_star, a)
    unit = 1 / (m.sigma * m.delta)
    owed = via.combine({h.sales: m.phi * m.B, h.B_above_B_star: m.phi * a ** (1 - m.sigma)}, f_step)
    owed_step = d.step(
        h.owed,
        lt(m.phi * a ** (1 - m.sigma) * m.B_star, m.f),
        "which is more than exports to the South bring:",
        by=owed,
    )
    last = {a: m.a_D}
    spare = {
        h.phi_below_1: m.a_D ** (1 - m.sigma) * m.B_star,
        h.s_E_below_1: m.f / m.s_E * (m.a_X_star / m.a_D) ** m.rho,
    }
    marginal = lt(m.a_D ** (1 - m.sigma) * (m.B - (1 - m.phi) * m.B_star), m.f)
    bounded = via.combine(spare, equations={h.North: m.a_D**-m.rho})
    marginal_step = d.step(h.marginal, marginal, "The marginal firm could not pay the toll even so:", by=bounded)
    truth = PROPORTION * (m.B - (1 - m.phi) * m.B_star) - m.f * unit
    goal = And((eq(GAIN_D_ANY, truth), lt(truth, GAIN_D), lt(truth.xreplace(last), 0)))
    parts = via.split(via.identity(h.toll, h.kept), via.combine({owed_step: unit}), via.combine({marginal_step: unit}))
    says = "A D-type that moves pays for a second beachhead and goes on selling in the South:"
    holding = proved(d, goal, parts, says)
    failing = Derivation(_general({**_within(), **READINGS["sunk"]}, whole=True))
    witness = Witness({**EXAMPLE, a: R(1, 2), toll: 1, kept: 1})
    reason = (
        "With F sunk in each market, as section 2 and the text of Result 1 have it, (14) leaves out the second "
        "beachhead: the gain is a^(1-sigma)(B-(1-phi)B*)/(sigma delta) - F, lower, and negative for the least "
        "efficient firms."
    )
    return refuted(failing, printed, witness, reason, corrected=holding, severity=Severity.READING)


def _figure_portable(printed: Prop) -> Finding:
    d = Derivation(_general(READINGS["portable"]))
    larger_demand(d)
    read(d, "portable")
    jump = eq(GAIN_D_ANY.xreplace(AT_X), GAIN_X.xreplace(AT_X) / (1 - m.phi))
    up = via.product({h.B_above_B_star: 1}, h.toll, h.kept, coefficient=m.phi * PROPORTION.xreplace(AT_X))
    goal = And((jump, lt(GAIN_X.xreplace(AT_X), GAIN_D_ANY.xreplace(AT_X))))
    holding = proved(d, goal, via.split(via.identity(h.toll, h.kept), up), "At the export cutoff the gain jumps up:")
    failing = Derivation(_general(READINGS["portable"], whole=True))
    reason = (
        "With (13) and (14) as printed v_D/v_X = 1/(1-phi) at the export cutoff: the gain jumps up there, so that it "
        "neither touches nor falls throughout."
    )
    witness = Witness({**EXAMPLE, toll: 0, kept: 0})
    return refuted(failing, printed, witness, reason, corrected=holding, severity=Severity.READING, root="bo.eq14.sunk")


def _kinked(d: Derivation) -> None:
    """Add what the sunk reading says of figure 3: ``f``, ``slope``, and sales on both sides of the export cutoff."""
    larger_demand(d)
    read(d, "sunk")
    says = "At the export cutoff the beachhead just pays:"
    d.step(h.f, eq(m.f, m.phi * m.a_X_star ** (1 - m.sigma) * m.B), says)
    sells_less(d, h.fall_X, a_low, m.a_X_star)
    slope = gt(m.B - (1 - m.phi) * m.B_star, 0)
    d.step(h.slope, slope, "A D-type's gain rises with its sales:")


def _figure_sunk(statement: Prop) -> Finding:
    ends = {h.a_low_below_a_X_star: lt(a_low, m.a_X_star), **_within()}
    d = Derivation(_general({**ends, **READINGS["sunk"]}))
    _kinked(d)
    sells_less(d, h.fall_D, m.a_X_star, a)
    scale = 1 / (m.sigma * m.delta)
    by_parts = via.split(
        via.identity(h.toll, h.kept, h.f),
        via.product({h.phi_below_1: 1, h.B_above_B_star: 1, h.fall_X: 1}, coefficient=scale),
        via.product({h.slope: 1, h.fall_D: 1}, h.toll, h.kept, coefficient=scale),
    )
    says = "The two gains meet at the export cutoff and fall:"
    return proved(d, statement, by_parts, says)


LESS_THAN_EXPORTERS = (
    (h.root, lt(m.a_X_star ** (m.sigma - 1), a ** (m.sigma - 1)), via.lemma("pow_mono", m.a_X_star, a, m.sigma - 1)),
    (
        h.less,
        lt(a ** (1 - m.sigma), m.a_X_star ** (1 - m.sigma)),
        via.combine({h.root: (a * m.a_X_star) ** (1 - m.sigma)}),
    ),
)
"""A firm above the export cutoff sells less than the marginal exporter would."""


def _first_portable(goal: Prop) -> Finding:
    order = {h.a_low_below_a: lt(a_low, a), h.a_low_below_a_X_star: lt(a_low, m.a_X_star), **READINGS[h.portable]}
    top = gt((1 - m.phi) * a_low ** (1 - m.sigma), m.a_X_star ** (1 - m.sigma))
    d = Derivation(_general({**order, h.top: top}))
    larger_demand(d)
    read(d, "portable")
    sells_less(d, h.sales, a_low, a)
    beyond = via.cut(
        [
            *LESS_THAN_EXPORTERS,
            (h.least, lt(a ** (1 - m.sigma), (1 - m.phi) * a_low ** (1 - m.sigma)), via.combine({h.less: 1, h.top: 1})),
        ],
        via.product({h.least: 1, h.B_above_B_star: 1}, h.toll, h.kept, coefficient=1 / (m.sigma * m.delta)),
    )
    within = via.product({h.phi_below_1: 1, h.B_above_B_star: 1, h.sales: 1}, coefficient=1 / (m.sigma * m.delta))
    says = "The most efficient exporters gain more than any less efficient firm:"
    holding = proved(d, goal, via.split(via.intro(h.X, within), via.intro(h.D, beyond)), says)
    failing = Derivation(_general(order, whole=True))
    witness = Witness({**EXAMPLE, a_low: R(1, 3), a: R(1, 2), toll: 0, kept: 0})
    reason = (
        "With (13) and (14) true of the firms below (1-phi)^(1/(sigma-1)) a_X*; less efficient exporters gain less "
        "than the D-types just above the export cutoff."
    )
    return proved_with(
        holding, (("top", top),), failing, witness, reason, severity=Severity.READING, root="bo.eq14.sunk"
    )


def _first_sunk(goal: Prop) -> Finding:
    order = {h.a_low_below_a: lt(a_low, a), h.a_low_below_a_X_star: lt(a_low, m.a_X_star), **READINGS[h.sunk]}
    d = Derivation(_general(order))
    _kinked(d)
    sells_less(d, h.sales, a_low, a)
    scale = 1 / (m.sigma * m.delta)
    within = via.product({h.phi_below_1: 1, h.B_above_B_star: 1, h.sales: 1}, coefficient=scale)
    at, gain = GAIN_X.xreplace(AT_X), GAIN_X.xreplace({a: a_low})
    beyond = via.cut(
        [
            *LESS_THAN_EXPORTERS,
            (
                h.above,
                lt(at, gain),
                via.product({h.phi_below_1: 1, h.B_above_B_star: 1, h.fall_X: 1}, coefficient=scale),
            ),
            (h.below, lt(GAIN_D_ANY, at), via.product({h.slope: 1, h.less: 1}, h.toll, h.kept, h.f, coefficient=scale)),
        ],
        via.combine({h.above: 1, h.below: 1}),
    )
    says = "Every exporter gains more than every less efficient firm:"
    return proved(d, goal, via.split(via.intro(h.X, within), via.intro(h.D, beyond)), says)


FIGURE = (
    eq(GAIN_D_ANY.xreplace(AT_X), GAIN_X.xreplace(AT_X)),
    lt(GAIN_X.xreplace(AT_X), GAIN_X.xreplace({a: a_low})),
    lt(GAIN_D_ANY, GAIN_D_ANY.xreplace(AT_X)),
)
"""The gains touch at the export cutoff, and fall on either side of it."""
EFFICIENT = GAIN_X.xreplace({a: a_low})
FIRST = And((Implies(lt(a, m.a_X_star), gt(EFFICIENT, GAIN_X)), Implies(gt(a, m.a_X_star), gt(EFFICIENT, GAIN_D_ANY))))
"""An exporter of low cost gains more than any less efficient firm."""

CLAIMS: tuple[Claim, ...] = (
    _gain_exporter,
    by_reading(
        "bo.eq14",
        "derived",
        section("3.2", "equation (14)"),
        r"v_D[a]=\frac{a^{1-\sigma}}{\delta\sigma}(B-B^*)>0,\quad a_X\le a\le a_D",
        ((And((eq(GAIN_D_ANY, GAIN_D), gt(GAIN_D, 0))), _domestic_portable), (eq(GAIN_D_ANY, GAIN_D), _domestic_sunk)),
        "gain of a D-type",
    ),
    by_reading(
        "bo.fig3",
        "claim",
        section("3.2", "figure 3"),
        r"v_D[a_X]=v_X[a_X],\ v\text{ falls on }(0,a_D)",
        ((eq(GAIN_D.xreplace(AT_X), GAIN_X.xreplace(AT_X)), _figure_portable), (And(FIGURE), _figure_sunk)),
        "gains touch at the export cutoff and fall",
    ),
    by_reading(
        "bo.result2",
        "result",
        section("3.2", "Result 2"),
        r"v_X[a]>v[a']\quad\text{for } a<a_X,\ a<a'",
        ((FIRST, _first_portable), (FIRST, _first_sunk)),
        "the most efficient exporters gain most",
    ),
)
