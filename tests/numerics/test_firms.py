"""Moments of the size distribution against closed forms for Pareto, and against firms that are drawn."""

import mpmath as mp
import numpy as np
import pytest

import symhet
from symhet.errors import DomainError
from symhet.numerics.distributions import LogNormal, Pareto
from symhet.papers.kz.firm_sizes import MOMENTS

A, SIGMA = 7.0, 4.0
K = SIGMA - 1


@pytest.fixture(scope="module")
def economy():
    return symhet.solve("kz", distribution=f"pareto:shape={A},scale=1", n=2.0, f_e=0.1, L_w=10.0)


def test_moments_of_pareto_have_closed_forms(economy):
    found, p = economy.moments(), economy.parameters
    off, ex = float(economy.phi_off / economy.phi_min), float(economy.phi_ex / economy.phi_min)
    gain, reach = float(economy.p_I_off / economy.p_I_d) ** (-0.5 * K), 2.0 * float(p["tau"]) ** -K
    steps = [(1.0, 1.0), (off, gain), (ex, gain * (1 + reach))]

    def total(power, beyond=1.0):
        """Sum of sales to a power over firms beyond a productivity, in units of the smallest firm's."""
        found = 0.0
        for i, (start, level) in enumerate(steps):
            low, order = max(start, beyond), A - power * K
            high = steps[i + 1][0] if i < 2 else np.inf
            if high > low:
                found += level**power * A / order * (low**-order - (0.0 if high == np.inf else high**-order))
        return found

    few = 1 - ex**-A
    abroad = total(1, ex)
    expected = {
        "share_producing": float(economy.phi_min) ** -A,
        "share_offshoring": off**-A,
        "share_exporting": ex**-A,
        "export_intensity": reach / (1 + reach),
        "export_share": reach / (1 + reach) * abroad / total(1),
        "offshoring_share": total(1, off) / total(1),
        "mean_sales": 0.5 / float(economy.M),
        "export_premium": abroad / ex**-A / ((total(1) - abroad) / few),
        "offshoring_premium": total(1, off) / off**-A / ((total(1) - total(1, off)) / (1 - off**-A)),
        "variation_of_sales": np.sqrt(total(2) / total(1) ** 2 - 1),
        "top_10_percent": total(1, 0.1 ** (-1 / A)) / total(1),
        "top_1_percent": total(1, 0.01 ** (-1 / A)) / total(1),
    }
    assert list(expected) == list(MOMENTS)
    for name, value in expected.items():
        assert float(found[name]) == pytest.approx(value, rel=1e-12), name


