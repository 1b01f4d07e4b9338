"""A statement with a premise of its own, decided without a model around it."""

import pytest

from symhet import search
from symhet.core.context import Context
from symhet.language import statements as s
from symhet.language import terms as t

x, y, z = map(t.symbol, "xyz")
BELOW = s.lt(x, y)


@pytest.mark.parametrize(("goal", "truth"), [
    (s.implies(BELOW, s.le(x, y)), "true"),
    (s.implies(BELOW, s.lt(y, x)), "false"),
    (s.implies(s.both(BELOW, s.lt(y, t.ONE)), s.lt(t.ONE, x)), "false"),
    (s.implies(BELOW, s.lt(x, t.ONE)), "mixed"),
    (s.implies(s.both(BELOW, s.lt(y, x)), s.eq(x, y)), "contradictory"),
    (s.implies(s.both(BELOW, s.lt(y, z), s.lt(z, x)), s.eq(x, y)), "contradictory"),
    (s.implies(s.both(BELOW, s.lt(y, z), s.le(z, t.total_of([x, t.ONE]))), s.lt(z, x)), "false"),
])  # fmt: skip
def test_a_premise_is_supposed_whatever_is_asked(goal, truth):
    assert search.decide(Context(), goal).truth == truth
