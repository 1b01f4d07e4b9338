"""Assumptions A.2 and A.3 and Appendix A: the order of the cutoffs, and the strategy that no firm takes."""

from __future__ import annotations

import sympy as sp

from symhet.claims import Claim, Finding, given, proved
from symhet.derivation import Derivation, Step
from symhet.papers.kz import model as m
from symhet.papers.kz.facts import (
    EX_COSTLY_STEP,
    GAINS,
    OFF_COSTLY_STEP,
    PRICES,
    SPARE_L,
    SPARE_S,
    above_one,
    bounded_gains,
    offshoring_gains,
)
from symhet.papers.kz.notation import v
from symhet.papers.kz.sources import appendix, section
from symhet.papers.kz.strategies import STRATEGIES, define_variable_profit, profits_in_labour
from symhet.propositions import And, Iff, Or, Prop, chain, eq, gt, lt
from symhet.provers import tactics as via

FIRST_STEP = Step("first")
MIN_BELOW_OFF_STEP = Step("min<off")
OFF_BELOW_EX_STEP = Step("off<ex")
OFF_POWER_STEP = Step("off power")
POWER_STEP = Step("power")
REAL_STEP = Step("real")
SECOND_STEP = Step("second")


LOW = m.f_p / (m.f_p + m.f_I)
HIGH = 1 - m.f_I / (m.f_ex * m.tau**m.k)
ROOT = 1 / (m.alpha * m.k)
P_1 = LOW**ROOT
P_2 = HIGH**ROOT
A_3 = lt(m.f_p + m.f_I, m.f_ex * m.tau**m.k)
OFF_COSTLY = lt(m.f_p * (m.Lambda - 1), m.f_I)
EX_COSTLY = lt(m.f_I * m.Lambda, m.tau**m.k * m.f_ex * (m.Lambda - 1))
OFF = m.f_I / (m.f_p * (m.Lambda - 1))
EX = m.tau**m.k * m.f_ex / (m.f_p * m.Lambda)
POWER = m.ratio ** (m.alpha * m.k)


def _power_of_price(d: Derivation) -> None:
    says = "In terms of the offshoring factor the power of the relative price in A.2 is"
    d.step(POWER_STEP, eq(POWER, 1 / m.Lambda), says)


def _first_threshold(d: Derivation) -> None:
    """Add ``first``: the least productive survivor would lose by offshoring exactly when the price exceeds p_1."""
    down = [
        ("in powers", lt(LOW, POWER), via.combine({"premise": 1 / (m.Lambda * (m.f_p + m.f_I))}, POWER_STEP)),
        ("root", via.fact("pow_mono", LOW, POWER, ROOT), via.lemma("pow_mono", LOW, POWER, ROOT)),
    ]
    up = [
        (
            "powers",
            via.fact("pow_mono", P_1, m.ratio, m.alpha * m.k),
            via.lemma("pow_mono", P_1, m.ratio, m.alpha * m.k),
        )
    ]
    forward = via.cut(down, via.combine({"root": 1}))
    scale = m.Lambda * (m.f_p + m.f_I)
    backward = via.cut(up, via.combine({"powers": scale}, equations={POWER_STEP: scale}))
    says = (
        "That the gain from offshoring stays below its cost for the least productive survivor is the first threshold:"
    )
    d.step(FIRST_STEP, Iff(OFF_COSTLY, lt(P_1, m.ratio)), says, by=via.both(forward, backward))


def _order_of_thresholds() -> Finding:
    d = Derivation(m.offshoring_first().context("sigma>1"))
    reality = lt(m.f_I, m.f_ex * m.tau**m.k)
    inside = gt(HIGH, 0)
    positive = ("inside", inside, via.combine({REAL_STEP: 1 / (m.f_ex * m.tau**m.k)}))
    lower = ("lower", lt(LOW, HIGH), via.combine({"premise": m.f_I / (m.f_ex * m.tau**m.k * (m.f_p + m.f_I))}))
    back = via.cut(
        [("real", reality, via.combine({"premise": 1})), positive, lower],
        via.split(via.combine({"premise": 1}), via.lemma("pow_mono", LOW, HIGH, ROOT)),
    )
    raised = via.fact("pow_mono", P_1, P_2, m.alpha * m.k)
    scale = m.f_ex * m.tau**m.k * (m.f_p + m.f_I) / m.f_I
    forth = via.cut(
        [
            ("real", reality, via.use("premise")),
            positive,
            ("ordered", lt(P_1, P_2), via.use("premise", 1)),
            ("raised", raised, via.lemma("pow_mono", P_1, P_2, m.alpha * m.k)),
        ],
        via.combine({"raised": scale}),
    )
    says = (
        "Both thresholds are the same increasing function of simple terms, the second of them real where its base is "
        "positive. So"
    )
    both_ = And((reality, lt(P_1, P_2)))
    return proved(d, Iff(both_, A_3), via.both(forth, back), says)


