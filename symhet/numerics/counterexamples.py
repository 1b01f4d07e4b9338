"""Counterexamples as plain data: hypotheses, what fails, and the exact point, without the theorem that says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import sympy as sp

from symhet.algebra.total import is_total, varied_by
from symhet.core import records
from symhet.language.sympy_door import statement_to_sympy
from symhet.numerics.slopes import differentiated, put_in
from symhet.propositions import ForAll, Prop, free_symbols
from symhet.steps import Step
from symhet.theorems import Theorem
from symhet.valuation import PiecewiseUniform

__all__ = ["Counterexample"]


@dataclass(frozen=True)
class Counterexample:
    """A statement that fails at a point where hypotheses hold, as plain data.

    Parameters
    ----------
    hypotheses : tuple of Prop
        What holds.
    goal : Prop
        What fails, with derivatives replaced by what the derivation found for them.
    point : tuple of (Symbol, Rational)
        The exact point.
    distribution : PiecewiseUniform, optional
        What tails stand for.
    endogenous : frozenset of Symbol
        Symbols that the equations determine.
    varied : tuple of str
        Names of what the statement itself varies: parameters of its derivatives, symbols that it binds.
    claimed : Prop, optional
        What fails, as it was stated.
    slopes : tuple of Prop
        The conditions differentiated, where the goal has derivatives left: they determine these.
    """

    hypotheses: tuple[Prop, ...]
    goal: Prop
    point: tuple[tuple[sp.Symbol, sp.Rational], ...]
    distribution: PiecewiseUniform | None
    endogenous: frozenset[sp.Symbol]
    varied: tuple[str, ...] = ()
    claimed: Prop | None = None
    slopes: tuple[Prop, ...] = ()

    @classmethod
    def of(cls, theorem: Theorem) -> Counterexample:
        """Return the counterexample of a theorem that says that a goal fails."""
        assert theorem.at is not None
        goal = theorem.at.goal
        hypotheses: Mapping[Step, Prop] = theorem.context.hypotheses
        slopes: tuple[Prop, ...] = ()
        record = theorem.core.certificate
        if isinstance(record, records.Witness) and record.functions:
            explicit = {name: put_in(fact, record) for name, fact in theorem.core.context.hypotheses.items()}
            hypotheses = {Step(name): statement_to_sympy(fact) for name, fact in explicit.items()}
            goal = statement_to_sympy(put_in(theorem.core.goal, record))
        if any(map(is_total, free_symbols(goal))):
            slopes = tuple(map(statement_to_sympy, differentiated(theorem.core)))
        return cls(
            tuple(hypotheses.values()),
            goal,
            tuple(theorem.at.point.items()),
            theorem.at.distribution,
            theorem.context.endogenous,
            tuple(_varied(theorem.goal)),
            theorem.goal,
            slopes,
        )


def _varied(goal: Prop) -> Iterator[str]:
    if isinstance(goal, ForAll):
        yield goal.variable.name
        yield from _varied(goal.body)
    else:
        yield from sorted({varied_by(symbol) for symbol in free_symbols(goal) if is_total(symbol)})
