"""Attacks at the door, on the table of terms, with coordinates that miss points, with variables that are captured."""

from __future__ import annotations

import re
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest

from symhet.core import derived, functions
from symhet.core import records as r
from symhet.core.context import Context
from symhet.core.door import rebuilt
from symhet.core.kernel import genuine, prove
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.terms import ONE, ZERO, Head, Term

X, Y, U, C = t.symbol("x"), t.symbol("y"), t.symbol("u"), t.symbol("c", positive=False)
TRUE = s.lt(ZERO, X)


def hollow(kind: type, **parts: Any) -> Any:
    made = object.__new__(kind)
    for name, value in parts.items():
        object.__setattr__(made, name, value)
    return made


# --- records --------------------------------------------------------------------------------------------------


def test_a_rule_is_not_added_from_outside() -> None:
    class TrustMe(r.Record):
        """Says nothing and proves all."""

        name: r.Name = "yes"

    class Same(r.Combine):
        """Looks like a rule."""

    @dataclass(frozen=True)
    class Plain:
        name: str = "x"

    for record in (TrustMe(), Same(), Plain(), r.Record(), r.Cut, r.Combine):
        with pytest.raises(Refusal):
            prove(Context(), TRUE, record)
        with pytest.raises(Refusal):
            prove(Context(), TRUE, derived.weaken(False, record))
    assert "trustme" not in r.RECORDS
    assert TrustMe not in r.KINDS


def test_every_kind_of_field_is_known_at_the_door() -> None:
    waiting = [kind for fields in r.KINDS.values() for _, kind in fields]
    while waiting:
        kind = waiting.pop()
        inner = [part for part in kind if part is not ...] if type(kind) is tuple else []
        waiting += inner
        assert inner or kind in (str, bool, int, Term, s.Statement, r.Record, r.Function)
    for record, fields in r.KINDS.items():
        assert [name for name, _ in fields] == list(record.__dataclass_fields__)


def test_what_hangs_on_a_record_beside_its_fields_is_left_behind() -> None:
    odd = derived.sign()
    odd.__dict__["check"] = lambda *_: None
    made = prove(Context(), TRUE, odd).certificate
    assert type(made) is r.Combine
    assert vars(made) == {"terms": (), "multiplier": ONE, "using": ()}


class Rows(tuple[Any, ...]):
    """Looks like a tuple."""


@pytest.mark.parametrize(
    "proof",
    [
        r.Combine(Rows()),
        r.Combine((Rows((ONE, ())),)),
        r.Combine(({ONE: ()},)),
        r.Combine(((ONE, Rows((("h", 1),))),)),
        r.Combine(((ONE, (("h", True),)),)),
        r.Combine(iter(())),
        r.Split(Rows((derived.sign(),))),
        r.Choose(np.int64(0), derived.sign()),
        r.Use("h", np.int8(0)),
        r.Rewrite((), derived.sign(), np.True_),
        r.Rewrite((), derived.sign(), None),
        r.Hypothesis(np.str_("h")),
        r.Hypothesis("h" * 1001),
        r.Hypothesis(b"h"),
        r.Named(U, X, "n", derived.sign(), None),
        r.Differentiate("h", "x"),
        r.Lemma("log_positive", (X, [Y])),
        r.Cut((("a", TRUE, derived.sign()),), derived.sign()),
        r.Cut((("a", TRUE, derived.sign(), 0),), derived.sign()),
        r.Named("u", X, "n", derived.sign(), derived.sign()),
        r.Witness(((X, 1),)),
        r.Cut(((TRUE, derived.sign()),), derived.sign()),
    ],
    # Without addresses, so that every process collects the same names.
    ids=lambda proof: re.sub(r" at 0x[0-9a-f]+", "", str(proof))[:60],
)
def test_fields_are_of_exact_types(proof: r.Proof) -> None:
    with pytest.raises(Refusal):
        rebuilt(Context({"h": TRUE}), TRUE, proof)


@pytest.mark.parametrize(
    "hypotheses",
    [[("h", TRUE)], None, {"h": X}, {1: TRUE}, {"h": None}, MappingProxyType({np.str_("h"): TRUE}), {"h" * 1001: TRUE}],
    ids=str,
)
def test_hypotheses_are_of_exact_types(hypotheses: Any) -> None:
    context = Context()
    object.__setattr__(context, "hypotheses", hypotheses)
    with pytest.raises(Refusal):
        prove(context, TRUE, derived.sign())


