"""Random statements in which equals are replaced: what is asked for suffices, whichever way the conclusion goes."""

from __future__ import annotations

import random
from fractions import Fraction
from functools import partial
from itertools import product
from math import prod

import pytest
import sympy as sp

from symhet.algebra.normal import SideCondition
from symhet.propositions import And, Iff, Implies, Or, Prop, Rel, replace, substitute
from symhet.rules.definedness import lost

SYMBOLS = x, y, z = sp.symbols("x y z", real=True)
LEAVES = (*SYMBOLS, *SYMBOLS, sp.S.Zero, sp.S.One, sp.Integer(2))
VALUES = tuple(map(Fraction, (-1, 0, 1, 2)))
EQUATIONS = ((x, sp.S.Zero), (x, y), (x, -y), (x + y, z), (x - y, sp.S.Zero), (x / y, z), (x * y, sp.S.One))


def term(rng: random.Random, depth: int) -> sp.Expr:
    """Return a random term; half of them keep what SymPy would cancel."""
    if depth == 0 or rng.random() < 0.2:
        return rng.choice(LEAVES)
    kind, kept = rng.choice((sp.Add, sp.Mul, "/", "/")), {"evaluate": rng.random() < 0.3}
    one, other = term(rng, depth - 1), term(rng, depth - 1)
    if kind == "/":
        return sp.Mul(one, sp.Pow(other, -1, **kept), **kept) if other != 0 else one
    return kind(one, other, **kept)


def statement(rng: random.Random, depth: int) -> Prop:
    """Return a random statement."""
    if depth == 0:
        return Rel(rng.choice(("=", "<", "<=", "!=")), term(rng, 2), term(rng, 0))
    kind = rng.choice((And, Or, Implies, Iff))
    one, other = statement(rng, depth - 1), statement(rng, rng.randrange(depth))
    return kind((one, other)) if kind in (And, Or) else kind(one, other)


def value(expr: sp.Expr, at: dict[sp.Symbol, Fraction]) -> Fraction:
    """Return the value of a term, or raise ZeroDivisionError where it has none."""
    if isinstance(expr, sp.Symbol):
        return at[expr]
    if isinstance(expr, sp.Rational):
        return Fraction(int(expr.p), int(expr.q))
    if isinstance(expr, sp.Pow):
        return value(expr.base, at) ** int(expr.exp)
    parts = [value(part, at) for part in expr.args]
    return sum(parts, Fraction(0)) if isinstance(expr, sp.Add) else prod(parts, start=Fraction(1))


def holds(prop: Prop, at: dict[sp.Symbol, Fraction]) -> bool:
    """Tell whether a statement holds: a relation without a value on one side does not."""
    if isinstance(prop, Rel):
        try:
            gap = value(prop.rhs, at) - value(prop.lhs, at)
        except ZeroDivisionError:
            return False
        return {"=": gap == 0, "<": gap > 0, "<=": gap >= 0, "!=": gap != 0}[prop.op]
    if isinstance(prop, And):
        return all(holds(part, at) for part in prop.parts)
    if isinstance(prop, Or):
        return any(holds(part, at) for part in prop.parts)
    if isinstance(prop, Implies):
        return not holds(prop.premise, at) or holds(prop.conclusion, at)
    assert isinstance(prop, Iff)
    return holds(prop.left, at) == holds(prop.right, at)


def met(condition: SideCondition, at: dict[sp.Symbol, Fraction]) -> bool:
    try:
        found = value(condition.expr, at)
    except ZeroDivisionError:
        return False
    return found > 0 if condition.kind == "positive" else found != 0


def meeting(left: sp.Expr, right: sp.Expr) -> list[dict[sp.Symbol, Fraction]]:
    """Return the points of a grid at which two terms are equal."""
    grid = [dict(zip(SYMBOLS, values, strict=True)) for values in product(VALUES, repeat=len(SYMBOLS))]
    return [at for at in grid if holds(Rel("=", left, right), at)]


POINTS = {pair: meeting(*pair) for pair in EQUATIONS}


@pytest.mark.parametrize("seed", range(2))
def test_what_is_lost_in_a_replacement_is_asked_for(seed: int) -> None:
    rng = random.Random(seed)
    told = 0
    for _ in range(300):
        before, (left, right) = statement(rng, 2), rng.choice(EQUATIONS)
        mapping = {left: right}
        after = substitute(before, mapping)
        if any(bad in str(after) for bad in ("zoo", "nan", "oo")):
            continue
        moved = partial(replace, mapping=mapping)
        asked = {assumed: lost(before, after, moved, (Rel("=", left, right),), assumed) for assumed in (False, True)}
        for at in POINTS[left, right]:
            first, second = holds(before, at), holds(after, at)
            told += first != second
            assert first or not second or not all(met(condition, at) for condition in asked[False]), (before, after, at)
            assert second or not first or not all(met(condition, at) for condition in asked[True]), (before, after, at)
    assert told > 30
