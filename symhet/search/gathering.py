"""Sums written short: what parts have in common is taken out of them, over and over.

A polynomial with forty summands is often a few products of sums. The factor that most summands have in common is taken
out; what it is taken out of, and what is left beside it, is factored and gathered in turn.
"""

from __future__ import annotations

from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.terms import Head, Term
from symhet.search.algebra import Algebra, NoTermError
from symhet.search.branch import size
from symhet.search.building import number, plus, raised, times

MAX_SUMMANDS = 80
FEW = 3
"""Summands of which nothing is taken out."""


def gathered(term: Term) -> Term:
    """Return a term with the same value that is written with fewer parts where that can be.

    Examples
    --------
    >>> from symhet.language.spelling import text
    >>> a, b, c, d = map(t.symbol, "abcd")
    >>> text(gathered(t.total_of([t.multiply(a, c), t.multiply(a, d), t.multiply(b, c), t.multiply(b, d)])))
    '(d + c)*(b + a)'
    """
    whole = _factored(term)
    if whole.head is Head.PRODUCT:
        return times(*(_in_factor(factor) for factor in whole.args))
    return _in_factor(whole)


def _in_factor(factor: Term) -> Term:
    if factor.head is Head.WHOLE_POWER:
        return raised(_in_factor(factor.args[0]), number(factor.args[1]))
    if factor.head is not Head.SUM or not FEW <= len(factor.args) <= MAX_SUMMANDS:
        return factor
    holding: dict[Term, list[Term]] = {}
    for part in factor.args:
        for common in part.args if part.head is Head.PRODUCT else (part,):
            if common.head is not Head.NUMBER:
                holding.setdefault(common, []).append(part)
    common, inside = max(holding.items(), key=lambda item: (len(item[1]), size(item[0])))
    if len(inside) == 1:
        return factor
    outside = [part for part in factor.args if part not in inside]
    quotient = plus(*(times(part, raised(common, t.MINUS_ONE)) for part in inside))
    return plus(times(common, gathered(quotient)), gathered(plus(*outside)))


def _factored(term: Term) -> Term:
    """Return a term as a product of its irreducible factors, where these are found."""
    try:
        algebra = Algebra((term,))
        split = algebra.splits[0]
        if not split.number:
            return t.ZERO
        c, factors = algebra.factors(split.primitive)
    except (Refusal, NoTermError):
        return term
    sums = [raised(algebra.of_value(value), number(n)) for value, n in factors]
    return times(number(split.number * c), algebra.of_monomial(split.monomial), *sums)


__all__ = ["gathered"]
