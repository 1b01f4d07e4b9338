"""Equilibria of Baldwin and Okubo's model in closed form, regime by regime, for arrays of economies.

Notation: β = ρ/(σ−1), α = 1−σ+ρ, Ω = φ^β, κ = f_I(β−1)/f. In every trading regime the sum of m̄ and m̄* does not
depend on where firms produce, which is why most of what follows does not either.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from symhet.errors import DomainError, UnknownParameter
from symhet.numerics.tails import Array

__all__ = ["DEFAULTS", "PHASES", "REGIMES", "BOEquilibrium", "solve_bo"]

DEFAULTS: Mapping[str, float] = MappingProxyType(
    {"sigma": 4.0, "rho": 4.25, "phi": 0.4, "s_E": 0.6, "f": 1.0, "f_I": 1.0}
)
"""The calibrated economy: the elasticity and the shape are Melitz and Redding's (2015) values."""

PHASES = ("autarky", "trade", "XX", "DD", "full")
"""Who has moved: nobody can, nobody does, some exporters, some domestic firms too, all."""


@dataclass(frozen=True, slots=True)
class BOEquilibrium:
    """An equilibrium, or an array of them; plain names are the North, ``_star`` the South.

    Attributes
    ----------
    phase : ndarray of str
        One of `PHASES`.
    a_D, a_X, a_R : ndarray
        Highest marginal cost with domestic sales, with exports, and of Southern firms that produce in the North.
    n, n_star, n_w, s_n : ndarray
        Masses of firms by nation of birth, their sum, and the North's share.
    B, B_star : ndarray
        Demand per firm.
    mbar, mbar_star : ndarray
        Weighted sums of marginal selling costs.
    abar, abar_star : ndarray
        Production-weighted average unit input coefficients; NaN in a nation without producers.
    welfare_star : ndarray
        Log of the South's real consumption of manufactures per unit of expenditure, ln(m̄*)/(σ−1) + ln(1−1/σ).
    """

    phase: NDArray[np.str_]
    a_D: Array
    a_X: Array
    a_R: Array
    n: Array
    n_star: Array
    n_w: Array
    s_n: Array
    B: Array
    B_star: Array
    mbar: Array
    mbar_star: Array
    abar: Array
    abar_star: Array
    welfare_star: Array

    def as_dict(self) -> dict[str, Any]:
        """Return plain numbers and nested lists, ready for JSON."""
        return {field.name: np.asarray(getattr(self, field.name)).tolist() for field in fields(self)}


@dataclass(frozen=True)
class _Economy:
    sigma: Array
    beta: Array
    phi: Array
    s: Array
    f: Array
    kappa: Array
    s_n: Array

    @property
    def k(self) -> Array:
        return (self.beta - 1) / (self.beta * self.f)

    @property
    def Omega(self) -> Array:
        return self.phi**self.beta

    @property
    def odds(self) -> Array:
        """Return the North's expenditure over the South's."""
        return self.s / (1 - self.s)

    @property
    def rho(self) -> Array:
        return self.beta * (self.sigma - 1)


@dataclass(frozen=True)
class _State:
    """What a regime determines; cutoffs are relative to a_D and B's are per f a_D**(sigma-1)."""

    phase: Array
    a_D: Array
    x: Array
    r: Array
    n: Array
    n_star: Array
    b: Array
    b_star: Array


def solve_bo(
    regime: str = "long-run", *, check: bool = True, s_n: ArrayLike | None = None, **params: ArrayLike
) -> BOEquilibrium:
    """Solve the model in one regime.

    Parameters
    ----------
    regime : str
        ``"autarky"``; ``"no-relocation"`` (trade, free entry); ``"short-run"`` (firms of autarky relocate, a firm's
        foothold moves with it); ``"long-run"`` (relocation and free entry).
    check : bool
        Whether an inadmissible parameter is an error. Otherwise its equilibrium is NaN.
    s_n : array_like, optional
        North's share of births in the long run, s_E by default; any value up to the no-relocation share is one.
    **params : array_like
        sigma, rho, phi, s_E, f, f_I; `DEFAULTS` for those not given. They broadcast.

    Returns
    -------
    BOEquilibrium
        Arrays of the common shape.

    Raises
    ------
    UnknownParameter
        For a regime or parameter that does not exist.
    DomainError
        With ``check``: names the assumption that fails, where, and both sides.

    Source
    ------
    Baldwin and Okubo, sections 2 and 3; formulas as derived from the primitives, not as printed.

    Examples
    --------
    >>> equilibrium = solve_bo("no-relocation", phi=0.5)
    >>> bool(equilibrium.s_n > 0.6), str(equilibrium.phase)
    (True, 'trade')
    """
    if regime not in REGIMES:
        raise UnknownParameter(regime, REGIMES, where="regime")
    economy, allowed = _gather(params, s_n, regime, check)
    with np.errstate(all="ignore"):
        state = REGIMES[regime](economy)
        return _report(economy, state, allowed)


