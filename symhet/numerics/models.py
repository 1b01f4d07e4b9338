"""The models that can be solved: what a paper says of its own, and one function that solves any of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from symhet import catalogue
from symhet.errors import UnknownModel, UnknownParameter
from symhet.numerics.distributions import Distribution, as_distribution
from symhet.numerics.drawing import Numbers
from symhet.numerics.faults import UnknownRegime
from symhet.numerics.given_arrays import named_arrays
from symhet.numerics.inputs import listed
from symhet.numerics.labelled import Labelled, unlabelled
from symhet.numerics.quantities import Quantity

__all__ = ["Draws", "SolvableModel", "Statics", "find_model", "first_model", "result_of", "solve"]


@dataclass(frozen=True)
class Statics:
    """Elasticities of results that a paper's claims derive in closed form.

    Parameters
    ----------
    outputs, parameters : tuple of str
        Results, and parameters with respect to which they are differentiated.
    regime : str
        The regime that the formulas are derived for.
    elasticities : Callable
        Takes results, parameters and, as keywords, the settings and parameters of an economy and ``signs``; returns a
        `symhet.numerics.statics.Static` for each pair, results outermost.
    of, to : tuple of str, optional
        Which of them are told where none are asked for; all by default.
    """

    outputs: tuple[str, ...]
    parameters: tuple[str, ...]
    regime: str
    elasticities: Callable[..., list[Any]]
    of: tuple[str, ...] = ()
    to: tuple[str, ...] = ()


@dataclass(frozen=True)
class Draws:
    """How admissible economies are drawn, number by number.

    Parameters
    ----------
    regimes : tuple of str
        Regimes that can be asked for.
    draw : Callable
        Takes hypothesis's ``draw``, the numbers to draw from, a regime and a phase, and returns parameters.
    phases : Mapping[str, tuple of str], optional
        Phases that can be asked for, by regime.
    exponent : Callable, optional
        The order of the moment of productivity that an economy needs, from its parameters.
    fits : Callable, optional
        Whether an economy with its distribution is one of its regime, with firms in every group.
    """

    regimes: tuple[str, ...]
    draw: Callable[[Any, Numbers, str | None, str | None], dict[str, float]]
    phases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exponent: Callable[[Mapping[str, float]], float] = lambda parameters: 0.0
    fits: Callable[[Mapping[str, Any]], bool] = lambda economy: True


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
    moments : Mapping[str, str], optional
        Further numbers that an equilibrium's ``moments()`` returns, and what they mean.
    codes : Mapping[str, tuple of str], optional
        The values of the labels that are names; an equilibrium has their positions as ``NAME_number``, −1 for none.
    further : tuple of str, optional
        Parameters without a default.
    law : Distribution, optional
        Productivity of the calibrated economy; a model with it has the switch ``distribution``.
    regime : str, optional
        The regime that is solved where none is given, where ``regime`` is a switch.
    statics : Statics, optional
        Elasticities in closed form.
    draws : Draws, optional
        How admissible economies are drawn.
    """

    key: str
    title: str
    defaults: Mapping[str, float]
    outputs: tuple[str, ...]
    labels: tuple[str, ...]
    quantities: Mapping[str, Quantity]
    solver: Callable[..., Any]
    switches: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    statuses: tuple[str, ...] = ("",)
    bounds: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    moments: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    further: tuple[str, ...] = ()
    law: Distribution | None = None
    regime: str = ""
    statics: Statics | None = None
    draws: Draws | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        return find_model, (self.key,)

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the parameters that have a default."""
        return tuple(self.defaults)

    def told(self, name: str) -> dict[str, str]:
        """Return what is said of a parameter or result beside its numbers: meaning and unit."""
        quantity = self.quantities.get(name)
        return {"long_name": quantity.meaning, "units": quantity.unit} if quantity else {}

    def settings(self, distribution: Any = None, regime: str | None = None) -> dict[str, Any]:
        """Return the keywords of the solver that are no numbers: the distribution, the regime, by default the model's.

        Raises
        ------
        UnknownRegime, UnknownParameter
            For a regime, or a distribution, that the model does not have.
        """
        if regime is not None and regime not in self.switches.get("regime", ()):
            raise UnknownRegime(regime, self.switches.get("regime", ()), where=self.key)
        if distribution is not None and "distribution" not in self.switches:
            raise UnknownParameter("distribution", (*self.switches, *self.parameters), where=self.key)
        found: dict[str, Any] = {}
        if self.law is not None or distribution is not None:
            found["distribution"] = as_distribution(distribution, self.law)
        if "regime" in self.switches:
            found["regime"] = regime or self.regime
        return found


def result_of(equilibrium: Any, name: str) -> Any:
    """Return a result by name, though an equilibrium may have another attribute of that name.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> result_of(SimpleNamespace(values={"shape": 2.0}, shape=(3,)), "shape"), result_of(SimpleNamespace(p=1.0), "p")
    (2.0, 1.0)
    """
    values = getattr(equilibrium, "values", None)
    return values[name] if isinstance(values, Mapping) and name in values else getattr(equilibrium, name)


def find_model(key: str) -> SolvableModel:
    """Return the model of that name.

    Raises
    ------
    UnknownModel
        Naming the nearest.
    """
    paper = catalogue.find_paper(key)
    found: SolvableModel | None = paper.model() if paper is not None else None
    if found is None:
        raise UnknownModel(key, [paper.key for paper in catalogue.papers() if paper.model() is not None])
    return found


def first_model(has: Callable[[SolvableModel], bool]) -> str:
    """Return the key of the first model that has something.

    Examples
    --------
    >>> first_model(lambda model: model.statics is not None)
    'kz'
    """
    models = (paper.model() for paper in catalogue.papers())
    return next((model.key for model in models if model is not None and has(model)), "")


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
        Key of a paper whose model can be solved, such as ``"kz"`` (Kleinert and Zorell).
    distribution : Distribution, str or scipy.stats frozen distribution, optional
        Productivity, where the model leaves it open: an object, such as ``scipy.stats.lognorm(0.6)``, or a text, such
        as ``"pareto:shape=4.5,scale=1"``.
    regime : str, optional
        For a model with several, such as ``"bo"``: ``autarky``, ``no-relocation``, ``short-run`` or ``long-run``, the
        default.
    check : bool, optional
        Whether an inadmissible parameter is an error; otherwise its equilibrium is NaN.
    outputs : str or sequence of str, optional
        Results that are wanted, where there are too many economies to hold all of them: these are solved block by
        block, and only the named numbers are kept.
    out : Mapping[str, ndarray], optional
        Arrays to write results into, by name, such as memory-mapped ones; solved block by block as well.
    **params : array_like or xarray.DataArray
        Parameters of the model; arrays broadcast and give arrays of equilibria, labelled ones labelled results.

    Returns
    -------
    Equilibrium
        The paper's own; results as attributes and by name, parameters too. ``to_xarray``, ``to_pandas`` and
        ``as_dict`` return all of them. With ``outputs`` or ``out`` a
        dictionary of arrays.

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
    settings = found.settings(distribution, regime)
    params, labels = unlabelled(params, model)
    arrays = named_arrays(out, f"out of {model}")
    if listed(outputs) or arrays:
        from symhet.numerics.blocks import in_blocks

        solved = partial(found.solver, check=check, **settings)
        kept = in_blocks(solved, params, outputs, arrays, found.outputs, model)
        return {name: labels.put_on(value, name, found.told(name)) for name, value in kept.items()} if labels else kept
    economy = found.solver(check=check, **settings, **params)
    return Labelled(economy, labels, found.told) if labels else economy
