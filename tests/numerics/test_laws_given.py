"""Distributions as they are given: SciPy's, data in bins, and firms one by one."""

import numpy as np
import pytest
from scipy import stats

import symhet
from symhet.errors import DomainError
from symhet.numerics.distributions import (
    Empirical,
    Frozen,
    Histogram,
    Pareto,
    as_distribution,
)

SHAPES = {"lognorm": (0.6,), "pareto": (4.5,), "weibull_min": (1.5,), "invweibull": (4.5,), "truncpareto": (3.0, 9.0)}


@pytest.mark.parametrize("name", SHAPES)
def test_families_of_scipy_with_closed_forms_are_these(name):
    frozen = getattr(stats, name)(*SHAPES[name], scale=1.3)
    law = as_distribution(frozen, Pareto(5))
    assert not isinstance(law, Frozen)
    x = np.array([1.31, 1.7, 4.0])
    np.testing.assert_allclose(law.survival(x), frozen.sf(x), rtol=1e-13)
    np.testing.assert_allclose(law.density(x), frozen.pdf(x), rtol=1e-13)
    shifted = as_distribution(getattr(stats, name)(*SHAPES[name], loc=0.5), Pareto(5))
    assert isinstance(shifted, Frozen)


def test_a_scipy_distribution_is_taken_as_it_is():
    found = symhet.solve("kz", distribution=stats.lognorm([0.5, 0.6]))
    assert found.welfare[1] == symhet.solve("kz", distribution="lognormal:mu=0,sigma=0.6").welfare
    [entry] = symhet.statics(of=["phi_ex"], to=["tau"], distribution=stats.pareto(4.5), signs=False)
    [same] = symhet.statics(of=["phi_ex"], to=["tau"], distribution="pareto:shape=4.5", signs=False)
    assert entry.elasticity == same.elasticity


@pytest.mark.parametrize(
    ("law", "why"),
    [
        (stats.poisson(3), "Empirical"),
        (stats.gamma([2, 3]), "scalars"),
        (stats.norm(), "positive productivity"),
        (stats.lognorm, "continuous frozen"),
        (3.0, "continuous frozen"),
    ],
)
def test_a_law_that_does_not_fit_says_why(law, why):
    with pytest.raises(DomainError, match=why):
        symhet.solve("kz", distribution=law)


LAWS = {
    "log-logistic": stats.fisk(5),
    "triangular": stats.triang(0.3, loc=1, scale=3),
    "trapezoid": stats.trapezoid(0.2, 0.6, loc=1),
    "dagum": stats.mielke(3, 6),
    "burr": stats.burr(5, 2),
    "truncated exponential": stats.truncexpon(3),
    "shifted lognormal": stats.lognorm(0.5, loc=1),
    "gamma": stats.gamma(2),
}


@pytest.mark.parametrize("name", LAWS)
def test_laws_without_closed_form_are_integrated(name):
    frozen, k = LAWS[name], 2.5
    found = symhet.solve("kz", distribution=frozen, sigma=k + 1, L_w=1e6)
    assert found.L_Y + found.L_I + found.L_X + found.L_e == pytest.approx(1, rel=1e-9)
    low, high = frozen.support()
    grid = np.concatenate([[low + 1e-9], frozen.ppf(np.linspace(1e-6, 1 - 1e-9, 20_001)), [min(high, 1e3)]])
    x = 0.5 * (grid[1:] + grid[:-1])
    moment = np.sum(x**k * frozen.pdf(x) * np.diff(grid))
    assert float(np.exp(Frozen(frozen).log_moment(k))) == pytest.approx(moment, rel=2e-2)


def test_the_log_logistic_tail_is_known_to_the_last_digits():
    import mpmath as mp

    law, k = Frozen(stats.fisk(5)), 2.5
    with mp.workdps(30):
        for x in (0.2, 1.5, 40.0, 1e6):
            y = mp.mpf(x) ** -5
            moment = mp.mpf(x) ** mp.mpf(-k) * mp.quad(lambda u: u ** mp.mpf(-0.5) / (1 + u) ** 2, [0, y])
            assert float(law.tails(x, k).survival) == pytest.approx(float(y / (1 + y)), rel=1e-11)
            assert float(law.tails(x, k).moment) == pytest.approx(float(moment), rel=1e-11)


def test_a_histogram_is_integrated_bin_by_bin():
    import mpmath as mp

    breaks, masses, k = [0.5, 1.0, 2.0, 5.0], [0.2, 0.5, 0.3], 3.3
    law = Histogram(breaks, masses)
    for x in (0.1, 0.7, 1.999999, 4.99999):
        with mp.workdps(30):
            expected = [
                sum(
                    mp.mpf(m) / (high - low) * mp.quad(lambda t, q=q, x=x: (t / mp.mpf(x)) ** q, [max(low, x), high])
                    for m, low, high in zip(masses, breaks, breaks[1:], strict=False)
                    if high > x
                )
                for q in (0, k)
            ]
        found = law.tails(x, k)
        assert float(found.survival) == pytest.approx(float(expected[0]), rel=1e-11)
        assert float(found.moment) == pytest.approx(float(expected[1]), rel=1e-11)
        assert float(found.excess) == pytest.approx(float(expected[1] - expected[0]), rel=1e-9)
    counts = np.histogram(np.random.default_rng(0).lognormal(0, 0.5, 1000), bins=30)
    assert isinstance(as_distribution(stats.rv_histogram(counts, density=False), Pareto(5)), Histogram)


def test_a_list_of_firms_is_summed_firm_by_firm():
    values = np.random.default_rng(1).lognormal(0, 0.6, 500)
    law, k, x = Empirical(values), 3.0, 1.2
    above = values[values > x]
    assert float(law.survival(x)) == pytest.approx(above.size / 500, rel=1e-13)
    assert float(law.tail_moment(x, k)) == pytest.approx(np.sum(above**k) / 500, rel=1e-13)
    found = symhet.solve("kz", distribution=law, tau_I=[1.1, 1.2, 1.25], f_I=[[1.2], [1.3]], L_w=1e3)
    np.testing.assert_allclose(found.L_Y + found.L_I + found.L_X + found.L_e, 1, rtol=1e-9)
    many = Empirical(stats.lognorm(0.6).ppf((np.arange(20_000) + 0.5) / 20_000))
    near = symhet.solve("kz", distribution="lognormal:mu=0,sigma=0.6", L_w=1e3)
    assert float(symhet.solve("kz", distribution=many, L_w=1e3).phi_min) == pytest.approx(float(near.phi_min), rel=3e-3)


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: Histogram([1, 2], [1, 2]), "one mass a bin"),
        (lambda: Histogram([2, 1], [1]), "ordered support"),
        (lambda: Histogram([1, 2], [-1]), "positive mass"),
        (lambda: Empirical([1.0, -2.0]), "productivities > 0"),
        (lambda: Empirical([1.0, 2.0], [1.0]), "one weight a firm"),
        (lambda: Empirical([1.0], [0.0]), "positive weight"),
    ],
)
def test_data_that_are_no_distribution_are_refused(make, why):
    with pytest.raises(DomainError, match=why):
        make()
