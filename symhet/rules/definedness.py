"""Where terms have a value: an equation or inequality claims that both its sides exist.

A relation holds at a point when both sides have a value there and the values are so related: no divisor is zero, the
base of every power with an exponent that is no whole number is positive, and so is the argument of every logarithm and
of every tail. A hypothesis that holds may therefore be used as if its terms existed, and a rule must make sure that the
terms of its goal do. SymPy cancels x/x as soon as it sees it: where terms are replaced or put together, what existed
before is asked for before it can vanish.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

import sympy as sp

from symhet.algebra.normal import SideCondition
from symhet.algebra.tails import Density, DensitySlope, Survival, TailMoment
from symhet.propositions import And, ForAll, Iff, Implies, Maximiser, Or, Prop, Rel, UniqueRoot

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
        condition = _own(node)
        if condition is not None and not shows_at_once(condition):
            found[condition] = None
    return found


def _own(node: sp.Basic) -> SideCondition | None:
    if isinstance(node, sp.Pow):
        if not isinstance(node.exp, sp.Integer):
            return SideCondition("positive", node.base)
        return SideCondition("nonzero", node.base) if node.exp.is_negative else None
    if isinstance(node, sp.log | Survival | TailMoment | Density | DensitySlope):
        return SideCondition("positive", node.args[0])
    return None


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
    """Return the conditions that need no proof where these statements hold: their terms exist, some are positive."""
    known: Conditions = {}
    for fact in facts:
        known |= conditions(fact)
        if isinstance(fact, Rel) and fact.op == "<":
            known |= {SideCondition("positive", fact.gap): None, SideCondition("nonzero", -fact.gap): None}
    return known


def lost(before: Prop, after: Prop, moved: Callable[[sp.Expr], sp.Expr], facts: Iterable[Prop] = ()) -> Conditions:
    """Return the conditions of a statement that do not show any more after a replacement in it.

    They come as they read after the replacement, which holds the same values; what the facts grant is left out.
    """
    kept = conditions(after) | granted(facts)
    needed = (SideCondition(old.kind, moved(old.expr)) for old in conditions(before) if not follows(old, kept))
    return {new: None for new in needed if not follows(new, kept) and not shows_at_once(new)}


def follows(condition: SideCondition, known: Conditions) -> bool:
    """Tell whether a condition is among the known ones: what is positive is not zero either."""
    return condition in known or SideCondition("positive", condition.expr) in known


def _joined(parts: Iterable[Conditions]) -> Conditions:
    joined: Conditions = {}
    for part in parts:
        joined |= part
    return joined
