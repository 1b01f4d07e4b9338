"""Numeric functions: the numbers of the derived formulas, on every backend, and NaN outside their conditions."""

import inspect
import pickle

import numpy as np
import pytest
import sympy as sp

import symhet
from symhet.errors import DomainError, SymhetError, TermError, UnknownClaim, UnknownParameter
from symhet.numerics.compiled.functions import NumericFunction
from symhet.numerics.compiled.graph import Graph
from symhet.propositions import gt, lt
from tests.numerics.compiled_points import BACKENDS, POINTS, exact, inputs_of, s, x, y


@pytest.mark.parametrize("identifier", ["bo.eq9", "kz.eq12", "kz.eq14"])
@pytest.mark.parametrize("backend", BACKENDS)
def test_a_kernel_agrees_with_its_formula_to_40_digits(identifier, backend, rng):
    pytest.importorskip(backend)
    kernel = symhet.numeric(identifier, backend=backend)
    given = inputs_of(kernel, rng)
    found = kernel(**given, check=True)
    for i in range(0, POINTS, 20):
        point = {name: value[i] for name, value in given.items()}
        for name, formula in kernel.formulas.items():
            assert found[name][i] == pytest.approx(exact(formula, point).real, rel=2e-14)


def test_sums_and_quotients_have_the_papers_names():
    assert symhet.numeric("bo.eq9").outputs == ("a_D", "a_X", "n_w", "s_n")
    assert symhet.numeric("bo.eq9", outputs=["s_n", "a_D"]).outputs == ("s_n", "a_D")


def test_the_solver_and_the_kernel_agree():
    kernel = symhet.numeric("bo.eq9")
    found = kernel(sigma=4.0, beta=1.5, phi=0.3, s_E=0.55, f=1.0, f_I=0.9)
    equilibrium = symhet.solve("bo", regime="no-relocation", sigma=4, rho=4.5, phi=0.3, s_E=0.55, f=1, f_I=0.9)
    for name in kernel.outputs:
        assert float(found[name]) == pytest.approx(float(getattr(equilibrium, name)), rel=1e-14)


@pytest.mark.parametrize("backend", BACKENDS)
def test_outside_the_conditions_the_answer_is_nan(backend, rng):
    pytest.importorskip(backend)
    kernel = symhet.numeric("bo.eq9", backend=backend)
    given = inputs_of(kernel, rng)
    broken = {"sigma": 0.5, "phi": 1.2, "beta": 0.9, "s_E": 0.4, "f": -1.0, "f_I": np.nan}
    for row, (name, value) in enumerate(broken.items()):
        given[name] = given[name].copy()
        given[name][row] = value
    for values in kernel(**given).values():
        assert np.isnan(values[: len(broken)]).all()
        assert np.isfinite(values[len(broken) :]).all()


def test_a_condition_that_the_claim_was_found_to_need_is_always_checked():
    kernel = symhet.numeric("bo.eq9", outputs=["a_D"])
    given = {"sigma": 4.0, "beta": 1.5, "f": 1.0, "f_I": 0.9, "s_E": 0.9}
    assert np.isfinite(kernel(**given, phi=0.1)["a_D"])
    assert np.isnan(kernel(**given, phi=0.8)["a_D"])
    with pytest.raises(DomainError, match="phi_S"):
        kernel(**given, phi=0.8, check=True)


def test_an_output_is_not_asked_for_and_its_own_conditions_are_checked():
    kernel = symhet.numeric("bo.eq24")
    assert not set(kernel.inputs) & set(kernel.outputs)
    given = {"sigma": 4.0, "beta": 1.5, "f": 1.0, "f_I": 0.9, "phi": 0.3, "s_E": 0.55}
    found = kernel(**given, s_n=np.array([0.5, 0.2]))
    assert 0 < found["a_R"][0] < found["a_X"][0]
    assert np.isnan(found["a_R"][1])
    with pytest.raises(DomainError, match="R<=X"):
        kernel(**given, s_n=0.2, check=True)


