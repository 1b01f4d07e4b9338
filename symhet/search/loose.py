"""Worlds in which known inequalities hold, whatever the equations say: what fails there needs an equation.

A combination of known inequalities and lemma instances proves only what holds wherever those inequalities do. A goal
that fails in a world drawn for them alone is not tried so, which saves most of what would be tried in vain.
"""

from __future__ import annotations

import numpy as np

from symhet.core.context import Context
from symhet.language.statements import Op, Statement, lt
from symhet.language.terms import SUPPORT, Head
from symhet.search.drawing import sampled
from symhet.search.evaluation import Economies

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
    kept = {name: p for name, p in context.hypotheses.items() if _is_fact(p) or _is_existence(p)}
    about = [p for p in (goal, *context.hypotheses.values()) if not p.mentions(Head.TOTAL, Head.UNSPECIFIED)]
    return sampled(Context(kept), about, kept=KEPT)


def fails(known: Economies, context: Context, goal: Statement) -> bool:
    """Tell whether an inequality fails clearly in some of those worlds that meet a context's inequalities."""
    if not goal.leaves <= known.leaves.keys() | {SUPPORT} or not goal.is_relation or goal.op in (Op.EQUAL, Op.DIFFER):
        return False
    left, right = goal.args
    with np.errstate(all="ignore"):
        failing = known.holds(lt(right, left), CLEAR)
        for statement in context.hypotheses.values() if failing.any() else ():
            if _is_fact(statement):
                failing &= known.holds(statement)
    return bool(failing.any())


def _is_fact(statement: Statement) -> bool:
    return statement.op in FACTS and not statement.mentions(Head.TOTAL, Head.UNSPECIFIED)


def _is_existence(statement: Statement) -> bool:
    return statement.op is Op.EQUAL and statement.args[0] is statement.args[1]
