"""What is said of a model where neither an exact economy nor a contradiction was found.

A condition may follow from the others, or several may leave the variables free; or economies are met, but not in exact
numbers. That conditions depend on each other is seen at economies drawn in floating point; that one of them follows
from the others is an error only once it is proved.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from symhet import search
from symhet.core.calculus import derivative
from symhet.core.context import Context
from symhet.language.refusals import Refusal
from symhet.language.statements import Statement
from symhet.language.terms import Term
from symhet.model.mistakes import DependentConditions
from symhet.model.world import World
from symhet.search.drawing import sampled
from symhet.search.evaluation import Economies
from symhet.search.fingerprints import vanishes
from symhet.search.meeting import follows

SINGULAR = 1e-9
"""Smallest singular value, beside the largest, below which variables are free to move."""
INVOLVED = 1e-6


def require_independence(world: World) -> None:
    """Fail when a condition is proved to follow from the others; note where the variables are not determined.

    Raises
    ------
    DependentConditions
        With the condition and those from which it follows.
    """
    if world.model.loose or not world.system:
        return
    for name in reversed(world.system):
        others = {each: statement for each, statement in world.hypotheses.items() if each != name}
        drawn = sampled(Context(others), (world.hypotheses[name],))
        if drawn is None or not _holds_then(drawn, world.hypotheses[name]):
            continue
        if search.prove(Context(others), world.hypotheses[name]) is not None:
            raise _follows(world, name)
    free = _free(world)
    if free:
        world.notes.append(free)


def _holds_then(drawn: Economies, equation: Statement) -> bool:
    return vanishes(equation.gap) or follows(drawn, equation)


def _follows(world: World, name: str) -> DependentConditions:
    conditions = world.model.conditions
    rest = ", ".join(f"{each!r} (line {conditions[each].says.line})" for each in world.system if each != name)
    why = f"{name!r} holds wherever the other conditions and the assumptions do: {rest or 'it determines nothing'}"
    fix = "leave it out with the variable that it was to determine, or state what determines that one"
    return DependentConditions("this condition follows from the others", conditions[name].says, 0, why=why, fix=fix)


def met_in_floating_point(world: World) -> Iterator[str]:
    """Yield a line on an economy that meets what a model supposes up to rounding, where one was drawn."""
    for regime in world.regimes or (world,):
        drawn = sampled(regime.context())
        if drawn is not None:
            names = regime.setting.names.symbols
            values = (
                f"{name} = {float(drawn.leaves[x][0].real):.4g}" for name, x in names.items() if x in drawn.leaves
            )
            law = " and some distribution" if drawn.laws else ""
            yield f"up to rounding an economy meets them, {', '.join(values)}{law}: none was found in exact numbers"
            return


def _free(world: World) -> str:
    """Return a line on variables that the conditions leave free in every economy drawn, or nothing."""
    drawn = sampled(Context(world.hypotheses))
    if drawn is None:
        return ""
    variables = sorted(world.setting.endogenous, key=lambda x: str(x.args[0]))
    try:
        slopes = [[derivative(world.hypotheses[name].gap, x) for x in variables] for name in world.system]
    except Refusal:
        return ""
    found = [_null(drawn, slopes, variables, index) for index in range(min(drawn.size, 5))]
    if not found or any(null is None for null in found):
        return ""
    rows, columns = found[0] or ([], [])
    conditions = ", ".join(repr(world.system[row]) for row in rows)
    moved = ", ".join(str(variables[column].args[0]) for column in columns)
    leave = "leave" if len(rows) > 1 else "leaves"
    return f"{conditions} {leave} {moved} undetermined: in every economy drawn they can move while all conditions hold"


def _null(
    drawn: Economies, slopes: list[list[Term]], variables: list[Term], index: int
) -> tuple[list[int], list[int]] | None:
    """Return the conditions and variables of a direction in which no condition changes, None where there is none."""
    one = drawn.chosen(np.array([index]))
    sizes = np.array([float(one.value(x)[0].real) for x in variables])
    matrix = np.array([[float(one.value(slope)[0].real) for slope in row] for row in slopes]) * sizes
    norms = np.linalg.norm(matrix, axis=1, keepdims=True)
    if not np.isfinite(matrix).all() or not (norms > 0).all():
        return None
    left, values, right = np.linalg.svd(matrix / norms)
    if values[-1] > SINGULAR * values[0]:
        return None
    involved = [np.flatnonzero(np.abs(vector) > INVOLVED).tolist() for vector in (left[:, -1], right[-1])]
    return involved[0], involved[1]
