"""Sums of powers in which some are taken away, as sums of differences: a difference of two powers is one `expm1`."""

from __future__ import annotations

from functools import cache, reduce
from random import Random
from typing import NamedTuple

import numpy as np
import sympy as sp
from numpy.typing import NDArray

__all__ = ["Difference", "differences", "is_power_product", "split_power"]


class Difference(NamedTuple):
    """A coefficient times the difference of two products of powers; ``less`` is None where nothing is taken away."""

    coefficient: sp.Expr
    power: sp.Expr
    less: sp.Expr | None


def is_power_product(term: sp.Expr) -> bool:
    """Tell whether a term is a product of positive powers with symbolic exponents, and of nothing else."""
    factors = sp.Mul.make_args(term)
    return all(f.is_positive and not isinstance(f.as_base_exp()[1], sp.Rational) for f in factors)


def split_power(term: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
    """Return the coefficient of a term and its product of powers with symbolic exponents, which is one if it has none.

    Examples
    --------
    >>> x, a, s = sp.symbols("x a s", positive=True)
    >>> split_power(a * (1 - a) * x**s)
    (a*(1 - a), x**s)
    """
    factors = sp.Mul.make_args(term)
    powers = [factor for factor in factors if is_power_product(factor)]
    return sp.Mul(*(factor for factor in factors if factor not in powers)), sp.Mul(*powers)


@cache
def differences(total: sp.Add) -> tuple[Difference, ...]:
    """Return a sum as differences of powers and what is left, or nothing where no power is taken from another.

    A power is taken from another if their coefficients are equal or differ by something of known sign, which stays as
    a term of its own: x^s - (1 - a) y^s is (x^s - y^s) + a y^s.

    Parameters
    ----------
    total : Add
        A sum.

    Returns
    -------
    tuple of Difference
        Their sum is the total.

    Examples
    --------
    >>> x, y, z, a, s = sp.symbols("x y z a s", positive=True)
    >>> for part in differences(x**s - (1 + a) * y**s + a * z**s):
    ...     print(part.coefficient, part.power, part.less)
    1 x**s y**s
    a z**s y**s
    """
    plus: list[tuple[sp.Expr, sp.Expr]] = []
    minus: list[tuple[sp.Expr, sp.Expr]] = []
    for term in total.args:
        away = term.could_extract_minus_sign()
        (minus if away else plus).append(split_power(-term if away else term))
    found: list[Difference] = []
    left: list[tuple[sp.Expr, sp.Expr]] = []
    while minus:
        weight, power = minus.pop()
        partner, excess = _partner(plus, weight, power)
        if partner is None:
            left.append((weight, power))
            continue
        plus.remove(partner)
        found.append(Difference(partner[0], partner[1], power))
        if excess != 0:
            (minus if excess.is_positive else plus).append((partner[0] * abs(excess), power))
    if not found:
        return ()
    found += [Difference(weight, power, None) for weight, power in plus]
    return (*found, *(Difference(-weight, power, None) for weight, power in left))


def _partner(
    plus: list[tuple[sp.Expr, sp.Expr]], weight: sp.Expr, power: sp.Expr
) -> tuple[tuple[sp.Expr, sp.Expr] | None, sp.Expr]:
    """Return the term that a power is best taken from, and by how much of that term's weight its own is greater."""
    if power == 1:
        return None, sp.S.Zero
    others = [other for other in plus if other[1] != power and not _either_is_more(weight, other[0])]
    excesses = [(other, sp.cancel(weight / other[0]) - 1) for other in others]
    known = [found for found in excesses if found[1] == 0 or _has_a_sign(found[1])]
    return min(known, key=lambda found: found[1] != 0, default=(None, sp.S.Zero))


def _has_a_sign(excess: sp.Expr) -> bool:
    return not excess.is_number and bool(excess.is_positive or excess.is_negative)


def _either_is_more(one: sp.Expr, other: sp.Expr) -> bool:
    """Tell whether each of two terms is clearly greater at some point, so that their quotient less one has no sign."""
    with np.errstate(all="ignore"):
        excess = _at_points(one) / _at_points(other) - 1
    return bool((excess > _CLEARLY).any() and (excess < -_CLEARLY).any())


_POINTS, _CLEARLY = 64, 1e-3


@cache
def _at_points(term: sp.Expr) -> NDArray[np.float64]:
    """Return a term at random points, NaN where it has no value or none is known."""
    if term.is_Symbol:
        rng = Random(term.name)
        # NumPy's generators take no names as seeds.
        drawn = np.array([rng.gauss(0, 1) for _ in range(_POINTS)])
        return np.exp(drawn) if term.is_nonnegative else -np.exp(drawn) if term.is_nonpositive else drawn
    if isinstance(term, sp.Number):
        return np.full(_POINTS, float(term))
    parts = [_at_points(part) for part in term.args]
    with np.errstate(all="ignore"):
        for kind, operation in ((sp.Add, np.add), (sp.Mul, np.multiply), (sp.Pow, np.power)):
            if isinstance(term, kind):
                return reduce(operation, parts)
    return np.full(_POINTS, np.nan)
