"""Primitives of Baldwin and Okubo: symbols, domain, the Pareto distribution of marginal costs, and its integrals."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

import sympy as sp

from symhet.algebra.integrals import PowerIntegral
from symhet.domain import Assumption, Chart, Declared, Domain
from symhet.model.regime import Model, definition
from symhet.papers.bo import named as h
from symhet.propositions import And, Or, Prop, Rel, eq, ge, gt, le, lt
from symhet.steps import Step

declare = Declared()

sigma = declare("sigma", r"\sigma", "elasticity of substitution between varieties")
beta = declare("beta", r"\beta", "Pareto shape over sigma - 1")
phi = declare("phi", r"\phi", "freeness of trade")
s_E = declare("s_E", "s_E", "North's share of expenditure")
f = declare("f", "f", "beachhead cost per market, sigma delta F", "workers")
f_I = declare("f_I", "f_I", "innovation cost, sigma delta F_I", "workers")

PARAMETERS = declare.taken()

a_D = declare("a_D", "a_D", "cutoff of domestic sales", "workers per unit")
a_X = declare("a_X", "a_X", "cutoff of exports", "workers per unit")
a_R = declare("a_R", "a_R", "cutoff of relocation", "workers per unit")
n = declare("n", "n", "mass of firms born North")
n_star = declare("n_star", "n^*", "mass of firms born South")
n_w = declare("n_w", "n^w", "mass of firms in the world")
s_n = declare("s_n", "s_n", "North's share of firms")
B = declare("B", "B", "demand per firm in the North")
B_star = declare("B_star", "B^*", "demand per firm in the South")
mbar = declare("mbar", r"\bar m", "weighted sum of marginal selling costs in the North")
mbar_star = declare("mbar_star", r"\bar m^*", "weighted sum of marginal selling costs in the South")
t = declare("t", "t", "iceberg trade cost", "units shipped per unit sold")
delta = declare("delta", r"\delta", "death rate of firms")
F = declare("F", "F", "beachhead cost per market", "workers")
F_I = declare("F_I", "F_I", "innovation cost", "workers")
mu = declare("mu", r"\mu", "weight of manufactures")
E = declare("E", "E", "expenditure on manufactures in autarky")
a_D_star = declare("a_D_star", "a_D^*", "cutoff of domestic sales in the South", "workers per unit")
a_X_star = declare("a_X_star", "a_X^*", "cutoff of exports by the South", "workers per unit")
abar = declare("abar", r"\bar a", "average unit cost of the North, weighted with sales", "workers per unit")
abar_star = declare("abar_star", r"\bar a^*", "average unit cost of the South, weighted with sales", "workers per unit")
N_star = declare("N_star", "n^*", "mass of firms born South, perhaps zero", real=True)
V = declare("V", "V", "operating profit net of beachheads expected by an innovator in the North", "workers", real=True)
V_star = declare(
    "V_star", "V^*", "operating profit net of beachheads expected by an innovator in the South", "workers", real=True
)

VARIABLES = declare.taken()

rho = beta * (sigma - 1)
alpha = 1 - sigma + rho
Omega = phi**beta
kappa = f_I * (beta - 1) / f
"""Innovation cost over beachhead cost, scaled: autarky's a_D is kappa**(1/rho)."""


class Phase(StrEnum):
    """Who produces abroad: some exporters, some firms without exports too, or every firm of the South."""

    XX = "XX"
    DD = "DD"
    FULL = "full"


def _chart() -> Chart:
    x, b, v, u, g = sp.symbols("y_sigma y_beta y_phi y_s y_kappa", positive=True)
    forward = {sigma: 1 + x, beta: 1 + b, phi: 1 / (1 + v), s_E: (1 + u) / (2 + u), f: f, f_I: f / (b * (1 + g))}
    inverse = {
        x: sigma - 1,
        b: beta - 1,
        v: 1 / phi - 1,
        u: (2 * s_E - 1) / (1 - s_E),
        g: f / (f_I * (beta - 1)) - 1,
        f: f,
    }
    return Chart(forward, inverse)


@cache
def domain() -> Domain:
    """Return the parameters common to every regime, with the bounds that autarky puts on them.

    The chart covers all but the bound rho >= 1, which the paper states with its distribution and few claims need.
    """
    assumptions = (
        Assumption(h.sigma_above_1, gt(sigma, 1), "varieties are substitutes"),
        Assumption(h.beta_above_1, gt(beta, 1), "the integrals over firms converge"),
        Assumption(h.phi_below_1, lt(phi, 1), "trade is costly"),
        Assumption(h.s_E_above_half, gt(s_E, sp.Rational(1, 2)), "North is the larger nation"),
        Assumption(h.s_E_below_1, lt(s_E, 1), "the South exists"),
        Assumption(h.kappa_at_most_1, le(kappa, 1), "the cutoff of autarky lies inside the support of costs"),
        Assumption(h.rho_at_least_1, ge(rho, 1), "shape of the cost distribution"),
    )
    return Domain("Baldwin-Okubo", PARAMETERS, assumptions, _chart())


