"""The equilibrium of Kleinert and Zorell's model, for any productivity distribution and arrays of economies.

The cutoffs follow from the upper envelope of the four strategies' profits and from free entry; the masses,
prices and flows from market clearing. The free-entry condition is Σᵢ Fᵢ j(φᵢ) = f_e with
j(φ) = φ^(1−σ) T(φ) − S(φ); entry is static: of M_e entrants, each paying f_e, M = M_e S(φ_min) produce.
Every solution is held against its own conditions; what fails them is NaN, and `KZEquilibrium.status` says why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from symhet.errors import DomainError, SolverError
from symhet.numerics.distributions import Distribution, Pareto, as_distribution
from symhet.numerics.free_entry import BLOCK, entry_cutoff
from symhet.numerics.inputs import common_shape
from symhet.numerics.status import LEAST, Status
from symhet.numerics.tails import MOMENT_ASSUMPTION, Array
from symhet.numerics.threads import shared, threads
from symhet.papers.kz.parameters import DEFAULTS, DIVERSIFIED, checked, gather, saving
from symhet.papers.kz.partition import Partition, partition_firms
from symhet.papers.kz.solution import (
    BROKEN_ACCOUNT,
    FEW_DIGITS,
    NEGATIVE_MASS,
    NUMBERS,
    OUT_OF_RANGE,
    STATUSES,
    UNSOLVED,
    KZEquilibrium,
)

__all__ = ["DEFAULT_DISTRIBUTION", "KZEquilibrium", "solve_kz"]

DEFAULT_DISTRIBUTION = Pareto(shape=4.25, scale=1.0)
"""Productivity of the calibrated economy."""

_TOLERANCE = 1e-10
"""Relative gap at which the labour account counts as broken, and relative error of the share of producers."""
_ROUNDING = 2.0**-52


def solve_kz(
    *, distribution: Any = None, paper_only: bool = False, check: bool = True, **parameters: ArrayLike
) -> KZEquilibrium:
    """Solve the Kleinert–Zorell model.

    Parameters
    ----------
    distribution : Distribution, str or scipy.stats frozen distribution, optional
        Productivity; a string is read by `symhet.numerics.distributions.parse`.
        By default Pareto of shape 4.25.
    paper_only : bool, optional
        Whether only the paper's partition φ_min < φ_off < φ_ex, that is A.1–A.3, is admissible. Otherwise
        every partition is solved, and `KZEquilibrium.regime` names the one that holds.
    check : bool, optional
        Whether a point without solution is an error. Otherwise its equilibrium is NaN, and
        `KZEquilibrium.status` says why.
    **parameters : array_like
        Any of alpha beta sigma tau tau_I n phi_Y phi_I phi_Y_w phi_I_w f_p f_I f_ex f_e L L_w; arrays
        broadcast against each other and the distribution's. What is not given is taken from
        `symhet.papers.kz.parameters.DEFAULTS`. An infinite f_I or f_ex switches its margin off.

    Returns
    -------
    KZEquilibrium
        Arrays of the broadcast shape.

    Raises
    ------
    UnknownParameter
        For a name the model does not have.
    DomainError
        If `check`: for the first assumption that fails, or where country W has no labour left for Y.
    SolverError
        If `check`: where what was found breaks its own conditions.

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
    law = as_distribution(distribution, DEFAULT_DISTRIBUTION)
    values = gather(parameters)
    shapes = {name: value.shape for name, value in values.items()}
    shape = common_shape({"the parameters of the distribution": law.shape, **shapes}, "kz")
    exponent = values["sigma"] - 1
    status, given = Status(STATUSES, shape), values
    checked(values, status, paper_only=paper_only, raising=check)
    if check:
        law.check_moment(exponent, where="kz")
    status.note(~np.broadcast_to(law.moment_exists(exponent), shape), MOMENT_ASSUMPTION)
    admissible = status.solved()
    if not admissible.all():
        values = {name: np.where(admissible, value, DEFAULTS[name]) for name, value in values.items()}
        values["sigma"] = np.where(admissible, values["sigma"], 1.0 + law.usual_exponent())
    found, taken = _assemble(law, values, given, status)
    if check and not status.solved().all():
        _refuse(status, values["L_w"], taken)
    return found


