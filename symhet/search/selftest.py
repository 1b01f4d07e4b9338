"""A test of the whole on itself: false neighbours of what was proved are refuted exactly, and must not be proved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

from symhet.core import kernel
from symhet.core.context import Context
from symhet.core.records import Witness
from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.statements import FALSE, Op, Statement
from symhet.language.terms import Term
from symhet.search.api import Found, prove, refute
from symhet.search.neighbours import neighbours

TRIES = 3
"""Attempts at an exact model of a context."""
WORK = 60
"""Steps that the search takes for a statement that is false."""
_BOUND = (t.ONE, t.number(2), t.number(1, 2), t.number(3))


@dataclass(frozen=True)
class Tally:
    """What became of the neighbours of one theorem.

    Parameters
    ----------
    made : int
        Neighbours that were made.
    false : int
        Those that the kernel refuted with exact numbers.
    proved : tuple of Statement
        False ones that were proved: the kernel or the model is broken.
    """

    made: int
    false: int
    proved: tuple[Statement, ...] = ()


def selftest(theorem: kernel.Theorem, most: int = 20, work: int = WORK) -> Tally:
    """Make false neighbours of a theorem that holds, and put them to the search.

    Parameters
    ----------
    theorem : Theorem
        A theorem of the kernel that says that its goal holds.
    most : int, optional
        Neighbours that are looked at, spread over the kinds of slips.
    work : int, optional
        Steps that the search takes for each.

    Examples
    --------
    >>> from symhet.core.records import Combine
    >>> from symhet.language import statements as s
    >>> x = t.symbol("x")
    >>> tally = selftest(kernel.prove(Context(), s.lt(t.ONE, t.add(x, t.ONE)), Combine()))
    >>> tally.false > 0, tally.proved
    (True, ())
    """
    context = theorem.context
    model = _model(tuple(context.hypotheses.items()), context.system, context.endogenous)
    chosen = list(_spread(neighbours(theorem.goal), most))
    false = 0
    proved: list[Statement] = []
    for goal in chosen:
        if not _fails_at(context, goal, model.theorem.certificate if model else None):
            continue
        false += 1
        if prove(context, goal, work=work) is not None:
            proved.append(goal)
    return Tally(len(chosen), false, tuple(proved))


@lru_cache(maxsize=256)
def _model(
    hypotheses: tuple[tuple[str, Statement], ...], system: frozenset[str], endogenous: frozenset[Term]
) -> Found | None:
    """Return an exact model of a context, which many theorems of a paper share."""
    return refute(Context(dict(hypotheses), system, endogenous), FALSE, TRIES)


def _fails_at(context: Context, goal: Statement, model: object) -> bool:
    """Tell whether the kernel sees a statement fail at a model of its context."""
    if not isinstance(model, Witness):
        return False
    binders, inner = 0, goal
    while inner.op is Op.FORALL:
        binders, inner = binders + 1, inner.args[0]
    for bound in product(_BOUND, repeat=binders):
        try:
            kernel.refute(context, goal, replace(model, bound=bound))
        except Refusal:
            continue
        return True
    return False


def _spread(pairs: Iterable[tuple[str, Statement]], most: int) -> Iterator[Statement]:
    """Yield statements of each kind in turn, up to so many."""
    by_kind: dict[str, list[Statement]] = {}
    for kind, statement in pairs:
        by_kind.setdefault(kind, []).append(statement)
    count = 0
    while any(by_kind.values()) and count < most:
        for waiting in by_kind.values():
            if waiting and count < most:
                yield waiting.pop(0)
                count += 1
