"""Orders of variables and of values of one function, by the mean value theorem.

The method
    A condition says that a function f of a variable y is zero at y. To show u < y where f falls, f(u) > 0 is proved,
    with what other conditions say put in: were y < u, f would be positive at y too; were y = u, f(u) would be zero.
    Where f rises, y < u is shown so. Equality of y and u is shown by f(u) = 0. That is how two economies with the same
    kind of condition are compared.
    Values of one function at two ordered points are compared by its slope between them.

Limits
    The slope has to have one sign whatever the other symbols are; f(u) is looked at with all other symbols as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from symhet.core import derived, functions, records
from symhet.core.calculus import derivative
from symhet.core.records import Proof
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.statements import FALSE, Op, Statement, lt, positive
from symhet.language.terms import MINUS_ONE, ONE, ZERO, Head, Term
from symhet.search.branch import Branch, size
from symhet.search.building import is_hidden, subterms, times, unused
from symhet.search.fingerprints import vanishes
from symhet.search.signs import by_facts
from symhet.search.work import Stuck

MAX_EQUATIONS = 4
MAX_PAIRS = 6
SHORT = 24
"""Parts of a goal that is short."""
HALF = t.number(1, 2)


@dataclass(frozen=True)
class Change:
    """A function that has one slope between two points.

    Parameters
    ----------
    function : Term
        In the symbol.
    symbol : Term
        What it is a function of.
    start, end : Term
        Where it is known not to be negative, and where it is then positive.
    rising : bool
        Whether it rises from start to end; else it falls from end to start.
    """

    function: Term
    symbol: Term
    start: Term
    end: Term
    rising: bool

    def at(self, point: Term) -> Term:
        """Return the value at a point."""
        return t.replace(self.function, {self.symbol: point})


def monotone(branch: Branch, goal: Statement, change: Change, base: Proof) -> Proof:
    """Return a certificate that a function is positive at the end, from one that it is not negative at the start."""
    x = _fresh(branch, goal, change)
    label = branch.fresh("between").replace(" ", "_")
    low, high = (change.start, change.end) if change.rising else (change.end, change.start)
    order = _shown(branch, lt(low, high))
    nonnegative = _shown(branch, s.le(ZERO, low))
    function = change.at(t.bound(0))
    try:
        slope = derivative(change.at(x), x)
    except Refusal as refusal:
        raise Stuck(str(refusal)) from refusal
    inside = _between(branch, label, low, x, high)
    smooth = inside.fork(functions.smooth(inside.context, label, slope, x))
    statement = positive(slope) if change.rising else lt(slope, ZERO)
    if not inside.plausible(statement):
        raise Stuck("the slope has either sign")
    sloped = smooth.close(branch.prover(smooth, statement))

    about = function, x, label, change.start, change.end, change.rising
    proof = functions.monotone(*about, order, nonnegative, sloped, base, inside.existence(change.at(x)))
    return branch.sided(goal, lambda side: derived.sided(side, proof))


def _between(branch: Branch, label: str, low: Term, x: Term, high: Term) -> Branch:
    """Return a branch with a symbol between two points, drawn at their mean where the points are known in economies.

    The points may be in the other order in all economies: it is what a contradiction is drawn from.
    """
    context = branch.context.having(f"{label}_low", lt(low, x)).having(f"{label}_high", lt(x, high))
    drawn = branch.drawn
    if drawn is not None and drawn.economies() is not None:
        drawn = drawn.charted(x, t.power(times(high, low), HALF) if low is not ZERO else times(high, HALF))
    return branch.fork(context, deeper=1, drawn=drawn)


def _fresh(branch: Branch, goal: Statement, change: Change) -> Term:
    return unused((f"between_{i}" for i in range(999)), branch.context.leaves, goal.leaves, change.function.leaves)


def _shown(branch: Branch, statement: Statement) -> Proof:
    inner = branch.fork(branch.context, deeper=1, plain=True)
    return inner.close(branch.prover(inner, statement))


def by_hidden_condition(branch: Branch, goal: Statement) -> Proof:
    """The same where the variable stands in a tail or a function without a form: it cannot be solved for."""
    return by_condition(branch, goal, hidden=True)


def by_condition(branch: Branch, goal: Statement, hidden: bool = False) -> Proof:
    """An order, or the equality, of a variable and a term: a condition looked at with the term in the variable's place.

    The three orders are taken in turn; those that are not the goal contradict the condition.
    """
    if branch.plain or goal.op not in (Op.LESS, Op.EQUAL):
        raise Stuck("no order of two variables")
    if hidden:
        with suppress(Stuck):
            return by_facts(branch, goal)
    last = Stuck("no condition")
    for variable, other in (goal.args, goal.args[::-1]):
        for name in _conditions_of(branch, variable, other):
            condition = branch.context.hypotheses[name]
            both = other.leaves & condition.leaves & branch.context.endogenous
            if hidden is not is_hidden(condition.gap, variable) or (hidden and both):
                continue
            try:
                return _from_condition(branch, goal, variable, other, name)
            except Stuck as stuck:
                last = stuck
    raise last


def _conditions_of(branch: Branch, variable: Term, other: Term) -> list[str]:
    """Return equations that a variable enters under a tail or in several places, the shortest first."""
    if variable.head is not Head.SYMBOL or variable in other.leaves or variable not in branch.context.endogenous:
        return []
    found = [
        (statement.depth, name)
        for name, statement in branch.context.hypotheses.items()
        if statement.op is Op.EQUAL and variable in statement.leaves and not statement.mentions(Head.TOTAL)
    ]
    return [name for _, name in sorted(found)[:MAX_EQUATIONS]]


def _from_condition(branch: Branch, goal: Statement, variable: Term, other: Term, name: str) -> Proof:
    gap = branch.context.hypotheses[name].gap
    moved = t.replace(gap, {variable: other})
    sign = branch.sign(moved) if goal.op is Op.LESS else 1
    if not sign or (goal.op is Op.EQUAL and not branch.vanishes(moved)):
        raise Stuck("the condition does not tell the two apart")
    function = gap if sign > 0 else times(MINUS_ONE, gap)
    here = branch.fork()
    level = t.replace(function, {variable: other})
    said = positive(level) if goal.op is Op.LESS else s.eq(ZERO, level)
    known = here.have(said, branch.prover(here.fork(here.context, deeper=1), said), "level")
    orders = s.either(lt(variable, other), s.eq(variable, other), lt(other, variable))
    cases = here.have(orders, here.checked(orders, derived.lemma("trichotomy", (variable, other))), "orders")
    label = here.fresh("case")
    proofs: list[Proof] = []
    for part in orders.args:
        inner = here.fork(here.context.having(label, part), deeper=1)
        if part is goal or (goal.op is Op.EQUAL and part is s.eq(*goal.args)):
            proofs.append(derived.hypothesis(label))
        elif part.op is Op.EQUAL and goal.op is Op.EQUAL:
            proofs.append(inner.checked(goal, derived.linear(((label, MINUS_ONE),))))
        elif part.op is Op.EQUAL:
            proofs.append(_equal(inner, goal, name, known, label, sign))
        else:
            proofs.append(
                _beyond(
                    inner, goal, Change(function, variable, other, variable, part.args[0] is other), known, name, sign
                )
            )
    return branch.checked(goal, here.close(records.Cases(cases, label, tuple(proofs))))


def _equal(branch: Branch, goal: Statement, name: str, known: str, label: str, sign: int) -> Proof:
    """Refute equality: the condition with the other in place of the variable contradicts what is known of it there."""
    from symhet.core.rules.base import rewritten

    here = branch.fork()
    condition = rewritten(here.context.hypotheses[name], here.context, (label,))
    proof = here.sided(condition, lambda side: derived.transported(name, (label,), ONE, (), side))
    return _refuted(branch, here, goal, known, here.have(condition, proof, "there"), sign)


def _refuted(branch: Branch, here: Branch, goal: Statement, known: str, equation: str, sign: int) -> Proof:
    """Prove anything from a gap that is positive and that an equation says is zero."""
    weights = ((equation, t.number(-sign)),)
    found = here.sided(FALSE, lambda side: derived.combine(terms=((known, ONE),), equations=weights, side=side))
    return branch.checked(goal, derived.absurd(here.close(found)))


def _beyond(branch: Branch, goal: Statement, change: Change, known: str, name: str, sign: int) -> Proof:
    """Refute an order: the function would be positive, or negative, where the condition says that it is zero."""
    statement = branch.context.hypotheses[known]
    base = s.le(ZERO, change.at(change.start))
    if statement.op is Op.EQUAL and not _slopes_so(branch, change):
        change = Change(times(MINUS_ONE, change.function), change.symbol, change.start, change.end, change.rising)
        sign = -sign
        base = s.le(ZERO, change.at(change.start))
    if statement.op is Op.LESS:
        proof: Proof = derived.weaken(False, derived.hypothesis(known))
    else:
        equation = s.eq(*base.args)
        factor = ONE if equation is statement else MINUS_ONE
        proof = derived.weaken(True, branch.sided(equation, lambda side: derived.linear(((known, factor),), side)))
    here = branch.fork()
    there = positive(change.at(change.end))
    step = here.have(there, monotone(branch.fork(), there, change, proof), "beyond")
    return _refuted(branch, here, goal, step, name, sign)


def _slopes_so(branch: Branch, change: Change) -> bool:
    """Tell whether a function has the slope of a change where it ends, in all economies drawn."""
    try:
        slope = derivative(change.function, change.symbol)
    except Refusal:
        return False
    statement = positive(slope) if change.rising else lt(slope, ZERO)
    return branch.plausible(statement)


def by_change(branch: Branch, goal: Statement) -> Proof:
    """An inequality that is an equation where two ordered symbols are equal: by its slope between them."""
    if goal.op is not Op.LESS:
        raise Stuck("not strict")
    last = Stuck("no ordered symbols")
    for change in _changes(branch, goal):
        start = s.le(ZERO, change.at(change.start))
        try:
            base = branch.sided(start, lambda side: derived.sign(side=side))
            return monotone(branch, goal, change, base)
        except Stuck as stuck:
            last = stuck
    raise last


def _changes(branch: Branch, goal: Statement) -> Iterator[Change]:
    """Yield ways to see a gap as the change of a function that is zero where two ordered symbols are equal."""
    count = 0
    for known in branch.context.hypotheses.values():
        if known.op is not Op.LESS or count >= MAX_PAIRS:
            continue
        low, high = known.args
        for x, other in ((high, low), (low, high)):
            if x.head is not Head.SYMBOL or x not in goal.leaves or x in other.leaves:
                continue
            if not _is_worth_it(goal, x) or not vanishes(t.replace(goal.gap, {x: other})):
                continue
            count += 1
            yield Change(goal.gap, x, other, x, rising=x is high)


def _is_worth_it(goal: Statement, x: Term) -> bool:
    """Tell whether a slope may say more than a bound does: a symbol stands in a tail, or in a power of a short goal."""
    heads = (Head.POWER, Head.LOG, Head.EXP)
    short = size(goal.gap) <= SHORT
    return is_hidden(goal.gap, x) or (short and any(n.head in heads and x in n.leaves for n in subterms(goal.gap)))


__all__ = ["Change", "by_change", "by_condition", "by_hidden_condition", "monotone"]
