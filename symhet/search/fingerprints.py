"""Whether two terms have the same values at a few fixed points: a guess that saves work, never a proof."""

from __future__ import annotations

import random
import weakref
from functools import cache

import numpy as np

from symhet.language.terms import Head, Term
from symhet.search.evaluation import Economies, Laws, Numbers, Shape

POINTS = 5
ROUNDING = 1e-9


@cache
def _laws() -> Laws:
    rng = random.Random(11)
    breaks = np.array([[0.3 + 0.1 * rng.random() for _ in range(POINTS)], [1.9 + rng.random() for _ in range(POINTS)]])
    heights = np.array([[0.2 + 0.1 * rng.random() for _ in range(POINTS)]])
    return Laws(breaks, heights, np.full(POINTS, 40.0))


def _leaf(leaf: Term) -> Numbers:
    rng = random.Random(repr(leaf))
    return np.array([0.5 + 2.2 * rng.random() for _ in range(POINTS)])


_VALUES: weakref.WeakKeyDictionary[Term, Numbers] = weakref.WeakKeyDictionary()


def fingerprint(term: Term) -> Numbers:
    """Return the values of a term at the fixed points."""
    found = _VALUES.get(term)
    if found is None:
        found = _VALUES[term] = _economies(term).value(term)
    return found


def _economies(term: Term) -> Economies:
    leaves = {leaf: _leaf(leaf) for leaf in term.leaves if leaf.head is not Head.SUPPORT}
    functions = {name: _function(name, arity) for name, arity in _unspecified(term)}
    return Economies(POINTS, leaves, _laws(), functions)


def _unspecified(term: Term) -> set[tuple[str, int]]:
    own = {(term.args[0], len(term.args) - 2)} if term.head is Head.UNSPECIFIED else set()
    if not term.mentions(Head.UNSPECIFIED):
        return set()
    return own.union(*(_unspecified(child) for child in term.children))


def _function(name: str, arity: int) -> Shape:
    rng = random.Random(name)
    spread = lambda: np.array([0.3 + rng.random() for _ in range(POINTS)])  # noqa: E731
    return Shape(spread(), spread(), tuple(spread() for _ in range(arity)))


def proportion(left: Term, right: Term) -> float | None:
    """Guess the number by which one term is a multiple of another; None where it seems to be none.

    Examples
    --------
    >>> from symhet.language import terms as t
    >>> x = t.symbol("x")
    >>> round(proportion(t.multiply(t.number(-2), x), x), 9), proportion(x, t.power(x, x))
    (-2.0, None)
    """
    with np.errstate(all="ignore"):
        ratios = fingerprint(left) / fingerprint(right)
    if not np.isfinite(ratios).all() or np.ptp(ratios) > ROUNDING * np.max(np.abs(ratios)):
        return None
    return float(ratios[0])


def same(left: Term, right: Term) -> bool:
    """Guess whether two terms are equal wherever both have values.

    Examples
    --------
    >>> from symhet.language import terms as t
    >>> x = t.symbol("x")
    >>> same(t.add(x, x), t.multiply(t.number(2), x)), same(x, t.ONE)
    (True, False)
    """
    if left is right:
        return True
    one, other = fingerprint(left), fingerprint(right)
    size = np.abs(one) + np.abs(other)
    close = np.abs(one - other) <= ROUNDING * size
    known = np.isfinite(size)
    return bool(known.any()) and bool(close[known].all())


def vanishes(term: Term) -> bool:
    """Guess whether a term is zero wherever it has a value, its values being small beside its parts."""
    economies = _economies(term)
    values = economies.value(term)
    known = np.isfinite(values)
    with np.errstate(all="ignore"):
        small = np.abs(values) <= ROUNDING * np.maximum(economies.scale(term), 1e-6)
    return not known.any() or bool(small[known].all())
