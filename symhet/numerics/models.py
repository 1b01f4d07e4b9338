"""The models that can be solved, by name: their parameters, results, and one function that solves either."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

from symhet.errors import UnknownModel, UnknownParameter
from symhet.numerics import baldwin_okubo, bo_equilibrium, kz_equilibrium, kz_parameters
from symhet.numerics.baldwin_okubo import BOEquilibrium, solve_bo
from symhet.numerics.kleinert_zorell import KZEquilibrium, solve_kz
from symhet.numerics.kz_firms import MOMENTS
from symhet.numerics.quantities import BO_QUANTITIES, KZ_QUANTITIES, Quantity

__all__ = ["MODELS", "SolvableModel", "find_model", "solve"]

Equilibrium = KZEquilibrium | BOEquilibrium


@dataclass(frozen=True)
class SolvableModel:
    """A model with a solver.

    Parameters
    ----------
    key : str
        Short name.
    title : str
        Authors.
    defaults : Mapping[str, float]
        Parameters with their calibrated values, in the order in which they are listed.
    outputs : tuple of str
        Names of the results that are numbers.
    labels : tuple of str
        Names of the results that are not.
    quantities : Mapping[str, Quantity]
        What parameters and results are called and measured in.
    solver : Callable
        Takes parameters as keywords.
    switches : Mapping[str, tuple of str]
        Further keywords of the solver, with their values where these are few.
    statuses : tuple of str
        What the status of a point may be: nothing first, then the reasons why it has no solution.
    bounds : Mapping[str, tuple of float]
        Open intervals of the parameters that are not just positive.
    moments : tuple of str
        Further numbers that an equilibrium's ``moments()`` returns.
    """

    key: str
    title: str
    defaults: Mapping[str, float]
    outputs: tuple[str, ...]
    labels: tuple[str, ...]
    quantities: Mapping[str, Quantity]
    solver: Callable[..., Any]
    switches: Mapping[str, tuple[str, ...]]
    statuses: tuple[str, ...]
    bounds: Mapping[str, tuple[float, float]]
    moments: tuple[str, ...] = ()

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the parameters."""
        return tuple(self.defaults)


_KZ = SolvableModel(
    "kz",
    "Kleinert and Zorell",
    kz_parameters.DEFAULTS,
    kz_equilibrium.NUMBERS,
    ("diversified", "regime"),
    KZ_QUANTITIES,
    solve_kz,
    MappingProxyType({"distribution": (), "paper_only": ()}),
    kz_equilibrium.STATUSES,
    kz_parameters.BOUNDS,
    tuple(MOMENTS),
)
_BO = SolvableModel(
    "bo",
    "Baldwin and Okubo",
    baldwin_okubo.DEFAULTS,
    bo_equilibrium.NUMBERS,
    ("phase",),
    BO_QUANTITIES,
    solve_bo,
    MappingProxyType({"regime": tuple(baldwin_okubo.REGIMES)}),
    bo_equilibrium.STATUSES,
    baldwin_okubo.BOUNDS,
)
MODELS: Mapping[str, SolvableModel] = MappingProxyType({model.key: model for model in (_KZ, _BO)})
"""Models by name."""


def find_model(key: str) -> SolvableModel:
    """Return the model of that name.

    Raises
    ------
    UnknownModel
        Naming the nearest.
    """
    if key not in MODELS:
        raise UnknownModel(key, MODELS)
    return MODELS[key]


def solve(
    model: str,
    *,
    distribution: Any = None,
    regime: str | None = None,
    check: bool = True,
    outputs: str | Sequence[str] = (),
    out: Mapping[str, Any] | None = None,
    **params: Any,
) -> Any:
    """Solve a model; everything that is not given has a calibrated default.

    Parameters
    ----------
    model : str
        ``"kz"`` (Kleinert and Zorell) or ``"bo"`` (Baldwin and Okubo).
    distribution : Distribution, str or scipy.stats frozen distribution, optional
        Productivity, for ``"kz"``: an object, such as ``scipy.stats.lognorm(0.6)``, or a text, such as
        ``"pareto:shape=4.5,scale=1"``.
    regime : str, optional
        For ``"bo"``: ``autarky``, ``no-relocation``, ``short-run`` or ``long-run``, the default.
    check : bool, optional
        Whether an inadmissible parameter is an error; otherwise its equilibrium is NaN.
    outputs : str or sequence of str, optional
        Results that are wanted, where there are too many economies to hold all of them: these are solved block by
        block, and only the named numbers are kept.
    out : Mapping[str, ndarray], optional
        Arrays to write results into, by name, such as memory-mapped ones; solved block by block as well.
    **params : array_like
        Parameters of the model; arrays broadcast and give arrays of equilibria.

    Returns
    -------
    KZEquilibrium or BOEquilibrium
        Results by name; ``as_dict`` returns them as a dictionary. With ``outputs`` or ``out`` a dictionary of arrays.

    Raises
    ------
    UnknownModel, UnknownParameter
        For a name that does not exist.
    DomainError
        With ``check``: the assumption that fails, where, and both sides.

    Source
    ------
    Kleinert and Zorell, section 3; Baldwin and Okubo, sections 2 and 3.

    Examples
    --------
    >>> economy = solve("kz", distribution="pareto:shape=4.5,scale=1", tau_I=[1.1, 1.2])
    >>> bool(economy.phi_off[0] < economy.phi_off[1])
    True
    >>> solve("bo", regime="autarky").phase.item()
    'autarky'
    """
    found = find_model(model)
    for name, value in (("distribution", distribution), ("regime", regime)):
        if value is not None and name not in found.switches:
            raise UnknownParameter(name, (*found.switches, *found.parameters), where=model)
    settings = {"distribution": distribution} if found is _KZ else {"regime": regime or "long-run"}
    if outputs or out:
        from symhet.numerics.blocks import in_blocks

        solved = partial(found.solver, check=check, **settings)
        return in_blocks(solved, params, outputs, out or {}, found.outputs, model)
    return found.solver(check=check, **settings, **params)
