"""The tactic of a step that names none: the search in the language; what it found before is tried first."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from contextlib import suppress

from symhet.certificate import Certificate
from symhet.core import kernel, records
from symhet.core.context import Context as CoreContext
from symhet.keeping import KEEPER
from symhet.language.refusals import Refusal
from symhet.language.statements import Statement
from symhet.propositions import Prop
from symhet.provers.carried_analysis import carrier_for
from symhet.provers.tactics import give_up
from symhet.rules.base import Context
from symhet.theorems import Theorem

_LOG = logging.getLogger(__name__)
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


def searched(context: Context, goal: Prop) -> Certificate:
    """Search for a certificate by STEPS of work; where none is found, one that is kept does, if it holds here.

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
    proof = _first_that_holds(inner, statement, _FOUND.get(statement, ()))
    if proof is None:
        from symhet.search.api import prove

        found = prove(inner, statement, work=STEPS)
        proof = found.theorem.certificate if found else _first_that_holds(inner, statement, KEEPER.steps(statement))
        if proof is None:
            raise give_up("the search found no certificate", goal)
        if found is None:
            _LOG.warning("the search found no certificate of %s; the one that is kept holds", goal)
        _remember(statement, proof)
    return Certificate("record", {"record": proof})


def _first_that_holds(
    context: CoreContext, statement: Statement, proofs: Iterable[records.Proof]
) -> records.Proof | None:
    for proof in proofs:
        with suppress(Refusal):
            kernel.check(context, statement, proof)
            return proof
    return None
