"""The solver against its referee, against other root finders, and against what any equilibrium must satisfy."""

import mpmath as mp
import numpy as np
import pytest
from scipy import optimize, stats

from symhet.errors import DomainError, UnknownParameter
from symhet.numerics import solve_kz
from symhet.numerics.distributions import Frozen, LogNormal, Mixture, Pareto, TruncatedPareto
from symhet.papers.kz.parameters import DEFAULTS
from symhet.papers.kz.partition import REGIMES, SWITCHED_OFF, partition_firms
from tests.referees.kz import referee_kz

LISTED = [
    "phi_min",
    "phi_off",
    "phi_ex",
    "w",
    "p_I_d",
    "p_I_off",
    "E_X",
    "P_X",
    "P",
    "M",
    "M_d",
    "M_off",
    "M_ex",
    "M_e",
    "M_t",
    "welfare",
    "exports_X",
    "imports_I_cif",
    "imports_I_fob",
    "imports_I_quantity",
    "L_Y",
    "L_I",
    "L_X",
    "L_e",
    "Y",
    "Y_w",
    "I_w",
    "diversified",
]
FAMILIES = ("pareto", "lognormal", "weibull", "frechet")


def assert_referee_agrees(law, frozen, p):
    found, expected = solve_kz(distribution=law, **p).as_dict(), referee_kz(frozen, p)
    assert abs(expected.pop("Y_market")) < 1e-9
    # What is small against the total it is part of is compared with that total.
    scale = {"M_d": "M", "M_off": "M", "M_ex": "M", "L_I": "L_X", "Y_w": "Y"}
    for name, value in expected.items():
        if np.isinf(value) and law.survival(found[name]) < 1e-250:
            continue  # the referee sees no firm there
        base = expected[scale.get(name, name)]
        assert found[name] == pytest.approx(value, rel=1e-9, abs=1e-9 * abs(base)), name


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("seed", range(2))
def test_referee_agrees_in_any_regime(economies, family, seed):
    rng = np.random.default_rng([seed, FAMILIES.index(family)])
    p = {name: float(value) for name, value in economies.draw(rng).items()}
    law, frozen = economies.laws(rng, p["sigma"] - 1)[family]
    p = economies.peopled(p, law)
    assert_referee_agrees(law, frozen(), p)


@pytest.mark.parametrize("family", FAMILIES)
def test_referee_agrees_in_the_regime_of_the_paper(economies, family):
    rng = np.random.default_rng([77, FAMILIES.index(family)])
    p = {name: float(value) for name, value in economies.draw_paper(rng).items()}
    law, frozen = economies.laws(rng, p["sigma"] - 1)[family]
    p = economies.peopled(p, law)
    assert solve_kz(distribution=law, paper_only=True, **p).regime == "paper"
    assert_referee_agrees(law, frozen(), p)


@pytest.mark.slow
@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("seed", range(4))
def test_referee_agrees_at_more_economies(economies, family, seed):
    rng = np.random.default_rng([1000 + seed, FAMILIES.index(family)])
    for maker in (economies.draw, economies.draw_paper):
        p = {name: float(value) for name, value in maker(rng).items()}
        law, frozen = economies.laws(rng, p["sigma"] - 1)[family]
        p = economies.peopled(p, law)
        assert_referee_agrees(law, frozen(), p)


@pytest.mark.parametrize("family", FAMILIES)
def test_accounts_close_in_every_regime(economies, family):
    rng = np.random.default_rng(5)
    p = economies.draw(rng, 4000)
    law = economies.laws(rng, p["sigma"] - 1, 4000)[family][0]
    p = economies.peopled(p, law)
    found = solve_kz(distribution=law, **p)
    assert set(found.regime) >= set(REGIMES) - {"all-export-no-offshoring", *SWITCHED_OFF}
    labour = found.L_Y + found.L_I + found.L_X + found.L_e
    np.testing.assert_allclose(labour, p["L"], rtol=1e-10)
    demand = (p["n"] + 1) * (1 - p["beta"]) * p["phi_Y"] * p["L"] + p["phi_Y_w"] * p["L_w"]
    np.testing.assert_allclose(((p["n"] + 1) * found.Y + found.Y_w) / demand, 1, rtol=1e-10)
    p_I_w = p["phi_Y_w"] / p["phi_I_w"]
    np.testing.assert_allclose(p_I_w * found.I_w, (p["n"] + 1) * found.imports_I_fob, rtol=1e-12, atol=1e-300)
    np.testing.assert_allclose(found.M_d + found.M_off + found.M_ex, found.M, rtol=1e-12, atol=1e-300)
    np.testing.assert_allclose(found.E_X, p["beta"] * p["phi_Y"] * p["L"], rtol=1e-15)
    assert (found.phi_min <= np.minimum(found.phi_off, found.phi_ex)).all()


