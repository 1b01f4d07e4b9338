"""Which equations another one follows from, read off their gradients in an economy drawn: a guess that saves work.

Where an equation follows from others near a regular point, its gradient there is a combination of theirs. Equations are
dropped one after another, those first that mention most beyond the goal, as long as the rest still gives the goal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from symhet.language.statements import Op, Statement
from symhet.language.terms import Head, Term
from symhet.search.branch import Branch
from symhet.search.evaluation import STEP, Economies, Numbers

CLOSE = 1e-6
"""How far, relatively, a gradient may be from the span of others."""
TINY = 1e-9
MAX_LEAVES = 160


def needed(branch: Branch, goal: Statement, known: Sequence[Statement], totals_only: bool = False) -> list[int] | None:
    """Return the places of those equations that a goal follows from, none to spare; None when they do not give it.

    Parameters
    ----------
    branch : Branch
        Where the equations hold.
    goal : Statement
        An equation, or another relation of which only the derivatives are looked at.
    known : sequence of Statement
        Equations.
    totals_only : bool
        Whether the equations are only to determine the derivatives in the goal.
    """
    economies = branch.seen(goal)
    if economies is None or not known:
        return None
    found = [
        _needed(branch, economies.chosen(np.array([economies.size * quarter // 4])), goal, known, totals_only)
        for quarter in (1, 2, 3)
    ]
    places = [place for each in found for place in each or ()]
    return None if all(each is None for each in found) else sorted(set(places))


def _needed(
    branch: Branch, here: Economies, goal: Statement, known: Sequence[Statement], totals_only: bool
) -> list[int] | None:
    """Return the same as far as one economy tells, where what matters may be too small to be seen."""
    leaves = _moving(here, [goal, *known])
    if totals_only:
        leaves = [leaf for leaf in leaves if leaf.head is Head.TOTAL]
    if not leaves or len(leaves) > MAX_LEAVES:
        return None
    branch.work.spend(1 + len(leaves) * len(known) // 500)
    target, *rows = gradients(here, [goal, *known], leaves)
    fine = [index for index, row in enumerate(rows) if np.isfinite(row).all() and row.any()]
    matrix = np.array(rows)
    if not np.isfinite(target).all() or not spans(target, matrix[fine]):
        return None
    for index in sorted(fine, key=lambda index: _cost(goal, known[index]), reverse=True):
        rest = [other for other in fine if other != index]
        if spans(target, matrix[rest]):
            fine = rest
    return fine


def _cost(goal: Statement, known: Statement) -> tuple[int, int, int]:
    return len(known.leaves - goal.leaves), known.depth, len(known.leaves)


def _moving(economies: Economies, statements: Iterable[Statement]) -> list[Term]:
    found = {leaf for statement in statements for leaf in statement.leaves if leaf.head is not Head.SUPPORT}
    return sorted((leaf for leaf in found if leaf in economies.leaves), key=repr)


def gradients(economies: Economies, equations: Sequence[Statement], leaves: Sequence[Term]) -> Numbers:
    """Return the gradient of each gap in one economy, a row an equation, in relative changes of the leaves, scaled.

    Both sides may move together up to rounding, as those of what holds identically: such a row is zero.
    """
    count = len(leaves)
    copies = economies.chosen(np.zeros(count, dtype=int))
    moved = {}
    for index, leaf in enumerate(leaves):
        values = copies.leaves[leaf].astype(complex)
        size = abs(values[index].real)
        values[index] += 1j * STEP * (size if size > TINY else 1.0)
        moved[leaf] = values
    copies = copies.having(moved)
    with np.errstate(all="ignore"):
        sides = np.array([[copies.value(side).imag / STEP for side in e.args] for e in equations])
        rows = sides[:, 1] - sides[:, 0]
        rows[np.abs(rows).max(axis=1) <= TINY * np.abs(sides).max(axis=(1, 2))] = 0
        return rows / np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-300)


def spans(target: Numbers, rows: Numbers) -> bool:
    """Tell whether a vector is a combination of some others, up to rounding."""
    size = np.linalg.norm(target)
    if not size:
        return True
    if not len(rows):
        return False
    found = np.linalg.lstsq(rows.T, target, rcond=1e-10)[0]
    return bool(np.linalg.norm(rows.T @ found - target) <= CLOSE * size)


def equations_at_hand(branch: Branch, deepest: int) -> list[str]:
    """Return the names of known equations between different terms that are not too deep."""
    return [
        name
        for name, statement in branch.context.hypotheses.items()
        if statement.op is Op.EQUAL and statement.args[0] is not statement.args[1] and statement.depth <= deepest
    ]
