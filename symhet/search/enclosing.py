"""Points at which some symbols are no rational numbers: terms in others, or roots of the equations that a plan leaves.

The method
    Economies are drawn by floating point as for other points. As many drawn symbols as equations are left become the
    unknowns, those whose logarithms move the equations most; the others are rounded, and the equations are met again
    by Newton steps. Around what is found a box is put, which the core sees to hold a root.

Limits
    Of unknowns in tails and in explicit functions nothing exact is known, so that they are never chosen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

import numpy as np

from symhet.core.context import Context
from symhet.language.statements import Statement
from symhet.language.terms import Term
from symhet.search.building import number
from symhet.search.evaluation import Economies, Numbers
from symhet.search.exact import Law, NotRationalError, Point
from symhet.search.functions import PREFIX
from symhet.search.meeting import followed
from symhet.search.plan import Plan, cutoffs, exponents

NEWTON_STEPS = 12
BUMP = 1e-7
LESS_WANTED = 0.1
"""How much less a parameter is wanted as an unknown than a variable, and what stands in exponents than a parameter."""
SMALL = 1e-9
"""What is left of a column, relatively, that depends on others."""
DIGITS = (9, 12)
"""Digits after the first that the ends of a box have in common with the root, but for the last."""
WIDTH = 3
"""Half the width of a box, in units of the last digit."""


def unknowns(context: Context, plan: Plan, economies: Economies, index: int) -> list[Term] | None:
    """Return as many drawn symbols as equations are left, which the equations determine near an economy."""
    statements = (*context.hypotheses.values(), *plan.left)
    never = cutoffs(statements)
    costly = exponents(statements)
    drawn = [x for x in plan.drawn if x not in never and not str(x.args[0]).startswith(PREFIX)]
    here = economies.chosen(np.array([index]))
    slopes = _slopes(plan, here, drawn)[0]
    weights = [(1.0 if x in context.endogenous else LESS_WANTED) * (LESS_WANTED if x in costly else 1.0) for x in drawn]
    if not drawn or len(drawn) < len(plan.left) or not np.isfinite(slopes).all():
        return None
    return _independent(drawn, slopes * np.array(weights), len(plan.left))


def _independent(symbols: list[Term], columns: Numbers, count: int) -> list[Term] | None:
    """Return so many symbols whose columns are independent, the largest first, None where there are too few."""
    left, found = columns.copy(), []
    for _ in range(count):
        sizes = np.linalg.norm(left, axis=0)
        best = int(np.argmax(sizes))
        if sizes[best] < SMALL * np.linalg.norm(columns):
            return None
        found.append(symbols[best])
        along = left[:, best] / sizes[best]
        left = left - np.outer(along, along @ left)
    return found


def met_again(plan: Plan, drawn: Economies, chosen: list[Term]) -> Economies:
    """Return economies in which the equations that are left are met by the unknowns."""
    economies = followed(plan, drawn)
    for _ in range(NEWTON_STEPS):
        gaps = _gaps(plan, economies)
        slopes = np.nan_to_num(_slopes(plan, economies, chosen), posinf=0, neginf=0)
        move = np.einsum("nij,nj->ni", np.linalg.pinv(slopes), np.nan_to_num(gaps.T)).clip(-0.5, 0.5)
        economies = followed(
            plan, economies.having({x: economies.leaves[x] * (1 - move[:, i]) for i, x in enumerate(chosen)})
        )
    return economies


def _gaps(plan: Plan, economies: Economies) -> Numbers:
    found = []
    for equation in plan.left:
        left, right = (economies.value(term) for term in equation.args)
        with np.errstate(all="ignore"):
            found.append((left - right) / (np.abs(left) + np.abs(right)))
    return np.array(found)


def _slopes(plan: Plan, economies: Economies, moved: list[Term]) -> Numbers:
    """Return how the gaps move with the logarithm of each symbol, of shape (economies, equations, symbols)."""
    gaps, columns = _gaps(plan, economies), []
    for x in moved:
        aside = followed(plan, economies.having({x: economies.leaves[x] * (1 + BUMP)}))
        columns.append((_gaps(plan, aside) - gaps) / BUMP)
    return np.array(columns).transpose(2, 1, 0) if columns else np.zeros((economies.size, len(gaps), 0))


def rooted(
    context: Context, plan: Plan, values: Mapping[Term, Fraction], law: Law | None, floats: Mapping[Term, float]
) -> Iterator[Point]:
    """Yield points with rational values for some drawn symbols, a box for the others, and terms for what follows."""
    exact = Point(dict(values), law)
    terms: list[tuple[Term, Term]] = []
    for x, term in plan.solved:
        try:
            value = exact.value(term)
        except NotRationalError:
            terms.append((x, term))
            continue
        if x.args[1] and value <= 0:
            return
        exact.values[x] = value
    if any(str(x.args[0]).startswith(PREFIX) for x, _ in terms):
        return
    for digits in DIGITS if floats else (0,):
        box = tuple((x, *_ends(value, digits)) for x, value in floats.items())
        yield replace(exact, terms=tuple(terms), box=box, equations=plan.left if box else ())


def _ends(value: float, digits: int) -> tuple[Term, Term]:
    """Return two decimal numbers around another one."""
    middle = Fraction(f"{value:.{digits}e}")
    width = WIDTH * Fraction(10) ** (int(f"{value:e}".split("e")[1]) - digits)
    return number(middle - width), number(middle + width)


def originals(context: Context, moved: Context) -> dict[Statement, Statement]:
    """Return by what is said of explicit functions what was said of them by name."""
    return {moved.hypotheses[name]: statement for name, statement in context.hypotheses.items()}


__all__ = ["met_again", "originals", "rooted", "unknowns"]
