"""Attacks with coordinates that miss points, with variables that are captured, and with functions, roots and powers."""

from __future__ import annotations

import pytest

from symhet.core import derived, functions
from symhet.core import records as r
from symhet.core.context import Context
from symhet.core.kernel import genuine, prove
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.terms import ONE, ZERO, Term

X, Y, U, C = t.symbol("x"), t.symbol("y"), t.symbol("u"), t.symbol("c", positive=False)


def test_coordinates_reach_every_point() -> None:
    """With u = c^2 only half of the real numbers are c = u^(1/2), with u = x + 1/x only half of the positive ones."""
    false = s.le(ZERO, C)
    root = t.power(U, t.number(1, 2))
    then = derived.weaken(False, derived.sign())
    for known in ({}, {"differs": s.ne(C, ZERO)}):
        positive = derived.lemma("square_not_negative", (C,)) if not known else derived.sign()
        with pytest.raises(Refusal):
            prove(Context(known), false, derived.chart(((U, t.whole_power(C, 2)),), ((C, root),), (positive,), then))
    both = t.add(X, t.whole_power(X, -1))
    larger = t.multiply(
        t.number(1, 2), t.add(U, t.power(t.difference(t.whole_power(U, 2), t.number(4)), t.number(1, 2)))
    )
    with pytest.raises(Refusal):
        prove(Context(), s.le(ONE, X), derived.chart(((U, both),), ((X, larger),), (derived.sign(),), then))
    inverse = derived.chart(
        ((U, t.whole_power(X, -1)),), ((X, t.whole_power(U, -1)),), (derived.sign(),), derived.sign()
    )
    assert genuine(prove(Context(), s.positive(t.add(X, ONE)), inverse))


def test_a_new_coordinate_is_not_one_that_something_else_is_written_in() -> None:
    shifted = ((U, t.add(X, ONE)), (U, t.add(X, t.number(2))))
    with pytest.raises(Refusal):
        prove(
            Context(),
            s.lt(t.number(2), X),
            derived.chart(shifted, ((X, t.difference(U, ONE)),), (derived.sign(), derived.sign()), derived.sign()),
        )
    for taken in (X, Y):
        chart = derived.chart(
            ((taken, t.add(X, ONE)),), ((X, t.difference(taken, ONE)),), (derived.sign(),), derived.sign()
        )
        with pytest.raises(Refusal):
            prove(Context({"h": s.lt(Y, X)}), s.lt(X, Y), chart)


def test_a_function_with_two_bound_variables_is_no_function_of_one() -> None:
    """The variable of an outer binder in a function would be anything."""
    function = t.add(t.bound(0), t.negative(t.bound(1)))
    proof = functions.monotone(
        function,
        U,
        "near",
        ZERO,
        ONE,
        True,
        *(derived.sign(), derived.weaken(True, derived.sign())),
        *(derived.sign(),) * 3,
    )
    with pytest.raises(Refusal):
        prove(Context(), s.FALSE, proof)
    with pytest.raises(Refusal):
        prove(
            Context(),
            s.unique_root(function),
            functions.unique_root(
                function, U, "n", *(derived.sign(),) * 2, ONE, *(derived.sign(),) * 2, X, *(derived.sign(),) * 2
            ),
        )


def test_a_lemma_about_what_no_binder_binds_is_refused() -> None:
    z = t.bound(0)
    instances = {
        "trichotomy": (z, ONE),
        "log_below_tangent": (z,),
        "support_not_negative": (),
        "concave_maximum": (t.difference(t.log(z), z), ONE, t.multiply(ZERO, z)),
        "falling_root": (t.difference(ONE, z), z, z),
        "falling_tails": (t.difference(ONE, z), z),
        "mean_value": (z, ZERO, z),
    }
    for name, arguments in instances.items():
        made = r.Lemma(name, arguments, (derived.sign(),) * 6)
        for goal in (s.FALSE, s.positive(X), s.unique_root(t.difference(ONE, z))):
            with pytest.raises(Refusal):
                prove(Context(), goal, made)


def test_a_maximum_has_at_most_one_upper_end() -> None:
    """The names that the certificate gives reach no further than the statement."""
    z = t.bound(0)
    arguments = (t.difference(t.log(z), z), ONE, ZERO, t.number(2), t.number(3))
    with pytest.raises(Refusal):
        prove(Context(), s.FALSE, r.Lemma("concave_maximum", arguments, (derived.sign(),) * 9))


def test_a_quantified_statement_is_opened_with_a_symbol_of_its_own() -> None:
    body = s.le(t.bound(0), X)
    for symbol in (X, C):
        with pytest.raises(Refusal):
            prove(Context(), s.forall(body), r.Generalise(symbol, derived.weaken(True, derived.identity())))
    inner = s.forall(s.forall(s.eq(t.bound(0), t.bound(1))))
    with pytest.raises(Refusal):
        prove(Context(), inner, r.Generalise(U, r.Generalise(U, derived.identity())))
    total = t.total(Y, U)
    context = Context({"s": s.eq(Y, X), "t": s.lt(total, ONE)}, frozenset({"s"}), frozenset({Y}))
    with pytest.raises(Refusal):
        prove(context, s.forall(s.positive(t.bound(0))), r.Generalise(U, derived.sign()))


