"""Equations by what known ones define, powers in place of roots, and derivatives inside equivalences."""

from itertools import pairwise

import numpy as np

from symhet.core.context import Context
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.statements import eq, lt
from symhet.search import prove
from symhet.search.branch import Branch
from symhet.search.drawing import sampled
from symhet.search.evaluation import Economies
from symhet.search.portfolio import search
from symhet.search.proposals import Proposal, proposals
from symhet.search.relevance import contexts
from symhet.search.slopes import with_totals
from symhet.search.tangents import needed
from symhet.search.unfolding import oriented
from symhet.search.work import Work

a, b, c, x, y, z = map(t.symbol, "abcxyz")


def test_definitions_go_outermost_first_and_one_to_a_symbol() -> None:
    known = {"x": eq(x, t.add(y, z)), "y": eq(y, t.multiply(a, z)), "again": eq(x, b), "back": eq(z, t.add(x, a))}
    branch = Branch(Context(known), Work(100), search)
    using, others = oriented(branch, list(known))
    assert set(using) | set(others) == set(known)
    assert "x" in others or "again" in others
    for place, name in enumerate(using):
        inner = (known[later].args[0] for later in using[:place])
        assert not any(leaf in known[name].args[1].leaves for leaf in inner)


def test_what_holds_identically_gives_nothing() -> None:
    identity = eq(t.multiply(x, t.add(y, t.ONE)), t.add(t.multiply(x, y), x))
    known = [identity, eq(a, t.multiply(x, b))]
    branch = Branch(Context({str(place): statement for place, statement in enumerate(known)}), Work(1000), search)
    assert needed(branch, eq(t.multiply(t.number(2), a), t.multiply(t.number(2), x, b)), known) == [1]


def test_a_symbol_that_may_be_negative_can_be_solved_for() -> None:
    kept = t.symbol("kept", positive=False)
    context = Context({"kept": eq(kept, t.ONE), "y": eq(t.add(y, t.multiply(kept, x)), a), "x": lt(x, b)})
    assert prove(context, lt(t.difference(a, b), y)) is not None


def test_an_equivalence_about_a_derivative_is_one_about_its_value() -> None:
    profit = eq(x, t.difference(t.multiply(a, t.power(y, b)), t.multiply(c, y)))
    context = Context({"profit": profit}, frozenset({"profit"}), frozenset({x}))
    rises = s.positive(t.total(x, y))
    pays = lt(t.multiply(c, y), t.multiply(a, b, t.power(y, b)))
    assert prove(context, s.iff(rises, pays)) is not None
    assert prove(context, s.iff(rises, lt(pays.args[1], pays.args[0])), work=400) is None


def test_an_order_that_may_be_either_is_no_premise() -> None:
    branch = Branch(Context({"low": lt(t.ONE, x)}), Work(1000), search)
    assert branch.either_order(y, t.ONE)
    assert not branch.either_order(x, t.ONE)
    found = proposals(branch, [("bernoulli_above", (y, t.number(2)))])
    assert [type(proposal) for proposal in found] == [Proposal]


def test_economies_of_several_cases_know_what_each_case_mentions() -> None:
    first, second = s.both(eq(x, a), s.le(b, y)), s.both(eq(x, t.ONE), lt(a, t.number(3)))
    found = sampled(Context({"cases": s.either(first, second)}))
    assert found is not None
    assert {a, b, x, y} <= found.leaves.keys()
    assert found.holds(s.either(first, second)).all()


def test_a_goal_is_tried_again_with_much_more_work() -> None:
    branch = Branch(Context(), Work(1000), search)
    goal = lt(x, y)
    branch.give_up(goal, 10)
    branch.work.hopeless.clear()
    branch.work.left = 30
    assert branch.is_tried(goal)
    branch.work.left = 31
    assert not branch.is_tried(goal)


def test_a_small_part_of_a_context_is_tried_first() -> None:
    far = {f"far {place}": eq(t.power(z, t.number(place, 7)), t.add(t.exp(b), z)) for place in range(1, 14)}
    context = Context({**far, "low": lt(t.ONE, a), "high": lt(x, t.ONE)})
    first, *_ = contexts(context, lt(t.power(x, a), t.ONE))
    assert set(first.hypotheses) == {"low", "high"}
    found = prove(context, lt(t.power(x, a), t.ONE), work=4000)
    assert found is not None
    assert found.work < 100


def test_what_stands_under_a_root_of_what_is_known_is_positive() -> None:
    root = t.power(t.quotient(a, t.multiply(b, t.difference(c, t.ONE))), t.quotient(t.ONE, z))
    chain = {"y": eq(y, t.multiply(x, root)), "c": eq(c, t.power(a, z))}
    assert prove(Context(chain), lt(t.ONE, c)) is not None
    square = t.whole_power(t.difference(c, t.ONE), 2)
    assert prove(Context({"y": eq(y, square)}), lt(t.ONE, c)) is None
    pair = t.power(t.multiply(t.difference(c, t.ONE), t.difference(b, t.ONE)), z)
    assert prove(Context({"y": eq(y, pair)}), lt(t.ONE, c)) is None
    assert prove(Context({"y": eq(y, t.power(t.difference(t.ONE, c), z))}), lt(t.ONE, c)) is None


def test_a_long_chain_of_conditions_gives_the_derivative_of_its_end() -> None:
    names = [t.symbol(f"y_{place}") for place in range(13)]
    power = t.difference(t.ONE, c)
    known = {"y_0": eq(t.power(names[0], power), t.multiply(b, a))}
    for place, (before, after) in enumerate(pairwise(names), 1):
        known[f"y_{place}"] = eq(t.multiply(after, t.power(before, t.negative(b))), t.add(b, t.number(place)))
    context = Context({**known, "c": lt(c, t.ONE)}, frozenset(known), frozenset(names))
    slope = t.total(names[-1], a)
    assert prove(context, lt(t.ZERO, slope)) is not None
    assert prove(context, lt(slope, t.ZERO)) is None
    turned = Context({**known, "c": lt(t.ONE, c)}, frozenset(known), frozenset(names))
    assert prove(turned, lt(t.ZERO, slope)) is None


def test_a_derivative_that_is_rounding_alone_has_no_sign() -> None:
    known = {"y": eq(y, t.multiply(x, t.add(a, b, t.negative(c)))), "z": eq(z, t.multiply(x, a))}
    context = Context(known, frozenset(known), frozenset({y, z}))
    slopes = {of: t.total(of, x) for of in (y, z)}
    for numbers, signs in (((0.1, 0.2, 0.3), (0, 1)), ((1e-17, 2e-17, 1e-17), (1, 1)), ((0.1, 0.2, 0.4), (-1, 1))):
        drawn = dict(zip((a, b, c, x, y, z), (*numbers, 1.0, 1.0, 1.0), strict=True))
        economies = Economies(1, {leaf: np.array([value]) for leaf, value in drawn.items()})
        found = with_totals(context, economies, slopes.values())
        assert tuple(int(np.sign(found.value(slopes[of])[0])) for of in (y, z)) == signs
