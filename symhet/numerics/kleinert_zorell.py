"""The equilibrium of Kleinert and Zorell's model, for any productivity distribution and arrays of economies.

The cutoffs follow from the upper envelope of the four strategies' profits and from free entry; the masses,
prices and flows from market clearing. The free-entry condition is Σᵢ Fᵢ j(φᵢ) = f_e with
j(φ) = φ^(1−σ) T(φ) − S(φ); entry is static: of M_e entrants, each paying f_e, M = M_e S(φ_min) produce.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from symhet.numerics.distributions import Distribution, Pareto, parse
from symhet.numerics.free_entry import BLOCK, entry_cutoff
from symhet.numerics.kz_parameters import DEFAULTS, checked, gather, saving
from symhet.numerics.partition import REGIMES, Partition, partition_firms
from symhet.numerics.tails import Array

__all__ = ["DEFAULT_DISTRIBUTION", "KZEquilibrium", "solve_kz"]

DEFAULT_DISTRIBUTION = Pareto(shape=4.25, scale=1.0)
"""Productivity of the calibrated economy."""


@dataclass(frozen=True, slots=True)
class KZEquilibrium:
    """An equilibrium, or an array of them.

    Values are for one advanced country unless a name ends in ``_w`` (the workbench country W). Labour is the
    unit of L and of the fixed costs; values are in units of the numeraire Y.

    Attributes
    ----------
    phi_min, phi_off, phi_ex : ndarray
        Lowest productivity that produces, offshores, exports; infinity where no firm does.
    w : ndarray
        Wage.
    p_I_d, p_I_off : ndarray
        Price of home-made and c.i.f. price of imported intermediates.
    E_X, P_X, P : ndarray
        Expenditure on X, price index of X, price index of all consumption.
    M, M_d, M_off, M_ex, M_e, M_t : ndarray
        Masses of producing firms, of those that do neither, of those that offshore without exporting, of all
        exporters, of entrants, and of varieties sold in a country.
    welfare : ndarray
        Real wage w/P.
    exports_X : ndarray
        Exports of X to all n markets, at the buyer's price.
    imports_I_cif, imports_I_fob : ndarray
        Intermediates from W: units that arrive at p_I_off, and units that W ships at p_I_w. Equal: the trade
        cost is paid in goods.
    imports_I_quantity : ndarray
        Units that arrive.
    L_Y, L_I, L_X, L_e : ndarray
        Labour in Y, in intermediates, in X (fixed and variable), in entry.
    Y, Y_w, I_w : ndarray
        Output of Y here and in W, and W's output of intermediates for all n + 1 countries.
    diversified : ndarray of bool
        Whether every country makes both homogeneous goods, as the model requires.
    regime_number : ndarray of int
        Position in `symhet.numerics.partition.REGIMES`; −1 where the parameters are inadmissible.
    """

    phi_min: Array
    phi_off: Array
    phi_ex: Array
    w: Array
    p_I_d: Array
    p_I_off: Array
    E_X: Array
    P_X: Array
    P: Array
    M: Array
    M_d: Array
    M_off: Array
    M_ex: Array
    M_e: Array
    M_t: Array
    welfare: Array
    exports_X: Array
    imports_I_cif: Array
    imports_I_fob: Array
    imports_I_quantity: Array
    L_Y: Array
    L_I: Array
    L_X: Array
    L_e: Array
    Y: Array
    Y_w: Array
    I_w: Array
    diversified: NDArray[np.bool_]
    regime_number: NDArray[np.int64]

    @property
    def regime(self) -> Any:
        """Name of the regime, or an array of names."""
        return np.take([*REGIMES, "inadmissible"], self.regime_number)

    def as_dict(self) -> dict[str, Any]:
        """Return the equilibrium by name; Python numbers for a single economy, arrays else.

        Examples
        --------
        >>> solve_kz().as_dict()["diversified"]
        True
        """
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        del values["regime_number"]
        return {name: value.item() if value.ndim == 0 else value for name, value in values.items()}


_NUMBERS = tuple(field.name for field in fields(KZEquilibrium))[:-2]


def solve_kz(
    *,
    distribution: Distribution | str | None = None,
    paper_only: bool = False,
    check: bool = True,
    **parameters: ArrayLike,
) -> KZEquilibrium:
    """Solve the Kleinert–Zorell model.

    Parameters
    ----------
    distribution : Distribution or str, optional
        Productivity; a string is read by `symhet.numerics.distributions.parse`.
        By default Pareto of shape 4.25.
    paper_only : bool, optional
        Whether only the paper's partition φ_min < φ_off < φ_ex, that is A.1–A.3, is admissible. Otherwise
        every partition is solved, and `KZEquilibrium.regime` names the one that holds.
    check : bool, optional
        Whether an inadmissible parameter is an error. Otherwise its equilibrium is NaN.
    **parameters : array_like
        Any of alpha beta sigma tau tau_I n phi_Y phi_I phi_Y_w phi_I_w f_p f_I f_ex f_e L L_w; arrays
        broadcast against each other and the distribution's. What is not given is taken from
        `symhet.numerics.kz_parameters.DEFAULTS`.

    Returns
    -------
    KZEquilibrium
        Arrays of the broadcast shape.

    Raises
    ------
    UnknownParameter
        For a name the model does not have.
    DomainError
        If `check`: for the first assumption that fails.
    SolverError
        If free entry could not be solved.

    Notes
    -----
    Source: Kleinert and Zorell, "The export-magnification effect of offshoring", section 3; the free-entry
    condition is derived from eq. 18 and the profits of eqs. 9, 10 and 13, not taken from (C.2).

    Examples
    --------
    >>> found = solve_kz(tau_I=[1.1, 1.2])
    >>> found.regime.tolist()
    ['paper', 'paper']
    >>> bool(found.welfare[0] > found.welfare[1])
    True
    """
    law = DEFAULT_DISTRIBUTION if distribution is None else distribution
    law = parse(law) if isinstance(law, str) else law
    values = gather(parameters)
    shape = np.broadcast_shapes(law.shape, *(value.shape for value in values.values()))
    exponent = values["sigma"] - 1
    admissible = checked(values, shape, paper_only=paper_only, raising=check)
    if check:
        law.check_moment(exponent, where="kz")
    admissible = admissible & np.broadcast_to(law.moment_exists(exponent), shape)
    if not admissible.all():
        values = {name: np.where(admissible, value, DEFAULTS[name]) for name, value in values.items()}
        values["sigma"] = np.where(admissible, values["sigma"], 1.0 + law.usual_exponent())
    return _assemble(law, values, admissible)


def _assemble(law: Distribution, values: dict[str, Array], admissible: NDArray[np.bool_]) -> KZEquilibrium:
    """Solve block by block, put the blocks together, and blank what is inadmissible."""
    shape, size = admissible.shape, admissible.size
    law = law.flat(shape)
    flat = {name: np.broadcast_to(v, shape).reshape(-1) if v.ndim else v for name, v in values.items()}
    out = {name: np.empty(size) for name in _NUMBERS}
    regime = np.empty(size, dtype=np.int64)
    for start in range(0, size, BLOCK):
        block = slice(start, start + BLOCK)
        economy = {name: v[block] if v.ndim else v for name, v in flat.items()}
        found, regime[block] = _solve_block(law.part(block), economy)
        for name, value in found.items():
            out[name][block] = value
    blank = ~admissible.reshape(-1)
    if blank.any():
        for value in out.values():
            value[blank] = np.nan
        regime[blank] = -1
    made = np.logical_and.reduce([out[name] > 0 for name in ("L_Y", "L_I", "Y_w", "I_w")])
    return KZEquilibrium(
        **{name: value.reshape(shape) for name, value in out.items()},
        diversified=made.reshape(shape),
        regime_number=regime.reshape(shape),
    )


def _solve_block(law: Distribution, p: Mapping[str, Array]) -> tuple[dict[str, Array], NDArray[np.int64]]:
    """Return every output but the two flags for one block, and the regimes' numbers."""
    k = p["sigma"] - 1
    extra = saving(p)
    reach = p["n"] * p["tau"] ** -k
    firms = partition_firms(extra, reach, p["f_p"], p["f_I"], p["n"] * p["f_ex"])
    phi_min = entry_cutoff(law, k, firms.entry_steps(k), p["f_e"])
    groups = _groups(law, k, phi_min, firms)
    return _aggregates(p, k, 1 + extra, reach, firms, groups), firms.regime


