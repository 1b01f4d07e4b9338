"""Terms over arrays of values, not a number where they have none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
import sympy as sp
from numpy.typing import NDArray

from symhet.algebra.integrals import PowerIntegral
from symhet.algebra.tails import Density, Survival, TailMoment

Array = NDArray[np.float64]

LARGEST = 600.0
"""Logarithm of a value beyond which nothing can be told."""


class TailFunctions(Protocol):
    """What tails of distributions stand for, over arrays."""

    def survival(self, x: Array) -> Array:
        """Return S(x)."""

    def density(self, x: Array) -> Array:
        """Return g(x)."""

    def moment(self, x: Array, power: Array) -> Array:
        """Return T(x, power)."""


class Program:
    """Terms in an order in which each is computed once, whole arrays at a time.

    Parameters
    ----------
    terms : sequence of Expr
        Terms in symbols, sums, products, powers, exponentials, logarithms, tails and integrals of powers.

    Examples
    --------
    >>> x, y = sp.symbols("x y", positive=True)
    >>> [value] = Program([x**y + 1])({x: np.array([2.0, 3.0]), y: np.array([3.0, 2.0])})
    >>> value.round(6).tolist()
    [9.0, 10.0]
    """

    def __init__(self, terms: Sequence[sp.Expr]) -> None:
        self._slots: dict[sp.Expr, int] = {}
        self._known: list[Any] = []
        self._symbols: list[tuple[int, sp.Symbol]] = []
        self._steps: list[tuple[int, _Step, tuple[int, ...]]] = []
        self._wanted = [self._slot(term) for term in terms]

    def _slot(self, term: sp.Expr) -> int:
        """Return the place of a term's value, after those of its parts; numbers have theirs at once."""
        if term in self._slots:
            return self._slots[term]
        is_leaf = isinstance(term, sp.Symbol | sp.Rational)
        parts = () if is_leaf else tuple(self._slot(part) for part in term.args)
        place = self._slots[term] = len(self._known)
        self._known.append(np.float64(int(term.p) / int(term.q)) if isinstance(term, sp.Rational) else _NOTHING)
        if isinstance(term, sp.Symbol):
            self._symbols.append((place, term))
        elif not is_leaf:
            self._steps.append((place, _step(term), parts))
        return place

    def __call__(self, values: Mapping[sp.Symbol, Any], tails: TailFunctions | None = None) -> list[Array]:
        """Return the value of each term; not a number, or infinite, where it has none."""
        known = [*self._known]
        for place, symbol in self._symbols:
            known[place] = values[symbol]
        with np.errstate(all="ignore"):
            for place, step, parts in self._steps:
                known[place] = step(known, parts, tails)
        return [known[i] for i in self._wanted]


_Step = Callable[[Sequence[Any], tuple[int, ...], TailFunctions | None], Any]
"""What makes the value of a term, of values and of the places of its parts among them."""
_NOTHING = np.float64(np.nan)


def _step(term: sp.Expr) -> _Step:
    if isinstance(term, sp.Add):
        return _sum
    if isinstance(term, sp.Mul):
        return _product
    if isinstance(term, sp.Pow):
        whole = isinstance(term.exp, sp.Integer)
        return lambda known, parts, tails: power(known[parts[0]], known[parts[1]], whole)
    if isinstance(term, sp.exp):
        return lambda known, parts, tails: np.exp(known[parts[0]])
    if isinstance(term, sp.log):
        return lambda known, parts, tails: np.log(known[parts[0]])
    return lambda known, parts, tails: _function(term, [known[i] for i in parts], tails)


def _sum(known: Sequence[Any], parts: tuple[int, ...], tails: TailFunctions | None) -> Any:
    total = known[parts[0]]
    for i in parts[1:]:
        total = total + known[i]
    return total


def _product(known: Sequence[Any], parts: tuple[int, ...], tails: TailFunctions | None) -> Any:
    total = known[parts[0]]
    for i in parts[1:]:
        total = total * known[i]
    return total


def _function(term: sp.Expr, parts: Sequence[Array], tails: TailFunctions | None) -> Array:
    if isinstance(term, PowerIntegral):
        exponent, low, high = parts
        has_value = (high > 0) & ((low > 0) | ((low == 0) & (exponent > -1))) & (abs(exponent + 1) >= 1e-9)
        return np.where(has_value, (high ** (exponent + 1) - low ** (exponent + 1)) / (exponent + 1), np.nan)
    if tails is None:
        return np.full_like(parts[0], np.nan)
    x = np.where(parts[0] > 0, parts[0], np.nan)
    if isinstance(term, TailMoment):
        return tails.moment(x, parts[1])
    if isinstance(term, Survival):
        return tails.survival(x)
    assert isinstance(term, Density)
    return tails.density(x)


def power(base: Any, exponent: Any, whole: bool) -> Any:
    """Return powers; of a base that is not positive only for whole exponents."""
    if whole:
        return base**exponent
    # The logarithm of what is not positive is infinite or not a number.
    size = exponent * np.log(base)
    if size.ndim == 0:
        return np.exp(size) if abs(size) <= LARGEST else _NOTHING
    return np.where(abs(size) > LARGEST, np.nan, np.exp(size))


@lru_cache(maxsize=4096)
def summands(term: sp.Expr) -> tuple[sp.Expr, ...]:
    """Return the summands of a term; a product is multiplied out, as its factors may cancel too."""
    return sp.Add.make_args(sp.expand_mul(term, deep=False))
