"""Trade flows, firm by firm, and the terms that sign their derivatives for a general distribution."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import sympy as sp

from symhet.algebra.tails import Density, Survival
from symhet.algebra.total import total
from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.aggregates import (
    BRACKET,
    DEMAND,
    FOREIGN,
    FOREIGN_COST,
    HOME_COST,
    INCOME,
    SALES,
    T_EX,
    T_MIN,
    T_OFF,
    account,
)
from symhet.papers.kz.comparative import follows, gain_moves, moves, slope_step
from symhet.papers.kz.facts import SPARE_L, SPARE_S, above_one
from symhet.papers.kz.notation import M_e
from symhet.papers.kz.symbols import exports, imports_cif, lowest, theta
from symhet.propositions import Prop, Rel, eq, ge, gt, le
from symhet.provers.tactics import Tactic, chart, combine, fact, identity
from symhet.steps import Step

EXPORTS = m.n * M_e * m.tau ** (1 - m.sigma) * FOREIGN_COST ** (1 - m.sigma) * DEMAND * T_EX
"""Sales abroad of all exporters: the integral of what each sells in n markets."""

OFFSHORED_SALES = M_e * FOREIGN_COST ** (1 - m.sigma) * DEMAND * (T_OFF + m.n * m.tau ** (1 - m.sigma) * T_EX)
"""Sales at home and abroad of all offshorers."""

ARRIVING = m.alpha * m.rho * OFFSHORED_SALES / m.p_I_off
"""Units of foreign intermediates: a share alpha of variable cost, which is rho times revenue, at their price."""

HOME_SOURCED = m.alpha * m.rho * M_e * HOME_COST ** (1 - m.sigma) * DEMAND * (T_MIN - T_OFF) / m.p_I_d
"""Units of domestic intermediates that firms below the offshoring cutoff use."""

VARIABLE_LABOUR = (1 - m.alpha) * m.rho * M_e * DEMAND * BRACKET / m.w
"""Labour that makes varieties: a share 1 - alpha of variable cost, at the wage."""
FIXED_LABOUR = M_e * (m.f_p * Survival(m.phi_min) + m.f_I * Survival(m.phi_off) + m.n * m.f_ex * Survival(m.phi_ex))
"""Labour for the fixed costs of production, offshoring and exporting."""

X_SPENDING = m.beta * INCOME
ABROAD = FOREIGN * m.Lambda * T_EX
"""Sales abroad of all firms, in the units of `SALES`."""
OFFSHORED = m.Lambda * (T_OFF + FOREIGN * T_EX)
"""Sales of offshorers, in the units of `SALES`."""
HOME_GAP = T_MIN - T_OFF
"""Sales of firms that source at home, in the units of `SALES`."""

USING = (slope_step(m.Lambda), slope_step(m.phi_min), slope_step(m.phi_off), slope_step(m.phi_ex), h.f_I, h.f_ex)
"""Steps that turn a derivative of an aggregate into tails, densities and parameters."""

_TAILS = {m.phi_min: T_MIN, m.phi_off: T_OFF, m.phi_ex: T_EX}
_OFF_RISES = m.alpha * m.Lambda / (m.Lambda - 1) * (T_MIN + FOREIGN * T_EX) / SALES
"""Elasticity of the offshoring cutoff with respect to the cost of trading intermediates."""


def hazard(x: sp.Symbol) -> sp.Expr:
    """Return minus the elasticity of T at a cutoff: how fast sales above it fall as it rises."""
    return x ** (m.k + 1) * Density(x) / _TAILS[x]


THINNING = le(hazard(m.phi_off), hazard(m.phi_min))
"""The elasticity of T is no larger at the offshoring cutoff than at the lowest; for Pareto it is the same."""

_SPARE = sp.Symbol("t", positive=True)
PARETO: Mapping[Step, Prop] = {
    h.finite_moment: gt(theta, m.k),
    **{h.Pareto_T_of(x): eq(T, theta / (theta - m.k) * lowest**theta * x ** (m.k - theta)) for x, T in _TAILS.items()},
    **{h.Pareto_g_of(x): eq(Density(x), theta * lowest**theta * x ** (-theta - 1)) for x in _TAILS},
}
"""What a Pareto distribution of shape theta says of tails and densities at the cutoffs."""


K = TypeVar("K", bound=str)


def charted(terms: Mapping[K, sp.Expr]) -> dict[K, sp.Expr]:
    """Return coefficients in the coordinates s = sigma - 1 and l = Lambda - 1."""
    return {name: term.xreplace({m.sigma: 1 + SPARE_S, m.Lambda: 1 + SPARE_L}) for name, term in terms.items()}


def solve_exports(d: Derivation) -> None:
    """Add the step ``exports``: spending times the share of sales abroad."""
    says = "Exports are spending times the share of sales abroad in all sales:"
    account(d, exports, X_SPENDING * ABROAD / SALES, says)


def solve_imports(d: Derivation) -> None:
    """Add the step ``imports_cif``: proportional to spending and to the share of offshorers in all sales."""
    says = "Imports are proportional to the share of offshorers in all sales:"
    account(d, imports_cif, m.alpha * m.rho * X_SPENDING * OFFSHORED / SALES, says)


def moved(d: Derivation, parameter: sp.Symbol, *accounts: sp.Symbol) -> None:
    """Add the derivatives of the cutoffs, and then of accounts that stand as steps under their names."""
    if parameter == m.tau_I:
        gain_moves(d)
    moves(d, parameter)
    for symbol in accounts:
        follows(d, symbol, h.of(symbol), parameter, "By the chain rule, with the densities at the cutoffs,")


def densities(d: Derivation) -> None:
    """Add the steps ``g_<cutoff>``, ``g_<cutoff> gap`` and ``g_phi_ex gap2``.

    They say that the densities at the cutoffs are not negative, and so their products with `HOME_GAP` and its square.
    """
    says = "Densities at the cutoffs are not negative,"
    for x in _TAILS:
        d.step(h.g_in(x), fact("density_not_negative", x), says)
        says = "also times the sales of firms that source at home:"
        not_negative(d, h.g_gap_of(x), x, HOME_GAP, h.T_falls, says)
        says = "and"
    not_negative(d, h.g_phi_ex_gap2, m.phi_ex, HOME_GAP, h.T_falls, "or their square:", power=2)


def not_negative(d: Derivation, name: Step, x: sp.Symbol, gap: sp.Expr, known: Step, says: str, power: int = 1) -> None:
    """Add a step: the density at a cutoff, times a power of something positive, is not negative.

    Parameters
    ----------
    d : Derivation
        With the step ``g_<cutoff>``.
    name, says : str
        Of the step.
    x : sympy.Symbol
        The cutoff.
    gap : sympy.Expr
        Positive.
    known : str
        Name of what says so.
    power : int, optional
        One or two.
    """
    density = Density(x)
    d.step(name, ge(density * gap**power, 0), says)


def pareto_densities(d: Derivation, tails: Mapping[sp.Symbol, sp.Expr]) -> tuple[Step, ...]:
    """Add a step for each cutoff: for a Pareto distribution the density there is proportional to the tail.

    Parameters
    ----------
    d : Derivation
        With the hypotheses `PARETO`.
    tails : Mapping
        Tail moments by cutoff.

    Returns
    -------
    tuple of str
        Names of the steps.
    """
    says = "For a Pareto distribution densities are proportional to tails:"
    names = tuple(h.Pareto_g_at(x) for x in tails)
    for name, (x, tail) in zip(names, tails.items(), strict=True):
        proportional = eq(Density(x), (theta - m.k) * tail / x**m.sigma)
        same = chart({_SPARE: theta - m.k}, {theta: _SPARE + m.k}, identity(h.Pareto_T_of(x), h.Pareto_g_of(x)))
        d.step(name, proportional, says, by=same)
        says = "and"
    return names


def thinning(d: Derivation, condition: Rel = THINNING) -> None:
    """Add the step ``thinning`` where productivity is assumed to be Pareto."""
    if h.thinning in d.context.hypotheses:
        return
    tails = [name for name in PARETO if name != h.finite_moment]
    equally = chart({_SPARE: theta - m.k}, {theta: _SPARE + m.k}, combine({}, *tails))
    says = "For a Pareto distribution the elasticity of T is the same at every cutoff:"
    d.step(h.thinning, condition, says, by=equally)


def exports_fall() -> dict[Step, sp.Expr]:
    """Return positive terms that add up to minus the derivative of exports, if `THINNING` holds.

    They are due to the export cutoff, the advantage of offshorers, and the sales of home producers.
    """
    scale = X_SPENDING / (m.tau_I * SALES**2)
    home = T_MIN + (m.Lambda - 1) * T_OFF
    return {
        h.g_phi_ex_gap: scale * home * FOREIGN * m.Lambda * m.phi_ex ** (m.k + 1) * m.alpha / SALES,
        h.T_falls: scale * ABROAD * m.alpha * m.k,
        h.thinning: scale * ABROAD * (m.Lambda - 1) * T_OFF * _OFF_RISES,
        h.g_phi_min_gap: scale * ABROAD**2 * m.phi_min ** (m.k + 1) / T_MIN * m.alpha / SALES,
    }


def imports_fall() -> dict[Step, sp.Expr]:
    """Return positive terms that add up to minus the derivative of imports: home sourcers lose sales to offshorers."""
    scale = m.alpha * m.rho * X_SPENDING / (m.tau_I * SALES**2)
    return {
        h.g_phi_min: scale * OFFSHORED**2 * m.phi_min ** (m.k + 1) * m.alpha / SALES,
        h.g_phi_off: scale * OFFSHORED * m.phi_off ** (m.k + 1) * _OFF_RISES,
        h.g_phi_off_gap: scale * m.Lambda * m.phi_off ** (m.k + 1) * _OFF_RISES,
        h.T_falls: scale * m.alpha * m.k * OFFSHORED,
        h.g_phi_ex_gap2: scale * m.Lambda * FOREIGN * m.phi_ex ** (m.k + 1) * m.alpha / SALES,
    }


def falls(d: Derivation, symbol: sp.Symbol, terms: Mapping[Step, sp.Expr], parameter: sp.Symbol = m.tau_I) -> Tactic:
    """Add the step ``-d<symbol>``, minus a derivative as a sum of positive terms; return the tactic that it falls.

    Parameters
    ----------
    d : Derivation
        With the derivative as a step, and the inequalities that the terms are multiples of.
    symbol : sympy.Symbol
        The account.
    terms : Mapping[str, Expr]
        Positive coefficients of known inequalities.
    parameter : sympy.Symbol, optional
        With respect to which is differentiated.
    """
    name = h.minus_d_of(symbol)
    known = [(coefficient, d.context.hypotheses[name]) for name, coefficient in terms.items()]
    parts = (coefficient * relation.gap for coefficient, relation in known if isinstance(relation, Rel))
    using = USING if parameter == m.tau_I else (*USING[1:],)
    says = "Substitute the derivatives of the cutoffs and collect terms; each of these is positive:"
    summed = above_one(identity(slope_step(symbol), *using))
    d.step(name, eq(-total(symbol, parameter), sp.Add(*parts)), says, by=summed)
    return above_one(combine(charted(terms), equations={name: -1}))


def added(*tables: Mapping[Step, sp.Expr]) -> dict[Step, sp.Expr]:
    """Return the sum of certificates, term by term."""
    names = dict.fromkeys(name for table in tables for name in table)
    return {name: sp.Add(*(table.get(name, sp.S.Zero) for table in tables)) for name in names}
