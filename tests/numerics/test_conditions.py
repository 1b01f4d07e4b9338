"""A kernel function says NaN wherever a premise of its theorem fails: inequalities, equations and phases."""

import numpy as np
import pytest
import sympy as sp

import symhet
from symhet import papers
from symhet.claims import Verdict
from symhet.errors import DomainError, SymhetError
from symhet.numerics.compiled.absent import NoFormula
from symhet.numerics.compiled.functions import NumericFunction
from symhet.numerics.compiled.premises import determined
from symhet.numerics.compiled.registry import _verdict_of_print
from symhet.propositions import eq, ne

QUICK = ("bo.eq7", "bo.eq16", "bo.eq19", "bo.eq22", "bo.eq23", "bo.eq24", "bo.eq25", "kz.eq12", "kz.eq15")
POINTS = 2000
LONG_RUN = {"beta": 1.4, "sigma": 4.0, "f": 1.0, "f_I": 0.9}


def drawn(rng, names, size, signed=()):
    """Return values near zero, above one, and of either sign where a variable may be so."""
    kinds = (rng.uniform(0.02, 1, (len(names), size)), 1 + rng.exponential(1, (len(names), size)))
    mixed = np.where(rng.random((len(names), size)) < 0.5, *kinds)
    return dict(zip(names, mixed, strict=True)) | {name: rng.normal(size=size) for name in signed}


def of_either_sign(kernel):
    terms = [*kernel.formulas.values(), *(rel.gap for rel in kernel.conditions.values())]
    return {s.name for term in terms for s in term.free_symbols if not s.is_positive}


def fails(relation, points):
    """Return where a relation fails clearly, by NumPy as SymPy prints it."""
    symbols = sorted(relation.lhs.free_symbols | relation.rhs.free_symbols, key=str)
    sides = sp.lambdify([sp.Symbol(s.name) for s in symbols], [s.subs({x: sp.Symbol(x.name) for x in symbols}) for s in
                        (relation.lhs, relation.rhs)], "numpy")  # fmt: skip
    with np.errstate(all="ignore"):
        left, right = np.broadcast_arrays(*sides(*(points[s.name] for s in symbols)), points[symbols[0].name])[:2]
        apart = np.abs(left - right) > 1e-6 * np.maximum(np.abs(left), np.abs(right))
        return apart if relation.op == "=" else apart & (left > right)


def answers_nowhere_outside(identifier):
    kernel = symhet.numeric(identifier)
    rng = np.random.default_rng(3)
    for label, relation in kernel.conditions.items():
        outside = {name: np.empty(0) for name in kernel.inputs}
        for _ in range(200):
            points = drawn(rng, kernel.inputs, 20_000, of_either_sign(kernel))
            bad = fails(relation, points)
            outside = {name: np.append(outside[name], points[name][bad]) for name in kernel.inputs}
            if outside[kernel.inputs[0]].size >= POINTS:
                break
        outside = {name: values[:POINTS] for name, values in outside.items()}
        assert outside[kernel.inputs[0]].size == POINTS, label
        for name, values in kernel(**outside).items():
            assert np.isnan(values).all(), (identifier, label, name)
        with pytest.raises(DomainError):
            kernel(**{name: values[0] for name, values in outside.items()}, check=True)


@pytest.mark.parametrize("identifier", QUICK)
def test_outside_each_condition_there_is_no_number(identifier):
    answers_nowhere_outside(identifier)


def every_function():
    """Yield each claim of both papers that concludes formulas, by ID, and the function of them."""
    for claim in (*papers.ledger("kz").walk(), *papers.ledger("bo").walk()):
        try:
            yield claim.id, symhet.numeric(claim.id)
        except SymhetError:
            continue


@pytest.mark.slow
def test_outside_each_condition_of_any_kernel_there_is_no_number():
    seen = 0
    for identifier, kernel in every_function():
        answers_nowhere_outside(identifier)
        seen += bool(kernel.conditions)
    assert seen > 40


