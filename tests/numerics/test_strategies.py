"""Strategies draw admissible economies only, reach the corners of every regime, and shrink towards round numbers."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

import symhet
from symhet.errors import UnknownModel, UnknownName, UnknownParameter
from symhet.numerics.distributions import FAMILIES
from symhet.papers.bo.draws import PHASES
from symhet.papers.kz.partition import REGIMES

FEW = settings(max_examples=10)
SEARCH = settings(max_examples=3000, database=None, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))
# Hypothesis's phase that explains draws around the example that it has found, and `find` would return one of those.
SHRUNK = settings(database=None, derandomize=True, phases=(Phase.generate, Phase.shrink))
SITUATIONS = [(regime, phase) for regime, phases in PHASES.items() for phase in (None, *phases)]


@settings(max_examples=60)
@given(symhet.strategies.parameters("kz"))
def test_parameters_of_kleinert_and_zorell_satisfy_the_assumptions_as_printed(p):
    k = p["sigma"] - 1
    assert all(0 < p[name] < 1 for name in ("alpha", "beta"))
    assert min(p["sigma"], p["tau"], p["tau_I"]) > 1
    assert all(value > 0 for value in p.values())
    assert (p["phi_Y"] / p["phi_Y_w"]) / (p["phi_I"] / p["phi_I_w"]) > p["tau_I"]
    assert p["f_p"] + p["f_I"] < p["f_ex"] * p["tau"] ** k
    power = 1 / (p["alpha"] * k)
    relative = p["tau_I"] * p["phi_Y_w"] * p["phi_I"] / (p["phi_I_w"] * p["phi_Y"])
    low = (p["f_p"] / (p["f_p"] + p["f_I"])) ** power
    assert low < relative < (1 - p["f_I"] / (p["f_ex"] * p["tau"] ** k)) ** power


@pytest.mark.parametrize("extremes", [True, False])
@pytest.mark.parametrize("regime", REGIMES)
def test_economies_of_kleinert_and_zorell_are_in_their_regime(regime, extremes):
    @FEW
    @given(symhet.strategies.economies("kz", regime=regime, extremes=extremes))
    def check(economy):
        found = symhet.solve("kz", **economy)
        assert str(found.regime) == regime
        labour = found.L_Y + found.L_I + found.L_X + found.L_e
        assert labour == pytest.approx(economy["L"], rel=1e-9)
        assert found.Y_w > 0
        assert (found.M_ex > 0) == np.isfinite(found.phi_ex)
        if regime == "paper":
            assert min(found.M_d, found.M_off, found.M_ex) > 0
            assert found.phi_min < found.phi_off < found.phi_ex
            assert found.diversified

    check()


@pytest.mark.parametrize("extremes", [True, False])
@pytest.mark.parametrize(("regime", "phase"), [(None, None), *SITUATIONS])
def test_economies_of_baldwin_and_okubo_are_admissible(regime, phase, extremes):
    @FEW
    @given(symhet.strategies.parameters("bo", regime=regime, phase=phase, extremes=extremes))
    def check(p):
        assert p["rho"] > p["sigma"] - 1 > 0
        assert p["rho"] >= 1
        assert 0 < p["phi"] < 1
        assert 0.5 < p["s_E"] < 1
        assert 0 < p["f_I"] * ((p["rho"] - (p["sigma"] - 1)) / (p["sigma"] - 1)) <= p["f"]
        found = symhet.solve("bo", regime=regime, **p)
        assert found.n > 0
        assert phase in (None, str(found.phase))
        if regime == "no-relocation":
            assert found.n_star > 0
        if regime == "long-run":
            assert found.s_n == pytest.approx(p["s_n"], rel=1e-12)

    check()


CORNERS_KZ = {
    "hardly any substitution": lambda p: p["sigma"] < 1.1,
    "close substitutes": lambda p: p["sigma"] > 9,
    "intermediates hardly count": lambda p: p["alpha"] < 0.01,
    "nothing but intermediates": lambda p: p["alpha"] > 0.99,
    "X is nearly everything": lambda p: p["beta"] > 0.99,
    "free trade": lambda p: p["tau"] < 1.02,
    "dear trade": lambda p: p["tau"] > 4,
    "many countries": lambda p: p["n"] == 10,
    "A.1 nearly fails": lambda p: (
        0.99 < p["tau_I"] * p["phi_Y_w"] * p["phi_I"] / (p["phi_I_w"] * p["phi_Y"]) < 1
    ),
    "dear entry": lambda p: p["f_e"] > 100,
    "cheap entry": lambda p: p["f_e"] < 0.01,
}  # fmt: skip
CORNERS_BO = {
    "beta near one": lambda p: p["rho"] / (p["sigma"] - 1) < 1.02,
    "beta large": lambda p: p["rho"] / (p["sigma"] - 1) > 15,
    "nations nearly alike": lambda p: p["s_E"] < 0.502,
    "nearly closed": lambda p: p["phi"] < 0.01,
    "nearly free": lambda p: p["phi"] > 0.99,
    "entry nearly free": lambda p: p["f_I"] * (p["rho"] / (p["sigma"] - 1) - 1) < 0.01 * p["f"],
    "domestic cutoff nearly one": lambda p: p["f_I"] * (p["rho"] / (p["sigma"] - 1) - 1) > 0.98 * p["f"],
}
CORNERS_CUTOFFS = {
    "nearly all firms offshore": lambda p: ratios(p)[0] < 1.02,
    "nearly all offshorers export": lambda p: ratios(p)[1] < 1.02,
    "cutoffs far apart": lambda p: ratios(p)[1] > 4,
}


def ratios(p):
    """Return variable profits at the three cutoffs, each over the one before."""
    k = p["sigma"] - 1
    gain = (p["tau_I"] * p["phi_Y_w"] * p["phi_I"] / (p["phi_I_w"] * p["phi_Y"])) ** (-p["alpha"] * k)
    off = p["f_I"] / p["f_p"] / (gain - 1)
    return off, p["f_ex"] * p["tau"] ** k / gain / p["f_p"] / off


@pytest.mark.parametrize("corner", [*CORNERS_KZ, *CORNERS_CUTOFFS])
def test_corners_of_kleinert_and_zorell_are_drawn(corner):
    find(symhet.strategies.parameters("kz"), {**CORNERS_KZ, **CORNERS_CUTOFFS}[corner], settings=SEARCH)


@pytest.mark.parametrize("corner", CORNERS_BO)
def test_corners_of_baldwin_and_okubo_are_drawn(corner):
    find(symhet.strategies.parameters("bo"), CORNERS_BO[corner], settings=SEARCH)


def reported(strategy, fails):
    """Return the example that hypothesis reports for a test that fails wherever `fails` says so."""
    seen = []

    @settings(SHRUNK, max_examples=300)
    @given(strategy)
    def test(example):
        seen.append(example)
        assert not fails(example)

    with pytest.raises(AssertionError):
        test()
    return seen[-1]


def digits(value):
    return len(Decimal(repr(float(value))).normalize().as_tuple().digits)


@pytest.mark.parametrize(
    ("strategy", "fails"),
    [
        (symhet.strategies.parameters("kz"), lambda p: p["L"] > 2.3),
        (symhet.strategies.parameters("kz"), lambda p: p["f_I"] > 0.3 * p["f_ex"] and p["alpha"] > 0.52),
        (symhet.strategies.parameters("kz", regime="all-export"), lambda p: p["tau"] < 1.9),
        (symhet.strategies.parameters("bo"), lambda p: p["phi"] ** (p["rho"] / (p["sigma"] - 1)) > 0.31),
        (symhet.strategies.parameters("bo", regime="long-run", phase="XX"), lambda p: p["s_n"] > 0.7),
    ],
)
def test_failing_examples_have_round_numbers(strategy, fails):
    example = reported(strategy, fails)
    assert fails(example)
    assert max(map(digits, example.values())) <= 3, example
    assert sum(map(digits, example.values())) <= 1.5 * len(example), example


def test_the_simplest_economy_is_made_of_ones_and_halves():
    p = find(symhet.strategies.economies("kz"), lambda p: True, settings=SHRUNK)
    assert (p["sigma"], p["alpha"], p["n"], p["L"], p["tau"]) == (2.0, 0.5, 1.0, 1.0, 2.0)
    assert str(p["distribution"]) == "Pareto(shape=2, scale=1)"
    large = find(symhet.strategies.parameters("kz"), lambda p: p["L"] > 2.3, settings=SHRUNK)
    assert large["L"] in (3.0, 10.0)


@given(symhet.strategies.distributions(moment=2.5))
def test_moments_exist_as_asked(law):
    assert law.moment_exists(2.5).all()


@pytest.mark.parametrize("family", [*FAMILIES, "mixture"])
def test_families_can_be_chosen(family):
    law = find(symhet.strategies.distributions(families=[family]), lambda law: True, settings=SHRUNK)
    kind = "Mixture" if family == "mixture" else FAMILIES[family].__name__
    assert type(law).__name__ == kind


@settings(max_examples=60)
@given(st.data())
def test_any_distribution_may_be_drawn(data):
    law = data.draw(symhet.strategies.distributions(families=["pareto", "weibull"]))
    assert type(law).__name__ in ("Pareto", "Weibull")


def test_unknown_names_are_refused():
    with pytest.raises(UnknownModel):
        symhet.strategies.parameters("kzz")
    with pytest.raises(UnknownParameter):
        symhet.strategies.parameters("bo", regime="autarchy")
    with pytest.raises(UnknownParameter):
        symhet.strategies.parameters("kz", regime="autarky")
    with pytest.raises(UnknownName):
        symhet.strategies.parameters("bo", regime="short-run", phase="YY")
    with pytest.raises(UnknownName):
        symhet.strategies.distributions(families=["paretto"])
