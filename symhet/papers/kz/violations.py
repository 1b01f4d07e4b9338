"""Remarks on A.1-A.3: which firms offshore when offshoring is free or an assumption fails."""

from __future__ import annotations

import sympy as sp

from symhet.claims import Claim, Finding, Severity, Witness, proved, refuted
from symhet.derivation import Derivation, Step
from symhet.papers.kz import model as m
from symhet.papers.kz.facts import (
    LAMBDA_ABOVE_1_STEP,
    PRICES,
    Q_STEP,
    RELATIVE_PRICE,
    SPARE_L,
    SPARE_S,
    above_one,
    offshoring_gains,
    relative_price,
)
from symhet.papers.kz.notation import fixed, phi, reach, v
from symhet.papers.kz.ordering import HIGH, LOW, POWER_STEP
from symhet.papers.kz.points import PRICES as DETERMINED
from symhet.papers.kz.points import example
from symhet.papers.kz.sources import section
from symhet.papers.kz.strategies import (
    INDIFFERENCE,
    STRATEGIES,
    V_STEP,
    define_variable_profit,
    exporting_profit,
    home_profit,
    offshoring_profit,
    profits_in_labour,
)
from symhet.papers.kz.terms import efficiency, revenue
from symhet.propositions import And, Implies, Or, Prop, eq, ge, gt, le, lt
from symhet.provers import tactics as via

DOMESTIC_STEP = Step("domestic")
EASY_EXPORTING_STEP = Step("easy exporting")
EQ_1_LAMBDA_STEP = Step("1/Lambda")
FOREIGN_STEP = Step("foreign")
PRICE_STEP = Step("price")


DOMESTIC = reach * revenue(efficiency(phi, m.p_I_d)) / m.sigma - fixed * m.w
"""Profit with domestic intermediates of a firm of any reach and any fixed costs."""


def _foreign(cost: sp.Expr) -> sp.Expr:
    """Return the profit of the same firm with foreign intermediates, at a fixed cost of offshoring."""
    return reach * revenue(efficiency(phi, m.p_I_off)) / m.sigma - (fixed + cost) * m.w


def _two_modes(d: Derivation, cost: sp.Expr) -> None:
    """Add ``domestic`` and ``foreign``: profits of one firm under both sourcing modes, in terms of v."""
    says = "A firm that serves any markets and bears any fixed costs earns with domestic intermediates"
    d.step(DOMESTIC_STEP, eq(DOMESTIC, m.w * (reach * v - fixed)), says)
    says = "and with foreign ones"
    earned = m.w * (m.Lambda * reach * v - fixed - cost)
    d.step(FOREIGN_STEP, eq(_foreign(cost), earned), says, by=via.identity("Lambda", V_STEP))


def _factor_below_one(name: str) -> list[tuple[str, Prop, via.Tactic]]:
    """Return the steps from foreign intermediates that cost more, known as ``name``, to a factor below one."""
    base = m.p_I_d / m.p_I_off
    power = base ** (m.alpha * m.k)
    return [
        ("base", lt(base, 1), via.combine({name: base})),
        ("power", lt(power, 1), via.lemma("pow_lt_one", base, m.alpha * m.k)),
        ("form", eq(m.Lambda, power), via.identity("Lambda")),
        ("Lambda<1", lt(m.Lambda, 1), via.combine({POWER_STEP: 1}, equations={"form": 1})),
    ]


def _factor_is_one(name: str) -> list[tuple[str, Prop, via.Tactic]]:
    return [
        ("same", eq(m.p_I_off, m.p_I_d), via.powers({name: 1})),
        ("Lambda=1", eq(m.Lambda, 1), via.identity("Lambda", "same")),
    ]


