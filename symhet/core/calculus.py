"""Partial derivatives, as written: nothing is simplified, and where the result has a value the derivative is it.

Each case is a rule of differentiation that holds wherever the derivative, as written here, has a value: the chain rule
for heads that are continuously differentiable on open domains. S and T are differentiable off the breaks of G, which
is what the density in their derivatives asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeAlias

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
    found = []
    for outer, inner in zip(_BY_ARGUMENT[term.head](term, *term.args), term.children, strict=False):
        if x in inner.leaves:
            if outer is None:
                raise Refusal("derivative", "a density, an order or an exponent of an integral is not differentiated")
            found.append(t.product_of([*outer, derivative(inner, x)]))
    return t.total_of(found)


Factors: TypeAlias = list[Term] | None


def _of_unspecified(_: Term, name: str, orders: tuple[int, ...], *arguments: Term) -> list[Factors]:
    raised = [(*orders[:i], n + 1, *orders[i + 1 :]) for i, n in enumerate(orders)]
    return [[t.unspecified(name, higher, *arguments)] for higher in raised]


_BY_ARGUMENT: Mapping[Head, Callable[..., list[Factors]]] = {
    Head.SUM: lambda _, *parts: [[] for _ in parts],
    Head.PRODUCT: lambda _, *factors: [[*factors[:i], *factors[i + 1 :]] for i in range(len(factors))],
    Head.WHOLE_POWER: lambda _, b, n: [[t.number(n), t.whole_power(b, n - 1)]] if n else [],
    Head.POWER: lambda p, b, e: [[e, t.power(b, t.difference(e, ONE))], [p, t.log(b)]],
    Head.EXP: lambda e, _: [[e]],
    Head.LOG: lambda _, x: [[t.whole_power(x, -1)]],
    Head.SURVIVAL: lambda _, x: [[t.MINUS_ONE, t.density(x)]],
    Head.TAIL: lambda _, x, k: [[t.MINUS_ONE, t.power(x, k), t.density(x)], None],
    Head.DENSITY: lambda _, x: [None],
    Head.INTEGRAL: lambda _, e, low, high: [None, [t.MINUS_ONE, t.power(low, e)], [t.power(high, e)]],
    Head.INTEGRAL_FROM_ZERO: lambda _, e, high: [None, [t.power(high, e)]],
    Head.UNSPECIFIED: _of_unspecified,
}
"""The factors of the derivative by each argument, None where none is written; nothing where it is zero."""
