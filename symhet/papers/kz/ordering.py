"""Assumptions A.2 and A.3 and Appendix A: the order of the cutoffs, and the strategy that no firm takes."""

from __future__ import annotations

import sympy as sp

from symhet.claims import Finding, given, proved
from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.facts import GAINS, PRICES, SPARE_L, SPARE_S, above_one, bounded_gains, offshoring_gains
from symhet.papers.kz.notation import v
from symhet.papers.kz.sources import appendix, section
from symhet.papers.kz.strategies import STRATEGIES, define_variable_profit, profits_in_labour
from symhet.propositions import And, Iff, Or, Prop, chain, eq, gt, lt
from symhet.provers import tactics as via
from symhet.steps import Step

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
    d.step(h.power, eq(POWER, 1 / m.Lambda), says)


def _first_threshold(d: Derivation) -> None:
    """Add ``first``: the least productive survivor would lose by offshoring exactly when the price exceeds p_1."""
    down = [
        (h.in_powers, lt(LOW, POWER), via.combine({h.premise: 1 / (m.Lambda * (m.f_p + m.f_I))}, h.power)),
        (h.root, via.fact("pow_mono", LOW, POWER, ROOT), via.lemma("pow_mono", LOW, POWER, ROOT)),
    ]
    up = [
        (
            h.powers,
            via.fact("pow_mono", P_1, m.ratio, m.alpha * m.k),
            via.lemma("pow_mono", P_1, m.ratio, m.alpha * m.k),
        )
    ]
    forward = via.cut(down, via.combine({h.root: 1}))
    scale = m.Lambda * (m.f_p + m.f_I)
    backward = via.cut(up, via.combine({h.powers: scale}, equations={h.power: scale}))
    says = (
        "That the gain from offshoring stays below its cost for the least productive survivor is the first threshold:"
    )
    d.step(h.first, Iff(OFF_COSTLY, lt(P_1, m.ratio)), says, by=via.both(forward, backward))


THRESHOLDS_REALITY = lt(m.f_I, m.f_ex * m.tau**m.k)
BOTH = And((THRESHOLDS_REALITY, lt(P_1, P_2)))


@section("3.3, Assumption A.3").derived(
    "kz.A.3.equivalence",
    Iff(BOTH, A_3),
    title="two forms of A.3",
    printed=r"\tilde p_2 > \tilde p_1 \quad\Leftrightarrow\quad f_p + f_I < f_{ex}\tau^{\sigma-1}",
)
def _order_of_thresholds(statement: Prop) -> Finding:
    d = Derivation(m.offshoring_first().context(h.sigma_above_1))
    inside = gt(HIGH, 0)
    positive = (h.inside, inside, via.combine({h.real: 1 / (m.f_ex * m.tau**m.k)}))
    lower = (h.lower, lt(LOW, HIGH), via.combine({h.premise: m.f_I / (m.f_ex * m.tau**m.k * (m.f_p + m.f_I))}))
    back = via.cut(
        [(h.real, THRESHOLDS_REALITY, via.combine({h.premise: 1})), positive, lower],
        via.split(via.combine({h.premise: 1}), via.lemma("pow_mono", LOW, HIGH, ROOT)),
    )
    raised = via.fact("pow_mono", P_1, P_2, m.alpha * m.k)
    scale = m.f_ex * m.tau**m.k * (m.f_p + m.f_I) / m.f_I
    forth = via.cut(
        [
            (h.real, THRESHOLDS_REALITY, via.use(h.premise)),
            positive,
            (h.ordered, lt(P_1, P_2), via.use(h.premise, 1)),
            (h.raised, raised, via.lemma("pow_mono", P_1, P_2, m.alpha * m.k)),
        ],
        via.combine({h.raised: scale}),
    )
    says = (
        "Both thresholds are the same increasing function of simple terms, the second of them real where its base is "
        "positive. So"
    )
    return proved(d, statement, via.both(forth, back), says)