class _Above(NamedTuple):
    """Per entrant, the firms beyond a cutoff: their mass and their total of x, and the same of those short of it."""

    mass: Array
    total: Array
    mass_below: Array
    total_below: Array


class _Groups(NamedTuple):
    """Cutoffs, and the masses and x-totals of the groups of firms, per entrant."""

    phi_min: Array
    phi_off: Array
    phi_ex: Array
    producers: Array
    neither: Array
    offshorers: Array
    offshorers_only: Array
    exporters: Array
    home_sourced: Array
    offshored: Array
    exported_home: Array
    exported_offshored: Array


def _groups(law: Distribution, k: Array, phi_min: Array, firms: Partition) -> _Groups:
    """Evaluate the tails at the three cutoffs, and take the groups between them."""
    phi_off = phi_min * (firms.offshoring / firms.entry) ** (1 / k)
    phi_ex = phi_min * (firms.exporting / firms.entry) ** (1 / k)
    least, off, ex = (
        _above(law, k, phi, x)
        for phi, x in ((phi_min, firms.entry), (phi_off, firms.offshoring), (phi_ex, firms.exporting))
    )
    off_last = phi_off > phi_ex
    last = _Above(*(np.where(off_last, *pair) for pair in zip(off, ex, strict=True)))
    first = _Above(*(np.where(off_last, *pair) for pair in zip(ex, off, strict=True)))
    home, home_total = _between(least, off)
    export_only, export_only_total = _between(ex, last)
    # Where all producers offshore the home-sourced group is empty but for rounding, and must not count.
    return _Groups(
        phi_min=phi_min,
        phi_off=phi_off,
        phi_ex=phi_ex,
        producers=least.mass,
        neither=_between(least, first)[0],
        offshorers=off.mass,
        offshorers_only=_between(off, last)[0],
        exporters=ex.mass,
        home_sourced=np.where(home > 0, home_total, 0.0),
        offshored=off.total,
        exported_home=np.where(export_only > 0, export_only_total, 0.0),
        exported_offshored=last.total,
    )