def _free_offshoring() -> Finding:
    d = Derivation(m.offshoring_first().context(*PRICES[:1], "Lambda"))
    define_variable_profit(d)
    free = _foreign(sp.Integer(0))
    _two_modes(d, sp.Integer(0))
    base = m.p_I_d / m.p_I_off
    power = base ** (m.alpha * m.k)
    above = [
        ("base", gt(base, 1), via.combine({PRICE_STEP: base})),
        ("power", gt(power, 1), via.lemma("pow_gt_one", base, m.alpha * m.k)),
        ("form", eq(m.Lambda, power), via.identity("Lambda")),
        ("Lambda>1", gt(m.Lambda, 1), via.combine({POWER_STEP: 1}, equations={"form": -1})),
    ]
    sold = m.w * reach * v
    cases_ = (
        Implies(lt(m.ratio, 1), lt(DOMESTIC, free)),
        Implies(eq(m.ratio, 1), eq(DOMESTIC, free)),
        Implies(gt(m.ratio, 1), lt(free, DOMESTIC)),
    )
    proofs = (
        via.intro("price", via.cut(above, via.combine({LAMBDA_ABOVE_1_STEP: sold}, DOMESTIC_STEP, FOREIGN_STEP))),
        via.intro("price", via.cut(_factor_is_one("price"), via.identity(DOMESTIC_STEP, FOREIGN_STEP, "Lambda=1"))),
        via.intro(
            "price", via.cut(_factor_below_one("price"), via.combine({"Lambda<1": sold}, DOMESTIC_STEP, FOREIGN_STEP))
        ),
    )
    says = (
        "Without a fixed cost of offshoring the choice depends on the relative price alone, which is the same for "
        "all firms: all offshore, all are indifferent, or none offshores, whatever the trade cost of intermediates:"
    )
    return proved(d, And(cases_), via.split(*proofs), says)


def _no_advantage() -> Finding:
    dear = ge(RELATIVE_PRICE, 1)
    d = Derivation(m.offshoring_first().context(*PRICES).having("no advantage", dear))
    define_variable_profit(d)
    relative_price(d)
    _two_modes(d, m.f_I)
    says = "Where A.1 fails foreign intermediates are at least as expensive as domestic ones:"
    price = d.step(PRICE_STEP, via.fact("trichotomy", m.ratio, 1), says)
    proofs = (
        via.absurd(via.combine({"case": 1, "no advantage": 1}, equations={Q_STEP: -1})),
        via.cut(_factor_is_one("case"), via.combine({}, DOMESTIC_STEP, FOREIGN_STEP, "Lambda=1")),
        via.cut(_factor_below_one("case"), via.combine({"Lambda<1": m.w * reach * v}, DOMESTIC_STEP, FOREIGN_STEP)),
    )
    says = "so that offshoring adds nothing to the sales of any firm and costs f_I: no firm offshores."
    return proved(d, lt(_foreign(m.f_I), DOMESTIC), via.cases(price, *proofs), says)


def _power_of_price(d: Derivation) -> None:
    inverse = eq(RELATIVE_PRICE ** (m.alpha * m.k), 1 / m.Lambda)
    says = "In these terms the power of the relative price in A.2 is"
    d.step(EQ_1_LAMBDA_STEP, inverse, says)


def cheap_enough_for_all() -> Finding:
    """At or below the lower threshold every survivor offshores; above it the least productive one does not."""
    context = m.offshoring_first().context(*PRICES, "A.1")
    d = Derivation(context.having("marginal producer", INDIFFERENCE["marginal producer"]))
    define_variable_profit(d)
    offshoring_gains(d)
    _power_of_price(d)
    profits_in_labour(d)
    d.recall("marginal producer", "The least productive firm that survives with domestic intermediates has")
    size = eq(v, m.f_p * (phi / m.phi_min) ** m.k)
    says = "so that the variable profit of a firm is, in units of labour,"
    scale = (phi / m.phi_min) ** m.k / m.w
    size_step = d.step("size", size, says, by=via.linear({"marginal producer": scale}, V_STEP))
    cheap = le(RELATIVE_PRICE ** (m.alpha * m.k), LOW)
    scale = m.Lambda * (m.f_p + m.f_I)
    power = (phi / m.phi_min) ** m.k
    steps: list[tuple[str, Prop, via.Tactic]] = [
        (
            "pays",
            le(m.f_I, m.f_p * (m.Lambda - 1)),
            via.combine({"cheap": scale}, equations={EQ_1_LAMBDA_STEP: -scale}),
        ),
        ("higher", gt(power, 1), via.lemma("pow_gt_one", phi / m.phi_min, m.k)),
        ("larger", gt(v, m.f_p), via.combine({"higher": m.f_p}, size_step)),
    ]
    earned = {name: profit for name, (profit, _) in STRATEGIES.items()}
    pairs = {"home": "offshoring", "export only": "exporting"}
    abroad = {"home": sp.S.Zero, "export only": m.n / m.tau**SPARE_S}
    better = tuple(lt(earned[stays], earned[goes]) for stays, goes in pairs.items())
    tactics = (
        above_one(via.combine({"pays": m.w, "larger": m.w * SPARE_L * (1 + abroad[stays])}, stays, goes))
        for stays, goes in pairs.items()
    )
    all_offshore = Implies(cheap, Implies(lt(m.phi_min, phi), And(better)))
    first = via.intro("cheap", via.intro("survives", via.cut(steps, via.split(*tactics))))
    none = Implies(lt(LOW, cheap.lhs), lt(m.f_p * (m.Lambda - 1), m.f_I))
    second = via.intro("dear", via.combine({"dear": scale}, equations={EQ_1_LAMBDA_STEP: scale}))
    says = (
        "So below the first threshold each survivor is better off offshoring, whether it exports or not, and above it "
        "the least productive one does not offshore at home:"
    )
    return proved(d, And((all_offshore, none)), via.split(first, second), says)


