"""Where a term has a value: read off the term as written, here and nowhere else.

The conditions of a term, its inner ones among them, are necessary and sufficient: at every valuation at which all of
them hold the term has a value, and at no other. What holds by build is no condition, and one on a product or power is
said of its parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum, unique
from functools import lru_cache
from itertools import starmap
from typing import NamedTuple

from symhet.language import terms as t
from symhet.language.statements import Op, Statement
from symhet.language.terms import Head, Term


@unique
class Kind(Enum):
    """What a condition asks of its term."""

    POSITIVE = "positive"
    NONZERO = "nonzero"
    FINITE = "finite"
    SMOOTH = "smooth"

    __hash__ = object.__hash__


class Condition(NamedTuple):
    """A term must be positive, or not zero; a moment of some order above it finite; or no break of G."""

    kind: Kind
    term: Term


def conditions(term: Term) -> tuple[Condition, ...]:
    """Return under which conditions a term has a value, inner ones first.

    Examples
    --------
    >>> x, y = t.symbol("x"), t.symbol("y", positive=False)
    >>> [c.kind.value for c in conditions(t.log(t.quotient(x, y)))]
    ['nonzero', 'positive']
    """
    if term._conditions is None:
        found = dict.fromkeys(c for child in term.children for c in conditions(child))
        for own in starmap(Condition, _OWN[term.head](*term.args) if term.head in _OWN else ()):
            found |= dict.fromkeys(parts(own))
        object.__setattr__(term, "_conditions", tuple(found))
    return term._conditions


def conditions_of(terms: Iterable[Term]) -> tuple[Condition, ...]:
    """Return the conditions of several terms, each once."""
    return tuple(dict.fromkeys(c for term in terms for c in conditions(term)))


_OWN: Mapping[Head, Callable[..., tuple[tuple[Kind, Term], ...]]] = {
    Head.WHOLE_POWER: lambda base, n: ((Kind.NONZERO, base),) if n < 0 else (),
    Head.POWER: lambda base, _: ((Kind.POSITIVE, base),),
    Head.LOG: lambda x: ((Kind.POSITIVE, x),),
    Head.SURVIVAL: lambda x: ((Kind.POSITIVE, x),),
    Head.TAIL: lambda x, k: ((Kind.POSITIVE, x), (Kind.FINITE, k)),
    Head.DENSITY: lambda x: ((Kind.POSITIVE, x), (Kind.SMOOTH, x)),
    Head.INTEGRAL: lambda _, low, high: ((Kind.POSITIVE, low), (Kind.POSITIVE, high)),
    Head.INTEGRAL_FROM_ZERO: lambda e, high: ((Kind.POSITIVE, t.add(e, t.ONE)), (Kind.POSITIVE, high)),
    Head.UNSPECIFIED: lambda _, __, *arguments: tuple((Kind.POSITIVE, x) for x in arguments),
}
"""What the outermost node asks of its arguments; other heads ask nothing."""


def parts(condition: Condition) -> list[Condition]:
    """Return conditions that hold together exactly where this one does, if its term has a value: none by build.

    Examples
    --------
    >>> x, y = t.symbol("x"), t.symbol("y", positive=False)
    >>> [(c.kind.value, c.term is y) for c in parts(Condition(Kind.POSITIVE, t.multiply(x, t.whole_power(y, 2))))]
    [('nonzero', True)]
    """
    kind, term = condition
    if kind in (Kind.FINITE, Kind.SMOOTH):
        return [condition]
    if evident(term) or (kind is Kind.NONZERO and term.head is Head.NUMBER and term is not t.ZERO):
        return []
    if term.head is Head.WHOLE_POWER:
        base, n = term.args
        return parts(Condition(kind if n % 2 else Kind.NONZERO, base)) if n else []
    if term.head is Head.PRODUCT:
        factors = [factor for factor in term.args if not evident(factor)]
        if kind is Kind.NONZERO:
            return [part for factor in factors for part in parts(Condition(kind, factor))]
        if len(factors) < len(term.args):
            return parts(Condition(kind, t.product_of(factors)))
    return [condition]


def evident(term: Term) -> bool:
    """Tell whether a term is positive by its build, wherever it has a value.

    Examples
    --------
    >>> evident(t.add(t.symbol("x"), t.ONE)), evident(t.difference(t.symbol("x"), t.ONE))
    (True, False)
    """
    if term._evident is None:
        object.__setattr__(term, "_evident", _evident(term))
    return bool(term._evident)


@lru_cache(maxsize=65536)
def granted(statement: Statement) -> frozenset[Condition]:
    """Return what follows from a relation at once: its terms have values, and some are positive or not zero.

    Examples
    --------
    >>> from symhet.language.statements import ne
    >>> x = t.symbol("x", positive=False)
    >>> [c.kind.value for c in granted(ne(x, t.ZERO)) if c.term is x]
    ['nonzero']
    """
    if not statement.is_relation:
        return frozenset()
    left, right = statement.args
    found = {*conditions_of((left, right))}
    if statement.op in (Op.LESS, Op.DIFFER):
        gaps = [t.difference(left, right), t.difference(right, left)]
        gaps += [term for term, other in ((left, right), (right, left)) if other is t.ZERO]
        found |= {Condition(Kind.NONZERO, term) for term in gaps}
    if statement.op is Op.LESS:
        found.add(Condition(Kind.POSITIVE, statement.gap))
    if statement.op is Op.LESS and left is t.ZERO:
        found.add(Condition(Kind.POSITIVE, right))
    return frozenset(found).union(part for condition in found for part in parts(condition))


_POSITIVE = frozenset({Head.BOUND, Head.POWER, Head.EXP, Head.SURVIVAL, Head.TAIL, Head.INTEGRAL_FROM_ZERO})


def _evident(term: Term) -> bool:
    head, args = term.head, term.args
    if head is Head.NUMBER:
        return bool(args[0] > 0)
    if head is Head.SYMBOL:
        return bool(args[1])
    if head in (Head.SUM, Head.PRODUCT):
        return all(map(evident, args))
    if head is Head.WHOLE_POWER:
        return evident(args[0])
    return head in _POSITIVE
