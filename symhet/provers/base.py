"""What every tactic works with: a place in a proof, where terms come from SymPy and conditions are settled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from itertools import combinations
from typing import TypeAlias

import sympy as sp

from symhet.core import derived, kernel
from symhet.core.context import Context
from symhet.core.records import Proof, Side
from symhet.core.rules.base import manifest, open_conditions
from symhet.errors import GaveUp
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.definedness import Condition, Kind
from symhet.language.refusals import Refusal
from symhet.language.statements import Op, Statement
from symhet.language.terms import ONE, ZERO, Term
from symhet.propositions import Prop
from symhet.provers.carrier import Carrier
from symhet.steps import Step

Terms: TypeAlias = Mapping[Step, sp.Expr | int]
Tactic: TypeAlias = "Callable[[Place, Statement], Proof]"
WORK = 1500
"""Steps of search for a condition under which a term has a value, and for a goal that is left to it."""
_RECENT = 8


class Place:
    """Where a goal stands: what is known there, and how SymPy's terms are read there.

    Parameters
    ----------
    context : symhet.core.context.Context
        The hypotheses, the steps proved so far among them.
    carrier : Carrier
        What reads terms and statements on SymPy terms.
    """

    def __init__(self, context: Context, carrier: Carrier) -> None:
        self.context = context
        self.carrier = carrier

    def within(self, context: Context) -> Place:
        """Return the place with another context."""
        return Place(context, self.carrier)

    def having(self, name: str, statement: Statement) -> Place:
        """Return the place with one more hypothesis."""
        return self.within(self.context.having(str(name), statement))

    def known(self, name: str) -> Statement:
        """Return the hypothesis of this name."""
        return self.context.known(str(name))

    def term(self, value: sp.Expr | int) -> Term:
        """Return a term for a SymPy term or a whole number; text is refused."""
        return self.carrier.door.term(sp.sympify(value, strict=True))

    def statement(self, prop: Prop) -> Statement:
        """Return a statement for one on SymPy terms."""
        return self.carrier.statement(prop)

    def coefficients(self, terms: Terms) -> derived.Coefficients:
        """Return names with the terms that go with them."""
        return tuple((str(name), self.term(value)) for name, value in terms.items())

    def accepts(self, goal: Statement, proof: Proof) -> bool:
        """Tell whether the core accepts a proof here."""
        with suppress(Refusal):
            kernel.check(self.context, goal, proof)
            return True
        return False

    def side(self, *terms: Term) -> Side:
        """Return proofs of the conditions of terms that are still open here."""
        return tuple(map(self._settled, open_conditions(self.context, terms)))

    def _settled(self, condition: Condition) -> tuple[Statement, Proof]:
        """Return a statement that settles a condition, with its proof."""
        options = [derived.asked(condition)]
        if condition.kind is Kind.NONZERO:
            options = [s.positive(condition.term), s.lt(condition.term, ZERO), *options]
        for wanted in options:
            for proof in self._candidates(wanted):
                if self.accepts(wanted, proof):
                    return wanted, proof
        for wanted in options:
            with suppress(GaveUp):
                return wanted, self.searched(wanted)
        raise give_up(f"nothing shows that {condition.term} is {condition.kind.value}", derived.asked(condition))

    def shown(self, goal: Statement) -> Proof:
        """Return a proof by what is cheap, or by some steps of search.

        Raises
        ------
        GaveUp
            When neither finds one.
        """
        for proof in self._candidates(goal):
            if self.accepts(goal, proof):
                return proof
        return self.searched(goal)

    def searched(self, goal: Statement) -> Proof:
        """Return a proof by some steps of search."""
        # Only what is proved anew needs the search, and it is large.
        from symhet.search.api import prove

        found = prove(self.context, goal, work=WORK)
        if found is None:
            raise give_up("the search found no certificate", goal)
        return found.theorem.certificate

    def _candidates(self, wanted: Statement) -> Iterable[Proof]:
        """Yield what may prove a statement: hypotheses, positive coefficients, one or two known inequalities."""
        about = {n: known for n, known in self.context.hypotheses.items() if known.leaves <= wanted.leaves}
        for name, known in about.items():
            if known.op is wanted.op and known.leaves == wanted.leaves:
                yield derived.hypothesis(name)
        if wanted.op is Op.EQUAL:
            yield derived.identity()
        if wanted.op in (Op.LESS, Op.AT_MOST, Op.DIFFER):
            yield derived.sign()
        if wanted.op is Op.LESS:
            for name, known in about.items():
                if known.op in (Op.LESS, Op.AT_MOST):
                    yield derived.combine(((name, ONE),), rest=t.difference(wanted.gap, known.gap))
            yield from self._multiples(wanted, about)
            strict = [name for name, known in about.items() if known.op is Op.LESS]
            for pair in combinations(strict[-_RECENT:], 2):
                yield derived.combine(tuple((name, ONE) for name in pair))

    def _multiples(self, wanted: Statement, about: Mapping[str, Statement]) -> Iterable[Proof]:
        """Yield known strict inequalities times the positive factor that makes the wanted one of them."""
        for name, known in about.items():
            if known.op is Op.LESS:
                factor = in_lowest_terms(t.quotient(wanted.gap, known.gap))
                if manifest(factor):
                    yield derived.product(((name, 1),), factor)


def in_lowest_terms(term: Term) -> Term:
    """Return a term in lowest terms, or as it is where the search has no normal form of it."""
    # Only what is proved anew needs the search, and it is large.
    from symhet.search.forms import tidy

    try:
        return tidy(term)
    except Refusal:
        return term


def give_up(why: str, goal: object) -> GaveUp:
    """Return the error of a prover that found no certificate."""
    return GaveUp(
        "no certificate was found",
        where=str(goal)[:300],
        why=why,
        fix="give the prover a lemma or another tactic",
    )


def require(goal: Statement, *ops: Op) -> None:
    """Give up unless a goal is of one of these kinds."""
    if goal.op not in ops:
        raise give_up(f"the goal is no {' or '.join(op.value for op in ops)}", goal)
