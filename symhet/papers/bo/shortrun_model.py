"""The short run of Baldwin and Okubo: autarky's firms meet trade, stay put or move, and nobody enters or exits."""

from __future__ import annotations

from functools import cache

import sympy as sp

from symhet.algebra.total import is_total
from symhet.certificate import Certificate
from symhet.derivation import Derivation, Step
from symhet.model.regime import Model, definition
from symhet.papers.bo.model import (
    B,
    B_star,
    a_D,
    a_D_star,
    a_R,
    a_X,
    a_X_star,
    abar,
    abar_star,
    alpha,
    beta,
    cost_integral,
    domain,
    f,
    f_I,
    kappa,
    mbar,
    mbar_star,
    n,
    n_star,
    n_w,
    phi,
    rho,
    s_E,
    s_n,
    sigma,
)
from symhet.propositions import And, Prop, Rel, eq, free_symbols, gt, le, lt
from symhet.provers.tactics import Tactic, auto, chart, cut, fact, lemma, product
from symhet.rules.base import Context

ALPHA_ABOVE_0_STEP = Step("alpha>0")


toll, kept = sp.symbols("toll kept", real=True)
"""What a mover pays for its beachhead in the North, and whether it keeps (1) or gives up (0) the one in the South."""

PORTABLE = And((eq(toll, 0), eq(kept, 0)))
"""Portable foothold: a mover swaps its beachhead for one in the North at no cost."""

CARRIED = ("portable foothold: no toll", "portable foothold: none kept")
"""Names of the two parts of `PORTABLE`."""

SUNK = And((eq(toll, f), eq(kept, 1)))
"""Sunk footholds: a mover sinks F in the North and may go on selling in the South, from there."""

CORE = ("sigma>1", "beta>1", "phi<1", "s_E>1/2", "s_E<1", "kappa<=1")
"""What is supposed of every economy; with kappa <= 1 the cutoff of autarky lies inside the support of costs."""

INHERITED = ("a_D", "n_w", "s_n=s_E", "n", "n*")
"""What autarky leaves behind: cutoff, mass and shares of firms."""

MARKETS = ("B", "B*")
U, V, X1, B1 = sp.symbols("u v x b", positive=True)


def moment(low: sp.Expr | int, high: sp.Expr) -> sp.Expr:
    """Return the integral of a**(1-sigma) dG[a | a_D] over low < a < high."""
    return cost_integral(1 - sigma, low, high) / a_D**rho


def total_cost(low: sp.Expr | int, high: sp.Expr) -> sp.Expr:
    """Return the integral of a * a**(1-sigma) dG[a | a_D] over low < a < high: costs weighted with sales."""
    return cost_integral(2 - sigma, low, high) / a_D**rho


def inherited() -> dict[str, Rel]:
    """Return what autarky leaves behind, by the names of `INHERITED`."""
    return {
        "a_D": definition(a_D, kappa ** (1 / rho)),
        "n_w": definition(n_w, (1 - 1 / beta) / f),
        "s_n=s_E": definition(s_n, s_E),
        "n": definition(n, s_n * n_w),
        "n*": definition(n_star, (1 - s_n) * n_w),
    }


def _demands() -> dict[str, Rel]:
    return {"B": definition(B, s_E / mbar), "B*": definition(B_star, (1 - s_E) / mbar_star)}


@cache
def autarky() -> Model:
    """Return the two nations in autarky, each with its own cutoff, mass of firms and free entry."""
    conditions = {}
    for star, cutoff, mass, weight, demand, share in (
        ("", a_D, n, mbar, B, s_E),
        ("*", a_D_star, n_star, mbar_star, B_star, 1 - s_E),
    ):
        conditions[f"mbar{star}"] = eq(weight, mass * cost_integral(1 - sigma, 0, cutoff) / cutoff**rho)
        conditions[f"B{star}"] = eq(demand, share / weight)
        conditions[f"cutoff{star}"] = eq(cutoff ** (1 - sigma) * demand, f)
        profit = demand * cost_integral(1 - sigma, 0, cutoff) - f * cost_integral(0, 0, cutoff)
        conditions[f"free entry{star}"] = eq(profit, f_I)
    moving = frozenset({a_D, a_D_star, n, n_star, mbar, mbar_star, B, B_star})
    return Model("Baldwin-Okubo, autarky", domain(), {}, conditions, moving)


