"""Kernel functions: the numbers of the derived formulas, on every backend, and NaN outside their conditions."""

import ctypes
import importlib.util
import inspect
import math
import pickle
import re
import shutil
import subprocess

import mpmath
import numpy as np
import pytest
import sympy as sp

import symhet
from symhet.errors import DomainError, OutputError, SymhetError, TermError, UnknownClaim, UnknownParameter
from symhet.numerics.compiled.backends import _larger
from symhet.numerics.compiled.elementary import for_jax, for_numba
from symhet.numerics.compiled.functions import NumericFunction
from symhet.numerics.compiled.graph import Graph
from symhet.propositions import gt, lt

x, y, s = sp.symbols("x y s", positive=True)
needs_cc = pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler")
BACKENDS = ("numpy", "numba", "jax")
POINTS = 400


def inputs_of(kernel, rng, size=POINTS):
    """Return admissible inputs of a Baldwin-Okubo or Kleinert-Zorell kernel."""
    beta, phi = rng.uniform(1.05, 2.5, size), rng.uniform(0.05, 0.95, size)
    room = 1 / (1 + phi**beta)
    values = {
        "sigma": rng.uniform(2, 6, size),
        "beta": beta,
        "phi": phi,
        "s_E": 0.5 + (room - 0.5) * rng.uniform(0.05, 0.95, size),
        "f": (f := rng.uniform(0.5, 2, size)),
        "f_I": rng.uniform(0.2, 0.95, size) * f / (beta - 1),
        "alpha": rng.uniform(0.1, 0.9, size),
        "tau": rng.uniform(1.05, 2, size),
        "f_p": rng.uniform(0.5, 2, size),
        "f_ex": rng.uniform(0.5, 2, size),
        "phi_min": rng.uniform(0.5, 2, size),
        "p_I_d": rng.uniform(1, 2, size),
        "p_I_off": rng.uniform(0.5, 0.99, size),
        "a_D": (a_D := rng.uniform(0.8, 1, size)),
        "n_w": rng.uniform(0.2, 1, size),
    }
    values["a_X"] = a_X = a_D * phi ** (1 / (values["sigma"] - 1))
    moved = rng.uniform(0.3, 0.9, size)
    values["a_R"] = a_X + moved * (a_D - a_X) if kernel.name.startswith("bo.eq19") else moved * a_X
    if "s_n" in kernel.inputs:
        values["s_n"] = after_relocation(values, rng.uniform(0.1, 0.9, size))
    return {name: values[name] for name in kernel.inputs}


def after_relocation(given, share):
    """Return the North's share of firms when some of the South's exporters have moved."""
    omega = given["phi"] ** given["beta"]
    born = given["s_E"] * (1 + omega) - omega
    moved = share * np.minimum((1 - given["phi"]) * given["phi"] ** (given["beta"] - 1), born)
    return (born - moved) / (1 - omega - moved)


def exact(expr, point):
    return complex(expr.evalf(40, subs={sp.Symbol(n, positive=True): sp.Float(float(v), 40) for n, v in point.items()}))


@pytest.fixture(scope="module")
def rng():
    return np.random.default_rng(5)


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


def test_inputs_broadcast():
    kernel = symhet.numeric("kz.eq14")
    column, row = np.linspace(1.1, 2, 3)[:, None], np.linspace(0.5, 0.9, 4)
    found = kernel(tau=column, p_I_off=row, p_I_d=1.0, alpha=0.5, sigma=3.0, f_p=1.0, f_ex=1.5, phi_min=1.0)["phi_ex"]
    assert found.shape == (3, 4)
    each = kernel(tau=column[1, 0], p_I_off=row[2], p_I_d=1.0, alpha=0.5, sigma=3.0, f_p=1.0, f_ex=1.5, phi_min=1.0)
    assert found[1, 2] == pytest.approx(float(each["phi_ex"]), rel=1e-15)


