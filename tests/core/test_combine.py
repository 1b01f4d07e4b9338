"""The one rule for sums of products of known relations: what the signs of the summands give, and what they do not."""

from __future__ import annotations

import pytest

from symhet.core import derived
from symhet.core import records as r
from symhet.core.context import Context
from symhet.core.gradients import with_totals
from symhet.core.kernel import prove, refute
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.statements import FALSE, Statement
from symhet.language.terms import MINUS_ONE, ONE, ZERO

X, Y, U = t.symbol("x"), t.symbol("y"), t.symbol("u")
A, B = t.symbol("a", positive=False), t.symbol("b", positive=False)
KNOWN = Context(
    {
        "strict": s.lt(ZERO, A),
        "weak": s.le(ZERO, B),
        "apart": s.ne(A, B),
        "zero": s.eq(A, ONE),
        "below": s.lt(B, A),
    }
)
GAP = t.difference(B, A)
TWO = t.number(2)


@pytest.mark.parametrize(
    ("goal", "proof"),
    [
        (s.positive(t.multiply(A, A)), r.Combine(((ONE, (("strict", 2),)),))),
        (s.le(ZERO, t.multiply(A, B)), r.Combine(((ONE, (("strict", 1), ("weak", 1))),))),
        (s.positive(t.add(A, B)), r.Combine(((ONE, (("strict", 1),)), (ONE, (("weak", 1),))))),
        (s.positive(t.whole_power(GAP, 2)), r.Combine(((ONE, (("apart", 2),)),))),
        (s.ne(GAP, ZERO), r.Combine(((MINUS_ONE, (("apart", 1),)),))),
        (s.ne(B, A), r.Combine(((ONE, (("below", 1),)),))),
        (s.ne(A, B), r.Combine(((ONE, (("below", 1),)),), MINUS_ONE)),
        (s.lt(ZERO, t.multiply(TWO, A)), r.Combine(((A, ()), (ONE, (("strict", 1),))))),
        (s.eq(t.multiply(A, B), B), r.Combine(((B, (("zero", 1),)),))),
    ],
    ids=lambda value: str(value)[:40] if isinstance(value, Statement) else "",
)
def test_signs_of_summands_add_up(goal: Statement, proof: r.Proof) -> None:
    assert prove(KNOWN, goal, proof).says == "holds"


@pytest.mark.parametrize(
    ("goal", "proof"),
    [
        (s.positive(t.multiply(A, B)), r.Combine(((ONE, (("strict", 1), ("weak", 1))),))),
        (s.positive(t.add(B, B)), r.Combine(((TWO, (("weak", 1),)),))),
        (s.positive(GAP), r.Combine(((ONE, (("apart", 1),)),))),
        (
            s.ne(t.multiply(TWO, GAP), ZERO),
            r.Combine(((ONE, (("apart", 1),)), (ONE, (("apart", 1),)), (ONE, (("apart", -2),)))),
        ),
        (s.positive(t.negative(A)), r.Combine(((MINUS_ONE, (("strict", 1),)),))),
        (s.positive(t.multiply(B, A)), r.Combine(((B, (("strict", 1),)),))),
        (s.positive(A), r.Combine((), ZERO)),
        (s.eq(A, TWO), r.Combine((), ZERO)),
        (s.eq(A, TWO), r.Combine((), t.difference(A, ONE))),
        (s.lt(A, ZERO), r.Combine(((MINUS_ONE, (("strict", 1),)),), MINUS_ONE)),
        # Nothing is divided by what may be zero, or is.
        (s.positive(TWO), r.Combine(((ONE, (("zero", -1),)),))),
        (s.positive(t.whole_power(B, 0)), r.Combine(((ONE, (("weak", -1), ("weak", 1))),))),
        (s.eq(ONE, TWO), r.Combine(((ONE, (("zero", 1), ("zero", -1))),))),
        (s.eq(ONE, TWO), r.Combine(((t.whole_power(t.difference(A, ONE), -1), (("zero", 1),)),))),
    ],
)
def test_what_signs_do_not_give_is_refused(goal: Statement, proof: r.Proof) -> None:
    with pytest.raises(Refusal):
        prove(KNOWN, goal, proof)


def test_zero_to_the_power_of_zero_is_one() -> None:
    assert prove(KNOWN, s.eq(t.add(A, ONE), TWO), r.Combine(((ONE, (("zero", 1),)), (ZERO, (("zero", 0),)))))
    with pytest.raises(Refusal):
        prove(KNOWN, s.eq(A, TWO), r.Combine(((MINUS_ONE, (("zero", 0),)), (ONE, (("zero", 1),)))))


def test_a_weight_may_be_known_to_be_positive() -> None:
    """The weight is a sum with terms of both signs, so that its form does not tell."""
    weight = t.difference(X, Y)
    goal, proof = s.positive(t.multiply(weight, A)), r.Combine(((weight, (("strict", 1),)),))
    with pytest.raises(Refusal):
        prove(KNOWN, goal, proof)
    assert prove(KNOWN.having("order", s.lt(Y, X)), goal, proof).says == "holds"


def test_a_step_without_a_name_still_says_something_of_its_symbols() -> None:
    """x > 1 is shown of this x: it is not the one about which something general is proved."""
    context = Context({"x": s.lt(ONE, X)})
    goal = s.forall(s.lt(ONE, t.bound(0)))
    for symbol in (X, U):
        general = r.Generalise(symbol, r.Hypothesis("given 1"))
        with pytest.raises(Refusal):
            prove(context, goal, r.Cut((("", s.lt(ONE, X), r.Hypothesis("x"), False),), general))


