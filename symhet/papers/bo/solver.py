"""Equilibria of Baldwin and Okubo's model in closed form, regime by regime, for arrays of economies.

Notation: β = ρ/(σ−1), α = 1−σ+ρ, Ω = φ^β, κ = f_I(β−1)/f. In every trading regime the sum of m̄ and m̄* does not
depend on where firms produce, nor does most of what follows. Every solution is held against the account of what firms
sell in each nation; what breaks it is NaN, and its status says why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from symhet.errors import DomainError, SolverError, UnknownParameter
from symhet.numerics.inputs import common_shape, numbers
from symhet.numerics.status import LEAST, Status
from symhet.numerics.tails import Array
from symhet.papers.bo import solution
from symhet.papers.bo.quantities import DEFAULTS

_TOLERANCE = 1e-9
"""Relative gap at which an account counts as broken."""


@dataclass(frozen=True)
class _Economy:
    sigma: Array
    rho: Array
    phi: Array
    s: Array
    f: Array
    kappa: Array
    s_n: Array

    @property
    def beta(self) -> Array:
        return self.rho / (self.sigma - 1)

    @property
    def alpha(self) -> Array:
        return self.rho - (self.sigma - 1)

    @property
    def more(self) -> Array:
        """Return beta less one."""
        return self.alpha / (self.sigma - 1)

    @property
    def k(self) -> Array:
        return self.more / (self.beta * self.f)

    @property
    def Omega(self) -> Array:
        return self.phi**self.beta

    @property
    def lead(self) -> Array:
        """Return how much more the North spends."""
        return 2 * self.s - 1

    def less(self, power: Array) -> Array:
        """Return 1 - phi**power, to all its digits."""
        return -np.expm1(power * np.log(self.phi))

    @property
    def kept(self) -> Array:
        """Return 1 - s - Omega s, what keeps firms in the South, for small nations and for nearly free trade."""
        return np.where(self.Omega < 0.5, (1 - self.s) - self.Omega * self.s, self.s * self.less(self.beta) - self.lead)

    @property
    def odds(self) -> Array:
        """Return the North's expenditure over the South's."""
        return self.s / (1 - self.s)


@dataclass(frozen=True)
class _State:
    """What a regime determines; cutoffs are relative to a_D and B's are per f a_D**(sigma-1).

    Of a_D it is the share of draws that produce, a_D**rho: a rounding of a_D itself would be as large in a_D**(sigma-1)
    as sigma is.

    The weights of exporters, of those that moved and of those that stay are x**alpha, r**alpha and 1 - r**alpha, kept
    beside x and r, which may be next to nothing or next to one.
    """

    phase: Array
    produced: Array
    x: Array
    r: Array
    exporting: Array
    moved: Array
    staying: Array
    n: Array
    n_star: Array
    b: Array
    b_star: Array


def solve_bo(
    regime: str = "long-run", *, check: bool = True, s_n: ArrayLike | None = None, **params: ArrayLike
) -> solution.BOEquilibrium:
    """Solve the model in one regime.

    Parameters
    ----------
    regime : str
        ``"autarky"``; ``"no-relocation"`` (trade, free entry); ``"short-run"`` (firms of autarky relocate, a firm's
        foothold moves with it); ``"long-run"`` (relocation and free entry).
    check : bool
        Whether a point without solution is an error. Otherwise its equilibrium is NaN, and `BOEquilibrium.status`
        says why.
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
        For a regime or parameter that does not exist, or ``s_n`` in a regime that determines it.
    DomainError
        With ``check``: names the assumption that fails, where, and both sides.
    SolverError
        With ``check``: where what was found breaks its own accounts.

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
    if s_n is not None and regime != "long-run":
        raise UnknownParameter("s_n", DEFAULTS, where=f"Baldwin-Okubo, regime {regime}, which determines s_n itself")
    with np.errstate(all="ignore"):
        economy, status = _gather(params, s_n, regime, check)
        return replace(_report(economy, REGIMES[regime](economy), status, check), parameters=_inputs(params, s_n))


def _inputs(params: Mapping[str, ArrayLike], s_n: ArrayLike | None) -> dict[str, Array]:
    """Return all parameters as they were given, or by default."""
    given = {**DEFAULTS, **params, **({} if s_n is None else {"s_n": s_n})}
    return {name: numbers(value, name) for name, value in given.items()}