def test_every_regime_turns_up(economies):
    rng = np.random.default_rng(6)
    p = economies.draw(rng, 20000)
    p |= {"sigma": np.minimum(p["sigma"], 5), "L_w": np.asarray(1e9)}
    p["f_I"][:200], p["f_ex"][100:300] = np.inf, np.inf
    found = solve_kz(**p)
    assert set(found.regime) == set(REGIMES)
    assert set(found.regime[100:200]) == {"no-trade"}
    assert not set(found.regime[300:]) & set(SWITCHED_OFF)


def test_partition_is_what_each_firm_finds_best():
    rng = np.random.default_rng(7)
    size = 3000
    gain, reach, f_p, f_I, f_ex_n = np.exp(rng.normal([[0.3], [-0.5], [0], [0], [0]], 1.0, (5, size)))
    found = partition_firms(gain - 1, reach, f_p, f_I, f_ex_n)
    x = np.exp(rng.normal(0.5, 2.5, (200, size)))
    profits = np.stack(
        [
            np.zeros_like(x),
            x - f_p,
            gain * x - f_p - f_I,
            (1 + reach) * x - f_p - f_ex_n,
            gain * (1 + reach) * x - f_p - f_I - f_ex_n,
        ]
    )
    best = profits.argmax(axis=0)
    np.testing.assert_array_equal(best > 0, x > found.entry)
    np.testing.assert_array_equal((best == 2) | (best == 4), x > found.offshoring)
    np.testing.assert_array_equal((best == 3) | (best == 4), x > found.exporting)
    # The chain's steps add up to the profit of the best strategy.
    total = sum(cost * np.maximum(x / level - 1, 0) for cost, level in zip(found.steps, found.levels, strict=True))
    np.testing.assert_allclose(total, profits.max(axis=0), rtol=1e-9, atol=1e-9)


def test_cutoffs_and_welfare_of_the_paper_follow(economies):
    rng = np.random.default_rng(8)
    p = economies.draw_paper(rng, 500)
    found = solve_kz(distribution=LogNormal(0, 0.8), paper_only=True, **p)
    k, price = p["sigma"] - 1, found.p_I_off / found.p_I_d
    A = price ** (-p["alpha"] * k)
    np.testing.assert_allclose(
        found.phi_off, found.phi_min * (p["f_I"] / p["f_p"]) ** (1 / k) * (A - 1) ** (-1 / k), rtol=1e-12
    )
    np.testing.assert_allclose(
        found.phi_ex,
        found.phi_min * p["tau"] * price ** p["alpha"] * (p["f_ex"] / p["f_p"]) ** (1 / k),
        rtol=1e-12,
    )
    beta, rho = p["beta"], k / p["sigma"]
    unit_cost = found.w ** (1 - p["alpha"]) * found.p_I_d ** p["alpha"]
    welfare = found.phi_min**beta * found.w * beta**beta * (1 - beta) ** (1 - beta)
    welfare *= (rho / unit_cost) ** beta * (beta * p["L"] / (p["sigma"] * p["f_p"])) ** (beta / k)
    np.testing.assert_allclose(found.welfare, welfare, rtol=1e-12)


def closed_form_gap(p, mu, spread):
    """Return free entry's excess as a function of ln φ_min, from scratch, for a lognormal in the paper's regime."""
    k = p["sigma"] - 1
    price = p["tau_I"] * p["phi_Y_w"] * p["phi_I"] / (p["phi_I_w"] * p["phi_Y"])
    A = price ** (-p["alpha"] * k)
    ratio_off = (p["f_I"] / p["f_p"] / (A - 1)) ** (1 / k)
    ratio_ex = p["tau"] * (p["f_ex"] / (p["f_p"] * A)) ** (1 / k)

    def j(y):
        u = (y - mu) / spread
        moment = np.exp(k * (mu - y) + (k * spread) ** 2 / 2) * stats.norm.sf(u - k * spread)
        return moment - stats.norm.sf(u)

    return lambda y: (
        p["f_p"] * j(y) + p["f_I"] * j(y + np.log(ratio_off)) + p["n"] * p["f_ex"] * j(y + np.log(ratio_ex)) - p["f_e"]
    )


