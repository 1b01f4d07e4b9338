"""A solution held against its own conditions: residuals, bounds and assumptions, and cutoffs outside the support."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from symhet.language import terms as t
from symhet.language.definedness import evident
from symhet.language.spelling import text
from symhet.language.statements import Statement
from symhet.language.terms import Head, Term
from symhet.numerics.equilibrium.ordering import Group
from symhet.numerics.equilibrium.problem import Problem
from symhet.numerics.equilibrium.values import Values
from symhet.numerics.status import LEAST
from symhet.numerics.tails import Array, Distribution

__all__ = ["TOLERANCE", "corners", "judged_after", "judged_before", "moments", "residual"]

TOLERANCE = 1e-9
"""By how much a condition may fail, relative to the size of its parts."""

FEWEST = 1e-6
"""The relative error from which on a variable has too few digits."""
_EPSILON = 2.0**-53
_FLOOR = 1e-6
"""The least size of an equation in a variable that may be zero: all parts of it may vanish there."""
Reasons = list[tuple[Any, str]]
"""Where something fails, and what."""


def _statement_leaves(problem: Problem, statement: Statement) -> frozenset[Term]:
    found: frozenset[Term] = frozenset()
    for leaf in statement.leaves:
        found |= problem.leaves(leaf)
    return found


FURTHER = "there is a further solution"


def flat(group: Group) -> str:
    """Return what is wrong where a condition holds on an interval."""
    names = ", ".join(str(x.args[0]) for x in group.torn)
    return f"{names} {'is' if len(group.torn) == 1 else 'are'} determined by {' and '.join(group.equations)}"


def unsolved(group: Group) -> str:
    """Return what is wrong where no root was found."""
    return f"no solution of {' and '.join(group.equations)} was found"


def _named(symbol: Term) -> str:
    return f"{symbol.args[0]} > 0"


def _finite(symbol: Term) -> str:
    return f"{symbol.args[0]} is finite"


def reasons_before(problem: Problem) -> list[str]:
    """Return what parameters may break."""
    positive = [_named(symbol) for symbol in problem.parameters.values() if symbol.args[1]]
    finite = [_finite(symbol) for symbol in problem.parameters.values()]
    assumptions = [reason for name in problem.assumptions for reason in (_unsettled(name), name)]
    return [*positive, *finite, *assumptions, *map(_moment, problem.orders)]


def _unsettled(name: str) -> str:
    return f"a side of {name!r} is no floating-point number"


def _failing(values: Values, name: str, statement: Statement) -> Reasons:
    """Return where an assumption fails, and before that where one of its sides leaves the floating-point numbers."""
    fails = ~values.holds(statement)
    beyond = np.False_
    for side in _sides(statement):
        beyond = beyond | np.isinf(values.value(side))
    return [(fails & beyond, _unsettled(name)), (fails, name)]


def _sides(statement: Statement) -> Iterator[Term]:
    if statement.is_relation:
        yield from statement.args
    else:
        for part in statement.args:
            yield from _sides(part)


def _moment(order: Term) -> str:
    return f"the moment of order {text(order)} is finite"


def reasons_after(problem: Problem) -> list[str]:
    """Return what a solution may break."""
    found: list[str] = []
    for symbol in problem.unknowns.values():
        found += [few_digits(symbol), _outside(symbol), _lost(symbol), _named(symbol)]
    return [*found, *map(_unmet, problem.conditions)]


def _outside(symbol: Term) -> str:
    return f"{symbol.args[0]} is no floating-point number"


def _lost(symbol: Term) -> str:
    return f"{symbol.args[0]} has no value"


def few_digits(symbol: Term) -> str:
    """Return what is wrong where the parts of a sum that gives a variable cancel."""
    return f"{symbol.args[0]} has too few digits"


def rounding(values: Values, term: Term) -> Any:
    """Return the relative error that the rounding of what is added up leaves in a term, by its order of magnitude."""
    if term.head in (Head.PRODUCT, Head.WHOLE_POWER):
        factors = term.args if term.head is Head.PRODUCT else term.args[:1]
        return sum(rounding(values, factor) for factor in factors)
    if term.head is not Head.SUM or evident(term):
        return 0.0
    known = frozenset(values.problem.parameters.values())
    # A parameter, or one taken away, is exact.
    taken = frozenset(t.negative(symbol) for symbol in known)
    parts = [part for part in term.args if part.head is not Head.NUMBER and part not in known | taken]
    error = sum(np.abs(values.value(part)) * (_EPSILON + rounding(values, part)) for part in parts)
    return error / np.abs(values.value(term))


def _unmet(name: str) -> str:
    return f"the condition {name!r} is met"


def judged_before(problem: Problem, values: Values) -> Reasons:
    """Return where parameters are outside what the model supposes of them."""
    found: Reasons = []
    for symbol in problem.parameters.values():
        if symbol.args[1] and values.has(symbol):
            found.append((~(values.value(symbol) > 0), _named(symbol)))
    for symbol in problem.parameters.values():
        if values.has(symbol):
            found.append((~np.isfinite(values.value(symbol)), _finite(symbol)))
    unknowns = frozenset(problem.unknowns.values())
    for name, statement in problem.assumptions.items():
        leaves = _statement_leaves(problem, statement)
        if not leaves & unknowns and all(map(values.has, leaves)):
            found += _failing(values, name, statement)
    return found


def moments(problem: Problem, values: Values, law: Distribution | None) -> Reasons:
    """Return where a moment that the conditions mention is infinite."""
    unknowns = frozenset(problem.unknowns.values())
    if law is None:
        return []
    return [
        (~law.moment_exists(values.value(order)), _moment(order))
        for order in problem.orders
        if not problem.leaves(order) & unknowns and values.has(order)
    ]


def judged_after(problem: Problem, values: Values) -> tuple[Reasons, dict[str, Any]]:
    """Return what a solution breaks, and the residual of each condition."""
    found: Reasons = []
    for symbol in problem.unknowns.values():
        value = values.value(symbol)
        if symbol.args[1]:
            found.append((((value >= 0) & (value < LEAST)) | (value == np.inf), _outside(symbol)))
        found.append((~np.isfinite(value), _lost(symbol)))
        if symbol.args[1]:
            found.append((~(value > 0), _named(symbol)))
    either = frozenset(symbol for symbol in problem.unknowns.values() if not symbol.args[1])
    residuals = {
        name: residual(values, *sides, _FLOOR if either & problem.leaves(t.add(*sides)) else 0.0)
        for name, sides in problem.conditions.items()
    }
    found += [(~(gap <= TOLERANCE), _unmet(name)) for name, gap in residuals.items()]
    unknowns = frozenset(problem.unknowns.values())
    for name, statement in problem.assumptions.items():
        leaves = _statement_leaves(problem, statement)
        if leaves & unknowns and all(map(values.has, leaves)):
            found += _failing(values, name, statement)
    return found, residuals


def residual(values: Values, left: Term, right: Term, floor: float = 0.0) -> Any:
    """Return by how much two sides differ, relative to the size of their parts; infinite where one has no value."""
    one, other = values.value(left), values.value(right)
    size = _size(values, left) + _size(values, right) + floor
    gap = np.where(size > 0, np.abs(one - other) / np.where(size > 0, size, 1.0), np.abs(one - other))
    return np.where(np.isfinite(one) & np.isfinite(other), gap, np.inf)


def _size(values: Values, term: Term) -> Any:
    """Return how large the parts of a term are, against which its rounding is measured."""
    if term.head is Head.SUM:
        return sum(_size(values, part) for part in term.args)
    if term.head is Head.PRODUCT and any(factor.head is Head.SUM for factor in term.args):
        total: Any = 1.0
        for factor in term.args:
            total = total * _size(values, factor)
        return total
    if term.head is Head.WHOLE_POWER and term.args[1] > 0:
        return _size(values, term.args[0]) ** float(term.args[1])
    return np.abs(values.value(term))


def corners(problem: Problem, values: Values, law: Distribution | None) -> dict[str, Any]:
    """Return where the point of a tail in the conditions lies outside the support of productivity."""
    if law is None:
        return {}
    points = dict.fromkeys(excess.point for excess in problem.excesses.values())
    for sides in problem.conditions.values():
        for side in sides:
            points |= dict.fromkeys(node.args[0] for node in t.nodes(side, Head.SURVIVAL, Head.TAIL))
    found: dict[str, Any] = {}
    low, high = law.support
    for point in points:
        value: Array = values.value(point)
        for outside, place in ((value < low, "below"), (value > high, "above")):
            found[f"{text(point)} lies {place} the support"] = outside
    return found
