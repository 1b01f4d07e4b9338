"""From terms to values: the joint form of several terms, which may use that all of them have values."""

from __future__ import annotations

from typing import Any

from symhet.core.normal.conversion import Reading
from symhet.core.normal.values import Number, collected
from symhet.language.terms import Head, Term, log, multiply
from symhet.search.normal.bases import Monomial
from symhet.search.normal.exponents import Power
from symhet.search.normal.exponents import bounded as exponent_of
from symhet.search.normal.factors import Factors, parts_of
from symhet.search.normal.values import ONE, Value

_POSITIVE = frozenset({Head.BOUND, Head.SURVIVAL, Head.TAIL, Head.INTEGRAL_FROM_ZERO})


class Conversion(Factors, Reading):
    """The values of terms that all exist.

    Parameters
    ----------
    room : int
        How many variables the exponents may have.
    """

    def __init__(self, room: int) -> None:
        Factors.__init__(self, room)
        Reading.__init__(self)
        self._exponents: dict[Term, Power] = {}
        self._applied: dict[tuple[Any, ...], list[tuple[list[Value], int]]] = {}

    def again(self) -> None:
        """Forget the values, keep what is known of bases, signs and exponents."""
        super().again()
        self.settle()

    def settle(self) -> None:
        """Forget the values of terms, which nothing is made of any more."""
        self._values.clear()
        self._exponents.clear()
        self._applied.clear()

    # --- powers ---------------------------------------------------------------------------------------------

    def _power(self, base: Term, exponent: Term) -> Value:
        if exponent.mentions(Head.LOG):
            return self._exp(multiply(exponent, log(base)))
        value, power = self.value(base), self._exponent(exponent)
        if isinstance(power, int):
            self._learn_positive(value)
            return self.whole_power(value, power)
        return dict([self.magnitudes(*self._positive_factors(value), power)])

    def _positive_factors(self, value: Value) -> tuple[Number, Monomial]:
        """Return the factors of a value, and use that it is positive."""
        number, monomial = self.factored(value)
        self.learn(self.odd(monomial), number)
        return number, monomial

    def _learn_positive(self, value: Value) -> None:
        if self.sign(value) <= 0:
            self._positive_factors(value)

    def _log(self, argument: Term) -> Value:
        parts = parts_of(*self._positive_factors(self.value(argument)))
        products = [self.product(self._written(e), self._log_of(k)) for k, e in parts]
        return collected(part for product in products for part in product.items())

    def _log_of(self, base: int) -> Value:
        """Return the logarithm of the absolute value of a base."""
        if self.sources.get(base) == "e":
            return ONE
        log, _ = self.base(("log", base), base < 0)
        self.logs[log] = base
        return {((log, 1),): 1}

    def base_of_e(self) -> int:
        """Return the base that is Euler's number."""
        return self.base("e", True)[0]

    def base_to(self, base: int, power: Power) -> Value:
        """Return a power of the absolute value of a base."""
        return dict([self.magnitudes(1, ((base, 1),), power)])

    # --- exponents ------------------------------------------------------------------------------------------

    def _exponent(self, term: Term) -> Power:
        """Return a term as an exponent; a rational function of leaves without a value of its own on the way."""
        found = self._exponents.get(term)
        if found is None:
            found = self._exponents[term] = self._new_exponent(term)
        return found

    def _new_exponent(self, term: Term) -> Power:
        head, args = term.head, term.args
        if head is Head.WHOLE_POWER:
            return self.field.whole_power(self._exponent(args[0]), args[1])
        if head not in (Head.SUM, Head.PRODUCT):
            return self._read(self.value(term))
        power = self._exponent(args[0])
        for part in args[1:]:
            power = power + self._exponent(part) if head is Head.SUM else power * self._exponent(part)
            power = exponent_of(power) if isinstance(power, int) else power
        return power

    def _read(self, value: Value) -> Power:
        """Return a value as an exponent; powers of bases, if not whole, are variables of their own."""
        total: Power = 0
        for m, c in value.items():
            power = self.field.number(c)
            for k, e in m:
                power = power * self._read_entry(k, e)
            total = total + power
        return total

    def _read_entry(self, base: int, power: Power) -> Power:
        if not isinstance(power, int) or base & 1:
            return self.field.variable((base, power))
        inner = self._read(self.definitions[base]) if base in self.definitions else self.field.variable((base, 1))
        return self.field.whole_power(inner, power)

    def _written(self, power: Power) -> Value:
        """Return an exponent as a value."""
        num, den = map(self._written_polynomial, self.field.parts(power))
        return self.product(num, self.inverse(den))

    def _written_polynomial(self, polynomial: Any) -> Value:
        products = []
        for degrees, c in polynomial.to_dict().items():
            product: Value = {(): int(c)}
            for key, degree in zip(self.field.keys, degrees, strict=False):
                product = self.product(product, self.whole_power({(key,): 1}, int(degree)))
            products.append(product)
        return collected(part for product in products for part in product.items())

    # --- functions ------------------------------------------------------------------------------------------

    def _applied_function(self, term: Term) -> Value:
        """Return a function of arguments: one base for all terms whose arguments are equal."""
        head, children = term.head, term.children
        if not children:
            positive = head in _POSITIVE or (head is Head.SYMBOL and term.args[1])
            return {((self.base(term, positive)[0], 1),): 1}
        arguments = [self.value(argument) for argument in children]
        for value in self._positive_arguments(head, arguments):
            self._learn_positive(value)
        known = self._applied.setdefault((head, *term.args[: len(term.args) - len(children)]), [])
        self.spend(10 * len(known))
        for others, base in known:
            if all(map(self._are_equal, arguments, others)):
                return {((base, 1),): 1}
        base, _ = self.base(term, head in _POSITIVE)
        known.append((arguments, base))
        return {((base, 1),): 1}

    def _positive_arguments(self, head: Head, arguments: list[Value]) -> list[Value]:
        """Return what must be positive for a function of these arguments to have a value."""
        if head is Head.INTEGRAL_FROM_ZERO:
            return [collected([*arguments[0].items(), ((), 1)]), arguments[1]]
        if head is Head.INTEGRAL:
            return arguments[1:]
        return arguments if head is Head.UNSPECIFIED else arguments[:1]

    def _are_equal(self, one: Value, other: Value) -> bool:
        return one == other or self.is_zero(collected([*one.items(), *((m, -c) for m, c in other.items())]))
