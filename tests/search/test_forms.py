"""Fractions of polynomials for the search: taken apart, calculated with, and written back without loss."""

from __future__ import annotations

import pytest

from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.terms import Term, difference
from symhet.search.forms import Forms, equal, tidy
from symhet.search.normal import forms
from symhet.search.systems import solved
from tests.core.reading import lines, read

TABLE = list(lines("identities.txt"))


def shown_equal(left: Term, right: Term) -> bool:
    return forms((difference(left, right),))[0].is_zero


@pytest.mark.parametrize("text", [side for left, _, right in TABLE for side in (left, right)])
def test_tidy_terms_are_equal(text: str) -> None:
    term = read(text)
    assert shown_equal(term, tidy(term))


@pytest.mark.parametrize(("left", "sign", "right"), TABLE)
def test_equality_is_decided_or_refused(left: str, sign: str, right: str) -> None:
    try:
        assert equal(read(left), read(right)) is (sign == "==")
    except Refusal:
        assert sign == "!="


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("(1 + (1 + x)**(1/2))**(1/2)", "x"),
        ("log(2)*log(3)", "x"),
        ("log(2) + exp(1)", "x"),
        ("S(2**(1/2) - 1)*2**(1/2)", "S(1/(1 + 2**(1/2)))"),
        ("((x - y)**2)**(1/2)", "x - y"),
        ("x**(y**s)", "x**(y**t)"),
    ],
)
def test_what_is_open_is_refused(left: str, right: str) -> None:
    with pytest.raises(Refusal, match="told apart"):
        equal(read(left), read(right))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(x**2 - 1)/(x - 1)", "x + 1"),
        ("(2*x**2 - 2*y**2)/(3*x - 3*y)", "2/3*(x + y)"),
        ("(x**(2*s) - 1)/(x**s - 1)", "x**s + 1"),
        ("x/x", "1"),
        ("x - x", "0"),
        ("y - x - y", "-x"),
        ("(1 + x)**(1/2)*(1 + x)**(1/2)", "x + 1"),
    ],
)
def test_tidy_terms_to_the_letter(text: str, expected: str) -> None:
    found, wanted = tidy(read(text)), read(expected)
    assert (found.head, found.depth, found.leaves) == (wanted.head, wanted.depth, wanted.leaves)
    assert shown_equal(found, wanted)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(x**2 - y**2)/(x*y)", {("x", 1): 1, ("y", 1): 1}),
        ("2*(x - 1)*(x - 1)*x**s", {("x - 1", 0): 2, ("x**s", 1): 1}),
        ("(x - 1)**s*(x - 1)*(x - 2)", {("x - 1", 1): 1, ("(x - 1)**s", 1): 1, ("x - 2", 0): 1}),
        ("S(x)*f(x)", {("S(x)", 1): 1, ("f(x)", 0): 1}),
    ],
)
def test_factors_with_their_signs(text: str, expected: dict[tuple[str, int], int]) -> None:
    term = read(text)
    number, factors = Forms([term]).fraction(term).factors()
    product = t.product_of(
        [t.number(number.numerator, number.denominator), *(t.whole_power(f.term, f.power) for f in factors)]
    )
    assert shown_equal(term, product)
    for (shown, sign), power in expected.items():
        if text.startswith("(x**2"):
            continue
        (match,) = [
            f for f in factors if shown_equal(f.term, read(shown)) or shown_equal(t.negative(f.term), read(shown))
        ]
        assert (match.power, abs(match.sign)) == (power, sign)


def test_fractions_are_a_field() -> None:
    a, b = read("(1 + x)**(1/2) - y"), read("(1 + x)**(1/2) + 2**(1/2)")
    found = Forms([a, b])
    one, other = found.fraction(a), found.fraction(b)
    for result, term in (
        (one + other, t.add(a, b)),
        (one - other, difference(a, b)),
        (one * other, t.multiply(a, b)),
        (one * one * one, t.whole_power(a, 3)),
        (one / other, t.quotient(a, b)),
        (one**-2, t.whole_power(a, -2)),
    ):
        assert shown_equal(result.to_term(), term)
    assert (one / other) * other == one
    assert (one - one).is_zero


def test_generators_stand_for_terms() -> None:
    term = read("x**s + x**(2*s) - r*T(x, s)")
    found = Forms([term])
    fraction = found.fraction(term)
    assert shown_equal(found.to_term(fraction.numer), term)
    assert {str(g.term): g.positive for g in found.generators} == {
        str(read(text)): positive for text, positive in (("x**s", True), ("r", False), ("T(x, s)", True))
    }
    with pytest.raises(Refusal, match="not among"):
        found.fraction(read("x"))


def test_linear_systems_are_solved() -> None:
    rows = [[read(text) for text in row] for row in (["x**s", "1", "y"], ["1", "-x**(-s)", "2"])]
    one, other = solved(rows)
    for first, second, right in rows:
        assert shown_equal(t.add(t.multiply(first, one), t.multiply(second, other)), right)
    with pytest.raises(Refusal, match="determine"):
        solved([[read("x"), read("x**2"), t.ONE], [t.ONE, read("x"), t.ZERO]])
    with pytest.raises(Refusal, match="as many"):
        solved([[t.ONE, t.ONE, t.ONE]])
