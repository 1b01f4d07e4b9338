"""Models: the primitives and equilibrium conditions of one paper, from which claims take the hypotheses they need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import sympy as sp

from symhet.algebra.tails import SUPPORT, Survival, TailMoment
from symhet.context import Context
from symhet.domain import Domain
from symhet.errors import UnknownName
from symhet.propositions import Prop, Rel, eq, free_symbols, terms
from symhet.steps import Step


@dataclass(frozen=True)
class Model:
    """Primitives, definitions and equilibrium conditions of one paper in one regime.

    Parameters
    ----------
    name : str
        Name of the model and regime.
    domain : Domain
        Its parameters and their assumptions.
    definitions : Mapping[Step, Rel]
        Equations ``symbol = term`` by name, in an order in which each uses only earlier symbols.
    conditions : Mapping[Step, Rel]
        Equilibrium conditions by name.
    endogenous : frozenset of Symbol
        Symbols whose values the parameters determine.
    facts : Mapping[Step, Prop]
        Further hypotheses that are not identities: existence of each group of firms, support of the distribution.
    presumed : Mapping[Step, Prop]
        What is supposed of the distribution wherever its tails are mentioned: that a moment is finite, that the density
        has a value at a cutoff, that it is positive inside the support.

    Examples
    --------
    >>> from symhet.papers.kz.model import offshoring_first
    >>> sorted(offshoring_first().context("sigma>1", "w").hypotheses)
    ['sigma>1', 'w']
    """

    name: str
    domain: Domain
    definitions: Mapping[Step, Rel] = field(default_factory=dict)
    conditions: Mapping[Step, Rel] = field(default_factory=dict)
    endogenous: frozenset[sp.Symbol] = frozenset()
    facts: Mapping[Step, Prop] = field(default_factory=dict)
    presumed: Mapping[Step, Prop] = field(default_factory=dict)

    def context(self, *names: Step) -> Context:
        """Return the context with the named assumptions, definitions, conditions and facts.

        Raises
        ------
        UnknownName
            For a name that the model does not have.
        """
        assumptions = self.domain.hypotheses()
        hypotheses: dict[Step, Prop] = {}
        for name in names:
            if name in assumptions:
                hypotheses[name] = assumptions[name]
            elif name in self.definitions:
                hypotheses[name] = self.definitions[name]
            elif name in self.conditions:
                hypotheses[name] = self.conditions[name]
            elif name in self.facts:
                hypotheses[name] = self.facts[name]
            elif name in self.presumed:
                hypotheses[name] = self.presumed[name]
            else:
                known = [*assumptions, *self.definitions, *self.conditions, *self.facts, *self.presumed]
                raise UnknownName(name, known, where=self.name)
        if any(term.has(SUPPORT, Survival, TailMoment) for prop in hypotheses.values() for term in terms(prop)):
            spoken = frozenset().union(*map(free_symbols, hypotheses.values()))
            hypotheses |= {name: prop for name, prop in self.presumed.items() if free_symbols(prop) <= spoken}
        identities = frozenset(name for name in names if name in self.definitions or name in self.conditions)
        return Context(hypotheses, identities, self.endogenous)

    def whole_domain(self, *names: Step) -> Context:
        """Return the context of every assumption of the domain and the named further hypotheses."""
        return self.context(*self.domain.hypotheses(), *names)

    def complete(self, point: Mapping[sp.Symbol, sp.Rational | int], names: Sequence[Step]) -> dict[sp.Symbol, sp.Expr]:
        """Return the point with the symbols that the named definitions determine."""
        values = {symbol: sp.sympify(value, strict=True) for symbol, value in point.items()}
        for name in names:
            definition = self.definitions[name]
            if definition.lhs not in values:
                values[definition.lhs] = definition.rhs.xreplace(values)
        return values


def definition(symbol: sp.Symbol, term: sp.Expr) -> Rel:
    """Return the equation that defines a symbol."""
    return eq(symbol, term)
