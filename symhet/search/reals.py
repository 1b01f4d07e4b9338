"""Goals about real numbers, proved for each sign that these may have: below, at and above zero.

The search is at home among positive quantities. A symbol of either sign is written by a positive one on each side of
zero, and put out of the way at zero, so that what is left to prove is about positive quantities alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from symhet.core import derived, records
from symhet.core.records import Proof
from symhet.core.rules.structure import conjuncts
from symhet.language import terms as t
from symhet.language.definedness import Condition, Kind, granted
from symhet.language.statements import FALSE, Op, Statement, eq, positive, substitute
from symhet.language.terms import ZERO, Head, Term
from symhet.search.branch import Branch, Tactic
from symhet.search.building import unused
from symhet.search.contradiction import from_any
from symhet.search.drawn import Drawn
from symhet.search.fingerprints import same
from symhet.search.orders import in_each_order
from symhet.search.plan import relations
from symhet.search.preparing import unfold
from symhet.search.work import Stuck

EXCLUDING = 300
"""Steps for showing that there is no such case."""
MOST = 3
"""Symbols of either sign that a goal is taken apart by: three cases each."""


def of_either_sign(branch: Branch, goal: Statement) -> list[Term]:
    """Return the real symbols of a goal and of what is known about them, unless there are many, or some are solved for.

    Examples
    --------
    >>> from symhet.core.context import Context
    >>> from symhet.language.statements import le
    >>> from symhet.search.portfolio import search
    >>> from symhet.search.work import Work
    >>> z = t.symbol("z", positive=False)
    >>> of_either_sign(Branch(Context(), Work(9), search), le(ZERO, t.whole_power(z, 2))) == [z]
    True
    """
    found = {leaf for leaf in goal.leaves if _is_real(leaf)}
    for known in branch.context.hypotheses.values():
        found |= {leaf for leaf in known.leaves if _is_real(leaf)}
    solved = [name for name in branch.context.system if branch.context.known(name).leaves & found]
    return [] if solved or len(found) > MOST else sorted(found, key=repr)


def _is_real(leaf: Term) -> bool:
    return leaf.head is Head.SYMBOL and not leaf.args[1]


def by_their_signs(branch: Branch, goal: Statement, symbols: list[Term], then: Tactic) -> Proof:
    """Prove a goal for each sign of some symbols, in coordinates that are positive."""
    if branch.economies is None:
        with suppress(Stuck):
            return derived.absurd(branch.within(EXCLUDING, from_any, FALSE))
    if not symbols:
        return then(branch, goal)
    if goal.op in (Op.IFF, Op.AND):
        return records.Split(tuple(by_their_signs(branch.fork(), part, symbols, then) for part in conjuncts(goal)))
    z, *others = symbols

    def proof_of(case: Branch, label: str, part: Statement) -> Proof:
        if part.op is Op.EQUAL:
            return _at_zero(case, label, z, goal, others, then)
        return _on_one_side(case, label, z, part, goal, others, then)

    return in_each_order(branch, goal, (z, ZERO), proof_of)


def _on_one_side(
    case: Branch, label: str, z: Term, part: Statement, goal: Statement, others: list[Term], then: Tactic
) -> Proof:
    """Prove a goal where a symbol has a sign: by the positive number that it, or its negative, is."""
    above = part.args[0] is ZERO
    coordinate = z if above else t.negative(z)
    y = unused((f"{z.args[0]}_size{i or ''}" for i in range(99)), case.context.leaves, goal.leaves)
    image = y if above else t.negative(y)
    shown = case.checked(positive(coordinate), derived.combine(((label, t.ONE),)))
    inner = _moved(case, z, image)
    rest = by_their_signs(inner, substitute(goal, {z: image}), others, then)
    return case.sided(goal, lambda side: derived.chart(((y, coordinate),), ((z, image),), (shown,), rest, side))


def _at_zero(case: Branch, label: str, z: Term, goal: Statement, others: list[Term], then: Tactic) -> Proof:
    """Prove a goal where a symbol is zero: nothing is left to prove where what is known divides by it."""
    with suppress(Stuck):
        return _without_value(case, label, z)
    if goal.op is Op.IMPLIES and any(_lost(granted(part), z) for part in relations(goal.args[:1])):
        premise, conclusion = goal.args
        name = case.fresh("premise")
        inner = case.fork(case.context.having(name, premise), deeper=1)
        unfold(inner, name, premise)
        return records.Intro(name, inner.close(_at_zero(inner, label, z, conclusion, others, then)))
    rest = by_their_signs(_moved(case, z, ZERO), substitute(goal, {z: ZERO}), others, then)
    return case.checked(goal, records.Rewrite((label,), rest, everywhere=True))


def _without_value(case: Branch, label: str, z: Term) -> Proof:
    """Anything follows where what is known has no value: it divides by what is zero, or raises it to a power."""
    for kind, term in _lost(case.context.grants, z):
        here = case.fork()
        zero = eq(term, ZERO)
        name = here.have(zero, here.checked(zero, records.Rewrite((label,), records.Combine())), "zero")
        inverse = (t.ONE, ()), (t.whole_power(term, -1), ((name, 1),))
        positive_and_zero = (term, ()), (t.ONE, ((name, 1),))
        absurd = records.Combine(positive_and_zero if kind is Kind.POSITIVE else inverse)
        return derived.absurd(here.close(here.checked(FALSE, absurd)))
    raise Stuck("everything has a value")


def _lost(asked: Iterable[Condition], z: Term) -> list[Condition]:
    """Return the conditions that do not hold where a symbol is zero, as what they ask about is zero."""
    about = [c for c in asked if c.kind in (Kind.POSITIVE, Kind.NONZERO) and z in c.term.leaves]
    return sorted((c for c in about if same(t.replace(c.term, {z: ZERO}), ZERO)), key=repr)


def _moved(case: Branch, z: Term, image: Term) -> Branch:
    """Return a branch in which a symbol is written by its image, with economies of its own."""
    context = case.context.substituted({z: image})
    return case.fork(context, drawn=Drawn(context))
