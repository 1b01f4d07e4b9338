"""Sustain and partitioning points of relocation, before and after entry and exit: Results 3 and 4."""

from __future__ import annotations

import sympy as sp

from symhet.claims import Claim, Finding, Witness, proved, refuted
from symhet.derivation import Derivation
from symhet.papers.baldwin_okubo.agglomeration import SUSTAIN_BEFORE, economy, phi_P, phi_S_after, phi_S_before
from symhet.papers.baldwin_okubo.economies import parameters, ratio
from symhet.papers.baldwin_okubo.facts import World
from symhet.papers.baldwin_okubo.longrun import AUTARKIC
from symhet.papers.baldwin_okubo.longrun_facts import CORE, LONG, phase, solve
from symhet.papers.baldwin_okubo.model import (
    Omega,
    a_D,
    a_R,
    a_X,
    alpha,
    beta,
    domain,
    long_run,
    phi,
    s_E,
)
from symhet.papers.baldwin_okubo.relocation_facts import SHARE, TOP, moved_share, ordered, relocation, short
from symhet.propositions import And, Iff, Implies, Prop, chain, eq, gt, le, lt
from symhet.provers.tactics import (
    Tactic,
    both,
    by,
    combine,
    cut,
    fact,
    intro,
    lemma,
    linear,
    powers,
    product,
    sign,
    split,
    transported,
)
from symhet.rules.base import Context

SECTION = "Baldwin and Okubo, section 3.2"
beta_2 = sp.Symbol("beta_2", positive=True)
slack = (2 * s_E - 1) / (1 - s_E)
TAIL = {"s_n=s_E": AUTARKIC[1]}


def _settled(exporters_move: bool) -> Derivation:
    model = long_run(exporters_move)
    start = model.context(*CORE, *LONG, *phase(exporters_move))
    d = Derivation(Context({**start.hypotheses, **TAIL}))
    solve(d, exporters_move, World())
    return d


def _sustain_after() -> Finding:
    d = _settled(False)
    value = eq((a_R / a_D) ** alpha, Omega * s_E / (1 - s_E))
    d.step("moved", value, transported("R", "s_n=s_E", factor=a_D ** (-alpha)), "The share that moved is", kind="solve")
    d.step("q>0", gt(phi_P, 0), product({"s_E<1": 1}, coefficient=1 / s_E), "Since", kind="bound")
    there = cut(
        (
            ("whole", eq(Omega * s_E / (1 - s_E), 1), _one()),
            ("power", eq(Omega, phi_P), linear({"whole": phi_P})),
        ),
        powers({"power": 1 / beta}),
    )
    back = cut(
        (
            ("power", eq(Omega, phi_P), powers({"premise": beta})),
            ("whole", eq((a_R / a_D) ** alpha, 1), linear({"moved": 1, "power": s_E / (1 - s_E)})),
        ),
        powers({"whole": 1 / alpha}),
    )
    statement = Iff(eq(a_R, a_D), eq(phi, phi_S_after))
    return proved(
        d, statement, both(there, back), "All Southern firms have moved exactly at the printed sustain point."
    )


def _one() -> Tactic:
    """When a_R = a_D the share that moved is one."""
    return transported("moved", "premise", factor=-1)


def _points() -> dict[str, Prop]:
    names = ("beta>1", "s_E>1/2", "s_E<1")
    return {name: domain().hypotheses()[name] for name in names}


def _order_after() -> Finding:
    d = Derivation(Context(_points()))
    _between(d)
    statement = And((lt(phi_P, phi_S_after), lt(phi_S_after, 1), lt(1 - phi_S_after, slack / beta)))
    proof = split(by("P<S"), by("S<1"), by("near"))
    reason = (
        "That full agglomeration needs phi = 1 as beta grows is stated as a bound: 1 - phi_S lies between zero and a "
        "constant over beta."
    )
    return proved(d, statement, proof, "The points are ordered, and the sustain point tends to one.", reason)


