"""From terms to values: the joint form of several terms, which may use that all of them have values."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache, reduce
from types import MappingProxyType
from typing import Any

from flint import fmpq

from symhet.core.normal import exponents as q
from symhet.core.normal import values as v
from symhet.core.normal.exponents import MAX_VARIABLES, Power, parts
from symhet.core.normal.values import ONE, Entry, Monomial, Number, Value, Values, collected
from symhet.language.definedness import Kind, conditions_of, evident
from symhet.language.refusals import Refusal, guarded
from symhet.language.terms import Head, Term, log, multiply


def converted(terms: tuple[Term, ...]) -> tuple[Conversion, list[Value]]:
    """Return the values of terms, after what must be positive for them to have values has been used."""
    conversion = Conversion()
    wanted = [term for kind, term in conditions_of(terms) if kind is Kind.POSITIVE and not evident(term)]
    for _ in wanted:
        known = len(conversion.positive)
        for term in wanted:
            conversion.suppose_positive(term)
        if len(conversion.positive) == known:
            break
        conversion.forget()
    return conversion, [conversion.value(term) for term in terms]


_READ = (Head.NUMBER, Head.SUM, Head.PRODUCT, Head.WHOLE_POWER, Head.POWER, Head.LOG, Head.EXP)
_METHODS: Mapping[Head, str] = MappingProxyType({head: f"_{head.name.lower()}" for head in _READ})


class Reading:
    """How every normal form reads terms, each once: by a method for its head, in an arithmetic of its own.

    Attributes
    ----------
    logs : dict
        The bases that are logarithms, and the bases whose logarithms they are.
    """

    def __init__(self) -> None:
        self._values: dict[Term, Any] = {}
        self.logs: dict[int, int] = {}

    def value(self: Any, term: Term) -> Any:
        """Return the value of a term.

        Raises
        ------
        Refusal
            When it is too large, or plainly has no value anywhere.
        """
        found = self._values.get(term)
        if found is None:
            read = _METHODS.get(term.head)
            found = getattr(self, read)(*term.args) if read else self._applied_function(term)
            self._values[term] = found
        return found

    def _number(self, p: int, q: int) -> Any:
        return {(): p if q == 1 else fmpq(p, q)} if p else {}

    def _sum(self, *terms: Term) -> Any:
        return collected([part for term in terms for part in self.value(term).items()])

    def _product(self: Any, *factors: Term) -> Any:
        return reduce(self.product, sorted(map(self.value, factors), key=len))

    def _whole_power(self: Any, base: Term, n: int) -> Any:
        return self.whole_power(self.value(base), n)

    def _exp(self: Any, argument: Term) -> Any:
        """Return exp of a sum: a logarithm times a rational function gives a power of what is in the logarithm."""
        powers: dict[int, list[tuple[Any, Number]]] = {}
        for m, c in self.value(argument).items():
            logs = [(k, e) for k, e in m if k in self.logs]
            is_power = len(logs) == 1 and logs[0][1] == 1
            base = self.logs[logs[0][0]] if is_power else self.base_of_e()
            inner = tuple(entry for entry in m if entry not in logs) if is_power else m
            powers.setdefault(base, []).append((inner, c))
        raised = [self.base_to(base, self._read(collected(terms))) for base, terms in powers.items()]
        return reduce(self.product, raised, ONE)


class Conversion(Values, Reading):
    """The values of terms that all exist."""

    def __init__(self) -> None:
        Values.__init__(self)
        Reading.__init__(self)
        self._applied: dict[tuple[Any, ...], list[tuple[list[Value], int]]] = {}
        self._variables: dict[Entry, int] = {}

    def forget(self) -> None:
        """Forget the values of terms, which would be others now that more is known of signs."""
        self._values.clear()
        self._applied.clear()

    def _of(self, base: int) -> Value:
        """Return the value of a base; one that is known to be negative is written with its positive opposite."""
        opposite = self.opposites.get(base)
        return {((base, 1),): 1} if opposite is None else {((opposite, 1),): -1}

    # --- signs ----------------------------------------------------------------------------------------------

    def suppose_positive(self, term: Term) -> None:
        """Use that a term is positive, which may tell the sign of one of its factors."""
        monomial, number = self._factors(term)
        odd = [k for k, e in self._unknown(monomial) if e % 2]
        if not odd and number < 0:
            raise Refusal("normal form", "terms that never exist together")
        if len(odd) == 1:
            (base,) = odd
            if number > 0:
                self.positive.add(base)
            else:
                self.opposites[base] = opposite = self.base(("opposite", base), True)
                if base in self.definitions:
                    self.definitions[opposite] = {m: -c for m, c in self.definitions[base].items()}

    def _unknown(self, monomial: Monomial) -> list[tuple[int, int]]:
        """Return the entries whose bases are not known to be positive: their exponents are whole."""
        return [(k, e) for k, e in monomial if isinstance(e, int) and k not in self.positive]

    def _factors(self, term: Term) -> tuple[Monomial, Number]:
        """Return a monomial and a number whose product is a term that is not zero: products are not multiplied out."""
        if term.head is Head.WHOLE_POWER and term.args[1]:
            return self.raised(*self._factors(term.args[0]), term.args[1])
        if term.head is not Head.PRODUCT:
            return self.single(self.value(term))
        found: Monomial = ()
        number: Number = 1
        for monomial, c in map(self._factors, term.args):
            found, outside = self.times(found, monomial)
            number *= c * outside
        return found, number

    def _positive_factors(self, term: Term) -> tuple[Monomial, Number]:
        """Return a monomial in positive bases and a positive number whose product is a term that is positive."""
        monomial, number = self._factors(term)
        unknown = self._unknown(monomial)
        if not unknown:
            if number < 0:
                raise Refusal("normal form", "terms that never exist together")
            return monomial, number
        # A product whose factors may be negative, or its inverse, is one base.
        side, sign = (1 if part > 0 else -1 for part in (unknown[0][1], number))
        base = self.sum_base({tuple([(k, e * side) for k, e in unknown]): sign})
        self.positive.add(base)
        found, outside = self.times(((base, side),), [entry for entry in monomial if entry not in unknown])
        return found, number * sign * outside

    # --- powers ---------------------------------------------------------------------------------------------

    def _power(self, base: Term, exponent: Term) -> Value:
        if exponent.mentions(Head.LOG):
            return self._exp(multiply(exponent, log(base)))
        power = self._read(self.value(exponent))
        if isinstance(power, int):
            return self.whole_power(self.value(base), power)
        return dict([self.raised(*self._positive_factors(base), power)])

    def _log(self, argument: Term) -> Value:
        monomial, number = self._positive_factors(argument)
        entries = [*v.prime_powers(number), *monomial]
        products = [self.product(self._written(e), self._log_of(k)) for k, e in entries]
        return collected(part for product in products for part in product.items())

    def _log_of(self, base: int) -> Value:
        """Return the logarithm of a positive base."""
        if base == self.bases.get("e"):
            return ONE
        log = self.base(("log", base), base < 0)
        self.logs[log] = base
        return {((log, 1),): 1}

    def base_of_e(self) -> int:
        """Return the base that is Euler's number."""
        return self.base("e", True)

    def base_to(self, base: int, power: Power) -> Value:
        """Return a power of a positive base."""
        return dict([self.raised(((base, 1),), 1, power)])

    # --- exponents ------------------------------------------------------------------------------------------

    def _read(self, value: Value) -> Power:
        """Return a value as an exponent; powers of bases, if not whole, are variables of their own."""
        total: Power = 0
        for m, c in value.items():
            exact = fmpq(c)
            power = q.ratio(int(exact.p), int(exact.q))
            for k, e in m:
                power = q.times(power, self._read_entry(k, e))
            total = q.plus(total, power)
        return total

    def _read_entry(self, base: int, power: Power) -> Power:
        if not isinstance(power, int):
            return self._variable(base, power)
        inner = self._read(self.definitions[base]) if base in self.definitions else self._variable(base, 1)
        return q.whole_power(inner, power)

    def _variable(self, base: int, power: Power) -> Power:
        """Return the variable of exponents that stands for a power of a base."""
        index = self._variables.setdefault((base, power), len(self._variables))
        if index >= MAX_VARIABLES:
            raise Refusal("normal form", f"more than {MAX_VARIABLES} different symbols in exponents")
        return q.made(q.RING.gen(index), q.UNIT)

    def _written(self, power: Power) -> Value:
        """Return an exponent as a value."""
        num, den = (collected(self._written_terms(polynomial)) for polynomial in parts(power))
        return self.product(num, self.whole_power(den, -1))

    def _written_terms(self, polynomial: Any) -> list[tuple[Monomial, Number]]:
        found = []
        for degrees, c in polynomial.to_dict().items():
            powers = zip(self._variables, map(int, degrees), strict=False)
            monomial, number = self.times((), [(k, q.times(e, n)) for (k, e), n in powers if n])
            found.append((monomial, int(c) * number))
        return found

    # --- functions ------------------------------------------------------------------------------------------

    def _applied_function(self, term: Term) -> Value:
        """Return a function of arguments: one base for all terms whose arguments are equal."""
        arguments = [self.value(argument) for argument in term.children]
        known = self._applied.setdefault((term.head, *term.args[: len(term.args) - len(arguments)]), [])
        self.spend(10 * len(known))
        for others, base in known:
            if all(map(self._are_equal, arguments, others)):
                return self._of(base)
        base = self.base(term, evident(term))
        known.append((arguments, base))
        return self._of(base)

    def _are_equal(self, one: Value, other: Value) -> bool:
        return one == other or not self.expanded(collected([*one.items(), *((m, -c) for m, c in other.items())]))[1]


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
    if type(terms) is not tuple or any(type(term) is not Term for term in terms):
        raise Refusal("normal form", "not terms")
    conversion, values = guarded("normal form", converted, terms)
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
    conversion, (value,) = guarded("normal form", converted, (term,))
    outer, rest = conversion.expanded(value)
    if rest and (outer or rest.keys() != {()}):
        return None
    exact = fmpq(rest.get((), 0))
    return Fraction(int(exact.p), int(exact.q))
