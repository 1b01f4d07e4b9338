"""Partial derivatives, as written: nothing is simplified, and where the result has a value the derivative is it.

Each case is a rule of differentiation that holds wherever the derivative, as written here, has a value: the chain rule
for heads that are continuously differentiable on open domains. S and T are differentiable off the breaks of G, which
is what the density in their derivatives asks for.
"""

from __future__ import annotations

from functools import lru_cache

from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.terms import ONE, ZERO, Head, Term


@lru_cache(maxsize=65536)
def derivative(term: Term, x: Term) -> Term:
    """Return the partial derivative of a term by a symbol or bound variable.

    Parts that do not contain the variable are skipped, so that nothing is asked of them.

    Raises
    ------
    Refusal
        When the variable occurs under a density, in the order of a tail or in the exponent of an integral.

    Examples
    --------
    >>> x = t.symbol("x")
    >>> derivative(t.log(x), x) is t.multiply(t.whole_power(x, -1), ONE)
    True
    """
    if term is x:
        return ONE
    if x not in term.leaves:
        return ZERO
    return t.total_of([_chained(outer, derivative(inner, x)) for outer, inner in _slopes(term) if x in inner.leaves])


def _chained(outer: list[Term] | None, slope: Term) -> Term:
    if outer is None:
        raise Refusal("derivative", "a density, an order or an exponent of an integral is not differentiated")
    return t.product_of([*outer, slope])


def _slopes(term: Term) -> list[tuple[list[Term] | None, Term]]:
    """Return for each argument the factors of the derivative by it, None where none is written, and the argument."""
    head, args = term.head, term.args
    if head is Head.SUM:
        return [([], part) for part in args]
    if head is Head.PRODUCT:
        return [([*args[:i], *args[i + 1 :]], factor) for i, factor in enumerate(args)]
    if head is Head.WHOLE_POWER:
        base, n = args
        return [([t.number(n), t.whole_power(base, n - 1)], base)] if n else []
    if head is Head.POWER:
        base, exponent = args
        return [
            ([exponent, t.power(base, t.difference(exponent, ONE))], base),
            ([term, t.log(base)], exponent),
        ]
    if head is Head.EXP:
        return [([term], args[0])]
    if head is Head.LOG:
        return [([t.whole_power(args[0], -1)], args[0])]
    if head is Head.UNSPECIFIED:
        name, orders, *arguments = args
        raised = [tuple(n + (i == j) for j, n in enumerate(orders)) for i in range(len(orders))]
        return [
            ([t.unspecified(name, higher, *arguments)], part) for higher, part in zip(raised, arguments, strict=True)
        ]
    if head is Head.SURVIVAL:
        return [([t.MINUS_ONE, t.density(args[0])], args[0])]
    if head is Head.TAIL:
        x, order = args
        return [([t.MINUS_ONE, t.power(x, order), t.density(x)], x), (None, order)]
    if head is Head.INTEGRAL:
        exponent, low, high = args
        ends = [([t.MINUS_ONE, t.power(low, exponent)], low), ([t.power(high, exponent)], high)]
        return [*ends, (None, exponent)]
    if head is Head.INTEGRAL_FROM_ZERO:
        exponent, high = args
        return [([t.power(high, exponent)], high), (None, exponent)]
    return [(None, part) for part in term.children]
