"""How a statement can fail, or hold: alternatives, each a list of statements that are to hold together."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from symhet.core import derived
from symhet.core.context import Context
from symhet.language import statements as s
from symhet.language.definedness import Kind, conditions_of
from symhet.language.statements import Op, Statement
from symhet.language.terms import ZERO, Term

Ways = list[tuple[Statement, ...]]
MAX_WAYS = 12


def failing(statement: Statement, fresh: Iterable[Term] = ()) -> Ways:
    """Return ways in which a statement fails, its terms having values; bound variables take the fresh symbols.

    Examples
    --------
    >>> from symhet.language import terms as t
    >>> x = t.symbol("x")
    >>> failing(s.lt(x, t.ONE)) == [(s.le(t.ONE, x),)]
    True
    """
    op, args = statement.op, statement.args
    if statement.is_relation:
        return [(contrary(statement),)]
    if op is Op.AND:
        return [way for part in args for way in failing(part, fresh)][:MAX_WAYS]
    if op is Op.OR:
        return _together([failing(part, fresh) for part in args])
    if op is Op.IMPLIES:
        return _together([holding(args[0]), failing(args[1], fresh)])
    if op is Op.IFF:
        one, other = args
        return (_together([holding(one), failing(other)]) + _together([failing(one), holding(other)]))[:MAX_WAYS]
    if op is Op.FORALL:
        symbols = list(fresh)
        return failing(s.at(args[0], symbols[0]), symbols[1:]) if symbols else []
    return []


def holding(statement: Statement) -> Ways:
    """Return ways in which a statement holds."""
    op, args = statement.op, statement.args
    if op is Op.AND:
        return _together([holding(part) for part in args])
    if op is Op.OR:
        return [way for part in args for way in holding(part)][:MAX_WAYS]
    if op is Op.IMPLIES:
        return (failing(args[0]) + holding(args[1]))[:MAX_WAYS]
    if op is Op.IFF:
        one, other = args
        return (_together([holding(one), holding(other)]) + _together([failing(one), failing(other)]))[:MAX_WAYS]
    return [(statement,)]


def contrary(relation: Statement) -> Statement:
    """Return the relation that holds when this one does not and both sides have values."""
    left, right = relation.args
    if relation.op is Op.LESS:
        return s.le(right, left)
    if relation.op is Op.AT_MOST:
        return s.lt(right, left)
    return s.statement(Op.DIFFER if relation.op is Op.EQUAL else Op.EQUAL, left, right)


def undefined(statement: Statement) -> Ways:
    """Return ways in which a term of a relation has no value."""
    if statement.op is Op.IMPLIES:
        return _together([holding(statement.args[0]), undefined(statement.args[1])])
    if statement.op is Op.AND:
        return [way for part in statement.args for way in undefined(part)][:MAX_WAYS]
    if not statement.is_relation:
        return []
    ways: Ways = []
    for condition in conditions_of(statement.args):
        if condition.kind is Kind.NONZERO:
            ways.append((s.eq(condition.term, ZERO),))
        elif condition.kind is Kind.POSITIVE:
            ways.append((s.le(condition.term, ZERO),))
        elif condition.kind is Kind.FINITE:
            ways.append((s.implies(derived.asked(condition), s.FALSE),))
    return ways[:MAX_WAYS]


PREMISE = "premise of the goal"
"""The name that the premise of a statement has where it is supposed."""


def supposes(goal: Statement) -> bool:
    """Tell whether a statement has a premise of its own; a denial has none.

    Examples
    --------
    >>> from symhet.language import terms as t
    >>> small = s.lt(t.symbol("x"), t.ONE)
    >>> supposes(s.implies(small, small)), supposes(s.implies(small, s.FALSE))
    (True, False)
    """
    return goal.op is Op.IMPLIES and goal.args[1] is not s.FALSE


def supposed(context: Context, goal: Statement) -> tuple[Context, Statement]:
    """Return the context with the premise of a statement among its hypotheses, and what is then said."""
    if not supposes(goal):
        return context, goal
    return context.having(PREMISE, goal.args[0]), goal.args[1]


def _together(parts: list[Ways]) -> Ways:
    return [tuple(statement for way in choice for statement in way) for choice in product(*parts)][:MAX_WAYS]


def opposite(statement: Statement) -> Statement:
    """Return what would prove that a statement is false throughout: its contrary in every model, or its denial."""
    if statement.is_relation:
        return contrary(statement)
    return s.implies(statement, s.FALSE)


__all__ = ["PREMISE", "contrary", "failing", "holding", "opposite", "supposed", "supposes", "undefined"]