def _above(law: Distribution, k: Array, phi: Array, x: Array) -> _Above:
    upper, lower = law.plain_tails(phi, k), law.lower_tails(phi, k)
    size = np.where(np.isinf(x), 0.0, x)
    with np.errstate(invalid="ignore", over="ignore"):
        return _Above(upper.survival, size * upper.moment, lower.mass, x * lower.moment)


def _between(start: _Above, end: _Above) -> tuple[Array, Array]:
    """Return mass and x-total between two cutoffs, from whichever side of them holds less."""
    with np.errstate(invalid="ignore"):
        mass, total = end.mass_below - start.mass_below, end.total_below - start.total_below
    return (
        np.where(end.mass_below < start.mass, mass, start.mass - end.mass),
        np.where(end.total_below < start.total, total, start.total - end.total),
    )


def _aggregates(
    p: Mapping[str, Array], k: Array, advantage: Array, reach: Array, firms: Partition, g: _Groups
) -> dict[str, Array]:
    """Return prices, masses, flows and labour.

    The variable profit of a group, in labour, is its x-total times its factor; revenue is σw times that.
    """
    sigma, w, rho = p["sigma"], p["phi_Y"], k / p["sigma"]
    p_I_d, p_I_w = w / p["phi_I"], p["phi_Y_w"] / p["phi_I_w"]
    p_I_off = p["tau_I"] * p_I_w
    income = w * p["L"]
    E_X = p["beta"] * income
    home_sourced = g.home_sourced + reach * g.exported_home
    imported = advantage * (g.offshored + reach * g.exported_offshored)
    M_e = p["beta"] * p["L"] / (sigma * (home_sourced + imported))
    revenue = sigma * w * M_e
    unit_cost = w ** (1 - p["alpha"]) * p_I_d ** p["alpha"]
    P_X = (sigma * firms.entry / (p["beta"] * p["L"])) ** (1 / k) * unit_cost / (rho * g.phi_min)
    P = (P_X / p["beta"]) ** p["beta"] * (1 - p["beta"]) ** (p["beta"] - 1)
    input_share = p["alpha"] * rho
    imports = input_share * revenue * imported
    quantity = imports / p_I_off
    fixed = p["f_p"] * g.producers + p["f_I"] * g.offshorers + p["n"] * p["f_ex"] * g.exporters
    countries = p["n"] + 1
    I_w = countries * p["tau_I"] * quantity
    Y = (1 - p["beta"]) * income + imports
    M, M_ex = M_e * g.producers, M_e * g.exporters
    return {
        "phi_min": g.phi_min,
        "phi_off": g.phi_off,
        "phi_ex": g.phi_ex,
        "w": w,
        "p_I_d": p_I_d,
        "p_I_off": p_I_off,
        "E_X": E_X,
        "P_X": P_X,
        "P": P,
        "M": M,
        "M_d": M_e * g.neither,
        "M_off": M_e * g.offshorers_only,
        "M_ex": M_ex,
        "M_e": M_e,
        "M_t": M + p["n"] * M_ex,
        "welfare": w / P,
        "exports_X": revenue * reach * (g.exported_home + advantage * g.exported_offshored),
        "imports_I_cif": imports,
        "imports_I_fob": p_I_w * p["tau_I"] * quantity,
        "imports_I_quantity": quantity,
        "L_Y": Y / p["phi_Y"],
        "L_I": input_share * revenue * home_sourced / (p_I_d * p["phi_I"]),
        "L_X": M_e * fixed + (1 - p["alpha"]) * rho * E_X / w,
        "L_e": M_e * p["f_e"],
        "Y": Y,
        "Y_w": p["phi_Y_w"] * (p["L_w"] - I_w / p["phi_I_w"]),
        "I_w": I_w,
    }
