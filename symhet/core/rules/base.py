"""What every rule works with: terms that exist, gaps that vanish, equals replaced by equals.

A normal form answers "if all these terms have values, is this one zero, or positive?". So no term enters a joint form
that is not also shown to have a value, and each condition on the way is settled in a form of its own: a form that may
use that its terms exist must not settle what they need in order to exist.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from symhet.core.context import Context
from symhet.core.normal.conversion import signs
from symhet.core.records import Names, Proof
from symhet.language import terms as t
from symhet.language.definedness import Condition, Kind, conditions_of, evident
from symhet.language.refusals import Refusal
from symhet.language.statements import Op, Statement, substitute
from symhet.language.terms import Head, Term

Check: TypeAlias = Callable[[Context, Statement, Proof], None]


def sides(goal: Statement, rule: str, *ops: Op) -> tuple[Term, Term]:
    """Return both sides of a goal that must be a relation of one of these kinds."""
    if goal.op not in ops:
        raise Refusal(rule, f"the goal is not a relation {' or '.join(op.value for op in ops)}", goal)
    left, right = goal.args
    return left, right


def require_values(context: Context, terms: Iterable[Term]) -> None:
    """Refuse unless the terms have values wherever the context holds."""
    for kind, term in open_conditions(context, terms):
        raise Refusal("condition", f"this is not shown to be {kind.value}", term)


def open_conditions(context: Context, terms: Iterable[Term]) -> list[Condition]:
    """Return what is left to be proved for terms to have values, beyond build, hypotheses and forms of its own."""
    known = context.grants
    found = [condition for condition in conditions_of(terms) if condition not in known]
    return [condition for condition in found if not _shows(context, condition)]


def _shows(context: Context, condition: Condition) -> bool:
    """Tell whether a condition holds by a form of its own."""
    kind, term = condition
    if kind in (Kind.FINITE, Kind.SMOOTH):
        known = context.grants
        same = (other.term for other in known if other.kind is kind and other.term.leaves == term.leaves)
        return any(vanishes(t.difference(term, other)) for other in same)
    return manifest(term) or (kind is Kind.NONZERO and manifest(t.negative(term)))


def manifest(term: Term) -> bool:
    """Tell whether a term that has a value is positive, from its build or the coefficients of its normal form."""
    try:
        return evident(term) or signs((term,))[0] == 1
    except Refusal:
        return False


def vanishes(term: Term) -> bool:
    """Tell whether a term that has a value is zero, by its normal form."""
    return signs((term,))[0] == 0


def rewritten(statement: Statement, context: Context, using: Names) -> Statement:
    """Return a statement with the left sides of known equations replaced by the right ones, one after another."""
    for name in using:
        left, right = sides(context.known(name), "rewrite", Op.EQUAL)
        statement = substitute(statement, {left: right})
    return statement


def require_fresh(symbol: Term, rule: str, *leaves: Iterable[Term]) -> None:
    """Refuse unless this is a positive symbol whose name none of the symbols among the leaves has."""
    if symbol.head is not Head.SYMBOL or not symbol.args[1]:
        raise Refusal(rule, "this is no positive symbol", symbol)
    if symbol.args[0] in names_of(leaf for group in leaves for leaf in group):
        raise Refusal(rule, "this symbol is not fresh", symbol)


def names_of(leaves: Iterable[Term]) -> set[str]:
    """Return the names of the symbols among leaves, those of totals included."""
    named = [part for leaf in leaves for part in (leaf.args if leaf.head is Head.TOTAL else (leaf,))]
    return {symbol.args[0] for symbol in named if symbol.head is Head.SYMBOL}
