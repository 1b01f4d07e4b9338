"""What a solver is given: numbers for parameters, and a distribution of productivity."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from symhet.errors import DomainError, UnknownParameter
from symhet.language.terms import Term
from symhet.model.declared import Quantity
from symhet.numerics.distributions import FAMILIES, as_distribution
from symhet.numerics.equilibrium.mistakes import MissingValue, NoDistribution
from symhet.numerics.equilibrium.problem import Problem
from symhet.numerics.equilibrium.values import Values
from symhet.numerics.families import LogNormal
from symhet.numerics.inputs import numbers
from symhet.numerics.tails import Array, Distribution

__all__ = ["LAW", "STANDARD", "Law", "defaults_of", "gathered", "law_of"]

STANDARD = LogNormal(mu=0.0, sigma=1.0)
"""Productivity where a model leaves its distribution open and none is given: said in the notes of the result."""
LAW = "the parameters of the distribution are admissible"
_NUMERIC = {"bounded-pareto": "truncated-pareto"}


def defaults_of(problem: Problem) -> dict[str, float]:
    """Return the defaults of the parameters that have one.

    Examples
    --------
    >>> from symhet.model import Model
    >>> from symhet.numerics.equilibrium.problem import problem_of
    >>> model = Model("Demo")
    >>> x = model.parameter("x", default="3/4")
    >>> defaults_of(problem_of(model))
    {'x': 0.75}
    """
    found: dict[str, float] = {}
    for name in problem.parameters:
        default = problem.model.quantities[name].default
        if default is not None:
            found[name] = _number(default, name, problem)
    return found


def _number(value: int | float | str, name: str, problem: Problem) -> float:
    try:
        return float(Fraction(value) if isinstance(value, str) else value)
    except (ValueError, ZeroDivisionError):
        raise DomainError(
            "readable default", relation=f"the default of {name} is a number", left=repr(value), right="not that",
            where=problem.where, fix='write default = 1.5, or default = "3/2"',
        ) from None  # fmt: skip


def gathered(problem: Problem, given: Mapping[str, ArrayLike]) -> dict[str, Array]:
    """Return the value of each parameter that has one.

    Raises
    ------
    UnknownParameter
        For a name that is no parameter.
    MissingValue
        For a parameter that the conditions mention, without default.
    """
    for name in given:
        if name not in problem.parameters:
            raise UnknownParameter(name, problem.parameters, where=problem.where)
    found = {name: np.asarray(value) for name, value in defaults_of(problem).items()}
    found |= {name: numbers(value, name, where=problem.where) for name, value in given.items()}
    terms = [side for sides in problem.conditions.values() for side in sides]
    needed = frozenset().union(*map(problem.leaves, [*terms, *problem.law.values()]))
    missing = [name for name, symbol in problem.parameters.items() if symbol in needed and name not in found]
    if missing:
        raise MissingValue({name: _for_instance(problem.model.quantities[name]) for name in missing}, problem.where)
    return {name: found[name] for name in problem.parameters if name in found}


def _for_instance(quantity: Quantity) -> float:
    """Return a number within the bounds of a parameter that are numbers."""
    bounds = {kind: value for kind, text in quantity.bounds if (value := _plain_number(text.text)) is not None}
    low = max((bounds[kind] for kind in ("above", "at_least") if kind in bounds), default=0.0)
    high = min((bounds[kind] for kind in ("below", "at_most") if kind in bounds), default=math.inf)
    usual = low + 1.0
    return usual if usual < high else (low + high) / 2


def _plain_number(text: str) -> float | None:
    try:
        return float(Fraction(text.strip()))
    except (ValueError, ZeroDivisionError):
        return None


class Law(NamedTuple):
    """A distribution, where its parameters make one, and what to say about it."""

    law: Distribution | None
    fit: NDArray[np.bool_]
    note: str = ""


def law_of(problem: Problem, known: Mapping[Term, Array], distribution: Any = None) -> Law:
    """Return the distribution of productivity: the one given, that of the model, or the standard lognormal.

    Raises
    ------
    NoDistribution
        When one is given to a model that has none.
    """
    family = problem.model.family
    if family is None:
        if distribution is not None:
            raise NoDistribution(
                "the model has no distribution",
                where=problem.where,
                fix='declare it: [distribution] G = { order = "sigma - 1" }',
            )
        return Law(None, np.asarray(True))
    if distribution is not None:
        return Law(as_distribution(distribution, STANDARD), np.asarray(True))
    if not family.family:
        note = f"no distribution is given: {family.name} is taken to be {STANDARD}; distribution=... takes another"
        return Law(STANDARD, np.asarray(True), note)
    maker = FAMILIES[_NUMERIC.get(family.family, family.family)]
    values = Values(problem, known)
    with np.errstate(all="ignore"):
        given = {name: np.asarray(values.value(term), dtype=float) for name, term in problem.law.items()}
    arrays = dict(zip(given, np.broadcast_arrays(*given.values()), strict=True))
    fit = np.asarray(maker._fits(arrays))
    if not fit.all():
        safe = _admissible(family.family)
        arrays = {name: np.where(fit, value, safe[name]) for name, value in arrays.items()}
    return Law(maker(**arrays), fit)


def _admissible(family: str) -> dict[str, float]:
    """Return parameters that make a distribution, for points where those given do not."""
    if family == "uniform":
        return {"low": 1.0, "high": 2.0}
    if family == "lognormal":
        return {"mu": 0.0, "sigma": 1.0}
    return {"shape": 2.0, "scale": 1.0, "upper": 2.0}