def test_lognormal_equilibria_equal_those_of_brentq(economies):
    rng = np.random.default_rng(9)
    size = 150
    p, mu, spread = economies.draw_paper(rng, size), rng.normal(0, 0.5, size), rng.uniform(0.3, 1.2, size)
    found = solve_kz(distribution=LogNormal(mu, spread), paper_only=True, **p)
    for i in range(size):
        gap = closed_form_gap({name: value[i] for name, value in p.items()}, mu[i], spread[i])
        y = optimize.brentq(gap, np.log(found.phi_min[i]) - 3, np.log(found.phi_min[i]) + 1, xtol=1e-15, rtol=1e-15)
        assert found.phi_min[i] == pytest.approx(np.exp(y), rel=1e-11)


@pytest.mark.parametrize("f_e", [1e-8, 1e-3, 1.0, 1e4])
def test_lognormal_cutoff_is_right_to_the_last_digits(f_e):
    p, mu, spread = {**DEFAULTS, "f_e": f_e}, 0.2, 0.6
    found = solve_kz(distribution=LogNormal(mu, spread), paper_only=True, **p)
    with mp.workdps(40):
        q = {name: mp.mpf(value) for name, value in p.items()}
        k, m, s = q["sigma"] - 1, mp.mpf(mu), mp.mpf(spread)
        A = (q["tau_I"] * q["phi_Y_w"] * q["phi_I"] / (q["phi_I_w"] * q["phi_Y"])) ** (-q["alpha"] * k)
        off = (q["f_I"] / q["f_p"] / (A - 1)) ** (1 / k)
        ex = q["tau"] * (q["f_ex"] / (q["f_p"] * A)) ** (1 / k)

        def j(y):
            u = (y - m) / s
            sf = lambda v: mp.erfc(v / mp.sqrt(2)) / 2  # noqa: E731
            return mp.exp(k * (m - y) + (k * s) ** 2 / 2) * sf(u - k * s) - sf(u)

        def gap(y):
            total = q["f_p"] * j(y) + q["f_I"] * j(y + mp.log(off)) + q["n"] * q["f_ex"] * j(y + mp.log(ex))
            return mp.log(total / q["f_e"])

        exact = mp.exp(mp.findroot(gap, mp.log(mp.mpf(float(found.phi_min)))))
        assert abs(mp.mpf(float(found.phi_min)) / exact - 1) < 4e-15


def test_few_home_sourcers_are_counted_to_the_last_digits():
    # Both cutoffs lie so far below the bulk that next to nobody produces without offshoring.
    p, mu, spread = {**DEFAULTS, "f_e": 300.0, "f_I": 0.6}, 0.0, 0.2
    found = solve_kz(distribution=LogNormal(mu, spread), **p)
    with mp.workdps(40):
        low, high = (mp.log(mp.mpf(float(phi))) / mp.mpf(spread) for phi in (found.phi_min, found.phi_off))
        mass = mp.ncdf(high) - mp.ncdf(low)
        assert 0 < mass < 1e-12
        assert abs(mp.mpf(float(found.M_d / found.M_e)) / mass - 1) < 1e-12
    assert found.L_I > 0
    assert found.diversified


def test_pareto_has_its_closed_form():
    p, a = DEFAULTS, 4.25
    found = solve_kz(distribution=Pareto(a, 1.0))
    k = p["sigma"] - 1
    shares = [(found.phi_off / found.phi_min) ** -a, (found.phi_ex / found.phi_min) ** -a]
    spent = p["f_p"] + p["f_I"] * shares[0] + p["n"] * p["f_ex"] * shares[1]
    assert float(found.phi_min) == pytest.approx((k / (a - k) * spent / p["f_e"]) ** (1 / a), rel=1e-14)


