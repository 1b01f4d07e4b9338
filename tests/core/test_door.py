"""Attacks at the door of the core, and on the table of terms."""

from __future__ import annotations

import re
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest

from symhet.core import derived, door, kernel
from symhet.core import records as r
from symhet.core.context import Context
from symhet.core.kernel import prove
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.refusals import Refusal, guarded
from symhet.language.terms import ONE, ZERO, Head, Term

X, Y, U, C = t.symbol("x"), t.symbol("y"), t.symbol("u"), t.symbol("c", positive=False)
TRUE = s.lt(ZERO, X)


def hollow(kind: type, **parts: Any) -> Any:
    made = object.__new__(kind)
    for name, value in parts.items():
        object.__setattr__(made, name, value)
    return made


def test_a_rule_is_not_added_from_outside() -> None:
    class TrustMe(r.Record):
        """Says nothing and proves all."""

        name: r.Name = "yes"

    class Same(r.Combine):
        """Looks like a rule."""

    @dataclass(frozen=True)
    class Plain:
        name: str = "x"

    for record in (TrustMe(), Same(), Plain(), r.Record(), r.Cut, r.Combine):
        with pytest.raises(Refusal):
            prove(Context(), TRUE, record)
        with pytest.raises(Refusal):
            prove(Context(), TRUE, derived.weaken(False, record))
    assert "trustme" not in r.RECORDS
    assert TrustMe not in r.KINDS


def test_every_record_is_checked_by_the_rule_of_its_name() -> None:
    assert {*kernel._PROVING} == {*r.RECORDS.values()} - {r.Witness}
    for record, rule in kernel._PROVING.items():
        assert rule.__module__ in ("symhet.core.rules.relations", "symhet.core.rules.structure")
        assert rule.__annotations__["proof"] == f"records.{record.__name__}"


def test_every_kind_of_field_is_known_at_the_door() -> None:
    waiting = [kind for fields in r.KINDS.values() for _, kind in fields]
    while waiting:
        kind = waiting.pop()
        inner = [part for part in kind if part is not ...] if type(kind) is tuple else []
        waiting += inner
        assert inner or kind in (str, bool, int, Term, s.Statement, r.Record, r.Function)
    for record, fields in r.KINDS.items():
        assert [name for name, _ in fields] == list(record.__dataclass_fields__)


def test_what_hangs_on_a_record_beside_its_fields_is_left_behind() -> None:
    odd = derived.sign()
    odd.__dict__["check"] = lambda *_: None
    made = prove(Context(), TRUE, odd).certificate
    assert type(made) is r.Combine
    assert vars(made) == {"terms": (), "multiplier": ONE, "using": ()}


class Rows(tuple[Any, ...]):
    """Looks like a tuple."""


@pytest.mark.parametrize(
    "proof",
    [
        r.Combine(Rows()),
        r.Combine((Rows((ONE, ())),)),
        r.Combine(({ONE: ()},)),
        r.Combine(((ONE, Rows((("h", 1),))),)),
        r.Combine(((ONE, (("h", True),)),)),
        r.Combine(iter(())),
        r.Split(Rows((derived.sign(),))),
        r.Choose(np.int64(0), derived.sign()),
        r.Use("h", np.int8(0)),
        r.Rewrite((), derived.sign(), np.True_),
        r.Rewrite((), derived.sign(), None),
        r.Hypothesis(np.str_("h")),
        r.Hypothesis("h" * 1001),
        r.Hypothesis(b"h"),
        r.Named(U, X, "n", derived.sign(), None),
        r.Differentiate("h", "x"),
        r.Lemma("log_mono", (X, [Y])),
        r.Cut((("a", TRUE, derived.sign()),), derived.sign()),
        r.Cut((("a", TRUE, derived.sign(), 0),), derived.sign()),
        r.Named("u", X, "n", derived.sign(), derived.sign()),
        r.Witness(((X, 1),)),
        r.Cut(((TRUE, derived.sign()),), derived.sign()),
    ],
    # Without addresses, so that every process collects the same names.
    ids=lambda proof: re.sub(r" at 0x[0-9a-f]+", "", str(proof))[:60],
)
def test_fields_are_of_exact_types(proof: r.Proof) -> None:
    with pytest.raises(Refusal):
        guarded("door", door.rebuilt, Context({"h": TRUE}), TRUE, proof)