@pytest.mark.parametrize("backend", BACKENDS)
def test_single_precision_where_asked(backend, rng):
    pytest.importorskip(backend)
    kernel = symhet.numeric("bo.eq9", backend=backend)
    given = inputs_of(kernel, rng)
    full, single = symhet.numeric("bo.eq9")(**given), kernel(**given, dtype=np.float32)
    for name in kernel.outputs:
        assert single[name].dtype == np.float32
        np.testing.assert_allclose(single[name], full[name], rtol=2e-4)


def test_blocks_change_nothing(rng):
    kernel = symhet.numeric("bo.eq9")
    given = inputs_of(kernel, rng, 70_001)
    whole = kernel(**given)
    pieces = [kernel(**{n: v[i : i + 7000] for n, v in given.items()}) for i in range(0, 70_001, 7000)]
    for name in kernel.outputs:
        np.testing.assert_array_equal(whole[name], np.concatenate([piece[name] for piece in pieces]))


@pytest.mark.parametrize("backend", BACKENDS)
def test_results_are_written_where_asked(backend, rng):
    pytest.importorskip(backend)
    kernel = symhet.numeric("bo.eq9", backend=backend)
    given = {name: value.reshape(20, 20) for name, value in inputs_of(kernel, rng).items()}
    kept = {"n_w": np.zeros((20, 20)), "a_X": np.zeros((20, 20))}
    fresh, found = kernel(**given), kernel(**given, out=kept, threads=2)
    for name in kernel.outputs:
        assert (found[name] is kept.get(name)) == (name in kept)
        np.testing.assert_array_equal(found[name], fresh[name])


@pytest.mark.parametrize(
    "wrong", [np.zeros(3), np.zeros((20, 20), dtype=np.float32), np.zeros((20, 20)).T[::-1], np.zeros((20, 40))[:, ::2]]
)
def test_arrays_that_do_not_fit_are_refused(wrong, rng):
    kernel = symhet.numeric("bo.eq9")
    given = {name: value.reshape(20, 20) for name, value in inputs_of(kernel, rng).items()}
    with pytest.raises(OutputError, match="a_D"):
        kernel(**given, out={"a_D": wrong})
    with pytest.raises(UnknownParameter):
        kernel(**given, out={"a_Q": np.zeros((20, 20))})


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


def load(path, name):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_printed_module_stands_alone_and_agrees(backend, tmp_path, rng):
    pytest.importorskip(backend)
    kernel = symhet.numeric("kz.eq14")
    path = tmp_path / f"eq14_{backend}.py"
    path.write_text(kernel.source(backend), "utf-8")
    assert "symhet" not in path.read_text("utf-8").replace("generated by symhet", "")
    given = {name: float(value[0]) for name, value in inputs_of(kernel, rng).items()}
    text = path.read_text("utf-8")
    assert re.search(r"\bv\d+\b", text) is None
    assert "Return phi_ex" in text
    assert "# sigma>1" in text
    [value] = (
        load(path, path.stem).kz_eq14(**given)
        if backend != "numba"
        else load(path, path.stem).kz_eq14(*(given[name] for name in kernel.inputs))
    )
    assert float(value) == pytest.approx(float(kernel(**given)["phi_ex"]), rel=1e-6 if backend == "jax" else 1e-14)


@needs_cc
def test_the_c_source_compiles_and_agrees(tmp_path, rng):
    kernel = symhet.numeric("bo.eq9")
    source, library = tmp_path / "eq9.c", tmp_path / "eq9.so"
    source.write_text(kernel.source("c"), "utf-8")
    command = ["cc", "-std=c99", "-Wall", "-Werror", "-O2", "-shared", "-fPIC", "-o", library, source, "-lm"]
    subprocess.run(command, check=True)
    given = inputs_of(kernel, rng)
    given["phi"][3] = 2.0
    out = {name: np.empty(POINTS) for name in kernel.outputs}
    arrays = [*(np.ascontiguousarray(given[name]) for name in kernel.inputs), *out.values()]
    pointers = [array.ctypes.data_as(ctypes.POINTER(ctypes.c_double)) for array in arrays]
    ctypes.CDLL(str(library)).bo_eq9(*pointers, ctypes.c_size_t(POINTS))
    for name, values in kernel(**given).items():
        np.testing.assert_allclose(out[name], values, rtol=1e-13)


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


