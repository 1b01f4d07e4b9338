"""The short run of Baldwin and Okubo: autarky's firms meet trade, stay put or move, and nobody enters or exits."""

from __future__ import annotations

from functools import cache

import sympy as sp

from symhet.algebra.total import is_total
from symhet.derivation import Derivation
from symhet.model.regime import Model, definition
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.symbols import kept, toll
from symhet.propositions import And, Prop, Rel, eq, free_symbols, gt, le, lt
from symhet.provers.tactics import Tactic, auto, chart, cut, fact, lemma, product
from symhet.steps import Step

PORTABLE = And((eq(toll, 0), eq(kept, 0)))
"""Portable foothold: a mover swaps its beachhead for one in the North at no cost."""

CARRIED = (h.no_toll, h.none_kept)
"""Names of the two parts of `PORTABLE`."""

SUNK = And((eq(toll, m.f), eq(kept, 1)))
"""Sunk footholds: a mover sinks F in the North and may go on selling in the South, from there."""

CORE = (h.sigma_above_1, h.beta_above_1, h.phi_below_1, h.s_E_above_half, h.s_E_below_1, h.kappa_at_most_1)
"""What is supposed of every economy; with kappa <= 1 the cutoff of autarky lies inside the support of costs."""

INHERITED = (h.a_D, h.n_w, h.s_n_is_s_E, h.n, h.n_star)
"""What autarky leaves behind: cutoff, mass and shares of firms."""

U, V, X1, B1 = sp.symbols("u v x b", positive=True)


def moment(low: sp.Expr | int, high: sp.Expr) -> sp.Expr:
    """Return the integral of a**(1-sigma) dG[a | a_D] over low < a < high."""
    return m.cost_integral(1 - m.sigma, low, high) / m.a_D**m.rho


def total_cost(low: sp.Expr | int, high: sp.Expr) -> sp.Expr:
    """Return the integral of a * a**(1-sigma) dG[a | a_D] over low < a < high: costs weighted with sales."""
    return m.cost_integral(2 - m.sigma, low, high) / m.a_D**m.rho


def inherited() -> dict[Step, Rel]:
    """Return what autarky leaves behind, by the names of `INHERITED`."""
    return {
        h.a_D: definition(m.a_D, m.kappa ** (1 / m.rho)),
        h.n_w: definition(m.n_w, (1 - 1 / m.beta) / m.f),
        h.s_n_is_s_E: definition(m.s_n, m.s_E),
        h.n: definition(m.n, m.s_n * m.n_w),
        h.n_star: definition(m.n_star, (1 - m.s_n) * m.n_w),
    }


def markets(north: sp.Expr, south: sp.Expr) -> dict[Step, Rel]:
    """Return what is sold in each nation, and demand per firm there."""
    return {
        h.mbar: definition(m.mbar, north),
        h.mbar_star: definition(m.mbar_star, south),
        h.B: definition(m.B, m.s_E / m.mbar),
        h.B_star: definition(m.B_star, (1 - m.s_E) / m.mbar_star),
    }


@cache
def autarky() -> Model:
    """Return the two nations in autarky, each with its own cutoff, mass of firms and free entry."""
    conditions = {}
    for star, cutoff, mass, weight, demand, share in (
        ("", m.a_D, m.n, m.mbar, m.B, m.s_E),
        ("*", m.a_D_star, m.n_star, m.mbar_star, m.B_star, 1 - m.s_E),
    ):
        conditions[h.mbar_in(star)] = eq(weight, mass * m.cost_integral(1 - m.sigma, 0, cutoff) / cutoff**m.rho)
        conditions[h.B_in(star)] = eq(demand, share / weight)
        conditions[h.cutoff_in(star)] = eq(cutoff ** (1 - m.sigma) * demand, m.f)
        profit = demand * m.cost_integral(1 - m.sigma, 0, cutoff) - m.f * m.cost_integral(0, 0, cutoff)
        conditions[h.free_entry_in(star)] = eq(profit, m.f_I)
    moving = frozenset({m.a_D, m.a_D_star, m.n, m.n_star, m.mbar, m.mbar_star, m.B, m.B_star})
    return Model("Baldwin-Okubo, autarky", m.domain(), {}, conditions, moving)