def _gather(
    params: Mapping[str, ArrayLike], s_n: ArrayLike | None, regime: str, check: bool
) -> tuple[_Economy, Status]:
    for name in params:
        if name not in DEFAULTS:
            raise UnknownParameter(name, DEFAULTS, where="Baldwin-Okubo")
    given = {**DEFAULTS, **params}
    given["s_n"] = given["s_E"] if s_n is None else s_n
    own = {name: numbers(value, name, where="Baldwin-Okubo") for name, value in given.items()}
    common_shape({name: value.shape for name, value in own.items()}, "Baldwin-Okubo")
    p = dict(zip(given, np.broadcast_arrays(*own.values()), strict=True))
    kappa = p["f_I"] * ((p["rho"] - (p["sigma"] - 1)) / (p["sigma"] - 1)) / p["f"]
    economy = _Economy(p["sigma"], p["rho"], p["phi"], p["s_E"], p["f"], kappa, p["s_n"])
    bounds = [
        ("sigma>1", "sigma > 1", p["sigma"], 1.0),
        ("beta>1", "rho/(sigma - 1) > 1", p["rho"], p["sigma"] - 1),
        ("rho>=1", "rho >= 1", p["rho"], np.nextafter(1.0, 0.0)),
        ("phi>0", "phi > 0", p["phi"], 0.0),
        ("phi<1", "1 > phi", 1.0, p["phi"]),
        ("s_E>1/2", "s_E > 1/2", p["s_E"], 0.5),
        ("s_E<1", "1 > s_E", 1.0, p["s_E"]),
        ("f>0", "f > 0", p["f"], 0.0),
        ("f<inf", "infinity > f", np.inf, p["f"]),
        ("f_I>0", "f_I > 0", p["f_I"], 0.0),
        ("kappa<=1", "1 >= f_I(beta - 1)/f", np.nextafter(1.0, 2.0), kappa),
    ]
    if regime == "long-run":
        highest = p["s_E"] + economy.Omega * (2 * p["s_E"] - 1) / economy.less(economy.beta)
        bounds.append(("s_n>=0", "s_n >= 0", p["s_n"], np.nextafter(0.0, -1.0)))
        limit = np.where(highest < 1, highest, 1.0) * (1 + 1e-15)
        bounds.append(("s_n<=s_H", "share of births without relocation >= s_n", limit, p["s_n"]))
    status = Status(solution.STATUSES, p["sigma"].shape)
    for name, relation, left, right in bounds:
        holds = np.broadcast_to(np.asarray(left > right), status.number.shape)
        if check and not holds.all():
            raise _broken(name, relation, left, right, holds)
        status.note(~holds, name)
    return economy, status


def _broken(name: str, relation: str, left: Any, right: Any, holds: Array) -> DomainError:
    index = np.unravel_index(int(np.argmin(holds)), holds.shape) if holds.shape else ()
    sides = [float(np.broadcast_to(np.asarray(side), holds.shape)[index]) for side in (left, right)]
    place = f"Baldwin-Okubo, index {tuple(int(i) for i in index)}" if holds.shape else "Baldwin-Okubo"
    return DomainError(name, relation=relation, left=f"{sides[0]:.6g}", right=f"{sides[1]:.6g}", where=place)


# --- regimes -------------------------------------------------------------------------------------------------


def _autarky(e: _Economy) -> _State:
    zero, one = np.zeros_like(e.s), np.ones_like(e.s)
    return _State(zero, e.kappa, zero, zero, zero, zero, one, e.k * e.s, e.k * (1 - e.s), one, one)


def _no_relocation(e: _Economy) -> _State:
    inside = e.Omega * e.odds <= 1
    omega, between = e.Omega, e.less(2 * e.beta)
    produced = e.kappa / (1 + omega)
    n = e.k * (e.lead + (1 - e.s) * e.less(e.beta)) / between
    n_star = e.k * e.kept / between
    one = np.ones_like(e.s)
    x = e.phi ** (1 / (e.sigma - 1))
    interior = _State(one, produced, x, 0 * one, e.phi**e.more, 0 * one, one, n, n_star, one, one)
    return _choose(inside, interior, _all_north(e, births_south=False))


