"""Notebooks run from an empty kernel, use public names only, and are committed with what they show."""

import ast
import re
import runpy

import nbformat
import numpy as np
import pytest

import symhet
from symhet.claims import Verdict
from tests.sources import ROOT, loaded

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PICTURE = "image/png"
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
RUN = [
    pytest.param(path, marks=() if path.stem == "quick-tour" else pytest.mark.slow, id=path.stem) for path in NOTEBOOKS
]
"""The quick tests start one kernel; the cells of the others they run in their own process, for what they say."""


def shapes(notebook):
    """Return what kinds of output each cell has."""
    return [
        [(out.output_type, *sorted(out.get("data", {}))) for out in cell.get("outputs", ())] for cell in notebook.cells
    ]


def code_of(path):
    cells = (cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code")
    return ast.parse(re.sub(r"^%.*$", "", "\n".join(cells), flags=re.MULTILINE))


def test_the_six_notebooks_are_there():
    names = ["baldwin-okubo", "calibration", "kleinert-zorell", "melitz-from-nothing", "quick-tour", "verdicts"]
    assert [path.stem for path in NOTEBOOKS] == names


def test_what_the_calibration_notebook_says_is_so(tmp_path):
    told = told_by(named("calibration"), tmp_path)
    assert told["law"] == "pareto:shape=3.18"
    fit, economy, after = told["fit"], told["economy"], told["after"]
    assert fit.fitted == pytest.approx(told["seen"], rel=1e-9)
    assert fit.identified
    assert fit.parameters["tau"] == pytest.approx(told["tau"], rel=1e-9)
    assert told["shares"] == {"phi_off": told["seen"]["share_offshoring"], "phi_ex": told["seen"]["share_exporting"]}
    assert told["premium"] == pytest.approx(70, abs=5)
    assert told["error"] > 0
    assert str(economy.regime) == str(after.regime) == "paper"
    assert min(told["change"].values()) > 0
    assert [*told["verdicts"].values()] == ["proved"] * 4 + ["proved-with"]
    assert np.all(np.diff(told["path"].exports_X) < 0)
    assert np.all(np.diff(told["path"].welfare) < 0)


def told_by(path, tmp_path):
    """Return the variables of a notebook after its last cell."""
    pytest.importorskip("matplotlib").use("Agg")
    script = tmp_path / "cells.py"
    script.write_text(ast.unparse(code_of(path)), "utf-8")
    return runpy.run_path(str(script))


def named(name):
    return ROOT / "notebooks" / f"{name}.ipynb"


def test_what_the_quick_tour_says_is_so(tmp_path):
    told = told_by(named("quick-tour"), tmp_path)
    assert str(told["judgement"].finding.verdict) == "proved"
    finding = told["finding"]
    assert str(finding.verdict) == "refuted"
    assert any(theorem.polarity == "fails" and theorem.goal == finding.statement for theorem in finding.theorems)
    by_hand = np.array([1.3, 1.6]) * (0.8 / 1.0) ** 0.5 * (1.5 / 1.0) ** (1 / (3.0 - 1))
    given = {"alpha": 0.5, "sigma": 3.0, "f_p": 1.0, "f_ex": 1.5, "p_I_off": 0.8, "p_I_d": 1.0}
    found = told["cutoff"](phi_min=1.0, tau=np.array([1.3, 1.6]), **given)["phi_ex"]
    np.testing.assert_allclose(found, by_hand, rtol=1e-14)


def test_what_the_notebook_on_kleinert_and_zorell_says_is_so():
    economy = symhet.solve("kz", tau_I=[1.2, 1.15])
    assert np.all((economy.phi_min < economy.phi_off) & (economy.phi_off < economy.phi_ex))
    assert economy.phi_min[1] > economy.phi_min[0]
    verdicts = {row: str(symhet.judge(f"kz.{row}").finding.verdict) for row in ("AppA", "R.1", "R.2")}
    assert verdicts == {"AppA": "proved", "R.1": "proved", "R.2": "proved-with"}
    pareto, bunched = (np.diff(line.get_ydata()) for line in symhet.draw("kz-aggregate-exports").axes[0].lines)
    assert (pareto < 0).all()
    assert (bunched > 0).any()
    assert (bunched < 0).any()


def test_what_the_notebook_on_baldwin_and_okubo_says_is_so(tmp_path):
    told = told_by(named("baldwin-okubo"), tmp_path)
    economy = told["economy"]
    assert set(economy.phase) == {"XX"}
    assert np.all((economy.a_R > 0) & (economy.a_R < economy.a_X) & (economy.a_X < economy.a_D))
    finding = symhet.judge("bo.eq16").finding
    assert str(finding.verdict) == "proved-with"
    assert [label for label, _ in finding.conditions] == ["s_n=s_E"]
    for s_E in (0.51, 0.9):
        assert len(told["relocation"](s_E).axes[0].lines) == 3


def test_what_melitz_from_nothing_says_is_so(tmp_path):
    told = told_by(named("melitz-from-nothing"), tmp_path)
    verdicts = {claim.claim.name: (claim.verdict, claim.truth) for claim in told["report"].claims}
    wrong = verdicts.pop("easier_exports")
    assert wrong == ("refuted", "false")
    assert {verdict for verdict, _ in verdicts.values()} == {"proved"}


def test_what_the_notebook_on_verdicts_says_is_so(tmp_path):
    told = told_by(named("verdicts"), tmp_path)
    assert len(Verdict) == 6
    verdicts = {name: str(judgement.finding.verdict) for name, judgement in told["judged"].items()}
    assert verdicts["kz.relative-output.text"] == verdicts["bo.eq31"] == verdicts["bo.order"] == "refuted"
    assert verdicts["bo.eq6"] == "proved-with"
    upside_down = told["judged"]["kz.relative-output.text"].finding
    assert upside_down.corrected is not None
    corrected = told["judged"]["bo.eq31"].finding
    assert any(theorem.goal == corrected.corrected for theorem in corrected.theorems)


NUMBER = re.compile(r"-?\d+\.\d+(?:e[+-]?\d+)?")


def words(notebook):
    """Return what the cells print, to four digits; long texts that `symhet docs` prints too are left out."""
    outputs = [out for cell in notebook.cells for out in cell.get("outputs", ())]
    kept = [out.get("text", "") or out.get("data", {}).get("text/plain", "")
            for out in outputs if "text/markdown" not in out.get("data", {})]  # fmt: skip
    return [NUMBER.sub(lambda number: "~0" if abs(float(number[0])) < 1e-12 else f"{float(number[0]):.3e}", text)
            for text in kept]  # fmt: skip


@pytest.mark.parametrize("path", RUN)
def test_it_runs_and_shows_what_is_committed(path, monkeypatch):
    monkeypatch.chdir(path.parent)
    committed = nbformat.read(path, as_version=4)
    run = loaded(ROOT / "scripts" / "run_notebooks.py").run(path)
    assert shapes(run) == shapes(committed)
    assert words(run) == words(committed)
    assert any(PICTURE in out.get("data", {}) for cell in run.cells for out in cell.get("outputs", ()))


@each_notebook
def test_what_a_cell_catches_it_shows(path):
    """A cell that shows an error by catching it has caught one."""
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    for cell in cells:
        if "except " in cell.source:
            assert any("[SH" in out.get("text", "") for out in cell.outputs), cell.source


@each_notebook
def test_it_uses_public_names_only(path):
    allowed = {"symhet", "numpy", "sympy", "matplotlib", "matplotlib.pyplot", "ipywidgets", "collections"}
    for node in ast.walk(code_of(path)):
        if isinstance(node, ast.Import):
            assert {name.name for name in node.names} <= allowed
        if isinstance(node, ast.ImportFrom):
            assert node.module in allowed - {"symhet"}
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "symhet":
            assert node.attr in symhet.__all__
        if isinstance(node, ast.Attribute):
            assert not node.attr.startswith("_")


@each_notebook
def test_it_names_no_machine_and_no_error(path):
    text = path.read_text("utf-8")
    assert '"output_type": "error"' not in text
    assert '"name": "python3"' in text
    assert not re.search(r"\"/(?:root|home|tmp|usr)/|/tmp/|site-packages", text)


def test_a_failing_notebook_is_reported(tmp_path, capsys, monkeypatch):
    runner = loaded(ROOT / "scripts" / "run_notebooks.py")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1/0")])
    path = tmp_path / "bad.ipynb"
    nbformat.write(notebook, path)
    monkeypatch.setattr("sys.argv", ["run_notebooks.py", str(path)])
    assert runner.main() == 1
    assert "ZeroDivisionError" in capsys.readouterr().out


def test_melitz_from_nothing_is_short():
    cells = nbformat.read(ROOT / "notebooks" / "melitz-from-nothing.ipynb", as_version=4).cells
    assert sum(len(cell.source.splitlines()) for cell in cells if cell.cell_type == "code") < 60
