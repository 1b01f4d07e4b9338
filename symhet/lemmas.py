"""Named lemmas: the inequalities about powers, logarithms and tails that the kernel takes as rules.

Each schema maps its arguments to the premises that must be proved and the conclusion that follows; its docstring
is the proof. They are the only facts of analysis that the kernel believes without a certificate.
"""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

import sympy as sp

from symhet.algebra.integrals import PowerIntegral
from symhet.algebra.tails import SUPPORT, Density, Survival, TailMoment
from symhet.propositions import Or, Prop, eq, gt, le, lt, ne

Instance = tuple[tuple[Prop, ...], Prop]


def pow_gt_one(base: sp.Expr, exponent: sp.Expr) -> Instance:
    """x > 1 and e > 0 give x^e > 1: x^e = exp(e ln x) with e ln x > 0."""
    return (gt(base, 1), gt(exponent, 0)), gt(base**exponent, 1)


def pow_lt_one(base: sp.Expr, exponent: sp.Expr) -> Instance:
    """0 < x < 1 and e > 0 give x^e < 1: e ln x < 0."""
    return (gt(base, 0), lt(base, 1), gt(exponent, 0)), lt(base**exponent, 1)


def pow_mono(small: sp.Expr, large: sp.Expr, exponent: sp.Expr) -> Instance:
    """0 < a < b and e > 0 give a^e < b^e: the logarithm and the exponential increase."""
    return (gt(small, 0), lt(small, large), gt(exponent, 0)), lt(small**exponent, large**exponent)


def pow_mono_weak(small: sp.Expr, large: sp.Expr, exponent: sp.Expr) -> Instance:
    """0 < a <= b and e > 0 give a^e <= b^e: the logarithm and the exponential do not decrease."""
    return (gt(small, 0), le(small, large), gt(exponent, 0)), le(small**exponent, large**exponent)


def pow_exponent(base: sp.Expr, low: sp.Expr, high: sp.Expr) -> Instance:
    """x > 1 and p < q give x^p < x^q: p ln x < q ln x."""
    return (gt(base, 1), lt(low, high)), lt(base**low, base**high)


def pow_exponent_below(base: sp.Expr, low: sp.Expr, high: sp.Expr) -> Instance:
    """0 < x < 1 and p < q give x^q < x^p: q ln x < p ln x since ln x < 0."""
    return (gt(base, 0), lt(base, 1), lt(low, high)), lt(base**high, base**low)


def bernoulli_above(base: sp.Expr, exponent: sp.Expr) -> Instance:
    """x > 0, x != 1 and e > 1 give x^e > 1 + e(x - 1): x^e is strictly convex, the line is its tangent at 1."""
    return (gt(base, 0), ne(base, 1), gt(exponent, 1)), gt(base**exponent, 1 + exponent * (base - 1))


def bernoulli_negative(base: sp.Expr, exponent: sp.Expr) -> Instance:
    """x > 0, x != 1 and e < 0 give x^e > 1 + e(x - 1): x^e is strictly convex for e < 0."""
    return (gt(base, 0), ne(base, 1), lt(exponent, 0)), gt(base**exponent, 1 + exponent * (base - 1))


def bernoulli_below(base: sp.Expr, exponent: sp.Expr) -> Instance:
    """x > 0, x != 1 and 0 < e < 1 give x^e < 1 + e(x - 1): x^e is strictly concave."""
    premises = (gt(base, 0), ne(base, 1), gt(exponent, 0), lt(exponent, 1))
    return premises, lt(base**exponent, 1 + exponent * (base - 1))


def log_below_tangent(argument: sp.Expr) -> Instance:
    """x > 0 and x != 1 give ln x < x - 1: the logarithm is strictly concave, the line is its tangent at 1."""
    return (gt(argument, 0), ne(argument, 1)), lt(sp.log(argument), argument - 1)


def log_positive(argument: sp.Expr) -> Instance:
    """x > 1 gives ln x > 0."""
    return (gt(argument, 1),), gt(sp.log(argument), 0)


def log_negative(argument: sp.Expr) -> Instance:
    """0 < x < 1 gives ln x < 0."""
    return (gt(argument, 0), lt(argument, 1)), lt(sp.log(argument), 0)


def trichotomy(left: sp.Expr, right: sp.Expr) -> Instance:
    """Two real numbers are ordered one way, the other way, or equal."""
    return (), Or((lt(left, right), eq(left, right), gt(left, right)))


def tail_excess(cutoff: sp.Expr, moment: sp.Expr) -> Instance:
    """T(x) > x^k S(x) for k > 0: every firm above x has productivity above x, and their mass S(x) is positive."""
    bound = cutoff**moment * Survival(cutoff)
    return (gt(cutoff, 0), gt(moment, 0)), gt(TailMoment(cutoff, moment), bound)


