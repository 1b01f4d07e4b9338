"""Sections 1, 3.3 and 3.4: what a firm's profit depends on, what offshoring saves, and welfare in the cutoff.

Proved: profits rise with efficiency and demand, and fall with fixed costs and, at given demand, with the wage. Refuted:
that they fall with the wage when demand is spent out of wages.
"""

from __future__ import annotations

import sympy as sp

from symhet.algebra.total import total
from symhet.claims import Finding, Severity, Witness, proved, refuted
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.choices import one_incomplete_strategy
from symhet.papers.kz.comparative import slope_step
from symhet.papers.kz.facts import PRICES, elastic, offshoring_gains
from symhet.papers.kz.notation import Phi, W, fixed, phi, pi_H, quantity
from symhet.papers.kz.points import example
from symhet.papers.kz.sources import section
from symhet.papers.kz.symbols import other_phi
from symhet.papers.kz.terms import efficiency, revenue
from symhet.papers.kz.welfare import WELFARE
from symhet.propositions import And, Iff, Prop, eq, gt, lt
from symhet.provers import tactics as via
from symhet.steps import Step

SOLD = revenue(Phi)
PROFIT = {h.profit: eq(pi_H, SOLD / m.sigma - fixed * m.w)}
"""Equations (9) and (10) with whatever fixed costs the firm bears."""


def _profit(parameter: sp.Symbol, slope: sp.Expr, d: Derivation, says: str) -> None:
    """Add the step ``d<parameter>``: how profit moves with one thing, all else given."""
    moved = via.implicit({pi_H: slope}, parameter, (h.profit,), cofactors={h.profit: {}})
    d.step(slope_step(parameter), eq(total(pi_H, parameter), slope), says, by=moved)


def _given_demand() -> Derivation:
    facts = {**m.offshoring_first().context(h.sigma_above_1, h.alpha_below_1).hypotheses, **PROFIT}
    d = Derivation(Context(facts, frozenset(PROFIT), frozenset({pi_H})))
    d.recall(h.profit, "By (9) and (10), with revenue (8), profit at home is")
    return d


RISES = tuple(gt(total(pi_H, x), 0) for x in (Phi, m.E_X, m.P_X))


@section("3.3").claim(
    "kz.profits.demand",
    And(RISES),
    title="profit, efficiency and demand",
    printed=r"\text{profits rise with firm efficiency } \phi^k \text{ and aggregate demand}",
)
def _efficiency_and_demand(statement: Prop) -> Finding:
    d = _given_demand()
    _profit(Phi, m.k * SOLD / (m.sigma * Phi), d, "It moves with efficiency by")
    _profit(m.E_X, SOLD / (m.sigma * m.E_X), d, "with spending on varieties by")
    _profit(m.P_X, m.k * SOLD / (m.sigma * m.P_X), d, "and with the price index by")
    says = "All of these are positive:"
    return proved(d, statement, via.split(*(elastic(via.sign(slope_step(x))) for x in (Phi, m.E_X, m.P_X))), says)


@section("3.3").claim(
    "kz.profits.fixed-costs",
    lt(total(pi_H, fixed), 0),
    title="profit and fixed costs",
    printed=r"\text{profits depend negatively on fixed costs}",
)
def _fixed_costs(statement: Prop) -> Finding:
    d = _given_demand()
    _profit(fixed, -m.w, d, "Profit moves with fixed costs by")
    return proved(d, statement, via.sign(slope_step(fixed)), "which is negative:")


@section("3.3").claim(
    "kz.profits.wage",
    lt(total(pi_H, m.w), 0),
    title="profit and the wage, demand given",
    printed=r"\text{at given demand, profits depend negatively on the domestic wage rate}",
)
def _wage_at_given_demand(statement: Prop) -> Finding:
    d = _given_demand()
    slope = -(1 - m.alpha) * m.k * SOLD / (m.sigma * m.w) - fixed
    _profit(m.w, slope, d, "At given demand profit moves with the wage by")
    share = {h.alpha_below_1: (m.k * SOLD / (m.sigma * m.w)).xreplace({m.k + 1: 1 + sp.Symbol("s", positive=True)})}
    falls = elastic(via.combine(share, slope_step(m.w)))
    reason = "Read as an effect at given demand, that is, at given spending and price index."
    return proved(d, statement, falls, "which is negative:", reason)


def _spent_out_of_wages(*names: Step) -> Derivation:
    model = m.offshoring_first()
    spending = {h.E_X: eq(m.E_X, m.beta * m.w * m.L)}
    facts = {**model.context(h.sigma_above_1, *names).hypotheses, **PROFIT, **spending}
    d = Derivation(Context(facts, frozenset({h.profit, h.E_X}), frozenset({pi_H, m.E_X})))
    d.recall(h.profit, "Profit at home is")
    d.recall(h.E_X, "where spending on varieties is, by (20),")
    slope = (1 - (1 - m.alpha) * m.k) * SOLD / (m.sigma * m.w) - fixed
    says = "At a given price index profit moves with the wage by"
    d.step(h.dw, eq(total(pi_H, m.w), slope), says)
    return d


