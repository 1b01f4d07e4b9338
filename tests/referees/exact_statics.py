"""Exact comparative statics at rational economies, to refute claims about a general distribution.

A claim that is said to hold for every productivity distribution falls to a single one. A density that is
constant between rational breakpoints has rational tails for whole exponents k = σ − 1; with rational
cutoffs, and the fixed costs that make them the equilibrium's, every elasticity is a rational number, and
its sign beyond doubt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from symhet.errors import DomainError
from symhet.numerics.intervals import Between
from symhet.numerics.tails import Array, Distribution, Tails

__all__ = ["COSTS", "ExactEconomy", "PiecewiseUniform", "exact_statics"]

COSTS = ("tau_I", "f_I", "tau", "f_ex")
"""Parameters with respect to which `exact_statics` differentiates."""

Rational = Fraction | int | str


class PiecewiseUniform(Distribution):
    """A density that is constant between breakpoints.

    Parameters
    ----------
    breaks : sequence of Fraction, int or str
        Increasing, not negative.
    masses : sequence of Fraction, int or str
        Probability of each interval, not negative, one fewer than breaks; divided by their sum.

    Raises
    ------
    DomainError
        If the breakpoints do not increase or a mass is negative.

    Examples
    --------
    >>> law = PiecewiseUniform([1, 2, 4], ["1/2", "1/2"])
    >>> law.exact(2, 1)
    Exact(survival=Fraction(1, 2), moment=Fraction(3, 4), density=Fraction(1, 2))
    """

    def __init__(self, breaks: Sequence[Rational], masses: Sequence[Rational]) -> None:
        self.breaks = tuple(Fraction(value) for value in breaks)
        given = tuple(Fraction(value) for value in masses)
        if len(given) != len(self.breaks) - 1 or not given:
            raise DomainError(
                "one mass an interval",
                relation="number of masses = number of breaks - 1 > 0",
                left=len(given),
                right=len(self.breaks) - 1,
            )
        if self.breaks[0] < 0 or any(low >= high for low, high in pairwise(self.breaks)):
            raise DomainError("ordered support", relation="0 <= breaks[0] < breaks[1] < ...", left=self.breaks)
        if min(given) < 0 or sum(given) == 0:
            raise DomainError("positive mass", relation="masses >= 0, not all zero", left=min(given), right=0)
        total = sum(given, Fraction(0))
        self.masses = tuple(mass / total for mass in given)

    @property
    def parameters(self) -> dict[str, Array]:
        """Breakpoints and masses as floats, by number."""
        named = {f"break_{i}": value for i, value in enumerate(self.breaks)}
        named.update({f"mass_{i}": value for i, value in enumerate(self.masses)})
        return {name: np.asarray(float(value)) for name, value in named.items()}

    @property
    def support(self) -> tuple[Array, Array]:
        """Lower and upper end of the support."""
        return np.asarray(float(self.breaks[0])), np.asarray(float(self.breaks[-1]))

    def flat(self, shape: tuple[int, ...]) -> PiecewiseUniform:
        """Return the distribution itself: its parameters are scalars."""
        return self

    def part(self, where: slice | NDArray[np.intp]) -> PiecewiseUniform:
        """Return the distribution itself: its parameters are scalars."""
        return self

    def densities(self) -> tuple[Fraction, ...]:
        """Return the density on each interval."""
        return tuple(mass / (high - low) for mass, (low, high) in zip(self.masses, pairwise(self.breaks), strict=True))

    def exact(self, x: Rational, k: int) -> Exact:
        """Return S(x), T(x, k)/xᵏ and x g(x) as fractions; the density is the one to the right of x.

        Parameters
        ----------
        x : Fraction, int or str
            Positive.
        k : int
            Positive.

        Returns
        -------
        Exact
            Survival, scaled tail moment and density of ln φ.
        """
        x = Fraction(x)
        survival = moment = density = Fraction(0)
        for height, (low, high) in zip(self.densities(), pairwise(self.breaks), strict=True):
            start = max(low, x)
            if start < high:
                survival += height * (high - start)
                moment += height * (high ** (k + 1) - start ** (k + 1)) / (k + 1)
            if low <= x < high:
                density = x * height
        return Exact(survival, moment / x**k, density)

    def tails_at(self, z: ArrayLike, k: ArrayLike) -> Tails:
        """Return the scaled tail quantities at a distance z from one, in floating point."""
        x, k = self.point(z), np.asarray(k, dtype=float)
        shape = np.broadcast_shapes(x.shape, k.shape)
        survival, excess, density = np.zeros(shape), np.zeros(shape), np.zeros(shape)
        for height, (low, high) in zip(self.densities(), pairwise(self.breaks), strict=True):
            bottom, top, level = float(low), float(high), float(height)
            start = np.clip(x, bottom, top)
            survival = survival + level * (top - start)
            excess = excess + level * x * (_antiderivative(top / x, k) - _antiderivative(start / x, k))
            density = density + np.where((bottom <= x) & (x < top), level * x, 0.0)
        return Tails(survival, survival + excess, excess, density)

    def between_at(self, z: Array, length: Array, k: Array) -> Between:
        """Return mass and scaled moment of an interval, piece by piece: the density jumps at breaks inside it."""
        z, length, k = np.broadcast_arrays(z, length, k)
        mass, moment = np.zeros(z.shape), np.zeros(z.shape)
        with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
            ends = np.log(np.array([float(value) for value in self.breaks])) - self.log_origin
            for (low, high), density in zip(pairwise(ends), map(float, self.densities()), strict=True):
                start, end = np.maximum(z, low), np.minimum(z + length, high)
                whole = (z >= low) & (z + length <= high)
                inside = np.where(whole, length, np.maximum(end - start, 0.0))
                top = np.exp(np.minimum(end, high) + self.log_origin)
                mass += np.where(inside > 0, density * top * -np.expm1(-inside), 0.0)
                grown = density * top * np.exp(k * (end - z)) * -np.expm1(-(k + 1) * inside) / (k + 1)
                moment += np.where(inside > 0, grown, 0.0)
        return Between(mass, moment)

    def log_moment_at(self, k: ArrayLike) -> Array:
        """Return the logarithm of the whole k-th moment."""
        scale = float(self.breaks[-1])
        k = np.asarray(k, dtype=float)
        ends = [float(end) * (float(end) / scale) ** k for end in self.breaks]
        rises = (high - low for low, high in pairwise(ends))
        total = sum(float(height) * rise for height, rise in zip(self.densities(), rises, strict=True))
        return np.log(total / (k + 1)) + k * np.log(scale)

    def __repr__(self) -> str:
        """Return the constructor call, exact."""
        breaks, masses = ([str(value) for value in values] for values in (self.breaks, self.masses))
        return f"PiecewiseUniform({breaks}, {masses})"


class Exact(NamedTuple):
    """Tail quantities at a cutoff as fractions: S, t = T/xᵏ, and x g."""

    survival: Fraction
    moment: Fraction
    density: Fraction


@dataclass(frozen=True)
class ExactEconomy:
    """A rational economy in the paper's regime, given by its cutoffs.

    Attributes
    ----------
    law : PiecewiseUniform
        Productivity.
    k : int
        σ − 1.
    phi_min, phi_off, phi_ex : Fraction
        The equilibrium cutoffs, increasing; the fixed costs follow from them.
    alpha : Fraction
        Cost share of intermediates.
    gain : Fraction
        A = (p_off/p_d)^(−αk) > 1.
    n, tau, f_p : Fraction
        Markets, trade cost of final goods, fixed cost of production.
    """

    law: PiecewiseUniform
    k: int
    phi_min: Fraction
    phi_off: Fraction
    phi_ex: Fraction
    alpha: Fraction
    gain: Fraction
    n: Fraction = Fraction(1)
    tau: Fraction = Fraction(2)
    f_p: Fraction = Fraction(1)

    def __post_init__(self) -> None:
        sides = (
            ("A.1", "gain A > 1", self.gain, Fraction(1)),
            ("phi_min < phi_off", "phi_off > phi_min", self.phi_off, self.phi_min),
            ("phi_off < phi_ex", "phi_ex > phi_off", self.phi_ex, self.phi_off),
            ("alpha < 1", "1 > alpha", Fraction(1), self.alpha),
            ("tau > 1", "tau > 1", self.tau, Fraction(1)),
            *((f"{name} > 0", f"{name} > 0", getattr(self, name), Fraction(0)) for name in _POSITIVE),
        )
        for name, relation, left, right in sides:
            if not left > right:
                raise DomainError(name, relation=relation, left=left, right=right, where="exact economy")

    @property
    def f_I(self) -> Fraction:
        """Fixed cost of offshoring at which `phi_off` is the cutoff (eq. 12)."""
        return self.f_p * (self.gain - 1) * (self.phi_off / self.phi_min) ** self.k

    @property
    def f_ex(self) -> Fraction:
        """Fixed cost of exporting at which `phi_ex` is the cutoff (eq. 14)."""
        return self.f_p * self.gain * (self.phi_ex / (self.tau * self.phi_min)) ** self.k

    @property
    def f_e(self) -> Fraction:
        """Entry cost at which `phi_min` is the cutoff: Σ F j."""
        return sum((cost * (at.moment - at.survival) for cost, at in self._steps()), Fraction(0))

    def parameters(self) -> dict[str, float]:
        """Return solver parameters, in floating point, whose equilibrium this economy is."""
        relative = float(self.gain) ** (-1 / (float(self.alpha) * self.k))
        return {
            "alpha": float(self.alpha),
            "sigma": float(self.k + 1),
            "tau": float(self.tau),
            "tau_I": 1.25,
            "phi_Y_w": 0.5,
            "phi_I_w": 0.5 * 1.25 / relative,
            "n": float(self.n),
            **{name: float(getattr(self, name)) for name in ("f_p", "f_I", "f_ex", "f_e")},
        }

    def _steps(self) -> tuple[tuple[Fraction, Exact], ...]:
        costs = (self.f_p, self.f_I, self.n * self.f_ex)
        points = (self.phi_min, self.phi_off, self.phi_ex)
        return tuple((cost, self.law.exact(x, self.k)) for cost, x in zip(costs, points, strict=True))


_POSITIVE = ("alpha", "phi_min", "n", "f_p")


def exact_statics(economy: ExactEconomy, cost: str) -> dict[str, Fraction]:
    """Return the exact elasticities of an economy's outcomes with respect to one trade cost.

    Parameters
    ----------
    economy : ExactEconomy
        In the paper's regime; its density is constant around each cutoff.
    cost : {'tau_I', 'f_I', 'tau', 'f_ex'}
        The cost that changes.

    Returns
    -------
    dict
        d ln(outcome)/d ln(cost) for the cutoffs, exports_X, imports_I_cif (the f.o.b. value is the same),
        imports_I_quantity, total_trade (exports_X + imports_I_cif), total_trade_with_Y (that and the Y
        that pays for the imports), M_e, M, M_off_all (all offshorers), M_ex, M_t and L_I.

    Notes
    -----
    With η the direct elasticities of the cutoffs, free entry gives
    d ln φ_min = (Σ F j d ln F/k − Σ F t η)/Σ F t.
    Source: Kleinert and Zorell, section 4 and Appendix D, derived anew.

    Examples
    --------
    Exports of X fall when intermediates become cheaper to import, if G is uniform on [0, 5]:

    >>> law = PiecewiseUniform([0, 5], [1])
    >>> even = ExactEconomy(law, 2, Fraction(1), Fraction(2), Fraction(3), Fraction(1, 2), Fraction(2))
    >>> exact_statics(even, "tau_I")["exports_X"]
    Fraction(2309, 470960)
    """
    k, alpha = economy.k, economy.alpha
    share = 1 - 1 / economy.gain
    direct, own = _direct_effects(k, alpha, share, cost)
    steps = economy._steps()
    totals = [spent * at.moment for spent, at in steps]
    whole = sum(totals, Fraction(0))
    entry = (
        sum(
            (
                spent * (at.moment - at.survival) * rise / k - spent * at.moment * shift
                for (spent, at), rise, shift in zip(steps, own, direct, strict=True)
            ),
            Fraction(0),
        )
        / whole
    )
    cutoffs = [entry + shift for shift in direct]
    grown = [
        total * (rise - (k + at.density / at.moment) * change)
        for total, (_, at), rise, change in zip(totals, steps, own, cutoffs, strict=True)
    ]
    thinned = [-at.density * change for (_, at), change in zip(steps, cutoffs, strict=True)]
    swing = alpha * k / (economy.gain - 1) if cost == "tau_I" else Fraction(0)
    imports = totals[1] / share + totals[2]
    imports_grown = (grown[1] + totals[1] * swing) / share + grown[2]
    spread = sum(grown, Fraction(0)) / whole
    rho_alpha = alpha * Fraction(k, k + 1)
    survival = [at.survival for _, at in steps]
    n = economy.n

    def elasticity(change: Fraction, level: Fraction) -> Fraction:
        return change / level - spread

    imported = elasticity(imports_grown, imports)
    return {
        "phi_min": cutoffs[0],
        "phi_off": cutoffs[1],
        "phi_ex": cutoffs[2],
        "exports_X": elasticity(grown[2], totals[2]),
        "imports_I_cif": imported,
        "imports_I_quantity": imported - (1 if cost == "tau_I" else 0),
        "total_trade": elasticity(grown[2] + rho_alpha * imports_grown, totals[2] + rho_alpha * imports),
        "total_trade_with_Y": elasticity(grown[2] + 2 * rho_alpha * imports_grown, totals[2] + 2 * rho_alpha * imports),
        "M_e": -spread,
        "M": elasticity(thinned[0], survival[0]),
        "M_off_all": elasticity(thinned[1], survival[1]),
        "M_ex": elasticity(thinned[2], survival[2]),
        "M_t": elasticity(thinned[0] + n * thinned[2], survival[0] + n * survival[2]),
        "L_I": elasticity(sum(grown, Fraction(0)) - imports_grown, whole - imports),
    }


def _direct_effects(
    k: int, alpha: Fraction, share: Fraction, cost: str
) -> tuple[tuple[Fraction, ...], tuple[Fraction, ...]]:
    """Return the cutoffs' elasticities at given φ_min, and those of f_p, f_I and n f_ex."""
    zero, one, step = Fraction(0), Fraction(1), Fraction(1, k)
    effects: Mapping[str, Any] = {
        "tau_I": ((zero, alpha / share, alpha), (zero, zero, zero)),
        "f_I": ((zero, step, zero), (zero, one, zero)),
        "tau": ((zero, zero, one), (zero, zero, zero)),
        "f_ex": ((zero, zero, step), (zero, zero, one)),
    }
    if cost not in effects:
        raise DomainError("differentiable cost", relation=f"cost is one of {', '.join(COSTS)}", left=cost, right="")
    return effects[cost]


def _antiderivative(ratio: Array, k: Array) -> Array:
    """Return the antiderivative of uᵏ − 1 for u ≥ 1, zero at one, without cancellation near it."""
    step = np.maximum(ratio - 1, 0.0)
    return np.expm1((k + 1) * np.log1p(step)) / (k + 1) - step