def _refuse(status: Status, labour: Array, taken: Array) -> None:
    """Raise the error of the first point without solution."""
    index = tuple(int(i) for i in np.argwhere(~status.solved())[0])
    reason = status.reasons[status.number[index]]
    where = f"kz, index {index}" if index else "kz"
    if reason == DIVERSIFIED:
        raise DomainError(
            "diversified",
            relation=DIVERSIFIED,
            left=float(np.broadcast_to(labour, taken.shape)[index]),
            right=float(taken[index]),
            where=where,
            fix="raise L_w above the right side; in Python, check=False gives NaN there",
        )
    raise SolverError("no solution was found", where=where, why=reason, fix="in Python, check=False gives NaN there")


def _assemble(
    law: Distribution, values: dict[str, Array], given: dict[str, Array], status: Status
) -> tuple[KZEquilibrium, Array]:
    """Solve block by block, put the blocks together, and blank what has no solution.

    Returned beside the equilibrium: country W's labour in intermediates, where that is too much.
    """
    shape, size = status.number.shape, status.number.size
    whole, law = law, law.flat(shape)
    flat = {name: np.broadcast_to(v, shape).reshape(-1) if v.ndim else v for name, v in values.items()}
    out = {name: np.empty(size) for name in NUMBERS}
    regime, number = np.empty(size, dtype=np.int64), status.number.reshape(-1)

    def work(starts: Iterator[int]) -> None:
        for start in starts:
            block = slice(start, start + BLOCK)
            economy = {name: v[block] if v.ndim else v for name, v in flat.items()}
            found, regime[block], broken = _solve_block(law.part(block), economy)
            for name, value in found.items():
                out[name][block] = value
            for where, reason in broken:
                number[block] = np.where((number[block] == 0) & where, STATUSES.index(reason), number[block])

    shared(work, range(0, size, BLOCK), threads())
    status.number = number.reshape(shape)
    blank, taken = number != 0, np.full(size, np.nan)
    if blank.any():
        labour = np.broadcast_to(flat["phi_I_w"], size)[blank]
        taken[blank] = out["I_w"][blank] / labour
        for value in out.values():
            value[blank] = np.nan
        regime[blank] = -1
    made = np.logical_and.reduce([out[name] > 0 for name in ("L_Y", "L_I", "Y_w", "I_w")])
    equilibrium = KZEquilibrium(
        **{name: value.reshape(shape) for name, value in out.items()},
        diversified=made.reshape(shape),
        regime_number=regime.reshape(shape),
        status_number=status.number,
        distribution=whole,
        parameters=MappingProxyType(given),
    )
    return equilibrium, taken.reshape(shape)


_Broken = list[tuple[NDArray[np.bool_], str]]
"""Where a solution breaks a condition, and which."""


def _solve_block(law: Distribution, p: Mapping[str, Array]) -> tuple[dict[str, Array], NDArray[np.int64], _Broken]:
    """Return every output but the flags for one block, the regimes' numbers, and what is wrong with the solutions."""
    k = p["sigma"] - 1
    with np.errstate(all="ignore"):
        extra = saving(p)
        reach = p["n"] * p["tau"] ** -k
        firms = partition_firms(extra, reach, p["f_p"], p["f_I"], p["n"] * p["f_ex"])
        z_min, solved = entry_cutoff(law, k, firms.entry_steps(k), p["f_e"])
        groups = _groups(law, k, z_min, firms)
        found, profits, spent = _aggregates(p, k, 1 + extra, reach, firms, groups)
        gap = np.abs(profits / spent - 1)
        blur = groups.steepness * np.abs(z_min) * _ROUNDING
    masses = [found[name] for name in ("M", "M_d", "M_off", "M_ex")]
    broken = [
        (~solved, UNSOLVED),
        (firms.beyond | _beyond(found, firms), OUT_OF_RANGE),
        (reduce(np.logical_or, [mass < 0 for mass in masses]), NEGATIVE_MASS),
        (~(gap <= _TOLERANCE), BROKEN_ACCOUNT),
        (~(found["Y_w"] > 0), DIVERSIFIED),
        ((blur > _TOLERANCE) & np.isfinite(blur), FEW_DIGITS),
    ]
    return found, firms.regime, broken


