"""Sustain and partitioning points of relocation, before and after entry and exit: Results 3 and 4."""

from __future__ import annotations

from symhet.claims import Finding, proved
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.agglomeration import SUSTAIN_BEFORE, phi_P, phi_S_after, phi_S_before
from symhet.papers.bo.longrun import settled
from symhet.papers.bo.sources import section
from symhet.papers.bo.symbols import beta_2
from symhet.propositions import And, Iff, Implies, Prop, eq, gt, le, lt
from symhet.provers import tactics as via
from symhet.steps import Step

slack = (2 * m.s_E - 1) / (1 - m.s_E)


@section("3.2", "below equation 20").derived(
    "bo.sustain.after",
    Iff(eq(m.a_R, m.a_D), eq(m.phi, phi_S_after)),
    title="sustain point after entry and exit",
    printed=r"a_R=a_D\text{ at }\phi_S=\left(\frac{1-s_E}{s_E}\right)^{1/\beta}",
)
def _sustain_after(statement: Prop) -> Finding:
    d = settled(m.Phase.DD)
    value = eq((m.a_R / m.a_D) ** m.alpha, m.Omega * m.s_E / (1 - m.s_E))
    moved = d.step(h.moved, value, "The share that moved is")
    d.step(h.q_above_0, gt(phi_P, 0), "Since")
    there = via.cut(
        (
            (h.whole, eq(m.Omega * m.s_E / (1 - m.s_E), 1), _one()),
            (h.power, eq(m.Omega, phi_P), via.linear({h.whole: phi_P})),
        ),
        via.powers({h.power: 1 / m.beta}),
    )
    back = via.cut(
        (
            (h.power, eq(m.Omega, phi_P), via.powers({h.premise: m.beta})),
            (h.whole, eq((m.a_R / m.a_D) ** m.alpha, 1), via.linear({moved: 1, h.power: m.s_E / (1 - m.s_E)})),
        ),
        via.powers({h.whole: 1 / m.alpha}),
    )
    return proved(
        d, statement, via.both(there, back), "All Southern firms have moved exactly at the printed sustain point."
    )


def _one() -> via.Tactic:
    """When a_R = a_D the share that moved is one."""
    return via.transported(h.moved, h.premise, factor=-1)


def _points() -> dict[Step, Prop]:
    names = (h.beta_above_1, h.s_E_above_half, h.s_E_below_1)
    return {name: m.domain().hypotheses()[name] for name in names}


@section("3.2", "below the sustain point").claim(
    "bo.order-points",
    And((lt(phi_P, phi_S_after), lt(phi_S_after, 1), lt(1 - phi_S_after, slack / m.beta))),
    title="order of the printed partitioning and sustain points",
    printed=r"\phi_P<\phi_S<1,\quad \phi_S\to1\ (\beta\to\infty)",
)
def _order(statement: Prop) -> Finding:
    d = Derivation(Context(_points()))
    _between(d)
    proof = via.split(via.by(h.P_below_S), via.by(h.S_below_1), via.by(h.near))
    reason = (
        "That full agglomeration needs phi = 1 as beta grows is stated as a bound: 1 - phi_S lies between zero and a "
        "constant over beta."
    )
    return proved(d, statement, proof, "The points are ordered, and the sustain point tends to one.", reason)


def _between(d: Derivation) -> None:
    """Add the steps ``q<1``, ``P<S``, ``S<1`` and ``near``."""
    d.step(h.q_above_0, gt(phi_P, 0), "Since")
    d.step(h.q_below_1, lt(phi_P, 1), "North is larger,")
    d.step(h.one_over_beta_below_1, lt(1 / m.beta, 1), "and beta exceeds one,")
    d.step(h.P_below_S, lt(phi_P, phi_S_after), "the partitioning point comes first:")
    d.step(h.S_below_1, lt(phi_S_after, 1), "and the sustain point is below one:")
    inverse = m.s_E / (1 - m.s_E)
    d.step(h.one_over_q_above_0, gt(inverse, 0), "By Bernoulli's inequality")
    d.step(h.one_over_q_above_1, gt(inverse, 1), "for")
    d.step(h.bernoulli, via.fact("bernoulli_below", inverse, 1 / m.beta), "we have")
    d.step(h.rest, gt((1 - phi_S_after) * slack / m.beta, 0), "With")
    d.step(h.near, lt(1 - phi_S_after, slack / m.beta), "the sustain point is near one for large beta:")


