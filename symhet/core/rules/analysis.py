"""Rules of analysis: named lemmas, total differentiation, the mean value theorem, maxima and roots."""

from __future__ import annotations

from symhet.core import lemmas, records
from symhet.core.calculus import derivative
from symhet.core.context import Context
from symhet.core.rules.base import Check, require_fresh, require_values, require_zero, sides
from symhet.core.rules.relations import require_same
from symhet.language import terms as t
from symhet.language.definedness import evident
from symhet.language.refusals import Refusal
from symhet.language.statements import Op, Statement, at, eq, exists, le, lt, positive
from symhet.language.terms import ONE, ZERO, Head, Term


def lemma(check: Check, context: Context, goal: Statement, proof: records.Lemma) -> None:
    """An instance of a named lemma: its premises are proved, and the terms of its conclusion have values."""
    premises, conclusion = lemmas.instance(proof.schema, proof.arguments)
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


def monotone(check: Check, context: Context, goal: Statement, proof: records.Monotone) -> None:
    """Mean value theorem: f(start) >= 0 and f rising from start to end give f(end) > 0.

    f is continuous on the closed interval, where it exists, and breaks of G are countable, so that a slope of one sign
    between them is enough. The interval lies in the non-negative reals.
    """
    both = sides(goal, "monotone", Op.LESS, Op.AT_MOST)
    function, x, start, end = proof.function, proof.symbol, proof.start, proof.end
    require_fresh(x, "monotone", context.leaves, goal.leaves, function.leaves, start.leaves, end.leaves)
    low, high = (start, end) if proof.rising else (end, start)
    check(context, lt(low, high), proof.order)
    check(context, le(ZERO, low), proof.nonnegative)
    inner = context.having(f"{proof.label}_low", lt(low, x)).having(f"{proof.label}_high", lt(x, high))
    check(inner, exists(at(function, x)), proof.exists)
    slope = derivative(at(function, x), x)
    smooth = between_breaks(inner, proof.label, slope, x)
    check(smooth, lt(ZERO, slope) if proof.rising else lt(slope, ZERO), proof.slope)
    require_values(context, (at(function, start), at(function, end), *both))
    check(context, le(ZERO, at(function, start)), proof.base)
    require_zero(t.difference(goal.gap, at(function, end)), "monotone")


def between_breaks(context: Context, label: str, slope: Term, x: Term) -> Context:
    """Return the context with x no break: the densities of x times a positive constant in the slope have a value."""
    points = {node.args[0]: None for node in t.nodes(slope, Head.DENSITY) if _is_multiple(node.args[0], x)}
    for index, point in enumerate(points):
        context = context.having(f"{label}_smooth_{index}", exists(t.density(point)))
    return context


def _is_multiple(term: Term, x: Term) -> bool:
    if term is x:
        return True
    factors = term.args if term.head is Head.PRODUCT else ()
    return sum(factor is x for factor in factors) == 1 and all(
        factor is x or (evident(factor) and x not in factor.leaves) for factor in factors
    )


def concave(check: Check, context: Context, goal: Statement, proof: records.Concave) -> None:
    """A strictly concave function with a stationary point between the ends has its only maximum there."""
    if goal.op is not Op.MAXIMISER:
        raise Refusal("concave", "the goal is no maximiser", goal)
    (function, point, lower, *upper), x = goal.args, proof.symbol
    require_fresh(x, "concave", context.leaves, goal.leaves)
    slope = derivative(at(function, x), x)
    check(context, le(ZERO, lower), proof.nonnegative)
    check(context, lt(lower, point), proof.above)
    check(context, eq(t.replace(slope, {x: point}), ZERO), proof.stationary)
    inner = context.having(f"{proof.label}_low", lt(lower, x))
    for end, found in zip(upper, proof.below, strict=True):
        check(context, lt(point, end), found)
        inner = inner.having(f"{proof.label}_high", lt(x, end))
    check(inner, exists(t.add(at(function, x), slope)), proof.exists)
    check(inner, lt(derivative(slope, x), ZERO), proof.curvature)


def unique_root(check: Check, context: Context, goal: Statement, proof: records.UniqueRoot) -> None:
    """A function that falls through each of its roots has exactly one: between points of both signs, or a known one."""
    function, value = _function(check, context, goal, proof)
    slope = derivative(value, proof.symbol)
    check(falling(context, proof.label, value, slope, proof.symbol), lt(slope, ZERO), proof.slope)
    check(context, positive(proof.left), proof.left_positive)
    check(context, positive(proof.right), proof.right_positive)
    if proof.left is proof.right:
        check(context, eq(at(function, proof.left), ZERO), proof.above)
    else:
        check(context, positive(at(function, proof.left)), proof.above)
        check(context, lt(at(function, proof.right), ZERO), proof.below)


def unique_root_of_tails(check: Check, context: Context, goal: Statement, proof: records.UniqueRootOfTails) -> None:
    """f = sum of w_i j(c_i x) - level with j(y) = y^-k T(y, k) - S(y): it falls from infinity to -level.

    j falls from infinity (T tends to the whole, positive moment while y^-k explodes) to zero (0 < y^-k T - S <= y^-k T,
    and T tends to zero): it is continuous, and its slope off the breaks is -k y^(-k - 1) T < 0.
    """
    _, value = _function(check, context, goal, proof)
    check(context, positive(proof.level), proof.positive)
    if not proof.tails:
        raise Refusal("unique_root_of_tails", "without a tail nothing is infinite at zero")
    parts = [t.negative(proof.level)]
    for weight, scale, order, found in proof.tails:
        wanted = *map(positive, (weight, scale, order)), exists(t.tail(ONE, order))
        for statement, part in zip(wanted, found, strict=True):
            check(context, statement, part)
        y = t.multiply(scale, proof.symbol)
        gap = t.difference(t.multiply(t.power(y, t.negative(order)), t.tail(y, order)), t.survival(y))
        parts.append(t.multiply(weight, gap))
    if any(proof.symbol in term.leaves for term in (proof.level, *(term for row in proof.tails for term in row[:3]))):
        raise Refusal("unique_root_of_tails", "weights, scales, orders and the level do not depend on the unknown")
    require_zero(t.difference(value, t.add(*parts)), "unique_root_of_tails")


def _function(
    check: Check, context: Context, goal: Statement, proof: records.UniqueRoot | records.UniqueRootOfTails
) -> tuple[Term, Term]:
    """Return the function of a goal that says that it has one root, and its value, which exists, at a fresh symbol."""
    if goal.op is not Op.UNIQUE_ROOT:
        raise Refusal("unique_root", "the goal is no unique root", goal)
    require_fresh(proof.symbol, "unique_root", context.leaves, goal.leaves)
    value = at(goal.args[0], proof.symbol)
    check(context, exists(value), proof.exists)
    return goal.args[0], value


def falling(context: Context, label: str, value: Term, slope: Term, x: Term) -> Context:
    """Return where a function must fall to have one root: where it is zero, or between breaks if its slope has some.

    A continuous function that falls at each of its roots is positive just below each and negative just above: between
    two of them it would have to rise through zero.
    """
    if slope.mentions(Head.DENSITY):
        return between_breaks(context, label, slope, x)
    return context.having(label, eq(value, ZERO))
