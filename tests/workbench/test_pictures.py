"""Pictures of the claims of model files: derivatives along a counterexample are what the conditions give there."""

import numpy as np
import pytest
import sympy as sp
from click.testing import CliRunner

import symhet
from symhet import catalogue
from symhet.claims import judge
from symhet.cli import main
from symhet.render.plots.sign_change import find_path
from symhet.render.reading import tell
from symhet.workbench import key_of

TAX = """title = "A tax"
[parameters]
t = { default = 1 }
a = { default = 6 }
[variables]
p = {}
[conditions]
clearing = "a/(p + t) = p"
[claims]
much = "d(p)/d(t) < -9/20"
falls = "d(p)/d(t) < 0"
"""
MARKET = """title = "A market"
[parameters]
t = {}
[functions]
demand = { of = ["p"], falls = ["p"], positive = true }
supply = { of = ["p"], rises = ["p"], positive = true }
[variables]
p = {}
[conditions]
clearing = "demand(p + t) = supply(p)"
[claims]
half = "d(p)/d(t) < -1/2"
"""


@pytest.fixture
def written(tmp_path, monkeypatch):
    monkeypatch.setenv("SYMHET_CACHE", str(tmp_path / "cache"))
    (tmp_path / "tax.toml").write_text(TAX, "utf-8")
    (tmp_path / "market.toml").write_text(MARKET, "utf-8")
    return tmp_path


def said(*arguments, status=0):
    found = CliRunner().invoke(main, list(map(str, arguments)))
    assert found.exit_code == status, found.output
    assert found.exception is None or isinstance(found.exception, SystemExit)
    return found.output


def path_of(identifier):
    key = key_of(identifier)
    return find_path(tell(judge(catalogue.find_claim(key))))[0]


def test_a_derivative_is_followed_by_the_conditions_differentiated(written):
    path = path_of(f"{written / 'tax.toml'}:much")
    [gap] = path.gaps
    t, a = (np.array([state[sp.Symbol(name, positive=True)] for state in path.track.states]) for name in "ta")
    slope = (t / np.sqrt(t**2 + 4 * a) - 1) / 2
    assert gap.values == pytest.approx(-9 / 20 - slope, abs=1e-9)
    assert (gap.signs > 0).any()
    assert gap.values[path.track.start] < 0


def test_functions_are_those_of_the_counterexample(written):
    place = written / "market.toml"
    path = path_of(f"{place}:half")
    [claim] = symhet.read_model(place).check().claims
    x = sp.Symbol("x")
    demand, supply = (
        sp.lambdify(x, sp.sympify(claim.counterexample.functions[f"{name}(x)"].replace("^", "**")).diff(x))
        for name in ("demand", "supply")
    )
    t, p = (np.array([state[sp.Symbol(name, positive=True)] for state in path.track.states]) for name in "tp")
    slope = demand(p + t) / (supply(p) - demand(p + t))
    assert len(t) > 10
    assert path.gaps[0].values == pytest.approx(-1 / 2 - slope, abs=1e-9)


def test_commands_take_a_claim_of_a_file(written):
    picture, name = written / "sign.svg", f"{written / 'tax.toml'}:much"
    assert said("plot", "sign-change", "--claim", name, "-o", picture).strip() == str(picture)
    assert picture.read_text("utf-8").count("<svg") == 1
    proved = f"{written / 'tax.toml'}:falls"
    assert "has no counterexample" in said("plot", "sign-change", "--claim", proved, status=2)
    tested, made, false, shown = said("selftest", proved, "--most", "3").split()[-4:]
    assert (tested, made, shown) == ("1", "3", "0")
    assert int(false) > 0


def test_a_picture_of_a_model_has_points_of_its_own_where_only_ends_are_given(written):
    picture = written / "p.svg"
    said("plot", written / "tax.toml", "--of", "p", "--over", "t=1:2", "-o", picture)
    assert picture.stat().st_size > 1000


def test_claims_are_listed_by_their_verdict(written):
    lines = said("list", written / "tax.toml", "--verdict", "proved-with").splitlines()
    assert [line.split()[:2] for line in lines][:2] == [["A", "tax:"], ["proved-with", "much"]]
    assert len(said("list", written / "tax.toml").splitlines()) == 3


def test_a_model_with_functions_is_derived_and_reported(written):
    text = said("derive", written / "market.toml")
    assert "## Setting" not in text
    assert r"\mathit{demand}(t+p) = \mathit{supply}(p)" in text
    assert r"\mathit{demand}'(x) < 0" in text
    assert r"and $\mathit{supply}(x)=24+x^{5}$." in text
    folder = written / "site"
    said("report", written / "market.toml", "-o", folder)
    assert [path.name for path in (folder / "pictures").iterdir()] == []
    page = (folder / "claims" / "a-market.half.html").read_text("utf-8")
    assert "demand" in page


def test_a_counterexample_says_where_in_a_range_it_lies(written):
    place = written / "range.toml"
    place.write_text('title = "R"\n[parameters]\na = {}\n[claims]\nfar = "for all z > a: z^2 > a"\n', "utf-8")
    [claim] = symhet.read_model(place).check().claims
    witness = judge(catalogue.find_claim(key_of(f"{place}:far"))).finding.witness
    assert set(witness.as_strings()) == {"a", "x"}
    assert witness.as_strings()["x"] == claim.counterexample.bound[0]


def test_a_store_of_a_file_is_written_and_what_failed_is_said(written):
    out = written / "found.zarr"
    printed = said("sweep", written / "tax.toml", "--over", "t=0.5,1", "-o", out)
    assert "p, status over t 2" in printed


def test_the_form_of_a_function_is_for_numbers_alone(written):
    place = written / "market.toml"
    assert "has no form" in said("plot", place, "--of", "p", "--over", "t=1:2", status=2)
    forms = ("--function", "demand=10/p", "--function", "supply=p")
    said("plot", place, "--of", "p", "--over", "t=1:2", "-o", written / "p.svg", *forms)
    place.write_text(
        MARKET.replace('falls = ["p"]', 'falls = ["p"], form = "10/p"').replace(
            'rises = ["p"]', 'rises = ["p"], form = "p"'
        ),
        "utf-8",
    )
    model = symhet.read_model(place)
    assert model.solve(t=3).p == pytest.approx(2)
    assert model.solve(t=3, functions={"demand": "18/p"}).p == pytest.approx((-3 + 81**0.5) / 2)
    assert said("sweep", place, "--over", "t=3", "-q").splitlines()[1].startswith("3,2.0")
    assert symhet.read_model(place).check("half")["half"].truth == "mixed"
    again = written / "again.toml"
    again.write_text(model.to_toml(), "utf-8")
    assert symhet.read_model(again).functions["demand"].form == "10/p"


@pytest.mark.parametrize(
    "forms", [("demand=p", "supply=3*p"), ("demand=10/p", "supply=3"), ("demand=10/p", "supply=1/p")]
)
def test_a_form_that_moves_the_wrong_way_is_refused(written, forms):
    options = [part for form in forms for part in ("--function", form)]
    assert "is no form of" in said("solve", written / "market.toml", "--set", "t=1", *options, status=2)
