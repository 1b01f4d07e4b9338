"""Result 5 for the large nation: average cost with relocation against none, and as trade gets freer."""

from __future__ import annotations

from collections.abc import Iterable

import sympy as sp

from symhet.claims import Claim, Finding, Severity, Witness, proved, refuted
from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.averages import C0, RESETTLED, averages
from symhet.papers.bo.comparison import STAY, beside, compare
from symhet.papers.bo.facts import with_second
from symhet.papers.bo.productivity_before import large_xx_before
from symhet.papers.bo.productivity_extra import large_dd_before
from symhet.papers.bo.productivity_points import FREER, economy, pair
from symhet.papers.bo.relocation_facts import SHORT, D, R, X, ordered, relocation, short
from symhet.papers.bo.shortrun_model import relocated, resettled
from symhet.papers.bo.sources import section
from symhet.propositions import Prop, gt, lt
from symhet.provers.tactics import chart, combine, name_term, product
from symhet.steps import Step

Q = sp.Rational


def spread(d: Derivation, phase: m.Phase) -> None:
    """Add the step ``spread``: movers are more efficient than the average of all producers, weighted with sales."""
    if phase is m.Phase.XX:
        term = D * (m.a_D - m.a_R) + m.phi * X * (m.a_X - m.a_R)
        d.step(h.spread, gt(term, 0), "Movers are efficient:")
        return
    inner = D * (m.a_D - m.a_X) - R * (m.a_R - m.a_X)
    left = sp.Symbol("left", positive=True)
    mean = combine({h.a_R_below_a_D: D, h.phase: left}, equations={h.left: m.a_R - m.a_X})
    says = "Movers past a_X sell more than those who stay:"
    d.step(h.inner, gt(inner, 0), says, by=name_term(left, D - R, h.left, mean))
    term = D * R * (m.a_D - m.a_R) + m.phi * X * inner
    d.step(h.spread, gt(term, 0), "so that")


@section("3.2.2", "Result 5").result(
    "bo.result5.large.XX.after",
    lt(m.abar, STAY(m.abar)),
    title="extra gain after entry and exit",
    printed=r"\bar a<\bar a_{\text{no relocation}}",
)
def _large_xx_after(goal: Prop) -> Finding:
    d = beside(m.Phase.XX, h.abar)
    compare(d, m.Phase.XX, north=True)
    spread(d, m.Phase.XX)
    factors = {h.alpha_above_0: 1, h.one_plus_alpha_above_0: -1, h.spread: 1, h.s_E_below_1: 1, h.made: -1}
    gain = product(factors, h.average, h.average_stay, coefficient=(1 + m.phi) * R / (D + m.phi * X))
    reason = (
        "Read as with against without relocation at the same freeness of trade; the text's remark on figure 5, that "
        "the average falls as trade gets freer, has a row of its own (bo.result5.large.XX.trend)."
    )
    return proved(d, goal, gain, "North's average cost is lower with relocation than without it:", reason)


def two_worlds(phase: m.Phase, entry: bool, but: tuple[Step, ...] = ()) -> Derivation:
    """Return an empty derivation from two economies of the whole domain that differ in the freeness of trade only.

    What ``but`` names of the domain is not supposed.
    """
    model = resettled(phase) if entry else relocated(phase)
    supposed = (name for name in m.domain().hypotheses() if name not in but)
    names = (
        *supposed,
        *(RESETTLED if entry else SHORT[phase]),
        h.a_R_at_most_a_D,
        h.a_R_below_a_D,
        h.abar,
        h.abar_star,
    )
    freer = gt(FREER(m.phi), m.phi)
    return Derivation(with_second(model, tuple(dict.fromkeys(names)), FREER, {h.freer: freer}))