@cache
def opening() -> Model:
    """Return the moment of opening: trade but no move yet, so that the demands and export cutoffs differ."""
    north = m.n * moment(0, m.a_D) + m.phi * m.n_star * moment(0, m.a_X_star)
    south = m.n_star * moment(0, m.a_D) + m.phi * m.n * moment(0, m.a_X)
    definitions = {**inherited(), **markets(north, south)}
    conditions = {
        h.export: eq(m.phi * m.a_X ** (1 - m.sigma) * m.B_star, m.f),
        h.export_star: eq(m.phi * m.a_X_star ** (1 - m.sigma) * m.B, m.f),
    }
    moving = frozenset({m.a_D, m.n, m.n_star, m.n_w, m.s_n, m.mbar, m.mbar_star, m.B, m.B_star, m.a_X, m.a_X_star})
    return Model("Baldwin-Okubo, opening", m.domain(), definitions, conditions, moving)


def masses_XX() -> tuple[sp.Expr, sp.Expr]:
    """Return m of North and South when Southern exporters a < a_R have moved, by counting who sells where."""
    north = m.n * moment(0, m.a_D) + m.n_star * moment(0, m.a_R) + m.phi * m.n_star * moment(m.a_R, m.a_X)
    south = m.phi * m.n * moment(0, m.a_X) + m.phi * m.n_star * moment(0, m.a_R) + m.n_star * moment(m.a_R, m.a_D)
    return north, south


def masses_DD() -> tuple[sp.Expr, sp.Expr]:
    """Return m of North and South when every Southern exporter and the D-types a < a_R have moved."""
    north = (m.n + m.n_star) * moment(0, m.a_R) + m.n * moment(m.a_R, m.a_D)
    south = m.phi * (m.n + m.n_star) * moment(0, m.a_X) + m.n_star * moment(m.a_R, m.a_D)
    return north, south


def produced(phase: m.Phase) -> tuple[tuple[sp.Expr, sp.Expr], tuple[sp.Expr, sp.Expr]]:
    """Return, for North and South, costs and quantities of what is produced there, up to the common demand B = B*."""
    zero = sp.S.Zero
    if phase is m.Phase.XX:
        north = [((1 + m.phi) * m.n, zero, m.a_X), (m.n, m.a_X, m.a_D), ((1 + m.phi) * m.n_star, zero, m.a_R)]
        south = [((1 + m.phi) * m.n_star, m.a_R, m.a_X), (m.n_star, m.a_X, m.a_D)]
    else:
        north = [(m.n, zero, m.a_D), (m.n_star, zero, m.a_R), (m.phi * (m.n + m.n_star), zero, m.a_X)]
        south = [(m.n_star, m.a_R, m.a_D)]

    def over(part: list[tuple[sp.Expr, sp.Expr, sp.Expr]]) -> tuple[sp.Expr, sp.Expr]:
        costs = sum((mass * total_cost(low, high) for mass, low, high in part), sp.S.Zero)
        return costs, sum((mass * moment(low, high) for mass, low, high in part), sp.S.Zero)

    return over(north), over(south)


def _averages(phase: m.Phase) -> dict[Step, Rel]:
    """Average cost of what is produced in each nation, every firm weighted with its sales in both markets."""
    north, south = (costs / made for costs, made in produced(phase))
    return {h.abar: definition(m.abar, north), h.abar_star: definition(m.abar_star, south)}


@cache
def relocated(phase: m.Phase) -> Model:
    """Return the short run after relocation (B = B*) in phase ``"XX"`` or ``"DD"``.

    In DD the marginal mover is a D-type. The conditions `CARRIED` say that it swaps its one beachhead for one in
    the North at no cost: the paper's equations (14), (19) and (20) need it, its text sinks F in every market.
    """
    north, south = masses_XX() if phase is m.Phase.XX else masses_DD()
    indifferent = eq(m.B, m.B_star)
    if phase is m.Phase.DD:
        south += kept * m.phi * m.n_star * moment(m.a_X, m.a_R)
        indifferent = eq(m.a_R ** (1 - m.sigma) * (m.B - (1 - kept * m.phi) * m.B_star), toll)
    definitions = {**inherited(), **markets(north, south), **_averages(phase)}
    conditions = {h.location: indifferent, h.export: eq(m.phi * m.a_X ** (1 - m.sigma) * m.B, m.f)}
    if phase is m.Phase.DD:
        conditions |= {name: part for name, part in zip(CARRIED, PORTABLE.parts, strict=True) if isinstance(part, Rel)}
    facts: dict[Step, Prop] = {
        h.phase: le(m.a_R, m.a_X) if phase is m.Phase.XX else le(m.a_X, m.a_R),
        h.a_R_at_most_a_D: le(m.a_R, m.a_D),
        h.a_R_below_a_D: lt(m.a_R, m.a_D),
    }
    moving = frozenset(
        {
            m.a_D,
            m.n,
            m.n_star,
            m.n_w,
            m.s_n,
            m.mbar,
            m.mbar_star,
            m.B,
            m.B_star,
            m.a_X,
            m.a_R,
            m.abar,
            m.abar_star,
            toll,
            kept,
        }
    )
    return Model(f"Baldwin-Okubo, short run, {phase}", m.domain(), definitions, conditions, moving, facts)


