"""Comparative statics at numbers: the conditions differentiated at a solution, and solved for how variables move."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from symhet.errors import UnknownParameter
from symhet.model.model import Model
from symhet.numerics.equilibrium.responses import moved
from symhet.numerics.equilibrium.result import Equilibrium
from symhet.numerics.equilibrium.solver import solve_model
from symhet.numerics.equilibrium.values import Values
from symhet.numerics.inputs import listed
from symhet.numerics.labelled import Labels, unlabelled
from symhet.numerics.tails import Array

__all__ = ["Slope", "statics_of"]


class Slope(NamedTuple):
    """How a variable or definition responds to a parameter, through the conditions.

    Attributes
    ----------
    of, to : str
        What responds, and to what.
    derivative : ndarray
        d(of)/d(to) at the solution; not a number where there is none, or the conditions do not say.
    elasticity : ndarray
        dln(of)/dln(to).
    """

    of: str
    to: str
    derivative: Array
    elasticity: Array


def statics_of(
    model: Model, *, of: str | Sequence[str] = (), to: str | Sequence[str] = (), **options: Any
) -> list[Slope]:
    """Return derivatives of variables and definitions by parameters at the solution of a model.

    Derivatives are exact: every condition is differentiated by its rules, and the linear equations for the variables'
    derivatives are solved. In the order of a moment, and in the parameters of a distribution, the tails are
    differentiated by an eight-point rule, right to about twelve digits.

    Parameters
    ----------
    model : Model
        The model.
    of : str or sequence of str, optional
        Variables and definitions; the variables unless given.
    to : str or sequence of str, optional
        Parameters; all that have a value unless given.
    **options
        As for `solve_model`: distribution, functions, parameters; labelled arrays give labelled derivatives.

    Returns
    -------
    list of Slope
        One for each pair, results outermost.

    Raises
    ------
    UnknownParameter
        For a name that the model does not have, or a parameter without a value.

    Examples
    --------
    >>> model = Model("Demo")
    >>> a, x = model.parameter("a"), model.variable("x")
    >>> model.condition("cube", "x^3 = a")
    >>> [slope] = statics_of(model, of=["x"], to=["a"], a=8.0)
    >>> round(slope.derivative.item(), 12), round(slope.elasticity.item(), 12)
    (0.083333333333, 0.333333333333)
    """
    options, labels = unlabelled(options, f"statics of {model.key}")
    found = solve_model(model, **{**options, "outputs": ()})
    problem = found.problem
    every = (*problem.unknowns, *problem.definitions)
    results, parameters = listed(of) or tuple(problem.unknowns), listed(to) or tuple(found.parameters)
    for names, known, what in ((results, every, "result"), (parameters, found.parameters, "parameter")):
        for name in names:
            if name not in known:
                raise UnknownParameter(name, known, where=f"statics of {problem.where}", noun=what)
    values = values_at(found)
    terms = {name: problem.unknowns.get(name) or problem.definitions[name] for name in results}
    slopes: dict[tuple[str, str], Array] = {}
    with np.errstate(all="ignore"):
        for parameter in parameters:
            along = moved(problem, values, problem.parameters[parameter], found.status_number.size)
            for name, term in terms.items():
                slope = along.value(term)
                # A derivative that is zero has no sign.
                flat = np.broadcast_to(0.0 if slope is None else slope + 0.0, (found.status_number.size,))
                slopes[name, parameter] = np.where(found.solved.reshape(-1), flat, np.nan).reshape(found.shape)
    made = [_slope(found, name, parameter, slopes[name, parameter]) for name in results for parameter in parameters]
    return made if labels is None else [_labelled(each, labels) for each in made]


def _labelled(slope: Slope, labels: Labels) -> Slope:
    derivative, elasticity = (labels.put_on(value, slope.of) for value in (slope.derivative, slope.elasticity))
    return slope._replace(derivative=derivative, elasticity=elasticity)


def _slope(found: Equilibrium, name: str, parameter: str, derivative: Array) -> Slope:
    with np.errstate(all="ignore"):
        elasticity = derivative * found.parameters[parameter] / found.values[name]
    return Slope(name, parameter, derivative, elasticity)


def values_at(found: Equilibrium) -> Values:
    """Return the values of everything at the solutions, flat."""
    problem, shape = found.problem, found.shape
    known = {problem.parameters[name]: _flat(value, shape) for name, value in found.parameters.items()}
    known |= {symbol: found.values[name].reshape(-1) for name, symbol in problem.unknowns.items()}
    law = None if found.distribution is None else found.distribution.flat(shape)
    return Values(problem, known, law)


def _flat(value: Array, shape: tuple[int, ...]) -> Array:
    return np.broadcast_to(value, shape).reshape(-1)
