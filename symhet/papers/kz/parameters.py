"""Parameters of the Kleinert–Zorell model as arrays: names, defaults, and the assumptions they must meet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from symhet.errors import DomainError, UnknownParameter
from symhet.numerics.inputs import numbers
from symhet.numerics.special import log_ratio
from symhet.numerics.status import Status
from symhet.numerics.tails import Array

__all__ = ["ASSUMPTIONS", "BOUNDS", "DEFAULTS", "DIVERSIFIED", "PARAMETERS", "checked", "gather", "saving"]

DEFAULTS: Mapping[str, float] = MappingProxyType(
    {
        "alpha": 0.5,
        "beta": 0.5,
        "sigma": 4.0,
        "tau": 1.8,
        "tau_I": 1.2,
        "n": 1.0,
        "phi_Y": 1.0,
        "phi_I": 1.0,
        "phi_Y_w": 0.4,
        "phi_I_w": 0.64,
        "f_p": 1.0,
        "f_I": 1.2,
        "f_ex": 1.0,
        "f_e": 1.0,
        "L": 1.0,
        "L_w": 2.0,
    }
)
"""The calibrated economy.

σ = 4 and a Pareto tail of 4.25 with τ near 1.8 are Melitz and Redding's (2015) values for the United States.
The workbench country has 40 % of the labour productivity in Y and 64 % in I, which with τ_I = 1.2 makes imported
intermediates 25 % cheaper. At these f_I and f_ex about a third of the producing firms offshore and a seventh
export. A.1–A.3 hold and every country makes both homogeneous goods.
"""

PARAMETERS = tuple(DEFAULTS)
"""Names of the parameters, in the order of the defaults."""

_SHARES = frozenset({"alpha", "beta"})
_ABOVE_ONE = frozenset({"sigma", "tau", "tau_I"})
_COUNTED = frozenset({"n"})
"""Parameters that are at least one."""
_SWITCHES = frozenset({"f_I", "f_ex"})
"""Fixed costs that may be infinite: then nobody offshores, or exports."""

DIVERSIFIED = "L_w > I_w/phi_I_w, the labour of country W in intermediates"
"""The condition that pins W's wage; an advanced economy always makes some Y."""

BOUNDS: Mapping[str, tuple[float, float]] = MappingProxyType(
    dict.fromkeys(sorted(_SHARES), (0.0, 1.0)) | dict.fromkeys(sorted(_ABOVE_ONE), (1.0, np.inf))
)
"""Open intervals of the parameters that are not just positive."""

_Side = tuple[str, str, Array, Array]
"""An assumption's name, its relation, and the values of the two sides."""


def saving(p: Mapping[str, Array]) -> Array:
    """Return A − 1 = (p_I_off/p_I_d)^(−α(σ−1)) − 1, the share by which offshoring raises variable profit."""
    relative = log_ratio([p["tau_I"], p["phi_Y_w"], p["phi_I"]], [p["phi_I_w"], p["phi_Y"]])
    return np.expm1(-p["alpha"] * (p["sigma"] - 1) * relative)


def gather(given: Mapping[str, ArrayLike]) -> dict[str, Array]:
    """Return every parameter as a float array, defaults filled in.

    Raises
    ------
    UnknownParameter
        For a name the model does not have.
    """
    for name in given:
        if name not in DEFAULTS:
            raise UnknownParameter(name, DEFAULTS, where="kz")
    return {name: numbers(given.get(name, default), name, where="kz") for name, default in DEFAULTS.items()}


def checked(p: Mapping[str, Array], status: Status, *, paper_only: bool, raising: bool) -> None:
    """Note where the assumptions fail, or name the first that does.

    Raises
    ------
    DomainError
        If `raising`: the assumption, both sides' values, and the first offending index.
    """
    shape = status.number.shape
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        sides = [*_ranges(p), *(_paper(p) if paper_only else ())]
        for name, relation, left, right in sides:
            holds = _holds(name, left, right)
            if not holds.all():
                if raising:
                    _refuse(name, relation, np.broadcast_to(left, shape), np.broadcast_to(right, shape))
                status.note(~np.broadcast_to(holds, shape), name)


def _holds(name: str, left: Array, right: Array) -> Any:
    """Tell where an assumption holds; those of numbers that count are weak."""
    return left >= right if ">=" in name else left > right


def _refuse(name: str, relation: str, left: Array, right: Array) -> None:
    index = tuple(int(i) for i in np.argwhere(~_holds(name, left, right))[0])
    raise DomainError(
        name,
        relation=relation,
        left=float(left[index]),
        right=float(right[index]),
        where=f"kz, index {index}" if index else "kz",
    )


def _ranges(p: Mapping[str, Array]) -> Iterator[_Side]:
    """Yield the ranges of the single parameters."""
    zero, one, bound = np.zeros(()), np.ones(()), np.asarray(np.inf)
    for name, value in p.items():
        lowest, word = (one, "1") if name in _ABOVE_ONE else (zero, "0")
        if name in _COUNTED:
            yield f"{name} >= 1", f"{name} >= 1", value, one
        else:
            yield f"{name} > {word}", f"{name} > {word}", value, lowest
        if name in _SHARES:
            yield f"{name} < 1", f"1 > {name}", one, value
        elif name not in _SWITCHES:
            yield f"{name} is finite", f"infinity > {name}", bound, value


def _paper(p: Mapping[str, Array]) -> Iterator[_Side]:
    """Yield A.1–A.3; A.2 is the two orderings of the cutoffs that its bounds stand for."""
    home, workbench = p["phi_Y"] / p["phi_Y_w"], p["phi_I"] / p["phi_I_w"]
    yield "A.1", "(phi_Y/phi_Y_w)/(phi_I/phi_I_w) > tau_I", home / workbench, p["tau_I"]
    extra, costly = saving(p), p["f_ex"] * p["tau"] ** (p["sigma"] - 1)
    yield "A.3", "f_ex*tau^(sigma-1) > f_p + f_I", costly, p["f_p"] + p["f_I"]
    x_off = p["f_I"] / np.maximum(extra, 0.0)
    meaning = "with A = (p_I_off/p_I_d)^(-alpha(sigma-1))"
    yield "A.2", f"phi_min < phi_off: f_I/(A - 1) > f_p {meaning}", x_off, p["f_p"]
    yield "A.2", f"phi_off < phi_ex: f_ex*tau^(sigma-1)/A > f_I/(A - 1) {meaning}", costly / (1 + extra), x_off


_SOME = {name: np.asarray(value) for name, value in DEFAULTS.items()}
ASSUMPTIONS = tuple(dict.fromkeys(name for name, *_ in (*_ranges(_SOME), *_paper(_SOME))))
"""Names of all assumptions, in the order in which they are checked."""