def cost_integral(power: sp.Expr, low: sp.Expr | int, high: sp.Expr) -> sp.Expr:
    """Return the integral of a**power dG[a] over low < a < high, with G[a] = a**rho on the unit interval."""
    return rho * PowerIntegral(power + rho - 1, low, high)


def sales(low: sp.Expr | int, high: sp.Expr) -> sp.Expr:
    """Return the integral of a**(1-sigma) dG[a] over low < a < high: what firms there add to the selling costs."""
    return cost_integral(1 - sigma, low, high)


def fixed(high: sp.Expr) -> sp.Expr:
    """Return the integral of dG[a] over 0 < a < high: the probability of a cost below ``high``."""
    return cost_integral(sp.S.Zero, 0, high)


def expected(home: sp.Expr, at_home: sp.Expr, away: sp.Expr, abroad: sp.Expr) -> sp.Expr:
    """Return the profit net of beachheads that a draw promises, given demand and cutoff at home and abroad."""
    return home * sales(0, at_home) - f * fixed(at_home) + phi * away * sales(0, abroad) - f * fixed(abroad)


def average(home: sp.Expr, at_home: sp.Expr, away: sp.Expr, abroad: sp.Expr) -> sp.Expr:
    """Return the unit cost of what a nation produces, each firm weighted with its sales at home and abroad."""
    costs = home * cost_integral(2 - sigma, 0, at_home) + phi * away * cost_integral(2 - sigma, 0, abroad)
    return costs / (home * sales(0, at_home) + phi * away * sales(0, abroad))


@cache
def autarky() -> Model:
    """Return the closed economy: the domestic cutoff, unless every draw is good enough, and free entry."""
    conditions = {
        h.mbar: definition(mbar, n * sales(0, a_D) / a_D**rho),
        h.demand: eq(B * mbar, E),
        h.free_entry: eq(B * sales(0, a_D) - f * fixed(a_D), f_I),
    }
    zero_profit = And((eq(a_D ** (1 - sigma) * B, f), le(a_D, 1)))
    facts = {h.cutoff: Or((zero_profit, And((eq(a_D, 1), le(f, B)))))}
    return Model("Baldwin-Okubo, autarky", domain(), {}, conditions, frozenset({a_D, n, B, mbar}), facts)


@cache
def trade() -> Model:
    """Return trade with free entry and no relocation: four cutoffs, two masses; the South may have no firm at all."""
    conditions = {
        h.cutoff_D: eq(a_D ** (1 - sigma) * B, f),
        h.cutoff_D_star: eq(a_D_star ** (1 - sigma) * B_star, f),
        h.cutoff_X: eq(phi * a_X ** (1 - sigma) * B_star, f),
        h.cutoff_X_star: eq(phi * a_X_star ** (1 - sigma) * B, f),
        h.mbar: definition(mbar, n * sales(0, a_D) / a_D**rho + phi * N_star * sales(0, a_X_star) / a_D_star**rho),
        h.mbar_star: definition(
            mbar_star, N_star * sales(0, a_D_star) / a_D_star**rho + phi * n * sales(0, a_X) / a_D**rho
        ),
        h.demand: eq(B * mbar, s_E),
        h.demand_star: eq(B_star * mbar_star, 1 - s_E),
        h.V: definition(V, expected(B, a_D, B_star, a_X)),
        h.V_star: definition(V_star, expected(B_star, a_D_star, B, a_X_star)),
        h.free_entry: eq(V, f_I),
        h.abar: definition(abar, average(B, a_D, B_star, a_X)),
        h.abar_star: definition(abar_star, average(B_star, a_D_star, B, a_X_star)),
    }
    none = And((eq(N_star, 0), le(V_star, f_I)))
    some = And((lt(0, N_star), eq(V_star, f_I)))
    endogenous = {a_D, a_D_star, a_X, a_X_star, B, B_star, mbar, mbar_star, n, N_star, V, V_star, abar, abar_star}
    facts: dict[Step, Prop] = {
        h.South: Or((none, some)),
        h.phi_below_phi_S: lt(Omega * s_E, 1 - s_E),
        h.phi_at_least_phi_S: le(1 - s_E, Omega * s_E),
    }
    return Model("Baldwin-Okubo, no relocation", domain(), {}, conditions, frozenset(endogenous), facts)


