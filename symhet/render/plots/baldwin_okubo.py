"""The figures of Baldwin and Okubo, redrawn from the computed model, and its cutoffs against the freeness of trade."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from symhet.numerics.baldwin_okubo import DEFAULTS, BOEquilibrium, solve_bo
from symhet.render.plots.style import BLUE, GREEN, GREY, LINES, ORANGE, PURPLE, canvas, mark

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_SIGMA, _RHO, _SHARE = DEFAULTS["sigma"], DEFAULTS["rho"], DEFAULTS["s_E"]
_ALPHA = 1 - _SIGMA + _RHO
_PARTITION = (1 - _SHARE) / _SHARE
_SUSTAIN = _PARTITION ** ((_SIGMA - 1) / _RHO)


def _weight(e: BOEquilibrium, phi: float, a: Any, nation: str) -> Any:
    """Return the weight of a in a nation's average cost: sales of its firms there over the nation's sales."""
    moved = a < e.a_R
    mass = e.n + np.where(moved, e.n_star, 0.0) if nation == "north" else np.where(moved, 0.0, e.n_star)
    markets = 1 + np.where(a < e.a_X, phi, 0.0)
    density = np.where(a < e.a_D, mass * markets, 0.0)
    total = np.trapezoid(density * a ** (_ALPHA - 1), a)
    return density / total


def _shifted(axes: Any, regime: str, before: float, after: float, nation: str) -> None:
    a = np.linspace(1e-3, 0.75, 3000)
    for phi, (colour, dashes) in zip((before, after), LINES, strict=False):
        e = solve_bo(regime, phi=phi)
        axes.plot(a, _weight(e, phi, a, nation), color=colour, linestyle=dashes, label=rf"weights, $\phi={phi}$")
    scale = axes.get_ylim()[1]
    axes.plot(a, scale * (a / a[-1]) ** _ALPHA, color=GREY, linewidth=1, label=r"$a^{\alpha}$, scaled")
    axes.set(xlabel="$a$", yticks=[], xlim=(0, a[-1]), ylim=(0, None))


def weights() -> Figure:
    """Draw how freer trade shifts weight to low costs without relocation (figure 2)."""
    figure, (axes,) = canvas()
    _shifted(axes, "no-relocation", 0.2, 0.5, "north")
    axes.set_title("North, free entry, no relocation")
    axes.legend()
    return figure


def _opening(phi: float) -> tuple[float, float, float, float]:
    """Return B, B*, the export cutoff of Southern firms and a_D when trade opens, before anyone moves or enters."""
    from scipy.optimize import brentq

    autarky = solve_bo("autarky")
    beta, odds = _RHO / (_SIGMA - 1), _SHARE / (1 - _SHARE)
    scale = DEFAULTS["f"] * float(autarky.a_D) ** (_SIGMA - 1)
    north_exports = brentq(lambda y: y - phi * (1 - odds * y**beta), 0, phi)
    south_exports = brentq(lambda y: y - phi * (1 - y**beta / odds), 0, phi)
    cutoff = south_exports ** (1 / (_SIGMA - 1)) * float(autarky.a_D)
    return scale * south_exports / phi, scale * north_exports / phi, cutoff, float(autarky.a_D)


def gains() -> Figure:
    """Draw the gain from relocation when trade has opened and nobody has moved (figure 3).

    Read with a foothold that moves along, as (14) has it, the gain jumps up at the export cutoff. With a new foothold
    to be paid for, as the beachhead costs of section 2 have it, it is continuous and turns negative.
    """
    phi, f = 0.4, DEFAULTS["f"]
    B, B_star, cutoff, end = _opening(phi)
    exporters, others = np.linspace(0.6 * cutoff, cutoff, 200), np.linspace(cutoff, end, 200)
    figure, (axes,) = canvas()
    axes.plot(exporters, (1 - phi) * (B - B_star) * exporters ** (1 - _SIGMA), color=BLUE, label="$v_X$")
    axes.plot(
        others, (B - B_star) * others ** (1 - _SIGMA), color=ORANGE, linestyle="--", label="$v_D$, foothold moves along"
    )
    paying = others ** (1 - _SIGMA) * (B - (1 - phi) * B_star) - f
    axes.plot(others, paying, color=GREEN, linestyle="-.", label="$v_D$, new foothold paid for")
    mark(axes, cutoff, "$a_X^*$")
    mark(axes, end, "$a_D$")
    axes.axhline(0, color=GREY, linewidth=0.8)
    axes.set(xticks=[], ylabel=r"gain from moving, times $\sigma\delta$")
    axes.set_xlabel("$a$", labelpad=18)
    axes.legend()
    return figure


def geography() -> Figure:
    """Draw who produces where along the cost axis with relocation (figure 4)."""
    e = solve_bo("short-run", phi=0.5)
    edge, end = float(e.a_R), float(e.a_D)
    a = np.concatenate([np.linspace(0, edge, 40), np.linspace(edge, end, 60)])
    density = _RHO * a ** (_RHO - 1) / end**_RHO
    figure, (north, south) = canvas(rows=2, height=4.2)
    native, moved = e.n * density, np.where(np.arange(len(a)) < 40, e.n_star * density, 0)
    look: dict[str, Any] = {"alpha": 0.55, "linewidth": 0}
    north.fill_between(a, native, color=BLUE, label="born North", **look)
    north.fill_between(a, native, native + moved, color=ORANGE, label="moved North", **look)
    south.fill_between(a, e.n_star * density - moved, color=GREEN, label="born South", **look)
    for axes, title in ((north, "North"), (south, "South")):
        for value, label in ((e.a_R, "$a_R$"), (e.a_X, "$a_X$"), (e.a_D, "$a_D$")):
            mark(axes, float(value), label)
        axes.set(title=title, xticks=[], yticks=[], xlim=(0, 1.08 * float(e.a_D)))
        axes.legend(loc="upper left")
    return figure


def relocation_weights() -> Figure:
    """Draw how freer trade shifts both nations' weights with relocation and free entry (figure 5)."""
    figure, (north, south) = canvas(columns=2, width=7.2, height=3.0)
    _shifted(north, "long-run", 0.2, 0.5, "north")
    _shifted(south, "long-run", 0.2, 0.5, "south")
    north.set_title("North")
    south.set_title("South")
    south.legend(loc="upper left", fontsize=8)
    return figure


