"""Tactics that take a goal apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sympy as sp

from symhet.core import derived, records
from symhet.core.records import Proof
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.statements import Op, Statement
from symhet.propositions import Prop
from symhet.provers.base import Place, Tactic, give_up, require
from symhet.provers.relations import rewritten
from symhet.steps import Step, steps

PREMISE, CASE = steps("premise", "case")
"""What a side of an equivalence and a case of a disjunction are assumed under, where no other name is given."""


def auto(*using: Step) -> Tactic:
    """What is cheap, or else some steps of search: after rewriting with the named equations."""
    return rewritten(using, lambda place, goal: place.shown(goal))


def split(*parts: Tactic) -> Tactic:
    """Prove a conjunction part by part (default: auto for each)."""

    def tactic(place: Place, goal: Statement) -> Proof:
        if goal.op is not Op.AND and len(parts) == 1:
            return parts[0](place, goal)
        require(goal, Op.AND)
        tactics = parts or tuple(auto() for _ in goal.args)
        return records.Split(tuple(prover(place, part) for prover, part in zip(tactics, goal.args, strict=True)))

    return tactic


def intro(name: Step, then: Tactic) -> Tactic:
    """Assume the premise of an implication under a name and go on."""

    def tactic(place: Place, goal: Statement) -> Proof:
        require(goal, Op.IMPLIES)
        premise, conclusion = goal.args
        return records.Intro(str(name), then(place.having(name, premise), conclusion))

    return tactic


def use(name: Step, part: int = 0) -> Tactic:
    """The goal is a part of the named conjunction, or follows from a named implication."""

    def tactic(place: Place, goal: Statement) -> Proof:
        known = place.known(name)
        if known.op is Op.AND:
            return derived.use(str(name), known.args.index(goal) if goal in known.args else part)
        if known.op in (Op.IMPLIES, Op.IFF):
            forward = known.op is Op.IMPLIES or known.args[1] is goal
            premise = known.args[0 if forward else 1]
            return derived.use(str(name), 0, forward, (place.shown(premise),))
        raise give_up(f"{name!r} has no parts", goal)

    return tactic


def both(forward: Tactic, backward: Tactic, name: Step = PREMISE) -> Tactic:
    """Prove an equivalence: each side is assumed under ``name`` to prove the other."""

    def tactic(place: Place, goal: Statement) -> Proof:
        require(goal, Op.IFF)
        left, right = goal.args
        there = intro(name, forward)(place, s.implies(left, right))
        return derived.both(there, intro(name, backward)(place, s.implies(right, left)))

    return tactic


def cases(known: Step, *proofs: Tactic, name: Step = CASE) -> Tactic:
    """Use a named disjunction: prove the goal in each of its cases."""

    def tactic(place: Place, goal: Statement) -> Proof:
        parts = place.known(known)
        require(parts, Op.OR)
        pairs = zip(proofs, parts.args, strict=True)
        found = tuple(prover(place.having(name, part), goal) for prover, part in pairs)
        return records.Cases(str(known), str(name), found)

    return tactic


def choose(part: int, then: Tactic) -> Tactic:
    """Prove a disjunction by one of its parts."""

    def tactic(place: Place, goal: Statement) -> Proof:
        require(goal, Op.OR)
        return records.Choose(part, then(place, goal.args[part]))

    return tactic


def absurd(proof: Tactic) -> Tactic:
    """Anything follows from 0 < 0."""
    return lambda place, goal: derived.absurd(proof(place, s.FALSE))


def cut(steps: Iterable[tuple[Step, Prop, Tactic]], then: Tactic) -> Tactic:
    """Prove statements first, each with the ones before it, then the goal with all of them."""
    listed = tuple(steps)

    def tactic(place: Place, goal: Statement) -> Proof:
        proved = []
        for name, prop, prover in listed:
            statement = place.statement(prop)
            proved.append((str(name), statement, prover(place, statement), False))
            place = place.having(name, statement)
        return records.Cut(tuple(proved), then(place, goal))

    return tactic


def name_term(symbol: sp.Symbol, term: sp.Expr, label: Step, then: Tactic, positive: Tactic | None = None) -> Tactic:
    """Give the positive term a name: the equation ``symbol = term`` is at hand under ``label``."""

    def tactic(place: Place, goal: Statement) -> Proof:
        named, value = place.term(symbol), place.term(term)
        proof = (positive or auto())(place, s.positive(value))
        return records.Named(named, value, str(label), proof, then(place.having(label, s.eq(named, value)), goal))

    return tactic


def chart(coordinates: Mapping[sp.Symbol, sp.Expr], replacements: Mapping[sp.Symbol, sp.Expr], then: Tactic) -> Tactic:
    """Change to positive coordinates: each new symbol is a positive term of the old ones, which it replaces."""

    def tactic(place: Place, goal: Statement) -> Proof:
        new = {place.term(symbol): place.term(term) for symbol, term in coordinates.items()}
        images = {place.term(old): place.term(image) for old, image in replacements.items()}
        positive = tuple(place.shown(s.positive(term)) for term in new.values())
        side = place.side(*(t.replace(image, new) for image in images.values()))
        inner = place.within(place.context.substituted(images))
        proof = then(inner, s.substitute(goal, images))
        return derived.chart(tuple(new.items()), tuple(images.items()), positive, proof, side)

    return tactic


def generalise(symbol: sp.Symbol, then: Tactic) -> Tactic:
    """Prove a statement about all positive values for a fresh symbol."""

    def tactic(place: Place, goal: Statement) -> Proof:
        require(goal, Op.FORALL)
        fresh = place.term(symbol)
        return records.Generalise(fresh, then(place, s.at(goal.args[0], fresh)))

    return tactic


def specialise(name: Step, term: sp.Expr) -> Tactic:
    """Use a statement about all positive values at one positive term: the goal is the instance, or has an equal gap."""

    def tactic(place: Place, goal: Statement) -> Proof:
        known = place.known(name)
        require(known, Op.FORALL)
        at = place.term(term)
        proved = derived.specialise(str(name), at, place.shown(s.positive(at)))
        instance = s.at(known.args[0], at)
        if instance is goal:
            return proved
        step = f"{name}_instance"
        return records.Cut(
            ((step, instance, proved, False),),
            derived.hypothesis(step, place.having(step, instance).side(*goal.args)),
        )

    return tactic
