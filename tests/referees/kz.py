"""A slow referee for the Kleinert–Zorell solver: the equilibrium firm by firm, from the primitives.

Nothing here knows a cutoff formula, a tail moment or a free-entry condition in j. Firms of each productivity
compare the profits of the four strategies at a price index; the price index is the one at which an entrant
expects to earn f_e w; the mass of entrants is the one whose varieties add up to that price index; and every
aggregate is an integral over firms of what each of them buys, sells, hires and ships. It shares no code with
the solver, and takes its density from scipy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import exp, inf, log
from typing import Any

import numpy as np

__all__ = ["referee_kz"]

_STRATEGIES = ((False, False), (True, False), (False, True), (True, True), None)
"""(offshores, exports), and None for a firm that exits."""
_GRID = 2000
_TAIL = 1e-300
_FAR_BELOW = 1e-6
"""Cutoffs are looked for from here times the median: they may lie below the support."""


@dataclass(frozen=True)
class _Firm:
    """What one firm does at a given strategy."""

    home_revenue: float
    foreign_revenue: float
    price: float
    variable_labour: float
    inputs: float
    fixed_labour: float
    profit: float


@dataclass(frozen=True)
class _World:
    """Primitives, and the functions of them that need no equilibrium."""

    p: Mapping[str, float]

    @property
    def wage(self) -> float:
        return self.p["phi_Y"]

    def input_price(self, offshores: bool) -> float:
        p = self.p
        return p["tau_I"] * p["phi_Y_w"] / p["phi_I_w"] if offshores else self.wage / p["phi_I"]

    def firm(self, phi: float, strategy: tuple[bool, bool], P_X: float) -> _Firm:
        """Return a firm's choices: it meets each market's demand at a mark-up over its marginal cost.

        One unit of output takes labour and inputs worth the Cobb–Douglas unit cost w^(1−α) p_I^α/φ, a share α
        of it spent on inputs; a unit sold abroad takes τ units of output.
        """
        p, w = self.p, self.wage
        offshores, exports = strategy
        sigma, alpha, p_I = p["sigma"], p["alpha"], self.input_price(offshores)
        unit_cost = w ** (1 - alpha) * p_I**alpha / phi
        price = unit_cost * sigma / (sigma - 1)
        spending = p["beta"] * w * p["L"]

        def sold(at: float) -> float:
            return spending * at**-sigma * P_X ** (sigma - 1)

        home = sold(price)
        abroad = p["n"] * sold(p["tau"] * price) if exports else 0.0
        cost = unit_cost * (home + p["tau"] * abroad)
        fixed = p["f_p"] + (p["f_I"] if offshores else 0.0) + (p["n"] * p["f_ex"] if exports else 0.0)
        revenue = price * home + p["tau"] * price * abroad
        return _Firm(
            home_revenue=price * home,
            foreign_revenue=p["tau"] * price * abroad,
            price=price,
            variable_labour=(1 - alpha) * cost / w,
            inputs=alpha * cost / p_I,
            fixed_labour=fixed,
            profit=revenue - cost - fixed * w,
        )

    def best(self, phi: Any, P_X: float) -> Any:
        """Return the position of the most profitable strategy, and that of None where all make losses."""
        profits = [self.firm(phi, strategy, P_X).profit for strategy in _STRATEGIES if strategy is not None]
        return np.where(np.max(profits, axis=0) >= 0, np.argmax(profits, axis=0), _STRATEGIES.index(None))


@dataclass(frozen=True)
class _Group:
    """An interval of productivities whose firms all choose the same strategy."""

    low: float
    high: float
    strategy: tuple[bool, bool]


def referee_kz(frozen: Any, parameters: Mapping[str, float]) -> dict[str, float]:
    """Return the equilibrium, by name as in `KZEquilibrium`, for one economy.

    Parameters
    ----------
    frozen : scipy.stats frozen distribution
        Productivity; continuous, with a finite (σ−1)-th moment.
    parameters : mapping
        Every parameter of the model.

    Returns
    -------
    dict
        Every number of the equilibrium. Labour not needed elsewhere makes Y; ``Y_market`` is what is then
        left of world supply over demand, relative to demand: zero by Walras' law, if nothing is amiss.

    Notes
    -----
    Source: Kleinert and Zorell, section 3: the primitives behind eqs. 1–6 and the
    conditions of eqs. 18, 20 and 21; everything else is integrated from them.

    Examples
    --------
    >>> from scipy.stats import pareto
    >>> from symhet.papers.kz.parameters import DEFAULTS
    >>> found = referee_kz(pareto(4.25), DEFAULTS)
    >>> abs(found["Y_market"]) < 1e-9
    True
    """
    from scipy.optimize import brentq

    world = _World(parameters)
    p, w = parameters, world.wage

    def expected_gain(log_price: float) -> float:
        P_X = exp(log_price)
        groups = _partition(world, frozen, P_X)
        profit = _integrate(groups, frozen, lambda phi, s: world.firm(phi, s, P_X).profit)
        return log(max(profit, 1e-300) / (p["f_e"] * w))

    low, high = _bracket(expected_gain)
    P_X = exp(brentq(expected_gain, low, high, xtol=1e-14, rtol=1e-14))
    groups = _partition(world, frozen, P_X)
    return _accounts(world, frozen, P_X, groups)


def _bracket(f: Callable[[float], float]) -> tuple[float, float]:
    low = high = 0.0
    while f(low) > 0:
        low -= 1.0
    while f(high) < 0:
        high += 1.0
    return low, high


def _partition(world: _World, frozen: Any, P_X: float) -> list[_Group]:
    """Find the intervals of equal strategy: scan a grid, then bisect each change."""
    upper = float(frozen.support()[1])
    start = float(frozen.isf(0.5)) * _FAR_BELOW
    end = upper if upper < inf else min(float(frozen.isf(_TAIL)), 1e30)
    step = log(end / start) / _GRID
    points = np.append(start * np.exp(step * np.arange(_GRID)), end)
    choices = world.best(points, P_X)
    edges: list[tuple[float, int]] = [(start, int(choices[0]))]
    for i in np.flatnonzero(choices[1:] != choices[:-1]):
        edges += _changes(world, P_X, float(points[i]), int(choices[i]), float(points[i + 1]), int(choices[i + 1]))
    edges.append((end, _STRATEGIES.index(None)))
    return [
        _Group(low, high, strategy)
        for (low, choice), (high, _) in pairwise(edges)
        if (strategy := _STRATEGIES[choice]) is not None and high > low
    ]


def _changes(
    world: _World,
    P_X: float,
    left: float,
    before: int,
    right: float,
    after: int,
) -> list[tuple[float, int]]:
    """Bisect one change of strategy, or several that fall between two points of the grid."""
    while right - left > 1e-15 * right:
        middle = 0.5 * (left + right)
        if not left < middle < right:
            break
        choice = world.best(middle, P_X)
        if choice == before:
            left = middle
        elif choice == after:
            right = middle
        else:
            return [
                *_changes(world, P_X, left, before, middle, choice),
                *_changes(world, P_X, middle, choice, right, after),
            ]
    return [(right, after)]


def _integrate(groups: list[_Group], frozen: Any, value: Callable[[Any, tuple[bool, bool]], Any]) -> float:
    """Integrate over ln φ, so that far tails are seen, cut at quantiles, so that no mass is missed."""
    from scipy.integrate import tanhsinh

    quantiles = (1 - 1e-9, 1 - 1e-3, 0.5, 1e-3, 1e-9, 1e-30, 1e-100, 1e-200)
    cuts = [float(frozen.support()[0]), *(float(frozen.isf(q)) for q in quantiles)]
    total = 0.0
    for group in groups:
        ends = np.log([group.low, *(c for c in cuts if group.low < c < group.high), group.high])

        def density(y: Any, group: _Group = group) -> Any:
            phi = np.exp(y)
            return value(phi, group.strategy) * frozen.pdf(phi) * phi

        found = tanhsinh(density, ends[:-1], ends[1:], atol=0, rtol=1e-12)
        total += float(np.sum(found.integral))
    return total


def _accounts(world: _World, frozen: Any, P_X: float, groups: list[_Group]) -> dict[str, float]:
    """Return every aggregate as an integral over firms."""
    p, w = world.p, world.wage
    sigma = p["sigma"]

    def over(value: Callable[[_Firm], float], who: Callable[[bool, bool], bool] = lambda *_: True) -> float:
        chosen = [group for group in groups if who(*group.strategy)]
        return _integrate(chosen, frozen, lambda phi, s: value(world.firm(phi, s, P_X)))

    def offshorers(offshores: bool, exports: bool) -> bool:
        return offshores

    def exporters(offshores: bool, exports: bool) -> bool:
        return exports

    foreign = over(lambda firm: p["n"] * (p["tau"] * firm.price) ** (1 - sigma), exporters)
    M_e = P_X ** (1 - sigma) / (over(lambda firm: firm.price ** (1 - sigma)) + foreign)
    mass = {
        name: M_e * over(lambda firm: 1.0, who)
        for name, who in {
            "M": lambda *_: True,
            "M_d": lambda o, x: not o and not x,
            "M_off": lambda o, x: o and not x,
            "M_ex": exporters,
        }.items()
    }
    imported = M_e * over(lambda firm: firm.inputs, offshorers)
    own_inputs = M_e * over(lambda firm: firm.inputs, lambda o, x: not o)
    L_I, L_e = own_inputs / p["phi_I"], M_e * p["f_e"]
    L_X = M_e * over(lambda firm: firm.variable_labour + firm.fixed_labour)
    L_Y = p["L"] - L_I - L_X - L_e
    countries = p["n"] + 1
    I_w = countries * p["tau_I"] * imported
    p_w = p["phi_Y_w"] / p["phi_I_w"]
    Y, Y_w = p["phi_Y"] * L_Y, p["phi_Y_w"] * (p["L_w"] - I_w / p["phi_I_w"])
    demand = countries * (1 - p["beta"]) * w * p["L"] + p["phi_Y_w"] * p["L_w"]
    beta = p["beta"]
    P = P_X**beta / (beta**beta * (1 - beta) ** (1 - beta))
    sales = M_e * over(lambda firm: firm.home_revenue + firm.foreign_revenue)
    return {
        "phi_min": min(group.low for group in groups),
        "phi_off": min((group.low for group in groups if group.strategy[0]), default=inf),
        "phi_ex": min((group.low for group in groups if group.strategy[1]), default=inf),
        "w": w,
        "p_I_d": world.input_price(offshores=False),
        "p_I_off": world.input_price(offshores=True),
        "E_X": sales,
        "P_X": P_X,
        "P": P,
        **mass,
        "M_e": M_e,
        "M_t": mass["M"] + p["n"] * mass["M_ex"],
        "welfare": w / P,
        "exports_X": M_e * over(lambda firm: firm.foreign_revenue, exporters),
        "imports_I_cif": world.input_price(offshores=True) * imported,
        "imports_I_fob": p_w * p["tau_I"] * imported,
        "imports_I_quantity": imported,
        "L_Y": L_Y,
        "L_I": L_I,
        "L_X": L_X,
        "L_e": L_e,
        "Y": Y,
        "Y_w": Y_w,
        "I_w": I_w,
        "Y_market": (countries * Y + Y_w - demand) / demand,
    }
