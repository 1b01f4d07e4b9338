"""Hypothesis strategies for admissible economies of any model: bounds are met by construction, the rest by trial."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from symhet.model.model import Model
from symhet.numerics.drawing import Numbers, hypothesis_strategies
from symhet.numerics.equilibrium.problem import Problem
from symhet.numerics.equilibrium.solver import read_problem, solve_model
from symhet.numerics.equilibrium.values import Values
from symhet.numerics.models import Draws
from symhet.numerics.strategies import distributions

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

__all__ = ["economies_of"]


def economies_of(
    model: Model,
    *,
    families: Sequence[str] | None = None,
    functions: Mapping[str, str] | None = None,
    extremes: bool = False,
) -> SearchStrategy[dict[str, Any]]:
    """Return keywords of `solve` with which a model has an equilibrium that meets its assumptions.

    Parameters
    ----------
    model : Model
        The model.
    families : sequence of str, optional
        Families of productivity to draw from, where the model leaves it open; all by default.
    functions : Mapping[str, str], optional
        Forms of unspecified functions.
    extremes : bool, optional
        Whether to draw far-off numbers too.

    Returns
    -------
    SearchStrategy
        Of dicts with a number for each parameter, and a distribution where the model leaves it open.

    Raises
    ------
    MissingExtra
        Without hypothesis.

    Examples
    --------
    >>> from hypothesis import find
    >>> model = Model("Demo")
    >>> a, x = model.parameter("a", above=1), model.variable("x")
    >>> model.condition("square", "x^2 = a - 1")
    >>> find(economies_of(model), lambda economy: economy["a"] > 2)
    {'a': 3.0}
    """
    draws = draws_of(model, functions)
    st = hypothesis_strategies()

    def drawn(draw: DrawFn) -> dict[str, Any]:
        economy: dict[str, Any] = draws.draw(draw, Numbers(extremes), None, None)
        family = model.family
        if family is not None and not family.family:
            law = distributions(moment=draws.exponent(economy), families=families, extremes=extremes)
            economy["distribution"] = draw(law)
        return economy

    found: SearchStrategy[dict[str, Any]] = st.composite(drawn)().filter(draws.fits)
    return found


def draws_of(model: Model, functions: Mapping[str, str] | None = None) -> Draws:
    """Return how admissible economies of a model are drawn, for `symhet.strategies`.

    Examples
    --------
    >>> draws_of(Model("Demo")).regimes
    ()
    """
    problem, _ = read_problem(model, functions)
    few = tuple(problem.unknowns)[:1]

    def fits(economy: Mapping[str, Any]) -> bool:
        return bool(solve_model(model, functions=functions, check=False, outputs=few, **economy).solved.all())

    def draw(draw: DrawFn, numbers: Numbers, regime: str | None, phase: str | None) -> dict[str, float]:
        return _drawn(problem, draw, numbers)

    return Draws((), draw, exponent=partial(_exponent, problem), fits=fits)


def _drawn(problem: Problem, draw: DrawFn, numbers: Numbers) -> dict[str, float]:
    known: dict[str, float] = {}
    waiting = list(problem.parameters)
    while waiting:
        # What bounds of others mention is drawn first.
        name = next((n for n in waiting if _mentioned(problem, n) <= known.keys()), waiting[0])
        waiting.remove(name)
        known[name] = _number(draw, problem, name, known, numbers)
    return known


def _exponent(problem: Problem, known: Mapping[str, float]) -> float:
    """Return the highest order of a moment that the conditions mention."""
    values = _values(problem, {name: value for name, value in known.items() if name in problem.parameters})
    orders = [float(values.value(order)) for order in problem.orders if values.has(order)]
    return max([0.0, *(order for order in orders if np.isfinite(order))])


def _values(problem: Problem, known: Mapping[str, float]) -> Values:
    return Values(problem, {problem.parameters[name]: np.asarray(value) for name, value in known.items()})


def _mentioned(problem: Problem, name: str) -> set[str]:
    return {str(leaf.args[0]) for _, term in problem.bounds.get(name, ()) for leaf in term.leaves}


def _number(draw: DrawFn, problem: Problem, name: str, known: Mapping[str, float], numbers: Numbers) -> float:
    """Draw a parameter between its bounds."""
    values = _values(problem, known)
    low, high = (0.0 if problem.parameters[name].args[1] else -np.inf), np.inf
    for kind, term in problem.bounds.get(name, ()):
        end = float(values.value(term)) if values.has(term) else np.nan
        if kind in ("above", "at_least"):
            low = max(low, end) if np.isfinite(end) else low
        else:
            high = min(high, end) if np.isfinite(end) else high
    if np.isfinite(low) and np.isfinite(high):
        return low + (high - low) * draw(numbers.share(0.01, 0.99))
    if np.isfinite(low):
        return low + draw(numbers.positive() if low == 0 else numbers.excess())
    if np.isfinite(high):
        return high - draw(numbers.positive())
    return draw(numbers.positive()) - draw(numbers.positive())
