"""Objects that are not quite of their types, theorems made by hand and damaged data are refused."""

from __future__ import annotations

import json
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest

from symhet.core import data, derived
from symhet.core import records as r
from symhet.core.context import Context
from symhet.core.data import replay
from symhet.core.kernel import Theorem, genuine, prove
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.statements import FALSE, Op, Statement
from symhet.language.terms import ONE, ZERO, Term
from tests.core.refusing import refused

x, y = t.symbol("x"), t.symbol("y")
TWO = t.number(2)
SIGN = derived.sign()


class Text(str):
    """Text that is not quite text."""

    __slots__ = ()


class Odd(dict[str, Any]):
    """A mapping that answers differently the second time."""

    def items(self) -> Any:
        yield from ()


GOOD = Context({"h": s.lt(ONE, x)})
GOAL = s.lt(TWO, t.add(x, ONE))


@pytest.mark.parametrize(
    "context",
    [
        None,
        {},
        type("Sub", (Context,), {})({"h": s.lt(ONE, x)}),
        Context(Odd({"h": s.lt(ZERO, ONE)})),
        Context({Text("h"): s.lt(ONE, x)}),
        Context({"h": "1 < x"}),  # type: ignore[dict-item]
        Context({"h": s.lt(ONE, x)}, frozenset({"h"})),
        Context({"h": s.lt(ONE, x)}, frozenset({Text("h")})),
        Context({"h": s.lt(ONE, x)}, frozenset({"k"})),
        Context({"h": s.lt(ONE, x)}, frozenset(), frozenset({ONE})),
        Context({"h": s.lt(ONE, x)}, frozenset(), frozenset({"x"})),  # type: ignore[arg-type]
        Context({"h": s.lt(ONE, t.bound(0))}),
    ],
    ids=repr,
)
def test_odd_contexts_are_refused(context: Any) -> None:
    assert prove(GOOD, GOAL, r.Hypothesis("h"))
    refused(context, GOAL, r.Hypothesis("h"))


@pytest.mark.parametrize(
    "proof",
    [
        None,
        "hypothesis",
        r.Hypothesis(Text("h")),
        r.Hypothesis(["h"]),  # type: ignore[arg-type]
        r.Hypothesis("h", []),  # type: ignore[arg-type]
        derived.sign(1),  # type: ignore[arg-type]
        derived.linear((("h", 1.0),)),  # type: ignore[arg-type]
        derived.product((("h", True),)),
        derived.product((("h", np.int8(1)),)),
        derived.product((("h", 1.0),)),  # type: ignore[arg-type]
        r.Choose(np.int8(0), SIGN),
        r.Rewrite((), SIGN, 1),  # type: ignore[arg-type]
        r.Cut([("a", GOAL, SIGN, False)], SIGN),  # type: ignore[arg-type]
        r.Cut((("a", GOAL, SIGN),), SIGN),  # type: ignore[arg-type]
        r.Cut((("a", GOAL, SIGN, 0),), SIGN),  # type: ignore[arg-type]
        r.Witness(()),
        type("Sub", (r.Combine,), {})(),
    ],
    ids=lambda proof: repr(proof)[:60],
)
def test_odd_certificates_are_refused(proof: Any) -> None:
    refused(GOOD, GOAL, proof)


@pytest.mark.parametrize(
    "value",
    [True, 1.0, np.int8(1), np.int64(1), Fraction(1), "1", None, 1 << 20_000],
    ids=lambda value: type(value).__name__,
)
def test_numbers_are_whole_numbers_of_pythons_own(value: Any) -> None:
    with pytest.raises(Refusal):
        t.number(value)
    with pytest.raises(Refusal):
        t.whole_power(x, value)


def test_what_changes_after_the_check_changes_nothing() -> None:
    mutable = {"h": s.lt(ONE, x)}
    context = Context(mutable)
    theorem = prove(context, GOAL, r.Hypothesis("h"))
    mutable["h"] = FALSE
    object.__setattr__(context, "hypotheses", MappingProxyType({"h": FALSE}))
    assert dict(theorem.context.hypotheses) == {"h": s.lt(ONE, x)}
    assert genuine(theorem)


def test_theorems_are_issued_here_alone() -> None:
    with pytest.raises(Refusal):
        Theorem()
    with pytest.raises(TypeError):
        type("Sub", (Theorem,), {})
    forged = object.__new__(Theorem)
    object.__setattr__(forged, "goal", FALSE)
    assert not genuine(forged)
    assert not genuine("theorem")
    theorem = prove(GOOD, GOAL, r.Hypothesis("h"))
    object.__setattr__(theorem, "goal", FALSE)
    assert not genuine(theorem)


@pytest.mark.parametrize("kind", [Term, Statement])
def test_terms_and_statements_are_made_by_their_functions(kind: type) -> None:
    with pytest.raises(TypeError):
        kind()
    with pytest.raises(TypeError):
        type("Sub", (kind,), {})
    with pytest.raises(AttributeError):
        x.args = (y,)
    with pytest.raises(AttributeError):
        del FALSE.op


@pytest.mark.parametrize("op", ["=", None, "EQUAL", Op.AND])
def test_relations_are_of_the_four_kinds(op: Any) -> None:
    with pytest.raises(Refusal):
        s.statement(op, x, y)


def test_every_single_change_of_a_text_is_refused_or_says_something_true() -> None:
    """Each item of each row is changed in turn, each row dropped, each field taken from another theorem."""
    one = data.to_rows(GOOD, GOAL, r.Hypothesis("h"), "holds")
    two = data.to_rows(Context(), s.lt(ONE, t.add(x, ONE)), SIGN, "holds")
    exported, other = (json.loads(data.dumps(rows)) for rows in (one, two))
    replay(exported)
    refusals = 0
    for field in exported:
        for value in (*_changed(exported[field]), other[field]):
            changed = {**exported, field: value}
            if changed == exported or field == "claim":
                continue
            try:
                theorem = replay(changed)
            except Refusal:
                refusals += 1
            else:
                assert (theorem.context, theorem.goal) in _TRUE
    assert refusals > 100
    text = data.dumps(one)
    for cut in range(0, len(text) - 1, 7):
        with pytest.raises(Refusal):
            data.loads(text[:cut])


_TRUE = [
    (Context({name: s.lt(ONE, symbol)}), s.lt(TWO, t.add(symbol, ONE)))
    for name in ("h", "hx")
    for symbol in (x, t.symbol("xx"), t.symbol("x", positive=False))
]


def _changed(value: Any) -> list[Any]:
    if isinstance(value, str):
        return [value + "x", "7", "", 0, None]
    if isinstance(value, int):
        return [value + 1, value - 1, -1, True, float(value), str(value), 10**9]
    changed: list[Any] = [value[:-1], [*value, 0], [*value, *value[-1:]], None] if value else [[0], ["h"]]
    for index, item in enumerate(value):
        changed += [[*value[:index], new, *value[index + 1 :]] for new in _changed(item)]
    return changed
