"""Numeric functions keep their digits: where differences cancel, near limits and towards the edges of domains."""

import math

import mpmath
import numpy as np
import pytest
import sympy as sp

import symhet
from symhet.numerics.compiled.elementary import for_jax, for_numba
from symhet.numerics.compiled.functions import NumericFunction
from tests.numerics.compiled_points import ECONOMIES, exact, rows, s, x, y


def test_differences_that_cancel_keep_their_digits():
    kernel = NumericFunction("demo", {"z": x**s - 1, "v": 1 - 1 / y})
    found = kernel(x=1 + 2.0**-40, s=1e-3, y=1 + 2.0**-40)
    with mpmath.workdps(50):
        assert float(found["z"]) == pytest.approx(float(mpmath.mpf(1 + 2.0**-40) ** mpmath.mpf(1e-3) - 1), rel=1e-15)
    assert float(found["v"]) == pytest.approx(2.0**-40 / (1 + 2.0**-40), rel=1e-15)


def quotient_of_differences(D, R, X, phi, p):
    """Return the South's average cost where exporters have moved, over its constant, with all the digits it takes."""
    D, R, X, phi, p = map(mpmath.mpf, (D, R, X, phi, p))
    above, below = (D**e - (1 + phi) * R**e + phi * X**e for e in (p + 1, p))
    return float(above / below)


@pytest.mark.parametrize(
    ("D", "R", "X"), [(0.9, 0.9 * (1 - 2.0**-45), 0.9 * (1 - 2.0**-46)), (0.2, 0.1, 40.0), (40.0, 0.1, 0.2)]
)
@pytest.mark.parametrize("exponent", [1e-7, 0.7, 250.0])
def test_quotients_of_sums_that_cancel_or_overflow_keep_their_digits(D, R, X, exponent):
    a_D, a_R, a_X, phi, p = sp.symbols("a_D a_R a_X phi p", positive=True)
    above, below = (a_D**e - (1 + phi) * a_R**e + phi * a_X**e for e in (p + 1, p))
    kernel = NumericFunction("demo", {"z": above / below})
    with mpmath.workdps(700):
        expected = quotient_of_differences(D, R, X, 0.3, exponent)
    assert float(kernel(a_D=D, a_R=R, a_X=X, phi=0.3, p=exponent)["z"]) == pytest.approx(expected, rel=1e-14)


def test_sums_of_inputs_cancel_exactly():
    kernel = NumericFunction("demo", {"z": x + y - s - 1})
    found = float(kernel(x=0.75, y=0.5 + 2.0**-53, s=0.25 * (1 + 2.0**-52))["z"])
    assert found == 2.0**-53 - 0.25 * 2.0**-52


LARGE, TINY, INF = 1e300, 5e-324, math.inf
SPECIAL = [0.0, -0.0, 1.0, -1.0, TINY, 1e-310, LARGE, -LARGE, INF, -INF, math.nan, 709.5, 710.5, -745.0, -2.0]


def by_numba(name, values):
    numba = pytest.importorskip("numba")
    function = for_numba()[name]

    @numba.njit
    def run(values, out):
        for i in range(values.size):
            out[i] = function(values[i])

    out = np.empty_like(values)
    run(values, out)
    return out


def by_jax(name, values):
    jax = pytest.importorskip("jax")
    with jax.enable_x64(True):
        found = np.asarray(jax.jit(for_jax()[name])(values))
    # XLA takes subnormal numbers for zero; where an exponential would be one it is not a number.
    with np.errstate(all="ignore"):
        exact = getattr(np, name)(values)
    if name == "exp":
        below = (exact > 0) & (exact < 2.0**-1022)
        assert below.any()
        assert np.isnan(found[below]).all()
        found = np.where(below, exact, found)
    return np.where((values != 0) & (np.abs(values) < 2.0**-1022), exact, found)


@pytest.mark.parametrize("name", ["exp", "expm1", "log", "log1p"])
@pytest.mark.parametrize("run", [by_numba, by_jax])
def test_elementary_functions_are_right_to_two_units_in_the_last_place(name, run, rng):
    powers = 10.0 ** rng.uniform(-20, 2, 500)
    values = np.concatenate([powers, -powers, rng.uniform(-1, 3, 500), SPECIAL])
    for value, found in zip(values, run(name, values), strict=True):
        with np.errstate(all="ignore"):
            rough = float(getattr(np, name)(value))
        if not math.isfinite(rough) or rough == 0 or abs(rough) < 1e-300:
            assert found == pytest.approx(rough, nan_ok=True, rel=1e-6, abs=1e-300), value
            continue
        with mpmath.workdps(40):
            error = abs(getattr(mpmath, name)(mpmath.mpf(float(value))) - mpmath.mpf(float(found)))
            assert float(error) <= 2 * np.spacing(abs(rough)), value


