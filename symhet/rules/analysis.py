"""Rules of analysis: named lemmas, implicit differentiation, the mean value theorem, maxima and roots."""

from __future__ import annotations

from functools import partial

import sympy as sp

from symhet import lemmas
from symhet.algebra.calculus import derivative
from symhet.algebra.normal import SideCondition
from symhet.algebra.tails import SUPPORT, Survival, TailMoment
from symhet.algebra.total import is_total, total
from symhet.certificate import Certificate
from symhet.propositions import Maximiser, Prop, Rel, UniqueRoot, eq, free_symbols, gt, le, lt, ne
from symhet.rules.base import (
    Args,
    Check,
    Context,
    equation_of,
    failure,
    normal_forms,
    open_conditions,
    relation_of,
    require_conditions,
    require_defined,
    require_fresh,
    require_zero,
    rewrite_all,
    rewrite_term,
)
from symhet.rules.definedness import at_point, of_terms
from symhet.rules.language import is_plain, require_distinct_names, require_terms
from symhet.steps import Step


def lemma(check: Check, context: Context, goal: Prop, args: Args) -> None:
    """An instance of a named lemma whose premises are proved."""
    arguments = tuple(args["arguments"])
    require_terms(arguments)
    premises, conclusion = lemmas.instance(args["name"], arguments)
    for premise, proof in zip(premises, args["premises"], strict=True):
        check(context, premise, proof)
    require_conditions(check, context, open_conditions(of_terms(arguments), premises), args)
    if conclusion != goal:
        if not (isinstance(goal, Rel) and isinstance(conclusion, Rel) and goal.op == conclusion.op):
            raise failure("lemma", f"{args['name']} concludes {conclusion}", str(goal))
        difference = goal.gap - conclusion.gap
        require_zero(check, context, difference, args, "lemma", (goal.lhs, goal.rhs), (*premises, conclusion))


def implicit(check: Check, context: Context, goal: Prop, args: Args) -> None:
    """Implicit function theorem: the derivatives solve the differentiated system, whose Jacobian is regular.

    A differentiated equation may be brought to zero with multiples (cofactors) of equations that hold at the point.
    """
    relation = relation_of(goal, "implicit", "=")
    unknowns: tuple[sp.Symbol, ...] = tuple(args["unknowns"])
    parameter: sp.Symbol = args["parameter"]
    values = dict(zip(unknowns, args["values"], strict=True))
    names = tuple(args["equations"])
    if len(names) != len(unknowns) or not set(names) <= context.system:
        raise failure("implicit", "as many differentiable equations as unknowns are needed", str(goal))
    gaps = [equation_of(context, name).gap for name in names]
    _require_moving(context, goal, gaps, unknowns, parameter)
    cofactors = dict(args.get("cofactors", ()))
    factors = [c for helpers in cofactors.values() for _, c in helpers]
    existing = (*values.values(), *factors, relation.rhs)
    require_terms(existing)
    replace = partial(rewrite_term, context=context, names=args.get("using", ()))
    needed = [SideCondition(known.kind, replace(known.expr)) for known in of_terms(existing)]
    require_conditions(check, context, needed, args)
    for name, gap in zip(names, gaps, strict=True):
        slope = derivative(gap, parameter)
        slope += sum((derivative(gap, y) * values[y] for y in unknowns), sp.S.Zero)
        slope += sum((c * equation_of(context, other).gap for other, c in cofactors.get(name, ())), sp.S.Zero)
        _require_rewritten_zero(check, context, slope, args)
    jacobian = sp.Matrix([[derivative(gap, y) for y in unknowns] for gap in gaps])
    check(context, ne(jacobian.det(method="berkowitz"), 0), args["regular"])
    solved = [y for y in unknowns if relation.lhs == total(y, parameter)]
    if not solved:
        raise failure("implicit", "the goal is not the derivative of an unknown", str(goal))
    _require_rewritten_zero(check, context, relation.rhs - values[solved[0]], args)


def _require_moving(
    context: Context, goal: Prop, gaps: list[sp.Expr], unknowns: tuple[sp.Symbol, ...], parameter: sp.Symbol
) -> None:
    """Fail unless exactly the unknowns move with the parameter, and their derivatives can be told apart by name."""
    used = context.symbols() | free_symbols(goal) | {*unknowns, parameter}
    require_distinct_names(used)
    moving = frozenset().union(*(gap.free_symbols for gap in gaps)) & context.endogenous
    if not moving <= set(unknowns) <= context.endogenous or parameter in context.endogenous:
        raise failure("implicit", f"the unknowns are not what moves: {sorted(map(str, moving))}", str(goal))
    if SUPPORT in {parameter, *context.endogenous} or not is_plain(parameter) or is_total(parameter):
        raise failure("implicit", f"{parameter} is no parameter", str(goal))
    if any(mark in symbol.name for symbol in (*unknowns, parameter) for mark in ",[]"):
        raise failure("implicit", "a name contains a comma or a bracket", str(goal))
    if any(is_total(symbol) for gap in gaps for symbol in gap.free_symbols):
        raise failure("implicit", "a total derivative may not be differentiated", str(goal))
    for name in context.system:
        gap = equation_of(context, name).gap
        if not gap.free_symbols & context.endogenous and not normal_forms((gap,))[0][0].is_zero:
            raise failure("implicit", f"{name!r} ties down what the context calls exogenous", str(gap))


