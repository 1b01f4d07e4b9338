"""From terms to values: the joint form of several terms, which may use that all of them have values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from flint import fmpq

from symhet.core.normal.exponents import Field, Power
from symhet.core.normal.factors import Factors, prime_powers
from symhet.core.normal.values import Monomial, Number, Value, above, below, cleaned
from symhet.language.terms import Head, Term

_POSITIVE = frozenset({Head.BOUND, Head.SURVIVAL, Head.TAIL, Head.INTEGRAL_FROM_ZERO})


class Conversion(Factors):
    """The values of terms that all exist.

    Parameters
    ----------
    room : int
        How many variables the exponents may have.
    """

    def __init__(self, room: int) -> None:
        super().__init__(Field(room))
        self._values: dict[Term, Value] = {}
        self._exponents: dict[Term, Power] = {}
        self._applied: dict[tuple[Any, ...], list[tuple[tuple[Value, ...], int]]] = {}
        self._logs: dict[int, int] = {}

    def again(self) -> None:
        """Forget the values, keep what is known of bases, signs and exponents."""
        self._values.clear()
        self._exponents.clear()
        self.forget()
        self.review()

    def value(self, term: Term) -> Value:
        """Return the value of a term.

        Raises
        ------
        Refusal
            When it is too large, or plainly has no value anywhere.
        AgainError, NoRoomError
            When the conversion must start again.
        """
        found = self._values.get(term)
        if found is None:
            found = self._values[term] = self._converted(term)
        return found

    def _converted(self, term: Term) -> Value:
        head = term.head
        if head in _CONVERSIONS:
            return _CONVERSIONS[head](self, *term.args)
        if term.children:
            return self._applied_function(term)
        return _single(self.base(term, head in _POSITIVE or (head is Head.SYMBOL and term.args[1])))

    # --- arithmetic -----------------------------------------------------------------------------------------

    def _number(self, p: int, q: int) -> Value:
        return {(): p if q == 1 else fmpq(p, q)} if p else {}

    def _sum(self, *terms: Term) -> Value:
        total: Value = {}
        for term in terms:
            for m, c in self.value(term).items():
                total[m] = total.get(m, 0) + c
        return cleaned(total)

    def _product(self, *factors: Term) -> Value:
        product = self.value(factors[0])
        for factor in factors[1:]:
            product = self.product(product, self.value(factor))
        return product

    def _whole_power(self, base: Term, n: int) -> Value:
        return self.whole_power(self.value(base), n)

    # --- powers ---------------------------------------------------------------------------------------------

    def _power(self, base: Term, exponent: Term) -> Value:
        value, power = self.value(base), self._exponent(exponent)
        if isinstance(power, int):
            self._learn_positive(value)
            return self.whole_power(value, power)
        number, monomial = self._positive_factors(value)
        number, monomial = self.magnitude(number, monomial, power)
        return {monomial: number}

    def _positive_factors(self, value: Value) -> tuple[Number, Monomial]:
        """Return the factors of a value, and use that it is positive."""
        number, monomial = self.factored(value)
        self.learn(self.odd(monomial), 1 if number > 0 else -1)
        self.nonzero.update(k for k, _ in monomial if k in self.signed)
        return number, monomial

    def _learn_positive(self, value: Value) -> None:
        if self.sign(value) != (1, True):
            self._positive_factors(value)

    def _log(self, argument: Term) -> Value:
        number, monomial = self._positive_factors(self.value(argument))
        total: Value = {}
        powers: list[tuple[int, Power]] = [(-p, n) for p, n in prime_powers(number)]
        for k, e in [*powers, *((k, e) for k, e in monomial if k < 0 or not k & 1)]:
            for m, c in self.product(self._written(e), self._log_of(k)).items():
                total[m] = total.get(m, 0) + c
        return cleaned(total)

    def _log_of(self, base: int) -> Value:
        """Return the logarithm of the absolute value of a base."""
        if self.sources.get(base) == "e":
            return {(): 1}
        log = self.base(("log", base), base < 0)
        self._logs[log] = base
        return _single(log)

    def _exp(self, argument: Term) -> Value:
        """Return exp of a sum: what is a logarithm times a rational function is a power of what is in it."""
        powers: dict[int, Value] = {}
        rest: Value = {}
        for m, c in self.value(argument).items():
            logs = [k for k, _ in m if k in self._logs]
            if len(logs) == 1 and (logs[0], 1) in m:
                inner = tuple(entry for entry in m if entry[0] != logs[0])
                powers.setdefault(self._logs[logs[0]], {})[inner] = c
            else:
                rest[m] = c
        total: Value = {(): 1}
        if rest:
            powers[self.base("e", True)] = rest
        for base, exponent in powers.items():
            number, inner = self.magnitude_of(base, self._read(exponent))
            total = self.product(total, {inner: number})
        return total

    # --- exponents ------------------------------------------------------------------------------------------

    def _exponent(self, term: Term) -> Power:
        """Return a term as an exponent; where it is a rational function of leaves, without a value of its own."""
        found = self._exponents.get(term)
        if found is None:
            found = self._exponents[term] = self._new_exponent(term)
        return found

    def _new_exponent(self, term: Term) -> Power:
        head, args = term.head, term.args
        if head is Head.NUMBER:
            return self.field.number(*args)
        if head is Head.SUM:
            power: Power = 0
            for part in args:
                power = power + self._exponent(part)
            return power
        if head is Head.PRODUCT:
            power = 1
            for part in args:
                power = power * self._exponent(part)
            return power
        if head is Head.WHOLE_POWER:
            return self.field.whole_power(self._exponent(args[0]), args[1])
        return self._read(self.value(term))

    def _read(self, value: Value) -> Power:
        """Return a value as an exponent; powers of bases, if not whole, are variables of their own."""
        total: Power = 0
        for m, c in value.items():
            power = self.field.number(above(c), below(c))
            for k, e in m:
                power = power * self._read_entry(k, e)
            total = total + power
        return total

    def _read_entry(self, base: int, power: Power) -> Power:
        if type(power) is not int or (base > 0 and base & 1):
            return self.field.variable((base, power))
        inner = self._read(self.definitions[base]) if base in self.definitions else self.field.variable((base, 1))
        return self.field.whole_power(inner, power)

    def _written(self, power: Power) -> Value:
        """Return an exponent as a value."""
        if isinstance(power, int):
            return {(): power} if power else {}
        num, den = (self._written_polynomial(part.to_dict()) for part in (power.num, power.den))
        return self.product(num, self.inverse(den))

    def _written_polynomial(self, terms: Mapping[tuple[int, ...], Any]) -> Value:
        total: Value = {}
        for degrees, c in terms.items():
            product: Value = {(): int(c)}
            for key, degree in zip(self.field.keys, degrees, strict=False):
                if degree:
                    product = self.product(product, self.whole_power({(key,): 1}, int(degree)))
            for m, number in product.items():
                total[m] = total.get(m, 0) + number
        return cleaned(total)

    # --- functions ------------------------------------------------------------------------------------------

    def _applied_function(self, term: Term) -> Value:
        """Return a function of arguments: one base for all terms whose arguments are equal."""
        head = term.head
        arguments = tuple(self.value(argument) for argument in term.children)
        for value in self._positive_arguments(head, arguments):
            self._learn_positive(value)
        known = self._applied.setdefault((head, *term.args[: len(term.args) - len(arguments)]), [])
        for others, base in known:
            if all(map(self._are_equal, arguments, others)):
                return _single(base)
        base = self.base(term, head in _POSITIVE)
        known.append((arguments, base))
        return _single(base)

    def _positive_arguments(self, head: Head, arguments: tuple[Value, ...]) -> tuple[Value, ...]:
        """Return what must be positive for a function of these arguments to have a value."""
        if head in (Head.SURVIVAL, Head.TAIL, Head.DENSITY):
            return arguments[:1]
        if head is Head.INTEGRAL:
            return arguments[1:]
        if head is Head.INTEGRAL_FROM_ZERO:
            exponent, high = arguments
            return cleaned({**exponent, (): exponent.get((), 0) + 1}), high
        return arguments

    def _are_equal(self, one: Value, other: Value) -> bool:
        if one == other:
            return True
        if not any(k in self.definitions or (k > 0 and k & 1) for value in (one, other) for m in value for k, _ in m):
            return False
        gap = dict(one)
        for m, c in other.items():
            gap[m] = gap.get(m, 0) - c
        return self.is_zero(cleaned(gap))


def _single(base: int) -> Value:
    return {((base, 1),): 1}


_CONVERSIONS: Mapping[Head, Callable[..., Value]] = MappingProxyType(
    {
        Head.NUMBER: Conversion._number,
        Head.SUM: Conversion._sum,
        Head.PRODUCT: Conversion._product,
        Head.WHOLE_POWER: Conversion._whole_power,
        Head.POWER: Conversion._power,
        Head.LOG: Conversion._log,
        Head.EXP: Conversion._exp,
    }
)
