"""Search for the sign of a term: manifest coefficients, or a hypothesis times a manifestly positive factor."""

from __future__ import annotations

from collections.abc import Iterable

import sympy as sp

from symhet.algebra.normal import Normalizer, SideCondition
from symhet.certificate import Certificate
from symhet.errors import GaveUp, SymhetError
from symhet.kernel import check
from symhet.propositions import Prop, Rel, gt, lt
from symhet.rules.base import Context


def side_proofs(context: Context, conditions: Iterable[SideCondition]) -> tuple[tuple[Prop, Certificate], ...]:
    """Return a proof for each side condition of a normal form.

    Raises
    ------
    GaveUp
        When a condition does not follow from one hypothesis or from positive coefficients.
    """
    proofs: dict[sp.Expr, tuple[Prop, Certificate]] = {}
    for condition in conditions:
        if condition.expr not in proofs:
            proofs[condition.expr] = _side_proof(context, condition)
    return tuple(proofs.values())


def _side_proof(context: Context, condition: SideCondition) -> tuple[Prop, Certificate]:
    options = [gt(condition.expr, 0)]
    if condition.kind == "nonzero":
        options.append(lt(condition.expr, 0))
    for goal in options:
        try:
            return goal, positive_certificate(context, goal)
        except SymhetError:
            continue
    raise _gave_up(f"{condition.kind}: {condition.expr}", options[0])


def positive_certificate(context: Context, goal: Prop) -> Certificate:
    """Prove an inequality by manifest coefficients or from one known inequality times a positive factor.

    Raises
    ------
    GaveUp
        When neither way works.
    """
    if not isinstance(goal, Rel) or goal.op not in ("<", "<="):
        raise _gave_up("not an inequality", goal)
    for candidate in _candidates(context, goal):
        try:
            check(context, goal, candidate)
        except SymhetError:
            continue
        return candidate
    raise _gave_up("no known inequality times a positive factor gives it", goal)


def _candidates(context: Context, goal: Rel) -> Iterable[Certificate]:
    if not Normalizer([goal.gap]).side_conditions:
        yield Certificate("sign", {})
    if goal.op == "<=":
        yield from (
            Certificate("weaken", {"proof": inner}) for inner in _candidates(context, lt(goal.lhs, goal.rhs))
        )
    for name, known in context.hypotheses.items():
        if not isinstance(known, Rel) or known.op not in ("<", "<="):
            continue
        if not known.gap.free_symbols & goal.gap.free_symbols:
            continue
        yield Certificate("hypothesis", {"name": name})
        factor = _quotient(goal.gap, known.gap)
        if factor is not None:
            yield Certificate("combine", {"terms": ((name, factor),)})
        rest = _difference(goal.gap, known.gap)
        if rest is not None:
            yield Certificate("combine", {"terms": ((name, sp.S.One),), "rest": rest})


def _quotient(wanted: sp.Expr, known: sp.Expr) -> sp.Expr | None:
    """Return a manifestly positive factor f with wanted = f * known, if there is one."""
    normalizer = Normalizer([wanted, known])
    numer, denom = normalizer.fraction(wanted), normalizer.fraction(known)
    if denom.is_zero or numer.is_zero:
        return None
    above, below = numer.to_expr(), denom.to_expr()
    ratio = sp.cancel(above[0] * below[1] / (above[1] * below[0])) if _small(above, below) else None
    if ratio is None:
        return None
    return ratio if Normalizer([ratio]).fraction(ratio).positive_form() else None


def _small(*fractions: tuple[sp.Expr, sp.Expr]) -> bool:
    return all(sp.count_ops(part) < 400 for pair in fractions for part in pair)


def _difference(wanted: sp.Expr, known: sp.Expr) -> sp.Expr | None:
    """Return a manifestly positive rest r with wanted = known + r, if there is one."""
    rest = wanted - known
    normalizer = Normalizer([rest])
    reduced = normalizer.fraction(rest)
    if not reduced.nonneg_form():
        return None
    numer, denom = reduced.to_expr()
    return numer / denom


def _gave_up(why: str, goal: Prop) -> GaveUp:
    return GaveUp("no certificate was found", where=str(goal)[:300], why=why, fix="state a lemma that gives it")
