"""Pictures of Kleinert and Zorell's model at its calibrated economy."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from symhet.papers.kz.parameters import DEFAULTS
from symhet.papers.kz.solver import DEFAULT_DISTRIBUTION, solve_kz
from symhet.render.planning import Plot
from symhet.render.plots.style import BLUE, GREEN, GREY, LINES, ORANGE, canvas, mark

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from symhet.numerics.distributions import Distribution

_CUTOFFS = {"phi_min": r"$\hat\varphi_{min}$", "phi_off": r"$\hat\varphi_{off}$", "phi_ex": r"$\hat\varphi_{ex}$"}

_SHOWN = {
    "sigma": r"\sigma", "alpha": r"\alpha", "tau": r"\tau", "tau_I": r"\tau_I", "price": "p_I^w/p_I^d", "n": "n",
    "f_p": "f_p", "f_I": "f_I", "f_ex": "f_{ex}", "f_e": "f_e",
}  # fmt: skip
"""Parameters of the cutoffs, as they stand over a picture."""
_SHAPE, _START = (float(DEFAULT_DISTRIBUTION.parameters[name]) for name in ("shape", "scale"))
_PARETO = f"productivity: Pareto of shape {_SHAPE:g}, from {_START:g} on"


def _moment(p: dict[str, float]) -> float:
    return p["sigma"] - 1


def _gain(p: dict[str, float]) -> float:
    """Return the factor by which offshoring raises variable profit."""
    relative = p["tau_I"] * p["phi_Y_w"] * p["phi_I"] / (p["phi_I_w"] * p["phi_Y"])
    return float(relative ** (-p["alpha"] * _moment(p)))


def _titled(figure: Figure, given: Mapping[str, Any], moves: str = "", law: str = _PARETO) -> Figure:
    """Write over a picture the parameters that matter to it, but for those that move in it, and the distribution."""
    p = {**DEFAULTS, **given}
    price = p["phi_Y_w"] * p["phi_I"] / (p["phi_I_w"] * p["phi_Y"])
    values = {**p, "price": price}
    shown = [rf"${label}={values[name]:.3g}$" for name, label in _SHOWN.items() if name not in moves.split()]
    figure.suptitle(f"{', '.join(shown)}" + (f"\n{law}" if law else ""), fontsize=9, color=GREY)
    return figure


def _marked(axes: Any, equilibrium: Any) -> None:
    for name, label in _CUTOFFS.items():
        mark(axes, float(getattr(equilibrium, name)), label)


def partition(**given: Any) -> Figure:
    """Draw the density of productivity, parted by what firms do."""
    equilibrium = solve_kz(**given)
    figure, (axes,) = canvas()
    cut = [float(getattr(equilibrium, name)) for name in _CUTOFFS]
    end = 1.6 * cut[-1]
    groups = zip(cut, [*cut[1:], end], ("domestic", "offshoring", "offshoring and exporting"), LINES, strict=False)
    whole = np.linspace(1.0, end, 150)
    axes.plot(whole, DEFAULT_DISTRIBUTION.density(whole), color=GREY, linewidth=1)
    for low, high, label, (colour, _) in groups:
        x = np.linspace(low, high, 60)
        axes.fill_between(x, DEFAULT_DISTRIBUTION.density(x), color=colour, alpha=0.55, linewidth=0, label=label)
    _marked(axes, equilibrium)
    axes.set(yticks=[], xticks=[], xlim=(1.0, end), ylabel=r"density $g(\varphi)$", ylim=(0, None))
    axes.set_xlabel(r"productivity $\varphi$", labelpad=20)
    axes.legend()
    return _titled(figure, given)


def profits(**given: Any) -> Figure:
    """Draw profit by strategy against the productivity index; their upper envelope is what firms do."""
    p, equilibrium = {**DEFAULTS, **given}, solve_kz(**given)
    k, gain = _moment(p), _gain(p)
    z_min = float(equilibrium.phi_min) ** k
    z = np.linspace(0, 1.25 * float(equilibrium.phi_ex) ** k, 200)
    abroad = p["n"] * p["tau"] ** -k
    home = p["f_p"] * z / z_min
    strategies = (
        ("domestic", home - p["f_p"]),
        ("offshoring", gain * home - p["f_p"] - p["f_I"]),
        ("offshoring and exporting", gain * (1 + abroad) * home - p["f_p"] - p["f_I"] - p["n"] * p["f_ex"]),
        ("exporting only", (1 + abroad) * home - p["f_p"] - p["n"] * p["f_ex"]),
    )
    figure, (axes,) = canvas(width=6.4)
    for (label, profit), (colour, dashes) in zip(strategies, LINES, strict=True):
        axes.plot(z, profit, color=colour, linestyle=dashes, label=label)
    best = np.maximum(0, np.max([profit for _, profit in strategies], axis=0))
    axes.plot(z, best, color="black", linewidth=3, alpha=0.25, label="best strategy")
    for name, label in _CUTOFFS.items():
        mark(axes, float(getattr(equilibrium, name)) ** k, f"{label[:-1]}^{{\\,\\sigma-1}}$")
    axes.axhline(0, color=GREY, linewidth=0.8)
    axes.set(xticks=[], ylabel="profit, units of labour", ylim=(-1.1 * p["f_p"] - p["f_I"], None))
    axes.set_xlabel(r"$\varphi^{\sigma-1}$", labelpad=20)
    figure.legend(loc="outside right center", fontsize=8)
    return _titled(figure, given)


def equilibrium(**given: Any) -> Figure:
    """Draw the zero cutoff profit and free entry curves for two distributions: continuous, crossing once."""
    from symhet.numerics.distributions import LogNormal

    figure, panels = canvas(columns=2, width=7.2, height=3.0)
    laws = (
        (f"Pareto, shape {_SHAPE:g}", DEFAULT_DISTRIBUTION, 1.0),
        (r"lognormal, $\mu=0.3$, spread $0.45$", LogNormal(mu=0.3, sigma=0.45), 0.5),
    )
    for axes, (title, law, low) in zip(panels, laws, strict=True):
        _curves(axes, law, low, given)
        axes.set(title=title, ylabel=r"average profit $\bar\pi/w$")
    panels[0].legend(fontsize=8, loc="lower right")
    return _titled(figure, given, law="")


def _curves(axes: Any, law: Distribution, low: float, given: Mapping[str, Any]) -> None:
    """Draw both curves for a distribution, from a productivity on."""
    p, solved = {**DEFAULTS, **given}, solve_kz(distribution=law, **given)
    k, gain, cutoff = _moment(p), _gain(p), float(solved.phi_min)
    x = np.linspace(low + 0.01 * (cutoff - low), low + 2.2 * (cutoff - low), 120)
    offshoring = x * (p["f_I"] / (p["f_p"] * (gain - 1))) ** (1 / k)
    exporting = x * p["tau"] * (p["f_ex"] / (p["f_p"] * gain)) ** (1 / k)
    layers = ((p["f_p"], x), (p["f_I"], offshoring), (p["n"] * p["f_ex"], exporting))
    survival = law.survival(x)
    zero_cutoff = sum(cost * law.excess(edge, k) for cost, edge in layers) / survival
    axes.plot(x, zero_cutoff, color=BLUE, label="zero cutoff profit")
    axes.plot(x, p["f_e"] / survival, color=ORANGE, linestyle="--", label="free entry")
    mark(axes, cutoff, _CUTOFFS["phi_min"])
    axes.set(xticks=[], ylim=(0, 2.2 * p["f_e"] / float(law.survival(cutoff))), xlim=(x[0], x[-1]))
    axes.set_xlabel(r"$\varphi$", labelpad=20)


def _others(given: Mapping[str, float]) -> dict[str, Any]:
    """Return the parameters besides the cost of offshoring, which varies."""
    return {name: value for name, value in given.items() if name != "tau_I"}


def liberalisation(**given: Any) -> Figure:
    """Draw cutoffs, trade and welfare against the cost of offshoring, within A.1-A.3."""
    tau_I = np.linspace(1.13, 1.42, 48)
    path = solve_kz(tau_I=tau_I, check=False, paper_only=True, **_others(given))
    base = solve_kz(**given)
    figure, axes = canvas(columns=3, width=7.6, height=2.7)
    panels = (
        ("cutoffs", _CUTOFFS),
        ("trade", {"exports_X": "exports of X", "imports_I_cif": "imports of I"}),
        ("welfare", {"welfare": "real wage"}),
    )
    for ax, (title, series) in zip(axes, panels, strict=True):
        for (name, label), (colour, dashes) in zip(series.items(), LINES, strict=False):
            ax.plot(tau_I, getattr(path, name) / getattr(base, name), color=colour, linestyle=dashes, label=label)
        ax.set(
            title=title, xlabel=r"$\tau_I$", ylabel=rf"relative to $\tau_I={given.get('tau_I', DEFAULTS['tau_I']):g}$"
        )
        ax.legend(fontsize=8)
    return _titled(figure, given, "tau_I")


def region(**given: Any) -> Figure:
    """Draw where A.1-A.3 hold in the relative price of intermediates and the cost of offshoring."""
    p = {**DEFAULTS, **given}
    exponent = 1 / (p["alpha"] * _moment(p))
    reach = p["f_ex"] * p["tau"] ** _moment(p)
    f_I = np.linspace(0.001, reach, 500)
    low = (p["f_p"] / (p["f_p"] + f_I)) ** exponent
    high = np.maximum(1 - f_I / reach, 0) ** exponent
    figure, (axes,) = canvas()
    axes.plot(f_I, low, color=BLUE, label=r"$\tilde p_1$")
    axes.plot(f_I, high, color=ORANGE, linestyle="--", label=r"$\tilde p_2$")
    axes.fill_between(f_I, low, high, where=high > low, color=GREEN, alpha=0.25, linewidth=0, label="A.1–A.3 hold")
    axes.set(xlabel=r"cost of offshoring $f_I$", ylabel=r"$p_I^{off}/p_I^d$", xlim=(0, reach), ylim=(0, 1))
    axes.legend()
    return _titled(figure, given, "tau_I price n f_I f_e", "")


def aggregate_exports(**given: Any) -> Figure:
    """Draw exports against the cost of offshoring for two distributions: the sign of R.2's aggregate depends on G."""
    from symhet.numerics.distributions import LogNormal, Mixture

    tau_I = np.linspace(1.14, 1.36, 80)
    bunched = Mixture((0.75, 0.25), (LogNormal(mu=0.64, sigma=0.05), DEFAULT_DISTRIBUTION))
    figure, (axes,) = canvas()
    for label, distribution, (colour, dashes) in (
        (f"Pareto, shape {_SHAPE:g}", DEFAULT_DISTRIBUTION, LINES[0]),
        ("three in four firms bunched at the offshoring cutoff", bunched, LINES[1]),
    ):
        path = solve_kz(distribution=distribution, check=False, tau_I=tau_I, **_others(given))
        exports = np.asarray(path.exports_X)
        axes.plot(tau_I, exports / exports[-1], color=colour, linestyle=dashes, label=label)
    axes.set(xlabel=r"$\tau_I$", ylabel=rf"exports of X, relative to $\tau_I={tau_I[-1]:g}$")
    axes.legend()
    return _titled(figure, given, "tau_I", "")


