"""Why a statement is not proved: it is false, it does not follow from what is given, or nothing was found."""

from __future__ import annotations

from dataclasses import dataclass

from symhet.context import Context
from symhet.core.kernel import Theorem
from symhet.core.records import Witness
from symhet.errors import SymhetError
from symhet.language import statements as s
from symhet.language.refusals import Refusal
from symhet.language.spelling import text
from symhet.propositions import Prop
from symhet.provers.carrier import carrier_for

TRIES, WORK = 400, 800
"""How far a counterexample and a proof of the contrary are looked for."""
FALSE = "is false"
NOT_IMPLIED = "does not follow"
UNDECIDED = "is not settled: neither a proof nor a counterexample was found"


@dataclass(frozen=True)
class Failure:
    """What is known of a statement that was not proved.

    Parameters
    ----------
    verdict : str
        `FALSE`, `NOT_IMPLIED` or `UNDECIDED`.
    point : str
        Exact numbers at which all that is given holds and the statement fails; empty where none were found.
    """

    verdict: str
    point: str = ""


def failure_of(context: Context, goal: Prop) -> Failure:
    """Find out what can be said of a statement that was not proved.

    Examples
    --------
    >>> import sympy as sp
    >>> from symhet.propositions import gt, lt
    >>> x, y = sp.symbols("x y", positive=True)
    >>> failure_of(Context(), gt(x, y)).verdict, failure_of(Context(), lt(x, 0)).verdict
    ('does not follow', 'is false')
    """
    # Only a derivation that fails needs the search, and it is large.
    from symhet.search import api

    try:
        carrier = carrier_for(context)
        given, statement = carrier.context(context), carrier.statement(goal)
        against = api.refute(given, statement, TRIES)
        if against is None:
            return Failure(UNDECIDED)
        contrary = api.prove(given, s.implies(statement, s.FALSE), work=WORK)
    except (SymhetError, Refusal):
        return Failure(UNDECIDED)
    return Failure(NOT_IMPLIED if contrary is None else FALSE, _told(against.theorem))


def _told(theorem: Theorem) -> str:
    """Return the point of a refutation in words."""
    witness = theorem.certificate
    if not isinstance(witness, Witness):
        return "some point"
    parts = [f"{symbol.args[0]} = {text(value)}" for symbol, value in witness.point]
    parts += [f"{name}: {text(body)}" for name, body in witness.functions]
    for breaks, heights, shape in witness.law:
        levels, ends = (", ".join(map(text, values)) for values in (heights, breaks))
        parts.append(f"G with density {levels} between {ends} and a Pareto tail of shape {text(shape)}")
    if witness.bound:
        parts.append(f"the bound variable {', '.join(map(text, witness.bound))}")
    return ", ".join(parts) or "every point"