@pytest.mark.slow
def test_every_kernel_has_points_at_which_it_answers():
    rng = np.random.default_rng(4)
    for identifier, kernel in every_function():
        points = drawn(rng, kernel.inputs, 400_000, of_either_sign(kernel))
        for relation in kernel.conditions.values():
            for x, term in ((relation.lhs, relation.rhs), (relation.rhs, relation.lhs)):
                if relation.op == "=" and x.is_Symbol and all(s.is_Symbol for s in term.args):
                    values = [points[s.name] for s in (term.args or (term,)) if s.is_Symbol]
                    points[x.name] = sum(values) if values else np.full(400_000, float(term))
                    break
        exact = [rel for rel in kernel.conditions.values() if rel.op == "="]
        if len(exact) <= 1 and identifier not in ("bo.fn15", "bo.abar-XX", "bo.eq15", "bo.eq19.sunk"):
            found = kernel(**points)
            assert np.isfinite(next(iter(found.values()))).any(), identifier


@pytest.mark.parametrize("identifier", ["bo.eq16", "bo.eq22", "bo.eq25"])
def test_what_holds_at_equal_shares_is_not_given_at_others(identifier):
    kernel = symhet.numeric(identifier)
    given = {name: {**LONG_RUN, "phi": 0.3, "s_E": 0.55, "s_n": 0.55, "a_X": 0.5}[name] for name in kernel.inputs}
    assert all(np.isfinite(value) for value in kernel(**given).values())
    assert all(np.isfinite(value) for value in kernel(**{**given, "s_n": 0.55 * (1 + 1e-12)}).values())
    for other in (0.7, 0.5500001):
        assert all(np.isnan(value) for value in kernel(**{**given, "s_n": other}).values())
    with pytest.raises(DomainError, match="s_n = s_E"):
        kernel(**{**given, "s_n": 0.7}, check=True)


@pytest.mark.parametrize("identifier", ["bo.eq22", "bo.eq23", "bo.eq25"])
def test_a_long_run_formula_is_given_in_its_own_phase_only(identifier):
    kernel = symhet.numeric(identifier)
    phi = np.linspace(0.02, 0.98, 97)
    s_E = 0.6
    given = {**LONG_RUN, "phi": phi, "s_E": s_E, "s_n": s_E}
    found = next(iter(kernel(**{name: given[name] for name in kernel.inputs}).values()))
    p = (LONG_RUN["beta"] - 1) * (LONG_RUN["sigma"] - 1)
    a_D = (LONG_RUN["f_I"] * (LONG_RUN["beta"] - 1) / (1 + phi ** LONG_RUN["beta"])) ** (1 / (p + 3))
    a_X = a_D * phi ** (1 / 3)
    within = a_X * (phi * (2 * s_E - 1) / ((1 - phi) * (1 - s_E))) ** (1 / p)
    beyond = a_X * (phi * s_E / (1 - s_E)) ** (1 / p)
    right = (a_X <= beyond) & (beyond < a_D) if identifier == "bo.eq23" else within <= a_X
    if identifier == "bo.eq25":
        # It compares with the economy without relocation, in which the South has firms.
        right &= phi ** LONG_RUN["beta"] * s_E < 1 - s_E
    assert 0 < right.sum() < phi.size
    np.testing.assert_array_equal(np.isfinite(found), right)


def test_a_statement_proved_in_two_phases_is_given_in_the_first():
    """bo.eq25 has a theorem in XX and one in DD: its kernel function is that of XX, and s_n does not matter to it."""
    kernel = symhet.numeric("bo.eq25")
    given = {**LONG_RUN, "phi": np.array([0.2, 0.4]), "s_E": 0.6, "s_n": 0.6}
    found = kernel(**{name: given[name] for name in kernel.inputs})
    np.testing.assert_allclose(found["a_D"], (0.36 / (1 + given["phi"] ** 1.4)) ** (1 / 4.2), rtol=1e-14)
    np.testing.assert_array_equal(found["a_D"], found["a_D_0"])


