"""Numeric functions take what does not vary as one number, which changes no result."""

import math

import numpy as np
import pytest

import symhet
from symhet.numerics.compiled.backends import _larger
from tests.numerics.compiled_points import ECONOMIES, rows


def test_one_point_is_worked_out_as_many_are(rng):
    for identifier in ("bo.eq9", "bo.eq24", "kz.eq12", "kz.eq15"):
        kernel = symhet.numeric(identifier)
        given = {name: rng.uniform(0.05, 1.5, 300) for name in kernel.inputs}
        if "M" in given:
            given["M"] = given["M_d"] + given["M_off"] + given["M_ex"]
        many = kernel(**given)
        for i, at in enumerate(rows(given)):
            for name, value in kernel(**at).items():
                assert type(value) is np.float64
                assert float(value) == pytest.approx(many[name][i], rel=1e-11, nan_ok=True)


def test_what_does_not_vary_is_one_number_seen_everywhere(rng):
    kernel = symhet.numeric("bo.eq9")
    given = {"sigma": 4.0, "beta": 1.5, "phi": 0.3, "f": 1.0, "f_I": 0.9}
    s_E = rng.uniform(0.51, 0.6, 10_000)
    found = kernel(**given, s_E=s_E)
    assert found["a_D"].strides == (0,)
    s_E[77] = 0.3
    marked = kernel(**given, s_E=s_E)
    for name in kernel.outputs:
        assert found[name].shape == marked[name].shape == s_E.shape
        assert np.flatnonzero(np.isnan(marked[name])).tolist() == [77]


@pytest.mark.parametrize("identifier", ECONOMIES)
def test_constants_that_are_put_together_change_nothing(identifier, rng):
    kernel, economy = symhet.numeric(identifier), ECONOMIES[identifier]
    for name in kernel.inputs:
        varied = economy[name] * rng.uniform(0.97, 1.03, 20_000)
        varied[11] = -1.0
        one = kernel(**{**economy, name: varied})
        all_vary = kernel(**{n: varied if n == name else np.full(20_000, value) for n, value in economy.items()})
        for output in kernel.outputs:
            np.testing.assert_allclose(one[output], all_vary[output], rtol=5e-14, err_msg=f"{output} by {name}")
            assert np.isnan(one[output][11])


@pytest.mark.parametrize(("identifier", "name"), [("kz.eq12", "f_p"), ("kz.eq12", "phi_min"), ("bo.eq9", "s_E")])
def test_a_loop_with_constants_put_together_says_the_same(identifier, name, rng):
    kernel, economy = symhet.numeric(identifier), ECONOMIES[identifier]
    loops = kernel.on("numba")
    varied = economy[name] * rng.uniform(0.99, 1.01, 300_000)
    for outside in ([], [11, 299_999]):
        varied[outside] = np.nan if name == "s_E" else -1.0
        expected, found = (k(**{**economy, name: varied}) for k in (kernel, loops))
        for output in kernel.outputs:
            np.testing.assert_allclose(found[output], expected[output], rtol=5e-14, err_msg=output)
            assert np.flatnonzero(np.isnan(found[output])).tolist() == outside
    barred = loops(**{**economy, name: varied, "sigma": 0.9})
    assert all(np.isnan(value).all() for value in barred.values())


@pytest.mark.parametrize("backend", ["numpy", "numba"])
def test_an_engine_tells_whether_every_point_is_inside(backend):
    kernel = symhet.numeric("kz.eq12").on(backend)
    engine, point = kernel._engine, ECONOMIES["kz.eq12"]
    for points in (100, 20_000):
        for value in (1.0, -1.0):
            varied = np.ones(points)
            varied[-1] = value
            arrays = {n: np.asarray(v) for n, v in point.items()} | {"phi_min": varied}
            inside = engine.evaluate(arrays, (points,), np.dtype(float), [np.empty(points)], 1)
            assert inside is (value > 0), (points, value)


