"""Firms of Kleinert and Zorell's model: moments of their size distribution, and draws."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from symhet.errors import MissingExtra
from symhet.numerics.firm_sizes import FirmSizes
from symhet.numerics.inputs import whole
from symhet.numerics.quantities import Quantity
from symhet.numerics.tails import Array
from symhet.papers.kz.parameters import saving

if TYPE_CHECKING:
    from symhet.papers.kz.solution import KZEquilibrium

__all__ = ["MOMENTS", "draw_firms", "firm_moments"]

MOMENTS: Mapping[str, str] = MappingProxyType(
    {
        "share_producing": "producing firms over entrants",
        "share_offshoring": "offshorers, exporting or not, over producing firms",
        "share_exporting": "exporters over producing firms",
        "export_intensity": "exports over the sales of an exporter",
        "export_share": "exports over the sales of all firms",
        "offshoring_share": "imported over all intermediates, at cost",
        "mean_sales": "sales of a producing firm, on average",
        "export_premium": "mean sales of exporters over those of other firms",
        "offshoring_premium": "mean sales of offshorers over those of other firms",
        "variation_of_sales": "standard deviation of sales over their mean, where nine digits of it are known",
        "top_10_percent": "share in sales of the largest tenth of firms",
        "top_1_percent": "share in sales of the largest hundredth",
    }
)
"""Moments of the size distribution of firms, and what they are."""

FIRM: Mapping[str, Quantity] = MappingProxyType(
    {
        "productivity": Quantity(r"\varphi", "productivity"),
        "home_sales": Quantity("r_d", "sales at home", "units of Y"),
        "export_sales": Quantity("r_{ex}", "sales abroad", "units of Y"),
        "imports": Quantity("", "imported intermediates", "units of Y"),
        "profit": Quantity(r"\pi", "profit, fixed costs paid", "units of Y"),
        "offshores": Quantity("", "whether the firm imports intermediates"),
        "exports": Quantity("", "whether the firm exports"),
    }
)
"""What is known of each firm that is drawn."""


class _Economies:
    """The solved economies as one-dimensional arrays, and what a firm sells as a function of its productivity."""

    def __init__(self, found: KZEquilibrium) -> None:
        self.shape = found.status_number.shape
        p = {name: np.broadcast_to(value, self.shape).reshape(-1) for name, value in found.parameters.items()}
        solved = found.status_number.reshape(-1) == 0
        self.solved, self.p = solved, p
        self.law = found.distribution.flat(self.shape)
        self.k = np.where(solved, p["sigma"] - 1, self.law.usual_exponent())
        cutoffs = (getattr(found, name).reshape(-1) for name in ("phi_min", "phi_off", "phi_ex"))
        self.z_min, self.z_off, self.z_ex = (
            np.where(solved, np.where(np.isinf(x), np.inf, self.law.distance(x)), 0.0) for x in cutoffs
        )
        with np.errstate(all="ignore"):
            self.gain = np.where(solved, 1 + saving(p), 1.0)
            self.reach = np.where(solved, p["n"] * p["tau"] ** -self.k, 1.0)
        masses = {name: getattr(found, name).reshape(-1) for name in ("M", "M_e", "M_ex", "M_d", "M_off", "E_X")}
        self.masses = {name: np.where(solved, value, 1.0) for name, value in masses.items()}
        self.imports = np.where(solved, found.imports_I_cif.reshape(-1), 1.0)
        self.off_first, self.ex_first = self.z_off < self.z_ex, self.z_ex < self.z_off

    def sizes(self) -> FirmSizes:
        """Return the groups in the order of productivity, sales in units of what the smallest home firm would sell."""
        first, last = np.minimum(self.z_off, self.z_ex), np.maximum(self.z_off, self.z_ex)
        home, both = np.ones(self.k.shape), self.gain * (1 + self.reach)
        middle = np.where(self.off_first, self.gain, 1 + self.reach)
        return FirmSizes(self.law, self.k, (self.z_min, first, last), (home, middle, both))

    def unit(self, sizes: FirmSizes) -> Array:
        """Return the sales that are one in `sizes`: all sales are what is spent on X."""
        return self.masses["E_X"] / (self.masses["M_e"] * sizes.whole(1.0))


def firm_moments(found: KZEquilibrium) -> dict[str, Array]:
    """Return the moments in `MOMENTS`, of the shape of the equilibrium."""
    e = _Economies(found)
    sizes = e.sizes()
    number, sales = [[sizes.total(power, group) for group in range(3)] for power in (0.0, 1.0)]
    off_first, ex_first = e.off_first, e.ex_first
    with np.errstate(all="ignore"):
        producing, sold = number[0] + number[1] + number[2], sales[0] + sales[1] + sales[2]
        exporting = number[2] + np.where(ex_first, number[1], 0.0)
        offshoring = number[2] + np.where(off_first, number[1], 0.0)
        export_sales = sales[2] + np.where(ex_first, sales[1], 0.0)
        offshore_sales = sales[2] + np.where(off_first, sales[1], 0.0)
        intensity = e.reach / (1 + e.reach)
        mean = sold / producing
        values = {
            "share_producing": producing,
            "share_offshoring": offshoring / producing,
            "share_exporting": exporting / producing,
            "export_intensity": np.where(exporting > 0, intensity, np.nan),
            "export_share": intensity * export_sales / sold,
            "offshoring_share": offshore_sales / sold,
            "mean_sales": mean * e.unit(sizes),
            "export_premium": _premium(export_sales, exporting, sales, number, ~ex_first),
            "offshoring_premium": _premium(offshore_sales, offshoring, sales, number, ~off_first),
            "variation_of_sales": sizes.variation(),
            "top_10_percent": sizes.top_share(0.1),
            "top_1_percent": sizes.top_share(0.01),
        }
    return {name: np.where(e.solved, value, np.nan).reshape(e.shape) for name, value in values.items()}


def _premium(sales: Array, number: Array, by: list[Array], count: list[Array], middle_out: NDArray[np.bool_]) -> Array:
    """Return the mean sales of some firms over those of the others, which are summed, not subtracted."""
    others = by[0] + np.where(middle_out, by[1], 0.0)
    rest = count[0] + np.where(middle_out, count[1], 0.0)
    return np.where((number > 0) & (rest > 0), sales / number / (others / rest), np.nan)


def draw_firms(found: KZEquilibrium, number: int, seed: int | None) -> Any:
    """Draw firms from those that produce; see `KZEquilibrium.firms`."""
    try:
        import xarray
    except ImportError as error:
        raise MissingExtra("drawing firms", "numerics", "xarray") from error
    number = whole(number, "number", 1, where="firms")
    seed = None if seed is None else whole(seed, "seed", 0, where="firms")
    e = _Economies(found)
    sizes, uniform = e.sizes(), np.random.default_rng(seed).random((number, e.k.size))
    z = np.maximum(e.law.quantile_at((1 - uniform) * e.law.survival_at(e.z_min)), e.z_min)
    offshores, exports = z >= e.z_off, z >= e.z_ex
    with np.errstate(all="ignore"):
        home = e.unit(sizes) * np.exp(e.k * (z - e.z_min)) * np.where(offshores, e.gain, 1.0)
    abroad = np.where(exports, home * e.reach, 0.0)
    p, wage = e.p, e.p["phi_Y"]
    sold, rho = home + abroad, e.k / p["sigma"]
    fixed = p["f_p"] + np.where(offshores, p["f_I"], 0.0) + np.where(exports, p["n"] * p["f_ex"], 0.0)
    values = {
        "productivity": e.law.point(z),
        "home_sales": home,
        "export_sales": abroad,
        "imports": np.where(offshores, p["alpha"] * rho * sold, 0.0),
        "profit": sold / p["sigma"] - wage * fixed,
        "offshores": offshores & e.solved,
        "exports": exports & e.solved,
    }
    dims = (*(f"economy_{i}" for i in range(len(e.shape))), "firm")
    data = {}
    for name, value in values.items():
        shown = value if value.dtype == bool else np.where(e.solved, value, np.nan)
        latex, meaning, unit = FIRM[name]
        attributes = {"long_name": meaning, "units": unit, "latex": latex}
        data[name] = (dims, np.moveaxis(shown, 0, -1).reshape(*e.shape, number), attributes)
    return xarray.Dataset(data)