def test_the_condition_of_a_demo_is_named():
    kernel = NumericFunction("demo", {"z": x * y}, {"big": gt(x, 3)})
    with pytest.raises(DomainError, match="big"):
        kernel(x=[4.0, 2.0], y=1.0, check=True)


@pytest.mark.parametrize("backend", ["numpy", "numba", "jax"])
def test_derivatives_among_the_inputs_have_names_that_code_can_have(backend):
    slope = symhet.numeric("kz.eqD1", backend=backend)
    given = {"alpha": 0.5, "phi_ex": 3.0, "phi_min": 1.0, "tau_I": 1.25, "d_phi_min_d_tau_I": np.array([-0.1, -0.2])}
    assert slope(**given)["d_phi_ex_d_tau_I"] == pytest.approx([0.9, 0.6], rel=1e-14)
    compile(slope.source(), "kernel", "exec")


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


def rows(points):
    return [dict(zip(points, map(float, values), strict=True)) for values in zip(*points.values(), strict=True)]


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


def test_one_point_is_worked_out_as_many_are(rng):
    for identifier in ("bo.eq9", "bo.eq24", "kz.eq12", "kz.eq15"):
        kernel = symhet.numeric(identifier)
        given = {name: rng.uniform(0.05, 1.5, 300) for name in kernel.inputs}
        if "M" in given:
            given["M"] = given["M_d"] + given["M_off"] + given["M_ex"]
        many = kernel(**given)
        for i, at in enumerate(rows(given)):
            for name, value in kernel(**at).items():
                assert type(value) is np.float64
                assert float(value) == pytest.approx(many[name][i], rel=1e-11, nan_ok=True)


def test_what_does_not_vary_is_one_number_seen_everywhere(rng):
    kernel = symhet.numeric("bo.eq9")
    given = {"sigma": 4.0, "beta": 1.5, "phi": 0.3, "f": 1.0, "f_I": 0.9}
    s_E = rng.uniform(0.51, 0.6, 10_000)
    found = kernel(**given, s_E=s_E)
    assert found["a_D"].strides == (0,)
    s_E[77] = 0.3
    marked = kernel(**given, s_E=s_E)
    for name in kernel.outputs:
        assert found[name].shape == marked[name].shape == s_E.shape
        assert np.flatnonzero(np.isnan(marked[name])).tolist() == [77]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1 + 2j, "complex"), (np.array([1 + 0j]), "complex"), (True, "truth"), ("1.3", "texts"),
        (np.datetime64("2020-01-01"), "dates"), (None, "objects"), (np.timedelta64(3, "D"), "time spans"),
    ],
)  # fmt: skip
def test_what_is_no_real_number_is_refused_by_name(value, said):
    kernel = symhet.numeric("kz.eq14")
    given = dict.fromkeys(kernel.inputs, 0.5) | {"sigma": 3.0}
    with pytest.raises(DomainError, match=said):
        kernel(**{**given, "tau": value})
    with pytest.raises(UnknownParameter, match="int"):
        kernel(**{**given, "tau": np.array([1, 2])}, dtype=np.int64)


def test_integers_and_masks_are_taken_as_they_are_meant():
    kernel = symhet.numeric("kz.eq14")
    given = dict.fromkeys(kernel.inputs, 1) | {"sigma": 3}
    whole = kernel(**{**given, "tau": np.array([2, 3], dtype=np.int8)})["phi_ex"]
    np.testing.assert_array_equal(whole, kernel(**{**given, "tau": np.array([2.0, 3.0])})["phi_ex"])
    masked = np.ma.masked_array([2.0, 3.0], [False, True])
    assert np.isnan(kernel(**{**given, "tau": masked})["phi_ex"]).tolist() == [False, True]