def test_cutoff_below_the_support_lets_every_entrant_produce():
    found = solve_kz(distribution=Pareto(4.25, 1.0), f_e=50.0)
    assert found.phi_min < 1
    assert found.M_e == found.M
    assert_referee_agrees(Pareto(4.25, 1.0), stats.pareto(4.25), {**DEFAULTS, "f_e": 50.0})


def test_bounded_and_mixed_distributions_solve():
    bounded = TruncatedPareto(3.0, 1.0, [1.5, 3.0, 1e6])
    found = solve_kz(distribution=bounded, f_e=[1e-9, 1e-2, 1.0])
    assert (found.phi_min < bounded.upper).all()
    np.testing.assert_allclose(found.L_Y + found.L_I + found.L_X + found.L_e, 1, rtol=1e-10)
    mixed = Mixture([0.4, 0.6], [LogNormal(0, 0.5), Pareto(5.0, [0.8, 1.2])])
    assert solve_kz(distribution=mixed).phi_min.shape == (2,)


def test_free_entry_is_solved_where_steps_swing_about_a_jump_of_the_density():
    law = TruncatedPareto(shape=5.47, scale=0.2, upper=0.35)
    p = {"alpha": 0.811, "sigma": 4.47, "tau": 1.25, "tau_I": 1.96, "n": 6.0, "f_p": 1.75, "f_e": 4.0, "phi_I": 0.264}
    p |= {"phi_Y": 1.961, "phi_I_w": 0.2, "phi_Y_w": 0.0379, "f_I": 40108.0, "f_ex": 74164.0, "L_w": 200.0}
    found = solve_kz(distribution=law, **p)
    assert found.L_Y + found.L_I + found.L_X + found.L_e == pytest.approx(1.0, rel=1e-11)


def test_quadrature_of_a_frozen_distribution_gives_the_same_equilibrium():
    found = solve_kz(distribution=Frozen(stats.lognorm(0.7))).as_dict()
    expected = solve_kz(distribution=LogNormal(0, 0.7)).as_dict()
    assert found == pytest.approx(expected, rel=1e-11)


def test_arrays_solve_as_arrays():
    taus, spreads = np.array([[1.05], [1.2], [1.3]]), np.array([0.5, 0.9])
    grid = solve_kz(distribution=LogNormal(0, spreads), tau_I=taus)
    assert grid.welfare.shape == (3, 2)
    one = solve_kz(distribution=LogNormal(0, 0.9), tau_I=1.2)
    for name, value in one.as_dict().items():
        assert grid.as_dict()[name][1, 1] == pytest.approx(value, rel=1e-14), name
    many = solve_kz(tau_I=np.linspace(1.01, 1.3, 10_001))
    assert np.isfinite(many.welfare).all()
    assert np.diff(many.welfare).max() < 0


def test_defaults_are_the_paper_s_regime_and_diversified():
    found = solve_kz()
    assert (found.regime, bool(found.diversified)) == ("paper", True)
    assert list(found.as_dict()) == LISTED
    assert all(isinstance(value, float | bool) for value in found.as_dict().values())


def test_diversification_is_seen_to_fail():
    with pytest.raises(DomainError, match="L_w above the right side") as caught:
        solve_kz(L_w=0.1)
    enough = caught.value.right
    assert solve_kz(L_w=enough * (1 + 1e-12)).Y_w > 0
    lost = solve_kz(L_w=[0.1, enough * 2], check=False)
    assert np.isnan(lost.welfare).tolist() == [True, False]
    assert lost.status.tolist() == ["L_w > I_w/phi_I_w, the labour of country W in intermediates", ""]
    assert lost.regime.tolist() == ["inadmissible", "paper"]
    assert not solve_kz(f_I=0.3).diversified  # all offshore, so nobody makes intermediates at home
    assert not solve_kz(tau_I=3.0).diversified


