"""Roots of curves, for arrays of economies at once: safeguarded Newton steps, and a search for all roots where needed.

A curve that falls has one root at most: steps are taken from any point, the sign of the gap tells on which side the
root lies, and a step that leaves what is known of it is replaced by half the way. Of other curves every change of sign
on a grid is followed, and every turn that may touch zero between two points of it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from symhet.numerics.equilibrium.curves import Curve
from symhet.numerics.tails import Array

__all__ = ["Found", "all_roots", "falling_root"]

_MOST_ROUNDS = 300
_ROUGH = 0.3
"""Steps longer than this lead to where digits do not matter yet."""
_FINE = 1e-7
"""Steps longer than this are not the last."""
_UNSEEN = 2e-16
"""Relative size of a step that changes nothing."""
_BENT = 0.5
"""Share of the tangent's step by which a cubic may move it."""
_NARROW = 4e-16
_PLAIN_ROUNDS = 6
_FEW_LEFT = 0.5
"""Share of economies below which those that are left go on alone."""
_NEARER = 0.7
"""A step this much shorter than the one before is one towards the root."""
_FARTHEST = 700.0
"""Logarithms beyond which a number is none."""
_WORTH_DROPPING = 0.25
_TOUCHES = 1e-14
_BESIDE = 1e-3
_NOISE = 1e-13
_GRID = np.concatenate([np.arange(-60.0, -10.0, 1.0), np.arange(-10.0, 10.0, 0.25), np.arange(10.0, 61.0, 1.0)])
_HALVINGS = 60


class Found(NamedTuple):
    """Roots of curves.

    Attributes
    ----------
    roots : ndarray
        Coordinates, of shape (economies, most roots), in order, not a number where there are fewer.
    flat : ndarray of bool
        Where the gap does not move at the root: there every point near it is one.
    """

    roots: Array
    flat: NDArray[np.bool_]

    @property
    def number(self) -> NDArray[np.intp]:
        """Number of roots."""
        return np.sum(~np.isnan(self.roots), axis=1)


def falling_root(curve: Curve, start: Array) -> Found:
    """Return the one root of curves that fall.

    Parameters
    ----------
    curve : Curve
        Falling in its coordinate.
    start : ndarray
        Where to begin, one an economy.
    """
    root = _found(curve, start, None, np.full(start.shape, np.inf))
    flat = np.zeros(start.shape, dtype=bool) if curve.is_strict else _flat(curve, root)
    return Found(root[:, np.newaxis], flat)


class _Point(NamedTuple):
    """A point of curves: the coordinate, the gap, and the slope."""

    at: Array
    gap: Array
    slope: Array

    def rows(self, index: NDArray[np.intp]) -> _Point:
        return _Point(*(part[index] for part in self))


def _found(curve: Curve, start: Array, before: _Point | None, size: Array) -> Array:
    """Return roots by steps from one point or two, those that come no nearer by safeguarded steps.

    As long as most steps are long, tails are taken by plain subtraction.
    """
    at, nearing = start, np.ones(start.shape, dtype=bool)
    for _ in range(_PLAIN_ROUNDS):
        rough = before is None or bool(np.count_nonzero(size > _ROUGH) > _FEW_LEFT * size.size)
        here = _Point(at, *curve._replace(rough=rough).at(at))
        step = _step(here, before)
        last, size, at, before = size, np.abs(step), at + step, here
        short = _is_last(size, last, np.maximum(1.0, np.abs(at)), _FINE)
        # Compared so that what is not a number is not nearing.
        nearing &= (size <= _NEARER * last) | short
        done = short & (not rough)
        open_ = size.size - np.count_nonzero(done)
        if not open_ or not nearing.any() or (not rough and open_ < _FEW_LEFT * size.size):
            break
    on, lost = np.flatnonzero(nearing & ~done), np.flatnonzero(~nearing)
    if on.size and on.size < size.size and before is not None:
        at[on] = _found(curve.rows(on), at[on], before.rows(on), size[on])
    elif on.size:
        lost = np.arange(size.size)
    if lost.size:
        end = np.full(lost.size, np.inf)
        at[lost] = _steps(curve.rows(lost), start[lost], -end, end, _FINE)
    return at


def _is_last(size: Array, before: Array, scale: Array, tolerance: float) -> NDArray[np.bool_]:
    """Tell which steps are the last: they are short, and the next would change nothing.

    A step of Newton's leaves an error that is as the square of it; by how much, the step before tells. Beside an end
    inside a support that is much more than elsewhere.
    """
    with np.errstate(all="ignore"):
        next_ = size * np.square(size / before)
    return (size <= tolerance * scale) & ((next_ <= _UNSEEN * scale) | (size <= 2 * _UNSEEN * scale))


