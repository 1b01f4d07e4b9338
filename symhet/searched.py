"""The tactic of a step that names none: the search in the language; what it found before is tried first."""

from __future__ import annotations

from symhet.certificate import Certificate
from symhet.core import kernel, records
from symhet.language.refusals import Refusal
from symhet.language.statements import Statement
from symhet.propositions import Prop
from symhet.provers.carried_analysis import carrier_for
from symhet.provers.tactics import give_up
from symhet.rules.base import Context
from symhet.theorems import Theorem

_FOUND: dict[Statement, list[records.Proof]] = {}
STEPS = 4000
"""Steps of work for a statement."""
MOST = 3
"""Certificates of one statement that are tried again elsewhere."""


def remembered(theorem: Theorem) -> dict[str, Certificate]:
    """Return the certificates of a theorem's steps by their names, to be tried first for the same statements."""
    whole = theorem.core.certificate
    steps = whole.steps if isinstance(whole, records.Cut) else ()
    for _, statement, proof, _ in steps:
        _remember(statement, proof)
    return {name: Certificate("record", {"record": proof}) for name, _, proof, _ in steps}


def _remember(statement: Statement, proof: records.Proof) -> None:
    known = _FOUND.setdefault(statement, [])
    if len(known) < MOST and all(proof is not other for other in known):
        known.append(proof)


def searched(context: Context, goal: Prop, work: int = STEPS) -> Certificate:
    """Search for a certificate of a goal.

    Raises
    ------
    GaveUp
        When none is found within the work that a search may take.

    Examples
    --------
    >>> import sympy as sp
    >>> from symhet.propositions import gt
    >>> sigma = sp.Symbol("sigma", positive=True)
    >>> searched(Context({"bound": gt(sigma, 1)}), gt(sigma / (sigma - 1), 1)).rule
    'record'
    """
    carrier = carrier_for(context)
    inner, statement = carrier.context(context), carrier.statement(goal)
    for proof in _FOUND.get(statement, ()):
        try:
            kernel.check(inner, statement, proof)
        except Refusal:
            continue
        return Certificate("record", {"record": proof})
    from symhet.search.api import prove

    found = prove(inner, statement, work=work)
    if found is None:
        raise give_up("the search found no certificate", goal)
    _remember(statement, found.theorem.certificate)
    return Certificate("record", {"record": found.theorem.certificate})
