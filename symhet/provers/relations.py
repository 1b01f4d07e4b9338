"""Tactics that prove equations and inequalities from normal forms and known relations."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from symhet.certificate import Certificate
from symhet.propositions import Prop, Rel, gt
from symhet.provers.base import Tactic, Terms, as_term, gap_of, give_up
from symhet.provers.positivity import positive_certificate, rewritten, side_for, side_of
from symhet.rules.base import Context, equation_of, is_nonnegative, is_positive, normal_forms, rewrite_all
from symhet.rules.relations import positive_side
from symhet.steps import Step


def identity(*using: Step) -> Tactic:
    """Both sides agree in normal form, after rewriting with the named equations."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        if not isinstance(goal, Rel) or goal.op != "=":
            raise give_up("not an equation", goal)
        if not normal_forms((goal.gap,))[0][0].is_zero:
            raise give_up("the two sides differ", goal)
        return Certificate("identity", {"side": side_of(context, (goal.gap, goal.lhs, goal.rhs))})

    return rewritten(using, tactic)


def sign(*using: Step, multiplier: sp.Expr | int = 1) -> Tactic:
    """The gap has positive coefficients over positive generators, after rewriting with the named equations."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        if not isinstance(goal, Rel) or goal.op == "=":
            raise give_up("not an inequality", goal)
        factor = as_term(multiplier)
        exprs = (factor, factor * goal.gap, goal.lhs, goal.rhs)
        product = normal_forms(exprs)[0][1]
        flip = goal.op == "!=" and not is_positive(exprs[1], product)
        if flip:
            exprs = (factor, factor * -goal.gap, goal.lhs, goal.rhs)
            product = normal_forms(exprs)[0][1]
        if not (is_nonnegative if goal.op == "<=" else is_positive)(exprs[1], product):
            raise give_up("a coefficient is not positive", goal)
        side = side_of(context, exprs)
        return Certificate("sign", {"multiplier": factor, "side": side, **({"flip": True} if flip else {})})

    return rewritten(using, tactic)


def by(name: Step) -> Tactic:
    """The goal is the named hypothesis."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        known = context.hypotheses[name]
        if known == goal or not isinstance(goal, Rel) or not isinstance(known, Rel):
            return Certificate("hypothesis", {"name": name})
        side = side_of(context, (known.gap - goal.gap, goal.lhs, goal.rhs), (known,))
        return Certificate("hypothesis", {"name": name, "side": side})

    return tactic


def transported(name: Step, *using: Step, factor: sp.Expr | int = 1) -> Tactic:
    """The goal is a multiple of the named relation after rewriting that relation with the named equations."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        fact = context.hypotheses[name]
        known = rewrite_all(fact, context, using)
        if not isinstance(goal, Rel) or not isinstance(known, Rel) or known.op != goal.op:
            raise give_up(f"{name!r} is another kind of statement", goal)
        scale = as_term(factor)
        difference = goal.gap - scale * known.gap
        if not normal_forms((difference,))[0][0].is_zero:
            raise give_up(f"{name!r} says something else", goal)
        side = side_of(context, (difference, goal.lhs, goal.rhs, scale), (fact, known))
        args = {"name": name, "using": tuple(using), "factor": scale, "side": side}
        if goal.op != "=":
            args["positive"] = positive_certificate(context, gt(scale, 0))
        return Certificate("transported", args)

    return tactic


def powers(factors: Terms, *using: Step) -> Tactic:
    """lhs/rhs is the product of powers of (lhs_i/rhs_i) of named equations between positive terms."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        if not isinstance(goal, Rel) or goal.op != "=":
            raise give_up("not an equation", goal)
        ratio: sp.Expr = sp.S.One
        pairs = tuple((name, as_term(exponent)) for name, exponent in factors.items())
        used = [equation_of(context, name) for name in factors]
        for equation, (_, exponent) in zip(used, pairs, strict=True):
            ratio *= (equation.lhs / equation.rhs) ** exponent
        expr = goal.lhs - goal.rhs * ratio
        if not normal_forms((expr,))[0][0].is_zero:
            raise give_up("the product of powers is not the goal", goal)
        side = side_for(context, [condition for equation in used for condition in positive_side(equation)])
        side += side_of(context, (expr, goal.lhs, goal.rhs, *(exponent for _, exponent in pairs)), used)
        return Certificate("powers", {"factors": pairs, "side": side})

    return rewritten(using, tactic)


def linear(terms: Terms, *using: Step) -> Tactic:
    """lhs - rhs is a combination of the named equations."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        if not isinstance(goal, Rel) or goal.op != "=":
            raise give_up("not an equation", goal)
        pairs = tuple((name, as_term(coefficient)) for name, coefficient in terms.items())
        used = [equation_of(context, name) for name in terms]
        expr = -goal.gap + sum((c * fact.gap for fact, (_, c) in zip(used, pairs, strict=True)), sp.S.Zero)
        if not normal_forms((expr,))[0][0].is_zero:
            raise give_up("the combination is not the goal", goal)
        side = side_of(context, (expr, goal.lhs, goal.rhs, *(c for _, c in pairs)), used)
        return Certificate("linear", {"terms": pairs, "side": side})

    return rewritten(using, tactic)


def combine(terms: Terms, *using: Step, multiplier: sp.Expr | int = 1, equations: Terms | None = None) -> Tactic:
    """multiplier * gap = sum of coefficient * known gap + a rest with positive coefficients."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        if not isinstance(goal, Rel) or goal.op not in ("<", "<="):
            raise give_up("not an inequality", goal)
        known = {name: as_term(coefficient) for name, coefficient in terms.items()}
        equal = {name: as_term(coefficient) for name, coefficient in (equations or {}).items()}
        factor = as_term(multiplier)
        rest = factor * goal.gap
        for name, coefficient in (*known.items(), *equal.items()):
            rest -= coefficient * gap_of(context, name)
        (reduced, *_), _ = normal_forms((rest, factor, *known.values(), *equal.values()))
        if not is_nonnegative(rest, reduced):
            raise give_up("the rest is not manifestly non-negative", goal)
        numer, denom = reduced.to_expr()
        rest_term = numer / denom if reduced.nonneg_form() else rest
        combination = factor * goal.gap - rest_term
        combination -= sum((c * gap_of(context, n) for n, c in (*known.items(), *equal.items())), sp.S.Zero)
        exprs = (combination, goal.lhs, goal.rhs, factor, rest_term, *known.values(), *equal.values())
        used = [context.hypotheses[name] for name in (*known, *equal)]
        args = {
            "terms": tuple(known.items()),
            "equations": tuple(equal.items()),
            "multiplier": factor,
            "rest": rest_term,
            "side": side_of(context, exprs, used),
        }
        return Certificate("combine", args)

    return rewritten(using, tactic)


def product(factors: Mapping[Step, int], *using: Step, coefficient: sp.Expr | int = 1) -> Tactic:
    """The gap is the coefficient times whole powers of the gaps of named strict inequalities."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        if not isinstance(goal, Rel):
            raise give_up("not a relation", goal)
        term = as_term(coefficient)
        for name, exponent in factors.items():
            term *= gap_of(context, name) ** exponent
        side = side_of(
            context,
            (goal.gap - term, as_term(coefficient), goal.lhs, goal.rhs),
            [context.hypotheses[name] for name in factors],
        )
        args = {"factors": tuple(factors.items()), "coefficient": as_term(coefficient), "side": side}
        return Certificate("product", args)

    return rewritten(using, tactic)