def _second_threshold(d: Derivation) -> None:
    """Add ``second``: offshoring pays before exporting does exactly when the price is below p_2."""
    reality = lt(m.f_I, m.f_ex * m.tau**m.k)
    inside = (h.inside, gt(HIGH, 0), via.combine({h.real: 1 / (m.f_ex * m.tau**m.k)}))
    scale = m.Lambda * m.f_ex * m.tau**m.k
    real = (h.real, reality, via.combine({h.premise: 1 / m.Lambda}))
    below = (h.in_powers, lt(POWER, HIGH), via.combine({h.premise: 1 / scale}, h.power))
    down = via.lemma("pow_mono", POWER, HIGH, ROOT)
    raised = (
        h.raised,
        via.fact("pow_mono", m.ratio, P_2, m.alpha * m.k),
        via.lemma("pow_mono", m.ratio, P_2, m.alpha * m.k),
    )
    forward = via.cut([real, inside, below], via.split(via.by(h.real), down))
    up = [(h.real, reality, via.use(h.premise)), inside, (h.cheap, lt(m.ratio, P_2), via.use(h.premise, 1)), raised]
    backward = via.cut(up, via.combine({h.raised: scale}, equations={h.power: -scale}))
    says = "That a firm for which exporting pays finds offshoring worth its cost is the second:"
    d.step(h.second, Iff(EX_COSTLY, And((reality, lt(m.ratio, P_2)))), says, by=via.both(forward, backward))


def _first_power(d: Derivation) -> None:
    says = "By (12) the first two cutoffs satisfy"
    d.step(h.off_power, eq(m.phi_off**m.k, m.phi_min**m.k * OFF), says)


def _second_power(d: Derivation) -> None:
    says = "By (14) the export cutoff satisfies"
    d.step(h.ex_power, eq(m.phi_ex**m.k, m.phi_min**m.k * EX), says)


def _first_order(d: Derivation) -> None:
    scale = m.f_p * SPARE_L / m.phi_min**SPARE_S
    raised = (
        h.raised,
        via.fact("pow_mono", m.phi_min, m.phi_off, m.k),
        via.lemma("pow_mono", m.phi_min, m.phi_off, m.k),
    )
    forward = via.cut([raised], above_one(via.combine({h.raised: scale}, equations={h.off_power: scale})))
    up = [
        (h.base, gt(OFF, 1), above_one(via.combine({h.premise: 1 / (m.f_p * SPARE_L)}))),
        (h.root, gt(OFF ** (1 / m.k), 1), via.lemma("pow_gt_one", OFF, 1 / m.k)),
    ]
    backward = via.cut(up, via.combine({h.root: m.phi_min}, h.cutoff_off))
    says = "so that the first two are ordered exactly when the least productive survivor would lose by offshoring,"
    d.step(h.min_below_off, Iff(lt(m.phi_min, m.phi_off), OFF_COSTLY), says, by=via.both(forward, backward))


def _second_order(d: Derivation) -> None:
    scale = m.f_p * SPARE_L * (1 + SPARE_L) / m.phi_min**SPARE_S
    raised = (h.raised, via.fact("pow_mono", m.phi_off, m.phi_ex, m.k), via.lemma("pow_mono", m.phi_off, m.phi_ex, m.k))
    solved = {h.ex_power: scale, h.off_power: -scale}
    forward = via.cut([raised], above_one(via.combine({h.raised: scale}, equations=solved)))
    up = [
        (h.base, lt(OFF, EX), above_one(via.combine({h.premise: 1 / (m.f_p * SPARE_L * (1 + SPARE_L))}))),
        (h.root, lt(OFF ** (1 / m.k), EX ** (1 / m.k)), via.lemma("pow_mono", OFF, EX, 1 / m.k)),
    ]
    backward = via.cut(up, via.combine({h.root: m.phi_min}, h.cutoff_off, h.cutoff_ex))
    says = "and the last two exactly when offshoring pays before exporting does:"
    d.step(h.off_below_ex, Iff(lt(m.phi_off, m.phi_ex), EX_COSTLY), says, by=via.both(forward, backward))


EXPENSIVE, CHEAP, REALITY = lt(P_1, m.ratio), lt(m.ratio, P_2), lt(m.f_I, m.f_ex * m.tau**m.k)
BELOW, ABOVE = lt(m.phi_min, m.phi_off), lt(m.phi_off, m.phi_ex)


