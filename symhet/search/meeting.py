"""How drawn economies are made to meet a plan: what it solves follows, what it leaves is met by Newton steps."""

from __future__ import annotations

import numpy as np

from symhet.language.statements import Op, Statement
from symhet.language.terms import Head, Term
from symhet.search.evaluation import Economies, Numbers
from symhet.search.plan import Plan

NEWTON_STEPS = 14


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
    """Meet the equations that the plan leaves by Newton steps in the logarithms of symbols that occur in them."""
    unknowns = _unknowns(plan)
    if not unknowns:
        return economies
    many = np.tile(np.arange(economies.size), len(unknowns))
    for _ in range(NEWTON_STEPS):
        gaps = np.array([_error(economies, equation) for equation in plan.left])
        if not np.isfinite(gaps).any() or np.nanmax(np.abs(gaps)) < 1e-13:
            break
        aside = {x: np.ones(len(many)) for x in unknowns}
        for index, x in enumerate(unknowns):
            aside[x][index * economies.size : (index + 1) * economies.size] += 1e-7
        copies = economies.chosen(many)
        moved = followed(plan, copies.having({x: copies.leaves[x] * factor for x, factor in aside.items()}))
        rows = np.array([_error(moved, e).reshape(len(unknowns), economies.size) for e in plan.left])
        jacobian = np.nan_to_num((rows - gaps[:, None, :]).transpose(2, 0, 1) / 1e-7, posinf=0, neginf=0)
        step = np.einsum("nij,nj->ni", np.linalg.pinv(jacobian, rcond=1e-9), np.nan_to_num(gaps.T))
        step = step.clip(-1, 1)
        economies = followed(
            plan, economies.having({x: economies.leaves[x] * np.exp(-step[:, i]) for i, x in enumerate(unknowns)})
        )
    return economies


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
