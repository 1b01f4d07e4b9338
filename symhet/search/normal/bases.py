"""Bases, what is known of their signs, and products of their powers. `values` says what the entries of those are."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TypeAlias

from symhet.core.normal.values import Number, power_of
from symhet.language.refusals import Refusal
from symhet.search.normal.exponents import Field, Power, is_odd, split
from symhet.search.normal.signs import Signs

Monomial: TypeAlias = tuple[tuple[int, Power], ...]


class Bases:
    """Bases by number, and the arithmetic of monomials in their powers.

    Attributes
    ----------
    sources : dict
        What a base is: a term, "e", the logarithm of a base, or the terms of a sum.
    signed : set of int
        The bases that are not known to be positive.
    never_zero : set of int
        Bases that are not zero though their signs are not known.
    watched : set of int
        Bases whose signs were wanted and not known.
    """

    def __init__(self, room: int) -> None:
        self.field = Field(room)
        self.signs = Signs()
        self.sources: dict[int, Hashable] = {}
        self.signed: set[int] = set()
        self.never_zero: set[int] = set()
        self.watched: set[int] = set()
        self._numbers: dict[Hashable, int] = {}

    def base(self, source: Hashable, positive: bool) -> tuple[int, bool]:
        """Return the base for a source, and whether it is new."""
        found = self._numbers.get(source)
        if found is not None:
            return found, False
        found = self._numbers[source] = 2 * len(self.sources)
        self.sources[found] = source
        if not positive:
            self.signed.add(found)
        return found, True

    # --- signs ----------------------------------------------------------------------------------------------

    def learn(self, bases: Iterable[int], number: Number) -> None:
        """Use that the product of some bases is not zero and has the sign of a number."""
        if not self.signs.learn([base for base in bases if base in self.signed], 1 if number > 0 else -1):
            raise Refusal("normal form", "terms that never exist together")
        self.signed -= {base for base in self.signed if self.signs.of(base) > 0}

    def has_learnt_of_watched(self) -> bool:
        """Tell whether more is known of a sign that an earlier step had to leave open."""
        return any(self.signs.reduced((base,)) != (frozenset((base,)), 1) for base in self.watched)

    def odd(self, monomial: Monomial) -> set[int]:
        """Return the bases of whose signs the sign of a monomial is the product."""
        found: set[int] = set()
        for k, e in monomial:
            if k > 0 and k & 1:
                found ^= {k - 1}
            elif k in self.signed and is_odd(e):
                found ^= {k}
        return found

    def monomial_sign(self, monomial: Monomial) -> int:
        """Return the sign of a monomial, 1 or -1, and 0 when it is not known."""
        odd = self.odd(monomial)
        rest, sign = self.signs.reduced(odd)
        if rest or any(k in self.signed and type(e) is int and self._may_vanish(k, e, odd) for k, e in monomial):
            return 0
        return sign

    def _may_vanish(self, base: int, power: int, odd: set[int]) -> bool:
        return power > 0 and base not in odd and base not in self.never_zero

    # --- monomials ------------------------------------------------------------------------------------------

    def times(self, one: Monomial, other: Monomial) -> tuple[Monomial, Number]:
        """Return the product of two monomials, as a monomial and a number."""
        if not one or not other:
            return one or other, 1
        powers = dict(one)
        number = self.merge(powers, other)
        return tuple(sorted(powers.items())), number

    def merge(self, powers: dict[int, Power], monomial: Monomial) -> Number:
        """Multiply entries by those of a monomial; return the number that it leaves out."""
        number: Number = 1
        for k, e in monomial:
            before = powers.get(k)
            if before is None:
                powers[k] = e
            elif k < 0 or k & 1 or k in self.signed:
                number *= self.put(powers, k, before + e, is_odd(before) + is_odd(e))
            elif after := before + e:
                powers[k] = after
            else:
                del powers[k]
        return number

    def put(self, powers: dict[int, Power], k: int, power: Power, odd: int) -> Number:
        """Put an entry in, ``odd`` being the number of odd whole exponents it came from; return what it leaves out."""
        number: Number = 1
        if k < 0:
            power, whole = split(power)
            number = power_of(-k, whole)
        elif k & 1:
            power = 0
        elif k in self.signed and (odd + is_odd(power)) & 1:
            number = self.turned(powers, k)
        if power:
            powers[k] = power
        else:
            powers.pop(k, None)
        return number

    def turned(self, powers: dict[int, Power], base: int) -> int:
        """Multiply by the sign of a base, written in signs that do not follow from one another."""
        rest, sign = self.signs.reduced((base,))
        self.watched |= rest
        for k in rest:
            if powers.pop(k + 1, None) is None:
                powers[k + 1] = 1
        return sign

    def monomial_power(self, monomial: Monomial, n: int) -> tuple[Monomial, Number]:
        """Return a whole power of a monomial, as a monomial and a number."""
        powers: dict[int, Power] = {}
        number: Number = 1
        for k, e in monomial:
            if k < 0 or not k & 1:
                number *= self.put(powers, k, e * n, is_odd(e) * n)
            elif n & 1:
                number *= self.turned(powers, k - 1)
        return tuple(sorted(powers.items())), number
