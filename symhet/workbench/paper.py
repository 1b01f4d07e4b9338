"""A model of one's own as a paper: whatever takes a paper's key or the ID of a claim takes it too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
import sympy as sp

from symhet.catalogue import Paper, Vocabulary
from symhet.claims import Ledger
from symhet.domain import Assumption, Chart, Domain, Parameter
from symhet.language.mistakes import Source
from symhet.language.statements import Op
from symhet.language.sympy_door import statement_to_sympy, to_sympy
from symhet.language.terms import Head
from symhet.model.file import model_of
from symhet.model.meaning import parts_of
from symhet.model.toml import parse_document
from symhet.model.world import World, understood
from symhet.numerics.equilibrium.draws import draws_of
from symhet.numerics.equilibrium.given import STANDARD, defaults_of
from symhet.numerics.equilibrium.problem import Problem
from symhet.numerics.equilibrium.run import statuses_of
from symhet.numerics.equilibrium.solver import read_problem, solve_model
from symhet.numerics.models import SolvableModel
from symhet.numerics.quantities import Quantity
from symhet.propositions import Rel
from symhet.workbench.model import Model

__all__ = ["ModelPaper"]


@dataclass(frozen=True)
class ModelPaper(Paper):
    r"""A model of one's own, by its text.

    Parameters
    ----------
    key : str
        The key under which it is found.
    text : str
        The model, as a file says it.
    file : str, optional
        Where it was read.

    Examples
    --------
    >>> paper = ModelPaper("demo", 'title = "Demo"\n[parameters]\nx = {}\n[claims]\nc = "x > 0"')
    >>> [claim.id for claim in paper.ledger().claims]
    ['demo.c']
    """

    key: str  # type: ignore[misc]
    text: str = ""
    file: str = ""

    @cached_property
    def written(self) -> Model:
        """The model."""
        found = model_of(parse_document(self.text, self.file), Model)
        assert isinstance(found, Model)
        return found

    def ledger(self) -> Ledger:
        """Return its claims, none of them judged."""
        from symhet.workbench.claims import claims_of

        return Ledger(self.key, self.written.title, claims_of(self.key, self.written))

    def vocabulary(self) -> Vocabulary:
        """Return its symbols, definitions and functions among them."""
        quantities = self.written.quantities.values()
        named = {
            name: Parameter(sp.Symbol(name, real=True), definition.latex, definition.meaning)
            for name, definition in self.written.definitions.items()
        }
        named |= {
            name: Parameter(sp.Symbol(name, real=True), function.latex, function.meaning)
            for name, function in self.written.functions.items()
        }
        world = understood(self.written)
        parameters = tuple(_parameter(q) for q in quantities if not q.endogenous)
        order = world.setting.names.order
        return Vocabulary(
            parameters,
            tuple(_parameter(q) for q in quantities if q.endogenous),
            tuple(named.values()),
            domain=Domain(self.key, parameters, _assumptions(world), Chart({}, {})),
            moment=None if order is None else to_sympy(order),
            abbreviated={written: sp.Symbol(name, real=True) for name, written in _written_out(world).items()},
        )

    def model(self) -> Any:
        """Return how it is solved; None where its conditions do not determine its variables."""
        problem, groups = read_problem(self.written)
        family = self.written.family
        statuses = statuses_of(problem, groups)
        return SolvableModel(
            self.key,
            self.written.title,
            defaults_of(problem),
            (*problem.unknowns, *problem.definitions),
            (),
            quantities_of(problem),
            partial(solve_model, self.written),
            {} if family is None else {"distribution": ()},
            statuses,
            bounds=_intervals(problem),
            draws=draws_of(self.written),
            further=tuple(name for name in problem.parameters if self.written.quantities[name].default is None),
            law=STANDARD if family is not None and not family.family else None,
        )

    def plan(self) -> Any:
        """Return its claims by the part of the paper that they are from, as one document."""
        from symhet.render.planning import PaperPlan, Plan, Section

        model = self.written
        sections: dict[str, list[str]] = {}
        for name, claim in model.claims.items():
            sections.setdefault(claim.source or "Claims", []).append(f"{self.key}.{name}")
        made = tuple(Section(_capitalised(heading), tuple(ids)) for heading, ids in sections.items())
        where = f" ({model.source})" if model.source else ""
        opening = f"Every claim of {model.title}{where}, judged."
        return PaperPlan(" ".join(model.notes), (Plan("appendix", "appendix", "Appendix", opening, made),))

    def figures(self) -> Mapping[str, Any]:
        """Return no pictures: they are drawn of what is asked for."""
        return {}

    @property
    def store(self) -> Path:
        """No file of theorems: decisions are kept in the user's cache."""
        return Path("/nonexistent/theorems.gz")


def _intervals(problem: Problem) -> dict[str, tuple[float, float]]:
    """Return the intervals of the parameters that are bounded by numbers, or may be negative."""
    found: dict[str, tuple[float, float]] = {}
    for name, symbol in problem.parameters.items():
        low, high = (0.0 if symbol.args[1] else -np.inf), np.inf
        for kind, bound in problem.bounds.get(name, ()):
            if bound.head is Head.NUMBER:
                end = bound.args[0] / bound.args[1]
                low, high = (max(low, end), high) if kind in ("above", "at_least") else (low, min(high, end))
        if (low, high) != (0.0, np.inf):
            found[name] = low, high
    return found


def _written_out(world: World) -> dict[str, sp.Expr]:
    """Return the definitions that are no names of something else, written out as claims are read."""
    found: dict[str, sp.Expr] = {}
    for name, definition in world.model.definitions.items():
        term = world.setting.term(Source(name, definition.term.file))
        if term.children and not term.mentions(Head.TOTAL):
            found[name] = to_sympy(term)
    return found


def _assumptions(world: World) -> tuple[Assumption, ...]:
    """Return the inequalities that a model supposes, those with a name of their own with it."""
    found: list[Assumption] = []
    for name, fact in world.hypotheses.items():
        for part in parts_of([fact]):
            relation = statement_to_sympy(part) if part.op in (Op.LESS, Op.AT_MOST) else None
            if isinstance(relation, Rel):
                found.append(Assumption(name, relation, name if name in world.model.assumptions else ""))
    return tuple(found)


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _parameter(quantity: Any) -> Parameter:
    symbol = sp.Symbol(quantity.name, **{"positive" if quantity.positive else "real": True})
    return Parameter(symbol, quantity.latex, quantity.meaning, quantity.unit or "1")


def quantities_of(problem: Problem) -> dict[str, Quantity]:
    """Return what the numbers of a model are called and measured in."""
    model = problem.model
    found = {q.name: Quantity(q.latex, q.meaning, q.unit or "1") for q in model.quantities.values()}
    return found | {name: Quantity(d.latex, d.meaning, d.unit or "1") for name, d in model.definitions.items()}
