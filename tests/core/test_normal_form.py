"""The normal form of the core shows what is equal, and what is positive, wherever the terms have values."""

from __future__ import annotations

import pytest

from symhet.core.normal.conversion import signs
from symhet.language.refusals import Refusal
from symhet.language.terms import ONE, Term, difference
from tests.core.reading import lines, read


def shown_equal(left: Term, right: Term) -> bool:
    return signs((difference(left, right),)) == (0,)


@pytest.mark.parametrize(("left", "sign", "right"), list(lines("identities.txt")))
def test_what_is_shown_equal(left: str, sign: str, right: str) -> None:
    for one, other in ((left, right), (right, left)):
        assert shown_equal(read(one), read(other)) is (sign == "==")


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("x + y", 1),
        ("x**s/(1 + y**t)", 1),
        ("x - x", 0),
        ("x - y", None),
        ("-x", -1),
        ("r", None),
        ("r**2", None),
        ("r**2 + 1", None),
        ("r**(-2)", 1),
        ("r*q", None),
        ("(1 - x)**s", 1),
        ("(1 - x)**(s + 1)", 1),
        ("log(x)", None),
        ("log(2)", 1),
        ("S(x)*g(x)", None),
        ("S(x) + T(x, s)", 1),
        ("x**(-s) + y", 1),
        ("1/(x - y)", None),
        ("(x - y)**(-2)", 1),
        ("(x - y)/(y**2 - x**2)", None),
        ("b_G", None),
        ("d_y**2 + x", None),
        ("integral(a, x, y)", None),
        ("from_zero(a, x)", 1),
        ("f(x)", None),
        ("1", 1),
        ("0", 0),
    ],
)
def test_what_sign_is_shown(text: str, sign: int | None) -> None:
    assert signs((read(text),)) == (sign,)


def test_forms_of_several_terms_use_that_all_of_them_have_values() -> None:
    assert signs((read("1/(x - y)"),)) == (None,)
    assert signs((read("log(x - y)"), read("1/(x - y)"))) == (None, 1)


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
        signs((read(text),))


@pytest.mark.parametrize("text", ["(-x - y)**s", "(-2)**s", "log(-x - 1)", "r**s*(-r)**s", "(x - y)**s*(y - x)**s"])
def test_terms_that_never_exist_are_refused(text: str) -> None:
    with pytest.raises(Refusal, match="never exist"):
        signs((read(text),))


@pytest.mark.parametrize(
    "text",
    [
        "(x + y + z + a + b + c)**200",
        "2**1000000",
        "x**((s + t + a + b)**1000)",
        "*".join(f"(v{i} + {i + 1})" for i in range(30)),
    ],
)
def test_size_is_limited(text: str) -> None:
    with pytest.raises(Refusal):
        signs((read(text),))


def test_what_is_left_of_a_large_number_is_one_base() -> None:
    """Large numbers are divided by small primes alone; what is left may be no prime, and is equal to itself."""
    for large in ("2**200 + 1", "3**90*(2**170 + 9)"):
        same = f"({large})**s*({large})**t - ({large})**(s + t)"
        assert signs((read(same), read(f"1 - ({large})**s*({large})**(-s)"))) == (0, 0)
        assert signs((read(f"({large})**(1/2) - ({large} + 2)**(1/2)"),)) == (None,)


def test_only_terms_have_forms() -> None:
    with pytest.raises(TypeError):
        signs([ONE])  # type: ignore[arg-type]
    with pytest.raises(Refusal):
        signs(frozenset([ONE]))  # type: ignore[arg-type]
    with pytest.raises(Refusal):
        signs((1,))  # type: ignore[arg-type]
