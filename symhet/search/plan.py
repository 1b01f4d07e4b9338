"""In which order the symbols of a context are found: some are drawn, others follow from an equation each.

An economy is easiest to find from its end: draw the cutoffs, the distribution and the exponents, and solve the
conditions for what enters them linearly, such as fixed costs. Equations that no symbol can be solved for are left.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from symhet.core.context import Context
from symhet.language.rebuilding import own_terms
from symhet.language.refusals import Refusal
from symhet.language.statements import Op, Statement, lt, substitute
from symhet.language.terms import MINUS_ONE, Head, Term
from symhet.search.building import subterms, times
from symhet.search.isolate import isolate

MIN_ATTEMPTS = 3
MANY = 14
"""Equations beyond which none is put into another."""
MAX_DEPTH = 24
MOST_CASES = 4
"""Choices of cases in which economies are drawn."""
SHARES = (2, 3)
"""How many quarters of the equations are taken where they are many and no order solves them all."""


@dataclass(frozen=True)
class Plan:
    """How to find values for all symbols.

    Parameters
    ----------
    drawn : tuple of Term
        Symbols that are free.
    solved : tuple of (Term, Term)
        Symbols with the terms that give them, in an order in which each needs only what is known before.
    left : tuple of Statement
        Equations that are not solved.
    checks : tuple of Statement
        What else must hold.
    """

    drawn: tuple[Term, ...]
    solved: tuple[tuple[Term, Term], ...]
    left: tuple[Statement, ...]
    checks: tuple[Statement, ...]


def relations(statements: Iterable[Statement]) -> list[Statement]:
    """Return the parts of conjunctions."""
    found: list[Statement] = []
    for statement in statements:
        if statement.op is Op.AND:
            found += relations(statement.args)
        else:
            found.append(statement)
    return found


def by_cases(context: Context) -> list[Context]:
    """Return a context, then itself with one case chosen of each disjunction that has equations in it."""
    known = frozenset(relations(context.hypotheses.values()))
    split = {
        name: tuple(part for part in statement.args if not _is_excluded(part, known)) or statement.args
        for name, statement in context.hypotheses.items()
        if statement.op is Op.OR
        and any(part.op is Op.EQUAL for part in relations(statement.args))
        and not any(known.issuperset(relations((part,))) for part in statement.args)
    }
    if not split:
        return [context]
    choices = list(product(*(parts[::-1] for parts in split.values())))
    spread = choices[:: max(1, len(choices) // MOST_CASES)][:MOST_CASES]
    return [context] + [
        Context({**context.hypotheses, **dict(zip(split, choice, strict=True))}, context.system, context.endogenous)
        for choice in spread
    ]


def _is_excluded(case: Statement, known: frozenset[Statement]) -> bool:
    """Tell whether a case says that terms are equal of which one is known to lie below the other."""
    equations = [part for part in relations((case,)) if part.op is Op.EQUAL]
    return any(lt(*pair) in known for part in equations for pair in (part.args, part.args[::-1]))


def exponents(statements: Iterable[Statement]) -> frozenset[Term]:
    """Return the symbols that occur in exponents, under logarithms and in orders of tails."""
    return _occurring(statements, {Head.POWER: 1, Head.TAIL: 1, Head.INTEGRAL: 0, Head.EXP: 0, Head.LOG: 0})


def cutoffs(statements: Iterable[Statement]) -> frozenset[Term]:
    """Return the symbols that occur in arguments of S, T and g."""
    return _occurring(statements, {Head.SURVIVAL: 0, Head.TAIL: 0, Head.DENSITY: 0})


def orders_of_tails(statements: Iterable[Statement]) -> frozenset[Term]:
    """Return the symbols that occur in orders of tails."""
    return _occurring(statements, {Head.TAIL: 1})


def _occurring(statements: Iterable[Statement], places: dict[Head, int]) -> frozenset[Term]:
    found: set[Term] = set()
    for term in terms_of(statements):
        for node in subterms(term):
            if node.head in places:
                found |= {leaf for leaf in node.args[places[node.head]].leaves if leaf.head is Head.SYMBOL}
    return frozenset(found)


def terms_of(statements: Iterable[Statement]) -> list[Term]:
    """Return all terms in statements of any kind."""
    found: list[Term] = []
    for statement in statements:
        if own_terms(statement):
            found += own_terms(statement)
        else:
            found += terms_of(statement.args)
    return found


def plans(context: Context, further: Iterable[Term] = (), tries: int = 16) -> list[Plan]:
    """Return plans for a context, those first that leave fewest equations and take fewest roots.

    Parameters
    ----------
    context : Context
        Whose symbols are found.
    further : iterable of Term
        Symbols that no hypothesis mentions and that need values too.
    tries : int
        How many orders of preference are tried.
    """
    statements = relations(context.hypotheses.values())
    equations = [statement for statement in statements if _binding(statement)]
    checks = tuple(statement for statement in statements if not _binding(statement))
    symbols = {leaf for statement in statements for leaf in statement.leaves} | context.endogenous | set(further)
    symbols = {leaf for leaf in symbols if leaf.head is Head.SYMBOL} | {
        part for leaf in symbols if leaf.head is Head.TOTAL for part in leaf.args
    }
    scarce = _Scarcity(exponents(statements), cutoffs(statements), context.endogenous, tuple(statements))
    rng = random.Random(7)
    found: dict[tuple[tuple[Term, Term], ...], tuple[tuple[int, int], Plan]] = {}
    for attempt in range(tries if equations else 1):
        put_in = attempt >= tries // 2
        if put_in and len(equations) > MANY:
            break
        solved, left, cost = _attempt(equations, scarce, rng, 0.0 if attempt == 0 else 3.0, put_in, attempt % 2 == 1)
        drawn = tuple(sorted(symbols - {x for x, _ in solved}, key=repr))
        plan = Plan(drawn, tuple(reversed(solved)), tuple(left), checks)
        found.setdefault(plan.solved, ((len(left), cost), plan))
        if not left and (put_in or attempt >= MIN_ATTEMPTS or not cost):
            break
    best = [plan for _, plan in sorted(found.values(), key=lambda item: item[0])][:6]
    if not best or not best[0].left or len(equations) <= MANY:
        return best
    # What was derived stands below what it was derived from: the first equations may determine all symbols.
    for share in SHARES:
        first, rest = equations[: len(equations) * share // 4], equations[len(equations) * share // 4 :]
        solved, left, _ = _attempt(first, scarce, rng, 0.0, False, False)
        drawn = tuple(sorted(symbols - {x for x, _ in solved}, key=repr))
        best.append(Plan(drawn, tuple(reversed(solved)), (*left, *rest), checks))
    return best


@dataclass(frozen=True)
class _Scarcity:
    """What makes a symbol a bad one to solve for."""

    in_exponents: frozenset[Term]
    in_cutoffs: frozenset[Term]
    endogenous: frozenset[Term]
    statements: tuple[Statement, ...]

    def rank(self, x: Term) -> float:
        """Return how much a symbol is better drawn."""
        elsewhere = sum(x in statement.leaves for statement in self.statements)
        return (
            20.0 * (x in self.in_exponents)
            + 10.0 * (x in self.in_cutoffs)
            + 2.0 * (x in self.endogenous)
            + elsewhere / 2
        )


def _attempt(
    equations: list[Statement], scarce: _Scarcity, rng: random.Random, noise: float, put_in: bool, below: bool
) -> tuple[list[tuple[Term, Term]], list[Statement], int]:
    """Return what equations are solved for, the last to be evaluated first, which are left, and the roots taken.

    What is solved before is put into an equation, or else no symbol is solved for that its own value would need. Of the
    roots for a symbol that may be negative, the one below zero is taken when that is asked for.
    """
    solved: list[tuple[Term, Term]] = []
    left: list[Statement] = []
    cost = 0
    # In the order of the context at first: what was derived from what stands above it then says nothing new.
    order = (
        sorted(equations, key=lambda e: (not _defines(e), len(e.leaves) + 2 * noise * rng.random()))
        if noise
        else equations
    )
    for equation in order:
        try:
            moved = _with_solved(equation, solved) if put_in else equation
        except Refusal:
            # Put in, the solutions make more than a term has room for.
            left.append(equation)
            continue
        known = dict(solved)
        for x in sorted(sorted(moved.leaves, key=repr), key=lambda x: scarce.rank(x) + 4 * noise * rng.random()):
            found = None if x in known else _solution(moved, x)
            if found is not None and (put_in or x not in leaves_behind(found[0], known)):
                value, root = found
                solved.append((x, times(MINUS_ONE, value) if root and below and not x.args[1] else value))
                cost += found[1]
                break
        else:
            left.append(equation)
    return (solved if put_in else _ordered(solved)), left, cost


def _with_solved(equation: Statement, solved: Iterable[tuple[Term, Term]]) -> Statement:
    for x, value in solved:
        equation = substitute(equation, {x: value})
    return equation


def _defines(equation: Statement) -> bool:
    left, right = equation.args
    return left.head is Head.SYMBOL and left not in right.leaves


def leaves_behind(term: Term, chosen: Mapping[Term, Term]) -> set[Term]:
    """Return all leaves that a term needs, those of what is solved for among them."""
    found: set[Term] = set()
    stack = list(term.leaves)
    while stack:
        leaf = stack.pop()
        if leaf not in found:
            found.add(leaf)
            stack += chosen[leaf].leaves if leaf in chosen else ()
    return found


def _ordered(solved: list[tuple[Term, Term]]) -> list[tuple[Term, Term]]:
    """Return what is solved for so that each needs only what stands after it."""
    chosen = dict(solved)
    done: dict[Term, Term] = {}

    def visit(x: Term) -> None:
        if x in chosen and x not in done:
            for leaf in sorted(chosen[x].leaves, key=repr):
                visit(leaf)
            done[x] = chosen[x]

    for x, _ in solved:
        visit(x)
    return list(reversed(done.items()))


@lru_cache(maxsize=4096)
def _solution(equation: Statement, x: Term) -> tuple[Term, bool] | None:
    """Return the term that an equation gives for a symbol, and whether it takes roots."""
    if x.head is not Head.SYMBOL:
        return None
    left, right = equation.args
    if left is x and x not in right.leaves:
        return right, False
    try:
        steps = isolate(equation, x) if equation.depth < MAX_DEPTH else None
    except Refusal:
        # Solved, the equation makes more than a term has room for.
        return None
    if steps is None:
        return None
    value = steps[-1].states.args[1] if steps else equation.args[1]
    return value, any(step.powers for step in steps) or value.mentions(Head.EXP, Head.LOG)


def _binding(statement: Statement) -> bool:
    left, right = statement.args if statement.is_relation else (None, None)
    return statement.op is Op.EQUAL and left is not right and not statement.mentions(Head.TOTAL)
