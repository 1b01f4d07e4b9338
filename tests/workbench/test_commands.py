"""Every command on the path of a model file, and the same from `symhet.Model`."""

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import Phase, find, settings

import symhet
from symhet import catalogue
from symhet.claims import Verdict
from symhet.cli import main
from symhet.workbench import key_of
from symhet.workbench.claims import claims_of, finding_of

EXAMPLES = Path(__file__).parents[2] / "examples"
MELITZ, LAFFER = str(EXAMPLES / "melitz.toml"), str(EXAMPLES / "claims" / "laffer.toml")
MARKET = """title = "A market"
[parameters]
t = { default = 1 }
[functions]
demand = { of = ["p"], falls = ["p"], positive = true }
[variables]
p = { meaning = "price" }
[conditions]
clearing = "demand(p + t) = p"
[claims]
falls = "d(p)/d(t) < 0"
level = "demand(p + t)/p = 1"
"""


def said(*arguments, status=0):
    found = CliRunner().invoke(main, [*arguments])
    assert found.exit_code == status, found.output
    assert found.exception is None or isinstance(found.exception, SystemExit)
    return found.output


@pytest.fixture
def market(tmp_path):
    path = tmp_path / "market.toml"
    path.write_text(MARKET, "utf-8")
    return str(path)


def test_solve_prints_the_equilibrium_and_writes_it(market):
    printed = said("solve", MELITZ, "--distribution", "lognormal:mu=0,sigma=0.7")
    assert "production cutoff of the open economy" in printed
    record = json.loads(said("solve", MELITZ, "--set", "tau=1.4", "--json", "-"))
    assert record["parameters"]["tau"] == 1.4
    assert record["results"]["phi"] == pytest.approx(symhet.solve(MELITZ, tau=1.4).phi.item())
    assert record["status"] == ""
    assert "no distribution is given" in record["notes"][0]
    assert "[SH731]" in said("solve", market, status=2)
    assert "2" in said("solve", market, "--function", "demand=6/p")


def test_solve_over_many_values_says_where_there_is_none():
    record = json.loads(said("solve", MELITZ, "--over", "tau=0.9,1.2,1.4", "--json", "-", status=1))
    assert record["status"] == ["tau > 1", "", ""]
    assert record["results"]["phi"][0] is None


def test_statics_prints_derivatives_of_definitions_too():
    rows = json.loads(said("statics", MELITZ, "--of", "phi,W", "--to", "tau,sigma", "--json", "-"))
    assert [(row["of"], row["to"]) for row in rows] == [("phi", "tau"), ("phi", "sigma"), ("W", "tau"), ("W", "sigma")]
    step = 1e-5
    for row in rows:
        ends = [
            symhet.solve(MELITZ, **{row["to"]: {"tau": 1.3, "sigma": 3.8}[row["to"]] + way * step}) for way in (1, -1)
        ]
        numeric = (ends[0][row["of"]] - ends[1][row["of"]]) / (2 * step)
        assert row["derivative"] == pytest.approx(float(numeric), rel=1e-6)


def test_sweep_takes_a_file_and_an_object(tmp_path):
    assert said("sweep", MELITZ, "--over", "tau=1.1,1.3", "--outputs", "phi", "-q").splitlines()[0] == "tau,phi"
    model = symhet.read_model(MELITZ)
    kept = model.sweep({"tau": [1.1, 1.3]}, ["phi", "status"], out=str(tmp_path / "m.zarr"))
    assert kept["phi"].values == pytest.approx(model.solve(tau=[1.1, 1.3]).phi)


def test_variables_may_be_called_like_attributes():
    model = symhet.Model("Names")
    model.parameter("a", default=4)
    model.variable("shape")
    model.define("values", "2*shape")
    model.condition("square", "shape^2 = a")
    found = model.solve(a=[4.0, 9.0])
    assert found["shape"].tolist() == pytest.approx([2.0, 3.0])
    assert found["values"].tolist() == pytest.approx([4.0, 6.0])
    assert model.sweep({"a": [4.0]}, ["shape", "values"])["values"].values == pytest.approx([4.0])
    assert model.plot("a", [4.0, 9.0], of=["shape"]).axes


def test_a_formula_becomes_a_numeric_function():
    assert "def melitz_M10_ratio" in said("numeric", f"{MELITZ}:M10.ratio")
    ratio = symhet.read_model(MELITZ).numeric("M10.ratio")
    found = symhet.solve(MELITZ)
    value = ratio(sigma=3.8, tau=1.3, f=1.0, f_x=1.2, phi=found.phi.item())["phi_x"]
    assert value == pytest.approx(found.phi_x.item(), rel=1e-13)
    assert "double" in said("numeric", f"{MELITZ}:M10.ratio", "--backend", "c")


def test_a_formula_for_a_definition_becomes_a_numeric_function():
    chaney = symhet.read_model(EXAMPLES / "chaney.toml")
    exports, found = chaney.numeric("C05"), chaney.solve()
    assert exports.outputs == ("X",)
    known = {**found.parameters, **found.values}
    assert exports(**{name: float(known[name]) for name in exports.inputs})["X"] == pytest.approx(found.X.item())
    assert "concludes no formula" in said("numeric", f"{LAFFER}:rising", status=2)


