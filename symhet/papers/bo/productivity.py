"""Section 3.2.2: average costs after relocation, (23) and its special case, and Result 5."""

from __future__ import annotations

import sympy as sp

from symhet.algebra.calculus import derivative
from symhet.claims import Claim, Finding, Severity, Witness, proved, proved_with, refuted
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.averages import (
    AVERAGES,
    C0,
    D1,
    DD_AVERAGE,
    R1,
    RESETTLED,
    X1,
    averages,
    dd_average,
    entry,
    p,
    settled,
    z,
)
from symhet.papers.bo.productivity_large import LARGE
from symhet.papers.bo.productivity_points import economy
from symhet.papers.bo.productivity_small import SMALL
from symhet.papers.bo.relocation_facts import D, R, X
from symhet.papers.bo.shortrun_model import CORE, resettled
from symhet.papers.bo.sources import section
from symhet.propositions import And, Prop, eq, gt, lt
from symhet.provers.tactics import by, identity, product, split, transported

Q = sp.Rational
SOUTH = (h.a_R_at_most_a_D, h.a_R_below_a_D, h.abar_star)


PRINTED = C0 * ((1 + m.phi) * X1 - (1 + m.phi) * R1 + D1 - R1) / ((1 + m.phi) * X - (1 + m.phi) * R + D - R)


@section("3.2.2").derived(
    "bo.abar-XX",
    eq(m.abar_star, PRINTED),
    title="average cost South in XX",
    printed=r"\bar a^*=\frac{\alpha}{1+\alpha}\,\frac{(1+\phi)a_X^{1+\alpha}-(1+\phi)a_R^{1+\alpha}"
    r"+a_D^{1+\alpha}-a_R^{1+\alpha}}"
    r"{(1+\phi)a_X^\alpha-(1+\phi)a_R^\alpha+a_D^\alpha-a_R^\alpha}",
)
def _average_xx(statement: Prop) -> Finding:
    d = settled(m.Phase.XX, *SOUTH)
    entry(d, m.Phase.XX)
    averages(d, m.Phase.XX, north=False)
    holding = proved(
        d, eq(m.abar_star, AVERAGES[m.Phase.XX][1]), by(h.average_star), "In XX the South's average cost is"
    )
    witness = Witness(economy(m.Phase.XX, Q(3, 5), Q(1, 2), Q(1), True, Q(4, 5)))
    reason = (
        "D-types are the firms between a_X and a_D, not between a_R and a_D: the last terms are a_D minus a_X; the "
        "printed result does not follow from the printed integrals either, whose first one starts at a_X, not a_R."
    )
    return _misprinted(m.Phase.XX, statement, witness, reason, holding)


def _misprinted(phase: m.Phase, statement: Prop, witness: Witness, reason: str, true: Finding) -> Finding:
    failing = settled(phase, *SOUTH, whole=True)
    return refuted(failing, statement, witness, reason, corrected=true, severity=Severity.MISPRINT)


@section("3.2.2").derived(
    "bo.abar-DD",
    eq(m.abar_star, C0 * (D1 - R1) / (D - R)),
    title="average cost South in DD",
    printed=r"\bar a^*=\frac{\alpha}{1+\alpha}\,"
    r"\frac{a_D^{1+\alpha}-a_R^{1+\alpha}}{a_D^\alpha-a_R^\alpha}",
)
def _average_dd(statement: Prop) -> Finding:
    d = settled(m.Phase.DD, *SOUTH)
    entry(d, m.Phase.DD)
    averages(d, m.Phase.DD, north=False)
    return proved(d, statement, by(h.average_star), "In DD the South keeps the firms above a_R:")


EQ23_PRINTED = (1 + m.Omega) ** (-1 / m.rho) * (1 - z ** (1 + 1 / m.alpha)) / (1 - z) * C0 * m.kappa


