"""Derivatives of terms at numbers, exactly, along a coordinate: the value of a symbol, or its logarithm.

By the rules of differentiation, node by node. Only in the order of a moment and in the parameters of a distribution
tails have no form to differentiate: there an eight-point rule is right to about twelve digits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from symhet.language import terms as t
from symhet.language.definedness import evident
from symhet.language.terms import Head, Term
from symhet.numerics.equilibrium.values import ROUNDING, Values, tails_of
from symhet.numerics.tails import Distribution, Tails

__all__ = ["Slopes"]

_STENCIL = (4 / 5, -1 / 5, 4 / 105, -1 / 280)
_LEAST = 1e-7
"""Share of a step below which differences would lose their digits."""
_REACH = 0.01
"""Step of the eight-point rule, as a share of how far the tails are from having no value."""


class Slopes:
    """Derivatives along one coordinate; None is zero.

    Parameters
    ----------
    values : Values
        Where they are taken.
    seeds : Mapping[Term, ndarray]
        Derivatives of symbols.
    log_seeds : Mapping[Term, ndarray], optional
        Derivatives of the logarithms of symbols.
    moves : dict of Term to bool, optional
        What is remembered of which terms depend on the symbols with these derivatives.
    two_sided : bool
        Whether there is no derivative where cases of a term meet that have different ones, and not that of one of them.

    Examples
    --------
    >>> from symhet.language import terms as t
    >>> from symhet.model import Model
    >>> from symhet.numerics.equilibrium.problem import problem_of
    >>> x = t.symbol("x")
    >>> values = Values(problem_of(Model("Demo")), {x: np.array(4.0)})
    >>> float(Slopes(values, {x: 1.0}).value(t.whole_power(x, 2)))
    8.0
    """

    def __init__(
        self,
        values: Values,
        seeds: Mapping[Term, Any],
        log_seeds: Mapping[Term, Any] | None = None,
        moves: dict[Term, bool] | None = None,
        two_sided: bool = False,
    ) -> None:
        self.values = values
        self._two_sided = two_sided
        self._values: dict[Term, Any] = dict(seeds)
        self._logs: dict[Term, Any] = dict(log_seeds or {})
        self._own = frozenset({*self._values, *self._logs})
        self._depends = {} if moves is None else moves

    def _moves(self, term: Term) -> bool:
        found = self._depends.get(term)
        if found is None:
            leaves = self._all_leaves(term)
            found = self._depends[term] = bool(leaves & self._own)
        return found

    def _all_leaves(self, term: Term) -> frozenset[Term]:
        """Return the leaves of a term, of what its symbols stand for, and of the law where there are tails."""
        found = self.values.problem.leaves(term)
        law = self.values.problem.law
        if law and (
            term.mentions(Head.SURVIVAL, Head.TAIL, Head.DENSITY) or found & self.values.problem.excesses.keys()
        ):
            found = found.union(*(parameter.leaves for parameter in law.values()))
        for leaf in found & self.values.given.keys():
            found = found | self._all_leaves(self.values.given[leaf])
        return found

    def value(self, term: Term) -> Any:
        """Return the derivative of a term."""
        if term in self._values:
            return self._values[term]
        if not self._moves(term):
            return None
        self._values[term] = found = self._value(term)
        return found

    def log(self, term: Term) -> Any:
        """Return the derivative of the logarithm of a term."""
        if term in self._logs:
            return self._logs[term]
        if not self._moves(term):
            return None
        self._logs[term] = found = self._log(term)
        return found

    def _value(self, term: Term) -> Any:
        head, args, at = term.head, term.args, self.values
        if head is Head.SYMBOL:
            return self._symbol(term)
        if head is Head.SUM:
            return _sum(*map(self.value, args))
        if head is Head.PRODUCT:
            return self._product(term)
        if head is Head.WHOLE_POWER:
            base, n = args
            slope = self.value(base)
            return None if slope is None or n == 0 else n * _power(at.value(base), n - 1) * slope
        if head in (Head.POWER, Head.EXP):
            return _times(at.value(term), self.log(term))
        if head is Head.LOG:
            return self.log(args[0])
        if head is Head.TAIL:
            return self._tail(*args)
        if head is Head.SURVIVAL:
            return self._of_tails("survival", *args)
        if head is Head.DENSITY:
            inner = self._of_tails("density", *args)
            return _times(np.exp(-at.log(args[0])), _sum(inner, _times(-at.tails(args[0]).density, self.log(args[0]))))
        if head in (Head.INTEGRAL, Head.INTEGRAL_FROM_ZERO):
            return self._integral(term)
        return None

    def _symbol(self, symbol: Term) -> Any:
        problem, at = self.values.problem, self.values
        if symbol in self._logs:
            return _times(at.value(symbol), self._logs[symbol])
        if symbol in at.given:
            return self.value(at.given[symbol])
        if symbol in problem.excesses:
            return self._of_tails("excess", *problem.excesses[symbol])
        found: Any = 0.0
        met, sides = False, []
        for case, value in reversed(problem.cases.get(symbol, ())):
            slope = self.value(value)
            sides.append(0.0 if slope is None else slope)
            found = np.where(at.holds(case), sides[-1], found)
            met = met | at.at_an_end(case)
        if self._two_sided and sides:
            differ = np.logical_or.reduce([side != sides[0] for side in np.broadcast_arrays(*sides)])
            found = np.where(met & differ, np.nan, found)
        return found

    def _product(self, term: Term) -> Any:
        at = self.values
        moving = [factor for factor in term.args if self._moves(factor)]
        if len(moving) == 1:
            others = [factor for factor in term.args if factor is not moving[0]]
            return _times(at.value(t.product_of(others)), self.value(moving[0]))
        if evident(term):
            return _times(at.value(term), _sum(*map(self.log, moving)))
        total = None
        for place, factor in enumerate(term.args):
            slope = self.value(factor)
            if slope is None:
                continue
            for other in (*term.args[:place], *term.args[place + 1 :]):
                slope = slope * at.value(other)
            total = _sum(total, slope)
        return total

    def _log(self, term: Term) -> Any:
        head, args, at = term.head, term.args, self.values
        if head is Head.SYMBOL and term in at.given and term not in self._values:
            return self.log(at.given[term])
        if head is Head.PRODUCT and all(map(evident, args)):
            return _sum(*map(self.log, args))
        if head is Head.WHOLE_POWER and evident(args[0]):
            return _times(args[1], self.log(args[0]))
        if head is Head.POWER:
            base, exponent = args
            slope = self.value(exponent)
            moved = None if slope is None else slope * at.log(base)
            return _sum(_times(at.value(exponent), self.log(base)), moved)
        if head is Head.EXP:
            return self.value(args[0])
        slope = self.value(term)
        return None if slope is None else slope / at.value(term)

    # Tails

    def _tail(self, x: Term, order: Term) -> Any:
        """T(x, k) is x^k times the scaled moment."""
        at = self.values
        scale = np.exp(at.value(order) * at.log(x))
        found = self._of_tails("moment", x, order)
        direct = _sum(_times(at.value(order), self.log(x)), _times(at.log(x), self.value(order)))
        return _times(scale, _sum(found, _times(at.tails(x, order).moment, direct)))

    def _of_tails(self, part: str, x: Term, order: Term | None = None) -> Any:
        """Return the derivative of a scaled tail: in its point, in its order, and in the parameters of the law."""
        at = self.values
        found = at.tails(x, order)
        along = self.log(x)
        total = None
        if along is not None:
            if part == "density":
                total = along * self._by_rule(part, x, order, "point")
            elif part == "survival":
                total = -along * found.density
            else:
                k = at.value(order) if order is not None else 0.0
                total = (-along * k) * found.moment
                total = total - along * found.density if part == "moment" else total
        if order is not None and part in ("moment", "excess"):
            slope = self.value(order)
            if slope is not None:
                total = _sum(total, slope * self._by_rule(part, x, order, "order"))
        for name, parameter in at.problem.law.items():
            slope = self.value(parameter)
            if slope is not None:
                total = _sum(total, slope * self._by_rule(part, x, order, name))
        if self._two_sided and along is not None and at.law is not None:
            jumps = (_to_a_jump(at.law, at.log(x)) <= ROUNDING) & (found.density > 0)
            total = _times(np.where(jumps, np.nan, 1.0), total)
        return total

    def _by_rule(self, part: str, x: Term, order: Term | None, what: str) -> Any:
        """Return the derivative of a scaled tail by an eight-point rule."""
        at = self.values
        law = at.law
        assert law is not None
        log_x = at.log(x)
        k = law.usual_exponent() if order is None else at.value(order)
        if what == "point":
            step = _short(_REACH, _to_a_jump(law, log_x), _REACH)
            return eight_points(lambda h: tails_of(law, log_x + h, k), part, step)
        room = np.minimum(1.0, law.moment_room(k))
        if what == "order":
            step = _REACH * np.minimum(room, np.maximum(np.abs(k), 0.05))
            return eight_points(lambda h: tails_of(law, log_x, k + h), part, step)
        value = law.parameters[what]
        size = np.where(value == 0, 1.0, np.abs(value))
        step = 0.1 * _REACH * np.minimum(size, room)

        def varied(h: Any) -> Distribution:
            return law.varied({what: value + h})[0]

        # Jumps move with the parameter, and must not come across the point.
        with np.errstate(invalid="ignore"):
            moves = [np.abs(_log(after) - _log(x)) for after, x in zip(varied(step).jumps, law.jumps, strict=True)]
            farthest = np.fmax.reduce(np.broadcast_arrays(*moves))
        near = _to_a_jump(law, log_x)
        return eight_points(lambda h: tails_of(varied(h), log_x, k), part, _short(step, near, farthest))

    def _integral(self, term: Term) -> Any:
        at, exponent = self.values, term.args[0]
        ends = [(1.0, term.args[-1])] + ([(-1.0, term.args[1])] if term.head is Head.INTEGRAL else [])
        total = None
        for sign, end in ends:
            slope = self.log(end)
            if slope is not None:
                total = _sum(total, sign * np.exp((at.value(exponent) + 1.0) * at.log(end)) * slope)
        slope = self.value(exponent)
        if slope is None:
            return total
        # The derivative in the exponent, by parts: (h^r ln h - l^r ln l - the integral)/r with r one more than it.
        raised = at.value(exponent) + 1.0
        inner = -at.value(term)
        for sign, end in ends:
            inner = inner + sign * np.exp(raised * at.log(end)) * at.log(end)
        return _sum(total, slope * inner / raised)


def _log(x: Any) -> Any:
    with np.errstate(divide="ignore"):
        return np.log(x)


def _to_a_jump(law: Distribution, log_x: Any) -> Any:
    """Return how far, in logarithms, it is to the nearest place where the density may jump."""
    return np.minimum.reduce(np.broadcast_arrays(*(np.abs(log_x - _log(place)) for place in law.jumps)))


def _short(step: Any, near: Any, moves: Any) -> Any:
    """Return a step that keeps the eight points on one side of a jump so near, where a step moves one of them so far.

    Next to the jump there is none.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(moves > 0, near / ((len(_STENCIL) + 1) * moves), 1.0)
    return np.where(share > _LEAST, step * np.minimum(share, 1.0), np.nan)


def eight_points(find: Callable[[Any], Tails], part: str, step: Any) -> Any:
    """Return the derivative at zero of a part of tails."""
    total: Any = 0.0
    for count, weight in enumerate(_STENCIL, 1):
        ahead, behind = (getattr(find(sign * count * step), part) for sign in (1, -1))
        total = total + weight * (ahead - behind)
    return total / step


def _sum(*parts: Any) -> Any:
    total = None
    for part in parts:
        if part is not None:
            total = part if total is None else total + part
    return total


def _times(factor: Any, slope: Any) -> Any:
    return None if slope is None else factor * slope


def _power(base: Any, exponent: int) -> Any:
    return np.asarray(base, dtype=float) ** float(exponent)