def test_check_names_the_assumption_and_the_first_index():
    kernel = symhet.numeric("bo.eq9")
    phi = np.full((3, 2), 0.3)
    phi[1, 1] = 1.5
    with pytest.raises(DomainError) as caught:
        kernel(sigma=4.0, beta=1.5, phi=phi, s_E=0.55, f=1.0, f_I=0.9, check=True)
    assert "phi<1" in caught.value.assumption
    assert "(1, 1)" in caught.value.where
    assert (caught.value.left, caught.value.right) == (1.5, 1.0)


def test_a_base_that_is_not_positive_is_a_failed_condition():
    kernel = NumericFunction("demo", {"z": (x - y) ** s})
    assert np.isnan(kernel(x=1.0, y=2.0, s=0.5)["z"])
    with pytest.raises(DomainError, match="x - y > 0"):
        kernel(x=1.0, y=2.0, s=0.5, check=True)


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_result_beyond_the_doubles_is_not_a_number(backend):
    pytest.importorskip(backend)
    kernel = NumericFunction("demo", {"z": (x**s + y**s) / y}, {}, backend)
    found = kernel(x=np.array([1e200, 1e100, 3.0]), y=2.0, s=np.array([2.0, 2.0, 2.0]))["z"]
    np.testing.assert_allclose(found, [np.nan, 0.5e200, 6.5], rtol=1e-12)


@pytest.mark.parametrize("identifier", ["bo.eq9", "kz.eq12"])
def test_gradients_are_those_of_the_function(identifier, rng):
    kernel = symhet.numeric(identifier)
    given = inputs_of(kernel, rng)
    slopes = kernel.gradient()(**given)
    for name in kernel.inputs:
        step = 1e-6 * given[name]
        above, below = (kernel(**{**given, name: given[name] + sign * step}) for sign in (1, -1))
        for output in kernel.outputs:
            quotient = (above[output] - below[output]) / (2 * step)
            size = np.abs(above[output]) / given[name]
            inside = np.isfinite(quotient)
            assert inside.mean() > 0.9
            np.testing.assert_array_less(
                np.abs(slopes[f"d_{output}_d_{name}"] - quotient)[inside], (2e-7 * (np.abs(quotient) + size))[inside]
            )


@pytest.mark.parametrize(
    ("identifier", "output"),
    [("bo.eq24", "a_R"), ("bo.eq9", "s_n"), ("bo.eq19", "mbar_star"), ("bo.abar-XX", "abar_star")],
)
def test_gradients_are_exact(identifier, output, rng):
    kernel = symhet.numeric(identifier)
    given = inputs_of(kernel, rng)
    slopes = kernel.gradient("phi", "sigma")(**given, check=True)
    for i in range(0, POINTS, 40):
        point = {name: value[i] for name, value in given.items()}
        for name in ("phi", "sigma"):
            slope = sp.diff(kernel.formulas[output], sp.Symbol(name, positive=True))
            assert slopes[f"d_{output}_d_{name}"][i] == pytest.approx(exact(slope, point).real, rel=1e-10)


@pytest.mark.parametrize("backend", BACKENDS)
def test_derivatives_that_are_zero_are_zero_inside_the_conditions(backend, rng):
    pytest.importorskip(backend)
    kernel = symhet.numeric("bo.eq9", backend=backend)
    given = inputs_of(kernel, rng)
    given["phi"][5] = 1.5
    inside = np.arange(POINTS) != 5
    kept = {"d_n_w_d_s_E": np.full(POINTS, 3.0)}
    for slopes in (kernel.gradient("s_E"), symhet.numeric("bo.eq9", ["n_w"], backend).gradient("s_E")):
        own = {name: given[name] for name in slopes.inputs}
        found = slopes(**own, out=kept)["d_n_w_d_s_E"]
        assert found is kept["d_n_w_d_s_E"]
        assert (found[inside] == 0).all()
        assert np.isnan(found[5])
        assert not slopes(**{name: values[inside] for name, values in own.items()})["d_n_w_d_s_E"].any()