def test_a_claim_s_kernel_is_its_own_and_not_that_of_a_limit():
    """kz.eqD1 has a part for no firms between two cutoffs, where the slope is zero."""
    given = {"alpha": 0.5, "phi_ex": 3.0, "phi_min": 1.0, "tau_I": 1.25, "d_phi_min_d_tau_I": np.array([-0.1, -0.2])}
    slope = symhet.numeric("kz.eqD1")
    assert slope.outputs == ("d_phi_ex_d_tau_I",)
    assert slope(**given)["d_phi_ex_d_tau_I"] == pytest.approx([0.9, 0.6], rel=1e-14)
    assert np.isnan(slope(**{**given, "d_phi_min_d_tau_I": -0.5})["d_phi_ex_d_tau_I"])
    assert float(symhet.numeric("kz.eqD1.equality")()["d_phi_ex_d_tau_I"]) == 0.0


def test_equations_tie_inputs_that_a_theorem_ties():
    masses = symhet.numeric("kz.eq15")
    given = {"M_d": 0.3, "M_off": 0.2, "M_ex": 0.1, "Phi_d": 1.0, "Phi_off": 1.5, "Phi_ex": 2.0, "sigma": 4.0}
    assert np.isfinite(masses(**given, M=0.6)["Phi_mean"])
    assert np.isnan(masses(**given, M=0.7)["Phi_mean"])
    weights = symhet.numeric("bo.eq7")
    economy = {"a_D": 0.8, "a_D_star": 0.8, "phi": 0.4, "sigma": 3.0, "beta": 1.5, "n": 0.2, "N_star": 0.1}
    tied = 0.8 * 0.4**0.5
    assert np.isfinite(weights(**economy, a_X=tied, a_X_star=tied)["mbar"])
    assert np.isnan(weights(**economy, a_X=tied, a_X_star=0.5)["mbar"])
    with pytest.raises(DomainError, match="consistent inputs"):
        weights(**economy, a_X=tied, a_X_star=0.5, check=True)


@pytest.mark.parametrize("backend", ["numpy", "numba", "jax"])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_equations_are_tested_on_every_backend(backend, dtype):
    pytest.importorskip(backend)
    x, y = sp.symbols("x y", positive=True)
    kernel = NumericFunction("demo", {"z": x * y}, {"same": eq(x, y), "not one": ne(x, 1)}, backend)
    found = kernel(x=np.array([0.3, 0.3, 1.0]), y=np.array([0.3, 0.31, 1.0]), dtype=dtype)["z"]
    np.testing.assert_allclose(found, [0.09, np.nan, np.nan], rtol=1e-6)


def test_a_refuted_print_is_given_only_where_it_is_asked_for():
    right, printed = symhet.numeric("bo.eq21"), symhet.numeric("bo.eq21", printed=True)
    given = {"beta": 1.4, "f": 1.0, "phi": 0.3}
    assert float(right(**given)["n_w"]) == pytest.approx((1 - 1 / 1.4) / (1 + 0.3**1.4), rel=1e-14)
    assert float(printed(**given, s_E=0.6, s_n=0.7)["n_w"]) == pytest.approx((1 - 1 / 1.4) / (0.7 / 0.6 - 0.3**1.4))
    assert "as printed" in repr(printed)
    share = symhet.numeric("bo.eq22", printed=True)
    assert np.isfinite(share(**LONG_RUN, phi=0.3, s_E=0.55, s_n=0.6)["a_D"])


def test_a_claim_without_a_formula_says_so():
    with pytest.raises(NoFormula, match="concludes no formula"):
        symhet.numeric("kz.off-falls")


def test_what_is_open_is_not_called_refuted():
    told = {verdict: NoFormula("x.1", prints=verdict).why for verdict in Verdict}
    assert "is open" in told[Verdict.OPEN]
    assert "refuted" not in told[Verdict.OPEN].replace("neither proved nor refuted", "")
    assert "is refuted" in told[Verdict.REFUTED]
    assert _verdict_of_print([], "kz") is None


def test_what_equations_determine_is_worked_out():
    x, y, z, s = sp.symbols("x y z s", positive=True)
    assert determined([eq(z * y, x), eq(y**s, x + 1)], frozenset({x, s})) == {y: (x + 1) ** (1 / s), z: x / y}
    assert determined([eq(z * x, z * y)], frozenset({x, y})) == {}


def test_one_output_may_be_named_by_itself():
    assert symhet.numeric("bo.eq9", "a_D").outputs == ("a_D",)
