"""Conjunctions, part by part: what one part needs, another may have proved."""

from __future__ import annotations

from symhet.core import records
from symhet.core.records import Proof
from symhet.language.statements import Op, Statement
from symhet.search.branch import Branch
from symhet.search.preparing import unfold
from symhet.search.work import Stuck


def by_parts(branch: Branch, goal: Statement) -> Proof:
    """Every part, equations first; what is not proved at first is tried again with the parts that are."""
    proofs: dict[Statement, Proof] = {}
    last = Stuck("a part fails in an economy drawn")
    for part in sorted(goal.args, key=_may_wait):
        try:
            # What follows from the other parts is not looked for in vain with all the work.
            few = _may_wait(part) and not all(map(_may_wait, goal.args))
            proofs[part] = (
                branch.within(branch.work.left // 4, branch.prover, part) if few else branch.prover(branch.fork(), part)
            )
        except Stuck as stuck:
            last = stuck
            if not branch.plausible(part):
                raise
    late = [part for part in goal.args if part not in proofs]
    if not proofs:
        raise last
    here = branch.fork()
    for part in proofs if late else ():
        _have_part(here, part, proofs[part])
    while late:
        still: list[Statement] = []
        for part in late:
            try:
                proofs[part] = branch.prover(here.fork(here.context), part)
                _have_part(here, part, proofs[part])
            except Stuck as stuck:
                still, last = [*still, part], stuck
        if len(still) == len(late):
            raise last
        late = still
    return here.close(records.Split(tuple(proofs[part] for part in goal.args)))


def _may_wait(part: Statement) -> bool:
    """Tell whether a part is an inequality, for which equations may be needed."""
    return part.is_relation and part.op is not Op.EQUAL


def _have_part(branch: Branch, part: Statement, proof: Proof) -> None:
    name = branch.have(part, proof, "part")
    if part.op is Op.AND:
        unfold(branch, name, part)
