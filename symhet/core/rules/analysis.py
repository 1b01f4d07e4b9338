"""Rules of analysis: named lemmas, the mean value theorem, maxima and roots among them, and total differentiation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from symhet.core import lemmas, records
from symhet.core.calculus import derivative
from symhet.core.context import Context
from symhet.core.rules.base import Check, require_values
from symhet.core.rules.relations import require_same
from symhet.language import terms as t
from symhet.language.definedness import evident
from symhet.language.refusals import Refusal
from symhet.language.statements import (
    Statement,
    at,
    eq,
    exists,
    forall,
    implies,
    le,
    lt,
    maximiser,
    positive,
    unique_root,
)
from symhet.language.terms import ONE, ZERO, Head, Term

X = t.bound(0)


def lemma(check: Check, context: Context, goal: Statement, proof: records.Lemma) -> None:
    """An instance of a named lemma: its premises are proved, and the terms of its conclusion have values."""
    made = PRINCIPLES.get(proof.schema)
    premises, conclusion = made(*proof.arguments) if made else lemmas.instance(proof.schema, proof.arguments)
    if conclusion.reach:
        raise Refusal("lemma", "a variable is bound by nothing", conclusion)
    for premise, found in zip(premises, proof.premises, strict=True):
        check(context, premise, found)
    require_values(context, lemmas.wanted(proof.schema, conclusion))
    require_same(context, conclusion, goal)


def differentiate(check: Check, context: Context, goal: Statement, proof: records.Differentiate) -> None:
    """Chain rule: along a solution the gap of an equation of the system stays zero."""
    if proof.equation not in context.system:
        raise Refusal("differentiate", f"{proof.equation!r} is no equation of the system")
    slopes, conclusion = differentiated(context, proof.equation, proof.parameter)
    require_values(context, slopes)
    require_same(context, conclusion, goal)


def differentiated(context: Context, equation: str, parameter: Term) -> tuple[list[Term], Statement]:
    """Return the partial derivatives of the gap of an equation, and that its total derivative is zero."""
    if parameter.head is not Head.SYMBOL or parameter in context.endogenous:
        raise Refusal("differentiate", "this is no exogenous symbol", parameter)
    gap = context.known(equation).gap
    moving = sorted(context.endogenous & gap.leaves, key=lambda symbol: str(symbol.args[0]))
    slopes = [derivative(gap, symbol) for symbol in (parameter, *moving)]
    through = [t.multiply(slope, t.total(y, parameter)) for slope, y in zip(slopes[1:], moving, strict=True)]
    return slopes, eq(t.total_of([slopes[0], *through]), ZERO)


def mean_value(function: Term, low: Term, high: Term) -> lemmas.Instance:
    """A function of bound(0) that rises between two points, where it exists, is smaller at the lower one.

    It is continuous on the closed interval, where it exists, and breaks of G are countable, so that a slope of one sign
    between them is enough. The interval lies in the non-negative reals.
    """
    slope, inside = derivative(function, X), (lt(low, X), lt(X, high))
    exists_inside = everywhere(inside, exists(function))
    rises = everywhere((*inside, *between_breaks(slope, X)), positive(slope))
    return (lt(low, high), le(ZERO, low), exists_inside, rises), lt(at(function, low), at(function, high))


def concave_maximum(function: Term, point: Term, lower: Term, *upper: Term) -> lemmas.Instance:
    """A strictly concave function of bound(0) with a stationary point between the ends has its only maximum there."""
    slope = derivative(function, X)
    inside = lt(lower, X), *(lt(X, end) for end in upper)
    order = le(ZERO, lower), lt(lower, point), *(lt(point, end) for end in upper)
    exists_inside = everywhere(inside, exists(t.add(function, slope)))
    bends = everywhere(inside, lt(derivative(slope, X), ZERO))
    return (*order, eq(at(slope, point), ZERO), exists_inside, bends), maximiser(function, point, lower, *upper)


def falling_root(function: Term, left: Term, right: Term) -> lemmas.Instance:
    """A function of bound(0) that falls through each of its roots has one: between points of both signs, or one known.

    A continuous function that falls at each of its roots is positive just below each and negative just above: between
    two of them it would have to rise through zero. Where its slope has densities it falls between their breaks.
    """
    slope = derivative(function, X)
    where = between_breaks(slope, X) if slope.mentions(Head.DENSITY) else (eq(function, ZERO),)
    ends = positive(at(function, left)), lt(at(function, right), ZERO)
    signs = (eq(at(function, left), ZERO),) if left is right else ends
    falls = everywhere(where, lt(slope, ZERO))
    return (forall(exists(function)), falls, positive(left), positive(right), *signs), unique_root(function)


def falling_tails(function: Term, level: Term, *rows: Term) -> lemmas.Instance:
    """f = the sum of w j(c x) - level with j(y) = y^-k T(y, k) - S(y), for rows of w, c and k, has one root.

    j falls from infinity (T tends to the whole, positive moment while y^-k explodes) to zero (0 < y^-k T - S <= y^-k T,
    and T tends to zero): it is continuous, and its slope off the breaks is -k y^(-k - 1) T < 0.
    """
    premises, parts = [positive(level)], [t.negative(level)]
    for weight, scale, order in zip(*[iter(rows)] * 3, strict=True):
        premises += [*map(positive, (weight, scale, order)), exists(t.tail(ONE, order))]
        y = t.multiply(scale, X)
        gap = t.difference(t.multiply(t.power(y, t.negative(order)), t.tail(y, order)), t.survival(y))
        parts.append(t.multiply(weight, gap))
    return (*premises, forall(eq(function, t.add(*parts)))), unique_root(function)


def everywhere(premises: Iterable[Statement], conclusion: Statement) -> Statement:
    """Return that for all positive values of bound(0) the conclusion follows from the premises, one after another."""
    for premise in reversed([*premises]):
        conclusion = implies(premise, conclusion)
    return forall(conclusion)


def between_breaks(slope: Term, x: Term) -> list[Statement]:
    """Return that x is no break: the densities of x times a positive constant in the slope have a value."""
    points = dict.fromkeys(node.args[0] for node in t.nodes(slope, Head.DENSITY) if _is_multiple(node.args[0], x))
    return [exists(t.density(point)) for point in points]


def _is_multiple(term: Term, x: Term) -> bool:
    factors = term.args if term.head is Head.PRODUCT else (term,)
    return sum(factor is x for factor in factors) == 1 and all(
        factor is x or (evident(factor) and x not in factor.leaves) for factor in factors
    )


PRINCIPLES: Mapping[str, Callable[..., lemmas.Instance]] = MappingProxyType(
    {f.__name__: f for f in (mean_value, concave_maximum, falling_root, falling_tails)}
)
"""Lemmas about functions, by name: what they say is calculated from their arguments."""
