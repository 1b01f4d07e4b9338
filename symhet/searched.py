"""The tactic of a step that names none: the search in the language; what it found before is tried first."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from symhet.core import records
from symhet.keeping import KEEPER
from symhet.language.spelling import text
from symhet.language.statements import Statement
from symhet.provers.base import Place, give_up
from symhet.theorems import Theorem

_LOG = logging.getLogger(__name__)
_FOUND: dict[Statement, list[records.Proof]] = {}
STEPS = 4000
"""Steps of work for a statement."""
MOST = 3
"""Certificates of one statement that are tried again elsewhere."""


def remembered(theorem: Theorem) -> dict[str, records.Proof]:
    """Return the certificates of a theorem's steps by their names, to be tried first for the same statements."""
    whole = theorem.core.certificate
    steps = whole.steps if isinstance(whole, records.Cut) else ()
    for _, statement, proof, _ in steps:
        _remember(statement, proof)
    return {name: proof for name, _, proof, _ in steps}


def _remember(statement: Statement, proof: records.Proof) -> None:
    known = _FOUND.setdefault(statement, [])
    if len(known) < MOST and all(proof is not other for other in known):
        known.append(proof)


def searched(place: Place, goal: Statement) -> records.Proof:
    """Search for a certificate by STEPS of work; where none is found, one that is kept does, if it holds here.

    Raises
    ------
    GaveUp
        When none is found within the work that a search may take.

    Examples
    --------
    >>> import sympy as sp
    >>> from symhet.context import Context
    >>> from symhet.propositions import gt
    >>> from symhet.theorems import proof_by
    >>> sigma = sp.Symbol("sigma", positive=True)
    >>> isinstance(proof_by(Context({"bound": gt(sigma, 1)}), gt(sigma / (sigma - 1), 1), searched), records.Record)
    True
    """
    proof = _first_that_holds(place, goal, _FOUND.get(goal, ()))
    if proof is None:
        from symhet.search.api import prove

        found = prove(place.context, goal, work=STEPS)
        proof = found.theorem.certificate if found else _first_that_holds(place, goal, KEEPER.steps(goal))
        if proof is None:
            raise give_up("the search found no certificate", goal)
        if found is None:
            _LOG.warning("the search found no certificate of %s; the one that is kept holds", text(goal))
        _remember(goal, proof)
    return proof


def _first_that_holds(place: Place, goal: Statement, proofs: Iterable[records.Proof]) -> records.Proof | None:
    return next((proof for proof in proofs if place.accepts(goal, proof)), None)
