"""Remarks on A.1-A.3: which firms offshore when offshoring is free or an assumption fails."""

from __future__ import annotations

import sympy as sp

from symhet.claims import Finding, Severity, Witness, proved, refuted
from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.facts import PRICES, RELATIVE_PRICE, SPARE_L, SPARE_S, above_one, offshoring_gains, relative_price
from symhet.papers.kz.notation import fixed, phi, reach, v
from symhet.papers.kz.ordering import HIGH, LOW
from symhet.papers.kz.points import PRICES as DETERMINED
from symhet.papers.kz.points import example
from symhet.papers.kz.sources import section
from symhet.papers.kz.strategies import (
    INDIFFERENCE,
    STRATEGIES,
    define_variable_profit,
    exporting_profit,
    home_profit,
    offshoring_profit,
    profits_in_labour,
    survivors_profit,
)
from symhet.papers.kz.terms import efficiency, revenue
from symhet.propositions import And, Implies, Or, Prop, eq, ge, gt, le, lt
from symhet.provers import tactics as via
from symhet.steps import Step

DOMESTIC = reach * revenue(efficiency(phi, m.p_I_d)) / m.sigma - fixed * m.w
"""Profit with domestic intermediates of a firm of any reach and any fixed costs."""


def _foreign(cost: sp.Expr) -> sp.Expr:
    """Return the profit of the same firm with foreign intermediates, at a fixed cost of offshoring."""
    return reach * revenue(efficiency(phi, m.p_I_off)) / m.sigma - (fixed + cost) * m.w


def _two_modes(d: Derivation, cost: sp.Expr) -> None:
    """Add ``domestic`` and ``foreign``: profits of one firm under both sourcing modes, in terms of v."""
    says = "A firm that serves any markets and bears any fixed costs earns with domestic intermediates"
    d.step(h.domestic, eq(DOMESTIC, m.w * (reach * v - fixed)), says)
    says = "and with foreign ones"
    earned = m.w * (m.Lambda * reach * v - fixed - cost)
    d.step(h.foreign, eq(_foreign(cost), earned), says, by=via.identity(h.Lambda, h.v))


def _factor_below_one(name: Step) -> list[tuple[Step, Prop, via.Tactic]]:
    """Return the steps from foreign intermediates that cost more, known as ``name``, to a factor below one."""
    base = m.p_I_d / m.p_I_off
    power = base ** (m.alpha * m.k)
    return [
        (h.base, lt(base, 1), via.combine({name: base})),
        (h.power, lt(power, 1), via.lemma("pow_lt_one", base, m.alpha * m.k)),
        (h.form, eq(m.Lambda, power), via.identity(h.Lambda)),
        (h.Lambda_below_1, lt(m.Lambda, 1), via.combine({h.power: 1}, equations={h.form: 1})),
    ]


def _factor_is_one(name: Step) -> list[tuple[Step, Prop, via.Tactic]]:
    return [
        (h.same, eq(m.p_I_off, m.p_I_d), via.powers({name: 1})),
        (h.Lambda_is_1, eq(m.Lambda, 1), via.identity(h.Lambda, h.same)),
    ]


FREE = _foreign(sp.Integer(0))
CASES = (
    Implies(lt(m.ratio, 1), lt(DOMESTIC, FREE)),
    Implies(eq(m.ratio, 1), eq(DOMESTIC, FREE)),
    Implies(gt(m.ratio, 1), lt(FREE, DOMESTIC)),
)


