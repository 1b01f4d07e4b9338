"""Mutations of statements: near misses with which a prover shows that it can say no."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations, islice, product

import sympy as sp

from symhet.algebra.tails import SUPPORT
from symhet.algebra.total import is_total
from symhet.propositions import And, ForAll, Iff, Implies, Maximiser, Or, Prop, Rel, UniqueRoot, negate

PER_KIND = 2
"""Mutations of each kind that are taken from one relation."""


@dataclass(frozen=True)
class Mutation:
    """A statement that differs from a true one in one place.

    Parameters
    ----------
    kind : str
        ``sign``, ``direction``, ``coefficient``, ``exponent`` or ``parameter``.
    says : str
        What was changed.
    prop : Prop
        The changed statement.
    """

    kind: str
    says: str
    prop: Prop


def negation(prop: Prop) -> Prop | None:
    """Return the negation of a statement, or None where the language has none.

    Examples
    --------
    >>> x = sp.Symbol("x", positive=True)
    >>> str(negation(Rel("<", sp.S.Zero, x)))
    'x <= 0'
    """
    try:
        return negate(prop)
    except TypeError:
        return None


def mutations(prop: Prop) -> Iterator[Mutation]:
    """Yield the mutations of a statement, each different from it and from the others.

    Examples
    --------
    >>> x, y = sp.symbols("x y", positive=True)
    >>> [(m.kind, str(m.prop)) for m in mutations(Rel("<", x, 3 * y**2))][:3]
    [('direction', '3*y**2 < x'), ('coefficient', 'x < 4*y**2'), ('coefficient', 'x < 12*y**2')]
    """
    seen = {prop}
    for mutation in _mutated(prop):
        if mutation.prop not in seen:
            seen.add(mutation.prop)
            yield mutation


def _mutated(prop: Prop) -> Iterator[Mutation]:
    if isinstance(prop, Rel):
        yield from _of_relation(prop)
    elif isinstance(prop, And | Or):
        for i, part in enumerate(prop.parts):
            rebuild = _replacing(type(prop), prop.parts, i)
            yield from _inside(part, rebuild)
    elif isinstance(prop, Implies):
        premise = prop.premise
        yield from _inside(prop.conclusion, lambda inner: Implies(premise, inner))
    elif isinstance(prop, Iff):
        left, right = prop.left, prop.right
        yield from _inside(left, lambda inner: Iff(inner, right))
        yield from _inside(right, lambda inner: Iff(left, inner))
    elif isinstance(prop, ForAll):
        variable = prop.variable
        yield from _inside(prop.body, lambda inner: ForAll(variable, inner))
    elif isinstance(prop, UniqueRoot):
        for kind, says, term in _of_term(prop.function):
            yield Mutation(kind, says, UniqueRoot(term, prop.variable))
    else:
        assert isinstance(prop, Maximiser)
        for kind, says, term in _of_term(prop.point):
            yield Mutation(kind, says, Maximiser(prop.function, prop.variable, term, prop.lower, prop.upper))
        for kind, says, term in _of_term(prop.function):
            yield Mutation(kind, says, Maximiser(term, prop.variable, prop.point, prop.lower, prop.upper))


def _replacing(kind: type[And | Or], parts: tuple[Prop, ...], i: int) -> Callable[[Prop], Prop]:
    return lambda inner: kind((*parts[:i], inner, *parts[i + 1 :]))


def _inside(part: Prop, rebuild: Callable[[Prop], Prop]) -> Iterator[Mutation]:
    for mutation in mutations(part):
        yield Mutation(mutation.kind, mutation.says, rebuild(mutation.prop))


def _of_relation(relation: Rel) -> Iterator[Mutation]:
    if relation.op in ("<", "<="):
        yield Mutation("direction", "the sides change places", Rel(relation.op, relation.rhs, relation.lhs))
    if relation.op == "!=":
        yield Mutation("direction", "an equation in place of a difference", Rel("=", relation.lhs, relation.rhs))
    mutated_right = [*_of_term(relation.rhs)]
    for kind, says, term in mutated_right:
        yield Mutation(kind, says, Rel(relation.op, relation.lhs, term))
    if len({kind for kind, _, _ in mutated_right}) < 3:
        for kind, says, term in _of_term(relation.lhs):
            yield Mutation(kind, says, Rel(relation.op, term, relation.rhs))
    yield Mutation("sign", "the right side changes its sign", Rel(relation.op, relation.lhs, -relation.rhs))
    yield from _swapped(relation)


def _of_term(term: sp.Expr) -> Iterator[tuple[str, str, sp.Expr]]:
    """Yield what one change makes of a term: a coefficient, an exponent, or a sign of a summand."""
    yield from islice(_with("coefficient", term, _other_coefficient), PER_KIND)
    yield from islice(_with("exponent", term, _other_exponent), PER_KIND)
    yield from islice(_with("sign", term, _other_sign), PER_KIND)


def _with(kind: str, term: sp.Expr, change: Callable[[sp.Expr], sp.Expr | None]) -> Iterator[tuple[str, str, sp.Expr]]:
    seen = {term}
    for node in sp.preorder_traversal(term):
        changed = change(node) if isinstance(node, sp.Expr) else None
        whole = term.xreplace({node: changed}) if changed is not None and changed != node else term
        if whole not in seen and not whole.has(sp.nan, sp.zoo, sp.oo):
            seen.add(whole)
            yield kind, f"{node} becomes {changed}", whole


def _other_coefficient(node: sp.Expr) -> sp.Expr | None:
    coefficient, rest = node.as_coeff_Mul()
    if isinstance(node, sp.Mul | sp.Symbol) or node.is_number:
        return (coefficient + 1 if coefficient != -1 else sp.Integer(-2)) * rest
    return None


def _other_exponent(node: sp.Expr) -> sp.Expr | None:
    if isinstance(node, sp.Pow):
        return node.base ** (node.exp + 1) if node.exp != -1 else None
    return node**2 if isinstance(node, sp.Symbol) and not is_total(node) and node != SUPPORT else None


def _other_sign(node: sp.Expr) -> sp.Expr | None:
    if isinstance(node, sp.Add):
        return node.args[0] - sp.Add(*node.args[1:])
    if isinstance(node, sp.Pow) and not node.exp.is_number:
        return node.base**-node.exp
    return None


def _swapped(relation: Rel) -> Iterator[Mutation]:
    """Exchange two symbols of the same sort on one side, or put one of the left side in place of one of the right."""
    left, right = (_parameters(side) for side in (relation.lhs, relation.rhs))
    on_the_right = (
        (one, other, relation.rhs.xreplace({one: other, other: one})) for one, other in combinations(right, 2)
    )
    on_the_left = (
        (one, other, relation.lhs.xreplace({one: other, other: one})) for one, other in combinations(left, 2)
    )
    across = ((one, other, relation.rhs.xreplace({one: other})) for one, other in product(right, left) if one != other)
    made = [("rhs", *change) for change in on_the_right] + [("lhs", *change) for change in on_the_left]
    made += [("rhs", *change) for change in across]
    kept = (
        Mutation("parameter", f"{one} and {other} change places", replace(relation, **{side: changed}))
        for side, one, other, changed in made
        if one.is_positive == other.is_positive and changed != getattr(relation, side)
    )
    yield from islice(kept, PER_KIND)


def _parameters(side: sp.Expr) -> list[sp.Symbol]:
    return [symbol for symbol in sorted(side.free_symbols - {SUPPORT}, key=str) if not is_total(symbol)]
