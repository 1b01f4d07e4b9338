"""Economies that meet a context, drawn when they are first asked for and narrowed where more is supposed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from symhet.core.context import Context
from symhet.language.statements import Op, Statement
from symhet.language.terms import SUPPORT, Term
from symhet.search.drawing import sampled_with_effort
from symhet.search.evaluation import Economies
from symhet.search.loose import fails, worlds

FEW = 8
"""Economies that are enough to go on with those known."""
LOOSE_EFFORT = 10
"""Steps of work that drawing worlds for inequalities alone takes."""


@dataclass
class Drawn:
    """Economies that meet a context, drawn when first asked for.

    Parameters
    ----------
    context : Context
        What they meet.
    coordinates : tuple of (Term, Term)
        Symbols that stand for terms in the symbols of the context.
    found : Economies, optional
        The economies, where they are known already.
    effort : int
        Steps of work that drawing took and that were not paid for yet.
    loose : Economies, optional
        Worlds in which the inequalities hold, whatever the equations say.
    """

    context: Context
    coordinates: tuple[tuple[Term, Term], ...] = ()
    found: Economies | None = None
    effort: int = 0
    loose: Economies | None = None
    _asked: bool = False
    _asked_loosely: bool = False

    def economies(self) -> Economies | None:
        """Return the economies, None when none was met."""
        if self.found is None and not self._asked:
            self._asked = True
            self.found = self._placed(self._sampled(()))
        return self.found

    def about(self, goal: Statement) -> Economies | None:
        """Return economies with values for all leaves of a goal."""
        known = self.economies()
        if known is None or not (goal.leaves - known.leaves.keys() - {SUPPORT}):
            return known
        return self._placed(self._sampled((goal,)))

    def needs_equations(self, context: Context, goal: Statement) -> bool:
        """Tell whether an inequality fails in a world that meets the inequalities of a context."""
        if not self._asked_loosely:
            self._asked_loosely = True
            self.loose = worlds(context, goal)
            self.effort += LOOSE_EFFORT
        return self.loose is not None and fails(self.loose, context, goal)

    def _sampled(self, goals: tuple[Statement, ...]) -> Economies | None:
        found, effort = sampled_with_effort(self.context, goals)
        self.effort += effort
        return found

    def _placed(self, economies: Economies | None) -> Economies | None:
        for symbol, term in self.coordinates:
            economies = economies and economies.having({symbol: economies.value(term)})
        return economies

    def charted(self, symbol: Term, term: Term) -> Drawn:
        """Return the same economies with a symbol that stands for a term."""
        known = self.economies()
        found = None if known is None else known.having({symbol: known.value(term)})
        loose = None if self.loose is None else self.loose.having({symbol: self.loose.value(term)})
        places = (*self.coordinates, (symbol, term))
        return Drawn(self.context, places, found, 0, loose, _asked=True, _asked_loosely=self._asked_loosely)

    def supposing(self, name: str, statement: Statement) -> Drawn:
        """Return economies that meet one more statement, those known where enough of them do."""
        known = self.about(statement)
        if known is not None and statement.op is not Op.EQUAL:
            kept = np.flatnonzero(known.holds(statement))
            if len(kept) >= FEW:
                return Drawn(self._with(name, statement), self.coordinates, known.chosen(kept))
        return Drawn(self._with(name, statement), self.coordinates, _asked=bool(self.coordinates))

    def _with(self, name: str, statement: Statement) -> Context:
        if self.coordinates or name in self.context.hypotheses:
            return self.context
        return self.context.having(name, statement)
