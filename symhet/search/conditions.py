"""Under which condition a statement holds: candidates are proved to be enough, and where that can be, to be needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from symhet.core.context import Context
from symhet.core.kernel import Theorem
from symhet.language import statements as s
from symhet.language.statements import Op, Statement
from symhet.search.candidates import candidates
from symhet.search.contraries import supposed
from symhet.search.drawing import sampled
from symhet.search.work import Work

Prover: TypeAlias = Callable[[Context, Statement, Work], Theorem | None]
SHARE = 2
"""The part of the work left that one proof may take."""


@dataclass(frozen=True)
class Condition:
    """A condition under which a statement holds, whether it is needed too, and the proofs."""

    condition: Statement
    exactly: bool
    theorems: tuple[Theorem, ...]


def found(
    context: Context, goal: Statement, work: Work, prover: Prover, offered: Iterable[Statement] = ()
) -> Condition | None:
    """Return a condition under which a statement holds that is known to fail somewhere; None when none is found.

    Parameters
    ----------
    context, goal : Context, Statement
        The hypotheses, and what fails somewhere.
    work : Work
        Steps that may be taken, counted over all candidates.
    prover : callable
        Proves a statement with so much work at most.
    offered : iterable of Statement
        Statements that the same model speaks of elsewhere.
    """
    inner, conclusion = supposed(context, goal)
    for candidate in candidates(inner, conclusion, Work(work.left // SHARE), offered):
        enough = _proved(context, s.implies(candidate, goal), work, prover) if work.left > 0 else None
        if enough is None:
            continue
        candidate, enough = _without_needless(context, goal, candidate, enough, work, prover)
        needed = None
        holding = sampled(inner.having("what holds", conclusion), (candidate,))
        if goal is conclusion and (holding is None or holding.holds(candidate).all()):
            needed = _proved(inner, s.implies(conclusion, candidate), work, prover)
        return Condition(candidate, needed is not None, (enough,) if needed is None else (enough, needed))
    return None


def _without_needless(
    context: Context, goal: Statement, candidate: Statement, enough: Theorem, work: Work, prover: Prover
) -> tuple[Statement, Theorem]:
    """Return a condition without the parts that are not needed."""
    for part in candidate.args if candidate.op is Op.AND else ():
        rest = [other for other in candidate.args if other is not part]
        shorter = s.both(*rest) if len(rest) > 1 else rest[0]
        theorem = _proved(context, s.implies(shorter, goal), work, prover)
        if theorem is not None:
            return _without_needless(context, goal, shorter, theorem, work, prover)
    return candidate, enough


def _proved(context: Context, goal: Statement, work: Work, prover: Prover) -> Theorem | None:
    share = work.again(work.left // SHARE)
    before = share.left
    theorem = prover(context, goal, share)
    work.left -= before - max(share.left, 0)
    return theorem