def _no_trend(
    freely: bool, statement: Prop, points: Iterable[dict[sp.Symbol, sp.Rational]], reason: str, holding: Finding
) -> Finding:
    """Refute that freer trade lowers North's average cost in phase DD, by two economies."""
    return refuted(
        two_worlds(m.Phase.DD, freely),
        statement,
        Witness(pair(*points)),
        reason,
        corrected=holding,
        severity=Severity.SUBSTANCE,
        root="bo.result5.large.XX.trend",
    )


@section("3.2.2", "Result 5").result(
    "bo.result5.large.DD.after",
    lt(FREER(m.abar), m.abar),
    title="always boosted after entry and exit",
    printed=r"\frac{d\bar a}{d\phi}<0",
)
def _large_dd_after(statement: Prop) -> Finding:
    d = beside(m.Phase.DD, h.abar)
    compare(d, m.Phase.DD, north=True)
    spread(d, m.Phase.DD)
    factors = {h.alpha_above_0: 1, h.one_plus_alpha_above_0: -1, h.spread: 1, h.s_E_below_1: 1, h.made: -1}
    gain = product(factors, h.average, h.average_stay, coefficient=1 / (D + m.phi * X))
    holding = proved(
        d, lt(m.abar, STAY(m.abar)), gain, "North's average cost is lower with relocation than without it:"
    )
    points = (economy(m.Phase.DD, Q(16, 25), x, Q(1), True) for x in (Q(28, 45), Q(104, 153)))
    reason = (
        "Towards the sustain point the last firms to come are less efficient than the North's average, which then "
        "rises with phi; true is that it stays below its value without relocation."
    )
    return _no_trend(True, statement, points, reason, holding)


@section("3.2.2", "Result 5").result(
    "bo.result5.large.DD.before",
    lt(FREER(m.abar), m.abar),
    title="always boosted before entry and exit",
    printed=r"\frac{d\bar a}{d\phi}<0",
)
def _large_dd_before(statement: Prop) -> Finding:
    d = short(m.Phase.DD, h.a_R_below_a_D, h.abar)
    relocation(d, m.Phase.DD)
    ordered(d)
    averages(d, m.Phase.DD, south=False)
    term = (1 - m.s_E) * R * (m.a_D - m.a_R) + m.phi * X * (m.a_D - m.a_X)
    small = sp.Symbol("w", positive=True)
    south = chart(
        {small: 1 - m.s_E}, {m.s_E: 1 - small}, combine({h.a_R_below_a_D: small * R, h.a_X_below_a_D: m.phi * X})
    )
    d.step(h.below, gt(term, 0), "Exporters and movers are more efficient than the marginal firm:", by=south)
    factors = {h.alpha_above_0: 1, h.one_plus_alpha_above_0: -1, h.below: 1, h.made: -1}
    goal = lt(m.abar, C0 * m.a_D)
    says = "North's average cost stays below that of autarky:"
    holding = proved(d, goal, product(factors, h.average), says)
    points = (economy(m.Phase.DD, Q(16, 25), x, Q(1), False) for x in (Q(2, 3), Q(28, 33)))
    reason = "The last firms to come are less efficient than the North's average, which stays below autarky's."
    return _no_trend(False, statement, points, reason, holding)


@section("3.2.2", "Result 5").result(
    "bo.result5.large.XX.trend",
    lt(FREER(m.abar), m.abar),
    title="the average falls (figure 5)",
    printed=r"\frac{d\bar a}{d\phi}<0",
)
def _large_trend(goal: Prop) -> Finding:
    points = (economy(m.Phase.XX, Q(51, 100), x, Q(1), True) for x in (Q(65, 72), Q(20, 21)))
    reason = (
        "When the nations are of similar size and trade is free, the last exporters to come are less efficient than "
        "the average of the North, which rises with phi."
    )
    return refuted(two_worlds(m.Phase.XX, True), goal, Witness(pair(*points)), reason, severity=Severity.SUBSTANCE)


CLAIMS: tuple[Claim, ...] = ()
LARGE = (
    large_xx_before,
    _large_xx_after,
    _large_trend,
    large_dd_before,
    _large_dd_before,
    _large_dd_after,
)
PARTS = LARGE
