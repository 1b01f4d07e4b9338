"""Section 3.3: the productivity cutoffs of production, offshoring and exporting, by solving indifference."""

from __future__ import annotations

from symhet.claims import Finding, proved
from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.choices import exporters, offshorers, survivors
from symhet.papers.kz.facts import PRICES, SPARE_S, elastic, offshoring_gains
from symhet.papers.kz.sources import section
from symhet.papers.kz.strategies import INDIFFERENCE
from symhet.papers.kz.terms import efficiency, having, revenue
from symhet.propositions import And, Prop, eq, gt
from symhet.provers.tactics import powers, split
from symhet.steps import Step

BRACKET = m.ratio ** (m.alpha * (1 - m.sigma)) - 1
SOLVED_MIN = m.w ** (1 - m.alpha) * m.p_I_d**m.alpha / (m.rho * m.P_X) * (m.sigma * m.f_p * m.w / m.E_X) ** (1 / m.k)
SOLVED_OFF = (
    BRACKET ** (1 / (1 - m.sigma))
    * m.w ** (1 - m.alpha)
    * m.p_I_d**m.alpha
    / (m.rho * m.P_X)
    * (m.sigma * m.f_I * m.w / m.E_X) ** (1 / m.k)
)
SOLVED_EX = (
    m.tau
    * (m.w ** (1 - m.alpha) * m.p_I_off**m.alpha / (m.rho * m.P_X))
    * (m.sigma * m.f_ex * m.w / m.E_X) ** (1 / m.k)
)
RELATIVE_OFF = m.phi_min * (m.f_I / m.f_p) ** (1 / m.k) * BRACKET ** (1 / (1 - m.sigma))
RELATIVE_EX = m.phi_min * m.tau * m.ratio**m.alpha * (m.f_ex / m.f_p) ** (1 / m.k)


def _indifferent(*names: Step, domain: tuple[Step, ...] = (h.sigma_above_1,)) -> Derivation:
    indifference = {name: INDIFFERENCE[name] for name in names}
    return Derivation(having(m.offshoring_first().context(*domain), indifference))


def _solve_producer(d: Derivation) -> None:
    d.recall(h.marginal_producer, "The least productive survivor makes no profit at home with domestic intermediates:")
    earned = eq(revenue(efficiency(m.phi_min, m.p_I_d)), m.sigma * m.f_p * m.w)
    d.step(h.earned, earned, "Its revenue just pays its fixed cost:")
    says = "Revenue is a power of productivity; solve for it:"
    d.step(h.eq_11, eq(m.phi_min, SOLVED_MIN), says)


EARNED = eq(revenue(efficiency(m.phi_min, m.p_I_d)), m.sigma * m.f_p * m.w)


_MIN = r"\frac{w^{1-\alpha}(p_I^d)^\alpha}{\rho P_X}\left(\frac{\sigma f_p w}{E_X}\right)^{\frac{1}{\sigma-1}}"


@section("3.3", "11").derived(
    "kz.eq11",
    And((eq(m.phi_min, SOLVED_MIN), EARNED)),
    (survivors,),
    title="cutoff of production",
    printed=r"\hat\varphi_{min} = " + _MIN + r",\quad r_H(\phi^d(\hat\varphi_{min})) = \sigma f_p w",
)
def _producer(statement: Prop) -> Finding:
    d = _indifferent(h.marginal_producer)
    _solve_producer(d)
    return proved(d, statement, split(), "So the cutoff and the revenue at it are")


def _solve_offshorer(d: Derivation) -> None:
    offshoring_gains(d)
    d.recall(h.marginal_offshorer, "At the cutoff of offshoring both sourcing modes pay the same:")
    gain = gt(m.ratio ** (m.alpha * (1 - m.sigma)), 1)
    says = "Offshoring multiplies variable profit by"
    d.step(h.gain, gain, says)
    extra = eq(revenue(efficiency(m.phi_off, m.p_I_d)) * BRACKET, m.sigma * m.f_I * m.w)
    says = "so that its extra revenue just pays its fixed cost:"
    d.step(h.extra, extra, says)


def _solve_exporter(d: Derivation) -> None:
    d.recall(h.marginal_exporter, "At the export cutoff an offshoring firm gains nothing by exporting:")
    earned = eq(m.tau ** (1 - m.sigma) * revenue(efficiency(m.phi_ex, m.p_I_off)), m.sigma * m.f_ex * m.w)
    says = "Its revenue in one market abroad just pays the fixed cost of serving it:"
    d.step(h.foreign_sales, earned, says)


_GAIN = r"\left[\left(\frac{p_I^{off}}{p_I^d}\right)^{\alpha(1-\sigma)} - 1\right]^{\frac{1}{1-\sigma}}"
_OFF = _GAIN + r"\frac{w^{1-\alpha}(p_I^d)^\alpha}{\rho P_X}\left(\frac{\sigma f_I w}{E_X}\right)^{\frac{1}{\sigma-1}}"
_OFF_RELATIVE = r"\hat\varphi_{min}\left(\frac{f_I}{f_p}\right)^{\frac{1}{\sigma-1}}" + _GAIN


@section("3.3", "12").derived(
    "kz.eq12",
    And((eq(m.phi_off, SOLVED_OFF), eq(m.phi_off, RELATIVE_OFF))),
    (offshorers,),
    title="offshoring cutoff",
    printed=r"\hat\varphi_{off} = " + _OFF + " = " + _OFF_RELATIVE,
)
def _offshorer(both_forms: Prop) -> Finding:
    d = _indifferent(h.marginal_producer, h.marginal_offshorer, domain=(*PRICES, h.A_1))
    _solve_producer(d)
    _solve_offshorer(d)
    level = elastic(powers({h.extra: 1 / SPARE_S}))
    by_division = elastic(powers({h.extra: 1 / SPARE_S, h.earned: -1 / SPARE_S}))
    says = "Solve for productivity, and divide by the cutoff of production:"
    return proved(d, both_forms, split(level, by_division), says)


_EX = (
    r"\tau\frac{w^{1-\alpha}(p_I^{off})^\alpha}{\rho P_X}"
    r"\left(\frac{\sigma f_{ex} w}{E_X}\right)^{\frac{1}{\sigma-1}}"
)
_EX_RELATIVE = (
    r"\hat\varphi_{min}\tau\left(\frac{p_I^{off}}{p_I^d}\right)^\alpha"
    r"\left(\frac{f_{ex}}{f_p}\right)^{\frac{1}{\sigma-1}}"
)


@section("3.3", "14").derived(
    "kz.eq14",
    And((eq(m.phi_ex, SOLVED_EX), eq(m.phi_ex, RELATIVE_EX))),
    (exporters,),
    title="export cutoff",
    printed=r"\hat\varphi_{ex,off} = " + _EX + " = " + _EX_RELATIVE,
)
def _exporter(both_forms: Prop) -> Finding:
    d = _indifferent(h.marginal_producer, h.marginal_exporter)
    _solve_producer(d)
    _solve_exporter(d)
    level = elastic(powers({h.foreign_sales: 1 / SPARE_S}))
    by_division = elastic(powers({h.foreign_sales: 1 / SPARE_S, h.earned: -1 / SPARE_S}))
    says = "Solve for productivity, and divide by the cutoff of production:"
    return proved(d, both_forms, split(level, by_division), says)


CLAIMS = (
    _producer,
    _offshorer,
    _exporter,
)
