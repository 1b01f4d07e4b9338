"""Rules that prove equations and inequalities from known ones."""

from __future__ import annotations

import sympy as sp

from symhet.algebra.normal import SideCondition
from symhet.propositions import Prop, Rel, eq, gt, lt
from symhet.rules.base import (
    Args,
    Check,
    Context,
    equation_of,
    failure,
    fractions,
    is_nonnegative,
    is_positive,
    relation_of,
    require_conditions,
    require_zero,
    rewrite_all,
    shows,
)
from symhet.steps import Step


def identity(check: Check, context: Context, goal: Prop, args: Args) -> None:
    """Both sides have the same exp-log normal form."""
    relation = relation_of(goal, "identity", "=")
    require_zero(check, context, relation.gap, args, "identity", (relation.lhs, relation.rhs))


def sign(check: Check, context: Context, goal: Prop, args: Args) -> None:
    """The gap, perhaps times a manifestly positive multiplier, has positive coefficients over positive generators."""
    relation = relation_of(goal, "sign", "<", "<=", "!=")
    gap = relation.gap if not args.get("flip") else -relation.gap
    if args.get("flip") and relation.op != "!=":
        raise failure("sign", "only an inequation may be flipped", str(goal))
    multiplier = args.get("multiplier", sp.S.One)
    scaled = multiplier * gap
    factor, product, *_ = fractions(check, context, [multiplier, scaled, relation.lhs, relation.rhs], args)
    enough = is_nonnegative if relation.op == "<=" else is_positive
    if not is_positive(multiplier, factor) or not enough(scaled, product):
        raise failure("sign", "a coefficient is not positive", str(product.to_expr()))


def powers(check: Check, context: Context, goal: Prop, args: Args) -> None:
    """lhs/rhs is the product of powers of (lhs_i/rhs_i) of equations between positive terms."""
    relation = relation_of(goal, "powers", "=")
    ratio: sp.Expr = sp.S.One
    used = [(equation_of(context, name), exponent) for name, exponent in args["factors"]]
    for equation, exponent in used:
        require_conditions(check, context, positive_side(equation), args)
        ratio *= (equation.lhs / equation.rhs) ** exponent
    existing = (relation.lhs, relation.rhs, *(exponent for _, exponent in used))
    difference = relation.lhs - relation.rhs * ratio
    require_zero(check, context, difference, args, "powers", existing, [equation for equation, _ in used])


def positive_side(equation: Rel) -> tuple[SideCondition, ...]:
    """Return what must be shown before the sides of an equation, which are equal, may be raised to any power."""
    sides = [SideCondition("positive", side) for side in (equation.lhs, equation.rhs)]
    return () if any(map(shows, sides)) else (sides[0],)


def linear(check: Check, context: Context, goal: Prop, args: Args) -> None:
    """lhs - rhs is a combination of lhs_i - rhs_i of equations with any coefficients."""
    relation = relation_of(goal, "linear", "=")
    used = [(equation_of(context, name), coefficient) for name, coefficient in args["terms"]]
    combination = -relation.gap + sum((coefficient * fact.gap for fact, coefficient in used), sp.S.Zero)
    existing = (relation.lhs, relation.rhs, *(coefficient for _, coefficient in used))
    require_zero(check, context, combination, args, "linear", existing, [fact for fact, _ in used])