@section("3.2", "result 4").result(
    "bo.result4.after",
    And(
        (
            lt(phi_S_after, phi_P ** (1 / beta_2)),
            Implies(le(slack, m.beta * (1 - m.phi)), lt(m.phi, phi_S_after)),
        )
    ),
    title="sustain point and skewness after entry and exit",
    printed=r"\beta\uparrow\Rightarrow\phi_S\uparrow",
)
def _skew_after(statement: Prop) -> Finding:
    d = Derivation(
        Context({**_points(), h.phi_below_1: m.domain().hypotheses()[h.phi_below_1], h.skewed: lt(m.beta, beta_2)})
    )
    _between(d)
    d.step(h.one_over_beta, lt(1 / beta_2, 1 / m.beta), "With more skewness")
    rises = via.lemma("pow_exponent_below", phi_P, 1 / beta_2, 1 / m.beta)
    far = via.combine({h.near: 1, h.little: 1 / m.beta})
    reason = (
        "The limit is stated with its bound: at any phi < 1 full agglomeration is gone once beta (1 - phi) exceeds "
        "(2 s_E - 1)/(1 - s_E)."
    )
    return proved(
        d, statement, via.split(rises, via.intro(h.little, far)), "The sustain point rises towards one.", reason
    )


SOUTH = 1 - m.s_E


@section("3.2", "result 4").result(
    "bo.result4.before",
    And(
        (
            lt(phi_S_before, SOUTH ** (1 / beta_2) / m.s_E),
            Implies(lt(m.s_E**m.beta, SOUTH), gt(phi_S_before, 1)),
        )
    ),
    title="sustain point and skewness before entry and exit",
    printed=r"\beta\uparrow\Rightarrow\phi_S\uparrow",
)
def _skew_before(statement: Prop) -> Finding:
    d = Derivation(Context({**_points(), h.skewed: lt(m.beta, beta_2)}))
    d.step(h.south_below_1, lt(SOUTH, 1), "The South is a part of the world,")
    d.step(h.one_over_beta, lt(1 / beta_2, 1 / m.beta), "and with more skewness")
    root = via.fact("pow_exponent_below", SOUTH, 1 / beta_2, 1 / m.beta)
    root_step = d.step(h.root, root, "we have")
    power = via.fact("pow_mono", m.s_E**m.beta, SOUTH, 1 / m.beta)
    gone = via.cut(
        ((h.power, power, via.lemma("pow_mono", m.s_E**m.beta, SOUTH, 1 / m.beta)),), via.combine({h.power: 1 / m.s_E})
    )
    proof = via.split(via.combine({root_step: 1 / m.s_E}), via.intro(h.few, gone))
    reason = (
        "The sustain point before entry and exit, (1-s_E)^(1/beta)/s_E, rises with beta too, and passes one at a "
        "finite beta already, ln(1-s_E)/ln s_E: from there on there is no full agglomeration."
    )
    return proved(d, statement, proof, "The sustain point rises, past one.", reason)


CLAIMS = (
    section("3.2", "below equation 20").row(
        "derived",
        "bo.sustain",
        r"a_R=a_D\text{ at }\phi_S=\left(\frac{1-s_E}{s_E}\right)^{1/\beta}",
        parts=(
            SUSTAIN_BEFORE,
            _sustain_after,
        ),
        title="sustain point",
    ),
    _order,
    section("3.2", "result 4").row(
        "result",
        "bo.result4",
        r"\beta\uparrow\Rightarrow\phi_S\uparrow;\quad \beta\to\infty:\ \text{no full agglomeration}",
        parts=(
            _skew_before,
            _skew_after,
        ),
        title="skewed costs work against agglomeration",
    ),
)
