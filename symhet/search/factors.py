"""Signs factor by factor: of a gap, or of a known gap that has the one at hand as a factor.

An inequality is taken apart into the irreducible factors of its gap. The economies drawn tell which sign each should
have; each sign is proved as a step, and their product is the goal.
"""

from __future__ import annotations

from dataclasses import dataclass

from symhet.core import derived
from symhet.core.records import Proof
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.statements import Op, Statement, lt, positive
from symhet.language.terms import ZERO, Term
from symhet.search.algebra import NoTermError
from symhet.search.branch import Branch
from symhet.search.building import number, over, raised, times
from symhet.search.signs import Fact, known_facts
from symhet.search.work import Stuck


@dataclass(frozen=True)
class Factor:
    """An irreducible factor of a gap whose sign is open, and its exponent."""

    term: Term
    exponent: int


def open_factors(branch: Branch, term: Term) -> tuple[Term, list[Factor]]:
    """Return the part of a term that is positive or negative by its form, and the factors that are left."""
    algebra = branch.algebra(branch.tidy(term))
    split = algebra.splits[0]
    if not split.number:
        raise Stuck("the gap is zero")
    known: list[Term] = [number(split.number)]
    left: list[Factor] = []
    try:
        for base, power in split.monomial:
            entry = algebra.of_monomial(((base, power),))
            if algebra.is_positive(((base, power),)):
                known.append(entry)
            elif type(power) is int and not base & 1:
                left.append(Factor(algebra.base(base), power))
            else:
                raise Stuck("a sign without a term")
        c, factors = algebra.factors(split.primitive)
        known.append(number(c))
        for value, exponent in factors:
            factor = algebra.of_value(value)
            if algebra.sign(value) > 0:
                known.append(raised(factor, number(exponent)))
            else:
                left.append(Factor(factor, exponent))
    except NoTermError as error:
        raise Stuck("a factor without a term") from error
    return times(*known), left


def is_composite(branch: Branch, goal: Statement) -> bool:
    """Tell whether a gap has several factors, or one that is simpler than it."""
    try:
        _, left = open_factors(branch, goal.gap)
    except Stuck:
        return False
    return len(left) > 1 or (len(left) == 1 and not _is_gap(branch, goal, left[0]))


def by_factors(branch: Branch, goal: Statement) -> Proof:
    """Every factor of the gap has a sign, and their product is the goal."""
    coefficient, left = open_factors(branch, goal.gap)
    if not left or (len(left) == 1 and _is_gap(branch, goal, left[0])):
        raise Stuck("one factor only")
    here = branch.fork()
    parts: list[tuple[str, int]] = []
    for factor in left:
        sign = branch.sign(factor.term)
        if not sign:
            raise Stuck("a factor of either sign")
        parts.append((_signed(here, factor), factor.exponent))
        if sign < 0 and factor.exponent % 2:
            coefficient = times(number(-1), coefficient)
    proof = here.sided(goal, lambda side: derived.product(tuple(parts), coefficient, side))
    return branch.checked(goal, here.close(proof))


def by_part_beside_parameters(branch: Branch, goal: Statement) -> Proof:
    """The same as `by_part_of_fact` for a sign of variables, where those of the other factors are one of parameters."""
    if not goal.leaves & branch.context.endogenous:
        raise Stuck("about parameters alone")
    return by_part_of_fact(branch, goal, branch.context.endogenous)


