"""How endogenous symbols move with a parameter at a point, exactly: what a witness says so that the core checks it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from symhet.core.calculus import derivative
from symhet.core.context import Context
from symhet.core.distribution import number
from symhet.core.normal.conversion import constant
from symhet.core.records import Proof, Witness
from symhet.core.witness import Point, sign_of
from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.statements import Statement
from symhet.language.terms import ZERO, Head, Term

Matrix = list[list[Term]]


def with_totals(context: Context, goal: Statement, witness: Witness) -> Witness:
    """Return a witness with the totals by the parameters that are asked about; as it is where they are not unique.

    Examples
    --------
    >>> from symhet.language.statements import eq
    >>> x, y = t.symbol("x"), t.symbol("y")
    >>> system = Context({"y": eq(y, t.add(x, x))}, frozenset({"y"}), frozenset({y}))
    >>> at = Witness(((x, t.ONE), (y, t.number(2))))
    >>> with_totals(system, eq(t.total(y, x), t.ONE), at).totals[0][1]
    number(2, 1)
    """
    gaps = [context.hypotheses[name].gap for name in sorted(context.system)]
    unknowns = sorted(context.endogenous, key=lambda symbol: str(symbol.args[0]))
    asked = {leaf.args[1] for leaf in context.leaves | goal.leaves if leaf.head is Head.TOTAL}
    parameters = sorted(asked, key=lambda symbol: str(symbol.args[0]))
    if not gaps or not parameters or witness.box:
        return witness
    try:
        point = Point(witness, _nothing)
        matrix = [
            [tidied(point.concrete(derivative(gap, symbol))) for symbol in (*unknowns, *parameters)] for gap in gaps
        ]
        pivots = _eliminated(matrix, len(unknowns))
    except Refusal:
        return witness
    rates = [
        (t.total(y, p), tidied(t.negative(matrix[pivots[i]][len(unknowns) + j])) if i in pivots else ZERO)
        for j, p in enumerate(parameters)
        for i, y in enumerate(unknowns)
    ]
    return replace(witness, totals=tuple(rates))


def tidied(term: Term) -> Term:
    """Return a term without symbols as a number where it is one."""
    found = constant(term)
    return term if found is None else number(found)


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