def _gather(params: Mapping[str, ArrayLike], s_n: ArrayLike | None, regime: str, check: bool) -> tuple[_Economy, Array]:
    for name in params:
        if name not in DEFAULTS:
            raise UnknownParameter(name, DEFAULTS, where="Baldwin-Okubo")
    given = {**DEFAULTS, **params}
    given["s_n"] = given["s_E"] if s_n is None else s_n
    arrays = np.broadcast_arrays(*(np.asarray(value, dtype=float) for value in given.values()))
    p = dict(zip(given, arrays, strict=True))
    beta = p["rho"] / (p["sigma"] - 1)
    kappa = p["f_I"] * (beta - 1) / p["f"]
    bounds = [
        ("sigma>1", "sigma > 1", p["sigma"], 1.0),
        ("beta>1", "rho/(sigma - 1) > 1", beta, 1.0),
        ("rho>=1", "rho >= 1", p["rho"], np.nextafter(1.0, 0.0)),
        ("phi>0", "phi > 0", p["phi"], 0.0),
        ("phi<1", "1 > phi", 1.0, p["phi"]),
        ("s_E>1/2", "s_E > 1/2", p["s_E"], 0.5),
        ("s_E<1", "1 > s_E", 1.0, p["s_E"]),
        ("f>0", "f > 0", p["f"], 0.0),
        ("f_I>0", "f_I > 0", p["f_I"], 0.0),
        ("kappa<=1", "1 >= f_I(beta - 1)/f", np.nextafter(1.0, 2.0), kappa),
    ]
    if regime == "long-run":
        omega = p["phi"] ** beta
        highest = (p["s_E"] * (1 + omega) - omega) / (1 - omega)
        bounds.append(("s_n>=0", "s_n >= 0", p["s_n"], np.nextafter(0.0, -1.0)))
        limit = np.where(highest < 1, highest, 1.0) * (1 + 1e-15)
        bounds.append(("s_n<=s_H", "share of births without relocation >= s_n", limit, p["s_n"]))
    allowed = np.ones(beta.shape, dtype=bool)
    for name, relation, left, right in bounds:
        holds = np.broadcast_to(np.asarray(left > right), beta.shape)
        if check and not holds.all():
            raise _broken(name, relation, left, right, holds)
        allowed = allowed & holds
    economy = _Economy(p["sigma"], beta, p["phi"], p["s_E"], p["f"], kappa, p["s_n"])
    return economy, allowed


def _broken(name: str, relation: str, left: Any, right: Any, holds: Array) -> DomainError:
    index = np.unravel_index(int(np.argmin(holds)), holds.shape) if holds.shape else ()
    sides = [float(np.broadcast_to(np.asarray(side), holds.shape)[index]) for side in (left, right)]
    place = f"Baldwin-Okubo, index {tuple(int(i) for i in index)}" if holds.shape else "Baldwin-Okubo"
    return DomainError(name, relation=relation, left=f"{sides[0]:.6g}", right=f"{sides[1]:.6g}", where=place)


# --- regimes -------------------------------------------------------------------------------------------------


def _autarky(e: _Economy) -> _State:
    zero, one = np.zeros_like(e.s), np.ones_like(e.s)
    return _State(zero, e.kappa ** (1 / e.rho), zero, zero, e.k * e.s, e.k * (1 - e.s), one, one)


def _no_relocation(e: _Economy) -> _State:
    inside = e.Omega * e.odds <= 1
    omega = e.Omega
    a_D = (e.kappa / (1 + omega)) ** (1 / e.rho)
    n = e.k * (e.s - omega * (1 - e.s)) / (1 - omega**2)
    n_star = e.k * (1 - e.s - omega * e.s) / (1 - omega**2)
    one = np.ones_like(e.s)
    interior = _State(one, a_D, e.phi ** (1 / (e.sigma - 1)), 0 * one, n, n_star, one, one)
    return _choose(inside, interior, _all_north(e, births_south=False))


def _all_north(e: _Economy, births_south: bool) -> _State:
    """Return free entry with every firm in the North: the South is served by exports alone."""
    one = np.ones_like(e.s)
    share = np.where(births_south, e.s_n, 1.0)
    a_D = (e.s * e.kappa) ** (1 / e.rho)
    b_star = (1 / e.odds) ** (1 / e.beta) / e.phi
    x = (1 / e.odds) ** (1 / e.rho)
    total = e.s * e.k
    phase = np.full_like(e.s, 4.0 if births_south else 1.0)
    return _State(phase, a_D, x, np.where(births_south, one, 0 * one), share * total, (1 - share) * total, one, b_star)


