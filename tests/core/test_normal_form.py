"""The normal form of the core shows what is equal, and what is positive, wherever the terms have values."""

from __future__ import annotations

import pytest

from symhet.core.normal import forms
from symhet.language.refusals import Refusal
from symhet.language.terms import ONE, Term, difference
from tests.core.reading import lines, read


def shown_equal(left: Term, right: Term) -> bool:
    (form,) = forms((difference(left, right),))
    return form.is_zero


@pytest.mark.parametrize(("left", "sign", "right"), list(lines("identities.txt")))
def test_what_is_shown_equal(left: str, sign: str, right: str) -> None:
    for one, other in ((left, right), (right, left)):
        assert shown_equal(read(one), read(other)) is (sign == "==")


@pytest.mark.parametrize(
    ("text", "positive", "nonnegative"),
    [
        ("x + y", True, True),
        ("x**s/(1 + y**t)", True, True),
        ("x - x", False, True),
        ("x - y", False, False),
        ("-x", False, False),
        ("r", False, False),
        ("r**2", False, False),
        ("r**2 + 1", False, False),
        ("r**(-2)", True, True),
        ("r*q", False, False),
        ("(1 - x)**s", True, True),
        ("(1 - x)**(s + 1)", True, True),
        ("log(x)", False, False),
        ("log(2)", True, True),
        ("S(x)*g(x)", False, False),
        ("S(x) + T(x, s)", True, True),
        ("x**(-s) + y", True, True),
        ("1/(x - y)", False, False),
        ("(x - y)**(-2)", True, True),
        ("(x - y)/(y**2 - x**2)", False, False),
        ("b_G", False, False),
        ("d_y**2 + x", False, False),
        ("integral(a, x, y)", False, False),
        ("from_zero(a, x)", True, True),
        ("f(x)", False, False),
        ("1", True, True),
        ("0", False, True),
    ],
)
def test_what_is_shown_positive(text: str, positive: bool, nonnegative: bool) -> None:
    (form,) = forms((read(text),))
    assert (form.positive(), form.nonnegative()) == (positive, nonnegative)


def test_forms_of_several_terms_use_that_all_of_them_have_values() -> None:
    alone = forms((read("1/(x - y)"),))
    _, together = forms((read("log(x - y)"), read("1/(x - y)")))
    assert not alone[0].positive()
    assert together.positive()


@pytest.mark.parametrize(
    "text",
    [
        "1/(x + y - x - y)",
        "1/((x + y)**2 - x**2 - 2*x*y - y**2)",
        "1/((1 + x)**(1/2)*(1 + x)**(1/2)*y - y - x*y)",
        "x**(1/((s + 1)**2 - s**2 - 2*s - 1))",
        "log(0)",
        "0**s",
    ],
)
def test_what_divides_by_zero_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        forms((read(text),))


@pytest.mark.parametrize("text", ["(-x - y)**s", "(-2)**s", "log(-x - 1)", "r**s*(-r)**s", "(x - y)**s*(y - x)**s"])
def test_terms_that_never_exist_are_refused(text: str) -> None:
    with pytest.raises(Refusal, match="never exist"):
        forms((read(text),))


@pytest.mark.parametrize(
    "text",
    [
        "(x + y + z + a + b + c)**200",
        "(2**200 + 1)**s",
        "2**1000000",
        "x**((s + t + a + b)**1000)",
        "*".join(f"(v{i} + {i + 1})" for i in range(30)),
    ],
)
def test_size_is_limited(text: str) -> None:
    with pytest.raises(Refusal):
        forms((read(text),))


def test_only_terms_have_forms() -> None:
    with pytest.raises(Refusal):
        forms([ONE])  # type: ignore[arg-type]
    with pytest.raises(Refusal):
        forms((1,))  # type: ignore[arg-type]
