"""Building blocks: their derivations are proved, and the models made of them are those of the files."""

from pathlib import Path

import pytest

from symhet import Model, read_model
from symhet.errors import DomainError
from symhet.language import statements as s
from symhet.model import blocks as b
from symhet.model.world import understood
from symhet.search.fingerprints import same

MELITZ = Path(__file__).parents[2] / "examples" / "melitz.toml"
BLOCKS = [
    b.ces_demand("p", "E", "P", "sigma"),
    b.markup_pricing("w/phi", "sigma"),
    b.cobb_douglas_cost({"w": "1 - alpha", "p_I": "alpha"}),
    b.cobb_douglas_cost({"w": "1 - a - c", "p": "a", "r": "c"}),
    b.strategies(b.Strategy("phi", "1", "f"), b.Strategy("phi_x", "tau^(1-sigma)", "f_x"), sigma="sigma"),
    b.zero_cutoff_profit("phi", "f", "sigma"),
    b.free_entry([("phi", "f")], "f_e", "sigma"),
    b.market_clearing("L", {"entry": "M*f_e"}),
    b.pareto_closure("k", "b", "sigma"),
]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.title)
def test_every_step_of_a_derivation_is_proved(block):
    report = block.check()
    assert report.consistent
    assert [claim.verdict for claim in report.claims] == ["proved"] * len(block.steps)
    assert all(says for says, _ in block.steps)


def melitz_in_python():
    """Return the model of the file, its conditions taken from blocks."""
    model = Model("Melitz (2003), closed and open economy", key="melitz")
    for name, options in {
        "sigma": {"above": 1}, "tau": {"above": 1}, "f": {}, "f_x": {}, "f_e": {}, "delta": {"below": 1}, "n": {},
    }.items():  # fmt: skip
        model.parameter(name, **options)
    model.distribution("G", order="sigma - 1")
    for name in ("phi_a", "phi", "phi_x"):
        model.variable(name)
    closed = b.free_entry([("phi_a", "f")], "delta*f_e", "sigma", name="free entry, closed")
    abroad = b.strategies(b.Strategy("phi", "1", "f"), b.Strategy("phi_x", "tau^(1-sigma)", "f_x"), sigma="sigma")
    entry = b.free_entry([("phi", "f"), ("phi_x", "n*f_x")], "delta*f_e", "sigma", name="free entry, open")
    closed.add_to(model)
    abroad.add_to(model, **{"cutoff phi_x": "marginal exporter", "phi < phi_x": "partition"})
    entry.add_to(model)
    return model


def test_a_twin_made_of_blocks_has_the_conditions_of_the_file():
    file, twin = understood(read_model(MELITZ)), understood(melitz_in_python())
    assert set(twin.system) == set(file.system) == {"free entry, closed", "marginal exporter", "free entry, open"}
    for name in file.system:
        assert same(file.hypotheses[name].gap, twin.hypotheses[name].gap), name
    # The partition is the same up to a positive factor.
    one, other = (world.hypotheses["partition"] for world in (file, twin))
    assert one.op is other.op is s.Op.LESS


def test_the_twin_has_the_numbers_of_the_file():
    given = {"sigma": 3.8, "tau": [1.2, 1.5], "f": 1.0, "f_x": 1.2, "f_e": 2.0, "delta": 0.1, "n": 1.0}
    file, twin = (
        model.solve(distribution="lognormal:mu=0,sigma=0.7", **given)
        for model in (read_model(MELITZ), melitz_in_python())
    )
    for name in ("phi_a", "phi", "phi_x"):
        assert twin[name] == pytest.approx(file[name], rel=1e-13)


def test_terms_may_be_expressions():
    import sympy as sp

    w, phi = sp.symbols("w phi", positive=True)
    assert b.markup_pricing(w / phi, "sigma").definitions == {"p": "sigma/(sigma - 1)*(w/phi)"}


def test_a_technology_has_two_inputs():
    with pytest.raises(DomainError, match="two inputs"):
        b.cobb_douglas_cost({"w": "1"})


def test_a_demand_level_makes_a_condition_for_each_cutoff():
    block = b.strategies(b.Strategy("x", "1", "f"), b.Strategy("y", "g", "h"), sigma="s", demand="A")
    assert block.conditions == {"cutoff x": "1*A*x^(s - 1) = f", "cutoff y": "g*A*y^(s - 1) = h"}


def test_files_and_calls_are_written_out_as_each_other(tmp_path):
    model = melitz_in_python()
    path = tmp_path / "twin.toml"
    path.write_text(model.to_toml(), "utf-8")
    again = read_model(path)
    assert again.to_toml() == model.to_toml()
    assert understood(again).hypotheses == understood(model).hypotheses