def _second_threshold(d: Derivation) -> None:
    """Add ``second``: offshoring pays before exporting does exactly when the price is below p_2."""
    reality = lt(m.f_I, m.f_ex * m.tau**m.k)
    inside = ("inside", gt(HIGH, 0), via.combine({REAL_STEP: 1 / (m.f_ex * m.tau**m.k)}))
    scale = m.Lambda * m.f_ex * m.tau**m.k
    real = ("real", reality, via.combine({"premise": 1 / m.Lambda}))
    below = ("in powers", lt(POWER, HIGH), via.combine({"premise": 1 / scale}, POWER_STEP))
    down = via.lemma("pow_mono", POWER, HIGH, ROOT)
    raised = (
        "raised",
        via.fact("pow_mono", m.ratio, P_2, m.alpha * m.k),
        via.lemma("pow_mono", m.ratio, P_2, m.alpha * m.k),
    )
    forward = via.cut([real, inside, below], via.split(via.by(REAL_STEP), down))
    up = [("real", reality, via.use("premise")), inside, ("cheap", lt(m.ratio, P_2), via.use("premise", 1)), raised]
    backward = via.cut(up, via.combine({"raised": scale}, equations={POWER_STEP: -scale}))
    says = "That a firm for which exporting pays finds offshoring worth its cost is the second:"
    d.step(SECOND_STEP, Iff(EX_COSTLY, And((reality, lt(m.ratio, P_2)))), says, by=via.both(forward, backward))


def _first_power(d: Derivation) -> None:
    says = "By (12) the first two cutoffs satisfy"
    d.step(OFF_POWER_STEP, eq(m.phi_off**m.k, m.phi_min**m.k * OFF), says)


def _second_power(d: Derivation) -> None:
    says = "By (14) the export cutoff satisfies"
    d.step("ex power", eq(m.phi_ex**m.k, m.phi_min**m.k * EX), says)


def _first_order(d: Derivation) -> None:
    scale = m.f_p * SPARE_L / m.phi_min**SPARE_S
    raised = (
        "raised",
        via.fact("pow_mono", m.phi_min, m.phi_off, m.k),
        via.lemma("pow_mono", m.phi_min, m.phi_off, m.k),
    )
    forward = via.cut([raised], above_one(via.combine({"raised": scale}, equations={OFF_POWER_STEP: scale})))
    up = [
        ("base", gt(OFF, 1), above_one(via.combine({"premise": 1 / (m.f_p * SPARE_L)}))),
        ("root", gt(OFF ** (1 / m.k), 1), via.lemma("pow_gt_one", OFF, 1 / m.k)),
    ]
    backward = via.cut(up, via.combine({"root": m.phi_min}, "cutoff_off"))
    says = "so that the first two are ordered exactly when the least productive survivor would lose by offshoring,"
    d.step(MIN_BELOW_OFF_STEP, Iff(lt(m.phi_min, m.phi_off), OFF_COSTLY), says, by=via.both(forward, backward))


def _second_order(d: Derivation) -> None:
    scale = m.f_p * SPARE_L * (1 + SPARE_L) / m.phi_min**SPARE_S
    raised = ("raised", via.fact("pow_mono", m.phi_off, m.phi_ex, m.k), via.lemma("pow_mono", m.phi_off, m.phi_ex, m.k))
    solved = {"ex power": scale, "off power": -scale}
    forward = via.cut([raised], above_one(via.combine({"raised": scale}, equations=solved)))
    up = [
        ("base", lt(OFF, EX), above_one(via.combine({"premise": 1 / (m.f_p * SPARE_L * (1 + SPARE_L))}))),
        ("root", lt(OFF ** (1 / m.k), EX ** (1 / m.k)), via.lemma("pow_mono", OFF, EX, 1 / m.k)),
    ]
    backward = via.cut(up, via.combine({"root": m.phi_min}, "cutoff_off", "cutoff_ex"))
    says = "and the last two exactly when offshoring pays before exporting does:"
    d.step(OFF_BELOW_EX_STEP, Iff(lt(m.phi_off, m.phi_ex), EX_COSTLY), says, by=via.both(forward, backward))


