"""Functions that fall through zero once, in models of the field; and one that does not."""

from pathlib import Path

import pytest

from symhet.model import read_model
from symhet.model.world import understood
from symhet.search import prove

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("file", "claim"),
    [("examples/melitz_closed.toml", "M06.unique"), ("tests/cases/pareto_closed_economy.toml", "unique")],
)
def test_a_unique_cutoff_is_proved(file, claim):
    world = understood(read_model(ROOT / file))
    said = world.said(world.model.claims[claim])
    assert prove(world.context(said), said.goal) is not None


def test_a_function_that_rises_does_not_fall(tmp_path):
    place = tmp_path / "rising.toml"
    place.write_text('[parameters]\na = {}\n[claims]\nc = "exactly one x > 0: x = a, falling"')
    world = understood(read_model(place))
    said = world.said(world.model.claims["c"])
    assert prove(world.context(said), said.goal) is None


@pytest.mark.parametrize("equation", ["q^2 = x", "q^k = x", "k*q = x"])
def test_what_can_be_solved_for_has_one_root(equation, tmp_path):
    place = tmp_path / "solved.toml"
    place.write_text(f'[parameters]\nx = {{}}\nk = {{}}\n[claims]\nc = "exactly one q > 0: {equation}"')
    world = understood(read_model(place))
    said = world.said(world.model.claims["c"])
    assert prove(world.context(said), said.goal) is not None


def test_what_is_solved_by_nothing_positive_has_no_root(tmp_path):
    place = tmp_path / "none.toml"
    place.write_text('[parameters]\nx = {}\n[claims]\nc = "exactly one q > 0: q + x = 0"')
    world = understood(read_model(place))
    said = world.said(world.model.claims["c"])
    assert prove(world.context(said), said.goal) is None
