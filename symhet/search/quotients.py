"""What follows from one equation by division: a factor of it that is not zero is left out.

The method
    The gap of a goal that is an equation may be the gap of a known one times a term that has a value. Where the goal
    compares a symbol x with a term c, and a known equation is a polynomial P in x, then P(x) = P(c) + (x - c) Q(x), so
    that x = c - P(c)/Q(x): the sign of Q tells which root of the polynomial x is, and on which side of c it lies.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from symhet.core import derived, records
from symhet.core.records import Proof
from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.statements import Op, Statement, eq, positive
from symhet.language.terms import ONE, ZERO, Head, Term, node
from symhet.search.algebra import NoTermError
from symhet.search.branch import Branch
from symhet.search.building import minus, over, plus, raised, rational, summands, times
from symhet.search.charts import charted_beyond
from symhet.search.equations import multiplied_out, put_in
from symhet.search.isolate import power_in
from symhet.search.work import Stuck

MAX_EQUATIONS = 8
MAX_DEGREE = 6
MOSTLY = 0.9
"""In which part of the economies a quotient has a value: where equations are met by steps, a few are far off."""


def by_quotient(branch: Branch, goal: Statement) -> Proof:
    """An equation whose gap is that of a known one times a term that has a value, as it stands or in coordinates."""
    try:
        return _by_quotient(branch, goal)
    except Stuck:
        roots = [known for _, known in _equations(branch, goal) if known.mentions(Head.POWER)]
        beyond = frozenset(leaf for known in roots for leaf in known.leaves if leaf.head is Head.SYMBOL) - goal.leaves
        if not beyond:
            raise
    return charted_beyond(branch, goal, beyond, _by_quotient)


def _by_quotient(branch: Branch, goal: Statement) -> Proof:
    for name, known in _equations(branch, goal):
        try:
            algebra = branch.algebra(goal.gap, branch.tidy(known.gap))
            if not all(split.number for split in algebra.splits):
                continue
            factor = algebra.quotient(*algebra.splits)
            if not _has_values(branch, factor):
                continue
            return branch.sided(goal, lambda side, n=name, c=factor: derived.linear(((n, c),), side))  # type: ignore[misc]
        except (Stuck, NoTermError, Refusal):
            continue
    raise Stuck("no equation of which this is a factor")


def _equations(branch: Branch, goal: Statement) -> Iterator[tuple[str, Statement]]:
    """Yield known equations about symbols of a goal, those first that mention least beyond."""
    found = [
        (len(known.leaves - goal.leaves), index, name, known)
        for index, (name, known) in enumerate(branch.context.hypotheses.items())
        if known.op is Op.EQUAL and known.args[0] is not known.args[1] and known.leaves & goal.leaves
    ]
    for _, _, name, known in sorted(found, key=lambda item: item[:2])[:MAX_EQUATIONS]:
        yield name, known


def _has_values(branch: Branch, term: Term) -> bool:
    economies = branch.seen(positive(term))
    if economies is None:
        return False
    values = economies.value(term)
    size = np.abs(values)
    if np.isnan(size).all():
        return False
    return bool((size < 1e6 * (1 + np.nanmedian(size))).mean() > MOSTLY)


def by_root(branch: Branch, goal: Statement) -> Proof:
    """A symbol compared with a term, from a polynomial equation for it."""
    if branch.bare:
        raise Stuck("equations are left alone here")
    x, other = _compared(goal)
    last = Stuck("no polynomial equation")
    for name, known in list(_equations(branch, goal)):
        if x in known.leaves:
            try:
                return _from_polynomial(branch, goal, x, other, name)
            except Stuck as stuck:
                last = stuck
    raise last


def _compared(goal: Statement) -> tuple[Term, Term]:
    for x, other in (goal.args, goal.args[::-1]):
        if x.head is Head.SYMBOL and x not in other.leaves:
            return x, other
    raise Stuck("no symbol stands alone")


def _from_polynomial(branch: Branch, goal: Statement, x: Term, other: Term, name: str) -> Proof:
    here = branch.fork()
    name, equation = _with_numbers(here, name)
    coefficients = _coefficients(equation.gap, x)
    if coefficients is None:
        plain = multiplied_out(here, name, equation)
        if plain is None:
            raise Stuck("not a polynomial")
        name, equation = plain
        coefficients = _coefficients(equation.gap, x)
    if coefficients is None or len(coefficients) < 3:
        raise Stuck("not a polynomial of higher degree")
    quotient, rest = _divided(here, coefficients, x, other)
    value = minus(other, over(rest, quotient))
    solved = eq(x, value) if rest is not ZERO else eq(x, other)
    factor = over(t.MINUS_ONE, quotient)
    step = here.have(solved, here.sided(solved, lambda side: derived.linear(((name, factor),), side)))
    return branch.checked(goal, here.close(_concluded(here, goal, step)))


def _with_numbers(branch: Branch, name: str) -> tuple[str, Statement]:
    """Return an equation with the numbers put in that other equations give for symbols."""
    given = tuple(
        other
        for other, known in branch.context.hypotheses.items()
        if other != name and known.op is Op.EQUAL and known.args[0].head is Head.SYMBOL and not known.args[1].leaves
    )
    moved = put_in(branch, name, given)
    if moved is None:
        raise Stuck("the equation says nothing")
    return moved


def _coefficients(gap: Term, x: Term) -> list[Term] | None:
    """Return the coefficients of a polynomial in a symbol, the constant first; None for other terms."""
    found: dict[int, list[Term]] = {}
    for part in summands(gap):
        exponent = power_in(part, x)
        degree = None if exponent is None else rational(exponent)
        if degree is None or degree.denominator != 1 or not 0 <= degree <= MAX_DEGREE:
            return None
        found.setdefault(int(degree), []).append(t.replace(part, {x: ONE}))
    return [plus(*found.get(n, [ZERO])) for n in range(max(found, default=0) + 1)]


def _divided(branch: Branch, coefficients: list[Term], x: Term, at: Term) -> tuple[Term, Term]:
    """Return quotient and rest of a polynomial in x divided by x less a term, by Horner's scheme."""
    *lower, last = coefficients
    steps = [last]
    for coefficient in reversed(lower):
        steps.append(branch.tidy(plus(coefficient, times(at, steps[-1]))))
    *above, rest = steps
    powers = (raised(x, t.number(n)) for n in range(len(above)))
    return plus(*(times(c, power) for c, power in zip(reversed(above), powers, strict=True))), rest


def _concluded(branch: Branch, goal: Statement, step: str) -> Proof:
    """Conclude a comparison of a symbol from what the symbol is."""
    if goal.op is Op.EQUAL:
        return branch.checked(goal, derived.hypothesis(step))
    moved = node(goal.op, *(t.replace(term, dict([branch.context.hypotheses[step].args])) for term in goal.args))
    inner = branch.prover(branch.fork(branch.context, deeper=1, plain=True), moved)
    return branch.checked(goal, records.Rewrite((step,), inner))