def _ranking() -> Finding:
    """A.2 and A.3 hold exactly when the cutoffs are ordered, given A.1."""
    d = Derivation(m.offshoring_first().context(*PRICES, "A.1", "cutoff_off", "cutoff_ex"))
    offshoring_gains(d)
    for add in (_power_of_price, _first_threshold, _second_threshold, _first_power, _second_power):
        add(d)
    _first_order(d)
    _second_order(d)
    expensive, cheap, reality = lt(P_1, m.ratio), lt(m.ratio, P_2), lt(m.f_I, m.f_ex * m.tau**m.k)
    below, above = lt(m.phi_min, m.phi_off), lt(m.phi_off, m.phi_ex)
    unpack: list[tuple[str, Prop, via.Tactic]] = [
        ("A.3", A_3, via.use("premise")),
        ("expensive", expensive, via.use("premise", 1)),
        ("cheap", cheap, via.use("premise", 2)),
    ]
    there: list[tuple[str, Prop, via.Tactic]] = [
        ("real", reality, via.combine({"A.3": 1})),
        ("off costly", OFF_COSTLY, via.use(FIRST_STEP)),
        ("both", And((reality, cheap)), via.split()),
        ("ex costly", EX_COSTLY, via.use(SECOND_STEP)),
    ]
    forward = via.cut([*unpack, *there], via.split(via.use(MIN_BELOW_OFF_STEP), via.use(OFF_BELOW_EX_STEP)))
    back: list[tuple[str, Prop, via.Tactic]] = [
        ("below", below, via.use("premise")),
        ("above", above, via.use("premise", 1)),
        ("off costly", OFF_COSTLY, via.use(MIN_BELOW_OFF_STEP)),
        ("ex costly", EX_COSTLY, via.use(OFF_BELOW_EX_STEP)),
        ("A.3", A_3, above_one(via.combine({EX_COSTLY_STEP: 1 / SPARE_L, OFF_COSTLY_STEP: 1 / SPARE_L}))),
        ("expensive", expensive, via.use(FIRST_STEP)),
        ("both", And((reality, cheap)), via.use(SECOND_STEP)),
    ]
    backward = via.cut(back, via.split(via.by("A.3"), via.by("expensive"), via.use("both", 1)))
    says = "Hence, where A.1 holds, the other two assumptions are necessary and sufficient for the ranking of cutoffs:"
    return proved(d, Iff(And((A_3, expensive, cheap)), And((below, above))), via.both(forward, backward), says)


def _chain() -> Finding:
    d = Derivation(m.offshoring_first().context(*GAINS))
    bounded_gains(d)
    _power_of_price(d)
    _first_threshold(d)
    _second_threshold(d)
    d.step(REAL_STEP, lt(m.f_I, m.f_ex * m.tau**m.k), "The second threshold is real")
    d.step("inside", gt(HIGH, 0), "since its base is positive,")
    d.step("below one", lt(HIGH, 1), "and below one.")
    upper = d.step("upper", And((lt(m.f_I, m.f_ex * m.tau**m.k), lt(m.ratio, P_2))), "By the equivalences above")
    steps = via.split(via.use(FIRST_STEP), via.use(upper, 1), via.lemma("pow_lt_one", HIGH, ROOT))
    return proved(d, chain(P_1, m.ratio, P_2, sp.Integer(1)), steps, "Together,")


def _dominated() -> Finding:
    context = m.offshoring_first().context(*GAINS)
    d = Derivation(context)
    define_variable_profit(d)
    bounded_gains(d)
    profits_in_labour(d, "home", "exporting", "export only")
    level = m.tau**m.k * m.f_ex
    says = "Exporting with domestic intermediates pays from a variable profit at home of tau^(sigma-1) f_ex on:"
    size = d.step("size", via.fact("trichotomy", v, level), says)
    earned = {name: STRATEGIES[name][0] for name in STRATEGIES}
    goal = Or((lt(earned["export only"], earned["home"]), lt(earned["export only"], earned["exporting"])))
    smaller = via.choose(0, via.combine({"case": m.w * m.n / m.tau**m.k}, "export only", "home"))
    says = (
        "A smaller firm does better at home. For a larger one the gain from offshoring exceeds its cost, since "
        "offshoring pays from a lower productivity on. So some other strategy is better:"
    )
    scale = m.w * SPARE_L * (1 + m.n / m.tau**SPARE_S)
    there = ("export only", "exporting")
    equal = via.choose(1, above_one(via.combine({EX_COSTLY_STEP: m.w}, *there, equations={"case": -scale})))
    larger = via.choose(1, above_one(via.combine({"case": scale, EX_COSTLY_STEP: m.w}, *there)))
    return proved(d, goal, via.cases(size, smaller, equal, larger), says)