@cache
def opening() -> Model:
    """Return the moment of opening: trade but no move yet, so that the demands and export cutoffs differ."""
    north = n * moment(0, a_D) + phi * n_star * moment(0, a_X_star)
    south = n_star * moment(0, a_D) + phi * n * moment(0, a_X)
    definitions = {
        **inherited(),
        "mbar": definition(mbar, north),
        "mbar*": definition(mbar_star, south),
        **_demands(),
    }
    conditions = {
        "export": eq(phi * a_X ** (1 - sigma) * B_star, f),
        "export*": eq(phi * a_X_star ** (1 - sigma) * B, f),
    }
    moving = frozenset({a_D, n, n_star, n_w, s_n, mbar, mbar_star, B, B_star, a_X, a_X_star})
    return Model("Baldwin-Okubo, opening", domain(), definitions, conditions, moving)


def masses_XX() -> tuple[sp.Expr, sp.Expr]:
    """Return m of North and South when Southern exporters a < a_R have moved, by counting who sells where."""
    north = n * moment(0, a_D) + n_star * moment(0, a_R) + phi * n_star * moment(a_R, a_X)
    south = phi * n * moment(0, a_X) + phi * n_star * moment(0, a_R) + n_star * moment(a_R, a_D)
    return north, south


def masses_DD() -> tuple[sp.Expr, sp.Expr]:
    """Return m of North and South when every Southern exporter and the D-types a < a_R have moved."""
    north = (n + n_star) * moment(0, a_R) + n * moment(a_R, a_D)
    south = phi * (n + n_star) * moment(0, a_X) + n_star * moment(a_R, a_D)
    return north, south


def produced(phase: str) -> tuple[tuple[sp.Expr, sp.Expr], tuple[sp.Expr, sp.Expr]]:
    """Return, for North and South, costs and quantities of what is produced there, up to the common demand B = B*."""
    zero = sp.S.Zero
    if phase == "XX":
        north = [((1 + phi) * n, zero, a_X), (n, a_X, a_D), ((1 + phi) * n_star, zero, a_R)]
        south = [((1 + phi) * n_star, a_R, a_X), (n_star, a_X, a_D)]
    else:
        north = [(n, zero, a_D), (n_star, zero, a_R), (phi * (n + n_star), zero, a_X)]
        south = [(n_star, a_R, a_D)]

    def over(part: list[tuple[sp.Expr, sp.Expr, sp.Expr]]) -> tuple[sp.Expr, sp.Expr]:
        costs = sum((mass * total_cost(low, high) for mass, low, high in part), sp.S.Zero)
        return costs, sum((mass * moment(low, high) for mass, low, high in part), sp.S.Zero)

    return over(north), over(south)


def _averages(phase: str) -> dict[str, Rel]:
    """Average cost of what is produced in each nation, every firm weighted with its sales in both markets."""
    north, south = (costs / made for costs, made in produced(phase))
    return {"abar": definition(abar, north), "abar*": definition(abar_star, south)}


@cache
def relocated(phase: str) -> Model:
    """Return the short run after relocation (B = B*) in phase ``"XX"`` or ``"DD"``.

    In DD the marginal mover is a D-type. The conditions `CARRIED` say that it swaps its one beachhead for one in
    the North at no cost: the paper's equations (14), (19) and (20) need it, its text sinks F in every market.
    """
    north, south = masses_XX() if phase == "XX" else masses_DD()
    indifferent = eq(B, B_star)
    if phase == "DD":
        south += kept * phi * n_star * moment(a_X, a_R)
        indifferent = eq(a_R ** (1 - sigma) * (B - (1 - kept * phi) * B_star), toll)
    definitions = {
        **inherited(),
        "mbar": definition(mbar, north),
        "mbar*": definition(mbar_star, south),
        **_demands(),
        **_averages(phase),
    }
    conditions = {"location": indifferent, "export": eq(phi * a_X ** (1 - sigma) * B, f)}
    if phase == "DD":
        conditions |= {name: part for name, part in zip(CARRIED, PORTABLE.parts, strict=True) if isinstance(part, Rel)}
    facts: dict[str, Prop] = {
        "phase": le(a_R, a_X) if phase == "XX" else le(a_X, a_R),
        "a_R<=a_D": le(a_R, a_D),
        "a_R<a_D": lt(a_R, a_D),
    }
    moving = frozenset({a_D, n, n_star, n_w, s_n, mbar, mbar_star, B, B_star, a_X, a_R, abar, abar_star, toll, kept})
    return Model(f"Baldwin-Okubo, short run, {phase}", domain(), definitions, conditions, moving, facts)


