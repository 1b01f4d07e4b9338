"""Faults of stores: two writers, chunks that are gone or altered, full disks, other sweeps. None passes in silence."""

import os
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import pytest

import symhet
from symhet.errors import OutputError
from symhet.numerics import sweeps
from symhet.numerics.distributions import parse
from symhet.numerics.faults import StoreDamaged, StoreFull, StoreLocked, StoreMismatch, StoreWarning
from symhet.numerics.fingerprints import exact
from symhet.numerics.inspecting import inspect_store
from symhet.numerics.locks import writing
from tests.forked import FORKED
from tests.numerics.interrupted import OVER, stopped_sweep

xr = pytest.importorskip("xarray")
pytest.importorskip("zarr")

KEPT = ["welfare", "regime"]
SUFFIXES = ("zarr", "nc")
slow = partial(pytest.param, marks=pytest.mark.slow)


def swept(store, **given):
    return symhet.sweep("kz", OVER, KEPT, out=store, chunk=7, tau=1.7, **given)


@pytest.fixture(scope="module")
def plain():
    return symhet.sweep("kz", OVER, KEPT, tau=1.7)


def chunk_file(store, number=3):
    return store / "welfare" / "c" / str(number) / "0"


def flip(path, at=-6, bit=3):
    data = bytearray(path.read_bytes())
    data[at] ^= 1 << bit
    path.write_bytes(bytes(data))


def cut(size):
    return lambda path: os.truncate(path, size)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_second_writer_is_refused_by_name_and_harms_nothing(tmp_path, plain, suffix):
    store = tmp_path / f"s.{suffix}"
    with writing(store), pytest.raises(StoreLocked, match=f"process {os.getpid()}"):
        swept(store)
    with swept(store) as found:
        xr.testing.assert_equal(found.load(), plain)
    assert [path.name for path in tmp_path.iterdir()] == [store.name]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_of_two_processes_one_writes_and_a_killed_writer_holds_nothing(tmp_path, plain, suffix):
    store = tmp_path / f"s.{suffix}"
    first = stopped_sweep(store, KEPT, chunk=7, chunks=4)
    marks = tmp_path / (f"{store.name}.unfinished.zarr" if suffix == "nc" else store.name) / "symhet_progress"
    while not list(marks.glob("finished/c/*")) and first.is_alive():
        time.sleep(0.01)
    with pytest.raises(StoreLocked, match=f"process {first.pid}"):
        swept(store)
    with pytest.raises(StoreLocked):
        inspect_store(store)
    first.kill()
    first.join()
    with swept(store) as found:
        xr.testing.assert_equal(found.load(), plain)


@pytest.mark.parametrize("harm", [Path.unlink, flip, cut(9), cut(0)])
def test_a_damaged_chunk_is_named_and_solved_again(tmp_path, plain, harm):
    store = tmp_path / "s.zarr"
    swept(store)
    harm(chunk_file(store))
    found = inspect_store(store)
    assert found.damaged == ("chunk 3 of welfare",)
    assert not found.is_whole
    with pytest.warns(StoreWarning, match="chunk 3 of welfare"):
        again = swept(store)
    xr.testing.assert_equal(again.load(), plain)
    assert inspect_store(store).is_whole


def exchange(one, other):
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)


