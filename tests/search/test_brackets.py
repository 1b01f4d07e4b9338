"""Signs of derivatives as conditions on levels: found, enough and needed by proof, and written short."""

import pytest

from symhet import search
from symhet.core.context import Context
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.spelling import text
from symhet.search import brackets
from symhet.search.fingerprints import same
from symhet.search.gathering import gathered
from symhet.search.work import Work

x, y, a, b, c = (t.symbol(name) for name in ("x", "y", "a", "b", "c"))
"""x is a share of y, y falls in a: whether x rises depends on what the share does."""
SYSTEM = {
    "y": s.eq(t.multiply(y, a), b),
    "x": s.eq(x, t.multiply(y, t.add(c, t.multiply(a, a)))),
}
CONTEXT = Context(SYSTEM, frozenset(SYSTEM), frozenset((x, y)))


def test_a_derivative_has_a_sign_exactly_where_its_bracket_has():
    goal = s.lt(t.ZERO, t.total(x, a))
    found = brackets.found(CONTEXT, goal, Work(3000))
    assert found.exactly
    enough, needed = found.theorems
    assert (enough.goal, needed.goal) == (s.implies(found.condition, goal), s.implies(goal, found.condition))
    expected = s.lt(c, t.multiply(a, a))
    for one, other in ((expected, found.condition), (found.condition, expected)):
        assert search.prove(CONTEXT.having("one", one), other) is not None


def test_the_premise_of_a_claim_stays_one():
    goal = s.implies(s.lt(a, t.ONE), s.lt(t.total(x, a), t.ZERO))
    found = brackets.found(CONTEXT, goal, Work(3000))
    assert not found.exactly
    assert found.theorems[0].goal is s.implies(found.condition, goal)


def test_what_says_nothing_of_derivatives_has_no_bracket():
    assert brackets.found(CONTEXT, s.lt(x, y), Work(3000)) is None
    assert brackets.found(CONTEXT, s.lt(t.total(x, a), t.ZERO), Work(5)) is None


@pytest.mark.parametrize(("term", "short"), [
    (t.total_of([t.multiply(a, x), t.multiply(a, y), t.multiply(b, x), t.multiply(b, y)]), 2),
    (t.total_of([t.multiply(a, x), t.multiply(a, y), b]), 1),
])  # fmt: skip
def test_common_factors_are_taken_out(term, short):
    found = gathered(term)
    assert same(found, term)
    assert text(found).count("*") == short - (short > 1)
