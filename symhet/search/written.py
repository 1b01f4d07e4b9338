"""Signs of sums and products as they are written: part by part, with nothing multiplied out.

A slope such as (rho - 1)*R^(rho - 2)*R' - 1/(1 - s)^2 has a negative sign in each part, which its normal form, with R a
quotient, no longer shows.
"""

from __future__ import annotations

from symhet.core import derived
from symhet.core.records import Proof
from symhet.language import terms as t
from symhet.language.definedness import evident
from symhet.language.statements import Op, Statement, lt, positive
from symhet.language.terms import MINUS_ONE, ONE, ZERO, Head, Term
from symhet.search.branch import Branch
from symhet.search.work import Stuck


def by_written_parts(branch: Branch, goal: Statement) -> Proof:
    """A sum of parts of one sign, each a product of factors of known signs."""
    if goal.op is not Op.LESS or ZERO not in goal.args or not goal.mentions(Head.POWER, Head.EXP, Head.LOG):
        raise Stuck("no sign of a term with powers")
    sign = 1 if goal.args[0] is ZERO else -1
    term = goal.args[1] if sign > 0 else goal.args[0]
    if not _is_one_sided(branch, term, sign):
        raise Stuck("no sum of parts of one sign")
    return _signed(branch, term, sign)


def _is_one_sided(branch: Branch, term: Term, sign: int) -> bool:
    return term.head is Head.SUM and all(branch.sign(part) == sign for part in term.args if part is not ZERO)


def _signed(branch: Branch, term: Term, sign: int) -> Proof:
    """Return a certificate that a term is positive, or negative."""
    statement = positive(term) if sign > 0 else lt(term, ZERO)
    if branch.sign(term) != sign:
        raise Stuck("a part has another sign, or either")
    here = branch.fork()
    if _is_one_sided(branch, term, sign):
        parts = tuple((_have(here, part, sign), ONE) for part in term.args if part is not ZERO)
        proof = here.sided(statement, lambda side: derived.combine(parts, side=side))
        return branch.checked(statement, here.close(proof))
    if term.head is Head.PRODUCT and not evident(term):
        known: list[tuple[str, int]] = []
        weights = [ONE if sign > 0 else MINUS_ONE]
        for factor in term.args:
            if evident(factor) or factor.head is Head.NUMBER:
                weights.append(factor)
                continue
            of = branch.sign(factor)
            known.append((_have(here, factor, of), 1))
            weights.append(ONE if of > 0 else MINUS_ONE)
        coefficient = t.product_of(weights)
        proof = here.sided(statement, lambda side: derived.product(tuple(known), coefficient, side))
        return branch.checked(statement, here.close(proof))
    return branch.prover(branch.fork(deeper=1), statement)


def _have(here: Branch, part: Term, sign: int) -> str:
    statement = positive(part) if sign > 0 else lt(part, ZERO)
    return here.have(statement, _signed(here.fork(here.context), part, sign), "part")


__all__ = ["by_written_parts"]