_POSITIVE = ("phi_min", "phi_off", "phi_ex", "P_X", "P", "M_e", "welfare")
"""Results that cannot be zero."""


def _beyond(found: Mapping[str, Array], firms: Partition) -> NDArray[np.bool_]:
    """Return where a result is too large or too small for a floating-point number with all its digits."""
    never = {"phi_off": np.isinf(firms.offshoring), "phi_ex": np.isinf(firms.exporting)}
    lost = [~np.isfinite(value) & ~never.get(name, np.False_) for name, value in found.items()]
    return reduce(np.logical_or, [*lost, *(found[name] < LEAST for name in _POSITIVE)])


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
    log_phi_min: Array
    steepness: Array
    """By what share fewer firms produce for a small rise of ln φ_min, over the rise."""


def _groups(law: Distribution, k: Array, z_min: Array, firms: Partition) -> _Groups:
    """Take the three groups that the two inner cutoffs leave: none of them is a difference of larger ones."""
    to_off, to_ex = firms.lead(firms.offshoring, k), firms.lead(firms.exporting, k)
    first, last = np.minimum(to_off, to_ex), np.maximum(to_off, to_ex)
    middle = np.where(last > first, last - first, 0.0)
    lower, middling = np.minimum(firms.offshoring, firms.exporting), np.maximum(firms.offshoring, firms.exporting)
    z_first = np.where(np.isinf(first), 0.0, z_min + first)
    home = law.between_at(z_min, first, k)
    some = law.between_at(z_first, np.where(np.isinf(first), 0.0, middle), k)
    both = law.rough_tails_at(z_min + last, k)
    some_total, both_total = _times(lower, some.moment), _times(middling, both.moment)
    start = law.rough_tails_at(z_min, k)
    off_first, ex_first = to_off < to_ex, to_ex < to_off
    return _Groups(
        phi_min=law.point(z_min),
        phi_off=law.point(z_min + to_off),
        phi_ex=law.point(z_min + to_ex),
        producers=start.survival,
        neither=home.mass,
        offshorers=np.where(off_first, some.mass, 0.0) + both.survival,
        offshorers_only=np.where(off_first, some.mass, 0.0),
        exporters=np.where(ex_first, some.mass, 0.0) + both.survival,
        home_sourced=firms.entry * home.moment + np.where(ex_first, some_total, 0.0),
        offshored=np.where(off_first, some_total, 0.0) + both_total,
        exported_home=np.where(ex_first, some_total, 0.0),
        exported_offshored=both_total,
        log_phi_min=z_min + law.log_origin,
        steepness=start.density / start.survival,
    )


def _times(level: Array, moment: Array) -> Array:
    """Return the product, zero where there is no firm."""
    return np.where(moment > 0, level * moment, 0.0)


def _aggregates(
    p: Mapping[str, Array], k: Array, advantage: Array, reach: Array, firms: Partition, g: _Groups
) -> tuple[dict[str, Array], Array, Array]:
    """Return prices, masses, flows and labour; and variable profits and fixed costs with entry, per entrant.

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
    log_index = np.log(sigma * firms.entry / (p["beta"] * p["L"])) / k + np.log(unit_cost / rho) - g.log_phi_min
    beta = p["beta"]
    P = np.exp(beta * (log_index - np.log(beta)) - (1 - beta) * np.log1p(-beta))
    input_share = p["alpha"] * rho
    imports = input_share * revenue * imported
    quantity = imports / p_I_off
    fixed = p["f_p"] * g.producers + _times(p["f_I"], g.offshorers) + _times(p["n"] * p["f_ex"], g.exporters)
    countries = p["n"] + 1
    I_w = countries * p["tau_I"] * quantity
    Y = (1 - p["beta"]) * income + imports
    M, M_ex = M_e * g.producers, M_e * g.exporters
    found = {
        "phi_min": g.phi_min,
        "phi_off": g.phi_off,
        "phi_ex": g.phi_ex,
        "w": w,
        "p_I_d": p_I_d,
        "p_I_off": p_I_off,
        "E_X": E_X,
        "P_X": np.exp(log_index),
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
    return found, home_sourced + imported, p["f_e"] + fixed
