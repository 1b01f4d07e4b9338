"""Search for the sign of a term: manifest coefficients, or a hypothesis times a manifestly positive factor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache, partial

import sympy as sp

from symhet.algebra.normal import SideCondition
from symhet.certificate import Certificate
from symhet.errors import GaveUp, SymhetError
from symhet.propositions import Prop, Rel, gt, lt, symbols_of
from symhet.provers.base import Tactic
from symhet.rules.base import Context, is_positive, normal_forms, open_conditions, rewrite_all, rewrite_term, shows
from symhet.rules.checking import check
from symhet.rules.definedness import lost, positive_if_defined
from symhet.steps import Step

SHORT = 60
"""Operations in a sum up to which it is worth factoring in search of signs."""

Proofs = tuple[tuple[Prop, Certificate], ...]


def side_proofs(context: Context, conditions: Iterable[SideCondition]) -> Proofs:
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


def side_of(context: Context, exprs: Iterable[sp.Expr], facts: Iterable[Prop] = ()) -> Proofs:
    """Return proofs of what must hold for normal forms of terms, beyond what known facts imply.

    Raises
    ------
    GaveUp
        As `side_proofs`.
    """
    return side_for(context, open_conditions(normal_forms(tuple(exprs))[1], facts))


def side_for(context: Context, conditions: Iterable[SideCondition]) -> Proofs:
    """Return proofs of those conditions that do not show from coefficients.

    Raises
    ------
    GaveUp
        As `side_proofs`.
    """
    return side_proofs(context, (condition for condition in conditions if not shows(condition)))


def rewritten(using: Sequence[Step], inner: Tactic) -> Tactic:
    """Rewrite the goal with the named equations first."""
    if not using:
        return inner

    def tactic(context: Context, goal: Prop) -> Certificate:
        target = rewrite_all(goal, context, using)
        moved, facts = partial(rewrite_term, context=context, names=using), [context.hypotheses[used] for used in using]
        side = side_for(context, lost(goal, target, moved, facts))
        args = {"using": tuple(using), "then": inner(context, target), **({"side": side} if side else {})}
        return Certificate("rewrite", args)

    return tactic


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
    (_, form), conditions = normal_forms((sp.S.One, goal.gap))
    if not conditions and form.nonneg_form():
        yield Certificate("sign", {})
    if goal.op == "<=":
        yield from (Certificate("weaken", {"proof": inner}) for inner in _candidates(context, lt(goal.lhs, goal.rhs)))
    wanted = symbols_of(goal.gap)
    known = {
        name: prop.gap
        for name, prop in context.hypotheses.items()
        if isinstance(prop, Rel) and prop.op in ("<", "<=") and symbols_of(prop.gap) <= wanted
    }
    yield from (Certificate("hypothesis", {"name": name}) for name, gap in known.items() if _same(gap, goal.gap))
    factored = _factored(context, goal.gap, known)
    if factored is not None:
        yield factored
    for name, gap in known.items():
        factor = _quotient(goal.gap, gap)
        if factor is not None:
            yield Certificate("combine", {"terms": ((name, factor),)})
        rest = _difference(goal.gap, gap)
        if rest is not None:
            yield Certificate("combine", {"terms": ((name, sp.S.One),), "rest": rest})
    yield from _conditionally(context, goal)


def _same(known: sp.Expr, wanted: sp.Expr) -> bool:
    """Tell whether two terms agree once they are multiplied out; most differ in their symbols already."""
    return known == wanted or (symbols_of(known) == symbols_of(wanted) and sp.expand(known - wanted) == 0)


def _conditionally(context: Context, goal: Rel) -> Iterable[Certificate]:
    """Positive coefficients over generators that are positive because the bases of their powers are."""
    (_, gap), conditions = normal_forms((sp.S.One, goal.gap))
    if conditions and is_positive(goal.gap, gap) and all(condition.expr != goal.gap for condition in conditions):
        with suppress(GaveUp):
            yield Certificate("sign", {"side": side_proofs(context, conditions)})


def _factored(context: Context, wanted: sp.Expr, known: Mapping[Step, sp.Expr]) -> Certificate | None:
    """Write the term as a manifestly positive coefficient times whole powers of known positive gaps."""
    coefficient: sp.Expr = sp.S.One
    powers: dict[Step, int] = {}
    for factor in sp.Mul.make_args(_in_factors(wanted)):
        base, exponent = factor.as_base_exp()
        if not isinstance(exponent, sp.Integer):
            base, exponent = factor, sp.S.One
        if positive_if_defined(factor) or _manifest(base):
            coefficient *= factor
            continue
        match = _matching(base, known)
        if match is None:
            return None
        name, scale = match
        strict = context.hypotheses[name]
        if not isinstance(strict, Rel) or strict.op != "<":
            return None
        coefficient *= scale ** int(exponent)
        powers[name] = powers.get(name, 0) + int(exponent)
    if not powers:
        return None
    args = {"factors": tuple(powers.items()), "coefficient": coefficient}
    with suppress(GaveUp):
        facts = [context.hypotheses[name] for name in powers]
        terms = [prop.gap ** powers[name] for name, prop in zip(powers, facts, strict=True) if isinstance(prop, Rel)]
        rest = wanted - sp.Mul(coefficient, *terms)
        args["side"] = side_of(context, (rest, coefficient, sp.S.Zero, wanted), facts)
    return Certificate("product", args)


def _in_factors(term: sp.Expr) -> sp.Expr:
    """Return a term with a short sum, above or below, written as a product."""
    if isinstance(term, sp.Add):
        return sp.factor(term) if sp.count_ops(term) < SHORT and term.is_polynomial() else sp.factor_terms(term)
    if isinstance(term, sp.Mul):
        return sp.Mul(*map(_in_factors, term.args))
    if isinstance(term, sp.Pow) and isinstance(term.exp, sp.Integer):
        return sp.Pow(_in_factors(term.base), term.exp)
    return term


def _manifest(term: sp.Expr) -> bool:
    (reduced,), conditions = normal_forms((term,))
    return not conditions and bool(term.is_positive or reduced.positive_form())


def _matching(base: sp.Expr, known: Mapping[Step, sp.Expr]) -> tuple[Step, sp.Expr] | None:
    for name, gap in known.items():
        if base == gap:
            return name, sp.S.One
    for name, gap in known.items():
        if symbols_of(gap) <= symbols_of(base) and (scale := _quotient(base, gap)) is not None:
            return name, scale
    return None


@lru_cache(maxsize=4096)
def _quotient(wanted: sp.Expr, known: sp.Expr) -> sp.Expr | None:
    """Return a manifestly positive factor f with wanted = f * known, if there is one."""
    (numer, denom), _ = normal_forms((wanted, known))
    if denom.is_zero or numer.is_zero:
        return None
    above, below = numer.to_expr(), denom.to_expr()
    ratio = sp.cancel(above[0] * below[1] / (above[1] * below[0])) if _small(above, below) else None
    if ratio is None:
        return None
    return ratio if normal_forms((ratio,))[0][0].positive_form() else None


def _small(*fractions: tuple[sp.Expr, sp.Expr]) -> bool:
    return all(sp.count_ops(part) < 400 for pair in fractions for part in pair)


def _difference(wanted: sp.Expr, known: sp.Expr) -> sp.Expr | None:
    """Return a manifestly positive rest r with wanted = known + r, if there is one."""
    rest = wanted - known
    (reduced,), _ = normal_forms((rest,))
    if not reduced.nonneg_form():
        return None
    numer, denom = reduced.to_expr()
    return numer / denom


def _gave_up(why: str, goal: Prop) -> GaveUp:
    return GaveUp("no certificate was found", where=str(goal)[:300], why=why, fix="state a lemma that gives it")
