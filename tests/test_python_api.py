"""The interface of Python as one uses it: names as text, items, labels, copies, tables and formulas in a notebook."""

import copy
import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import scipy.stats
import sympy as sp
import xarray as xr

import symhet
from symhet import papers
from symhet.claims import judge
from symhet.errors import DomainError, GaveUp, SymhetError, UnknownClaim, UnknownParameter
from symhet.findings import Verdict
from symhet.numerics.faults import MissingInput, UnclearSetting
from symhet.provers.tactics import auto
from symhet.theorems import genuine

LEDGER = papers.ledger("kz")


def test_claims_are_judged_by_id():
    assert judge("kz.eq11").claim is LEDGER["kz.eq11"]
    assert symhet.judge is judge
    with pytest.raises(UnknownClaim, match=r"did you mean kz\.eq9 "):
        judge("kz.eq99")
    with pytest.raises(UnknownClaim):
        judge("nonsense")
    with pytest.raises(TypeError, match="one claim or its ID"):
        judge(["kz.eq11"])


def test_a_ledger_is_a_collection():
    assert LEDGER["kz.eq12.offshorers"].id == "kz.eq12.offshorers"
    assert "kz.eq12.offshorers" in LEDGER
    assert LEDGER["kz.eq12"] in LEDGER
    assert "kz.zzz" not in LEDGER
    assert len(LEDGER) == len(list(LEDGER)) == len(LEDGER.claims)
    with pytest.raises(UnknownClaim):
        LEDGER["kz.zzz"]


MELITZ = Path(__file__).parents[1] / "examples" / "melitz.toml"
RESULTS = {
    "kz": lambda: symhet.solve("kz", tau_I=[1.1, 1.2]),
    "bo": lambda: symhet.solve("bo"),
    "own": lambda: symhet.solve(MELITZ, tau=[1.2, 1.3]),
    "fit": lambda: symhet.calibrate("kz", moments={"share_exporting": 0.18}, free="f_ex"),
}


@pytest.mark.parametrize("name", RESULTS)
def test_results_are_copied_pickled_and_shown(name):
    made = RESULTS[name]()
    for same in (copy.deepcopy(made), copy.copy(made), pickle.loads(pickle.dumps(made))):
        assert type(same) is type(made)
        assert same._repr_html_() == made._repr_html_()
        assert dict(same.parameters).keys() == dict(made.parameters).keys()


def test_a_formula_takes_what_its_conditions_admit():
    cutoff = symhet.formula("kz.eq12")
    assert len({cutoff, symhet.formula("kz.eq12")}) == 1
    for value in ("3/2", np.array([2.0, 3.0]), float("nan"), None):
        with pytest.raises(UnclearSetting, match="not clear"):
            cutoff.subs(sigma=value)
    for value in (1, -1, 0.5):
        with pytest.raises(DomainError, match="1 < sigma"):
            cutoff.subs(sigma=value)
    with pytest.raises(TypeError, match="one claim, not list"):
        symhet.formula(["kz.eq12"])


def test_what_is_missing_is_named():
    with pytest.raises(MissingInput, match="no value for alpha, f_ex"):
        symhet.numeric("kz.eq14")()
    with pytest.raises(UnclearSetting, match="not clear"):
        symhet.sweep("kz", ["tau_I"], "welfare")


def test_a_model_says_what_it_is_and_its_report_shows_itself():
    model = symhet.read_model(MELITZ)
    assert repr(model) == "<model Melitz (2003), open economy: 9 parameters, 3 variables, 30 claims>"
    assert "proved" in model.check("selection")._repr_html_()
    assert model.plot("tau", [1.1, 1.2], "phi").axes


@pytest.mark.parametrize("names", ["phi_ex,welfare", ["phi_ex", "welfare"], ("phi_ex", "welfare")])
def test_names_are_a_text_or_a_list(names):
    assert list(symhet.sweep("kz", {"tau_I": [1.1, 1.2]}, names).data_vars) == ["phi_ex", "welfare"]
    assert list(symhet.solve("kz", outputs=names)) == ["phi_ex", "welfare"]
    assert [entry.of for entry in symhet.statics("kz", of=names, to="tau_I", signs=False)] == ["phi_ex", "welfare"]


def test_names_of_kernels_and_calibrations_are_a_text_too():
    assert symhet.numeric("bo.eq9", outputs="a_D").outputs == ("a_D",)
    assert symhet.numeric("bo.eq9", outputs="a_D, n_w").outputs == ("a_D", "n_w")
    moments = {"share_exporting": 0.15, "share_offshoring": 0.33}
    fits = [symhet.calibrate("kz", moments=moments, free=free).parameters for free in ("f_ex,f_I", ["f_ex", "f_I"])]
    assert fits[0] == fits[1]


