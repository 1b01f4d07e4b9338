"""Witnesses at which nothing is rational: terms with roots and logarithms, and roots of several equations."""

from __future__ import annotations

import pytest

from symhet.core import records
from symhet.core.context import Context
from symhet.language import terms as t
from symhet.language.reading import Names
from symhet.language.text import read_statement
from symhet.search import consistent, refute

NAMES = ("a", "b", "c", "x", "y")
SYMBOLS = {name: t.symbol(name) for name in NAMES}


def context(endogenous: str, *statements: str) -> Context:
    """Return a context whose equations are its system."""
    read = {f"h{i}": read_statement(text, Names(SYMBOLS)) for i, text in enumerate(statements)}
    system = frozenset(name for name, text in zip(read, statements, strict=True) if "<" not in text)
    return Context(read, system, frozenset(SYMBOLS[name] for name in endogenous))


LOGS = context("x", "log(x/a) = 1 - b/x", "1 < a", "b < x")
ONE_ROOT = context("x", "x*exp(x) + x^3 = 2")
TWO_ROOTS = context("xy", "x*exp(x) + x*exp(y) + y^5 = 4", "y*exp(y) + y*exp(x*y) + x^3 = 4")
IN_TURN = context("xy", "x*exp(x) + y^3*x = 2", "y + log(y) + x*exp(x*y) = a", "1 < a", "a < 2")


@pytest.mark.parametrize(
    ("known", "goal", "boxed"),
    [
        (LOGS, "x < a", False),
        (LOGS, "d(x)/d(a) < 1", False),
        (ONE_ROOT, "x < 7/10", True),
        (ONE_ROOT, "x^2 + exp(-x) < 1", True),
        (ONE_ROOT, "d(x)/d(a) < 0", True),
        (TWO_ROOTS, "y < x", True),
        (IN_TURN, "d(x)/d(a) > 0", False),
        (IN_TURN, "d(y)/d(a) < 0", False),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_fails_at_no_rational_point_is_refuted(known: Context, goal: str, boxed: bool) -> None:
    found = refute(known, read_statement(goal, Names(SYMBOLS)))
    assert found is not None
    assert isinstance(found.theorem.certificate, records.Witness)
    assert bool(found.theorem.certificate.box) is boxed


@pytest.mark.parametrize(
    ("known", "goal"),
    [(ONE_ROOT, "x < 9/10"), (TWO_ROOTS, "x < y"), (IN_TURN, "d(x)/d(a) < 0")],
    ids=["1", "2", "in turn"],
)
def test_what_is_true_there_is_not(known: Context, goal: str) -> None:
    assert refute(known, read_statement(goal, Names(SYMBOLS))) is None


@pytest.mark.parametrize("known", [LOGS, ONE_ROOT, TWO_ROOTS, IN_TURN], ids=["logs", "1", "2", "in turn"])
def test_a_model_without_rational_economies_is_consistent(known: Context) -> None:
    assert consistent(known).truth == "true"
