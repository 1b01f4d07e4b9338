"""An independent referee for Baldwin and Okubo: quadrature over firms and root finding on the primitives.

It shares nothing with the closed forms: firms are integrated over their marginal costs with the Pareto density, and
the equilibrium conditions (cutoffs, free entry, equal demand per firm) are solved as they stand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from symhet.errors import SolverError
from symhet.numerics.tails import Array

_PANELS, _ORDER = 16, 16
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(_ORDER)
_PLACES = ((np.arange(_PANELS)[:, None] + (1 + _NODES) / 2) / _PANELS).ravel()
_SHARES = np.tile(_WEIGHTS, _PANELS) / (2 * _PANELS)
"""Gauss's rule on equal panels of the unit interval."""


@dataclass(frozen=True)
class Economy:
    """Parameters of one economy.

    Parameters
    ----------
    sigma, rho, phi, s_E, f, f_I : float
        As in the paper.
    """

    sigma: float
    rho: float
    phi: float
    s_E: float
    f: float
    f_I: float

    def integral(self, power: float, low: float, high: float) -> float:
        """Return the integral of a**power dG[a] over low < a < high, G[a] = a**rho, by Gauss's rule in ln a."""
        if high <= low:
            return 0.0
        rate = power + self.rho
        start = np.log(high) - 75.0 / rate if low <= 0 else max(np.log(low), np.log(high) - 75.0 / rate)
        width = np.log(high) - start
        return float(self.rho * width * (_SHARES @ np.exp(rate * (start + width * _PLACES))))

    def entry_value(self, cutoff: float, demand: float) -> float:
        """Return the integral of (a**(1-sigma) * demand - f) dG[a] up to a cutoff."""
        return demand * self.integral(1 - self.sigma, 0, cutoff) - self.f * self.integral(0, 0, cutoff)


@dataclass(frozen=True)
class Firms:
    """Who is born where, sells where, and who moved.

    Parameters
    ----------
    n, n_star : float
        Masses by birth.
    a_D, a_D_star : float
        Cutoffs of domestic sales.
    a_X, a_X_star : float
        Cutoffs of exports of firms located in the North and in the South.
    a_R : float
        Southern firms below it produce in the North.
    """

    n: float
    n_star: float
    a_D: float
    a_D_star: float
    a_X: float
    a_X_star: float
    a_R: float = 0.0

    def north(self, e: Economy, power: float) -> tuple[float, float]:
        """Return the North's production for its own market and for the South, sums of a**power."""
        born, moved = self.n / e.integral(0, 0, self.a_D), self.n_star / e.integral(0, 0, self.a_D_star)
        home = born * e.integral(power, 0, self.a_D) + moved * e.integral(power, 0, self.a_R)
        exported = born * e.integral(power, 0, self.a_X) + moved * e.integral(power, 0, min(self.a_R, self.a_X))
        return home, exported

    def south(self, e: Economy, power: float) -> tuple[float, float]:
        """Return the South's production for its own market and for the North."""
        born = self.n_star / e.integral(0, 0, self.a_D_star)
        return born * e.integral(power, self.a_R, self.a_D_star), born * e.integral(power, self.a_R, self.a_X_star)

    def markets(self, e: Economy) -> tuple[float, float]:
        """Return the weighted sums of marginal selling costs in the two markets."""
        (home, exported), (home_star, exported_star) = self.north(e, 1 - e.sigma), self.south(e, 1 - e.sigma)
        return home + e.phi * exported_star, home_star + e.phi * exported

    def demands(self, e: Economy) -> tuple[float, float]:
        """Return demand per firm in the two markets."""
        mbar, mbar_star = self.markets(e)
        return e.s_E / mbar, (1 - e.s_E) / mbar_star

    def average_costs(self, e: Economy) -> tuple[float, float]:
        """Return production-weighted average costs of the two nations."""
        B, B_star = self.demands(e)
        values = []
        for nation, own, other in ((self.north, B, B_star), (self.south, B_star, B)):
            weighted, plain = (own * h + e.phi * other * x for h, x in (nation(e, 2 - e.sigma), nation(e, 1 - e.sigma)))
            values.append(weighted / plain if plain > 0 else np.nan)
        return values[0], values[1]


def refereed(regime: str, e: Economy, guess: Mapping[str, float], s_n: float | None = None) -> dict[str, float]:
    """Solve one regime from its equilibrium conditions, starting from a guess.

    Parameters
    ----------
    regime : str
        ``"autarky"``, ``"no-relocation"``, ``"short-run"`` or ``"long-run"`` (interior phases).
    e : Economy
        Parameters.
    guess : Mapping[str, float]
        Rough values of a_D, a_X, a_R, n, n_star; the root found does not depend on them.
    s_n : float, optional
        North's share of births in the long run.

    Returns
    -------
    dict of str to float
        a_D a_X a_R n n_star n_w B B_star mbar mbar_star abar abar_star.

    Raises
    ------
    SolverError
        When the conditions are not met to 1e-11.

    Examples
    --------
    >>> e = Economy(sigma=3.0, rho=4.0, phi=0.5, s_E=0.6, f=1.0, f_I=0.5)
    >>> rough = {"a_D": 0.8, "a_X": 0.5, "a_R": 0.0, "n": 0.2, "n_star": 0.1}
    >>> found = refereed("no-relocation", e, rough)
    >>> bool(abs(found["B"] / found["B_star"] - 1) < 1e-9)
    True
    """
    firms = _SOLVERS[regime](e, guess, e.s_E if s_n is None else s_n)
    B, B_star = firms.demands(e)
    mbar, mbar_star = firms.markets(e)
    abar, abar_star = firms.average_costs(e)
    return {
        "a_D": firms.a_D,
        "a_X": firms.a_X,
        "a_R": firms.a_R,
        "n": firms.n,
        "n_star": firms.n_star,
        "n_w": firms.n + firms.n_star,
        "B": B,
        "B_star": B_star,
        "mbar": mbar,
        "mbar_star": mbar_star,
        "abar": abar,
        "abar_star": abar_star,
    }


