"""Goals proved in each of the three orders of two terms."""

from __future__ import annotations

from collections.abc import Callable

from symhet.core import derived, records
from symhet.core.records import Proof
from symhet.language import statements as s
from symhet.language.statements import Statement, lt
from symhet.language.terms import Term
from symhet.search.branch import Branch


def in_each_order(
    branch: Branch, goal: Statement, pair: tuple[Term, Term], proof_of: Callable[[Branch, str, Statement], Proof]
) -> Proof:
    """Return a proof by the three orders of two terms; each case is given its label and what is supposed in it."""
    left, right = pair
    here = branch.fork()
    parts = (lt(left, right), s.eq(left, right), lt(right, left))
    orders = s.either(*parts)
    known = here.have(orders, here.sided(orders, lambda side: derived.lemma("trichotomy", pair, (), side)), "orders")
    label = here.fresh("case")
    proofs = []
    for part in parts:
        case = here.supposing(label, part)
        proofs.append(case.close(proof_of(case, label, part)))
    return branch.checked(goal, here.close(records.Cases(known, label, tuple(proofs))))
