"""Admissible economies of Kleinert and Zorell, drawn number by number in coordinates of the admissible set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from symhet.numerics.drawing import Numbers, rounded
from symhet.papers.kz.parameters import saving
from symhet.papers.kz.partition import REGIMES, partition_firms
from symhet.papers.kz.solver import solve_kz

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

APART = 1e-9
"""How far a price that is made round stays from the price it must differ from, relative to it."""


def draw_kz(draw: DrawFn, numbers: Numbers, regime: str | None, phase: str | None = None) -> dict[str, float]:
    """Draw the ratio of the prices of intermediates, and where the cutoffs are; the rest follows from them."""
    regime = regime or "paper"
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
    p["phi_Y_w"] = rounded(
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
    p["L_w"] = rounded(needed * (1 + draw(numbers.excess())), digits, lambda x: x > needed)
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


LEAST_SHARE = 1e-6
"""Share of the producing firms that a group has at least, for its economy to be drawn."""


def is_populated(economy: Mapping[str, Any]) -> bool:
    """Tell whether every group that the regime has contains firms; groups differ by the cutoffs that are finite."""
    found = solve_kz(**economy)
    cutoffs = np.unique([found.phi_min, found.phi_off, found.phi_ex])
    survival = economy["distribution"].survival(cutoffs[np.isfinite(cutoffs)])
    masses = -np.diff(survival, append=0.0)
    return bool(np.isfinite(found.M) and np.all(masses > LEAST_SHARE * survival[0]))
