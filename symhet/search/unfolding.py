"""Inequalities by definitions: symbols are replaced by what known equations say they are, a few ways of choosing them.

Nothing is solved here; what stands alone on one side of an equation is put in, the outermost first, and after every
replacement the goal is tried by what is cheap.
"""

from __future__ import annotations

from collections.abc import Iterator

from symhet.core import records
from symhet.core.records import Proof
from symhet.core.rules.base import rewritten
from symhet.language.statements import Op, Statement
from symhet.language.terms import Head, Term
from symhet.search.branch import Branch, Tactic
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