FIGURES: Mapping[str, Plot] = MappingProxyType(
    {
        "partition": Plot(
            partition,
            "Productivity of firms, parted by what they do: domestic, offshoring, offshoring and exporting.",
            "AppA",
        ),
        "profits": Plot(
            profits,
            "Profit by strategy against productivity; the upper envelope is what firms do.",
            "AppA eq11 eq12 eq14",
        ),
        "equilibrium": Plot(
            equilibrium,
            "Zero cutoff profit and free entry: two curves that cross once; the first is level with Pareto.",
            "eq18 eq19 C-unique",
        ),
        "liberalisation": Plot(
            liberalisation,
            "Cutoffs, trade and welfare as the cost of offshoring rises, relative to the calibrated economy.",
            "R.1 R.2 R.3 R.4 D-min eqD1",
        ),
        "region": Plot(
            region,
            "The values of fixed and trade costs that A.1, A.2 and A.3 admit.",
            "A.2 A.3 A.2-width",
            apart="f_I tau_I L L_w n f_e beta phi_Y phi_Y_w phi_I phi_I_w",
        ),
        "aggregate-exports": Plot(
            aggregate_exports,
            "Where aggregate exports rise and fall with the cost of offshoring: the sign is not the same everywhere.",
            "R.2 total-trade",
            apart="tau_I",
        ),
    }
)
"""The pictures by name, with what they show and the claims on whose pages they stand."""