def _all_north(e: _Economy, births_south: bool) -> _State:
    """Return free entry with every firm in the North: the South is served by exports alone."""
    one = np.ones_like(e.s)
    share = np.where(births_south, e.s_n, 1.0)
    b_star = (1 / e.odds) ** (1 / e.beta) / e.phi
    x = (1 / e.odds) ** (1 / e.rho)
    total = e.s * e.k
    phase = np.full_like(e.s, 4.0 if births_south else 1.0)
    moved = np.where(births_south, one, 0 * one)
    n, n_star = share * total, (1 - share) * total
    return _State(phase, e.s * e.kappa, x, moved, x**e.alpha, moved, 1 - moved, n, n_star, one, b_star)


def _short_run(e: _Economy) -> _State:
    y = exporters_size(e.phi, e.beta, e.more)
    mass = y**e.beta
    w = mass / (1 - mass)
    exporters = (2 * e.s - 1) * w / ((1 - e.phi) * (1 - e.s))
    early = e.phi * e.odds <= 1
    moved = np.where(early, exporters, e.odds * w)
    b = 1 - mass
    phase = np.where(early, 2.0, 3.0)
    x, r = y ** (1 / (e.sigma - 1)), moved ** (1 / e.alpha)
    partial = _State(phase, e.kappa, x, r, y**e.more, moved, 1 - moved, e.k * e.s, e.k * (1 - e.s), b, b)
    one = np.ones_like(e.s)
    x = (1 - e.s) ** (1 / e.rho)
    b_star = (1 - e.s) ** (1 / e.beta) / e.phi
    full = _State(4 * one, e.kappa, x, one, x**e.alpha, one, 0 * one, e.k * e.s, e.k * (1 - e.s), e.s * one, b_star)
    return _choose(mass <= 1 - e.s, partial, full)


def exporters_size(phi: Array, beta: Array, more: Array) -> Array:
    """Return the root of y + phi y**beta = phi: (a_X/a_D)**(sigma-1) where a_D is autarky's.

    `more` is beta less one. The left side is convex and rises, so Newton's steps from phi fall to the root without
    overshooting.
    """
    y = phi.copy()
    for _ in range(64):
        power = y**more
        step = (y + phi * power * y - phi) / (1 + beta * phi * power)
        y = y - step
        if not np.any(np.abs(step) > 1e-16 * y):
            break
    return y


def _long_run(e: _Economy) -> _State:
    omega, psi = e.Omega, e.phi**e.more
    share = e.s_n
    few = omega * (share + e.s - 1) + (e.s - share)
    many = e.lead - (share + e.s - 1) * e.less(e.beta)
    exporters = np.where(omega < 0.5, few, many) / ((1 - share) * (1 - e.phi))
    everyone = (e.s * (1 + omega) - share) / (1 - share)
    early = share * e.less(e.more) >= e.s * (1 + omega) - psi
    relocated = np.maximum(np.where(early, exporters, everyone), 0.0)
    produced = e.kappa / (1 + omega)
    total = e.k / (1 + omega)
    one = np.ones_like(e.s)
    phase = np.where(early, 2.0, 3.0)
    x = e.phi ** (1 / (e.sigma - 1))
    r = relocated ** (1 / e.alpha)
    staying = np.where(early, 1 - relocated, e.kept / (1 - share))
    partial = _State(phase, produced, x, r, psi, relocated, staying, share * total, (1 - share) * total, one, one)
    return _choose(omega * e.odds < 1, partial, _all_north(e, births_south=True))


def _choose(inside: NDArray[np.bool_], first: _State, second: _State) -> _State:
    names = [field.name for field in fields(_State)]
    return _State(**{name: np.where(inside, getattr(first, name), getattr(second, name)) for name in names})


REGIMES: Mapping[str, Callable[[_Economy], _State]] = MappingProxyType(
    {"autarky": _autarky, "no-relocation": _no_relocation, "short-run": _short_run, "long-run": _long_run}
)
"""Regimes by name."""


# --- what follows from the cutoffs ----------------------------------------------------------------------------


