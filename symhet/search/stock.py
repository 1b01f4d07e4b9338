"""Theorems in stock: what was proved before is a step of later proofs, and steps that nothing uses are taken out again.

A theorem can be used wherever its hypotheses are among those of the context at hand; its certificate becomes that of a
step. The core replays the whole when the new theorem is made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

from symhet.core import kernel, records
from symhet.core.context import Context
from symhet.core.kernel import Theorem
from symhet.core.records import KINDS, Proof
from symhet.core.uses import records_in
from symhet.language.refusals import Refusal
from symhet.language.spelling import text
from symhet.language.statements import Op, Statement, lt
from symhet.language.terms import SUPPORT, Head, Term
from symhet.search.branch import Branch
from symhet.search.building import is_hidden
from symhet.search.portfolio import opened, search
from symhet.search.work import OutOfWork, Stuck, Work

SHORT = 4
"""Depth of a statement that may help whatever the goal is: an order of two variables, a sign."""
MAX_USED = 8
MAX_ORDERS = 6
PAIRS_WORK = 2000
"""Steps of work that finding out which orders occur may take."""
ORDER = 1500
"""Steps for the order of two variables."""
DEPTH = 8


def helpful(
    theorems: Iterable[Theorem], context: Context, goal: Statement, hints: Sequence[Statement]
) -> list[Theorem]:
    """Return theorems that hold in a context and may help with a goal: hints, and short ones about its symbols."""
    found = [
        theorem
        for theorem in theorems
        if theorem.says == "holds"
        and theorem.goal is not goal
        and (theorem.goal in hints or _may_help(theorem.goal, context, goal))
        and theorem.context.hypotheses.items() <= context.hypotheses.items()
        and theorem.context.system <= context.system
    ]
    return found[:MAX_USED]


def _may_help(known: Statement, context: Context, goal: Statement) -> bool:
    if solves(known, context):
        return known.args[0] in goal.leaves | _reached(context, goal)
    if not known.is_relation or known.depth > SHORT or known.mentions(Head.TOTAL):
        return False
    return known.leaves & context.endogenous <= goal.leaves | _reached(context, goal)


def solves(known: Statement, context: Context) -> bool:
    """Tell whether a statement says what a variable is in terms of parameters."""
    if known.op is not Op.EQUAL or known.args[0] not in context.endogenous:
        return False
    return not known.mentions(Head.TOTAL) and not known.args[1].leaves & context.endogenous


def _reached(context: Context, goal: Statement) -> frozenset[Term]:
    """Return the variables in equations that share variables with a goal, or whose derivatives it mentions."""
    moved = {part for leaf in goal.leaves if leaf.head is Head.TOTAL for part in leaf.args}
    about = (goal.leaves | moved) & context.endogenous
    near = (p for p in context.hypotheses.values() if p.op is Op.EQUAL and p.leaves & about)
    return frozenset(leaf for statement in near for leaf in statement.leaves)


def put_in(branch: Branch, theorems: Iterable[Theorem], goal: Statement) -> None:
    """Add theorems as steps; no other goal's proof, which may be in this one some day, has the same names."""
    label = hashlib.sha256(text(goal).encode()).hexdigest()[:8]
    for index, theorem in enumerate(theorems):
        if theorem.goal not in branch.context.hypotheses.values():
            branch.have_named(f"known {index} {label}", theorem.goal, theorem.certificate)


def slimmed(context: Context, goal: Statement, certificate: Proof) -> Theorem:
    """Return a theorem whose first steps are only those that its certificate names, where these are enough."""
    if isinstance(certificate, records.Cut):
        steps: list[Any] = []
        named = _names(certificate.then)
        for step in reversed(certificate.steps):
            if step[0] in named:
                steps.insert(0, step)
                named |= _names(step[2])
        kept = records.Cut(tuple(steps), certificate.then) if steps else certificate.then
        with suppress(Refusal):
            return kernel.prove(context, goal, kept)
    return kernel.prove(context, goal, certificate)


def _names(proof: Proof) -> set[str]:
    """Return every text in a certificate: names of hypotheses are among them."""
    found: set[str] = set()
    for record in records_in(proof):
        waiting = [getattr(record, name) for name, _ in KINDS[type(record)]]
        while waiting:
            part = waiting.pop()
            if type(part) is str:
                found.add(part)
            elif type(part) is tuple:
                waiting += part
    return found


def orders(context: Context) -> list[Theorem]:
    """Return theorems on the order of variables that stand in tails or in functions without a form.

    That they lie above the support's lower end is one of them.

    Examples
    --------
    >>> orders(Context())
    []
    """
    equations = [p for p in context.hypotheses.values() if p.op is Op.EQUAL]
    hidden = [y for y in sorted(context.endogenous, key=repr) if any(is_hidden(p.gap, y) for p in equations)]
    found: list[Theorem] = []
    branch = Branch(context, Work(PAIRS_WORK), search)
    if len(hidden) < 2 or branch.economies is None:
        return []
    pairs = [(x, y) for index, x in enumerate(hidden) for y in hidden[index + 1 :]]
    for x, y in pairs[:MAX_ORDERS]:
        for goal in (lt(x, y), lt(y, x)):
            if branch.plausible(goal):
                theorem = _order(context, goal, found)
                found += [theorem] if theorem is not None else []
                break
    for y in hidden if any(SUPPORT in p.leaves for p in context.hypotheses.values()) else ():
        if branch.plausible(lt(SUPPORT, y)) and lt(SUPPORT, y) not in context.hypotheses.values():
            theorem = _order(context, lt(SUPPORT, y), found)
            found += [theorem] if theorem is not None else []
    return found


def _order(context: Context, goal: Statement, known: list[Theorem]) -> Theorem | None:
    branch = Branch(context, Work(ORDER), search, DEPTH)
    put_in(branch, known, goal)
    try:
        return slimmed(context, goal, branch.close(opened(branch.fork(branch.context), goal)))
    except (Stuck, OutOfWork, Refusal, RecursionError):
        return None


__all__ = ["helpful", "orders", "put_in", "slimmed", "solves"]