def test_what_is_known_of_a_context_is_not_carried_through_the_door() -> None:
    """A cache filled with a condition that the hypotheses do not grant is left outside."""
    from symhet.language.definedness import Condition, Kind

    goal = s.exists(t.whole_power(C, -1))
    context = Context({"h": TRUE})
    object.__setattr__(context, "grants", frozenset({Condition(Kind.NONZERO, C)}))
    with pytest.raises(Refusal):
        prove(context, goal, derived.identity())


# --- terms ----------------------------------------------------------------------------------------------------


def test_hollow_terms_are_refused_inside_true_ones_too() -> None:
    one = hollow(
        Term, head=Head.NUMBER, args=(1, 1), children=(), depth=1, size=1, heads=1, reach=0, _leaves=frozenset()
    )
    inside = t.add(one, X)
    assert inside is not t.add(ONE, X)
    for odd in (one, inside):
        with pytest.raises(Refusal, match="no constructor made"):
            rebuilt(Context(), s.lt(X, odd), derived.sign())


def test_a_term_whose_data_were_changed_is_refused() -> None:
    changed = t.multiply(t.symbol("x_changed"), X)
    object.__setattr__(changed, "args", (X, ONE))
    with pytest.raises(Refusal, match="no constructor made"):
        rebuilt(Context(), s.lt(X, changed), derived.sign())


def test_a_hollow_term_does_not_bring_its_own_conditions() -> None:
    """A quotient that says of itself that it always has a value."""
    pole = t.whole_power(C, -1)
    parts = {name: getattr(pole, name) for name in ("head", "args", "children", "depth", "size", "heads", "reach")}
    odd = hollow(Term, **parts, _conditions=(), _evident=True, _leaves=pole.leaves)
    for goal, proof in (
        (s.exists(odd), derived.identity()),
        (s.positive(odd), derived.sign()),
        (s.eq(odd, odd), r.Hypothesis("h")),
    ):
        with pytest.raises(Refusal):
            prove(Context({"h": s.exists(pole)} if type(proof) is r.Hypothesis else {}), s.positive(odd), proof)
        if type(proof) is not r.Hypothesis:
            with pytest.raises(Refusal):
                prove(Context(), goal, proof)


def test_circular_and_endless_terms_are_refused() -> None:
    odd = hollow(Term, head=Head.EXP, args=())
    object.__setattr__(odd, "args", (odd,))
    with pytest.raises(Refusal):
        prove(Context(), hollow(s.Statement, op=s.Op.LESS, args=(ZERO, odd)), derived.sign())
    wide = hollow(Term, head=Head.SUM, args=(X,) * (t.MAX_SIZE + 5))
    with pytest.raises(Refusal):
        rebuilt(Context(), hollow(s.Statement, op=s.Op.LESS, args=(ZERO, wide)), derived.sign())


def test_equal_terms_made_in_several_threads_are_the_same() -> None:
    """Two symbols that are equal and not the same would let a derivative miss one of them."""

    def made(seed: int) -> list[Term]:
        found = []
        for index in range(300):
            x = t.symbol(f"thread{index}")
            found.append(t.log(t.add(x, t.number(index, 7))))
        return found

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            rows = list(pool.map(made, range(8)))
    finally:
        sys.setswitchinterval(interval)
    assert all(one is other for row in rows for one, other in zip(rows[0], row, strict=True))


def test_a_term_is_forgotten_when_nothing_holds_it() -> None:
    before = len(t._TABLE)
    for index in range(2000):
        t.log(t.symbol(f"passing{index}"))
    assert len(t._TABLE) < before + 10


# --- coordinates that miss points, variables that are captured -------------------------------------------------


def test_coordinates_reach_every_point() -> None:
    """With u = c^2 only half of the real numbers are c = u^(1/2), with u = x + 1/x only half of the positive ones."""
    false = s.le(ZERO, C)
    root = t.power(U, t.number(1, 2))
    then = derived.weaken(False, derived.sign())
    for known in ({}, {"differs": s.ne(C, ZERO)}):
        positive = r.Lemma("square_not_negative", (C,)) if not known else derived.sign()
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
        "square_not_negative": (z,),
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


# --- functions known by name, and even roots -------------------------------------------------------------------


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


# --- roots ----------------------------------------------------------------------------------------------------


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
