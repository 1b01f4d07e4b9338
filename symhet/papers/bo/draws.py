"""Admissible economies of Baldwin and Okubo, drawn number by number in coordinates of the admissible set."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from symhet.numerics.drawing import Numbers, rounded
from symhet.papers.bo.solver import exporters_size

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

PHASES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"autarky": ("autarky",), "no-relocation": ("trade",), "short-run": ("XX", "DD", "full"),
     "long-run": ("XX", "DD", "full")}
)  # fmt: skip
"""Phases that can be asked for, by regime."""


def draw_bo(draw: DrawFn, numbers: Numbers, regime: str | None, phase: str | None) -> dict[str, float]:
    """Draw the elasticity, the shape and the freeness of trade; the shares lie between bounds that follow."""
    digits, share = draw(numbers.digits()), numbers.share()
    elastic, phi = draw(numbers.excess(0.2, 9)), draw(share)
    sigma = 1 + elastic
    flattest = max(sigma - 1, 1.0)
    rho = rounded(flattest * (1 + draw(numbers.excess())), digits, lambda x: x > flattest)
    # As the solver works it out: of a beta next to one, beta - 1 would have few digits, and f_I other bounds.
    beta, excess = rho / (sigma - 1), (rho - (sigma - 1)) / (sigma - 1)
    if phase == "full":
        # Here phi**beta is drawn: if it were next to zero, no s_E below one would be large enough.
        phi = rounded(phi ** (1 / beta), digits, lambda x: 0 < x < 1)
    f = draw(numbers.positive())
    found = {"sigma": sigma, "rho": rho, "phi": phi, "f": f}
    found["f_I"] = rounded(f / excess * draw(share), digits, lambda x: 0 < x * excess / f < 1)

    def between(low: float, high: float) -> float:
        return rounded(low + (high - low) * draw(share), digits, lambda x: low < x < high)

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
        size = float(exporters_size(*map(np.asarray, (phi, beta, beta - 1))))
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