def _relocated(phase: Phase) -> dict[Step, Rel]:
    """Return the accounts when Southern firms with a < a_R produce in the North, in (15) or, past a_X, in (19)."""
    north, south = s_n * n_w / a_D**rho, (1 - s_n) * n_w / a_D**rho
    everywhere = sales(0, a_R) * (north + south)
    if phase is Phase.XX:
        home = north * sales(0, a_D) + south * sales(0, a_R) + phi * south * sales(a_R, a_X)
        away = phi * north * sales(0, a_X) + phi * south * sales(0, a_R) + south * sales(a_R, a_D)
    else:
        home = everywhere + north * sales(a_R, a_D)
        away = phi * (north + south) * sales(0, a_X) + south * sales(a_R, a_D)
    return {
        h.mbar: definition(mbar, home),
        h.mbar_star: definition(mbar_star, away),
        h.demand: eq(B * mbar, s_E),
        h.demand_star: eq(B_star * mbar_star, 1 - s_E),
        h.cutoff_X: eq(phi * a_X ** (1 - sigma) * B_star, f),
        h.location: eq(B, B_star),
    }


def _relocating(name: str, conditions: dict[Step, Rel], phase: Phase) -> Model:
    within = (
        {h.R_at_most_X: le(a_R, a_X)}
        if phase is Phase.XX
        else {h.X_at_most_R: le(a_X, a_R), h.R_at_most_D: le(a_R, a_D)}
    )
    facts = {**within, h.X_at_most_D: le(a_X, a_D), h.s_n_below_1: lt(s_n, 1)}
    endogenous = frozenset({a_D, a_X, a_R, B, B_star, mbar, mbar_star, n_w})
    return Model(f"Baldwin-Okubo, {name}", domain(), {}, conditions, endogenous, facts)


@cache
def long_run(phase: Phase = Phase.XX) -> Model:
    """Return relocation with free entry: cutoffs, free entry and B = B*, North's share s_n of births left free.

    Parameters
    ----------
    phase : Phase
        ``XX`` where the marginal mover is an exporter, ``DD`` where it sells at home only.
    """
    conditions = _relocated(phase) | {
        h.cutoff_D: eq(a_D ** (1 - sigma) * B, f),
        h.free_entry: eq(expected(B, a_D, B_star, a_X), f_I),
    }
    return _relocating(f"long run, {phase}", conditions, phase)


@cache
def short_run_full() -> Model:
    """Return full agglomeration before entry and exit: every firm produces in the North, and staying there pays."""
    share = n_w / a_D**rho
    conditions = {
        h.autarky_a_D: eq(a_D, kappa ** (1 / rho)),
        h.autarky_n: eq(n_w, (1 - 1 / beta) / f),
        h.mbar: definition(mbar, share * sales(0, a_D)),
        h.mbar_star: definition(mbar_star, phi * share * sales(0, a_X)),
        h.demand: eq(B * mbar, s_E),
        h.demand_star: eq(B_star * mbar_star, 1 - s_E),
        h.cutoff_X: eq(phi * a_X ** (1 - sigma) * B_star, f),
    }
    endogenous = frozenset({a_D, a_X, B, B_star, mbar, mbar_star, n_w})
    facts = {h.stays: le(B_star, B)}
    return Model("Baldwin-Okubo, short run, full agglomeration", domain(), {}, conditions, endogenous, facts)


@cache
def long_run_full() -> Model:
    """Return full agglomeration with free entry: every firm produces in the North, and staying there pays."""
    share = n_w / a_D**rho
    conditions = {
        h.mbar: definition(mbar, share * sales(0, a_D)),
        h.mbar_star: definition(mbar_star, phi * share * sales(0, a_X)),
        h.demand: eq(B * mbar, s_E),
        h.demand_star: eq(B_star * mbar_star, 1 - s_E),
        h.cutoff_D: eq(a_D ** (1 - sigma) * B, f),
        h.cutoff_X: eq(phi * a_X ** (1 - sigma) * B_star, f),
        h.free_entry: eq(expected(B, a_D, B_star, a_X), f_I),
    }
    endogenous = frozenset({a_D, a_X, B, B_star, mbar, mbar_star, n_w})
    facts = {h.stays: le(B_star, B)}
    return Model("Baldwin-Okubo, long run, full agglomeration", domain(), {}, conditions, endogenous, facts)
