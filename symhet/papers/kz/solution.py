"""What an equilibrium of Kleinert and Zorell's model consists of, and what may be wrong with one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from symhet.numerics.results import Result
from symhet.numerics.status import SOLVED
from symhet.numerics.tails import MOMENT_ASSUMPTION, Array, Distribution
from symhet.papers.kz.parameters import ASSUMPTIONS, DIVERSIFIED
from symhet.papers.kz.partition import REGIMES

__all__ = [
    "BROKEN_ACCOUNT",
    "FEW_DIGITS",
    "NEGATIVE_MASS",
    "NUMBERS",
    "OUT_OF_RANGE",
    "STATUSES",
    "UNSOLVED",
    "KZEquilibrium",
]

UNSOLVED = "free entry was not solved"
OUT_OF_RANGE = "a result leaves the floating-point numbers"
NEGATIVE_MASS = "a mass of firms is negative"
BROKEN_ACCOUNT = "labour account: profits do not pay for entry and fixed costs"

FEW_DIGITS = "too few digits: the first cutoff lies next to an end inside the support"
STATUSES = (
    SOLVED, *ASSUMPTIONS, MOMENT_ASSUMPTION, UNSOLVED, OUT_OF_RANGE, NEGATIVE_MASS, BROKEN_ACCOUNT, DIVERSIFIED,
    FEW_DIGITS,
)  # fmt: skip
"""What `KZEquilibrium.status` may say: nothing, the assumption that fails, or what is wrong with the solution."""


@dataclass(frozen=True, slots=True)
class KZEquilibrium(Result):
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
        Whether every country makes both homogeneous goods. Where no firm demands one country's intermediates it
        makes none, and is still in equilibrium; without labour left for Y in country W there is no solution.
    regime_number : ndarray of int
        Position in `symhet.papers.kz.partition.REGIMES`; −1 where there is no solution.
    status_number : ndarray of int
        Position in `STATUSES`.
    distribution : Distribution
        Productivity.
    parameters : Mapping[str, ndarray]
        All parameters by name.
    """

    model_key = "kz"

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
    status_number: NDArray[np.int8]
    distribution: Distribution
    parameters: Mapping[str, Array]

    def firms(self, number: int, *, seed: int | None = None) -> Any:
        """Return firms drawn from those that produce, as an `xarray.Dataset`.

        Parameters
        ----------
        number : int
            Firms an economy.
        seed : int, optional
            For the same draws again.

        Returns
        -------
        xarray.Dataset
            Productivity, sales at home and abroad, imports of intermediates, profit, and whether a firm offshores
            and exports, by firm; with the dimensions of the economies first. NaN where there is no solution.

        Raises
        ------
        MissingExtra
            Without xarray, of which the firms are a data set.

        Examples
        --------
        >>> from symhet.papers.kz.solver import solve_kz
        >>> firms = solve_kz().firms(1000, seed=1)
        >>> bool(abs(firms["exports"].mean() - solve_kz().moments()["share_exporting"]) < 0.05)
        True
        """
        from symhet.papers.kz.firm_sizes import draw_firms

        return draw_firms(self, number, seed)

    def moments(self) -> dict[str, Array]:
        """Return moments of the distribution of firms by size, exactly, from the tails of productivity.

        Returns
        -------
        dict of str to ndarray
            The names and what they mean are in `symhet.papers.kz.firm_sizes.MOMENTS`; NaN where there is no solution,
            or no such firm.

        Examples
        --------
        >>> from symhet.papers.kz.solver import solve_kz
        >>> found = solve_kz().moments()
        >>> bool(found["share_exporting"] < found["share_offshoring"] < 1 < found["export_premium"])
        True
        """
        from symhet.papers.kz.firm_sizes import firm_moments

        return firm_moments(self)

    @property
    def status(self) -> Any:
        """Why there is no solution, or nothing; a text, or an array of texts."""
        return np.take(STATUSES, self.status_number)

    @property
    def regime(self) -> Any:
        """Name of the regime, or an array of names."""
        return np.take([*REGIMES, "inadmissible"], self.regime_number)

    def as_dict(self) -> dict[str, Any]:
        """Return the equilibrium by name; Python numbers for a single economy, arrays else.

        Examples
        --------
        >>> from symhet.papers.kz.solver import solve_kz
        >>> solve_kz().as_dict()["diversified"]
        True
        """
        values = {name: getattr(self, name) for name in (*NUMBERS, "diversified")}
        return {name: value.item() if value.ndim == 0 else value for name, value in values.items()}


NUMBERS = tuple(field.name for field in fields(KZEquilibrium))[:-5]
"""Names of the results that are numbers."""
