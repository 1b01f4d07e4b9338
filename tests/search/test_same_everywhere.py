"""The same question has the same answer under every hash seed: certificates are compared between processes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CASES = Path(__file__).parents[1] / "cases"
SAMPLE = {
    "excise_tax": ("seller_price", "more_than_half"),
    "melitz": ("ratio", "selection"),
    "pareto_closed_economy": ("elasticity", "falls_in_shape"),
    "trade_calibration": ("check", "price_with_income_if"),
    "ces_exponent": ("mean_rises_if",),
}
QUICK = {"excise_tax", "melitz"}
ASKED_OF = [pytest.param(name, marks=() if name in QUICK else pytest.mark.slow) for name in SAMPLE]
ASKED = """
import json, sys
from hashlib import sha256
from symhet.core.data import to_rows
from symhet.model import read_model
from symhet.model.world import understood
from symhet.search import decide
world = understood(read_model(sys.argv[1]))
for name in sys.argv[2:]:
    said = world.said(world.model.claims[name])
    found = decide(world.context(said), said.goal, said.hints)
    theorems = [*found.theorems, found.counterexample, found.example]
    rows = [to_rows(t.context, t.goal, t.certificate, t.says) for t in theorems if t is not None]
    print(name, found.truth, found.work, sha256(json.dumps(rows).encode()).hexdigest())
"""


def answers(model: str, seed: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    command = [sys.executable, "-c", ASKED, str(CASES / f"{model}.toml"), *SAMPLE[model]]
    return subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout


@pytest.mark.parametrize(
    "model", [pytest.param(name, marks=() if name in QUICK else pytest.mark.slow) for name in SAMPLE]
)
def test_certificates_do_not_depend_on_the_hash_seed(model: str) -> None:
    assert answers(model, "1") == answers(model, "2")
