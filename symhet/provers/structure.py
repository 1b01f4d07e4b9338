"""Tactics that take a goal apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

import sympy as sp

from symhet.certificate import Certificate
from symhet.propositions import And, ForAll, Iff, Implies, Or, Prop, eq, gt, lt, negate, replace, substitute
from symhet.provers.automatic import auto, intro
from symhet.provers.base import Tactic, give_up
from symhet.provers.positivity import side_for, side_of
from symhet.rules.base import Context
from symhet.rules.definedness import conditions, lost
from symhet.steps import Step, steps

PREMISE, CASE = steps("premise", "case")
"""What a side of an equivalence and a case of a disjunction are assumed under, where no other name is given."""


def use(name: Step, part: int = 0) -> Tactic:
    """The goal is a part of the named conjunction, or follows from a named implication."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        known = context.hypotheses[name]
        if isinstance(known, And):
            return Certificate("use", {"name": name, "part": known.parts.index(goal) if goal in known.parts else part})
        if isinstance(known, Implies):
            return Certificate("use", {"name": name, "premise": auto()(context, known.premise)})
        if isinstance(known, Iff):
            forward = known.right == goal
            premise = known.left if forward else known.right
            return Certificate("use", {"name": name, "forward": forward, "premise": auto()(context, premise)})
        raise give_up(f"{name!r} has no parts", goal)

    return tactic


def both(forward: Tactic, backward: Tactic, name: Step = PREMISE) -> Tactic:
    """Prove an equivalence: each side is assumed under ``name`` to prove the other."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        if not isinstance(goal, Iff):
            raise give_up("not an equivalence", goal)
        there = intro(name, forward)(context, Implies(goal.left, goal.right))
        back = intro(name, backward)(context, Implies(goal.right, goal.left))
        return Certificate("both", {"forward": there, "backward": back})

    return tactic


def cases(known: Step, *proofs: Tactic, name: Step = CASE) -> Tactic:
    """Use a named disjunction: prove the goal in each of its cases."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        parts = context.hypotheses[known]
        if not isinstance(parts, Or):
            raise give_up(f"{known!r} is no disjunction", goal)
        found = tuple(
            prover(context.having(name, part), goal) for prover, part in zip(proofs, parts.parts, strict=True)
        )
        return Certificate("cases", {"name": known, "as": name, "proofs": found})

    return tactic


def choose(part: int, then: Tactic) -> Tactic:
    """Prove a disjunction by one of its parts."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        if not isinstance(goal, Or) or part >= len(goal.parts):
            raise give_up("not a disjunction with that part", goal)
        return Certificate("choose", {"part": part, "proof": then(context, goal.parts[part])})

    return tactic


def absurd(proof: Tactic, name: Step | None = None) -> Tactic:
    """Derive 0 < 0, from the negation of the goal under ``name`` when a name is given."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        inner = context.having(name, negate(goal)) if name else context
        args = {"proof": proof(inner, lt(0, 0)), **({"name": name} if name else {})}
        side = side_for(context, conditions(goal)) if name else ()
        return Certificate("absurd", {**args, "side": side} if side else args)

    return tactic


def cut(steps: Iterable[tuple[Step, Prop, Tactic]], then: Tactic) -> Tactic:
    """Prove statements first, each with the ones before it, then the goal with all of them."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        proved = []
        for name, prop, prover in steps:
            proved.append((name, prop, prover(context, prop)))
            context = context.having(name, prop)
        return Certificate("cut", {"steps": tuple(proved), "then": then(context, goal)})

    return tactic


def name_term(symbol: sp.Symbol, term: sp.Expr, label: Step, then: Tactic, positive: Tactic | None = None) -> Tactic:
    """Give the positive term a name: the equation ``symbol = term`` is at hand under ``label``."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        proof = (positive or auto())(context, gt(term, 0))
        rest = then(context.having(label, eq(symbol, term)), goal)
        return Certificate("name", {"symbol": symbol, "term": term, "as": label, "positive": proof, "then": rest})

    return tactic


def chart(coordinates: Mapping[sp.Symbol, sp.Expr], replacements: Mapping[sp.Symbol, sp.Expr], then: Tactic) -> Tactic:
    """Change to positive coordinates: each new symbol is a positive term of the old ones, which it replaces."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        proofs = tuple(auto()(context, gt(term, 0)) for term in coordinates.values())
        side: list[tuple[Prop, Certificate]] = []
        for old, new in replacements.items():
            recovered = new.xreplace(dict(coordinates))
            kept = lost(eq(new, new), eq(recovered, recovered), partial(replace, mapping=coordinates))
            side += side_of(context, (old - recovered, recovered)) + side_for(context, kept)
        charted, target = context.rewritten(replacements), substitute(goal, replacements)
        moved = partial(replace, mapping=replacements)
        for name, prop in context.hypotheses.items():
            side += side_for(charted.relations(), lost(prop, charted.hypotheses[name], moved, assumed=True))
        side += side_for(charted, lost(goal, target, moved))
        inner = then(charted, target)
        args = {
            "coordinates": dict(coordinates),
            "map": dict(replacements),
            "positive": proofs,
            "then": inner,
        }
        return Certificate("chart", {**args, "side": tuple(side)})

    return tactic


def generalise(then: Tactic, symbol: sp.Symbol | None = None) -> Tactic:
    """Prove a statement about all positive values for a fresh symbol."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        if not isinstance(goal, ForAll):
            raise give_up("the goal does not quantify", goal)
        fresh = symbol or goal.variable
        mapping = {goal.variable: fresh}
        target = substitute(goal.body, mapping)
        side = side_for(context, lost(goal.body, target, partial(replace, mapping=mapping)))
        return Certificate("generalise", {"symbol": fresh, "side": side, "then": then(context, target)})

    return tactic


def specialise(name: Step, term: sp.Expr) -> Tactic:
    """Use a statement about all positive values at one positive term."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        known = context.hypotheses[name]
        if not isinstance(known, ForAll):
            raise give_up(f"{name!r} does not quantify", goal)
        kept = lost(known.body, goal, partial(replace, mapping={known.variable: term}), assumed=True)
        args = {"name": name, "term": term, "positive": auto()(context, gt(term, 0))}
        return Certificate("specialise", {**args, "side": side_for(context, kept)})

    return tactic
