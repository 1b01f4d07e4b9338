"""A model solved for arrays of economies, block by block: its groups in order, and every choice among several roots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from symhet.language import terms as t
from symhet.language.terms import Head, Term
from symhet.numerics.equilibrium import guard
from symhet.numerics.equilibrium.curves import Curve, Surface, balanced
from symhet.numerics.equilibrium.given import LAW, Law
from symhet.numerics.equilibrium.ordering import Group
from symhet.numerics.equilibrium.problem import Problem
from symhet.numerics.equilibrium.responses import put_totals
from symhet.numerics.equilibrium.result import Equilibrium
from symhet.numerics.equilibrium.roots import Found, all_roots, falling_root
from symhet.numerics.equilibrium.starting import MANY, Starts, sample_of
from symhet.numerics.equilibrium.systems import is_singular, system_roots
from symhet.numerics.equilibrium.values import Values
from symhet.numerics.inputs import common_shape
from symhet.numerics.status import SOLVED
from symhet.numerics.tails import Array, Distribution
from symhet.numerics.threads import shared, threads

__all__ = ["Run"]

BLOCK = 50_000
"""Economies per block: so many that calls cost little beside the work, and few enough for the last cache."""
KEPT = 3_000_000
"""Numbers in an array that is made and let go once: the C library then keeps memory for the blocks to use again."""
DISTRIBUTION = "the parameters of the distribution"
MOST_BRANCHES = 16
"""Combinations of roots of several groups that are followed."""


@dataclass
class _Attempt:
    """One choice among the roots of every group, in some economies."""

    values: Values
    reasons: list[tuple[Any, str]]
    counts: list[NDArray[np.intp]]
    residuals: dict[str, Any]

    def number(self, statuses: dict[str, int], size: int) -> NDArray[np.int16]:
        """Return the first reason that applies, by number, which it is given here."""
        number = np.zeros(size, dtype=np.int16)
        for where, reason in self.reasons:
            fails = np.broadcast_to(where, (size,))
            if fails.any():
                number = np.where((number == 0) & fails, np.int16(statuses[reason]), number)
        return number


class _Block(NamedTuple):
    """A block of economies, the first of which has a number among all: its rows with admissible parameters.

    Statuses and numbers of solutions are written into the arrays of all economies.
    """

    base: Values
    begin: int
    rows: NDArray[np.intp]
    number: NDArray[np.int16]
    roots: NDArray[np.int16]


def statuses_of(problem: Problem, groups: list[Group]) -> tuple[str, ...]:
    """Return every reason why there may be no solution, after nothing."""
    found = [SOLVED, LAW, *guard.reasons_before(problem)]
    for group in groups:
        found += [guard.flat(group), guard.unsolved(group)] if group.torn else []
    return tuple(dict.fromkeys([*found, *guard.reasons_after(problem), guard.FURTHER]))


class Run:
    """What is solved, and where it starts.

    Parameters
    ----------
    problem : Problem
        The model.
    groups : list of Group
        The order of its conditions.
    law : Law
        Productivity.
    known : Mapping[Term, ndarray]
        Parameters.
    wanted : tuple of str
        Variables and definitions to return.
    root : int
        Which of several solutions.
    starts : Mapping[Term, float]
        Where to look for variables first.
    """

    def __init__(
        self,
        problem: Problem,
        groups: list[Group],
        law: Law,
        known: Mapping[Term, Array],
        wanted: tuple[str, ...],
        root: int,
        starts: Mapping[Term, float],
    ) -> None:
        self.problem = problem
        self.groups = groups
        self.law = law
        self.known = known
        self.wanted = wanted
        self.root = root
        self.starts = starts
        self.near: Starts | None = None
        self.statuses = {reason: place for place, reason in enumerate(statuses_of(problem, groups))}
        self.sides = {name: balanced(problem, *sides) for name, sides in problem.conditions.items()}

    def equilibrium(self, given: Mapping[str, Array]) -> Equilibrium:
        """Return the solutions."""
        law = self.law.law
        shapes = {str(x.args[0]): value.shape for x, value in self.known.items()}
        shapes[DISTRIBUTION] = np.broadcast_shapes(self.law.fit.shape, () if law is None else law.shape)
        shape = common_shape(shapes, self.problem.where)
        size = int(np.prod(shape, dtype=np.int64))
        flat = {x: np.broadcast_to(v, shape).reshape(-1) if v.ndim else v for x, v in self.known.items()}
        fit = np.broadcast_to(self.law.fit, shape).reshape(-1)
        laws = None if law is None else law.flat(shape)
        out = {name: np.full(size, np.nan) for name in self.wanted}
        residuals = {name: np.full(size, np.nan) for name in self.problem.conditions}
        number, roots = np.zeros(size, dtype=np.int16), np.zeros(size, dtype=np.int16)
        corners: dict[str, NDArray[np.bool_]] = {}
        if size > BLOCK:
            np.empty(KEPT)

        def begun(begin: int) -> _Block:
            block = slice(begin, begin + BLOCK)
            known = {x: v[block] if v.ndim else v for x, v in flat.items()}
            base = Values(self.problem, known, None if laws is None else laws.part(block))
            return self._begun(base, fit[block], begin, number[block], roots[block])

        def finish(block: _Block) -> None:
            for index, attempt in self._solved(block):
                every = index.size == block.number.size
                rows = slice(block.begin, block.begin + index.size) if every else block.begin + index
                self._collect(attempt, rows, index.size, out, residuals, corners, size)

        def work(blocks: Iterator[_Block | int]) -> None:
            for block in blocks:
                finish(begun(block) if isinstance(block, int) else block)

        # What a few economies of the first block with many teach goes to all blocks after it, whoever solves them.
        begins = iter(range(0, size, BLOCK))
        for begin in begins:
            block = begun(begin)
            if block.rows.size > MANY:
                self._learn(block)
                rest: list[_Block | int] = [block, *begins]
                shared(work, rest, threads())
            else:
                finish(block)
        unsolved = np.flatnonzero(number)
        for value in (*out.values(), *residuals.values()):
            value[unsolved] = np.nan
        return Equilibrium(
            problem=self.problem,
            values=MappingProxyType({name: value.reshape(shape) for name, value in out.items()}),
            parameters=MappingProxyType(dict(given)),
            distribution=law,
            status_number=number.reshape(shape),
            statuses=tuple(self.statuses),
            residuals=MappingProxyType({name: value.reshape(shape) for name, value in residuals.items()}),
            roots=roots.reshape(shape),
            corners=MappingProxyType({n: (v & (number == 0)).reshape(shape) for n, v in corners.items()}),
            notes=self._notes(given),
        )

    def _notes(self, given: Mapping[str, Array]) -> tuple[str, ...]:
        found = [self.law.note] if self.law.note else []
        found += [f"numbers do not settle the assumption {name!r}" for name in self.problem.unchecked]
        symbols = {self.problem.parameters[name] for name in given} | set(self.problem.unknowns.values())
        for name, term in self.problem.definitions.items():
            missing = [x.args[0] for x in self.problem.leaves(term) if x.head is Head.SYMBOL and self._open(x, symbols)]
            if missing and name in self.wanted:
                found.append(f"{name} has no value without {', '.join(sorted(missing))}")
        return tuple(found)

    def _open(self, x: Term, known: set[Term]) -> bool:
        return x not in known and x not in self.problem.cases and x not in self.problem.excesses

    def _begun(
        self, base: Values, fit: NDArray[np.bool_], begin: int, number: NDArray[np.int16], roots: NDArray[np.int16]
    ) -> _Block:
        """Judge the parameters of a block: write statuses, and return it with the rows that are admissible."""
        with np.errstate(all="ignore"):
            before = [(~fit, LAW), *guard.judged_before(self.problem, base)]
            before += guard.moments(self.problem, base, base.law)
        number[:] = _Attempt(base, before, [], {}).number(self.statuses, number.size)
        return _Block(base, begin, np.flatnonzero(number == 0), number, roots)

    def _solved(self, block: _Block) -> list[tuple[NDArray[np.intp], _Attempt]]:
        """Solve a block: write statuses and numbers of solutions, and return solved rows with their values."""
        base, _, rows, number, roots = block
        if not rows.size:
            return []
        first = self._attempt(base if rows.size == number.size else base.rows(rows), rows.size, {})
        number[rows] = first.number(self.statuses, rows.size)
        roots[rows] = number[rows] == 0
        none = np.zeros(rows.size, dtype=bool)
        several = np.logical_or.reduce([count > 1 for count in first.counts]) if first.counts else none
        if self.root:
            only = rows[~several]
            number[only] = np.where(number[only] == 0, self.statuses[guard.FURTHER], number[only])
        if not several.any():
            return [(rows, first)]
        alone = np.flatnonzero(~several)
        kept = [] if not alone.size else [(rows[alone], _part(first, alone))]
        return kept + self._several(base, rows[several], first, number, roots)

    def _learn(self, block: _Block) -> None:
        """Remember where the roots of a few economies lie: others are near them."""
        rows = block.rows[sample_of(block.base, self.known, block.rows.size)]
        few = block.base.rows(rows)
        solved = self._attempt(few, rows.size, {}).values
        torn = [x for group in self.groups for x in group.torn]
        roots = {x: solved.log(x) if x.args[1] else np.arcsinh(solved.value(x)) for x in torn}
        self.near = Starts(few, self.known, roots)

    def _several(
        self,
        base: Values,
        rows: NDArray[np.intp],
        first: _Attempt,
        number: NDArray[np.int16],
        roots: NDArray[np.int16],
    ) -> list[tuple[NDArray[np.intp], _Attempt]]:
        """Follow every combination of roots; the one that was asked for among those that stand is returned."""
        here = base.rows(rows)
        number[rows], roots[rows] = 0, 0
        reason = np.zeros(rows.size, dtype=np.int16)
        found: list[tuple[NDArray[np.intp], _Attempt]] = []
        most = [range(int(count.max(initial=1))) for count in first.counts]
        for place, choice in enumerate(product(*most)):
            if place >= MOST_BRANCHES:
                break
            attempt = self._attempt(here, rows.size, dict(enumerate(choice)))
            exists = np.logical_and.reduce([c > chosen for c, chosen in zip(attempt.counts, choice, strict=True)])
            own = attempt.number(self.statuses, rows.size)
            stands = exists & (own == 0)
            take = np.flatnonzero(stands & (roots[rows] == self.root))
            roots[rows] += stands
            reason = np.where((reason == 0) & exists, own, reason)
            if take.size:
                found.append((rows[take], _part(attempt, take)))
        short = roots[rows] <= self.root
        none = self.statuses[guard.FURTHER]
        number[rows] = np.where(short, np.where((roots[rows] == 0) & (reason != 0), reason, none), 0)
        return found

    def _attempt(self, base: Values, size: int, choice: Mapping[int, int]) -> _Attempt:
        """Solve group by group, taking the chosen root where there are several."""
        values = Values(self.problem, {}, base.law, above=None)
        values._values, values._logs, values._tails = dict(base._values), dict(base._logs), dict(base._tails)
        reasons: list[tuple[Any, str]] = []
        counts: list[NDArray[np.intp]] = []
        with np.errstate(all="ignore"):
            for group in self.groups:
                if group.torn:
                    self._roots(values, group, size, choice.get(len(counts), 0), reasons, counts)
                for x, term in group.given.items():
                    value = values.value(term)
                    if x.args[1]:
                        reasons.append((guard.rounding(values, term) > guard.FEWEST, guard.few_digits(x)))
                    values.put(x, value, values.log(term) if x.args[1] else None)
            after, residuals = guard.judged_after(self.problem, values)
        return _Attempt(values, reasons + after, counts, residuals)

    def _roots(
        self,
        values: Values,
        group: Group,
        size: int,
        choice: int,
        reasons: list[tuple[Any, str]],
        counts: list[NDArray[np.intp]],
    ) -> None:
        """Find the roots of a group and put the chosen one among the values."""
        start = np.stack([self._start(values, x, size) for x in group.torn], axis=1)
        if len(group.torn) == 1:
            curve = Curve(values, group.torn[0], group.given, self.sides[group.equations[0]], {})
            found = _curve_roots(curve, start[:, 0])
            reasons.append((found.flat, guard.flat(group)))
            table, count = found.roots[:, :, np.newaxis], found.number
        else:
            surface = Surface(values, group.torn, group.given, [self.sides[name] for name in group.equations])
            table = system_roots(surface, start)
            count = np.sum(~np.isnan(table[:, :, 0]), axis=1)
            reasons.append((is_singular(surface, table[:, 0]), guard.flat(group)))
        counts.append(count)
        reasons.append((count == 0, guard.unsolved(group)))
        chosen = table[:, min(choice, table.shape[1] - 1)]
        for place, x in enumerate(group.torn):
            u = chosen[:, place]
            if x.args[1]:
                values.put(x, np.exp(u), u)
            else:
                values.put(x, np.sinh(u))

    def _start(self, values: Values, x: Term, size: int) -> Array:
        """Return the coordinate at which a variable is looked for first."""
        near = None if self.near is None else self.near.at(values, x, size)
        if near is not None:
            return near
        if x in self.starts:
            value = self.starts[x]
            return np.full(size, np.log(value) if x.args[1] and value > 0 else np.arcsinh(value))
        if x.args[1] and values.law is not None:
            return np.broadcast_to(_middle(values.law), (size,)).astype(float)
        return np.zeros(size)

    def _collect(
        self,
        attempt: _Attempt,
        rows: slice | NDArray[np.intp],
        count: int,
        out: dict[str, Array],
        residuals: dict[str, Array],
        corners: dict[str, NDArray[np.bool_]],
        size: int,
    ) -> None:
        with np.errstate(all="ignore"):
            terms = [self.problem.definitions[name] for name in self.wanted if name in self.problem.definitions]
            totals = dict.fromkeys(total for term in terms for total in t.nodes(term, Head.TOTAL))
            put_totals(self.problem, attempt.values, totals, count)
            for name in self.wanted:
                term = self.problem.unknowns.get(name) or self.problem.definitions[name]
                if attempt.values.has(term):
                    value = attempt.values.value(term)
                    out[name][rows] = np.where(np.isfinite(value), value, np.nan)
            for name, gap in attempt.residuals.items():
                residuals[name][rows] = gap
            for name, where in guard.corners(self.problem, attempt.values, attempt.values.law).items():
                corners.setdefault(name, np.zeros(size, dtype=bool))[rows] = where


def _middle(law: Distribution) -> Array:
    """Return the logarithm of a productivity in the midst of a distribution."""
    return law.quantile_at(np.asarray(0.5)) + law.log_origin


def _part(attempt: _Attempt, rows: NDArray[np.intp]) -> _Attempt:
    """Return an attempt in some of its economies."""
    residuals = {name: gap[rows] if np.ndim(gap) else gap for name, gap in attempt.residuals.items()}
    return _Attempt(attempt.values.rows(rows), [], [count[rows] for count in attempt.counts], residuals)


def _curve_roots(curve: Curve, start: Array) -> Found:
    """Return the roots of a curve: one where it is seen to fall or rise, all that a search shows elsewhere."""
    way = np.broadcast_to(np.asarray(curve.direction(), dtype=float), start.shape)
    plain = {-1.0: False, 1.0: True}
    for direction, turned in plain.items():
        if np.all(way == direction):
            return falling_root(curve._replace(turned=turned), start)
    pieces: list[tuple[NDArray[np.intp], Found]] = []
    for direction, turned in plain.items():
        rows = np.flatnonzero(way == direction)
        if rows.size:
            pieces.append((rows, falling_root(curve.rows(rows)._replace(turned=turned), start[rows])))
    rest = np.flatnonzero(np.abs(way) != 1.0)
    pieces.append((rest, all_roots(curve.rows(rest), start[rest])))
    most = max(found.roots.shape[1] for _, found in pieces)
    roots, flat = np.full((start.size, most), np.nan), np.zeros(start.size, dtype=bool)
    for rows, found in pieces:
        roots[rows, : found.roots.shape[1]], flat[rows] = found.roots, found.flat
    return Found(roots, flat)
