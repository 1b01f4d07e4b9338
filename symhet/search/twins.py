"""Variables that are equal in every economy drawn, as those of two countries between which firms are indifferent.

Two symbols that no equation ties are equal where what several equations say together makes them so. Once that is
proved, half of a model says what the other half does, and what is left of a claim is one country's.
"""

from __future__ import annotations

from contextlib import suppress

import numpy as np

from symhet.core import kernel, records
from symhet.core.context import Context
from symhet.core.kernel import Theorem
from symhet.core.records import Proof
from symhet.language.refusals import Refusal
from symhet.language.statements import Op, Statement, eq
from symhet.language.terms import Head, Term
from symhet.search import phases, stock
from symhet.search.branch import Branch, first
from symhet.search.contraries import PREMISE, supposed
from symhet.search.drawing import sampled
from symhet.search.equations import by_elimination
from symhet.search.plan import relations
from symhet.search.portfolio import search
from symhet.search.preparing import prepare
from symhet.search.work import OutOfWork, Stuck, Work

FEW = 8
"""Economies that are enough to believe in an equation."""
MAX_TWINS = 8
SHARE = 2
"""The part of the work left that proving two variables equal may take."""
SOLVING = 1000
"""Steps for solving the equations of two variables."""


def twins(context: Context) -> list[Statement]:
    """Return equations between symbols that hold in all economies drawn and are no hypotheses, nor follow from these.

    Examples
    --------
    >>> from symhet.language import statements as s, terms as t
    >>> x, y, z = t.symbol("x"), t.symbol("y"), t.symbol("z")
    >>> same = Context({"x": s.eq(t.multiply(x, z), t.ONE), "y": s.eq(t.multiply(y, z), t.ONE)})
    >>> twins(same) == [s.eq(x, y)], twins(same.having("known", s.eq(x, y)))
    (True, [])
    """
    economies = sampled(context)
    if economies is None or economies.size < FEW:
        return []
    values = {x: economies.leaves[x] for x in sorted(economies.leaves, key=repr) if x.head is Head.SYMBOL}
    leaders: dict[Term, Term] = {}
    for known in relations(context.hypotheses.values()):
        if known.op is Op.EQUAL and all(side.head is Head.SYMBOL for side in known.args):
            one, other = (_leader(leaders, side) for side in known.args)
            leaders |= {other: one} if one is not other else {}
    found: list[Statement] = []
    symbols = list(values)
    for index, x in enumerate(symbols):
        for y in symbols[index + 1 :]:
            one, other = _leader(leaders, x), _leader(leaders, y)
            if one is not other and np.allclose(values[x], values[y], rtol=1e-6, atol=0.0):
                leaders[other] = one
                found.append(eq(x, y))
    return found[:MAX_TWINS]


def proved_with_twins(context: Context, goal: Statement, work: Work) -> Theorem | None:
    """Return a theorem, its premise supposed, by way of variables that are equal then; None where there are none."""
    inner, conclusion = supposed(context, goal)
    waiting = twins(inner)
    if not waiting:
        return None
    branch = Branch(inner, work, search)
    try:
        prepare(branch, conclusion)
        phases.settle(branch)
        shown = True
        while shown and waiting:
            shown = False
            for equal in tuple(waiting):
                with suppress(Stuck), work.limited(work.left // SHARE):
                    branch.have(equal, first(branch.fork(branch.context), equal, _solved, search), "twin")
                    waiting.remove(equal)
                    shown = True
        certificate = branch.close(search(branch.fork(branch.context), conclusion))
        theorem = stock.slimmed(inner, conclusion, certificate)
        if inner is context:
            return theorem
        return kernel.prove(context, goal, records.Intro(PREMISE, theorem.certificate))
    except (Stuck, OutOfWork, Refusal, RecursionError):
        return None


def _solved(branch: Branch, equal: Statement) -> Proof:
    """What several equations say together is seen once they are solved: that is tried before what is cheap."""
    return branch.within(SOLVING, by_elimination, equal)


def _leader(leaders: dict[Term, Term], x: Term) -> Term:
    """Return the symbol that stands for all that are known to be equal to one."""
    while x in leaders:
        x = leaders[x]
    return x


__all__ = ["proved_with_twins", "twins"]