def _short_run(e: _Economy) -> _State:
    y = _exporters_size(e.phi, e.beta)
    mass = y**e.beta
    w = mass / (1 - mass)
    a_A = e.kappa ** (1 / e.rho)
    exporters = (2 * e.s - 1) * w / ((1 - e.phi) * (1 - e.s))
    early = e.phi * e.odds <= 1
    alpha = e.rho - (e.sigma - 1)
    r = np.where(early, exporters, e.odds * w) ** (1 / alpha)
    b = 1 - mass
    phase = np.where(early, 2.0, 3.0)
    partial = _State(phase, a_A, y ** (1 / (e.sigma - 1)), r, e.k * e.s, e.k * (1 - e.s), b, b)
    one = np.ones_like(e.s)
    x = (1 - e.s) ** (1 / e.rho)
    b_star = (1 - e.s) ** (1 / e.beta) / e.phi
    full = _State(4 * one, a_A, x, one, e.k * e.s, e.k * (1 - e.s), e.s * one, b_star)
    return _choose(mass <= 1 - e.s, partial, full)


def _exporters_size(phi: Array, beta: Array) -> Array:
    """Return the root of y + phi y**beta = phi: (a_X/a_D)**(sigma-1) where a_D is autarky's.

    The left side is convex and rises, so Newton's steps from phi fall to the root without overshooting.
    """
    y = phi.copy()
    for _ in range(64):
        power = y ** (beta - 1)
        step = (y + phi * power * y - phi) / (1 + beta * phi * power)
        y = y - step
        if not np.any(np.abs(step) > 1e-16 * y):
            break
    return y


def _long_run(e: _Economy) -> _State:
    omega, psi = e.Omega, e.phi ** (e.beta - 1)
    share = e.s_n
    exporters = (omega * (share + e.s - 1) + (e.s - share)) / ((1 - share) * (1 - e.phi))
    everyone = (e.s * (1 + omega) - share) / (1 - share)
    early = share * (1 - psi) >= e.s * (1 + omega) - psi
    alpha = e.rho - (e.sigma - 1)
    relocated = np.maximum(np.where(early, exporters, everyone), 0.0)
    a_D = (e.kappa / (1 + omega)) ** (1 / e.rho)
    total = e.k / (1 + omega)
    one = np.ones_like(e.s)
    phase = np.where(early, 2.0, 3.0)
    x = e.phi ** (1 / (e.sigma - 1))
    partial = _State(phase, a_D, x, relocated ** (1 / alpha), share * total, (1 - share) * total, one, one)
    return _choose(omega * e.odds < 1, partial, _all_north(e, births_south=True))


def _choose(inside: NDArray[np.bool_], first: _State, second: _State) -> _State:
    names = [field.name for field in fields(_State)]
    return _State(**{name: np.where(inside, getattr(first, name), getattr(second, name)) for name in names})


REGIMES: Mapping[str, Callable[[_Economy], _State]] = MappingProxyType(
    {"autarky": _autarky, "no-relocation": _no_relocation, "short-run": _short_run, "long-run": _long_run}
)
"""Regimes by name."""


# --- what follows from the cutoffs ----------------------------------------------------------------------------


def _report(e: _Economy, state: _State, allowed: Array) -> BOEquilibrium:
    scale = e.f * state.a_D ** (e.sigma - 1)
    B, B_star = state.b * scale, state.b_star * scale
    mbar, mbar_star = e.s / B, (1 - e.s) / B_star
    abar, abar_star = _average_costs(e, state)
    total = state.n + state.n_star
    welfare = np.log(mbar_star) / (e.sigma - 1) + np.log1p(-1 / e.sigma)
    values = {
        "a_D": state.a_D,
        "a_X": state.x * state.a_D,
        "a_R": state.r * state.a_D,
        "n": state.n,
        "n_star": state.n_star,
        "n_w": total,
        "s_n": state.n / total,
        "B": B,
        "B_star": B_star,
        "mbar": mbar,
        "mbar_star": mbar_star,
        "abar": abar,
        "abar_star": abar_star,
        "welfare_star": welfare,
    }
    shown = {name: np.where(allowed, value, np.nan) for name, value in values.items()}
    return BOEquilibrium(phase=np.array(PHASES)[state.phase.astype(int)], **shown)


def _average_costs(e: _Economy, state: _State) -> tuple[Array, Array]:
    """Return each nation's average cost, weighted by the value of what its firms sell in both markets."""
    alpha = e.rho - (e.sigma - 1)
    abroad, home = e.phi * state.b_star / state.b, e.phi * state.b / state.b_star
    moved_exporters = np.minimum(state.r, state.x)

    def north(power: Array) -> Array:
        born = state.n * (1 + abroad * state.x**power)
        return born + state.n_star * (state.r**power + abroad * moved_exporters**power)

    def south(power: Array) -> Array:
        staying = np.maximum(state.x, state.r) ** power - state.r**power
        return state.n_star * (1 - state.r**power + home * staying)

    scale = alpha / (alpha + 1) * state.a_D
    return scale * north(alpha + 1) / north(alpha), scale * south(alpha + 1) / south(alpha)
