"""Named lemmas: the facts about powers, logarithms, exponentials and tails that the core takes as rules.

Each schema maps its arguments to the premises that must be proved and the conclusion that follows wherever its terms
have values; its docstring is the proof. They are the only facts of analysis that are believed without a certificate.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.statements import DENSE, Statement, either, eq, exists, le, lt, ne, positive
from symhet.language.terms import MINUS_ONE, ONE, SUPPORT, ZERO, Term

Instance = tuple[tuple[Statement, ...], Statement]


def pow_gt_one(base: Term, exponent: Term) -> Instance:
    """x > 1 and e > 0 give x^e > 1: x^e = exp(e ln x) with e ln x > 0."""
    return (lt(ONE, base), positive(exponent)), lt(ONE, t.power(base, exponent))


def pow_lt_one(base: Term, exponent: Term) -> Instance:
    """0 < x < 1 and e > 0 give x^e < 1: e ln x < 0."""
    return (positive(base), lt(base, ONE), positive(exponent)), lt(t.power(base, exponent), ONE)


def pow_mono(small: Term, large: Term, exponent: Term) -> Instance:
    """0 < a < b and e > 0 give a^e < b^e: the logarithm and the exponential increase."""
    premises = positive(small), lt(small, large), positive(exponent)
    return premises, lt(t.power(small, exponent), t.power(large, exponent))


def pow_mono_weak(small: Term, large: Term, exponent: Term) -> Instance:
    """0 < a <= b and e > 0 give a^e <= b^e: the logarithm and the exponential do not decrease."""
    premises = positive(small), le(small, large), positive(exponent)
    return premises, le(t.power(small, exponent), t.power(large, exponent))


def pow_exponent(base: Term, low: Term, high: Term) -> Instance:
    """x > 1 and p < q give x^p < x^q: p ln x < q ln x."""
    return (lt(ONE, base), lt(low, high)), lt(t.power(base, low), t.power(base, high))


def pow_exponent_below(base: Term, low: Term, high: Term) -> Instance:
    """0 < x < 1 and p < q give x^q < x^p: q ln x < p ln x since ln x < 0."""
    return (positive(base), lt(base, ONE), lt(low, high)), lt(t.power(base, high), t.power(base, low))


def _tangent(base: Term, exponent: Term) -> Term:
    return t.add(ONE, t.multiply(exponent, t.difference(base, ONE)))


def bernoulli_above(base: Term, exponent: Term) -> Instance:
    """x > 0, x != 1 and e > 1 give x^e > 1 + e(x - 1): x^e is strictly convex, the line is its tangent at 1."""
    return (positive(base), ne(base, ONE), lt(ONE, exponent)), lt(_tangent(base, exponent), t.power(base, exponent))


def bernoulli_negative(base: Term, exponent: Term) -> Instance:
    """x > 0, x != 1 and e < 0 give x^e > 1 + e(x - 1): x^e is strictly convex for e < 0."""
    return (positive(base), ne(base, ONE), lt(exponent, ZERO)), lt(_tangent(base, exponent), t.power(base, exponent))


def bernoulli_below(base: Term, exponent: Term) -> Instance:
    """x > 0, x != 1 and 0 < e < 1 give x^e < 1 + e(x - 1): x^e is strictly concave."""
    premises = positive(base), ne(base, ONE), positive(exponent), lt(exponent, ONE)
    return premises, lt(t.power(base, exponent), _tangent(base, exponent))


def log_below_tangent(argument: Term) -> Instance:
    """x > 0 and x != 1 give ln x < x - 1: the logarithm is strictly concave, the line is its tangent at 1."""
    return (positive(argument), ne(argument, ONE)), lt(t.log(argument), t.difference(argument, ONE))


def log_positive(argument: Term) -> Instance:
    """x > 1 gives ln x > 0."""
    return (lt(ONE, argument),), positive(t.log(argument))


def log_negative(argument: Term) -> Instance:
    """0 < x < 1 gives ln x < 0."""
    return (positive(argument), lt(argument, ONE)), lt(t.log(argument), ZERO)


def log_mono(small: Term, large: Term) -> Instance:
    """0 < a < b give ln a < ln b: the logarithm increases."""
    return (positive(small), lt(small, large)), lt(t.log(small), t.log(large))


def exp_mono(small: Term, large: Term) -> Instance:
    """A < b give exp a < exp b: the exponential increases."""
    return (lt(small, large),), lt(t.exp(small), t.exp(large))


def exp_above_tangent(argument: Term) -> Instance:
    """X != 0 gives exp x > 1 + x: the exponential is strictly convex, the line is its tangent at 0."""
    return (ne(argument, ZERO),), lt(t.add(ONE, argument), t.exp(argument))


def square_not_negative(term: Term) -> Instance:
    """x^2 >= 0 wherever x has a value."""
    return (), le(ZERO, t.whole_power(term, 2))


def trichotomy(left: Term, right: Term) -> Instance:
    """Two real numbers are ordered one way, equal, or ordered the other way."""
    return (), either(lt(left, right), eq(left, right), lt(right, left))


def moment_below(order: Term, high: Term) -> Instance:
    """A moment of an order above q >= p is finite, and so is one of an order above p: z^p <= 1 + z^q."""
    return (le(order, high), exists(t.tail(ONE, high))), exists(t.tail(ONE, order))


def tail_excess(cutoff: Term, order: Term) -> Instance:
    """T(x) > x^k S(x) for k > 0: every firm above x has productivity above x, and their mass S(x) is positive."""
    bound = t.multiply(t.power(cutoff, order), t.survival(cutoff))
    return (positive(cutoff), positive(order)), lt(bound, t.tail(cutoff, order))


def tail_survival_shrinks(low: Term, high: Term) -> Instance:
    """0 < x <= y give S(y) <= S(x): the density is not negative."""
    return (positive(low), le(low, high)), le(t.survival(high), t.survival(low))


def tail_survival_falls(low: Term, high: Term) -> Instance:
    """0 < x < y, b < y and a positive density above b give S(y) < S(x): it is positive on a part of (x, y)."""
    return (DENSE, positive(low), lt(SUPPORT, high), lt(low, high)), lt(t.survival(high), t.survival(low))


def _between(low: Term, high: Term, order: Term) -> tuple[tuple[Statement, ...], Term, Term]:
    """Return the premises that firms stand between two cutoffs, their mass, and their part of the moment."""
    mass = t.difference(t.survival(low), t.survival(high))
    gain = t.difference(t.tail(low, order), t.tail(high, order))
    return (positive(low), lt(low, high), lt(t.survival(high), t.survival(low)), positive(order)), mass, gain


def tail_between_lower(low: Term, high: Term, order: Term) -> Instance:
    """0 < x < y, S(y) < S(x), k > 0 give T(x) - T(y) > x^k (S(x) - S(y)): the firms between are above x."""
    premises, mass, gain = _between(low, high, order)
    return premises, lt(t.multiply(t.power(low, order), mass), gain)


def tail_between_upper(low: Term, high: Term, order: Term) -> Instance:
    """0 < x < y, S(y) < S(x), k > 0 give T(x) - T(y) < y^k (S(x) - S(y)): the firms between are below y."""
    premises, mass, gain = _between(low, high, order)
    return premises, lt(gain, t.multiply(t.power(high, order), mass))


def tail_moment_falls(low: Term, high: Term, order: Term) -> Instance:
    """0 < x < y, S(y) < S(x) give T(y) < T(x): there are firms between, and each adds a positive term."""
    premises, *_ = _between(low, high, order)
    return premises[:3], lt(t.tail(high, order), t.tail(low, order))


def tail_moment_shrinks(low: Term, high: Term, order: Term) -> Instance:
    """0 < x <= y give T(y) <= T(x): no more firms are above y, and each adds a positive term."""
    return (positive(low), le(low, high)), le(t.tail(high, order), t.tail(low, order))


def scaled_moment_rises(cutoff: Term, low: Term, high: Term) -> Instance:
    """x > 0 and p < q give x^-p T(x, p) < x^-q T(x, q): (z/x)^p < (z/x)^q for every firm z above x."""
    below, above = (t.multiply(t.power(cutoff, t.negative(order)), t.tail(cutoff, order)) for order in (low, high))
    return (positive(cutoff), lt(low, high)), lt(below, above)


def survival_below_support(point: Term) -> Instance:
    """0 < x <= b gives S(x) = 1: no productivity lies below the lower end of the support."""
    return (positive(point), le(point, SUPPORT)), eq(t.survival(point), ONE)


def survival_at_most_one(point: Term) -> Instance:
    """S is one less a probability."""
    return (positive(point),), le(t.survival(point), ONE)


def survival_above_support(point: Term) -> Instance:
    """x > b gives S(x) < 1: b is the lower end of the support, so there is mass on (b, x)."""
    return (lt(SUPPORT, point),), lt(t.survival(point), ONE)


def support_not_negative() -> Instance:
    """Productivity is positive, so the lower end of its support is not negative."""
    return (), le(ZERO, SUPPORT)


def density_not_negative(point: Term) -> Instance:
    """g is a density: it is not negative where it has a value."""
    return (), le(ZERO, t.density(point))


def density_positive(point: Term) -> Instance:
    """A density that is positive above b is positive at x > b where it has a value."""
    return (DENSE, lt(SUPPORT, point)), positive(t.density(point))


def power_integral(exponent: Term, low: Term, high: Term) -> Instance:
    """0 < low, 0 < high and e != -1: the integral of x^e is the difference of its antiderivative x^(e+1)/(e+1)."""
    raised = t.add(exponent, ONE)
    value = t.quotient(t.difference(t.power(high, raised), t.power(low, raised)), raised)
    return (positive(low), positive(high), ne(exponent, MINUS_ONE)), eq(t.integral(exponent, low, high), value)


def reciprocal_integral(low: Term, high: Term) -> Instance:
    """0 < low and 0 < high: the integral of 1/x is the difference of its antiderivative ln x."""
    return (positive(low), positive(high)), eq(t.integral(MINUS_ONE, low, high), t.difference(t.log(high), t.log(low)))


def power_integral_from_zero(exponent: Term, high: Term) -> Instance:
    """0 < high and e > -1: x^(e+1)/(e+1) tends to zero with x, so the integral from zero converges to its end value."""
    raised = t.add(exponent, ONE)
    value = t.quotient(t.power(high, raised), raised)
    return (positive(high), lt(MINUS_ONE, exponent)), eq(t.integral_from_zero(exponent, high), value)


# Every public function above is a lemma.
SCHEMAS: Mapping[str, Callable[..., Instance]] = MappingProxyType(
    {
        name: made
        for name, made in globals().items()
        if not name.startswith("_") and getattr(made, "__module__", "") == __name__
    }
)


def instance(name: str, arguments: tuple[Term, ...]) -> Instance:
    """Return premises and conclusion of the lemma ``name`` at ``arguments``.

    Raises
    ------
    Refusal
        When no lemma has that name, or it takes another number of arguments.

    Examples
    --------
    >>> instance("log_positive", (t.symbol("x"),))[1] is positive(t.log(t.symbol("x")))
    True
    """
    schema = SCHEMAS.get(name)
    if schema is None:
        raise Refusal("lemma", f"there is no lemma {name!r}")
    if len(arguments) != schema.__code__.co_argcount:
        raise Refusal("lemma", f"{name} takes {schema.__code__.co_argcount} arguments")
    return schema(*arguments)
