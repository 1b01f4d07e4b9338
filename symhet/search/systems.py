"""Linear systems over the field of fractions: comparative statics by Gauss."""

from __future__ import annotations

from collections.abc import Sequence

from symhet.language.refusals import Refusal
from symhet.language.terms import Term
from symhet.search.forms import Forms


def solved(rows: Sequence[Sequence[Term]]) -> tuple[Term, ...]:
    """Solve a linear system over the field of fractions: comparative statics by Gauss.

    Parameters
    ----------
    rows : sequence of sequence of Term
        The augmented matrix: of each equation the coefficients of the unknowns, then the right side.

    Returns
    -------
    tuple of Term
        The unknowns, tidy; valid wherever the determinant is not zero.

    Raises
    ------
    Refusal
        When the determinant is zero everywhere, or the entries are outside the class decided.

    Examples
    --------
    >>> from symhet.language import terms as t
    >>> a, b = t.symbol("a"), t.symbol("b")
    >>> solved([[a, t.ONE, b], [t.ZERO, b, t.ONE]])
    ... # doctest: +ELLIPSIS
    (product(...), whole_power(symbol('b', True), -1))
    """
    forms = Forms(entry for row in rows for entry in row)
    matrix = [[forms.fraction(entry) for entry in row] for row in rows]
    size = len(matrix)
    if any(len(row) != size + 1 for row in matrix):
        raise Refusal("solved", "as many equations as unknowns are needed")
    for column in range(size):
        pivot = next((r for r in range(column, size) if not matrix[r][column].is_zero), None)
        if pivot is None:
            raise Refusal("solved", "the equations do not determine the unknowns: the determinant is zero")
        matrix[column], matrix[pivot] = matrix[pivot], matrix[column]
        head = matrix[column][column]
        matrix[column] = [entry / head for entry in matrix[column]]
        for r in range(size):
            factor = matrix[r][column]
            if r != column and not factor.is_zero:
                matrix[r] = [a - factor * b for a, b in zip(matrix[r], matrix[column], strict=True)]
    return tuple(row[-1].to_term() for row in matrix)
