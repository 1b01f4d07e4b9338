"""Where the gap of a statement changes sign near its counterexample, and which symbol shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import sympy as sp
from numpy.typing import NDArray

from symhet.algebra.tails import Density
from symhet.errors import TermError
from symhet.numerics.counterexamples import Counterexample
from symhet.numerics.moved import Follower, Track
from symhet.numerics.piecewise import PiecewiseTails
from symhet.numerics.programs import summands
from symhet.propositions import And, ForAll, Iff, Implies, Or, Prop, Rel, terms

Array = NDArray[np.float64]
Truth = NDArray[np.bool_]

__all__ = ["Gap", "GapPath", "holding", "show_gap"]

SLACK = 1e-9
COARSE, POINTS, FEWEST = 8, 64, 4
REACH = 5.0
WIDE = 2.5
VISIBLE = 0.05
MOST_LINES = 3


@dataclass(frozen=True)
class Gap:
    """The gap of a relation along a track.

    Parameters
    ----------
    relation : Rel
        The relation.
    values : ndarray of float, shape (points,)
        Right side less left side; for an equation over the size of its left side, where that is never zero.
    sizes : ndarray of float, shape (points,)
        Size of the largest summand of both sides, in the same units: what rounding is measured against.
    relative : bool
        Whether the values are shares of the left side.
    holds : ndarray of bool, shape (points,)
        Where the relation holds.
    jumps : ndarray of bool, shape (points,)
        True at a point that a jump of the density parts from the one before it.
    """

    relation: Rel
    values: Array
    sizes: Array
    relative: bool
    holds: Truth
    jumps: Truth

    @property
    def signs(self) -> NDArray[np.int64]:
        """Sign of the gap, zero where that is rounding."""
        return np.where(np.abs(self.values) <= SLACK * self.sizes, 0, np.sign(self.values)).astype(int)


@dataclass(frozen=True)
class GapPath:
    """What a picture of a gap shows.

    Parameters
    ----------
    track : Track
        The counterexample and the points near by.
    gaps : tuple of Gap
        Relations of which the statement is made.
    premise, condition : ndarray of bool, optional
        Where the premise of the statement holds, and where the condition does under which it is proved.
    changes : tuple of float
        Where along the track a gap changes its sign.
    """

    track: Track
    gaps: tuple[Gap, ...]
    premise: Truth | None
    condition: Truth | None
    changes: tuple[float, ...]

    @property
    def positions(self) -> Array:
        """Values of the symbol that is moved."""
        return np.array([state[self.track.symbol] for state in self.track.states])


def holding(prop: Prop, track: Track, tails: PiecewiseTails | None) -> Truth:
    """Tell at each point of a track whether a statement holds, up to rounding; bound symbols take their value there.

    Raises
    ------
    TermError
        For statements that need more than one point.
    """
    if isinstance(prop, Rel):
        left, right = track.values([prop.lhs, prop.rhs], tails)
        room = SLACK * _largest(prop, track, tails)
        gap = right - left
        return {"=": np.abs(gap) <= room, "<": gap > room, "<=": gap >= -room, "!=": np.abs(gap) > room}[prop.op]
    if isinstance(prop, And | Or):
        parts = np.array([holding(part, track, tails) for part in prop.parts])
        return (np.logical_and if isinstance(prop, And) else np.logical_or).reduce(parts)
    if isinstance(prop, Implies):
        return ~holding(prop.premise, track, tails) | holding(prop.conclusion, track, tails)
    if isinstance(prop, Iff):
        return holding(prop.left, track, tails) == holding(prop.right, track, tails)
    if isinstance(prop, ForAll):
        return holding(prop.body, track, tails)
    raise TermError(f"a {type(prop).__name__} is not decided at a point", where=str(prop)[:200])


Group = tuple[tuple[Rel, ...], Prop | None]


def _groups(prop: Prop, here: Track, tails: PiecewiseTails | None) -> Iterator[Group]:
    """Yield relations that fail at the counterexample and belong into one picture, with their premise."""
    if isinstance(prop, Rel):
        yield (prop,), None
    elif isinstance(prop, And):
        for part in prop.parts:
            if not holding(part, here, tails)[here.start]:
                yield from _groups(part, here, tails)
    elif isinstance(prop, ForAll):
        yield from _groups(prop.body, here, tails)
    elif isinstance(prop, Implies):
        for relations, _ in _groups(prop.conclusion, here, tails):
            yield relations, prop.premise
    elif isinstance(prop, Iff | Or):
        parts = (prop.left, prop.right) if isinstance(prop, Iff) else prop.parts
        if all(isinstance(part, Rel) for part in parts):
            yield tuple(part for part in parts if isinstance(part, Rel))[:MOST_LINES], None


def show_gap(
    example: Counterexample,
    parameters: Sequence[str],
    conditions: Sequence[Prop] = (),
    first: Sequence[str] = (),
    over: str = "",
) -> GapPath | None:
    """Return the path along which the gap of a refuted statement shows best, or None where it never changes.

    Parameters
    ----------
    example : Counterexample
        Where the statement fails.
    parameters : sequence of str
        Names of the parameters of the model.
    conditions : sequence of Prop, optional
        Conditions under which the statement is proved.
    first : sequence of str, optional
        Names of symbols to try first.
    over : str, optional
        Name of the only symbol to try.

    Returns
    -------
    GapPath or None
        The first path with a change of sign that can be seen; without one, the first on which the gap varies.

    Examples
    --------
    >>> from symhet.theorems import Place, refute
    >>> from symhet.propositions import lt
    >>> from symhet.context import Context
    >>> x = sp.Symbol("x", positive=True)
    >>> at = Place({x: sp.S(2)}, None, lt(x, 1))
    >>> path = show_gap(Counterexample.of(refute(Context(), lt(x, 1), at)), ["x"])
    >>> [round(change, 6) for change in path.changes]
    [1.0]
    """
    follower = Follower(example, frozenset(parameters))
    here = Track(next(iter(follower.start)), (follower.start,), 0)
    groups = list(_groups(example.goal, here, follower.tails))
    ranked = [*example.varied, *first]
    rank = {name: place for place, name in reversed(list(enumerate(ranked)))}
    order = sorted(follower.free(), key=lambda s: (rank.get(s.name, len(ranked)), s.name in parameters, s.name))
    best: _Choice | None = None
    for symbol in order:
        if over and symbol.name != over:
            continue
        track = follower.track(symbol, *_ends(follower, symbol), steps=COARSE, halvings=4)
        seen = [_Choice(track, group, *_seen(group, track, follower.tails)) for group in groups]
        found = max(seen, key=lambda choice: (choice.share >= VISIBLE, choice.balance, choice.share), default=None)
        if found is not None and found.share >= 0 and (best is None or found.share > best.share):
            best = found
        if best is not None and best.share >= VISIBLE:
            break
    return None if best is None else _fine(follower, best, conditions)


def _ends(follower: Follower, symbol: sp.Symbol) -> tuple[float, float]:
    """Return how far a symbol is moved at most."""
    start = follower.start[symbol]
    return (start / REACH, start * REACH) if symbol.is_positive else (start - 1, start + 1)


@dataclass(frozen=True)
class _Choice:
    """A track with a group of relations: the share of it on which the sign is another, and how even both sides are."""

    track: Track
    group: Group
    share: float
    balance: float


def _seen(group: Group, track: Track, tails: PiecewiseTails | None) -> tuple[float, float]:
    """Return share and balance of a choice; -1 where nothing varies."""
    positions = np.array([state[track.symbol] for state in track.states])
    if len(positions) < FEWEST:
        return -1.0, 0.0
    width = np.gradient(positions)
    found = [(-1.0, 0.0)]
    for gap in _gaps(group[0], track, tails):
        if np.isfinite(gap.values).all() and np.ptp(gap.values) > 1e-6 * np.max(gap.sizes):
            share = float(np.sum(width[gap.signs != gap.signs[track.start]]) / np.sum(width))
            low, high = -float(np.min(gap.values)), float(np.max(gap.values))
            found.append((share, max(0.0, min(low, high) / max(low, high))))
    return max(found)


def _fine(follower: Follower, choice: _Choice, conditions: Sequence[Prop]) -> GapPath:
    """Follow the counterexample closely, as far as the nearest change of sign and its surroundings."""
    symbol = choice.track.symbol
    start = follower.start[symbol]
    reach = follower.track(symbol, *_ends(follower, symbol), steps=COARSE, halvings=10)
    ends = (reach.states[0][symbol], reach.states[-1][symbol])
    relations, premise = choice.group
    track = follower.evenly(symbol, *ends, POINTS)
    gaps = _gaps(relations, track, follower.tails)
    changes = _changes(track, gaps)
    nearest = min((abs(change - start) for change in changes), default=0.0)
    around = [change for change in changes if abs(change - start) <= WIDE * nearest]
    near = (
        max(ends[0], min([start - WIDE * nearest, *(change - nearest for change in around)])),
        min(ends[1], max([start + WIDE * nearest, *(change + nearest for change in around)])),
    )
    if nearest > SLACK * (ends[1] - ends[0]) and near != ends:
        track = follower.evenly(symbol, *near, POINTS)
        gaps = _gaps(relations, track, follower.tails)
    supposed = holding(premise, track, follower.tails) if premise is not None else None
    return GapPath(track, gaps, supposed, _condition(follower, track, conditions), _changes(track, gaps))


def _condition(follower: Follower, track: Track, conditions: Sequence[Prop]) -> Truth | None:
    """Tell where added conditions hold; None where the symbols of the counterexample do not decide that."""
    named = {s for prop in conditions for term in terms(prop) for s in term.free_symbols}
    if not conditions or not named <= set(follower.start):
        return None
    try:
        return np.logical_and.reduce([holding(prop, track, follower.tails) for prop in conditions])
    except TermError:
        return None


def _gaps(relations: Sequence[Rel], track: Track, tails: PiecewiseTails | None) -> tuple[Gap, ...]:
    found = []
    for rel in relations:
        left, right = track.values([rel.lhs, rel.rhs], tails)
        size = np.abs(left)
        one_sign = bool((left > 0).all() or (left < 0).all())
        relative = rel.op in ("=", "!=") and one_sign and bool(np.min(size) > 1e-6 * np.max(size))
        unit = size if relative else np.ones_like(left)
        sizes = _largest(rel, track, tails) / unit
        found.append(
            Gap(rel, (right - left) / unit, sizes, relative, holding(rel, track, tails), _jumps(rel, track, tails))
        )
    return tuple(found)


def _largest(rel: Rel, track: Track, tails: PiecewiseTails | None) -> Array:
    """Return the size of the largest summand: a side whose summands cancel is itself as small as their rounding."""
    values = track.values([*summands(rel.lhs), *summands(rel.rhs)], tails)
    return np.max(np.abs(np.array(values)), axis=0)


def _jumps(rel: Rel, track: Track, tails: PiecewiseTails | None) -> Truth:
    jumps = np.zeros(len(track.states), bool)
    if tails is not None:
        for density in rel.lhs.atoms(Density) | rel.rhs.atoms(Density):
            (argument,) = track.values([density.args[0]], tails)
            jumps[1:] |= np.diff(tails.piece(argument)) != 0
    return jumps


def _changes(track: Track, gaps: Sequence[Gap]) -> tuple[float, ...]:
    """Return where gaps change their sign or reach zero, between two points by the straight line through them."""
    positions = [state[track.symbol] for state in track.states]
    found = set()
    for gap in gaps:
        signs = [int(sign) for sign in gap.signs]
        for i, (low, high) in enumerate(pairwise(positions)):
            if signs[i] == signs[i + 1]:
                continue
            if gap.jumps[i + 1]:
                found.add((low + high) / 2)
            elif signs[i] * signs[i + 1] < 0:
                share = gap.values[i] / (gap.values[i] - gap.values[i + 1])
                found.add(float(low + share * (high - low)))
            else:
                found.add(low if signs[i] == 0 else high)
    return tuple(sorted(found))
