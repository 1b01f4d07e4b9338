"""Identities that need factors: sums under powers and logarithms are first written as the products that they are.

The core compares sums under a power as they stand; that a sum is a product is a step of its own, which it can follow.
"""

from __future__ import annotations

from contextlib import suppress

from symhet.core import derived, records
from symhet.core.records import Proof
from symhet.core.rules.base import rewritten
from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.statements import Statement, eq
from symhet.language.terms import Head, Term
from symhet.search.branch import Branch
from symhet.search.building import number, subterms, times
from symhet.search.fingerprints import vanishes
from symhet.search.forms import Forms
from symhet.search.work import Stuck

MAX_ROUNDS = 4
"""How deep sums under powers may stand within one another."""


def by_identity(branch: Branch, goal: Statement) -> Proof:
    """Both sides have the same normal form, once what stands under powers is written as products."""
    if not vanishes(goal.gap):
        raise Stuck("the sides differ at a point")
    try:
        return branch.sided(goal, derived.identity)
    except Stuck:
        if not goal.mentions(Head.POWER, Head.LOG):
            raise
    here = branch.fork()
    using: tuple[str, ...] = ()
    moved, done = goal, set[Term]()
    for _ in range(MAX_ROUNDS):
        found = _factored(here, moved, done)
        if not found:
            break
        using += found
        moved = rewritten(moved, here.context, found)
    if not using:
        raise Stuck("nothing under a power has factors")
    inner = here.fork(here.context).sided(moved, derived.identity)
    return branch.checked(goal, here.close(records.Rewrite(using, inner)))


def _factored(branch: Branch, goal: Statement, done: set[Term]) -> tuple[str, ...]:
    """Add that what stands directly under powers and logarithms is a product; return the names of these steps.

    What was looked at before, and the products themselves, are left as they are.
    """
    raised = (node.args[0] for side in goal.args for node in subterms(side) if node.head in (Head.POWER, Head.LOG))
    names = []
    for base in dict.fromkeys(base for base in raised if any(part.head is Head.SUM for part in subterms(base))):
        if base in done:
            continue
        product = _product(branch, base)
        done.update({base, product or base})
        if product is None or product is base:
            continue
        with suppress(Stuck):
            proof = branch.aside().sided(eq(base, product), derived.identity)
            names.append(branch.have(eq(base, product), proof, "factored"))
    return tuple(names)


def _product(branch: Branch, base: Term) -> Term | None:
    """Return a term as a product of irreducible factors, or None where the search does not see any."""
    branch.work.spend(1)
    try:
        content, factors = Forms([base]).fraction(base).factors()
    except Refusal:
        return None
    return times(number(content), *(t.whole_power(factor.term, factor.power) for factor in factors))