@pytest.mark.parametrize("what", ["two chunks", "two results", "two sweeps", "two marks", "a mark that is cut short"])
def test_a_sound_chunk_in_another_s_place_is_found_and_solved_again(tmp_path, plain, what):
    store, other = tmp_path / "s.zarr", tmp_path / "t.zarr"
    kept = [*KEPT, "M_e", "M"]

    def fill(path, **given):
        return symhet.sweep("kz", OVER, kept, out=path, chunk=7, **{"tau": 1.7, **given})

    expected = fill(store).load()
    fill(other, tau=1.8)
    marks = store / "symhet_progress" / "finished" / "c"
    pairs = {
        "two chunks": (chunk_file(store, 3), chunk_file(store, 5)),
        "two results": (store / "M" / "c" / "3" / "0", store / "welfare" / "c" / "3" / "0"),
        "two sweeps": (chunk_file(store, 3), chunk_file(other, 3)),
        "two marks": (marks / "3", marks / "5"),
    }
    if what in pairs:
        exchange(*pairs[what])
    else:
        cut(3)(marks / "3")
    found = inspect_store(store)
    assert not found.is_whole
    assert found.damaged[0] == "chunk 3"
    with pytest.warns(StoreWarning, match="chunk 3"):
        xr.testing.assert_equal(fill(store).load(), expected)
    assert inspect_store(store).is_whole


@pytest.mark.parametrize("at", [20, 30, -20, -5, -1])
def test_any_flipped_bit_of_a_chunk_is_found(tmp_path, at):
    store = tmp_path / "s.zarr"
    swept(store)
    for bit in (0, 4, 7):
        flip(chunk_file(store), at, bit)
        assert inspect_store(store).damaged == ("chunk 3 of welfare",)
        flip(chunk_file(store), at, bit)
    assert inspect_store(store).is_whole


def test_chunks_without_a_number_are_on_disk_too(tmp_path):
    store = tmp_path / "s.zarr"
    over = {"sigma": np.linspace(0.2, 0.9, 6)}
    symhet.sweep("kz", over, ["welfare"], out=store, chunk=2)
    assert inspect_store(store).unsolved == {"not a number": 6}
    (store / "welfare" / "c" / "1").unlink()
    assert inspect_store(store).damaged == ("chunk 1 of welfare",)
    with pytest.warns(StoreWarning, match="chunk 1 of welfare"):
        symhet.sweep("kz", over, ["welfare"], out=store, chunk=2)
    (store / "welfare" / "c" / "2").unlink()
    with pytest.warns(StoreWarning, match="chunk 2 of welfare"):
        symhet.sweep("kz", over, ["welfare"], out=store, chunk=2)


def test_coordinates_are_checked_and_written_again(tmp_path, plain):
    store = tmp_path / "s.zarr"
    swept(store)
    flip(store / "tau_I" / "c" / "0")
    assert inspect_store(store).damaged == ("tau_I",)
    with pytest.warns(StoreWarning, match="tau_I"):
        xr.testing.assert_equal(swept(store).load(), plain)


@pytest.mark.parametrize("name", ["", "welfare", "f_I", "symhet_progress/finished"])
@pytest.mark.parametrize("harm", [Path.unlink, lambda path: flip(path, 200), cut(100)])
def test_a_damaged_description_is_refused_by_name(tmp_path, name, harm):
    store = tmp_path / "s.zarr"
    swept(store)
    harm(store / name / "zarr.json")
    for use in (swept, inspect_store):
        with pytest.raises((StoreDamaged, StoreMismatch)) as caught:
            use(store)
        assert str(store) in caught.value.path
    assert chunk_file(store).is_file()


@pytest.mark.parametrize("part", [0.02, 0.3, 0.5, 0.8, 0.95])
def test_a_netcdf_file_that_was_altered_is_refused(tmp_path, plain, part):
    store = tmp_path / "s.nc"
    swept(store).close()
    size, told = store.stat().st_size, 0
    for bit in range(8):
        flip(store, int(size * part), bit)
        try:
            inspect_store(store)
        except (StoreDamaged, StoreMismatch):
            told += 1
        else:
            with swept(store) as found:
                xr.testing.assert_identical(found.load().drop_attrs(), plain.drop_attrs())
        flip(store, int(size * part), bit)
    os.truncate(store, int(size * part))
    for use in (inspect_store, swept):
        with pytest.raises(StoreDamaged):
            use(store)


