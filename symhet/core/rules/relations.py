"""Rules that prove statements from known ones, from lemmas and from the equations of the system."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from itertools import product
from math import prod

from symhet.core import lemmas, records
from symhet.core.calculus import derivative
from symhet.core.context import Context
from symhet.core.normal.conversion import signs
from symhet.core.rules.base import Check, require_values, rewritten, sides, vanishes
from symhet.language import terms as t
from symhet.language.definedness import Condition, Kind, evident
from symhet.language.refusals import Refusal
from symhet.language.statements import FALSE, RELATIONS, Op, Statement, eq
from symhet.language.terms import ZERO, Head, Term

Signs = frozenset[int]
ANY: Signs = frozenset({-1, 0, 1})
GAPS: dict[Op, Signs] = {
    Op.EQUAL: frozenset({0}),
    Op.LESS: frozenset({1}),
    Op.AT_MOST: frozenset({0, 1}),
    Op.DIFFER: frozenset({-1, 1}),
}
"""What a relation says of the sign of its gap."""


def combine(check: Check, context: Context, goal: Statement, proof: records.Combine) -> None:
    """Refuse unless multiplier * gap is a sum of products of known gaps and a rest, of signs that the goal allows."""
    both, weights = sides(goal, "combine", *RELATIONS), [weight for weight, _ in proof.terms]
    require_values(context, (*both, proof.multiplier, *weights))
    parts = [goal.gap if proof.multiplier is t.ONE else t.multiply(proof.multiplier, goal.gap)]
    found = []
    for weight, factors in proof.terms:
        facts = [(rewritten(context.known(name), context, proof.using), n) for name, n in factors]
        powers = [fact.gap if n == 1 else t.whole_power(fact.gap, n) for fact, n in facts]
        parts.append(t.multiply(t.MINUS_ONE, weight, *powers))
        found.append(_product(_power(GAPS[fact.op], n) for fact, n in facts))
    rest = t.total_of(parts)
    # The sign of a weight is not asked for where the product is zero anyway.
    asked = [weight if any(product) else t.ONE for weight, product in zip(weights, found, strict=True)]
    left, multiplier, *judged = _signs(context, (rest, proof.multiplier, *asked))
    total = reduce(_sum, map(_product, zip(judged, found, strict=True)), left)
    if not _product((total, _power(multiplier, -1))) <= GAPS[goal.op]:
        raise Refusal("combine", "the signs that are known do not give the goal", goal)


def _signs(context: Context, terms: tuple[Term, ...]) -> list[Signs]:
    """Return the signs that terms may have, by their build, by what is known, or by the joint form of the others."""
    shown = {term for term in terms if evident(term) or Condition(Kind.POSITIVE, term) in context.grants}
    asked = tuple(term for term in terms if term not in shown)
    judged = zip(asked, signs(asked), strict=True) if asked else ()
    found = {term: ANY if sign is None else frozenset({sign}) for term, sign in judged}
    return [frozenset({1}) if term in shown else found[term] for term in terms]


def _power(base: Signs, n: int) -> Signs:
    if n < 0 and 0 in base:
        raise Refusal("combine", "what may be zero is divided by")
    return frozenset(sign ** abs(n) for sign in base)


def _product(factors: Iterable[Signs]) -> Signs:
    return frozenset(map(prod, product(*factors)))


def _sum(one: Signs, other: Signs) -> Signs:
    pairs = list(product(one, other))
    return ANY if any(a * b < 0 for a, b in pairs) else frozenset(a or b for a, b in pairs)


def hypothesis(check: Check, context: Context, goal: Statement, proof: records.Hypothesis) -> None:
    """Refuse unless the goal is known, after rewriting, to the letter or with an equal gap, or 0 < 0 is known."""
    require_same(context, rewritten(context.known(proof.name), context, proof.using), goal)


def require_same(context: Context, holds: Statement, goal: Statement) -> None:
    """Refuse unless the goal is a statement that holds, or the same relation with sides that exist and an equal gap.

    From 0 < 0 anything follows.
    """
    if holds in (goal, FALSE):
        return
    both = sides(goal, "same", holds.op) if holds.is_relation else ()
    if not both:
        raise Refusal("same", "what is known says something else", goal)
    require_values(context, both)
    if not vanishes(t.difference(goal.gap, holds.gap)):
        raise Refusal("same", "the two sides differ", goal)


def lemma(check: Check, context: Context, goal: Statement, proof: records.Lemma) -> None:
    """An instance of a named lemma: its premises are proved, and the terms of its conclusion have values."""
    premises, conclusion = lemmas.instance(proof.schema, proof.arguments)
    if conclusion.reach:
        raise Refusal("lemma", "a variable is bound by nothing", conclusion)
    for premise, found in zip(premises, proof.premises, strict=True):
        check(context, premise, found)
    require_values(context, lemmas.wanted(proof.schema, conclusion))
    require_same(context, conclusion, goal)


def differentiate(check: Check, context: Context, goal: Statement, proof: records.Differentiate) -> None:
    """Chain rule: along a solution the gap of an equation of the system stays zero."""
    if proof.equation not in context.system:
        raise Refusal("differentiate", f"{proof.equation!r} is no equation of the system")
    slopes, conclusion = differentiated(context, proof.equation, proof.parameter)
    require_values(context, slopes)
    require_same(context, conclusion, goal)


def differentiated(context: Context, equation: str, parameter: Term) -> tuple[list[Term], Statement]:
    """Return the partial derivatives of the gap of an equation, and that its total derivative is zero."""
    if parameter.head is not Head.SYMBOL or parameter in context.endogenous:
        raise Refusal("differentiate", "this is no exogenous symbol", parameter)
    gap = context.known(equation).gap
    moving = sorted(context.endogenous & gap.leaves, key=lambda symbol: str(symbol.args[0]))
    slopes = [derivative(gap, symbol) for symbol in (parameter, *moving)]
    through = [t.multiply(slope, t.total(y, parameter)) for slope, y in zip(slopes[1:], moving, strict=True)]
    return slopes, eq(t.total_of([slopes[0], *through]), ZERO)
