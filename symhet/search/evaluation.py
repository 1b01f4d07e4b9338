"""Values of terms in many economies at once: floating point, evidence and never proof.

An array holds one number an economy, and ``nan`` where a term has no value there. Derivatives are taken by complex
steps, so every head is computed for complex arguments with small imaginary parts too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np

from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.statements import Op, Statement
from symhet.language.terms import Head, Term

Numbers: TypeAlias = "np.ndarray[Any, Any]"
STEP = 1e-30
GRID = (0.02, 0.2, 0.5, 0.9, 1.1, 1.5, 2.3, 4.0, 9.0, 60.0)
"""Where statements about all positive values are looked at."""


@dataclass(frozen=True)
class Laws:
    """Distributions of productivity: constant density between breaks, a Pareto tail above the last.

    Parameters
    ----------
    breaks, heights : ndarray
        Of shape (pieces + 1, economies) and (pieces, economies).
    shape : ndarray
        Of the tail, one an economy.
    """

    breaks: Numbers
    heights: Numbers
    shape: Numbers

    def chosen(self, index: Numbers) -> Laws:
        """Return the laws of some of the economies."""
        return Laws(self.breaks[:, index], self.heights[:, index], self.shape[index])

    @property
    def rest(self) -> Numbers:
        """The mass of the Pareto tail."""
        return 1 - np.sum(self.heights * np.diff(self.breaks, axis=0), axis=0)

    def moment(self, x: Numbers, order: Numbers) -> Numbers:
        """Return the tail moments above x; ``nan`` where they are not finite."""
        total = np.zeros_like(x * order)
        for height, low, high in zip(self.heights, self.breaks, self.breaks[1:], strict=False):
            start = np.where(x.real > low, x, low)
            total = total + np.where(x.real < high, height * _power_integral(order, start, high + 0 * x), 0)
        top = self.breaks[-1]
        start = np.where(x.real > top, x, top)
        excess = self.shape - order
        tail = self.rest * self.shape * top**self.shape / excess * start ** (-excess)
        return np.where((excess.real > 0) & (x.real > 0), total + tail, np.nan)

    def density(self, x: Numbers) -> Numbers:
        """Return the densities at x."""
        value = np.where(x.real > self.breaks[-1], self.rest * self.shape * self.breaks[-1] ** self.shape, 0)
        value = value * x ** (-self.shape - 1)
        for height, low, high in zip(self.heights, self.breaks, self.breaks[1:], strict=False):
            value = np.where((x.real > low) & (x.real <= high), height, value)
        return np.where(x.real > 0, value, np.nan)


@dataclass(frozen=True)
class Shape:
    """A smooth function by way of example: ``level + scale * the product of x_i^e_i``, an array an economy each."""

    level: Numbers
    scale: Numbers
    exponents: tuple[Numbers, ...]

    def chosen(self, index: Numbers) -> tuple[Numbers, ...]:
        """Return the exponents in some of the economies."""
        return tuple(exponent[index] for exponent in self.exponents)

    def value(self, orders: tuple[int, ...], arguments: list[Numbers]) -> Numbers:
        """Return a partial derivative at the arguments."""
        result = self.scale + 0 * arguments[0]
        for exponent, order, x in zip(self.exponents, orders, arguments, strict=True):
            for step in range(order):
                result = result * (exponent - step)
            result = result * np.where(x.real > 0, x, np.nan) ** (exponent - order)
        return result if any(orders) else result + self.level


def _power_integral(exponent: Numbers, low: Numbers, high: Numbers) -> Numbers:
    raised = exponent + 1
    safe = np.where(np.abs(raised) < 1e-9, 1.0, raised)
    return np.where(np.abs(raised) < 1e-9, np.log(high / low), (high**safe - low**safe) / safe)


@dataclass
class Economies:
    """Values of symbols and totals, distributions, and functions, of many economies at once.

    Parameters
    ----------
    size : int
        How many there are.
    leaves : dict of Term to ndarray
        Values of symbols, totals and the support's end.
    laws : Laws, optional
        Their distributions.
    functions : Mapping of str to Shape
        What unspecified functions are.
    """

    size: int
    leaves: dict[Term, Numbers]
    laws: Laws | None = None
    functions: Mapping[str, Shape] = field(default_factory=dict)
    _known: dict[Term, Numbers] = field(default_factory=dict)

    def chosen(self, index: Numbers) -> Economies:
        """Return some of the economies."""
        leaves = {leaf: values[index] for leaf, values in self.leaves.items()}
        functions = {name: Shape(f.level[index], f.scale[index], f.chosen(index)) for name, f in self.functions.items()}
        return Economies(
            len(next(iter(leaves.values()), index)), leaves, self.laws and self.laws.chosen(index), functions
        )

    def having(self, leaves: Mapping[Term, Numbers]) -> Economies:
        """Return the economies with further values."""
        return Economies(self.size, {**self.leaves, **leaves}, self.laws, self.functions)

    def value(self, term: Term) -> Numbers:
        """Return the values of a term, ``nan`` where it has none."""
        with np.errstate(all="ignore"):
            return self._value(term)

    def _value(self, term: Term) -> Numbers:
        found = self._known.get(term)
        if found is None:
            found = self._known[term] = self._computed(term)
        return found

    def _computed(self, term: Term) -> Numbers:
        head = term.head
        if head is Head.NUMBER:
            return np.full(self.size, term.args[0] / term.args[1])
        if head is Head.SUPPORT and self.laws is not None:
            return self.laws.breaks[0]
        if not term.children:
            return self.leaves.get(term, np.full(self.size, np.nan))
        parts = [self._value(child) for child in term.children]
        if head is Head.UNSPECIFIED:
            shape = self.functions.get(term.args[0])
            return np.full(self.size, np.nan) if shape is None else shape.value(term.args[1], parts)
        if head in _TAILS:
            return np.full(self.size, np.nan) if self.laws is None else _TAILS[head](self.laws, *parts)
        if head is Head.WHOLE_POWER:
            return _whole_power(parts[0], term.args[1])
        return _HEADS[head](*parts)

    def slope(self, term: Term, along: Mapping[Term, Numbers]) -> Numbers:
        """Return the derivatives of a term when leaves move at these speeds."""
        moved = {leaf: self.leaves[leaf] + 1j * STEP * speed for leaf, speed in along.items() if leaf in self.leaves}
        return self.having(moved).value(term).imag / STEP

    def holds(self, statement: Statement, margin: float = 0.0) -> Numbers:
        """Tell where a statement holds, strict relations by a relative margin, equations up to rounding."""
        with np.errstate(all="ignore"):
            return self._holds(statement, margin)

    def _holds(self, statement: Statement, margin: float) -> Numbers:
        op, args = statement.op, statement.args
        if statement.is_relation:
            left, right = (self._value(term) for term in args)
            return _compared(op, left, right, self.scale(args[0]) + self.scale(args[1]), margin)
        if op is Op.AND:
            return np.logical_and.reduce([self._holds(part, margin) for part in args])
        if op is Op.OR:
            return np.logical_or.reduce([self._holds(part, margin) for part in args])
        if op is Op.IMPLIES:
            return ~self._holds(args[0], 0.0) | self._holds(args[1], margin)
        if op is Op.IFF:
            return self._holds(args[0], margin) == self._holds(args[1], margin)
        if op is Op.FORALL:
            return np.logical_and.reduce(
                [self._at(args[0], value)._holds(s.at(args[0], _HERE), margin) for value in GRID]
            )
        if op is Op.UNIQUE_ROOT:
            signs = np.array([np.sign(self._at(None, value)._value(s.at(args[0], _HERE))) for value in GRID])
            return ~np.isnan(signs).any(axis=0) & (np.diff(signs, axis=0) <= 0).all(axis=0)
        if op is Op.MAXIMISER:
            return self._maximal(args)
        return np.full(self.size, True)

    def scale(self, term: Term) -> Numbers:
        """Return how large the parts of a term are, against which its rounding errors are measured."""
        if term.head is Head.SUM:
            return _sum(*(self.scale(part) for part in term.args))
        if term.head is Head.PRODUCT:
            return _product(*(self.scale(part) for part in term.args))
        return np.abs(self._value(term))

    def _at(self, _: object, value: float) -> Economies:
        return self.having({_HERE: np.full(self.size, value)})

    def _maximal(self, args: tuple[Term, ...]) -> Numbers:
        point, low = self._value(args[1]), self._value(args[2])
        high = self._value(args[3]) if len(args) > 3 else low + 5 * (point - low)
        best = self.having({_HERE: point})._value(s.at(args[0], _HERE))
        kept = (low < point) & (point < high)
        for share in (0.03, 0.3, 0.6, 0.97):
            here = low + share * (high - low)
            kept &= (self.having({_HERE: here})._value(s.at(args[0], _HERE)) < best) | (np.abs(here - point) < 1e-9)
        return kept


_HERE = t.symbol("here_in_a_binder")


def _compared(op: Op, left: Numbers, right: Numbers, size: Numbers, margin: float) -> Numbers:
    gap = right - left
    exist = np.isfinite(gap)
    if op is Op.EQUAL:
        return exist & (np.abs(gap) <= np.maximum(1e-7 * size, 1e-9))
    if op is Op.LESS:
        return exist & (gap > np.maximum(margin, 1e-13) * size)
    if op is Op.AT_MOST:
        return exist & (gap >= -1e-10 * size)
    return exist & (np.abs(gap) > np.maximum(margin, 1e-10) * size)


def _whole_power(base: Numbers, exponent: int) -> Numbers:
    value = base ** float(exponent) if exponent < 0 or exponent > 64 else base**exponent
    return np.where((base == 0) & (exponent < 0), np.nan, value)


def _positive(x: Numbers) -> Numbers:
    return np.where(x.real > 0, x, np.nan)


def _sum(*parts: Numbers) -> Numbers:
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total


def _product(*parts: Numbers) -> Numbers:
    result = parts[0]
    for part in parts[1:]:
        result = result * part
    return result


def _integral_from_zero(exponent: Numbers, high: Numbers) -> Numbers:
    raised = np.where(exponent.real > -1, exponent + 1, np.nan)
    return _positive(high) ** raised / raised


_HEADS: Mapping[Head, Callable[..., Numbers]] = {
    Head.SUM: _sum,
    Head.PRODUCT: _product,
    Head.POWER: lambda base, exponent: _positive(base) ** exponent,
    Head.EXP: np.exp,
    Head.LOG: lambda x: np.log(_positive(x)),
    Head.INTEGRAL: lambda e, low, high: _power_integral(e, _positive(low), _positive(high)),
    Head.INTEGRAL_FROM_ZERO: _integral_from_zero,
}
_TAILS: Mapping[Head, Callable[..., Numbers]] = {
    Head.SURVIVAL: lambda laws, x: laws.moment(x, 0 * x),
    Head.TAIL: lambda laws, x, order: laws.moment(x, order),
    Head.DENSITY: lambda laws, x: laws.density(x),
}
