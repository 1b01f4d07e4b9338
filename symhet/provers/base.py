"""What every tactic is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import sympy as sp

from symhet.certificate import Certificate
from symhet.errors import GaveUp
from symhet.propositions import Prop, Rel
from symhet.rules.base import Context
from symhet.steps import Step

Tactic = Callable[[Context, Prop], Certificate]
Terms = Mapping[Step, sp.Expr | int]


def as_term(value: sp.Expr | int) -> sp.Expr:
    """Return a term for a term or a whole number; text is refused."""
    return sp.sympify(value, strict=True)


def give_up(why: str, goal: Prop) -> GaveUp:
    """Return the error of a prover that found no certificate."""
    return GaveUp(
        "no certificate was found",
        where=str(goal)[:300],
        why=why,
        fix="give the prover a lemma or another tactic",
    )


def gap_of(context: Context, name: Step) -> sp.Expr:
    """Return rhs - lhs of the named relation."""
    prop = context.hypotheses[name]
    if not isinstance(prop, Rel):
        raise give_up(f"{name!r} is not a relation", prop)
    return prop.gap