def _require_rewritten_zero(check: Check, context: Context, term: sp.Expr, args: Args) -> None:
    goal = rewrite_all(eq(term, 0), context, args.get("using", ()))
    check(context, goal, Certificate("identity", {"side": args.get("side", ())}))


def monotone(check: Check, context: Context, goal: Prop, args: Args) -> None:
    """Mean value theorem: f(start) >= 0 and f rising from start to end give f(end) > 0.

    With ``rising`` false, end lies below start and f falls between them. The interval lies in the non-negative reals.
    """
    relation = relation_of(goal, "monotone", "<", "<=")
    function, x, start, end = args["function"], args["variable"], args["start"], args["end"]
    require_terms((function, start, end))
    require_fresh(x, context.symbols() | free_symbols(goal) | start.free_symbols | end.free_symbols, goal, "monotone")
    low, high = (start, end) if args["rising"] else (end, start)
    check(context, lt(low, high), args["order"])
    check(context, le(0, low), args["nonnegative"])
    name = args["name"]
    inner = context.having(Step(f"{name}_low"), lt(low, x)).having(Step(f"{name}_high"), lt(x, high))
    slope = derivative(function, x)
    check(inner, gt(slope, 0) if args["rising"] else lt(slope, 0), args["slope"])
    require_defined(check, inner, (function,), {"side": args.get("domain", ())})
    for point in (start, end):
        require_conditions(check, context, at_point((function,), {x: point}), args)
    check(context, le(0, function.xreplace({x: start})), args["base"])
    difference = relation.gap - function.xreplace({x: end})
    require_zero(check, context, difference, args, "monotone", (relation.lhs, relation.rhs))


def concave(check: Check, context: Context, goal: Prop, args: Args) -> None:
    """A strictly concave function with a stationary point in an interval has its only maximum there."""
    if not isinstance(goal, Maximiser):
        raise failure("concave", "the goal is no maximiser", str(goal))
    x, f = goal.variable, goal.function
    require_fresh(x, context.symbols() | free_symbols(goal), goal, "concave")
    slope = derivative(f, x)
    check(context, le(0, goal.lower), args["nonnegative"])
    check(context, lt(goal.lower, goal.point), args["above"])
    check(context, eq(slope.xreplace({x: goal.point}), 0), args["stationary"])
    inner = context.having(Step("within_low"), lt(goal.lower, x))
    if goal.upper != sp.oo:
        check(context, lt(goal.point, goal.upper), args["below"])
        inner = inner.having(Step("within_high"), lt(x, goal.upper))
    require_defined(check, inner, (f, slope), {"side": args.get("domain", ())})
    check(inner, lt(derivative(slope, x), 0), args["curvature"])


def unique_root(check: Check, context: Context, goal: Prop, args: Args) -> None:
    """A function that falls throughout, from above zero to below zero, has exactly one root."""
    if not isinstance(goal, UniqueRoot):
        raise failure("unique_root", "the goal is no unique root", str(goal))
    x, f = goal.variable, goal.function
    require_fresh(x, context.symbols() | free_symbols(goal), goal, "unique_root")
    require_defined(check, context, (f,), {"side": args.get("domain", ())})
    check(context, lt(derivative(f, x), 0), args["slope"])
    if "tails" in args:
        _require_falling_tails(check, context, goal, args)
        return
    for point, above in ((args["left"], True), (args["right"], False)):
        require_terms((point,))
        value = f.xreplace({x: point})
        check(context, gt(value, 0) if above else lt(value, 0), args["above" if above else "below"])
        check(context, gt(point, 0), args["left_positive" if above else "right_positive"])


def _require_falling_tails(check: Check, context: Context, goal: UniqueRoot, args: Args) -> None:
    """f = sum of w_i j(c_i x) - level with j(y) = y^-k T(y) - S(y): infinite at zero, -level at infinity.

    j falls from infinity (T tends to the whole, positive moment while y^-k explodes) to zero
    (0 < y^-k T - S <= y^-k T, and T tends to zero).
    """
    x, level = goal.variable, args["level"]
    rebuilt: sp.Expr = -level
    check(context, gt(level, 0), args["level_positive"])
    if not args["tails"] or x in level.free_symbols:
        raise failure("unique_root", "a level that does not depend on the unknown meets at least one tail", str(goal))
    for weight, scale, moment, proofs in args["tails"]:
        if any(x in term.free_symbols for term in (weight, scale, moment)):
            raise failure("unique_root", "weights and scales may not depend on the unknown", str(goal))
        for term, proof in zip((weight, scale, moment), proofs, strict=True):
            check(context, gt(term, 0), proof)
        y = scale * x
        rebuilt += weight * (y**-moment * TailMoment(y, moment) - Survival(y))
    require_zero(check, context, goal.function - rebuilt, args, "unique_root", (goal.function,))
