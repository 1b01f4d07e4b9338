"""Which equations a goal follows from, chosen by gradients; goals that need definitions, weak factors, cases."""

from symhet.core.context import Context
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.statements import eq, le, lt, positive
from symhet.search import prove
from symhet.search.branch import Branch
from symhet.search.drawing import sampled, sampled_with_effort
from symhet.search.portfolio import search
from symhet.search.tangents import needed
from symhet.search.work import Work

a, b, c, d, x, y = map(t.symbol, "abcdxy")


def test_only_equations_that_the_goal_needs_are_kept() -> None:
    known = [eq(x, t.multiply(a, b)), eq(y, t.add(c, d)), eq(c, t.multiply(t.number(2), d)), eq(b, t.whole_power(a, 2))]
    context = Context({str(place): statement for place, statement in enumerate(known)})
    branch = Branch(context, Work(1000), search)
    assert needed(branch, eq(x, t.whole_power(a, 3)), known) == [0, 3]
    assert needed(branch, eq(y, t.multiply(t.number(3), d)), known) == [1, 2]
    assert needed(branch, eq(x, t.whole_power(a, 2)), known) is None


def test_a_derivative_that_is_zero_still_counts() -> None:
    parameter = t.symbol("p")
    system = {"x": eq(x, a), "y": eq(y, t.multiply(x, parameter))}
    context = Context(system, frozenset(system), frozenset({x, y}))
    assert prove(context, eq(t.total(y, parameter), x)) is not None


def test_definitions_are_put_into_inequalities() -> None:
    ratio = t.power(t.quotient(a, b), t.quotient(t.ONE, c))
    context = Context({"x": eq(x, t.multiply(y, ratio)), "ratio": lt(t.ONE, ratio)})
    assert prove(context, lt(y, x)) is not None


def test_a_factor_known_not_to_be_negative_is_enough() -> None:
    density = t.density(x)
    gap = t.difference(a, b)
    context = Context({"order": lt(b, a), "density": le(t.ZERO, density)})
    assert prove(context, le(t.ZERO, t.multiply(t.whole_power(gap, 2), density))) is not None


def test_scaled_moments_of_two_orders_are_compared() -> None:
    values = {f"moment {order}": s.exists(t.tail(x, order)) for order in (a, b)}
    context = Context({**values, "order": lt(a, b)})
    left, right = (t.multiply(t.power(x, t.negative(order)), t.tail(x, order)) for order in (a, b))
    assert prove(context, lt(left, right)) is not None


def test_economies_meet_equations_of_one_case_of_a_disjunction() -> None:
    corner = s.either(s.both(eq(x, a), le(b, c)), s.both(eq(x, t.ONE), lt(c, b)))
    found = sampled(Context({"corner": corner, "above": lt(t.number(2), x)}))
    assert found is not None
    assert found.holds(corner).all()


def test_what_follows_from_solved_equations_is_no_equation_left_to_be_met() -> None:
    context = Context({"x": eq(x, t.multiply(a, b)), "again": eq(t.quotient(x, a), b), "square": positive(x)})
    _, effort = sampled_with_effort(context)
    assert effort == 0
