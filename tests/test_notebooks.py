"""Notebooks run from an empty kernel, use public names only, and are committed with what they show."""

import ast
import importlib.util
import re
import runpy
from pathlib import Path

import nbformat
import numpy as np
import pytest

import symhet

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PICTURE = "image/png"
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def load_runner():
    spec = importlib.util.spec_from_file_location("run_notebooks", ROOT / "scripts" / "run_notebooks.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


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
    pytest.importorskip("matplotlib").use("Agg")
    script = tmp_path / "calibration.py"
    script.write_text(ast.unparse(code_of(ROOT / "notebooks" / "calibration.ipynb")), "utf-8")
    told = runpy.run_path(str(script))
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


@each_notebook
def test_it_runs_and_shows_what_is_committed(path, monkeypatch):
    monkeypatch.chdir(path.parent)
    committed = nbformat.read(path, as_version=4)
    run = load_runner().run(path)
    assert shapes(run) == shapes(committed)
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
    runner = load_runner()
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1/0")])
    path = tmp_path / "bad.ipynb"
    nbformat.write(notebook, path)
    monkeypatch.setattr("sys.argv", ["run_notebooks.py", str(path)])
    assert runner.main() == 1
    assert "ZeroDivisionError" in capsys.readouterr().out


def test_melitz_from_nothing_is_short():
    cells = nbformat.read(ROOT / "notebooks" / "melitz-from-nothing.ipynb", as_version=4).cells
    assert sum(len(cell.source.splitlines()) for cell in cells if cell.cell_type == "code") < 60
