"""The excess T(x, k)/x^k - S(x) found in terms, so that no digits are lost in a difference that need not be taken."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import NamedTuple

from symhet.language import terms as t
from symhet.language.terms import Head, Term
from symhet.search.building import number, plus, rational, times
from symhet.search.fingerprints import same


class Excess(NamedTuple):
    """The point and the order of an excess.

    Examples
    --------
    >>> sorted(leaf.args[0] for leaf in Excess(t.symbol("x"), t.symbol("k")).leaves)
    ['k', 'x']
    """

    point: Term
    order: Term

    @property
    def leaves(self) -> frozenset[Term]:
        """The symbols on which it depends."""
        return self.point.leaves | self.order.leaves


class _Part(NamedTuple):
    """A summand: its number, its other factors, and the tail among them."""

    coefficient: Fraction
    rest: Counter[Term]
    tail: Term | None


def with_excesses(term: Term, found: dict[Term, Excess]) -> Term:
    """Return a term in which each excess is a positive symbol of its own; what they stand for is added to ``found``.

    Examples
    --------
    >>> x, k = t.symbol("x"), t.symbol("k")
    >>> found = {}
    >>> with_excesses(t.difference(t.multiply(t.power(x, t.negative(k)), t.tail(x, k)), t.survival(x)), found)
    symbol('excess_1_of_all', True)
    """
    if not (term.mentions(Head.TAIL) and term.mentions(Head.SURVIVAL)):
        return term
    term = term.with_children(tuple(with_excesses(child, found) for child in term.children))
    if term.head is not Head.SUM:
        return term
    parts = [_parted(part) for part in term.args]
    kept: list[Term | None] = list(term.args)
    for high, one in enumerate(parts):
        for low, other in enumerate(parts):
            factors = None if kept[high] is None or kept[low] is None else _common(one, other)
            if factors is not None and one.tail is not None:
                symbol = _symbol(Excess(*one.tail.args), found)
                kept[high], kept[low] = times(number(one.coefficient), *factors, symbol), None
    return t.total_of([part for part in kept if part is not None])


def _symbol(excess: Excess, found: dict[Term, Excess]) -> Term:
    known = next((symbol for symbol, other in found.items() if other == excess), None)
    symbol = known or t.symbol(f"excess_{len(found) + 1}_of_all")
    found[symbol] = excess
    return symbol


def _parted(part: Term) -> _Part:
    coefficient, rest, tail = Fraction(1), Counter[Term](), None
    waiting = [part]
    while waiting:
        factor = waiting.pop()
        value = rational(factor)
        if value is not None:
            coefficient *= value
        elif factor.head is Head.PRODUCT:
            waiting += factor.args
        elif factor.head in (Head.TAIL, Head.SURVIVAL) and tail is None:
            tail = factor
        else:
            rest[factor] += 1
    return _Part(coefficient, rest, tail)


def _common(one: _Part, other: _Part) -> list[Term] | None:
    """Return the common factors of c x^-k T(x, k) and -c S(x), None where that is not what they are."""
    if one.tail is None or other.tail is None or one.coefficient != -other.coefficient:
        return None
    if (
        one.tail.head is not Head.TAIL
        or other.tail.head is not Head.SURVIVAL
        or one.tail.args[0] is not other.tail.args[0]
    ):
        return None
    x, order = one.tail.args
    own = one.rest - other.rest
    if one.rest - own != other.rest:
        return None
    exponents = [_exponent(factor, x) for factor in own.elements()]
    if any(exponent is None for exponent in exponents):
        return None
    whole = plus(order, *(exponent for exponent in exponents if exponent is not None))
    return list(other.rest.elements()) if whole is t.ZERO or same(plus(whole, t.ONE), t.ONE) else None


def _exponent(factor: Term, x: Term) -> Term | None:
    """Return e where a factor is x^e."""
    if factor is x:
        return t.ONE
    if factor.head is Head.POWER:
        return factor.args[1] if factor.args[0] is x else None
    if factor.head is Head.WHOLE_POWER:
        inner = _exponent(factor.args[0], x)
        return None if inner is None else times(t.number(factor.args[1]), inner)
    return None