@cache
def resettled(phase: str) -> Model:
    """Return relocation followed by entry and exit: free entry and B = B*, each nation's share of births as before.

    Firms choose their place before they sink a beachhead, so that nothing depends on who may carry one along.
    """
    north, south = masses_XX() if phase == "XX" else masses_DD()
    definitions = {
        "s_n=s_E": definition(s_n, s_E),
        "n": definition(n, s_n * n_w),
        "n*": definition(n_star, (1 - s_n) * n_w),
        "mbar": definition(mbar, north),
        "mbar*": definition(mbar_star, south),
        **_demands(),
        **_averages(phase),
    }
    profit = B * cost_integral(1 - sigma, 0, a_D) - f * cost_integral(sp.S.Zero, 0, a_D)
    profit += phi * B_star * cost_integral(1 - sigma, 0, a_X) - f * cost_integral(sp.S.Zero, 0, a_X)
    conditions = {
        "location": eq(B, B_star),
        "home": eq(a_D ** (1 - sigma) * B, f),
        "export": eq(phi * a_X ** (1 - sigma) * B, f),
        "free entry": eq(profit, f_I),
    }
    facts: dict[str, Prop] = {
        "phase": le(a_R, a_X) if phase == "XX" else le(a_X, a_R),
        "a_R<=a_D": le(a_R, a_D),
        "a_R<a_D": lt(a_R, a_D),
    }
    moving = frozenset({a_D, n, n_star, n_w, s_n, mbar, mbar_star, B, B_star, a_X, a_R, abar, abar_star})
    return Model(f"Baldwin-Okubo, entry restored, {phase}", domain(), definitions, conditions, moving, facts)


class Smooth(Derivation):
    """A derivation whose equations are proved from what holds near by too, so that they may be differentiated."""

    def step(
        self,
        name: str,
        prop: Prop,
        by: Tactic,
        says: str,
        number: str = "",
        kind: str = "derive",
        identically: bool = False,
        now: bool = False,
    ) -> None:
        """Add a statement; an equation is proved identically."""
        plain = isinstance(prop, Rel) and prop.op == "=" and not any(map(is_total, free_symbols(prop)))
        super().step(name, prop, by, says, number, kind, identically or plain, now)


def larger(then: Tactic) -> Tactic:
    """Change to the coordinate u = (2 s - 1)/(1 - s) > 0 of North's size."""
    size = (2 * s_E - 1) / (1 - s_E)
    whole = ("whole", gt(2 + size, 0), product({"s_E<1": -1}))
    return cut([whole], chart({U: size}, {s_E: (1 + U) / (2 + U)}, then))


def shapes(then: Tactic) -> Tactic:
    """Change to the coordinates x = sigma - 1 > 0 and b = beta - 1 > 0."""
    return chart({X1: sigma - 1, B1: beta - 1}, {sigma: 1 + X1, beta: 1 + B1}, then)


def shape_facts(d: Derivation) -> None:
    """Add the step ``alpha>0``: the integrals over firms converge."""
    says = "By the two shape restrictions the mass of sales near zero cost is finite:"
    d.step(ALPHA_ABOVE_0_STEP, gt(alpha, 0), product({"sigma>1": 1, "beta>1": 1}), says, kind="bound")


def integrate(d: Derivation, *integrals: tuple[str, sp.Expr, sp.Expr | int, sp.Expr, Tactic | None]) -> None:
    """Add one step for every integral of a power of costs: (name, power of a in the integrand, lower, upper, order).

    An integral that is known under its name already is left out.
    """
    for name, power, low, high, order in integrals:
        if name in d.context.hypotheses:
            continue
        exponent = power + rho - 1
        if low == 0:
            arguments: tuple[sp.Expr, ...] = (exponent, high)
            premises: tuple[Tactic, ...] = (auto(), shapes(auto()))
            schema = "power_integral_from_zero"
        else:
            arguments = (exponent, sp.sympify(low, strict=True), high)
            premises = (auto(), order or auto(), shapes(auto()))
            schema = "power_integral"
        says = f"The integral of a^({power}) over the Pareto distribution is"
        d.step(name, fact(schema, *arguments), lemma(schema, *arguments, premises=premises), says, kind="integrate")


def differ(ordered_by: Tactic, above: bool = False) -> Tactic:
    """Prove that two terms differ because the left one is below (or above) the right one."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        assert isinstance(goal, Rel)
        order = gt(goal.lhs, goal.rhs) if above else lt(goal.lhs, goal.rhs)
        return Certificate("apart", {"below": not above, "proof": ordered_by(context, order)})

    return tactic
