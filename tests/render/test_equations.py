"""Formulas handed out: symbols by name, equations, LaTeX, substitution and derivatives."""

import pickle

import pytest
import sympy as sp

import symhet
from symhet.errors import SymhetError, UnknownClaim, UnknownParameter

ECONOMY = {"alpha": 0.5, "f_I": 1.2, "f_p": 1.0, "p_I_d": 1.0, "p_I_off": 0.8, "phi_min": 1.0, "sigma": 4.0}


@pytest.fixture(scope="module")
def cutoff():
    return symhet.formula("kz.eq12")


def test_symbols_are_found_by_name_and_mean_something(cutoff):
    f_I = cutoff.symbols["f_I"]
    assert sp.diff(cutoff.expression, f_I) != 0
    assert cutoff.expression.subs(cutoff.symbols["sigma"], 3) != cutoff.expression
    assert cutoff.eq.lhs == cutoff.variable
    assert isinstance(cutoff.eq, sp.Eq)
    assert set(cutoff.symbols) == set(symhet.numeric("kz.eq12").inputs)


def test_numbers_and_terms_are_put_in_by_name(cutoff):
    value = cutoff.subs(ECONOMY).expression
    assert float(value) == pytest.approx(float(symhet.numeric("kz.eq12")(**ECONOMY)["phi_off"]), rel=1e-14)
    tau = sp.Symbol("tau", positive=True)
    assert tau in cutoff.subs(f_I=2 * tau).expression.free_symbols
    nested = symhet.formula("kz.eq14").subs(phi_min=cutoff)
    assert "f_I" in nested.symbols
    with pytest.raises(UnknownParameter, match="f_I"):
        cutoff.subs(f_J=2)


def test_derivatives_are_taken_by_name_and_agree_with_gradients(cutoff):
    slope = cutoff.diff("f_I")
    gradient = symhet.numeric("kz.eq12").gradient("f_I")
    expected = float(gradient(**ECONOMY)["d_phi_off_d_f_I"])
    assert float(slope.subs(ECONOMY).expression) == pytest.approx(expected, rel=1e-12)
    twice = cutoff.diff("f_I", "sigma")
    exact = sp.diff(cutoff.expression, cutoff.symbols["f_I"], cutoff.symbols["sigma"])
    assert float(twice.subs(ECONOMY).expression) == pytest.approx(float(exact.subs(
        {cutoff.symbols[name]: value for name, value in ECONOMY.items()})), rel=1e-12)  # fmt: skip
    with pytest.raises(UnknownParameter):
        cutoff.diff("tau_I")


def test_latex_is_the_papers_or_ones_own(cutoff):
    assert r"\hat\varphi_{off}" in cutoff.latex()
    own = cutoff.latex({"phi_off": r"\varphi^{o}", "sigma": r"\varepsilon"})
    assert own.startswith(r"\varphi^{o} = ")
    assert r"\sigma" not in own
    assert cutoff._repr_latex_().startswith("$")
    assert r"\frac{d \hat\varphi_{off}}{d" in cutoff.diff("f_I").latex()


def test_a_claim_with_several_variables_hands_out_each():
    first = symhet.formula("bo.eq9")
    assert first.names == ("a_D", "a_X", "n_w", "s_n")
    assert first["n_w"] == symhet.formula("bo.eq9", "n_w")
    assert str(first["s_n"].diff("s_E")) == "D[s_n,s_E] = (phi**beta + 1)/(1 - phi**beta)"
    with pytest.raises(UnknownParameter):
        first["a_R"]


def test_a_formula_is_a_function_of_numbers(cutoff):
    given = {name: value for name, value in ECONOMY.items() if name != "sigma"}
    assert float(cutoff.subs(sigma=4).numeric()(**given)["phi_off"]) == pytest.approx(
        float(symhet.numeric("kz.eq12")(**ECONOMY)["phi_off"]), rel=1e-14
    )


def test_refuted_prints_and_unknown_claims():
    assert symhet.formula("bo.eq21").expression != symhet.formula("bo.eq21", printed=True).expression
    with pytest.raises(UnknownClaim):
        symhet.formula("kz.eq99")
    with pytest.raises(SymhetError):
        symhet.formula("kz.off-falls")
    assert pickle.loads(pickle.dumps(symhet.formula("kz.eq9"))) == symhet.formula("kz.eq9")
