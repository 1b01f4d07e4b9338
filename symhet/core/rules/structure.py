"""Rules that take a goal apart: cuts, rewriting, new names, coordinates, cases, quantifiers."""

from __future__ import annotations

from symhet.core import records
from symhet.core.context import Context
from symhet.core.rules.base import Check, require_fresh, require_values, require_zero, rewritten
from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.statements import FALSE, Op, Statement, eq, implies, instance, positive, substitute
from symhet.language.terms import Head


def cut(check: Check, context: Context, goal: Statement, proof: records.Cut) -> None:
    """Check statements one after another, each with the ones before it, then the goal with all of them.

    What is to hold identically is an equation that follows from what holds at every point near by.
    """
    for name, statement, found, identically in proof.steps:
        if identically and (
            not context.system or statement.op is not Op.EQUAL or statement.mentions(Head.TOTAL, Head.DENSITY)
        ):
            raise Refusal("cut", "only an equation between continuous functions of the parameters holds identically")
        check(context.nearby() if identically else context, statement, found)
        context = context.having(name, statement, identically)
    check(context, goal, proof.then)


def rewrite(check: Check, context: Context, goal: Statement, proof: records.Rewrite) -> None:
    """Replace equals by equals in the goal: values and definedness stay."""
    check(context, rewritten(goal, context, proof.using), proof.then)


def named(check: Check, context: Context, goal: Statement, proof: records.Named) -> None:
    """Give a fresh positive symbol to a term that is proved positive."""
    require_fresh(proof.symbol, "named", context.leaves, goal.leaves, proof.term.leaves)
    check(context, positive(proof.term), proof.positive)
    check(context.having(proof.label, eq(proof.symbol, proof.term)), goal, proof.then)


def chart(check: Check, context: Context, goal: Statement, proof: records.Chart) -> None:
    """Change to positive coordinates; the system is dropped.

    At every model of the context the coordinates have positive values, and every symbol of the map equals its image
    there; so the statements with the images put in say the same.
    """
    coordinates, images = dict(proof.coordinates), dict(proof.map)
    if len(coordinates) != len(proof.coordinates) or len(images) != len(proof.map):
        raise Refusal("chart", "a symbol is given twice")
    taken = [context.leaves, goal.leaves, *(term.leaves for term in coordinates.values()), images]
    for (symbol, term), found in zip(proof.coordinates, proof.positive, strict=True):
        require_fresh(symbol, "chart", *taken)
        taken.append((symbol,))
        check(context, positive(term), found)
    for old, image in proof.map:
        if old.head is not Head.SYMBOL:
            raise Refusal("chart", "only symbols are replaced", old)
        recovered = t.replace(image, coordinates)
        require_values(check, context, (recovered,), proof.side)
        require_zero(t.difference(old, recovered), "chart")
    check(context.substituted(images), substitute(goal, images), proof.then)


def split(check: Check, context: Context, goal: Statement, proof: records.Split) -> None:
    """A conjunction is proved part by part."""
    for part, found in zip(_parts(goal, "split", Op.AND), proof.parts, strict=True):
        check(context, part, found)


def _parts(goal: Statement, rule: str, op: Op) -> tuple[Statement, ...]:
    if goal.op is not op:
        raise Refusal(rule, f"this is not built with {op.value!r}", goal)
    return goal.args


def intro(check: Check, context: Context, goal: Statement, proof: records.Intro) -> None:
    """To prove an implication, assume the premise."""
    premise, conclusion = _parts(goal, "intro", Op.IMPLIES)
    check(context.having(proof.name, premise), conclusion, proof.then)


def both(check: Check, context: Context, goal: Statement, proof: records.Both) -> None:
    """An equivalence is two implications."""
    left, right = _parts(goal, "both", Op.IFF)
    check(context, implies(left, right), proof.forward)
    check(context, implies(right, left), proof.backward)


def choose(check: Check, context: Context, goal: Statement, proof: records.Choose) -> None:
    """A disjunction holds when one part does."""
    check(context, _part(_parts(goal, "choose", Op.OR), proof.part), proof.proof)


def _part(parts: tuple[Statement, ...], index: int) -> Statement:
    if not 0 <= index < len(parts):
        raise Refusal("part", f"there is no part {index}")
    return parts[index]


def cases(check: Check, context: Context, goal: Statement, proof: records.Cases) -> None:
    """A known disjunction is used by proving the goal in each of its cases."""
    for part, found in zip(_parts(context.known(proof.name), "cases", Op.OR), proof.proofs, strict=True):
        check(context.having(proof.label, part), goal, found)


def use(check: Check, context: Context, goal: Statement, proof: records.Use) -> None:
    """A part of a known conjunction, or the conclusion of a known implication or equivalence."""
    known = context.known(proof.name)
    if known.op is Op.AND:
        known = _part(known.args, proof.part)
    elif known.op in (Op.IMPLIES, Op.IFF):
        premise, conclusion = known.args if proof.forward or known.op is Op.IMPLIES else known.args[::-1]
        (found,) = proof.premise
        check(context, premise, found)
        known = conclusion
    if known is not goal:
        raise Refusal("use", f"{proof.name!r} does not give that", goal)


def absurd(check: Check, context: Context, goal: Statement, proof: records.Absurd) -> None:
    """Anything follows from 0 < 0."""
    check(context, FALSE, proof.proof)


def generalise(check: Check, context: Context, goal: Statement, proof: records.Generalise) -> None:
    """A statement about all positive values is proved for a fresh positive symbol."""
    (body,) = _parts(goal, "generalise", Op.FORALL)
    require_fresh(proof.symbol, "generalise", context.leaves, goal.leaves)
    check(context, instance(body, proof.symbol), proof.then)


def specialise(check: Check, context: Context, goal: Statement, proof: records.Specialise) -> None:
    """A statement known for all positive values holds at a positive term."""
    (body,) = _parts(context.known(proof.name), "specialise", Op.FORALL)
    check(context, positive(proof.term), proof.positive)
    if instance(body, proof.term) is not goal:
        raise Refusal("specialise", "the instance is not the goal", goal)
