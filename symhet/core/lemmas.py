"""Named lemmas: the facts about powers, logarithms, exponentials, tails and functions that the core takes as rules.

Each has premises that must be proved and a conclusion that follows wherever its terms have values, in the bound
variables that stand for its arguments, in their order; the comment above it is the proof. They are the only facts of
analysis that are believed without a certificate. S, T and g are those of the distribution, z a productivity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from symhet.core.calculus import derivative
from symhet.language import statements as st
from symhet.language import terms as t
from symhet.language.definedness import evident
from symhet.language.refusals import Refusal
from symhet.language.statements import Op, Statement, at, eq, exists, le, lt, ne, positive
from symhet.language.terms import MINUS_ONE, ONE, SUPPORT, ZERO, Head, Term

Instance = tuple[tuple[Statement, ...], Statement]

X = _A = t.bound(0)
_B, _C = t.bound(1), t.bound(2)
_TANGENT = t.add(ONE, t.multiply(_B, t.difference(_A, ONE)))
_RAISED = t.add(_A, ONE)
_MASS = t.difference(t.survival(_A), t.survival(_B))
_GAIN = t.difference(t.tail(_A, _C), t.tail(_B, _C))
_FEWER = lt(t.survival(_B), t.survival(_A))
_BETWEEN = positive(_A), lt(_A, _B), _FEWER
_ENDS = positive(_B), positive(_C)
_INTEGRAL = t.integral(_A, _B, _C)
_AT_B, _AT_C = t.power(_B, _RAISED), t.power(_C, _RAISED)


def _scaled(order: Term) -> Term:
    return t.multiply(t.power(_A, t.negative(order)), t.tail(_A, order))


LEMMAS: Mapping[str, Instance] = MappingProxyType(
    {
        # The logarithm and the exponential increase.
        "pow_mono": ((positive(_A), lt(_A, _B), positive(_C)), lt(t.power(_A, _C), t.power(_B, _C))),
        # The logarithm and the exponential do not decrease.
        "pow_mono_weak": ((positive(_A), le(_A, _B), positive(_C)), le(t.power(_A, _C), t.power(_B, _C))),
        # Equals are put in for equals.
        "pow_equal": ((eq(_A, _B),), eq(t.power(_A, _C), t.power(_B, _C))),
        # x^e is strictly convex for e > 1, and the line is its tangent at 1.
        "bernoulli_above": ((positive(_A), ne(_A, ONE), lt(ONE, _B)), lt(_TANGENT, t.power(_A, _B))),
        # The logarithm is strictly concave, and the line is its tangent at 1.
        "log_below_tangent": ((positive(_A), ne(_A, ONE)), lt(t.log(_A), t.difference(_A, ONE))),
        # The logarithm increases.
        "log_mono": ((positive(_A), lt(_A, _B)), lt(t.log(_A), t.log(_B))),
        # The exponential increases.
        "exp_mono": ((lt(_A, _B),), lt(t.exp(_A), t.exp(_B))),
        # Two real numbers are ordered one way, equal, or ordered the other way.
        "trichotomy": ((), st.either(lt(_A, _B), eq(_A, _B), lt(_B, _A))),
        # A moment of an order above q >= p is finite, and so is one of an order above p: z^p <= 1 + z^q.
        "moment_below": ((le(_A, _B), exists(t.tail(ONE, _B))), exists(t.tail(ONE, _A))),
        # Every firm above x has productivity above x, and their mass S(x) is positive.
        "tail_excess": ((positive(_A), positive(_B)), lt(t.multiply(t.power(_A, _B), t.survival(_A)), t.tail(_A, _B))),
        # The density is not negative.
        "tail_survival_shrinks": ((positive(_A), le(_A, _B)), le(t.survival(_B), t.survival(_A))),
        # The density is positive on a part of (x, y), as y lies above the support's lower end.
        "tail_survival_falls": ((st.DENSE, positive(_A), lt(SUPPORT, _B), lt(_A, _B)), _FEWER),
        # The firms between are above x.
        "tail_between_lower": ((*_BETWEEN, positive(_C)), lt(t.multiply(t.power(_A, _C), _MASS), _GAIN)),
        # The firms between are below y.
        "tail_between_upper": ((*_BETWEEN, positive(_C)), lt(_GAIN, t.multiply(t.power(_B, _C), _MASS))),
        # There are firms between, and each adds a positive term.
        "tail_moment_falls": (_BETWEEN, lt(t.tail(_B, _C), t.tail(_A, _C))),
        # No more firms are above y than above x, and each adds a positive term.
        "tail_moment_shrinks": ((positive(_A), le(_A, _B)), le(t.tail(_B, _C), t.tail(_A, _C))),
        # (z/x)^p < (z/x)^q for every firm z above x.
        "scaled_moment_rises": ((positive(_A), lt(_B, _C)), lt(_scaled(_B), _scaled(_C))),
        # No productivity lies below the lower end of the support.
        "survival_below_support": ((positive(_A), le(_A, SUPPORT)), eq(t.survival(_A), ONE)),
        # b is the lower end of the support, so there is mass on (b, x).
        "survival_above_support": ((lt(SUPPORT, _A),), lt(t.survival(_A), ONE)),
        # Productivity is positive, so the lower end of its support is not negative.
        "support_not_negative": ((), le(ZERO, SUPPORT)),
        # g is a density: it is not negative where it has a value.
        "density_not_negative": ((), le(ZERO, t.density(_A))),
        # A density that is positive above b is positive at x > b where it has a value.
        "density_positive": ((st.DENSE, lt(SUPPORT, _A)), positive(t.density(_A))),
        # The antiderivative of x^e is x^(e+1)/(e+1), of 1/x the logarithm.
        "power_integral": ((*_ENDS, ne(_A, MINUS_ONE)), eq(_INTEGRAL, t.quotient(t.difference(_AT_C, _AT_B), _RAISED))),
        "reciprocal_integral": ((*_ENDS, eq(_A, MINUS_ONE)), eq(_INTEGRAL, t.difference(t.log(_C), t.log(_B)))),
        # x^(e+1)/(e+1) tends to zero with x, so the integral from zero converges to its end value.
        "power_integral_from_zero": (
            (positive(_B), lt(MINUS_ONE, _A)),
            eq(t.integral_from_zero(_A, _B), t.quotient(_AT_B, _RAISED)),
        ),
    }
)


def mean_value(function: Term, low: Term, high: Term) -> Instance:
    """A function of bound(0) that rises between two points, where it exists, is smaller at the lower one.

    It is continuous on the closed interval, where it exists, and breaks of G are countable, so that a slope of one sign
    between them is enough. The interval lies in the non-negative reals.
    """
    slope, inside = derivative(function, X), (lt(low, X), lt(X, high))
    exists_inside = everywhere(inside, exists(function))
    rises = everywhere((*inside, *between_breaks(slope, X)), positive(slope))
    return (lt(low, high), le(ZERO, low), exists_inside, rises), lt(at(function, low), at(function, high))


def concave_maximum(function: Term, point: Term, lower: Term, *upper: Term) -> Instance:
    """A strictly concave function of bound(0) with a stationary point between the ends has its only maximum there."""
    slope = derivative(function, X)
    inside = lt(lower, X), *(lt(X, end) for end in upper)
    order = le(ZERO, lower), lt(lower, point), *(lt(point, end) for end in upper)
    exists_inside = everywhere(inside, exists(t.add(function, slope)))
    bends = everywhere(inside, lt(derivative(slope, X), ZERO))
    return (*order, eq(at(slope, point), ZERO), exists_inside, bends), st.maximiser(function, point, lower, *upper)


def falling_root(function: Term, left: Term, right: Term) -> Instance:
    """A function of bound(0) that falls through each of its roots has one: between points of both signs, or one known.

    A continuous function that falls at each of its roots is positive just below each and negative just above: between
    two of them it would have to rise through zero. Where its slope has densities it falls between their breaks.
    """
    slope = derivative(function, X)
    where = between_breaks(slope, X) if slope.mentions(Head.DENSITY) else (eq(function, ZERO),)
    ends = positive(at(function, left)), lt(at(function, right), ZERO)
    signs = (eq(at(function, left), ZERO),) if left is right else ends
    falls = everywhere(where, lt(slope, ZERO))
    return (st.forall(exists(function)), falls, positive(left), positive(right), *signs), st.unique_root(function)


def falling_tails(function: Term, level: Term, *rows: Term) -> Instance:
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
    return (*premises, st.forall(eq(function, t.add(*parts)))), st.unique_root(function)


def everywhere(premises: Iterable[Statement], conclusion: Statement) -> Statement:
    """Return that for all positive values of bound(0) the conclusion follows from the premises, one after another."""
    for premise in reversed([*premises]):
        conclusion = st.implies(premise, conclusion)
    return st.forall(conclusion)


def between_breaks(slope: Term, x: Term) -> list[Statement]:
    """Return that x is no break: the densities of x times a positive constant in the slope have a value."""
    points = dict.fromkeys(node.args[0] for node in t.nodes(slope, Head.DENSITY) if _is_multiple(node.args[0], x))
    return [exists(t.density(point)) for point in points]


def _is_multiple(term: Term, x: Term) -> bool:
    factors = term.args if term.head is Head.PRODUCT else (term,)
    return sum(factor is x for factor in factors) == 1 and all(
        factor is x or (evident(factor) and x not in factor.leaves) for factor in factors
    )


PRINCIPLES: Mapping[str, Callable[..., Instance]] = MappingProxyType(
    {f.__name__: f for f in (mean_value, concave_maximum, falling_root, falling_tails)}
)
"""Lemmas about functions, by name: what they say is calculated from their arguments."""


@lru_cache(maxsize=4096)
def instance(name: str, arguments: tuple[Term, ...]) -> Instance:
    """Return premises and conclusion of the lemma ``name`` at ``arguments``.

    Raises
    ------
    Refusal
        When no lemma has that name, or it takes another number of arguments.

    Examples
    --------
    >>> x = t.symbol("x")
    >>> instance("exp_mono", (t.ZERO, x))[1] is lt(t.exp(t.ZERO), t.exp(x))
    True
    """
    if name in PRINCIPLES:
        return PRINCIPLES[name](*arguments)
    if name not in LEMMAS:
        raise Refusal("lemma", f"there is no lemma {name!r}")
    return applied(LEMMAS[name], arguments)


def applied(schema: Instance, arguments: tuple[Term, ...]) -> Instance:
    """Return premises and conclusion with arguments put in for the bound variables, each of which has one."""
    mapping = {t.bound(index): argument for index, argument in enumerate(arguments)}
    parts = schema[1], *schema[0]
    if len(arguments) != max(part.reach for part in parts):
        raise Refusal("lemma", f"{len(arguments)} is another number of arguments than the lemma takes")
    conclusion, *premises = [t.replace(part, mapping) for part in parts]
    return tuple(premises), conclusion


def wanted(name: str, conclusion: Statement) -> list[Term]:
    """Return the terms that must have values for the conclusion of an instance of the lemma ``name`` to follow.

    They are those of the relations that it concludes; where the lemma says that a term has a value, its parts. An
    instance of another lemma that reads the same, as both sides happen to be one term, asks for the term itself.
    """
    if name == "moment_below":
        return list(conclusion.args[0].children)
    relations = conclusion.args if conclusion.op is Op.OR else (conclusion,)
    return [term for relation in relations if relation.is_relation for term in relation.args]
