"""Functions that fall through zero once, in models of the field; and one that does not."""

from pathlib import Path

import pytest

from symhet.model import read_model
from symhet.model.world import understood
from symhet.search import prove

ROOT = Path(__file__).parents[2]


def proof(file, claim="c"):
    """Return the proof of a claim of a model file, or nothing."""
    world = understood(read_model(file))
    said = world.said(world.model.claims[claim])
    return prove(world.context(said), said.goal)


def one_root(folder, parameters, says):
    """Return the proof of a claim that an equation has one root."""
    place = folder / "one_root.toml"
    place.write_text(f'[parameters]\n{parameters}\n[claims]\nc = "exactly one {says}"')
    return proof(place)


@pytest.mark.parametrize(
    ("file", "claim"),
    [("examples/melitz_closed.toml", "M06.unique"), ("tests/cases/pareto_closed_economy.toml", "unique")],
)
def test_a_unique_cutoff_is_proved(file, claim):
    assert proof(ROOT / file, claim) is not None


def test_a_function_that_rises_does_not_fall(tmp_path):
    assert one_root(tmp_path, "a = {}", "x > 0: x = a, falling") is None


@pytest.mark.parametrize("equation", ["q^2 = x", "q^k = x", "k*q = x"])
def test_what_can_be_solved_for_has_one_root(equation, tmp_path):
    assert one_root(tmp_path, "x = {}\nk = {}", f"q > 0: {equation}") is not None


def test_what_is_solved_by_nothing_positive_has_no_root(tmp_path):
    assert one_root(tmp_path, "x = {}", "q > 0: q + x = 0") is None
