"""Tactics of analysis: lemmas, implicit differentiation, mean values, maxima, roots."""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp

from symhet.core import corollaries, derived, functions
from symhet.core.calculus import derivative
from symhet.core.records import Proof, Proofs
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.statements import Op, Statement
from symhet.language.sympy_door import from_sympy, statement_to_sympy
from symhet.language.terms import ZERO, Term
from symhet.propositions import Prop
from symhet.provers.base import Place, Tactic, require
from symhet.provers.structure import auto


def lemma(name: str, *arguments: sp.Expr | int, premises: Sequence[Tactic] = ()) -> Tactic:
    """The goal is an instance of a named lemma; its premises are proved by the given tactics (default: auto)."""

    def tactic(place: Place, goal: Statement) -> Proof:
        terms = tuple(map(place.term, arguments))
        needed, conclusion = corollaries.instance(name, terms)
        tactics = tuple(premises) or tuple(auto() for _ in needed)
        proofs = tuple(prover(place, premise) for prover, premise in zip(tactics, needed, strict=True))
        parts = conclusion.args if conclusion.op is Op.OR else (conclusion,)
        existing = [term for part in parts for term in part.args]
        if goal is not conclusion and goal.is_relation:
            existing += goal.args
        return derived.lemma(name, terms, proofs, place.side(*existing))

    return tactic


def fact(name: str, *arguments: sp.Expr | int) -> Prop:
    """Return what a named lemma concludes at the arguments, to be stated as a step.

    Examples
    --------
    >>> x = sp.Symbol("x", positive=True)
    >>> str(fact("pow_gt_one", 1 + x, x))
    '1 < (x + 1)**x'
    """
    terms = tuple(from_sympy(sp.sympify(argument, strict=True)) for argument in arguments)
    return statement_to_sympy(corollaries.instance(name, terms)[1])


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

    def tactic(place: Place, goal: Statement) -> Proof:
        x = place.term(variable)
        body = t.replace(place.term(function), {x: t.bound(0)})
        first, last = place.term(start), place.term(end)
        low, high = (first, last) if rising else (last, first)
        inner = place.having(f"{name}_low", s.lt(low, x)).having(f"{name}_high", s.lt(x, high))
        change = derivative(s.at(body, x), x)
        smooth = inner.within(functions.smooth(inner.context, name, change, x))
        proof = functions.monotone(
            body,
            x,
            name,
            first,
            last,
            rising,
            (order or auto())(place, s.lt(low, high)),
            place.shown(s.le(ZERO, low)),
            (slope or auto())(smooth, s.lt(ZERO, change) if rising else s.lt(change, ZERO)),
            (base or auto())(place, s.le(ZERO, s.at(body, first))),
            derived.identity(inner.side(s.at(body, x))),
        )
        return derived.sided(place.side(s.at(body, first), s.at(body, last), *goal.args), proof)

    return tactic


def concave(variable: sp.Symbol, *, curvature: Tactic | None = None) -> Tactic:
    """A strictly concave function of the variable has its only maximum at the stationary point."""

    def tactic(place: Place, goal: Statement) -> Proof:
        require(goal, Op.MAXIMISER)
        (function, point, lower, *upper), x = goal.args, place.term(variable)
        slope = derivative(s.at(function, x), x)
        inner = place.having("within_low", s.lt(lower, x))
        for end in upper:
            inner = inner.having("within_high", s.lt(x, end))
        return functions.concave(
            goal,
            x,
            "within",
            place.shown(s.le(ZERO, lower)),
            place.shown(s.lt(lower, point)),
            tuple(place.shown(s.lt(point, end)) for end in upper),
            place.shown(s.eq(t.replace(slope, {x: point}), ZERO)),
            (curvature or auto())(inner, s.lt(derivative(slope, x), ZERO)),
            derived.identity(inner.side(t.add(s.at(function, x), slope))),
        )

    return tactic


def falling_tails(variable: sp.Symbol, tails: Sequence[tuple[sp.Expr, sp.Expr, sp.Expr]], level: sp.Expr) -> Tactic:
    """A positive combination of j(c x) falls from infinity to zero and meets the level once."""

    def tactic(place: Place, goal: Statement) -> Proof:
        x, function = _unknown(place, goal, variable)
        listed = tuple(_positive(place, *map(place.term, row)) for row in tails)
        height, exists = place.term(level), derived.identity(place.side(s.at(function, x)))
        return functions.unique_root_of_tails(goal.args[0], x, exists, height, place.shown(s.positive(height)), listed)

    return tactic


def bracketed_root(
    variable: sp.Symbol, left: sp.Expr, right: sp.Expr, *, slope: Tactic, above: Tactic, below: Tactic
) -> Tactic:
    """A falling function that is positive at ``left`` and negative at ``right`` has exactly one root."""

    def tactic(place: Place, goal: Statement) -> Proof:
        x, function = _unknown(place, goal, variable)
        here = s.at(function, x)
        change = derivative(here, x)
        smooth = place.within(functions.smooth(place.context, "root", change, x))
        low, high = place.term(left), place.term(right)
        return functions.unique_root(
            function,
            x,
            "root",
            derived.identity(place.side(here)),
            slope(smooth, s.lt(change, ZERO)),
            low,
            place.shown(s.positive(low)),
            above(place, s.positive(s.at(function, low))),
            high,
            place.shown(s.positive(high)),
            below(place, s.lt(s.at(function, high), ZERO)),
        )

    return tactic


def _positive(place: Place, weight: Term, scale: Term, order: Term) -> tuple[Term, Term, Term, Proofs]:
    """Return the parts of a tail with proofs that they are positive, and that the moment is finite."""
    wanted = *map(s.positive, (weight, scale, order)), s.exists(t.tail(t.ONE, order))
    return weight, scale, order, tuple(map(place.shown, wanted))


def _unknown(place: Place, goal: Statement, variable: sp.Symbol) -> tuple[Term, Term]:
    """Return the unknown and the function of a goal that says that it has one root."""
    require(goal, Op.UNIQUE_ROOT)
    return place.term(variable), goal.args[0]