def _ranking(statement: Prop) -> Finding:
    """A.2 and A.3 hold exactly when the cutoffs are ordered, given A.1."""
    d = Derivation(m.offshoring_first().context(*PRICES, h.A_1, h.cutoff_off, h.cutoff_ex))
    offshoring_gains(d)
    for add in (_power_of_price, _first_threshold, _second_threshold, _first_power, _second_power):
        add(d)
    _first_order(d)
    _second_order(d)
    unpack: list[tuple[Step, Prop, via.Tactic]] = [
        (h.A_3, A_3, via.use(h.premise)),
        (h.expensive, EXPENSIVE, via.use(h.premise, 1)),
        (h.cheap, CHEAP, via.use(h.premise, 2)),
    ]
    there: list[tuple[Step, Prop, via.Tactic]] = [
        (h.real, REALITY, via.combine({h.A_3: 1})),
        (h.off_costly, OFF_COSTLY, via.use(h.first)),
        (h.both, And((REALITY, CHEAP)), via.split()),
        (h.ex_costly, EX_COSTLY, via.use(h.second)),
    ]
    forward = via.cut([*unpack, *there], via.split(via.use(h.min_below_off), via.use(h.off_below_ex)))
    back: list[tuple[Step, Prop, via.Tactic]] = [
        (h.below, BELOW, via.use(h.premise)),
        (h.above, ABOVE, via.use(h.premise, 1)),
        (h.off_costly, OFF_COSTLY, via.use(h.min_below_off)),
        (h.ex_costly, EX_COSTLY, via.use(h.off_below_ex)),
        (h.A_3, A_3, above_one(via.combine({h.ex_costly: 1 / SPARE_L, h.off_costly: 1 / SPARE_L}))),
        (h.expensive, EXPENSIVE, via.use(h.first)),
        (h.both, And((REALITY, CHEAP)), via.use(h.second)),
    ]
    backward = via.cut(back, via.split(via.by(h.A_3), via.by(h.expensive), via.use(h.both, 1)))
    says = "Hence, where A.1 holds, the other two assumptions are necessary and sufficient for the ranking of cutoffs:"
    return proved(d, statement, via.both(forward, backward), says)


_RATIO = r"\frac{p_I^{off}}{p_I^d}"


@appendix("A", "A.1").derived(
    "kz.AppA.chain",
    chain(P_1, m.ratio, P_2, sp.Integer(1)),
    title="thresholds under A.1-A.3",
    printed=r"\tilde p_1 < " + _RATIO + r" < \tilde p_2 < 1",
)
def _chain(statement: Prop) -> Finding:
    d = Derivation(m.offshoring_first().context(*GAINS))
    bounded_gains(d)
    _power_of_price(d)
    _first_threshold(d)
    _second_threshold(d)
    d.step(h.real, lt(m.f_I, m.f_ex * m.tau**m.k), "The second threshold is real")
    d.step(h.inside, gt(HIGH, 0), "since its base is positive,")
    d.step(h.below_one, lt(HIGH, 1), "and below one.")
    upper = d.step(h.upper, And((lt(m.f_I, m.f_ex * m.tau**m.k), lt(m.ratio, P_2))), "By the equivalences above")
    steps = via.split(via.use(h.first), via.use(upper, 1), via.lemma("pow_lt_one", HIGH, ROOT))
    return proved(d, statement, steps, "Together,")


EARNED = {name: STRATEGIES[name][0] for name in STRATEGIES}


@appendix("A").claim(
    "kz.AppA-dominated",
    Or((lt(EARNED[h.export_only], EARNED[h.home]), lt(EARNED[h.export_only], EARNED[h.exporting]))),
    title="exporting without offshoring",
    printed=r"\text{exporting without offshoring is always dominated by another strategy under A.1--A.3}",
)
def _dominated(goal: Prop) -> Finding:
    context = m.offshoring_first().context(*GAINS)
    d = Derivation(context)
    define_variable_profit(d)
    bounded_gains(d)
    profits_in_labour(d, h.home, h.exporting, h.export_only)
    level = m.tau**m.k * m.f_ex
    says = "Exporting with domestic intermediates pays from a variable profit at home of tau^(sigma-1) f_ex on:"
    size = d.step(h.size, via.fact("trichotomy", v, level), says)
    smaller = via.choose(0, via.combine({h.case: m.w * m.n / m.tau**m.k}, h.export_only, h.home))
    says = (
        "A smaller firm does better at home. For a larger one the gain from offshoring exceeds its cost, since "
        "offshoring pays from a lower productivity on. So some other strategy is better:"
    )
    scale = m.w * SPARE_L * (1 + m.n / m.tau**SPARE_S)
    there = (h.export_only, h.exporting)
    equal = via.choose(1, above_one(via.combine({h.ex_costly: m.w}, *there, equations={h.case: -scale})))
    larger = via.choose(1, above_one(via.combine({h.case: scale, h.ex_costly: m.w}, *there)))
    return proved(d, goal, via.cases(size, smaller, equal, larger), says)