@pytest.mark.parametrize("number", [100_000, pytest.param(1_000_000, marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    ("law", "given"),
    [
        ("lognormal:mu=0,sigma=0.5", {}),
        ("weibull:shape=1.5,scale=1", {"f_ex": 0.4}),
        ("truncated-pareto:shape=2,scale=1,upper=20", {}),
        ("0.3*lognormal:mu=0,sigma=0.5+0.7*pareto:shape=9", {"f_I": 5.0}),
        ("frechet:shape=9,scale=1", {"f_ex": np.inf}),
    ],
)
def test_so_many_firms_have_these_moments(law, given, number):
    economy = symhet.solve("kz", distribution=law, L_w=1e3, **given)
    firms, found = economy.firms(number, seed=5), economy.moments()
    sales = (firms["home_sales"] + firms["export_sales"]).values
    exports, offshores = firms["exports"].values, firms["offshores"].values

    def close(value, name, spread):
        assert abs(value - float(found[name])) < 5 * spread / np.sqrt(number) + 1e-15, name

    close(exports.mean(), "share_exporting", exports.std())
    close(offshores.mean(), "share_offshoring", offshores.std())
    close(sales.mean(), "mean_sales", sales.std())
    close(
        firms["export_sales"].values.sum() / sales.sum(),
        "export_share",
        firms["export_sales"].values.std() / sales.mean(),
    )
    ranked = np.sort(sales)[::-1]
    close(ranked[: number // 10].sum() / sales.sum(), "top_10_percent", sales.std() / sales.mean())
    if exports.any():
        premium = sales[exports].mean() / sales[~exports].mean()
        assert premium == pytest.approx(float(found["export_premium"]), rel=20 / np.sqrt(number))
    else:
        assert np.isnan(float(found["export_premium"]))
    assert firms["profit"].values.min() > -1e-9
    total_profit = float(economy.M) * firms["profit"].values.mean()
    assert total_profit == pytest.approx(
        float(economy.L_e), rel=5 * firms["profit"].values.std() / np.sqrt(number) / firms["profit"].values.mean()
    )


def test_the_same_seed_draws_the_same_firms_whatever_the_shape():
    economies = symhet.solve("kz", tau_I=[[1.1, 1.2, -1.0]], check=False)
    firms = economies.firms(50, seed=3)
    assert firms["home_sales"].dims == ("economy_0", "economy_1", "firm")
    assert firms["home_sales"].shape == (1, 3, 50)
    assert firms["home_sales"].attrs["units"] == "units of Y"
    assert np.isnan(firms["home_sales"].values[0, 2]).all()
    np.testing.assert_array_equal(firms["profit"], economies.firms(50, seed=3)["profit"])
    assert np.isnan(economies.moments()["mean_sales"]).tolist() == [[False, False, True]]
    with pytest.raises(DomainError, match="whole number"):
        economies.firms(0)


def test_firms_of_a_list_are_those_of_the_list():
    values = np.random.default_rng(1).lognormal(0, 0.5, 200)
    from symhet.numerics.distributions import Empirical

    firms = symhet.solve("kz", distribution=Empirical(values), L_w=1e3).firms(400, seed=1)
    drawn = firms["productivity"].values
    assert np.abs(drawn[:, None] / values - 1).min(axis=1).max() < 1e-12


def test_without_trade_the_model_is_melitz_s():
    given = {"f_I": np.inf, "beta": 0.9, "sigma": 4.0, "f_p": 2.0, "f_e": 3.0, "n": 1.0, "L": 5.0}
    closed = symhet.solve("kz", distribution="pareto:shape=4.5,scale=1", f_ex=np.inf, **given)
    assert (str(closed.regime), str(closed.status)) == ("no-trade", "")
    a, k, f, f_e = 4.5, 3.0, 2.0, 3.0
    cutoff = (k / (a - k) * f / f_e) ** (1 / a)
    assert float(closed.phi_min) == pytest.approx(cutoff, rel=1e-14)
    producing = 0.9 * 5.0 / (4.0 * (f_e * cutoff**a + f))
    assert float(closed.M) == pytest.approx(producing, rel=1e-13)
    assert np.isinf([closed.phi_off, closed.phi_ex]).all()
    assert (closed.M_ex, closed.exports_X, closed.imports_I_cif, closed.I_w) == (0, 0, 0, 0)
    trading = symhet.solve("kz", distribution="pareto:shape=4.5,scale=1", f_ex=4.0, tau=1.3, **given)
    ratio = 1.3 * (4.0 / f) ** (1 / k)
    assert float(trading.phi_ex / trading.phi_min) == pytest.approx(ratio, rel=1e-13)
    opened = (k / (a - k) * (f + 4.0 * ratio**-a) / f_e) ** (1 / a)
    assert float(trading.phi_min) == pytest.approx(opened, rel=1e-13)
    assert float(trading.welfare / closed.welfare) == pytest.approx((opened / cutoff) ** 0.9, rel=1e-13)


@pytest.mark.parametrize("shape", [8.0, 20.0, 200.0, 2e4, 1e6, 1e8])
def test_the_variation_of_sales_has_nine_digits_or_is_none(shape):
    alone = {"f_I": np.inf, "f_ex": np.inf, "f_e": 1e-3 / shape}
    for law in (Pareto(shape, 1.0), LogNormal(0.0, 1 / shape)):
        found = symhet.solve("kz", distribution=law, **alone)
        k, value = mp.mpf(float(found.parameters["sigma"])) - 1, found.moments()["variation_of_sales"]
        with mp.workdps(40):
            if isinstance(law, Pareto):
                square = (shape / (shape - 2 * k)) / (shape / (shape - k)) ** 2
            else:
                z, s = mp.log(float(found.phi_min)), mp.mpf(float(law.sigma))
                none, one, two = (mp.exp((q * s) ** 2 / 2) * mp.ncdf(q * s - z / s) for q in (0, k, 2 * k))
                square = two * none / one**2
            exact = mp.sqrt(square - 1)
            assert np.isnan(value) if exact < 1e-6 else exact < 1e-3 or not np.isnan(value)
            assert np.isnan(value) or abs(value / exact - 1) < 1e-9
