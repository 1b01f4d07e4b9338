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
from enum import Enum, unique
from functools import lru_cache
from typing import Any

from symhet.language import terms as t
from symhet.language.immutable import Immutable, Table
from symhet.language.refusals import Refusal
from symhet.language.terms import Term


@unique
class Op(Enum):
    """What a statement is."""

    EQUAL = "="
    LESS = "<"
    AT_MOST = "<="
    DIFFER = "!="
    AND = "and"
    OR = "or"
    IMPLIES = "=>"
    IFF = "<=>"
    FORALL = "forall"
    UNIQUE_ROOT = "unique_root"
    MAXIMISER = "maximiser"
    DENSE = "dense"

    __hash__ = object.__hash__


RELATIONS = frozenset({Op.EQUAL, Op.LESS, Op.AT_MOST, Op.DIFFER})
_BINDERS = frozenset({Op.FORALL, Op.UNIQUE_ROOT, Op.MAXIMISER})


class Statement(Immutable):
    """A statement, immutable and interned as terms are.

    Attributes
    ----------
    op : Op
        What it says of its arguments.
    args : tuple
        Terms, or statements.
    leaves : frozenset of Term
        The symbols, totals, bound variables and the support's end in its terms.
    heads : int
        The heads of its terms, a bit for each; `mentions` reads it.
    depth, size : int
        Nesting, and the number of nodes when written out, terms included.
    reach : int
        How many enclosing binders its bound variables need; 0 for a closed statement.
    """

    __slots__ = ("_gap", "args", "depth", "heads", "leaves", "op", "reach", "size")

    op: Op
    args: tuple[Any, ...]
    leaves: frozenset[Term]
    heads: int
    depth: int
    reach: int
    size: int
    _gap: Any

    def __repr__(self) -> str:
        return f"{self.op.name.lower()}({', '.join(map(repr, self.args))})"

    def mentions(self, *heads: t.Head) -> bool:
        """Tell whether one of these heads occurs in a term of it."""
        return any(self.heads >> head.value & 1 for head in heads)

    @property
    def is_relation(self) -> bool:
        """Whether this compares two terms."""
        return self.op in RELATIONS

    @property
    def gap(self) -> Term:
        """The term ``right - left`` of a relation: zero for an equation, positive for ``<``."""
        if self._gap is None:
            left, right = self.args
            object.__setattr__(self, "_gap", t.difference(right, left))
        return self._gap


_TABLE: Table[Statement] = Table()


def _made(op: Op, args: tuple[Any, ...]) -> Statement:
    """Return the one statement with these arguments, which `statement` has checked."""
    held = _TABLE.get((op, args))
    found = None if held is None else held()
    if found is not None:
        return found
    statement: Statement = object.__new__(Statement)
    put = object.__setattr__
    put(statement, "op", op)
    put(statement, "args", args)
    put(statement, "_gap", None)
    depth, size, heads, reach = 0, 1, 0, 0
    leaves: frozenset[Term] = frozenset()
    for index, part in enumerate(args):
        depth, size, heads = max(depth, part.depth), size + part.size, heads | part.heads
        reach = max(reach, part.reach - (index == 0 and op in _BINDERS))
        leaves = t.union(leaves, part.leaves)
    t.require_room(op, depth, size)
    put(statement, "depth", depth + 1)
    put(statement, "size", size)
    put(statement, "leaves", leaves)
    put(statement, "heads", heads)
    put(statement, "reach", reach)
    return _TABLE.enter((op, args), statement)


def is_made(statement: Statement) -> bool:
    """Tell whether a constructor made a statement of the data that it has now."""
    held = _TABLE.get((statement.op, statement.args))
    return held is not None and held() is statement


_SHAPES: Mapping[Op, tuple[type, int, int]] = {
    **dict.fromkeys((Op.IMPLIES, Op.IFF), (Statement, 2, 2)),
    **dict.fromkeys(RELATIONS, (Term, 2, 2)),
    **dict.fromkeys((Op.AND, Op.OR), (Statement, 2, t.MAX_SIZE)),
    Op.FORALL: (Statement, 1, 1),
    Op.UNIQUE_ROOT: (Term, 1, 1),
    Op.MAXIMISER: (Term, 3, 4),
    Op.DENSE: (Term, 0, 0),
}
"""Of what kind the arguments are, and how many at least and at most."""


def statement(op: Op, *args: Term | Statement) -> Statement:
    """Return the statement with these arguments, if they are of the kind and number that it has."""
    if type(op) is not Op:
        raise Refusal("statement", "no such head", str(op))
    kind, least, most = _SHAPES[op]
    if not least <= len(args) <= most:
        raise Refusal(op.name.lower(), "wrong number of arguments")
    for part in args:
        if type(part) is not kind:
            raise Refusal(op.name.lower(), f"an argument is not a {kind.__name__.lower()}", type(part).__name__)
    return _made(op, args)