@section("3.3").remark(
    "kz.A.2-fI0",
    And(CASES),
    title="offshoring without a fixed cost",
    printed=r"\text{if } f_I \text{ were zero, no } \tau_I \text{ would restore the ordering:}"
    r" \text{ all firms would choose the same sourcing mode}",
)
def _free_offshoring(statement: Prop) -> Finding:
    d = Derivation(m.offshoring_first().context(*PRICES[:1], h.Lambda))
    define_variable_profit(d)
    _two_modes(d, sp.Integer(0))
    base = m.p_I_d / m.p_I_off
    power = base ** (m.alpha * m.k)
    above = [
        (h.base, gt(base, 1), via.combine({h.price: base})),
        (h.power, gt(power, 1), via.lemma("pow_gt_one", base, m.alpha * m.k)),
        (h.form, eq(m.Lambda, power), via.identity(h.Lambda)),
        (h.Lambda_above_1, gt(m.Lambda, 1), via.combine({h.power: 1}, equations={h.form: -1})),
    ]
    sold = m.w * reach * v
    proofs = (
        via.intro(h.price, via.cut(above, via.combine({h.Lambda_above_1: sold}, h.domestic, h.foreign))),
        via.intro(h.price, via.cut(_factor_is_one(h.price), via.identity(h.domestic, h.foreign, h.Lambda_is_1))),
        via.intro(
            h.price, via.cut(_factor_below_one(h.price), via.combine({h.Lambda_below_1: sold}, h.domestic, h.foreign))
        ),
    )
    says = (
        "Without a fixed cost of offshoring the choice depends on the relative price alone, which is the same for "
        "all firms: all offshore, all are indifferent, or none offshores, whatever the trade cost of intermediates:"
    )
    return proved(d, statement, via.split(*proofs), says)


@section("3.3").remark(
    "kz.A.2-violations.A.1",
    lt(_foreign(m.f_I), DOMESTIC),
    title="no advantage",
    printed=r"\text{A.1 fails} \;\Rightarrow\; \text{no offshoring}",
)
def _no_advantage(statement: Prop) -> Finding:
    dear = ge(RELATIVE_PRICE, 1)
    d = Derivation(m.offshoring_first().context(*PRICES).having(h.no_advantage, dear))
    define_variable_profit(d)
    relative_price(d)
    _two_modes(d, m.f_I)
    says = "Where A.1 fails foreign intermediates are at least as expensive as domestic ones:"
    price = d.step(h.price, via.fact("trichotomy", m.ratio, 1), says)
    proofs = (
        via.absurd(via.combine({h.case: 1, h.no_advantage: 1}, equations={h.q: -1})),
        via.cut(_factor_is_one(h.case), via.combine({}, h.domestic, h.foreign, h.Lambda_is_1)),
        via.cut(_factor_below_one(h.case), via.combine({h.Lambda_below_1: m.w * reach * v}, h.domestic, h.foreign)),
    )
    says = "so that offshoring adds nothing to the sales of any firm and costs f_I: no firm offshores."
    return proved(d, statement, via.cases(price, *proofs), says)


def _power_of_price(d: Derivation) -> None:
    inverse = eq(RELATIVE_PRICE ** (m.alpha * m.k), 1 / m.Lambda)
    says = "In these terms the power of the relative price in A.2 is"
    d.step(h.one_over_Lambda, inverse, says)


EARNED = {name: profit for name, (profit, _) in STRATEGIES.items()}
CHEAP = le(RELATIVE_PRICE ** (m.alpha * m.k), LOW)
"""The relative price lies at or below the lower threshold."""


ALL_OFFSHORE = And(
    (
        Implies(
            CHEAP,
            Implies(
                lt(m.phi_min, phi),
                And((lt(EARNED[h.home], EARNED[h.offshoring]), lt(EARNED[h.export_only], EARNED[h.exporting]))),
            ),
        ),
        Implies(lt(LOW, CHEAP.lhs), lt(m.f_p * (m.Lambda - 1), m.f_I)),
    )
)
"""At or below the lower threshold every survivor offshores; above it the least productive one does not."""


