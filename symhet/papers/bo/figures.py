"""The figures of Baldwin and Okubo, redrawn from the computed model, and its cutoffs against the freeness of trade."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from symhet.papers.bo.quantities import DEFAULTS
from symhet.papers.bo.solution import BOEquilibrium
from symhet.papers.bo.solver import solve_bo
from symhet.render.planning import Plot
from symhet.render.plots.style import BLUE, GREEN, GREY, LINES, ORANGE, PURPLE, canvas, mark

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_BEFORE, _AFTER = 0.2, 0.5
"""Freeness of trade before and after it rises, in figures 2 and 5."""


@dataclass(frozen=True)
class _Economy:
    """The parameters of a picture, the calibrated ones but for those that are given."""

    sigma: float
    rho: float
    phi: float
    s_E: float
    f: float
    f_I: float

    @property
    def alpha(self) -> float:
        return 1 - self.sigma + self.rho

    @property
    def beta(self) -> float:
        return self.rho / (self.sigma - 1)

    @property
    def partition(self) -> float:
        return (1 - self.s_E) / self.s_E

    @property
    def sustain(self) -> float:
        return float(self.partition ** (1 / self.beta))

    def solve(self, regime: str, phi: Any = None) -> BOEquilibrium:
        """Return the equilibrium of a regime, at another freeness of trade where one is given."""
        return solve_bo(regime, **{**asdict(self), **({} if phi is None else {"phi": phi})})

    def titled(self, figure: Figure, more: str = "") -> Figure:
        """Write the parameters over a picture."""
        fixed = f"$f_I=f={self.f:g}$" if self.f == self.f_I else f"$f_I={self.f_I:g}$, $f={self.f:g}$"
        sizes = rf"$\sigma={self.sigma:g}$, $\rho={self.rho:g}$, $s_E={self.s_E:g}$, "
        figure.suptitle(sizes + fixed + more, fontsize=9, color=GREY)
        return figure


def _economy(given: Mapping[str, float], **usual: float) -> _Economy:
    return _Economy(**{**DEFAULTS, **usual, **given})


def _steps(economy: _Economy, e: BOEquilibrium, phi: float, nation: str) -> tuple[list[float], list[float]]:
    """Return the weight of a cost in a nation's average, constant between cutoffs: its edges and its values.

    The average is the integral of the weight times a**alpha over all producers there, so that the weight is the
    density of firms, counted once per market, over the integral of density times a**(alpha-1).
    """
    edges = sorted({0.0, *(float(x) for x in (e.a_R, e.a_X, e.a_D))})
    density = []
    for low in edges[:-1]:
        moved, exports = low < float(e.a_R), low < float(e.a_X)
        north, south = float(e.n) + moved * float(e.n_star), (not moved) * float(e.n_star)
        density.append((north if nation == "north" else south) * (1 + phi * exports))
    alpha = economy.alpha
    lengths = [(high**alpha - low**alpha) / alpha for low, high in pairwise(edges)]
    sold = sum(d * length for d, length in zip(density, lengths, strict=True))
    return edges, [d / sold if sold else np.nan for d in density]


def _cutoff(axes: Any, x: float, label: str, colour: str, level: int) -> None:
    """Mark a cutoff with its name above the picture, in one of two rows."""
    axes.axvline(x, color=colour, linewidth=0.8, linestyle=(0, (3, 2)))
    place: dict[str, Any] = {"xytext": (0, 2 + 10 * level), "textcoords": "offset points", "ha": "center"}
    axes.annotate(label, (x, 1), xycoords=("data", "axes fraction"), color=colour, fontsize=8, va="bottom", **place)


def _shifted(axes: Any, economy: _Economy, regime: str, nation: str) -> None:
    names = ("a_X", "a_D") if regime == "no-relocation" else ("a_R", "a_X", "a_D")
    ends = []
    for level, (phi, prime, (colour, dashes)) in enumerate(zip((_BEFORE, _AFTER), ("", "'"), LINES, strict=False)):
        e = economy.solve(regime, phi)
        edges, values = _steps(economy, e, phi, nation)
        line = {"color": colour, "linestyle": dashes, "baseline": None, "linewidth": 1.5}
        axes.stairs(values, edges, label=rf"weight, $\phi={phi}$", **line)
        for name in names:
            _cutoff(axes, float(getattr(e, name)), f"${name}{prime}$", colour, level)
        ends.append(float(e.a_D))
    axes.axvspan(min(ends), max(ends), color=GREY, alpha=0.2, linewidth=0, label="exit")
    a = np.linspace(0, max(ends), 25)
    top = axes.get_ylim()[1]
    axes.plot(a, top * (a / a[-1]) ** economy.alpha, color=GREY, linewidth=1, label=r"$a^{\alpha}$, not to scale")
    axes.set(xlabel="unit cost $a$", ylabel="weight", xlim=(0, 1.04 * max(ends)), ylim=(0, 1.05 * top))
    axes.locator_params(nbins=4)


def weights(**given: float) -> Figure:
    """Draw how freer trade shifts weight to low costs without relocation (figure 2)."""
    economy = _economy(given)
    figure, (axes,) = canvas(height=3.6)
    _shifted(axes, economy, "no-relocation", "north")
    axes.legend(loc="center left")
    return economy.titled(figure, "; North, no relocation")


def _opening(economy: _Economy) -> tuple[float, float, float, float]:
    """Return B, B*, the export cutoff of Southern firms and a_D when trade opens, before anyone moves or enters."""
    from scipy.optimize import brentq

    autarky, phi = economy.solve("autarky"), economy.phi
    beta, odds = economy.beta, economy.s_E / (1 - economy.s_E)
    scale = economy.f * float(autarky.a_D) ** (economy.sigma - 1)
    north_exports = brentq(lambda y: y - phi * (1 - odds * y**beta), 0, phi)
    south_exports = brentq(lambda y: y - phi * (1 - y**beta / odds), 0, phi)
    cutoff = south_exports ** (1 / (economy.sigma - 1)) * float(autarky.a_D)
    return scale * south_exports / phi, scale * north_exports / phi, cutoff, float(autarky.a_D)


def gains(**given: float) -> Figure:
    """Draw the gain from relocation when trade has opened and nobody has moved (figure 3).

    Read with a foothold that moves along, as (14) has it, the gain jumps up at the export cutoff. With a new foothold
    to be paid for, as the beachhead costs of section 2 have it, it is continuous and turns negative.
    """
    economy = _economy(given)
    phi, f, slope = economy.phi, economy.f, 1 - economy.sigma
    B, B_star, cutoff, end = _opening(economy)
    exporters, others = np.linspace(0.6 * cutoff, cutoff, 200), np.linspace(cutoff, end, 200)
    figure, (axes,) = canvas()
    axes.plot(exporters, (1 - phi) * (B - B_star) * exporters**slope, color=BLUE, label="$v_X$")
    axes.plot(others, (B - B_star) * others**slope, color=ORANGE, linestyle="--", label="$v_D$, foothold moves along")
    paying = others**slope * (B - (1 - phi) * B_star) - f
    axes.plot(others, paying, color=GREEN, linestyle="-.", label="$v_D$, new foothold paid for")
    mark(axes, cutoff, "$a_X^*$")
    mark(axes, end, "$a_D$")
    axes.axhline(0, color=GREY, linewidth=0.8)
    axes.set(xticks=[], ylabel=r"gain from moving, times $\sigma\delta$")
    axes.set_xlabel("unit cost $a$ of a Southern firm", labelpad=18)
    axes.legend()
    return economy.titled(figure, rf", $\phi={phi:g}$")


def geography(**given: float) -> Figure:
    """Draw who produces where along the cost axis with relocation (figure 4)."""
    economy = _economy(given, phi=_AFTER)
    e = economy.solve("short-run")
    edge, end = float(e.a_R), float(e.a_D)
    a = np.concatenate([np.linspace(0, edge, 20), np.linspace(edge, end, 20)])
    density = economy.rho * a ** (economy.rho - 1) / end**economy.rho
    figure, (north, south) = canvas(rows=2, height=4.8)
    native, moved = e.n * density, np.where(np.arange(len(a)) < 20, e.n_star * density, 0)
    look: dict[str, Any] = {"alpha": 0.55, "linewidth": 0}
    north.fill_between(a, native, color=BLUE, label="born North", **look)
    north.fill_between(a, native, native + moved, color=ORANGE, label="moved North", **look)
    south.fill_between(a, e.n_star * density - moved, color=GREEN, label="born South", **look)
    for axes, title in ((north, "North"), (south, "South")):
        for value, label in ((e.a_R, "$a_R$"), (e.a_X, "$a_X$"), (e.a_D, "$a_D$")):
            mark(axes, float(value), label)
        axes.set(title=title, xticks=[], ylabel="density", xlim=(0, 1.08 * float(e.a_D)))
        axes.set_xlabel("unit cost $a$", labelpad=14)
        axes.legend(loc="upper left")
    return economy.titled(figure, rf", $\phi={economy.phi:g}$")


def relocation_weights(**given: float) -> Figure:
    """Draw how freer trade shifts both nations' weights with relocation and free entry (figure 5)."""
    economy = _economy(given)
    figure, (north, south) = canvas(columns=2, width=7.6, height=3.6)
    for axes, nation in ((north, "north"), (south, "south")):
        _shifted(axes, economy, "long-run", nation)
        axes.set_title(nation.capitalize(), pad=26)
    south.legend(loc="upper left", fontsize=8)
    return economy.titled(figure, "; relocation and free entry")


