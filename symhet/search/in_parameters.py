"""What a statement about variables asks of the parameters: the variables put in, common powers taken off.

In most models two cutoffs compare as two costs do: the demand that both depend on cancels from their ratio, and what is
left is a power of a quotient of parameters. Nothing here is proved; what it finds is a candidate for a condition.
"""

from __future__ import annotations

from collections.abc import Iterator

from symhet.core.rules.base import rewritten
from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.statements import Statement, lt
from symhet.language.terms import ONE, Head, Term
from symhet.search.branch import Branch
from symhet.search.building import over, subterms, times
from symhet.search.equations import Manner, eliminated
from symhet.search.factors import open_factors
from symhet.search.logarithms import two_parts
from symhet.search.work import Stuck

SEEDS = (0, 2)


def in_parameters(branch: Branch, goal: Statement) -> list[Statement]:
    """Return orders of products of parameters that say what an inequality between variables says."""
    if goal.mentions(Head.TOTAL) or not goal.leaves & branch.context.endogenous:
        return []
    found: list[Statement] = []
    given = frozenset(leaf for leaf in branch.context.leaves if leaf.head is Head.SYMBOL) - branch.context.endogenous
    for seed in SEEDS:
        here = branch.fork()
        try:
            using = eliminated(here, goal, Manner(endogenous=-6.0, keep=given, seed=seed))
            moved = rewritten(goal, here.context, using)
            found += [order for order in _orders(here, moved.gap) if not order.leaves & branch.context.endogenous]
        except (Stuck, Refusal):
            continue
    return list(dict.fromkeys(found))


def _orders(branch: Branch, gap: Term) -> Iterator[Statement]:
    """Yield both orders of the two parts of each open factor, powers of their quotient that take roots off first."""
    for factor in open_factors(branch, gap)[1]:
        above, below = two_parts(branch, factor.term)
        ratio = over(above, below)
        for root in (*_roots(ratio), ONE):
            yield from _both_orders(branch.tidy(t.power(ratio, root)))


def _both_orders(ratio: Term) -> tuple[Statement, Statement]:
    """Return that a quotient exceeds one and that it falls short of it, its denominators on the other side."""
    factors = ratio.args if ratio.head is Head.PRODUCT else (ratio,)
    low = [over(ONE, factor) for factor in factors if _is_below(factor)]
    high = [factor for factor in factors if not _is_below(factor)]
    small, large = times(*low), times(*high)
    return lt(small, large), lt(large, small)


def _is_below(factor: Term) -> bool:
    return factor.head is Head.WHOLE_POWER and factor.args[1] < 0


def _roots(ratio: Term) -> list[Term]:
    """Return the denominators of the exponents in a product of powers."""
    exponents = [node.args[1] for node in subterms(ratio) if node.head is Head.POWER]
    inverses = [part for exponent in exponents for part in subterms(exponent) if _is_below(part)]
    return list(dict.fromkeys(over(ONE, inverse) for inverse in inverses))


__all__ = ["in_parameters"]