def cutoffs() -> Figure:
    """Draw the three cutoffs against the freeness of trade, before and after entry and exit."""
    phi = np.linspace(0.01, 0.99, 400)
    figure, panels = canvas(columns=2, width=7.4, height=3.1)
    short_sustain = (1 - _SHARE) ** ((_SIGMA - 1) / _RHO) / _SHARE
    for axes, regime, title, sustain_point in zip(
        panels,
        ("short-run", "long-run"),
        ("before entry and exit", "after entry and exit"),
        (short_sustain, _SUSTAIN),
        strict=True,
    ):
        e = solve_bo(regime, phi=phi)
        for name, (colour, dashes) in zip(("a_D", "a_X", "a_R"), LINES, strict=False):
            axes.plot(phi, getattr(e, name), color=colour, linestyle=dashes, label=f"${name}$")
        mark(axes, _PARTITION, r"$\phi_P$")
        mark(axes, sustain_point, r"$\phi_S$")
        axes.set(title=title, xticks=[0, 1], ylim=(0, None))
        axes.set_xlabel(r"$\phi$", labelpad=8)
    panels[0].legend()
    return figure


def sustain() -> Figure:
    """Draw the sustain point against the shape of costs: printed, and true before entry and exit."""
    beta = np.linspace(1.02, 4.0, 200)
    printed = _PARTITION ** (1 / beta)
    before = (1 - _SHARE) ** (1 / beta) / _SHARE
    figure, (axes,) = canvas()
    axes.plot(beta, printed, color=BLUE, label="printed; true after entry and exit")
    axes.plot(beta, before, color=ORANGE, linestyle="--", label="true before entry and exit")
    axes.axhline(1, color=GREY, linewidth=0.8)
    axes.axhline(_PARTITION, color=PURPLE, linestyle=":", label=r"$\phi_P$")
    axes.set(xlabel=r"$\beta=\rho/(\sigma-1)$", ylabel=r"sustain point $\phi_S$", ylim=(0.45, 1.25))
    axes.legend(loc="lower right")
    return figure


def productivity() -> Figure:
    """Draw both nations' average costs against the freeness of trade, with and without relocation."""
    phi = np.linspace(0.01, 0.99, 600)
    figure, panels = canvas(columns=2, width=7.4, height=3.0)
    moved, stayed = solve_bo("long-run", phi=phi), solve_bo("no-relocation", phi=phi)
    for axes, name, title in zip(panels, ("abar", "abar_star"), ("North", "South"), strict=True):
        axes.plot(phi, getattr(moved, name), color=BLUE, label="relocation")
        axes.plot(phi, getattr(stayed, name), color=ORANGE, linestyle="--", label="no relocation")
        mark(axes, _PARTITION, r"$\phi_P$")
        mark(axes, _SUSTAIN, r"$\phi_S$")
        axes.set(title=title, xticks=[0, 1])
        axes.set_xlabel(r"$\phi$", labelpad=8)
    panels[0].set_ylabel("average unit input")
    panels[0].legend(fontsize=8)
    return figure