def cutoffs(**given: float) -> Figure:
    """Draw the three cutoffs against the freeness of trade, before and after entry and exit."""
    economy = _economy(given)
    phi = np.linspace(0.01, 0.99, 120)
    figure, panels = canvas(columns=2, width=7.6, height=3.6)
    short_sustain = (1 - economy.s_E) ** (1 / economy.beta) / economy.s_E
    for axes, regime, title in zip(
        panels,
        ("short-run", "long-run"),
        ("before entry and exit, portable footholds", "after entry and exit"),
        strict=True,
    ):
        e = economy.solve(regime, phi)
        for name, (colour, dashes) in zip(("a_D", "a_X", "a_R"), LINES, strict=False):
            axes.plot(phi, getattr(e, name), color=colour, linestyle=dashes, label=f"${name}$")
        _cutoff(axes, economy.partition, r"$\phi_P$", GREY, 0)
        axes.set_title(title, pad=26)
        axes.set(xlim=(0, 1), ylim=(0, None), xticks=(0, 0.5, 1), yticks=(0, 0.4, 0.8))
        axes.set(xlabel=r"freeness of trade $\phi$", ylabel="cutoff")
    _cutoff(panels[0], economy.sustain, r"printed $\phi_S$", PURPLE, 1)
    if short_sustain < 1:
        _cutoff(panels[0], short_sustain, r"true $\phi_S$", GREY, 0)
    _cutoff(panels[1], economy.sustain, r"$\phi_S$", GREY, 0)
    panels[0].legend()
    return economy.titled(figure)


