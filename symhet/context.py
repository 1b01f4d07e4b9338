"""Contexts: the named statements, on SymPy terms, under which a paper's claim is proved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

import sympy as sp

from symhet.errors import CertificateError
from symhet.propositions import Prop, Rel, free_symbols, stated, substitute
from symhet.steps import Step


@dataclass(frozen=True)
class Context:
    """Named hypotheses under which a goal is claimed.

    Parameters
    ----------
    hypotheses : Mapping[Step, Prop]
        Statements that hold at every point of the claim.
    system : frozenset[Step]
        Names of those hypotheses that are equations holding identically in a neighbourhood of every point, so that
        they may be differentiated (definitions and equilibrium conditions).
    endogenous : frozenset[sympy.Symbol]
        Symbols whose value depends on the parameters; every other symbol of the system is exogenous.

    Examples
    --------
    >>> from symhet.propositions import gt
    >>> sigma = sp.Symbol("sigma", positive=True)
    >>> Context({Step("elastic"): gt(sigma, 1)}).symbols()
    frozenset({sigma})
    """

    hypotheses: Mapping[Step, Prop] = field(default_factory=dict)
    system: frozenset[Step] = frozenset()
    endogenous: frozenset[sp.Symbol] = frozenset()

    def __post_init__(self) -> None:
        """Keep the hypotheses and sets from changing under a theorem that rests on them."""
        kept = {name: stated(prop) for name, prop in self.hypotheses.items()}
        object.__setattr__(self, "hypotheses", MappingProxyType(kept))
        object.__setattr__(self, "system", frozenset(self.system))
        object.__setattr__(self, "endogenous", frozenset(self.endogenous))

    def __reduce__(self) -> tuple[Any, ...]:
        """Let a copy be made of what the context was made of."""
        return Context, (dict(self.hypotheses), self.system, self.endogenous)

    def lacking(self, name: Step) -> Context:
        """Return the context without one of its hypotheses."""
        kept = {known: prop for known, prop in self.hypotheses.items() if known != name}
        return Context(kept, self.system - {name}, self.endogenous)

    def having(self, name: Step, prop: Prop, identically: bool = False) -> Context:
        """Return the context with one more hypothesis; a name is given once."""
        if name in self.hypotheses:
            raise CertificateError("context", f"the name {name!r} is taken", where=name)
        system = self.system | {name} if identically else self.system
        return Context({**self.hypotheses, name: prop}, system, self.endogenous)

    def symbols(self) -> frozenset[sp.Symbol]:
        """Return every symbol that a hypothesis mentions freely."""
        return self._symbols

    @cached_property
    def _symbols(self) -> frozenset[sp.Symbol]:
        return frozenset().union(*(free_symbols(prop) for prop in self.hypotheses.values()))


def rewrite_all(goal: Prop, context: Context, names: Iterable[Step]) -> Prop:
    """Rewrite ``goal`` with the named equations of the context, left side to right side, one after another."""
    for name in names:
        equation = context.hypotheses[name]
        if not isinstance(equation, Rel) or equation.op != "=":
            raise CertificateError("equation", f"{name!r} is not an equation", where=str(equation)[:300])
        goal = substitute(goal, {equation.lhs: equation.rhs})
    return goal
