"""Tactics of analysis: lemmas, implicit differentiation, mean values, maxima, roots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sympy as sp

from symhet import lemmas
from symhet.algebra.calculus import derivative
from symhet.algebra.normal import SideCondition
from symhet.algebra.total import total
from symhet.certificate import Certificate
from symhet.propositions import Maximiser, Prop, Rel, UniqueRoot, eq, gt, le, lt, ne
from symhet.provers.automatic import auto, nonzero
from symhet.provers.base import Tactic, Terms, as_term, gap_of, give_up
from symhet.provers.positivity import side_for, side_of, side_proofs
from symhet.rules.base import Context, normal_forms, open_conditions, rewrite_term, shows
from symhet.rules.definedness import at_point, of_terms
from symhet.steps import Step


def lemma(name: str, *arguments: sp.Expr | int, premises: Sequence[Tactic] = (), using: Sequence[Step] = ()) -> Tactic:
    """The goal is an instance of a named lemma; its premises are proved by the given tactics (default: auto)."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        terms = tuple(map(sp.S, arguments))
        needed, conclusion = lemmas.instance(name, terms)
        tactics = tuple(premises) or tuple(auto(*using) for _ in needed)
        proofs = tuple(prover(context, premise) for prover, premise in zip(tactics, needed, strict=True))
        args = {"name": name, "arguments": terms, "premises": proofs}
        side = side_for(context, open_conditions(of_terms(terms), needed))
        if conclusion != goal and isinstance(goal, Rel) and isinstance(conclusion, Rel):
            known = (*needed, conclusion)
            side += side_of(context, (goal.gap - conclusion.gap, goal.lhs, goal.rhs), known)
        return Certificate("lemma", {**args, "side": side} if side else args)

    return tactic


def fact(name: str, *arguments: sp.Expr | int) -> Prop:
    """Return what a named lemma concludes at the arguments, to be stated as a step."""
    return lemmas.instance(name, tuple(map(sp.S, arguments)))[1]


def implicit(
    values: Mapping[sp.Symbol, sp.Expr],
    parameter: sp.Symbol,
    equations: Sequence[Step],
    regular: Tactic | None = None,
    using: Sequence[Step] = (),
    cofactors: Mapping[Step, Terms] | None = None,
) -> Tactic:
    """Implicit function theorem for the named system, with the derivatives of its unknowns given by ``values``."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        if not isinstance(goal, Rel) or goal.lhs not in {total(y, parameter) for y in values}:
            raise give_up("not the total derivative of one of the unknowns", goal)
        unknowns = tuple(values)
        gaps = [gap_of(context, name) for name in equations]
        jacobian = sp.Matrix([[derivative(gap, y) for y in unknowns] for gap in gaps])
        determinant = jacobian.det(method="berkowitz")
        proof = (regular or nonzero(determinant))(context, ne(determinant, 0))
        helpers = {name: _log_cofactor(context, name, values) for name in equations}
        helpers |= {name: tuple((o, as_term(c)) for o, c in terms.items()) for name, terms in (cofactors or {}).items()}
        checks = [
            derivative(gap, parameter)
            + sum((derivative(gap, y) * values[y] for y in unknowns), sp.S.Zero)
            + sum((c * gap_of(context, other) for other, c in helpers.get(name, ())), sp.S.Zero)
            for name, gap in zip(equations, gaps, strict=True)
        ]
        checks.append(goal.rhs - next(value for y, value in values.items() if goal.lhs == total(y, parameter)))
        solved = [rewrite_term(expr, context, using) for expr in checks]
        existing = (*values.values(), *(c for terms in helpers.values() for _, c in terms), goal.rhs)
        conditions = [c for term in solved for c in normal_forms((-term, term, sp.S.Zero))[1]]
        needed = (SideCondition(c.kind, rewrite_term(c.expr, context, using)) for c in of_terms(map(as_term, existing)))
        conditions += [c for c in needed if not shows(c)]
        args = {"unknowns": unknowns, "parameter": parameter, "values": tuple(map(as_term, values.values()))}
        args["cofactors"] = tuple(helpers.items())
        args |= {
            "equations": tuple(equations),
            "using": tuple(using),
            "regular": proof,
            "side": side_proofs(context, conditions),
        }
        return Certificate("implicit", args)

    return tactic


def _log_cofactor(
    context: Context, name: Step, values: Mapping[sp.Symbol, sp.Expr]
) -> tuple[tuple[Step, sp.Expr], ...]:
    """Turn the derivative of ``y = term`` into that of its logarithm: subtract y'/y times the equation."""
    equation = context.hypotheses[name]
    if not isinstance(equation, Rel) or equation.lhs not in values or values[equation.lhs] == 0:
        return ()
    return ((name, -values[equation.lhs] / equation.lhs),)


