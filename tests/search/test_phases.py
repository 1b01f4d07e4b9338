"""Phases of a model: a case that no economy meets is excluded, what the other says is put to use."""

import pytest

from symhet.core import kernel
from symhet.core.context import Context
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.search import phases
from symhet.search.branch import Branch
from symhet.search.portfolio import search
from symhet.search.twins import proved_with_twins, twins
from symhet.search.work import Stuck, Work

v, c, k, b = (t.symbol(name) for name in ("v", "c", "k", "b"))
n = t.symbol("n", positive=False)
CORNER = s.either(s.both(s.eq(n, t.ZERO), s.le(v, c)), s.both(s.lt(t.ZERO, n), s.eq(v, c)))
VALUE = s.eq(v, t.difference(k, n))


def branch(**hypotheses):
    return Branch(Context({"corner": CORNER, "value": VALUE} | hypotheses), Work(3000), search)


def test_beside_a_corner_holds_what_holds_beside_it():
    here = branch(dear=s.lt(c, k))
    goal = s.lt(t.ZERO, n)
    assert kernel.prove(here.context, goal, phases.by_own_case(here, goal)).goal == goal


def test_at_a_corner_that_economies_meet_nothing_beside_it_is_claimed():
    with pytest.raises(Stuck):
        phases.by_own_case(branch(), s.lt(t.ZERO, n))


def test_each_case_that_occurs_proves_the_goal_with_its_parts():
    here = branch()
    goal = s.le(v, c)
    assert kernel.prove(here.context, goal, phases.by_known_cases(here, goal)).goal == goal


B, B_star, phi, f = (t.symbol(name) for name in ("B", "B_star", "phi", "f"))


def profits(own, other):
    return t.add(t.multiply(own, own), t.multiply(phi, t.multiply(other, other)))


def two_countries():
    """Return two countries: profits in the first are the cost, in the second they are at most."""
    return Context({
        "phi<1": s.lt(phi, t.ONE),
        "entry": s.eq(profits(B, B_star), f),
    })  # fmt: skip


def test_demands_are_equal_where_firms_are_indifferent():
    indifferent = s.eq(profits(B_star, B), f)
    assert twins(two_countries()) == []
    assert twins(two_countries().having("indifferent", indifferent)) == [s.eq(B, B_star)]
    goal = s.implies(indifferent, s.eq(t.multiply(B, B_star), t.multiply(B, B)))
    assert proved_with_twins(two_countries(), goal, Work(4000)).goal == goal
    assert proved_with_twins(two_countries(), s.implies(s.lt(B, B_star), goal.args[1]), Work(4000)) is None
