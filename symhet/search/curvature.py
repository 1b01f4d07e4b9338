"""Tangents between powers that occur together: which of them are powers of one another, and what that suggests.

The method
    The parts of a gap differ by products of powers and exponentials. Where two such quotients are powers of one
    another, r and r^e, the graph of the one over the other is convex or concave, so that Bernoulli's inequality
    compares r^e with its tangent at one. Exponentials are compared with theirs at zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from symhet.language import terms as t
from symhet.language.terms import ONE, ZERO, Term
from symhet.search.algebra import Algebra
from symhet.search.building import minus, over, rational, times
from symhet.search.fingerprints import same
from symhet.search.normal.bases import Monomial
from symhet.search.normal.values import Value

MAX_PARTS = 5
Candidate: TypeAlias = tuple[str, tuple[Term, ...]]
Exponents: TypeAlias = dict[int, Term]


def of_parts(algebra: Algebra, primitive: Value) -> list[Candidate]:
    """Return tangents at quotients of the parts of a primitive value, one of which is a power of the other.

    Examples
    --------
    >>> x, e = t.symbol("x"), t.symbol("e")
    >>> gap = t.difference(t.power(x, t.add(e, ONE)), x)
    >>> algebra = Algebra((t.add(gap, t.number(3)),))
    >>> sorted({name for name, _ in of_parts(algebra, algebra.splits[0].primitive)})
    ['bernoulli_above', 'bernoulli_below', 'bernoulli_negative']
    """
    parts = _parts(algebra, primitive)
    if not 1 < len(parts) <= MAX_PARTS:
        return []
    found: dict[Candidate, None] = {}
    for at in parts:
        quotients = [_quotient(part, at) for part in parts if part is not at]
        for one in quotients:
            for other in quotients:
                exponent = None if one is other else _exponent(one, other)
                if exponent is not None:
                    base = _product(algebra, other)
                    found.update(dict.fromkeys((name, (base, exponent)) for name in _BERNOULLI))
            found.update(dict.fromkeys(_of_exponential(algebra, one)))
    return list(found)


_BERNOULLI = ("bernoulli_above", "bernoulli_below", "bernoulli_negative")


def _parts(algebra: Algebra, primitive: Value) -> list[Exponents]:
    """Return the products of powers that tell the parts of a value apart, factors with whole exponents left out."""
    raised = {k for monomial in primitive for k, power in monomial if type(power) is not int}
    found: list[Exponents] = []
    for monomial in primitive:
        part = _exponents(algebra, monomial, raised)
        if not any(_quotient(part, other) == {} for other in found):
            found.append(part)
    return found


def _exponents(algebra: Algebra, monomial: Monomial, bases: Iterable[int]) -> Exponents:
    return {k: algebra.of_power(power) for k, power in monomial if k in bases}


def _quotient(part: Exponents, other: Exponents) -> Exponents:
    """Return the exponents of the quotient of two products, bases with none left out."""
    found = {k: minus(part.get(k, ZERO), other.get(k, ZERO)) for k in dict.fromkeys((*part, *other))}
    return {k: e for k, e in found.items() if e is not ZERO and not same(e, ZERO)}


def _exponent(one: Exponents, other: Exponents) -> Term | None:
    """Return e such that one product is the other to the e, None when there is none."""
    if one.keys() != other.keys() or not one:
        return None
    first, *others = (over(one[k], other[k]) for k in one)
    if first is ONE or not all(same(first, e) for e in others):
        return None
    return first


def _product(algebra: Algebra, exponents: Exponents) -> Term:
    """Return a product of powers as a term."""
    return times(*(algebra.raised_base(k, e) for k, e in exponents.items()))


def _of_exponential(algebra: Algebra, quotient: Exponents) -> list[Candidate]:
    """Return the tangent at zero of a quotient that is an exponential."""
    if len(quotient) != 1:
        return []
    ((base, exponent),) = quotient.items()
    if not algebra.is_exponential(base) or rational(exponent) is not None:
        return []
    return [("exp_above_tangent", (exponent,)), ("exp_above_tangent", (times(t.MINUS_ONE, exponent),))]
