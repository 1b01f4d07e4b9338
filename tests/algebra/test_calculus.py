"""Derivatives agree with SymPy's, refuse what has no rule, and solve implicit systems."""

from __future__ import annotations

import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from symhet.algebra.calculus import derivative
from symhet.errors import TermError

x, y, a, b, s = sp.symbols("x y a b s", positive=True)


def _operations(inner: st.SearchStrategy[sp.Expr]) -> st.SearchStrategy[sp.Expr]:
    pair = st.tuples(inner, inner)
    exponent = st.sampled_from([sp.Integer(2), sp.Integer(-1), s, 1 - s, 1 / s, x, sp.Rational(1, 3)])
    return (
        pair.map(lambda p: p[0] + p[1])
        | pair.map(lambda p: p[0] * p[1])
        | st.builds(lambda u, e: (1 + u) ** e, inner, exponent)
        | inner.map(lambda u: sp.log(1 + u))
        | inner.map(lambda u: sp.exp(-u))
    )


smooth_expressions = st.recursive(
    st.sampled_from([x, y, s, sp.Integer(2), sp.Rational(1, 3), x**s]), _operations, max_leaves=6
)


@given(smooth_expressions)
def test_derivative_agrees_with_sympy(expr: sp.Expr) -> None:
    ours, theirs = derivative(expr, x), sp.diff(expr, x)
    point = {x: sp.Rational(13, 7), y: sp.Rational(5, 3), s: sp.Rational(9, 4)}
    gap = sp.N((ours - theirs).subs(point), 30)
    assert abs(gap) <= 1e-20 * max(1, abs(sp.N(theirs.subs(point), 30)))


@pytest.mark.parametrize(
    "expr",
    [
        sp.sin(x),
        sp.Abs(x - y),
        sp.Function("f")(x),
        sp.Integral(x * y, (y, 0, x)),
        sp.Piecewise((x, x > 1), (1, True)),
        sp.Max(x, y),
        sp.Derivative(sp.Function("f")(x), x),
        sp.Sum(x**s, (s, 0, 2)),
    ],
)
def test_derivative_refuses_what_it_has_no_rule_for(expr: sp.Expr) -> None:
    with pytest.raises(TermError, match="no rule"):
        derivative(expr, x)


def test_what_does_not_depend_on_the_variable_has_slope_zero() -> None:
    assert derivative(sp.Function("f")(y) * sp.sin(y), x) == 0
