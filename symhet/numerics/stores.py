"""Where the results of a sweep are kept: in memory, in a zarr store that knows its finished chunks, or elsewhere.

Every chunk carries a checksum, and its mark is a digest of its values, its number and the sweep. A store that is gone
on with is read through first: a chunk that is missing, cut short, altered or another's is solved again, and a warning
names it.
"""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from symhet import __version__
from symhet.errors import MissingExtra, OutputError
from symhet.numerics.chunks import Block, Points, Task
from symhet.numerics.faults import StoreDamaged, StoreFull, StoreMismatch, StoreWarning
from symhet.numerics.fingerprints import differences, digest
from symhet.numerics.kept_chunks import (
    DESCRIPTION,
    FINISHED,
    PROGRESS,
    chunk_digest,
    finished_chunks,
    first_line,
    is_marked,
    open_array,
    read,
)

__all__ = ["FINGERPRINT", "Memory", "Store", "ZarrStore", "attributes", "open_store"]

FINGERPRINT = "symhet_sweep"
VERSION = "symhet"
"""Attribute with the version that wrote the results."""
METADATA = "symhet_metadata"
"""Attribute with the digests of the files that describe the arrays, and of the attributes beside it."""
_TOLD = ("model", FINGERPRINT, "coordinates")


class Store(Protocol):
    """Keeps results by chunk."""

    keeps: bool
    """Whether an interrupted run can be gone on with."""

    @property
    def held(self) -> int:
        """Chunks that wait for an earlier one before they can be kept."""

    def finished(self, number: int) -> bool:
        """Tell whether the chunk of that number has been kept."""

    def count(self) -> int:
        """Return how many chunks have been kept."""

    def write(self, number: int, block: Block, results: dict[str, Any]) -> None:
        """Keep a chunk."""

    def discard(self) -> None:
        """Take away what is of no use unfinished."""

    def dataset(self) -> Any:
        """Return everything as an xarray dataset."""


def open_store(out: Any, task: Task, points: Points, most: int) -> Store:
    """Return a store in memory, on disk for a name that ends in .zarr, .nc, .csv or .parquet, or on a stream.

    Raises
    ------
    OutputError
        For another name, or a store that cannot be written, is damaged or holds another sweep.
    MissingExtra
        Without xarray, zarr, netCDF4 or pyarrow.
    """
    kind = suffix(out)
    if kind in (".csv", ".parquet"):
        from symhet.numerics.tables import TableStore

        return TableStore(out, task, points, most)
    require_libraries()
    if out is None:
        return Memory(task, points)
    if kind == ".nc":
        from symhet.numerics.netcdf import NetCDFStore

        return NetCDFStore(Path(out), task, points, most)
    return ZarrStore(Path(out), task, points, most)


def suffix(out: Any) -> str:
    """Return what the kind of a store is known by: the end of its name, .csv for a stream, nothing for memory.

    Raises
    ------
    OutputError
        For a name of no kind of store, or in a folder that does not exist.
    """
    if out is None or hasattr(out, "write"):
        return "" if out is None else ".csv"
    if not isinstance(out, str | os.PathLike):
        raise OutputError(str(out), f"it is no name but a {type(out).__name__}", fix='give a name: "sweep.zarr"')
    path = Path(out)
    if path.suffix not in (".zarr", ".nc", ".csv", ".parquet"):
        why = "a sweep is kept in a zarr store or a netCDF file, or written to a table"
        raise OutputError(str(out), why, fix="give a name that ends in .zarr, .nc, .csv or .parquet")
    if not path.parent.is_dir():
        raise OutputError(str(out), f"the folder {str(path.parent)!r} does not exist", fix="make it first")
    return path.suffix


