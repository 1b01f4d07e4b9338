"""Under which condition a statement holds: what remains to be positive, kept when it is sufficient and simple."""

from __future__ import annotations

from dataclasses import dataclass

from symhet.core import kernel
from symhet.core.context import Context
from symhet.core.kernel import Theorem
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.statements import Statement, lt
from symhet.language.terms import ONE, Head, Term
from symhet.search.branch import Branch, weight
from symhet.search.building import number, parted, plus, subterms, summands, times
from symhet.search.contraries import contrary, supposed
from symhet.search.drawing import sampled
from symhet.search.fingerprints import same
from symhet.search.in_parameters import in_parameters
from symhet.search.portfolio import opened, search
from symhet.search.signs import open_factors
from symhet.search.work import OutOfWork, Stuck, Work

MAX_CANDIDATES = 8
FAILING = 20
"""Economies in which the statement fails, and each condition under which it holds has to."""
SIMPLE = 9
"""Parts of a condition that is short whatever it is a condition for."""


@dataclass(frozen=True)
class Condition:
    """A condition under which a statement holds, whether it is needed too, and the proofs."""

    condition: Statement
    exactly: bool
    theorems: tuple[Theorem, ...]


def found(context: Context, goal: Statement, work: Work) -> Condition | None:
    """Return the simplest condition found under which a statement holds; it is known to fail somewhere."""
    inner, conclusion = supposed(context, goal)
    if not conclusion.is_relation:
        return None
    for candidate in candidates(inner, conclusion, work):
        sufficient = _proved(context, s.implies(candidate, goal), work)
        if sufficient is None:
            continue
        needed = _proved(inner, s.implies(conclusion, candidate), work) if goal is conclusion else None
        theorems = (sufficient,) if needed is None else (sufficient, needed)
        return Condition(candidate, needed is not None, theorems)
    return None


def _proved(context: Context, goal: Statement, work: Work) -> Theorem | None:
    try:
        with work.limited(work.left // 3):
            return kernel.prove(context, goal, opened(Branch(context, work, search), goal))
    except (Stuck, OutOfWork, Refusal):
        return None


def candidates(context: Context, goal: Statement, work: Work) -> list[Statement]:
    """Return conditions that may do: signs of open factors, symbols that differ or are equal, their orders."""
    branch = Branch(context, work, search)
    economies = branch.seen(goal)
    if economies is None:
        return []
    holds = economies.holds(goal)
    against = sampled(context.having("what fails", contrary(goal)), kept=FAILING)
    found: list[Statement] = []
    of_parameters = in_parameters(branch, goal)
    for statement in (*_of_factors(branch, goal), *of_parameters, *_of_symbols(goal)):
        truth = economies.holds(statement)
        simple = 2 * weight(statement) <= weight(goal) or weight(statement) <= SIMPLE
        if same(statement.gap, goal.gap):
            continue
        if not (simple or statement in of_parameters) or not truth.any() or (truth & ~holds).any():
            continue
        if against is None or not against.holds(statement).any():
            found.append(statement)
    found.sort(key=lambda c: (-int((economies.holds(c) & holds).sum()), _inverses(c), weight(c)))
    return found[:MAX_CANDIDATES]


def _inverses(statement: Statement) -> int:
    """Return how many quotients a relation is written with; one without them is easier to read."""
    nodes = [node for term in statement.args for node in subterms(term)]
    return sum(node.head is Head.WHOLE_POWER and node.args[1] < 0 for node in nodes)


def _of_factors(branch: Branch, goal: Statement) -> list[Statement]:
    try:
        _, left = open_factors(branch, goal.gap)
    except (Stuck, Refusal):
        return []
    found = []
    for factor in left:
        if factor.term.mentions(Head.TOTAL) or same(factor.term, goal.gap) or same(t.negative(factor.term), goal.gap):
            continue
        small, large = sides(factor.term)
        found += [lt(small, large), lt(large, small), s.eq(large, small)]
    return found


def sides(gap: Term) -> tuple[Term, Term]:
    """Return two terms without negative summands whose difference, the second less the first, is a term.

    Examples
    --------
    >>> from symhet.language.spelling import text
    >>> x, y = t.symbol("x"), t.symbol("y")
    >>> [text(side) for side in sides(t.difference(t.multiply(x, y), ONE))]
    ['1', 'x*y']
    """
    parts = [parted(part) for part in summands(gap)]
    small = [times(number(-factor), rest) for factor, rest in parts if factor < 0]
    large = [times(number(factor), rest) for factor, rest in parts if factor > 0]
    return plus(*small), plus(*large)


def _of_symbols(goal: Statement) -> list[Statement]:
    symbols: list[Term] = sorted((leaf for leaf in goal.leaves if leaf.head is Head.SYMBOL), key=repr)[:8]
    pairs = [*((x, y) for i, x in enumerate(symbols) for y in symbols[i + 1 :]), *((x, ONE) for x in symbols)]
    found = [relation(x, y) for relation in (s.ne, s.eq) for x, y in pairs]
    found += [lt(x, y) for x in symbols for y in (*symbols, ONE) if x is not y]
    return found + [lt(ONE, x) for x in symbols]
