"""Values of terms in many economies at once: powers are exponentials of logarithms, tails come from distributions.

A variable may be given by its value, by its logarithm, or by a term in others; what does not depend on what moves is
worked out once. A term without a value is not a number, or infinite.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from symhet.language import terms as t
from symhet.language.definedness import evident
from symhet.language.statements import Op, Statement
from symhet.language.terms import Head, Term
from symhet.numerics.equilibrium.problem import Problem
from symhet.numerics.tails import Array, Distribution, Tails

__all__ = ["ROUNDING", "Values"]

Truth = NDArray[np.bool_]
_FEW_FACTORS = 8
ROUNDING = 1e-12
"""Relative difference that rounding may leave of two sides that are equal."""
_AT_ONCE = (Head.POWER, Head.WHOLE_POWER, Head.TAIL)


class Values:
    """Values of a problem's terms.

    Parameters
    ----------
    problem : Problem
        What cases and excesses stand for.
    known : Mapping[Term, ndarray]
        Values of symbols: scalars, or arrays of one length.
    law : Distribution, optional
        Productivity, flat or scalar.
    logs : Mapping[Term, ndarray], optional
        Logarithms of symbols, where these are what is given.
    given : Mapping[Term, Term], optional
        Terms that symbols stand for.
    above : Values, optional
        Where what does not depend on the symbols of this one is found.

    Examples
    --------
    >>> from symhet.language import terms as t
    >>> from symhet.model import Model
    >>> from symhet.numerics.equilibrium.problem import problem_of
    >>> x = t.symbol("x")
    >>> float(Values(problem_of(Model("Demo")), {x: np.array(4.0)}).value(t.power(x, t.number(1, 2))))
    2.0
    """

    def __init__(
        self,
        problem: Problem,
        known: Mapping[Term, Array],
        law: Distribution | None = None,
        *,
        logs: Mapping[Term, Array] | None = None,
        given: Mapping[Term, Term] | None = None,
        above: Values | None = None,
        rough: bool = False,
    ) -> None:
        self.problem = problem
        self.law = law
        self.given = dict(given or {})
        self.above = above
        self.rough = rough
        self._values: dict[Term, Any] = dict(known)
        self._logs: dict[Term, Any] = dict(logs or {})
        self._tails: dict[tuple[Term, Term], Tails] = {}
        self._finite: dict[Term, Any] = {}
        self._own = {*known, *self._logs, *self.given}
        self._dependent, self._parts = ({}, {}) if above is None else above._dependence(frozenset(self._own))
        self._links: dict[frozenset[Term], tuple[dict[Term, bool], dict[Term, tuple[Term, ...]]]] = {}

    def _dependence(self, own: frozenset[Term]) -> tuple[dict[Term, bool], dict[Term, tuple[Term, ...]]]:
        """Return what is remembered of which terms depend on these symbols, and of the factors of products."""
        return self._links.setdefault(own, ({}, {}))

    def moving(
        self, known: Mapping[Term, Array], logs: Mapping[Term, Array], given: Mapping[Term, Term], rough: bool = False
    ) -> Values:
        """Return values with further symbols, which look up here what does not depend on them."""
        return Values(self.problem, known, self.law, logs=logs, given=given, above=self, rough=rough)

    def rows(self, index: NDArray[np.intp]) -> Values:
        """Return the values in some of the economies, with what is known of them by now."""
        law = None if self.law is None else self.law.part(index)
        found = Values(self.problem, {}, law, given=self.given, rough=self.rough)
        found._values = {term: _rows(value, index) for term, value in self._values.items()}
        found._logs = {term: _rows(value, index) for term, value in self._logs.items()}
        found._tails = {key: Tails(*(_rows(part, index) for part in tails)) for key, tails in self._tails.items()}
        found._links = self._links
        return found

    def has(self, term: Term) -> bool:
        """Tell whether every symbol of a term has a value."""
        return all(
            leaf.head is not Head.SYMBOL
            or leaf in self._values
            or leaf in self._logs
            or leaf in self.given
            or leaf in self.problem.cases
            or leaf in self.problem.excesses
            for leaf in self.problem.leaves(term)
        )

    def put(self, symbol: Term, value: Array, log_value: Array | None = None) -> None:
        """Give a symbol a value, and its logarithm where that is known better."""
        self._values[symbol] = value
        if log_value is not None:
            self._logs[symbol] = log_value

    # Terms

    def _is_above(self, term: Term) -> bool:
        if self.above is None:
            return False
        known = self._dependent.get(term)
        if known is None:
            known = self._dependent[term] = bool(self.problem.leaves(term) & self._own)
        return not known

    def value(self, term: Term) -> Any:
        """Return the value of a term: an array, or a scalar where nothing in it varies."""
        found = self._values.get(term)
        if found is not None:
            return found
        if self._is_above(term):
            assert self.above is not None
            return self.above.value(term)
        self._values[term] = found = self._worked_out(term)
        return found

    def log(self, term: Term) -> Any:
        """Return the logarithm of a term; not a number where the term is negative."""
        found = self._logs.get(term)
        if found is not None:
            return found
        if self._is_above(term):
            assert self.above is not None
            return self.above.log(term)
        self._logs[term] = found = self._log(term)
        return found

    def _worked_out(self, term: Term) -> Any:
        head, args = term.head, term.args
        if head is Head.NUMBER:
            return np.float64(args[0] / args[1])
        if head is Head.SYMBOL:
            return self._symbol(term)
        if head is Head.SUM:
            total = self.value(args[0])
            for part in args[1:]:
                total = total + self.value(part)
            return total
        if head is Head.PRODUCT:
            return self._product(self._parted(term))
        if head in _AT_ONCE:
            return self._product((term,))
        return self._applied(term)

    def _parted(self, term: Term) -> tuple[Term, ...]:
        """Return the factors of a product, those that do not move as one."""
        if self.above is None:
            return term.args
        found = self._parts.get(term)
        if found is None:
            still = [factor for factor in term.args if self._is_above(factor)]
            moving = [factor for factor in term.args if not self._is_above(factor)]
            found = self._parts[term] = (t.product_of(still), *moving) if len(still) > 1 else term.args
        return found

    def _applied(self, term: Term) -> Any:
        head, args = term.head, term.args
        if head is Head.EXP:
            return np.exp(self.value(args[0]))
        if head is Head.LOG:
            return self.log(args[0])
        if head is Head.SURVIVAL:
            return self.tails(args[0]).survival
        if head is Head.DENSITY:
            return self.tails(args[0]).density * np.exp(-self.log(args[0]))
        if head is Head.INTEGRAL:
            raised = self.value(args[0]) + 1.0
            low, high = self.log(args[1]), self.log(args[2])
            safe = np.where(raised == 0, 1.0, raised)
            inner = np.exp(raised * low) * np.expm1(safe * (high - low)) / safe
            return np.where(raised == 0, high - low, inner)[()]
        if head is Head.INTEGRAL_FROM_ZERO:
            raised = self.value(args[0]) + 1.0
            return np.where(raised > 0, np.exp(raised * self.log(args[1])) / raised, np.nan)[()]
        if head is Head.SUPPORT and self.law is not None:
            return self.law.support[0]
        return np.nan

    def _symbol(self, symbol: Term) -> Any:
        if symbol in self._logs:
            return np.exp(self._logs[symbol])
        if symbol in self.given:
            return self.value(self.given[symbol])
        if symbol in self.problem.excesses:
            excess = self.problem.excesses[symbol]
            return self.tails(excess.point, excess.order).excess
        if symbol in self.problem.cases:
            found: Any = np.nan
            for case, value in reversed(self.problem.cases[symbol]):
                found = np.where(self.holds(case), self.value(value), found)
            return found[()]
        return np.nan

    def _product(self, factors: Iterable[Term]) -> Any:
        """Multiply: the powers of one base, and a tail moment with the power of its point, are taken together."""
        plain: Any = None
        powers: dict[Term, list[tuple[Term | None, float]]] = {}
        for factor in factors:
            base, exponent, times = _power(factor)
            if factor.head is Head.TAIL:
                powers.setdefault(factor.args[0], []).append((factor.args[1], 1.0))
                value = self.tails(*factor.args).moment
            elif exponent is not None:
                powers.setdefault(base, []).append((exponent, times))
                continue
            elif times == 1:
                value = self.value(base)
            elif times == -1:
                value = 1.0 / self.value(base)
            else:
                value = _whole_power(self.value(base), int(times))
            plain = value if plain is None else plain * value
        total: Any = None
        for base, exponents in powers.items():
            power = self._exponent(exponents)
            if not np.any(power):
                # A base to the zeroth power is one where the base is positive, and nothing elsewhere.
                plain = plain if evident(base) else _times(plain, np.where(self.value(base) > 0, 1.0, np.nan)[()])
                continue
            part = power * self.log(base)
            total = part if total is None else total + part
        if total is None:
            return np.float64(1.0) if plain is None else plain
        return _times(plain, np.exp(total))

    def _exponent(self, exponents: list[tuple[Term | None, float]]) -> Any:
        total: Any = None
        for exponent, times in exponents:
            assert exponent is not None
            value = self.value(exponent)
            value = value if times == 1 else value * times
            total = value if total is None else total + value
        return total

    def _log(self, term: Term) -> Any:
        head, args = term.head, term.args
        if head is Head.SYMBOL and term in self.given and term not in self._values:
            return self.log(self.given[term])
        if head is Head.NUMBER and args[0] > 0:
            return np.float64(log(args[0]) - log(args[1]))
        if head is Head.PRODUCT and len(args) <= _FEW_FACTORS and all(map(evident, args)):
            first, *others = self._parted(term)
            total = self.log(first)
            for factor in others:
                total = total + self.log(factor)
            return total
        if head is Head.WHOLE_POWER and evident(args[0]):
            return args[1] * self.log(args[0])
        if head is Head.POWER:
            return self.value(args[1]) * self.log(args[0])
        if head is Head.EXP:
            return self.value(args[0])
        if head is Head.TAIL:
            return np.log(self.tails(*args).moment) + self.value(args[1]) * self.log(args[0])
        return np.log(self.value(term))

    # Tails

    def tails(self, x: Term, order: Term | None = None) -> Tails:
        """Return the scaled tails at a point, for a moment of an order or of any; not a number where it is infinite."""
        if order is None:
            known = next((key for key in self._tails if key[0] is x), None)
            order = known[1] if known is not None else next(iter(self._orders(x)), None)
        if self.law is None:
            return Tails(*(np.asarray(np.nan),) * 4)
        if order is None:
            z, k = self.log(x) - self.law.log_origin, self.law.usual_exponent()
            return self.law.rough_tails_at(z, k)
        if (x, order) not in self._tails:
            if self._is_above(x) and self._is_above(order):
                assert self.above is not None
                return self.above.tails(x, order)
            self._tails[x, order] = tails_of(self.law, self.log(x), self.value(order), self.rough, self._exists(order))
        return self._tails[x, order]

    def _exists(self, order: Term) -> Any:
        """Return where the moment of an order is finite; None where it is everywhere."""
        if self._is_above(order):
            assert self.above is not None
            return self.above._exists(order)
        if order not in self._finite:
            assert self.law is not None
            exists = self.law.moment_exists(self.value(order))
            self._finite[order] = None if exists.all() else exists
        return self._finite[order]

    def _orders(self, x: Term) -> list[Term]:
        return [excess.order for excess in self.problem.excesses.values() if excess.point is x]

    # Statements

    def holds(self, statement: Statement) -> Any:
        """Return where a statement holds; a relation whose side has no value does not."""
        op, args = statement.op, statement.args
        if statement.is_relation:
            inside = self._is_inside(statement)
            if inside is not None:
                return inside
            left, right = (self.value(term) for term in args)
            exist = np.isfinite(left) & np.isfinite(right)
            if op is Op.EQUAL:
                return exist & (np.abs(left - right) <= 1e-9 * (np.abs(left) + np.abs(right)))
            if op is Op.DIFFER:
                return exist & (left != right)
            return exist & (left < right if op is Op.LESS else left <= right)
        if op is Op.DENSE:
            return np.True_
        parts = [self.holds(part) for part in args]
        if op is Op.AND:
            return np.logical_and.reduce(np.broadcast_arrays(*parts))
        if op is Op.OR:
            return np.logical_or.reduce(np.broadcast_arrays(*parts))
        return ~parts[0] | parts[1] if op is Op.IMPLIES else parts[0] == parts[1]

    def at_an_end(self, statement: Statement) -> Any:
        """Return where two sides of a statement are equal up to rounding, so that it begins or ends to hold."""
        if not statement.is_relation:
            return np.logical_or.reduce(np.broadcast_arrays(*map(self.at_an_end, statement.args)))
        left, right = map(self.value, statement.args)
        return np.abs(left - right) <= ROUNDING * (np.abs(left) + np.abs(right))

    def _is_inside(self, statement: Statement) -> Any:
        """Return where S(x) < 1 or 0 < S(x) holds, which rounding hides far out; None for another statement."""
        op, (left, right) = statement.op, statement.args
        shares = (Head.SURVIVAL, Head.TAIL)
        if self.law is None or op is not Op.LESS:
            return None
        low, high = self.law.support
        if left.head is Head.SURVIVAL and right is t.ONE:
            return (self.value(left.args[0]) > low) | (self.value(left) < 1)
        if left is t.ZERO and right.head in shares:
            x = self.value(right.args[0])
            return ((x > 0) & (x < high)) | (self.value(right) > 0)
        return None


def tails_of(law: Distribution, log_x: Any, order: Any, rough: bool = False, exists: Any = None) -> Tails:
    """Return scaled tails at exp(log_x); moment and excess are not a number where the moment is infinite."""
    find: Callable[..., Tails] = law.rough_tails_at if rough else law.tails_at
    if exists is None:
        return find(log_x - law.log_origin, order)
    found = find(log_x - law.log_origin, np.where(exists, order, law.usual_exponent()))
    return found._replace(moment=np.where(exists, found.moment, np.nan), excess=np.where(exists, found.excess, np.nan))


def _power(factor: Term) -> tuple[Term, Term | None, float]:
    """Return base, exponent and a number such that a factor is base^(number exponent), or base^number without one."""
    if factor.head is Head.POWER:
        return factor.args[0], factor.args[1], 1.0
    if factor.head is Head.WHOLE_POWER:
        base, exponent, times = _power(factor.args[0])
        return base, exponent, times * factor.args[1]
    return factor, None, 1.0


def _times(one: Any, other: Any) -> Any:
    return other if one is None else one * other


def _whole_power(base: Any, exponent: int) -> Any:
    return base**exponent if 0 <= exponent <= 3 else np.asarray(base, dtype=float) ** float(exponent)


def _rows(value: Any, index: NDArray[np.intp]) -> Any:
    return value[index] if getattr(value, "ndim", 0) else value
