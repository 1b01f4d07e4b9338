"""Distributions whose tails have a form in the language: closed above the support's lower end and below its upper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from symhet.language import terms as t
from symhet.language.integrals import integrated
from symhet.language.terms import Term


@dataclass(frozen=True)
class Law:
    """A distribution with closed tails.

    Parameters
    ----------
    low, high : Term
        The ends of its support; None where it has no upper end.
    mass : callable
        S(x) for x in the support, its ends included.
    moment : callable
        T(x, order) there, told whether that moment is known to be finite; it has a value exactly where it is finite.
    density : callable
        g(x) for x inside the support.
    """

    low: Term
    high: Term | None
    mass: Callable[[Term], Term]
    moment: Callable[[Term, Term, bool], Term]
    density: Callable[[Term], Term]


def pareto(shape: Term, scale: Term) -> Law:
    """Return the Pareto law S(x) = (x/scale)^(-shape).

    Examples
    --------
    >>> from symhet.language.spelling import text
    >>> k, b, x = t.symbol("k"), t.symbol("b"), t.symbol("x")
    >>> text(pareto(k, b).mass(x))
    '(x/b)^(-k)'
    """
    weight = t.multiply(shape, t.power(scale, shape))

    def moment(x: Term, order: Term, finite: bool) -> Term:
        excess = less(shape, order)
        inverse = t.whole_power(excess, -1) if finite else t.power(excess, t.MINUS_ONE)
        return t.multiply(*weight.args, t.power(x, less(order, shape)), inverse)

    return Law(
        scale,
        None,
        lambda x: t.power(over(x, scale), t.negative(shape)),
        moment,
        lambda x: t.multiply(*weight.args, t.power(x, t.add(t.negative(shape), t.MINUS_ONE))),
    )


def bounded_pareto(shape: Term, scale: Term, upper: Term) -> Law:
    """Return the Pareto law cut off at an upper end."""
    whole = less(t.ONE, t.power(over(scale, upper), shape))
    exponent = t.add(t.negative(shape), t.MINUS_ONE)
    weight = t.multiply(shape, t.power(scale, shape), t.whole_power(whole, -1))
    beyond = t.power(over(scale, upper), shape)
    return Law(
        scale,
        upper,
        lambda x: t.multiply(less(t.power(over(scale, x), shape), beyond), t.whole_power(whole, -1)),
        lambda x, order, finite: t.multiply(*weight.args, t.integral(t.add(order, exponent), x, upper)),
        lambda x: t.multiply(*weight.args, t.power(x, exponent)),
    )


def uniform(low: Term, high: Term) -> Law:
    """Return the uniform law between two ends."""
    height = t.whole_power(less(high, low), -1)

    def moment(x: Term, order: Term, finite: bool) -> Term:
        z = t.symbol("z_of_the_law")
        inner = integrated(t.multiply(t.ONE, t.power(z, order)), z, x, high)
        assert inner is not None
        return t.multiply(height, inner)

    return Law(low, high, lambda x: t.multiply(less(high, x), height), moment, lambda x: height)


CLOSED: Mapping[str, Callable[..., Law]] = {"pareto": pareto, "bounded-pareto": bounded_pareto, "uniform": uniform}


def less(one: Term, other: Term) -> Term:
    """Return ``one - other`` as it is typed: a number keeps its own sign, a zero is left out."""
    if other is t.ZERO:
        return one
    if other.head is t.Head.NUMBER:
        return t.add(one, t.number(-other.args[0], other.args[1]))
    return t.difference(one, other)


def over(one: Term, other: Term) -> Term:
    """Return ``one / other`` as it is typed: a number is inverted."""
    if other.head is t.Head.NUMBER and other.args[0]:
        return t.multiply(one, t.number(other.args[1], other.args[0]))
    return t.quotient(one, other)
