"""Conditions on derivatives: the sign of the bracket that is left of one when the model's conditions are solved for it.

A derivative is a product and quotient of factors of which all but one have a sign. What a statement says of it, it says
of that factor, which is about levels alone. Both directions follow by the same equations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from symhet.core import derived, kernel, records
from symhet.core.context import Context
from symhet.core.kernel import Theorem
from symhet.core.records import Proof
from symhet.core.rules.base import rewritten
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.statements import Op, Statement
from symhet.language.terms import Head, Term
from symhet.search import stock
from symhet.search.branch import Branch, first, size, weight
from symhet.search.building import number, over, parted, plus, times
from symhet.search.conditions import Condition
from symhet.search.contraries import PREMISE, supposed
from symhet.search.equations import MAX_CONDITIONS, MAX_DEPTH, Manner, eliminated
from symhet.search.factors import by_factors, open_factors
from symhet.search.gathering import gathered
from symhet.search.plan import relations
from symhet.search.portfolio import search
from symhet.search.preparing import prepare, unfold
from symhet.search.statics import needed_equations, totals
from symhet.search.work import OutOfWork, Stuck, Work

MAX_WEIGHT = 100
"""Parts of a condition that somebody may still read."""
BRACKET = "sign of a bracket"


def found(context: Context, goal: Statement, work: Work) -> Condition | None:
    """Return the signs of brackets under which inequalities between derivatives hold; None where there are none.

    Parameters
    ----------
    context, goal : Context, Statement
        The hypotheses, and what fails somewhere.
    work : Work
        Steps that may be taken.
    """
    inner, conclusion = supposed(context, goal)
    parts = relations((conclusion,))
    if not all(part.op is Op.LESS and totals(part) for part in parts):
        return None
    branch = Branch(inner, work, search)
    try:
        prepare(branch, conclusion)
        solved = [_solved(branch, part) for part in parts]
        signs = tuple(dict.fromkeys(each.sign for each in solved))
        if sum(map(weight, signs)) > MAX_WEIGHT * len(signs):
            return None
        condition = s.both(*signs) if len(signs) > 1 else signs[0]
        certificate = _enough(branch, solved, condition)
        enough = stock.slimmed(inner.having(BRACKET, condition), conclusion, certificate).certificate
        enough = enough if goal is conclusion else records.Intro(PREMISE, enough)
        theorem = kernel.prove(context, s.implies(condition, goal), records.Intro(BRACKET, enough))
    except (Stuck, OutOfWork, Refusal, RecursionError):
        return None
    needed = _needed(context, branch, solved, condition, goal) if goal is conclusion else None
    return Condition(condition, needed is not None, (theorem,) if needed is None else (theorem, needed))


@dataclass(frozen=True)
class _Solved:
    """An inequality between derivatives, by which equations it is what with their values put in, and what it asks."""

    part: Statement
    using: tuple[str, ...]
    moved: Statement
    sign: Statement


def _solved(branch: Branch, part: Statement) -> _Solved:
    using, moved = _values(branch, part)
    return _Solved(part, using, moved, _sign(branch, moved))


def _values(branch: Branch, part: Statement) -> tuple[tuple[str, ...], Statement]:
    """Add equations that determine the derivatives in a statement, solved; return their names and what it then says.

    What drops out of a few equations may do so only where conditions hold: all derivatives in them are determined.
    """
    few = needed_equations(branch, part, MAX_DEPTH, totals_only=True)
    if not few:
        raise Stuck("the derivatives are not determined")
    known = {total for name in few for total in totals(branch.context.hypotheses[name])}
    together = s.positive(t.total_of(sorted(known, key=repr)))
    closed = list(dict.fromkeys([*few, *needed_equations(branch, together, MAX_DEPTH, totals_only=True)]))
    hypotheses = branch.context.hypotheses
    about = {leaf for name in closed for leaf in hypotheses[name].leaves}
    beside = [name for name in sorted(branch.context.system) if hypotheses[name].leaves & about and name not in closed]
    for names in ([*beside[:MAX_CONDITIONS], *closed], closed):
        using = eliminated(branch, part, Manner(matched=True), names)
        moved = rewritten(part, branch.context, using)
        if not totals(moved):
            return using, moved
    raise Stuck("the derivatives are not solved for")


def _bracket(branch: Branch, moved: Statement) -> tuple[Term, int]:
    """Return the one factor of a gap that may have either sign, and the sign of what it is multiplied by."""
    outer, factors = open_factors(branch, moved.gap)
    sign = branch.sign(outer)
    either = [factor for factor in factors if not branch.sign(factor.term)]
    # What fails somewhere may hold in all economies drawn: what has most parts is likeliest to have either sign.
    bracket = either[0] if either else max(factors, key=lambda factor: size(factor.term), default=None)
    if bracket is None or bracket.exponent != 1 or len(either) > 1 or not sign:
        raise Stuck("not one factor that may have either sign")
    for factor in factors:
        sign *= branch.sign(factor.term) if factor is not bracket and factor.exponent % 2 else 1
    return bracket.term, sign


def _sign(branch: Branch, moved: Statement) -> Statement:
    """Return what an inequality says of the one factor that may have either sign."""
    bracket, sign = _bracket(branch, moved)
    gap = gathered(times(number(sign), bracket))
    parts = [parted(part) for part in (gap.args if gap.head is Head.SUM else (gap,))]
    small = [times(number(-factor), rest) for factor, rest in parts if factor < 0]
    large = [times(number(factor), rest) for factor, rest in parts if factor > 0]
    return s.lt(plus(*small), plus(*large))


def _enough(branch: Branch, solved: list[_Solved], condition: Statement) -> Proof:
    """Prove inequalities between derivatives factor by factor, where the signs of brackets are supposed."""
    inner = branch.supposing(BRACKET, condition)
    unfold(inner, BRACKET, condition)
    proofs = [
        records.Rewrite(each.using, first(inner.fork(inner.context), each.moved, by_factors, search)) for each in solved
    ]
    return branch.close(inner.close(_together(proofs)))


def _together(proofs: Sequence[Proof]) -> Proof:
    return records.Split(tuple(proofs)) if len(proofs) > 1 else proofs[0]


def _needed(
    context: Context, branch: Branch, solved: list[_Solved], condition: Statement, goal: Statement
) -> Theorem | None:
    """Return the theorem that the signs of brackets follow from what is said of derivatives."""
    try:
        inner = branch.supposing(PREMISE, goal)
        unfold(inner, PREMISE, goal)
        proofs = {each.sign: _from_values(inner, each) for each in solved}
        certificate = branch.close(inner.close(_together(tuple(proofs.values()))))
        proof = stock.slimmed(context.having(PREMISE, goal), condition, certificate).certificate
        return kernel.prove(context, s.implies(goal, condition), records.Intro(PREMISE, proof))
    except (Stuck, OutOfWork, Refusal, RecursionError):
        return None


def _from_values(branch: Branch, solved: _Solved) -> Proof:
    """Prove the sign of a bracket from an inequality between derivatives, its gap times what is positive."""
    name = next(name for name, known in branch.context.hypotheses.items() if known is solved.part)
    moved = branch.sided(solved.moved, lambda side: derived.transported(name, solved.using, side=side))
    name = branch.have(solved.moved, moved, "values put in")
    factor = branch.tidy(over(solved.sign.gap, solved.moved.gap))
    shown = branch.prover(branch.fork(deeper=1, plain=True), s.positive(factor))
    return branch.sided(solved.sign, lambda side: derived.transported(name, (), factor, (shown,), side))


__all__ = ["found"]