def _violated_interval() -> Finding:
    names = [name for name in m.offshoring_first().domain.hypotheses() if not name.startswith("A.2")]
    context = m.offshoring_first().context(*names, *DETERMINED, "E_X")
    power = RELATIVE_PRICE ** (m.alpha * m.k)
    context = context.having("outside", Or((le(power, LOW), le(HIGH, power))))
    d = Derivation(context.having("marginal producer", INDIFFERENCE["marginal producer"]))
    at_home = home_profit(m.phi_min)
    offshores = Or((le(at_home, offshoring_profit(m.phi_min)), le(at_home, exporting_profit(m.phi_min))))
    reason = (
        "A.2 fails on two sides. Below the lower threshold all survivors offshore. Above the upper one foreign "
        "intermediates are so little cheaper that the least productive survivors use domestic ones: in the "
        "counterexample the marginal survivor would lose 9 by offshoring at home, and 11.33 by exporting too."
    )
    changes = {m.f_ex: sp.Rational(10, 3), m.phi_min: sp.Integer(1), m.P_X: sp.Rational(3, 2)}
    point = example(*DETERMINED, "E_X", changes=changes)
    return refuted(d, offshores, Witness(point), reason, corrected=cheap_enough_for_all(), severity=Severity.SUBSTANCE)


def _hard_offshoring() -> Finding:
    hard = ge(m.f_p + m.f_I, m.f_ex * m.tau**m.k)
    d = Derivation(m.offshoring_first().context("sigma>1", "Lambda").having("easy exporting", hard))
    define_variable_profit(d)
    profits_in_labour(d, "offshoring", "exporting")
    d.recall(EASY_EXPORTING_STEP, "Suppose that A.3 fails:")
    earned = {name: STRATEGIES[name][0] for name in STRATEGIES}
    goal = Implies(gt(earned["offshoring"], 0), lt(earned["offshoring"], earned["exporting"]))
    covered = (
        "covered",
        gt(m.w * (m.Lambda * v - m.f_p - m.f_I), 0),
        via.combine({"profit": 1}, equations={"offshoring": 1}),
    )
    market = m.n / m.tau**m.k
    better = via.combine({"covered": market, EASY_EXPORTING_STEP: m.w * market}, "offshoring", "exporting")
    says = (
        "A firm that covers its fixed costs by offshoring at home then sells enough to cover the cost of exporting "
        "too. So only exporters offshore:"
    )
    reason = (
        "As literally said: every firm that offshores exports. It does not follow that some firms do neither; that is "
        "the next claim."
    )
    return proved(d, goal, via.intro("profit", via.cut([covered], better)), says, reason)