def test_results_do_not_go_where_inputs_or_other_results_stand(rng):
    kernel = symhet.numeric("bo.eq9")
    given = inputs_of(kernel, rng)
    room = np.empty(2 * given["f"].size)
    halves = room[: given["f"].size], room[1 : given["f"].size + 1]
    for out, said in (
        ({"n_w": given["f"]}, "the input 'f'"),
        ({"n_w": halves[0], "a_D": halves[1]}, r"out\['n_w'\]"),
    ):
        with pytest.raises(OutputError, match=said):
            kernel(**given, out=out)
    kernel(**given, out={"n_w": room[::2].copy()})


ECONOMIES = {
    "bo.eq9": {"sigma": 3.0, "beta": 1.5, "phi": 0.3, "s_E": 0.55, "f": 1.0, "f_I": 0.9},
    "bo.eq24": {"sigma": 3.0, "beta": 1.5, "phi": 0.3, "s_E": 0.55, "s_n": 0.56, "f": 1.0, "f_I": 0.9},
    "kz.eq12": {"sigma": 3.0, "alpha": 0.5, "p_I_d": 1.0, "p_I_off": 0.8, "f_p": 1.0, "f_I": 1.5, "phi_min": 1.0},
    "kz.eq14": {"sigma": 3.0, "alpha": 1.0, "p_I_d": 1.0, "p_I_off": 0.8, "f_p": 1.0, "f_ex": 1.5, "phi_min": 1.0,
                "tau": 1.4},
}  # fmt: skip


@pytest.mark.parametrize("identifier", ECONOMIES)
def test_constants_that_are_put_together_change_nothing(identifier, rng):
    kernel, economy = symhet.numeric(identifier), ECONOMIES[identifier]
    for name in kernel.inputs:
        varied = economy[name] * rng.uniform(0.97, 1.03, 20_000)
        varied[11] = -1.0
        one = kernel(**{**economy, name: varied})
        all_vary = kernel(**{n: varied if n == name else np.full(20_000, value) for n, value in economy.items()})
        for output in kernel.outputs:
            np.testing.assert_allclose(one[output], all_vary[output], rtol=5e-14, err_msg=f"{output} by {name}")
            assert np.isnan(one[output][11])


@pytest.mark.parametrize(("identifier", "name"), [("kz.eq12", "f_p"), ("kz.eq12", "phi_min"), ("bo.eq9", "s_E")])
def test_a_loop_with_constants_put_together_says_the_same(identifier, name, rng):
    kernel, economy = symhet.numeric(identifier), ECONOMIES[identifier]
    loops = kernel.on("numba")
    varied = economy[name] * rng.uniform(0.99, 1.01, 300_000)
    for outside in ([], [11, 299_999]):
        varied[outside] = np.nan if name == "s_E" else -1.0
        expected, found = (k(**{**economy, name: varied}) for k in (kernel, loops))
        for output in kernel.outputs:
            np.testing.assert_allclose(found[output], expected[output], rtol=5e-14, err_msg=output)
            assert np.flatnonzero(np.isnan(found[output])).tolist() == outside
    barred = loops(**{**economy, name: varied, "sigma": 0.9})
    assert all(np.isnan(value).all() for value in barred.values())


@pytest.mark.parametrize("backend", ["numpy", "numba"])
def test_an_engine_tells_whether_every_point_is_inside(backend):
    kernel = symhet.numeric("kz.eq12").on(backend)
    engine, point = kernel._engine, ECONOMIES["kz.eq12"]
    for points in (100, 20_000):
        for value in (1.0, -1.0):
            varied = np.ones(points)
            varied[-1] = value
            arrays = {n: np.asarray(v) for n, v in point.items()} | {"phi_min": varied}
            inside = engine.evaluate(arrays, (points,), np.dtype(float), [np.empty(points)], 1)
            assert inside is (value > 0), (points, value)


