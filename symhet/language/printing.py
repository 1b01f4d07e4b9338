"""What printers of terms share: precedence is passed down the tree, and what is too weak for its place is fenced."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from symhet.language.surface import POWER, SUM
from symhet.language.terms import Head, Term

ATOM = POWER + 1


class TermPrinter(ABC):
    """Prints terms; a printer spells each kind, and says how strongly what it wrote holds together."""

    fences: ClassVar[tuple[str, str]] = ("(", ")")

    def term(self, term: Term, place: int = 0) -> str:
        """Return a term as it stands where parts of some strength are asked for."""
        level, written = self._spelled(term)
        left, right = self.fences
        return f"{left}{written}{right}" if level < place else written

    def _spelled(self, term: Term) -> tuple[int, str]:
        head, args = term.head, term.args
        if head is Head.NUMBER:
            return self._number(*args)
        if head is Head.SUM:
            return SUM, self._sum(args)
        if head is Head.PRODUCT:
            return self._product(args)
        if head is Head.WHOLE_POWER:
            return self._whole_power(*args)
        if head is Head.POWER:
            return POWER, self._power(*args)
        return self._rest(term)

    @abstractmethod
    def _number(self, p: int, q: int) -> tuple[int, str]: ...

    @abstractmethod
    def _sum(self, parts: tuple[Term, ...]) -> str: ...

    @abstractmethod
    def _product(self, factors: tuple[Term, ...]) -> tuple[int, str]: ...

    @abstractmethod
    def _whole_power(self, base: Term, exponent: int) -> tuple[int, str]: ...

    @abstractmethod
    def _power(self, base: Term, exponent: Term) -> str: ...

    @abstractmethod
    def _rest(self, term: Term) -> tuple[int, str]: ...
