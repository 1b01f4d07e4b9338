"""What a type checker says of a user's script: it is accepted as it is, and results have types."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import symhet

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = """\
import sympy as sp

import symhet
import symhet as sh
from symhet.search import decide, prove, refute

economy = symhet.solve("kz")
print(float(economy.phi_ex), economy["welfare"], economy.parameters["tau_I"])
reveal_type(economy)  # Solved
reveal_type(symhet.solve("kz", tau_I=[1.1, 1.2], outputs="welfare"))  # dict[str, Any]
reveal_type(symhet.kernel("kz.eq14"))  # NumericFunction
reveal_type(symhet.numeric("kz.eq14", backend="numba")(tau=1.2))  # dict[str, Any]
reveal_type(symhet.statics("kz", of="phi_ex", to=["tau_I"])[0].elasticity)  # float
reveal_type(symhet.calibrate("kz", moments={"share_exporting": 0.18}, free=["f_ex"]))  # Calibration
reveal_type(symhet.formula("kz.eq14").diff("tau").latex())  # str
reveal_type(symhet.judge("kz.eq12").finding.verdict)  # Verdict
reveal_type(symhet.papers.ledger("kz")["kz.eq12"])  # Claim

model = sh.Model("A demo")
a = model.parameter("a", above=1, default=2)
x = model.variable("x")
model.condition("root", sp.Eq(x, a**2))
model.define("twice", 2 * x)
model.claim("rises", sh.d(x, a) > 0)
model.claim("as_text", "x > a")
model.assume("small", a < 9)
reveal_type(model.check().claims[0].verdict)  # str
reveal_type(symhet.solve(model))  # Equilibrium
reveal_type(model.solve(a=[2.0, 3.0]).x)  # ndarray
reveal_type(model.statics(of="x", to="a"))  # Slope
reveal_type(model.numeric("rises"))  # NumericFunction
reveal_type(sh.read_model("model.toml"))  # Model
reveal_type(prove)  # Found
reveal_type(refute)  # Found | None
reveal_type(decide)  # Decision
"""


def checked(path):
    """Return what mypy says of a script of someone who has the package installed, not its sources in hand."""
    line = [sys.executable, "-m", "mypy", "--strict", "--config-file", os.devnull, "--cache-dir", path.parent / "cache"]
    # Faults that a checker's options find in the package's own sources are no concern of the user's.
    line += ["--follow-imports", "silent", "--disable-error-code", "import-untyped", path]
    done = subprocess.run(
        line, capture_output=True, text=True, check=False, env={**os.environ, "MYPYPATH": str(ROOT)}, cwd=path.parent
    )
    return done.returncode, done.stdout


@pytest.mark.slow
def test_a_script_is_accepted_and_its_results_have_types(tmp_path):
    path = tmp_path / "script.py"
    path.write_text(SCRIPT, "utf-8")
    status, said = checked(path)
    assert status == 0, said
    revealed = {int(line): name for line, name in re.findall(r'script\.py:(\d+): note: Revealed type is "(.*)"', said)}
    for line, text in enumerate(SCRIPT.splitlines(), 1):
        if "  # " in text:
            short = re.sub(r"\b(?:\w+\.)+(?=\w)", "", revealed[line])
            assert text.partition("  # ")[2] in short, (text, revealed[line])


@pytest.mark.slow
def test_what_does_not_exist_is_a_fault(tmp_path):
    path = tmp_path / "script.py"
    path.write_text("import symhet\nsymhet.formula('kz.eq14').dif('tau')\n", "utf-8")
    status, said = checked(path)
    assert status == 1
    assert '"Formula" has no attribute "dif"' in said


def test_the_package_says_that_it_is_typed():
    assert (Path(symhet.__file__).parent / "py.typed").is_file()