def test_unknown_names_are_refused():
    with pytest.raises(UnknownClaim):
        symhet.numeric("kz.eq99")
    with pytest.raises(UnknownParameter):
        symhet.numeric("bo.eq9", outputs=["a_R"])
    with pytest.raises(UnknownParameter):
        symhet.numeric("bo.eq9", backend="fortran")
    with pytest.raises(UnknownParameter):
        symhet.numeric("kz.eq14")(nonsense=1.0)
    with pytest.raises(UnknownParameter, match="no value for alpha"):
        symhet.numeric("kz.eq14")(tau=1.0)


def test_a_claim_without_a_formula_has_no_kernel():
    with pytest.raises(SymhetError):
        symhet.numeric("kz.off-falls")


def test_unknown_terms_are_refused():
    with pytest.raises(TermError):
        Graph({"z": sp.sin(x)})


def test_equal_terms_are_worked_out_once():
    graph = Graph({"a": x**s / (1 + x**s), "b": x**s * y, "c": (1 + x**s) ** 2})
    assert sum(node.op == "exp" for node in graph.nodes) == 1
    assert sum(node.op == "log" for node in graph.nodes) == 1


def test_formulas_may_refer_to_steps(rng):
    w, v = sp.symbols("w v", positive=True)
    kernel = NumericFunction("demo", {"z": w**v / (1 + v)}, {"small": lt(w, 9)}, steps={"w": x**s / y, "v": w + y})
    given = {name: rng.uniform(1, 3, 50) for name in "xys"}
    inside = given["x"] ** given["s"] / given["y"]
    found = kernel(**given)["z"]
    expected = np.where(inside < 9, inside ** (inside + given["y"]) / (1 + inside + given["y"]), np.nan)
    np.testing.assert_allclose(found, expected, rtol=1e-13)
    assert set(kernel.formulas["z"].free_symbols) == {x, y, s}
    np.testing.assert_array_equal(pickle.loads(pickle.dumps(kernel))(**given)["z"], found)
    with pytest.raises(DomainError, match="w < 9"):
        kernel(**{**given, "x": 30.0}, check=True)
    slopes = kernel.gradient("x")(**given)["d_z_d_x"]
    step = 1e-6
    above, below = (kernel(**{**given, "x": given["x"] + sign * step})["z"] for sign in (1, -1))
    np.testing.assert_allclose(slopes, (above - below) / (2 * step), rtol=1e-5)


def test_what_refers_to_itself_stays_an_input():
    w = sp.Symbol("w", positive=True)
    assert NumericFunction("demo", {"z": w + x}, steps={"w": w * y}).inputs == ("w", "x")


@pytest.mark.parametrize(("backend", "by"), [("numba", ["phi", "sigma"]), ("jax", ["beta", "phi", "sigma"])])
def test_many_outputs_agree_on_every_backend(backend, by, rng):
    pytest.importorskip(backend)
    kernel = symhet.numeric("bo.eq9").gradient(*by)
    other = kernel.on(backend)
    given = inputs_of(kernel, rng)
    given["phi"][7] = 1.5
    there = other(**given)
    for name, values in kernel(**given).items():
        assert np.isnan(values[7])
        np.testing.assert_allclose(there[name], values, rtol=1e-11, atol=1e-13)


def test_the_condition_of_a_demo_is_named():
    kernel = NumericFunction("demo", {"z": x * y}, {"big": gt(x, 3)})
    with pytest.raises(DomainError, match="big"):
        kernel(x=[4.0, 2.0], y=1.0, check=True)


def test_the_old_name_leads_to_the_same_function():
    assert symhet.kernel is symhet.numeric
    assert symhet.numerics.kernel is symhet.numerics.numeric
    assert inspect.unwrap(symhet.numeric) is symhet.numerics.numeric
