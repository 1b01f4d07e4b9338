"""Contexts: the named hypotheses under which a goal is claimed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from symhet.language.definedness import Condition, granted
from symhet.language.refusals import Refusal
from symhet.language.statements import Op, Statement, replacement
from symhet.language.terms import Head, Term, union


@dataclass(frozen=True)
class Context:
    """Named hypotheses; some of them a system of equations that may be differentiated.

    A model of a context is a valuation at which every hypothesis holds. Where there is a system it comes with a
    solution: continuously differentiable functions for the endogenous symbols on a neighbourhood of the values of the
    exogenous ones, such that every equation of the system holds throughout; totals are their derivatives there.

    Parameters
    ----------
    hypotheses : Mapping[str, Statement]
        Closed statements by name.
    system : frozenset of str
        Names of those hypotheses that are the equations of the system.
    endogenous : frozenset of Term
        The symbols that are functions of the others; every other symbol is exogenous.
    """

    hypotheses: Mapping[str, Statement] = field(default_factory=dict)
    system: frozenset[str] = frozenset()
    endogenous: frozenset[Term] = frozenset()

    def __post_init__(self) -> None:
        """Keep the hypotheses from changing under a theorem that rests on them."""
        object.__setattr__(self, "hypotheses", MappingProxyType(dict(self.hypotheses)))
        object.__setattr__(self, "system", frozenset(self.system))
        object.__setattr__(self, "endogenous", frozenset(self.endogenous))

    def known(self, name: str) -> Statement:
        """Return the hypothesis of this name."""
        found = self.hypotheses.get(name)
        if found is None:
            raise Refusal("context", f"there is no hypothesis {name!r}")
        return found

    def having(self, name: str, statement: Statement, identically: bool = False) -> Context:
        """Return the context with one more hypothesis; a name is given once, and one of its own to what has none."""
        name = name or f"given {len(self.hypotheses)}"
        if name in self.hypotheses:
            raise Refusal("context", f"the name {name!r} is taken")
        system = self.system | {name} if identically else self.system
        found = Context({**self.hypotheses, name: statement}, system, self.endogenous)
        grants, leaves = union(self.grants, granted(statement)), union(self.leaves, statement.leaves)
        found.__dict__.update(grants=grants, leaves=leaves)
        return found

    def nearby(self) -> Context:
        """Return the part of the context that also holds at every point of the solution near by.

        These are the equations of the system, strict relations between sides that are continuous there, and that a term
        has a value, which it then has near by. Sides that mention a total, or a density that is compared, are left out.
        """
        kept = {
            name: statement
            for name, statement in self.hypotheses.items()
            if name in self.system or (self.system and _is_open(statement))
        }
        return Context(kept, self.system, self.endogenous)

    def substituted(self, mapping: Mapping[Term, Term]) -> Context:
        """Return the context with terms replaced in every hypothesis; nothing in it may be differentiated any more."""
        replaced = replacement(mapping)
        return Context({name: replaced(known) for name, known in self.hypotheses.items()})

    @cached_property
    def grants(self) -> frozenset[Condition]:
        """What the relations among the hypotheses grant."""
        return frozenset().union(*map(granted, self.hypotheses.values()))

    @cached_property
    def leaves(self) -> frozenset[Term]:
        """Every symbol and other leaf that a hypothesis mentions, and the endogenous symbols."""
        found = frozenset(self.endogenous)
        for statement in self.hypotheses.values():
            found = union(found, statement.leaves)
        return found


def _is_open(statement: Statement) -> bool:
    if statement.op is Op.EQUAL and statement.args[0] is statement.args[1]:
        return not statement.mentions(Head.TOTAL)
    return statement.op in (Op.LESS, Op.DIFFER) and not statement.mentions(Head.DENSITY, Head.TOTAL)
