"""Where terms have a value: an equation or inequality claims that both its sides exist.

A relation holds at a point when both sides have a value there and the values are so related: no divisor is zero, the
base of every power with an exponent that is no whole number is positive, and so is the argument of every logarithm and
of every tail. A hypothesis that holds may therefore be used as if its terms existed, and a rule must make sure that the
terms of its goal do. SymPy cancels x/x as soon as it sees it: where terms are replaced or put together, what existed
before is asked for before it can vanish.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

import sympy as sp

from symhet.algebra.normal import SideCondition
from symhet.algebra.tails import Survival, TailMoment
from symhet.propositions import And, Dense, ForAll, Iff, Implies, Maximiser, Or, Prop, Rel, UniqueRoot

Conditions = dict[SideCondition, None]


def conditions(prop: Prop) -> Conditions:
    """Return under which conditions the terms that a statement claims something of have a value."""
    if isinstance(prop, Rel):
        return of_terms((prop.lhs, prop.rhs))
    if isinstance(prop, And | Or):
        return _joined(map(conditions, prop.parts))
    if isinstance(prop, Implies):
        return conditions(prop.conclusion)
    if isinstance(prop, Iff):
        return _joined((conditions(prop.left), conditions(prop.right)))
    if isinstance(prop, ForAll):
        return conditions(prop.body)
    if isinstance(prop, UniqueRoot):
        return of_terms((prop.function,))
    assert isinstance(prop, Maximiser)
    return of_terms((prop.function, prop.point, prop.lower, prop.upper))


def of_terms(terms: Iterable[sp.Expr]) -> Conditions:
    """Return under which conditions terms have a value, those that show at once left out."""
    return _joined(map(_of_term, terms))


@lru_cache(maxsize=16384)
def _of_term(term: sp.Expr) -> Conditions:
    found: Conditions = {}
    for node in sp.preorder_traversal(term):
        found |= {condition: None for condition in _own(node) if not shows_at_once(condition)}
    return found


def at_point(terms: Iterable[sp.Expr], values: Mapping[sp.Symbol, sp.Expr]) -> Conditions:
    """Return under which conditions terms have a value where symbols take these values.

    A positive symbol may take a value that is not, such as the end of an interval that begins at zero.
    """
    nodes = (node for term in terms for node in sp.preorder_traversal(term))
    there = (SideCondition(own.kind, own.expr.xreplace(dict(values))) for node in nodes for own in _own(node))
    return {condition: None for condition in there if not shows_at_once(condition)}


def _own(node: sp.Basic) -> tuple[SideCondition, ...]:
    if isinstance(node, sp.Pow):
        if not isinstance(node.exp, sp.Integer):
            return (SideCondition("positive", node.base),)
        return (SideCondition("nonzero", node.base),) if node.exp.is_negative else ()
    positive = node.args if isinstance(node, sp.log) else getattr(node, "positive_terms", ())
    return tuple(SideCondition("positive", term) for term in positive)


def shows_at_once(condition: SideCondition) -> bool:
    """Tell whether a condition on a term follows from the build of the term, if only the term has a value."""
    return positive_if_defined(condition.expr) or (condition.kind == "nonzero" and _nonzero(condition.expr))


def positive_if_defined(expr: sp.Expr) -> bool:
    """Tell whether a term is positive: made of positive ones; a power whose base must be positive is positive too."""
    if isinstance(expr, sp.Rational):
        return bool(expr > 0)
    if isinstance(expr, sp.Symbol):
        return bool(expr.is_positive)
    if isinstance(expr, sp.Add | sp.Mul):
        return all(map(positive_if_defined, expr.args))
    if isinstance(expr, sp.Pow):
        return not isinstance(expr.exp, sp.Integer) or positive_if_defined(expr.base)
    return expr is sp.E or isinstance(expr, Survival | TailMoment | sp.exp)


def _nonzero(expr: sp.Expr) -> bool:
    """Tell whether a term is not zero: a product of such terms, and a reciprocal is never zero."""
    if isinstance(expr, sp.Rational):
        return bool(expr != 0)
    if isinstance(expr, sp.Mul):
        return all(map(_nonzero, expr.args))
    reciprocal = isinstance(expr, sp.Pow) and bool(expr.exp.is_negative)
    return reciprocal or positive_if_defined(expr)


def granted(facts: Iterable[Prop]) -> Conditions:
    """Return the conditions that need no proof where these relations hold: their terms exist, some are positive.

    Of other statements nothing is granted: an implication or a disjunction holds without a value of all its terms.
    """
    known: Conditions = {}
    for fact in facts:
        if isinstance(fact, Rel):
            known |= conditions(fact)
            if fact.op == "<":
                known |= {SideCondition("positive", fact.gap): None, SideCondition("nonzero", -fact.gap): None}
    return known


def lost(
    before: Prop,
    after: Prop,
    moved: Callable[[sp.Expr], sp.Expr],
    facts: Iterable[Prop] = (),
    assumed: bool = False,
) -> Conditions:
    """Return what must be shown for a statement to follow from what a replacement of equals makes of it.

    Parameters
    ----------
    before, after : Prop
        The statement, and the same after the replacement.
    moved : Callable
        The replacement in a term.
    facts : iterable of Prop
        Relations that hold; what they grant is left out.
    assumed : bool
        Whether, the other way round, the second statement is to follow from the first.

    Returns
    -------
    dict
        The conditions that do not show any more, as they read after the replacement, which holds the same values.
    """
    known = granted(facts)
    needed: Conditions = {}
    for old, kept in dropped(before, after, assumed):
        new = SideCondition(old.kind, moved(old.expr))
        if not follows(old, known) and not follows(new, conditions(kept) | known) and not shows_at_once(new):
            needed[new] = None
    return needed


def dropped(before: Prop, after: Prop, assumed: bool = False) -> Iterator[tuple[SideCondition, Prop]]:
    """Yield the conditions of each relation that may have gone, with what became of the relation.

    A relation follows from its successor only where its own terms exist; its successor follows from it anyhow. Each
    part of a statement is taken for itself, since the others need not hold; in a premise the direction is reversed.
    """
    if isinstance(before, And | Or) and isinstance(after, And | Or):
        for old, new in zip(before.parts, after.parts, strict=True):
            yield from dropped(old, new, assumed)
    elif isinstance(before, Implies) and isinstance(after, Implies):
        yield from dropped(before.premise, after.premise, not assumed)
        yield from dropped(before.conclusion, after.conclusion, assumed)
    elif isinstance(before, Iff) and isinstance(after, Iff):
        for old, new in ((before.left, after.left), (before.right, after.right)):
            yield from dropped(old, new, True)
            yield from dropped(old, new, False)
    elif isinstance(before, ForAll) and isinstance(after, ForAll):
        yield from dropped(before.body, after.body, assumed)
    elif not assumed:
        for condition in conditions(before):
            yield condition, after


def bound_variables(prop: Prop) -> frozenset[sp.Symbol]:
    """Return the symbols that a statement or a part of it binds."""
    if isinstance(prop, Rel):
        return frozenset()
    if isinstance(prop, And | Or):
        return frozenset().union(*map(bound_variables, prop.parts))
    if isinstance(prop, Implies):
        return bound_variables(prop.premise) | bound_variables(prop.conclusion)
    if isinstance(prop, Iff):
        return bound_variables(prop.left) | bound_variables(prop.right)
    if isinstance(prop, Dense):
        return frozenset()
    inner = bound_variables(prop.body) if isinstance(prop, ForAll) else frozenset()
    return inner | {prop.variable}


def follows(condition: SideCondition, known: Conditions) -> bool:
    """Tell whether a condition is among the known ones: what is positive is not zero either."""
    return condition in known or SideCondition("positive", condition.expr) in known


def _joined(parts: Iterable[Conditions]) -> Conditions:
    joined: Conditions = {}
    for part in parts:
        joined |= part
    return joined