@pytest.mark.parametrize(
    ("given", "assumption", "sides"),
    [
        ({"sigma": 1.0}, "sigma > 1", (1.0, 1.0)),
        ({"alpha": 1.5}, "alpha < 1", (1.0, 1.5)),
        ({"beta": -0.5}, "beta > 0", (-0.5, 0.0)),
        ({"tau": 1.0}, "tau > 1", (1.0, 1.0)),
        ({"tau_I": 0.9}, "tau_I > 1", (0.9, 1.0)),
        ({"f_I": 0.0}, "f_I > 0", (0.0, 0.0)),
        ({"L": np.nan}, "L > 0", (np.nan, 0.0)),
        ({"f_e": np.inf}, "f_e is finite", (np.inf, np.inf)),
        ({"sigma": 6.0}, "finite (sigma-1)-th moment", (4.25, 5.0)),
    ],
)
def test_an_inadmissible_parameter_names_its_assumption(given, assumption, sides):
    with pytest.raises(DomainError) as caught:
        solve_kz(**given)
    assert caught.value.assumption == assumption
    np.testing.assert_array_equal((caught.value.left, caught.value.right), sides)
    blank = solve_kz(check=False, **given)
    assert blank.regime == "inadmissible"
    assert np.isnan(blank.welfare)


@pytest.mark.parametrize(
    ("given", "assumption", "regime"),
    [
        ({"tau_I": 1.7}, "A.1", "no-offshoring"),
        ({"f_I": 0.3}, "A.2", "all-offshore"),
        ({"f_I": 3.0}, "A.2", "offshoring-with-exporting"),
        ({"f_I": 5.5}, "A.3", "only-exporters-offshore"),
    ],
)
def test_outside_the_paper_s_regime_the_broken_assumption_is_named(given, assumption, regime):
    with pytest.raises(DomainError) as caught:
        solve_kz(paper_only=True, **given)
    assert caught.value.assumption == assumption
    assert not caught.value.left > caught.value.right
    assert solve_kz(**given).regime == regime
    assert np.isnan(solve_kz(paper_only=True, check=False, **given).phi_min)


def test_the_first_offending_index_is_named_and_only_it_is_blank():
    sigma = [[4.0, 4.0], [0.5, 4.0]]
    with pytest.raises(DomainError, match=r"index \(1, 0\)"):
        solve_kz(sigma=sigma)
    found = solve_kz(sigma=sigma, check=False)
    assert np.isnan(found.M).tolist() == [[False, False], [True, False]]
    assert found.diversified.tolist() == [[True, True], [False, True]]


def test_an_unknown_parameter_is_refused():
    with pytest.raises(UnknownParameter, match="did you mean tau_I"):
        solve_kz(tau_i=1.2)


def test_paper_only_is_exactly_the_regime(economies):
    rng = np.random.default_rng(10)
    p = economies.draw(rng, 5000)
    law = LogNormal(0, 0.7)
    everywhere, paper = solve_kz(distribution=law, **p), solve_kz(distribution=law, paper_only=True, check=False, **p)
    np.testing.assert_array_equal(everywhere.regime == "paper", paper.regime == "paper")


def elasticity(outcome, cost, p, law, h=1e-5):
    up, down = (getattr(solve_kz(distribution=law, **{**p, cost: p[cost] * np.exp(step)}), outcome) for step in (h, -h))
    telling = (up > 1e-200) & (down > 1e-200)
    assert telling.mean() > 0.6
    return np.log(up[telling] / down[telling]) / (2 * h)


@pytest.mark.parametrize(
    ("outcome", "cost", "sign"),
    [
        ("phi_min", "tau_I", -1),
        ("phi_off", "tau_I", 1),
        ("phi_ex", "tau_I", 1),
        ("welfare", "tau_I", -1),
        ("imports_I_cif", "tau_I", -1),
        ("imports_I_quantity", "tau_I", -1),
        ("L_I", "tau_I", 1),
        ("M", "tau_I", 1),
        ("phi_min", "f_I", -1),
        ("phi_off", "f_I", 1),
        ("phi_ex", "f_I", -1),
        ("phi_off", "tau", -1),
        ("phi_ex", "tau", 1),
        ("phi_off", "f_ex", -1),
        ("phi_ex", "f_ex", 1),
    ],
)
@pytest.mark.parametrize("family", FAMILIES)
def test_signs_that_hold_for_every_distribution(economies, outcome, cost, sign, family):
    rng = np.random.default_rng(11)
    p = economies.draw_paper(rng, 300)
    law = economies.laws(rng, p["sigma"] - 1, 300)[family][0]
    assert (sign * elasticity(outcome, cost, p, law) > -1e-9).all()
