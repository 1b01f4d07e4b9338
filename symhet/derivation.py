"""Derivations: chains of steps, each checked by the kernel when it is made, that print as an appendix."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import sympy as sp

from symhet.asked import Shown
from symhet.context import Context, rewrite_all
from symhet.core import records
from symhet.core.uses import records_in
from symhet.errors import DerivationError, GaveUp, SymhetError
from symhet.language.statements import Statement
from symhet.language.sympy_door import statement_to_sympy
from symhet.propositions import Prop, eq, gt, stated
from symhet.provers import base
from symhet.provers.carrier import carrier_for
from symhet.provers.tactics import Tactic, auto, identity
from symhet.searched import remembered, searched
from symhet.steps import Step
from symhet.theorems import (
    Place,
    Theorem,
    check_step,
    is_kept,
    kept,
    proof_by,
    prove,
    refute,
    step_proofs,
)
from symhet.valuation import PiecewiseUniform

UNFIT = (LookupError, AttributeError, TypeError, ValueError, AssertionError)
"""What a tactic may raise when it is put to a goal of another form than the one it was written for."""


@dataclass(frozen=True)
class Line:
    """A line of a derivation as it prints.

    Parameters
    ----------
    kind : str
        What was done: ``given``, ``define``, ``derive`` or ``conclude``.
    name : str
        Name under which later steps use it.
    prop : Prop
        The statement.
    says : str
        The sentence before the formula.
    number : str
        Equation number of the paper, or empty.
    conditions : tuple of Prop
        Side conditions that the step used.
    """

    kind: str
    name: str
    prop: Prop
    says: str
    number: str = ""
    conditions: tuple[Prop, ...] = ()


@dataclass
class _Step:
    """A statement with the tactic that proves it; the certificate is found when it is needed."""

    name: str
    prop: Prop
    by: Tactic
    identically: bool
    proof: records.Proof | None = None


class Derivation(Shown):
    """A chain of checked steps from the hypotheses of a context to a conclusion.

    Parameters
    ----------
    context : Context
        Assumptions, definitions and equilibrium conditions to start from.

    Examples
    --------
    >>> from symhet.propositions import gt
    >>> from symhet.provers.tactics import combine
    >>> x = sp.Symbol("x", positive=True)
    >>> d = Derivation(Context())
    >>> square = d.step("square", gt((1 + x) ** 2, 1), "A square of a number above one exceeds one.")
    >>> d.prove(gt(2 * (1 + x) ** 2, 2), combine({square: 2})).polarity
    'holds'
    """

    def __init__(self, context: Context) -> None:
        self.start = context
        self.context = context
        self.lines: list[Line] = []
        self._steps: list[_Step] = []
        self._kept: bool | None = None
        self._told = True

    def __getstate__(self) -> dict[str, Any]:
        """Leave tactics behind, which are functions: a copy shows what was derived, and does not search anew."""
        return {**self.__dict__, "_steps": [replace(step, by=_left_behind) for step in self._steps]}

    def fork(self) -> Derivation:
        """Return a derivation that goes on from here and leaves this one as it is."""
        branch = Derivation(self.start)
        branch.context = self.context
        branch.lines = [*self.lines]
        branch._steps = [*self._steps]
        branch._told = self._told
        return branch

    def lacking(self, name: Step) -> Derivation:
        """Return the derivation that the same tactics give without one hypothesis; steps that fail are left out."""
        weaker = Derivation(self.start.lacking(name))
        weaker._told = False
        for step in self._steps:
            if step.name != name:
                with suppress(SymhetError, *UNFIT):
                    weaker.step(step.name, step.prop, by=step.by, identically=step.identically, now=True)
        return weaker

    def recall(self, name: Step, says: str, number: str = "") -> None:
        """Print a hypothesis of the context as a line."""
        self.lines.append(Line("given", name, self.context.hypotheses[name], says, number))

    def define(
        self,
        name: str,
        symbol: sp.Symbol,
        term: sp.Expr,
        says: str,
        number: str = "",
        defined: Tactic | None = None,
    ) -> Step:
        """Introduce a fresh symbol for a term; the equation holds identically and may be differentiated.

        A definition adds nothing to the assumptions: the term must have a value, a positive one for a positive symbol,
        which the tactic ``defined`` shows.

        Raises
        ------
        DerivationError
            When the symbol is in use already, or the term may not exist or not be positive.
        """
        used = self.context.symbols() | self.context.endogenous | term.free_symbols
        if symbol.name in {known.name for known in used}:
            raise _broken(name, f"{symbol} is in use already", str(term))
        prop = eq(symbol, term)
        if self._steps:
            raise _broken(name, "definitions come before the first step", str(term))
        self._proof(self.context, name, gt(term, 0) if symbol.is_positive else eq(term, term), defined or auto())
        extended = self.context.having(Step(name), prop, identically=True)
        extended = Context(extended.hypotheses, extended.system, extended.endogenous | {symbol})
        self.context = self.start = extended
        self.lines.append(Line("define", name, prop, says, number))
        return Step(name, prop)

    def step(
        self,
        name: str,
        prop: Prop,
        says: str = "",
        number: str = "",
        *,
        by: Tactic | None = None,
        identically: bool = False,
        now: bool = False,
    ) -> Step:
        """Add a statement that follows from what stands above it, and return it for later steps to refer to.

        The search finds out how, unless ``by`` says it. The kernel checks the statement now or, where theorems are
        kept, with the conclusion that rests on it. An equation that is to be differentiated later is proved
        ``identically``: from what holds at every point near by, which is the system of equations and strict
        inequalities.

        Raises
        ------
        DerivationError
            When the tactic finds no certificate or the kernel does not accept it.
        """
        prop = stated(prop)
        identically = identically or self.smooth(prop)
        step = _Step(str(name), prop, by or searched, identically)
        if now or not self._later():
            step.proof = self._proof(self.context, name, prop, step.by, identically)
        self.context = self.context.having(Step(name), prop, identically)
        self._steps.append(step)
        self.lines.append(Line("derive", name, prop, says, number))
        return Step(name, prop)

    def smooth(self, prop: Prop) -> bool:
        """Tell whether a step is proved ``identically`` though nothing says so: here none is."""
        return False

    def _later(self) -> bool:
        """Tell whether steps are left to the conclusions that rest on them, since these are kept."""
        if self._kept is None:
            self._kept = is_kept(self.start)
        return self._kept

    def _proof(self, context: Context, name: str, prop: Prop, by: Tactic, identically: bool = False) -> records.Proof:
        try:
            found = proof_by(context, prop, by, identically)
            check_step(context, name, prop, found, identically)
        except SymhetError as error:
            raise self._unproved(name, prop, f"{error.why} [{error.where}]") from error
        return found

    def _unproved(self, name: str, prop: Prop, tried: str) -> DerivationError:
        """Return the error of a step without a certificate, which says whether the step is false.

        A counterexample meets what the derivation starts from, and with it every step that was proved.
        """
        from symhet.provers.failing import FALSE, UNDECIDED, Failure, failure_of

        failure = failure_of(self.start, prop) if self._told else Failure(UNDECIDED)
        if failure.verdict == UNDECIDED:
            return _broken(name, f"this was tried: {tried}", str(prop), UNDECIDED)
        at = f"at {failure.point} all that is given holds, and it fails"
        more = "; its contrary follows from what is given" if failure.verdict == FALSE else ""
        fix = "correct the statement" if failure.verdict == FALSE else "correct it, or add what it needs to the context"
        return DerivationError(name, at + more, where=str(prop)[:300], fix=fix, verdict=failure.verdict)

    def _found(self) -> None:
        """Find the certificates of the steps that were left for later."""
        context = self.start
        for step in self._steps:
            if step.proof is None:
                step.proof = self._proof(context, step.name, step.prop, step.by, step.identically)
            context = context.having(Step(step.name), step.prop, step.identically)

    def prove(self, goal: Prop, by: Tactic | None = None, says: str = "", number: str = "") -> Theorem:
        """Return the theorem that ``goal`` holds throughout the starting context, replayed as a whole."""
        goal = stated(goal)
        steps = [(step.name, step.prop, step.identically) for step in self._steps]
        theorem = kept(self.start, goal, steps)
        if theorem is None:
            self._found()
            last = self._proof(self.context, "conclusion", goal, by or searched)
            theorem = prove(self.start, goal, self._closed(last))
        else:
            self._take(theorem)
        if says:
            self.lines.append(Line("conclude", "conclusion", goal, says, number))
        self._tell_conditions(theorem)
        return theorem

    def _take(self, theorem: Theorem) -> None:
        """Take the certificates of steps from a theorem that was kept."""
        known = remembered(theorem)
        for step in self._steps:
            step.proof = step.proof or known.get(step.name)

    def _tell_conditions(self, theorem: Theorem) -> None:
        """Put beside each line the conditions that its step proves on the way."""
        proofs = step_proofs(theorem)
        self.lines = [
            replace(line, conditions=conditions_of(proofs[line.name]))
            if line.name in proofs and line.kind not in ("given", "define")
            else line
            for line in self.lines
        ]

    def try_prove(self, goal: Prop, by: Tactic) -> Theorem | None:
        """Put another goal to the same prover with the same steps at hand; None when it gives up.

        The last step is checked on its own first: replaying those before it takes longer and they do hold.
        """
        try:
            self._found()
            proof = proof_by(self.context, goal, by)
            check_step(self.context, "conclusion", goal, proof)
            return prove(self.start, goal, self._closed(proof))
        except (SymhetError, *UNFIT):
            return None

    def _closed(self, last: records.Proof) -> records.Proof:
        """Return a certificate in which the steps, all of them found by now, are proved first."""
        statement = carrier_for(self.start).statement
        found = [(step.name, statement(step.prop), step.proof, step.identically) for step in self._steps if step.proof]
        return records.Cut(tuple(found), last) if found else last

    def refute(
        self,
        goal: Prop,
        point: Mapping[sp.Symbol, sp.Rational | int],
        distribution: PiecewiseUniform | None = None,
        using: Sequence[Step] = (),
    ) -> Theorem:
        """Return the theorem that ``goal`` fails at an exact point where the starting context holds.

        Raises
        ------
        DerivationError
            When a hypothesis fails at the point or the goal holds there.
        """
        if self._steps:
            self.prove(eq(sp.S.Zero, sp.S.Zero), identity())
        values = {symbol: sp.sympify(value, strict=True) for symbol, value in point.items()}
        try:
            return refute(self.start, goal, Place(values, distribution, self.rewritten(goal, using)))
        except SymhetError as error:
            raise _broken("witness", f"{error.why} [{error.where}]", str(goal)) from error

    def rewritten(self, goal: Prop, using: Iterable[Step]) -> Prop:
        """Return ``goal`` with the named equations put in, as the witness sees it."""
        return rewrite_all(goal, self.context, using)


def _left_behind(place: base.Place, goal: Statement) -> records.Proof:
    """Stand for the tactic of a derivation that came from another process."""
    raise GaveUp(
        "the tactics of a copied derivation were left behind",
        where=str(goal)[:300],
        why="they are functions, and do not travel to another process",
        fix="judge the claim here",
    )


def conditions_of(proof: records.Proof) -> tuple[Prop, ...]:
    """Return the side conditions (positive bases, nonzero divisors) that a certificate proves on the way."""
    sides = (getattr(record, "side", ()) for record in records_in(proof))
    found = dict.fromkeys(statement for side in sides for statement, _ in side)
    return tuple(statement_to_sympy(statement) for statement in found)


def _broken(name: str, why: str, where: str, verdict: str = "does not follow") -> DerivationError:
    fix = "derive it from what stands above it, or state the lemma that it needs"
    return DerivationError(name, why, where=where[:300], fix=fix, verdict=verdict)
