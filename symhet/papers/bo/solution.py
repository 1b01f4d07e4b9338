"""What an equilibrium of Baldwin and Okubo's model consists of, and what may be wrong with one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from symhet.numerics.results import Result
from symhet.numerics.status import SOLVED
from symhet.numerics.tails import Array

__all__ = [
    "BROKEN_ACCOUNT",
    "NUMBERS",
    "OUT_OF_ORDER",
    "OUT_OF_RANGE",
    "PHASES",
    "STATUSES",
    "UNSOLVED_PHASE",
    "BOEquilibrium",
]

PHASES = ("autarky", "trade", "XX", "DD", "full")
"""Who has moved: nobody can, nobody does, some exporters, some domestic firms too, all."""
UNSOLVED_PHASE = "inadmissible"
"""The phase of a point without solution."""

OUT_OF_RANGE = "a result leaves the floating-point numbers"
OUT_OF_ORDER = "a mass of firms is negative, or cutoffs are out of order"
BROKEN_ACCOUNT = "expenditure account: firms do not sell what a nation spends"
STATUSES = (
    SOLVED, "sigma>1", "beta>1", "rho>=1", "phi>0", "phi<1", "s_E>1/2", "s_E<1", "f>0", "f<inf", "f_I>0", "kappa<=1",
    "s_n>=0", "s_n<=s_H", OUT_OF_RANGE, OUT_OF_ORDER, BROKEN_ACCOUNT,
)  # fmt: skip
"""What `BOEquilibrium.status` may say: nothing, the assumption that fails, or what is wrong with the solution."""


@dataclass(frozen=True, slots=True)
class BOEquilibrium(Result):
    """An equilibrium, or an array of them; plain names are the North, ``_star`` the South.

    Attributes
    ----------
    phase : ndarray of str
        One of `PHASES`; ``inadmissible`` where there is no solution.
    a_D, a_X, a_R : ndarray
        Highest marginal cost with domestic sales, with exports, and of Southern firms that produce in the North.
    n, n_star, n_w, s_n : ndarray
        Masses of firms by nation of birth, their sum, and the North's share.
    B, B_star : ndarray
        Demand per firm.
    mbar, mbar_star : ndarray
        Weighted sums of marginal selling costs.
    abar, abar_star : ndarray
        Production-weighted average unit input coefficients; NaN in a nation without producers.
    welfare, welfare_star : ndarray
        Log of real consumption of manufactures per unit of expenditure, ln(m̄)/(σ−1) + ln(1−1/σ), North and South.
    status_number : ndarray of int
        Position in `STATUSES`.
    parameters : Mapping[str, ndarray]
        All parameters by name.
    """

    model_key = "bo"

    phase: NDArray[np.str_]
    a_D: Array
    a_X: Array
    a_R: Array
    n: Array
    n_star: Array
    n_w: Array
    s_n: Array
    B: Array
    B_star: Array
    mbar: Array
    mbar_star: Array
    abar: Array
    abar_star: Array
    welfare: Array
    welfare_star: Array
    status_number: NDArray[np.int8]
    parameters: Mapping[str, Array] = field(default_factory=dict)

    @property
    def phase_number(self) -> NDArray[np.int64]:
        """Position in `PHASES`, which sweeps keep; −1 where there is no solution."""
        order = np.argsort(PHASES)
        found = order[np.searchsorted(PHASES, self.phase, sorter=order)]
        return np.where(np.isnan(self.n_w), -1, found)

    @property
    def status(self) -> Any:
        """Why there is no solution, or nothing; a text, or an array of texts."""
        return np.take(STATUSES, self.status_number)

    def as_dict(self) -> dict[str, Any]:
        """Return plain numbers and nested lists, ready for JSON."""
        return {name: np.asarray(getattr(self, name)).tolist() for name in ("phase", *NUMBERS)}


NUMBERS = tuple(field.name for field in fields(BOEquilibrium))[1:-2]
"""Names of the results that are numbers."""