def _everyone_does_both() -> Finding:
    """In the interval with its ends exchanged every survivor offshores and exports."""
    context = m.offshoring_first().context(*PRICES, "A.1")
    power = RELATIVE_PRICE ** (m.alpha * m.k)
    context = context.having("above second", lt(HIGH, power)).having("below first", lt(power, LOW))
    d = Derivation(context)
    define_variable_profit(d)
    offshoring_gains(d)
    _power_of_price(d)
    d.step("off pays", lt(m.f_I, m.f_p * (m.Lambda - 1)), "Below the first threshold offshoring pays for all,")
    d.step("ex pays", lt(m.tau**m.k * m.f_ex * (m.Lambda - 1), m.f_I * m.Lambda), "and above the second")
    says = "both of which only a failure of A.3 admits:"
    d.step(EASY_EXPORTING_STEP, lt(m.f_ex * m.tau**m.k, m.f_p + m.f_I), says)
    profits_in_labour(d)
    market = m.n / m.tau**SPARE_S
    best = STRATEGIES["exporting"][0]
    terms = {
        "home": {
            "zero": SPARE_L + market * (1 + SPARE_L),
            "off pays": m.w * (1 + market),
            "easy exporting": m.w * market,
        },
        "offshoring": {"zero": market, "easy exporting": m.w * market},
        "export only": {"zero": SPARE_L, "off pays": m.w},
    }
    parts, proofs = [], []
    for name, used in terms.items():
        earned, short = STRATEGIES[name]
        covered = ("zero", ge(short, 0), via.combine({"profit": 1}, equations={name: 1}))
        parts.append(Implies(ge(earned, 0), lt(earned, best)))
        proofs.append(via.intro("profit", via.cut([covered], above_one(via.combine(used, name, "exporting")))))
    says = "So every firm that could survive in another way does better by doing both:"
    return proved(d, And(tuple(parts)), via.split(*proofs), says)


def _three_groups() -> Finding:
    names = [name for name in m.offshoring_first().domain.hypotheses() if name[:3] not in ("A.2", "A.3")]
    context = m.offshoring_first().context(*names, *DETERMINED, "E_X")
    power = RELATIVE_PRICE ** (m.alpha * m.k)
    context = context.having("above second", lt(HIGH, power)).having("below first", lt(power, LOW))
    d = Derivation(context.having("marginal producer", INDIFFERENCE["marginal producer"]))
    stays = le(exporting_profit(m.phi_min), home_profit(m.phi_min))
    reason = (
        "Where A.1 and A.2 hold and A.3 fails, all survivors offshore and export. In the counterexample the marginal "
        "survivor earns 1.4 by doing both, and nothing at home. When exporters come first is said by A3-violated.order."
    )
    changes = {m.f_I: sp.Integer(2), m.f_ex: sp.Rational(3, 5), m.phi_min: sp.Integer(1), m.P_X: sp.Rational(3, 2)}
    point = example(*DETERMINED, "E_X", changes=changes)
    return refuted(d, stays, Witness(point), reason, corrected=_everyone_does_both(), severity=Severity.SUBSTANCE)


CLAIMS = (
    Claim(
        "kz.A.2-fI0",
        "remark",
        section("3.3"),
        r"\text{if } f_I \text{ were zero, no } \tau_I \text{ would restore the ordering:}"
        r" \text{ all firms would choose the same sourcing mode}",
        _free_offshoring,
        title="offshoring without a fixed cost",
    ),
    Claim(
        "kz.A.2-violations",
        "remark",
        section("3.3"),
        r"\text{no offshoring (violation of A.1), all firms offshoring (violation of A.2),}"
        r" \text{ only exporting firms offshoring (violation of A.3)}",
        parts=(
            Claim(
                "kz.A.2-violations.A.1",
                "remark",
                section("3.3"),
                r"\text{A.1 fails} \;\Rightarrow\; \text{no offshoring}",
                _no_advantage,
                title="no advantage",
            ),
            Claim(
                "kz.A.2-violations.A.2",
                "remark",
                section("3.3"),
                r"\text{A.2 fails} \;\Rightarrow\; \text{all firms offshore}",
                _violated_interval,
                title="outside",
            ),
            Claim(
                "kz.A.2-violations.A.3",
                "remark",
                section("3.3"),
                r"\text{A.3 fails} \;\Rightarrow\; \text{only exporting firms offshore}",
                _hard_offshoring,
                title="easy exporting",
            ),
            Claim(
                "kz.A.2-violations.A.3-groups",
                "remark",
                section("4.2"),
                r"\text{A.3 is violated, i.e.\ offshoring-only requires higher productivity than exporting-only}",
                _three_groups,
                title="A.3 fails: less productive firms that stay at home",
            ),
        ),
        title="other partitions of firms",
    ),
)