def test_results_and_inputs_by_name():
    economy = symhet.solve("kz", distribution=scipy.stats.lognorm(0.6), tau_I=[1.1, 1.2])
    assert economy["phi_ex"] is economy.phi_ex
    assert economy["tau_I"].tolist() == economy.inputs["tau_I"].tolist() == [1.1, 1.2]
    assert economy.inputs["sigma"] == 4
    assert {"welfare", "tau_I"} <= {*economy, *economy.inputs}
    with pytest.raises(UnknownParameter, match="did you mean phi_ex"):
        economy["phi_exx"]
    small = symhet.solve("bo", phi=0.3)
    assert (small["phase"].item(), small.inputs["phi"].item()) == ("XX", 0.3)


def test_results_go_to_xarray_and_pandas():
    economy = symhet.solve("kz", tau_I=[[1.1], [1.2], [1.3]], f_I=[1.0, 1.2])
    data = economy.to_xarray()
    assert data["welfare"].dims == ("tau_I", "f_I")
    assert data["welfare"].sel(tau_I=1.2, f_I=1.2).item() == symhet.solve("kz", tau_I=1.2, f_I=1.2).welfare
    assert data["welfare"].attrs["long_name"] == "real wage"
    assert data.attrs["symhet"] == symhet.__version__
    table = economy.to_pandas()
    assert len(table) == 6
    assert table.loc[table.tau_I.eq(1.3) & table.f_I.eq(1.0), "regime"].tolist() == ["paper"]
    assert symhet.solve("bo").to_pandas().shape[0] == 1
    both = symhet.solve("kz", tau_I=[1.1, 1.2], f_I=[1.0, 1.2]).to_xarray()
    assert both["welfare"].dims == ("axis_0",)
    assert both["f_I"].dims == ("axis_0",)


def test_labels_go_in_and_come_out():
    tau = xr.DataArray([1.1, 1.2], dims="tau_I", coords={"tau_I": [1.1, 1.2]})
    cost = xr.DataArray([1.0, 1.2, 1.4], dims="cost")
    economy = symhet.solve("kz", tau_I=tau, f_I=cost)
    assert economy.welfare.dims == ("tau_I", "cost")
    assert economy["welfare"].sel(tau_I=1.2)[1].item() == symhet.solve("kz", tau_I=1.2, f_I=1.2).welfare
    assert economy.regime.dims == ("tau_I", "cost")
    assert economy.to_xarray()["welfare"].identical(economy.welfare)
    assert economy.moments()["share_exporting"].shape == (2, 3)
    assert "welfare" in dir(economy)
    found = symhet.numeric("kz.eq14")(
        phi_min=1.0, tau=tau, alpha=0.5, sigma=3.0, f_p=1.0, f_ex=cost, p_I_off=0.8, p_I_d=1.0
    )
    assert found["phi_ex"].dims == ("tau_I", "cost")
    with pytest.raises(DomainError, match="labelled axes"):
        symhet.solve("kz", tau_I=tau, f_I=[1.0, 1.2])
    named = symhet.solve("kz", tau_I=tau.rename(tau_I="welfare"))
    with pytest.raises(UnclearSetting, match="name of a result"):
        named.to_xarray()
    assert symhet.solve("kz", outputs="welfare", tau_I=tau)["welfare"].dims == ("tau_I",)


@pytest.mark.parametrize("module", [symhet, symhet.numerics, papers])
def test_dir_shows_what_is_public(module):
    assert sorted(dir(module)) == sorted(module.__all__)


@pytest.mark.parametrize("identifier", ["kz.eq12", "kz.R.1", "bo.eq24", "bo.result1", "kz.eq15"])
def test_judgements_are_copied_and_travel(identifier):
    judged = judge(identifier)
    for other in (copy.copy(judged), copy.deepcopy(judged), pickle.loads(pickle.dumps(judged))):
        assert other.finding.verdict == judged.finding.verdict
        assert other.finding.statement == judged.finding.statement
        assert all(map(genuine, other.finding.theorems))
        assert [theorem.goal for theorem in other.finding.theorems] == [t.goal for t in judged.finding.theorems]


def test_a_theorem_that_travels_is_replayed(tmp_path):
    (tmp_path / "judged").write_bytes(pickle.dumps(judge("kz.eq12")))
    script = (
        "import pickle, sys; from symhet.theorems import genuine\n"
        "judged = pickle.load(open(sys.argv[1], 'rb'))\n"
        "print(judged.finding.verdict, all(map(genuine, judged.finding.theorems)))"
    )
    line = [sys.executable, "-c", script, str(tmp_path / "judged")]
    assert subprocess.run(line, capture_output=True, text=True, check=True).stdout == "proved True\n"


def test_a_derivation_that_travels_has_no_tactics():
    derivation = pickle.loads(pickle.dumps(judge("kz.eq12").finding.derivation))
    assert [line.says for line in derivation.lines]
    assert derivation.try_prove(judge("kz.eq12").finding.statement, auto()) is None
    with pytest.raises(GaveUp, match="left behind"):
        derivation._steps[0].by(derivation.context, derivation.lines[0].prop)