class Memory:
    """Results in arrays of this process.

    Parameters
    ----------
    task : Task
        What is solved.
    points : Points
        Where.

    Raises
    ------
    OutputError
        When the results are larger than the machine's memory.
    """

    keeps = False
    held = 0

    def __init__(self, task: Task, points: Points) -> None:
        self.task, self.points = task, points
        self._kept = 0
        needed = points.size * sum(np.dtype(task.dtype(name)).itemsize for name in task.outputs)
        there = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        if needed > there:
            why = f"the results take {needed / 1e9:,.0f} GB and this machine has {there / 1e9:,.0f} GB"
            raise OutputError("memory", why, fix="keep them in a store, out='sweep.zarr' or -o sweep.zarr")
        self.arrays = {name: np.empty(points.shape, dtype=task.dtype(name)) for name in task.outputs}

    def finished(self, number: int) -> bool:
        """Return False: nothing is kept from earlier runs."""
        return False

    def count(self) -> int:
        """Return how many chunks have been kept."""
        return self._kept

    def write(self, number: int, block: Block, results: dict[str, Any]) -> None:
        """Put a chunk in its place."""
        for name, values in results.items():
            self.arrays[name][block] = values
        self._kept += 1

    def discard(self) -> None:
        """Keep the arrays: they go with this object."""

    def dataset(self) -> Any:
        """Return an xarray dataset."""
        import xarray as xr

        dims = self.points.dims
        variables = {name: (dims, values, attributes(self.task, name)) for name, values in self.arrays.items()}
        coordinates = {
            name: (dims if self.points.samples else (name,), values, attributes(self.task, name))
            for name, values in self.points.over.items()
        }
        return xr.Dataset(variables, coordinates, {"model": self.task.model, VERSION: __version__})


class ZarrStore:
    """Results in a zarr store, one file for each chunk and result; a chunk counts once all of it is on disk.

    Parameters
    ----------
    path : Path
        Folder of the store; it is made, or gone on with when it holds the same sweep.
    task : Task
        What is solved.
    points : Points
        Where.
    most : int
        Most points in a chunk.
    name : str, optional
        How messages call the store; its path by default.

    Raises
    ------
    OutputError
        When it cannot be written.
    StoreMismatch, StoreDamaged
        When it holds something else, or cannot be read.
    """

    keeps = True
    held = 0

    def __init__(self, path: Path, task: Task, points: Points, most: int, name: str = "") -> None:
        self.path, self.task, self.points, self.most = path, task, points, most
        self.name = name or str(path)
        self.total = points.number(most)
        self._known: set[int] = set()
        self._mark = mark = task.fingerprint(points, most)
        try:
            root = self._opened()
            known = root.attrs.get(FINGERPRINT)
            if METADATA in root.attrs:
                require_descriptions(path, root)
            if known is None:
                self._require_unused()
                self._make(root, points, most, mark)
        except OSError as error:
            raise OutputError(self.name, error.strerror or str(error)) from error
        if known not in (None, mark):
            raise StoreMismatch(self.name, differences(known, mark))
        self._arrays = {name: open_array(path, name) for name in task.outputs}
        self._finished: Any = open_array(path, f"{PROGRESS}/{FINISHED}")
        self._known = finished_chunks(path)
        if known is not None:
            self._read_through()

    def _opened(self) -> Any:
        import zarr

        if self.path.exists() and not self.path.is_dir():
            raise StoreMismatch(self.name, ["something else: it is a file"])
        try:
            return zarr.open_group(str(self.path), mode="a")
        except (ValueError, KeyError, TypeError) as error:
            raise StoreDamaged(str(self.path / DESCRIPTION), first_line(error)) from error

    def _require_unused(self) -> None:
        """Refuse a folder that holds anything but what a run that was killed at once left."""
        if any(self.path.glob(f"*/{DESCRIPTION}")) and not (self.path / PROGRESS).is_dir():
            raise StoreMismatch(self.name, ["something else: no sweep wrote it"])
        if finished_chunks(self.path):
            raise StoreDamaged(self.name, "the record of what was swept is gone, though chunks are finished")

    def _make(self, root: Any, points: Points, most: int, mark: str) -> None:
        """Write coordinates and empty results; the progress comes first, the mark of the sweep last."""
        progress = root.require_group(PROGRESS)
        created = {"overwrite": True, "compressors": _codecs()}
        progress.create_array(FINISHED, shape=(self.total,), chunks=(1,), dtype="uint64", fill_value=0, **created)
        for name, values in points.over.items():
            array = root.create_array(
                name, shape=values.shape, chunks=values.shape, dtype="float64", attributes=attributes(self.task, name),
                dimension_names=points.dims if points.samples else (name,), **created,
            )  # fmt: skip
            array[:] = values
        for name in self.task.outputs:
            dtype = self.task.dtype(name)
            root.create_array(
                name, shape=points.shape, chunks=points.chunk_shape(most), dtype=dtype, dimension_names=points.dims,
                attributes=attributes(self.task, name), fill_value=_EMPTY[dtype], **created,
            )  # fmt: skip
        told = {"model": self.task.model, VERSION: __version__, FINGERPRINT: mark}
        if points.samples:
            told["coordinates"] = " ".join(points.over)
        names = [*points.over, *self.task.outputs, PROGRESS, f"{PROGRESS}/{FINISHED}"]
        root.attrs.update(told | {METADATA: _descriptions(self.path, told, names)})

    def _read_through(self) -> None:
        """Forget the chunks that are not as they were written, and write the coordinates again if they are not."""
        damaged: list[str] = []
        for name, values in self.points.over.items():
            array = open_array(self.path, name)
            if not np.array_equal(read(self.path, name, array, (slice(None),)), values):
                damaged.append(name)
                array[:] = values
        for number, block in enumerate(self.points.blocks(self.most)):
            if number not in self._known:
                continue
            found = {n: read(self.path, n, array, block) for n, array in self._arrays.items()}
            bad = [f"chunk {number} of {n}" for n, values in found.items() if values is None]
            if not bad and not self._is_own(number, found):
                bad = [f"chunk {number}"]
            if bad:
                self._known.discard(number)
                damaged += bad
        if damaged:
            told = f"{', '.join(damaged[:5])}{' and more' if len(damaged) > 5 else ''}"
            text = f"{self.name}: missing or damaged, and solved again: {told}"
            warnings.warn(text, StoreWarning, stacklevel=2)

    def _is_own(self, number: int, values: Mapping[str, Any]) -> bool:
        """Tell whether these are the values that were written into this chunk of this sweep."""
        return is_marked(self.path, self._finished, self._mark, number, values)

    def finished(self, number: int) -> bool:
        """Tell whether an earlier run, or this one, has written the chunk."""
        return number in self._known

    def count(self) -> int:
        """Return how many chunks have been kept."""
        return len(self._known)

    def write(self, number: int, block: Block, results: dict[str, Any]) -> None:
        """Write a chunk, then note that it is finished.

        Raises
        ------
        StoreFull
            When it cannot be written; the finished chunks are kept.
        """
        try:
            for name, values in results.items():
                self._arrays[name][block] = values
            stored = {name: np.asarray(results[name], dtype=self.task.dtype(name)) for name in self._arrays}
            self._finished[number] = chunk_digest(self._mark, number, stored)
        except OSError as error:
            raise StoreFull(self.name, error.strerror or str(error), self.count(), self.total) from error
        self._known.add(number)

    def discard(self) -> None:
        """Keep what is finished: another run goes on with it."""

    def dataset(self) -> Any:
        """Return the store as an xarray dataset that reads what is used."""
        import xarray as xr

        return xr.open_zarr(str(self.path), chunks=None, consolidated=False)


