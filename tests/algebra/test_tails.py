"""Tails differentiate as integrals of a density do, and print as in print."""

from __future__ import annotations

import pytest
import sympy as sp

from symhet.algebra.calculus import derivative
from symhet.algebra.tails import Density, DensitySlope, Survival, TailMoment
from symhet.errors import TermError

x, k, a = sp.symbols("x k a", positive=True)
phi = sp.Symbol("varphi", positive=True)


@pytest.mark.parametrize("differentiate", [lambda e, v: e.diff(v), derivative])
@pytest.mark.parametrize(
    ("expr", "slope"),
    [
        (Survival(x), -Density(x)),
        (Survival(a * x), -a * Density(a * x)),
        (TailMoment(x, k), -(x**k) * Density(x)),
        (TailMoment(x**2, k), -2 * x * (x**2) ** k * Density(x**2)),
        (Survival(a), sp.S.Zero),
        (TailMoment(a, k), sp.S.Zero),
    ],
)
def test_slopes(differentiate: object, expr: sp.Expr, slope: sp.Expr) -> None:
    assert sp.expand(differentiate(expr, x) - slope) == 0  # type: ignore[operator]


@pytest.mark.parametrize("differentiate", [lambda e, v: e.diff(v), derivative])
@pytest.mark.parametrize("expr", [Density(x), DensitySlope(x), TailMoment(a, x), TailMoment(x, x)])
def test_unknown_slopes_are_refused(differentiate: object, expr: sp.Expr) -> None:
    with pytest.raises(TermError):
        differentiate(expr, x)  # type: ignore[operator]


def test_smooth_density_has_a_named_slope() -> None:
    assert derivative(Density(a * x), x, smooth=True) == a * DensitySlope(a * x)
    with pytest.raises(TermError):
        derivative(DensitySlope(x), x, smooth=True)


def _pareto(expr: sp.Expr, shape: int) -> sp.Expr:
    """Put the Pareto distribution with support above one in the place of the abstract one."""
    return (
        expr.replace(Survival, lambda v: v**-shape)
        .replace(Density, lambda v: shape * v ** (-shape - 1))
        .replace(DensitySlope, lambda v: -shape * (shape + 1) * v ** (-shape - 2))
        .replace(TailMoment, lambda v, j: shape * v ** (j - shape) / (shape - j))
    )


@pytest.mark.parametrize(
    "expr", [Survival(x), TailMoment(x, 2), x**-2 * TailMoment(x, 2) - Survival(x), Density(x) * x]
)
def test_rules_agree_with_pareto(expr: sp.Expr) -> None:
    abstract = _pareto(derivative(expr, x, smooth=True), 5)
    assert sp.simplify(abstract - sp.diff(_pareto(expr, 5), x)) == 0


def test_signs() -> None:
    for term in (Survival(x), TailMoment(x, k)):
        assert term.is_positive
        assert term.is_real
    for term in (Density(x), DensitySlope(x)):
        assert term.is_real
        assert term.is_positive is None


def test_latex() -> None:
    assert sp.latex(Survival(phi)) == r"S\left(\varphi\right)"
    assert sp.latex(Density(phi) ** 2) == r"g^{2}\left(\varphi\right)"
    assert sp.latex(TailMoment(phi, k - 1)) == r"T_{k - 1}\left(\varphi\right)"
    assert sp.latex(TailMoment(phi, k) ** 2) == r"T_{k}^{2}\left(\varphi\right)"
    assert sp.latex(DensitySlope(phi) ** 2) == r"\left(g'\left(\varphi\right)\right)^{2}"