def combine(check: Check, context: Context, goal: Prop, args: Args) -> None:
    """gap = multiplier^-1 (sum of non-negative coefficients times gaps of known inequalities + a non-negative rest)."""
    relation = relation_of(goal, "combine", "<", "<=")
    multiplier, rest = args.get("multiplier", sp.S.One), args.get("rest", sp.S.Zero)
    facts = [(_known_inequality(context, name), coefficient) for name, coefficient in args["terms"]]
    equations = [(equation_of(context, name), coefficient) for name, coefficient in args.get("equations", ())]
    combination = multiplier * relation.gap - rest
    combination -= sum((coefficient * fact.gap for fact, coefficient in facts), sp.S.Zero)
    combination -= sum((coefficient * fact.gap for fact, coefficient in equations), sp.S.Zero)
    coefficients = [coefficient for _, coefficient in (*facts, *equations)]
    exprs = [combination, relation.lhs, relation.rhs, multiplier, rest, *coefficients]
    used = [fact for fact, _ in (*facts, *equations)]
    identity, _, _, factor, remainder, *forms = fractions(check, context, exprs, args, used)
    weights = forms[: len(facts)]
    if not identity.is_zero:
        raise failure("combine", "the combination is not the goal", str(combination))
    weighted = [(fact, weight, form) for (fact, weight), form in zip(facts, weights, strict=True)]
    least = is_nonnegative(rest, remainder) and all(is_nonnegative(weight, form) for _, weight, form in weighted)
    if not is_positive(multiplier, factor) or not least:
        raise failure("combine", "a coefficient is not manifestly non-negative", str(goal))
    strict = is_positive(rest, remainder) or any(
        fact.op == "<" and is_positive(weight, form) for fact, weight, form in weighted
    )
    if relation.op == "<" and not strict:
        raise failure("combine", "nothing in the combination is strict", str(goal))


def _known_inequality(context: Context, name: Step) -> Rel:
    prop = context.hypotheses[name]
    return relation_of(prop, "combine", "<", "<=")


def product(check: Check, context: Context, goal: Prop, args: Args) -> None:
    """The gap is a product of integer powers of terms that known strict inequalities make positive."""
    relation = relation_of(goal, "product", "<", "<=")
    coefficient = args.get("coefficient", sp.S.One)
    product: sp.Expr = coefficient
    facts = [(relation_of(context.hypotheses[name], "product", "<"), exponent) for name, exponent in args["factors"]]
    for fact, exponent in facts:
        if not isinstance(exponent, int):
            raise failure("product", "an exponent is not a whole number", str(exponent))
        product *= fact.gap**exponent
    exprs = [relation.gap - product, coefficient, relation.lhs, relation.rhs]
    identity, factor, *_ = fractions(check, context, exprs, args, [fact for fact, _ in facts])
    if not identity.is_zero or not is_positive(coefficient, factor):
        raise failure("product", "the goal is not that product", str(goal))


def hypothesis(check: Check, context: Context, goal: Prop, args: Args) -> None:
    """The goal is a hypothesis, to the letter or with its gap on one side."""
    known = context.hypotheses[args["name"]]
    if known == goal:
        return
    if not isinstance(known, Rel) or not isinstance(goal, Rel) or known.op != goal.op:
        raise failure("hypothesis", f"{args['name']!r} says something else", str(goal))
    require_zero(check, context, known.gap - goal.gap, args, "hypothesis", (goal.lhs, goal.rhs), (known,))


def transported(check: Check, context: Context, goal: Prop, args: Args) -> None:
    """The gap is a multiple (positive, for an inequality) of a hypothesis in which equals were replaced by equals."""
    relation = relation_of(goal, "transported", "=", "<", "<=")
    fact = context.hypotheses[args["name"]]
    known = rewrite_all(fact, context, args["using"])
    if not isinstance(known, Rel) or known.op != relation.op:
        raise failure("transported", f"{args['name']!r} is another kind of statement", str(goal))
    factor = args.get("factor", sp.S.One)
    if relation.op != "=":
        check(context, gt(factor, 0), args["positive"])
    existing = (relation.lhs, relation.rhs, factor)
    require_zero(check, context, relation.gap - factor * known.gap, args, "transported", existing, (fact, known))


def apart(check: Check, context: Context, goal: Prop, args: Args) -> None:
    """Two sides that are strictly ordered differ."""
    relation = relation_of(goal, "apart", "!=")
    ordered = lt(relation.lhs, relation.rhs) if args["below"] else lt(relation.rhs, relation.lhs)
    check(context, ordered, args["proof"])


def weaken(check: Check, context: Context, goal: Prop, args: Args) -> None:
    """A strict inequality or an equation gives the weak inequality."""
    relation = relation_of(goal, "weaken", "<=")
    stronger = eq(relation.lhs, relation.rhs) if args.get("equal") else lt(relation.lhs, relation.rhs)
    check(context, stronger, args["proof"])
