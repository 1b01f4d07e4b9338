"""Values of terms at points, by exact numbers where they stay exact and by balls elsewhere; the core has no part in it.

The functions that nothing is known of but their name and sign are stood for by rational functions, so that poles
behind them are met exactly too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from flint import arb, ctx, fmpq, fmpz

from symhet.language.terms import Head, Term

Real: TypeAlias = fmpq | arb
Point: TypeAlias = Mapping[Term, fmpq]
ctx.prec = 96
LARGE = 200


class NoValueError(Exception):
    """The term has no value at the point."""


class UnclearError(Exception):
    """The balls are too wide to tell."""


def sign(value: Real) -> int:
    """Return the sign of a value."""
    if isinstance(value, fmpq):
        return (value > 0) - (value < 0)
    if value > 0:
        return 1
    if value < 0:
        return -1
    raise UnclearError


def differ(one: Real, other: Real) -> bool:
    """Tell whether two values are certainly different."""
    if isinstance(one, fmpq) and isinstance(other, fmpq):
        return bool(one != other)
    return not arb(one).overlaps(arb(other))


class Evaluator:
    """The values of terms at one point; what has none raises `NoValueError`."""

    def __init__(self, point: Point) -> None:
        self._point = point
        self._known: dict[Term, Real | type[Exception]] = {}

    def __call__(self, term: Term) -> Real:
        """Return the value of a term."""
        found = self._known.get(term)
        if found is None:
            try:
                found = self._value(term)
            except (NoValueError, UnclearError) as error:
                found = type(error)
            self._known[term] = found
        if isinstance(found, type):
            raise found
        return found

    def exists(self, term: Term) -> bool:
        """Tell whether a term has a value; `UnclearError` where that cannot be told."""
        try:
            self(term)
        except NoValueError:
            return False
        return True

    def _value(self, term: Term) -> Real:
        head, args = term.head, term.args
        if head is Head.NUMBER:
            return fmpq(*args)
        if not term.children:
            return self._point[term]
        values = self._children(term)
        if head is Head.SUM:
            return _bounded(sum(values[1:], values[0]))
        if head is Head.PRODUCT:
            product = values[0]
            for value in values[1:]:
                product = product * value
            exact_zero = any(isinstance(value, fmpq) and not value for value in values)
            return fmpq(0) if exact_zero else _bounded(product)
        if head is Head.WHOLE_POWER:
            return _whole_power(values[0], args[1])
        if head is Head.POWER:
            return _power(*values)
        if head is Head.EXP:
            return fmpq(1) if _is_exactly(values[0], 0) else arb(values[0]).exp()
        if head is Head.LOG:
            _require_positive(values[0])
            return fmpq(0) if _is_exactly(values[0], 1) else arb(values[0]).log()
        return _function(term, values)

    def _children(self, term: Term) -> list[Real]:
        """Return the values of the children; one without a value counts before one that is unclear."""
        values, unclear = [], False
        for child in term.children:
            try:
                values.append(self(child))
            except UnclearError:
                unclear = True
        if unclear:
            raise UnclearError
        return values


def _bounded(value: Real) -> Real:
    if isinstance(value, fmpq) and value.height_bits() > 4 * LARGE:
        return arb(value)
    return value


def _is_exactly(value: Real, number: int) -> bool:
    return isinstance(value, fmpq) and bool(value == number)


def _require_positive(value: Real) -> None:
    if sign(value) <= 0:
        raise NoValueError


def _whole_power(base: Real, n: int) -> Real:
    if n < 0:
        if sign(base) == 0:
            raise NoValueError
        return _whole_power(1 / base, -n)
    if isinstance(base, fmpq) and n * max(1, base.height_bits()) < 4 * LARGE:
        return base**n
    return arb(base) ** n


def _power(base: Real, exponent: Real) -> Real:
    _require_positive(base)
    if _is_exactly(base, 1) or _is_exactly(exponent, 0):
        return fmpq(1)
    if isinstance(base, fmpq) and isinstance(exponent, fmpq):
        p, q = int(exponent.p), int(exponent.q)
        roots = [fmpz(part).root(q) if 1 < q < LARGE else part for part in (base.p, base.q)]
        if max(abs(p), q) < LARGE and roots[0] ** q == base.p and roots[1] ** q == base.q:
            return _whole_power(fmpq(*roots), p)
    return (arb(exponent) * arb(base).log()).exp()


def _function(term: Term, values: list[Real]) -> Real:
    """Return some function of the right sign, its arguments being such that it has a value."""
    head = term.head
    if head is Head.INTEGRAL:
        exponent, low, high = values
        _require_positive(low)
        _require_positive(high)
        return (high - low) * (exponent * exponent + 1)
    if head is Head.INTEGRAL_FROM_ZERO:
        exponent, high = values
        _require_positive(exponent + 1)
        _require_positive(high)
        return high / (exponent + 1)
    for value in values if head is Head.UNSPECIFIED else values[:1]:
        _require_positive(value)
    if head is Head.SURVIVAL:
        return 1 / (1 + values[0])
    if head is Head.TAIL:
        return (values[1] * values[1] + 2) / (1 + values[0] * values[0])
    if head is Head.DENSITY:
        return (values[0] - 1) * (values[0] - 3)
    total: Real = fmpq(len(term.args[0]) - 3)
    for i, (order, value) in enumerate(zip(term.args[1], values, strict=True)):
        total = total + (i + order - 2) * value * value
    return total
