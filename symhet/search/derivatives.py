"""Statements about derivatives, once these are solved for and put in."""

from __future__ import annotations

from symhet.core import records
from symhet.core.records import Proof
from symhet.core.rules.base import rewritten
from symhet.language.statements import Statement
from symhet.search.branch import Branch
from symhet.search.equations import without_totals
from symhet.search.plan import relations
from symhet.search.statics import totals
from symhet.search.work import Stuck


def by_values(branch: Branch, goal: Statement) -> Proof:
    """A relation, or an equivalence of two of which one is about derivatives, with the values of these put in."""
    parts = [part for part in relations([goal] if goal.is_relation else goal.args) if totals(part)]
    if branch.plain or len(parts) != 1 or not parts[0].is_relation:
        raise Stuck("no derivatives")
    here = branch.fork()
    using, _ = without_totals(here, parts[0])
    moved = rewritten(goal, here.context, using)
    inner = here.prover(here.fork(here.context, deeper=1), moved)
    return branch.checked(goal, here.close(records.Rewrite(using, inner)))


__all__ = ["by_values"]
