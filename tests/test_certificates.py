"""Every theorem of every ledger leaves the house as JSON and is made anew by replay, in this process and in another."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
import sympy as sp

from symhet.certificate import Certificate
from symhet.errors import CertificateError, SymhetError
from symhet.exchange import FUNCTIONS, export_theorem, import_theorem, loads
from symhet.papers import keys, ledger
from symhet.propositions import ForAll, Iff, Implies, Maximiser, Or, UniqueRoot, eq, gt, lt
from symhet.rules.base import Context
from symhet.theorems import Theorem, prove
from symhet.valuation import PiecewiseUniform
from tests.judged import argued

x, y = sp.symbols("x y", positive=True)
CLAIMS = {claim.id: claim for key in keys() for claim in ledger(key).walk() if claim.argue is not None}


def example() -> Theorem:
    return prove(Context({"h": gt(x, 1)}), gt(x + 1, 2), Certificate("hypothesis", {"name": "h"}))


@pytest.mark.parametrize("identifier", CLAIMS)
def test_theorems_of_the_ledgers_survive_the_round_trip(identifier: str) -> None:
    for theorem in argued(identifier).theorems:
        data = export_theorem(theorem)
        again = import_theorem(json.loads(json.dumps(data)))
        assert (again.goal, again.polarity) == (theorem.goal, theorem.polarity)
        assert again.context == theorem.context
        assert export_theorem(again) == data


def test_replay_in_a_fresh_process() -> None:
    theorems = [theorem for identifier in list(CLAIMS)[::9] for theorem in argued(identifier).theorems]
    assert theorems
    lines = "\n".join(json.dumps(export_theorem(theorem)) for theorem in theorems)
    code = "import sys; from symhet.exchange import loads\nfor line in sys.stdin: print(loads(line))"
    done = subprocess.run([sys.executable, "-c", code], input=lines, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [repr(theorem) for theorem in theorems]


def test_statements_of_every_kind_survive() -> None:
    from symhet.certificate import prop_from_json, prop_to_json

    symbols = {"x": x, "y": y}
    props = [
        Implies(gt(x, 1), Or((eq(x, y), lt(x, y)))),
        Iff(gt(x, 1), ForAll(y, gt(x * y, y))),
        UniqueRoot(1 - x, x),
        Maximiser(-((x - y) ** 2), x, y, sp.S.Zero, sp.oo),
    ]
    for prop in props:
        assert prop_from_json(json.loads(json.dumps(prop_to_json(prop))), symbols, FUNCTIONS) == prop


def test_distributions_survive() -> None:
    distribution = PiecewiseUniform((sp.S(1), sp.S(2)), (sp.Rational(1, 2),), sp.S(3))
    certificate = Certificate("witness", {"point": {x: sp.Rational(1, 3)}, "distribution": distribution, "using": ()})
    again = Certificate.from_json(json.loads(json.dumps(certificate.to_json())), {"x": x}, FUNCTIONS)
    assert again == certificate


def test_namesakes_are_not_exported() -> None:
    twin = sp.Symbol("x", real=True)
    inner = Certificate(
        "cut", {"steps": (("s", eq(twin, twin), Certificate("identity")),), "then": Certificate("sign")}
    )
    with pytest.raises(CertificateError, match="two symbols are called x"):
        export_theorem(prove(Context(), gt(x + 1, 1), inner))


@pytest.mark.parametrize(
    "change",
    [
        {"goal": ["rel", "<", "2", ["symbol", "x"]]},
        {"goal": ["rel", ">", "2", ["symbol", "x"]]},
        {"polarity": "fails"},
        {"polarity": "maybe"},
        {"hypotheses": []},
        {"hypotheses": [["h", ["rel", "<", "1", ["symbol", "x"]]]] * 2},
        {"hypotheses": [["h", ["rel", "<", "1", ["symbol", "z"]]]]},
        {"symbols": {}},
        {"symbols": {"x": "negative"}},
        {"symbols": []},
        {"system": ["nowhere"]},
        {"endogenous": ["q"]},
        {"version": 2},
        {"format": "other"},
        {"certificate": {"rule": "sign", "args": {}}},
        {"certificate": {"rule": "trust me", "args": {}}},
        {"certificate": {"rule": ["hypothesis"], "args": {"name": "h"}}},
        {"certificate": {"rule": "hypothesis", "args": {"name": {"code": "1"}}}},
        {"certificate": {"rule": "hypothesis"}},
        {"certificate": None},
        {"goal": ["rel", "<", ["call", "eval", "1"], "1"]},
        {"goal": ["rel", "<", "__import__('os')", "1"]},
        {"extra": 1},
    ],
    ids=lambda change: "-".join(f"{key}={str(value)[:30]}" for key, value in change.items()),
)
def test_changed_data_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(CertificateError):
        import_theorem({**export_theorem(example()), **change})


@pytest.mark.parametrize("text", ["", "[]", "null", "{", "[" * 100_000, '{"format": "symhet-theorem"}'])
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(CertificateError):
        loads(text)


def test_every_single_change_of_a_real_certificate_is_refused_or_proves_the_same() -> None:
    """Damage to an exported theorem never gives another theorem: each leaf of the certificate is changed in turn."""
    data = export_theorem(argued(next(iter(CLAIMS))).theorems[0])
    refused = kept = 0
    for damaged in _damaged(data["certificate"], limit=60):
        try:
            again = import_theorem({**data, "certificate": damaged})
        except SymhetError:
            refused += 1
        else:
            kept += 1
            assert export_theorem(again)["goal"] == data["goal"]
    assert refused + kept > 0


def _damaged(value: object, limit: int) -> list[object]:
    found: list[object] = []
    if isinstance(value, str):
        found = [value + "x", "7"]
    elif isinstance(value, list):
        found = [
            [*value[:i], change, *value[i + 1 :]] for i, item in enumerate(value) for change in _damaged(item, limit)
        ]
        found += [value[:-1]] if value else []
    elif isinstance(value, dict):
        found = [{**value, key: change} for key, item in value.items() for change in _damaged(item, limit)]
    step = max(1, len(found) // limit)
    return found[::step]
