"""How drawn economies are made to meet a plan: what it solves follows, what it leaves is met by Newton steps."""

from __future__ import annotations

import numpy as np

from symhet.language.statements import Op, Statement
from symhet.language.terms import Head, Term
from symhet.search.evaluation import Economies, Numbers
from symhet.search.plan import Plan

NEWTON_STEPS = 20
LAST_STEPS = 6
"""Steps at the end in which the equations alone are looked at."""
MAX_BOUNDS = 40
SPARE = 0.04
"""By how much more than they say inequalities are aimed at."""


def followed(plan: Plan, economies: Economies) -> Economies:
    """Return the economies with the symbols that the plan solves for."""
    following = {x for x, _ in plan.solved}
    found = Economies(
        economies.size,
        {leaf: value for leaf, value in economies.leaves.items() if leaf not in following},
        economies.laws,
        economies.functions,
    )
    # Each term needs only what is known before it, so that what was worked out stays right.
    for x, term in plan.solved:
        found.leaves[x] = found.value(term)
    return found


def follows(economies: Economies, equation: Statement) -> bool:
    """Tell whether an equation holds in all economies in which both of its sides have a value."""
    errors = np.abs(_error(economies, equation))
    known = np.isfinite(errors)
    return bool(known.any()) and bool((errors[known] < 1e-9).all())


def violation(economies: Economies, plan: Plan) -> Numbers:
    """Return by how much each economy misses the hypotheses, relatively; infinite where something has no value."""
    total = np.zeros(economies.size)
    with np.errstate(all="ignore"):
        for x, _ in plan.solved:
            value = economies.leaves[x]
            total += np.where(
                np.isfinite(value), np.where((value <= 0) & x.args[1], 1 + np.abs(value) / (1 + np.abs(value)), 0), 9
            )
        for check in plan.checks:
            if not check.mentions(Head.TOTAL):
                total += _missed(economies, check)
        for equation in plan.left:
            left, right = (economies.value(term) for term in equation.args)
            error = np.abs(left - right) / (np.abs(left) + np.abs(right))
            total += np.where(error < 1e-9, 0, np.where(np.isfinite(error), 1 + error, 9))
    return total


def _missed(economies: Economies, check: Statement) -> Numbers:
    held = economies.holds(check, 1e-4)
    if check.op in (Op.LESS, Op.AT_MOST):
        left, right = (economies.value(term) for term in check.args)
        gap = (left - right) / (np.abs(left) + np.abs(right))
        return np.where(held, 0, np.where(np.isfinite(gap), 0.05 + np.maximum(gap, 0), 9))
    if check.op is Op.OR:
        return np.where(held, 0, np.minimum.reduce([_missed(economies, part) for part in check.args]))
    return np.where(held, 0, 1.0)


def solved(plan: Plan, economies: Economies) -> Economies:
    """Meet the equations that the plan leaves by Newton steps in logarithms, and inequalities on the way."""
    unknowns = [x for x in _unknowns(plan) if x.args[1]]
    if not unknowns:
        return economies
    bounds = [check for check in plan.checks if check.op in (Op.LESS, Op.AT_MOST) and not check.mentions(Head.TOTAL)]
    for step in range(NEWTON_STEPS):
        wanted = bounds[:MAX_BOUNDS] if step < NEWTON_STEPS - LAST_STEPS else []
        gaps = _missing(economies, plan, wanted)
        if not np.isfinite(gaps).any() or np.nanmax(np.abs(gaps)) < 1e-13:
            break
        slopes = _slopes(plan, economies, unknowns, wanted, gaps)
        move = np.einsum("nij,nj->ni", np.linalg.pinv(slopes, rcond=1e-9), np.nan_to_num(gaps.T)).clip(-1, 1)
        economies = followed(
            plan, economies.having({x: economies.leaves[x] * np.exp(-move[:, i]) for i, x in enumerate(unknowns)})
        )
    return economies


def _slopes(plan: Plan, economies: Economies, unknowns: list[Term], bounds: list[Statement], gaps: Numbers) -> Numbers:
    """Return how what is missing moves with the logarithm of each unknown, all of them moved in one evaluation."""
    size = economies.size
    copies = economies.chosen(np.tile(np.arange(size), len(unknowns)))
    aside = {x: copies.leaves[x].copy() for x in unknowns}
    for index, x in enumerate(unknowns):
        aside[x][index * size : (index + 1) * size] *= 1 + 1e-7
    moved = _missing(followed(plan, copies.having(aside)), plan, bounds).reshape(-1, len(unknowns), size)
    slopes: Numbers = np.nan_to_num((moved - gaps[:, None, :]).transpose(2, 0, 1) / 1e-7, posinf=0, neginf=0)
    return slopes


def _missing(economies: Economies, plan: Plan, bounds: list[Statement]) -> Numbers:
    """Return the errors of the equations that are left, and by how much inequalities are violated."""
    return np.array(
        [_error(economies, equation) for equation in plan.left] + [_beyond(economies, bound) for bound in bounds]
    )


def _beyond(economies: Economies, bound: Statement) -> Numbers:
    """Return by how much an inequality is missed, relatively and with a little to spare; zero where it holds."""
    left, right = (economies.value(term) for term in bound.args)
    with np.errstate(all="ignore"):
        gap = (left - right) / (np.abs(left) + np.abs(right))
        return np.where(gap > -SPARE / 2, gap + SPARE, 0.0)


def _error(economies: Economies, equation: Statement) -> Numbers:
    left, right = (economies.value(term) for term in equation.args)
    with np.errstate(all="ignore"):
        return (left - right) / (np.abs(left) + np.abs(right))


def _unknowns(plan: Plan) -> list[Term]:
    """Return drawn symbols that move the equations that are left."""
    reach = {x: term.leaves for x, term in plan.solved}
    found: set[Term] = set()
    stack = [leaf for equation in plan.left for leaf in equation.leaves]
    while stack:
        leaf = stack.pop()
        if leaf in reach:
            stack += reach.pop(leaf)
        elif leaf in plan.drawn:
            found.add(leaf)
    return sorted(found, key=repr)
