"""Search for points at which a context holds and a statement fails: floating point, evidence and never proof."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice
from itertools import product as cartesian

import sympy as sp

from symhet.algebra.calculus import derivative
from symhet.algebra.tails import SUPPORT, Density, Survival, TailMoment
from symhet.algebra.total import is_total, total
from symhet.context import Context
from symhet.propositions import And, Or, Prop, Rel, free_symbols, symbols_of
from tests.points.batch import Batch
from tests.points.economy import Economy, Pareto, UndefinedTermError

Steps = list[tuple[sp.Symbol, Rel]]
"""Equations, and the symbol that each is solved for."""
CASES = 8
AT_ONCE = 30
"""Points that are drawn together."""
ROUGH = 1e-6
"""Relative error beyond which a point is dropped before it is looked at closely."""
SINGULAR = 1e-13


@dataclass(frozen=True)
class _Plan:
    """How to find points at which relations hold.

    Parameters
    ----------
    first, last : list of (Symbol, Rel)
        Equations that are solved one by one, before and after the others.
    together : list of Rel
        Equations that are solved together, along with the bounds.
    bounds, checks : list of Rel
        What else must hold: inequalities that are known before the last equations are solved, and all the others.
    unknown : list of Symbol
        What is moved to solve them.
    """

    first: Steps
    together: list[Rel]
    last: Steps
    bounds: list[Rel]
    checks: list[Rel]
    unknown: list[sp.Symbol]

    @property
    def settled(self) -> frozenset[sp.Symbol]:
        """The symbols that need not be drawn."""
        return frozenset(symbol for symbol, _ in (*self.first, *self.last))


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
        Its equations are solved, its inequalities kept.
    goals : sequence of Prop
        Statements that will be evaluated there.
    rng : random.Random
        Where the numbers come from.
    start : Callable, optional
        Draws parameters; symbols that it leaves out are drawn one by one.
    tries : int, optional
        How many points to draw; those from which no solution is found are dropped.
    distribution : Callable, optional
        Draws the distribution given the parameters; equations for tails themselves are hypotheses about it.
    """
    symbols = frozenset().union(context.symbols(), *(free_symbols(goal) for goal in goals)) - {SUPPORT}
    parameters = frozenset(start(random.Random(0)))
    ways = [*cartesian(islice(_cases(context), CASES), (False, True))]
    rng.shuffle(ways)
    plans = cycle([partial(_plan, case, parameters, in_one) for case, in_one in ways])
    for size in [AT_ONCE] * (tries // AT_ONCE) + [tries % AT_ONCE]:
        plan = next(plans)()
        drawn = sorted(symbols - plan.settled, key=str)
        points = [_draw(rng, drawn, start, distribution or _distribution) for _ in range(size)]
        margins = [10 ** rng.uniform(-3.0, -0.5) for _ in points]
        for economy in _solved(points, plan, margins) if points else ():
            try:
                _differentiate(economy, context, symbols, parameters)
                if all(economy.holds(prop) for prop in context.hypotheses.values()):
                    yield economy
            except (UndefinedTermError, OverflowError, ZeroDivisionError):
                continue


def _draw(
    rng: random.Random,
    drawn: Sequence[sp.Symbol],
    start: Callable[[random.Random], Mapping[sp.Symbol, float]],
    distribution: Callable[[random.Random, Mapping[sp.Symbol, float]], Pareto],
) -> Economy:
    values = {symbol: value for symbol, value in start(rng).items() if symbol in drawn}
    for symbol in drawn:
        if symbol not in values and not is_total(symbol):
            values[symbol] = rng.lognormvariate(0.0, 0.7) if symbol.is_positive else rng.gauss(0.0, 1.0)
    tails = distribution(rng, values)
    return Economy({**values, SUPPORT: tails.low}, tails)


def _solved(points: Sequence[Economy], plan: _Plan, margins: Sequence[float]) -> Iterator[Economy]:
    """Yield the points where the equations have a solution and the inequalities hold."""
    batch = Batch(points)
    for symbol, equation in plan.first:
        batch.solve(equation, symbol)
    batch.settle(plan.together, plan.bounds, plan.unknown, margins)
    for symbol, equation in plan.last:
        batch.solve(equation, symbol)
    batch.require(plan.checks, ROUGH)
    return batch.economies()


def _cases(context: Context) -> Iterator[list[Rel]]:
    """Yield the relations of a context that name no total derivative, for each choice of a case that it leaves open."""
    choices = [prop.parts if isinstance(prop, Or) else (prop,) for prop in context.hypotheses.values()]
    for chosen in cartesian(*choices):
        parts = [part for prop in chosen for part in (prop.parts if isinstance(prop, And) else (prop,))]
        relations = (part for part in parts if isinstance(part, Rel) and not any(map(is_total, free_symbols(part))))
        yield list(dict.fromkeys(relations))


def _distribution(rng: random.Random, values: Mapping[sp.Symbol, float]) -> Pareto:
    low = rng.uniform(0.2, 1.0)
    return Pareto(low, low * rng.uniform(1.2, 4.0), rng.uniform(4.0, 12.0), rng.uniform(4.0, 12.0))


def _plan(relations: Sequence[Rel], parameters: frozenset[sp.Symbol], in_one: bool) -> _Plan:
    """Return for each equation a symbol to solve it for, in an order in which every equation has one unknown left.

    First come those that parameters alone settle, last those for symbols that no equation left needs. Between them
    stand the equations that must be solved together; ``in_one`` those too that give the symbols of inequalities or
    may give a positive symbol a negative value.
    """
    waiting = [relation for relation in relations if relation.op == "="]
    waiting = [equation for equation in waiting if not isinstance(equation.lhs, TailMoment | Survival | Density)]
    inequalities = [relation for relation in relations if relation.op in ("<", "<=")]
    first = _forward(waiting, parameters)
    fixed = {*parameters, SUPPORT, *(symbol for symbol, _ in first)}
    last = _backward(waiting, fixed.union(*map(free_symbols, inequalities)) if in_one else fixed, surely=in_one)
    late = {symbol for symbol, _ in last}
    bounds = [
        relation for relation in inequalities if not free_symbols(relation) & late and free_symbols(relation) - fixed
    ]
    solved = {*waiting, *bounds, *(equation for _, equation in (*first, *last))}
    checks = [relation for relation in relations if relation not in solved and relation.op != "!="]
    unknown = set[sp.Symbol]().union(*map(free_symbols, (*waiting, *bounds))) - fixed
    return _Plan(first, waiting, last, bounds, checks, sorted(unknown, key=str))


def _backward(waiting: list[Rel], known: Set[sp.Symbol], surely: bool) -> Steps:
    """Take out, one by one, equations that can be solved, if need be surely, for a symbol that no other has."""
    plan: Steps = []
    while True:
        occurrences = Counter(symbol for equation in waiting for symbol in free_symbols(equation))
        options = [
            (equation.lhs != symbol, str(symbol), symbol, equation)
            for equation in waiting
            for symbol in free_symbols(equation) - known
            if occurrences[symbol] == 1 and _isolates(equation, symbol)
            if not surely or not symbol.is_positive or (equation.lhs == symbol and equation.rhs.is_positive)
        ]
        if not options:
            return plan[::-1]
        *_, symbol, equation = min(options, key=lambda option: option[:2])
        plan.append((symbol, equation))
        waiting.remove(equation)


def _forward(waiting: list[Rel], parameters: frozenset[sp.Symbol]) -> Steps:
    """Take out the equations that parameters, and the symbols solved for before them, settle one by one."""
    plan: Steps = []
    known = {*parameters, SUPPORT}
    for equation in [*waiting] * len(waiting):
        unknown = free_symbols(equation) - known
        if equation in waiting and len(unknown) == 1 and _isolates(equation, *unknown):
            plan.append((*unknown, equation))
            known |= unknown
            waiting.remove(equation)
    return plan


def _isolates(equation: Rel, symbol: sp.Symbol) -> bool:
    sides = [side for side in (equation.lhs, equation.rhs) if symbol in symbols_of(side)]
    return len(sides) == 1 and _once(sides[0], symbol)


def _once(side: sp.Expr, symbol: sp.Symbol) -> bool:
    if side == symbol:
        return True
    inside = [part for part in side.args if symbol in symbols_of(part)]
    through = isinstance(side, sp.Add | sp.Mul) or (isinstance(side, sp.Pow) and inside == [side.base])
    return len(inside) == 1 and through and _once(inside[0], symbol)


def _differentiate(
    economy: Economy, context: Context, symbols: frozenset[sp.Symbol], parameters: frozenset[sp.Symbol]
) -> None:
    """Give the total derivatives their values: the differentiated system is linear in them."""
    wanted = {symbol for symbol in symbols if is_total(symbol)}
    gaps = [prop.gap for name, prop in context.hypotheses.items() if name in context.system and isinstance(prop, Rel)]
    moving = sorted(context.endogenous & frozenset().union(*(gap.free_symbols for gap in gaps)), key=str)
    # What is zero does not grow: its own change is solved for.
    units = [economy.values[y] or 1.0 for y in moving]
    for parameter in {p for p in parameters | economy.values.keys() if any(total(y, p) in wanted for y in moving)}:
        rows = [
            [economy.value(derivative(gap, y)) * unit for y, unit in zip(moving, units, strict=True)] for gap in gaps
        ]
        right = [-economy.value(derivative(gap, parameter)) for gap in gaps]
        growths = _solution(rows, right)
        # What is left of a difference of equal numbers is no slope.
        least = SINGULAR * max((abs(growth) for growth in growths if growth is not None), default=0.0)
        for y, unit, growth in zip(moving, units, growths, strict=True):
            if growth is not None:
                economy.values[total(y, parameter)] = growth * unit if abs(growth) > least else 0.0
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
