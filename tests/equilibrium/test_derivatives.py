"""Derivatives of terms and of solutions: those of differences, also next to an end of the support, none at a kink."""

import numpy as np
import pytest

from symhet.model import Model
from symhet.numerics.distributions import LogNormal
from symhet.numerics.equilibrium import problem_of
from symhet.numerics.equilibrium.slopes import Slopes
from symhet.numerics.equilibrium.statics import statics_of
from symhet.numerics.equilibrium.values import Values


def test_slopes_are_those_of_differences():
    model = Model("Slopes")
    for name in ("k", "m", "s", "y"):
        model.parameter(name)
    model.distribution("G", order="k", family="lognormal", mu="m", sigma="s")
    terms = [
        "y^(-k)*T(y) - S(y)", "T(y, 2*k)*y", "S(y^2)/T(y)", "g(y)*y", "integral(z^k, z, y, 2*y)",
        "exp(k*y)/(1 + ln(y))", "max(y, k)*y^3", "sqrt(y)^k*(y - k)^2",
    ]  # fmt: skip
    for index, term in enumerate(terms):
        model.define(f"d_{index}", term)
    problem = problem_of(model)
    point = {"k": 1.3, "m": 0.2, "s": 0.6, "y": 1.7}

    def values(**moved):
        full = {**point, **moved}
        law = LogNormal(full["m"], full["s"])
        return Values(problem, {problem.parameters[name]: np.asarray(v) for name, v in full.items()}, law)

    for name in point:
        slopes = Slopes(values(), {problem.parameters[name]: np.asarray(1.0)})
        for term in problem.definitions.values():
            exact = slopes.value(term)
            h = 1e-5
            high, low = (values(**{name: point[name] + sign * h}).value(term) for sign in (1, -1))
            numeric = (high - low) / (2 * h)
            assert (0.0 if exact is None else float(exact)) == pytest.approx(float(numeric), rel=2e-6, abs=1e-8), term


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("x = max(a - 3, 0)", [0.0, np.nan, 1.0]),
        ("x + max(x - 3, 0) = a", [1.0, np.nan, 0.5]),
        ("x = max(a, a) + min(a/3, 1)", [4 / 3, np.nan, 1.0]),
        ("x = -2*abs(a - 3)", [2.0, np.nan, -2.0]),
    ],
)
def test_at_a_kink_there_is_no_derivative(condition, expected):
    model = Model("Kink")
    model.parameter("a")
    model.variable("x", real=True)
    model.condition("c", condition)
    (slope,) = statics_of(model, of="x", to="a", a=[2.0, 3.0, 4.0])
    np.testing.assert_allclose(slope.derivative, expected, rtol=1e-12)
    assert not np.signbit(slope.derivative[0]) or expected[0] < 0


@pytest.mark.parametrize("above", [1e-6, 5e-4, 0.003, 0.3])
def test_next_to_an_end_of_the_support_derivatives_are_those_of_one_side(above):
    model, y = Model("Ends"), 1 + above
    for name in ("k", "b", "y"):
        model.parameter(name)
    model.distribution("G", order="1", family="pareto", shape="k", scale="b")
    for name, term in (("SS", "S(y)"), ("GG", "g(y)"), ("TT", "T(y)")):
        model.define(name, term)
    found = {
        (each.of, each.to): each.derivative for each in statics_of(model, of=("SS", "GG", "TT"), k=4.0, b=1.0, y=y)
    }
    share, moment = y**-4.0, 4 / 3 * y**-3.0
    exact = {
        ("SS", "b"): 4 * share, ("SS", "y"): -4 * share / y, ("SS", "k"): -share * np.log(y),
        ("GG", "b"): 16 * share / y, ("GG", "y"): -20 * share / y**2, ("GG", "k"): (1 - 4 * np.log(y)) * share / y,
        ("TT", "b"): 4 * moment, ("TT", "y"): -3 * moment / y, ("TT", "k"): (-np.log(y) - 1 / 12) * moment,
    }  # fmt: skip
    for pair, value in exact.items():
        assert found[pair] == pytest.approx(value, rel=1e-6, abs=1e-9), pair
    at_the_end = {(each.of, each.to): each.derivative for each in statics_of(model, of="SS", k=4.0, b=1.0, y=1.0)}
    assert np.isnan(at_the_end["SS", "y"])
    assert np.isnan(at_the_end["SS", "b"])