def relation(op: Op, left: Term, right: Term) -> Statement:
    """Return the relation ``left op right``."""
    if type(op) is not Op or op not in RELATIONS:
        raise Refusal("relation", "no such relation", str(op))
    return statement(op, left, right)


def eq(left: Term, right: Term) -> Statement:
    """Return ``left = right``."""
    return statement(Op.EQUAL, left, right)


def lt(left: Term, right: Term) -> Statement:
    """Return ``left < right``."""
    return statement(Op.LESS, left, right)


def le(left: Term, right: Term) -> Statement:
    """Return ``left <= right``."""
    return statement(Op.AT_MOST, left, right)


def ne(left: Term, right: Term) -> Statement:
    """Return ``left != right``."""
    return statement(Op.DIFFER, left, right)


def positive(term: Term) -> Statement:
    """Return ``0 < term``."""
    return lt(t.ZERO, term)


def exists(term: Term) -> Statement:
    """Return ``term = term``, which says that the term has a value."""
    return eq(term, term)


def both(*parts: Statement) -> Statement:
    """Return the conjunction of two or more statements."""
    return statement(Op.AND, *parts)


def either(*parts: Statement) -> Statement:
    """Return the disjunction of two or more statements."""
    return statement(Op.OR, *parts)


def implies(premise: Statement, conclusion: Statement) -> Statement:
    """Return ``premise => conclusion``."""
    return statement(Op.IMPLIES, premise, conclusion)


def iff(left: Statement, right: Statement) -> Statement:
    """Return ``left <=> right``."""
    return statement(Op.IFF, left, right)


def forall(body: Statement) -> Statement:
    """Return that the body holds for every positive value of ``bound(0)``."""
    return statement(Op.FORALL, body)


def unique_root(function: Term) -> Statement:
    """Return that a function of ``bound(0)`` falls through zero at exactly one positive value."""
    return statement(Op.UNIQUE_ROOT, function)


def maximiser(function: Term, point: Term, lower: Term, *upper: Term) -> Statement:
    """Return that a function of ``bound(0)`` has its only maximum between the ends at the point."""
    return statement(Op.MAXIMISER, function, point, lower, *upper)


DENSE = statement(Op.DENSE)
FALSE = lt(t.ZERO, t.ZERO)


def map_terms(whole: Statement, move: Callable[[Term, int], Term], binders: int = 0) -> Statement:
    """Return the statement with every term moved; ``move`` is told how many binders enclose the term."""
    moved = []
    for index, part in enumerate(whole.args):
        around = binders + (index == 0 and whole.op in _BINDERS)
        moved.append(move(part, around) if type(part) is Term else map_terms(part, move, around))
    return statement(whole.op, *moved)


def substitute(statement: Statement, mapping: Mapping[Term, Term]) -> Statement:
    """Replace closed terms by closed terms, all at once, in every part of a statement.

    Raises
    ------
    Refusal
        When a bound variable occurs in what is replaced or replaces.
    """
    return _substituted(statement, tuple(mapping.items())) if mapping else statement


@lru_cache(maxsize=16384)
def _substituted(statement: Statement, pairs: tuple[tuple[Term, Term], ...]) -> Statement:
    mapping, done = _replacement(pairs)
    return map_terms(statement, lambda term, _: t.replaced(term, mapping, done))


@lru_cache(maxsize=16)
def _replacement(pairs: tuple[tuple[Term, Term], ...]) -> tuple[dict[Term, Term], dict[Term, Term]]:
    """Return a replacement as a mapping, and what came of terms so far."""
    if any(term.reach for pair in pairs for term in pair):
        raise Refusal("substitute", "a bound variable would change its meaning")
    return dict(pairs), {}


def instance(body: Statement, value: Term) -> Statement:
    """Return the body of a binder with a closed term for the variable that it binds.

    Examples
    --------
    >>> x = t.symbol("x")
    >>> instance(lt(t.ZERO, t.bound(0)), x) is lt(t.ZERO, x)
    True
    """
    if value.reach:
        raise Refusal("instance", "a bound variable would change its meaning")
    return map_terms(body, lambda term, binders: t.replace(term, {t.bound(binders): value}))


def at(function: Term, value: Term) -> Term:
    """Return a function of ``bound(0)`` at a closed term."""
    if value.reach:
        raise Refusal("instance", "a bound variable would change its meaning")
    return t.replace(function, {t.bound(0): value})
