"""Terms and statements from the names of their heads, for readers of data; and how they are pickled.

The constructors check whatever is given here, so nothing of this is believed.
"""

from __future__ import annotations

import copyreg
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.heads import BINDERS, Head
from symhet.language.refusals import Refusal
from symhet.language.statements import Op, Statement
from symhet.language.terms import Term, node

_OWN = (t.number, t.symbol, t.total, t.bound, t.whole_power, t.unspecified)
_MAKERS: Mapping[str, Callable[..., Term]] = {
    **{head.name: partial(node, head) for head in Head},
    **{maker.__name__.upper(): maker for maker in _OWN},
}
_OPS = {op.value: op for op in Op}


def term(head: str, args: tuple[Any, ...]) -> Term:
    """Return the term with these data, by the constructor of its head, which checks them.

    Examples
    --------
    >>> term("SUM", (t.ONE, t.ONE)) is t.add(t.ONE, t.ONE)
    True
    """
    if head not in _MAKERS:
        raise Refusal("term", "no such head", head)
    try:
        return _MAKERS[head](*args)
    except TypeError as error:
        raise Refusal(head, "wrong number of arguments") from error


def statement(op: str, args: tuple[Any, ...]) -> Statement:
    """Return the statement with these data, by its constructor, which checks them.

    Examples
    --------
    >>> statement("<", (t.ZERO, t.ONE)) is s.lt(t.ZERO, t.ONE)
    True
    """
    if op not in _OPS:
        raise Refusal("statement", "no such head", op)
    return s.statement(_OPS[op], *args)


def abstraction(body: Statement, variable: Term) -> Statement:
    """Return the body of the binder that binds a symbol of a closed statement: the inverse of `instance`."""
    return map_terms(body, lambda part, binders: t.replace(part, {variable: t.bound(binders)}))


def map_terms(whole: Statement, move: Callable[[Term, int], Term], binders: int = 0) -> Statement:
    """Return the statement with every term moved; ``move`` is told how many binders enclose the term."""
    moved: list[Term | Statement] = []
    for index, part in enumerate(whole.args):
        around = binders + (index == 0 and whole.op in BINDERS)
        moved.append(move(part, around) if type(part) is Term else map_terms(part, move, around))
    return whole.with_children(tuple(moved))


def own_terms(whole: Statement) -> tuple[Term, ...]:
    """Return the terms of a relation, unique root or maximiser; none of other statements."""
    return tuple([part for part in whole.args if type(part) is Term])


copyreg.pickle(Term, lambda made: (term, (made.head.name, made.args)))
copyreg.pickle(Statement, lambda made: (statement, (made.op.value, made.args)))