def sustain(**given: float) -> Figure:
    """Draw the sustain point against the shape of costs: printed, and true before entry and exit."""
    economy = _economy(given)
    beta = np.linspace(1.02, 4.0, 200)
    printed = economy.partition ** (1 / beta)
    before = (1 - economy.s_E) ** (1 / beta) / economy.s_E
    figure, (axes,) = canvas()
    axes.plot(beta, printed, color=BLUE, label="printed; true after entry and exit")
    axes.plot(beta, before, color=ORANGE, linestyle="--", label="true before entry and exit, portable footholds")
    axes.axhline(1, color=GREY, linewidth=0.8)
    axes.axhline(economy.partition, color=PURPLE, linestyle=":", label=r"$\phi_P$")
    axes.set(
        xlabel=r"$\beta=\rho/(\sigma-1)$", ylabel=r"sustain point $\phi_S$", ylim=(min(0.45, 0.9 * printed[0]), 1.25)
    )
    axes.legend(loc="lower right")
    figure.suptitle(f"$s_E={economy.s_E:g}$", fontsize=9, color=GREY)
    return figure


def productivity(**given: float) -> Figure:
    """Draw both nations' average costs against the freeness of trade, with and without relocation."""
    economy = _economy(given)
    phi = np.linspace(0.01, 0.99, 600)
    figure, panels = canvas(columns=2, width=7.4, height=3.0)
    moved, stayed = economy.solve("long-run", phi), economy.solve("no-relocation", phi)
    for axes, name, title in zip(panels, ("abar", "abar_star"), ("North", "South"), strict=True):
        axes.plot(phi, getattr(moved, name), color=BLUE, label="relocation")
        axes.plot(phi, getattr(stayed, name), color=ORANGE, linestyle="--", label="no relocation")
        _cutoff(axes, economy.partition, r"$\phi_P$", GREY, 0)
        _cutoff(axes, economy.sustain, r"$\phi_S$", GREY, 0)
        axes.set_title(title, pad=16)
        axes.set(xlim=(0, 1), xlabel=r"freeness of trade $\phi$", ylabel="average unit cost")
    panels[1].legend(fontsize=8, loc="upper left")
    return economy.titled(figure, "; free entry")


FIGURES: Mapping[str, Plot] = MappingProxyType(
    {
        "figure2": Plot(
            weights,
            "Figure 2 of the paper, from the computed equilibrium: weights in the average unit cost.",
            apart="phi",
        ),
        "figure3": Plot(
            gains, "Figure 3 of the paper, from the computed equilibrium: what relocation gains a firm by its cost."
        ),
        "figure4": Plot(
            geography, "Figure 4 of the paper, from the computed equilibrium: where firms of each cost produce."
        ),
        "figure5": Plot(
            relocation_weights,
            "Figure 5 of the paper, from the computed equilibrium: weights before and after relocation.",
            apart="phi",
        ),
        "cutoffs": Plot(
            cutoffs,
            "The cutoffs of relocation, exports and domestic sales against the freeness of trade.",
            "eq16",
            apart="phi",
        ),
        "sustain": Plot(
            sustain, "The freeness of trade at which all firms produce in the North.", apart="sigma rho phi f f_I"
        ),
        "productivity": Plot(
            productivity, "Average unit costs of both nations against the freeness of trade.", apart="phi"
        ),
    }
)
"""The pictures by name, with what they show and the claims on whose pages they stand."""
