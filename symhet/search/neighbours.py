"""False neighbours of a true statement: what it would say with one slip in it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.statements import Op, Statement
from symhet.language.terms import Head, Term

_TURNED = {Op.LESS: Op.LESS, Op.AT_MOST: Op.LESS, Op.EQUAL: Op.DIFFER, Op.DIFFER: Op.EQUAL}


def neighbours(statement: Statement) -> Iterator[tuple[str, Statement]]:
    """Yield statements that differ from this one in one place, each with the kind of the slip.

    Kinds are ``direction``, ``sign``, ``coefficient``, ``exponent``, ``term`` (one is dropped) and ``parameter`` (two
    are swapped).

    Examples
    --------
    >>> x, y = t.symbol("x"), t.symbol("y")
    >>> [kind for kind, _ in neighbours(s.lt(x, t.multiply(t.number(2), y)))]
    ['direction', 'sign', 'sign', 'term', 'term', 'coefficient', 'parameter']
    """
    seen = {statement}
    for kind, changed in (*_changed(statement), *_swapped(statement)):
        if changed not in seen:
            seen.add(changed)
            yield kind, changed


def _changed(statement: Statement) -> Iterator[tuple[str, Statement]]:
    op, args = statement.op, statement.args
    if statement.is_relation:
        left, right = args
        turned = (right, left) if op in (Op.LESS, Op.AT_MOST) else (left, right)
        yield "direction", s.statement(_TURNED[op], *turned)
        for kind, new in _slips(left):
            yield kind, s.statement(op, new, right)
        for kind, new in _slips(right):
            yield kind, s.statement(op, left, new)
        return
    for place, part in enumerate(args):
        inner: Iterator[tuple[str, Statement | Term]]
        inner = _changed(part) if isinstance(part, Statement) else _slips(part)
        for kind, slip in inner:
            yield kind, s.statement(op, *args[:place], slip, *args[place + 1 :])


def _slips(term: Term) -> Iterator[tuple[str, Term]]:
    """Yield a term with one slip: at its outside first, then in its parts."""
    if term is not t.ZERO:
        yield "sign", t.negative(term)
    if term.head is Head.NUMBER:
        p, q = term.args
        yield "coefficient", t.number(p + q, q)
    if term.head is Head.WHOLE_POWER:
        yield "exponent", t.whole_power(term.args[0], term.args[1] + 1)
        yield "exponent", t.whole_power(term.args[0], -term.args[1])
    if term.head is Head.POWER:
        yield "exponent", t.power(term.args[0], t.add(term.args[1], t.ONE))
        yield "exponent", t.power(term.args[0], t.negative(term.args[1]))
    if term.head in (Head.SUM, Head.PRODUCT):
        gather = t.total_of if term.head is Head.SUM else t.product_of
        for place in range(len(term.args)):
            yield "term", gather([*term.args[:place], *term.args[place + 1 :]])
    for place, child in enumerate(term.children):
        for kind, new in _slips(child):
            if kind != "sign" or term.head is Head.SUM:
                yield kind, term.with_children((*term.children[:place], new, *term.children[place + 1 :]))


def _swapped(statement: Statement) -> Iterator[tuple[str, Statement]]:
    symbols = sorted((leaf for leaf in statement.leaves if leaf.head is Head.SYMBOL), key=lambda x: str(x.args[0]))
    for one, other in combinations(symbols, 2):
        if one.args[1] == other.args[1]:
            yield "parameter", s.substitute(statement, {one: other, other: one})
