"""The same question has the same answer under every hash seed: certificates are compared between processes."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
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
QUICK = ("excise_tax", "melitz")
ASKED = """
import json, sys
from hashlib import sha256
from symhet.core.data import to_rows
from symhet.model import read_model
from symhet.model.world import understood
from symhet.search import decide
for path, names in json.loads(sys.argv[1]).items():
    world = understood(read_model(path))
    for name in names:
        said = world.said(world.model.claims[name])
        found = decide(world.context(said), said.goal, said.hints)
        theorems = [*found.theorems, found.counterexample, found.example]
        rows = [to_rows(t.context, t.goal, t.certificate, t.says) for t in theorems if t is not None]
        print(name, found.truth, found.work, sha256(json.dumps(rows).encode()).hexdigest())
"""


def answers(models: Iterable[str], seed: str) -> list[str]:
    """Return a line for each claim of some models: one process answers all, as starting one takes a second."""
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    asked = json.dumps({str(CASES / f"{model}.toml"): SAMPLE[model] for model in models})
    command = [sys.executable, "-c", ASKED, asked]
    return subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout.splitlines()


@pytest.mark.parametrize("models", [QUICK, pytest.param([*SAMPLE], marks=pytest.mark.slow)], ids=["two", "all"])
def test_certificates_do_not_depend_on_the_hash_seed(models: Iterable[str]) -> None:
    found = answers(models, "1")
    assert len(found) == sum(len(SAMPLE[model]) for model in models)
    assert found == answers(models, "2")
