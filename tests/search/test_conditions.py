"""Conditions under which a statement holds: found, enough by proof, and no part of them needless."""

import pytest

from symhet import search
from symhet.core.context import Context
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.search import conditions
from symhet.search.candidates import Evidence
from symhet.search.drawing import sampled
from symhet.search.work import Work

x, y, n, k, m, g = (t.symbol(name) for name in ("x", "y", "n", "k", "m", "g"))
OR = s.either(s.both(s.eq(x, t.ONE), s.le(y, n)), s.both(s.lt(t.ONE, x), s.eq(y, n)))


def implied(decision):
    """Return the premises of what was proved to be enough."""
    return decision.theorems[0].goal


@pytest.mark.parametrize(("context", "goal", "condition"), [
    (Context({"cases": OR}), s.eq(y, n), s.lt(t.ONE, x)),
    (Context({"cases": OR}), s.both(s.eq(y, n), s.lt(t.ONE, x)), s.lt(t.ONE, x)),
    (Context({"def": s.eq(x, t.multiply(y, n))}), s.eq(x, y), s.eq(n, t.ONE)),
    (Context({"above": s.lt(m, g)}), s.lt(t.quotient(k, t.difference(g, m)), t.ONE), s.lt(t.add(k, m), g)),
    (Context(), s.both(s.lt(x, t.multiply(x, x)), s.lt(y, t.multiply(y, y))), s.both(s.lt(t.ONE, x), s.lt(t.ONE, y))),
])  # fmt: skip
def test_a_condition_is_found_and_is_enough(context, goal, condition):
    decision = search.decide(context, goal, work=3000)
    assert decision.truth == "mixed"
    assert decision.condition is not None
    assert implied(decision) == s.implies(decision.condition, goal)
    assert search.prove(context, s.implies(condition, decision.condition)) is not None


def test_nothing_is_left_in_a_condition_that_is_not_needed():
    goal = s.lt(x, t.multiply(x, x))
    decision = search.decide(Context(), goal, work=3000)
    assert (decision.condition, decision.exactly) == (s.lt(t.ONE, x), True)


def test_what_a_model_speaks_of_elsewhere_is_looked_at():
    power = t.power(x, y)
    context = Context({"low": s.lt(t.ONE, x), "high": s.lt(y, n)})
    decision = search.decide(context, s.lt(power, t.power(x, t.number(2))), offered=(s.lt(n, t.number(2)),), work=3000)
    assert decision.condition is not None


def test_economies_of_each_case_are_drawn():
    drawn = sampled(Context({"cases": OR}))
    assert all(drawn.holds(case).any() for case in OR.args)


def test_a_case_that_a_hypothesis_excludes_is_not_drawn():
    drawn = sampled(Context({"cases": OR, "inside": s.lt(t.ONE, x)}))
    assert drawn.holds(OR.args[1]).all()


def test_what_fails_by_rounding_alone_is_no_evidence():
    root = t.power(x, t.number(1, 3))
    evidence = Evidence.of(Context({"same": s.eq(y, t.power(root, t.number(3)))}), s.eq(x, y))
    assert not any(part.size for part in evidence.against)


def test_parts_of_a_conjunction_help_each_other():
    context = Context({"first": s.lt(t.multiply(x, x), t.ONE), "second": s.lt(t.power(y, n), t.power(x, n))})
    assert search.prove(context, s.both(s.lt(y, t.ONE), s.lt(y, x), s.lt(x, t.ONE))) is not None


def test_a_counterexample_is_looked_for_no_longer_than_the_steps_given():
    goal = s.lt(t.add(x, y), t.multiply(x, t.add(y, n)))
    found = search.refute(Context(), goal)
    assert found is not None
    assert found.work > 1
    assert search.refute(Context(), goal, work=found.work - 1) is None
    assert search.refute(Context(), goal, work=found.work).work == found.work


def test_work_that_is_used_up_ends_in_no_condition():
    goal = s.lt(x, t.multiply(x, x))
    for steps in (0, 1, 10, 100):
        found = conditions.found(Context(), goal, Work(steps), lambda context, statement, work: None)
        assert found is None