@cache
def resettled(phase: m.Phase) -> Model:
    """Return relocation followed by entry and exit: free entry and B = B*, each nation's share of births as before.

    Firms choose their place before they sink a beachhead, so that nothing depends on who may carry one along.
    """
    north, south = masses_XX() if phase is m.Phase.XX else masses_DD()
    definitions = {
        h.s_n_is_s_E: definition(m.s_n, m.s_E),
        h.n: definition(m.n, m.s_n * m.n_w),
        h.n_star: definition(m.n_star, (1 - m.s_n) * m.n_w),
        **markets(north, south),
        **_averages(phase),
    }
    profit = m.B * m.cost_integral(1 - m.sigma, 0, m.a_D) - m.f * m.cost_integral(sp.S.Zero, 0, m.a_D)
    profit += m.phi * m.B_star * m.cost_integral(1 - m.sigma, 0, m.a_X) - m.f * m.cost_integral(sp.S.Zero, 0, m.a_X)
    conditions = {
        h.location: eq(m.B, m.B_star),
        h.home: eq(m.a_D ** (1 - m.sigma) * m.B, m.f),
        h.export: eq(m.phi * m.a_X ** (1 - m.sigma) * m.B, m.f),
        h.free_entry: eq(profit, m.f_I),
    }
    facts: dict[Step, Prop] = {
        h.phase: le(m.a_R, m.a_X) if phase is m.Phase.XX else le(m.a_X, m.a_R),
        h.a_R_at_most_a_D: le(m.a_R, m.a_D),
        h.a_R_below_a_D: lt(m.a_R, m.a_D),
    }
    moving = frozenset(
        {m.a_D, m.n, m.n_star, m.n_w, m.s_n, m.mbar, m.mbar_star, m.B, m.B_star, m.a_X, m.a_R, m.abar, m.abar_star}
    )
    return Model(f"Baldwin-Okubo, entry restored, {phase}", m.domain(), definitions, conditions, moving, facts)


class Smooth(Derivation):
    """A derivation whose equations are proved from what holds near by too, so that they may be differentiated."""

    def smooth(self, prop: Prop) -> bool:
        """Tell whether a step is an equation between levels."""
        return isinstance(prop, Rel) and prop.op == "=" and not any(map(is_total, free_symbols(prop)))


def larger(then: Tactic) -> Tactic:
    """Change to the coordinate u = (2 s - 1)/(1 - s) > 0 of North's size."""
    size = (2 * m.s_E - 1) / (1 - m.s_E)
    whole = (h.whole, gt(2 + size, 0), product({h.s_E_below_1: -1}))
    return cut([whole], chart({U: size}, {m.s_E: (1 + U) / (2 + U)}, then))


def shapes(then: Tactic) -> Tactic:
    """Change to the coordinates x = sigma - 1 > 0 and b = beta - 1 > 0."""
    return chart({X1: m.sigma - 1, B1: m.beta - 1}, {m.sigma: 1 + X1, m.beta: 1 + B1}, then)


def shape_facts(d: Derivation) -> None:
    """Add the step ``alpha>0``: the integrals over firms converge."""
    says = "By the two shape restrictions the mass of sales near zero cost is finite:"
    d.step(h.alpha_above_0, gt(m.alpha, 0), says)


def integrate(d: Derivation, *integrals: tuple[Step, sp.Expr, sp.Expr | int, sp.Expr]) -> None:
    """Add one step for every integral of a power of costs: (name, power of a in the integrand, lower, upper).

    An integral that is known under its name already is left out.
    """
    for name, power, low, high in integrals:
        if name in d.context.hypotheses:
            continue
        exponent = power + m.rho - 1
        if low == 0:
            arguments: tuple[sp.Expr, ...] = (exponent, high)
            premises: tuple[Tactic, ...] = (auto(), shapes(auto()))
            schema = "power_integral_from_zero"
        else:
            arguments = (exponent, sp.sympify(low, strict=True), high)
            premises = (auto(), auto(), shapes(auto()))
            schema = "power_integral"
        says = f"The integral of a^({power}) over the Pareto distribution is"
        d.step(name, fact(schema, *arguments), says, by=lemma(schema, *arguments, premises=premises))
