"""Quantities may have any name: words of Python and C, and what generated code calls its own."""

import ast
import math
import shutil
import subprocess

import numpy as np
import pytest
import sympy as sp

from symhet.numerics.compiled.functions import NumericFunction
from symhet.numerics.compiled.modules import c_source, identifiers, module_source

NAMES = (
    *(
        "lambda",
        "class",
        "None",
        "int",
        "float",
        "return",
        "restrict",
        "v0",
        "v1",
        "v7",
        "out0",
        "out0_",
        "i",
        "o",
        "b",
    ),
    *("m", "c", "s", "j", "given", "holds", "np", "log1p", "exp", "maximum", "add", "points", "x_in", "size", "low"),
)
SYMBOLS = sp.symbols(" ".join(NAMES), positive=True)
WEIGHTS = [3**place for place in range(len(NAMES))]
TERM = sum(weight * symbol for weight, symbol in zip(WEIGHTS, SYMBOLS, strict=True)) + sp.log(1 + SYMBOLS[0])
VALUES = {name: 1.0 + place / 8 for place, name in enumerate(NAMES)}
EXPECTED = sum(w * v for w, v in zip(WEIGHTS, VALUES.values(), strict=True)) + math.log1p(VALUES["lambda"])


@pytest.fixture(scope="module", params=["numpy", pytest.param("numba", marks=pytest.mark.slow), "jax"])
def function(request):
    return NumericFunction("names", {"y": TERM}, {}, request.param)


def test_numbers_do_not_depend_on_names(function):
    assert function(**VALUES)["y"] == pytest.approx(EXPECTED, rel=1e-15)
    one = function(**{**VALUES, "v0": np.full(5000, VALUES["v0"])})["y"]
    assert one == pytest.approx(np.full(5000, EXPECTED), rel=1e-14)
    every = function(**{name: np.full(300, value) for name, value in VALUES.items()})["y"]
    assert every == pytest.approx(np.full(300, EXPECTED), rel=1e-14)


@pytest.mark.parametrize("backend", ["numpy", "numba", "jax"])
def test_code_for_people_is_python(backend):
    graph = NumericFunction("names", {"return": TERM}, {}, backend).graph
    ast.parse(module_source(graph, "names", "names", backend))


def test_code_for_people_is_c(tmp_path):
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("no C compiler here")
    place = tmp_path / "names.c"
    place.write_text(c_source(NumericFunction("names", {"return": TERM}, {}, "numpy").graph, "names"))
    subprocess.run([compiler, "-c", "-std=c99", str(place), "-o", str(tmp_path / "names.o")], check=True)


def test_every_quantity_has_a_name_of_its_own():
    found = identifiers(["lambda", "lambda_0", "k_", "k", "k_0"])
    assert len(set(found)) == 5
    assert not any(name.endswith("_") for name in found)
