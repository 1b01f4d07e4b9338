"""Exact models of a context: for counterexamples, examples, and the proof that a context is consistent.

The method
    Economies are drawn by floating point, exponents from a list that keeps powers rational. What was drawn is rounded
    to simple numbers, coarse ones first; the rest follows exactly by the plan; what still meets every hypothesis by
    floating point is given to the core, which decides.

Limits
    Equations that the plan leaves are met by chance only. Draws and rounded points are counted; the order is fixed.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from fractions import Fraction

import numpy as np

from symhet.core import kernel, records
from symhet.core.context import Context
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.statements import FALSE, Statement
from symhet.language.terms import Head, Term
from symhet.search.building import number
from symhet.search.contraries import failing, undefined
from symhet.search.drawing import Sampler
from symhet.search.evaluation import Economies, Laws
from symhet.search.exact import Law, NotRationalError, Point, near
from symhet.search.functions import Explicit, explicit_functions, made_explicit
from symhet.search.plan import Plan, plans

TOLERANCES = (0.3, 0.1, 0.02, 0.002, 1e-5)
TRIES = 12
Decide = Callable[[Statement], records.Proof | None]


def refutation(context: Context, goal: Statement, decide: Decide, tries: int = TRIES) -> kernel.Theorem | None:
    """Return the theorem that a goal fails at an exact model of the context, or None.

    Parameters
    ----------
    context : Context
        What the model must meet.
    goal : Statement
        What must fail.
    decide : callable
        Proves statements without hypotheses, which quantified hypotheses become at a point.
    tries : int
        How many exact points are shown to the core for each way to fail.
    """
    fresh = _fresh(context, goal)
    for way in (*failing(goal, fresh), *undefined(goal)):
        for point in _points(context, way, tries):
            bound = tuple(number(point.values.pop(x)) for x in fresh if x in point.values)
            theorem = _accepted(context, goal, point, bound, decide)
            if theorem is not None:
                return theorem
    return None


def model(context: Context, decide: Decide, tries: int = TRIES) -> kernel.Theorem | None:
    """Return the theorem that a context has an exact model, or None."""
    for point in _points(context, (), tries):
        theorem = _accepted(context, FALSE, point, (), decide)
        if theorem is not None:
            return theorem
    return None


def _fresh(context: Context, goal: Statement) -> list[Term]:
    taken = {leaf.args[0] for leaf in context.leaves | goal.leaves if leaf.head is Head.SYMBOL}
    return [t.symbol(name) for name in (f"at_{i}" for i in range(20)) if name not in taken][:3]


def _points(context: Context, way: tuple[Statement, ...], tries: int) -> Iterator[Point]:
    """Yield exact points that meet a context and further statements as far as floating point tells."""
    extended = context
    for index, statement in enumerate(way):
        extended = extended.having(f"way {index}", statement)
    functions = explicit_functions(extended.hypotheses.values())
    extended = made_explicit(extended, functions)
    shown = 0
    for plan in plans(extended):
        if plan.left:
            continue
        for seed in (1, 2):
            found = Sampler(extended, plan, nice=True, seed=seed).economies()
            if found is None:
                break
            for point in _rounded(extended, plan, found):
                yield point
                shown += 1
                if shown >= tries:
                    return


def _rounded(context: Context, plan: Plan, found: Economies) -> Iterator[Point]:
    """Yield exact points near economies, coarse and few-digit ones first."""
    for tolerance in TOLERANCES:
        values = {x: [near(float(v), tolerance) for v in found.leaves[x]] for x in plan.drawn}
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
    pairs = tuple((x, number(point.values.get(x, Fraction(1)))) for x in sorted(symbols, key=repr))
    named = explicit_functions((*context.hypotheses.values(), goal))
    functions = tuple((name, _body(function, point)) for name, function in sorted(named.items()))
    for _ in range(6):
        witness = records.Witness(
            pairs, law=point.law.record if point.law else (), bound=bound, functions=functions, proofs=proofs
        )
        try:
            return kernel.refute(context, goal, witness)
        except Refusal as refusal:
            asked = refusal.about
            if not (s.is_statement(asked) and "no proof is given" in refusal.why):
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
    """Return a function of bound variables, its numbers those of the point."""
    arguments = tuple(t.bound(i) for i in range(len(function.exponents)))
    numbers = {x: number(point.values[x]) for x in (function.level, function.scale, *function.exponents)}
    return t.replace(function.value((0,) * len(arguments), arguments), numbers)
