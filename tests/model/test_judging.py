"""Verdicts on models: each kind once, the command line, and the cases of the field."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from symhet import search
from symhet.cli import main
from symhet.language import spelling
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.model import Model, read_model
from symhet.model.file import model_of
from symhet.model.toml import parse_document

CASES = Path(__file__).parents[1] / "cases"
KINDS = """title = "Five verdicts"
[parameters]
x = {}
y = {}
[assumptions]
order = "x < y"
[claims]
yes = "x < y + 1"
depends = "2*x < y"
no = "y < x"
sign = "sign of 2*x - y is open"
not_open = "sign of x - y is open"
of_its_own = "x > 1 => y > 1"
"""


@pytest.fixture(autouse=True)
def _own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("SYMHET_CACHE", str(tmp_path / "cache"))


def run(*arguments):
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def test_each_verdict_comes_with_its_evidence():
    report = model_of(parse_document(KINDS)).check()
    assert report.consistent
    assert report.economy is not None
    found = {claim.claim.name: (claim.verdict, claim.truth) for claim in report.claims}
    assert found["yes"] == ("proved", "true")
    assert found["depends"][1] == "mixed"
    assert found["no"] == ("refuted", "false")
    assert found["sign"] == ("proved", "true")
    assert found["not_open"] == ("refuted", "false")
    assert found["of_its_own"] == ("proved", "true")
    depends = report["depends"]
    x, y = (float(depends.counterexample.values[name]) for name in ("x", "y"))
    assert x < y <= 2 * x


def test_a_function_of_which_only_slopes_are_known_has_some_level():
    functions = '[functions]\nu = { of = ["c", "l"], rises = ["c"], falls = ["l"] }\n'
    written = f'title = "F"\n[parameters]\na = {{}}\n{functions}[claims]\n'
    report = model_of(parse_document(written + 'sign = "a > 1"\n')).check()
    assert report.consistent
    assert report["sign"].truth == "mixed"
    assert report["sign"].counterexample.functions.keys() == {"u(x, y)"}


def test_contradictory_assumptions_judge_nothing():
    report = model_of(parse_document(KINDS.replace('order = "x < y"', 'order = "x < y"\nturned = "y < x"'))).check(
        "yes"
    )
    assert report.consistent is False
    assert [(claim.verdict, claim.truth) for claim in report.claims] == [("inconsistent", "contradictory")]


SHIFTER = """title = "Two cutoffs and a demand shifter under a Pareto law"
[parameters]
sigma = { above = 1 }
k = {}
b = {}
tau = { above = 1 }
f = {}
f_x = {}
f_e = {}
[distribution]
G = { family = "pareto", shape = "k", scale = "b", order = "sigma - 1" }
[variables]
phi = { at_least = "b" }
phi_x = {}
A = {}
[assumptions]
partition = "f < tau^(sigma-1)*f_x"
[conditions]
"zero profit" = "A*phi^(sigma-1) = f"
"marginal exporter" = "A*(phi_x/tau)^(sigma-1) = f_x"
"free entry" = "A*(T(phi) + tau^(1-sigma)*T(phi_x)) - f*S(phi) - f_x*S(phi_x) = f_e"
[claims]
ratio = "phi_x/phi = tau*(f_x/f)^(1/(sigma-1))"
share = "dln(S(phi_x)/S(phi))/dln(tau) = -k"
"""


def test_a_place_of_the_cutoffs_that_the_model_excludes_is_left_out():
    report = model_of(parse_document(SHIFTER)).check()
    assert [claim.verdict for claim in report.claims] == ["proved", "proved"]
    assert "no economy has phi_x < b, as is proved" in report.notes
    assert not [note for note in report.notes if note.startswith("judged separately")]


def test_a_place_of_the_cutoffs_that_some_economy_has_is_not():
    report = model_of(parse_document(SHIFTER.replace("f < tau^(sigma-1)*f_x", "f_x < 2*f"))).check("share")
    assert (report["share"].verdict, report["share"].truth) == ("refuted", "mixed")
    assert not [note for note in report.notes if note.startswith("no economy")]
    assert [note for note in report.notes if note.startswith("judged separately for phi_x inside")]


def test_why_names_what_a_claim_needs():
    model = Model("Why")
    for name in ("x", "y", "z"):
        model.parameter(name)
    model.assume("first", "x < y")
    model.assume("second", "y < z")
    model.claim("c", "x < y + 1")
    [claim] = model.check(why=True).claims
    assert [use.name for use in claim.uses] == ["first"]
    assert claim.uses[0].counterexample is not None


QUICK = {
    *("facts", "decimal_exponents", "pareto_mean", "contradictory_premises", "freeness", "logit"),
    *("crra", "pareto_concentration", "cournot_costs", "cobb_douglas_prices", "ak_growth"),
    *("moments_beyond", "signed_root"),
}


OPEN = {
    "dixit_stiglitz_planner": {"best_scale"},
    "fdi_free_entry": {"elasticity"},
    "marketing_costs": {"share", "best", "gains", "profit_tau"},
    "armington_tariff": {"optimal", "autarky", "symmetric", "richer"},
    "comparative_advantage": {"export", "cheap"},
    "span_of_control": {"wage", "same", "inverse", "few"},
    "ramsey_taxes": {"ltk"},
    "technology_free_entry": {"fx_h", "fh"},
}
"""Statements that the search was seen neither to prove nor to refute: no other may be left open."""
NO_ECONOMY = {"comparative_advantage", "span_of_control"}
"""Models that make sense, but of which no exact economy is found."""


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(path.stem, marks=() if path.stem in QUICK else pytest.mark.slow)
        for path in sorted(CASES.glob("*.toml"))
    ],
)
def test_cases_of_the_field(case):
    expected = json.loads((CASES / f"{case}.expected.json").read_text())
    report = read_model(CASES / f"{case}.toml").check()
    assert report.consistent is (None if case in NO_ECONOMY else expected["consistent"])
    for claim in report.claims:
        wanted = expected["claims"][claim.claim.name]
        if claim.verdict == "open":
            continue
        assert claim.verdict in wanted["verdict"], claim.claim.name
        assert claim.truth in (wanted["truth"], "not-true"), claim.claim.name
    assert {claim.claim.name for claim in report.claims if claim.verdict == "open"} == OPEN.get(case, set())


def test_the_command_line_judges_a_file(tmp_path):
    place = tmp_path / "kinds.toml"
    place.write_text(KINDS)
    result = run("check", place, "yes", "no", "--json", tmp_path / "out.json")
    assert result.exit_code == 0, result.output
    assert "proved" in result.output
    assert "false in every economy" in result.output
    data = json.loads((tmp_path / "out.json").read_text())
    assert set(data) == {"version", "model", "consistent", "economy", "notes", "claims", "summary"}
    assert data["claims"][0]["reading"] == {"text": "x < y + 1", "latex": "x < y + 1"}
    only = run("check", place, "yes", "--json", "-")
    assert json.loads(only.stdout)["summary"] == {"proved": 1}


def test_a_bad_file_ends_with_status_two(tmp_path):
    place = tmp_path / "bad.toml"
    place.write_text(KINDS.replace("2*x < y", "2*x < yy"))
    for arguments in (("check", place), ("list", place), ("show", f"{place}:no")):
        result = run(*arguments)
        assert result.exit_code == 2
        assert "line 9" in result.output
        assert "did you mean y" in result.output
    assert run("check", tmp_path / "none.toml").exit_code == 2
    assert run("check", place.with_name("kinds.toml"), "nosuch").exit_code == 2


def test_new_writes_a_file_that_is_understood(tmp_path):
    place = tmp_path / "mine.toml"
    assert run("new", place).exit_code == 0
    assert run("new", place).exit_code == 2
    listed = run("list", place)
    assert listed.exit_code == 0
    assert "sellers_lose" in listed.output
    shown = run("show", f"{place}:sellers_lose")
    assert shown.exit_code in (0, 1), shown.output
    assert "demand falls in p" in shown.output


def test_a_derivative_is_shown_without_the_ones_that_differentiating_leaves(tmp_path):
    place = tmp_path / "laffer.toml"
    place.write_text((CASES.parents[1] / "examples" / "claims" / "laffer.toml").read_text())
    assert "read: t = 1/(1 + e) => (1 - t)^e - t*e*(1 - t)^(e - 1) = 0\n" in run("show", f"{place}:peak").output
    assert "read: sign of (1 - t)^e - t*e*(1 - t)^(e - 1) is open\n" in run("show", f"{place}:open").output
    assert "read: -(1 + e)^(-2) < 0\n" in run("show", f"{place}:elastic").output


def test_a_denial_has_no_premise_of_its_own():
    written = KINDS.replace('no = "y < x"', 'no = "not x < 1"')
    report = model_of(parse_document(written)).check("no")
    assert report["no"].truth == "mixed"


def test_a_claim_asked_alone_has_at_hand_what_stands_before_it(monkeypatch):
    decide = search.decide

    def needs_help(context, goal, hints=(), known=()):
        if spelling.text(goal) == "x < y + 1" and not any(spelling.text(each.goal) == "x < y + 2" for each in known):
            return search.Decision("open", tried=("a proof",))
        return decide(context, goal, hints=hints, known=known)

    monkeypatch.setattr("symhet.search.decide", needs_help)
    written = KINDS.replace('yes = "x < y + 1"', 'first = "x < y + 2"\nyes = "x < y + 1"\nlater = "x < y + 3"')
    turned = written.replace('first = "x < y + 2"\n', "").replace('"x < y + 3"', '"x < y + 2"')
    assert model_of(parse_document(turned)).check("yes")["yes"].verdict == "open"
    assert model_of(parse_document(written)).check("yes")["yes"].verdict == "proved"


def test_a_condition_that_no_economy_meets_is_none(monkeypatch):
    decide = search.decide

    def vacuous(context, goal, hints=(), known=()):
        found = decide(context, goal, hints=hints, known=known)
        never = s.lt(t.symbol("y"), t.symbol("x"))
        return replace(found, condition=never, exactly=False) if found.truth == "mixed" else found

    monkeypatch.setattr("symhet.search.decide", vacuous)
    found = model_of(parse_document(KINDS)).check("depends")["depends"]
    assert (found.verdict, found.truth, found.condition) == ("refuted", "mixed", None)


def test_premises_that_no_economy_meets_prove_nothing():
    written = KINDS.replace('no = "y < x"', 'no = "y < x => x = 5"')
    report = model_of(parse_document(written)).check("no")
    assert (report["no"].verdict, report["no"].truth) == ("inconsistent", "contradictory")


def test_decisions_are_kept_and_replayed(tmp_path, monkeypatch):
    first = model_of(parse_document(KINDS)).check()
    kept = sorted((tmp_path / "cache").iterdir())
    assert len(kept) == 5

    def refuse(*arguments, **options):
        raise AssertionError("searched")

    monkeypatch.setattr("symhet.search.decide", refuse)
    monkeypatch.setattr("symhet.search.consistent", refuse)
    again = model_of(parse_document(KINDS)).check("yes", "depends", "no", "of_its_own")
    verdicts = {claim.claim.name: claim.verdict for claim in first.claims}
    assert all(claim.verdict == verdicts[claim.claim.name] for claim in again.claims)
    assert all(claim.theorems or claim.counterexample for claim in again.claims)


def test_the_statement_that_is_false_is_not_the_question_whether_a_model_makes_sense():
    written = KINDS.replace('no = "y < x"', 'no = "false"\nturned = "true"')
    for _ in range(2):
        report = model_of(parse_document(written)).check("no", "turned")
        assert report.consistent
        assert [claim.verdict for claim in report.claims] == ["refuted", "proved"]


def test_what_is_kept_is_not_believed(tmp_path):
    model_of(parse_document(KINDS)).check("yes", "no")
    folder = tmp_path / "cache"
    texts = {place: place.read_text() for place in folder.iterdir()}
    for place, text in texts.items():
        for other in texts.values():
            place.write_text(other.replace('"truth":"false"', '"truth":"true"'))
            report = model_of(parse_document(KINDS)).check("yes", "no")
            assert [claim.verdict for claim in report.claims] == ["proved", "refuted"]
        for spoilt in (text[:-20], "[]", text.replace('"<"', '"<="'), text.replace('"holds"', '"fails"'), "\x00"):
            place.write_text(spoilt)
            report = model_of(parse_document(KINDS)).check("yes", "no")
            assert [claim.verdict for claim in report.claims] == ["proved", "refuted"]


def test_theorems_of_a_file_are_written_and_replayed(tmp_path):
    place = tmp_path / "kinds.toml"
    place.write_text(KINDS)
    folder = tmp_path / "certificates"
    assert run("verify", f"{place}:yes", "no", "--certificates", folder).exit_code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["five-verdicts.no.jsonl", "five-verdicts.yes.jsonl"]
    replayed = run("replay", folder)
    assert replayed.exit_code == 0, replayed.output
    assert "five-verdicts.yes" in replayed.output


def test_a_fault_of_the_search_decides_nothing_and_is_no_traceback(monkeypatch):
    def broken(*arguments, **options):
        raise RuntimeError("a fault")

    model = model_of(parse_document(KINDS))
    for name in ("consistent", "decide", "refute", "prove"):
        with monkeypatch.context() as patched:
            patched.setattr(search, name, broken)
            report = model.check("yes", "sign", why=True, search=True)
            assert report.consistent in (True, None), name
            assert {claim.verdict for claim in report.claims} <= {"proved", "open"}, name
    assert model.check("yes", why=True)["yes"].uses