def test_everything_shows_itself_in_a_notebook():
    judged = judge("kz.R.2.aggregate")
    assert judged.finding.verdict is Verdict.PROVED_WITH
    assert judged.claim._repr_latex_() == rf"$\displaystyle {judged.claim.printed}$"
    assert LEDGER._repr_html_().count("<tr>") == sum(1 for _ in LEDGER.walk()) + 1
    assert all(word in judged._repr_html_() for word in ("proved-with", "counterexample", "holds under", "<details>"))
    assert r"\vdash" in judged.finding.theorems[0]._repr_latex_()
    assert "not everywhere" in judged.finding.theorems[1]._repr_latex_()
    assert judged.finding.derivation._repr_html_().count("<li>") == len(judged.finding.derivation.lines)
    assert "proved-with" in judged.finding._repr_html_()
    assert "welfare" in symhet.solve("kz")._repr_html_()
    assert "values" in symhet.solve("bo", phi=np.linspace(0.1, 0.9, 5))._repr_html_()


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (lambda: symhet.solve("bo", regime=3), "unknown regime 3"),
        (lambda: symhet.solve("kz", outputs=3), "no list of names"),
        (lambda: symhet.solve("kz")[0], "unknown parameter 0"),
        (lambda: symhet.statics("kz", of=[1], signs=False), "no list of names"),
        (lambda: symhet.draw(None), "unknown picture None"),
        (lambda: symhet.calibrate("kz", moments="share_exporting", free="f_ex"), "moments have values"),
        (lambda: symhet.formula("kz.eq14").diff(sp.Symbol("tua")), "did you mean tau"),
    ],
)
def test_what_is_no_name_is_refused_in_words(asked, says):
    with pytest.raises(SymhetError, match=says):
        asked()


def test_symbols_made_by_hand_mean_those_of_a_formula():
    cutoff = symhet.formula("kz.eq14")
    assert cutoff.diff(sp.Symbol("tau")) == cutoff.diff("tau")
    assert cutoff.subs({sp.Symbol("sigma"): 3}) == cutoff.subs(sigma=3)


def doubled():
    model = symhet.Model("A demo")
    a, x = model.parameter("a", above=1, default=2), model.variable("x")
    model.condition("root", sp.Eq(x, a**2))
    return model, a, x


def test_labelled_arrays_of_a_model_of_ones_own_come_back_labelled():
    model, a, x = doubled()
    given = xr.DataArray([2.0, 3.0], dims="year", coords={"year": [1990, 1991]})
    found = model.solve(a=given)
    assert found.x.dims == ("year",)
    assert found.to_xarray()["x"].sel(year=1991).item() == 9.0
    assert pickle.loads(pickle.dumps(found)).x.equals(found.x)
    [slope] = model.statics(of=x, to=a, a=given)
    assert slope.derivative.sel(year=1990).item() == pytest.approx(4.0)
    [static] = symhet.statics("kz", of="phi_ex", to="tau", signs=False, tau=xr.DataArray([1.7, 1.8], dims="t"))
    assert static.elasticity.dims == ("t",)


def test_axes_have_the_names_of_what_varies_along_them():
    model, *_ = doubled()
    assert dict(model.solve(a=[2.0, 3.0]).to_xarray().sizes) == {"a": 2}
    assert model.solve(a=[[2.0, 3.0], [4.0, 5.0]]).to_xarray()["x"].dims == ("dim_0", "dim_1")


def test_symbols_are_names_too():
    model, a, x = doubled()
    assert model.statics(of=[x], to=[a])[0].derivative == pytest.approx(4.0)
    assert model.sweep({a: [2.0, 3.0]}, x).x.values.tolist() == [4.0, 9.0]
    assert symhet.calibrate(model, moments={x: 9.0}, free=a).parameters["a"] == pytest.approx(3.0)
    assert model.plot(a, [2.0, 3.0], of=x).axes


def test_a_report_is_a_list_of_verdicts_by_name(monkeypatch, tmp_path):
    monkeypatch.setenv("SYMHET_CACHE", str(tmp_path))
    model, a, x = doubled()
    model.claim("larger", x > a)
    model.claim("twice", x > 2 * a)
    report = model.check()
    assert [each.verdict for each in report] == ["proved", "proved-with"]
    assert (len(report), report["twice"].verdict) == (2, "proved-with")
    with pytest.raises(SymhetError, match="larger or twice"):
        report["nothing"]
    for arrived in (pickle.loads(pickle.dumps(report)), copy.deepcopy(report)):
        assert [each.as_dict()["verdict"] for each in arrived] == ["proved", "proved-with"]
        assert str(arrived) == str(report)


def test_a_model_of_ones_own_shows_itself_without_pandas(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    model, *_ = doubled()
    assert "<td>4 … 9 (2 values)</td>" in model.solve(a=[2.0, 3.0])._repr_html_()
    assert "a &gt; 1" in model.solve(a=0.5, check=False)._repr_html_()


def test_formulas_are_differentiated_twice():
    twice = symhet.formula("kz.eq14").diff("tau", "f_ex")
    assert twice.latex().startswith(r"\frac{d^{2} \hat\varphi_{ex}}{d \tau\,d f_{ex}} = ")
    assert symhet.formula("kz.eq14").diff("tau", "tau").expression == 0
