"""From terms to values, as far as all normal forms go the same way: a term is read once, by a method for its head."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from flint import fmpq

from symhet.core.normal.values import MAX_SIZE, Number, bits, bounded, collected
from symhet.language.terms import Head, Term

_METHODS: Mapping[Head, str] = MappingProxyType(
    {
        Head.NUMBER: "_number",
        Head.SUM: "_sum",
        Head.PRODUCT: "_product",
        Head.WHOLE_POWER: "_whole_power",
        Head.POWER: "_power",
        Head.LOG: "_log",
        Head.EXP: "_exp",
    }
)


class Reading(ABC):
    """Reads terms in the arithmetic of a normal form, which says what its values are.

    Attributes
    ----------
    logs : dict
        The bases that are logarithms, and the bases whose logarithms they are.
    """

    def __init__(self) -> None:
        self._values: dict[Term, Any] = {}
        self.logs: dict[int, int] = {}

    def value(self, term: Term) -> Any:
        """Return the value of a term.

        Raises
        ------
        Refusal
            When it is too large, or plainly has no value anywhere.
        """
        found = self._values.get(term)
        if found is None:
            if term.head in _METHODS:
                found = getattr(self, _METHODS[term.head])(*term.args)
            else:
                found = self._applied_function(term) if term.children else self._leaf(term)
            self._values[term] = found
        return found

    def _number(self, p: int, q: int) -> Any:
        return {(): p if q == 1 else fmpq(p, q)} if p else {}

    def _sum(self, *terms: Term) -> Any:
        return collected([part for term in terms for part in self.value(term).items()])

    def _product(self, *factors: Term) -> Any:
        powers: dict[int, Any] = {}
        number: Number = 1
        sums = []
        for value in map(self.value, factors):
            if len(value) == 1 and bits(number) < MAX_SIZE:
                ((monomial, c),) = value.items()
                number *= c * self.merge(powers, monomial)
            else:
                sums.append(value)
        self.spend(len(factors))
        product = bounded({tuple(sorted(powers.items())): number})
        for value in sums:
            product = self.product(product, value)
        return product

    def _whole_power(self, base: Term, n: int) -> Any:
        return self.whole_power(self.value(base), n)

    def _exp(self, argument: Term) -> Any:
        """Return exp of a sum: a logarithm times a rational function gives a power of what is in the logarithm."""
        powers: dict[int, list[tuple[Any, Number]]] = {}
        for m, c in self.value(argument).items():
            logs = [(k, e) for k, e in m if k in self.logs]
            is_power = len(logs) == 1 and logs[0][1] == 1
            base = self.logs[logs[0][0]] if is_power else self._e()
            inner = tuple(entry for entry in m if entry not in logs) if is_power else m
            powers.setdefault(base, []).append((inner, c))
        product: Any = {(): 1}
        for base, terms in powers.items():
            product = self.product(product, self._raised(base, self._read(collected(terms))))
        return product

    @abstractmethod
    def merge(self, powers: dict[int, Any], monomial: Any) -> Number:
        """Multiply entries by those of a monomial; return the number that it leaves out."""

    @abstractmethod
    def spend(self, products: int) -> None:
        """Refuse when one conversion takes too many products of monomials."""

    @abstractmethod
    def product(self, one: Any, other: Any) -> Any:
        """Return the product of two values."""

    @abstractmethod
    def whole_power(self, value: Any, n: int) -> Any:
        """Return a whole power of a value that is not zero when n is negative."""

    @abstractmethod
    def _leaf(self, term: Term) -> Any: ...

    @abstractmethod
    def _applied_function(self, term: Term) -> Any: ...

    @abstractmethod
    def _e(self) -> int: ...

    @abstractmethod
    def _raised(self, base: int, power: Any) -> Any: ...

    @abstractmethod
    def _read(self, value: Any) -> Any: ...
