"""Which hypotheses a goal needs: those that share its symbols, then those that share theirs, the closest first.

What is proved from some hypotheses holds with all of them, so a small context is tried before the whole one.
"""

from __future__ import annotations

from collections.abc import Iterator

from symhet.core.context import Context
from symhet.language.statements import Op, Statement
from symhet.language.terms import Term

SIZES = ((1, 10), (2, 18))
"""Rounds of sharing symbols, and how many hypotheses are kept: of a context with fewer than two more, none are left."""


def contexts(context: Context, goal: Statement) -> Iterator[Context]:
    """Yield parts of a context that may do for a goal, small ones first, the whole last.

    Examples
    --------
    >>> from symhet.language import statements as s, terms as t
    >>> x = t.symbol("x")
    >>> [len(part.hypotheses) for part in contexts(Context({"low": s.lt(t.ONE, x)}), s.positive(x))]
    [1]
    """
    for rounds, limit in SIZES:
        if len(context.hypotheses) > limit + 2:
            smaller = part(context, goal, rounds, limit)
            if len(smaller.hypotheses) < len(context.hypotheses):
                yield smaller
    yield context


def part(context: Context, goal: Statement, rounds: int, limit: int) -> Context:
    """Return the hypotheses that share symbols with a goal, directly or through others, at most ``limit`` of them."""
    reached = set(goal.leaves)
    for leaf in goal.leaves:
        reached |= set(leaf.args) if leaf.head.name == "TOTAL" else set()
    kept: dict[str, Statement] = {}
    for _ in range(rounds):
        near = [(name, p) for name, p in context.hypotheses.items() if name not in kept and p.leaves & reached]
        near.sort(key=lambda item: (len(item[1].leaves - reached), item[1].depth, len(item[1].leaves)))
        chosen = near[: max(0, limit - len(kept))]
        kept.update(chosen)
        for _, statement in chosen:
            reached |= statement.leaves
    kept.update({name: p for name, p in context.hypotheses.items() if p.op is Op.DENSE or _exists(p, reached)})
    ordered = {name: p for name, p in context.hypotheses.items() if name in kept}
    return Context(ordered, context.system & ordered.keys(), context.endogenous)


def _exists(statement: Statement, reached: set[Term]) -> bool:
    """Tell whether a statement says of symbols that matter that a term of them has a value, or is a plain bound."""
    if not statement.is_relation or not statement.leaves <= reached:
        return False
    left, right = statement.args
    return left is right or (statement.op is not Op.EQUAL and statement.depth <= 4)
