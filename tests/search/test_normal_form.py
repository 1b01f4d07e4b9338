"""The normal form of the search shows what that of the core shows, and what needs factors of sums besides."""

from __future__ import annotations

from pathlib import Path

import pytest

from symhet.language.refusals import Refusal
from symhet.language.terms import difference
from symhet.search.normal import forms
from tests.core.reading import lines, read

FACTORED = Path(__file__).parent / "factored_identities.txt"


@pytest.mark.parametrize(("left", "sign", "right"), [*lines("identities.txt"), *lines(str(FACTORED))])
def test_what_is_shown_equal(left: str, sign: str, right: str) -> None:
    for one, other in ((left, right), (right, left)):
        (form,) = forms((difference(read(one), read(other)),))
        assert form.is_zero is (sign == "==")


@pytest.mark.parametrize(
    "text",
    [
        "(x**2 - y**2)/(x - y)",
        "(x**3 - y**3)/(x**2 - y**2)",
        "(x - y)/(x**2 - y**2)",
        "(x**2 - x*y + y**2)*(x + 2*y)/(x**3 + y**3)",
    ],
)
def test_signs_that_show_after_division(text: str) -> None:
    (form,) = forms((read(text),))
    assert form.positive()


@pytest.mark.parametrize("text", ["(x + y + z + a + b + c)**200", "(x**1000000 + x + 1)**s"])
def test_size_is_limited(text: str) -> None:
    with pytest.raises(Refusal):
        forms((read(text),))


def test_what_is_left_of_a_large_number_is_one_base() -> None:
    (form,) = forms((read("(2**200 + 1)**s*(2**200 + 1)**t - (2**200 + 1)**(s + t)"),))
    assert form.is_zero
