"""Sections 3.2 and 3.2.1: what makes beta large, and what pressure is left once firms have moved."""

from __future__ import annotations

import sympy as sp

from symhet.claims import Claim, Finding, proved
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.relocation_facts import SHARE, TOP, relocation, short
from symhet.papers.bo.shortrun_model import integrate
from symhet.papers.bo.sources import section
from symhet.papers.bo.symbols import a, level
from symhet.papers.bo.welfare import with_theorem
from symhet.propositions import Implies, Prop, eq, gt, lt
from symhet.provers import tactics as via

HOME = (a / m.a_D) ** (m.sigma - 1)
"""The cutoff of domestic sales of a newborn firm, in the units of `TOP`."""
ZERO, ONE = sp.S.Zero, sp.S.One
EXPECTED = m.B * m.sales(0, a) + m.phi * m.B * m.sales(0, m.a_X) - m.f * m.fixed(a) - m.f * m.fixed(m.a_X)
"""What a draw promises once firms have moved, net of the beachheads of home and foreign sales."""


def _expected(phase: m.Phase) -> tuple[Derivation, via.Tactic]:
    """Return the derivation that a draw promises less than it costs, with the last step."""
    start = short(phase).context
    earns = {h.marginal: eq(a ** (1 - m.sigma) * m.B, m.f)}
    d = Derivation(Context({**start.hypotheses, **earns}, start.system, start.endogenous))
    relocation(d, phase)
    sales, firms = h.sales_of("a"), h.firms_in(" a")
    integrate(d, (sales, 1 - m.sigma, 0, a), (h.sales_X, 1 - m.sigma, 0, m.a_X), (firms, ZERO, 0, a))
    integrate(d, (h.firms_X, ZERO, 0, m.a_X))
    unit = m.f / (m.beta - 1)
    profit = via.linear(
        {
            sales: m.B * m.rho,
            h.sales_X: m.phi * m.B * m.rho,
            firms: -m.f * m.rho,
            h.firms_X: -m.f * m.rho,
            h.marginal: a**m.rho * m.rho / m.alpha,
            h.exported: m.a_X**m.alpha * m.rho / m.alpha,
        }
    )
    says = "A firm sells at home if it earns its beachhead there, and a draw promises"
    d.step(h.profit, eq(EXPECTED, unit * (a**m.rho + m.a_X**m.rho)), says, by=profit)
    scale = m.a_D ** (1 - m.sigma) / m.f
    home = via.linear({h.exported: scale, h.marginal: -m.phi * HOME / m.f})
    d.step(h.home, eq(m.phi * HOME, TOP), "Abroad it sells up to a cost that is lower,", by=home)
    whole = via.linear({h.cut: 1 / m.phi, h.home: 1 / m.phi})
    d.step(h.whole, eq(HOME + SHARE, 1), "which with the export cutoff is", by=whole)
    says = "The least efficient firms of autarky do not earn a beachhead any more:"
    d.step(h.t_below_1, lt(HOME, 1), says, by=via.combine({}, equations={h.whole: 1}))
    d.step(h.t_to_beta_below_t, lt(HOME**m.beta, HOME), "Therefore")
    firms_D = m.a_D**m.rho
    d.step(h.all, eq(firms_D, m.kappa), "In autarky there were")
    d.step(h.paid, eq(unit * firms_D, m.f_I), "and a draw earned what it costs:", by=via.linear({h.all: unit}))
    fewer = via.combine({h.t_to_beta_below_t: firms_D}, equations={h.whole: firms_D})
    d.step(h.fewer, lt(a**m.rho + m.a_X**m.rho, firms_D), "Fewer beachheads are earned than in autarky:", by=fewer)
    worth = via.product({h.fewer: 1, h.beta_above_1: -1}, coefficient=m.f)
    d.step(h.less, lt(unit * (a**m.rho + m.a_X**m.rho), unit * firms_D), "and so", by=worth)
    return d, via.combine({h.less: ONE}, equations={h.profit: ONE, h.paid: ONE})


@section("3.2.1").claim(
    "bo.pressure",
    lt(EXPECTED, m.f_I),
    title="what an innovator expects once firms have moved",
    printed=r"\text{relocation does not fully relieve the HME pressure: expected pure profits are not zero}",
)
def _pressure(statement: Prop) -> Finding:
    d, last = _expected(m.Phase.XX)
    other, same = _expected(m.Phase.DD)
    reason = (
        "Profits expected at birth are not zero once B = B*, in phase XX as in DD with portable footholds. They are "
        "negative, so that firms have to exit: the mass falls, against what the paragraph concludes (bo.eq21-text)."
    )
    return with_theorem(proved(d, statement, last, "A draw costs more:", reason), other.prove(statement, same))


@section("3.2", "below the sustain point").claim(
    "bo.skewness",
    Implies(lt(m.rho, level), Implies(lt(1 / level, m.sigma - 1), lt(m.beta, level**2))),
    title="what makes beta large",
    printed=r"\beta\to\infty\ \Rightarrow\ \rho\to\infty\ \text{or}\ \sigma\to1",
)
def _skewed(statement: Prop) -> Finding:
    d = Derivation(Context({h.sigma_above_1: gt(m.sigma, 1)}))
    steps = (
        (h.scaled, lt(1, level * (m.sigma - 1)), via.combine({h.order: level})),
        (h.more, lt(m.beta, level * m.rho), via.combine({h.scaled: m.beta})),
    )
    close = via.cut(steps, via.combine({h.more: ONE, h.premise: level}))
    reason = (
        "For any bound on rho and any distance of sigma from one, beta is bounded. Costs that are skewed to the left "
        "here, towards the highest, are those that Result 4 calls skewed rightward."
    )
    return proved(d, statement, via.intro(h.premise, via.intro(h.order, close)), "By its definition", reason)


CLAIMS: tuple[Claim, ...] = (
    _pressure,
    _skewed,
)
