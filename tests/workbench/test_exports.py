"""What is exported of a claim of a model file carries what the claim supposes."""

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import symhet
from symhet.cli import main

ROOTS = """title = "Roots"
key = "roots"
[parameters]
x = { real = true, default = 2 }
s = { above = 1, default = 3 }
t = { default = 2 }
[variables]
y = {}
[conditions]
square = "y^2 = x^2"
[claims]
root = "y = x"
if = "x > 0 => y = x"
both = "x > 0 and s > 2 => y = x"
itself = "y < 3 => y = x"
less = "t < s => y*t < y*s"
larger = "s*t > s"
"""


@pytest.fixture
def roots(tmp_path, monkeypatch):
    monkeypatch.setenv("SYMHET_CACHE", str(tmp_path / "cache"))
    place = tmp_path / "roots.toml"
    place.write_text(ROOTS, "utf-8")
    return place


def said(*arguments, status=0):
    found = CliRunner().invoke(main, list(map(str, arguments)))
    assert found.exit_code == status, found.output
    return found.output


def test_a_numeric_function_has_a_value_only_where_the_premise_holds(roots):
    positive, both = (symhet.numeric(f"{roots}:{name}") for name in ("if", "both"))
    assert np.isnan(positive(x=-2.0)["y"])
    assert positive(x=2.0)["y"] == 2
    assert both(x=np.array([2.0, -2.0, 2.0]), s=np.array([3.0, 3.0, 1.5]))["y"] == pytest.approx(
        [2, np.nan, np.nan], nan_ok=True
    )


@pytest.mark.parametrize("backend", ["numpy", "c", "numba", "jax"])
def test_every_backend_writes_the_premise(roots, backend):
    assert "premise 1" in said("numeric", f"{roots}:both", "--backend", backend)


def test_a_formula_has_a_value_where_its_condition_and_what_it_says_of_its_own_value_hold(roots):
    """Of y^2 = x^2 the root is x exactly when x is positive; one claim speaks of roots below three alone."""
    root, itself = (symhet.numeric(f"{roots}:{name}") for name in ("root", "itself"))
    x = np.array([2.0, -2.0, 5.0, -5.0])
    assert root(x=x)["y"] == pytest.approx([2, np.nan, 5, np.nan], nan_ok=True)
    assert itself(x=x)["y"] == pytest.approx([2, np.nan, np.nan, np.nan], nan_ok=True)


def test_latex_and_data_say_premises_and_conditions(roots):
    latex = said("export", "latex", f"{roots}:less", f"{roots}:larger")
    assert r"t < s \;\Longrightarrow\;" in latex
    assert "provided that" in latex
    [less] = json.loads(said("check", roots, "less", "--json", "-"))["claims"]
    assert less["reading"]["text"].startswith("t < s =>")
    [larger] = json.loads(said("check", roots, "larger", "--json", "-"))["claims"]
    assert larger["conditions"][0]["kind"] == "exactly when"


def test_files_of_theorems_say_the_premises(roots):
    folder = Path(roots).parent / "theorems"
    said("check", roots, "less", "--certificates", folder)
    assert "t < s" in said("replay", folder)
