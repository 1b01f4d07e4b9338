"""What carries contexts and statements on SymPy terms into the language."""

from __future__ import annotations

from collections.abc import Iterable

import sympy as sp

from symhet import context as on_sympy
from symhet.algebra.tails import SUPPORT
from symhet.algebra.total import is_total
from symhet.core.context import Context
from symhet.language.statements import Statement
from symhet.language.sympy_door import Door
from symhet.propositions import Prop

_MEMORY = 100_000


class Carrier:
    """Carries contexts and statements; the same object is read once."""

    def __init__(self, symbols: Iterable[sp.Symbol] = ()) -> None:
        self.door = Door(symbols)
        # Kept beside the object, so that its id stays its own.
        self._statements: dict[int, tuple[Prop, Statement]] = {}

    def statement(self, prop: Prop) -> Statement:
        """Return a statement in the language."""
        known = self._statements.get(id(prop))
        if known is None:
            if len(self._statements) >= _MEMORY:
                self._statements.clear()
            known = self._statements[id(prop)] = (prop, self.door.statement(prop))
        return known[1]

    def context(self, context: on_sympy.Context) -> Context:
        """Return a context in the language."""
        hypotheses = {str(name): self.statement(prop) for name, prop in context.hypotheses.items()}
        return Context(
            hypotheses, frozenset(map(str, context.system)), frozenset(map(self.door.term, context.endogenous))
        )


_CARRIERS: dict[frozenset[sp.Symbol], Carrier] = {}


def carrier_for(context: on_sympy.Context) -> Carrier:
    """Return what carries statements over the symbols of a context: totals name theirs, which may be real ones.

    Examples
    --------
    >>> from symhet.propositions import gt
    >>> x = sp.Symbol("x", positive=True)
    >>> carrier_for(on_sympy.Context()).statement(gt(x, 0))
    less(number(0, 1), symbol('x', True))
    """
    real = frozenset(symbol for symbol in context.symbols() | context.endogenous if not symbol.is_positive)
    plain = frozenset(symbol for symbol in real if not is_total(symbol) and symbol != SUPPORT)
    return _CARRIERS.setdefault(plain, Carrier(plain))