def by_part_of_fact(branch: Branch, goal: Statement, without: frozenset[Term] = frozenset()) -> Proof:
    """A known gap is that of the goal times other factors, each of which has a sign, and lacks some symbols."""
    _, left = open_factors(branch, goal.gap)
    if goal.op is not Op.LESS or len(left) != 1 or left[0].exponent % 2 == 0:
        raise Stuck("not one factor")
    last = Stuck("no known gap has this factor")
    for fact in known_facts(branch, goal.leaves):
        mentioned = left[0].term.leaves <= fact.gap.leaves
        others = _beside(branch, fact, left[0].term) if fact.strict and mentioned else []
        if not others or any(f.term.leaves & without or not branch.sign(f.term) for f in others):
            continue
        here = branch.fork()
        try:
            parts = [(fact.name, 1), *((_signed(here, factor), -factor.exponent) for factor in others)]
            product = times(*(raised(here.context.hypotheses[name].gap, number(n)) for name, n in parts))
            coefficient = branch.tidy(over(goal.gap, product))
            proof = here.sided(goal, lambda side, p=tuple(parts), c=coefficient: derived.product(p, c, side))  # type: ignore[misc]
            return branch.checked(goal, here.close(proof))
        except Stuck as stuck:
            last = stuck
    raise last


def _beside(branch: Branch, fact: Fact, term: Term) -> list[Factor]:
    """Return the other open factors of a known gap that has a term, or its opposite, as one."""
    try:
        _, factors = open_factors(branch, fact.gap)
    except Stuck:
        return []
    opposite = times(t.MINUS_ONE, term)
    others = [f for f in factors if not (branch.agree(f.term, term) or branch.agree(f.term, opposite))]
    return others if len(others) == len(factors) - 1 else []


def _signed(branch: Branch, factor: Factor) -> str:
    """Add the sign that a factor has in the economies drawn as a step; return its name."""
    statement = positive(factor.term) if branch.sign(factor.term) > 0 else lt(factor.term, ZERO)
    return branch.have(statement, branch.prover(branch.fork(deeper=1, plain=True), statement), "sign")


def _is_gap(branch: Branch, goal: Statement, factor: Factor) -> bool:
    """Tell whether a factor is the gap itself, so that nothing is won."""
    if factor.exponent != 1:
        return False
    return branch.agree(factor.term, goal.gap) or branch.agree(times(t.MINUS_ONE, factor.term), goal.gap)


def by_weak_factor(branch: Branch, goal: Statement) -> Proof:
    """One factor is not negative, a square among others, and the rest of the gap is positive."""
    if goal.op is not Op.AT_MOST:
        raise Stuck("not weak")
    _, left = open_factors(branch, goal.gap)
    doubtful = [factor for factor in left if branch.may_vanish(factor.term)]
    if len(doubtful) > 1 or len(left) < 1 + (not doubtful):
        raise Stuck("several factors that may be zero, or one factor only")
    last = Stuck("no factor")
    for factor in doubtful or left:
        here = branch.fork()
        try:
            name, known = _not_negative(here, factor)
            rest = branch.tidy(over(goal.gap, known))
            positive_rest = branch.prover(here.fork(here.context, deeper=1), positive(rest))
            proof = here.sided(
                goal,
                lambda side, n=name, f=rest, p=positive_rest: derived.transported(n, (), f, (p,), side),  # type: ignore[misc]
            )
            return branch.checked(goal, here.close(proof))
        except Stuck as stuck:
            last = stuck
    raise last


def _not_negative(branch: Branch, factor: Factor) -> tuple[str, Term]:
    """Add as a step that a power of a factor, or of its opposite, is not negative; return its name and the power."""
    if factor.exponent > 0 and factor.exponent % 2 == 0:
        root = raised(factor.term, number(factor.exponent // 2))
        square = t.whole_power(root, 2)
        statement = s.le(ZERO, square)
        proof = branch.sided(statement, lambda side: derived.lemma("square_not_negative", (root,), (), side))
        return branch.have(statement, proof, "square"), square
    if factor.exponent != 1:
        raise Stuck("a power of a factor that may be zero")
    for term in (factor.term, times(t.MINUS_ONE, factor.term)):
        statement = s.le(ZERO, term)
        if branch.plausible(statement):
            proof = branch.prover(branch.fork(branch.context, deeper=1), statement)
            return branch.have(statement, proof, "sign"), term
    raise Stuck("a factor of either sign")


__all__ = [
    "Factor",
    "by_factors",
    "by_part_beside_parameters",
    "by_part_of_fact",
    "by_weak_factor",
    "is_composite",
    "open_factors",
]
