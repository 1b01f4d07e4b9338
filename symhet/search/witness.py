"""Exact models of a context: for counterexamples, examples, and the proof that a context is consistent.

The method
    Economies are drawn by floating point, exponents from a list that keeps powers rational. What was drawn is rounded
    to simple numbers, coarse ones first; the rest follows exactly by the plan; what still meets every hypothesis by
    floating point is given to the core, which decides.

Limits
    Equations that the plan leaves are met at numbers for the exponents only, where they are polynomials. Draws and
    rounded points are counted; the order is fixed.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction

import numpy as np

from symhet.core import kernel, records
from symhet.core.context import Context
from symhet.core.gradients import with_totals
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.statements import FALSE, Op, Statement
from symhet.language.terms import Head, Term
from symhet.search.at_exponents import choices, moved, raised_symbols, roots
from symhet.search.building import is_hidden, number
from symhet.search.contraries import failing, undefined
from symhet.search.drawing import Sampler, sampled
from symhet.search.enclosing import met_again, originals, rooted, unknowns
from symhet.search.evaluation import Economies, Laws
from symhet.search.exact import Law, NotRationalError, Point, near
from symhet.search.fingerprints import vanishes
from symhet.search.functions import Explicit, explicit_functions, made_explicit
from symhet.search.plan import Plan, by_cases, plans
from symhet.search.triangular import triangular
from symhet.search.work import OutOfWork, Work

TOLERANCES = (0.3, 0.1, 0.02, 0.002, 1e-5)
TRIES = 12
MAX_ALIKE = 7
MAX_NUMBERS = 4
MAX_PARTS = 6
ROUNDS = 20
ENCLOSING = 2
"""The part of the work that points may take which are no numbers."""
DRAWING, ROUNDING, CHECK, SOLVING = 10, 5, 5, 50
"""Steps of work that a drawing, a rounding, a check by the core, and a system of polynomials are worth, and more."""
Decide = Callable[[Statement], records.Proof | None]
Attempt = Callable[[Context, tuple[Statement, ...], int, Work], Iterator[Point]]


def refutation(
    context: Context, goal: Statement, decide: Decide, work: Work, tries: int = TRIES, quickly: bool = False
) -> kernel.Theorem | None:
    """Return the theorem that a goal fails at an exact model of the context, or None.

    Parameters
    ----------
    context : Context
        What the model must meet.
    goal : Statement
        What must fail.
    decide : callable
        Proves statements without hypotheses, which quantified hypotheses become at a point.
    work : Work
        Steps that drawing, rounding and checking may take.
    tries : int
        How many exact points are shown to the core for each way to fail.
    quickly : bool
        Whether only plans that leave no equation are followed.
    """
    enclosing = work.again(work.left // ENCLOSING)
    with suppress(OutOfWork):
        attempts: tuple[Attempt, ...] = (_points,) if quickly else (_points, _at_exponents, _at_coincidences)
        found = _refutation(context, goal, decide, work, tries, attempts)
        if found is not None:
            return found
    with suppress(OutOfWork):
        return None if quickly else _refutation(context, goal, decide, enclosing, tries, (_enclosed,))
    return None


def _refutation(
    context: Context, goal: Statement, decide: Decide, work: Work, tries: int, attempts: tuple[Attempt, ...]
) -> kernel.Theorem | None:
    fresh = _fresh(context, goal)
    ways = (*failing(goal, fresh), *undefined(goal))
    for attempt in attempts:
        for way in ways if attempt is not _at_exponents else failing(goal, fresh):
            for point in attempt(context, way, tries, work):
                bound = tuple(number(point.values.pop(x)) for x in fresh if x in point.values)
                work.spend(CHECK + len(context.hypotheses))
                theorem = _accepted(context, goal, point, bound, decide)
                if theorem is not None:
                    return theorem
    return None


def _fresh(context: Context, goal: Statement) -> list[Term]:
    taken = {leaf.args[0] for leaf in context.leaves | goal.leaves if leaf.head is Head.SYMBOL}
    return [t.symbol(name) for name in (f"at_{i}" for i in range(20)) if name not in taken][:3]


def _points(
    context: Context, way: tuple[Statement, ...], tries: int, work: Work, thorough: bool = True
) -> Iterator[Point]:
    """Yield exact points that meet a context and further statements as far as floating point tells."""
    extended = context
    for index, statement in enumerate((*way, *_twins(context))):
        if not _ties_nothing(statement):
            extended = extended.having(f"way {index}", statement)
    functions = explicit_functions(extended.hypotheses.values())
    parts = by_cases(made_explicit(extended, functions))
    # Where an equation holds in one case only, what is drawn for the whole seldom meets it.
    for part in parts if thorough else parts[:1]:
        yield from itertools.islice(_points_of(part, work, thorough), tries)


def _points_of(context: Context, work: Work, thorough: bool) -> Iterator[Point]:
    for plan in plans(context)[: None if thorough else 1]:
        if plan.left:
            plan = Sampler(context, plan, nice=True).without_consequences()
        if plan.left:
            continue
        for seed in (1, 2) if thorough else (1,):
            found = _drawn(Sampler(context, plan, nice=True, seed=seed, rounds=10 if thorough else 2), work)
            if found is None:
                break
            yield from _rounded(context, plan, found, work)


def _drawn(sampler: Sampler, work: Work) -> Economies | None:
    found = sampler.economies()
    work.spend(DRAWING + sampler.effort)
    return found


def _twins(context: Context) -> tuple[Statement, ...]:
    """Return equations between variables that are equal in all economies drawn, so that exact points meet them too."""
    endogenous = sorted(context.endogenous, key=repr)
    equations = [p for p in context.hypotheses.values() if p.op is Op.EQUAL]
    hidden = [y for y in endogenous if any(is_hidden(p.gap, y) for p in equations)]
    found = sampled(context) if len(hidden) > 1 else None
    if found is None:
        return ()
    values = {y: found.leaves[y] for y in hidden if y in found.leaves}
    pairs = [(x, y) for x, y in itertools.combinations(values, 2) if np.allclose(values[x], values[y], rtol=1e-6)]
    return tuple(s.eq(x, y) for x, y in pairs)


def _at_coincidences(context: Context, way: tuple[Statement, ...], tries: int, work: Work) -> Iterator[Point]:
    """Yield points at which two symbols of the statements are equal, or one of them is one, or zero where it can be."""
    leaves = frozenset(leaf for statement in way for leaf in statement.leaves)
    symbols = sorted((leaf for leaf in leaves if leaf.head is Head.SYMBOL), key=repr)[:MAX_ALIKE]
    pairs = [(x, y) for index, x in enumerate(symbols) for y in symbols[index + 1 :]] + [(x, t.ONE) for x in symbols]
    pairs += [(x, t.ZERO) for x in symbols if not x.args[1]]
    for pair in pairs:
        moved = Context({**context.hypotheses, "coincidence": s.eq(*pair)}, context.system, context.endogenous)
        plain = tuple(statement for statement in way if not _holds_then(statement, pair))
        yield from _points(moved, plain, 2, work, thorough=False)


def _holds_then(statement: Statement, pair: tuple[Term, Term]) -> bool:
    """Tell whether an equation or weak inequality becomes one of equal terms, so that it ties nothing down."""
    if statement.op not in (Op.EQUAL, Op.AT_MOST) or statement.mentions(Head.TOTAL):
        return False
    return vanishes(t.replace(statement.gap, {pair[0]: pair[1]}))


def _ties_nothing(statement: Statement) -> bool:
    """Tell whether an equation holds wherever its sides have values."""
    return statement.op is Op.EQUAL and not statement.mentions(Head.TOTAL) and vanishes(statement.gap)


def _at_exponents(context: Context, way: tuple[Statement, ...], tries: int, work: Work) -> Iterator[Point]:
    """Yield points of the system of polynomials that is left when numbers are put in for the symbols in exponents."""
    parts: list[tuple[dict[Term, Fraction], Context]] = []
    for values in choices(context, way, MAX_NUMBERS):
        if any(total.args[1] in values for p in (*context.hypotheses.values(), *way) for total in totals_in(p)):
            return
        whole, *cases = by_cases(moved(context, way, values))
        parts += [(values, part) for part in cases or [whole]]
    for values, part in parts[:MAX_PARTS]:
        work.spend(SOLVING)
        for plan in triangular(part, raised_symbols(context)):
            found = _drawn(Sampler(part, plan, rounds=ROUNDS), work)
            shown = itertools.islice(_rounded(part, plan, found, work), 2) if found is not None else ()
            for point in shown:
                point.values.update(values)
                yield point


def _enclosed(context: Context, way: tuple[Statement, ...], tries: int, work: Work) -> Iterator[Point]:
    """Yield points some of whose values are terms, or roots of the equations that a plan leaves."""
    extended = context
    for index, statement in enumerate(way):
        if not _ties_nothing(statement):
            extended = extended.having(f"way {index}", statement)
    moved = made_explicit(extended, explicit_functions(extended.hypotheses.values()))
    named = originals(extended, moved)
    whole, *cases = by_cases(moved)
    for part in (*cases, whole)[:MAX_PARTS]:
        for plan in plans(part)[:2]:
            meant = Sampler(part, plan, nice=True).without_consequences()
            for nice in (True, False):
                found = _drawn(Sampler(part, meant, nice=nice, rounds=ROUNDS if meant.left else 10), work)
                if found is None:
                    continue
                for point in itertools.islice(_near_roots(part, meant, found, work), tries):
                    yield replace(point, equations=tuple(named.get(e, e) for e in point.equations))


def _near_roots(context: Context, plan: Plan, found: Economies, work: Work) -> Iterator[Point]:
    chosen = unknowns(context, plan, found, 0) if plan.left else []
    if chosen is None:
        return
    for tolerance in TOLERANCES:
        work.spend(ROUNDING + len(context.hypotheses) // 4)
        values = {x: [near(float(v), tolerance) for v in found.leaves[x]] for x in plan.drawn if x not in chosen}
        laws = [_rounded_law(found.laws, i, tolerance) for i in range(found.size)] if found.laws else []
        leaves = {x: np.array([float(v) for v in column]) for x, column in values.items()}
        rough = Economies(found.size, leaves | {x: found.leaves[x] for x in chosen}, _floats(laws) if laws else None)
        if chosen:
            rough = met_again(plan, rough, chosen)
        for index in np.flatnonzero(Sampler.met(context, plan, rough))[:2]:
            exact = {x: column[index] for x, column in values.items()}
            roots_here = {x: float(rough.leaves[x][index]) for x in chosen}
            yield from rooted(context, plan, exact, laws[index] if laws else None, roots_here)


def totals_in(statement: Statement) -> list[Term]:
    """Return the derivatives that a statement mentions."""
    return [leaf for leaf in statement.leaves if leaf.head is Head.TOTAL]


def _rounded(context: Context, plan: Plan, found: Economies, work: Work) -> Iterator[Point]:
    """Yield exact points near economies, coarse and few-digit ones first."""
    taken = roots(context, dict(plan.solved))
    for tolerance in TOLERANCES:
        work.spend(ROUNDING + len(context.hypotheses) // 4)
        values = {x: [_near_power(float(v), tolerance, taken.get(x, 1)) for v in found.leaves[x]] for x in plan.drawn}
        laws = [_rounded_law(found.laws, i, tolerance) for i in range(found.size)] if found.laws else []
        rough = Economies(
            found.size,
            {x: np.array([float(v) for v in column]) for x, column in values.items()},
            _floats(laws) if laws else None,
        )
        for index in np.flatnonzero(Sampler.met(context, plan, rough))[:TRIES]:
            point = Point({x: column[index] for x, column in values.items()}, laws[index] if laws else None)
            try:
                for x, term in plan.solved:
                    point.values[x] = point.value(term)
                    if x.args[1] and point.values[x] <= 0:
                        raise NotRationalError
            except NotRationalError:
                continue
            yield point


def _near_power(value: float, tolerance: float, exponent: int) -> Fraction:
    """Return a simple rational number near another one whose root is rational."""
    if exponent == 1 or value <= 0:
        return near(value, tolerance)
    return near(value ** (1 / exponent), tolerance) ** exponent


def _rounded_law(laws: Laws, index: int, tolerance: float) -> Law:
    breaks = [near(float(laws.breaks[0, index]), tolerance)]
    for low, high in zip(laws.breaks[:, index], laws.breaks[1:, index], strict=False):
        breaks.append(breaks[-1] + near(float(high - low), tolerance))
    widths = [high - low for low, high in itertools.pairwise(breaks)]
    masses = [
        near(float(h * w), min(tolerance, 0.1))
        for h, w in zip(laws.heights[:, index], np.diff(laws.breaks[:, index]), strict=True)
    ]
    if sum(masses) >= 1:
        masses = [mass / (sum(masses) * Fraction(21, 20)) for mass in masses]
    return Law(tuple(breaks), tuple(m / w for m, w in zip(masses, widths, strict=True)), int(laws.shape[index]))


def _floats(laws: list[Law]) -> Laws:
    return Laws(
        np.array([[float(b) for b in law.breaks] for law in laws]).T,
        np.array([[float(h) for h in law.heights] for law in laws]).T,
        np.array([float(law.shape) for law in laws]),
    )


def _accepted(
    context: Context, goal: Statement, point: Point, bound: tuple[Term, ...], decide: Decide
) -> kernel.Theorem | None:
    """Return the theorem if the core accepts the point, proofs of quantified hypotheses being found when asked for."""
    proofs: tuple[tuple[Statement, records.Proof], ...] = ()
    symbols = {leaf for leaf in context.leaves | goal.leaves if leaf.head is Head.SYMBOL}
    for total in (leaf for leaf in context.leaves | goal.leaves if leaf.head is Head.TOTAL):
        symbols |= set(total.args)
    later = {x for x, *_ in (*point.terms, *point.box)}
    pairs = tuple((x, number(point.values.get(x, Fraction(1)))) for x in sorted(symbols - later, key=repr))
    pairs += tuple((x, term) for x, term in point.terms if x in symbols)
    named = explicit_functions((*context.hypotheses.values(), goal))
    functions = tuple((name, _body(function, point)) for name, function in sorted(named.items()))
    for _ in range(6):
        law = point.law.record if point.law else ()
        witness = records.Witness(pairs, law, functions, bound, proofs, (), point.box, point.equations)
        try:
            return kernel.refute(context, goal, with_totals(context, goal, witness))
        except Refusal as refusal:
            asked = refusal.about
            if not isinstance(asked, Statement) or "no proof is given" not in refusal.why:
                return None
            proof = decide(asked)
            if proof is not None:
                proofs = (*proofs, (asked, proof))
                continue
            denied = s.implies(asked, FALSE)
            proof = decide(denied)
            if proof is None:
                return None
            proofs = (*proofs, (denied, proof))
    return None


def _body(function: Explicit, point: Point) -> Term:
    """Return a function of bound variables, its numbers those of the point; what no statement mentions is one."""
    arguments = tuple(t.bound(i) for i in range(len(function.exponents)))
    numbers = {x: number(point.values.get(x, 1)) for x in (function.level, function.scale, *function.exponents)}
    return t.replace(function.value((0,) * len(arguments), arguments), numbers)
