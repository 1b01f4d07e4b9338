"""Plans for systems of polynomial equations: what enters one linearly is solved for and put into the others.

The method
    Of all ways to solve an equation for a symbol without roots the one that adds least to the others is taken, with
    roots in the equation first; it is put into them, and factors that are evident are dropped. Of what is left a factor
    is taken. An equation of second degree in two symbols, which another pair of symbols meets, is a conic with a known
    point: a line through it meets it once more, where its slope decides.

Limits
    Equations that are linear in nothing, and conics without a known point, make the plan fail.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from symhet.core.context import Context
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.definedness import evident
from symhet.language.refusals import Refusal
from symhet.language.statements import Op, Statement
from symhet.language.terms import ZERO, Head, Term
from symhet.search.algebra import Algebra, NoTermError
from symhet.search.branch import size
from symhet.search.building import over, plus, subterms, times
from symhet.search.fingerprints import vanishes
from symhet.search.forms import tidy
from symhet.search.isolate import isolate
from symhet.search.plan import Plan, cutoffs, relations

MAX_SIZE = 160
MAX_PLANS = 4
"""Choices of factors that are followed."""
KEPT = 20.0
"""How much dearer it is to solve for what stands in a tail or is raised to a power."""
ROOTS = 1000.0
"""How much sooner equations with roots are solved."""


@dataclass
class _State:
    """Equations that are not used yet, and what others were solved for, the last first."""

    equations: list[Statement]
    solved: list[tuple[Term, Term]] = field(default_factory=list)
    further: list[Term] = field(default_factory=list)


def triangular(context: Context, kept: Iterable[Term] = ()) -> Iterator[Plan]:
    """Yield plans that leave no equation of a context; symbols in ``kept`` are solved for only where nothing else does.

    Examples
    --------
    >>> x, y = t.symbol("x"), t.symbol("y")
    >>> [plan] = triangular(Context({"e": s.eq(t.multiply(x, y), t.whole_power(y, 2))}))
    >>> [x for x, _ in plan.solved] == [x], plan.drawn == (y,)
    (True, True)
    """
    statements = relations(context.hypotheses.values())
    binding = [p for p in statements if _is_equation(p)]
    checks = tuple(p for p in statements if not _is_equation(p))
    symbols = {leaf for p in statements for leaf in p.leaves} | context.endogenous
    symbols |= {part for leaf in symbols if leaf.head is Head.TOTAL for part in leaf.args}
    dear = cutoffs(statements) | frozenset(kept)
    count = {x: sum(x in p.leaves for p in statements) for x in symbols}
    for state in itertools.islice(_eliminated(_State(binding), dear, count), MAX_PLANS):
        chosen = {x for x, _ in state.solved}
        drawn = {x for x in symbols | set(state.further) if x.head is Head.SYMBOL} - chosen
        yield Plan(tuple(sorted(drawn, key=repr)), tuple(reversed(state.solved)), (), checks)


def _is_equation(statement: Statement) -> bool:
    if statement.op is not Op.EQUAL or statement.mentions(Head.TOTAL):
        return False
    return statement.args[0] is not statement.args[1]


def _eliminated(state: _State, dear: frozenset[Term], count: Mapping[Term, int]) -> Iterator[_State]:
    """Yield what is found when the equations are solved one after another, a state for each choice of factors."""
    while state.equations:
        step = _cheapest(state.equations, dear, count)
        if step is None:
            yield from _in_parts(state, dear, count)
            return
        equation, x, value = step
        state = _put_in(state, equation, {x: value})
    yield state


def _in_parts(state: _State, dear: frozenset[Term], count: Mapping[Term, int]) -> Iterator[_State]:
    """Go on with a factor of an equation, or else with a line that meets a conic in a known point."""
    for equation in state.equations:
        rest = [e for e in state.equations if e is not equation]
        factors = _factors(equation.gap)
        if len(factors) > 1:
            for factor in factors:
                alone = _State([s.eq(factor, ZERO), *rest], state.solved, state.further)
                yield from _eliminated(alone, dear, count)
            return
    for equation in state.equations:
        found = _on_conic(equation, f"slope_{len(state.further)}")
        if found is not None:
            slope, values = found
            yield from _eliminated(_with_slope(_put_in(state, equation, values), slope), dear, count)
            return


def _with_slope(state: _State, slope: Term) -> _State:
    return _State(state.equations, state.solved, [*state.further, slope])


def _cheapest(
    equations: list[Statement], dear: frozenset[Term], count: Mapping[Term, int]
) -> tuple[Statement, Term, Term] | None:
    best: tuple[tuple[float, str], Statement, Term, Term] | None = None
    for equation in equations:
        for x in sorted(equation.leaves, key=repr):
            value = _value(equation, x) if x.head is Head.SYMBOL else None
            if value is None or size(value) > MAX_SIZE:
                continue
            others = sum(x in other.leaves for other in equations if other is not equation)
            cost = size(value) * others + KEPT * (x in dear) + count.get(x, 0) / 4
            cost -= ROOTS * _has_roots(equation.gap)
            if best is None or (cost, repr(x)) < best[0]:
                best = (cost, repr(x)), equation, x, value
    return None if best is None else best[1:]


def _value(equation: Statement, x: Term) -> Term | None:
    """Return what an equation gives for a symbol without roots of anything."""
    left, right = equation.args
    if left is x and x not in right.leaves:
        return None if _has_roots(right) else right
    try:
        steps = isolate(equation, x)
        value = tidy(steps[-1].states.args[1]) if steps else None
    except Refusal:
        return None
    return None if value is None or _has_roots(value) else value


def _has_roots(term: Term) -> bool:
    beyond = (Head.EXP, Head.LOG)
    return term.mentions(*beyond) or any(node.head is Head.POWER for node in subterms(term))


def _put_in(state: _State, used: Statement, values: Mapping[Term, Term]) -> _State:
    """Return the other equations with values put in, those that say nothing any more left out."""
    left = []
    for equation in state.equations:
        if equation is used:
            continue
        if equation.leaves & values.keys():
            gap = _numerator(t.replace(equation.gap, dict(values)))
            if gap is ZERO or vanishes(gap):
                continue
            equation = s.eq(gap, ZERO)
        left.append(equation)
    return _State(left, [*state.solved, *values.items()], state.further)


def _numerator(gap: Term) -> Term:
    return t.product_of(_factors(gap)) if _factors(gap) else ZERO


def _factors(gap: Term) -> list[Term]:
    """Return the factors of a gap that may be zero, each once."""
    try:
        whole = tidy(gap)
    except Refusal:
        return [gap]
    if whole is ZERO:
        return []
    parts = whole.args if whole.head is Head.PRODUCT else (whole,)
    found = []
    for part in parts:
        base = part.args[0] if part.head is Head.WHOLE_POWER else part
        downwards = part.head is Head.WHOLE_POWER and part.args[1] < 0
        if not downwards and not evident(base) and base.head is not Head.NUMBER:
            found += _irreducible(base)
    return found


def _irreducible(term: Term) -> list[Term]:
    """Return the irreducible factors of a sum that are not positive by their build."""
    try:
        algebra = Algebra((term,))
        _, factors = algebra.factors(algebra.splits[0].primitive)
        found = [algebra.of_value(value) for value, _ in factors if not algebra.sign(value)]
    except (Refusal, NoTermError):
        return [term]
    return found or [term]


def _on_conic(equation: Statement, name: str) -> tuple[Term, dict[Term, Term]] | None:
    """Return a slope, and two symbols on the line with it through a pair of symbols that meets the equation."""
    gap = equation.gap
    symbols = sorted((x for x in equation.leaves if x.head is Head.SYMBOL), key=repr)
    slope, step = t.symbol(name), t.symbol("step_on_a_line")
    for u, v in itertools.combinations(symbols, 2):
        others = [x for x in symbols if x not in (u, v)]
        for known in itertools.permutations(others, 2):
            if not vanishes(t.replace(gap, dict(zip((u, v), known, strict=True)))):
                continue
            moved = {u: plus(known[0], step), v: plus(known[1], times(slope, step))}
            value = _value(s.eq(tidy(over(t.replace(gap, moved), step)), ZERO), step)
            if value is not None:
                return slope, {x: tidy(t.replace(term, {step: value})) for x, term in moved.items()}
    return None


__all__ = ["triangular"]
