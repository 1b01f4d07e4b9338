"""Sweeps: the numbers of single solutions, whatever the executor, and nothing lost to a kill."""

import os
import signal
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import numpy as np
import pytest

import symhet
from symhet.errors import DomainError, InterruptedRun, OutputError, UnknownModel, UnknownParameter
from symhet.numerics import sweeps
from symhet.numerics.distributions import Pareto
from symhet.numerics.faults import StoreDamaged
from tests.forked import FORKED
from tests.numerics.interrupted import OVER, stopped_sweep

xr = pytest.importorskip("xarray")
pytest.importorskip("zarr")

KEPT = ["phi_ex", "welfare", "diversified"]


@pytest.fixture(scope="module")
def plain():
    return symhet.sweep("kz", OVER, KEPT, tau=1.7)


def test_every_point_is_what_solve_finds(plain):
    for i, j in [(0, 0), (3, 5), (8, 6)]:
        one = symhet.solve("kz", tau=1.7, tau_I=OVER["tau_I"][i], f_I=OVER["f_I"][j])
        for name in KEPT:
            assert plain[name].values[i, j] == pytest.approx(float(getattr(one, name)), rel=1e-13)


def test_variables_tell_what_they_are(plain):
    assert plain["welfare"].attrs == {"long_name": "real wage", "units": "1", "latex": "w/P"}
    assert plain["tau_I"].attrs["latex"] == r"\tau_I"
    assert plain["diversified"].dtype == bool


def test_inadmissible_points_are_nan():
    found = symhet.sweep("kz", {"sigma": [0.5, 4.0]}, ["welfare"])
    assert np.isnan(found["welfare"].values).tolist() == [True, False]


def test_chunks_processes_and_stores_change_nothing(plain, tmp_path):
    with ProcessPoolExecutor(2, mp_context=FORKED) as pool:
        stored = symhet.sweep("kz", OVER, KEPT, pool, tmp_path / "a.zarr", chunk=10, tau=1.7)
        xr.testing.assert_identical(stored.load().drop_attrs(deep=False), plain.drop_attrs(deep=False))
    with ThreadPoolExecutor(3) as pool:
        threads = symhet.sweep("kz", OVER, KEPT, pool, chunk=4, tau=1.7)
    xr.testing.assert_identical(threads, plain)


def test_samples_go_together_one_by_one():
    values = {"tau_I": [1.1, 1.2, 1.3], "distribution.shape": [4.5, 5.0, 5.5]}
    found = symhet.sweep("kz", values, ["M"], samples=True)
    one = symhet.solve("kz", distribution="pareto:shape=5,scale=1", tau_I=1.2)
    assert found["M"].dims == ("sample",)
    assert found["M"].values[1] == pytest.approx(float(one.M), rel=1e-14)
    with pytest.raises(DomainError):
        symhet.sweep("kz", {"tau_I": [1.1], "f_I": [1.0, 2.0]}, samples=True)


def test_formulas_of_claims_are_swept_too():
    found = symhet.sweep("bo.eq9", {"phi": [0.1, 0.3]}, ["n_w"], sigma=4.0, beta=1.4, s_E=0.55, f=1.0, f_I=1.0)
    assert found["n_w"].values == pytest.approx((1 - 1 / 1.4) / (1 + np.array([0.1, 0.3]) ** 1.4), rel=1e-14)


def test_what_was_finished_is_not_solved_again(plain, tmp_path, monkeypatch):
    store, real, solved = tmp_path / "s.zarr", sweeps._solve, []

    def interrupted(*given):
        if len(solved) == 4:
            raise KeyboardInterrupt
        solved.append(1)
        return real(*given)

    monkeypatch.setattr(sweeps, "_solve", interrupted)
    with pytest.raises(InterruptedRun) as caught:
        symhet.sweep("kz", OVER, KEPT, out=store, chunk=7, tau=1.7)
    assert (caught.value.finished, caught.value.total) == (4, 9)
    monkeypatch.setattr(sweeps, "_solve", lambda *given: solved.append(1) or real(*given))
    found = symhet.sweep("kz", OVER, KEPT, out=store, chunk=7, tau=1.7)
    assert len(solved) == 9
    xr.testing.assert_equal(found.load(), plain)