def _root(conditions: Callable[[Array], list[float]], start: list[float]) -> Array:
    from scipy.optimize import root

    x = np.asarray(start, dtype=float)
    for _ in range(4):
        x = root(conditions, x, method="hybr", tol=1e-15).x
        worst = float(np.max(np.abs(conditions(x))))
        if worst < 1e-11:
            return x
    raise SolverError("the equilibrium conditions were not met", why=f"largest residual {worst:.3g}")


def _cutoff_gap(e: Economy, cutoff: float, demand: float) -> float:
    return float(np.log(cutoff ** (1 - e.sigma) * demand / e.f))


def _autarky(e: Economy, guess: Mapping[str, float], s_n: float) -> Firms:
    solved = []
    for expenditure, mass in ((e.s_E, guess["n"]), (1 - e.s_E, guess["n_star"])):

        def conditions(x: Array, expenditure: float = expenditure) -> list[float]:
            a_D, n = np.exp(x)
            B = expenditure / (n * e.integral(1 - e.sigma, 0, a_D) / e.integral(0, 0, a_D))
            return [_cutoff_gap(e, a_D, B), e.entry_value(a_D, B) / e.f_I - 1]

        solved.append(np.exp(_root(conditions, [np.log(guess["a_D"]), np.log(mass)])))
    (a_D, n), (a_D_star, n_star) = solved
    return Firms(n, n_star, a_D, a_D_star, 0.0, 0.0)


def _no_relocation(e: Economy, guess: Mapping[str, float], s_n: float) -> Firms:
    def firms(x: Array) -> Firms:
        a_D, a_D_star, a_X, a_X_star, n, n_star = np.exp(x)
        return Firms(n, n_star, a_D, a_D_star, a_X, a_X_star)

    def conditions(x: Array) -> list[float]:
        now = firms(x)
        B, B_star = now.demands(e)
        return [
            _cutoff_gap(e, now.a_D, B),
            _cutoff_gap(e, now.a_D_star, B_star),
            _cutoff_gap(e, now.a_X, e.phi * B_star),
            _cutoff_gap(e, now.a_X_star, e.phi * B),
            (e.entry_value(now.a_D, B) + e.entry_value(now.a_X, e.phi * B_star)) / e.f_I - 1,
            (e.entry_value(now.a_D_star, B_star) + e.entry_value(now.a_X_star, e.phi * B)) / e.f_I - 1,
        ]

    start = [guess["a_D"], guess["a_D"], guess["a_X"], guess["a_X"], guess["n"], guess["n_star"]]
    return firms(_root(conditions, [float(np.log(v)) for v in start]))


def _short_run(e: Economy, guess: Mapping[str, float], s_n: float) -> Firms:
    before = _autarky(e, guess, s_n)

    def firms(x: Array) -> Firms:
        a_X, a_R = np.exp(x)
        return Firms(before.n, before.n_star, before.a_D, before.a_D_star, a_X, a_X, a_R)

    def conditions(x: Array) -> list[float]:
        B, B_star = firms(x).demands(e)
        return [_cutoff_gap(e, float(np.exp(x[0])), e.phi * B), float(np.log(B / B_star))]

    return firms(_root(conditions, [float(np.log(guess["a_X"])), float(np.log(guess["a_R"]))]))


def _long_run(e: Economy, guess: Mapping[str, float], s_n: float) -> Firms:
    def firms(x: Array) -> Firms:
        a_D, a_X, a_R, n_w = np.exp(x)
        return Firms(s_n * n_w, (1 - s_n) * n_w, a_D, a_D, a_X, a_X, a_R)

    def conditions(x: Array) -> list[float]:
        now = firms(x)
        B, B_star = now.demands(e)
        entry = e.entry_value(now.a_D, B) + e.entry_value(now.a_X, e.phi * B_star)
        gaps = [_cutoff_gap(e, now.a_D, B), _cutoff_gap(e, now.a_X, e.phi * B_star)]
        return [*gaps, float(np.log(B / B_star)), entry / e.f_I - 1]

    start = [guess["a_D"], guess["a_X"], guess["a_R"], guess["n"] + guess["n_star"]]
    return firms(_root(conditions, [float(np.log(v)) for v in start]))


_SOLVERS: Mapping[str, Callable[[Economy, Mapping[str, float], float], Firms]] = {
    "autarky": _autarky,
    "no-relocation": _no_relocation,
    "short-run": _short_run,
    "long-run": _long_run,
}