def monotone(
    function: sp.Expr,
    variable: sp.Symbol,
    start: sp.Expr | int,
    end: sp.Expr | int,
    *,
    rising: bool = True,
    slope: Tactic | None = None,
    base: Tactic | None = None,
    order: Tactic | None = None,
    name: str = "between",
) -> Tactic:
    """Mean value theorem: the function is not negative at ``start`` and rises from there to ``end``."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        first, last = as_term(start), as_term(end)
        low, high = (first, last) if rising else (last, first)
        inner = context.having(Step(f"{name}_low"), lt(low, variable))
        inner = inner.having(Step(f"{name}_high"), lt(variable, high))
        change = derivative(function, variable)
        if not isinstance(goal, Rel):
            raise give_up("not an inequality", goal)
        own = of_terms((function,))
        ends = [c for point in (first, last) for c in at_point((function,), {variable: point})]
        args = {
            "function": function,
            "variable": variable,
            "start": first,
            "end": last,
            "rising": rising,
            "name": name,
            "order": (order or auto())(context, lt(low, high)),
            "nonnegative": auto()(context, le(0, low)),
            "slope": (slope or auto())(inner, gt(change, 0) if rising else lt(change, 0)),
            "base": (base or auto())(context, le(0, function.xreplace({variable: first}))),
            "domain": side_for(inner, own),
            "side": side_of(context, (goal.gap - function.xreplace({variable: last}), goal.lhs, goal.rhs))
            + side_for(context, ends),
        }
        return Certificate("monotone", args)

    return tactic


def concave(
    *, stationary: Tactic | None = None, curvature: Tactic | None = None, above: Tactic | None = None
) -> Tactic:
    """A strictly concave function has its only maximum at the stationary point."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        if not isinstance(goal, Maximiser):
            raise give_up("not a maximiser", goal)
        x = goal.variable
        slope = derivative(goal.function, x)
        inner = context.having(Step("within_low"), lt(goal.lower, x))
        args: dict[str, object] = {
            "nonnegative": auto()(context, le(0, goal.lower)),
            "above": (above or auto())(context, lt(goal.lower, goal.point)),
            "stationary": (stationary or auto())(context, eq(slope.xreplace({x: goal.point}), 0)),
        }
        if goal.upper != sp.oo:
            args["below"] = auto()(context, lt(goal.point, goal.upper))
            inner = inner.having(Step("within_high"), lt(x, goal.upper))
        args["domain"] = side_for(inner, of_terms((goal.function, slope)))
        args["curvature"] = (curvature or auto())(inner, lt(derivative(slope, x), 0))
        return Certificate("concave", args)

    return tactic


def falling_tails(tails: Sequence[tuple[sp.Expr, sp.Expr, sp.Expr]], level: sp.Expr) -> Tactic:
    """A positive combination of j(c x) falls from infinity to zero and meets the level once."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        if not isinstance(goal, UniqueRoot):
            raise give_up("not about a root", goal)
        slope = auto()(context, lt(derivative(goal.function, goal.variable), 0))
        listed = tuple((*entry, tuple(auto()(context, gt(term, 0)) for term in entry)) for entry in tails)
        domain = side_for(context, of_terms((goal.function,)))
        side = side_of(context, (goal.function,))
        args = {"slope": slope, "tails": listed, "level": level, "side": side, "domain": domain}
        return Certificate("unique_root", {**args, "level_positive": auto()(context, gt(level, 0))})

    return tactic


def bracketed_root(
    left: sp.Expr,
    right: sp.Expr,
    slope: Tactic | None = None,
    above: Tactic | None = None,
    below: Tactic | None = None,
) -> Tactic:
    """A falling function that is positive at ``left`` and negative at ``right`` has exactly one root."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        if not isinstance(goal, UniqueRoot):
            raise give_up("not about a root", goal)
        x, f = goal.variable, goal.function
        args = {
            "domain": side_for(context, of_terms((f,))),
            "slope": (slope or auto())(context, lt(derivative(f, x), 0)),
            "left": left,
            "right": right,
            "above": (above or auto())(context, gt(f.xreplace({x: left}), 0)),
            "below": (below or auto())(context, lt(f.xreplace({x: right}), 0)),
            "left_positive": auto()(context, gt(left, 0)),
            "right_positive": auto()(context, gt(right, 0)),
        }
        return Certificate("unique_root", args)

    return tactic