def test_slopes_of_named_functions_are_told_apart() -> None:
    f, first, second = (t.unspecified("f", orders, X, Y) for orders in ((0, 0), (1, 0), (0, 1)))
    swapped = t.unspecified("f", (0, 0), Y, X)
    for left, right in ((first, second), (f, swapped), (f, t.unspecified("g", (0, 0), X, Y)), (f, first)):
        with pytest.raises(Refusal):
            prove(Context(), s.eq(left, right), derived.identity())
        with pytest.raises(Refusal):
            prove(
                Context({"h": s.eq(f, swapped)}),
                s.eq(left, right),
                derived.linear((("h", ONE),)) if left is first else derived.sign(),
            )


@pytest.mark.parametrize("n", [2, 4, -2])
def test_an_even_root_of_an_even_power_has_no_sign_of_its_own(n: int) -> None:
    known = Context({"differs": s.ne(C, ZERO)})
    root = t.power(t.whole_power(C, n), t.number(1, n))
    with pytest.raises(Refusal):
        prove(known, s.eq(root, C), derived.identity())
    with pytest.raises(Refusal):
        prove(known, s.positive(t.multiply(root, C)), derived.sign())
    assert genuine(prove(known, s.eq(t.whole_power(root, abs(n)), t.whole_power(C, abs(n))), derived.identity()))
    assert genuine(prove(known, s.exists(root), derived.identity()))
    with pytest.raises(Refusal):
        prove(Context(), s.exists(root), derived.identity())


def test_a_denominator_in_an_exponent_is_not_zero_by_itself() -> None:
    """x^(c/c) is x where c is not zero, and nothing where it is."""
    ratio = t.quotient(C, C)
    for goal in (s.eq(t.power(X, ratio), X), s.eq(t.exp(t.multiply(ratio, t.log(X))), X)):
        with pytest.raises(Refusal):
            prove(Context(), goal, derived.identity())
        assert genuine(prove(Context({"h": s.ne(C, ZERO)}), goal, derived.identity()))


def rooted(function: Term, left: Term, right: Term, slope: r.Proof, above: r.Proof) -> s.Statement:
    proof = functions.unique_root(
        function,
        U,
        "near",
        derived.identity(),
        slope,
        left,
        derived.sign(),
        above,
        right,
        derived.sign(),
        derived.sign(),
    )
    return prove(Context(), s.unique_root(function), proof).goal


def test_a_function_may_rise_where_it_is_not_zero() -> None:
    """z - z^2 rises up to 1/2 and falls through its only positive root: x (2x - 1) = 2 (x^2 - x) + x at any root x."""
    z = t.bound(0)
    function = t.difference(z, t.whole_power(z, 2))
    falls = derived.combine(equations=(("near", t.number(2)),), multiplier=U, rest=U)
    for left, right, above in ((t.number(1, 2), t.number(2), derived.sign()), (ONE, ONE, derived.identity())):
        assert rooted(function, left, right, falls, above) is s.unique_root(function)


def test_a_root_at_which_a_function_does_not_fall_is_none() -> None:
    """-(z - 1)^2 touches zero, and (z - 1)(z - 2)(3 - z) falls through two roots and rises through one."""
    z = t.bound(0)
    touching = t.negative(t.whole_power(t.difference(z, ONE), 2))
    wave = t.multiply(t.difference(z, ONE), t.difference(z, t.number(2)), t.difference(t.number(3), z))
    for weight in (ONE, U, t.number(-1), t.number(2)):
        for slope in (
            derived.combine(equations=(("near", weight),), multiplier=U, rest=U),
            r.Hypothesis("near"),
            derived.sign(),
        ):
            with pytest.raises(Refusal):
                rooted(touching, ONE, ONE, slope, derived.identity())
            with pytest.raises(Refusal):
                rooted(wave, ONE, ONE, slope, derived.identity())


def test_a_function_with_breaks_must_fall_between_them_whether_it_is_zero_there_or_not() -> None:
    """At a break the slope says nothing, so that a root there is not known to be one through which it falls."""
    z = t.bound(0)
    function = t.difference(t.survival(z), t.number(1, 2))
    with pytest.raises(Refusal, match="no hypothesis 'near'"):
        rooted(function, ONE, ONE, r.Hypothesis("near"), derived.identity())


def test_no_falling_tails_have_no_root() -> None:
    """Without rows the function would be minus the level, which is negative everywhere."""
    for function in (t.MINUS_ONE, t.negative(ONE), t.add(t.MINUS_ONE, ZERO)):
        for arguments in ((function, ONE), (function, ONE, ONE), (function, ONE, ONE, ONE)):
            for count in range(6):
                proof = r.Lemma("falling_tails", arguments, (derived.sign(),) * count)
                for goal in (s.unique_root(function), s.FALSE):
                    with pytest.raises(Refusal):
                        prove(Context(), goal, proof)