def _between(d: Derivation) -> None:
    """Add the steps ``q<1``, ``P<S``, ``S<1`` and ``near``."""
    d.step("q>0", gt(phi_P, 0), product({"s_E<1": 1}, coefficient=1 / s_E), "Since", kind="bound")
    d.step("q<1", lt(phi_P, 1), combine({"s_E>1/2": 2 / s_E}), "North is larger,", kind="bound")
    d.step("1/beta<1", lt(1 / beta, 1), combine({"beta>1": 1 / beta}), "and beta exceeds one,", kind="bound")
    more = lemma("pow_exponent_below", phi_P, 1 / beta, 1)
    d.step("P<S", lt(phi_P, phi_S_after), more, "the partitioning point comes first:", kind="bound")
    d.step("S<1", lt(phi_S_after, 1), lemma("pow_lt_one", phi_P, 1 / beta), "and the sustain point is below one:")
    inverse = s_E / (1 - s_E)
    d.step("1/q>0", gt(inverse, 0), product({"s_E<1": -1}, coefficient=s_E), "By Bernoulli's inequality", kind="bound")
    d.step("1/q>1", gt(inverse, 1), product({"s_E>1/2": 1, "s_E<1": -1}, coefficient=2), "for", kind="bound")
    d.step(
        "bernoulli", fact("bernoulli_below", inverse, 1 / beta), lemma("bernoulli_below", inverse, 1 / beta), "we have"
    )
    rest = product({"S<1": 1, "s_E>1/2": 1, "s_E<1": -1}, coefficient=2 / beta)
    d.step("rest", gt((1 - phi_S_after) * slack / beta, 0), rest, "With", kind="bound")
    near = combine({"bernoulli": phi_S_after, "rest": 1})
    d.step(
        "near", lt(1 - phi_S_after, slack / beta), near, "the sustain point is near one for large beta:", kind="bound"
    )


def _order_before() -> Finding:
    d = Derivation(Context(_points()))
    d.step("1/beta<1", lt(1 / beta, 1), combine({"beta>1": 1 / beta}), "Since beta exceeds one,", kind="bound")
    south = 1 - s_E
    d.step("south<1", lt(south, 1), sign(), "and the South is a part of the world,", kind="bound")
    d.step("power", lt(south, south ** (1 / beta)), lemma("pow_exponent_below", south, 1 / beta, 1), "we have")
    first = combine({"power": 1 / s_E})
    exists = Iff(lt(phi_S_before, 1), lt(south, s_E**beta))
    statement = And((lt(phi_P, phi_S_before), exists))
    holding = proved(d, statement, split(first, _reached()), "The sustain point need not lie below one.")
    failing = Derivation(Context(dict(domain().hypotheses())))
    point = parameters(ratio(3, 5), ratio(1, 2), ratio(1, 2)) | {beta: sp.S(3)}
    reason = (
        "Before entry and exit a_D is fixed and the sustain point is (1-s_E)^(1/beta)/s_E: above the partitioning "
        "point, but below one only if s_E^beta > 1 - s_E. At beta = 3, s_E = 3/5 there is no full agglomeration at "
        "any trade cost."
    )
    return refuted(failing, chain(phi_P, phi_S_before, 1), Witness(point), reason, corrected=holding)


def _reached() -> Tactic:
    """Prove that (1-s)^(1/beta) < s just when 1 - s < s^beta."""
    low = (1 - s_E) ** (1 / beta)
    power = lt(low**beta, s_E**beta)
    steps = (("root", lt(low, s_E), combine({"premise": s_E})), ("level", power, lemma("pow_mono", low, s_E, beta)))
    there = cut(steps, combine({"level": 1}))
    root = fact("pow_mono", 1 - s_E, s_E**beta, 1 / beta)
    back = cut((("level", root, lemma("pow_mono", 1 - s_E, s_E**beta, 1 / beta)),), combine({"level": 1 / s_E}))
    return both(there, back)


LATER = World("DD", tuple(sorted({phi, *long_run().endogenous}, key=str)))
"""A long run in phase DD, at a freeness of its own."""


