"""Values of the normal form written back as terms: what `symhet.search.forms` prints its fractions with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flint import fmpq

from symhet.core.normal.values import Number
from symhet.language import terms as t
from symhet.language.terms import Term
from symhet.search.normal.bases import Monomial
from symhet.search.normal.conversion import Conversion
from symhet.search.normal.exponents import Power
from symhet.search.normal.values import Value

_HALF = t.number(1, 2)


class Writer:
    """Terms for values: equal to them wherever the terms exist that the values were made from.

    Parameters
    ----------
    conversion : Conversion
        Where the values come from.
    """

    def __init__(self, conversion: Conversion) -> None:
        self._conversion = conversion
        self._bases: dict[int, Term] = {}
        self._exponents: dict[Power, Term] = {}

    def value(self, value: Value) -> Term:
        """Return a value as a sum of products."""
        return t.total_of([t.product_of(self.factors(monomial, number)) for monomial, number in value.items()])

    def quotient(self, numer: Value, denom: Value) -> Term:
        """Return a quotient of values as a product: a number, powers of bases, a sum, one over a sum."""
        if not numer:
            return t.ZERO
        number, outer, above_it = self._conversion.primitive(numer)
        divisor, inner, below_it = self._conversion.primitive(denom)
        inverted, c = self._conversion.monomial_power(inner, -1)
        monomial, d = self._conversion.times(outer, inverted)
        factors = self.factors(monomial, fmpq(1) * number * c * d / divisor)
        if len(above_it) > 1:
            if factors == [t.MINUS_ONE]:
                above_it, factors = {m: -c for m, c in above_it.items()}, []
            factors = [*([] if factors == [t.ONE] else factors), self.value(above_it)]
        if len(below_it) > 1:
            factors.append(t.whole_power(self.value(below_it), -1))
        return t.product_of(factors)

    def factors(self, monomial: Monomial, number: Number) -> list[Term]:
        """Return a number times a monomial as a list of factors, the number left out where it is one."""
        found = [self.entry(k, e) for k, e in monomial]
        return found if number == 1 and found else [t.number(int(fmpq(number).p), int(fmpq(number).q)), *found]

    def entry(self, base: int, power: Power) -> Term:
        """Return a power of a base as it stands in a monomial."""
        term = self.base(base if base < 0 or not base & 1 else base - 1)
        if base > 0 and base & 1:
            return t.multiply(term, t.power(t.whole_power(term, 2), t.number(-1, 2)))
        if self._conversion.sources.get(base) == "e":
            return t.exp(self.exponent(power))
        if isinstance(power, int):
            return term if power == 1 else t.whole_power(term, power)
        if base in self._conversion.signed:
            # The absolute value of a number of unknown sign is the root of its square.
            return t.power(t.whole_power(term, 2), self.exponent(power * self._conversion.field.number(fmpq(1, 2))))
        return t.power(term, self.exponent(power))

    def base(self, base: int) -> Term:
        """Return a base as a term."""
        if base not in self._bases:
            self._bases[base] = self._new_base(base)
        return self._bases[base]

    def _new_base(self, base: int) -> Term:
        if base < 0:
            return t.number(-base)
        source: Any = self._conversion.sources[base]
        if type(source) is Term:
            return source
        if source == "e":
            return t.exp(t.ONE)
        if base in self._conversion.definitions:
            return self.value(self._conversion.definitions[base])
        _, inside = source
        term = self.base(inside)
        if inside in self._conversion.signed:
            return t.multiply(_HALF, t.log(t.whole_power(term, 2)))
        return t.log(term)

    def exponent(self, power: Power) -> Term:
        """Return an exponent as a term."""
        if isinstance(power, int):
            return t.number(power)
        if power not in self._exponents:
            self._exponents[power] = self._new_exponent(power.num.to_dict(), power.den.to_dict())
        return self._exponents[power]

    def _new_exponent(self, numer: Mapping[Any, Any], denom: Mapping[Any, Any]) -> Term:
        if len(denom) > 1:
            below_it = t.whole_power(self._polynomial(denom, 1), -1)
            return below_it if numer == {(0,) * len(next(iter(numer))): 1} else self._product(numer, 1, below_it)
        ((degrees, number),) = denom.items()
        inverted = [t.whole_power(self._variable(i), -int(n)) for i, n in enumerate(degrees) if n]
        return self._product(numer, int(number), *inverted)

    def _product(self, numer: Mapping[Any, Any], divisor: int, *factors: Term) -> Term:
        return t.product_of([self._polynomial(numer, divisor), *factors])

    def _polynomial(self, terms: Mapping[Any, Any], divisor: int) -> Term:
        return t.total_of([self._monomial(degrees, int(c), divisor) for degrees, c in terms.items()])

    def _monomial(self, degrees: tuple[int, ...], p: int, q: int) -> Term:
        powers = [
            self._variable(i) if n == 1 else t.whole_power(self._variable(i), int(n))
            for i, n in enumerate(degrees)
            if n
        ]
        return t.product_of(powers if p == q and powers else [t.number(p, q), *powers])

    def _variable(self, index: int) -> Term:
        return self.entry(*self._conversion.field.keys[index])
