"""The normal form of the search: it sees more than that of the core, which checks what is found with it.

It factors sums under powers and logarithms, keeps absolute values of what may be negative, and divides before it judges
a sign. The answers hold at every valuation at which all the terms given to one call of `forms` have values, and say
nothing about others. See `values` for what the form is.
"""

from __future__ import annotations

from functools import lru_cache

from symhet.language.refusals import Refusal
from symhet.language.terms import Term
from symhet.search.normal.conversion import Conversion
from symhet.search.normal.exponents import AgainError
from symhet.search.normal.values import Value

__all__ = ["Form", "forms"]

MAX_PASSES = 60
FIRST_ROOM = 5


class Form:
    """The normal form of one of several terms that all have values."""

    __slots__ = ("_conversion", "_expanded", "_shown", "_value")

    def __init__(self, conversion: Conversion, value: Value) -> None:
        self._conversion = conversion
        self._value = value
        self._shown = conversion.sign(value) > 0
        self._expanded = ((), value) if self._shown else conversion.expanded(value)

    @property
    def is_zero(self) -> bool:
        """Whether the form shows that the term is zero."""
        return not self._expanded[1]

    def positive(self) -> bool:
        """Tell whether the form shows that the term is positive, by the signs of its coefficients and bases."""
        return self._shown or (not self.is_zero and self._conversion.shows_positive(*self._expanded))

    def nonnegative(self) -> bool:
        """Tell whether the form shows that the term is zero or positive."""
        return self._shown or self.is_zero or self.positive()


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
    if type(terms) is not tuple or not all(type(term) is Term for term in terms):
        raise Refusal("normal form", "not terms")
    return _forms(terms)


@lru_cache(maxsize=512)
def _forms(terms: tuple[Term, ...]) -> tuple[Form, ...]:
    conversion, values = converted(terms)
    conversion.settle()
    return tuple(Form(conversion, value) for value in values)


def converted(terms: tuple[Term, ...]) -> tuple[Conversion, list[Value]]:
    """Return the values of terms, converted again for as long as something comes up that concerns earlier steps."""
    conversion = Conversion(FIRST_ROOM)
    for _ in range(MAX_PASSES):
        known = len(conversion.signs)
        try:
            values = [conversion.value(term) for term in terms]
        except AgainError:
            if conversion.field.is_full:
                conversion = Conversion(2 * conversion.field.room)
                continue
        except RecursionError as error:
            raise Refusal("normal form", "the terms are nested too deep") from error
        else:
            if len(conversion.signs) == known or not conversion.has_learnt_of_watched():
                return conversion, values
        conversion.again()
    raise Refusal("normal form", "exponents and signs do not settle")
