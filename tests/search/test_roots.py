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