def test_derive_and_export_print_what_was_found():
    printed = said("derive", LAFFER)
    assert "**Proved under a condition.**" in printed
    assert "**Counterexample.**" in printed
    assert "tax rate" in printed
    assert r"\begin{align*}" in said("export", "latex", f"{LAFFER}:peak")
    assert r"\documentclass" in said("export", "latex", LAFFER, "--standalone")
    assert "elasticity of earnings" in said("export", "tables", LAFFER, "--only", "notation")
    tables = said("export", "tables", MELITZ, "--only", "assumptions")
    assert "$f < f_{x} \\tau^{\\sigma-1}$" in tables
    assert "partition" in tables


@pytest.mark.slow
def test_report_writes_a_site(tmp_path):
    said("report", LAFFER, "-o", str(tmp_path / "site"))
    assert "laffer" in (tmp_path / "site" / "index.html").read_text("utf-8").lower()


def test_a_model_is_calibrated_and_drawn_as_papers_are():
    fit = symhet.calibrate(symhet.read_model(MELITZ), moments={"p_x": 0.2}, free=["f_x"], distribution="pareto:shape=4")
    assert fit.fitted["p_x"] == pytest.approx(0.2, rel=1e-8)
    assert "f_x" in said("calibrate", MELITZ, "--moment", "p_x=0.3", "--free", "f_x", "-q")
    # Any economy will do: none is looked for that is simpler.
    anyone = settings(phases=[Phase.generate])
    economy = find(symhet.strategies.economies(key_of(MELITZ), families=["lognormal"]), lambda _: True, settings=anyone)
    assert symhet.solve(MELITZ, **economy).solved.all()


def test_plot_draws_what_is_asked_for(tmp_path):
    pytest.importorskip("matplotlib")
    path = tmp_path / "cutoffs.svg"
    said("plot", MELITZ, "--of", "phi,phi_x", "--over", "tau=1.1:2:20", "-o", str(path))
    assert path.stat().st_size > 1000
    said("plot", "kz", "--of", "phi_ex", "--over", "tau_I=1.05:1.4:9", "-o", str(tmp_path / "kz.svg"))
    figure = symhet.read_model(MELITZ).plot("tau", of=["W"], distribution="lognormal:mu=0,sigma=0.6")
    [line] = figure.axes[0].lines
    values = line.get_ydata()
    assert np.isnan(values[0])
    assert np.nanmax(np.diff(values)) < 0
    assert "[SH605]" in said("plot", MELITZ, "--over", "tau=0.1:0.5:3", "-o", str(path), status=2)
    assert "[SH103]" in said("plot", MELITZ, "--over", "taw", "-o", str(path), status=2)


def test_premises_of_a_claim_are_told():
    printed = said("export", "latex", f"{LAFFER}:peak")
    assert r"\Longrightarrow" in printed or r"\Rightarrow" in printed
    [peak] = [c for c in claims_of("laffer", symhet.read_model(LAFFER)) if c.id.endswith(".peak")]
    assert "premise 1" not in peak.argue().theorems[0].context.hypotheses
    assert "of either sign" in said("export", "latex", f"{LAFFER}:open")


def test_findings_rest_on_theorems_of_the_core():
    model = symhet.read_model(LAFFER)
    verdicts = {claim.id.split(".")[1]: claim.argue() for claim in claims_of("laffer", model)}
    assert {name: finding.verdict for name, finding in verdicts.items()} == {
        "peak": Verdict.PROVED,
        "rising": Verdict.PROVED,
        "always": Verdict.PROVED_WITH,
        "open": Verdict.PROVED,
        "elastic": Verdict.PROVED,
    }
    assert all(finding.theorems for finding in verdicts.values())
    assert verdicts["always"].witness is not None


def test_what_is_contradictory_is_told_with_its_proof():
    model = symhet.read_model(EXAMPLES / "claims" / "contradictory.toml")
    [report, *_] = model.check().claims
    finding = finding_of(model, report)
    assert finding.verdict is Verdict.INCONSISTENT
    assert finding.theorems


def test_keys_mean_one_model_each():
    first, second = symhet.Model("Twice"), symhet.Model("Twice")
    second.parameter("x")
    assert key_of(first) != key_of(second)
    assert key_of(first) == "twice"
    assert catalogue.find_paper(key_of(second)).written.quantities
    assert "twice" not in [paper.key for paper in catalogue.papers()]
    assert key_of(symhet.Model("Own", key="kz")).startswith("kz-")


def test_errors_are_told_without_a_traceback(market, tmp_path):
    assert "[SH103]" in said("solve", MELITZ, "--set", "taw=1", status=2)
    assert "[SH101]" in said("derive", f"{MELITZ}:M99", status=2)
    assert "[SH201]" in said("solve", market, "--function", "demand", status=2)
    assert "[SH7" in said("solve", str(tmp_path / "missing.toml"), status=2)
    assert "regime" in said("solve", MELITZ, "--regime", "long-run", status=2)


def test_numbers_of_the_front_door_are_those_of_the_methods():
    model = symhet.read_model(MELITZ)
    assert symhet.solve(model).phi == model.solve().phi
    [one], [other] = (f(of=["phi"], to=["tau"]) for f in (model.statics, lambda **k: symhet.statics(model, **k)))
    assert one.derivative == other.derivative
    assert np.isfinite(one.elasticity)