def _phases_after() -> Finding:
    first, second = long_run(True), long_run(False)
    hypotheses = dict(first.context(*CORE, *LONG, *phase(True)).hypotheses) | TAIL
    for name, prop in second.context(*CORE, *LONG, *phase(False)).hypotheses.items():
        moved = LATER.prop(prop)
        if moved != prop:
            hypotheses[LATER.name(name)] = moved
    d = Derivation(Context(hypotheses))
    solve(d, True, World())
    solve(d, False, LATER)
    d.step("a>0", gt(alpha, 0), combine({"alpha>0": 1}), "The exponent of sales is positive.", kind="bound")
    bounds = (
        (
            "XX ends",
            "R<=X",
            a_R,
            a_X,
            le(phi * s_E, 1 - s_E),
            (1 - s_E) * (1 - phi) * phi ** (1 - beta) / a_D**alpha,
            World(),
        ),
        ("DD starts", "X<=R", a_X, a_R, le(1 - s_E, phi * s_E), (1 - s_E) * phi ** (1 - beta) / a_D**alpha, LATER),
        ("DD ends", "R<=D", a_R, a_D, le(Omega * s_E, 1 - s_E), (1 - s_E) / a_D**alpha, LATER),
    )
    for name, order, small, large, goal, factor, w in bounds:
        weak = lemma("pow_mono_weak", w(small), w(large), alpha, premises=(sign(), by(w.name(order)), by("a>0")))
        d.step(f"{name} power", fact("pow_mono_weak", w(small), w(large), alpha), weak, "In this phase", kind="bound")
        bound = transported(f"{name} power", w.name("R"), "s_n=s_E", w.name("a_X"), factor=w(factor))
        d.step(name, w.prop(goal), bound, "that is,", kind="bound")
    statement = And(tuple(d.context.hypotheses[name] for name, *_ in bounds))
    proof = split(*(by(name) for name, *_ in bounds))
    reason = (
        "Phase XX lasts while phi <= (1-s_E)/s_E, phase DD from there to phi^beta = (1-s_E)/s_E, and past it no "
        "equilibrium leaves a firm in the South. Firms are born before they choose a place, so that being first is no "
        "more than a_R being a cutoff; exporters are the more efficient firms."
    )
    return proved(
        d, statement, proof, "So the phases meet at the partitioning point and end at the sustain point.", reason
    )


def _phases_before() -> Finding:
    d = short("DD")
    relocation(d, "DD")
    ordered(d)
    moved_share(d, "DD")
    low = (1 - s_E) ** (1 / beta)
    d.step("a>0", gt(alpha, 0), by("alpha>0"), "As the exponent of sales is positive")
    weak = lemma("pow_mono_weak", a_X, a_R, alpha)
    d.step("X<=R power", fact("pow_mono_weak", a_X, a_R, alpha), weak, "and exporters move first,", kind="bound")
    start = transported("X<=R power", "relocation", factor=(1 - s_E) / a_X**alpha)
    d.step("DD starts", le(1 - s_E, phi * s_E), start, "this phase lies above the partitioning point:", kind="bound")
    still = cut(
        (
            ("share<1", lt(a_R / a_D, 1), combine({"left": 1 / a_D})),
            ("moved<1", lt((a_R / a_D) ** alpha, 1), lemma("pow_lt_one", a_R / a_D, alpha)),
            ("few", lt(SHARE, 1 - s_E), transported("moved<1", "moved share", factor=(1 - s_E) * (1 - SHARE))),
            ("y", lt(TOP, low), _smaller_root()),
        ),
        _smaller_freeness(),
    )
    statement = And((le(1 - s_E, phi * s_E), Implies(lt(a_R, a_D), lt(phi, phi_S_before))))
    says = "Southern firms remain up to the sustain point."
    holding = proved(d, statement, split(by("DD starts"), intro("left", still)), says)
    witness = economy(ratio(16, 25), ratio(28, 33), ratio(4, 7), ratio(256, 297))
    reason = (
        "The partitioning point is right, but a_D is fixed before entry and exit, so the printed sustain point is too "
        "low: at s_E = 16/25, beta = 2 it is 3/4, yet at phi = 28/33 a part of the Southern firms has not moved. All "
        "have moved at (1-s_E)^(1/beta)/s_E, if that is below one. Phase DD also needs that a mover carries its "
        "foothold along; where beachheads are sunk per market no D-type moves while B = B*."
    )
    printed = Implies(lt(phi_S_after, phi), eq(a_R, a_D))
    return refuted(short("DD", whole=True), printed, witness, reason, corrected=holding)