def _cheap_enough(statement: Prop) -> Finding:
    context = m.offshoring_first().context(*PRICES, h.A_1)
    d = Derivation(context.having(h.marginal_producer, INDIFFERENCE[h.marginal_producer]))
    define_variable_profit(d)
    offshoring_gains(d)
    _power_of_price(d)
    profits_in_labour(d)
    size_step = survivors_profit(d, "The least productive firm that survives with domestic intermediates has")
    scale = m.Lambda * (m.f_p + m.f_I)
    power = (phi / m.phi_min) ** m.k
    steps: list[tuple[Step, Prop, via.Tactic]] = [
        (
            h.pays,
            le(m.f_I, m.f_p * (m.Lambda - 1)),
            via.combine({h.cheap: scale}, equations={h.one_over_Lambda: -scale}),
        ),
        (h.higher, gt(power, 1), via.lemma("pow_gt_one", phi / m.phi_min, m.k)),
        (h.larger, gt(v, m.f_p), via.combine({h.higher: m.f_p}, size_step)),
    ]
    pairs = {h.home: h.offshoring, h.export_only: h.exporting}
    abroad = {h.home: sp.S.Zero, h.export_only: m.n / m.tau**SPARE_S}
    tactics = (
        above_one(via.combine({h.pays: m.w, h.larger: m.w * SPARE_L * (1 + abroad[stays])}, stays, goes))
        for stays, goes in pairs.items()
    )
    first = via.intro(h.cheap, via.intro(h.survives, via.cut(steps, via.split(*tactics))))
    second = via.intro(h.dear, via.combine({h.dear: scale}, equations={h.one_over_Lambda: scale}))
    says = (
        "So below the first threshold each survivor is better off offshoring, whether it exports or not, and above it "
        "the least productive one does not offshore at home:"
    )
    return proved(d, statement, via.split(first, second), says)


cheap_enough_for_all = section("3.3").stated(
    "remark",
    "kz.edge.all",
    ALL_OFFSHORE,
    _cheap_enough,
    title="an advantage not too large",
    printed=r"p_I^{off}/p_I^d \le \tilde p_1 \;\Rightarrow\; \text{all firms offshore}",
)


AT_HOME = home_profit(m.phi_min)


@section("3.3").remark(
    "kz.A.2-violations.A.2",
    Or((le(AT_HOME, offshoring_profit(m.phi_min)), le(AT_HOME, exporting_profit(m.phi_min)))),
    title="outside",
    printed=r"\text{A.2 fails} \;\Rightarrow\; \text{all firms offshore}",
)
def _violated_interval(offshores: Prop) -> Finding:
    names = [name for name in m.offshoring_first().domain.hypotheses() if not name.startswith("A.2")]
    context = m.offshoring_first().context(*names, *DETERMINED, h.E_X)
    power = RELATIVE_PRICE ** (m.alpha * m.k)
    context = context.having(h.outside, Or((le(power, LOW), le(HIGH, power))))
    d = Derivation(context.having(h.marginal_producer, INDIFFERENCE[h.marginal_producer]))
    reason = (
        "A.2 fails on two sides. Below the lower threshold all firms above phi_min offshore. Above it the firm at "
        "phi_min would lose by offshoring without exporting. In the counterexample, where the price lies above both "
        "thresholds, that firm would lose 9 by offshoring at home, and 11.33 by exporting too."
    )
    changes = {m.f_ex: sp.Rational(10, 3), m.phi_min: sp.Integer(1), m.P_X: sp.Rational(3, 2)}
    point = example(*DETERMINED, h.E_X, changes=changes)
    return refuted(
        d, offshores, Witness(point), reason, corrected=_cheap_enough(ALL_OFFSHORE), severity=Severity.SUBSTANCE
    )


@section("3.3").remark(
    "kz.A.2-violations.A.3",
    Implies(gt(EARNED[h.offshoring], 0), lt(EARNED[h.offshoring], EARNED[h.exporting])),
    title="easy exporting",
    printed=r"\text{A.3 fails} \;\Rightarrow\; \text{only exporting firms offshore}",
)
def _hard_offshoring(goal: Prop) -> Finding:
    hard = ge(m.f_p + m.f_I, m.f_ex * m.tau**m.k)
    d = Derivation(m.offshoring_first().context(h.sigma_above_1, h.Lambda).having(h.easy_exporting, hard))
    define_variable_profit(d)
    profits_in_labour(d, h.offshoring, h.exporting)
    d.recall(h.easy_exporting, "Suppose that A.3 fails:")
    covered = (
        h.covered,
        gt(m.w * (m.Lambda * v - m.f_p - m.f_I), 0),
        via.combine({h.profit: 1}, equations={h.offshoring: 1}),
    )
    market = m.n / m.tau**m.k
    better = via.combine({h.covered: market, h.easy_exporting: m.w * market}, h.offshoring, h.exporting)
    says = (
        "A firm that covers its fixed costs by offshoring at home then sells enough to cover the cost of exporting "
        "too. So only exporters offshore:"
    )
    reason = (
        "As literally said: every firm that offshores exports. It does not follow that some firms do neither; that is "
        "the next claim."
    )
    return proved(d, goal, via.intro(h.profit, via.cut([covered], better)), says, reason)


