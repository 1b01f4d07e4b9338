"""The tactic that tries the cheap ones in turn, and those that use it for the parts of a goal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sympy as sp

from symhet.certificate import Certificate
from symhet.errors import SymhetError
from symhet.propositions import And, Implies, Prop, Rel, gt, lt
from symhet.provers.base import Tactic, give_up
from symhet.provers.positivity import positive_certificate, rewritten
from symhet.provers.relations import by, identity, sign
from symhet.rules.base import Context
from symhet.rules.checking import check
from symhet.steps import Step


def auto(*using: Step) -> Tactic:
    """Try the cheap tactics in turn: hypotheses, identity, sign, one known inequality times a positive factor."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        if isinstance(goal, And):
            return split(*(auto(*using) for _ in goal.parts))(context, goal)
        if isinstance(goal, Implies):
            return intro(Step("assumed"), auto(*using))(context, goal)
        for attempt in _attempts(context, goal, using):
            try:
                certificate = attempt(context, goal)
                check(context, goal, certificate)
            except SymhetError:
                continue
            return certificate
        raise give_up("none of the automatic tactics succeeded", goal)

    return tactic


def _attempts(context: Context, goal: Prop, using: Sequence[Step]) -> Iterable[Tactic]:
    for name, prop in context.hypotheses.items():
        if prop == goal:
            yield by(name)
    if not isinstance(goal, Rel):
        return
    if goal.op == "=":
        yield identity(*using)
        return
    yield sign(*using)
    if goal.op == "!=":
        yield lambda c, g: Certificate("apart", {"below": True, "proof": auto(*using)(c, lt(goal.lhs, goal.rhs))})
        yield lambda c, g: Certificate("apart", {"below": False, "proof": auto(*using)(c, lt(goal.rhs, goal.lhs))})
        return
    yield rewritten(using, lambda c, g: positive_certificate(c, g))


def split(*parts: Tactic) -> Tactic:
    """Prove a conjunction part by part (default: auto for each)."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        if not isinstance(goal, And):
            raise give_up("not a conjunction", goal)
        tactics = parts or tuple(auto() for _ in goal.parts)
        proofs = tuple(prover(context, part) for prover, part in zip(tactics, goal.parts, strict=True))
        return Certificate("split", {"parts": proofs})

    return tactic


def intro(name: Step, then: Tactic) -> Tactic:
    """Assume the premise of an implication under a name and go on."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        if not isinstance(goal, Implies):
            raise give_up("not an implication", goal)
        return Certificate("intro", {"name": name, "then": then(context.having(name, goal.premise), goal.conclusion)})

    return tactic


def nonzero(term: sp.Expr) -> Tactic:
    """The term differs from zero because it is manifestly, or by a hypothesis, positive or negative."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        try:
            return sign()(context, goal)
        except SymhetError:
            pass
        for below, side in ((False, gt(term, 0)), (True, lt(term, 0))):
            try:
                return Certificate("apart", {"below": below, "proof": auto()(context, side)})
            except SymhetError:
                continue
        raise give_up("neither sign was found", goal)

    return tactic