def _codecs() -> tuple[Any, ...]:
    """Return how a chunk is written: compressed, then with a checksum."""
    from zarr.codecs import Crc32cCodec, ZstdCodec

    return ZstdCodec(), Crc32cCodec()


def _descriptions(store: Path, attributes: Mapping[str, Any], names: Iterable[str]) -> dict[str, str]:
    """Return the digests of the files that describe the arrays, and of the store's own attributes."""
    told = {name: attributes.get(name) for name in _TOLD}
    found = {name: digest((store / name / DESCRIPTION).read_bytes()) for name in names}
    return {"": digest(json.dumps(told, sort_keys=True).encode()), **found}


def require_libraries() -> None:
    """Refuse where the libraries are missing in which stores are written."""
    try:
        import netCDF4  # noqa: F401
        import xarray  # noqa: F401
        import zarr  # noqa: F401
    except ImportError as error:
        raise MissingExtra("sweeps", "numerics", "xarray, zarr or netCDF4") from error


def require_descriptions(store: Path, root: Any) -> None:
    """Refuse a store whose description is not what was written.

    Raises
    ------
    StoreDamaged
        Naming the file.
    """
    written = root.attrs.get(METADATA, {})
    try:
        present = _descriptions(store, root.attrs, [name for name in written if name])
    except OSError as error:
        raise StoreDamaged(str(error.filename or store), error.strerror or str(error)) from error
    for name, known in written.items():
        if known != present[name]:
            raise StoreDamaged(str(store / name / DESCRIPTION), "it is not what was written when the store was made")


_EMPTY = {"bool": False, "int8": -1, "int16": -1, "float64": np.nan}
"""What stands where nothing has been written yet."""


def attributes(task: Task, name: str) -> dict[str, Any]:
    """Return the attributes of a variable: meaning, unit and LaTeX; what codes stand for, as the CF conventions do."""
    latex, meaning, unit = task.quantity(name)
    found: dict[str, Any] = {"long_name": meaning, "units": unit, "latex": latex}
    flags = task.flags(name)
    if flags:
        found |= {"flag_values": list(flags), "flag_meanings": " ".join(flags.values())}
    return found
