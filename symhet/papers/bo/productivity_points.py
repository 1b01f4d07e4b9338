"""Exact economies after relocation, for counterexamples: beta = 2 and cutoffs that are rational."""

from __future__ import annotations

import sympy as sp

from symhet.papers.bo import model as m
from symhet.papers.bo.facts import World
from symhet.papers.bo.symbols import kept, toll

Point = dict[sp.Symbol, sp.Expr]
Q = sp.Rational
ENDOGENOUS = (m.phi, m.a_D, m.a_X, m.a_R, m.n, m.n_star, m.n_w, m.B, m.B_star, m.mbar, m.mbar_star, m.abar, m.abar_star)
FREER = World("freer", ENDOGENOUS)
"""The same economy at another freeness of trade."""


def economy(
    phase: m.Phase,
    size: sp.Rational,
    freeness: sp.Rational,
    power: sp.Rational,
    entry: bool,
    kappa: int | sp.Rational = 1,
) -> Point:
    """Return an equilibrium after relocation with s_n = s_E, f = 1, beta = 2 and rational cutoffs.

    Parameters
    ----------
    phase : str
        ``"XX"`` or ``"DD"``.
    size, freeness : sympy.Rational
        North's share of expenditure, freeness of trade.
    power : sympy.Rational
        sigma - 1, one or one half.
    entry : bool
        Whether free entry is restored.
    kappa : int or sympy.Rational
        Innovation cost; its roots must be rational.
    """
    omega = freeness**2
    top = sp.Rational(freeness) if entry else _short_top(freeness)
    whole = (sp.sympify(kappa, strict=True) / (1 + omega) if entry else sp.sympify(kappa, strict=True)) ** (
        1 / (2 * power)
    )
    ratio = size * freeness / (1 - size)
    if phase is m.Phase.XX:
        ratio = freeness * (2 * size - 1) / ((1 - freeness) * (1 - size))
    exporters, moved = top ** (1 / power) * whole, (ratio * top) ** (1 / power) * whole
    firms = sp.Rational(1, 2) / (1 + omega) if entry else sp.Rational(1, 2)
    demand = whole**power if entry else exporters**power / freeness
    point = {
        m.sigma: 1 + power,
        m.beta: sp.S(2),
        m.f: sp.S(1),
        m.f_I: sp.sympify(kappa, strict=True),
        m.s_E: size,
        m.s_n: size,
        m.phi: freeness,
        m.n_w: firms,
        m.n: size * firms,
        m.n_star: (1 - size) * firms,
        m.a_D: whole,
        m.a_X: exporters,
        m.a_R: moved,
        m.B: demand,
        m.B_star: demand,
        m.mbar: size / demand,
        m.mbar_star: (1 - size) / demand,
        toll: sp.S.Zero,
        kept: sp.S.Zero,
    }
    north, south = _averages(phase, point, power)
    return {**point, m.abar: north, **({m.abar_star: south} if south is not None else {})}


def _short_top(freeness: sp.Rational) -> sp.Rational:
    root = sp.sqrt(1 + 4 * freeness**2)
    assert root.is_Rational, f"the export cutoff at phi = {freeness} is irrational"
    return (root - 1) / (2 * freeness)


def _averages(phase: m.Phase, at: Point, power: sp.Rational) -> tuple[sp.Expr, sp.Expr | None]:
    """Average costs, by weighting each interval of firms with its sales."""
    low, size, free = at[m.a_R], at[m.s_E], at[m.phi]
    south: tuple[tuple[sp.Expr, ...], ...]
    ends = (at[m.a_D], at[m.a_X])
    if phase is m.Phase.XX:
        north = ((size, 0, ends[0]), (size * free, 0, ends[1]), ((1 - size) * (1 + free), 0, low))
        south = (((1 - size) * (1 + free), low, ends[1]), (1 - size, ends[1], ends[0]))
    else:
        north = ((size, 0, ends[0]), (1 - size, 0, low), (free, 0, ends[1]))
        south = ((1 - size, low, ends[0]),)
    return _weighted(north, power), _weighted(south, power) if low != ends[0] else None


def _weighted(parts: tuple[tuple[sp.Expr, ...], ...], alpha: sp.Rational) -> sp.Expr:
    def total(exponent: sp.Rational) -> sp.Expr:
        return (
            sum(
                (mass * (high**exponent - sp.sympify(low, strict=True) ** exponent) for mass, low, high in parts),
                sp.S.Zero,
            )
            / exponent
        )

    return total(alpha + 1) / total(alpha)


def pair(before: Point, after: Point) -> Point:
    """Return one point for two economies, the second in the symbols of `FREER`."""
    return before | {FREER(symbol): value for symbol, value in after.items() if symbol in FREER.mapping}
