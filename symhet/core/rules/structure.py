"""Rules that take a goal apart: cuts, rewriting, new names, coordinates, cases, quantifiers."""

from __future__ import annotations

from symhet.core import records
from symhet.core.context import Context
from symhet.core.rules.base import Check, require_fresh, sides
from symhet.language.refusals import Refusal
from symhet.language.statements import Op, Statement, at, eq, implies, lt, positive, substitute
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
    """Replace equals by equals in the goal, or everywhere: values and definedness stay."""
    for name in proof.using:
        left, right = sides(context.known(name), "rewrite", Op.EQUAL)
        goal = substitute(goal, {left: right})
        context = context.substituted({left: right}) if proof.everywhere else context
    check(context, goal, proof.then)


def named(check: Check, context: Context, goal: Statement, proof: records.Named) -> None:
    """Give a fresh positive symbol to a term that is proved positive."""
    require_fresh(proof.symbol, "named", context.leaves, goal.leaves, proof.term.leaves)
    check(context, positive(proof.term), proof.positive)
    check(context.having(proof.label, eq(proof.symbol, proof.term)), goal, proof.then)


def split(check: Check, context: Context, goal: Statement, proof: records.Split) -> None:
    """A conjunction is proved part by part; an equivalence is two implications."""
    for part, found in zip(conjuncts(goal), proof.parts, strict=True):
        check(context, part, found)


def conjuncts(statement: Statement) -> tuple[Statement, ...]:
    """Return the parts of a conjunction, or both implications of an equivalence."""
    if statement.op is Op.IFF:
        left, right = statement.args
        return implies(left, right), implies(right, left)
    return _parts(statement, "split", Op.AND)


def _disjuncts(statement: Statement) -> tuple[Statement, ...]:
    if statement.op in (Op.AT_MOST, Op.DIFFER):
        left, right = statement.args
        return lt(left, right), eq(left, right) if statement.op is Op.AT_MOST else lt(right, left)
    return _parts(statement, "choose", Op.OR)


def _parts(goal: Statement, rule: str, op: Op) -> tuple[Statement, ...]:
    if goal.op is not op:
        raise Refusal(rule, f"this is not built with {op.value!r}", goal)
    return goal.args


def intro(check: Check, context: Context, goal: Statement, proof: records.Intro) -> None:
    """To prove an implication, assume the premise."""
    premise, conclusion = _parts(goal, "intro", Op.IMPLIES)
    check(context.having(proof.name, premise), conclusion, proof.then)


def choose(check: Check, context: Context, goal: Statement, proof: records.Choose) -> None:
    """A disjunction holds when one part does."""
    check(context, _disjuncts(goal)[proof.part], proof.proof)


def cases(check: Check, context: Context, goal: Statement, proof: records.Cases) -> None:
    """A known disjunction is used by proving the goal in each of its cases."""
    for part, found in zip(_disjuncts(context.known(proof.name)), proof.proofs, strict=True):
        check(context.having(proof.label, part), goal, found)


def use(check: Check, context: Context, goal: Statement, proof: records.Use) -> None:
    """A part of a known conjunction, the conclusion of a known implication, or an instance of a forall."""
    known = context.known(proof.name)
    if known.op in (Op.AND, Op.IFF):
        known = conjuncts(known)[proof.part]
    if known.op in (Op.IMPLIES, Op.FORALL) and proof.proofs:
        if known.op is Op.IMPLIES:
            premise, conclusion = known.args
        else:
            (term,) = proof.terms
            premise, conclusion = positive(term), at(known.args[0], term)
        (found,) = proof.proofs
        check(context, premise, found)
        known = conclusion
    if known is not goal:
        raise Refusal("use", f"{proof.name!r} does not give that", goal)


def generalise(check: Check, context: Context, goal: Statement, proof: records.Generalise) -> None:
    """A statement about all positive values is proved for a fresh positive symbol."""
    (body,) = _parts(goal, "generalise", Op.FORALL)
    require_fresh(proof.symbol, "generalise", context.leaves, goal.leaves)
    check(context, at(body, proof.symbol), proof.then)
