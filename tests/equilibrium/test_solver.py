"""The general solver: what is found, what is said where nothing is, and each mistake by its name."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import symhet
from symhet.errors import DomainError, SolverError, UnknownParameter
from symhet.model import Model, read_model
from symhet.model.mistakes import DependentConditions
from symhet.numerics.distributions import FAMILIES, Empirical, LogNormal, Mixture, TruncatedPareto, Uniform, parse
from symhet.numerics.equilibrium import mistakes as bad
from symhet.numerics.equilibrium import problem_of, solve_model
from symhet.numerics.equilibrium.draws import economies_of
from symhet.numerics.equilibrium.ordering import groups_of
from symhet.numerics.equilibrium.statics import statics_of
from symhet.numerics.faults import UnknownRegime

EXAMPLES = Path(__file__).parents[2] / "examples"
CLOSED = EXAMPLES / "melitz_closed.toml"


@pytest.fixture(scope="module")
def melitz():
    return read_model(EXAMPLES / "melitz.toml")


def model_with(conditions, variables=("x",), parameters=("a",), **more):
    model = Model("Demo")
    for name in parameters:
        model.parameter(name)
    for name in variables:
        model.variable(name, real=name.startswith("r"))
    if more.get("order"):
        model.distribution("G", order=more["order"], **more.get("law", {}))
    for name, says in more.get("assumptions", {}).items():
        model.assume(name, says)
    for name, says in conditions.items():
        model.condition(name, says)
    return model


def test_melitz_is_one_root_in_each_economy(melitz):
    groups = groups_of(problem_of(melitz))
    assert [len(group.torn) for group in groups] == [1, 1]
    assert sum(len(group.given) for group in groups) == 1


def test_chaney_needs_one_root_and_no_difference():
    [market, remoteness] = groups_of(problem_of(read_model(EXAMPLES / "chaney.toml")))
    assert len(market.torn) == 1
    assert market.equations == ("price index",)
    assert not remoteness.torn


def test_arrays_broadcast_and_residuals_are_rounding(melitz):
    found = solve_model(melitz, distribution="lognormal:mu=0,sigma=0.7", tau=[[1.2], [1.4]], f_x=[1.2, 1.5, 2.0])
    assert found.shape == (2, 3)
    assert found.solved.all()
    assert all(gap.max() < 1e-13 for gap in found.residuals.values())
    assert (found["phi"] > found.phi_a).all()
    one = solve_model(melitz, distribution="lognormal:mu=0,sigma=0.7", tau=1.4, f_x=1.5)
    assert one.phi == pytest.approx(found.phi[1, 1], rel=1e-14)


def test_an_economy_does_not_depend_on_those_beside_it(melitz):
    rng = np.random.default_rng(3)
    given = {"tau": rng.uniform(1.1, 2, 3000), "f_e": rng.uniform(0.5, 3, 3000)}
    law = LogNormal(0.0, rng.uniform(0.5, 1, 3000))
    many = solve_model(melitz, distribution=law, check=False, **given)
    few = solve_model(
        melitz, distribution=law.part(np.arange(40)), check=False, **{n: v[:40] for n, v in given.items()}
    )
    assert many.phi[:40] == pytest.approx(few.phi, rel=1e-13, nan_ok=True)


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_any_family_solves_melitz(melitz, family):
    text = {
        "pareto": "shape=4,scale=1", "lognormal": "mu=0,sigma=0.6", "weibull": "shape=2,scale=1",
        "frechet": "shape=4,scale=1", "truncated-pareto": "shape=3,scale=1,upper=9", "uniform": "low=0.5,high=4",
    }[family]  # fmt: skip
    found = solve_model(melitz, distribution=f"{family}:{text}", f_e=1.0)
    assert found.status.item() == ""
    assert max(float(gap) for gap in found.residuals.values()) < 1e-12


def test_uniform_tails_are_integrals_of_a_constant_density():
    law = Uniform(0.5, 4.0)
    x, k = 1.3, 2.2
    assert float(law.survival(x)) == pytest.approx((4 - x) / 3.5, rel=1e-14)
    assert float(law.tail_moment(x, k)) == pytest.approx((4 ** (k + 1) - x ** (k + 1)) / (k + 1) / 3.5, rel=1e-13)
    assert repr(parse("uniform:low=0.5,high=4")) == "Uniform(low=0.5, high=4)"
    assert float(law.point(law.quantile_at(0.25))) == pytest.approx(4 - 0.25 * 3.5, rel=1e-14)


def test_a_family_of_the_file_takes_its_parameters_from_the_model():
    law = {"family": "pareto", "shape": "k", "scale": "b"}
    model = Model("Pareto")
    for name, default in (("k", 5), ("b", 1), ("s", 3), ("f", 1), ("e", 0.1)):
        model.parameter(name, default=default)
    model.variable("x")
    model.distribution("G", order="s - 1", **law)
    model.condition("entry", "f*(x^(1-s)*T(x) - S(x)) = e")
    found = solve_model(model, k=np.array([4.0, 5.0, 1.5]), check=False)
    k = np.array([4.0, 5.0])
    assert found.x[:2] == pytest.approx((2 / (k - 2) / 0.1) ** (1 / k), rel=1e-14)
    assert found.status[2] == "the moment of order s - 1 is finite"
    below = solve_model(model, e=50.0)
    assert below.corners["x lies below the support"].item()


def test_both_signs_of_a_root_are_found():
    found = solve_model(model_with({"square": "(x - 2)^2 = a"}), a=[1.0, 9.0])
    assert found.roots.tolist() == [2, 1]
    assert found.x.tolist() == pytest.approx([1.0, 5.0])


def test_several_roots_are_said_and_can_be_chosen():
    model = model_with({"parabola": "x^2 - 3*x + a = 0"})
    found = solve_model(model, a=[2.0, 2.25, 5.0], check=False)
    assert found.roots.tolist() == [2, 1, 0]
    assert found.x.tolist()[:2] == pytest.approx([1.0, 1.5], rel=1e-6)
    assert np.isnan(found.x[2])
    assert solve_model(model, a=2.0, root=1).x == pytest.approx(2.0)
    third = solve_model(model, a=2.0, root=2, check=False)
    assert np.isnan(third.x)
    assert "further solution" in third.status.item()


def test_next_to_an_end_inside_the_support_the_special_and_the_general_solver_agree():
    model = Model("Entry")
    for name in ("k", "f", "e"):
        model.parameter(name)
    model.variable("x")
    model.distribution("G", order="k")
    model.condition("entry", "f*(x^(-k)*T(x, k) - S(x)) = e")
    law = Mixture([0.7, 0.3], [TruncatedPareto(3.0, 0.6, 0.64), TruncatedPareto(10.0, 0.0106, 3.0)])
    entry = 10.0 ** np.linspace(2, -9, 45)
    found = solve_model(model, distribution=law, k=9.0, f=1e5, e=entry, check=False)
    special = symhet.solve(
        "kz", distribution=law, sigma=10.0, f_p=1e5, f_I=np.inf, f_ex=np.inf, f_e=entry, L_w=1e250, check=False
    )
    both = (special.status == "") & found.solved
    assert np.count_nonzero(both) > 20
    assert np.min(np.abs(found.x[both] / 0.64 - 1)) < 1e-5
    assert found.x[both] == pytest.approx(special.phi_min[both], rel=1e-15)


def test_a_second_solution_is_none_where_there_is_one():
    found = solve_model(model_with({"square": "(x - 2)^2 = a"}), a=[1.0, 9.0], root=1, check=False)
    assert found.x.tolist() == pytest.approx([3.0, np.nan], nan_ok=True)
    assert found.status.tolist() == ["", "there is a further solution"]
    assert found.roots.tolist() == [2, 1]
    for conditions in ({"line": "x = 2*a"}, {"falls": "exp(-x) = a*x"}):
        with pytest.raises(DomainError, match="further solution"):
            solve_model(model_with(conditions), a=1.0, root=1)
    for wrong in (-1, 0.5, True):
        with pytest.raises(DomainError, match="whole number"):
            solve_model(model_with({"line": "x = 2*a"}), a=1.0, root=wrong)
    with pytest.raises(DomainError, match="one number"):
        solve_model(model_with({"line": "x = 2*a"}), a=1.0, start={"x": [1.0, 2.0]})
    with pytest.raises(DomainError, match="go together"):
        solve_model(model_with({"line": "x = b*a"}, parameters=("a", "b")), a=np.ones(2), b=np.ones(3))


def test_a_root_that_breaks_an_assumption_is_not_returned():
    model = model_with({"parabola": "x^2 - 3*x + a = 0"}, assumptions={"large": "x > 1.2"})
    found = solve_model(model, a=2.0)
    assert (found.x.item(), found.roots.item()) == (pytest.approx(2.0), 1)
    none = solve_model(model, a=0.0000001, root=1, check=False)
    assert np.isnan(none.x)


def test_roots_of_either_sign_and_systems():
    cube = solve_model(model_with({"cube": "r^3 - r = 0"}, ("r",)), a=1.0)
    assert cube.roots.item() == 3
    pair = model_with({"sum": "exp(x) + x*y = a", "other": "ln(y) + y*x = 1"}, ("x", "y"))
    found = solve_model(pair, a=np.linspace(3, 6, 7))
    assert found.solved.all()
    assert np.exp(found.x) + found.x * found.y == pytest.approx(np.linspace(3, 6, 7), rel=1e-12)


@pytest.mark.parametrize(
    ("first", "second"),
    [("x + y = a", "2*x + 2*y = 2*a"), ("x*y = a", "ln(x) + ln(y) = ln(a)"), ("x^2 - y = a", "y - x^2 + a = 0")],
)
def test_conditions_that_say_the_same_determine_nothing(first, second):
    model = model_with({"first": first, "second": second}, ("x", "y"))
    found = solve_model(model, a=[0.5, 1.3], check=False)
    assert np.isnan(found.x).all()
    assert not found.solved.any()


def test_an_identity_determines_nothing():
    found = solve_model(model_with({"same": "x = x"}), a=1.0, check=False)
    assert found.status.item() == "x is determined by same"
    pair = model_with({"one": "sin_like(x, y) = a", "two": "2*sin_like(x, y) = 2*a"}, ("x", "y"))
    pair.function("sin_like", of=["u", "v"], positive=True)
    found = solve_model(pair, a=2.0, functions={"sin_like": "exp(u)*v + u*exp(v)"}, check=False)
    assert not found.solved.any()


def test_what_is_determined_by_nothing_is_said():
    model = model_with({"flat": "S(x) = 1"}, order="a", law={})
    found = solve_model(model, a=2.0, distribution="pareto:shape=4,scale=1", check=False)
    assert np.isnan(found.x)
    assert found.status.item() in ("x is determined by flat", "no solution of flat was found")


def test_poles_are_no_roots():
    found = solve_model(model_with({"pole": "1/(x - 2) = a*0"}), a=1.0, check=False)
    assert np.isnan(found.x)


def test_negative_prices_are_no_equilibrium():
    model = model_with({"first": "a = 2*x + y", "second": "1 = x + 2*y"}, ("x", "y"))
    found = solve_model(model, a=[1.0, 5.0], check=False)
    assert found.x[0] == pytest.approx(1 / 3)
    assert np.isnan(found.x[1])
    with pytest.raises((DomainError, SolverError)):
        solve_model(model, a=5.0)


def test_absolute_values_and_extremes_are_worked_out_case_by_case():
    model = model_with({"kink": "max(x, 2*x - 1) = a"})
    assert solve_model(model, a=[0.5, 3.0]).x.tolist() == pytest.approx([0.5, 2.0])


def test_functions_need_a_form():
    model = Model("Market")
    model.parameter("t", default=1)
    model.function("demand", of=["p"], falls=["p"])
    model.variable("p")
    model.condition("clearing", "demand(p + t) = p")
    with pytest.raises(bad.MissingFunction, match="demand"):
        solve_model(model)
    found = solve_model(model, functions={"demand": "6/p"})
    assert found.p == pytest.approx(2.0, rel=1e-14)


def test_each_mistake_has_its_name(melitz):
    with pytest.raises(bad.MissingValue, match="no value for a"):
        solve_model(model_with({"one": "x = a"}))
    with pytest.raises(UnknownParameter):
        solve_model(melitz, taw=1.2)
    with pytest.raises(UnknownParameter):
        solve_model(melitz, outputs=["ph"])
    with pytest.raises(bad.NotDetermined, match="2 variables, 1 conditions"):
        solve_model(model_with({"one": "x = a*y"}, ("x", "y")), a=1.0)
    with pytest.raises(DependentConditions, match="nothing determines"):
        solve_model(model_with({"one": "x = a", "two": "x = 2*a"}, ("x", "y")), a=1.0)
    with pytest.raises(bad.NoDistribution):
        solve_model(model_with({"one": "x = a"}), a=1.0, distribution="pareto:shape=4")
    with pytest.raises(DomainError, match="tau > 1"):
        solve_model(melitz, tau=0.9)
    with pytest.raises(DomainError, match="partition"):
        solve_model(melitz, f_x=0.01)
    with pytest.raises(SolverError):
        solve_model(model_with({"none": "exp(x) = 1/a - 5"}), a=1.0)


def test_to_xarray_keeps_names_and_units(melitz):
    pytest.importorskip("xarray")
    data = solve_model(melitz, tau=[1.2, 1.3]).to_xarray()
    assert data["phi"].attrs["meaning"] == "production cutoff of the open economy"
    assert data["f"].attrs["unit"] == "workers"
    assert data.sizes == {"tau": 2}


@given(st.data())
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
def test_drawn_economies_have_an_equilibrium(data):
    model = read_model(EXAMPLES / "melitz.toml")
    economy = data.draw(economies_of(model))
    found = solve_model(model, **economy)
    assert found.solved.all()
    assert economy["sigma"] > 1
    assert all(float(gap) <= 1e-9 for gap in found.residuals.values())


@pytest.mark.parametrize("law", ["lognormal:mu=0,sigma=0.3", "weibull:shape=30", "frechet:shape=30"])
def test_a_share_of_entrants_that_rounding_hides_exits_all_the_same(law):
    found = solve_model(read_model(CLOSED), distribution=law, f_e=1e9, check=False)
    assert found.solved, found.status
    assert found.residuals["free entry"] < 1e-13
    assert parse(law).survival(found.phi) == 1


@pytest.mark.parametrize("law", ["pareto:shape=5,scale=2", "uniform:low=1,high=2", Empirical([1.0, 1.5])])
def test_where_every_entrant_produces_none_exits(law):
    found = solve_model(read_model(CLOSED), distribution=law, f_e=1e9, check=False)
    assert found.status.item() == "some entrants exit"


def test_results_are_named_by_one_name_or_several_and_tabled(melitz):
    law = "lognormal:mu=0,sigma=0.6"
    assert list(solve_model(melitz, distribution=law, outputs="phi")) == ["phi"]
    found = solve_model(melitz, distribution=law, f_x=[1.1, 1.2, -1.0], check=False)
    table = found.to_pandas()
    assert table["status"].tolist() == ["", "", "f_x > 0"]
    assert table["phi"].to_numpy()[:2].tolist() == found.phi[:2].tolist()
    assert statics_of(melitz, of="phi", to="tau", distribution=law)[0].of == "phi"


@pytest.mark.parametrize("start", [np.nan, np.inf, -1.0, 0.0])
def test_a_start_is_a_value_that_the_variable_may_have(melitz, start):
    with pytest.raises(DomainError, match="start of phi"):
        solve_model(melitz, start={"phi": start})


def test_an_infinite_parameter_is_said_to_be_one(melitz):
    found = solve_model(melitz, f_x=[np.inf, np.nan, -np.inf], f=1.0, check=False)
    assert found.status.tolist() == ["f_x is finite", "f_x > 0", "f_x > 0"]
    assert solve_model(melitz, f_x=np.ones((0, 2))).phi.shape == (0, 2)


def test_an_assumption_that_no_numbers_settle_is_not_said_to_fail(melitz):
    found = solve_model(melitz, tau=[1e308, 1.3, 1.01], f_x=[1.2, 1.2, 0.1], check=False)
    assert found.status.tolist() == ["a side of 'partition' is no floating-point number", "", "partition"]
    with pytest.raises(SolverError, match="a side of 'partition' is no floating-point number"):
        solve_model(melitz, tau=1e308)


def test_a_model_without_regimes_says_so(melitz):
    with pytest.raises(UnknownRegime, match="no regimes to choose from"):
        symhet.solve(EXAMPLES / "melitz.toml", regime="x")


@pytest.mark.parametrize(
    ("condition", "a", "solved"),
    [
        ("x = sqrt(a^2 + 1) - a", [1.0, 1e3, 1e6, 1e8], [True, True, False, False]),
        ("x*a^2 = exp(a) - 1 - a", [1.0, 1e-3, 1e-6, 1e-9], [True, True, False, False]),
        ("x = 1 - a", [0.5, 1 - 1e-6, 1 - 1e-12, 1 - 2**-53], [True] * 4),
    ],
)
def test_what_cancels_has_too_few_digits_unless_it_is_given_exactly(condition, a, solved):
    found = solve_model(model_with({"c": condition}), a=a, check=False)
    assert found.solved.tolist() == solved
    assert set(found.status[~found.solved].tolist()) <= {"x has too few digits"}


@pytest.mark.parametrize("a", [-720.0, -740.0, -800.0, 720.0])
def test_what_has_few_digits_or_none_is_no_result(a):
    model = model_with({"root": "ln(x) = ra"}, parameters=())
    model.parameter("ra", real=True)
    assert solve_model(model, ra=-700.0).x.item() == pytest.approx(np.exp(-700.0), rel=1e-12)
    found = solve_model(model, ra=[1.0, a], check=False)
    assert found.status.tolist() == ["", "x is no floating-point number"]
    assert np.isnan(found.x[1])
    with pytest.raises(SolverError, match="no floating-point number"):
        solve_model(model, ra=a)