e = sp.Symbol("epsilon", positive=True)
weight, order = sp.Symbol("a", positive=True), sp.Symbol("r", real=True)
DELICATE = {
    "exp(x) y": sp.exp(x) * y,
    "exp(x) - 1": sp.exp(x) - 1,
    "1 - exp(-x)": 1 - sp.exp(-x),
    "log(1 + x)": sp.log(1 + x),
    "(exp(x) - 1)/x": (sp.exp(x) - 1) / x,
    "exp(x) - exp(y)": sp.exp(x) - sp.exp(y),
    "tanh": (sp.exp(x) - sp.exp(-x)) / (sp.exp(x) + sp.exp(-x)),
    "(1 + e)^(1/e)": (1 + e) ** (1 / e),
    "mean of order r": (weight * x**order + (1 - weight) * y**order) ** (1 / order),
    "mean of order r with one": (weight * x**order + 1 - weight) ** (1 / order),
    "(x^s - 1)/s": (x**s - 1) / s,
    "log(x)/(x - 1)": sp.log(x) / (x - 1),
    "sqrt(1 + x) - 1": sp.sqrt(1 + x) - 1,
    "1 - (1 + x)^-s": 1 - (1 + x) ** (-s),
    "decimals": sp.Float("0.3") * x ** sp.Float("2.5") + sp.Float("0.1"),
    "constants": sp.pi * x + sp.E * y,
    "least and size": sp.Min(x, y) + sp.Abs(order),
}


@pytest.mark.parametrize("name", DELICATE)
def test_delicate_terms_keep_their_digits_near_their_limits(name, rng):
    term = DELICATE[name]
    kernel = NumericFunction("demo", {"z": term}, {})
    symbols = sorted(term.free_symbols, key=str)
    exactly = sp.lambdify(symbols, term, "mpmath")
    for limit in (1, 1e-3, 1e-6, 1e-9, 1e-12):
        for base in (0, 1):
            points = {s.name: (base if s.name in "xy" else 0) + limit * rng.uniform(0.5, 1.5, 4) for s in symbols}
            points |= {"a": rng.uniform(0.2, 0.8, 4)} if "a" in points else {}
            for found in (kernel(**points)["z"], [kernel(**at)["z"] for at in rows(points)]):
                for value, at in zip(found, rows(points), strict=True):
                    with mpmath.workdps(60):
                        expected = exactly(*(mpmath.mpf(at[s.name]) for s in symbols))
                    assert float(value) == pytest.approx(float(expected), rel=2e-14), at


def test_limits_are_taken_where_a_quotient_is_of_zeros():
    z = sp.Symbol("z", real=True)
    cases = [
        ((x**z - 1) / z, {"x": 3.0, "z": 0.0}, math.log(3)),
        ((x ** (1 - s) - 1) / (1 - s), {"x": 3.0, "s": 1.0}, math.log(3)),
        (sp.log(x) / (x - 1), {"x": 1.0}, 1.0),
        ((sp.exp(z) - 1) / z, {"z": 0.0}, 1.0),
        ((1 + z) ** (1 / z), {"z": 0.0}, math.e),
        ((weight * x**z + (1 - weight) * y**z) ** (1 / z), {"a": 0.3, "x": 2.0, "y": 5.0, "z": 0.0}, 2**0.3 * 5**0.7),
    ]
    for term, at, expected in cases:
        for kernel in (NumericFunction("demo", {"z": term}, {}), NumericFunction("demo", {"z": term}, {}, "numba")):
            assert float(kernel(**at)["z"]) == pytest.approx(expected, rel=1e-15)
            values = kernel(**{name: np.full(3, value) for name, value in at.items()})["z"]
            np.testing.assert_allclose(values, expected, rtol=1e-14)


def test_sums_are_taken_apart_where_nothing_cancels_alone(rng):
    kernel = NumericFunction("demo", {"z": sp.Rational(1, 2) - s * (x - sp.Rational(1, 3))}, {})
    for near, factor in ((0.4, 1.0), (0.5, 2.0), (1e-9, 1.5), (0.58, 2.0), (1 / 3, 1e-3)):
        varied = near * (1 + 1e-7 * rng.uniform(-1, 1, 20_000))
        found = kernel(x=varied, s=factor)["z"]
        apart = 0.5 - factor * (varied - 1 / 3)
        np.testing.assert_allclose(found, apart, rtol=1e-15, atol=1e-16)


def test_constants_of_unusual_size_are_left_apart():
    kernel = NumericFunction("demo", {"z": x * y * s * sp.exp(sp.log(x) + s)}, {})
    many = np.full(20_000, 2.0)
    for tiny, large in ((1e-200, 1e250), (1e150, 1e-150)):
        found = kernel(x=many, y=tiny, s=large)["z"]
        expected = kernel(x=many, y=np.full(20_000, tiny), s=np.full(20_000, large))["z"]
        np.testing.assert_array_equal(found, expected)


EDGES = [
    ("kz.eq12", "p_I_off", 1.0),
    ("kz.eq12", "f_I", 0.0),
    ("kz.eq12", "p_I_off", 0.0),
    ("kz.eq14", "tau", 0.0),
    ("bo.eq9", "s_E", 0.5),
    ("bo.eq9", "beta", 1.0),
    ("bo.eq9", "phi", 0.0),
    ("bo.eq24", "s_n", 0.55),
]


@pytest.mark.parametrize(("identifier", "name", "edge"), EDGES)
def test_towards_an_edge_of_the_domain_no_digits_are_lost(identifier, name, edge):
    kernel, economy = symhet.numeric(identifier), ECONOMIES[identifier]
    seen = 0
    for far in 10.0 ** -np.arange(1, 14):
        point = {**economy, name: edge + (economy[name] - edge) * far}
        for output, value in kernel(**point).items():
            expected = exact(kernel.formulas[output], point).real
            if np.isfinite(value) and 1e-290 < abs(expected) < 1e290:
                seen += 1
                assert float(value) == pytest.approx(expected, rel=2e-14), point
    assert seen > 3
