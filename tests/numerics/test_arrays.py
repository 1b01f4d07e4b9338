"""Arrays that numeric functions take and give: shapes, types, blocks, and where results are written."""

import numpy as np
import pytest

import symhet
from symhet.errors import DomainError, OutputError, UnknownParameter
from tests.numerics.compiled_points import BACKENDS, inputs_of


def test_inputs_broadcast():
    kernel = symhet.numeric("kz.eq14")
    column, row = np.linspace(1.1, 2, 3)[:, None], np.linspace(0.5, 0.9, 4)
    found = kernel(tau=column, p_I_off=row, p_I_d=1.0, alpha=0.5, sigma=3.0, f_p=1.0, f_ex=1.5, phi_min=1.0)["phi_ex"]
    assert found.shape == (3, 4)
    each = kernel(tau=column[1, 0], p_I_off=row[2], p_I_d=1.0, alpha=0.5, sigma=3.0, f_p=1.0, f_ex=1.5, phi_min=1.0)
    assert found[1, 2] == pytest.approx(float(each["phi_ex"]), rel=1e-15)


@pytest.mark.parametrize("backend", BACKENDS)
def test_single_precision_where_asked(backend, rng):
    pytest.importorskip(backend)
    kernel = symhet.numeric("bo.eq9", backend=backend)
    given = inputs_of(kernel, rng)
    full, single = symhet.numeric("bo.eq9")(**given), kernel(**given, dtype=np.float32)
    for name in kernel.outputs:
        assert single[name].dtype == np.float32
        np.testing.assert_allclose(single[name], full[name], rtol=2e-4)


def test_blocks_change_nothing(rng):
    kernel = symhet.numeric("bo.eq9")
    given = inputs_of(kernel, rng, 70_001)
    whole = kernel(**given)
    pieces = [kernel(**{n: v[i : i + 7000] for n, v in given.items()}) for i in range(0, 70_001, 7000)]
    for name in kernel.outputs:
        np.testing.assert_array_equal(whole[name], np.concatenate([piece[name] for piece in pieces]))


@pytest.mark.parametrize("backend", BACKENDS)
def test_results_are_written_where_asked(backend, rng):
    pytest.importorskip(backend)
    kernel = symhet.numeric("bo.eq9", backend=backend)
    given = {name: value.reshape(20, 20) for name, value in inputs_of(kernel, rng).items()}
    kept = {"n_w": np.zeros((20, 20)), "a_X": np.zeros((20, 20))}
    fresh, found = kernel(**given), kernel(**given, out=kept, threads=2)
    for name in kernel.outputs:
        assert (found[name] is kept.get(name)) == (name in kept)
        np.testing.assert_array_equal(found[name], fresh[name])


@pytest.mark.parametrize(
    "wrong", [np.zeros(3), np.zeros((20, 20), dtype=np.float32), np.zeros((20, 20)).T[::-1], np.zeros((20, 40))[:, ::2]]
)
def test_arrays_that_do_not_fit_are_refused(wrong, rng):
    kernel = symhet.numeric("bo.eq9")
    given = {name: value.reshape(20, 20) for name, value in inputs_of(kernel, rng).items()}
    with pytest.raises(OutputError, match="a_D"):
        kernel(**given, out={"a_D": wrong})
    with pytest.raises(UnknownParameter):
        kernel(**given, out={"a_Q": np.zeros((20, 20))})


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1 + 2j, "complex"), (np.array([1 + 0j]), "complex"), (True, "truth"), ("1.3", "texts"),
        (np.datetime64("2020-01-01"), "dates"), (None, "objects"), (np.timedelta64(3, "D"), "time spans"),
    ],
)  # fmt: skip
def test_what_is_no_real_number_is_refused_by_name(value, said):
    kernel = symhet.numeric("kz.eq14")
    given = dict.fromkeys(kernel.inputs, 0.5) | {"sigma": 3.0}
    with pytest.raises(DomainError, match=said):
        kernel(**{**given, "tau": value})
    with pytest.raises(UnknownParameter, match="int"):
        kernel(**{**given, "tau": np.array([1, 2])}, dtype=np.int64)


def test_integers_and_masks_are_taken_as_they_are_meant():
    kernel = symhet.numeric("kz.eq14")
    given = dict.fromkeys(kernel.inputs, 1) | {"sigma": 3}
    whole = kernel(**{**given, "tau": np.array([2, 3], dtype=np.int8)})["phi_ex"]
    np.testing.assert_array_equal(whole, kernel(**{**given, "tau": np.array([2.0, 3.0])})["phi_ex"])
    masked = np.ma.masked_array([2.0, 3.0], [False, True])
    assert np.isnan(kernel(**{**given, "tau": masked})["phi_ex"]).tolist() == [False, True]


def test_results_do_not_go_where_inputs_or_other_results_stand(rng):
    kernel = symhet.numeric("bo.eq9")
    given = inputs_of(kernel, rng)
    room = np.empty(2 * given["f"].size)
    halves = room[: given["f"].size], room[1 : given["f"].size + 1]
    for out, said in (
        ({"n_w": given["f"]}, "the input 'f'"),
        ({"n_w": halves[0], "a_D": halves[1]}, r"out\['n_w'\]"),
    ):
        with pytest.raises(OutputError, match=said):
            kernel(**given, out=out)
    kernel(**given, out={"n_w": room[::2].copy()})
