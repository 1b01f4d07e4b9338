"""Threads change how long it takes and nothing else: results to the last bit, errors, and what NumPy was told."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

import symhet
from symhet.errors import DomainError
from symhet.numerics.distributions import LogNormal
from symhet.numerics.equilibrium import run
from symhet.numerics.free_entry import BLOCK
from symhet.numerics.sweeps import _attempt
from symhet.numerics.threads import alone, set_threads, shared, threads

MELITZ = Path(__file__).parents[1] / "cases" / "melitz.toml"
COUNTS = 1, 2, 5


@pytest.fixture
def usual(monkeypatch):
    yield
    monkeypatch.delenv("SYMHET_THREADS", raising=False)
    set_threads(None)


def bits(values):
    return {name: np.asarray(value).tobytes() for name, value in values.items()}


@pytest.mark.parametrize("backend", ["numpy", "numba"])
@pytest.mark.parametrize("varying", [None, "f_I", "sigma"], ids=["all", "f_I", "sigma"])
def test_numeric_functions_give_the_same_bits(backend, varying, rng, usual):
    pytest.importorskip(backend)
    kernel, points = symhet.numeric("kz.eq12", backend=backend), 600_001
    given = {name: rng.uniform(0.2, 2.2, points) + (name == "sigma") for name in kernel.inputs}
    given["f_I"][-1000:] = given["sigma"][-1000:] = -1.0
    if varying:
        given = {name: values if name == varying else values[0] for name, values in given.items()}
        given |= {"p_I_d": 1.0, "p_I_off": 0.8}
    found = []
    for count in COUNTS:
        set_threads(count)
        found.append(bits(kernel(**given)))
        assert bits(kernel(threads=count, **given)) == found[0]
    assert found[0] == found[1] == found[2]
    value = np.frombuffer(next(iter(found[0].values())))
    assert 0 < np.count_nonzero(np.isnan(value)) < points


def test_equilibria_of_a_model_are_the_same_bits(rng, usual):
    model, size = symhet.read_model(MELITZ), 2 * run.BLOCK + 7
    given = {"tau": rng.uniform(0.9, 2, size), "sigma": rng.uniform(2, 6, size), "f_e": rng.lognormal(size=size)}
    given["f_x"] = given["tau"] ** (1 - given["sigma"]) * (0.9 + rng.exponential(size=size))
    law = LogNormal(rng.normal(0, 0.5, size), rng.uniform(0.3, 1.2, size))
    found = []
    for count in COUNTS:
        set_threads(count)
        solved = model.solve(distribution=law, check=False, **given)
        found.append(bits({**solved.values, **solved.residuals, "status": solved.status_number}))
    assert found[0] == found[1] == found[2]
    assert 0.5 < np.mean(solved.solved) < 1


def test_equilibria_of_a_paper_are_the_same_bits(rng, usual):
    size, found = 3 * BLOCK + 5, []
    given = {"tau_I": rng.uniform(0.9, 1.3, size), "sigma": rng.uniform(2, 6, size)}
    for count in COUNTS:
        set_threads(count)
        solved = symhet.solve("kz", distribution="lognormal:mu=0,sigma=0.6", check=False, **given)
        numbers = {name: getattr(solved, name) for name in ("welfare", "phi_min", "phi_ex", "M_e", "status_number")}
        found.append(bits(numbers))
    assert found[0] == found[1] == found[2]
    assert 0.5 < np.mean(solved.status_number == 0) < 1


def test_blocks_without_an_admissible_economy_are_passed_over(usual):
    model, size = symhet.read_model(MELITZ), 3 * run.BLOCK
    tau = np.full(size, 0.5)
    tau[-3:] = 1.5, 1.6, 1.7
    set_threads(2)
    solved = model.solve(tau=tau, check=False)
    alike = model.solve(tau=tau[-3:])
    assert np.count_nonzero(solved.solved) == 3
    np.testing.assert_allclose(solved.phi[-3:], alike.phi, rtol=1e-14)


def test_of_several_errors_the_first_is_raised():
    both = threading.Barrier(2, timeout=20)

    def work(items):
        for item in items:
            both.wait()
            raise ValueError(item)

    for _ in range(20):
        with pytest.raises(ValueError, match=r"^0$"):
            shared(work, range(5), 2)


def test_an_interrupt_ends_the_work():
    begun = []
    main, ready = threading.main_thread(), threading.Event()

    def work(items):
        for item in items:
            begun.append(item)
            if threading.current_thread() is main:
                ready.set()
                raise KeyboardInterrupt
            ready.wait(20)

    with pytest.raises(KeyboardInterrupt):
        shared(work, range(100), 2)
    assert len(begun) <= 3


def test_threads_do_what_the_caller_told_numpy_and_share_no_further():
    def work(items):
        return {(np.geterr()["over"], threads()) for _ in items}

    with np.errstate(over="raise"):
        told = shared(work, range(50), 3)
    assert set().union(*told) == {("raise", 1)}


def test_how_many_threads_there_are(monkeypatch, usual):
    monkeypatch.delenv("SYMHET_THREADS", raising=False)
    assert 1 <= threads() <= 4
    monkeypatch.setenv("SYMHET_THREADS", "7")
    assert threads() == 7
    assert set_threads(3) == threads() == 3
    with alone():
        assert threads() == 1
    assert threads() == 3
    assert set_threads(None) == 7
    for wrong in ("0", "-1", "two", "1.5", "²"):
        monkeypatch.setenv("SYMHET_THREADS", wrong)
        with pytest.raises(DomainError, match="SYMHET_THREADS"):
            threads()
    for wrong in (0, -1, 1.5, "2", True):
        with pytest.raises(DomainError, match="threads"):
            set_threads(wrong)


def test_chunks_of_an_executor_are_worked_out_by_one_thread(usual):
    set_threads(5)
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(_attempt, lambda values, shape: threads(), {}, ()).result() == 1
        assert pool.submit(threads).result() == 5
