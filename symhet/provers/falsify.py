"""Search for points at which a context holds and a statement fails: floating point, evidence and never proof."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from itertools import product as cartesian

import sympy as sp

from symhet.algebra.calculus import derivative
from symhet.algebra.tails import SUPPORT, Density, Survival, TailMoment
from symhet.algebra.total import is_total, total
from symhet.propositions import And, Or, Prop, Rel, free_symbols
from symhet.provers.economy import Economy, Pareto, UndefinedTermError, power
from symhet.rules.base import Context

__all__ = ["economies"]

RANGE = (1e-5, 1e5)
"""Sizes of values between which rounding leaves enough digits; points beyond are dropped."""

Plan = list[tuple[sp.Symbol, Rel]]
CASES = 8
STEPS, STEP, EXACT = 40, 1e-7, 1e-11
SINGULAR = 1e-13


def economies(
    context: Context,
    goals: Sequence[Prop],
    rng: random.Random,
    start: Callable[[random.Random], Mapping[sp.Symbol, float]] = lambda rng: {},
    tries: int = 400,
    distribution: Callable[[random.Random, Mapping[sp.Symbol, float]], Pareto] | None = None,
) -> Iterator[Economy]:
    """Yield random points at which every hypothesis of a context holds, with total derivatives where goals name some.

    Parameters
    ----------
    context : Context
        Each of its equations is solved for a symbol that no equation solved before it has.
    goals : sequence of Prop
        Statements that will be evaluated there.
    rng : random.Random
        Where the numbers come from.
    start : Callable, optional
        Draws parameters; symbols that it leaves out are drawn one by one.
    tries : int, optional
        How many points to draw; those that break an inequality are dropped.
    distribution : Callable, optional
        Draws the distribution given the parameters; equations for tails themselves are hypotheses about it.
    """
    symbols = frozenset().union(context.symbols(), *(free_symbols(goal) for goal in goals)) - {SUPPORT}
    parameters = frozenset(start(random.Random(0)))
    plans = [_plan(equations, parameters) for equations in islice(_cases(context), CASES)]
    for _ in range(tries):
        plan, block = rng.choice(plans)
        drawn = sorted(symbols - {symbol for symbol, _ in plan}, key=str)
        economy = Economy({symbol: value for symbol, value in start(rng).items() if symbol in drawn})
        for symbol in drawn:
            if symbol not in economy.values and not is_total(symbol):
                economy.values[symbol] = rng.lognormvariate(0.0, 0.7) if symbol.is_positive else rng.gauss(0.0, 1.0)
        drawn_from = distribution or _distribution
        economy.distribution = drawn_from(rng, economy.values)
        economy.values[SUPPORT] = economy.distribution.low
        try:
            unknown = frozenset().union(*(equation.gap.free_symbols for equation in block)) & set(drawn) - parameters
            _settle(economy, block, sorted(unknown, key=str))
            for symbol, equation in plan:
                _solve(economy, equation, symbol)
            _differentiate(economy, context, symbols, parameters)
            if all(economy.holds(prop) for prop in context.hypotheses.values()):
                yield economy
        except (UndefinedTermError, OverflowError, ZeroDivisionError):
            continue


def _cases(context: Context) -> Iterator[list[Rel]]:
    """Yield the equations of a context, for each choice of a case where it knows a disjunction."""
    choices = [prop.parts if isinstance(prop, Or) else (prop,) for prop in context.hypotheses.values()]
    for chosen in cartesian(*choices):
        parts = [part for prop in chosen for part in (prop.parts if isinstance(prop, And) else (prop,))]
        yield [part for part in parts if isinstance(part, Rel) and part.op == "="]


def _distribution(rng: random.Random, values: Mapping[sp.Symbol, float]) -> Pareto:
    low = rng.uniform(0.2, 1.0)
    return Pareto(low, low * rng.uniform(1.2, 4.0), rng.uniform(4.0, 12.0), rng.uniform(4.0, 12.0))


def _plan(equations: Sequence[Rel], parameters: frozenset[sp.Symbol]) -> tuple[Plan, list[Rel]]:
    """Return for each equation a symbol to solve it for, in an order in which every equation has one unknown left.

    Found from the end: a symbol that only one of the equations left has, where it can be isolated. Equations where
    there is none are returned apart: they must be solved together, before the others.
    """
    waiting = [equation for equation in equations if not any(map(is_total, equation.gap.free_symbols))]
    waiting = [equation for equation in waiting if not isinstance(equation.lhs, TailMoment | Survival | Density)]
    plan: Plan = []
    while waiting:
        options = [
            (symbol in parameters, equation.lhs != symbol, str(symbol), symbol, equation)
            for equation in waiting
            for symbol in equation.gap.free_symbols - {SUPPORT}
            if _isolates(equation, symbol) and sum(other.gap.has(symbol) for other in waiting) == 1
        ]
        if not options or all(is_parameter for is_parameter, *_ in options):
            break
        *_, symbol, equation = min(options, key=lambda option: option[:3])
        plan.append((symbol, equation))
        waiting.remove(equation)
    return plan[::-1], waiting


def _settle(economy: Economy, equations: Sequence[Rel], unknown: Sequence[sp.Symbol]) -> None:
    """Solve equations together by Gauss-Newton steps from where the unknowns are, positive ones in logarithms."""
    import numpy as np

    def moved(step: Sequence[float]) -> dict[sp.Symbol, float]:
        sizes = zip(unknown, step, strict=True)
        return {x: at[x] * math.exp(by) if x.is_positive else at[x] + by for x, by in sizes}

    def errors(step: Sequence[float]) -> list[float]:
        there = Economy({**economy.values, **moved(step)}, economy.distribution)
        sides = [(there.value(equation.lhs), there.value(equation.rhs)) for equation in equations]
        return [(left - right) / max(abs(left), abs(right), 1e-300) for left, right in sides]

    at = {x: economy.values[x] for x in unknown}
    for _ in range(STEPS if equations else 0):
        here = errors([0.0] * len(unknown))
        if max(map(abs, here)) < EXACT:
            break
        probes = [errors([STEP * (i == j) for j in range(len(unknown))]) for i in range(len(unknown))]
        slopes = (np.array(probes).T - np.array(here)[:, None]) / STEP
        if not np.isfinite(slopes).all():
            raise UndefinedTermError("the equations are not finite near by")
        step = np.linalg.lstsq(slopes, -np.array(here), rcond=1e-10)[0]
        at = moved([float(x) for x in step * min(1.0, 1.0 / max(1e-9, float(np.abs(step).max())))])
    if any(x.is_positive and not RANGE[0] < value < RANGE[1] for x, value in at.items()):
        raise UndefinedTermError("the solution is too large or too small")
    economy.values.update(at)


def _isolates(equation: Rel, symbol: sp.Symbol) -> bool:
    sides = [side for side in (equation.lhs, equation.rhs) if side.has(symbol)]
    return len(sides) == 1 and _once(sides[0], symbol)


def _once(side: sp.Expr, symbol: sp.Symbol) -> bool:
    if side == symbol:
        return True
    inside = [part for part in side.args if part.has(symbol)]
    through = isinstance(side, sp.Add | sp.Mul) or (isinstance(side, sp.Pow) and inside == [side.base])
    return len(inside) == 1 and through and _once(inside[0], symbol)


def _solve(economy: Economy, equation: Rel, symbol: sp.Symbol) -> None:
    side, other = (equation.lhs, equation.rhs) if equation.lhs.has(symbol) else (equation.rhs, equation.lhs)
    value = economy.value(other)
    while side != symbol:
        inside = next(part for part in side.args if part.has(symbol))
        rest = [economy.value(part) for part in side.args if part is not inside]
        if isinstance(side, sp.Add):
            value -= math.fsum(rest)
        elif isinstance(side, sp.Mul):
            value /= math.prod(rest)
        else:
            value = power(value, 1 / rest[0], whole=False)
        side = inside
    if abs(value) > RANGE[1] or (symbol.is_positive and value < RANGE[0]):
        raise UndefinedTermError(f"{symbol} = {value}")
    economy.values[symbol] = value


def _differentiate(
    economy: Economy, context: Context, symbols: frozenset[sp.Symbol], parameters: frozenset[sp.Symbol]
) -> None:
    """Give the total derivatives their values: the differentiated system is linear in them."""
    wanted = {symbol for symbol in symbols if is_total(symbol)}
    gaps = [prop.gap for name, prop in context.hypotheses.items() if name in context.system and isinstance(prop, Rel)]
    moving = sorted(context.endogenous & frozenset().union(*(gap.free_symbols for gap in gaps)), key=str)
    for parameter in {p for p in parameters | economy.values.keys() if any(total(y, p) in wanted for y in moving)}:
        rows = [[economy.value(derivative(gap, y)) * economy.values[y] for y in moving] for gap in gaps]
        right = [-economy.value(derivative(gap, parameter)) for gap in gaps]
        for y, growth in zip(moving, _solution(rows, right), strict=True):
            if growth is not None:
                economy.values[total(y, parameter)] = growth * economy.values[y]
    if any(symbol not in economy.values for symbol in wanted):
        raise UndefinedTermError(", ".join(map(str, wanted)))


def _solution(rows: list[list[float]], right: list[float]) -> list[float | None]:
    """Solve a consistent linear system by elimination with full pivoting; None for unknowns that it leaves open.

    Small entries matter: an elasticity may be tiny because few firms export, and its sign is what is asked for.
    """
    size = len(rows[0])
    table = [[*row, value] for row, value in zip(rows, right, strict=True)]
    table = [[entry / max(map(abs, row[:size])) for entry in row] for row in table if any(row[:size])]
    pivots: dict[int, list[float]] = {}
    while table:
        best, column = max((abs(row[j]), j) for row in table for j in range(size))
        if best < SINGULAR:
            break
        head = next(row for row in table if abs(row[column]) == best)
        head = [entry / head[column] for entry in head]
        table = [row for row in (_without(row, head, column) for row in table) if any(map(abs, row))]
        pivots = {j: _without(row, head, column) for j, row in pivots.items()}
        pivots[column] = head
    closed = {
        j: row[size]
        for j, row in pivots.items()
        if all(abs(row[i]) < SINGULAR for i in range(size) if i != j and i not in pivots)
    }
    return [closed.get(j) for j in range(size)]


def _without(row: list[float], head: list[float], column: int) -> list[float]:
    factor = row[column]
    rest = [a - factor * b for a, b in zip(row, head, strict=True)]
    rest[column] = 0.0
    return [0.0 if abs(new) < SINGULAR * abs(old) else new for new, old in zip(rest, row, strict=True)]
