"""Derivatives that are zero, or in proportion, are shown before others that need them."""

import pytest

from symhet import search
from symhet.core.context import Context
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.search.branch import Branch
from symhet.search.portfolio import search as prover
from symhet.search.unmoved import by_unmoved
from symhet.search.work import Stuck, Work

x, y, z, a, b = map(t.symbol, "xyzab")
SYSTEM = {
    "first": s.eq(t.multiply(x, x, x), t.add(b, x)),
    "second": s.eq(t.multiply(y, x), t.multiply(z, b)),
    "third": s.eq(t.add(y, t.multiply(z, x)), a),
}
CONTEXT = Context({**SYSTEM, "above": s.lt(t.ONE, x)}, frozenset(SYSTEM), frozenset({x, y, z}))


def branch() -> Branch:
    return Branch(CONTEXT, Work(4000), prover)


@pytest.mark.parametrize("moves", [y, z])
def test_what_moves_in_proportion_is_signed_by_what_rests(moves):
    goal = s.positive(t.total(moves, a))
    here = branch()
    found = by_unmoved(here, goal)
    assert here.checked(goal, here.close(found)) is not None
    assert search.prove(CONTEXT, goal).theorem.says == "holds"


def test_where_every_variable_moves_nothing_is_put_first():
    with pytest.raises(Stuck, match="every variable moves"):
        by_unmoved(branch(), s.positive(t.total(x, b)))


def test_what_is_false_of_what_rests_is_not_proved():
    for goal in (s.positive(t.total(x, a)), s.lt(t.total(y, a), t.ZERO)):
        assert search.prove(CONTEXT, goal) is None
