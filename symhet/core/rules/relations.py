"""Rules that prove equations and inequalities from known ones."""

from __future__ import annotations

from symhet.core import records
from symhet.core.context import Context
from symhet.core.normal import Form, forms
from symhet.core.rules.base import Check, known, manifest, require_values, require_zero, rewritten, sides
from symhet.language import terms as t
from symhet.language.definedness import evident
from symhet.language.refusals import Refusal
from symhet.language.statements import Op, Statement, eq, lt, positive
from symhet.language.terms import Term


def identity(check: Check, context: Context, goal: Statement, proof: records.Identity) -> None:
    """Refuse unless both sides have values and the same normal form."""
    both = sides(goal, "identity", Op.EQUAL)
    require_values(check, context, both, proof.side)
    require_zero(goal.gap, "identity")


def sign(check: Check, context: Context, goal: Statement, proof: records.Sign) -> None:
    """Refuse unless the gap times a positive multiplier has the sign that the goal asks for, by its form."""
    sides(goal, "sign", Op.LESS, Op.AT_MOST, Op.DIFFER)
    scaled = t.multiply(proof.multiplier, goal.gap)
    require_values(check, context, (scaled,), proof.side)
    multiplier, gap, opposite = forms((proof.multiplier, scaled, t.negative(scaled)))
    if not _positive(proof.multiplier, multiplier):
        raise Refusal("sign", "the multiplier is not manifestly positive", proof.multiplier)
    zero_counts, either_counts = goal.op is Op.AT_MOST, goal.op is Op.DIFFER
    if not (gap.positive() or (zero_counts and gap.is_zero) or (either_counts and opposite.positive())):
        raise Refusal("sign", "a coefficient is not positive", goal)


def _positive(term: Term, form: Form) -> bool:
    return evident(term) or form.positive()


def powers(check: Check, context: Context, goal: Statement, proof: records.Powers) -> None:
    """Refuse unless left / right is the product of powers of left_i / right_i of equations between positive terms."""
    left, right = sides(goal, "powers", Op.EQUAL)
    require_values(check, context, (left, right, *(exponent for _, exponent in proof.factors)), proof.side)
    ratio = []
    for name, exponent in proof.factors:
        above, below = known(context, name, "powers", Op.EQUAL).args
        if not evident(above) and not evident(below):
            require_values(check, context, (t.log(above),), proof.side)
        ratio.append(t.power(t.quotient(above, below), exponent))
    require_zero(t.difference(left, t.product_of([right, *ratio])), "powers")


def linear(check: Check, context: Context, goal: Statement, proof: records.Linear) -> None:
    """Refuse unless the gap is a combination of the gaps of known equations."""
    both = sides(goal, "linear", Op.EQUAL)
    require_values(check, context, (*both, *(coefficient for _, coefficient in proof.terms)), proof.side)
    require_zero(t.difference(goal.gap, _combination(context, proof.terms, Op.EQUAL)), "linear")


def _combination(context: Context, terms: records.Coefficients, *ops: Op) -> Term:
    return t.total_of([t.multiply(weight, known(context, name, "combination", *ops).gap) for name, weight in terms])


def combine(check: Check, context: Context, goal: Statement, proof: records.Combine) -> None:
    """Refuse unless multiplier * gap is a combination of known gaps and a rest, of the right signs."""
    both = sides(goal, "combine", Op.LESS, Op.AT_MOST)
    weights = [weight for _, weight in proof.terms]
    coefficients = [coefficient for _, coefficient in proof.equations]
    require_values(check, context, (*both, proof.multiplier, proof.rest, *weights, *coefficients), proof.side)
    known_part = _combination(context, proof.terms, Op.LESS, Op.AT_MOST)
    known_part = t.add(known_part, _combination(context, proof.equations, Op.EQUAL), proof.rest)
    difference = t.difference(t.multiply(proof.multiplier, goal.gap), known_part)
    zero, multiplier, *rest = forms((difference, proof.multiplier, proof.rest, *weights))
    if not zero.is_zero:
        raise Refusal("combine", "the combination is not the goal", difference)
    if not _positive(proof.multiplier, multiplier) or not all(form.nonnegative() for form in rest):
        raise Refusal("combine", "a coefficient is not manifestly non-negative", goal)
    strict = rest[0].positive() or any(
        context.known(name).op is Op.LESS and _positive(weight, form)
        for (name, weight), form in zip(proof.terms, rest[1:], strict=True)
    )
    if goal.op is Op.LESS and not strict:
        raise Refusal("combine", "nothing in the combination is strict", goal)


def product(check: Check, context: Context, goal: Statement, proof: records.Product) -> None:
    """Refuse unless the gap is a positive coefficient times whole powers of the gaps of strict inequalities."""
    both = sides(goal, "product", Op.LESS, Op.AT_MOST)
    require_values(check, context, (*both, proof.coefficient), proof.side)
    factors = [t.whole_power(known(context, name, "product", Op.LESS).gap, power) for name, power in proof.factors]
    require_zero(t.difference(goal.gap, t.product_of([proof.coefficient, *factors])), "product")
    if not manifest(proof.coefficient):
        raise Refusal("product", "the coefficient is not manifestly positive", proof.coefficient)


def hypothesis(check: Check, context: Context, goal: Statement, proof: records.Hypothesis) -> None:
    """Refuse unless the goal is a hypothesis, to the letter or with an equal gap."""
    require_same(check, context, context.known(proof.name), goal, proof.side)


def require_same(check: Check, context: Context, holds: Statement, goal: Statement, side: records.Side) -> None:
    """Refuse unless the goal is a statement that holds, or the same relation with sides that exist and an equal gap."""
    if holds is goal:
        return
    both = sides(goal, "same", holds.op) if holds.is_relation else ()
    if not both:
        raise Refusal("same", "what is known says something else", goal)
    require_values(check, context, both, side)
    require_zero(t.difference(goal.gap, holds.gap), "same")


def transported(check: Check, context: Context, goal: Statement, proof: records.Transported) -> None:
    """Refuse unless the gap is a multiple, positive for an inequality, of a known gap after rewriting."""
    both = sides(goal, "transported", Op.EQUAL, Op.LESS, Op.AT_MOST, Op.DIFFER)
    holds = rewritten(known(context, proof.name, "transported", goal.op), context, proof.using)
    if holds is goal:
        return
    if goal.op is not Op.EQUAL:
        (positive_factor,) = proof.positive
        check(context, positive(proof.factor), positive_factor)
    require_values(check, context, (*both, proof.factor), proof.side)
    require_zero(t.difference(goal.gap, t.multiply(proof.factor, holds.gap)), "transported")


def apart(check: Check, context: Context, goal: Statement, proof: records.Apart) -> None:
    """Refuse unless one side is proved to lie below the other."""
    left, right = sides(goal, "apart", Op.DIFFER)
    check(context, lt(left, right) if proof.below else lt(right, left), proof.proof)


def weaken(check: Check, context: Context, goal: Statement, proof: records.Weaken) -> None:
    """Refuse unless the strict inequality or the equation is proved."""
    left, right = sides(goal, "weaken", Op.AT_MOST)
    check(context, eq(left, right) if proof.equal else lt(left, right), proof.proof)
