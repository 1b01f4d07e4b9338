"""Result 5 for the large nation: average cost with relocation against none, and as trade gets freer."""

from __future__ import annotations

import sympy as sp

from symhet.claims import Claim, Finding, Severity, Witness, proved, refuted
from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo.averages import C0, RESETTLED, averages
from symhet.papers.bo.comparison import STAY, beside, compare
from symhet.papers.bo.facts import with_second
from symhet.papers.bo.productivity_before import large_xx_before
from symhet.papers.bo.productivity_levels import large_dd_before
from symhet.papers.bo.productivity_points import FREER, economy, pair
from symhet.papers.bo.relocation_facts import SHORT, D, R, X, ordered, relocation, short
from symhet.papers.bo.shortrun_model import relocated, resettled
from symhet.propositions import gt, lt
from symhet.provers.tactics import chart, combine, name_term, product

SOURCE = "Baldwin and Okubo, section 3.2.2, Result 5"
Q = sp.Rational


def spread(d: Derivation, phase: m.Phase) -> None:
    """Add the step ``spread``: movers are more efficient than the average of all producers, weighted with sales."""
    if phase is m.Phase.XX:
        term = D * (m.a_D - m.a_R) + m.phi * X * (m.a_X - m.a_R)
        d.step("spread", gt(term, 0), "Movers are efficient:")
        return
    inner = D * (m.a_D - m.a_X) - R * (m.a_R - m.a_X)
    left = sp.Symbol("left", positive=True)
    mean = combine({"a_R<a_D": D, "phase": left}, equations={"left": m.a_R - m.a_X})
    says = "Movers past a_X sell more than those who stay:"
    d.step("inner", gt(inner, 0), says, by=name_term(left, D - R, "left", mean))
    term = D * R * (m.a_D - m.a_R) + m.phi * X * inner
    d.step("spread", gt(term, 0), "so that")


def _large_xx_after() -> Finding:
    d = beside(m.Phase.XX, "abar")
    compare(d, m.Phase.XX, north=True)
    spread(d, m.Phase.XX)
    factors = {"alpha>0": 1, "1+alpha>0": -1, "spread": 1, "s_E<1": 1, "made": -1}
    gain = product(factors, "average", "average stay", coefficient=(1 + m.phi) * R / (D + m.phi * X))
    reason = (
        "Read as with against without relocation at the same freeness of trade; the text's remark on figure 5, that "
        "the average falls as trade gets freer, has a row of its own (bo.result5.large.XX.trend)."
    )
    goal = lt(m.abar, STAY(m.abar))
    return proved(d, goal, gain, "North's average cost is lower with relocation than without it:", reason)


def two_worlds(phase: m.Phase, entry: bool, but: tuple[str, ...] = ()) -> Derivation:
    """Return an empty derivation from two economies of the whole domain that differ in the freeness of trade only.

    What ``but`` names of the domain is not supposed.
    """
    model = resettled(phase) if entry else relocated(phase)
    supposed = (name for name in m.domain().hypotheses() if name not in but)
    names = (*supposed, *(RESETTLED if entry else SHORT[phase]), "a_R<=a_D", "a_R<a_D", "abar", "abar*")
    freer = gt(FREER(m.phi), m.phi)
    return Derivation(with_second(model, tuple(dict.fromkeys(names)), FREER, {"freer": freer}))


def _large_dd_after() -> Finding:
    d = beside(m.Phase.DD, "abar")
    compare(d, m.Phase.DD, north=True)
    spread(d, m.Phase.DD)
    factors = {"alpha>0": 1, "1+alpha>0": -1, "spread": 1, "s_E<1": 1, "made": -1}
    gain = product(factors, "average", "average stay", coefficient=1 / (D + m.phi * X))
    holding = proved(
        d, lt(m.abar, STAY(m.abar)), gain, "North's average cost is lower with relocation than without it:"
    )
    points = (economy(m.Phase.DD, Q(16, 25), x, Q(1), True) for x in (Q(28, 45), Q(104, 153)))
    reason = (
        "Towards the sustain point the last firms to come are less efficient than the North's average, which then "
        "rises with phi; true is that it stays below its value without relocation."
    )
    goal = lt(FREER(m.abar), m.abar)
    return refuted(
        two_worlds(m.Phase.DD, True),
        goal,
        Witness(pair(*points)),
        reason,
        corrected=holding,
        severity=Severity.SUBSTANCE,
        root="bo.result5.large.XX.trend",
    )


def _large_dd_before() -> Finding:
    d = short(m.Phase.DD, "a_R<a_D", "abar")
    relocation(d, m.Phase.DD)
    ordered(d)
    averages(d, m.Phase.DD, south=False)
    term = (1 - m.s_E) * R * (m.a_D - m.a_R) + m.phi * X * (m.a_D - m.a_X)
    small = sp.Symbol("w", positive=True)
    south = chart({small: 1 - m.s_E}, {m.s_E: 1 - small}, combine({"a_R<a_D": small * R, "a_X<a_D": m.phi * X}))
    d.step("below", gt(term, 0), "Exporters and movers are more efficient than the marginal firm:", by=south)
    factors = {"alpha>0": 1, "1+alpha>0": -1, "below": 1, "made": -1}
    goal = lt(m.abar, C0 * m.a_D)
    says = "North's average cost stays below that of autarky:"
    holding = proved(d, goal, product(factors, "average"), says)
    points = (economy(m.Phase.DD, Q(16, 25), x, Q(1), False) for x in (Q(2, 3), Q(28, 33)))
    reason = "The last firms to come are less efficient than the North's average, which stays below autarky's."
    goal = lt(FREER(m.abar), m.abar)
    return refuted(
        two_worlds(m.Phase.DD, False),
        goal,
        Witness(pair(*points)),
        reason,
        corrected=holding,
        severity=Severity.SUBSTANCE,
        root="bo.result5.large.XX.trend",
    )


def _large_trend() -> Finding:
    points = (economy(m.Phase.XX, Q(51, 100), x, Q(1), True) for x in (Q(65, 72), Q(20, 21)))
    reason = (
        "When the nations are of similar size and trade is free, the last exporters to come are less efficient than "
        "the average of the North, which rises with phi."
    )
    goal = lt(FREER(m.abar), m.abar)
    return refuted(two_worlds(m.Phase.XX, True), goal, Witness(pair(*points)), reason, severity=Severity.SUBSTANCE)


CLAIMS: tuple[Claim, ...] = ()
LARGE = tuple(
    Claim(f"bo.result5.large.{name}", "result", SOURCE, printed, argue, title=title)
    for name, printed, argue, title in (
        ("XX.before", r"\bar a<\bar a_{\text{no relocation}}", large_xx_before, "extra gain before entry and exit"),
        ("XX.after", r"\bar a<\bar a_{\text{no relocation}}", _large_xx_after, "extra gain after entry and exit"),
        ("XX.trend", r"\frac{d\bar a}{d\phi}<0", _large_trend, "the average falls (figure 5)"),
        (
            "DD.level-before",
            r"\bar a<\bar a_{\text{no relocation}}",
            large_dd_before,
            "extra gain in DD before entry and exit",
        ),
        ("DD.before", r"\frac{d\bar a}{d\phi}<0", _large_dd_before, "always boosted before entry and exit"),
        ("DD.after", r"\frac{d\bar a}{d\phi}<0", _large_dd_after, "always boosted after entry and exit"),
    )
)
PARTS = LARGE
