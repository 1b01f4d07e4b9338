"""Tactics that prove equations and inequalities from normal forms and known relations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sympy as sp

from symhet.core import derived, records
from symhet.core.records import Proof
from symhet.core.rules.base import rewritten as put_in
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.statements import Op, Statement
from symhet.language.sympy_door import to_sympy
from symhet.language.terms import Head, Term, nodes
from symhet.provers.base import Place, Tactic, Terms, give_up, in_lowest_terms, require
from symhet.steps import Step


def rewritten(using: Sequence[Step], inner: Tactic) -> Tactic:
    """Rewrite the goal with the named equations first.

    Tails are first written as SymPy writes them, so that equations meet them.
    """
    if not using:
        return inner

    def tactic(place: Place, goal: Statement) -> Proof:
        steps: list[tuple[str, Statement, Proof, bool]] = []
        names: list[str] = []
        for name in map(str, using):
            for equation in _untidy(place, goal, _tails(place.known(name).args[0])):
                tidy = f"tidy {len(steps)}"
                steps.append((tidy, equation, derived.identity(place.side(*equation.args)), False))
                place = place.having(tidy, equation)
                goal = put_in(goal, place.context, (tidy,))
                names.append(tidy)
            goal = put_in(goal, place.context, (name,))
            names.append(name)
        then = records.Rewrite(tuple(names), inner(place, goal))
        return records.Cut(tuple(steps), then) if steps else then

    return tactic


def _untidy(place: Place, goal: Statement, wanted: Mapping[Term, None]) -> list[Statement]:
    """Return equations from the tails of a statement to those wanted that SymPy does not tell from them."""
    found = [node for node in _tails(goal) if node not in wanted] if wanted else []
    pairs = [(node, place.term(to_sympy(node))) for node in found]
    return [s.eq(node, tidy) for node, tidy in pairs if tidy in wanted]


def _tails(whole: Statement | Term) -> dict[Term, None]:
    """Return the tails in a statement or term."""
    found: dict[Term, None] = {}
    for part in (whole,) if isinstance(whole, Term) else whole.args:
        if isinstance(part, Term):
            found |= dict.fromkeys(nodes(part, Head.TAIL))
        elif isinstance(part, Statement):
            found |= _tails(part)
    return found


def identity(*using: Step) -> Tactic:
    """Both sides agree in normal form, after rewriting with the named equations."""

    def tactic(place: Place, goal: Statement) -> Proof:
        require(goal, Op.EQUAL)
        return derived.identity(place.side(*goal.args))

    return rewritten(using, tactic)


def sign(*using: Step, multiplier: sp.Expr | int = 1) -> Tactic:
    """The gap has positive coefficients over positive generators, after rewriting with the named equations."""

    def tactic(place: Place, goal: Statement) -> Proof:
        require(goal, Op.LESS, Op.AT_MOST, Op.DIFFER)
        factor = place.term(multiplier)
        return derived.sign(factor, place.side(factor, *goal.args))

    return rewritten(using, tactic)


def by(name: Step) -> Tactic:
    """The goal is the named hypothesis, or weaker."""

    def tactic(place: Place, goal: Statement) -> Proof:
        known = place.known(name)
        if known is goal or not (known.is_relation and goal.is_relation):
            return derived.hypothesis(str(name))
        if known.op is Op.LESS and goal.op is Op.AT_MOST:
            return derived.weaken(False, tactic(place, s.lt(*goal.args)))
        return derived.hypothesis(str(name), place.side(*goal.args))

    return tactic


def differ(ordered_by: Tactic, above: bool = False) -> Tactic:
    """Two terms differ because the left one is below (or above) the right one."""

    def tactic(place: Place, goal: Statement) -> Proof:
        require(goal, Op.DIFFER)
        return derived.apart(not above, ordered_by(place, s.lt(*(goal.args[::-1] if above else goal.args))))

    return tactic


def transported(name: Step, *using: Step, factor: sp.Expr | int = 1) -> Tactic:
    """The goal is a multiple of the named relation after rewriting that relation with the named equations."""

    def tactic(place: Place, goal: Statement) -> Proof:
        scale = place.term(factor)
        positive = () if goal.op is Op.EQUAL else (place.shown(s.positive(scale)),)
        side = place.side(*goal.args, scale)
        return derived.transported(str(name), tuple(map(str, using)), scale, positive, side)

    return tactic


def powers(factors: Terms, *using: Step) -> Tactic:
    """lhs/rhs is the product of powers of (lhs_i/rhs_i) of named equations between positive terms."""

    def tactic(place: Place, goal: Statement) -> Proof:
        require(goal, Op.EQUAL)
        pairs = place.coefficients(factors)
        side = place.side(*goal.args, *(exponent for _, exponent in pairs))
        return derived.powers(place.context, goal, pairs, side)

    return rewritten(using, tactic)


def linear(terms: Terms, *using: Step) -> Tactic:
    """lhs - rhs is a combination of the named equations."""

    def tactic(place: Place, goal: Statement) -> Proof:
        require(goal, Op.EQUAL)
        pairs = place.coefficients(terms)
        return derived.linear(pairs, place.side(*goal.args, *(coefficient for _, coefficient in pairs)))

    return rewritten(using, tactic)


def combine(terms: Terms, *using: Step, multiplier: sp.Expr | int = 1, equations: Terms | None = None) -> Tactic:
    """multiplier * gap = sum of coefficient * known gap + a rest with positive coefficients."""

    def tactic(place: Place, goal: Statement) -> Proof:
        require(goal, Op.LESS, Op.AT_MOST)
        known, equal = place.coefficients(terms), place.coefficients(equations or {})
        factor = place.term(multiplier)
        parts = [t.multiply(weight, place.known(name).gap) for name, weight in (*known, *equal)]
        rest = t.difference(t.multiply(factor, goal.gap), t.total_of(parts))
        weights = [weight for _, weight in (*known, *equal)]
        for written in (in_lowest_terms(rest), rest):
            proof = derived.combine(known, equal, factor, written, place.side(*goal.args, factor, written, *weights))
            if place.accepts(goal, proof):
                return proof
        raise give_up("the rest is not manifestly non-negative", goal)

    return rewritten(using, tactic)


def product(factors: Mapping[Step, int], *using: Step, coefficient: sp.Expr | int = 1) -> Tactic:
    """The gap is the coefficient times whole powers of the gaps of named strict inequalities."""

    def tactic(place: Place, goal: Statement) -> Proof:
        require(goal, Op.LESS, Op.AT_MOST)
        scale = place.term(coefficient)
        named = tuple((str(name), int(power)) for name, power in factors.items())
        return derived.product(named, scale, place.side(*goal.args, scale))

    return rewritten(using, tactic)
