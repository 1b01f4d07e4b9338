"""Calibration finds the economies that moments come from, and says how well, and when it cannot."""

import numpy as np
import pytest

import symhet
from symhet.errors import DomainError, SolverError, UnknownParameter
from symhet.numerics.calibration import moment_names
from symhet.numerics.distributions import Pareto

MOMENTS = ("share_exporting", "share_offshoring", "export_intensity", "offshoring_share", "variation_of_sales", "M_e")
FREE = ("f_ex", "f_I", "tau", "tau_I", "distribution.shape", "f_e")


def simulated(seed):
    """Return a random economy of the paper's regime and its moments."""
    rng = np.random.default_rng(seed)
    while True:
        p = dict(zip(FREE, np.exp(rng.uniform(-0.5, 0.5, 6)) * [1.5, 1.2, 1, 1, 1, 0.5], strict=True))
        p |= {"tau": 1 + rng.uniform(0.3, 1), "tau_I": 1 + rng.uniform(0.05, 0.4)}
        p["distribution.shape"] = 6 + rng.uniform(0.5, 5)
        given = {name: value for name, value in p.items() if "." not in name}
        law = f"pareto:shape={p['distribution.shape']!r}"
        found = symhet.solve("kz", distribution=law, check=False, L_w=9.0, **given)
        if str(found.regime) == "paper" and found.phi_min > 1 and found.M_ex > 1e-3 * found.M:
            moments = {name: float(found.moments().get(name, getattr(found, name, np.nan))) for name in MOMENTS}
            return p, moments


@pytest.mark.parametrize("seed", range(4))
def test_parameters_of_simulated_economies_are_recovered(seed):
    truth, moments = simulated(seed)
    fit = symhet.calibrate("kz", moments=moments, free=FREE, distribution="pareto:shape=8", L_w=9.0)
    for name, value in truth.items():
        assert fit.parameters[name] == pytest.approx(value, rel=1e-6), name
    assert fit.identified
    assert fit.distance < 1e-9
    assert float(fit.equilibrium.M_e) == pytest.approx(moments["M_e"], rel=1e-9)


@pytest.mark.slow
def test_parameters_of_fifty_simulated_economies_are_recovered():
    worst = 0.0
    for seed in range(50):
        truth, moments = simulated(1000 + seed)
        fit = symhet.calibrate("kz", moments=moments, free=FREE, distribution="pareto:shape=8", L_w=9.0)
        worst = max([worst, *(abs(fit.parameters[name] / value - 1) for name, value in truth.items())])
    print(f"\n50 economies, largest relative error {worst:.1e}")
    assert worst < 1e-6


def test_the_second_model_is_calibrated_too():
    truth = {"phi": 0.35, "s_E": 0.62, "f_I": 0.7}
    found = symhet.solve("bo", regime="no-relocation", **truth)
    moments = {name: float(getattr(found, name)) for name in ("s_n", "a_D", "mbar")}
    fit = symhet.calibrate("bo", moments=moments, free=list(truth), regime="no-relocation")
    assert fit.parameters == pytest.approx(truth, rel=1e-6)


def test_standard_errors_are_those_of_the_delta_method():
    moments = {"share_exporting": 0.2, "share_offshoring": 0.4, "export_intensity": 0.15}
    errors = {"share_exporting": 0.01, "share_offshoring": 0.02, "export_intensity": 0.005}
    fit = symhet.calibrate("kz", moments=moments, free=["f_ex", "f_I", "tau"], errors=errors)
    rng, drawn = np.random.default_rng(1), []
    for _ in range(80):
        seen = {name: value + errors[name] * rng.standard_normal() / 20 for name, value in moments.items()}
        drawn.append(symhet.calibrate("kz", moments=seen, free=["f_ex", "f_I", "tau"], start=fit.parameters).parameters)
    for name, error in fit.standard_errors.items():
        assert 20 * np.std([p[name] for p in drawn]) == pytest.approx(error, rel=0.4)
    value, error = fit.derived("share_exporting")
    assert (value, error) == pytest.approx((0.2, 0.01), rel=1e-6)
    with pytest.raises(UnknownParameter):
        fit.derived("share_exportin")
    same = symhet.calibrate(
        "kz", moments=moments, free=["f_ex", "f_I", "tau"], errors=np.diag([e**2 for e in errors.values()])
    )
    assert same.standard_errors == pytest.approx(fit.standard_errors, rel=1e-9)


def test_more_moments_than_parameters_are_fitted_best():
    moments = {"share_exporting": 0.2, "share_offshoring": 0.4, "top_10_percent": 0.7}
    fit = symhet.calibrate("kz", moments=moments, free=["f_ex", "f_I"])
    assert 0 < fit.distance < 0.5
    nudged = [
        symhet.calibrate("kz", moments=moments, free=["f_ex"], f_I=fit.parameters["f_I"] * factor).distance
        for factor in (0.98, 1.02)
    ]
    assert min(nudged) > fit.distance
    assert "top_10_percent" in fit.report()
    assert np.isnan(list(fit.standard_errors.values())).all()


