"""Far outside the ordinary range a result is right, or NaN with a reason."""

import mpmath as mp
import numpy as np
import pytest

from symhet.errors import SolverError
from symhet.numerics import solve_kz
from symhet.numerics.distributions import Frechet, Mixture, Pareto, TruncatedPareto, Weibull
from symhet.papers.bo.solver import solve_bo
from symhet.papers.kz.solution import FEW_DIGITS
from tests.numerics.wide import FAMILIES, PLENTY, account_gaps, at, wide
from tests.referees.exact_kz import compare, upper_gamma
from tests.sources import ROOT, loaded

OFF = 1e-12
"""Relative error that a result may have: four digits less than all."""
OFF_INSIDE = 1e-10
"""The same for mixtures with an end of a component inside their support: a cutoff next to it keeps fewer digits."""


def check_accounts(family, size, seed=1):
    p, law = wide(family, np.random.default_rng([seed, FAMILIES.index(family)]), size)
    found = solve_kz(distribution=law, check=False, **p)
    solved = found.status_number == 0
    assert (found.status[~solved] != "").all()
    assert np.isnan(found.welfare[~solved]).all()
    assert account_gaps(p, found)[solved].max() < 1e-9
    return 1 - solved.mean()


def check_digits(family, size, seed=2):
    """Return the worst error, and how many draws have their exact solution within 1e±100; none of these is NaN."""
    p, law = wide(family, np.random.default_rng([seed, FAMILIES.index(family)]), size)
    found, law = solve_kz(distribution=law, check=False, **p), law.flat((size,))
    worst, inside = 0.0, 0
    for i in range(size):
        errors, within = compare({name: value[i] for name, value in p.items()}, law.part(i), at(found, i))
        inside += within
        assert errors or not within, (family, i, found.status[i])
        worst = max([worst, *errors.values()])
        assert worst < (OFF_INSIDE if family == "mixture-bounded" else OFF), (family, i, errors)
    return worst, inside


@pytest.mark.parametrize("family", FAMILIES)
def test_accounts_close_or_a_reason_is_told(family):
    assert check_accounts(family, 3000) < 0.03


@pytest.mark.parametrize("family", FAMILIES)
def test_solutions_are_those_of_sixty_digits(family):
    check_digits(family, 12)


@pytest.mark.slow
@pytest.mark.parametrize("family", FAMILIES)
def test_accounts_close_at_two_hundred_thousand_draws(family):
    print(f"\n{family}: share of NaN {check_accounts(family, 200_000, seed=11):.2%}")


@pytest.mark.slow
@pytest.mark.parametrize("family", FAMILIES)
def test_five_hundred_solutions_are_those_of_sixty_digits(family):
    worst, inside = check_digits(family, 500, seed=12)
    print(f"\n{family}: {inside} of 500 within 1e±100, none of them NaN; largest relative error {worst:.1e}")


def test_reported_points_are_solved():
    p = {"L_w": PLENTY}
    for law, given in [
        (Weibull(10, 1), {"sigma": 1.1, "f_I": 100.0}),
        (Frechet(12, 1), {"sigma": 1.2, "f_I": 1e6}),
        (Weibull(4, 1), {"f_I": [1.2, 1e100]}),
        (Pareto(0.5, 1), {"sigma": 1.02}),
    ]:
        found = solve_kz(distribution=law, check=False, **p, **given)
        assert np.all(found.status == "")
        assert np.all(found.M_e > 0)
        assert np.all(np.isfinite(found.welfare))


def test_next_to_an_end_inside_the_support_digits_are_told_or_there_is_none():
    inner, outer = TruncatedPareto(3.0, 0.6, 0.64), TruncatedPareto(10.0, 0.0106, 3.0)
    law = Mixture([0.7, 0.3], [inner, outer])
    # The lower the cost of entry, the nearer the cutoff to the end of the one component.
    p = {"sigma": 10.0, "f_p": 1e5, "f_I": np.inf, "f_ex": np.inf, "L_w": PLENTY}
    entry = 10.0 ** np.linspace(2, -13, 61)
    found = solve_kz(distribution=law, check=False, f_e=entry, **p)
    away = np.abs(np.log(found.phi_min / 0.64))
    assert set(found.status) == {"", FEW_DIGITS}
    assert np.nanmin(away) < 1e-5
    for i in np.flatnonzero(found.status == ""):
        given = {**{name: float(v) for name, v in found.parameters.items() if np.ndim(v) == 0}, "f_e": entry[i]}
        errors, _ = compare(given, law, at(found, i))
        assert max(errors.values()) < OFF_INSIDE, entry[i]


def test_what_leaves_the_floating_point_numbers_is_nan_and_says_so():
    given = {"sigma": [1.02, 4.0], "f_ex": 1e200, "L_w": PLENTY}
    found = solve_kz(check=False, **given)
    assert found.status.tolist() == ["a result leaves the floating-point numbers", ""]
    assert np.isnan(found.phi_ex).tolist() == [True, False]
    with pytest.raises(SolverError, match="a result leaves the floating-point numbers") as caught:
        solve_kz(**given)
    assert caught.value.where == "kz, index (0,)"


@pytest.mark.parametrize("regime", ["autarky", "no-relocation", "short-run", "long-run"])
def test_the_second_model_s_accounts_close_for_wide_draws_too(regime):
    rng, size = np.random.default_rng(3), 20_000

    def logs(low, high):
        return np.exp(rng.uniform(np.log(low), np.log(high), size))

    def share():
        near = logs(1e-9, 0.3)
        return np.select([rng.random(size) < 0.4, rng.random(size) < 0.5], [rng.uniform(0, 1, size), near], 1 - near)

    sigma, f = 1 + logs(0.02, 29), logs(1e-6, 1e6)
    rho = np.maximum((sigma - 1) * (1 + logs(1e-6, 60)), 1.0001)
    p = {"sigma": sigma, "rho": rho, "phi": share(), "s_E": 0.5 + 0.5 * share(), "f": f}
    p["f_I"] = f / (rho / (sigma - 1) - 1) * share()
    births = {"s_n": share()} if regime == "long-run" else {}
    found = solve_bo(regime, check=False, **p, **births)
    assert set(found.status) <= {"", "s_n<=s_H"}
    assert (found.phase[found.status != ""] == "inadmissible").all()
    assert np.isnan(found.n[found.status != ""]).all()


def test_the_benchmark_of_wide_draws_counts_what_is_lost(capsys):
    bench = loaded(ROOT / "benchmarks" / "bench_wide.py")
    row = bench.measure("pareto", 2000, 4)
    assert row.missing == sum(row.reasons.values()) > 0
    assert row.examined == (4, 4)
    assert row.share_lost == 0
    assert row.error < OFF
    assert row._replace(within=(2, 1)).share_lost == pytest.approx(
        row.missing / 4 / ((row.draws - row.missing) / 2 + row.missing / 4)
    )
    bench.main(100, 1)
    assert len(capsys.readouterr().out.splitlines()) > len(FAMILIES)


def test_the_referee_s_gamma_function_is_mpmath_s():
    with mp.workdps(60):
        for s, y in ((1.2, 1e-5), (1.001, 0.7), (3.0, 4.5), (30.0, 31.5), (90.0, 40.0), (1.5, 2.51), (90.0, 300.0)):
            order, at = mp.mpf(s), mp.mpf(y)
            assert abs(upper_gamma(order, at) / mp.gammainc(order, at) - 1) < mp.mpf(10) ** -50