def test_a_netcdf_file_with_another_value_is_refused(tmp_path):
    import netCDF4

    store = tmp_path / "s.nc"
    swept(store).close()
    with netCDF4.Dataset(store, "a") as root:
        root["welfare"][2, 3] *= 1 + 1e-15
    for use in (inspect_store, swept):
        with pytest.raises(StoreDamaged, match="not those that were written"):
            use(store)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("pareto:shape=4.5,scale=1", "pareto:shape=4.500000000000001,scale=1"),
        ("lognormal:mu=0.1,sigma=0.6", "lognormal:mu=0.1,sigma=0.6000000000000001"),
        (
            "0.3*pareto:shape=4.5,scale=1 + 0.7*pareto:shape=5,scale=1",
            "0.3*pareto:shape=4.500000000000001,scale=1 + 0.7*pareto:shape=5,scale=1",
        ),
        (
            "0.3*pareto:shape=4.5,scale=1 + 0.7*pareto:shape=5,scale=1",
            "0.3000000000000001*pareto:shape=4.5,scale=1 + 0.6999999999999999*pareto:shape=5,scale=1",
        ),
        ("scipy.gamma:a=2", "scipy.gamma:a=2.000000000000001"),
    ],
)
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_distribution_that_differs_in_its_fifteenth_digit_is_another(tmp_path, first, second, suffix):
    store = tmp_path / f"s.{suffix}"
    symhet.sweep("kz", {"tau_I": [1.1]}, ["M"], out=store, distribution=first).close()
    with pytest.raises(StoreMismatch, match="another distribution"):
        symhet.sweep("kz", {"tau_I": [1.1]}, ["M"], out=store, distribution=second)
    symhet.sweep("kz", {"tau_I": [1.1]}, ["M"], out=store, distribution=first).close()


def test_histograms_and_exact_laws_are_told_apart():
    from scipy import stats

    from symhet.numerics.frozen import Frozen
    from tests.referees.exact_statics import PiecewiseUniform

    heights = np.array([0.2, 0.5, 0.3])
    laws = [Frozen(stats.rv_histogram((h, np.array([1.0, 2, 3, 4])))) for h in (heights, heights + 1e-9 * np.arange(3))]
    laws += [PiecewiseUniform([1, 2, 4], ["1/2", "1/2"]), PiecewiseUniform([1, 2, 4], ["1/2", "1/3"])]
    records = [repr(exact(law)) for law in laws]
    assert len(set(records)) == 4
    assert records == [repr(exact(law)) for law in laws]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"tau": 1.7000000000000002}, "another value of tau"),
        ({"n": 1.0}, "another value of n"),
        ({"chunk": 6}, "chunks of another size"),
        ({"over": {**OVER, "f_I": OVER["f_I"] * (1 + 2e-16)}}, "other values of f_I"),
        ({"over": dict(reversed(OVER.items()))}, "dimensions in another order"),
        ({"outputs": ["welfare"]}, "other results"),
    ],
)
def test_what_differs_is_said(tmp_path, given, said):
    store = tmp_path / "s.zarr"
    swept(store)
    call = {"over": OVER, "outputs": KEPT, "chunk": 7, "tau": 1.7, **given}
    with pytest.raises(StoreMismatch, match=said):
        symhet.sweep("kz", out=store, **call)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_another_version_or_other_formulas_are_said(tmp_path, monkeypatch, suffix):
    store = tmp_path / f"s.{suffix}"
    swept(store).close()
    with monkeypatch.context() as patch:
        patch.setattr("symhet.__version__", "99.0")
        with pytest.raises(StoreMismatch, match=r"symhet .*, and this is 99\.0"):
            swept(store)
    monkeypatch.setattr("symhet.numerics.chunks.formulas_digest", lambda identifier: "others")
    with pytest.raises(StoreMismatch, match="other formulas"):
        swept(store)


