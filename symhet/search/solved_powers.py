"""Inequalities about a power of a variable, after a condition is solved for that power, its other powers kept.

A wage that enters as w^sigma and as w^(1 - sigma) cannot be solved for. Solved for w^sigma the condition may show its
bounds all the same: from w^sigma - phi = L*w^(1-sigma)*(1 - phi*w^sigma) follows w^sigma < 1/phi.
"""

from __future__ import annotations

from contextlib import suppress

from symhet.core import derived, records
from symhet.core.records import Proof
from symhet.core.rules.base import rewritten
from symhet.language import terms as t
from symhet.language.statements import Statement, eq, substitute
from symhet.language.terms import Head, Term
from symhet.search.branch import Branch, Tactic
from symhet.search.building import subterms
from symhet.search.isolate import isolate
from symhet.search.work import Stuck

_POWER = t.symbol("power_to_solve_for")


def by_solved_power(branch: Branch, goal: Statement, then: Tactic) -> Proof:
    """Prove a goal by a tactic once a condition is solved for a power in both and put in."""
    if branch.plain or not goal.mentions(Head.POWER):
        raise Stuck("no powers, or equations are left alone here")
    powers = {node: None for term in goal.args for node in subterms(term) if node.head is Head.POWER}
    for name in sorted(branch.context.system):
        equation = branch.context.hypotheses[name]
        for power in powers:
            if power.leaves <= equation.leaves:
                with suppress(Stuck):
                    return _by(branch, goal, name, power, then)
    raise Stuck("no condition gives a power of the goal")


def _by(branch: Branch, goal: Statement, name: str, power: Term, then: Tactic) -> Proof:
    equation = branch.context.hypotheses[name]
    moved = eq(*(t.replace(term, {power: _POWER}) for term in equation.args))
    steps = isolate(moved, _POWER) if _POWER in moved.leaves else None
    if not steps or any(step.powers for step in steps):
        raise Stuck("the condition is not affine in the power")
    here = branch.fork()
    for step in steps:
        states, factor = substitute(step.states, {_POWER: power}), t.replace(step.factor, {_POWER: power})
        proof = here.sided(states, lambda side, n=name, f=factor: derived.linear(((n, f),), side))  # type: ignore[misc]
        name = here.have(states, proof, "solved for a power")
    inner = here.fork(here.context, deeper=1, plain=True)
    proof = then(inner, rewritten(goal, here.context, (name,)))
    return branch.checked(goal, here.close(records.Rewrite((name,), proof)))


__all__ = ["by_solved_power"]
