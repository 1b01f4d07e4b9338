"""Conditions that do not determine the variables are named, and models that are determined are left alone."""

import pytest

from symhet.model import mistakes as bad
from symhet.model.dependence import met_in_floating_point, require_independence
from symhet.model.file import model_of
from symhet.model.toml import parse_document
from symhet.model.world import understood
from symhet.numerics.equilibrium.solver import solve_model


def world_of(variables, *conditions, parameters=("a", "b"), assumptions=()):
    lines = ['title = "D"', "[parameters]", *(f"{name} = {{}}" for name in parameters), "[variables]"]
    lines += [f"{name} = {{}}" for name in variables]
    lines += ["[assumptions]", *(f'h{place} = "{says}"' for place, says in enumerate(assumptions)), "[conditions]"]
    lines += [f'c{place} = "{says}"' for place, says in enumerate(conditions)]
    return understood(model_of(parse_document("\n".join(lines))))


DEPENDENT = {
    "logarithms": ("xy", "x = a*y", "ln(x) = ln(a) + ln(y)"),
    "itself": ("x", "x = x"),
    "difference": ("x", "x - x = 0"),
    "quotient": ("x", "x/x = 1"),
    "turned": ("x", "x*a = a*x"),
    "inverse function": ("x", "ln(exp(x)) = x"),
    "multiple": ("xy", "x = a*y", "2*x = 2*a*y"),
    "square": ("xy", "x = a*y", "x^2 = a^2*y^2"),
    "power": ("xy", "x = a*y", "x^b = a^b*y^b"),
    "inverse": ("xy", "x = a*y", "y/x = 1/a"),
    "sum": ("xyz", "x + y = a", "y + z = b", "x + 2*y + z = a + b"),
    "product": ("xyz", "x*y = a", "y*z = b", "x*y^2*z = a*b"),
    # Walras: what is spent on both goods is what is earned, so that one market clears with the other.
    "walras": ("pxy", "x = a/2*(p + 1)/p", "p*(x - a) + y - a = 0", "y = a/2*(p + 1)"),
}


@pytest.mark.parametrize("case", DEPENDENT)
def test_a_condition_that_follows_from_the_others_is_an_error(case, tmp_path, monkeypatch):
    monkeypatch.setenv("SYMHET_CACHE", str(tmp_path))
    variables, *conditions = DEPENDENT[case]
    with pytest.raises(bad.DependentConditions, match="follows from the others") as caught:
        world_of(variables, *conditions).model.check()
    assert "(line " in str(caught.value) or "determines nothing" in str(caught.value)


def test_numbers_are_refused_for_the_same_reason():
    variables, *conditions = DEPENDENT["multiple"]
    model = world_of(variables, *conditions).model
    with pytest.raises(bad.DependentConditions, match="follows from the others"):
        solve_model(model, a=2.0)


def test_conditions_that_tie_the_parameters_leave_variables_free():
    world = world_of("xy", "x = a*y", "x = b*y")
    require_independence(world)
    assert "leave x, y undetermined" in world.notes[-1]


def test_an_economy_that_is_met_up_to_rounding_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("SYMHET_CACHE", str(tmp_path))
    # An exponential of a rational number is none, but for that of zero.
    world = world_of("x", "exp(x) = 1 + a", assumptions=("a > b", "x > b"))
    [note] = met_in_floating_point(world)
    assert note.startswith("up to rounding an economy meets them, a = ")
    report = world.model.check()
    assert (note in report.notes) is (report.consistent is None)
    contradictory = world_of("x", "x = a", assumptions=("x < a",))
    assert not list(met_in_floating_point(contradictory))


@pytest.mark.parametrize(
    "conditions",
    [("x = a*y", "x*y = b"), ("x^2 + y = a", "x + y^2 = b"), ("exp(x) = 1 + a*y", "x = b*y"), ("x = a", "y^3 = x + b")],
)
def test_conditions_that_determine_the_variables_are_left_alone(conditions):
    world = world_of("xy", *conditions)
    require_independence(world)
    assert not world.notes
