"""Which of a theorem's premises restrict the inputs of its formulas: the others need not be tested at every point.

A premise may be left out only if it follows from those that are tested. That it is met at every one of some hundred
points decides what is worth a test; it decides nothing about the formulas, which hold wherever all premises do.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any

import numpy as np
import sympy as sp

from symhet.numerics.compiled.premises import Known, solution
from symhet.numerics.compiled.steps import written_out
from symhet.propositions import Rel

__all__ = ["restricting"]

DRAWS = 20_000
MOST, FEWEST = 1000, 40
"""Points that are looked at; below the fewest premises are tested without asking whether they follow."""
SAME = 1e-7
"""Relative difference within which two sides count as equal."""
LARGE, TINY = 1e200, 1e-200
SELDOM = 2e-3
"""Share of the points at which a premise may fail for want of digits."""

Steps = Mapping[sp.Symbol, sp.Expr]


def restricting(
    supposed: Known, tested: Mapping[str, Rel], formulas: Iterable[sp.Expr], steps: Steps
) -> dict[str, Rel]:
    """Return the conditions that are tested, and the premises that do not follow from them.

    Parameters
    ----------
    supposed : Known
        Premises of a theorem, in terms of inputs, steps, and what is determined from these.
    tested : Mapping[str, Rel]
        Conditions that are tested in any case.
    formulas : iterable of Expr
        The outputs.
    steps : Mapping[Symbol, Expr]
        Variables that all of these may refer to, in their order.

    Examples
    --------
    >>> from symhet.propositions import eq, lt
    >>> x, y = sp.symbols("x y", positive=True)
    >>> premises = {"a": lt(x, 3), "b": lt(x, y), "c": eq(x * 2, x + x)}
    >>> sorted(restricting(Known(premises, {}, frozenset()), {"d": lt(x, 2)}, [x * y], {}))
    ['b', 'd']
    """
    found = dict(tested)
    waiting = {name: rel for name, rel in supposed.relations.items() if rel not in found.values()}
    waiting = {name: rel for name, rel in waiting.items() if rel.gap.free_symbols}
    holds = _met(waiting, supposed.determined, found, formulas, steps)
    while waiting and holds is not None:
        fails = {
            name: int(np.count_nonzero(~met))
            for name, met in holds.items()
            if np.count_nonzero(~met) > SELDOM * met.size
        }
        if not fails:
            return found
        worst = _worst(waiting, fails)
        met, is_equation = holds[worst], waiting[worst].op == "="
        found = _named(found, {worst: written_out(waiting[worst], dict(supposed.determined))})
        waiting = {name: waiting[name] for name in fails if name != worst}
        if is_equation:
            holds = _met(waiting, supposed.determined, found, formulas, steps)
        else:
            holds = {name: holds[name][met] for name in waiting}
    left = {name: rel for name, rel in waiting.items() if name in supposed.hypotheses and rel.op != "="}
    return _named(found, {name: written_out(rel, dict(supposed.determined)) for name, rel in left.items()})


def _worst(waiting: Mapping[str, Rel], fails: Mapping[str, int]) -> str:
    """Return the shortest of the candidates that fail at the most points, an equation if there is one."""
    among = [name for name in fails if waiting[name].op == "="] or list(fails)
    most = max(fails[name] for name in among)
    near = [name for name in among if fails[name] >= 0.9 * most]
    return min(near, key=lambda name: (not _is_solved(waiting[name]), len(str(waiting[name])), name))


def _is_solved(relation: Rel) -> bool:
    """Tell whether an equation has a variable by itself on one side, or is none."""
    sides = (relation.lhs, relation.rhs), (relation.rhs, relation.lhs)
    return relation.op != "=" or any(x.is_Symbol and x not in term.free_symbols for x, term in sides)


def _named(found: Mapping[str, Rel], more: Mapping[str, Rel]) -> dict[str, Rel]:
    """Return conditions with others beside them, under names of their own."""
    result = dict(found)
    for name, relation in more.items():
        label = name
        while label in result:
            label += "'"
        result[label] = relation
    return result


def _met(
    waiting: Mapping[str, Rel], determined: Steps, found: Mapping[str, Rel], formulas: Iterable[sp.Expr], steps: Steps
) -> dict[str, Any] | None:
    """Return at which of the points that meet the conditions each candidate is met; None if these are too few."""
    relations = [*waiting.values(), *found.values()]
    terms = [*formulas, *steps.values(), *determined.values(), *(s for rel in relations for s in (rel.lhs, rel.rhs))]
    symbols = frozenset().union(*(term.free_symbols for term in terms)) - steps.keys()
    if not symbols or not waiting:
        return None
    rng = np.random.default_rng(0)
    drawn = Points({symbol: _drawn(rng, symbol, found.values()) for symbol in sorted(symbols, key=str)})
    _tie(drawn, [rel for rel in found.values() if rel.op == "="], steps)
    drawn.work_out(steps)
    parts = [
        *(np.isfinite(drawn.value(term)) for term in (*formulas, *steps.values())),
        *map(drawn.holds, found.values()),
    ]
    chosen = np.flatnonzero(np.broadcast_to(reduce(np.logical_and, parts), (DRAWS,)))[:MOST]
    if chosen.size < FEWEST:
        return None
    points = Points({symbol: drawn.values[symbol][chosen] for symbol in symbols})
    points.work_out(steps)
    points.work_out(determined)
    return {name: np.broadcast_to(points.holds(rel), chosen.shape) for name, rel in waiting.items()}


class Points:
    """Values of terms at some points, worked out as they stand.

    Parameters
    ----------
    values : dict of Expr to ndarray
        Values of symbols.
    """

    def __init__(self, values: Mapping[sp.Expr, Any]) -> None:
        self.values: dict[sp.Expr, Any] = dict(values)

    def work_out(self, steps: Steps) -> None:
        """Put in what symbols stand for, in their order."""
        for symbol, term in steps.items():
            self.values[symbol] = self.value(term)

    def value(self, term: sp.Expr) -> Any:
        """Return the values of a term."""
        if term not in self.values:
            with np.errstate(all="ignore"):
                self.values[term] = self._value(term)
        return self.values[term]

    def _value(self, term: sp.Expr) -> Any:
        if term.is_number:
            return float(term) if term.is_real else math.nan
        arguments = [self.value(arg) for arg in term.args]
        if isinstance(term, sp.Add):
            return reduce(np.add, arguments)
        if isinstance(term, sp.Mul):
            return reduce(np.multiply, arguments)
        if isinstance(term, sp.Pow):
            return np.power(*(np.asarray(argument, dtype=float) for argument in arguments))
        if isinstance(term, sp.Max):
            return reduce(np.maximum, arguments)
        if isinstance(term, sp.exp | sp.log):
            return (np.exp if isinstance(term, sp.exp) else np.log)(*arguments)
        return math.nan

    def holds(self, relation: Rel) -> Any:
        """Return where a relation holds; rounding fails no equation, and what over- or underflows fails nothing."""
        left, right = self.value(relation.lhs), self.value(relation.rhs)
        with np.errstate(all="ignore"):
            size = np.maximum(np.abs(left), np.abs(right))
            near = np.abs(left - right) <= SAME * size
            beyond = (size > LARGE) | (size < TINY)
            if relation.op == "=":
                return near | beyond | np.isnan(size)
            if relation.op == "!=":
                return ~near | beyond
            return (left < right) | near | beyond


def _tie(drawn: Points, equations: list[Rel], steps: Steps) -> None:
    """Make points meet equations, each by way of an input of its own."""
    free = set(drawn.values)
    for relation in equations:
        relation = written_out(relation, dict(steps))
        symbols = sorted(relation.lhs.free_symbols | relation.rhs.free_symbols, key=str)
        values = ((x, solution(relation, x)) for x in symbols if x in free)
        tied = next(((x, value) for x, value in values if value is not None), None)
        if tied is not None:
            x, value = tied
            drawn.values[x] = np.broadcast_to(drawn.value(value), (DRAWS,))
            free -= {x, *value.free_symbols}


def _drawn(rng: np.random.Generator, symbol: sp.Symbol, conditions: Iterable[Rel]) -> Any:
    """Return values near zero, above one, and around one, that meet the conditions on this variable alone."""
    if not symbol.is_positive:
        return rng.normal(size=DRAWS)
    kinds = (rng.uniform(0.05, 1, DRAWS), 1.1 + rng.exponential(1.0, DRAWS), rng.lognormal(0, 0.7, DRAWS))
    values = np.choose(rng.integers(0, len(kinds), DRAWS), kinds)
    alone = [rel for rel in conditions if rel.lhs.free_symbols | rel.rhs.free_symbols == {symbol} and rel.op != "="]
    met = reduce(np.logical_and, (Points({symbol: values}).holds(rel) for rel in alone), np.ones(DRAWS, dtype=bool))
    return rng.choice(values[met], DRAWS) if met.any() else values