def test_two_weak_cases_are_those_of_a_weak_inequality() -> None:
    weak = Context({"h": s.le(A, B)})
    cases = r.Cases(
        "h", "case", (derived.weaken(False, r.Hypothesis("case")), derived.weaken(True, r.Hypothesis("case")))
    )
    assert prove(weak, s.le(A, B), cases).says == "holds"
    for proofs in ((r.Hypothesis("case"),) * 2, (r.Hypothesis("case"),)):
        with pytest.raises(Refusal):
            prove(weak, s.lt(A, B), r.Cases("h", "case", proofs))


def test_everything_is_rewritten_only_by_what_is_known() -> None:
    context = Context({"one": s.eq(A, ONE), "below": s.lt(A, B)})
    assert prove(context, s.lt(ONE, B), r.Rewrite(("one",), r.Hypothesis("below"), everywhere=True))
    with pytest.raises(Refusal):
        prove(context, s.lt(TWO, B), r.Rewrite(("below",), r.Hypothesis("below"), everywhere=True))
    solved = Context({"y": s.eq(Y, X)}, frozenset({"y"}), frozenset({Y}))
    moved = r.Rewrite(("y",), r.Differentiate("y", X), everywhere=True)
    with pytest.raises(Refusal):
        prove(solved, s.eq(t.total(Y, X), ONE), moved)


# --- the totals that a witness brings --------------------------------------------------------------------------


SOLVED = Context({"sum": s.eq(t.add(Y, U), X), "half": s.eq(Y, U)}, frozenset({"sum", "half"}), frozenset({Y, U}))
SLOPE, OTHER = t.total(Y, X), t.total(U, X)
POINT = ((X, TWO), (Y, ONE), (U, ONE))
HALF = t.number(1, 2)


def test_a_witness_with_the_totals_of_its_solution_refutes() -> None:
    at = with_totals(SOLVED, s.ne(SLOPE, HALF), r.Witness(POINT))
    assert at.totals == ((OTHER, HALF), (SLOPE, HALF))
    assert refute(SOLVED, s.ne(SLOPE, HALF), at).says == "fails"
    with pytest.raises(Refusal):
        refute(SOLVED, s.eq(SLOPE, HALF), at)
    for goal in (s.lt(SLOPE, t.number(1, 3)), s.lt(TWO, OTHER)):
        assert refute(SOLVED, goal, r.Witness(POINT)).says == "fails"


@pytest.mark.parametrize(
    "totals",
    [
        ((SLOPE, ONE), (OTHER, ZERO)),
        ((SLOPE, ZERO), (OTHER, ONE)),
        ((SLOPE, ONE), (OTHER, ONE)),
        ((OTHER, HALF), (SLOPE, OTHER), (SLOPE, HALF)),
        ((OTHER, t.log(ZERO)), (SLOPE, HALF)),
        ((OTHER, t.multiply(HALF, t.power(ZERO, ZERO))), (SLOPE, HALF)),
    ],
    ids=str,
)
def test_what_a_solution_does_not_do_is_refused(totals: r.Pairs) -> None:
    for point, more in ((POINT, totals), ((*POINT, *totals), ())):
        with pytest.raises(Refusal):
            refute(SOLVED, s.ne(SLOPE, HALF), r.Witness(point, totals=more))


def test_a_slope_that_is_zero_without_showing_it_ties_nothing() -> None:
    """The root of 3 + 2*2^(1/2) is 1 + 2^(1/2), which neither balls nor the normal form tell: y is tied by nothing."""
    root = t.power(TWO, HALF)
    zero = t.difference(t.power(t.add(t.number(3), t.multiply(TWO, root)), HALF), t.add(ONE, root))
    idle = Context({"idle": s.eq(t.multiply(zero, Y), ZERO)}, frozenset({"idle"}), frozenset({Y}))
    for totals in ((), ((SLOPE, ONE),)):
        with pytest.raises(Refusal):
            refute(idle, s.ne(SLOPE, ONE), r.Witness(((X, ONE), (Y, ONE)), totals=totals))


def test_dependent_equations_have_no_solution_to_differentiate() -> None:
    twice = Context({"one": s.eq(Y, X), "two": s.eq(X, Y)}, frozenset({"one", "two"}), frozenset({Y, U}))
    for totals in ((), ((OTHER, ONE), (SLOPE, ONE))):
        with pytest.raises(Refusal):
            refute(twice, FALSE, r.Witness(((X, ONE), (Y, ONE), (U, ONE)), totals=totals))


def test_what_nothing_ties_moves_at_any_rate() -> None:
    """One equation for two unknowns has solutions along which the one that is free moves as it likes, not the other."""
    free = Context({"sum": s.eq(t.add(Y, U), X)}, frozenset({"sum"}), frozenset({Y, U}))
    at = r.Witness(POINT, totals=((OTHER, t.number(-6)), (SLOPE, t.number(7))))
    assert refute(free, s.ne(SLOPE, t.number(7)), at).says == "fails"
    with pytest.raises(Refusal):
        refute(free, s.ne(SLOPE, t.number(7)), r.Witness(POINT, totals=((OTHER, ONE), (SLOPE, t.number(7)))))


def test_a_value_at_a_point_is_one() -> None:
    """What only looks like a number where it exists is none: 0*T(-1, 2) + 1 has no value; nor has x by itself."""
    law = (((ONE, TWO), (t.number(1, 2),), TWO),)
    for value in (t.add(t.multiply(ZERO, t.tail(MINUS_ONE, TWO)), ONE), t.log(t.power(TWO, ZERO)), X, MINUS_ONE):
        with pytest.raises(Refusal):
            refute(Context(), s.eq(X, TWO), r.Witness(((X, value),), law))
    assert refute(Context(), s.eq(X, TWO), r.Witness(((X, t.power(TWO, t.number(1, 2))),))).says == "fails"
