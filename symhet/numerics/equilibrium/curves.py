"""The gap of an equation along one variable, and that of several along several, for many economies at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from symhet.language import terms as t
from symhet.language.terms import Head, Term
from symhet.numerics.equilibrium.directions import direction
from symhet.numerics.equilibrium.guard import residual
from symhet.numerics.equilibrium.problem import Problem
from symhet.numerics.equilibrium.slopes import Slopes
from symhet.numerics.equilibrium.values import Values
from symhet.numerics.tails import Array
from symhet.search.building import number, parted, times

__all__ = ["Curve", "Surface", "balanced", "placed"]

Sides = tuple[Term, Term]


def balanced(problem: Problem, left: Term, right: Term) -> Sides:
    """Return an equation with what is taken away on the other side, where both sides are positive then.

    Examples
    --------
    >>> from symhet.model import Model
    >>> from symhet.numerics.equilibrium.problem import problem_of
    >>> x, y = t.symbol("x"), t.symbol("y")
    >>> balanced(problem_of(Model("Demo")), t.difference(x, y), t.ONE) == (x, t.add(y, t.ONE))
    True
    """
    if problem.sign(left) > 0 and problem.sign(right) > 0:
        return left, right
    above: list[Term] = []
    below: list[Term] = []
    for side, own, other in ((left, above, below), (right, below, above)):
        for part in side.args if side.head is Head.SUM else (side,):
            coefficient, rest = parted(part)
            if not coefficient:
                continue
            sign = problem.sign(rest)
            if sign == 0:
                return left, right
            (own if coefficient * sign > 0 else other).append(times(number(sign * abs(coefficient)), rest))
    return (t.total_of(above), t.total_of(below)) if above and below else (left, right)


def placed(x: Term, u: Array) -> tuple[dict[Term, Array], dict[Term, Array]]:
    """Return the value of a variable at a coordinate, or its logarithm where it is positive."""
    return ({}, {x: u}) if x.args[1] else ({x: np.sinh(u)}, {})


def _seeds(x: Term, u: Array) -> tuple[dict[Term, Any], dict[Term, Any]]:
    return ({}, {x: np.float64(1.0)}) if x.args[1] else ({x: np.cosh(u)}, {})


def _gap(values: Values, sides: Sides) -> tuple[Any, Any, bool]:
    """Return the gap of an equation, in logarithms where both sides are positive; where, and whether everywhere."""
    left, right = values.value(sides[0]), values.value(sides[1])
    positive = (left > 0) & (right > 0)
    logarithmic = values.log(sides[0]) - values.log(sides[1])
    if np.all(positive):
        return logarithmic, positive, True
    return np.where(positive, logarithmic, left - right), positive, False


def _slope(slopes: Slopes, sides: Sides, positive: Any, everywhere: bool) -> Any:
    logs = _minus(slopes.log(sides[0]), slopes.log(sides[1]))
    return logs if everywhere else np.where(positive, logs, _minus(slopes.value(sides[0]), slopes.value(sides[1])))


def _minus(one: Any, other: Any) -> Any:
    if one is None and other is None:
        return np.float64(0.0)
    return -other if one is None else one if other is None else one - other


class Curve(NamedTuple):
    """The gap of one equation along one variable.

    Attributes
    ----------
    values : Values
        Of everything else.
    x : Term
        The variable; its coordinate is its logarithm, or its inverse hyperbolic sine where it may be negative.
    given : Mapping of Term to Term
        Variables that stand for terms in it.
    sides : tuple of Term
        The equation.
    moves : dict of Term to bool
        What is remembered of which terms depend on the variable.
    rough : bool
        Whether tails may be taken by plain subtraction.
    turned : bool
        Whether the gap is taken with the other sign.
    """

    values: Values
    x: Term
    given: Mapping[Term, Term]
    sides: Sides
    moves: dict[Term, bool]
    rough: bool = False
    turned: bool = False

    def at(self, u: Array) -> tuple[Array, Array]:
        """Return the gap and its slope."""
        with np.errstate(all="ignore"):
            here = self.values.moving(*placed(self.x, u), self.given, self.rough)
            gap, *kind = _gap(here, self.sides)
            slope = _slope(Slopes(here, *_seeds(self.x, u), moves=self.moves), self.sides, *kind)
        if self.turned:
            gap, slope = -gap, -slope
        return np.broadcast_to(gap, u.shape), np.broadcast_to(slope, u.shape)

    def noise(self, u: Array) -> Array:
        """Return the size of the gap relative to the parts of the equation."""
        with np.errstate(all="ignore"):
            here = self.values.moving(*placed(self.x, u), self.given, self.rough)
            return np.broadcast_to(residual(here, *self.sides), u.shape)

    def rows(self, index: NDArray[np.intp]) -> Curve:
        """Return the curves of some of the economies."""
        return self._replace(values=self.values.rows(index))

    @property
    def is_strict(self) -> bool:
        """Whether the gap cannot stay the same along an interval, as it can where only S or T moves."""
        moving = frozenset({self.x, *self.given})
        return any(_strict(self.values, side, self.given, moving) for side in self.sides)

    def direction(self) -> Any:
        """Return 1 where the gap rises, -1 where it falls, nan where that is not seen from the terms."""
        moving = frozenset({self.x, *self.given})
        here = self.values.moving({}, {}, self.given)
        left, right = (direction(here, side, moving, self.x) for side in self.sides)
        agree = (left == 0) | (right == 0) | (left == -right)
        return np.where(agree, np.where(left == 0, -right, left), np.nan)


def _strict(values: Values, term: Term, given: Mapping[Term, Term], moving: frozenset[Term]) -> bool:
    """Tell whether a term that rises or falls does so strictly."""
    problem = values.problem
    if term in given:
        return _strict(values, given[term], given, moving)
    if term in problem.excesses:
        return _strict(values, problem.excesses[term].point, given, moving)
    if not problem.leaves(term) & moving or term.head in (Head.SURVIVAL, Head.TAIL) or term in problem.cases:
        return False
    return term.head is Head.SYMBOL or any(_strict(values, child, given, moving) for child in term.children)


class Surface(NamedTuple):
    """The gaps of equations along as many variables."""

    values: Values
    xs: tuple[Term, ...]
    given: Mapping[Term, Term]
    equations: Sequence[Sides]

    def at(self, u: Array) -> tuple[Array, Array]:
        """Return gaps of shape (economies, equations), and slopes of shape (economies, equations, variables)."""
        known: dict[Term, Array] = {}
        logs: dict[Term, Array] = {}
        for place, x in enumerate(self.xs):
            value, log_value = placed(x, u[:, place])
            known |= value
            logs |= log_value
        count = len(self.xs)
        gaps, slopes = np.empty((u.shape[0], count)), np.empty((u.shape[0], count, count))
        with np.errstate(all="ignore"):
            here = self.values.moving(known, logs, self.given)
            along = [self._along(here, place, u[:, place]) for place in range(count)]
            for row, sides in enumerate(self.equations):
                gaps[:, row], *kind = _gap(here, sides)
                for column in range(count):
                    slopes[:, row, column] = _slope(along[column], sides, *kind)
        return gaps, slopes

    def _along(self, here: Values, place: int, u: Array) -> Slopes:
        """Return derivatives along one variable, the others held."""
        return Slopes(here, *_seeds(self.xs[place], u))

    def rows(self, index: NDArray[np.intp]) -> Surface:
        """Return the surfaces of some of the economies."""
        return self._replace(values=self.values.rows(index))