@section("3.3").claim(
    "kz.profits.wage-income",
    lt(total(pi_H, m.w), 0),
    title="profit and the wage, demand out of wages",
    printed=r"\text{with } E_X = \beta wL\text{, profits depend negatively on the domestic wage rate}",
)
def _wage_and_income(statement: Prop) -> Finding:
    d = _spent_out_of_wages()
    condition = lt((1 - (1 - m.alpha) * m.k) * SOLD / m.sigma, fixed * m.w)
    there = via.combine({h.premise: m.w}, equations={h.dw: -m.w})
    back = via.combine({h.premise: 1 / m.w}, equations={h.dw: 1})
    exactly = Iff(lt(total(pi_H, m.w), 0), condition)
    true = proved(
        d, exactly, via.both(there, back), "So profit falls with the wage exactly where fixed costs are large:"
    )
    failing = _spent_out_of_wages(
        *(name for name in m.offshoring_first().domain.hypotheses() if name != h.sigma_above_1)
    )
    changes = {m.sigma: sp.Integer(2), m.f_ex: sp.Integer(18), m.w: 1, m.P_X: 1, Phi: 10, fixed: 1, m.E_X: 3}
    point = example(changes=changes)
    point[pi_H] = PROFIT[h.profit].rhs.xreplace(point)
    used = failing.start.symbols()
    at = Witness({symbol: value for symbol, value in point.items() if symbol in used})
    reason = (
        "Spending on varieties is beta w L, so that a higher wage also raises demand. With (1-alpha)(sigma-1) < 1 "
        "the profit of firms that sell enough does not fall, at a given price index."
    )
    return refuted(failing, statement, at, reason, using=(h.dw,), corrected=true, severity=Severity.READING)


def _unit_cost(productivity: sp.Expr, price: sp.Expr) -> sp.Expr:
    return m.w ** (1 - m.alpha) / efficiency(productivity, price)


SAME = eq(_unit_cost(phi, m.p_I_off), _unit_cost(other_phi, m.p_I_d))


@section("3.3").claim(
    "kz.cost-offshoring",
    And((SAME, lt(phi, other_phi))),
    title="offshoring and productivity",
    printed=r"\text{offshoring reduces the marginal costs of a firm similarly to an increase in productivity}",
)
def _like_productivity(statement: Prop) -> Finding:
    """A firm that offshores has the cost of a certain firm that does not and is more productive."""
    gain = (m.p_I_d / m.p_I_off) ** m.alpha
    base = m.offshoring_first().context(*PRICES, h.A_1)
    alike: dict[Step, Prop] = {h.as_productive: eq(other_phi, phi * gain)}
    d = Derivation(Context({**base.hypotheses, **alike}, base.system, base.endogenous))
    offshoring_gains(d)
    gain_step = d.step(h.gain, gt(gain, 1), "Cheaper inputs count as")
    d.recall(h.as_productive, "A firm that does not offshore may be as productive as")
    higher = via.combine({gain_step: phi}, equations={h.as_productive: -1})
    says = "So a firm that offshores has the cost of a more productive firm that does not:"
    return proved(d, statement, via.split(via.identity(h.as_productive), higher), says)


USED = m.alpha * quantity * m.w ** (1 - m.alpha) * m.p_I_d ** (m.alpha - 1) / phi
SAVED = (_unit_cost(phi, m.p_I_d) - _unit_cost(phi, m.p_I_off)) * quantity
EACH = m.p_I_d / m.alpha * (1 - m.ratio**m.alpha)


@section("1").claim(
    "kz.savings",
    And((eq(SAVED, EACH * USED), gt(EACH, 0))),
    title="what offshoring saves",
    printed=r"\text{the cost reductions generated by offshoring are proportional to the amount of "
    r"intermediates used}",
)
def _savings(statement: Prop) -> Finding:
    """What a firm saves on a given output is proportional to the intermediates that it uses."""
    d = Derivation(m.offshoring_first().context(*PRICES, h.A_1))
    offshoring_gains(d)
    says = "Since foreign intermediates are cheaper,"
    cheaper = d.step(h.cheaper, via.fact("pow_lt_one", m.ratio, m.alpha), says)
    says = "So the saving for each unit of intermediates that a firm would use is positive and the same for all firms:"
    positive = via.combine({cheaper: m.p_I_d / m.alpha})
    return proved(d, statement, via.split(via.identity(), positive), says)


@section("3.4").remark(
    "kz.welfare-cutoff",
    gt(total(W, m.phi_min), 0),
    title="welfare and the lowest cutoff",
    printed=r"\text{domestic welfare rises with the minimum productivity } \hat\varphi_{min}",
)
def _welfare_in_cutoff(statement: Prop) -> Finding:
    """Welfare (17) is a power of the lowest cutoff, times what does not depend on it."""
    facts = {**m.offshoring_first().context(h.sigma_above_1, h.beta_below_1).hypotheses, h.eq_17: eq(W, WELFARE)}
    d = Derivation(Context(facts, frozenset({h.eq_17}), frozenset({W})))
    d.recall(h.eq_17, "Welfare (17) is, at given parameters,")
    slope_step = d.step(h.slope, eq(total(W, m.phi_min), m.beta * W / m.phi_min), "It moves by")
    return proved(d, statement, via.sign(slope_step), "So it rises with the lowest cutoff:")


CLAIMS = (
    _savings,
    _like_productivity,
    section("3.3").row(
        "claim",
        "kz.profits",
        r"\text{profits rise with firm efficiency } \phi^k \text{ and aggregate demand, and depend negatively on the "
        r"domestic wage rate and fixed costs}",
        parts=(
            _efficiency_and_demand,
            _fixed_costs,
            _wage_at_given_demand,
            _wage_and_income,
        ),
        title="what profits depend on",
    ),
    one_incomplete_strategy,
    _welfare_in_cutoff,
)
