"""Exact equilibria that serve as counterexamples: beta = sigma = 2 (rho = 2, alpha = 1) keeps everything rational."""

from __future__ import annotations

import sympy as sp

from symhet.papers.bo.facts import World
from symhet.papers.bo.model import (
    B,
    B_star,
    N_star,
    V,
    V_star,
    a_D,
    a_D_star,
    a_R,
    a_X,
    a_X_star,
    abar,
    abar_star,
    beta,
    f,
    f_I,
    mbar,
    mbar_star,
    n,
    n_w,
    phi,
    s_E,
    s_n,
    sigma,
)

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
    return {sigma: sp.S(2), beta: sp.S(2), f: sp.S(1), s_E: share, phi: freeness, f_I: innovation}


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
    values = {
        a_D: home,
        a_D_star: away,
        a_X: freeness * away,
        a_X_star: freeness * home,
        B: home,
        B_star: away,
        mbar: share / home,
        mbar_star: (1 - share) / away,
        n: masses[0],
        N_star: masses[1],
        V: north + power * south,
        V_star: south + power * north,
        abar: (home**3 + freeness**3 * away**3) / (home**2 + power * away**2) / 2,
        abar_star: (away**3 + freeness**3 * home**3) / (away**2 + power * home**2) / 2,
    }
    return (
        parameters(share, freeness, innovation)
        | {w(symbol): value for symbol, value in values.items()}
        | {w(phi): freeness}
    )


def relocated(share: sp.Expr, freeness: sp.Expr, innovation: sp.Expr, births: sp.Expr) -> Point:
    """Return the long run in phase XX with North's share of births given."""
    power = freeness**2
    cutoff = _root(innovation / (1 + power))
    moved = (power * (births + share - 1) + share - births) / ((1 - births) * (1 - freeness))
    return parameters(share, freeness, innovation) | {
        a_D: cutoff,
        a_X: freeness * cutoff,
        a_R: moved * cutoff,
        B: cutoff,
        B_star: cutoff,
        mbar: share / cutoff,
        mbar_star: (1 - share) / cutoff,
        n_w: 1 / (1 + power) / 2,
        s_n: births,
    }
