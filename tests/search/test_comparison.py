"""Two economies compared by their conditions, values of one function compared by its slope, and theorems in stock."""

from pathlib import Path

import pytest

from symhet.core.records import Cut
from symhet.model.file import model_of
from symhet.model.toml import parse_document
from symhet.model.world import understood
from symhet.search import orders, prove

ROOT = Path(__file__).parents[2]
TWO = """
[parameters]
sigma = { above = 1 }
c = {}
extra = {}
[distribution]
G = { order = "sigma - 1" }
[variables]
low = {}
high = {}
same = {}
[conditions]
"one" = "low^(1-sigma)*T(low) - S(low) = c + extra"
"two" = "high^(1-sigma)*T(high) - S(high) = c"
"three" = "2*same^(1-sigma)*T(same) - 2*S(same) = 2*c"
[claims]
order = "low < high"
turned = "high < low"
equal = "same = high"
unequal = "same = low"
falls = "high^(1-sigma)*T(high) - S(high) < low^(1-sigma)*T(low) - S(low)"
"""


def proved(claim, known=()):
    world = understood(model_of(parse_document(TWO)))
    said = world.said(world.model.claims[claim])
    return prove(world.context(said), said.goal, known=known)


@pytest.mark.parametrize("claim", ["order", "equal"])
def test_variables_of_two_conditions_are_compared(claim):
    assert proved(claim) is not None


@pytest.mark.parametrize("claim", ["turned", "unequal"])
def test_nothing_false_is_proved(claim):
    assert proved(claim) is None


def test_what_is_in_stock_is_used_and_what_is_not_used_is_left_out():
    world = understood(model_of(parse_document(TWO)))
    stock = orders(world.context())
    assert world.said(world.model.claims["order"]).goal in [theorem.goal for theorem in stock]
    found = proved("falls", stock).theorem
    assert isinstance(found.certificate, Cut)
    used = [statement for _, statement, _, _ in found.certificate.steps if statement in [t.goal for t in stock]]
    assert len(used) <= 1
