"""Quotients that have a limit where doubles have none: what they look like."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import sympy as sp

from symhet.numerics.compiled.cancelling import is_power_product, split_power

__all__ = ["Part", "mean", "mean_with_one", "over_excess", "power_less_one", "shared"]


class Part(NamedTuple):
    """A term of a mean: weight times base to an exponent."""

    weight: sp.Expr
    base: sp.Expr
    exponent: sp.Expr


def power_less_one(term: sp.Expr) -> tuple[int, sp.Expr] | None:
    """Return sign and power of a term sign * (power - 1) with one symbolic exponent; None for another term.

    Examples
    --------
    >>> x, s = sp.symbols("x s", positive=True)
    >>> power_less_one(1 - x**s)
    (-1, x**s)
    """
    if not isinstance(term, sp.Add) or len(term.args) != 2 or abs(term.args[0]) != 1:
        return None
    one, power = term.args
    sign = -int(one)
    power = sign * power
    return (sign, power) if is_power_product(power) and not isinstance(power, sp.Mul) else None


def shared(term: sp.Expr, divisor: sp.Expr) -> sp.Expr | None:
    """Return a term over a divisor that divides it, None where it does not.

    Examples
    --------
    >>> r, x = sp.symbols("r x")
    >>> shared(r * x - r, r), shared(x + 1, r)
    (x - 1, None)
    """
    quotient = sp.cancel(term / divisor)
    return None if sp.fraction(quotient)[1].free_symbols else quotient


def over_excess(base: sp.Expr, divisor: sp.Expr) -> int:
    """Return the sign with which a divisor is the excess of a base over one, zero where it is not."""
    return next((sign for sign in (1, -1) if sp.expand(sign * (base - 1) - divisor) == 0), 0)


@cache
def mean(base: sp.Expr) -> tuple[Part, ...]:
    """Return the parts of a sum of powers whose weights add up to one, nothing for another term.

    Examples
    --------
    >>> x, y, a, r = sp.symbols("x y a r", positive=True)
    >>> [part.base for part in mean(a * x**r + (1 - a) * y**r)], mean(x**r + y**r)
    ([x, y], ())
    """
    if not isinstance(base, sp.Add):
        return ()
    parts: list[Part] = []
    for term in base.args:
        weight, power = split_power(term)
        if power == 1 or isinstance(power, sp.Mul):
            return ()
        parts.append(Part(weight, *power.as_base_exp()))
    return tuple(parts) if sp.expand(sp.Add(*(part.weight for part in parts))) == 1 else ()


@cache
def mean_with_one(base: sp.Expr) -> tuple[Part, ...]:
    """Return the parts of a mean of one and powers with a common exponent, nothing for another term.

    Examples
    --------
    >>> x, a, r = sp.symbols("x a r", positive=True)
    >>> [part.weight for part in mean_with_one(a * x**r + 1 - a)], mean_with_one(1 + x**r)
    ([a, 1 - a], ())
    """
    plain = [term for term in sp.Add.make_args(base) if split_power(term)[1] == 1]
    rest = sp.Add(*plain)
    powers = [split_power(term) for term in sp.Add.make_args(base - rest)]
    parts = [Part(weight, *power.as_base_exp()) for weight, power in powers]
    exponents = {part.exponent for part in parts}
    if not plain or len(exponents) != 1 or any(isinstance(power, sp.Mul) for _, power in powers):
        return ()
    whole = (*parts, Part(rest, sp.S.One, exponents.pop()))
    return whole if sp.expand(sp.Add(*(part.weight for part in whole))) == 1 else ()
