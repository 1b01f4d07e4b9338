"""A function that falls through zero exactly once: its slope by search, its signs at two points or at the ends.

The method
    With tails S and T in it, the function is written as a sum of weights times j(y) = y^-k T(y, k) - S(y) less a level,
    which is infinite at zero and negative at infinity. Without, a variable of the context may be known to be the root;
    else points are tried on both sides of what may be one: half and twice of a variable of the context, or of what it
    exceeds a bound by, and geometric means of the two.

Limits
    A function with tails must fall throughout; others wherever they are zero.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial

from symhet.core import functions
from symhet.core.calculus import derivative
from symhet.core.records import Proof
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.definedness import Kind, conditions_of, evident
from symhet.language.refusals import Refusal
from symhet.language.statements import Op, Statement, at, lt, positive
from symhet.language.terms import ONE, ZERO, Head, Term
from symhet.search.branch import Branch
from symhet.search.building import minus, over, plus, subterms, summands, times, unused
from symhet.search.isolate import isolate
from symhet.search.work import Stuck

MAX_POINTS = 8
HALF, TWICE = t.number(1, 2), t.number(2)


def by_fall(branch: Branch, goal: Statement) -> Proof:
    """Prove that a function has exactly one root, through which it falls."""
    (function,) = goal.args
    x = _unknown(branch, goal)
    value = at(function, x)
    slope = derivative(value, x)
    statement = lt(slope, ZERO)
    here = branch.fork()
    has_tails = any(node.head is Head.TAIL for node in subterms(function))
    points = [] if has_tails else [*_around_solution(here, goal, x), *_points(here)]
    label = here.fresh("root").replace(" ", "_")
    has_breaks = slope.mentions(Head.DENSITY)
    between = here.fork(functions.smooth(here.context, label, slope, x), deeper=1)
    inside = between if has_breaks else here.supposing(label, s.eq(value, ZERO))
    if not inside.plausible(statement):
        raise Stuck("the function does not fall where it is zero")
    falls = inside.close(here.prover(inside, statement))
    proof = _of_tails(here, goal, x) if has_tails else _between(here, goal, x, label, falls, points)
    return branch.checked(goal, here.close(proof))


def _unknown(branch: Branch, goal: Statement) -> Term:
    return unused((f"root_{i}" for i in range(999)), branch.context.leaves, goal.leaves)


def _proved(branch: Branch, statement: Statement) -> Proof:
    inner = branch.fork(deeper=1)
    return inner.close(branch.prover(inner, statement))


def _of_tails(branch: Branch, goal: Statement, x: Term) -> Proof:
    function = at(goal.args[0], x)
    tails = list(dict.fromkeys(node for node in subterms(function) if node.head is Head.TAIL))
    gone: dict[Term, Term] = dict.fromkeys(tails, ZERO) | {t.survival(node.args[0]): ZERO for node in tails}
    level = branch.tidy(minus(ZERO, t.replace(function, gone)))
    rows = []
    for node in tails:
        y, order = node.args
        alone = t.replace(function, gone | {t.survival(y): ONE})
        weight = branch.tidy(minus(t.replace(function, gone), alone))
        scale = branch.tidy(t.quotient(y, x))
        wanted = *map(positive, (weight, scale, order)), s.exists(t.tail(ONE, order))
        rows.append((weight, scale, order, tuple(_proved(branch, statement) for statement in wanted)))
    above = _proved(branch, positive(level))
    return branch.checked(
        goal, functions.unique_root_of_tails(goal.args[0], x, branch.existence(function), level, above, rows)
    )


def _between(
    branch: Branch, goal: Statement, x: Term, label: str, falls: Proof, points: list[tuple[Term, Term]]
) -> Proof:
    (function,) = goal.args
    made = partial(_around, function, x, label, branch.existence(at(function, x)), falls)
    for y in sorted(branch.context.endogenous, key=repr):
        zero = s.eq(at(function, y), ZERO)
        if branch.plausible(zero):
            known, root = _proved(branch, positive(y)), _proved(branch, zero)
            return branch.checked(goal, made(y, y, [known, root, known, root]))
    for left, right in points:
        above, below = positive(at(function, left)), lt(at(function, right), ZERO)
        if not (branch.plausible(above) and branch.plausible(below)):
            continue
        try:
            proofs = [_proved(branch, statement) for statement in (positive(left), above, positive(right), below)]
        except Stuck:
            continue
        return branch.checked(goal, made(left, right, proofs))
    raise Stuck("no two points of different sign")


def _around_solution(branch: Branch, goal: Statement, x: Term) -> list[tuple[Term, Term]]:
    """Return points around what the equation is solved for, where it can be.

    That the solution exists, and that the function is positive at zero where it has a value, are added as steps.
    """
    function = at(goal.args[0], x)
    steps = isolate(s.eq(function, ZERO), x)
    if not steps:
        return []
    value = branch.tidy(steps[-1].states.args[1])
    _exists(branch, value)
    with suppress(Stuck, Refusal):
        start = positive(branch.tidy(t.replace(function, {x: ZERO})))
        if branch.plausible(start):
            branch.have(start, _proved(branch, start), "at zero")
    below = [part for part in summands(value) if evident(times(t.MINUS_ONE, part))]
    found = [(times(HALF, value), times(TWICE, value))]
    if not below:
        return found
    low = times(t.MINUS_ONE, plus(*below))
    high = plus(value, low)
    between, beyond = t.power(times(low, high), HALF), over(t.whole_power(high, 2), low)
    return [(minus(between, low), minus(beyond, low)), *found]


def _exists(branch: Branch, value: Term) -> None:
    """Add as steps what must be positive for a term to have a value."""
    for condition in conditions_of((value,)):
        statement = positive(condition.term)
        if condition.kind is Kind.POSITIVE and not evident(condition.term) and branch.plausible(statement):
            with suppress(Stuck):
                branch.have(statement, _proved(branch, statement), "exists")


def _around(
    function: Term, x: Term, label: str, exists: Proof, falls: Proof, left: Term, right: Term, proofs: list[Proof]
) -> Proof:
    above_zero, above, beyond_zero, below = proofs
    return functions.unique_root(function, x, label, exists, falls, left, above_zero, above, right, beyond_zero, below)


def _points(branch: Branch) -> list[tuple[Term, Term]]:
    """Return pairs of points around what may be the root: a variable, or what it exceeds a known bound by."""
    found = [(times(HALF, y), times(TWICE, y)) for y in sorted(branch.context.endogenous, key=repr)]
    for known in branch.context.hypotheses.values():
        if known.op is not Op.LESS or known.args[0] is ZERO or known.args[1] not in branch.context.endogenous:
            continue
        low, y = known.args
        between, beyond = t.power(times(low, y), HALF), over(t.whole_power(y, 2), low)
        found.append((minus(between, low), minus(beyond, low)))
        found.append((times(HALF, minus(y, low)), times(TWICE, minus(y, low))))
    return found[:MAX_POINTS]