@pytest.mark.parametrize("identifier", ECONOMIES)
@pytest.mark.parametrize("sigma", [3.0, 3.7])
def test_code_that_tests_nothing_says_the_same(identifier, sigma, rng):
    kernel, economy = symhet.numeric(identifier), ECONOMIES[identifier] | {"sigma": sigma}
    engine = kernel.on("numpy")._engine
    for name in kernel.inputs:
        varied = economy[name] * rng.uniform(0.99, 1.01, 20_000)
        scalars = {n: np.float64(value) for n, value in economy.items() if n != name}
        found = []
        for calm in (True, False):
            prepared = engine._put_together(scalars, {name: varied}, np.dtype(float), calm)
            assert not calm or (prepared.holds_throughout([varied]) and "less" not in prepared.code.source.block)
            results = [np.empty(varied.size) for _ in kernel.graph.worked_out]
            room = [np.empty(varied.size) for _ in range(prepared.code.source.buffers)]
            prepared.code.block(prepared.constants, [varied], results, room, *np.ones((2, varied.size), dtype=bool))
            found.append(results)
        np.testing.assert_allclose(*found, rtol=5e-14, err_msg=name)


@pytest.mark.parametrize("identifier", ECONOMIES)
def test_ranges_know_of_every_point_outside(identifier, rng):
    kernel, economy = symhet.numeric(identifier), ECONOMIES[identifier]
    engine = kernel.on("numpy")._engine
    known = 0
    for name in kernel.inputs:
        scalars = {n: np.float64(value) for n, value in economy.items() if n != name}
        prepared = engine._put_together(scalars, {name: np.ones(1)}, np.dtype(float), True)
        for _ in range(300):
            ends = economy[name] * np.exp(rng.normal(0, 10.0 ** rng.uniform(-3, 0.5), 2))
            varied = rng.uniform(min(ends), max(ends), 7)
            with np.errstate(all="ignore"):
                throughout = prepared.holds_throughout([varied])
            known += throughout
            inside = [all(map(np.isfinite, kernel(**{**economy, name: value}).values())) for value in varied]
            assert not throughout or all(inside), (name, varied)
        assert not prepared.holds_throughout([np.array([economy[name], np.nan])])
    assert known > 100 * len(kernel.inputs)


def test_one_point_outside_is_found_in_any_block(rng):
    kernel, point = symhet.numeric("kz.eq12"), ECONOMIES["kz.eq12"]
    for name, outside in (("f_I", 0.0), ("phi_min", np.nan), ("p_I_off", 1.0), ("p_I_d", 0.8)):
        varied = point[name] * rng.uniform(0.99, 1.01, 600_000)
        varied[[3, 299_999, -1]] = outside
        found = kernel(**{**point, name: varied})["phi_off"]
        assert np.flatnonzero(np.isnan(found)).tolist() == [3, 299_999, 599_999], name


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


def test_the_old_name_leads_to_the_same_function():
    assert symhet.kernel is symhet.numeric
    assert symhet.numerics.kernel is symhet.numerics.numeric
    assert inspect.unwrap(symhet.numeric) is symhet.numerics.numeric


def test_what_is_worked_out_once_is_what_arrays_give():
    assert math.isnan(_larger(1.0, math.nan))
    assert math.isnan(_larger(math.nan, 1.0))
    assert _larger(1.0, 2.0) == _larger(2.0, 1.0) == 2.0
    for identifier, given in ECONOMIES.items():
        kernel = symhet.numeric(identifier)
        for name in kernel.inputs:
            values = given[name] * np.linspace(0.9, 1.1, 20_000)
            alone = kernel(**{**given, name: values})
            beside = kernel(
                **{**given, name: values, **{n: np.full(values.size, given[n]) for n in given if n != name}}
            )
            for output in kernel.outputs:
                np.testing.assert_allclose(alone[output], beside[output], rtol=1e-13, err_msg=f"{identifier} {name}")
        out_of_range = {**given, kernel.inputs[0]: np.full(20_000, given[kernel.inputs[0]])}
        last = kernel.inputs[-1]
        for value in (0.0, -1.0, np.inf, np.nan, 1e308):
            alone = kernel(**{**out_of_range, last: value})
            beside = kernel(**{**out_of_range, last: np.full(20_000, value)})
            for output in kernel.outputs:
                np.testing.assert_allclose(
                    alone[output], beside[output], rtol=1e-12, err_msg=f"{identifier} {last}={value}"
                )
