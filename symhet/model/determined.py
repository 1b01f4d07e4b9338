"""Whether conditions determine variables: as many as these, each with one of its own, none following from others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from symhet.core.calculus import derivative
from symhet.language.refusals import Refusal
from symhet.language.statements import Statement
from symhet.language.terms import Term
from symhet.model.declared import Quantity, Supposition
from symhet.model.mistakes import DependentConditions, WrongCount
from symhet.search.fingerprints import fingerprint

if TYPE_CHECKING:
    from symhet.model.world import World

__all__ = ["moving_together", "require_determined"]

SMALL, SEEN, FEWEST = 1e-8, 1e-4, 3
"""A singular value that is zero, a share in a combination that counts, points at which slopes have values."""


def moving_together(equations: Sequence[Statement], variables: Sequence[Term]) -> tuple[int, ...]:
    """Return the places of equations whose slopes in the variables are dependent at every point that is tried.

    Where that is so the equations determine the variables nowhere: one follows from the others, or they exclude one
    another. It is found by numbers, at points that have nothing in common; none is returned where slopes lack a value.

    Examples
    --------
    >>> from symhet.language import statements as s
    >>> from symhet.language import terms as t
    >>> x, y, a = (t.symbol(name) for name in "xya")
    >>> double = s.eq(t.multiply(t.number(2), x), t.multiply(t.number(2), a, y))
    >>> moving_together([s.eq(x, t.multiply(a, y)), double], [x, y])
    (0, 1)
    >>> moving_together([s.eq(x, t.multiply(a, y)), s.eq(x, t.add(a, y))], [x, y])
    ()
    """
    if not equations:
        return ()
    try:
        slopes = [[fingerprint(derivative(equation.gap, x)) for x in variables] for equation in equations]
    except Refusal:
        return ()
    matrices = np.moveaxis(np.array(slopes, dtype=float), 2, 0)
    matrices = matrices[np.isfinite(matrices).all(axis=(1, 2))]
    found = [_combination(matrix) for matrix in matrices]
    if len(found) < FEWEST or any(not places for places in found):
        return ()
    return max(found, key=len)


def _combination(matrix: NDArray[np.float64]) -> tuple[int, ...]:
    """Return the rows of a combination that is zero."""
    scale = np.max(np.abs(matrix), axis=1, keepdims=True)
    if (scale == 0).any():
        return tuple(int(place) for place in np.flatnonzero(scale[:, 0] == 0))
    left, sizes, _ = np.linalg.svd(matrix / scale)
    if sizes[-1] > SMALL * sizes[0]:
        return ()
    return tuple(int(place) for place in np.flatnonzero(np.abs(left[:, -1]) > SEEN))


def require_determined(world: World, variables: list[Quantity]) -> None:
    """Fail unless the conditions of a model can determine its variables.

    Raises
    ------
    WrongCount, DependentConditions
        Naming the lines of the conditions.
    """
    conditions = list(world.model.conditions.values())
    if len(conditions) != len(variables):
        source = conditions[-1].says if conditions else variables[0].source
        lines = ", ".join(f"{c.name!r} (line {c.says.line})" for c in conditions) or "none"
        why = f"variables: {', '.join(q.name for q in variables) or 'none'}; conditions: {lines}"
        fix = "as many conditions as variables, or [model] loose = true"
        raise WrongCount(f"{len(variables)} variables, {len(conditions)} conditions", source, 0, why=why, fix=fix)
    seen: dict[Statement, Supposition] = {}
    for condition in conditions:
        statement = world.hypotheses[condition.name]
        twin = seen.setdefault(statement, condition)
        if twin is not condition:
            why = f"it is {twin.name!r} (line {twin.says.line}) again"
            raise DependentConditions("two conditions are the same", condition.says, 0, why=why)
    _require_matching(world, conditions, variables)
    _require_rank(world, conditions, variables)


def _require_rank(world: World, conditions: list[Supposition], variables: list[Quantity]) -> None:
    """Fail where conditions move together, so that they determine the variables nowhere."""
    symbols = [world.setting.names.symbols[variable.name] for variable in variables]
    places = moving_together([world.hypotheses[condition.name] for condition in conditions], symbols)
    if places:
        lines = ", ".join(f"{conditions[place].name!r} (line {conditions[place].says.line})" for place in places)
        what = (
            "this equation determines nothing" if len(places) == 1 else "these conditions say the same of the variables"
        )
        why = f"whatever moves, {lines} {'does' if len(places) == 1 else 'do'} not tell the variables apart"
        fix = "give an equation that does not follow from the others, and is not at odds with them"
        raise DependentConditions(what, conditions[places[-1]].says, 0, why=why, fix=fix)


def _require_matching(world: World, conditions: list[Supposition], variables: list[Quantity]) -> None:
    """Fail unless each variable can be given an equation of its own in which it stands."""
    symbols = world.setting.names.symbols
    owner: dict[str, str] = {}

    def give(variable: str, tried: set[str]) -> bool:
        for condition in conditions:
            if symbols[variable] not in world.hypotheses[condition.name].leaves or condition.name in tried:
                continue
            tried.add(condition.name)
            if condition.name not in owner or give(owner[condition.name], tried):
                owner[condition.name] = variable
                return True
        return False

    for variable in variables:
        tried: set[str] = set()
        if not give(variable.name, tried):
            if not tried:
                why = f"no condition mentions {variable.name}"
            else:
                lines = ", ".join(f"{c.name!r} (line {c.says.line})" for c in conditions if c.name in tried)
                why = f"{lines} would have to determine more variables than they are"
            raise DependentConditions(f"nothing determines {variable.name}", conditions[0].says, 0, why=why)