def _step(here: _Point, before: _Point | None) -> Array:
    """Return how far the root lies: by the tangent, with a point before it by the cubic through both with their slopes.

    The cubic is that of the coordinate as a function of the gap. Where it says something quite different from the
    tangent, the points are too far away for it.
    """
    with np.errstate(all="ignore"):
        tangent = -here.gap / here.slope
        if before is None:
            return tangent
        back, length = before.at - here.at, before.gap - here.gap
        share = -here.gap / length
        first, second = back - length / here.slope, back - length / before.slope
        more = share * share * (first + (1.0 - share) * (first + second))
        return np.where(np.abs(more) <= _BENT * np.abs(tangent), tangent + more, tangent)


def _flat(curve: Curve, root: Array) -> NDArray[np.bool_]:
    """Return where the gap is next to nothing beside a root too: then every point there is a root."""
    away = _BESIDE * np.maximum(1.0, np.abs(root))
    return (curve.noise(root - away) <= _NOISE) | (curve.noise(root + away) <= _NOISE)


class _State:
    """What is known of where roots lie: signs of the gap, and points where it has no value."""

    def __init__(self, low: Array, high: Array) -> None:
        self.low, self.high = low.copy(), high.copy()
        self.floor, self.ceiling = np.full(low.shape, -_FARTHEST), np.full(low.shape, _FARTHEST)
        self.reach = np.ones(low.shape)

    def kept(self, index: NDArray[np.intp]) -> None:
        for name in ("low", "high", "floor", "ceiling", "reach"):
            setattr(self, name, getattr(self, name)[index])

    def learn(self, at: Array, gap: Array) -> None:
        """Take in the gap at points."""
        self.low = np.where(gap >= 0, np.maximum(at, self.low), self.low)
        self.high = np.where(gap <= 0, np.minimum(at, self.high), self.high)
        lost = np.isnan(gap)
        if lost.any():
            # Beyond a point without value nothing is looked for; on which side it lies, a known sign tells.
            above = lost & np.isfinite(self.low) & (at > self.low)
            below = lost & np.isfinite(self.high) & (at < self.high)
            self.ceiling = np.where(above, np.minimum(at, self.ceiling), self.ceiling)
            self.floor = np.where(below, np.maximum(at, self.floor), self.floor)

    def ahead(self, at: Array, step: Array) -> Array:
        """Return the next points: Newton's where they lie inside, half the way, or farther out."""
        low, high = np.maximum(self.low, self.floor), np.minimum(self.high, self.ceiling)
        both = np.isfinite(self.low) & np.isfinite(self.high)
        ahead = at + step
        inside = (ahead > low) & (ahead < high) & (both | (np.abs(step) <= self.reach))
        inside |= (ahead == at) & (ahead >= low) & (ahead <= high)
        out = np.where(np.isfinite(self.low), self.low + self.reach, self.high - self.reach)
        half = 0.5 * (low + high)
        instead = np.where(both, half, np.where((out > low) & (out < high), out, half))
        self.reach = np.where(both, self.reach, np.minimum(2 * self.reach, 64.0))
        return np.where(inside, ahead, instead)


def _steps(curve: Curve, start: Array, low: Array, high: Array, tolerance: float) -> Array:
    """Take safeguarded steps until one is no longer than the tolerance; return the roots."""
    count = start.size
    root = np.full(count, np.nan)
    left, at, state, last = np.arange(count), start, _State(low, high), np.full(count, np.inf)
    for turn in range(1, _MOST_ROUNDS + 1):
        gap, slope = curve.at(at)
        state.learn(at, gap)
        with np.errstate(all="ignore"):
            step = np.where(gap == 0, 0.0, -gap / slope)
        if turn % 8 == 0:
            step = np.where(np.isfinite(state.low) & np.isfinite(state.high), np.nan, step)
        ahead = state.ahead(at, step)
        size = np.maximum(1.0, np.abs(at))
        narrow = state.high - state.low <= _NARROW * size
        short = _is_last(np.abs(step), last, size, tolerance) & (ahead == at + step)
        last = np.where(ahead == at + step, np.abs(step), np.inf)
        nowhere = np.minimum(state.high, state.ceiling) - np.maximum(state.low, state.floor) <= _NARROW * size
        done = short | narrow | nowhere
        solved = short | narrow
        root[left[solved]] = ahead[solved]
        if done.all():
            break
        at = ahead
        if np.count_nonzero(done) > _WORTH_DROPPING * done.size:
            stay = np.flatnonzero(~done)
            left, at, curve, last = left[stay], at[stay], curve.rows(stay), last[stay]
            state.kept(stay)
    return root


def all_roots(curve: Curve, start: Array) -> Found:
    """Return every root of curves that a grid around a point shows.

    Parameters
    ----------
    curve : Curve
        Of any course.
    start : ndarray
        The middle of the grid.
    """
    points = start[:, np.newaxis] + _GRID
    found = [curve.at(points[:, place]) for place in range(_GRID.size)]
    gap, slope = (np.stack(parts, axis=1) for parts in zip(*found, strict=True))
    nothing = np.any((gap[:, :-1] == 0) & (gap[:, 1:] == 0), axis=1)
    cells = [_changes(gap, points), *_turns(curve, gap, slope, points), *_edges(curve, gap, points)]
    rows, low, high = (np.concatenate(parts) for parts in zip(*cells, strict=True))
    touching = low == high
    root = low.copy()
    if rows.size and not touching.all():
        inner = np.flatnonzero(~touching)
        root[inner] = _between(curve.rows(rows[inner]), low[inner], high[inner])
    known = np.flatnonzero(~np.isnan(root))
    gathered = _gathered(start.size, rows[known], root[known], curve)
    return gathered._replace(flat=gathered.flat | nothing)


