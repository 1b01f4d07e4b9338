"""An order of two symbols, or of a symbol and a number, by way of a third that is known to lie on one side."""

from __future__ import annotations

from collections.abc import Iterator

from symhet.core import derived
from symhet.core.records import Proof
from symhet.language.statements import Op, Statement, le, lt
from symhet.language.terms import ONE, Head, Term
from symhet.search.branch import Branch
from symhet.search.work import Stuck

LINK = 700
"""Steps for the order that is wanting."""
SIMPLE = (Head.SYMBOL, Head.NUMBER)


def by_third(branch: Branch, goal: Statement) -> Proof:
    """An order of which a known inequality is one part: the other is looked for."""
    if not all(side.head in SIMPLE for side in goal.args):
        raise Stuck("no order of symbols")
    for name, ends in _links(branch, goal):
        wanted = next((order for order in _wanted(branch, name, goal, ends) if branch.plausible(order)), None)
        if wanted is None:
            continue
        here = branch.fork()
        try:
            with branch.work.limited(LINK):
                proof = here.prover(here.fork(deeper=2), wanted)
            step = here.have(wanted, proof, "link")
            return branch.checked(goal, here.close(derived.combine(((name, ONE), (step, ONE)))))
        except Stuck:
            continue
    raise Stuck("no third symbol between")


def _links(branch: Branch, goal: Statement) -> Iterator[tuple[str, tuple[Term, Term]]]:
    """Yield known inequalities that begin or end where the goal does, with the ends of the order that is wanting."""
    low, high = goal.args
    for name, known in branch.context.hypotheses.items():
        if known.op not in (Op.LESS, Op.AT_MOST):
            continue
        left, right = known.args
        if left is low and right is not high and right.head is Head.SYMBOL:
            yield name, (right, high)
        elif right is high and left is not low and left.head is Head.SYMBOL:
            yield name, (low, left)


def _wanted(branch: Branch, name: str, goal: Statement, ends: tuple[Term, Term]) -> tuple[Statement, ...]:
    is_enough = goal.op is Op.AT_MOST or branch.context.hypotheses[name].op is Op.LESS
    return (lt(*ends), le(*ends)) if is_enough else (lt(*ends),)


__all__ = ["by_third"]
