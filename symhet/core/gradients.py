"""Right inverses of the slopes of a system at a point: what a witness says so that the core need not solve for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from symhet.core.calculus import derivative
from symhet.core.context import Context
from symhet.core.records import Enclosed, Proof, Witness
from symhet.core.witness import Point, sign_of, tidied
from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.statements import Statement
from symhet.language.terms import ONE, ZERO, Term

Matrix = list[list[Term]]


def with_inverse(context: Context, witness: Witness) -> Witness:
    """Return a witness with the inverse that the core asks for; as it is where there is no system, or no inverse.

    Examples
    --------
    >>> from symhet.language.statements import eq
    >>> x, y = t.symbol("x"), t.symbol("y")
    >>> system = Context({"y": eq(y, t.add(x, x))}, frozenset({"y"}), frozenset({y}))
    >>> [[str(term) for term in row] for row in with_inverse(system, Witness(((x, ONE), (y, t.number(2))))).inverse]
    [['number(-1, 1)']]
    """
    gaps = [context.hypotheses[name].gap for name in sorted(context.system)]
    unknowns = sorted(context.endogenous, key=lambda symbol: str(symbol.args[0]))
    if not gaps or isinstance(witness, Enclosed):
        return witness
    try:
        point = Point(witness, _nothing)
        matrix = [
            [tidied(point.concrete(derivative(gap, y))) for y in unknowns]
            + [ONE if other is gap else ZERO for other in gaps]
            for gap in gaps
        ]
        pivots = _eliminated(matrix, len(unknowns))
    except Refusal:
        return witness
    rows = [matrix[pivots[i]][len(unknowns) :] if i in pivots else [ZERO] * len(gaps) for i in range(len(unknowns))]
    return replace(witness, inverse=tuple(map(tuple, rows)))


def _nothing(statement: Statement, proof: Proof) -> None:
    raise Refusal("witness", "nothing is proved here")


def _eliminated(matrix: Matrix, width: int) -> Mapping[int, int]:
    """Bring a matrix to reduced rows in place; return the row of each pivot among the first ``width`` columns."""
    pivots: dict[int, int] = {}
    for row in range(len(matrix)):
        pivot = next((column for column in range(width) if sign_of(matrix[row][column])), None)
        if pivot is None:
            raise Refusal("witness", "the equations of the system are not independent at the point")
        pivots[pivot] = row
        head = matrix[row][pivot]
        matrix[row] = [entry if entry is ZERO else tidied(t.quotient(entry, head)) for entry in matrix[row]]
        for other in range(len(matrix)):
            factor = matrix[other][pivot]
            if other != row and sign_of(factor):
                pairs = zip(matrix[other], matrix[row], strict=True)
                matrix[other] = [a if b is ZERO else tidied(t.difference(a, t.multiply(factor, b))) for a, b in pairs]
    return pivots
