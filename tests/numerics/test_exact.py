"""Exact witnesses: their derivatives against the solver's difference quotients, and the signs they record."""

from fractions import Fraction

import mpmath as mp
import numpy as np
import pytest

from symhet.errors import DomainError
from symhet.numerics import solve_kz
from tests.referees.exact_statics import COSTS, ExactEconomy, PiecewiseUniform, exact_statics

HALF = Fraction(1, 2)


def economy(breaks, masses, off, ex, gain, n):
    law = PiecewiseUniform(breaks, masses)
    return ExactEconomy(law, 2, Fraction(1), Fraction(off), Fraction(ex), HALF, Fraction(gain), n=Fraction(n))


def even(top, off, ex, gain, n=1):
    return economy([0, top], [1], off, ex, gain, n)


UNIFORM = even(5, 2, 3, 2)
SPIKED = economy([0, Fraction(7, 4), Fraction(9, 4), 5], [1, 4, 1], 2, 3, 3, 5)


def quotients(given, cost, h=1e-5):
    """Return the solver's difference quotients of every outcome that `exact_statics` names."""
    p, ends = given.parameters(), []
    for step in (-h, h):
        found = solve_kz(distribution=given.law, paper_only=True, **{**p, cost: p[cost] * np.exp(step)})
        values = found.as_dict()
        values["M_off_all"] = values["M_off"] + values["M_ex"]
        values["total_trade"] = values["exports_X"] + values["imports_I_cif"]
        values["total_trade_with_Y"] = values["exports_X"] + 2 * values["imports_I_cif"]
        ends.append(values)
    return {name: np.log(ends[1][name] / ends[0][name]) / (2 * h) for name in exact_statics(given, cost)}


@pytest.mark.parametrize("cost", COSTS)
@pytest.mark.parametrize("given", [UNIFORM, SPIKED], ids=["uniform", "spiked"])
def test_exact_derivatives_are_those_of_the_solver(given, cost):
    exact, found = exact_statics(given, cost), quotients(given, cost)
    for name, value in exact.items():
        assert isinstance(value, Fraction)
        assert found[name] == pytest.approx(float(value), abs=2e-8 * (1 + abs(value))), name


def test_the_solver_finds_the_cutoffs_the_economy_was_made_from():
    found = solve_kz(distribution=SPIKED.law, paper_only=True, **SPIKED.parameters())
    cutoffs = float(found.phi_min), float(found.phi_off), float(found.phi_ex)
    assert cutoffs == pytest.approx((1, 2, 3), rel=1e-14)


WITNESSES = [
    (UNIFORM, "tau_I", "exports_X", 1, Fraction(2309, 470960)),
    (even(5, 3, 4, 2), "tau_I", "exports_X", -1, Fraction(-229814, 3111305)),
    (SPIKED, "tau_I", "total_trade", 1, Fraction(52255491299, 21650741968180)),
    (UNIFORM, "tau_I", "total_trade", -1, Fraction(-135481, 2893040)),
    (even(4, 2, 3, 2), "tau_I", "M_t", 1, Fraction(22797, 121000)),
    (
        economy([0, Fraction(29, 10), Fraction(31, 10)], [1, 1], 2, 3, Fraction(5, 4), 5),
        "tau_I",
        "M_t",
        -1,
        Fraction(-6777772769330, 117079888917387),
    ),
    (even(4, 2, 3, 3), "f_I", "total_trade", 1, Fraction(1177340, 20389351)),
    (even(4, 2, 3, Fraction(5, 4)), "f_I", "total_trade", -1, Fraction(-4359412, 62244559)),
]


@pytest.mark.parametrize(("given", "cost", "outcome", "sign", "expected"), WITNESSES)
def test_recorded_witnesses_stand(given, cost, outcome, sign, expected):
    exact = exact_statics(given, cost)[outcome]
    assert exact == expected
    assert exact * sign > 0
    found = solve_kz(distribution=given.law, paper_only=True, L_w=float(given.n) + 1, **given.parameters())
    assert found.diversified


def test_a_finite_fall_of_the_trade_cost_lowers_exports_too():
    p = UNIFORM.parameters()
    before, after = (
        solve_kz(distribution=UNIFORM.law, paper_only=True, **{**p, "tau_I": p["tau_I"] * change})
        for change in (1.0, 0.99)
    )
    assert after.exports_X < before.exports_X


@pytest.mark.parametrize("x", [0.3, 1.0, 1.3, 2.9999999])
def test_floating_tails_of_a_piecewise_density_are_the_exact_ones(x):
    law = PiecewiseUniform([HALF, 1, 3], [1, 2])
    found, exact = law.tails(x, 3.0), law.exact(Fraction(x), 3)
    assert float(found.survival) == pytest.approx(float(exact.survival), rel=1e-14)
    assert float(found.moment) == pytest.approx(float(exact.moment), rel=1e-14)
    assert float(found.density) == float(exact.density)
    with mp.workdps(30):
        excess = exact.moment - exact.survival
        error = abs(mp.mpf(float(found.excess)) * excess.denominator / excess.numerator - 1)
        assert error < 1e-14 + 3e-16 * x / (3 - x)
    assert float(law.log_moment(3.0)) == pytest.approx(np.log(float(law.exact(Fraction(1, 10), 3).moment) / 1000))


@pytest.mark.parametrize(
    ("breaks", "masses", "message"),
    [
        ([1, 2], [1, 2], "one mass an interval"),
        ([1], [], "one mass an interval"),
        ([1, 1], [1], "ordered support"),
        ([-1, 1], [1], "ordered support"),
        ([1, 2, 3], [1, -1], "positive mass"),
        ([1, 2], [0], "positive mass"),
    ],
)
def test_a_density_that_is_none_is_refused(breaks, masses, message):
    with pytest.raises(DomainError, match=message):
        PiecewiseUniform(breaks, masses)


@pytest.mark.parametrize("low", ["3/4", "101/100", "7/5", "31/20"])
@pytest.mark.parametrize("high", ["8/5", "41/20", "6"])
def test_what_lies_between_two_points_is_summed_over_jumps_of_the_density(low, high):
    law = PiecewiseUniform(["1/2", "7/5", "8/5", "5"], ["1/6", "2/3", "1/6"])
    first, last = Fraction(low), Fraction(high)
    length = np.log(float(last)) - np.log(float(first))
    found = law.between_at(np.log(np.array([float(first)])), np.array([length]), np.array([2.0]))
    start, end = law.exact(first, 2), law.exact(last, 2)
    assert found.mass[0] == pytest.approx(float(start.survival - end.survival), rel=1e-12)
    assert found.moment[0] == pytest.approx(float(start.moment - end.moment * (last / first) ** 2), rel=1e-12)


@pytest.mark.parametrize(
    ("change", "assumption"),
    [
        ({"gain": 1}, "A.1"),
        ({"off": 1}, "phi_min < phi_off"),
        ({"ex": 2}, "phi_off < phi_ex"),
        ({"n": 0}, "n > 0"),
    ],
)
def test_an_economy_outside_the_regime_is_refused(change, assumption):
    given = {"breaks": [0, 5], "masses": [1], "off": 2, "ex": 3, "gain": 2, "n": 1, **change}
    with pytest.raises(DomainError) as caught:
        economy(**given)
    assert caught.value.assumption == assumption


def test_an_unknown_cost_is_refused():
    with pytest.raises(DomainError, match="cost is one of tau_I"):
        exact_statics(UNIFORM, "f_p")