def _lower() -> Finding:
    d = Derivation(m.offshoring_first().context(*PRICES, "A.1", "cutoff_off"))
    offshoring_gains(d)
    _power_of_price(d)
    _first_threshold(d)
    _first_power(d)
    _first_order(d)
    costly = ("off costly", OFF_COSTLY)
    forward = via.cut([(*costly, via.use(MIN_BELOW_OFF_STEP))], via.use(FIRST_STEP))
    backward = via.cut([(*costly, via.use(FIRST_STEP))], via.use(MIN_BELOW_OFF_STEP))
    says = "Hence some survivors do not offshore exactly when foreign intermediates are not too cheap:"
    return proved(d, Iff(lt(m.phi_min, m.phi_off), lt(P_1, m.ratio)), via.both(forward, backward), says)


def _upper() -> Finding:
    d = Derivation(m.offshoring_first().context(*PRICES, "A.1", "cutoff_off", "cutoff_ex"))
    offshoring_gains(d)
    _power_of_price(d)
    _second_threshold(d)
    _first_power(d)
    _second_power(d)
    _second_order(d)
    costly = ("ex costly", EX_COSTLY)
    forward = via.cut([(*costly, via.use(OFF_BELOW_EX_STEP))], via.use(SECOND_STEP))
    reality = lt(m.f_I, m.f_ex * m.tau**m.k)
    unpack = [("real", reality, via.use("premise")), ("cheap", lt(m.ratio, P_2), via.use("premise", 1))]
    backward = via.cut([*unpack, (*costly, via.use(SECOND_STEP))], via.use(OFF_BELOW_EX_STEP))
    says = "Hence some offshorers do not export exactly when foreign intermediates are cheap enough:"
    cheap = And((reality, lt(m.ratio, P_2)))
    return proved(d, Iff(lt(m.phi_off, m.phi_ex), cheap), via.both(forward, backward), says)


_LATEX_P_1 = r"\tilde p_1 \equiv \left(\frac{f_p}{f_p+f_I}\right)^{\frac{1}{\alpha(\sigma-1)}}"
_LATEX_P_2 = r"\tilde p_2 \equiv \left(1-\frac{f_I}{f_{ex}\tau^{\sigma-1}}\right)^{\frac{1}{\alpha(\sigma-1)}}"
_RATIO = r"\frac{p_I^{off}}{p_I^d}"
_RANKING = r"\hat\varphi_{min} < \hat\varphi_{off} < \hat\varphi_{ex,off}"

CLAIMS = (
    Claim(
        "kz.A.2",
        "assumption",
        section("3.3, Assumption A.2"),
        _RATIO
        + r" \in \left(\min\{\tilde p_1, \tilde p_2\}, \max\{\tilde p_1, \tilde p_2\}\right),\quad "
        + _LATEX_P_1
        + r",\quad "
        + _LATEX_P_2,
        title="relative price of intermediates between two thresholds",
    ),
    Claim(
        "kz.A.3",
        "assumption",
        section("3.3, Assumption A.3"),
        r"\tilde p_2 > \tilde p_1,\quad f_p + f_I < f_{ex}\tau^{\sigma-1}",
        given,
        (
            Claim(
                "kz.A.3.equivalence",
                "derived",
                section("3.3, Assumption A.3"),
                r"\tilde p_2 > \tilde p_1 \quad\Leftrightarrow\quad f_p + f_I < f_{ex}\tau^{\sigma-1}",
                _order_of_thresholds,
                title="two forms of A.3",
            ),
        ),
        title="exporting is harder than offshoring",
    ),
    Claim(
        "kz.AppA",
        "derived",
        appendix("A"),
        r"\text{A.1, A.2, A.3} \;\Rightarrow\; " + _RANKING,
        _ranking,
        (
            Claim(
                "kz.AppA.lower",
                "derived",
                appendix("A"),
                None,
                _lower,
                title="first two cutoffs",
                reconstruction=r"\hat\varphi_{min} < \hat\varphi_{off} \;\Leftrightarrow\; \tilde p_1 < " + _RATIO,
            ),
            Claim(
                "kz.AppA.upper",
                "derived",
                appendix("A"),
                None,
                _upper,
                title="last two cutoffs",
                reconstruction=r"\hat\varphi_{off} < \hat\varphi_{ex,off} \;\Leftrightarrow\; "
                + _RATIO
                + r" < \tilde p_2",
            ),
            Claim(
                "kz.AppA.chain",
                "derived",
                appendix("A", "A.1"),
                r"\tilde p_1 < " + _RATIO + r" < \tilde p_2 < 1",
                _chain,
                title="thresholds under A.1-A.3",
            ),
        ),
        title="ranking of the cutoffs",
    ),
    Claim(
        "kz.AppA-dominated",
        "claim",
        appendix("A"),
        r"\text{exporting without offshoring is always dominated by another strategy under A.1--A.3}",
        _dominated,
        title="exporting without offshoring",
    ),
)