@appendix("A").derived(
    "kz.AppA.lower",
    Iff(lt(m.phi_min, m.phi_off), lt(P_1, m.ratio)),
    title="first two cutoffs",
    printed=r"\hat\varphi_{min} < \hat\varphi_{off} \;\Leftrightarrow\; \tilde p_1 < " + _RATIO,
    lost=True,
)
def _lower(statement: Prop) -> Finding:
    d = Derivation(m.offshoring_first().context(*PRICES, h.A_1, h.cutoff_off))
    offshoring_gains(d)
    _power_of_price(d)
    _first_threshold(d)
    _first_power(d)
    _first_order(d)
    costly = (h.off_costly, OFF_COSTLY)
    forward = via.cut([(*costly, via.use(h.min_below_off))], via.use(h.first))
    backward = via.cut([(*costly, via.use(h.first))], via.use(h.min_below_off))
    says = "Hence some survivors do not offshore exactly when foreign intermediates are not too cheap:"
    return proved(d, statement, via.both(forward, backward), says)


UPPER_REALITY = lt(m.f_I, m.f_ex * m.tau**m.k)
UPPER_CHEAP = And((UPPER_REALITY, lt(m.ratio, P_2)))


@appendix("A").derived(
    "kz.AppA.upper",
    Iff(lt(m.phi_off, m.phi_ex), UPPER_CHEAP),
    title="last two cutoffs",
    printed=r"\hat\varphi_{off} < \hat\varphi_{ex,off} \;\Leftrightarrow\; " + _RATIO + r" < \tilde p_2",
    lost=True,
)
def _upper(statement: Prop) -> Finding:
    d = Derivation(m.offshoring_first().context(*PRICES, h.A_1, h.cutoff_off, h.cutoff_ex))
    offshoring_gains(d)
    _power_of_price(d)
    _second_threshold(d)
    _first_power(d)
    _second_power(d)
    _second_order(d)
    costly = (h.ex_costly, EX_COSTLY)
    forward = via.cut([(*costly, via.use(h.off_below_ex))], via.use(h.second))
    unpack = [(h.real, UPPER_REALITY, via.use(h.premise)), (h.cheap, lt(m.ratio, P_2), via.use(h.premise, 1))]
    backward = via.cut([*unpack, (*costly, via.use(h.second))], via.use(h.off_below_ex))
    says = "Hence some offshorers do not export exactly when foreign intermediates are cheap enough:"
    return proved(d, statement, via.both(forward, backward), says)


_LATEX_P_1 = r"\tilde p_1 \equiv \left(\frac{f_p}{f_p+f_I}\right)^{\frac{1}{\alpha(\sigma-1)}}"
_LATEX_P_2 = r"\tilde p_2 \equiv \left(1-\frac{f_I}{f_{ex}\tau^{\sigma-1}}\right)^{\frac{1}{\alpha(\sigma-1)}}"
_RANKING = r"\hat\varphi_{min} < \hat\varphi_{off} < \hat\varphi_{ex,off}"

CLAIMS = (
    section("3.3, Assumption A.2").row(
        "assumption",
        "kz.A.2",
        _RATIO
        + r" \in \left(\min\{\tilde p_1, \tilde p_2\}, \max\{\tilde p_1, \tilde p_2\}\right),\quad "
        + _LATEX_P_1
        + r",\quad "
        + _LATEX_P_2,
        title="relative price of intermediates between two thresholds",
    ),
    section("3.3, Assumption A.3").row(
        "assumption",
        "kz.A.3",
        r"\tilde p_2 > \tilde p_1,\quad f_p + f_I < f_{ex}\tau^{\sigma-1}",
        given,
        (_order_of_thresholds,),
        title="exporting is harder than offshoring",
    ),
    appendix("A").stated(
        "derived",
        "kz.AppA",
        Iff(And((A_3, EXPENSIVE, CHEAP)), And((BELOW, ABOVE))),
        _ranking,
        (
            _lower,
            _upper,
            _chain,
        ),
        title="ranking of the cutoffs",
        printed=r"\text{A.1, A.2, A.3} \;\Rightarrow\; " + _RANKING,
    ),
    _dominated,
)
