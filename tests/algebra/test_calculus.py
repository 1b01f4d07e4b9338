"""Derivatives agree with SymPy's, refuse what has no rule, and solve implicit systems."""

from __future__ import annotations

import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from symhet.algebra.calculus import derivative, elasticity, implicit_derivatives
from symhet.algebra.normal import equal
from symhet.algebra.tails import Survival, TailMoment
from symhet.errors import NormalFormError, TermError

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


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        (3 * x**s * y, s),
        ((2 * x**a) ** b / x, a * b - 1),
        (sp.Integer(5), sp.S.Zero),
        (x + y, x / (x + y)),
        ((x**s + y**s) ** (1 / s), x**s / (x**s + y**s)),
        (sp.exp(x), x),
        (x**x, x * sp.log(x) + x),
    ],
)
def test_elasticity(expr: sp.Expr, expected: sp.Expr) -> None:
    assert equal(elasticity(expr, x), expected).holds


def test_implicit_derivatives_of_a_linear_system() -> None:
    slopes = implicit_derivatives([x + y - a, x - y - b], [x, y], a)
    assert slopes == {x: sp.S.Half, y: sp.S.Half}


def test_implicit_derivatives_agree_with_the_explicit_solution() -> None:
    """Demand a x^-s meets supply p = x^b: x = a^(1/(s+b)) and p = x^b."""
    slopes = implicit_derivatives([y - x**b, y - a * x**-s], [x, y], a)
    solution = a ** (1 / (s + b))
    at = {x: solution, y: solution**b}
    assert equal(slopes[x].subs(at), derivative(solution, a)).holds
    assert equal(slopes[y].subs(at), derivative(solution**b, a)).holds


def test_implicit_derivatives_through_tails() -> None:
    condition = x**-s * TailMoment(x, s) - Survival(x) - a
    assert equal(implicit_derivatives([condition], [x], a)[x], -(x ** (s + 1)) / (s * TailMoment(x, s))).holds


@given(st.lists(st.integers(-4, 4), min_size=12, max_size=12))
def test_implicit_derivatives_solve_the_differentiated_system(entries: list[int]) -> None:
    z = sp.Symbol("z", real=True)
    unknowns = [x, y, z]
    rows = [entries[:4], entries[4:8], entries[8:]]
    equations = [p * x**s + q * y + r * z**2 + t * a for p, q, r, t in rows]
    jacobian = sp.Matrix([[derivative(f, u) for u in unknowns] for f in equations])
    if jacobian.det() == 0:
        with pytest.raises(TermError, match="do not determine"):
            implicit_derivatives(equations, unknowns, a)
        return
    slopes = implicit_derivatives(equations, unknowns, a)
    for f in equations:
        total = derivative(f, a) + sum(derivative(f, u) * slopes[u] for u in unknowns)
        assert equal(total, 0).holds


def test_singular_and_ill_posed_systems_are_refused() -> None:
    with pytest.raises(TermError, match="do not determine"):
        implicit_derivatives([x + y - a, 2 * x + 2 * y - b], [x, y], a)
    with pytest.raises(TermError, match="do not determine"):
        implicit_derivatives([(x + y) ** s - a, ((x + y) ** 2) ** s - b], [x, y], a)
    with pytest.raises(TermError, match="2 equations for 1 unknowns"):
        implicit_derivatives([x - a, y - a], [x], a)
    with pytest.raises((TermError, NormalFormError)):
        implicit_derivatives([sp.sin(x) - a], [x], a)