def _report(e: _Economy, state: _State, status: Status, check: bool) -> solution.BOEquilibrium:
    a_D = state.produced ** (1 / e.rho)
    scale = e.f * state.produced ** (1 / e.beta)
    B, B_star = state.b * scale, state.b_star * scale
    mbar, mbar_star = e.s / B, (1 - e.s) / B_star
    abar, abar_star = _average_costs(e, state)
    total = state.n + state.n_star
    welfare, welfare_star = (np.log(m) / (e.sigma - 1) + np.log1p(-1 / e.sigma) for m in (mbar, mbar_star))
    values = {
        "a_D": a_D,
        "a_X": state.x * a_D,
        "a_R": state.r * a_D,
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
        "welfare": welfare,
        "welfare_star": welfare_star,
    }
    _guard(e, state, values, status)
    solved = status.solved()
    if check and not solved.all():
        index = tuple(int(i) for i in np.argwhere(~solved)[0])
        raise SolverError(
            "no solution was found",
            where=f"Baldwin-Okubo, index {index}" if index else "Baldwin-Okubo",
            why=status.reasons[status.number[index]],
            fix="solve with check=False, where the point is NaN",
        )
    shown = {name: np.where(solved, value, np.nan) for name, value in values.items()}
    number = np.where(solved, state.phase, len(solution.PHASES)).astype(int)
    phase = np.take([*solution.PHASES, solution.UNSOLVED_PHASE], number)
    return solution.BOEquilibrium(phase=phase, **shown, status_number=status.number, parameters={})


_MAY_BE_NAN = ("abar", "abar_star")


def _guard(e: _Economy, state: _State, values: Mapping[str, Array], status: Status) -> None:
    """Note where a result is no number, a mass negative, a cutoff out of order, or sales are not what is spent."""
    lost = [~np.isfinite(value) for name, value in values.items() if name not in _MAY_BE_NAN]
    positive = [values[name] < LEAST for name in ("a_D", "n_w", "B", "B_star", "mbar", "mbar_star")]
    status.note(np.logical_or.reduce([*lost, *positive]), solution.OUT_OF_RANGE)
    status.note(
        (state.n < 0)
        | (state.n_star < 0)
        | (state.r < 0)
        | (state.r > 1)
        | (state.x > 1)
        | (state.produced > 1 + 1e-12),
        solution.OUT_OF_ORDER,
    )
    home, foreign = _sales(e, state)
    worst = np.maximum(np.abs(home / values["mbar"] - 1), np.abs(foreign / values["mbar_star"] - 1))
    status.note(~(worst <= _TOLERANCE), solution.BROKEN_ACCOUNT)


def _sales(e: _Economy, state: _State) -> tuple[Array, Array]:
    """Return what m̄ and m̄* add up to over firms by birth, relocation and exports."""
    exporters, moved = state.exporting, state.moved
    both = np.minimum(exporters, moved)
    each = e.rho / e.alpha * state.produced ** (-1 / e.beta)
    home = each * (state.n + state.n_star * (moved + e.phi * (exporters - both)))
    foreign = each * (state.n * e.phi * exporters + state.n_star * (state.staying + e.phi * both))
    return home, foreign


def _average_costs(e: _Economy, state: _State) -> tuple[Array, Array]:
    """Return each nation's average cost, weighted by the value of what its firms sell in both markets."""
    abroad, home = e.phi * state.b_star / state.b, e.phi * state.b / state.b_star
    moved_exporters, last = np.minimum(state.r, state.x), np.maximum(state.x, state.r)
    both, either = np.minimum(state.moved, state.exporting), np.maximum(state.moved, state.exporting)

    def north(exporting: Array, moved: Array, moved_too: Array) -> Array:
        return state.n * (1 + abroad * exporting) + state.n_star * (moved + abroad * moved_too)

    def south(staying: Array, moved: Array, reaching: Array) -> Array:
        return state.n_star * (staying + home * (reaching - moved))

    scale = e.alpha / (e.alpha + 1) * state.produced ** (1 / e.rho)
    cost_north = north(state.exporting * state.x, state.moved * state.r, both * moved_exporters)
    cost_south = south(state.staying + state.moved * (1 - state.r), state.moved * state.r, either * last)
    return (
        scale * cost_north / north(state.exporting, state.moved, both),
        scale * cost_south / south(state.staying, state.moved, either),
    )
