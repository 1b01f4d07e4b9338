"""Statements that the kernel can judge: relations between terms and their logical combinations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TypeGuard

import sympy as sp
from sympy.logic.boolalg import BooleanAtom

from symhet.errors import TermError

OPERATORS = ("=", "<", "<=", "!=")
_SYMPY = {sp.Eq: "=", sp.Ne: "!=", sp.StrictLessThan: "<", sp.LessThan: "<="}
_NEGATION = {"=": "!=", "!=": "="}


@dataclass(frozen=True)
class Rel:
    """A relation ``lhs op rhs`` between two real terms, ``op`` one of ``=  <  <=  !=``.

    Examples
    --------
    >>> x = sp.Symbol("x", positive=True)
    >>> str(gt(x + 1, x))
    'x < x + 1'
    """

    op: str
    lhs: sp.Expr
    rhs: sp.Expr

    def __str__(self) -> str:
        return f"{self.lhs} {self.op} {self.rhs}"

    @property
    def gap(self) -> sp.Expr:
        """The term ``rhs - lhs``: positive for ``<``, zero for ``=``."""
        return _difference(self.lhs, self.rhs)


@lru_cache(maxsize=16384)
def _difference(lhs: sp.Expr, rhs: sp.Expr) -> sp.Expr:
    return rhs - lhs


@dataclass(frozen=True)
class And:
    """All of ``parts`` hold."""

    parts: tuple[Prop, ...]

    def __str__(self) -> str:
        return " and ".join(f"({part})" for part in self.parts)


@dataclass(frozen=True)
class Or:
    """At least one of ``parts`` holds."""

    parts: tuple[Prop, ...]

    def __str__(self) -> str:
        return " or ".join(f"({part})" for part in self.parts)


@dataclass(frozen=True)
class Implies:
    """``conclusion`` holds wherever ``premise`` does."""

    premise: Prop
    conclusion: Prop

    def __str__(self) -> str:
        return f"({self.premise}) => ({self.conclusion})"


@dataclass(frozen=True)
class Iff:
    """``left`` and ``right`` hold at the same points."""

    left: Prop
    right: Prop

    def __str__(self) -> str:
        return f"({self.left}) <=> ({self.right})"


@dataclass(frozen=True)
class ForAll:
    """``body`` holds for every positive value of ``variable`` (a symbol bound here)."""

    variable: sp.Symbol
    body: Prop

    def __str__(self) -> str:
        return f"for all {self.variable} > 0: {self.body}"


@dataclass(frozen=True)
class UniqueRoot:
    """``function`` vanishes at exactly one positive value of ``variable``, falling through zero there."""

    function: sp.Expr
    variable: sp.Symbol

    def __str__(self) -> str:
        return f"{self.function} = 0 has exactly one root {self.variable} > 0"


@dataclass(frozen=True)
class Maximiser:
    """``point`` is the only maximiser of ``function`` over ``lower < variable < upper``."""

    function: sp.Expr
    variable: sp.Symbol
    point: sp.Expr
    lower: sp.Expr
    upper: sp.Expr

    def __str__(self) -> str:
        return f"{self.variable} = {self.point} maximises {self.function}"


@dataclass(frozen=True)
class Dense:
    """The density of the distribution is positive above the lower end of its support, where it has a value."""

    def __str__(self) -> str:
        return "g > 0 above the support's lower end"


Prop = Rel | And | Or | Implies | Iff | ForAll | UniqueRoot | Maximiser | Dense


def stated(thing: Prop | sp.Basic) -> Prop:
    """Return a statement however it is given: SymPy's relations and connectives become statements as they stand.

    Raises
    ------
    TermError
        For what is no statement, or one that SymPy has worked out to true or false before it came here.

    Examples
    --------
    >>> x, y = sp.symbols("x y", positive=True)
    >>> str(stated(sp.Gt(x, y))), str(stated(sp.Eq(x, 1)))
    ('y < x', 'x = 1')
    """
    if isinstance(thing, Prop):
        return thing
    if isinstance(thing, sp.StrictGreaterThan | sp.GreaterThan):
        return Rel("<" if isinstance(thing, sp.StrictGreaterThan) else "<=", thing.rhs, thing.lhs)
    if type(thing) in _SYMPY:
        return Rel(_SYMPY[type(thing)], *thing.args)
    if isinstance(thing, sp.And | sp.Or):
        return (And if isinstance(thing, sp.And) else Or)(tuple(map(stated, thing.args)))
    if isinstance(thing, sp.Implies):
        return Implies(*map(stated, thing.args))
    if isinstance(thing, BooleanAtom | bool):
        raise TermError(
            f"SymPy has worked the statement out to {thing} before symhet saw it",
            why="there is nothing left to prove, and what was worked out is not known here",
            fix="write it with gt, lt, le, eq or ne of symhet.propositions, which keep both sides as they are",
        )
    raise TermError(
        f"{thing!s} is no statement",
        where=type(thing).__name__,
        why="a statement compares terms, or joins statements",
        fix="write for example gt(x, 0), with gt of symhet.propositions",
    )


def eq(lhs: sp.Expr | int, rhs: sp.Expr | int) -> Rel:
    """Return the equation ``lhs = rhs``."""
    return Rel("=", sp.sympify(lhs, strict=True), sp.sympify(rhs, strict=True))


def lt(lhs: sp.Expr | int, rhs: sp.Expr | int) -> Rel:
    """Return the strict inequality ``lhs < rhs``."""
    return Rel("<", sp.sympify(lhs, strict=True), sp.sympify(rhs, strict=True))


NEVER = lt(0, 0)
"""What holds nowhere."""


def le(lhs: sp.Expr | int, rhs: sp.Expr | int) -> Rel:
    """Return the weak inequality ``lhs <= rhs``."""
    return Rel("<=", sp.sympify(lhs, strict=True), sp.sympify(rhs, strict=True))


def gt(lhs: sp.Expr | int, rhs: sp.Expr | int) -> Rel:
    """Return ``lhs > rhs``, stored as ``rhs < lhs``."""
    return lt(rhs, lhs)


def exists(term: sp.Expr) -> Rel:
    """Return ``term = term``, which says that a moment is finite or a density has a value."""
    return eq(term, term)


def says_existence(prop: Prop) -> TypeGuard[Rel]:
    """Tell whether a statement only says that a term has a value: both its sides are that term."""
    return isinstance(prop, Rel) and prop.op == "=" and prop.lhs == prop.rhs


def ge(lhs: sp.Expr | int, rhs: sp.Expr | int) -> Rel:
    """Return ``lhs >= rhs``, stored as ``rhs <= lhs``."""
    return le(rhs, lhs)


def ne(lhs: sp.Expr | int, rhs: sp.Expr | int) -> Rel:
    """Return ``lhs != rhs``."""
    return Rel("!=", sp.sympify(lhs, strict=True), sp.sympify(rhs, strict=True))


def chain(*terms: sp.Expr | int) -> And:
    """Return ``t1 < t2 < t3 ...`` as a conjunction."""
    return And(tuple(lt(a, b) for a, b in pairwise(terms)))


def as_chain(prop: And) -> list[tuple[str, sp.Expr]]:
    """Return the links of a conjunction that reads as ``a < b <= c``, or nothing.

    Examples
    --------
    >>> x, y, z = sp.symbols("x y z")
    >>> as_chain(chain(x, y, z))
    [('', x), ('<', y), ('<', z)]
    """
    parts = prop.parts
    if len(parts) < 2 or not all(isinstance(part, Rel) and part.op != "!=" for part in parts):
        return []
    rels = [part for part in parts if isinstance(part, Rel)]
    if any(a.rhs != b.lhs for a, b in pairwise(rels)):
        return []
    return [("", rels[0].lhs), *((rel.op, rel.rhs) for rel in rels)]


def negate(prop: Prop) -> Prop:
    """Return a statement that holds exactly where ``prop`` fails.

    Raises
    ------
    TypeError
        For statements that quantify (a root, a maximiser, ``ForAll``): this language cannot say their negation.
    """
    if isinstance(prop, Rel):
        if prop.op in _NEGATION:
            return Rel(_NEGATION[prop.op], prop.lhs, prop.rhs)
        return Rel("<=" if prop.op == "<" else "<", prop.rhs, prop.lhs)
    if isinstance(prop, And):
        return Or(tuple(negate(part) for part in prop.parts))
    if isinstance(prop, Or):
        return And(tuple(negate(part) for part in prop.parts))
    if isinstance(prop, Implies):
        return And((prop.premise, negate(prop.conclusion)))
    if isinstance(prop, Iff):
        return Or((And((prop.left, negate(prop.right))), And((negate(prop.left), prop.right))))
    raise TypeError(f"the negation of a {type(prop).__name__} is not a statement of this language")


def substitute(prop: Prop, mapping: Mapping[sp.Expr, sp.Expr]) -> Prop:
    """Replace terms in every part of ``prop`` simultaneously (bound variables must not occur in ``mapping``)."""
    if isinstance(prop, Dense):
        return prop
    if isinstance(prop, Rel):
        return Rel(prop.op, replace(prop.lhs, mapping), replace(prop.rhs, mapping))
    if isinstance(prop, And | Or):
        return type(prop)(tuple(substitute(part, mapping) for part in prop.parts))
    if isinstance(prop, Implies):
        return Implies(substitute(prop.premise, mapping), substitute(prop.conclusion, mapping))
    if isinstance(prop, Iff):
        return Iff(substitute(prop.left, mapping), substitute(prop.right, mapping))
    if isinstance(prop, ForAll):
        return ForAll(prop.variable, substitute(prop.body, _without(mapping, prop.variable)))
    if isinstance(prop, UniqueRoot):
        return UniqueRoot(replace(prop.function, _without(mapping, prop.variable)), prop.variable)
    inner = _without(mapping, prop.variable)
    return Maximiser(
        replace(prop.function, inner),
        prop.variable,
        *(replace(term, mapping) for term in (prop.point, prop.lower, prop.upper)),
    )


def replace(term: sp.Expr, mapping: Mapping[sp.Expr, sp.Expr]) -> sp.Expr:
    """Replace sub-terms by ``mapping``, all at once and structurally."""
    return _replaced(term, tuple(mapping.items())) if mapping else term


@lru_cache(maxsize=32768)
def _replaced(term: sp.Expr, pairs: tuple[tuple[sp.Expr, sp.Expr], ...]) -> sp.Expr:
    return term.xreplace(dict(pairs))


def _without(mapping: Mapping[sp.Expr, sp.Expr], bound: sp.Symbol) -> Mapping[sp.Expr, sp.Expr]:
    if any(value.has(bound) for value in mapping.values()):
        raise ValueError(f"substitution would capture the bound variable {bound}")
    return {key: value for key, value in mapping.items() if not key.has(bound)}


def terms(prop: Prop) -> Iterator[sp.Expr]:
    """Yield every term of ``prop``."""
    if isinstance(prop, Rel):
        yield from (prop.lhs, prop.rhs)
    elif isinstance(prop, And | Or):
        for part in prop.parts:
            yield from terms(part)
    elif isinstance(prop, Implies):
        yield from terms(prop.premise)
        yield from terms(prop.conclusion)
    elif isinstance(prop, Iff):
        yield from terms(prop.left)
        yield from terms(prop.right)
    elif isinstance(prop, ForAll):
        yield from terms(prop.body)
    elif isinstance(prop, UniqueRoot):
        yield prop.function
    elif isinstance(prop, Maximiser):
        yield from (prop.function, prop.point, prop.lower, prop.upper)


def free_symbols(prop: Prop) -> frozenset[sp.Symbol]:
    """Return the symbols of ``prop`` that no quantifier binds."""
    if isinstance(prop, ForAll):
        return free_symbols(prop.body) - {prop.variable}
    if isinstance(prop, UniqueRoot):
        return frozenset(prop.function.free_symbols) - {prop.variable}
    if isinstance(prop, Maximiser):
        outer = frozenset().union(*(t.free_symbols for t in (prop.point, prop.lower, prop.upper)))
        return (frozenset(prop.function.free_symbols) - {prop.variable}) | outer
    return frozenset().union(*(symbols_of(term) for term in terms(prop)))


@lru_cache(maxsize=16384)
def symbols_of(term: sp.Expr) -> frozenset[sp.Symbol]:
    """Return the symbols of a term; asked for once, since the same terms come up again and again."""
    return frozenset(term.free_symbols)
