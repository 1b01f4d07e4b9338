"""What would take for ever, or more memory than there is, is refused soon."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import repeat
from types import FrameType
from typing import Any

import pytest

from symhet.core import derived
from symhet.core import records as r
from symhet.core.context import Context
from symhet.core.kernel import prove, refute
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.terms import ONE, ZERO, Term
from tests.core.refusing import refused

x, y = t.symbol("x"), t.symbol("y")
SIGN = derived.sign()


def tower(start: Any, make: Any, levels: int) -> Any:
    """Return a term, statement or proof in which each level has the one below twice."""
    for _ in range(levels):
        start = make(start, start)
    return start


@pytest.mark.parametrize("make", [t.add, t.multiply, t.power])
def test_no_term_is_too_large_when_written_out(make: Any) -> None:
    with pytest.raises(Refusal):
        tower(x, make, 150)
    doubling = {f"v{i}": s.eq(t.symbol(f"v{i}"), make(t.symbol(f"v{i + 1}"), t.symbol(f"v{i + 1}"))) for i in range(60)}
    refused(Context(doubling), s.positive(t.symbol("v0")), r.Rewrite(tuple(doubling), SIGN))


@pytest.mark.parametrize("make", [s.both, s.either, s.implies, s.iff])
def test_no_statement_is_too_large_when_written_out(make: Any) -> None:
    with pytest.raises(Refusal):
        tower(s.positive(x), make, 150)


def test_no_certificate_is_too_long_when_its_rules_stand_one_after_another() -> None:
    for levels in (5, 17):
        goal = tower(s.positive(x), s.both, levels)
        proof = tower(SIGN, lambda one, other: r.Split((one, other)), levels)
        if levels == 5:
            assert prove(Context(), goal, proof)
        else:
            assert "one after another" in refused(Context(), goal, proof).why


LARGE = t.number(2**13_000 + 1)
DENOMINATORS = [t.quotient(ONE, t.add(t.symbol(f"a{i}"), t.symbol(f"a{i * 7 % 50}"), ONE)) for i in range(30)]


@contextmanager
def at_most(calls: int) -> Iterator[None]:
    """Fail as soon as functions are called and left more often: three times as often as the longest when written."""
    seen = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal seen
        seen += 1
        if seen > calls:
            sys.setprofile(None)
            raise AssertionError(f"it goes on after {calls} calls")

    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(None)


def test_what_goes_on_is_stopped() -> None:
    with pytest.raises(AssertionError, match="goes on after 1000 calls"), at_most(1000):
        all(number == 0 for number in repeat(0))


@pytest.mark.parametrize(
    "term",
    [
        tower(LARGE, t.multiply, 16),
        t.whole_power(t.add(x, LARGE), 10_000),
        t.power(x, tower(LARGE, t.multiply, 16)),
        t.power(x, tower(t.number(1, 3), t.multiply, 18)),
        t.power(x, t.quotient(ONE, tower(t.add(x, y), t.multiply, 16))),
        t.add(*DENOMINATORS),
        t.log(t.add(*[t.whole_power(x, i) for i in range(4_000) if i * i % 7 < 3])),
        t.add(*[t.survival(t.add(x, t.number(i))) for i in range(2_000)]),
    ],
    ids=["numbers", "coefficients", "exponent", "fraction", "quotient", "sums", "factors", "functions"],
)
def test_what_would_be_too_large_is_refused_soon(term: Term) -> None:
    with at_most(10_000_000):
        refused(Context(), s.eq(term, y), derived.identity())


@pytest.mark.parametrize("make", [t.add, t.multiply])
def test_sums_and_products_of_large_numbers_are_decided_or_refused_soon_at_a_point(make: Any) -> None:
    term = make(*[t.number(1, 2**13_000 + i) for i in range(300)])
    assert refute(Context(), s.lt(term, ZERO), r.Witness(())).says == "fails"
    for goal in (s.lt(ZERO, term), s.ne(term, t.negative(term))):
        with pytest.raises(Refusal):
            refute(Context(), goal, r.Witness(()))
    with pytest.raises(Refusal):
        refute(Context(), s.eq(t.difference(term, make(*term.args)), ONE), r.Witness(((x, ZERO),)))
