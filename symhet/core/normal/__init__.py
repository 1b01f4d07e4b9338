"""The normal form: whether a term is zero, or positive, if all terms that are asked about together have values.

The answers hold at every valuation at which all the terms given to one call of `forms` have values, and say nothing
about others: no conditions are returned, because whoever asks has shown that the terms exist. See `values` for what
the form is. What is believed of FLINT is the arithmetic of polynomials and numbers, and their conversion from and to
dicts; factors of numbers and common divisors are multiplied together again.
"""

from __future__ import annotations

from functools import lru_cache

from symhet.core.normal.conversion import converted
from symhet.core.normal.values import Value, Values
from symhet.language.refusals import Refusal
from symhet.language.terms import Term, is_term

__all__ = ["Form", "forms"]


class Form:
    """The normal form of one of several terms that all have values."""

    __slots__ = ("_factors", "_sign", "is_zero")

    def __init__(self, values: Values, value: Value) -> None:
        self._sign = values.sign(value)
        if self._sign <= 0:
            outer, rest = values.expanded(value)
            self._sign = values.sign({outer: 1}) * values.sign(rest)
            self.is_zero = not rest
        else:
            self.is_zero = False

    def positive(self) -> bool:
        """Tell whether the form shows that the term is positive, by the signs of its coefficients and bases."""
        return self._sign > 0

    def nonnegative(self) -> bool:
        """Tell whether the form shows that the term is zero or positive."""
        return self.is_zero or self._sign > 0


def forms(terms: tuple[Term, ...]) -> tuple[Form, ...]:
    """Return the joint normal forms of terms.

    Raises
    ------
    Refusal
        When they are outside the class that is decided, or plainly never exist together.

    Examples
    --------
    >>> from symhet.language.terms import ONE, difference, power, symbol, whole_power
    >>> x, s = symbol("x"), symbol("s")
    >>> gap = difference(whole_power(power(x, s), 2), power(x, difference(s, difference(ONE, s))))
    >>> [(form.is_zero, form.positive()) for form in forms((gap, power(x, s)))]
    [(False, False), (False, True)]
    """
    if type(terms) is not tuple or not all(map(is_term, terms)):
        raise Refusal("normal form", "not terms")
    return _forms(terms)


@lru_cache(maxsize=512)
def _forms(terms: tuple[Term, ...]) -> tuple[Form, ...]:
    conversion, values = converted(terms)
    return tuple([Form(conversion, value) for value in values])
