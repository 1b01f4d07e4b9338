"""What once proved something false, and its kinds, said in the language of the core: each is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from symhet.core import data, derived
from symhet.core import records as r
from symhet.core.calculus import derivative
from symhet.core.context import Context
from symhet.core.kernel import prove, refute
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.statements import FALSE, Op, Statement
from symhet.language.terms import ONE, ZERO, Term
from tests.core.refusing import refused

p, q, x, y = map(t.symbol, ("p", "q", "x", "y"))
z = t.symbol("z", positive=False)
TWO, THREE = t.number(2), t.number(3)
SIGN = derived.sign()


def with_pole(variable: Term) -> Term:
    """Return exp((v ln p + v)/v), which is e p except at v = 0, where it has no value."""
    inner = t.add(t.multiply(variable, t.log(p)), variable)
    return t.exp(t.quotient(inner, variable))


@pytest.mark.parametrize("variable", [z, t.difference(p, q)])
def test_a_pole_inside_an_exponential_is_not_lost(variable: Term) -> None:
    equal = s.eq(with_pole(variable), t.multiply(t.exp(ONE), p))
    assert "nonzero" in refused(Context(), equal, derived.identity()).why
    apart = Context({"apart": s.ne(variable, ZERO)})
    assert prove(apart, equal, derived.identity()).says == "holds"


@pytest.mark.parametrize(
    "term",
    [
        t.multiply(z, t.whole_power(z, -1)),
        t.whole_power(t.quotient(ONE, z), 0),
        t.multiply(ZERO, t.whole_power(z, -1)),
        t.add(t.quotient(ONE, z), t.negative(t.quotient(ONE, z)), ONE),
        t.power(z, ZERO),
        t.exp(t.multiply(ZERO, t.log(z))),
        t.power(t.multiply(z, z), t.quotient(z, z)),
        t.log(t.exp(t.quotient(z, z))),
        t.quotient(t.survival(z), t.survival(z)),
        t.multiply(ZERO, t.density(x)),
        t.multiply(ZERO, t.tail(x, THREE)),
        t.multiply(ZERO, t.unspecified("f", (0,), z)),
        t.multiply(ZERO, t.integral(z, z, x)),
        t.multiply(ZERO, t.integral_from_zero(z, x)),
    ],
    ids=str,
)
def test_a_term_that_may_have_no_value_equals_nothing(term: Term) -> None:
    """By no rule that concludes a relation: not to a number, not to itself, not above or below."""
    for other in (ONE, ZERO, term):
        refused(Context(), s.eq(term, other), derived.identity())
        refused(Context(), s.eq(term, other), derived.linear(()))
        refused(Context({"0": s.eq(ZERO, ZERO)}), s.eq(term, other), r.Hypothesis("0"))
        refused(Context({"0": s.eq(ZERO, ZERO)}), s.eq(term, other), derived.transported("0", (), ZERO))
        known, equal = Context({"1": s.eq(ONE, ONE)}), s.eq(term, other)
        refused(known, equal, derived.powers(known, equal, (("1", ONE),)))
        refused(Context(), s.le(term, other), derived.sign())
        refused(Context(), s.le(term, other), r.Combine())
    refused(
        Context({"1": s.lt(ZERO, ONE)}), s.lt(ZERO, t.add(term, TWO)), derived.product((("1", 1),), t.add(term, TWO))
    )
    order = s.either(s.lt(term, ZERO), s.eq(term, ZERO), s.lt(ZERO, term))
    refused(Context(), order, r.Lemma("trichotomy", (term, ZERO)))
    refused(Context(), s.le(ZERO, t.whole_power(term, 2)), derived.lemma("square_not_negative", (term,)))


@pytest.mark.parametrize(
    ("make", "count"), [(t.log, 1), (t.exp, 1), (t.survival, 1), (t.density, 1), (t.tail, 2), (t.power, 2)]
)
def test_every_head_has_its_number_of_arguments(make: Any, count: int) -> None:
    for wrong in (0, count + 1):
        with pytest.raises((TypeError, Refusal)):
            make(*[x] * wrong)


@pytest.mark.parametrize("make", [t.add, t.multiply])
def test_sums_and_products_have_two_parts_or_more(make: Any) -> None:
    for few in ((), (x,)):
        with pytest.raises(Refusal):
            make(*few)


@pytest.mark.parametrize(
    "row", [["log", 0, 0], ["log"], ["sum"], ["sum", 0], ["power", 0], ["tail", 0], ["support", 0], ["total", 0]]
)
def test_rows_with_other_arities_are_refused(row: list[Any]) -> None:
    exported = json.loads(data.dumps(data.to_rows(Context(), s.lt(ZERO, t.log(x)), SIGN, "holds")))
    place = exported["terms"].index(["log", exported["terms"].index(["positive", "x"])])
    exported["terms"][place] = row
    with pytest.raises(Refusal):
        data.from_rows(exported)


def test_a_moment_is_not_supposed_to_be_finite() -> None:
    """No distribution contradicts S(2 + v) = 2/(2 + v)^2 for its third moment: it has none."""
    bound = s.lt(t.multiply(t.power(x, THREE), t.survival(x)), t.tail(x, THREE))
    proof = r.Lemma("tail_excess", (x, THREE), (SIGN, SIGN))
    assert "finite" in refused(Context(), bound, proof).why
    finite = Context({"moment": s.exists(t.tail(ONE, THREE))})
    assert prove(finite, bound, proof).says == "holds"
    fewer = s.le(t.tail(y, THREE), t.tail(x, THREE))
    ordered = Context({"order": s.lt(x, y)})
    shrinks = r.Lemma("tail_moment_shrinks", (x, y, THREE), (SIGN, derived.weaken(False, r.Hypothesis("order"))))
    assert "finite" in refused(ordered, fewer, shrinks).why
    refused(Context(), s.positive(t.tail(x, THREE)), SIGN)
    with pytest.raises(Refusal):
        prove(Context(), s.positive(TWO), r.Named(y, t.tail(x, THREE), "named", SIGN, SIGN))


def test_a_lower_moment_is_finite_and_no_higher_one() -> None:
    finite = Context({"moment": s.exists(t.tail(ONE, TWO))})
    premises = (SIGN, r.Hypothesis("moment"))
    for order in (ONE, ZERO, t.number(-3)):
        lower = r.Lemma("moment_below", (order, TWO), premises)
        assert prove(finite, s.exists(t.tail(ONE, order)), lower).says == "holds"
        refused(Context(), s.exists(t.tail(ONE, order)), lower)
    refused(finite, s.exists(t.tail(ONE, THREE)), r.Lemma("moment_below", (THREE, TWO), premises))
    without = t.add(ONE, t.multiply(ZERO, t.log(z)))
    refused(finite, s.exists(t.tail(ONE, without)), r.Lemma("moment_below", (without, TWO), premises))


def test_a_witness_with_an_infinite_moment_does_not_have_it() -> None:
    """Pareto(2) beyond 2: its third moment is infinite, so a hypothesis that says otherwise fails there."""
    law = (((ONE, TWO), (t.number(1, 2),), TWO),)
    at = r.Witness(((x, THREE),), law)
    assert refute(Context(), s.exists(t.tail(x, THREE)), at).says == "fails"
    with pytest.raises(Refusal):
        refute(Context({"moment": s.exists(t.tail(ONE, THREE))}), FALSE, at)


@pytest.mark.parametrize("name", ["D[q,p]", "b_G'", "", "1x", "x y", "x\n", "ｘ", "φ", "x" * 201, "support()", None, 7])
def test_no_symbol_has_the_name_of_something_else(name: Any) -> None:
    with pytest.raises(Refusal):
        t.symbol(name)


def test_a_total_and_the_support_are_no_symbols() -> None:
    slope = t.total(q, p)
    assert slope is not t.symbol("q")
    refused(Context(), s.positive(slope), SIGN)
    refused(Context(), s.positive(t.SUPPORT), SIGN)
    with pytest.raises(Refusal):
        prove(Context(), s.positive(ONE), derived.chart(((x, ONE),), ((slope, x),), (SIGN,), SIGN))


def test_one_name_is_one_symbol() -> None:
    twin = t.symbol("x", positive=False)
    refused(Context({"h": s.lt(ZERO, twin)}), s.lt(ZERO, x), SIGN)


def test_what_is_compared_with_a_density_does_not_hold_near_by() -> None:
    """dq/dp = 0 does not follow where q = 2a or g(p) = 1, whatever the value of g at the point."""
    a = t.symbol("a")
    either = s.eq(t.multiply(t.difference(q, t.multiply(TWO, a)), t.difference(t.density(p), ONE)), ZERO)
    with pytest.raises(Refusal):
        prove(Context({"zero": either}, frozenset({"zero"}), frozenset({q})), s.eq(ONE, ONE), derived.identity())
    base = {"system": s.eq(q, t.multiply(TWO, a, x)), "x": s.eq(x, ONE)}
    for name, statement in {
        "gap 1": s.lt(t.quotient(ONE, t.density(p)), t.add(t.quotient(ONE, t.density(p)), ONE)),
        "apart": s.ne(t.density(p), ONE),
        "total": s.lt(ZERO, t.add(t.total(q, a), ONE)),
        "weak": s.le(x, ONE),
        "equal": s.eq(x, ONE),
        "either": s.either(s.lt(x, TWO), s.lt(TWO, x)),
    }.items():
        context = Context({**base, name: statement}, frozenset({"system"}), frozenset({q}))
        assert name not in context.nearby().hypotheses
    open_ones = {"strict": s.lt(x, TWO), "smooth": s.exists(t.density(p)), "moment": s.exists(t.tail(ONE, TWO))}
    context = Context({**base, **open_ones}, frozenset({"system"}), frozenset({q}))
    assert context.nearby().hypotheses.keys() == {"system", *open_ones}


def test_an_equation_at_one_point_is_not_differentiated() -> None:
    system = {"y": s.eq(y, t.whole_power(x, 2)), "one": s.eq(x, ONE)}
    context = Context(system, frozenset({"y"}), frozenset({y}))
    step = ("flat", s.eq(y, ONE), r.Rewrite(("y", "one"), derived.identity()), True)
    slope = s.eq(t.total(y, x), ZERO)
    differentiated = derived.linear((("d", t.MINUS_ONE),))
    d = ("d", s.eq(t.negative(t.total(y, x)), ZERO), r.Differentiate("flat", x), False)
    refused(context, slope, r.Cut((step, d), differentiated))
    for parameter in (y, t.SUPPORT, t.bound(0), ONE):
        refused(context, s.eq(ZERO, ZERO), r.Differentiate("y", parameter))
    refused(context, s.eq(ZERO, ZERO), r.Differentiate("one", x))


def _f(argument: Term, order: int = 0) -> Term:
    return t.unspecified("f", (order,), argument)


V, OUTER = t.bound(0), t.bound(1)
BELOW_ONE = t.difference(V, ONE)


@pytest.mark.parametrize(
    ("hypothesis", "body", "concrete"),
    [
        (s.exists(_f(BELOW_ONE)), V, s.exists(BELOW_ONE)),
        (s.exists(_f(t.power(BELOW_ONE, ONE))), ONE, s.exists(ONE)),
        (s.exists(_f(t.log(V))), t.multiply(V, V), s.exists(t.multiply(t.log(V), t.log(V)))),
        (s.forall(s.eq(_f(V), OUTER)), OUTER, s.forall(s.exists(OUTER))),
        (s.forall(s.eq(_f(OUTER), V)), t.bound(2), s.forall(s.eq(t.bound(2), V))),
    ],
    ids=["argument not positive", "argument dropped", "argument of any sign", "capture", "capture further out"],
)
def test_a_function_has_values_where_its_arguments_are_positive_and_depends_on_them_alone(
    hypothesis: Statement, body: Term, concrete: Statement
) -> None:
    """Each hypothesis contradicts itself, so no witness makes it hold."""
    identity = r.Generalise(x, r.Generalise(y, derived.identity()) if concrete.op is Op.FORALL else derived.identity())
    witness = r.Witness((), (), (("f", body),), (), ((s.forall(concrete), identity),))
    with pytest.raises(Refusal):
        refute(Context({"h": s.forall(hypothesis)}), FALSE, witness)


def test_a_function_that_is_one_has_slope_zero_everywhere() -> None:
    """(z - 1)^0 is 1 at z = 1 too, and its derivative there is 0, not 0/0."""
    body = t.whole_power(BELOW_ONE, 0)
    assert derivative(body, V) is ZERO
    flat, one = s.forall(s.eq(_f(V, 1), ZERO)), s.forall(s.eq(_f(V), ONE))
    proofs = ((s.forall(s.eq(body, ONE)), r.Generalise(x, derived.identity())), (s.forall(s.exists(ZERO)), GENERAL))
    witness = r.Witness((), (), (("f", body),), (), proofs)
    with pytest.raises(Refusal) as caught:
        refute(Context({"one": one}), flat, witness)
    assert "holds" in caught.value.why


GENERAL = r.Generalise(x, derived.identity())
