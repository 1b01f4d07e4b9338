"""Questions that the papers' kept theorems answer: goals in their own contexts, theorems, counterexamples, conditions.

Each question has a digest that is its name, and half of them by that digest, whatever the search does with them, are
*unseen*: they are measured and not looked at while the search is being made.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from symhet.catalogue import papers
from symhet.core import data, records
from symhet.core.context import Context
from symhet.core.kernel import Theorem
from symhet.keeping import digest, read_store
from symhet.language.statements import FALSE, Op, Statement
from symhet.search import prove
from symhet.search.drawing import sampled

KINDS = ("goals", "theorems", "counterexamples", "conditions")


Kept: TypeAlias = tuple[Context, Statement, records.Proof, str]


@dataclass(frozen=True)
class Question:
    """A statement and its context, and what a search may find out about them.

    Parameters
    ----------
    kind : str
        ``goals``: one statement of a derivation with what stands above it; ``theorems``: a conclusion with what the
        derivation starts from; ``counterexamples``; ``conditions`` under which what fails holds.
    paper : str
        Its key.
    context, goal : Context, Statement
        What is put to the search.
    steps : int
        How many steps the paper's own script takes.
    holding : tuple of Kept
        Kept theorems that the goal holds under hypotheses beyond those of the context.
    """

    kind: str
    paper: str
    context: Context
    goal: Statement
    steps: int = 0
    holding: tuple[Kept, ...] = ()

    @property
    def name(self) -> str:
        """The digest of what is asked."""
        return f"{self.kind}:{digest(self.context, self.goal, 'holds')}"

    @property
    def split(self) -> str:
        """``tuned`` or ``unseen``, by the digest of the statement alone."""
        return ("tuned", "unseen")[int(digest(Context(), self.goal, "holds")[-8:], 16) % 2]


def questions() -> list[Question]:
    """Return the questions of all papers, each statement once a kind and paper, in the order of their digests."""
    found: dict[tuple[str, str, Statement], Question] = {}
    for paper in papers():
        key = paper.key
        kept: list[Kept] = [
            data.from_rows(json.loads(line.split("\t", 1)[1])) for line in read_store(paper.store).lines()
        ]
        for question in (*_of_proofs(key, kept), *_of_failures(key, kept)):
            place = (question.kind, key, question.goal)
            if place not in found or question.name < found[place].name:
                found[place] = question
    return sorted(found.values(), key=lambda question: question.name)


def _of_proofs(key: str, kept: list[Kept]) -> Iterator[Question]:
    for context, goal, proof, says in kept:
        if says != "holds" or goal is FALSE:
            continue
        steps = proof.steps if isinstance(proof, records.Cut) else ()
        here = context
        for name, statement, _, identically in steps:
            inside = here.nearby() if identically else here
            if not _is_at_hand(inside, statement):
                yield Question("goals", key, inside, statement, 1)
            here = here.having(name, statement, identically)
        if not _is_at_hand(here, goal):
            yield Question("goals", key, here, goal, 1)
        if not _is_at_hand(context, goal):
            yield Question("theorems", key, context, goal, len(steps))


def _of_failures(key: str, kept: list[Kept]) -> Iterator[Question]:
    for context, goal, _, says in kept:
        if says != "fails" or goal is FALSE:
            continue
        yield Question("counterexamples", key, context, goal)
        holding = tuple(other for other in kept if _adds_conditions(context, goal, other))
        if holding:
            yield Question("conditions", key, context, goal, holding=holding)


def _adds_conditions(context: Context, goal: Statement, other: Kept) -> bool:
    """Tell whether a kept theorem says that a goal holds under hypotheses beyond those of this context."""
    wider, known, _, says = other
    mine, theirs = set(context.hypotheses.values()), set(wider.hypotheses.values())
    return says == "holds" and known is goal and bool(mine & theirs) and bool(theirs - mine)


def _is_at_hand(context: Context, goal: Statement) -> bool:
    """Tell whether there is nothing to be found: a hypothesis, some together, or two sides to the letter the same."""
    known = set(context.hypotheses.values())
    parts = goal.args if goal.op is Op.AND else (goal,)
    return all(part in known or (part.op is Op.EQUAL and part.args[0] is part.args[1]) for part in parts)


def says_no_more(condition: Statement, question: Question) -> bool:
    """Tell whether a condition is shown to be no stronger than one under which a paper's own theorem holds.

    It is a hypothesis or a step of that theorem, or the search proves it from the paper's condition; where no economy
    meets both contexts the theorem is about another one.
    """
    parts = condition.args if condition.op is Op.AND else (condition,)
    return any(_follows(parts, question.context, other) for other in question.holding)


def _follows(parts: tuple[Statement, ...], context: Context, other: Kept) -> bool:
    stronger, _, proof, _ = other
    for name, statement in stronger.hypotheses.items():
        if statement not in context.hypotheses.values():
            context = context.having(f"{name} too", statement)
    if sampled(context) is None:
        return False
    steps = proof.steps if isinstance(proof, records.Cut) else ()
    shown = {*context.hypotheses.values(), *(step[1] for step in steps)}
    return all(part in shown or prove(context, part) is not None for part in parts)


def answered(question: Question, theorem: Theorem) -> bool:
    """Tell whether a theorem is about just what was asked."""
    return (theorem.context, theorem.goal) == (question.context, question.goal)
