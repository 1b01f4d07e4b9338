"""A place in a proof: the context there, economies that meet it, statements proved on the way, and the work left.

Tactics are functions of a branch and a goal that return a certificate, or raise `Stuck`. What they return was accepted
by the core in the branch's context. Work is counted in steps, so that the same question has the same answer everywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

import numpy as np

from symhet.core import derived, records
from symhet.core.context import Context
from symhet.core.kernel import check
from symhet.core.records import Proof, Side
from symhet.language.definedness import Condition, Kind
from symhet.language.rebuilding import own_terms
from symhet.language.refusals import Refusal
from symhet.language.statements import Op, Statement, exists, le, lt, positive
from symhet.language.terms import ZERO, Head, Term
from symhet.search.algebra import Algebra, NoTermError
from symhet.search.building import subterms
from symhet.search.drawn import Drawn
from symhet.search.evaluation import Economies
from symhet.search.fingerprints import same
from symhet.search.forms import tidy
from symhet.search.work import Place, Stuck, Work

Tactic: TypeAlias = "Callable[[Branch, Statement], Proof]"
MAX_CONDITIONS = 12
CONDITION = 400
"""Steps for a condition under which a term has a value."""
DEPTH = 12
"""Levels of sub-goals that a search opens."""
MUCH_MORE = 3
"""Times as much work with which a goal is tried again."""
NODES = 25
"""Parts of a term that make one more step."""


@dataclass
class Branch:
    """A context with what was proved in it.

    Parameters
    ----------
    context : Context
        The hypotheses, the proved steps among them.
    work : Work
        What is left of it, shared by all branches of a search.
    prover : callable
        The whole search, for sub-goals.
    depth : int
        How many more levels of sub-goals may be opened.
    drawn : Drawn, optional
        Economies that meet the hypotheses.
    plain : bool
        Whether goals are to be proved without solving or differentiating equations.
    bare : bool
        Whether equations are not to be used in combinations either, as while equations are being solved.
    dropped : int
        How many hypotheses were left out; their names stay taken.
    """

    context: Context
    work: Work
    prover: Tactic
    depth: int = DEPTH
    drawn: Drawn | None = None
    plain: bool = False
    bare: bool = False
    dropped: int = 0
    steps: list[tuple[str, Statement, Proof, bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Draw from the context itself where nothing else is said."""
        self.drawn = self.drawn or Drawn(self.context)

    def fork(
        self, context: Context | None = None, deeper: int = 0, drawn: Drawn | None = None, plain: bool = False
    ) -> Branch:
        """Return a branch from here without steps of its own."""
        places = context or self.context, self.work, self.prover, self.depth - deeper, drawn or self.drawn
        return Branch(*places, plain=plain or self.plain, bare=self.bare, dropped=self.dropped)

    def aside(self) -> Branch:
        """Return a branch for the conditions of steps that solve equations: it uses none itself."""
        found = self.fork(deeper=2, plain=True)
        found.bare = True
        return found

    def within(self, steps: int, tactic: Tactic, goal: Statement) -> Proof:
        """Return what a tactic finds in a few steps, taken from the work left; more than these and it is stuck."""
        inner = self.fork()
        with self.work.limited(steps):
            return inner.close(tactic(inner, goal))

    def supposing(self, name: str, statement: Statement) -> Branch:
        """Return a branch one level deeper, with one more hypothesis."""
        context = self.context.having(name, statement)
        return self.fork(context, deeper=1, drawn=self._drawn.supposing(name, statement))

    def lacking(self, name: str) -> Branch:
        """Return a branch without one of its hypotheses, which may be what no economy meets."""
        context = derived.lacking(self.context, name)
        fresh = not self._drawn.coordinates and self.economies is None
        branch = self.fork(context, drawn=Drawn(context) if fresh else None)
        branch.dropped += 1
        return branch

    @property
    def _drawn(self) -> Drawn:
        if self.drawn is None:
            raise Stuck("nothing is drawn")
        return self.drawn

    @property
    def economies(self) -> Economies | None:
        """Economies that meet the context, None when none was met."""
        found = self._drawn.economies()
        self._pay()
        return found

    def _pay(self) -> None:
        """Spend the work that drawing economies took."""
        effort, self._drawn.effort = self._drawn.effort, 0
        if effort:
            self.work.spend(effort)

    def plausible(self, goal: Statement) -> bool:
        """Tell whether a goal holds in all the economies drawn, as far as floating point tells."""
        economies = self.seen(goal)
        if economies is None:
            return True
        held = economies.holds(goal)
        if goal.op is Op.LESS and not held.all():
            close = economies.holds(le(*goal.args))
            return bool(close.all()) and 2 * int(held.sum()) > economies.size
        if goal.op is Op.EQUAL:
            # Where equations are met by steps, a few economies are far from what they should be.
            return 10 * int(held.sum()) >= 9 * economies.size
        return bool(held.all())

    def needs_equations(self, goal: Statement) -> bool:
        """Tell whether an inequality does not follow from the known inequalities alone, as far as worlds drawn tell."""
        found = self._drawn.needs_equations(self.context, goal)
        self._pay()
        return found

    def seen(self, goal: Statement) -> Economies | None:
        """Return economies with values for all leaves of a goal."""
        found = self._drawn.about(goal)
        self._pay()
        return found

    def is_tried(self, goal: Statement) -> bool:
        """Tell whether a goal failed in this context with as much depth, and nearly as much work where that ran out."""
        here = (goal, frozenset(self.context.hypotheses.values()))
        if self.work.hopeless.get(here, -1) >= self.depth:
            return True
        depth, left = self.work.tried.get(here, (-1, 0))
        is_tried = depth >= self.depth and self.work.left <= MUCH_MORE * left
        self.work.doubtful |= is_tried
        return is_tried

    def give_up(self, goal: Statement, left: int) -> None:
        """Remember that a goal failed here, when so much work was left for it."""
        here = (goal, frozenset(self.context.hypotheses.values()))
        self.work.tried[here] = self.depth, left
        if not self.work.doubtful:
            self.work.hopeless[here] = self.depth
        self.work.failed.append(goal)

    def place(self, goal: Statement) -> Place:
        """Return what a certificate of a goal depends on here."""
        return goal, frozenset(self.context.hypotheses.items()), self.plain, self.bare

    def sign(self, term: Term) -> int:
        """Return 1 or -1 when a term has that sign in all the economies drawn, 0 otherwise."""
        statement = positive(term)
        economies = self.seen(statement)
        if economies is None:
            return 0
        values, scale = economies.value(term), economies.scale(term)
        if not np.isfinite(values).all():
            return 0
        clear = values[np.abs(values) > 1e-11 * scale]
        if 2 * len(clear) <= len(values) or len(set(np.sign(clear))) != 1:
            return 0
        return int(np.sign(clear[0]))

    def may_vanish(self, term: Term) -> bool:
        """Tell whether a term has no sign, or is zero up to rounding, in some economy drawn."""
        economies = self.seen(positive(term))
        if economies is None or not self.sign(term):
            return True
        return bool((np.abs(economies.value(term)) <= 1e-11 * economies.scale(term)).any())

    def either_order(self, left: Term, right: Term) -> bool:
        """Tell whether one term is the larger in some economies drawn, and the other in others."""
        return self.economies is not None and not any(map(self.plausible, (le(left, right), le(right, left))))

    def algebra(self, *terms: Term) -> Algebra:
        """Return the joint normal forms of terms, absolute values written by the signs drawn."""
        self.work.spend(1 + sum(map(size, terms)) // NODES)
        try:
            found = Algebra(terms, self.sign)
        except (Refusal, NoTermError) as error:
            raise Stuck("no normal form") from error
        self.work.spend(sum(len(split.primitive) for split in found.splits) // 20)
        return found

    def tidy(self, term: Term) -> Term:
        """Return a term in lowest terms, absolute values written by the signs drawn, or else the term itself."""
        self.work.spend(1 + size(term) // NODES)
        try:
            found = tidy(term)
            if not _has_square_roots(found):
                return found
            algebra = Algebra((term,), self.sign)
            return algebra.of_split(algebra.splits[0])
        except (Refusal, NoTermError):
            return term

    def agree(self, left: Term, right: Term) -> bool:
        """Guess whether two terms are equal, from the economies drawn."""
        economies = self.seen(lt(left, right))
        if economies is None:
            return same(left, right)
        one, other = economies.value(left), economies.value(right)
        return bool((np.abs(one - other) <= 1e-6 * (np.abs(one) + np.abs(other))).all())

    def vanishes(self, term: Term) -> bool:
        """Guess whether a term is zero, from the economies drawn."""
        economies = self.seen(positive(term))
        if economies is None:
            return same(term, ZERO)
        return bool((np.abs(economies.value(term)) <= 1e-7 * economies.scale(term)).all())

    def have(self, statement: Statement, proof: Proof, label: str = "step", identically: bool = False) -> str:
        """Add a proved statement as a step; return its name."""
        for name, known in self.context.hypotheses.items():
            if known is statement and (not identically or name in self.context.system):
                return name
        name = self.fresh(label)
        self.steps.append((name, statement, proof, identically))
        self.context = self.context.having(name, statement, identically)
        return name

    def have_named(self, name: str, statement: Statement, proof: Proof) -> None:
        """Add a step under a name that is free here."""
        self.steps.append((name, statement, proof, False))
        self.context = self.context.having(name, statement)

    def fresh(self, label: str) -> str:
        """Return a name that no hypothesis has."""
        count = len(self.context.hypotheses) + self.dropped
        while f"{label} {count}" in self.context.hypotheses:
            count += 1
        return f"{label} {count}"

    def close(self, proof: Proof) -> Proof:
        """Return a certificate in which the steps are proved first."""
        return records.Cut(tuple(self.steps), proof) if self.steps else proof

    def checked(self, goal: Statement, proof: Proof) -> Proof:
        """Return a certificate that the core accepts here; raise `Stuck` when it does not."""
        self.work.spend(1 + weight(goal) // NODES)
        try:
            check(self.context, goal, proof)
        except Refusal as refusal:
            raise Stuck(str(refusal)) from refusal
        return proof

    def sided(self, goal: Statement, make: Callable[[Side], Proof]) -> Proof:
        """Return a certificate that the core accepts, conditions that it asks for being proved."""
        side: Side = ()
        for _ in range(MAX_CONDITIONS):
            self.work.spend(1 + weight(goal) // NODES)
            proof = make(side)
            try:
                check(self.context, goal, proof)
            except Refusal as refusal:
                found = asked(refusal)
                if found is None or self.depth <= 0 or any(found.term is s.args[-1] for s, _ in side):
                    raise Stuck(str(refusal)) from refusal
                side = (*side, self.condition(found))
            else:
                return proof
        raise Stuck("too many conditions")

    def existence(self, term: Term) -> Proof:
        """Return a certificate that a term has a value."""
        return self.sided(exists(term), derived.identity)

    def condition(self, condition: Condition) -> tuple[Statement, Proof]:
        """Return a statement that meets a condition, with its proof."""
        statement = derived.asked(condition)
        if condition.kind is Kind.NONZERO:
            sign = self.sign(condition.term)
            if sign:
                statement = positive(condition.term) if sign > 0 else lt(condition.term, ZERO)
        elif condition.kind is Kind.POSITIVE and self.sign(condition.term) < 0:
            raise Stuck("a condition does not hold")
        sub = self.fork(deeper=1)
        with self.work.limited(CONDITION):
            return statement, self.prover(sub, statement)


def _has_square_roots(term: Term) -> bool:
    """Tell whether an absolute value is written as the root of a square."""
    return any(
        node.head is Head.POWER and node.args[0].head is Head.WHOLE_POWER and node.args[0].args[1] == 2
        for node in subterms(term)
    )


@lru_cache(maxsize=65536)
def size(term: Term) -> int:
    """Return the number of different parts of a term."""
    return sum(1 for _ in subterms(term))


def weight(statement: Statement) -> int:
    """Return the size of a relation's terms; of other statements nothing."""
    return sum(map(size, own_terms(statement)))


def asked(refusal: Refusal) -> Condition | None:
    """Return the condition that a refusal says is not shown."""
    if refusal.where != "condition":
        return None
    for kind in Kind:
        if refusal.why.endswith(f"to be {kind.value}"):
            return Condition(kind, refusal.about)  # type: ignore[arg-type]
    return None


def first(branch: Branch, goal: Statement, *tactics: Tactic) -> Proof:
    """Return what the first tactic that does not fail returns."""
    for tactic in tactics:
        try:
            return tactic(branch, goal)
        except (Stuck, Refusal):
            continue
    raise Stuck("none of several tactics")
