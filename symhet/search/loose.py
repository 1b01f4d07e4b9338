"""Worlds in which known inequalities hold, whatever the equations say: what fails there needs an equation.

A combination of known inequalities and lemma instances proves only what holds wherever those inequalities do. A goal
that fails in a world drawn for them alone is not tried so, which saves most of what would be tried in vain. Derivatives
are any numbers there, of the sign that is known.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from symhet.core.context import Context
from symhet.language.statements import Op, Statement, lt
from symhet.language.terms import SUPPORT, ZERO, Head, Term
from symhet.search.drawing import sampled
from symhet.search.evaluation import Economies, Numbers

CLEAR = 1e-6
"""By how much, relatively, a goal must fail."""
KEPT = 200
FACTS = (Op.LESS, Op.AT_MOST, Op.DIFFER)


def worlds(context: Context, goal: Statement) -> Economies | None:
    """Return worlds that meet a context's inequalities, with values for all symbols at hand; None when none was met.

    Examples
    --------
    >>> from symhet.language import statements as s, terms as t
    >>> x, y = t.symbol("x"), t.symbol("y")
    >>> found = worlds(Context({"order": s.lt(x, y), "tie": s.eq(x, t.ONE)}), s.lt(x, t.ONE))
    >>> bool((found.leaves[x] < found.leaves[y]).all()), bool((found.leaves[x] == 1).all())
    (True, False)
    """
    plain = {name: p for name, p in context.hypotheses.items() if not p.mentions(Head.TOTAL, Head.UNSPECIFIED)}
    kept = {name: p for name, p in plain.items() if p.op in FACTS or _is_existence(p)}
    return sampled(Context(kept), [p for p in (goal, *plain.values()) if not p.mentions(Head.TOTAL)], kept=KEPT)


def fails(known: Economies, context: Context, goal: Statement) -> bool:
    """Tell whether an inequality fails clearly in some of those worlds that meet a context's inequalities."""
    if not goal.is_relation or goal.op in (Op.EQUAL, Op.DIFFER):
        return False
    facts = [p for p in context.hypotheses.values() if p.op in FACTS and not p.mentions(Head.UNSPECIFIED)]
    totals = {leaf for p in (goal, *facts) for leaf in p.leaves if leaf.head is Head.TOTAL}
    if not goal.leaves <= known.leaves.keys() | totals | {SUPPORT}:
        return False
    here = known.having(_drawn(known.size, totals, facts)) if totals else known
    left, right = goal.args
    with np.errstate(all="ignore"):
        failing = here.holds(lt(right, left), CLEAR)
        for statement in facts if failing.any() else ():
            failing &= here.holds(statement)
    return bool(failing.any())


def _drawn(size: int, totals: Iterable[Term], facts: list[Statement]) -> dict[Term, Numbers]:
    """Return numbers for derivatives, of the sign that is known."""
    rng = np.random.default_rng(5)
    above = {p.args[1] for p in facts if p.args[0] is ZERO}
    below = {p.args[0] for p in facts if p.args[1] is ZERO}
    found: dict[Term, Numbers] = {}
    for total in sorted(totals, key=repr):
        values = np.exp(1.3 * rng.standard_normal(size))
        signs = rng.choice([-1.0, 1.0], size)
        found[total] = values if total in above else -values if total in below else values * signs
    return found


def _is_existence(statement: Statement) -> bool:
    return statement.op is Op.EQUAL and statement.args[0] is statement.args[1]
