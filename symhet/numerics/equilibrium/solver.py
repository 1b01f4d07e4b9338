"""The equilibrium of any model in the language, for arrays of parameters and any distribution of productivity.

Conditions are taken in the order of `ordering`: what an equation gives is worked out, one equation in one variable is
solved in logarithms, a few in a few by Newton steps from many starts. Every solution is then held against all
conditions and assumptions; what fails them is NaN, and the status says why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import ArrayLike

from symhet.errors import DomainError, SolverError, UnknownParameter
from symhet.language.terms import Term
from symhet.model.model import Model
from symhet.numerics.equilibrium.given import gathered, law_of
from symhet.numerics.equilibrium.ordering import Group, groups_of
from symhet.numerics.equilibrium.problem import Problem, problem_of
from symhet.numerics.equilibrium.result import Equilibrium
from symhet.numerics.equilibrium.run import Run
from symhet.numerics.inputs import listed, number, whole
from symhet.numerics.labelled import Labelled, unlabelled

__all__ = ["read_problem", "solve_model"]

_READ: WeakKeyDictionary[Model, tuple[str, Problem, list[Group]]] = WeakKeyDictionary()


def read_problem(model: Model, functions: Mapping[str, str] | None = None) -> tuple[Problem, list[Group]]:
    """Return what is to be solved and in which order, read once for a model that does not change."""
    written = f"{model.to_toml()}\n{sorted((functions or {}).items())}"
    known = _READ.get(model)
    if known is None or known[0] != written:
        problem = problem_of(model, functions)
        known = _READ[model] = written, problem, groups_of(problem)
    return known[1], known[2]


def solve_model(
    model: Model,
    *,
    distribution: Any = None,
    functions: Mapping[str, str] | None = None,
    check: bool = True,
    outputs: str | Sequence[str] = (),
    root: int = 0,
    start: Mapping[str, float] | None = None,
    **parameters: ArrayLike,
) -> Equilibrium:
    """Solve a model for arrays of parameters.

    Parameters
    ----------
    model : Model
        The model.
    distribution : Distribution, str or scipy.stats frozen distribution, optional
        Productivity, in place of the family that the model names; without either a standard lognormal, which is said.
    functions : Mapping[str, str], optional
        Forms of unspecified functions, as text in their arguments.
    check : bool, optional
        Whether a point without solution is an error; otherwise it is NaN, and `Equilibrium.status` says why.
    outputs : str or sequence of str, optional
        Variables and definitions that are wanted; all unless given.
    root : int, optional
        Which of several solutions, in order of the first variable that has several, from zero; where there are fewer
        there is none.
    start : Mapping[str, float], optional
        Where to look for variables first.
    **parameters : array_like or xarray.DataArray
        Values of parameters; what is not given has its default. Labelled arrays give labelled results.

    Returns
    -------
    Equilibrium
        Arrays of the broadcast shape.

    Raises
    ------
    MissingValue, UnknownParameter, MissingFunction, NoDistribution, NotDetermined, DependentConditions
        For what is missing or too much.
    DomainError
        If `check`: for the first assumption that fails.
    SolverError
        If `check`: where there is no solution.

    Examples
    --------
    >>> model = Model("Demo")
    >>> a, x = model.parameter("a"), model.variable("x")
    >>> model.condition("parabola", "x^2 - 3*x + a = 0")
    >>> [round(solve_model(model, a=2.0, root=root).x.item(), 12) for root in (0, 1)]
    [1.0, 2.0]
    >>> solve_model(model, a=5.0, check=False).status.item()
    'no solution of parabola was found'
    """
    root = whole(root, "root", 0, where=model.key)
    problem, groups = read_problem(model, functions)
    parameters, labels = unlabelled(parameters, problem.where)
    values = gathered(problem, parameters)
    known = {problem.parameters[name]: np.asarray(value, dtype=float) for name, value in values.items()}
    law = law_of(problem, known, distribution)
    wanted = _wanted(problem, outputs)
    run = Run(problem, groups, law, known, wanted, root, _starts(problem, start or {}))
    found = run.equilibrium(values)
    if check and not found.solved.all():
        _refuse(found)
    # What is labelled has all that an equilibrium has.
    return found if labels is None else cast("Equilibrium", Labelled(found, labels, found.told))


def _wanted(problem: Problem, outputs: str | Sequence[str]) -> tuple[str, ...]:
    every = (*problem.unknowns, *problem.definitions)
    outputs = listed(outputs)
    for name in outputs:
        if name not in every:
            raise UnknownParameter(name, every, where=f"outputs of {problem.where}", noun="result")
    return tuple(outputs) or every


def _starts(problem: Problem, start: Mapping[str, float]) -> dict[Term, float]:
    """Return where to begin with variables: what was given, else their defaults."""
    found: dict[Term, float] = {}
    for name, symbol in problem.unknowns.items():
        value = start.get(name, problem.model.quantities[name].default)
        if value is not None:
            found[symbol] = number(value, name, where="start")
            if not np.isfinite(found[symbol]) or (symbol.args[1] and found[symbol] <= 0):
                least = "0 < " if symbol.args[1] else ""
                raise DomainError(f"start of {name}", relation=f"{least}{name} < infinity", left=value, where="start")
    for name in start:
        if name not in problem.unknowns:
            raise UnknownParameter(name, problem.unknowns, where="start")
    return found


NO_NUMBER = ("no value", "no floating-point number", "too few digits")


def _refuse(found: Equilibrium) -> None:
    """Raise the error of the first point without solution."""
    index = tuple(int(i) for i in np.argwhere(~found.solved)[0])
    reason = found.statuses[int(found.status_number[index])]
    if " determined by " in reason:
        from symhet.model.dependence import require_independence
        from symhet.model.world import understood

        # What no numbers determine may be so because conditions say the same twice: then that is the answer.
        require_independence(understood(found.problem.model))
    where = f"{found.problem.where}, index {index}" if index else found.problem.where
    fix = "in Python, check=False gives NaN there"
    if reason.startswith(("no solution", "the condition")) or reason.endswith(NO_NUMBER):
        raise SolverError("there is no equilibrium that was found", where=where, why=reason, fix=fix)
    raise DomainError(reason, where=where, fix=f"choose parameters that satisfy it; {fix}")
