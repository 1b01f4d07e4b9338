"""Conditions under which a statement holds: found, enough by proof, and no part of them needless."""

from dataclasses import replace

import numpy as np
import pytest

from symhet import search
from symhet.core.context import Context
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.model.kept import supported
from symhet.search import conditions
from symhet.search.candidates import Evidence, candidates, is_clear
from symhet.search.drawing import sampled
from symhet.search.evaluation import Economies
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


def test_beside_a_corner_the_equation_is_the_condition_that_is_needed_too():
    v, c = t.symbol("v"), t.symbol("c")
    share = t.symbol("share", positive=False)
    corner = s.either(s.both(s.eq(share, t.ZERO), s.le(v, c)), s.both(s.lt(t.ZERO, share), s.eq(v, c)))
    decision = search.decide(Context({"corner": corner}), s.eq(t.multiply(n, v), t.multiply(n, c)), work=3000)
    assert (decision.condition, decision.exactly) == (s.eq(v, c), True)


def test_two_costs_of_one_name_are_made_equal_for_an_equivalence():
    cost, other = t.symbol("f"), t.symbol("f_X")
    equations = {"x": s.eq(t.multiply(x, y), cost), "k": s.eq(t.multiply(k, m), other), "equal": s.eq(y, m)}
    context = Context(equations, frozenset(), frozenset((x, y, k, m)))
    decision = search.decide(context, s.iff(s.eq(x, t.ONE), s.eq(k, t.ONE)), work=3000)
    assert decision.condition == s.eq(cost, other)
    assert implied(decision) == s.implies(decision.condition, decision.theorems[0].goal.args[1])


def test_the_same_case_of_two_worlds_is_one_candidate():
    v, c, v_2, first, second = (t.symbol(name) for name in ("v", "c", "v_2", "first", "second"))
    worlds = {
        name: s.either(s.both(s.eq(share, t.ONE), s.le(value, c)), s.both(s.lt(t.ONE, share), s.eq(value, c)))
        for name, share, value in (("one", first, v), ("two", second, v_2))
    }
    both = s.both(s.eq(v, c), s.eq(v_2, c))
    found = list(candidates(Context(worlds), s.eq(t.add(v, v_2), t.multiply(t.number(2), c)), Work(3000)))
    assert both in found


def test_what_differs_by_rounding_alone_is_no_evidence_against_a_condition():
    goal = s.lt(x, y)
    off = np.array([1.0, 1.0, 1.0])
    drawn = Economies(3, {x: off, y: off * np.array([1 - 1e-7, 0.5, 1.0])})
    assert is_clear(drawn, goal).tolist() == [False, True, True]


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


def test_an_economy_that_meets_a_condition_is_one_in_which_the_statement_holds():
    goal = s.lt(x, t.multiply(x, x))
    found = search.decide(Context(), goal, work=3000)
    beyond = search.refute(Context(), s.implies(found.condition, s.FALSE)).theorem
    elsewhere = search.refute(Context(), s.implies(s.lt(x, t.ONE), s.FALSE)).theorem
    assert supported(replace(found, example=beyond), Context(), goal)
    assert not supported(replace(found, example=elsewhere), Context(), goal)
    assert not supported(replace(found, example=beyond, condition=None, exactly=False), Context(), goal)
