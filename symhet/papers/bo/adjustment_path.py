"""The relocation of Southern firms in time, under quadratic adjustment costs, from autarky to equal demand per firm."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from symhet.errors import DomainError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

ACCOUNTS = ("portable", "sunk")


@dataclass(frozen=True)
class Adjustment:
    """A path of relocation.

    Parameters
    ----------
    time : ndarray
        Time in units of gamma n* sigma delta a_A^(sigma-1)/f, increasing from zero.
    moved : ndarray
        Share of Southern firms that has moved.
    front : ndarray
        Cutoff of those that have moved, relative to the domestic cutoff of autarky.
    exporter : ndarray
        Export cutoff of the South at the same dates, in the same unit.
    gap : ndarray
        B - B* in units of f a_A^(sigma-1); the process ends where it vanishes.
    lead : ndarray
        Gain of the firms at the front over the largest gain of any firm that has not moved; below one, firms that
        should move later would rather move now.
    """

    time: Array
    moved: Array
    front: Array
    exporter: Array
    gap: Array
    lead: Array

    @property
    def orderly(self) -> bool:
        """Whether at every date no firm gains more than those that move."""
        return bool((self.lead >= 1 - 1e-9).all())


def adjust(
    beta: float, sigma: float, share: float, freeness: float, foothold: str = "portable", steps: int = 400
) -> Adjustment:
    """Follow relocation under quadratic adjustment costs until demand per firm is the same in both nations.

    Southern firms move from the most efficient on. The flow is such that the gain of the firms on the move equals the
    adjustment cost; demands and export cutoffs follow at once. The gain is (13) below the export cutoff and above it
    either (14), if the beachhead moves along, or the gain net of a new beachhead.

    Parameters
    ----------
    beta, sigma : float
        Shape of the cost distribution over sigma - 1, elasticity of substitution; both above one.
    share : float
        North's share of expenditure, between one half and one.
    freeness : float
        Freeness of trade, between zero and one.
    foothold : {"portable", "sunk"}
        What a firm does with its beachhead when it moves.
    steps : int
        Number of dates of the path.

    Returns
    -------
    Adjustment
        The path; its last date is where the gain of the marginal firm has fallen below 1e-9.

    Raises
    ------
    DomainError
        For parameters outside the domain, or an unknown account of beachheads.

    Source
    ------
    Baldwin and Okubo, appendix, equations (27)-(29).

    Examples
    --------
    >>> path = adjust(2.0, 2.0, 0.6, 0.25)
    >>> round(float(path.moved[-1]), 4), path.orderly
    (0.0015, True)
    """
    import numpy as np
    from scipy.integrate import solve_ivp

    _require(beta, sigma, share, freeness, foothold)
    sunk = foothold == "sunk"

    def state(moved: float) -> tuple[float, float, float]:
        return _demands(beta, share, freeness, moved, sunk)

    def speed(_: float, power: Array) -> list[float]:
        moved = max(float(power[0]), 0.0) ** (beta / (1 + beta))
        home, away, cutoff = state(min(moved, 1.0))
        return [(1 + 1 / beta) * _gain(home, away, freeness, moved, cutoff, beta, sunk)]

    def settled(_: float, power: Array) -> float:
        return speed(0.0, power)[0] - 1e-9

    def exhausted(_: float, power: Array) -> float:
        return float(power[0]) - 1.0

    for event in (settled, exhausted):
        event.terminal = True  # type: ignore[attr-defined]
    path = solve_ivp(
        speed, (0.0, 1e6), [0.0], method="LSODA", events=(settled, exhausted), rtol=1e-9, atol=1e-13, dense_output=True
    )
    end = float(path.t[-1])
    time = np.concatenate(([0.0], np.geomspace(end * 1e-6, end, steps - 1)))
    moved = np.clip(path.sol(time)[0], 0.0, 1.0) ** (beta / (1 + beta))
    home, away, cutoff = np.array([state(float(share_moved)) for share_moved in moved]).T
    lead = np.array(
        [_lead(*row, freeness, beta, sunk) for row in zip(home, away, moved, cutoff, strict=True)], dtype=float
    )
    root = 1 / (beta * (sigma - 1))
    return Adjustment(time, moved, moved**root, cutoff**root, home - away, lead)


def _require(beta: float, sigma: float, share: float, freeness: float, foothold: str) -> None:
    checks: tuple[tuple[str, bool, str, float], ...] = (
        ("beta>1", beta > 1, "1 < beta", beta),
        ("sigma>1", sigma > 1, "1 < sigma", sigma),
        ("s_E", 0.5 < share < 1, "1/2 < s_E < 1", share),
        ("phi", 0 < freeness < 1, "0 < phi < 1", freeness),
    )
    for name, good, relation, value in checks:
        if not good:
            raise DomainError(name, relation=relation, left=f"{value:.6g}", right="its bound", where="adjustment")
    if foothold not in ACCOUNTS:
        raise DomainError(
            "foothold", relation=f"one of {ACCOUNTS}", left=foothold, right="an account", where="adjustment"
        )


def _demands(beta: float, share: float, phi: float, moved: float, sunk: bool) -> tuple[float, float, float]:
    """Return demand per firm in North and South, in units of f a_A^(sigma-1), and the mass of Southern exporters."""
    weight = moved ** (1 - 1 / beta)

    def exporters(demand: float) -> float:
        return (phi * demand) ** (beta - 1)

    def north(demand: float) -> float:
        staying = max(exporters(demand) - weight, 0.0)
        return demand * (share + (1 - share) * (weight + phi * staying)) - share

    home = _root(north)
    back = weight if sunk else min(weight, exporters(home))

    def south(demand: float) -> float:
        sold = phi * share * exporters(demand) + (1 - share) * (1 - weight + phi * back)
        return demand * sold - (1 - share)

    return home, _root(south), min((phi * home) ** beta, 1.0)


def _root(excess: Callable[[float], float]) -> float:
    from scipy.optimize import brentq

    high = 1.0
    while excess(high) < 0:
        high *= 2
    return float(brentq(excess, 0.0, high, xtol=1e-15, rtol=1e-14))


def _gain(home: float, away: float, phi: float, moved: float, cutoff: float, beta: float, sunk: bool) -> float:
    """Return the gain of a firm times a^(sigma-1), which stays finite for the most efficient firms."""
    if moved <= cutoff:
        return (1 - phi) * (home - away)
    return home - (1 - phi) * away - moved ** (1 / beta) if sunk else home - away


def _lead(home: float, away: float, moved: float, cutoff: float, phi: float, beta: float, sunk: bool) -> float:
    """Return the gain at the front over the largest gain at or behind it, both sides of the export cutoff included."""
    import numpy as np

    if moved == 0:
        return 1.0
    behind = [float(m) for m in np.geomspace(moved, 1.0, 200)]
    behind += [m for m in (cutoff, np.nextafter(cutoff, 1.0)) if m >= moved]
    gains = [_gain(home, away, phi, m, cutoff, beta, sunk) * m ** (-1 / beta) for m in behind]
    return gains[0] / max(gains) if max(gains) > 0 else 1.0
