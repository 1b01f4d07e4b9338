"""The same question has the same answer under every hash seed, at any address, below any caller, in any order."""

import inspect
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from symhet.core.context import Context
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.search import prove

CASES = Path(__file__).parents[1] / "cases"
SAMPLE = {
    "excise_tax": ("seller_price", "more_than_half"),
    "melitz": ("ratio", "selection"),
    "pareto_closed_economy": ("elasticity", "falls_in_shape"),
    "trade_calibration": ("check", "price_with_income_if"),
    "ces_exponent": ("mean_rises_if",),
}
QUICK = ("excise_tax",)
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


@pytest.mark.parametrize("models", [QUICK, pytest.param([*SAMPLE], marks=pytest.mark.slow)], ids=["one", "all"])
def test_certificates_do_not_depend_on_the_hash_seed(models: Iterable[str]) -> None:
    found = answers(models, "1")
    assert len(found) == sum(len(SAMPLE[model]) for model in models)
    assert found == answers(models, "2")


ORDERED = """
import sys
from symhet.language.immutable import Immutable
salt, *order = map(int, sys.argv[1:])
if salt:
    # Sets of terms are walked through in the order of their addresses, which differ with what a process did before.
    Immutable.__hash__ = lambda self: (id(self) * salt) % (2**61 - 1)
from hashlib import sha256
from symhet.core.context import Context
from symhet.core.data import dumps, to_rows
from symhet.language import statements as s, terms as t
from symhet.search import prove
x, y, z, k, m, n = map(t.symbol, ("x", "y", "z", "k", "m", "n"))
low, high = s.lt(t.ONE, k), s.lt(x, t.ONE)
power = s.eq(y, t.power(x, k))
questions = [
    (Context({"low": low, "high": high}), s.lt(t.power(x, k), t.ONE)),
    (Context({"low": low, "high": high, "power": power, "more": s.lt(t.ONE, z)}), s.lt(y, z)),
    (Context({"one": s.eq(t.add(x, y), m), "two": s.eq(t.difference(x, y), n)}), s.eq(t.add(x, x), t.add(m, n))),
    (Context({"sum": s.eq(t.multiply(x, t.power(y, k)), m), "other": s.eq(y, t.add(n, z))},
             frozenset({"sum", "other"}), frozenset({x, y})), s.lt(t.total(x, n), t.ZERO)),
]
answers = {}
for place in order:
    found = prove(*questions[place])
    context, goal = questions[place]
    answers[place] = found.work, sha256(dumps(to_rows(context, goal, found.theorem.certificate, "holds", "")).encode())
for place in sorted(answers):
    print(place, answers[place][0], answers[place][1].hexdigest())
"""


def ordered(salt: int, *order: int) -> list[str]:
    command = [sys.executable, "-c", ORDERED, str(salt), *map(str, order)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


@pytest.mark.slow
def test_certificates_and_steps_depend_neither_on_addresses_nor_on_what_was_asked_before() -> None:
    found = ordered(0, 0, 1, 2, 3)
    assert len(found) == 4
    assert found == ordered(0, 3, 2, 1, 0)
    assert found == ordered(0x9E3779B97F4A7C15, 2, 0, 3, 1)
    assert found[3:] == ordered(0, 3)


def test_the_search_has_as_much_room_below_any_caller() -> None:
    def deep(calls: int) -> object:
        return deep(calls - 1) if calls else prove(context, goal)

    x = t.symbol("x")
    context, goal = Context({"above": s.lt(t.ONE, x)}), s.lt(t.power(x, t.number(-1, 3)), t.ONE)
    with_room, frames = prove(context, goal), len(inspect.stack())
    short = deep(sys.getrecursionlimit() - frames - 25)
    assert with_room is not None
    assert short is not None
    assert short.work == with_room.work
