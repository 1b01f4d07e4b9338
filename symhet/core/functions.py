"""Certificates of lemmas about functions, from proofs about a fresh symbol: what they prove is checked as any other.

``label`` begins the names of the hypotheses about the symbol: ``label_low`` and ``label_high`` where it lies between
two points, ``label_smooth_0`` and so on where it is no break of G.
"""

from __future__ import annotations

from collections.abc import Iterable

from symhet.core.calculus import derivative
from symhet.core.context import Context
from symhet.core.derived import sided
from symhet.core.lemmas import between_breaks
from symhet.core.records import Combine, Cut, Generalise, Intro, Lemma, Proof, Proofs
from symhet.language import terms as t
from symhet.language.statements import Statement, at, exists, le, lt, positive
from symhet.language.terms import ONE, ZERO, Head, Term

Tails = Iterable[tuple[Term, Term, Term, Proofs]]


def everywhere(symbol: Term, names: Iterable[str], then: Proof) -> Proof:
    """Return the certificate that what is proved of a fresh symbol, under named premises, is so everywhere."""
    for name in reversed([*names]):
        then = Intro(name, then)
    return Generalise(symbol, then)


def smooth(context: Context, label: str, slope: Term, symbol: Term) -> Context:
    """Return the context in which a symbol is no break of G where a slope is taken.

    Examples
    --------
    >>> x = t.symbol("x")
    >>> [*smooth(Context(), "near", t.density(t.multiply(t.number(2), x)), x).hypotheses]
    ['near_smooth_0']
    """
    for i, statement in enumerate(between_breaks(slope, symbol)):
        context = context.having(f"{label}_smooth_{i}", statement)
    return context


def monotone(
    function: Term,
    symbol: Term,
    label: str,
    start: Term,
    end: Term,
    rising: bool,
    order: Proof,
    nonnegative: Proof,
    slope: Proof,
    base: Proof,
    exists: Proof,
) -> Proof:
    """Return the certificate of f(end) > 0 from f(start) >= 0, f rising from start to end, or falling from end to it.

    ``slope`` proves the sign of the slope between them, and ``exists`` that f has a value there.
    """
    low, high = (start, end) if rising else (end, start)
    change = derivative(at(function, symbol), symbol)
    body, names = function, (f"{label}_low", f"{label}_high")
    turned, found = slope, exists
    if not rising:
        body = t.negative(function)
        turned = Cut(((f"{label}_falls", lt(change, ZERO), slope, False),), Combine(((ONE, ((f"{label}_falls", 1),)),)))
        found = Cut((("", _has_value(function, symbol), exists, False),), Combine())
    premises = order, nonnegative, everywhere(symbol, names, found)
    sloped = everywhere(symbol, (*names, *_smooth(label, change, symbol)), turned)
    rises = Lemma("mean_value", (body, low, high), (*premises, sloped))
    steps = (
        (f"{label}_base", le(ZERO, at(function, start)), base, False),
        (f"{label}_rises", lt(at(body, low), at(body, high)), rises, False),
    )
    return Cut(steps, Combine(tuple([(ONE, ((name, 1),)) for name, *_ in steps])))


def concave(
    goal: Statement,
    symbol: Term,
    label: str,
    nonnegative: Proof,
    above: Proof,
    below: Proofs,
    stationary: Proof,
    curvature: Proof,
    exists: Proof,
) -> Proof:
    """Return the certificate of the only maximum of a strictly concave function, at a stationary point.

    ``exists`` proves that the sum of the function and its slope has a value between the ends.
    """
    names = (f"{label}_low", f"{label}_high")[: len(goal.args) - 2]
    inside = everywhere(symbol, names, exists), everywhere(symbol, names, curvature)
    return Lemma("concave_maximum", goal.args, (nonnegative, above, *below, stationary, *inside))


def unique_root(
    function: Term,
    symbol: Term,
    label: str,
    exists: Proof,
    slope: Proof,
    left: Term,
    left_positive: Proof,
    above: Proof,
    right: Term,
    right_positive: Proof,
    below: Proof,
) -> Proof:
    """Return the certificate of the only root of a function that falls through each of its roots.

    Where both points are the same, ``above`` proves that it is zero there, and ``below`` is left out.
    """
    change = derivative(at(function, symbol), symbol)
    names = _smooth(label, change, symbol) if change.mentions(Head.DENSITY) else [label]
    around = everywhere(symbol, (), exists), everywhere(symbol, names, slope), left_positive, right_positive
    signs = (above,) if left is right else (above, below)
    return Lemma("falling_root", (function, left, right), (*around, *signs))


def unique_root_of_tails(
    function: Term, symbol: Term, exists: Proof, level: Term, positive_level: Proof, tails: Tails
) -> Proof:
    """Return the certificate of the only root of a sum of falling tails less a level.

    Each of ``tails`` is weight, scale and order, with proofs that they are positive and that the moment is finite.
    """
    rows, premises = [], [positive_level]
    side = [(_has_value(function, symbol), exists)]
    for *row, found in tails:
        rows += row
        premises += found
        side += zip((*map(positive, row), _finite(row[-1])), found, strict=True)
    premises.append(everywhere(symbol, (), sided(tuple(side), Combine())))
    return Lemma("falling_tails", (function, level, *rows), tuple(premises))


def _smooth(label: str, slope: Term, symbol: Term) -> list[str]:
    return [*smooth(Context(), label, slope, symbol).hypotheses]


def _has_value(function: Term, symbol: Term) -> Statement:
    return exists(at(function, symbol))


def _finite(order: Term) -> Statement:
    return exists(t.tail(ONE, order))
