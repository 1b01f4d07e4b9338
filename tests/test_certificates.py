"""Every theorem of every ledger leaves the house as JSON and is made anew by replay, in this process and in another."""

from __future__ import annotations

import subprocess
import sys

import pytest
import sympy as sp

from symhet.context import Context
from symhet.core.data import dumps
from symhet.core.records import Hypothesis
from symhet.errors import CertificateError
from symhet.exchange import export_theorem, import_theorem, loads
from symhet.papers import keys, ledger
from symhet.propositions import gt
from symhet.theorems import Theorem, prove
from tests.judged import argued
from tests.sampled import sampled

x = sp.Symbol("x", positive=True)
CLAIMS = {claim.id: claim for key in keys() for claim in ledger(key).walk() if claim.argue is not None}


def example() -> Theorem:
    return prove(Context({"h": gt(x, 1)}), gt(x + 1, 2), Hypothesis("h"))


@pytest.mark.parametrize("identifier", sampled(CLAIMS, 4))
def test_theorems_of_the_ledgers_survive_the_round_trip(identifier: str) -> None:
    for theorem in argued(identifier).theorems:
        text = dumps(export_theorem(theorem, identifier))
        again = loads(text)
        assert (again.goal, again.says) == (theorem.core.goal, theorem.polarity)
        assert again.context == theorem.core.context
        assert dumps(export_theorem(again, identifier)) == text


def test_replay_in_a_fresh_process_without_sympy_or_provers() -> None:
    theorems = [theorem for identifier in list(CLAIMS)[::9] for theorem in argued(identifier).theorems]
    assert theorems
    lines = "".join(dumps(export_theorem(theorem)) for theorem in theorems)
    code = (
        "import sys\nfrom symhet.core import data\n"
        "for line in sys.stdin: print(data.replay(data.loads(line)).says)\n"
        "rooms = {name.split('.')[1] for name in sys.modules if name.startswith('symhet.')}\n"
        "assert rooms == {'asked', 'core', 'language'}, rooms\nassert 'sympy' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], input=lines, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [theorem.polarity for theorem in theorems]


@pytest.mark.parametrize(
    "change",
    [
        {"goal": 5},
        {"goal": 0},
        {"goal": "1"},
        {"goal": True},
        {"says": "fails"},
        {"says": "maybe"},
        {"hypotheses": []},
        {"hypotheses": [["h", 0], ["h", 0]]},
        {"hypotheses": [["h", 1]]},
        {"system": ["nowhere"]},
        {"system": ["h"]},
        {"endogenous": ["q"]},
        {"endogenous": [0]},
        {"version": 1},
        {"version": 2.0},
        {"format": "other"},
        {"proof": 1},
        {"proof": None},
        {"proofs": [["sign", 0, []]]},
        {"proofs": [["trust me"]]},
        {"proofs": [[["hypothesis"], "h", []]]},
        {"proofs": [["hypothesis", {"code": "1"}, []]]},
        {"proofs": [["hypothesis", "h"]]},
        {"terms": ["1", ["positive", "x"], ["sum", 0, 1], "__import__('os')"]},
        {"terms": ["1", ["negative", "x"], ["sum", 0, 1], "2"]},
        {"terms": ["1", ["positive", "x"], ["sum", 1, 0], "2"]},
        {"claim": 7},
        {"extra": 1},
    ],
    ids=lambda change: "-".join(f"{key}={str(value)[:30]}" for key, value in change.items()),
)
def test_changed_data_are_refused(change: dict[str, object]) -> None:
    exported = export_theorem(example())
    import_theorem(exported)
    with pytest.raises(CertificateError):
        import_theorem({**exported, **change})


@pytest.mark.parametrize("text", ["", "[]", "null", "{", "[" * 100_000, '{"format": "symhet-theorem"}'])
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(CertificateError):
        loads(text)
