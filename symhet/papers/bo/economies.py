"""Exact equilibria that serve as counterexamples: beta = sigma = 2 (rho = 2, alpha = 1) keeps everything rational."""

from __future__ import annotations

import sympy as sp

from symhet.papers.bo import model as m
from symhet.papers.bo.facts import World

Point = dict[sp.Symbol, sp.Expr]


def ratio(above: int, below: int = 1) -> sp.Rational:
    """Return an exact fraction."""
    return sp.Rational(above, below)


def _root(square: sp.Expr) -> sp.Expr:
    root = sp.sqrt(square)
    assert root.is_Rational, f"{square} is not the square of a rational"
    return root


def parameters(share: sp.Expr, freeness: sp.Expr, innovation: sp.Expr) -> Point:
    """Return beta = sigma = 2, f = 1 and the given s_E, phi and f_I (which is then kappa)."""
    return {m.sigma: sp.S(2), m.beta: sp.S(2), m.f: sp.S(1), m.s_E: share, m.phi: freeness, m.f_I: innovation}


def _levels(share: sp.Expr, freeness: sp.Expr, home: sp.Expr, away: sp.Expr) -> Point:
    """Return what follows from the two domestic cutoffs: the North's exporters, demands per firm, selling costs."""
    return {
        m.a_D: home,
        m.a_X: freeness * away,
        m.B: home,
        m.B_star: away,
        m.mbar: share / home,
        m.mbar_star: (1 - share) / away,
    }


def traded(share: sp.Expr, freeness: sp.Expr, innovation: sp.Expr, world: World | None = None) -> Point:
    """Return the equilibrium without relocation; past the sustain point no firm is born in the South."""
    w = world or World()
    power = freeness**2
    if power * share < 1 - share:
        north = south = innovation / (1 + power)
        masses = [(x - power * (1 - x)) / (1 - power**2) / 2 for x in (share, 1 - share)]
    else:
        north, south = share * innovation, (1 - share) * innovation / power
        masses = [share / 2, sp.S.Zero]
    home, away = _root(north), _root(south)
    values = _levels(share, freeness, home, away) | {
        m.a_D_star: away,
        m.a_X_star: freeness * home,
        m.n: masses[0],
        m.N_star: masses[1],
        m.V: north + power * south,
        m.V_star: south + power * north,
        m.abar: (home**3 + freeness**3 * away**3) / (home**2 + power * away**2) / 2,
        m.abar_star: (away**3 + freeness**3 * home**3) / (away**2 + power * home**2) / 2,
    }
    return (
        parameters(share, freeness, innovation)
        | {w(symbol): value for symbol, value in values.items()}
        | {w(m.phi): freeness}
    )


def relocated(share: sp.Expr, freeness: sp.Expr, innovation: sp.Expr, births: sp.Expr) -> Point:
    """Return the long run in phase XX with North's share of births given."""
    power = freeness**2
    cutoff = _root(innovation / (1 + power))
    moved = (power * (births + share - 1) + share - births) / ((1 - births) * (1 - freeness))
    settled = {m.a_R: moved * cutoff, m.n_w: 1 / (1 + power) / 2, m.s_n: births}
    return parameters(share, freeness, innovation) | _levels(share, freeness, cutoff, cutoff) | settled