def _everyone_does_both() -> Finding:
    """In the interval with its ends exchanged every survivor offshores and exports."""
    context = m.offshoring_first().context(*PRICES, h.A_1)
    power = RELATIVE_PRICE ** (m.alpha * m.k)
    context = context.having(h.above_second, lt(HIGH, power)).having(h.below_first, lt(power, LOW))
    d = Derivation(context)
    define_variable_profit(d)
    offshoring_gains(d)
    _power_of_price(d)
    d.step(h.off_pays, lt(m.f_I, m.f_p * (m.Lambda - 1)), "Below the first threshold offshoring pays for all,")
    d.step(h.ex_pays, lt(m.tau**m.k * m.f_ex * (m.Lambda - 1), m.f_I * m.Lambda), "and above the second")
    says = "both of which only a failure of A.3 admits:"
    d.step(h.easy_exporting, lt(m.f_ex * m.tau**m.k, m.f_p + m.f_I), says)
    profits_in_labour(d)
    market = m.n / m.tau**SPARE_S
    best = STRATEGIES[h.exporting][0]
    terms = {
        h.home: {
            h.zero: SPARE_L + market * (1 + SPARE_L),
            h.off_pays: m.w * (1 + market),
            h.easy_exporting: m.w * market,
        },
        h.offshoring: {h.zero: market, h.easy_exporting: m.w * market},
        h.export_only: {h.zero: SPARE_L, h.off_pays: m.w},
    }
    parts, proofs = [], []
    for name, used in terms.items():
        earned, short = STRATEGIES[name]
        covered = (h.zero, ge(short, 0), via.combine({h.profit: 1}, equations={name: 1}))
        parts.append(Implies(ge(earned, 0), lt(earned, best)))
        proofs.append(via.intro(h.profit, via.cut([covered], above_one(via.combine(used, name, h.exporting)))))
    says = "So every firm that could survive in another way does better by doing both:"
    return proved(d, And(tuple(parts)), via.split(*proofs), says)


@section("4.2").remark(
    "kz.A.2-violations.A.3-groups",
    le(exporting_profit(m.phi_min), home_profit(m.phi_min)),
    title="A.3 fails: less productive firms that stay at home",
    printed=r"\text{A.3 is violated, i.e.\ offshoring-only requires higher productivity than "
    r"exporting-only}",
)
def _three_groups(stays: Prop) -> Finding:
    names = [name for name in m.offshoring_first().domain.hypotheses() if name[:3] not in ("A.2", h.A_3)]
    context = m.offshoring_first().context(*names, *DETERMINED, h.E_X)
    power = RELATIVE_PRICE ** (m.alpha * m.k)
    context = context.having(h.above_second, lt(HIGH, power)).having(h.below_first, lt(power, LOW))
    d = Derivation(context.having(h.marginal_producer, INDIFFERENCE[h.marginal_producer]))
    reason = (
        "If A.3 fails, no price satisfies A.2 (A.3.equivalence). Where A.1 holds and the price lies above the second "
        "threshold and below the first, all survivors offshore and export. In the counterexample the marginal survivor "
        "earns 1.4 by doing both, and nothing at home. When exporters come first is said by A3-violated.order."
    )
    changes = {m.f_I: sp.Integer(2), m.f_ex: sp.Rational(3, 5), m.phi_min: sp.Integer(1), m.P_X: sp.Rational(3, 2)}
    point = example(*DETERMINED, h.E_X, changes=changes)
    return refuted(d, stays, Witness(point), reason, corrected=_everyone_does_both(), severity=Severity.SUBSTANCE)


CLAIMS = (
    _free_offshoring,
    section("3.3").row(
        "remark",
        "kz.A.2-violations",
        r"\text{no offshoring (violation of A.1), all firms offshoring (violation of A.2),}"
        r" \text{ only exporting firms offshoring (violation of A.3)}",
        parts=(
            _no_advantage,
            _violated_interval,
            _hard_offshoring,
            _three_groups,
        ),
        title="other partitions of firms",
    ),
)
