"""Economies in floating point: values of all symbols and a distribution, at which statements are evaluated."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import sympy as sp

from symhet.algebra.integrals import PowerIntegral
from symhet.algebra.tails import Density, Survival, TailMoment
from symhet.numerics.programs import summands
from symhet.propositions import And, ForAll, Iff, Implies, Maximiser, Or, Prop, Rel, UniqueRoot

TOLERANCE = 1e-7
WIDE = tuple(1e-8 * 1.6**i for i in range(80))
NEAR = (0.01, 0.3, 0.8, 0.97, 1.03)


class UndefinedTermError(ArithmeticError):
    """A term has no value at a point: a divisor is zero, or a base or an argument is not positive."""


class BeyondSightError(UndefinedTermError):
    """A value is too large or too small for floating point, or a moment is infinite: nothing can be said."""


@dataclass(frozen=True)
class Pareto:
    """A Pareto distribution with an optional kink: two tails of different shape that meet.

    Parameters
    ----------
    low, kink : float
        Lower end of the support, and where the second tail begins.
    first, second : float
        Shapes below and above the kink.
    """

    low: float
    kink: float
    first: float
    second: float

    def survival(self, x: float) -> float:
        """Return S(x)."""
        if x <= self.low:
            return 1.0
        if x <= self.kink:
            return (self.low / x) ** self.first
        return float((self.low / self.kink) ** self.first * (self.kink / x) ** self.second)

    def density(self, x: float) -> float:
        """Return g(x)."""
        shape = 0.0 if x < self.low else self.first if x < self.kink else self.second
        return shape * self.survival(x) / x

    def moment(self, x: float, power: float) -> float:
        """Return T(x, power), of a power below both shapes."""
        if power >= min(self.first, self.second):
            raise BeyondSightError(f"the moment of order {power} is infinite")
        start, top = max(x, self.low), max(x, self.kink)
        tail = self.second / (self.second - power) * self.survival(top) * top**power
        if start >= self.kink:
            return tail
        scale = self.first / (self.first - power)
        return tail + scale * (self.survival(start) * start**power - self.survival(self.kink) * self.kink**power)


@dataclass
class Economy:
    """Values of all symbols of a context, and the distribution of productivities.

    Parameters
    ----------
    values : dict
        A number for each symbol; total derivatives may be among them.
    distribution : Pareto, optional
        What the tails stand for.
    """

    values: dict[sp.Symbol, float]
    distribution: Pareto | None = None
    _known: dict[sp.Expr, float] = field(default_factory=dict, repr=False)

    def value(self, term: sp.Expr) -> float:
        """Return the value of a term.

        Raises
        ------
        UndefinedTermError
            When it has none.
        """
        if term not in self._known:
            self._known[term] = self._value(term)
        return self._known[term]

    def _value(self, term: sp.Expr) -> float:
        if isinstance(term, sp.Symbol):
            return self.values[term]
        if isinstance(term, sp.Rational):
            return int(term.p) / int(term.q)
        parts = [self.value(part) for part in term.args]
        if isinstance(term, sp.Add):
            return math.fsum(parts)
        if isinstance(term, sp.Mul):
            return math.prod(parts)
        if isinstance(term, sp.Pow):
            return power(parts[0], parts[1], whole=isinstance(term.exp, sp.Integer))
        if isinstance(term, sp.exp | sp.log):
            if isinstance(term, sp.log) and parts[0] <= 0:
                raise UndefinedTermError(str(term))
            return math.exp(parts[0]) if isinstance(term, sp.exp) else math.log(parts[0])
        return self._function(term, parts)

    def _function(self, term: sp.Expr, parts: Sequence[float]) -> float:
        if isinstance(term, PowerIntegral):
            exponent, low, high = parts
            if high <= 0 or low < 0 or (low == 0 and exponent <= -1) or abs(exponent + 1) < 1e-9:
                raise UndefinedTermError(str(term))
            return float((high ** (exponent + 1) - low ** (exponent + 1)) / (exponent + 1))
        if self.distribution is None or parts[0] <= 0:
            raise UndefinedTermError(str(term))
        if isinstance(term, TailMoment):
            return self.distribution.moment(*parts)
        if isinstance(term, Survival):
            return self.distribution.survival(parts[0])
        if isinstance(term, Density):
            return self.distribution.density(parts[0])
        raise UndefinedTermError(str(term))

    def holds(self, prop: Prop, slack: float = TOLERANCE) -> bool:
        """Tell whether a statement holds up to rounding errors, read in favour of the statement.

        Raises
        ------
        UndefinedTermError
            When a term has no value.
        """
        if isinstance(prop, Rel):
            left, right = self.value(prop.lhs), self.value(prop.rhs)
            room = slack * max(abs(left), abs(right), self._size(prop))
            gap = right - left
            # As a premise zero is not below zero, though where both sides vanish there is no room left.
            below = gap >= -room if slack > 0 else gap > -room
            return {"=": abs(gap) <= room, "<": below, "<=": gap >= -room, "!=": True}[prop.op]
        if isinstance(prop, And | Or):
            return (all if isinstance(prop, And) else any)(self.holds(part, slack) for part in prop.parts)
        if isinstance(prop, Implies):
            return not self.holds(prop.premise, -slack) or self.holds(prop.conclusion, slack)
        if isinstance(prop, Iff):
            there = not self.holds(prop.left, -slack) or self.holds(prop.right, slack)
            return there and (not self.holds(prop.right, -slack) or self.holds(prop.left, slack))
        if isinstance(prop, ForAll):
            return all(self._at(prop.variable, 1.7**i).holds(prop.body, slack) for i in range(-9, 10))
        if isinstance(prop, UniqueRoot):
            signs = [sign for sign in (self._sign(prop, x) for x in WIDE) if sign is not None]
            beyond_sight = len(set(signs)) < 2
            return beyond_sight or (signs == sorted(signs, reverse=True))
        assert isinstance(prop, Maximiser)
        return self._is_best(prop, slack)

    def _sign(self, prop: UniqueRoot, x: float) -> bool | None:
        try:
            return self._at(prop.variable, x).value(prop.function) > 0
        except BeyondSightError:
            return None

    def _is_best(self, prop: Maximiser, slack: float) -> bool:
        point, low = self.value(prop.point), self.value(prop.lower)
        high = math.inf if prop.upper is sp.oo else self.value(prop.upper)
        best = self._at(prop.variable, point).value(prop.function)
        others = [x for factor in NEAR for x in (low + (point - low) * factor, point * (1 + factor)) if low < x < high]
        values = [self._at(prop.variable, x).value(prop.function) for x in others]
        return low < point < high and all(value <= best + slack * max(abs(value), abs(best)) for value in values)

    def _size(self, relation: Rel) -> float:
        """Return the largest summand: what cancels in a sum was rounded before."""
        return max(abs(self.value(summand)) for summand in (*summands(relation.lhs), *summands(relation.rhs)))

    def _at(self, variable: sp.Symbol, value: float) -> Economy:
        return Economy({**self.values, variable: value}, self.distribution)


def power(base: float, exponent: float, whole: bool) -> float:
    """Return a power; of a base that is not positive only for whole exponents.

    Raises
    ------
    UndefinedTermError
        When it has no value.
    """
    if base > 0 and abs(exponent * math.log(base)) > 600:
        raise BeyondSightError("too large or too small to tell")
    if (not whole and base <= 0) or (base == 0 and exponent < 0):
        raise UndefinedTermError(f"{base}**{exponent}")
    return float(base ** int(exponent)) if whole else float(math.exp(exponent * math.log(base)))
