"""Hat algebra from shares, and the gain from trade by one share: equal to two solutions where they say they apply."""

import numpy as np
import pytest

import symhet
from symhet.errors import DomainError
from symhet.papers.kz.counterfactuals import GAINS_APPLY, HAT_APPLIES, gains, hat


@pytest.mark.parametrize("seed", range(3))
def test_changes_follow_from_the_shares_before(economies, seed):
    rng, size = np.random.default_rng(seed), 400
    p = economies.draw_paper(rng, size)
    shape = p["sigma"] - 1 + rng.uniform(0.3, 4, size)
    p["f_e"] = p["f_e"] * 1e-4
    law = symhet.numerics.distributions.Pareto(shape)
    moved = ("f_p", "f_I", "f_ex", "f_e", "tau", "tau_I", "n", "L", "phi_Y", "phi_I", "phi_Y_w")
    q = {**p, **{name: p[name] * np.exp(rng.normal(0, 0.03, size)) for name in moved}}
    q["tau"], q["tau_I"] = np.maximum(q["tau"], 1.001), np.maximum(q["tau_I"], 1.001)
    q["n"] = np.maximum(q["n"], 1.0)
    before, after = (symhet.solve("kz", distribution=law, **given) for given in (p, q))
    found = hat(before, after)
    applies = found.verdict == ""
    assert applies.mean() > 0.5
    assert (found.verdict[~applies] == HAT_APPLIES[4]).all()
    assert set(found.by_shares) >= {"phi_min", "phi_ex", "welfare", "M", "exports_X"}
    for name, value in found.by_shares.items():
        np.testing.assert_allclose(value[applies], found.ratios[name][applies], rtol=1e-10, err_msg=name)
        assert np.isnan(value[~applies]).all()


def test_without_offshoring_or_trade_they_follow_too():
    for given, regime in (
        ({"f_I": np.inf}, "no-offshoring"),
        ({"f_ex": np.inf}, "no-exporting"),
        ({"f_I": np.inf, "f_ex": np.inf}, "no-trade"),
    ):
        before, after = symhet.solve("kz", **given), symhet.solve("kz", tau=1.7, f_p=1.02, f_e=0.95, L=1.1, **given)
        assert str(before.regime) == str(after.regime) == regime
        found = hat(before, after)
        assert str(found.verdict) == ""
        for name in ("phi_min", "welfare", "M_e", "M", "P_X"):
            assert float(found.by_shares[name]) == pytest.approx(float(found.ratios[name]), rel=1e-12), name


def test_where_the_shares_do_not_decide_the_verdict_says_why():
    base = symhet.solve("kz")
    cases = [
        (symhet.solve("kz", sigma=4.1), HAT_APPLIES[3]),
        (symhet.solve("kz", distribution="pareto:shape=5"), HAT_APPLIES[2]),
        (symhet.solve("kz", distribution="lognormal:mu=0,sigma=0.6"), HAT_APPLIES[2]),
        (symhet.solve("kz", f_I=3.0), HAT_APPLIES[4]),
        (symhet.solve("kz", f_e=50.0, L_w=1e3), HAT_APPLIES[5]),
        (symhet.solve("kz", tau=-1.0, check=False), HAT_APPLIES[1]),
    ]
    for other, why in cases:
        found = hat(base, other)
        assert str(found.verdict) == why
        assert all(np.isnan(value) for value in found.by_shares.values())
        assert np.isnan(found.ratios["welfare"]) == (why == HAT_APPLIES[1])


def test_the_gain_from_trade_is_a_power_of_the_domestic_share():
    rng, size = np.random.default_rng(4), 300
    shape = 3 + rng.uniform(0.2, 5, size)
    law = symhet.numerics.distributions.Pareto(shape)
    p = {
        "f_e": 1e-4,
        "tau": rng.uniform(1.05, 2.5, size),
        "f_ex": rng.uniform(0.5, 4, size),
        "beta": rng.uniform(0.1, 0.9, size),
    }
    economy = symhet.solve("kz", distribution=law, f_I=np.inf, n=rng.integers(1, 9, size), **p)
    found = gains(economy)
    home_first = economy.phi_ex > economy.phi_min
    np.testing.assert_array_equal(found.verdict == "", home_first)
    assert set(found.verdict[~home_first]) == {GAINS_APPLY[4]}
    assert (np.abs(found.by_share / found.exact - 1)[~home_first] > 1e-6).all()
    np.testing.assert_allclose(found.by_share[home_first], found.exact[home_first], rtol=1e-12)
    assert (found.exact > 1).all()


def test_where_the_share_does_not_decide_the_gain_differs():
    cases = [
        (symhet.solve("kz"), GAINS_APPLY[3]),
        (symhet.solve("kz", f_I=np.inf, distribution="lognormal:mu=0,sigma=0.6"), GAINS_APPLY[2]),
        (symhet.solve("kz", f_I=np.inf, f_e=50.0), GAINS_APPLY[5]),
        (symhet.solve("kz", f_I=np.inf, f_ex=0.01, tau=1.05), GAINS_APPLY[4]),
        (symhet.solve("kz", tau=-1.0, check=False), GAINS_APPLY[1]),
    ]
    for economy, why in cases:
        found = gains(economy)
        assert str(found.verdict) == why
        assert not abs(found.by_share / found.exact - 1) < 1e-6


def test_economies_that_cannot_be_compared_are_named():
    one, two, three = symhet.solve("kz"), symhet.solve("kz", tau=[1.7, 1.8]), symhet.solve("kz", tau=[1.7, 1.8, 1.9])
    with pytest.raises(DomainError, match="before and after go together"):
        hat(two, three)
    for before, after, name in ((one, symhet.solve("bo", regime="autarky"), "after"), (1.0, one, "before")):
        with pytest.raises(DomainError, match=f"{name} is a solved economy"):
            hat(before, after)


def test_ratios_of_what_has_few_digits_are_none():
    before, after = symhet.solve("kz", f_ex=1e60), symhet.solve("kz", f_ex=[1e63, 1e230, 1e218, 1e60])
    found = hat(before, after)
    assert (found.verdict == "").all()
    assert after.M_ex[1] == 0
    assert 0 < after.M_ex[2] < 2e-308
    for name in ("M_ex", "exports_X"):
        np.testing.assert_array_equal(np.isnan(found.ratios[name]), [False, True, name == "M_ex", False])
        known = np.isfinite(found.ratios[name])
        np.testing.assert_allclose(found.by_shares[name][known], found.ratios[name][known], rtol=1e-10)
    assert 0 < found.by_shares["M_ex"][2] < 1e-200
    switched_on = hat(symhet.solve("kz", f_ex=np.inf), before)
    assert switched_on.ratios["M_ex"] == np.inf
