"""Primitives of Baldwin and Okubo: symbols, domain, the Pareto distribution of marginal costs, and its integrals."""

from __future__ import annotations

from functools import cache

import sympy as sp

from symhet.algebra.integrals import PowerIntegral
from symhet.domain import Assumption, Chart, Domain, Parameter
from symhet.propositions import ge, gt, le, lt


def _positive(*names: str) -> tuple[sp.Symbol, ...]:
    return tuple(sp.Symbol(name, positive=True) for name in names)


sigma, beta, phi, s_E, f, f_I = _positive("sigma", "beta", "phi", "s_E", "f", "f_I")
delta, F, F_I, mu, t = _positive("delta", "F", "F_I", "mu", "t")
a_D, a_X, a_R, n, n_star, n_w, s_n = _positive("a_D", "a_X", "a_R", "n", "n_star", "n_w", "s_n")
B, B_star, mbar, mbar_star = _positive("B", "B_star", "mbar", "mbar_star")

rho = beta * (sigma - 1)
alpha = 1 - sigma + rho
Omega = phi**beta
kappa = f_I * (beta - 1) / f
"""Innovation cost over beachhead cost, scaled: autarky's a_D is kappa**(1/rho)."""

PARAMETERS = (
    Parameter(sigma, r"\sigma", "elasticity of substitution between varieties"),
    Parameter(beta, r"\beta", "Pareto shape over sigma - 1"),
    Parameter(phi, r"\phi", "freeness of trade"),
    Parameter(s_E, "s_E", "North's share of expenditure"),
    Parameter(f, "f", "beachhead cost per market, sigma delta F", "workers"),
    Parameter(f_I, "f_I", "innovation cost, sigma delta F_I", "workers"),
)

VARIABLES = (
    Parameter(a_D, "a_D", "cutoff of domestic sales", "workers per unit"),
    Parameter(a_X, "a_X", "cutoff of exports", "workers per unit"),
    Parameter(a_R, "a_R", "cutoff of relocation", "workers per unit"),
    Parameter(n, "n", "mass of firms born North"),
    Parameter(n_star, "n^*", "mass of firms born South"),
    Parameter(n_w, "n^w", "mass of firms in the world"),
    Parameter(s_n, "s_n", "North's share of firms"),
    Parameter(B, "B", "demand per firm in the North"),
    Parameter(B_star, "B^*", "demand per firm in the South"),
    Parameter(mbar, r"\bar m", "weighted sum of marginal selling costs in the North"),
    Parameter(mbar_star, r"\bar m^*", "weighted sum of marginal selling costs in the South"),
    Parameter(t, "t", "iceberg trade cost", "units shipped per unit sold"),
    Parameter(delta, r"\delta", "death rate of firms"),
    Parameter(F, "F", "beachhead cost per market", "workers"),
    Parameter(F_I, "F_I", "innovation cost", "workers"),
    Parameter(mu, r"\mu", "weight of manufactures"),
)


def _chart() -> Chart:
    x, b, v, u, g = sp.symbols("y_sigma y_beta y_phi y_s y_kappa", positive=True)
    forward = {
        sigma: 1 + x,
        beta: 1 + b,
        phi: 1 / (1 + v),
        s_E: (1 + u) / (2 + u),
        f: f,
        f_I: f / (b * (1 + g)),
    }
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
        Assumption("sigma>1", gt(sigma, 1), "varieties are substitutes"),
        Assumption("beta>1", gt(beta, 1), "the integrals over firms converge"),
        Assumption("phi<1", lt(phi, 1), "trade is costly"),
        Assumption("s_E>1/2", gt(s_E, sp.Rational(1, 2)), "North is the larger nation"),
        Assumption("s_E<1", lt(s_E, 1), "the South exists"),
        Assumption("kappa<=1", le(kappa, 1), "the cutoff of autarky lies inside the support of costs"),
        Assumption("rho>=1", ge(rho, 1), "shape of the cost distribution"),
    )
    return Domain("Baldwin-Okubo", PARAMETERS, assumptions, _chart())


def cost_integral(power: sp.Expr, low: sp.Expr | int, high: sp.Expr) -> sp.Expr:
    """Return the integral of a**power dG[a] over low < a < high, with G[a] = a**rho on the unit interval."""
    return rho * PowerIntegral(power + rho - 1, low, high)