@pytest.mark.parametrize(
    "hypotheses",
    [[("h", TRUE)], None, {"h": X}, {1: TRUE}, {"h": None}, MappingProxyType({np.str_("h"): TRUE}), {"h" * 1001: TRUE}],
    ids=str,
)
def test_hypotheses_are_of_exact_types(hypotheses: Any) -> None:
    context = Context()
    object.__setattr__(context, "hypotheses", hypotheses)
    with pytest.raises(Refusal):
        prove(context, TRUE, derived.sign())


def test_what_is_known_of_a_context_is_not_carried_through_the_door() -> None:
    """A cache filled with a condition that the hypotheses do not grant is left outside."""
    from symhet.language.definedness import Condition, Kind

    goal = s.exists(t.whole_power(C, -1))
    context = Context({"h": TRUE})
    object.__setattr__(context, "grants", frozenset({Condition(Kind.NONZERO, C)}))
    with pytest.raises(Refusal):
        prove(context, goal, derived.identity())


def test_hollow_terms_are_refused_inside_true_ones_too() -> None:
    one = hollow(
        Term, head=Head.NUMBER, args=(1, 1), children=(), depth=1, size=1, heads=1, reach=0, _leaves=frozenset()
    )
    inside = t.add(one, X)
    assert inside is not t.add(ONE, X)
    for odd in (one, inside):
        with pytest.raises(Refusal, match="no constructor made"):
            guarded("door", door.rebuilt, Context(), s.lt(X, odd), derived.sign())


def test_a_term_whose_data_were_changed_is_refused() -> None:
    changed = t.multiply(t.symbol("x_changed"), X)
    object.__setattr__(changed, "args", (X, ONE))
    with pytest.raises(Refusal, match="no constructor made"):
        guarded("door", door.rebuilt, Context(), s.lt(X, changed), derived.sign())


def test_a_hollow_term_does_not_bring_its_own_conditions() -> None:
    """A quotient that says of itself that it always has a value."""
    pole = t.whole_power(C, -1)
    parts = {name: getattr(pole, name) for name in ("head", "args", "children", "depth", "size", "heads", "reach")}
    odd = hollow(Term, **parts, _conditions=(), _evident=True, _leaves=pole.leaves)
    for goal, proof in (
        (s.exists(odd), derived.identity()),
        (s.positive(odd), derived.sign()),
        (s.eq(odd, odd), r.Hypothesis("h")),
    ):
        with pytest.raises(Refusal):
            prove(Context({"h": s.exists(pole)} if type(proof) is r.Hypothesis else {}), s.positive(odd), proof)
        if type(proof) is not r.Hypothesis:
            with pytest.raises(Refusal):
                prove(Context(), goal, proof)


def test_circular_and_endless_terms_are_refused() -> None:
    odd = hollow(Term, head=Head.EXP, args=())
    object.__setattr__(odd, "args", (odd,))
    with pytest.raises(Refusal):
        prove(Context(), hollow(s.Statement, op=s.Op.LESS, args=(ZERO, odd)), derived.sign())
    wide = hollow(Term, head=Head.SUM, args=(X,) * (t.MAX_SIZE + 5))
    with pytest.raises(Refusal):
        guarded("door", door.rebuilt, Context(), hollow(s.Statement, op=s.Op.LESS, args=(ZERO, wide)), derived.sign())


def test_equal_terms_made_in_several_threads_are_the_same() -> None:
    """Two symbols that are equal and not the same would let a derivative miss one of them."""

    def made(seed: int) -> list[Term]:
        found = []
        for index in range(300):
            x = t.symbol(f"thread{index}")
            found.append(t.log(t.add(x, t.number(index, 7))))
        return found

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            rows = list(pool.map(made, range(8)))
    finally:
        sys.setswitchinterval(interval)
    assert all(one is other for row in rows for one, other in zip(rows[0], row, strict=True))


def test_a_term_is_forgotten_when_nothing_holds_it() -> None:
    before = len(t._TABLE)
    for index in range(2000):
        t.log(t.symbol(f"passing{index}"))
    assert len(t._TABLE) < before + 10
