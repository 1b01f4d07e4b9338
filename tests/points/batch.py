"""Many economies at once: terms over arrays of values, not a number where they have none, and equations solved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import sympy as sp
from numpy.typing import NDArray

from symhet.numerics.programs import Program, power, summands
from symhet.propositions import Rel
from tests.points.economy import Economy, Pareto

Array = NDArray[np.float64]

STEPS, STEP, EXACT, ROUNDING, DAMPING = 40, 1e-7, 1e-11, 1e-16, 1e-12
STILL = 1e-9
"""How far a solution may still be off, by its slopes; where they are flat small errors in equations are large in it."""
RANGE = (1e-5, 1e5)
"""Sizes of values between which rounding leaves enough digits; points beyond are dropped."""


@dataclass(frozen=True)
class Tails:
    """Distributions as `Pareto`, one for each economy.

    Parameters
    ----------
    low, kink, first, second : ndarray
        As there, shape (economies,).
    """

    low: Array
    kink: Array
    first: Array
    second: Array

    @classmethod
    def of(cls, distributions: Sequence[Pareto]) -> Tails:
        """Return the distributions in arrays."""
        rows = np.array([(d.low, d.kink, d.first, d.second) for d in distributions], dtype=float)
        return cls(*rows.T)

    def at(self, keep: NDArray[np.intp]) -> Tails:
        """Return the distributions of some of the economies."""
        return Tails(self.low[keep], self.kink[keep], self.first[keep], self.second[keep])

    def survival(self, x: Array) -> Array:
        """Return S(x)."""
        inside, beyond = np.clip(x, self.low, self.kink), np.maximum(x, self.kink)
        return (self.low / inside) ** self.first * (self.kink / beyond) ** self.second

    def density(self, x: Array) -> Array:
        """Return g(x)."""
        shape = np.where(x < self.low, 0.0, np.where(x < self.kink, self.first, self.second))
        return shape * self.survival(x) / x

    def moment(self, x: Array, power: Array) -> Array:
        """Return T(x, power), not a number where it is infinite."""
        inside, beyond = np.clip(x, self.low, self.kink), np.maximum(x, self.kink)
        tail = self.second / (self.second - power) * self.survival(beyond) * beyond**power
        body = self.survival(inside) * inside**power - self.survival(self.kink) * self.kink**power
        finite = power < np.minimum(self.first, self.second)
        return np.where(finite, tail + self.first / (self.first - power) * body, np.nan)


def _over(operation: Callable[[Array, Array], Array], parts: Sequence[Array]) -> Array:
    total = parts[0]
    for part in parts[1:]:
        total = operation(total, part)
    return total


class Batch:
    """Values of symbols for many economies; those that break down drop out.

    Parameters
    ----------
    economies : sequence of Economy
        Values of the same symbols in each, and a distribution.
    """

    def __init__(self, economies: Sequence[Economy]) -> None:
        self.values = {symbol: np.array([e.values[symbol] for e in economies]) for symbol in economies[0].values}
        self._distributions = [e.distribution for e in economies if e.distribution is not None]
        self.tails = Tails.of(self._distributions)
        self.alive = np.arange(len(economies))
        """Which of the economies are left, by their number at the start."""

    def economies(self) -> Iterator[Economy]:
        """Yield those that are left."""
        for i, number in enumerate(self.alive):
            values = {symbol: float(array[i]) for symbol, array in self.values.items()}
            yield Economy(values, self._distributions[number])

    def keep(self, good: NDArray[np.bool_]) -> None:
        """Go on with the economies for which ``good`` holds."""
        chosen = np.flatnonzero(good)
        self.values = {symbol: array[chosen] for symbol, array in self.values.items()}
        self.tails = self.tails.at(chosen)
        self.alive = self.alive[chosen]

    def put(self, symbol: sp.Symbol, value: Array) -> None:
        """Give a symbol its values; economies in which it has none, or one of another size, drop out."""
        self.values[symbol] = np.broadcast_to(value, self.alive.shape)
        good = abs(value) <= RANGE[1]
        self.keep(np.broadcast_to(good & (value >= RANGE[0]) if symbol.is_positive else good, self.alive.shape))

    def solve(self, equation: Rel, symbol: sp.Symbol) -> None:
        """Solve an equation for a symbol that stands once on one side of it."""
        side, other = (equation.lhs, equation.rhs) if equation.lhs.has(symbol) else (equation.rhs, equation.lhs)
        [value] = Program([other])(self.values, self.tails)
        while side != symbol:
            inside = next(part for part in side.args if part.has(symbol))
            rest = Program([part for part in side.args if part is not inside])(self.values, self.tails)
            with np.errstate(all="ignore"):
                if isinstance(side, sp.Add):
                    value = value - _over(np.add, rest)
                elif isinstance(side, sp.Mul):
                    value = value / _over(np.multiply, rest)
                else:
                    value = power(value, 1 / rest[0], whole=False)
            side = inside
        self.put(symbol, value)

    def settle(
        self, equations: Sequence[Rel], bounds: Sequence[Rel], unknown: Sequence[sp.Symbol], margins: Sequence[float]
    ) -> None:
        """Solve equations together by Gauss-Newton steps from where the unknowns are, positive ones in logarithms.

        An inequality that is broken, or kept by less than the margin of its economy, counts as an equation until it
        is kept. Economies from which no solution is found drop out, and those where rounding hides it.
        """
        if not unknown or not len(self.alive):
            return
        gaps, count = Gaps([*equations, *bounds]), len(equations)
        scaled = np.array([bool(symbol.is_positive) for symbol in unknown])[:, None]
        at = np.array([self.values[symbol] for symbol in unknown])
        margin = np.array(margins)[self.alive]
        settled = np.zeros(len(self.alive), dtype=bool)
        moving = np.arange(len(self.alive))
        for _ in range(STEPS):
            fixed = {symbol: array[moving] for symbol, array in self.values.items()}
            off, slopes = _tangent(gaps, fixed, self.tails.at(moving), unknown, at[:, moving], scaled)
            finite = np.isfinite(off).all(axis=0) & np.isfinite(slopes).all(axis=(0, 1))
            moving, off, slopes = moving[finite], off[:, finite], slopes[..., finite]
            done = (abs(off[:count]) < EXACT).all(axis=0) & (off[count:] < 0).all(axis=0)
            rounded = off[:count] + np.copysign(ROUNDING, off[:count])
            done &= (abs(_least(slopes[:count], rounded)) < STILL).all(axis=0)
            settled[moving[done]] = True
            moving, off, slopes = moving[~done], off[:, ~done], slopes[..., ~done]
            if not len(moving):
                break
            off[count:] = np.maximum(off[count:] + margin[moving], 0)
            slopes[count:] *= (off[count:] > 0)[:, None]
            step = -_least(slopes, off)
            step *= np.minimum(1.0, 1.0 / np.maximum(1e-9, abs(step).max(axis=0)))
            at[:, moving] = np.where(scaled, at[:, moving] * np.exp(step), at[:, moving] + step)
        self.values.update(zip(unknown, at, strict=True))
        self.keep(settled)
        for symbol in unknown:
            self.put(symbol, self.values[symbol])

    def require(self, relations: Sequence[Rel], slack: float) -> None:
        """Keep the economies in which every relation holds up to rounding errors."""
        if relations and len(self.alive):
            with np.errstate(invalid="ignore"):
                pairs = zip(relations, Gaps(relations)(self.values, self.tails), strict=True)
                good = [(abs(error) if relation.op == "=" else error) <= slack for relation, error in pairs]
            self.keep(np.broadcast_to(np.logical_and.reduce(good), self.alive.shape))


class Gaps:
    """By how much relations are off, in units of their largest summand.

    Parameters
    ----------
    relations : sequence of Rel
        Equations or inequalities.
    """

    def __init__(self, relations: Sequence[Rel]) -> None:
        sides = [(summands(relation.lhs), summands(relation.rhs)) for relation in relations]
        self._counts = [(len(left), len(right)) for left, right in sides]
        self._program = Program([summand for left, right in sides for summand in (*left, *right)])

    def __call__(self, values: Mapping[sp.Symbol, Array], tails: Tails) -> list[Array]:
        """Return left minus right of each relation, divided by the largest summand unless all of them are zero."""
        computed = iter(self._program(values, tails))
        errors = []
        with np.errstate(all="ignore"):
            for left, right in self._counts:
                there = [next(computed) for _ in range(left)]
                there += [-next(computed) for _ in range(right)]
                size = _over(np.maximum, [abs(summand) for summand in there])
                errors.append(_over(np.add, there) / np.where(size == 0, 1.0, size))
        return errors


def _tangent(
    gaps: Gaps,
    fixed: Mapping[sp.Symbol, Array],
    tails: Tails,
    unknown: Sequence[sp.Symbol],
    at: Array,
    scaled: Array,
) -> tuple[Array, Array]:
    """Return the errors of shape (equations, economies), and their slopes (equations, unknowns, economies)."""
    count, economies = at.shape
    moved = np.where(scaled, at * np.exp(STEP), at + STEP)
    probes = {}
    for j, symbol in enumerate(unknown):
        probes[symbol] = np.tile(at[j], (count + 1, 1))
        probes[symbol][j + 1] = moved[j]
    errors = gaps({**fixed, **probes}, tails)
    table = np.array([np.broadcast_to(error, (count + 1, economies)) for error in errors])
    return table[:, 0], (table[:, 1:] - table[:, :1]) / STEP


def _least(slopes: Array, errors: Array) -> Array:
    """Return the shortest solution of linear systems, damped where they are singular; the last axis counts systems."""
    tables = slopes.transpose(2, 0, 1)
    across = tables.transpose(0, 2, 1)
    square = tables @ across
    diagonal = np.arange(square.shape[1])
    square[:, diagonal, diagonal] += DAMPING * np.trace(square, axis1=1, axis2=2)[:, None] + 1e-300
    found: Array = across @ np.linalg.solve(square, errors.T[..., None])
    return found[..., 0].T
