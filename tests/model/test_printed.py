"""Claims as an author prints them: nothing is unfolded, and what is meant stays the same."""

from pathlib import Path

import pytest

from symhet.model import read_model
from symhet.model.file import model_of
from symhet.model.printed import printed
from symhet.model.toml import parse_document
from symhet.model.world import understood

EXAMPLES = Path(__file__).parents[2] / "examples"
BASE = """[parameters]
tau = { above = 1 }
k = {}
b = {}
f_x = {}
[distribution]
G = { family = "pareto", shape = "k", scale = "b", order = "1" }
[functions]
demand = { of = ["p"], falls = ["p"] }
[variables]
phi_star = {}
[assumptions]
inside = "b < phi_star"
[conditions]
entry = "T(phi_star) = tau"
[definitions]
W = { is = "phi_star/tau", latex = '\\mathcal W' }
[claims]
"""


@pytest.mark.parametrize(
    ("says", "latex"),
    [
        ("d(W)/d(tau) < 0", r"\frac{d \mathcal W}{d \tau} < 0"),
        ("dln(W*f_x)/dln(tau) >= 2", r"\frac{d \ln \left(\mathcal W f_{x}\right)}{d \ln \tau} \ge 2"),
        ("partial(k*W, tau) > 0", r"\frac{\partial \left(k \mathcal W\right)}{\partial \tau} > 0"),
        ("demand(W) > 0", r"\mathit{demand}\left(\mathcal W\right) > 0"),
        ("k*f_x > b", "k f_{x} > b"),
        ("b < k < f_x", "b < k < f_{x}"),
        ("S(phi_star) > 1/2", r"S\left(\varphi^{*}\right) > \frac{1}{2}"),
        ("sign of W - k is open", r"\mathcal W - k \lessgtr 0"),
        ("tau > 2 => W < 1", r"\tau > 2 \Rightarrow \mathcal W < 1"),
    ],
)  # fmt: skip
def test_a_claim_is_printed_as_it_is_written(says, latex):
    world = understood(model_of(parse_document(f'{BASE}c = "{says}"')))
    assert printed(world, world.model.claims["c"]) == latex


def test_what_the_file_says_is_printed_comes_first():
    world = understood(model_of(parse_document(BASE + "c = { says = \"W > 0\", printed = 'W>0' }")))
    assert printed(world, world.model.claims["c"]) == "W>0"


@pytest.mark.parametrize("name", ["melitz_pareto", "chaney", "claims/bustos"])
def test_no_claim_of_an_example_is_unfolded(name):
    world = understood(read_model(EXAMPLES / f"{name}.toml"))
    for claim in world.model.claims.values():
        assert len(printed(world, claim)) < 300, claim.name
