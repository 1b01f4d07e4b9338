"""Rules that prove equations and inequalities from known ones."""

from __future__ import annotations

from collections.abc import Iterable

import sympy as sp

from symhet.certificate import Certificate
from symhet.propositions import Prop, Rel, eq, gt, lt
from symhet.rules.base import (
    Args,
    Check,
    Context,
    equation_of,
    failure,
    fractions,
    relation_of,
    require_zero,
    rewrite_all,
)


def identity(check: Check, context: Context, goal: Prop, args: Args) -> None:
    """Both sides have the same exp-log normal form."""
    relation = relation_of(goal, "identity", "=")
    require_zero(check, context, relation.gap, args, "identity")


def sign(check: Check, context: Context, goal: Prop, args: Args) -> None:
    """The gap, perhaps times a manifestly positive multiplier, has positive coefficients over positive generators."""
    relation = relation_of(goal, "sign", "<", "<=", "!=")
    gap = relation.gap if not args.get("flip") else -relation.gap
    if args.get("flip") and relation.op != "!=":
        raise failure("sign", "only an inequation may be flipped", str(goal))
    multiplier = args.get("multiplier", sp.S.One)
    factor, product = fractions(check, context, [multiplier, multiplier * gap], args)
    strict = relation.op != "<="
    if not factor.positive_form() or not (product.positive_form() if strict else product.nonneg_form()):
        raise failure("sign", "a coefficient is not positive", str(product.to_expr()))


def powers(check: Check, context: Context, goal: Prop, args: Args) -> None:
    """lhs/rhs is the product of powers of (lhs_i/rhs_i) of equations between positive terms."""
    relation = relation_of(goal, "powers", "=")
    ratio: sp.Expr = sp.S.One
    for name, exponent in args["factors"]:
        equation = equation_of(context, name)
        ratio *= (equation.lhs / equation.rhs) ** exponent
    require_zero(check, context, relation.lhs - relation.rhs * ratio, args, "powers")


def linear(check: Check, context: Context, goal: Prop, args: Args) -> None:
    """lhs - rhs is a combination of lhs_i - rhs_i of equations with any coefficients."""
    relation = relation_of(goal, "linear", "=")
    combination = -relation.gap
    for name, coefficient in args["terms"]:
        combination += coefficient * equation_of(context, name).gap
    require_zero(check, context, combination, args, "linear")


def combine(check: Check, context: Context, goal: Prop, args: Args) -> None:
    """gap = multiplier^-1 (sum of non-negative coefficients times gaps of known inequalities + a non-negative rest)."""
    relation = relation_of(goal, "combine", "<", "<=")
    multiplier, rest = args.get("multiplier", sp.S.One), args.get("rest", sp.S.Zero)
    facts = [(_known_inequality(context, name), coefficient) for name, coefficient in args["terms"]]
    equations = [(equation_of(context, name), coefficient) for name, coefficient in args.get("equations", ())]
    combination = multiplier * relation.gap - rest
    combination -= sum((coefficient * fact.gap for fact, coefficient in facts), sp.S.Zero)
    combination -= sum((coefficient * fact.gap for fact, coefficient in equations), sp.S.Zero)
    coefficients = [coefficient for _, coefficient in facts]
    identity, factor, remainder, *weights = fractions(
        check, context, [combination, multiplier, rest, *coefficients], args
    )
    if not identity.is_zero:
        raise failure("combine", "the combination is not the goal", str(combination))
    if not factor.positive_form() or not all(w.nonneg_form() for w in [remainder, *weights]):
        raise failure("combine", "a coefficient is not manifestly non-negative", str(goal))
    strict = remainder.positive_form() or any(
        fact.op == "<" and weight.positive_form() for (fact, _), weight in zip(facts, weights, strict=True)
    )
    if relation.op == "<" and not strict:
        raise failure("combine", "nothing in the combination is strict", str(goal))


def _known_inequality(context: Context, name: str) -> Rel:
    prop = context.hypotheses[name]
    return relation_of(prop, "combine", "<", "<=")


def product(check: Check, context: Context, goal: Prop, args: Args) -> None:
    """The gap is a product of integer powers of terms that known strict inequalities make positive."""
    relation = relation_of(goal, "product", "<", "<=")
    coefficient = args.get("coefficient", sp.S.One)
    product: sp.Expr = coefficient
    for name, exponent in args["factors"]:
        fact = relation_of(context.hypotheses[name], "product", "<")
        if not isinstance(exponent, int):
            raise failure("product", "an exponent is not a whole number", str(exponent))
        product *= fact.gap**exponent
    side = [*args.get("side", ())]
    side += [(gt(gap, 0), proof) for gap, proof in _gap_proofs(context, args["factors"])]
    identity, factor = fractions(check, context, [relation.gap - product, coefficient], {"side": side})
    if not identity.is_zero or not factor.positive_form():
        raise failure("product", "the goal is not that product", str(goal))


def _gap_proofs(context: Context, factors: Iterable[tuple[str, int]]) -> list[tuple[sp.Expr, Certificate]]:
    known = [(context.hypotheses[name], name) for name, _ in factors]
    return [(prop.gap, Certificate("hypothesis", {"name": name})) for prop, name in known if isinstance(prop, Rel)]


def hypothesis(check: Check, context: Context, goal: Prop, args: Args) -> None:
    """The goal is a hypothesis, to the letter or with its gap on one side."""
    known = context.hypotheses[args["name"]]
    if known == goal:
        return
    same_kind = isinstance(known, Rel) and isinstance(goal, Rel) and known.op == goal.op
    if not (same_kind and (known.gap == goal.gap or sp.expand(known.gap - goal.gap) == 0)):
        raise failure("hypothesis", f"{args['name']!r} says something else", str(goal))


def transported(check: Check, context: Context, goal: Prop, args: Args) -> None:
    """The gap is a multiple (positive, for an inequality) of a hypothesis in which equals were replaced by equals."""
    relation = relation_of(goal, "transported", "=", "<", "<=")
    known = rewrite_all(context.hypotheses[args["name"]], context, args["using"])
    if not isinstance(known, Rel) or known.op != relation.op:
        raise failure("transported", f"{args['name']!r} is another kind of statement", str(goal))
    factor = args.get("factor", sp.S.One)
    if relation.op != "=":
        check(context, gt(factor, 0), args["positive"])
    require_zero(check, context, relation.gap - factor * known.gap, args, "transported")


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
