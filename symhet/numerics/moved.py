"""Counterexamples that move: one symbol is changed, what the equations determine is solved anew, the gap is followed.

The exact point itself is the kernel's; what is computed around it is floating point, for pictures.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np
import sympy as sp
from numpy.typing import NDArray

from symhet.algebra.tails import SUPPORT
from symhet.algebra.total import is_total
from symhet.numerics.counterexamples import Counterexample
from symhet.numerics.piecewise import PiecewiseTails
from symhet.numerics.programs import Program
from symhet.propositions import And, Or, Prop, Rel, terms

Array = NDArray[np.float64]

__all__ = ["Follower", "Track"]

EXACT = 1e-11
SLACK = 1e-9
ITERATIONS = 14
LONGEST_STEP = 0.3
PROBE = 1e-7
NOTHING = 1e-9
BRANCHES = 16


@dataclass(frozen=True)
class Track:
    """Points through which a counterexample moves.

    Parameters
    ----------
    symbol : Symbol
        What was changed.
    states : tuple of dict
        Values of all symbols, in increasing order of ``symbol``.
    start : int
        Place of the counterexample itself.
    """

    symbol: sp.Symbol
    states: tuple[Mapping[sp.Symbol, float], ...]
    start: int

    def values(self, wanted: Sequence[sp.Expr], tails: PiecewiseTails | None) -> list[Array]:
        """Return the values of terms along the track."""
        columns = {symbol: np.array([state[symbol] for state in self.states]) for symbol in self.states[0]}
        shape = len(self.states)
        return [np.broadcast_to(value, shape) for value in Program(wanted)(columns, tails)]


class _Branch:
    """One choice of a case in every disjunction: equations to solve, inequalities to hold."""

    def __init__(self, props: Sequence[Prop], tails: PiecewiseTails | None, start: Mapping[sp.Symbol, float]) -> None:
        flat = [part for prop in props for part in (prop.parts if isinstance(prop, And) else (prop,))]
        rels = [part for part in flat if isinstance(part, Rel)]
        self.equations = [rel for rel in rels if rel.op == "="]
        self.inequalities = [rel for rel in rels if rel.op != "="]
        self.sides = Program([side for rel in self.equations for side in (rel.lhs, rel.rhs)])
        self.bounds = Program([side for rel in self.inequalities for side in (rel.lhs, rel.rhs)])
        self.tails = tails
        sizes = [abs(float(side)) for side in self._run(self.sides, start)]
        self.sizes = [size if size > NOTHING else 1.0 for size in map(max, sizes[::2], sizes[1::2])]

    def _run(self, program: Program, values: Mapping[sp.Symbol, Array | float]) -> list[Array]:
        # Numbers of NumPy, which are no arrays, are the quickest to reckon with.
        numbers = {symbol: np.float64(value) if type(value) is float else value for symbol, value in values.items()}
        return program(numbers, self.tails)

    def errors(self, values: Mapping[sp.Symbol, Array | float], points: int) -> Array:
        """Return for each equation the difference of its sides over their size at the start, at each point."""
        sides = self._run(self.sides, values)
        found = np.empty((len(self.sizes), points))
        for row, left, right, size in zip(found, sides[::2], sides[1::2], self.sizes, strict=True):
            row[:] = (left - right) / size
        return found

    def admits(self, values: Mapping[sp.Symbol, float]) -> bool:
        """Tell whether the inequalities hold up to rounding."""
        sides = [float(side) for side in self._run(self.bounds, values)]
        for rel, left, right in zip(self.inequalities, sides[::2], sides[1::2], strict=True):
            room = SLACK * max(abs(left), abs(right), 1e-3)
            if not (right - left >= -room if rel.op != "!=" else abs(right - left) > room):
                return False
        return True


class Follower:
    """Moves a counterexample along its hypotheses.

    Parameters
    ----------
    example : Counterexample
        Where to start.
    parameters : frozenset of str
        Names of parameters of the model: the equations are not solved for them if they can be solved for others.
    """

    def __init__(self, example: Counterexample, parameters: frozenset[str]) -> None:
        self.example, self.parameters = example, parameters
        self.tails = PiecewiseTails(example.distribution) if example.distribution is not None else None
        self.start = {symbol: float(value) for symbol, value in example.point}
        self.start |= {SUPPORT: self.tails.breaks[0]} if self.tails is not None else {}
        self.start |= _slopes_at(example, self.start, self.tails)
        followed = (*example.hypotheses, *example.slopes)
        choices = [prop.parts if isinstance(prop, Or) else (prop,) for prop in followed]
        cases = [case for case, _ in zip(product(*choices), range(BRANCHES), strict=False)]
        self.branches = [_Branch(case, self.tails, self.start) for case in cases]

    @cached_property
    def solved(self) -> dict[int, tuple[sp.Symbol, ...]]:
        """For each branch the symbols that its equations determine, found where the counterexample is."""
        return {number: self._determined(branch) for number, branch in enumerate(self.branches)}

    def _determined(self, branch: _Branch) -> tuple[sp.Symbol, ...]:
        """Return as many symbols as there are independent equations, variables before parameters."""
        used = {s for rel in branch.equations for s in rel.gap.free_symbols if s in self.start}
        defined = {rel.lhs for rel in branch.equations}
        order = sorted(used, key=lambda symbol: (self._preference(symbol, defined), symbol.name))
        if not order:
            return ()
        slopes, _ = self._slopes(branch, self.start, order)
        chosen: list[sp.Symbol] = []
        basis: list[Array] = []
        for symbol, column in zip(order, slopes.T, strict=True):
            rest = column.copy()
            for vector in basis:
                rest = rest - vector * float(vector @ rest)
            norm = float(np.linalg.norm(rest))
            if np.isfinite(norm) and norm > 1e-6 * max(1.0, float(np.linalg.norm(column))):
                basis.append(rest / norm)
                chosen.append(symbol)
        return tuple(chosen)

    def _preference(self, symbol: sp.Symbol, defined: set[sp.Expr]) -> tuple[bool, bool]:
        is_parameter = is_parameter_name(symbol.name, self.parameters) and symbol not in self.example.endogenous
        return is_parameter, symbol not in defined

    def _slopes(
        self, branch: _Branch, values: Mapping[sp.Symbol, float], unknown: Sequence[sp.Symbol]
    ) -> tuple[Array, Array]:
        """Return the derivatives of the errors, in logarithms of positive symbols, and the errors."""
        count = len(unknown)
        table = np.repeat(np.array([[values[symbol]] for symbol in unknown]).reshape(count, 1), count + 1, axis=1)
        for place, symbol in enumerate(unknown):
            table[place, place] = _moved(symbol, values[symbol], PROBE)
        columns: dict[sp.Symbol, Array | float] = {**values, **dict(zip(unknown, table, strict=True))}
        errors = branch.errors(columns, count + 1)
        with np.errstate(invalid="ignore"):
            return (errors[:, :count] - errors[:, count:]) / PROBE, errors[:, count]

    def settle(self, number: int, values: Mapping[sp.Symbol, float]) -> dict[sp.Symbol, float] | None:
        """Solve the equations of a branch from where the values are; None when that fails or an inequality breaks."""
        branch, unknown = self.branches[number], self.solved[number]
        at = dict(values)
        for _ in range(ITERATIONS if branch.equations else 0):
            slopes, here = self._slopes(branch, at, unknown)
            if not np.isfinite(slopes).all() or not np.isfinite(here).all():
                return None
            if float(np.max(np.abs(here))) < EXACT:
                at |= {s: 0.0 for s in unknown if not s.is_positive and abs(at[s]) < EXACT}
                break
            if not unknown:
                return None
            step = np.linalg.lstsq(slopes, -here, rcond=1e-12)[0]
            step = step * min(1.0, LONGEST_STEP / max(float(np.max(np.abs(step))), 1e-300))
            at |= {s: _moved(s, at[s], float(by)) for s, by in zip(unknown, step, strict=True)}
        else:
            if branch.equations:
                return None
        return at if branch.admits(at) else None

    def next(self, now: _State, symbol: sp.Symbol, value: float, before: _State | None = None) -> _State | None:
        """Return the point near by at which a symbol has another value, in the same case or else in another."""
        for number in sorted(range(len(self.branches)), key=lambda branch: branch != now.branch):
            if symbol in self.solved[number]:
                continue
            guess = {**now.values, symbol: value}
            if before is not None and before.branch == now.branch == number:
                guess |= _further(before.values, now.values, symbol, value, self.solved[number])
            found = self.settle(number, guess)
            if found is not None:
                return _State(found, number)
        return None

    def free(self) -> tuple[sp.Symbol, ...]:
        """Return the symbols that can be moved: what neither the equations determine nor nothing depends on."""
        matter = {
            s for prop in (*self.example.hypotheses, self.example.goal) for t in terms(prop) for s in t.free_symbols
        }
        fixed = set.intersection(*(set(found) for found in self.solved.values())) if self.solved else set()
        return tuple(sorted((s for s in self.start if s in matter and s not in fixed and s != SUPPORT), key=str))

    def track(self, symbol: sp.Symbol, low: float, high: float, steps: int, halvings: int = 6) -> Track:
        """Follow the counterexample from where it is towards both ends, as far as the hypotheses allow."""
        down = self._towards(symbol, low, steps, halvings)
        up = self._towards(symbol, high, steps, halvings)
        return Track(symbol, (*down[::-1], self.start, *up), len(down))

    def evenly(self, symbol: sp.Symbol, low: float, high: float, points: int) -> Track:
        """Follow the counterexample over a range within the hypotheses in steps of about the same length."""
        start = self.start[symbol]
        below = round(points * (start - low) / (high - low))
        down = self._towards(symbol, low, max(below, 1), 3) if low < start else []
        up = self._towards(symbol, high, max(points - below, 1), 3) if start < high else []
        return Track(symbol, (*down[::-1], self.start, *up), len(down))

    def _towards(self, symbol: sp.Symbol, end: float, steps: int, halvings: int) -> list[Mapping[sp.Symbol, float]]:
        begin = self.start[symbol]
        path = [_State(self.start, self.begins_in)]
        reached, broken = 0.0, 0.0

        def went(share: float) -> bool:
            before = path[-2] if len(path) > 1 else None
            there = self.next(path[-1], symbol, begin + (end - begin) * share, before)
            path.extend([there] if there is not None else [])
            return there is not None

        for step in range(1, steps + 1):
            if not went(step / steps):
                broken = step / steps
                break
            reached = step / steps
        for _ in range(halvings if broken else 0):
            middle = (reached + broken) / 2
            reached, broken = (middle, broken) if went(middle) else (reached, middle)
        return [state.values for state in path[1:]]

    @cached_property
    def begins_in(self) -> int:
        """The branch in which the counterexample itself is."""
        for number, branch in enumerate(self.branches):
            errors = branch.errors(self.start, 1)
            if branch.admits(self.start) and float(np.max(np.abs(errors), initial=0.0)) < SLACK:
                return number
        return 0


@dataclass(frozen=True)
class _State:
    """Values of all symbols, and the branch in which they were found."""

    values: Mapping[sp.Symbol, float]
    branch: int


def _slopes_at(
    example: Counterexample, point: Mapping[sp.Symbol, float], tails: PiecewiseTails | None
) -> dict[sp.Symbol, float]:
    """Return the derivatives at a counterexample: the differentiated conditions are linear in them."""
    gaps = [prop.gap for prop in example.slopes if isinstance(prop, Rel)]
    totals = sorted({s for gap in gaps for s in gap.free_symbols if is_total(s)}, key=str)
    if not totals:
        return {}
    ones = np.eye(len(totals), len(totals) + 1)
    columns = {symbol: np.asarray(value) for symbol, value in point.items()} | dict(zip(totals, ones, strict=True))
    values = np.array([np.broadcast_to(v, len(totals) + 1) for v in Program(gaps)(columns, tails)])
    matrix, constant = values[:, :-1] - values[:, -1:], values[:, -1]
    return dict(zip(totals, map(float, np.linalg.lstsq(matrix, -constant, rcond=1e-12)[0]), strict=True))


def _further(
    before: Mapping[sp.Symbol, float],
    now: Mapping[sp.Symbol, float],
    symbol: sp.Symbol,
    value: float,
    unknown: Sequence[sp.Symbol],
) -> dict[sp.Symbol, float]:
    """Return where the straight line through two points leads, in logarithms of positive symbols."""
    ratio = (value - now[symbol]) / (now[symbol] - before[symbol])
    return {
        s: now[s] * (now[s] / before[s]) ** ratio if s.is_positive else now[s] + ratio * (now[s] - before[s])
        for s in unknown
    }


def is_parameter_name(name: str, parameters: frozenset[str]) -> bool:
    """Tell whether a name is that of a parameter, or of one in another economy, such as phi_2."""
    return name in parameters or name.rpartition("_")[0] in parameters


def _moved(symbol: sp.Symbol, value: float, by: float) -> float:
    return value * math.exp(by) if symbol.is_positive else value + by
