"""Coordinates of the admissible sets, drawn number by number: what `symhet.numerics.strategies` is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from symhet.errors import MissingExtra
from symhet.numerics.baldwin_okubo import _exporters_size
from symhet.numerics.kz_parameters import saving
from symhet.numerics.partition import REGIMES, partition_firms

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

__all__ = ["PHASES", "Numbers", "draw_bo", "draw_kz", "hypothesis_strategies"]

PHASES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"autarky": ("autarky",), "no-relocation": ("trade",), "short-run": ("XX", "DD", "full"),
     "long-run": ("XX", "DD", "full")}
)  # fmt: skip
"""Phases that can be asked for, by regime."""


def hypothesis_strategies() -> Any:
    """Return hypothesis's strategies.

    Raises
    ------
    MissingExtra
        Without hypothesis.
    """
    try:
        from hypothesis import strategies
    except ImportError as error:
        raise MissingExtra("strategies", "test", "hypothesis") from error
    return strategies


@cache
def _numbers(
    extremes: bool, few: tuple[float, ...], low: float, high: float, step: float, corners: tuple[float, ...]
) -> Any:
    """Return a few round numbers or, for extremes, also multiples of a small step, and corners.

    Made once each: to make a strategy takes longer than to draw from it.
    """
    st = hypothesis_strategies()
    round_ones = st.sampled_from(few)
    if not extremes:
        return round_ones
    parts = round(1 / step)
    steps = sorted((i / parts for i in range(round(low * parts), round(high * parts) + 1)), key=_digits)
    return st.one_of(
        round_ones, st.integers(0, len(steps) - 1).map(lambda place: steps[place]), st.sampled_from(corners)
    )


def _digits(value: float) -> int:
    """Return how many digits the number is written with, so that the roundest come first."""
    return len(f"{value:.3f}".strip("0").replace(".", ""))


@dataclass(frozen=True)
class Numbers:
    """Strategies for single numbers, the roundest first: that is where examples shrink to."""

    extremes: bool

    def positive(self) -> SearchStrategy[float]:
        """Return positive numbers of any size."""
        more = (3.0, 4.0, 5.0) if self.extremes else ()
        few = (1.0, 2.0, *more, 0.5, 1.5, 0.25, 0.75, 1.25, 1.75)
        found: SearchStrategy[float] = _numbers(
            self.extremes, few, 0.001, 8.0, 0.001, (10.0, 0.1, 100.0, 0.01, 1000.0, 0.001)
        )
        return found

    def excess(self, least: float = 0.01, most: float = 4.0) -> SearchStrategy[float]:
        """Return what something exceeds its lower bound by: exponents and ratios, which must not be too large."""
        few = (1.0, 2.0, 0.5, 1.5, 0.25, 0.75)
        found: SearchStrategy[float] = _numbers(self.extremes, few, least, most, 0.01, (most, least))
        return found

    def share(self, least: float = 0.001, most: float = 0.999) -> SearchStrategy[float]:
        """Return numbers strictly between zero and one."""
        few = (0.5, 0.25, 0.75, 0.4, 0.6, 0.2, 0.8)
        found: SearchStrategy[float] = _numbers(self.extremes, few, least, most, 0.001, (most, least))
        return found

    def countries(self) -> SearchStrategy[float]:
        """Return numbers of foreign countries."""
        found: SearchStrategy[float] = _numbers(False, tuple(map(float, range(1, 11))), 0, 0, 1, ())
        return found

    def digits(self) -> SearchStrategy[int]:
        """Return how many digits a number gets that follows from others."""
        found: SearchStrategy[int] = _numbers(False, (1, 2, 3, 16), 0, 0, 1, ())
        return found


def _rounded(value: float, digits: int, fits: Callable[[float], bool]) -> float:
    """Return the value with that many digits, or with as many more as it takes to fit."""
    for count in range(digits, 17):
        shorter = float(f"{value:.{count}g}")
        if fits(shorter):
            return shorter
    return value


APART = 1e-9
"""How far a price that is made round stays from the price it must differ from, relative to it."""


# --- Kleinert and Zorell -----------------------------------------------------------------------------------------


def draw_kz(draw: DrawFn, numbers: Numbers, regime: str) -> dict[str, float]:
    """Draw the ratio of the prices of intermediates, and where the cutoffs are; the rest follows from them."""
    positive, share = numbers.positive(), numbers.share()
    p = {name: draw(share) for name in ("alpha", "beta")}
    p["sigma"] = 1 + draw(numbers.excess(0.05, 9))
    p |= {name: 1 + draw(numbers.excess()) for name in ("tau", "tau_I")}
    p["n"] = draw(numbers.countries())
    p |= {name: draw(positive) for name in ("phi_Y", "phi_I", "phi_I_w", "f_p", "f_e", "L")}
    digits = draw(numbers.digits())

    offshoring = not regime.endswith("no-offshoring")
    even = p["phi_I_w"] * p["phi_Y"] / (p["phi_I"] * p["tau_I"])
    relative = draw(numbers.share(0.05)) if offshoring else 1 + draw(numbers.excess())
    p["phi_Y_w"] = _rounded(
        relative * even, digits, lambda x: (0 < x < even * (1 - APART)) if offshoring else (x > even * (1 + APART))
    )
    k = p["sigma"] - 1
    gain = 1 + float(saving({name: np.asarray(value) for name, value in p.items()}))
    reach = p["n"] * p["tau"] ** -k
    exact = [p["f_p"] * cost for cost in _FIXED_COSTS[regime](draw, numbers, gain, reach)]

    def costs(count: int) -> dict[str, float]:
        return {"f_I": float(f"{exact[0]:.{count}g}"), "f_ex": float(f"{exact[1] / p['n']:.{count}g}")}

    tried = (costs(count) for count in range(digits, 17))
    p |= next((found for found in tried if _regime({**p, **found}, gain, reach) == regime), costs(17))
    needed = (p["n"] + 1) * p["alpha"] * p["beta"] * k / p["sigma"] * p["phi_Y"] * p["L"] / p["phi_Y_w"]
    p["L_w"] = _rounded(needed * (1 + draw(numbers.excess())), digits, lambda x: x > needed)
    return p


def _regime(p: Mapping[str, float], gain: float, reach: float) -> str:
    values = (gain - 1, reach, p["f_p"], p["f_I"], p["n"] * p["f_ex"])
    return REGIMES[int(partition_firms(*map(np.asarray, values)).regime)]


_Costs = tuple[float, float]
"""Fixed costs of offshoring and of exporting to all markets, relative to f_p."""


def _paper(draw: DrawFn, numbers: Numbers, gain: float, reach: float) -> _Costs:
    off = 1 + draw(numbers.excess())
    ex = off * (1 + draw(numbers.excess()))
    return (gain - 1) * off, gain * reach * ex


def _jump(draw: DrawFn, numbers: Numbers, gain: float, reach: float) -> _Costs:
    """Both together pay before either does: their sum, and the ratio of exporting to offshoring."""
    total = (gain * (1 + reach) - 1) * (1 + draw(numbers.excess()))
    low, high = reach / ((gain - 1) * (1 + reach)), gain * reach / (gain - 1)
    ratio = low + (high - low) * draw(numbers.share())
    return total / (1 + ratio), total * ratio / (1 + ratio)


def _exporters_offshore(draw: DrawFn, numbers: Numbers, gain: float, reach: float) -> _Costs:
    ex = 1 + draw(numbers.excess())
    off = ex * (1 + draw(numbers.excess()))
    return (gain - 1) * (1 + reach) * off, reach * ex


def _no_offshoring(draw: DrawFn, numbers: Numbers, gain: float, reach: float) -> _Costs:
    return draw(numbers.positive()), reach * (1 + draw(numbers.excess()))


def _all_offshore(draw: DrawFn, numbers: Numbers, gain: float, reach: float) -> _Costs:
    f_I = (gain - 1) * draw(numbers.share())
    return f_I, reach * (1 + f_I) * (1 + draw(numbers.excess()))


def _all_export(draw: DrawFn, numbers: Numbers, gain: float, reach: float) -> _Costs:
    f_ex = reach * draw(numbers.share())
    return (gain - 1) * (1 + f_ex) * (1 + draw(numbers.excess())), f_ex


def _all_export_at_home(draw: DrawFn, numbers: Numbers, gain: float, reach: float) -> _Costs:
    return draw(numbers.positive()), reach * draw(numbers.share())


def _all_do_both(draw: DrawFn, numbers: Numbers, gain: float, reach: float) -> _Costs:
    """Costs in the pentagon below all of which nothing less than both pays: a share of the way to its border."""
    extra, along, inside = gain - 1, 3 * draw(numbers.share()), draw(numbers.share())
    f_I = np.interp(along, range(4), [extra, extra * (1 + reach), extra, 0])
    f_ex = np.interp(along, range(4), [0, reach, gain * reach, reach])
    return inside * float(f_I), inside * float(f_ex)


def _no_exporting(draw: DrawFn, numbers: Numbers, gain: float, reach: float) -> _Costs:
    return (gain - 1) * (1 + draw(numbers.excess())), float("inf")


def _all_offshore_no_exporting(draw: DrawFn, numbers: Numbers, gain: float, reach: float) -> _Costs:
    return (gain - 1) * draw(numbers.share()), float("inf")


def _no_trade(draw: DrawFn, numbers: Numbers, gain: float, reach: float) -> _Costs:
    return float("inf"), float("inf")


_FIXED_COSTS: Mapping[str, Callable[[DrawFn, Numbers, float, float], _Costs]] = MappingProxyType({
    "paper": _paper,
    "offshoring-with-exporting": _jump,
    "only-exporters-offshore": _exporters_offshore,
    "no-offshoring": _no_offshoring,
    "all-offshore": _all_offshore,
    "all-export": _all_export,
    "all-export-no-offshoring": _all_export_at_home,
    "all-offshore-and-export": _all_do_both,
    "no-exporting": _no_exporting,
    "all-offshore-no-exporting": _all_offshore_no_exporting,
    "no-trade": _no_trade,
})  # fmt: skip


# --- Baldwin and Okubo -------------------------------------------------------------------------------------------


def draw_bo(draw: DrawFn, numbers: Numbers, regime: str | None, phase: str | None) -> dict[str, float]:
    """Draw the elasticity, the shape and the freeness of trade; the shares lie between bounds that follow."""
    digits, share = draw(numbers.digits()), numbers.share()
    elastic, phi = draw(numbers.excess(0.2, 9)), draw(share)
    sigma = 1 + elastic
    flattest = max(sigma - 1, 1.0)
    rho = _rounded(flattest * (1 + draw(numbers.excess())), digits, lambda x: x > flattest)
    beta = rho / (sigma - 1)
    if phase == "full":
        # Here phi**beta is drawn: if it were next to zero, no s_E below one would be large enough.
        phi = _rounded(phi ** (1 / beta), digits, lambda x: 0 < x < 1)
    f = draw(numbers.positive())
    most = f / (beta - 1)
    found = {"sigma": sigma, "rho": rho, "phi": phi, "f": f}
    found["f_I"] = _rounded(most * draw(share), digits, lambda x: 0 < x * (beta - 1) < f)

    def between(low: float, high: float) -> float:
        return _rounded(low + (high - low) * draw(share), digits, lambda x: low < x < high)

    found["s_E"] = between(*_expenditure(phi, beta, regime, phase))
    if regime == "long-run":
        found["s_n"] = between(*_births(phi, beta, found["s_E"], phase))
    return found


def _expenditure(phi: float, beta: float, regime: str | None, phase: str | None) -> tuple[float, float]:
    """Return the bounds of s_E."""
    sustained, even = 1 / (1 + phi**beta), 1 / (1 + phi)
    if regime == "no-relocation":
        return 0.5, sustained
    if regime == "short-run" and phase:
        size = float(_exporters_size(*map(np.asarray, (phi, beta, beta - 1))))
        return {"XX": (0.5, even), "DD": (even, 1 - size**beta), "full": (1 - size**beta, 1.0)}[phase]
    if regime == "long-run" and phase:
        lowest = max(0.5, phi ** (beta - 1) * sustained)
        return {"XX": (0.5, sustained), "DD": (lowest, sustained), "full": (sustained, 1.0)}[phase]
    return 0.5, 1.0


def _births(phi: float, beta: float, s_E: float, phase: str | None) -> tuple[float, float]:
    """Return the bounds of s_n in the long run."""
    omega, psi = phi**beta, phi ** (beta - 1)
    parting = (s_E * (1 + omega) - psi) / (1 - psi)
    limit = min((s_E * (1 + omega) - omega) / (1 - omega), 1.0)
    if phase == "XX":
        return max(parting, 0.0), limit
    return 0.0, parting if phase == "DD" else limit