@pytest.mark.parametrize("identifier", ECONOMIES)
@pytest.mark.parametrize("sigma", [3.0, 3.7])
def test_code_that_tests_nothing_says_the_same(identifier, sigma, rng):
    kernel, economy = symhet.numeric(identifier), ECONOMIES[identifier] | {"sigma": sigma}
    engine = kernel.on("numpy")._engine
    for name in kernel.inputs:
        varied = economy[name] * rng.uniform(0.99, 1.01, 20_000)
        scalars = {n: np.float64(value) for n, value in economy.items() if n != name}
        found = []
        for calm in (True, False):
            prepared = engine._put_together(scalars, {name: varied}, np.dtype(float), calm)
            assert not calm or (prepared.holds_throughout([varied]) and "less" not in prepared.code.source.block)
            results = [np.empty(varied.size) for _ in kernel.graph.worked_out]
            room = [np.empty(varied.size) for _ in range(prepared.code.source.buffers)]
            prepared.code.block(prepared.constants, [varied], results, room, *np.ones((2, varied.size), dtype=bool))
            found.append(results)
        np.testing.assert_allclose(*found, rtol=5e-14, err_msg=name)


@pytest.mark.parametrize("identifier", ECONOMIES)
def test_ranges_know_of_every_point_outside(identifier, rng):
    kernel, economy = symhet.numeric(identifier), ECONOMIES[identifier]
    engine = kernel.on("numpy")._engine
    known = 0
    for name in kernel.inputs:
        scalars = {n: np.float64(value) for n, value in economy.items() if n != name}
        prepared = engine._put_together(scalars, {name: np.ones(1)}, np.dtype(float), True)
        for _ in range(300):
            ends = economy[name] * np.exp(rng.normal(0, 10.0 ** rng.uniform(-3, 0.5), 2))
            varied = rng.uniform(min(ends), max(ends), 7)
            with np.errstate(all="ignore"):
                throughout = prepared.holds_throughout([varied])
            known += throughout
            inside = [all(map(np.isfinite, kernel(**{**economy, name: value}).values())) for value in varied]
            assert not throughout or all(inside), (name, varied)
        assert not prepared.holds_throughout([np.array([economy[name], np.nan])])
    assert known > 100 * len(kernel.inputs)


def test_one_point_outside_is_found_in_any_block(rng):
    kernel, point = symhet.numeric("kz.eq12"), ECONOMIES["kz.eq12"]
    for name, outside in (("f_I", 0.0), ("phi_min", np.nan), ("p_I_off", 1.0), ("p_I_d", 0.8)):
        varied = point[name] * rng.uniform(0.99, 1.01, 600_000)
        varied[[3, 299_999, -1]] = outside
        found = kernel(**{**point, name: varied})["phi_off"]
        assert np.flatnonzero(np.isnan(found)).tolist() == [3, 299_999, 599_999], name


def test_what_is_worked_out_once_is_what_arrays_give():
    assert math.isnan(_larger(1.0, math.nan))
    assert math.isnan(_larger(math.nan, 1.0))
    assert _larger(1.0, 2.0) == _larger(2.0, 1.0) == 2.0
    for identifier, given in ECONOMIES.items():
        kernel = symhet.numeric(identifier)
        for name in kernel.inputs:
            values = given[name] * np.linspace(0.9, 1.1, 20_000)
            alone = kernel(**{**given, name: values})
            beside = kernel(
                **{**given, name: values, **{n: np.full(values.size, given[n]) for n in given if n != name}}
            )
            for output in kernel.outputs:
                np.testing.assert_allclose(alone[output], beside[output], rtol=1e-13, err_msg=f"{identifier} {name}")
        out_of_range = {**given, kernel.inputs[0]: np.full(20_000, given[kernel.inputs[0]])}
        last = kernel.inputs[-1]
        for value in (0.0, -1.0, np.inf, np.nan, 1e308):
            alone = kernel(**{**out_of_range, last: value})
            beside = kernel(**{**out_of_range, last: np.full(20_000, value)})
            for output in kernel.outputs:
                np.testing.assert_allclose(
                    alone[output], beside[output], rtol=1e-12, err_msg=f"{identifier} {last}={value}"
                )