def test_closed_derivatives_are_those_of_differences():
    economy = symhet.solve("kz", f_I=1.1, tau=1.7, L=1.2)
    moments = {name: float(getattr(economy, name)) for name in ("exports_X", "imports_I_cif", "M")}
    fits = [
        symhet.calibrate(
            "kz", moments=moments, free=["f_I", "tau"], errors=dict.fromkeys(moments, 0.001), L=1.2, exact=exact
        )
        for exact in (False, True)
    ]
    assert fits[1].parameters == pytest.approx(fits[0].parameters, rel=1e-6)
    assert fits[1].standard_errors == pytest.approx(fits[0].standard_errors, rel=1e-5)
    problem, at = fits[1]._problem, fits[1]._at
    exact = problem.values_and_slopes(at)[1]
    rough = fits[0]._problem.values_and_slopes(at)[1]
    np.testing.assert_allclose(exact, rough, rtol=1e-9)


def test_a_fit_that_was_not_met_at_an_edge_says_so_in_a_few_lines():
    model = symhet.Model("Edge")
    model.parameter("f", default=1)
    model.variable("x")
    model.condition("cost", "x = f + 1")
    model.assume("least", "2*f > 1")
    fit = symhet.calibrate(model, moments={"x": 1e-3}, free=["f"])
    assert fit.is_missed
    assert "not met" in fit.report()
    assert "along \n" not in f"{fit.report()}\n"
    assert len(repr(fit)) < 500


def test_what_the_moments_do_not_tell_is_said():
    names = ("share_exporting", "export_intensity", "share_offshoring", "export_premium")
    moments = {name: float(symhet.solve("kz", f_ex=1.1, f_I=1.1).moments()[name]) for name in names}
    fit = symhet.calibrate(
        "kz", moments=moments, free=["f_ex", "f_I", "f_p", "tau"], errors=dict.fromkeys(moments, 0.1)
    )
    assert not fit.identified
    assert np.isnan(list(fit.standard_errors.values())).all()
    # All fixed costs together move no share, so long as every entrant's prospects stay in the tail of Pareto.
    assert {name for name, share in fit.weakest.items() if abs(share) > 0.05} == {"f_ex", "f_I", "f_p"}
    assert "not identified" in fit.report()


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"moments": {"share_exportng": 0.2}, "free": ["f_ex"]}, UnknownParameter, "did you mean share_exporting"),
        ({"moments": {"M": 0.2}, "free": ["f_exx"]}, UnknownParameter, "did you mean f_ex"),
        ({"moments": {"M": 0.2}, "free": ["distribution.shap"]}, UnknownParameter, "did you mean distribution.shape"),
        ({"moments": {"M": 0.2}, "free": ["f_ex", "f_I"]}, DomainError, "as many moments"),
        ({"moments": {"M": 0.2}, "free": ["f_ex"], "f_ex": 1.0}, DomainError, "free or fixed"),
        ({"moments": {"M": np.nan}, "free": ["f_ex"]}, DomainError, "finite targets"),
        ({"moments": {"M": 0.2}, "free": ["f_ex"], "errors": {"M": -1.0}}, DomainError, "errors of the moments"),
        ({"moments": {"M": 0.2}, "free": ["f_ex"], "errors": {}}, DomainError, "errors of all moments"),
        ({"moments": {"M": 0.2}, "free": ["f_ex"], "start": {"f_I": 1.0}}, UnknownParameter, "f_I"),
        ({"moments": {"M": 0.2}, "free": ["f_ex"], "regime": "autarky"}, UnknownParameter, "regime"),
        ({"moments": {"M": 0.2}, "free": ["f_ex"], "sigma": 30.0}, SolverError, "no economy was found"),
    ],
)
def test_a_calibration_that_cannot_be_says_why(given, error, message):
    with pytest.raises(error, match=message):
        symhet.calibrate("kz", **given)


@pytest.mark.parametrize(
    "given", [{"moments": {"M": [0.2, 0.3]}}, {"tau": [1.3, 1.4]}, {"errors": {"M": [0.1]}}, {"start": {"f_ex": [1.0]}}]
)
def test_several_numbers_where_one_is_meant_are_refused(given):
    with pytest.raises(DomainError, match="one number"):
        symhet.calibrate("kz", **{"moments": {"M": 0.2}, "free": ["f_ex"], **given})


@pytest.mark.parametrize("name", [pytest.param("n", marks=pytest.mark.slow), "L"])
def test_one_parameter_that_a_moment_does_not_move_with_is_not_identified(name):
    fit = symhet.calibrate("kz", moments={"share_exporting": 0.2}, free=[name])
    assert not fit.identified
    assert not fit.met


def test_moments_that_no_economy_has_are_said_to_be_unmet():
    fit = symhet.calibrate("kz", moments={"share_exporting": 1.2}, free=["f_ex"])
    assert not fit.met
    assert "not met" in fit.report()
    assert symhet.calibrate("kz", moments={"share_exporting": 0.2}, free=["f_ex"]).met


def test_moments_are_named():
    assert {"welfare", "share_exporting"} <= set(moment_names("kz"))
    assert "n_w" in moment_names("bo")


@pytest.mark.parametrize("start", [np.inf, np.nan, -1.0])
def test_a_start_is_inside_the_domain(start):
    with pytest.raises(DomainError, match="start of f_ex"):
        symhet.calibrate("kz", moments={"share_exporting": 0.2}, free="f_ex", start={"f_ex": start})


@pytest.mark.parametrize("given", [{"distribution": Pareto([5, 6])}, {"seed": -1}, {"seed": 1.5}])
def test_what_a_calibration_has_no_use_for_is_refused(given):
    with pytest.raises(DomainError):
        symhet.calibrate("kz", moments={"share_exporting": 0.2}, free="f_ex", **given)
