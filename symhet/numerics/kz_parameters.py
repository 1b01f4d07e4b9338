"""Parameters of the Kleinert–Zorell model as arrays: names, defaults, and the assumptions they must meet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from symhet.errors import DomainError, UnknownParameter
from symhet.numerics.tails import Array

__all__ = ["DEFAULTS", "PARAMETERS", "checked", "gain", "gather"]

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

_Values = Mapping[str, Array]

_ASSUMPTIONS: tuple[tuple[str, str, Callable[[_Values], tuple[Array, Array]]], ...] = (
    ("0 < alpha", "alpha > 0", lambda p: (p["alpha"], np.zeros(()))),
    ("alpha < 1", "1 > alpha", lambda p: (np.ones(()), p["alpha"])),
    ("0 < beta", "beta > 0", lambda p: (p["beta"], np.zeros(()))),
    ("beta < 1", "1 > beta", lambda p: (np.ones(()), p["beta"])),
    ("sigma > 1", "sigma > 1", lambda p: (p["sigma"], np.ones(()))),
    ("tau > 1", "tau > 1", lambda p: (p["tau"], np.ones(()))),
    ("tau_I > 1", "tau_I > 1", lambda p: (p["tau_I"], np.ones(()))),
    *(
        (f"{name} > 0", f"{name} > 0", lambda p, name=name: (p[name], np.zeros(())))
        for name in ("n", "phi_Y", "phi_I", "phi_Y_w", "phi_I_w", "f_p", "f_I", "f_ex", "f_e", "L", "L_w")
    ),
)

_PAPER: tuple[tuple[str, str, Callable[[_Values], tuple[Array, Array]]], ...] = (
    (
        "A.1",
        "(phi_Y/phi_Y_w)/(phi_I/phi_I_w) > tau_I",
        lambda p: (p["phi_Y"] / p["phi_Y_w"] / (p["phi_I"] / p["phi_I_w"]), p["tau_I"]),
    ),
    (
        "A.3",
        "f_ex*tau^(sigma-1) > f_p + f_I",
        lambda p: (p["f_ex"] * p["tau"] ** (p["sigma"] - 1), p["f_p"] + p["f_I"]),
    ),
    (
        "A.2",
        "phi_min < phi_off: f_I/(A - 1) > f_p with A = (p_I_off/p_I_d)^(-alpha(sigma-1))",
        lambda p: (p["f_I"] / np.maximum(gain(p) - 1, 0.0), p["f_p"]),
    ),
    (
        "A.2",
        "phi_off < phi_ex: f_ex*tau^(sigma-1)/A > f_I/(A - 1) with A = (p_I_off/p_I_d)^(-alpha(sigma-1))",
        lambda p: (
            p["f_ex"] * p["tau"] ** (p["sigma"] - 1) / gain(p),
            p["f_I"] / np.maximum(gain(p) - 1, 0.0),
        ),
    ),
)


def gain(p: _Values) -> Array:
    """Return A = (p_I_off/p_I_d)^(−α(σ−1)), the factor by which offshoring raises variable profit."""
    relative = p["tau_I"] * p["phi_Y_w"] * p["phi_I"] / (p["phi_I_w"] * p["phi_Y"])
    return relative ** (-p["alpha"] * (p["sigma"] - 1))


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
    return {name: np.asarray(given.get(name, default), dtype=float) for name, default in DEFAULTS.items()}


def checked(p: _Values, shape: tuple[int, ...], *, paper_only: bool, raising: bool) -> NDArray[np.bool_]:
    """Return where the assumptions hold, or name the first that fails.

    Raises
    ------
    DomainError
        If `raising`: the assumption, both sides' values, and the first offending index.
    """
    admissible = np.ones(shape, dtype=bool)
    for name, relation, left, right in _sides(p, paper_only):
        holds = np.broadcast_to(np.isfinite(left) & np.isfinite(right) & (left > right), shape)
        if raising and not holds.all():
            index = tuple(int(i) for i in np.argwhere(~holds)[0])
            raise DomainError(
                name,
                relation=relation,
                left=float(np.broadcast_to(left, shape)[index]),
                right=float(np.broadcast_to(right, shape)[index]),
                where=f"kz, index {index}" if index else "kz",
            )
        admissible &= holds
    return admissible


def _sides(p: _Values, paper_only: bool) -> Iterator[tuple[str, str, Array, Array]]:
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        for name, relation, sides in (*_ASSUMPTIONS, *(_PAPER if paper_only else ())):
            left, right = sides(p)
            yield name, relation, left, right
