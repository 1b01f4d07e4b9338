"""Statements: what the core can judge, each true or false at every valuation.

A relation holds where both its sides have values and these compare; otherwise it is false. Everything above relations
is classical two-valued logic. Binders are nameless inside: the variable of the innermost binder is ``bound(0)``.

| head | arguments | holds when |
|---|---|---|
| equal, less, at most, differ | two terms | both have values and these compare so |
| and, or | two or more statements | all do, one does |
| implies, iff | two statements | the first does not or the second does; both or neither do |
| forall | body | the body does for every positive value of the variable it binds |
| unique root | term f | f exists at every positive value, is positive below exactly one, zero there, negative above |
| maximiser | f, point, lower, upper | lower < point < upper; f exists between and is smaller than at the point |
| maximiser, unbounded | f, point, lower | the same without an upper end |
| dense | | the density of G is positive at every point above the lower end of the support where it has a value |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import TypeAlias

from symhet.language import terms as t
from symhet.language.heads import BINDERS
from symhet.language.heads import RELATIONS as RELATIONS
from symhet.language.heads import Op as Op
from symhet.language.refusals import Refusal
from symhet.language.terms import N, Term, node
from symhet.language.terms import Statement as Statement

Relation: TypeAlias = Callable[[Term, Term], Statement]
Connective: TypeAlias = Callable[[Statement, Statement], Statement]
Several: TypeAlias = Callable[..., Statement]

statement: Several = node
"""Return the statement with this head and these arguments."""
eq: Relation = partial(node, Op.EQUAL)
"""Return ``left = right``."""
lt: Relation = partial(node, Op.LESS)
"""Return ``left < right``."""
le: Relation = partial(node, Op.AT_MOST)
"""Return ``left <= right``."""
ne: Relation = partial(node, Op.DIFFER)
"""Return ``left != right``."""
both: Several = partial(node, Op.AND)
"""Return the conjunction of two or more statements."""
either: Several = partial(node, Op.OR)
"""Return the disjunction of two or more statements."""
implies: Connective = partial(node, Op.IMPLIES)
"""Return ``premise => conclusion``."""
iff: Connective = partial(node, Op.IFF)
"""Return ``left <=> right``."""
forall: Callable[[Statement], Statement] = partial(node, Op.FORALL)
"""Return that the body holds for every positive value of ``bound(0)``."""
unique_root: Callable[[Term], Statement] = partial(node, Op.UNIQUE_ROOT)
"""Return that a function of ``bound(0)`` falls through zero at exactly one positive value."""
maximiser: Several = partial(node, Op.MAXIMISER)
"""Return that a function of ``bound(0)`` has its only maximum at a point between a lower and perhaps an upper end."""


def positive(term: Term) -> Statement:
    """Return ``0 < term``."""
    return lt(t.ZERO, term)


def exists(term: Term) -> Statement:
    """Return ``term = term``, which says that the term has a value."""
    return eq(term, term)


DENSE: Statement = node(Op.DENSE)
FALSE = lt(t.ZERO, t.ZERO)


def substitute(statement: Statement, mapping: Mapping[Term, Term]) -> Statement:
    """Replace closed terms by closed terms, all at once, in every part of a statement.

    Raises
    ------
    Refusal
        When a bound variable occurs in what is replaced or replaces.
    """
    return replacement(mapping)(statement)


def replacement(mapping: Mapping[Term, Term]) -> Callable[[Statement], Statement]:
    """Return what replaces closed terms by closed terms in statements; it remembers what came of each."""
    return _replacement(tuple(mapping.items()))


@lru_cache(maxsize=128)
def _replacement(pairs: tuple[tuple[Term, Term], ...]) -> Callable[[Statement], Statement]:
    if any(term.reach for pair in pairs for term in pair):
        raise Refusal("substitute", "a bound variable would change its meaning")
    return partial(t.replace, mapping=dict(pairs), done={})


def at(body: N, value: Term, index: int = 0) -> N:
    """Return a function or the body of a binder at a closed term, which is put in for ``bound(index)``.

    Examples
    --------
    >>> x = t.symbol("x")
    >>> at(lt(t.ZERO, t.bound(0)), x) is lt(t.ZERO, x)
    True
    """
    if value.reach:
        raise Refusal("instance", "a bound variable would change its meaning")
    if type(body) is Term:
        return t.replace(body, {t.bound(index): value})
    inner = [at(child, value, index + (i == 0 and body.head in BINDERS)) for i, child in enumerate(body.children)]
    return body.with_children(tuple(inner))
