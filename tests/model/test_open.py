"""An open claim says what was tried, and of what a proof would have followed."""

from symhet.language import statements as s
from symhet.language import terms as t
from symhet.model.judging import _sub_goal
from symhet.search import Decision


def test_the_last_sub_goal_that_can_be_read_is_named():
    x, y = t.symbol("x"), t.symbol("y")
    goal, short = s.lt(x, y), s.lt(x, t.ONE)
    long = s.lt(t.total_of([x] * 200), y)
    failed = (short, s.lt(t.ONE, t.ONE), long, goal)
    assert list(_sub_goal(Decision("open", failed=failed), goal)) == ["a proof of what it would follow from: x < 1"]
    assert list(_sub_goal(Decision("true", failed=failed), goal)) == []
