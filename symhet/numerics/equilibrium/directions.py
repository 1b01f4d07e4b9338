"""On which side of an equation a variable raises it, read off the terms and the signs of their exponents.

Where one side rises and the other does not, there is at most one solution, and no more have to be looked for.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from symhet.language.terms import Head, Term
from symhet.numerics.equilibrium.values import Values

__all__ = ["direction"]


def direction(values: Values, term: Term, moving: frozenset[Term], x: Term) -> Any:
    """Return 1 where a term rises with x, -1 where it falls, 0 where it does not move, and nan where that is not seen.

    Parameters
    ----------
    values : Values
        Of what does not move.
    term : Term
        The term.
    moving : frozenset of Term
        What moves: x, and symbols that stand for terms with x.
    x : Term
        The variable.

    Examples
    --------
    >>> from symhet.language import terms as t
    >>> from symhet.model import Model
    >>> from symhet.numerics.equilibrium.problem import problem_of
    >>> x, k = t.symbol("x"), t.symbol("k", positive=False)
    >>> values = Values(problem_of(Model("Demo")), {k: np.array([2.0, -3.0])})
    >>> direction(values, t.power(x, k), frozenset({x}), x).tolist()
    [1.0, -1.0]
    """
    return _Directions(values, moving, x).of(term)


class _Directions:
    def __init__(self, values: Values, moving: frozenset[Term], x: Term) -> None:
        self.values = values
        self.moving = moving
        self.x = x
        self._done: dict[Term, Any] = {x: np.float64(1.0)}

    def of(self, term: Term) -> Any:
        if term not in self._done:
            moves = bool(self.values.problem.leaves(term) & self.moving)
            self._done[term] = self._of(term) if moves else np.float64(0.0)
        return self._done[term]

    def _of(self, term: Term) -> Any:
        head, args = term.head, term.args
        if head is Head.SYMBOL:
            return self._symbol(term)
        if head is Head.SUM:
            return _together([self.of(part) for part in args])
        if head is Head.PRODUCT:
            return self._product(args)
        if head is Head.WHOLE_POWER:
            sign = self.values.problem.sign(args[0])
            if sign == 0 and (args[1] % 2 == 0 or args[1] < 0):
                return np.float64(np.nan)
            return np.sign(args[1]) * (sign if args[1] % 2 == 0 else 1) * self.of(args[0])
        if head is Head.POWER:
            return self._power(*args)
        if head in (Head.EXP, Head.LOG):
            return self.of(args[0])
        if head is Head.SURVIVAL:
            return -self.of(args[0])
        if head is Head.TAIL and not np.any(self.of(args[1])):
            return -self.of(args[0])
        if head is Head.INTEGRAL and not np.any(self.of(args[0])):
            return _together([-self.of(args[1]), self.of(args[2])])
        return np.float64(np.nan)

    def _symbol(self, symbol: Term) -> Any:
        if symbol in self.values.given:
            return self.of(self.values.given[symbol])
        excess = self.values.problem.excesses.get(symbol)
        if excess is not None and not np.any(self.of(excess.order)):
            return -self.of(excess.point)
        return np.float64(np.nan)

    def _product(self, factors: tuple[Term, ...]) -> Any:
        found, sign = [], np.float64(1.0)
        for factor in factors:
            if self.values.problem.leaves(factor) & self.moving:
                own = self.values.problem.sign(factor)
                if own == 0:
                    return np.float64(np.nan)
                sign = sign * own
                found.append(own * self.of(factor))
            else:
                sign = sign * _sign(self.values.value(factor))
        return sign * _together(found)

    def _power(self, base: Term, exponent: Term) -> Any:
        in_base, in_exponent = self.of(base), self.of(exponent)
        if not np.any(in_exponent):
            return _sign(self.values.value(exponent)) * in_base
        if not np.any(in_base):
            return _sign(self.values.log(base)) * in_exponent
        return np.float64(np.nan)


def _sign(value: Any) -> Any:
    """Return the signs of numbers, one where they are all the same."""
    if np.ndim(value) == 0 or not value.size:
        return np.sign(value)
    if (value > 0).all():
        return np.float64(1.0)
    return np.float64(-1.0) if (value < 0).all() else np.sign(value)


def _together(parts: list[Any]) -> Any:
    """Return the direction of a sum of terms, or a product of positive ones."""
    total: Any = np.float64(0.0)
    for part in parts:
        agree = (total == 0) | (part == 0) | (total == part)
        total = np.where(agree, np.where(total == 0, part, total), np.nan)
    return total
