"""Orders of positive terms by the orders of their powers, which is what conditions of constant elasticity speak of."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from symhet.core import corollaries, derived
from symhet.core.records import Proof
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.statements import Op, Statement, eq, lt
from symhet.language.terms import ONE, Head, Term
from symhet.search.branch import Branch
from symhet.search.building import over, subterms, times
from symhet.search.fingerprints import same
from symhet.search.plan import terms_of
from symhet.search.work import Stuck

MAX_EXPONENTS = 2


def by_raising(branch: Branch, goal: Statement) -> Proof:
    """One product of symbols exceeds another, since this is so of their powers that conditions mention."""
    if goal.op is not Op.LESS or not all(map(_is_product, goal.args)):
        raise Stuck("no order of products of symbols")
    last = Stuck("no powers of these symbols are known")
    for exponent in _exponents(branch, goal):
        small, large = (branch.tidy(t.power(term, exponent)) for term in goal.args)
        here = branch.fork()
        inverse = over(ONE, exponent)
        premises, statement = corollaries.instance("pow_mono", (small, large, inverse))
        if not branch.plausible(lt(small, large)):
            continue
        try:
            proofs = tuple(here.prover(here.fork(deeper=1), premise) for premise in premises)
            arguments = (small, large, inverse)
            lemma = here.sided(statement, lambda side, a=arguments, p=proofs: derived.lemma("pow_mono", a, p, side))  # type: ignore[misc]
            name = here.have(statement, lemma, "power")
            proof = here.sided(goal, lambda side, n=name: derived.combine(terms=((n, ONE),), side=side))  # type: ignore[misc]
            return branch.checked(goal, here.close(proof))
        except Stuck as stuck:
            last = stuck
    raise last


def by_raising_both(branch: Branch, goal: Statement) -> Proof:
    """An equation for a symbol, by the one for its power that conditions mention."""
    last = Stuck("no powers of a symbol are known")
    for x, other in (goal.args, goal.args[::-1]):
        if branch.plain or x.head is not Head.SYMBOL or x in other.leaves:
            continue
        for exponent in _exponents(branch, s.positive(x)):
            here = branch.fork()
            statement = eq(t.power(x, exponent), branch.tidy(t.power(other, exponent)))
            try:
                name = here.have(statement, here.prover(here.fork(deeper=1), statement), "power")
                root = over(ONE if x is goal.args[0] else t.MINUS_ONE, exponent)
                proof = here.sided(goal, partial(derived.powers, here.context, goal, ((name, root),)))
                return branch.checked(goal, here.close(proof))
            except Stuck as stuck:
                last = stuck
    raise last


def _is_product(term: Term) -> bool:
    """Tell whether a term is a product of numbers and symbols."""
    factors = term.args if term.head is Head.PRODUCT else (term,)
    return all(factor.head in (Head.SYMBOL, Head.NUMBER) for factor in factors)


def _exponents(branch: Branch, goal: Statement) -> Iterator[Term]:
    """Yield positive exponents to which known relations raise symbols of a goal, each once."""
    found: list[Term] = []
    for term in terms_of(p for p in branch.context.hypotheses.values() if p.is_relation and p.leaves & goal.leaves):
        for node in subterms(term):
            if node.head is not Head.POWER or node.args[0] not in goal.leaves or node.args[1].leaves & goal.leaves:
                continue
            sign = branch.sign(node.args[1])
            exponent = node.args[1] if sign > 0 else times(t.MINUS_ONE, node.args[1])
            if sign and len(found) < MAX_EXPONENTS and not any(same(exponent, other) for other in found):
                found.append(exponent)
                yield exponent


__all__ = ["by_raising", "by_raising_both"]
