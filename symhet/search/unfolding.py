"""Goals by definitions: symbols and derivatives are replaced by what known equations say they are.

What stands alone on one side of an equation is put in, the outermost first. An inequality is tried by what is cheap
after every replacement, for a few ways of choosing definitions. Of an equation the definitions that it needs are put
into it at once, and into those of the equations it needs that define nothing: the latter are then solved.
"""

from __future__ import annotations

from collections.abc import Iterator

from symhet.core import records
from symhet.core.records import Proof
from symhet.core.rules.base import rewritten
from symhet.language.statements import Op, Statement
from symhet.language.terms import Head, Term
from symhet.search.branch import Branch, Tactic, first
from symhet.search.equations import MANNERS_OF_FEW, by_cofactor, by_solving, put_in
from symhet.search.equations import MAX_DEPTH as DEEPEST
from symhet.search.factoring import by_identity
from symhet.search.plan import leaves_behind
from symhet.search.tangents import equations_at_hand, needed
from symhet.search.work import Stuck

MAX_UNFOLDED = 6
MAX_DEPTH = 30
MAX_TRIED = 9
_Definitions = dict[Term, str]


def definitions(branch: Branch) -> list[_Definitions]:
    """Return for symbols the equations that say what they are: the first of each, the last, the plainest."""
    found: dict[Term, list[str]] = {}
    for name, statement in branch.context.hypotheses.items():
        if statement.op is Op.EQUAL and statement.depth <= MAX_DEPTH:
            left, right = statement.args
            if left.head in (Head.SYMBOL, Head.TOTAL) and left not in right.leaves:
                found.setdefault(left, []).append(name)
    plainest = lambda name: branch.context.hypotheses[name].depth  # noqa: E731
    tables = [
        {x: pick(names) for x, names in found.items()} for pick in (_first, _last, lambda n: min(n, key=plainest))
    ]
    return [table for index, table in enumerate(tables) if table not in tables[:index]]


def _first(names: list[str]) -> str:
    return names[0]


def _last(names: list[str]) -> str:
    return names[-1]


def unfolded(branch: Branch, goal: Statement) -> Iterator[tuple[tuple[str, ...], Statement]]:
    """Yield names of definitions, and the goal with them put in."""
    seen = {goal}
    for table in definitions(branch):
        using: tuple[str, ...] = ()
        moved = goal
        for _ in range(MAX_UNFOLDED):
            name = _outermost(branch, moved, table, using)
            if name is None:
                break
            using = (*using, name)
            moved = rewritten(moved, branch.context, (name,))
            if moved.depth > 3 * MAX_DEPTH:
                break
            if moved not in seen:
                seen.add(moved)
                yield using, moved


def _outermost(branch: Branch, goal: Statement, table: _Definitions, using: tuple[str, ...]) -> str | None:
    """Return the definition of a leaf that no other leaf's definition needs."""
    waiting = [x for x in sorted(goal.leaves, key=repr) if x in table and table[x] not in using]
    for x in waiting:
        if not any(x in branch.context.hypotheses[table[y]].args[1].leaves for y in waiting if y is not x):
            return table[x]
    return table[waiting[0]] if waiting else None


def by_unfolding(branch: Branch, goal: Statement, then: Tactic) -> Proof:
    """Return a proof of the goal with some definitions put in."""
    for index, (using, moved) in enumerate(unfolded(branch, goal)):
        if index >= MAX_TRIED:
            break
        try:
            return branch.checked(goal, records.Rewrite(using, then(branch.fork(deeper=1), moved)))
        except Stuck:
            continue
    raise Stuck("no definitions that help")


def by_definitions(branch: Branch, goal: Statement) -> Proof:
    """An equation with all definitions put in that it needs, the other equations that it needs being solved."""
    if branch.plain:
        raise Stuck("equations are left alone here")
    names = equations_at_hand(branch, DEEPEST)
    places = needed(branch, goal, [branch.context.hypotheses[name] for name in names])
    if not places:
        raise Stuck("no equations that give it")
    using, others = oriented(branch, [names[place] for place in places])
    if not using:
        raise Stuck("no definitions")
    here = branch.fork()
    moved = rewritten(goal, here.context, using)
    left = [found[0] for found in (put_in(here, name, using) for name in others) if found is not None]
    inner = here.fork(here.context)
    ways: tuple[Tactic, ...] = (by_identity,)
    if left:
        ways += (by_cofactor, lambda b, g: by_solving(b, g, [(manner, left) for manner in MANNERS_OF_FEW]))
    return branch.checked(goal, here.close(records.Rewrite(using, first(inner, moved, *ways))))


def oriented(branch: Branch, names: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """Return those equations that define symbols or derivatives, the outermost first, and the others."""
    chosen: dict[Term, str] = {}
    meant: dict[Term, Term] = {}
    others: list[str] = []
    for name in sorted(names, key=lambda name: branch.context.hypotheses[name].depth):
        left, right = branch.context.hypotheses[name].args
        is_free = left.head in (Head.SYMBOL, Head.TOTAL) and left not in chosen
        if is_free and left not in leaves_behind(right, meant):
            chosen[left], meant[left] = name, right
        else:
            others.append(name)
    order: list[str] = []
    waiting = dict(chosen)
    while waiting:
        inner = {leaf for x in waiting for leaf in meant[x].leaves}
        outermost = [x for x in waiting if x not in inner]
        order += [waiting.pop(x) for x in outermost]
    return tuple(order), others