def test_a_store_with_something_else_is_refused(tmp_path):
    store = tmp_path / "s.zarr"
    symhet.sweep("kz", {"tau_I": [1.1]}, ["M"], out=store)
    with pytest.raises(OutputError, match="another sweep"):
        symhet.sweep("kz", {"tau_I": [1.2]}, ["M"], out=store)
    with pytest.raises(OutputError, match=r"zarr store or a netCDF file"):
        symhet.sweep("kz", {"tau_I": [1.2]}, ["M"], out=tmp_path / "s.txt")
    with pytest.raises(OutputError, match="does not exist"):
        symhet.sweep("kz", {"tau_I": [1.2]}, ["M"], out=tmp_path / "missing" / "s.zarr")


def test_names_are_checked_before_anything_is_solved():
    with pytest.raises(UnknownModel):
        symhet.sweep("kzz", {"tau": [1.0]})
    with pytest.raises(UnknownParameter):
        symhet.sweep("kz", {"taux": [1.0]})
    with pytest.raises(UnknownParameter):
        symhet.sweep("kz", {"tau": [1.5]}, ["welfar"])
    with pytest.raises(UnknownParameter):
        symhet.sweep("bo", {"phi": [0.5]}, distribution="pareto:shape=5,scale=1")


@pytest.mark.parametrize(("name", "kept"), [("killed.zarr", "killed.zarr"), ("killed.nc", "killed.nc.unfinished.zarr")])
def test_after_a_kill_the_store_is_gone_on_with(plain, tmp_path, name, kept):
    store = tmp_path / name
    process = stopped_sweep(store, KEPT, chunk=1, chunks=20)
    marks = tmp_path / kept / "symhet_progress" / "finished" / "c"
    while (not marks.is_dir() or len(list(marks.iterdir())) < 5) and process.is_alive():
        time.sleep(0.01)
    process.kill()
    process.join()
    done = len(list(marks.iterdir()))
    assert 5 <= done < 63
    found = symhet.sweep("kz", OVER, KEPT, out=store, chunk=1, tau=1.7)
    xr.testing.assert_equal(found.load(), plain)
    assert sorted(path.name for path in tmp_path.iterdir()) == [name]


def test_a_netcdf_file_has_what_is_in_memory(plain, tmp_path, monkeypatch):
    file = tmp_path / "s.nc"
    with symhet.sweep("kz", OVER, KEPT, out=file, chunk=10, tau=1.7) as found:
        xr.testing.assert_equal(found.load(), plain)
        assert found["diversified"].dtype == bool
        assert {name: found["welfare"].attrs[name] for name in plain["welfare"].attrs} == plain["welfare"].attrs
    monkeypatch.setattr(sweeps, "_solve", None)
    with symhet.sweep("kz", OVER, KEPT, out=file, chunk=10, tau=1.7) as again:
        xr.testing.assert_equal(again.load(), plain)
    with pytest.raises(OutputError, match="another sweep"):
        symhet.sweep("kz", OVER, KEPT, out=file, chunk=10, tau=1.6)
    other = tmp_path / "other.nc"
    other.write_text("not netCDF")
    with pytest.raises(StoreDamaged, match="cannot be read as a netCDF file"):
        symhet.sweep("kz", OVER, KEPT, out=other, chunk=10, tau=1.7)


@pytest.mark.parametrize("suffix", ["zarr", "nc"])
def test_samples_can_be_stored(tmp_path, suffix):
    values = {"tau_I": [1.1, 1.2, 1.3], "f_I": [1.0, 1.1, 1.2]}
    with symhet.sweep("kz", values, ["M", "regime"], samples=True, out=tmp_path / f"s.{suffix}", chunk=2) as found:
        plain = symhet.sweep("kz", values, ["M", "regime"], samples=True)
        xr.testing.assert_equal(found.load(), plain)


