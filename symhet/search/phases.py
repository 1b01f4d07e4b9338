"""Known disjunctions: the phases of a model, or what holds beside a corner and at it.

Economies drawn tell which cases occur. One that occurs in none is excluded by a contradiction with what is known; what
is known in the others is put to use. Where one case alone is left, it holds.
"""

from __future__ import annotations

from contextlib import suppress

from symhet.core import derived, records
from symhet.core.records import Proof
from symhet.language.statements import FALSE, Op, Statement
from symhet.search.branch import Branch
from symhet.search.contradiction import from_hypothesis
from symhet.search.drawn import Drawn
from symhet.search.plan import relations
from symhet.search.preparing import unfold
from symhet.search.work import Stuck

MAX_CASES = 4
SHARE = 3
"""Of four parts of the work left, those that the likeliest contradiction may take."""
EXCLUDING = 300
"""Steps for excluding all cases of a disjunction but one."""


def settle(branch: Branch) -> None:
    """Add the one case of each known disjunction that any economy meets, where the others are soon excluded."""
    for name, known in _disjunctions(branch):
        possible = _possible(branch, known)
        if len(possible) == 1:
            with suppress(Stuck):
                unfold(branch, _only(branch, name, known, possible[0]), possible[0])


def by_own_case(branch: Branch, goal: Statement) -> Proof:
    """What one case of a disjunction says, since no economy meets another: beside a corner, what holds beside it."""
    for name, known in _disjunctions(branch):
        saying = [case for case in known.args if goal in relations((case,))]
        if saying and all(case in saying for case in _possible(branch, known)):
            return _by_cases(branch, goal, name, known)
    raise Stuck("no case says it alone")


def by_known_cases(branch: Branch, goal: Statement) -> Proof:
    """The goal in each case of a known disjunction that an economy meets, the others being excluded."""
    for name, known in _disjunctions(branch):
        return _by_cases(branch, goal, name, known)
    raise Stuck("no disjunction")


def _disjunctions(branch: Branch) -> list[tuple[str, Statement]]:
    """Return the disjunctions of few cases of which none is known to hold."""
    hypotheses = branch.context.hypotheses
    return [
        (name, known)
        for name, known in hypotheses.items()
        if known.op is Op.OR
        and len(known.args) <= MAX_CASES
        and not any(case in hypotheses.values() for case in known.args)
    ]


def _possible(branch: Branch, known: Statement) -> list[Statement]:
    """Return the cases that some economy meets, all where none was drawn."""
    economies = branch.economies
    return [case for case in known.args if economies is None or economies.holds(case).any()]


def _by_cases(branch: Branch, goal: Statement, name: str, known: Statement, soon: bool = False) -> Proof:
    label = branch.fresh("case")
    possible = _possible(branch, known)
    proofs = []
    for case in known.args:
        if case in possible:
            inner = branch.supposing(label, case)
            unfold(inner, label, case)
            proofs.append(inner.close(inner.prover(inner.fork(inner.context), goal)))
        else:
            proofs.append(derived.absurd(_excluded(branch, name, label, case, soon)))
    return branch.checked(goal, records.Cases(name, label, tuple(proofs)))


def _excluded(branch: Branch, name: str, label: str, case: Statement, soon: bool) -> Proof:
    """Prove 0 < 0 where a case holds."""
    without = derived.lacking(branch.context, name)
    inner = branch.fork(without.having(label, case))
    inner.dropped += 1
    if soon or case.op is not Op.AND:
        return inner.close(from_hypothesis(inner, label))
    # The disjunction, and what was drawn with it, would hide which part of the case the others exclude.
    inner.drawn = Drawn(without) if not inner.drawn or not inner.drawn.coordinates else inner.drawn
    parts = [inner.have(part, derived.use(label, index), "part") for index, part in enumerate(case.args)]
    places = [(part, _beside(inner, part, parts)) for part in parts]
    last = Stuck("no part is excluded")
    for part, here in sorted(places, key=lambda place: _is_hard(*place)):
        try:
            share = SHARE * branch.work.left // 4
            return inner.close(here.within(share, lambda at, _, p=part: from_hypothesis(at, p), FALSE))  # type: ignore[misc]
        except Stuck as stuck:
            last = stuck
    raise last


def _beside(branch: Branch, part: str, parts: list[str]) -> Branch:
    """Return a branch whose economies meet the other parts of a case."""
    here = branch.fork()
    for other in parts:
        if other != part and here.drawn is not None:
            here.drawn = here.drawn.supposing(other, branch.context.hypotheses[other])
    return here


def _is_hard(name: str, branch: Branch) -> tuple[bool, bool]:
    """Tell whether a part of a case is not seen to fail where the others hold; of an equation that says little."""
    part = branch.context.hypotheses[name]
    economies = branch.seen(part)
    return economies is None or bool(economies.holds(part).any()), part.op is Op.EQUAL


def _only(branch: Branch, name: str, known: Statement, possible: Statement) -> str:
    proof = branch.within(EXCLUDING, lambda inner, goal: _by_cases(inner, goal, name, known, True), possible)
    return branch.have(possible, proof, "case")
