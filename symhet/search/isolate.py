"""Equations solved for a symbol, step by step: each step is a multiple or a power of the one before.

A step says what it states and how it follows, so that a proof can repeat it: the gap times a factor (`Linear`), or
both sides to an exponent (`Powers`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from symhet.language import terms as t
from symhet.language.statements import Op, Statement, eq, substitute
from symhet.language.terms import ONE, ZERO, Head, Term
from symhet.search.building import minus, over, plus, raised, subterms, summands, times
from symhet.search.fingerprints import same

MAX_STEPS = 8


@dataclass(frozen=True)
class Step:
    """An equation that follows from the one before.

    Parameters
    ----------
    states : Statement
        The equation.
    factor : Term
        What the gap of the equation before is multiplied by, or the exponent.
    powers : bool
        Whether the factor is an exponent.
    """

    states: Statement
    factor: Term
    powers: bool


def isolate(equation: Statement, x: Term) -> list[Step] | None:
    """Return steps from an equation to ``x = a term without x``, or None.

    Examples
    --------
    >>> a, x = t.symbol("a"), t.symbol("x")
    >>> isolate(eq(t.multiply(a, x), t.number(3)), x)[-1].states.args[1]
    product(number(3, 1), whole_power(symbol('a', True), -1))
    """
    if equation.op is not Op.EQUAL or x not in equation.leaves or _hidden(equation, x):
        return None
    left, right = equation.args
    steps: list[Step] = []
    for _ in range(MAX_STEPS):
        if left is x and x not in right.leaves:
            return steps
        moved = _affine(left, right, x) or _single(left, right, x) or _power_of_sum(left, right, x)
        if moved is None:
            found = _for_sum(left, right, x)
            if not found:
                return None
            steps += found
            left, right = found[-1].states.args
            continue
        left, right, factor, powers = moved
        steps.append(Step(eq(left, right), factor, powers))
    return None


_SUM = t.symbol("sum_to_solve_for")


def _for_sum(left: Term, right: Term, x: Term) -> list[Step] | None:
    """Return steps that solve for a sum outside of which x does not occur."""
    nodes = dict.fromkeys(node for term in (left, right) for node in subterms(term))
    for whole in nodes:
        if whole.head is not Head.SUM or x not in whole.leaves or whole in (left, right):
            continue
        moved = eq(*(t.replace(term, {whole: _SUM}) for term in (left, right)))
        steps = None if x in moved.leaves else isolate(moved, _SUM)
        if steps:
            return [
                Step(substitute(step.states, {_SUM: whole}), t.replace(step.factor, {_SUM: whole}), step.powers)
                for step in steps
            ]
    return None


Moved = tuple[Term, Term, Term, bool]


def _hidden(equation: Statement, x: Term) -> bool:
    return any(_under(term, x) for term in equation.args)


@lru_cache(maxsize=65536)
def _under(term: Term, x: Term) -> bool:
    if x not in term.leaves:
        return False
    if term.head in (Head.SURVIVAL, Head.TAIL, Head.DENSITY, Head.UNSPECIFIED, Head.INTEGRAL, Head.INTEGRAL_FROM_ZERO):
        return True
    return any(_under(child, x) for child in term.children)


def _affine(left: Term, right: Term, x: Term) -> Moved | None:
    """x = -B/A from A x + B = 0."""
    slopes, rest = [], []
    for part in summands(minus(left, right)):
        if x not in part.leaves:
            rest.append(part)
            continue
        others = over(part, x)
        if x in others.leaves:
            return None
        slopes.append(others)
    slope = plus(*slopes)
    if slope is ZERO or not slopes:
        return None
    return x, over(times(t.MINUS_ONE, plus(*rest)), slope), over(ONE, slope), False


def _single(left: Term, right: Term, x: Term) -> Moved | None:
    """x^e = K, or h(x) = K, when what contains x is one product or a sum of products with the same power of x."""
    groups: list[tuple[Term, list[Term]]] = []
    for part in summands(minus(left, right)):
        exponent = ZERO if x not in part.leaves else power_in(part, x)
        if exponent is None:
            return _peeled(left, right, x)
        for known, members in groups:
            if same(known, exponent):
                members.append(part)
                break
        else:
            groups.append((exponent, [part]))
    if len(groups) != 2:
        return None
    (first, above), (second, below) = groups if groups[0][0] is not ZERO else groups[::-1]
    coefficients = [plus(*(t.replace(part, {x: ONE}) for part in group)) for group in (above, below)]
    if any(c is ZERO for c in coefficients):
        return None
    exponent = minus(first, second)
    pure = raised(x, exponent)
    if left is pure and x not in right.leaves:
        return x, raised(right, over(ONE, exponent)), over(ONE, exponent), True
    value = over(times(t.MINUS_ONE, coefficients[1]), coefficients[0])
    return pure, value, over(raised(x, times(t.MINUS_ONE, second)), coefficients[0]), False


def _peeled(left: Term, right: Term, x: Term) -> Moved | None:
    """h(x) = K from c h(x) + B = 0, and b = K^(1/e) from b^e = K."""
    if x not in right.leaves and left.head in (Head.POWER, Head.WHOLE_POWER):
        base, exponent = left.args if left.head is Head.POWER else (left.args[0], t.number(left.args[1]))
        if x not in exponent.leaves:
            inverse = over(ONE, exponent)
            return base, raised(right, inverse), inverse, True
    holding: list[Term] = []
    rest: list[Term] = []
    for part in summands(minus(left, right)):
        (holding if x in part.leaves else rest).append(part)
    if len(holding) != 1:
        return None
    factors = holding[0].args if holding[0].head is Head.PRODUCT else (holding[0],)
    inner = times(*(f for f in factors if x in f.leaves))
    outer = times(*(f for f in factors if x not in f.leaves))
    if inner is left:
        return None
    return inner, over(times(t.MINUS_ONE, plus(*rest)), outer), over(ONE, outer), False


def _power_of_sum(left: Term, right: Term, x: Term) -> Moved | None:
    """From c (sum)^e = d x^f take both sides to 1/e."""
    for one, other in ((left, right), (right, left)):
        factors = one.args if one.head is Head.PRODUCT else (one,)
        sums = [f for f in factors if f.head is Head.POWER and f.args[0].head is Head.SUM and x in f.args[0].leaves]
        if len(sums) != 1 or x in sums[0].args[1].leaves or power_in(other, x) is None:
            continue
        inverse = over(ONE, sums[0].args[1])
        rest = over(other, times(*(f for f in factors if f is not sums[0])))
        raised_rest = times(*(raised(f, inverse) for f in (rest.args if rest.head is Head.PRODUCT else (rest,))))
        return sums[0].args[0], raised_rest, inverse, True
    return None


@lru_cache(maxsize=65536)
def power_in(term: Term, x: Term) -> Term | None:
    """Return e such that a term is x^e times the same term at x = 1; None when there is none.

    Examples
    --------
    >>> x, k = t.symbol("x"), t.symbol("k")
    >>> power_in(t.multiply(x, t.power(x, k)), x)
    sum(symbol('k', True), number(1, 1))
    """
    if x not in term.leaves:
        return ZERO
    if term is x:
        return ONE
    head, args = term.head, term.args
    if head is Head.PRODUCT:
        found = [power_in(factor, x) for factor in args]
        return None if any(e is None for e in found) else plus(*(e for e in found if e is not None))
    if head in (Head.WHOLE_POWER, Head.POWER):
        exponent = t.number(args[1]) if head is Head.WHOLE_POWER else args[1]
        inner = power_in(args[0], x)
        return None if inner is None or x in exponent.leaves else times(exponent, inner)
    if head is Head.SUM:
        first, *others = [power_in(part, x) for part in args]
        if first is not None and all(e is not None and same(e, first) for e in others):
            return first
    return None