@section("3.2.2", "equation (23)").derived(
    "bo.eq23",
    eq(m.abar_star, EQ23_PRINTED),
    title="average cost South in DD, solved",
    printed=r"\bar a^*=(1+\phi^\beta)^{-1/\rho}\,\frac{1-(\phi^\beta "
    r"s/(1-s))^{1+1/(1-\sigma+\rho)}}{1-\phi^\beta s/(1-s)}"
    r"\,\frac{1-\sigma+\rho}{2-\sigma+\rho}\,\frac{f_I(1-\sigma+\rho)}{f(\sigma-1)}",
)
def _eq23(statement: Prop) -> Finding:
    d = settled(m.Phase.DD, *SOUTH)
    dd_average(d)
    holding = proved(d, eq(m.abar_star, DD_AVERAGE), by(h.closed), "In DD the South's average cost is")
    witness = Witness(economy(m.Phase.DD, Q(16, 25), Q(28, 45), Q(1), True, Q(1, 4)))
    reason = "The last bracket needs the exponent 1/rho of the cutoff of autarky, as in (22); the rest is right."
    return _misprinted(m.Phase.DD, statement, witness, reason, holding)


TWO = {m.sigma: sp.S(2), m.beta: sp.S(2)}
VALUE = m.kappa.xreplace(TWO) ** Q(1, 2) * (1 + p * m.phi**2) / (2 * (1 + m.phi**2) ** Q(1, 2))
SLOPE = m.phi * (p * (2 + m.phi**2) - 1) / (2 * (1 + m.phi**2) ** Q(3, 2))


@section("3.2.2", "below (23)").derived(
    "bo.special-case",
    And((eq(m.abar_star, VALUE), eq(derivative(VALUE, m.phi), SLOPE), gt(SLOPE, 0))),
    title="sigma = rho = 2",
    printed=r"\frac{d\bar a^*}{d\phi}=\frac{\phi\,(s(2+\phi^2)/(1-s)-1)}{2(1+\phi^2)^{3/2}}>0",
)
def _special(goal: Prop) -> Finding:
    shape = {h.sigma_is_2: eq(m.sigma, 2), h.beta_is_2: eq(m.beta, 2)}
    equal = eq(m.f_I, m.f)
    names = (*CORE, *RESETTLED, *SOUTH)
    start = resettled(m.Phase.DD).context(*names)
    d = Derivation(Context({**start.hypotheses, **shape, h.f_I_is_f: equal}, start.system, start.endogenous))
    dd_average(d)
    d.step(h.z_below_1_here, lt(p * m.phi**2, 1), "Here", by=transported(h.z_below_1, h.beta_is_2))
    closed = identity(h.closed, h.sigma_is_2, h.beta_is_2)
    rising = product({h.p: 1}, coefficient=m.phi / (2 * (1 + m.phi**2) ** Q(3, 2)))
    more = gt(p * (2 + m.phi**2) - 1, 0)
    d.step(h.p_above_1, gt(p - 1, 0), "The North is larger:")
    d.step(h.p, more, "so that")
    says = "With sigma = rho = 2 and equal fixed costs the average rises with phi:"
    holding = proved(d, goal, split(closed, identity(h.f_I_is_f), rising), says)
    whole = resettled(m.Phase.DD).whole_domain(*RESETTLED, *SOUTH)
    failing = Derivation(Context({**whole.hypotheses, **shape}, whole.system, whole.endogenous))
    witness = Witness(economy(m.Phase.DD, Q(16, 25), Q(28, 45), Q(1), True, Q(1, 4)))
    reason = "The derivative carries the factor (f_I/f)^(1/2), one for equal fixed costs only; its sign is right."
    return proved_with(holding, (("f_I=f", equal),), failing, witness, reason, severity=Severity.MISPRINT)


RESULT5 = section("3.2.2", "Result 5").row(
    "result",
    "bo.result5",
    r"\text{relocation raises productivity in the large nation, dampens it in the small; in DD freer trade always "
    r"raises it in the large nation, in the small one for small }\rho",
    parts=(*LARGE, *SMALL),
    title="productivity",
)

CLAIMS: tuple[Claim, ...] = (
    _average_xx,
    _average_dd,
    _eq23,
    _special,
    RESULT5,
)  # fmt: skip