def _smaller_root() -> Tactic:
    root = fact("pow_mono", SHARE, 1 - s_E, 1 / beta)
    return cut((("root", root, lemma("pow_mono", SHARE, 1 - s_E, 1 / beta)),), combine({"root": 1}))


def _smaller_freeness() -> Tactic:
    few = ("few phi", gt(phi * (1 - s_E - SHARE), 0), product({"few": 1}, coefficient=phi))
    return cut((few,), combine({"few phi": 1 / s_E, "y": 1 / s_E}, equations={"cut": -1 / s_E}))


def _skew_after() -> Finding:
    d = Derivation(Context({**_points(), "phi<1": domain().hypotheses()["phi<1"], "skewed": lt(beta, beta_2)}))
    _between(d)
    d.step(
        "1/beta", lt(1 / beta_2, 1 / beta), combine({"skewed": 1 / (beta * beta_2)}), "With more skewness", kind="bound"
    )
    rises = lemma("pow_exponent_below", phi_P, 1 / beta_2, 1 / beta)
    far = combine({"near": 1, "little": 1 / beta})
    statement = And(
        (lt(phi_S_after, phi_P ** (1 / beta_2)), Implies(le(slack, beta * (1 - phi)), lt(phi, phi_S_after)))
    )
    reason = (
        "The limit is stated with its bound: at any phi < 1 full agglomeration is gone once beta (1 - phi) exceeds "
        "(2 s_E - 1)/(1 - s_E)."
    )
    return proved(d, statement, split(rises, intro("little", far)), "The sustain point rises towards one.", reason)


def _skew_before() -> Finding:
    d = Derivation(Context({**_points(), "skewed": lt(beta, beta_2)}))
    south = 1 - s_E
    d.step("south<1", lt(south, 1), sign(), "The South is a part of the world,", kind="bound")
    d.step(
        "1/beta",
        lt(1 / beta_2, 1 / beta),
        combine({"skewed": 1 / (beta * beta_2)}),
        "and with more skewness",
        kind="bound",
    )
    root = fact("pow_exponent_below", south, 1 / beta_2, 1 / beta)
    d.step("root", root, lemma("pow_exponent_below", south, 1 / beta_2, 1 / beta), "we have", kind="bound")
    power = fact("pow_mono", s_E**beta, south, 1 / beta)
    gone = cut((("power", power, lemma("pow_mono", s_E**beta, south, 1 / beta)),), combine({"power": 1 / s_E}))
    statement = And((lt(phi_S_before, south ** (1 / beta_2) / s_E), Implies(lt(s_E**beta, south), gt(phi_S_before, 1))))
    proof = split(combine({"root": 1 / s_E}), intro("few", gone))
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
        parts=(
            Claim(
                "bo.order-points.before",
                "claim",
                SECTION,
                r"\phi_P<\phi_S<1",
                _order_before,
                title="order of the points before entry and exit",
            ),
            Claim(
                "bo.order-points.after",
                "claim",
                SECTION,
                r"\phi_P<\phi_S<1,\quad \phi_S\to1\ (\beta\to\infty)",
                _order_after,
                title="order of the points after entry and exit",
            ),
        ),
        title="order of partitioning and sustain point",
    ),
    Claim(
        "bo.result3",
        "result",
        f"{SECTION}, result 3",
        r"\text{XX for }\phi<\phi_P,\ \text{DD for }\phi_P<\phi<\phi_S,\ \text{all firms North for }\phi>\phi_S",
        parts=(
            Claim(
                "bo.result3.before",
                "result",
                f"{SECTION}, result 3",
                r"\phi>\phi_S\Rightarrow a_R=a_D",
                _phases_before,
                title="two phases before entry and exit",
            ),
            Claim(
                "bo.result3.after",
                "result",
                f"{SECTION}, result 3",
                r"\text{XX: }\phi\le\phi_P;\quad \text{DD: }\phi_P\le\phi\le\phi_S",
                _phases_after,
                title="two phases after entry and exit",
            ),
        ),
        title="two phases of relocation",
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
