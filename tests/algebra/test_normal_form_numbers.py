"""Equal by the normal form agrees in numbers where the side conditions hold; different by it does not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import mpmath
import sympy as sp
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from symhet.algebra.normal import SideCondition, equal, normal
from symhet.errors import NormalFormError

x, y, s, t = sp.symbols("x y s t", positive=True)
r = sp.Symbol("r", real=True)
VARIABLES = (x, y, s, t, r)
DIGITS = 40
TOLERANCE = mpmath.mpf(10) ** -18

exponents = st.sampled_from(
    [
        sp.Integer(2),
        sp.Integer(-1),
        sp.Integer(3),
        sp.S.Half,
        sp.Rational(-2, 3),
        s,
        -s,
        1 - s,
        s + 1,
        2 * s,
        1 / (s - 1),
        s / (s - 1),
        1 / (t * (s - 1)),
        t * s,
        t * (1 - s),
    ]
)
leaves = st.sampled_from([x, y, s, r, sp.Integer(1), sp.Integer(2), sp.Integer(-1), sp.Rational(3, 2), 1 - x, x - y])


def _operations(inner: st.SearchStrategy[sp.Expr]) -> st.SearchStrategy[sp.Expr]:
    pair = st.tuples(inner, inner)
    return (
        pair.map(lambda p: p[0] + p[1])
        | pair.map(lambda p: p[0] - p[1])
        | pair.map(lambda p: p[0] * p[1])
        | st.builds(lambda b, e: sp.Pow(b, e), inner, exponents)
        | st.builds(lambda b, e: sp.Pow(sp.expand(b), e), inner, exponents)
        | inner.map(sp.log)
    )


expressions = st.recursive(leaves, _operations, max_leaves=6).filter(
    lambda e: not e.has(sp.I, sp.Abs, sp.zoo, sp.nan, sp.oo, sp.arg, sp.im, sp.re) and sp.count_ops(e) < 60
)
REWRITINGS: Sequence[Callable[[sp.Expr], sp.Expr]] = (
    sp.expand,
    sp.factor,
    sp.together,
    sp.powsimp,
    sp.expand_log,
    lambda e: sp.powsimp(e, force=True),
    lambda e: sp.expand_power_base(e, force=True),
    lambda e: sp.powdenest(sp.factor(e, deep=True), force=True),
)


def _value(expr: sp.Expr, point: Sequence[mpmath.mpf]) -> Any:
    return sp.lambdify(VARIABLES, expr, "mpmath")(*point)


def _satisfied(condition: SideCondition, point: Sequence[mpmath.mpf]) -> bool:
    value = mpmath.mpmathify(_value(condition.expr, point))
    if abs(value.imag) > TOLERANCE:
        return False
    return value.real > TOLERANCE if condition.kind == "positive" else abs(value) > TOLERANCE


def _points() -> list[tuple[mpmath.mpf, ...]]:
    generator = iter(range(1, 10**6))
    grid = []
    for _ in range(60):
        k = next(generator)
        positive = [mpmath.mpf((k * p) % 41 + 1) / 13 for p in (3, 7, 11, 17)]
        grid.append((*positive, mpmath.mpf((k * 23) % 61 - 30) / 7 + mpmath.mpf(1) / 97))
    return grid


POINTS = _points()


def _comparisons(left: sp.Expr, right: sp.Expr, conditions: Sequence[SideCondition]) -> list[bool]:
    """Tell, point by point, whether the two sides agree; only where the conditions hold and the sides are finite."""
    found = []
    with mpmath.workdps(DIGITS):
        for point in POINTS:
            try:
                if not all(_satisfied(c, point) for c in conditions):
                    continue
                one, other = (mpmath.mpmathify(_value(e, point)) for e in (left, right))
            except (ZeroDivisionError, OverflowError, ValueError):
                continue
            if mpmath.isfinite(one) and mpmath.isfinite(other):
                found.append(abs(one - other) <= TOLERANCE * max(1, abs(one), abs(other)))
            if len(found) == 8:
                break
    return found


@settings(max_examples=150, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(expressions, st.sampled_from(REWRITINGS), expressions, st.booleans())
def test_equal_agrees_with_numbers(
    left: sp.Expr, rewrite: Callable[[sp.Expr], sp.Expr], other: sp.Expr, rewritten: bool
) -> None:
    right = rewrite(left) if rewritten else other
    assume(not right.has(sp.I, sp.Abs, sp.zoo, sp.nan, sp.oo))
    try:
        answer = equal(left, right)
    except NormalFormError:
        return
    agreements = _comparisons(left, right, answer.side_conditions)
    if answer.holds:
        assert all(agreements)
    elif len(agreements) >= 3:
        assert not all(agreements)


@settings(max_examples=60, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(expressions)
def test_manifest_sign_agrees_with_numbers(expr: sp.Expr) -> None:
    try:
        fraction = normal(expr)
        conditions = equal(expr, expr).side_conditions
    except NormalFormError:
        return
    with mpmath.workdps(DIGITS):
        for point in POINTS[:30]:
            try:
                if not all(_satisfied(c, point) for c in conditions):
                    continue
                value = mpmath.mpmathify(_value(expr, point))
            except (ZeroDivisionError, OverflowError, ValueError):
                continue
            if not mpmath.isfinite(value):
                continue
            assert abs(value.imag) <= TOLERANCE * max(1, abs(value))
            if fraction.positive_form():
                assert value.real > 0
            if fraction.is_zero:
                assert abs(value) <= TOLERANCE
