"""The normal form: whether a term is zero, or positive, if all terms that are asked about together have values.

The answers hold at every valuation at which all the terms given to one call of `forms` have values, and say nothing
about others: no conditions are returned, because whoever asks has shown that the terms exist. See `values` for what
the form is. What is believed of FLINT is the arithmetic of polynomials and numbers, and their conversion from and to
dicts; factors of numbers and common divisors are multiplied together again.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from flint import fmpq

from symhet.core.normal.conversion import converted
from symhet.core.normal.values import Value, Values
from symhet.language.refusals import Refusal
from symhet.language.terms import Head, Term, is_term

__all__ = ["constant", "signs"]


@lru_cache(maxsize=65536)
def signs(terms: tuple[Term, ...]) -> tuple[int | None, ...]:
    """Return the sign of each of several terms that all have values: 1, 0, -1, or None where the form shows none.

    Raises
    ------
    Refusal
        When they are outside the class that is decided, or plainly never exist together.

    Examples
    --------
    >>> from symhet.language.terms import ONE, difference, power, symbol, whole_power
    >>> x, s = symbol("x"), symbol("s")
    >>> gap = difference(whole_power(power(x, s), 2), power(x, difference(s, difference(ONE, s))))
    >>> signs((gap, power(x, s)))
    (None, 1)
    """
    if type(terms) is not tuple or not all(map(is_term, terms)):
        raise Refusal("normal form", "not terms")
    conversion, values = converted(terms)
    return tuple([_sign(conversion, value) for value in values])


def _sign(values: Values, value: Value) -> int | None:
    if sign := values.sign(value):
        return sign
    outer, rest = values.expanded(value)
    return values.sign({outer: 1}) * values.sign(rest) or (None if rest else 0)


@lru_cache(maxsize=32768)
def constant(term: Term) -> Fraction | None:
    """Return the rational number that a term with a value is, None where its form is no number.

    Examples
    --------
    >>> from symhet.language.terms import number, power
    >>> constant(power(number(4, 9), number(-3, 2)))
    Fraction(27, 8)
    """
    if term.head is Head.NUMBER:
        return Fraction(*term.args)
    conversion, (value,) = converted((term,))
    outer, rest = conversion.expanded(value)
    if rest and (outer or rest.keys() != {()}):
        return None
    exact = fmpq(rest.get((), 0))
    return Fraction(int(exact.p), int(exact.q))
