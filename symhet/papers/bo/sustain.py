"""Sustain and partitioning points of relocation, before and after entry and exit: Results 3 and 4."""

from __future__ import annotations

import sympy as sp

from symhet.claims import Claim, Finding, proved
from symhet.derivation import Derivation, Step
from symhet.papers.bo import model as m
from symhet.papers.bo.agglomeration import SUSTAIN_BEFORE, phi_P, phi_S_after, phi_S_before
from symhet.papers.bo.facts import World
from symhet.papers.bo.longrun import AUTARKIC
from symhet.papers.bo.longrun_facts import CORE, LONG, phase_holds, solve
from symhet.propositions import And, Iff, Implies, Prop, eq, gt, le, lt
from symhet.provers import tactics as via
from symhet.rules.base import Context

MOVED_STEP = Step("moved")
NEAR_STEP = Step("near")
P_BELOW_S_STEP = Step("P<S")
S_BELOW_1_STEP = Step("S<1")


SECTION = "Baldwin and Okubo, section 3.2"
beta_2 = sp.Symbol("beta_2", positive=True)
slack = (2 * m.s_E - 1) / (1 - m.s_E)
TAIL = {"s_n=s_E": AUTARKIC[1]}


def _settled(phase: m.Phase) -> Derivation:
    model = m.long_run(phase)
    start = model.context(*CORE, *LONG, *phase_holds(phase))
    d = Derivation(Context({**start.hypotheses, **TAIL}))
    solve(d, phase, World())
    return d


def _sustain_after() -> Finding:
    d = _settled(m.Phase.DD)
    value = eq((m.a_R / m.a_D) ** m.alpha, m.Omega * m.s_E / (1 - m.s_E))
    moved = d.step(MOVED_STEP, value, "The share that moved is")
    d.step("q>0", gt(phi_P, 0), "Since")
    there = via.cut(
        (
            ("whole", eq(m.Omega * m.s_E / (1 - m.s_E), 1), _one()),
            ("power", eq(m.Omega, phi_P), via.linear({"whole": phi_P})),
        ),
        via.powers({"power": 1 / m.beta}),
    )
    back = via.cut(
        (
            ("power", eq(m.Omega, phi_P), via.powers({"premise": m.beta})),
            ("whole", eq((m.a_R / m.a_D) ** m.alpha, 1), via.linear({moved: 1, "power": m.s_E / (1 - m.s_E)})),
        ),
        via.powers({"whole": 1 / m.alpha}),
    )
    statement = Iff(eq(m.a_R, m.a_D), eq(m.phi, phi_S_after))
    return proved(
        d, statement, via.both(there, back), "All Southern firms have moved exactly at the printed sustain point."
    )


def _one() -> via.Tactic:
    """When a_R = a_D the share that moved is one."""
    return via.transported(MOVED_STEP, "premise", factor=-1)


def _points() -> dict[str, Prop]:
    names = ("beta>1", "s_E>1/2", "s_E<1")
    return {name: m.domain().hypotheses()[name] for name in names}


def _order() -> Finding:
    d = Derivation(Context(_points()))
    _between(d)
    statement = And((lt(phi_P, phi_S_after), lt(phi_S_after, 1), lt(1 - phi_S_after, slack / m.beta)))
    proof = via.split(via.by(P_BELOW_S_STEP), via.by(S_BELOW_1_STEP), via.by(NEAR_STEP))
    reason = (
        "That full agglomeration needs phi = 1 as beta grows is stated as a bound: 1 - phi_S lies between zero and a "
        "constant over beta."
    )
    return proved(d, statement, proof, "The points are ordered, and the sustain point tends to one.", reason)


def _between(d: Derivation) -> None:
    """Add the steps ``q<1``, ``P<S``, ``S<1`` and ``near``."""
    d.step("q>0", gt(phi_P, 0), "Since")
    d.step("q<1", lt(phi_P, 1), "North is larger,")
    d.step("1/beta<1", lt(1 / m.beta, 1), "and beta exceeds one,")
    d.step(P_BELOW_S_STEP, lt(phi_P, phi_S_after), "the partitioning point comes first:")
    d.step(S_BELOW_1_STEP, lt(phi_S_after, 1), "and the sustain point is below one:")
    inverse = m.s_E / (1 - m.s_E)
    d.step("1/q>0", gt(inverse, 0), "By Bernoulli's inequality")
    d.step("1/q>1", gt(inverse, 1), "for")
    d.step("bernoulli", via.fact("bernoulli_below", inverse, 1 / m.beta), "we have")
    d.step("rest", gt((1 - phi_S_after) * slack / m.beta, 0), "With")
    d.step(NEAR_STEP, lt(1 - phi_S_after, slack / m.beta), "the sustain point is near one for large beta:")