@pytest.mark.parametrize("out", [None, "s.zarr", "s.nc"])
def test_names_of_phases_are_codes_with_their_meaning(tmp_path, out):
    phi = [0.1, 0.6, 0.7, 0.95, 1.5]
    store = tmp_path / out if out else None
    with symhet.sweep("bo", {"phi": phi}, ["phase", "a_R"], regime="short-run", out=store) as found:
        codes, told = found["phase"].values, found["phase"].attrs
    names = dict(zip(np.atleast_1d(told["flag_values"]).tolist(), told["flag_meanings"].split(), strict=True))
    expected = [str(symhet.solve("bo", regime="short-run", phi=x).phase) for x in phi[:-1]]
    assert [names[code] for code in codes.tolist()] == [*expected, "inadmissible"]
    assert codes.dtype == np.int8
    assert len(set(expected)) == 3


def test_names_of_regimes_are_codes_too():
    f_I = [0.3, 1.2, 3.0, 5.5, -1.0]
    found = symhet.sweep("kz", {"f_I": f_I})
    names = found["regime"].attrs["flag_meanings"].split()
    at = [names[found["regime"].attrs["flag_values"].index(code)] for code in found["regime"].values.tolist()]
    assert at == [*(str(symhet.solve("kz", f_I=x).regime) for x in f_I[:-1]), "inadmissible"]


@pytest.mark.slow
def test_a_worker_that_is_killed_loses_nothing(plain):
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        victims = [worker.pid for worker in cluster.workers.values()]
        killed = []

        def kill_once() -> None:
            if not killed:
                os.kill(victims[0], signal.SIGKILL)
                killed.append(victims[0])

        real = sweeps._bar

        def bar(*given):
            from contextlib import contextmanager

            @contextmanager
            def watched():
                with real(*given) as show:
                    yield lambda total, finished: (show(total, finished), kill_once() if finished else None)

            return watched()

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sweeps, "_bar", bar)
            found = symhet.sweep("kz", OVER, KEPT, client, chunk=1, tau=1.7)
    assert killed
    xr.testing.assert_identical(found, plain)


def test_a_bad_point_is_told_and_kills_nothing(tmp_path):
    over = {"f_I": [1.2, 1e100, -1.0, np.inf], "distribution.shape": [4.5, -1.0, 2.0]}
    found = symhet.sweep("kz", over, out=tmp_path / "s.zarr", chunk=2)
    told = found["status"].attrs["flag_meanings"].split()
    texts = [[told[code] for code in row] for row in found["status"].values.tolist()]
    bad = ["parameters_of_the_distribution", "finite_(sigma-1)-th_moment"]
    assert texts == [["solved", *bad], ["solved", *bad], ["f_I_>_0", bad[0], "f_I_>_0"], ["solved", *bad]]
    assert np.isfinite(found["welfare"].values).tolist() == [[True, False, False]] * 2 + [
        [False] * 3,
        [True, False, False],
    ]
    assert (found["regime"].values[:, 1] == -1).all()
    text = symhet.solve("kz", distribution="pareto:shape=4.5", f_I=over["f_I"], check=False).status
    assert text.tolist() == ["", "", "f_I > 0", ""]


def test_a_monte_carlo_of_wide_draws_finishes():
    rng = np.random.default_rng(0)
    over = {"distribution.shape": rng.uniform(-0.5, 30, 4000), "f_I": np.exp(rng.uniform(-14, 14, 4000))}
    found = symhet.sweep("kz", over, samples=True, distribution="weibull:shape=2", sigma=1.1, L_w=1e9)
    solved = found["status"].values == 0
    assert 0.9 < solved.mean() < 1
    assert (np.isfinite(found["welfare"].values) == solved).all()


def test_a_sweep_has_one_law_and_uses_what_is_given():
    with pytest.raises(DomainError, match="one distribution"):
        symhet.sweep("kz", {"tau_I": [1.1, 1.2]}, ["welfare"], distribution=Pareto([5, 6]))
    for unused in ({"distribution": "pareto:shape=5"}, {"regime": "long-run"}):
        with pytest.raises(UnknownParameter):
            symhet.sweep("bo.eq9", {"phi": [0.2, 0.3]}, ["n_w"], **unused)