Cells = tuple[NDArray[np.intp], Array, Array]


def _changes(gap: Array, points: Array) -> Cells:
    """Return where the sign changes between neighbours of a grid."""
    up = gap >= 0
    known = ~np.isnan(gap)
    rows, place = np.nonzero((up[:, :-1] != up[:, 1:]) & known[:, :-1] & known[:, 1:])
    return rows, points[rows, place], points[rows, place + 1]


def _turns(curve: Curve, gap: Array, slope: Array, points: Array) -> list[Cells]:
    """Return roots on both sides of a turn that crosses zero between neighbours, or touches it."""
    sign = np.where(gap >= 0, 1.0, -1.0)
    same = (sign[:, :-1] == sign[:, 1:]) & ~np.isnan(gap[:, :-1]) & ~np.isnan(gap[:, 1:])
    rows, place = np.nonzero(same & (sign[:, :-1] * slope[:, :-1] < 0) & (sign[:, 1:] * slope[:, 1:] > 0))
    if not rows.size:
        return []
    low, high, way = points[rows, place], points[rows, place + 1], sign[rows, place]
    part, first, last = curve.rows(rows), low, high
    for _ in range(_HALVINGS):
        middle = 0.5 * (first + last)
        down = way * part.at(middle)[1] < 0
        first, last = np.where(down, middle, first), np.where(down, last, middle)
    turn = 0.5 * (first + last)
    depth = way * part.at(turn)[0]
    cross, touch = depth < -_TOUCHES, np.abs(depth) <= _TOUCHES
    return [
        (rows[cross], low[cross], turn[cross]),
        (rows[cross], turn[cross], high[cross]),
        (rows[touch], turn[touch], turn[touch]),
    ]


def _edges(curve: Curve, gap: Array, points: Array) -> list[Cells]:
    """Return changes of sign between a point of the grid and where the gap ceases to have a value."""
    known = ~np.isnan(gap)
    rows, place = np.nonzero(known[:, :-1] != known[:, 1:])
    if not rows.size:
        return []
    first = known[rows, place]
    inside = np.where(first, points[rows, place], points[rows, place + 1])
    outside = np.where(first, points[rows, place + 1], points[rows, place])
    anchor, sign = inside, np.where(first, gap[rows, place], gap[rows, place + 1]) >= 0
    part = curve.rows(rows)
    for _ in range(_HALVINGS):
        middle = 0.5 * (inside + outside)
        value = part.at(middle)[0]
        has = ~np.isnan(value)
        inside, outside = np.where(has, middle, inside), np.where(has, outside, middle)
    turned = (part.at(inside)[0] >= 0) != sign
    low, high = np.minimum(anchor, inside)[turned], np.maximum(anchor, inside)[turned]
    return [(rows[turned], low, high)]


def _between(curve: Curve, low: Array, high: Array) -> Array:
    """Return roots between points of different signs; not a number at a pole, where the gap grows towards it."""
    first, last = curve.at(low)[0], curve.at(high)[0]
    root = np.empty(low.size)
    for way, where in ((False, np.flatnonzero(first >= 0)), (True, np.flatnonzero(first < 0))):
        if where.size:
            part = curve.rows(where)._replace(turned=way != curve.turned)
            root[where] = _steps(part, 0.5 * (low + high)[where], low[where], high[where], _FINE)
    large = np.maximum(np.abs(first), np.abs(last))
    return np.where(np.abs(curve.at(root)[0]) <= large, root, np.nan)


def _gathered(size: int, rows: NDArray[np.intp], root: Array, curve: Curve) -> Found:
    """Put roots into a table, an economy a row, each once."""
    flat = np.zeros(size, dtype=bool)
    if not rows.size:
        return Found(np.full((size, 1), np.nan), flat)
    flat[rows[_flat(curve.rows(rows), root)]] = True
    order = np.lexsort((root, rows))
    rows, root = rows[order], root[order]
    again = np.zeros(rows.size, dtype=bool)
    again[1:] = (rows[1:] == rows[:-1]) & (np.diff(root) <= 1e-9 * np.maximum(1.0, np.abs(root[1:])))
    rows, root = rows[~again], root[~again]
    counts = np.bincount(rows, minlength=size)
    table: Any = np.full((size, max(1, int(counts.max(initial=0)))), np.nan)
    table[rows, np.arange(rows.size) - np.repeat(np.cumsum(counts) - counts, counts)] = root
    return Found(table, flat)