def swept_within(limit, store):
    """Sweep where no file may be longer, and return the name of the error."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    with pytest.raises(OutputError) as caught:
        swept(store)
    return caught.type.__name__


@pytest.mark.parametrize(
    ("suffix", "limit"), [("zarr", 40), slow("zarr", 700), ("nc", 40), slow("nc", 700), slow("nc", 3000)]
)
def test_a_write_that_fails_is_said_and_the_run_can_be_repeated(tmp_path, plain, suffix, limit):
    store = tmp_path / f"s.{suffix}"
    with ProcessPoolExecutor(1, FORKED) as other:
        assert other.submit(swept_within, limit, store).result() in ("StoreFull", "OutputError")
    with swept(store) as found:
        xr.testing.assert_equal(found.load(), plain)
    assert [path.name for path in tmp_path.iterdir()] == [store.name]


def test_a_disk_that_is_full_keeps_what_is_finished(tmp_path, plain, monkeypatch):
    store = tmp_path / "s.zarr"
    real = sweeps.open_store

    def filling(*given):
        kept = real(*given)
        arrays = kept._arrays["welfare"]

        class Full:
            def __setitem__(self, block, values):
                if kept.count() == 4:
                    raise OSError(28, "No space left on device")
                arrays[block] = values

        kept._arrays["welfare"] = Full()
        return kept

    with monkeypatch.context() as patch:
        patch.setattr(sweeps, "open_store", filling)
        with pytest.raises(StoreFull, match="4 of 9 chunks are kept") as caught:
            swept(store)
        assert (caught.value.finished, caught.value.total) == (4, 9)
    found = inspect_store(store)
    assert (found.finished, found.total, found.damaged) == (4, 9, ())
    xr.testing.assert_equal(swept(store).load(), plain)


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    with pytest.raises(OutputError, match="does not exist"):
        swept(tmp_path / "no" / "s.zarr")
    with pytest.raises(OutputError, match="no such store"):
        inspect_store(tmp_path / "none.zarr")
    (tmp_path / "file.zarr").write_text("text")
    with pytest.raises(StoreMismatch, match="it is a file"):
        swept(tmp_path / "file.zarr")


def test_tables_have_a_row_a_point_and_words_for_regimes(tmp_path, plain):
    pd = pytest.importorskip("pandas")
    for name, read in (("t.csv", pd.read_csv), ("t.parquet", pd.read_parquet)):
        path = symhet.sweep("kz", OVER, KEPT, out=tmp_path / name, chunk=5, tau=1.7)
        table = read(path)
        np.testing.assert_array_equal(table["welfare"].to_numpy(), plain["welfare"].values.reshape(-1))
        np.testing.assert_array_equal(table["f_I"].to_numpy(), np.tile(OVER["f_I"], 9))
        assert set(table["regime"]) <= set(plain["regime"].attrs["flag_meanings"].split())
    group = pytest.importorskip("pyarrow.parquet").ParquetFile(tmp_path / "t.parquet").metadata.row_group(0)
    columns = {column.path_in_schema: column for column in map(group.column, range(group.num_columns))}
    assert [name for name, column in columns.items() if column.has_dictionary_page] == ["regime"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["t.csv", "t.parquet"]


def test_a_table_from_many_workers_is_in_order(tmp_path):
    from concurrent.futures import ThreadPoolExecutor

    one, many = tmp_path / "one.csv", tmp_path / "many.csv"
    symhet.sweep("kz", OVER, KEPT, out=one, chunk=2)
    with ThreadPoolExecutor(4) as pool:
        symhet.sweep("kz", OVER, KEPT, pool, many, chunk=2)
    assert one.read_bytes() == many.read_bytes()


def test_a_store_of_one_law_is_not_another_law(tmp_path):
    store = tmp_path / "s.zarr"
    laws = [parse(text) for text in ("frechet:shape=5,scale=1", "frechet:shape=5,scale=1.0000001")]
    symhet.sweep("kz", {"tau_I": [1.1]}, ["welfare"], out=store, distribution=laws[0])
    with pytest.raises(StoreMismatch):
        symhet.sweep("kz", {"tau_I": [1.1]}, ["welfare"], out=store, distribution=laws[1])