def tail_survival_falls(low: sp.Expr, high: sp.Expr) -> Instance:
    """0 < x < y, y inside the support, give S(y) < S(x): the density is positive on a part of (x, y)."""
    return (gt(low, 0), lt(SUPPORT, high), lt(low, high)), lt(Survival(high), Survival(low))


def tail_between_lower(low: sp.Expr, high: sp.Expr, moment: sp.Expr) -> Instance:
    """0 < x < y, y in the support, k > 0 give T(x) - T(y) > x^k (S(x) - S(y)): the firms between are above x."""
    mass = Survival(low) - Survival(high)
    gain = TailMoment(low, moment) - TailMoment(high, moment)
    return (gt(low, 0), lt(SUPPORT, high), lt(low, high), gt(moment, 0)), lt(low**moment * mass, gain)


def tail_between_upper(low: sp.Expr, high: sp.Expr, moment: sp.Expr) -> Instance:
    """0 < x < y, y in the support, k > 0 give T(x) - T(y) < y^k (S(x) - S(y)): the firms between are below y."""
    mass = Survival(low) - Survival(high)
    gain = TailMoment(low, moment) - TailMoment(high, moment)
    return (gt(low, 0), lt(SUPPORT, high), lt(low, high), gt(moment, 0)), lt(gain, high**moment * mass)


def tail_moment_falls(low: sp.Expr, high: sp.Expr, moment: sp.Expr) -> Instance:
    """0 < x < y and S(y) < S(x) give T(y) < T(x): there are firms between, and each adds a positive term."""
    premises = (gt(low, 0), lt(low, high), lt(Survival(high), Survival(low)))
    return premises, lt(TailMoment(high, moment), TailMoment(low, moment))


def tail_moment_shrinks(low: sp.Expr, high: sp.Expr, moment: sp.Expr) -> Instance:
    """0 < x < y give T(y) <= T(x), in the support or not: fewer firms are above y, and each adds a positive term."""
    return (gt(low, 0), lt(low, high)), le(TailMoment(high, moment), TailMoment(low, moment))


def scaled_moment_rises(cutoff: sp.Expr, low: sp.Expr, high: sp.Expr) -> Instance:
    """x > 0 and p < q give x^-p T(x, p) < x^-q T(x, q): (z/x)^p < (z/x)^q for every firm z above x."""
    moments = (cutoff**-power * TailMoment(cutoff, power) for power in (low, high))
    return (gt(cutoff, 0), lt(low, high)), lt(*moments)


def density_not_negative(point: sp.Expr) -> Instance:
    """x > 0 gives g(x) >= 0, where the density has a value."""
    return (gt(point, 0),), le(0, Density(point))


def density_positive(point: sp.Expr) -> Instance:
    """x above the lower end of the support gives g(x) > 0: the density is positive inside the support."""
    return (lt(SUPPORT, point),), gt(Density(point), 0)


def power_integral(exponent: sp.Expr, low: sp.Expr, high: sp.Expr) -> Instance:
    """0 < low < high and e != -1: the integral of x^e is the difference of x^(e+1)/(e+1), its antiderivative."""
    value = (high ** (exponent + 1) - low ** (exponent + 1)) / (exponent + 1)
    premises = (gt(low, 0), le(low, high), ne(exponent, -1))
    return premises, eq(PowerIntegral(exponent, low, high), value)


def power_integral_from_zero(exponent: sp.Expr, high: sp.Expr) -> Instance:
    """0 < high and e > -1: x^(e+1)/(e+1) tends to zero with x, so the integral from zero converges to its end value."""
    value = high ** (exponent + 1) / (exponent + 1)
    return (gt(high, 0), lt(-1, exponent)), eq(PowerIntegral(exponent, sp.S.Zero, high), value)


SCHEMAS: MappingProxyType[str, Callable[..., Instance]] = MappingProxyType(
    {
        schema.__name__: schema
        for schema in (
            pow_gt_one,
            pow_lt_one,
            pow_mono,
            pow_mono_weak,
            pow_exponent,
            pow_exponent_below,
            bernoulli_above,
            bernoulli_negative,
            bernoulli_below,
            log_below_tangent,
            log_positive,
            log_negative,
            trichotomy,
            tail_excess,
            tail_survival_falls,
            tail_between_lower,
            tail_between_upper,
            tail_moment_falls,
            tail_moment_shrinks,
            scaled_moment_rises,
            density_not_negative,
            density_positive,
            power_integral,
            power_integral_from_zero,
        )
    }
)


def instance(name: str, arguments: tuple[sp.Expr, ...]) -> Instance:
    """Return premises and conclusion of the lemma ``name`` at ``arguments``.

    Raises
    ------
    KeyError
        When no lemma has that name.

    Examples
    --------
    >>> x = sp.Symbol("x", positive=True)
    >>> str(instance("pow_gt_one", (1 + x, x))[1])
    '1 < (x + 1)**x'
    """
    return SCHEMAS[name](*arguments)


__all__ = ["SCHEMAS", "Instance", "instance"]