def _skew_after() -> Finding:
    d = Derivation(Context({**_points(), "phi<1": m.domain().hypotheses()["phi<1"], "skewed": lt(m.beta, beta_2)}))
    _between(d)
    d.step("1/beta", lt(1 / beta_2, 1 / m.beta), "With more skewness")
    rises = via.lemma("pow_exponent_below", phi_P, 1 / beta_2, 1 / m.beta)
    far = via.combine({NEAR_STEP: 1, "little": 1 / m.beta})
    statement = And(
        (lt(phi_S_after, phi_P ** (1 / beta_2)), Implies(le(slack, m.beta * (1 - m.phi)), lt(m.phi, phi_S_after)))
    )
    reason = (
        "The limit is stated with its bound: at any phi < 1 full agglomeration is gone once beta (1 - phi) exceeds "
        "(2 s_E - 1)/(1 - s_E)."
    )
    return proved(
        d, statement, via.split(rises, via.intro("little", far)), "The sustain point rises towards one.", reason
    )


def _skew_before() -> Finding:
    d = Derivation(Context({**_points(), "skewed": lt(m.beta, beta_2)}))
    south = 1 - m.s_E
    d.step("south<1", lt(south, 1), "The South is a part of the world,")
    d.step("1/beta", lt(1 / beta_2, 1 / m.beta), "and with more skewness")
    root = via.fact("pow_exponent_below", south, 1 / beta_2, 1 / m.beta)
    root_step = d.step("root", root, "we have")
    power = via.fact("pow_mono", m.s_E**m.beta, south, 1 / m.beta)
    gone = via.cut(
        (("power", power, via.lemma("pow_mono", m.s_E**m.beta, south, 1 / m.beta)),), via.combine({"power": 1 / m.s_E})
    )
    statement = And(
        (lt(phi_S_before, south ** (1 / beta_2) / m.s_E), Implies(lt(m.s_E**m.beta, south), gt(phi_S_before, 1)))
    )
    proof = via.split(via.combine({root_step: 1 / m.s_E}), via.intro("few", gone))
    reason = (
        "The sustain point before entry and exit, (1-s_E)^(1/beta)/s_E, rises with beta too, and passes one at a "
        "finite beta already, ln(1-s_E)/ln s_E: from there on there is no full agglomeration."
    )
    return proved(d, statement, proof, "The sustain point rises, past one.", reason)


CLAIMS = (
    Claim(
        "bo.sustain",
        "derived",
        f"{SECTION}, below equation 20",
        r"a_R=a_D\text{ at }\phi_S=\left(\frac{1-s_E}{s_E}\right)^{1/\beta}",
        parts=(
            SUSTAIN_BEFORE,
            Claim(
                "bo.sustain.after",
                "derived",
                f"{SECTION}, below equation 20",
                r"a_R=a_D\text{ at }\phi_S=\left(\frac{1-s_E}{s_E}\right)^{1/\beta}",
                _sustain_after,
                title="sustain point after entry and exit",
            ),
        ),
        title="sustain point",
    ),
    Claim(
        "bo.order-points",
        "claim",
        f"{SECTION}, below the sustain point",
        r"\phi_P<\phi_S<1,\quad \phi_S\to1\ (\beta\to\infty)",
        _order,
        title="order of the printed partitioning and sustain points",
    ),
    Claim(
        "bo.result4",
        "result",
        f"{SECTION}, result 4",
        r"\beta\uparrow\Rightarrow\phi_S\uparrow;\quad \beta\to\infty:\ \text{no full agglomeration}",
        parts=(
            Claim(
                "bo.result4.before",
                "result",
                f"{SECTION}, result 4",
                r"\beta\uparrow\Rightarrow\phi_S\uparrow",
                _skew_before,
                title="sustain point and skewness before entry and exit",
            ),
            Claim(
                "bo.result4.after",
                "result",
                f"{SECTION}, result 4",
                r"\beta\uparrow\Rightarrow\phi_S\uparrow",
                _skew_after,
                title="sustain point and skewness after entry and exit",
            ),
        ),
        title="skewed costs work against agglomeration",
    ),
)
