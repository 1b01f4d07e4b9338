"""Tactics that prove equations and inequalities from normal forms and known relations."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from symhet.certificate import Certificate
from symhet.propositions import Prop, Rel, gt
from symhet.provers.base import Tactic, Terms, as_term, gap_of, give_up, rewritten
from symhet.provers.positivity import positive_certificate, side_proofs
from symhet.rules.base import Context, normal_forms, rewrite_all


def identity(*using: str) -> Tactic:
    """Both sides agree in normal form, after rewriting with the named equations."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        if not isinstance(goal, Rel) or goal.op != "=":
            raise give_up("not an equation", goal)
        (difference,), conditions = normal_forms((goal.gap,))
        if not difference.is_zero:
            raise give_up("the two sides differ", goal)
        return Certificate("identity", {"side": side_proofs(context, conditions)})

    return rewritten(using, tactic)


def sign(*using: str, multiplier: sp.Expr | int = 1) -> Tactic:
    """The gap has positive coefficients over positive generators, after rewriting with the named equations."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        if not isinstance(goal, Rel) or goal.op == "=":
            raise give_up("not an inequality", goal)
        factor = as_term(multiplier)
        (_, product), conditions = normal_forms((factor, factor * goal.gap))
        flip = goal.op == "!=" and not product.positive_form()
        if flip:
            (_, product), conditions = normal_forms((factor, factor * -goal.gap))
        if not (product.nonneg_form() if goal.op == "<=" else product.positive_form()):
            raise give_up("a coefficient is not positive", goal)
        side = side_proofs(context, conditions)
        return Certificate("sign", {"multiplier": factor, "side": side, **({"flip": True} if flip else {})})

    return rewritten(using, tactic)


def by(name: str) -> Tactic:
    """The goal is the named hypothesis."""
    return lambda context, goal: Certificate("hypothesis", {"name": name})


def transported(name: str, *using: str, factor: sp.Expr | int = 1) -> Tactic:
    """The goal is a multiple of the named relation after rewriting that relation with the named equations."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        known = rewrite_all(context.hypotheses[name], context, using)
        if not isinstance(goal, Rel) or not isinstance(known, Rel) or known.op != goal.op:
            raise give_up(f"{name!r} is another kind of statement", goal)
        scale = as_term(factor)
        difference = goal.gap - scale * known.gap
        (rest,), conditions = normal_forms((difference,))
        if not rest.is_zero:
            raise give_up(f"{name!r} says something else", goal)
        args = {"name": name, "using": tuple(using), "factor": scale, "side": side_proofs(context, conditions)}
        if goal.op != "=":
            args["positive"] = positive_certificate(context, gt(scale, 0))
        return Certificate("transported", args)

    return tactic


def powers(factors: Terms, *using: str) -> Tactic:
    """lhs/rhs is the product of powers of (lhs_i/rhs_i) of named equations between positive terms."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        if not isinstance(goal, Rel) or goal.op != "=":
            raise give_up("not an equation", goal)
        ratio: sp.Expr = sp.S.One
        for name, exponent in factors.items():
            equation = context.hypotheses[name]
            assert isinstance(equation, Rel)
            ratio *= (equation.lhs / equation.rhs) ** exponent
        expr = goal.lhs - goal.rhs * ratio
        (difference,), conditions = normal_forms((expr,))
        if not difference.is_zero:
            raise give_up("the product of powers is not the goal", goal)
        pairs = tuple((name, as_term(exponent)) for name, exponent in factors.items())
        return Certificate("powers", {"factors": pairs, "side": side_proofs(context, conditions)})

    return rewritten(using, tactic)


def linear(terms: Terms, *using: str) -> Tactic:
    """lhs - rhs is a combination of the named equations."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        if not isinstance(goal, Rel) or goal.op != "=":
            raise give_up("not an equation", goal)
        expr = -goal.gap
        for name, coefficient in terms.items():
            expr += coefficient * gap_of(context, name)
        (difference,), conditions = normal_forms((expr,))
        if not difference.is_zero:
            raise give_up("the combination is not the goal", goal)
        pairs = tuple((name, as_term(coefficient)) for name, coefficient in terms.items())
        return Certificate("linear", {"terms": pairs, "side": side_proofs(context, conditions)})

    return rewritten(using, tactic)


def combine(terms: Terms, *using: str, multiplier: sp.Expr | int = 1, equations: Terms | None = None) -> Tactic:
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
        if not reduced.nonneg_form():
            raise give_up("the rest is not manifestly non-negative", goal)
        numer, denom = reduced.to_expr()
        rest_term = numer / denom
        combination = factor * goal.gap - rest_term
        combination -= sum((c * gap_of(context, n) for n, c in (*known.items(), *equal.items())), sp.S.Zero)
        _, conditions = normal_forms((combination, factor, rest_term, *known.values()))
        args = {
            "terms": tuple(known.items()),
            "equations": tuple(equal.items()),
            "multiplier": factor,
            "rest": rest_term,
            "side": side_proofs(context, conditions),
        }
        return Certificate("combine", args)

    return rewritten(using, tactic)


def product(factors: Mapping[str, int], *using: str, coefficient: sp.Expr | int = 1) -> Tactic:
    """The gap is the coefficient times whole powers of the gaps of named strict inequalities."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        assert isinstance(goal, Rel)
        term = as_term(coefficient)
        for name, exponent in factors.items():
            term *= gap_of(context, name) ** exponent
        _, conditions = normal_forms((goal.gap - term, as_term(coefficient)))
        args = {"factors": tuple(factors.items()), "coefficient": as_term(coefficient)}
        return Certificate("product", {**args, "side": side_proofs(context, conditions)})

    return rewritten(using, tactic)
