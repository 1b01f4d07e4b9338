"""Where the results of a sweep are kept: in memory, in a zarr store that knows its finished chunks, or in netCDF."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

import numpy as np

from symhet.errors import MissingExtra, OutputError
from symhet.numerics.chunks import Block, Points, Task

__all__ = ["Memory", "NetCDFStore", "Store", "ZarrStore", "open_store"]

PROGRESS = "symhet_progress"
"""Group of the store that records the finished chunks."""
FINISHED = "finished"
FINGERPRINT = "symhet_sweep"
UNFINISHED = ".unfinished.zarr"
"""What the name of a netCDF file gets appended for the store that it is written from."""


class Store(Protocol):
    """Keeps results by chunk."""

    def finished(self, number: int) -> bool:
        """Tell whether the chunk of that number has been kept."""

    def write(self, number: int, block: Block, results: dict[str, Any]) -> None:
        """Keep a chunk."""

    def dataset(self) -> Any:
        """Return everything as an xarray dataset."""


def open_store(out: str | Path | None, task: Task, points: Points, most: int) -> Store:
    """Return a store in memory or, for a name that ends in ``.zarr`` or ``.nc``, on disk.

    Raises
    ------
    OutputError
        For another name, or a store that holds another sweep.
    MissingExtra
        Without xarray, zarr or netCDF4.
    """
    try:
        import netCDF4  # noqa: F401
        import xarray  # noqa: F401
        import zarr  # noqa: F401
    except ImportError as error:
        raise MissingExtra("sweeps", "numerics", "xarray, zarr or netCDF4") from error
    if out is None:
        return Memory(task, points)
    kinds: dict[str, type[ZarrStore]] = {".zarr": ZarrStore, ".nc": NetCDFStore}
    if Path(out).suffix not in kinds:
        why = "a sweep is kept in a zarr store or a netCDF file"
        raise OutputError(str(out), why, fix="give a name that ends in .zarr or .nc")
    return kinds[Path(out).suffix](Path(out), task, points, most)


class Memory:
    """Results in arrays of this process.

    Parameters
    ----------
    task : Task
        What is solved.
    points : Points
        Where.
    """

    def __init__(self, task: Task, points: Points) -> None:
        self.task, self.points = task, points
        self.arrays = {name: np.empty(points.shape, dtype=task.dtype(name)) for name in task.outputs}

    def finished(self, number: int) -> bool:
        """Return False: nothing is kept from earlier runs."""
        return False

    def write(self, number: int, block: Block, results: dict[str, Any]) -> None:
        """Put a chunk in its place."""
        for name, values in results.items():
            self.arrays[name][block] = values

    def dataset(self) -> Any:
        """Return an xarray dataset."""
        import xarray as xr

        dims = self.points.dims
        variables = {name: (dims, values, attributes(self.task, name)) for name, values in self.arrays.items()}
        coordinates = {
            name: (dims if self.points.samples else (name,), values, attributes(self.task, name))
            for name, values in self.points.over.items()
        }
        return xr.Dataset(variables, coordinates, {"model": self.task.model})


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
    """

    def __init__(self, path: Path, task: Task, points: Points, most: int) -> None:
        import zarr

        self.path, self.task = path, task
        mark = fingerprint(task, points, most)
        try:
            root: Any = zarr.open_group(str(path), mode="a")
        except OSError as error:
            raise OutputError(str(path), error.strerror or str(error)) from error
        known = root.attrs.get(FINGERPRINT)
        if known is None and list(root.keys()) and not self._is_half_made(root):
            raise OutputError(str(path), "it holds something else", fix="give the name of a new store")
        if known not in (None, mark):
            raise OutputError(str(path), "it holds another sweep", fix="give the name of a new store")
        if known is None:
            self._make(root, points, most)
            root.attrs[FINGERPRINT] = mark
        self._arrays: dict[str, Any] = {name: root[name] for name in task.outputs}
        self._finished: Any = root[PROGRESS][FINISHED]
        self._known = np.asarray(self._finished[:])

    @staticmethod
    def _is_half_made(root: Any) -> bool:
        return PROGRESS in root

    def _make(self, root: Any, points: Points, most: int) -> None:
        """Write coordinates and empty results; the progress comes first, the mark of the sweep last."""
        progress = root.require_group(PROGRESS)
        number = sum(1 for _ in points.blocks(most))
        progress.create_array(FINISHED, shape=(number,), chunks=(1,), dtype="bool", fill_value=False, overwrite=True)
        for name, values in points.over.items():
            dims = points.dims if points.samples else (name,)
            told = attributes(self.task, name)
            array = root.create_array(
                name, shape=values.shape, chunks=values.shape, dtype="float64", dimension_names=dims, overwrite=True,
                attributes=told,
            )  # fmt: skip
            array[:] = values
        for name in self.task.outputs:
            dtype = self.task.dtype(name)
            root.create_array(
                name, shape=points.shape, chunks=points.chunk_shape(most), dtype=dtype, dimension_names=points.dims,
                attributes=attributes(self.task, name), fill_value=_EMPTY[dtype], overwrite=True,
            )  # fmt: skip
        root.attrs["model"] = self.task.model
        if points.samples:
            root.attrs["coordinates"] = " ".join(points.over)

    def finished(self, number: int) -> bool:
        """Tell whether an earlier run, or this one, has written the chunk."""
        return bool(self._known[number])

    def write(self, number: int, block: Block, results: dict[str, Any]) -> None:
        """Write a chunk, then note that it is finished."""
        for name, values in results.items():
            self._arrays[name][block] = values
        self._finished[number] = True
        self._known[number] = True

    def dataset(self) -> Any:
        """Return the store as an xarray dataset that reads what is used."""
        import xarray as xr

        return xr.open_zarr(str(self.path), chunks=None, consolidated=False)


class NetCDFStore(ZarrStore):
    """Results in one netCDF file, written when all chunks are finished.

    A netCDF file that is being written to does not outlive a kill. So chunks are kept in a zarr store next to it,
    from which the file is written, chunk by chunk, under another name; then the store goes.

    Parameters
    ----------
    path : Path
        Name of the file.
    task : Task
        What is solved.
    points : Points
        Where.
    most : int
        Most points in a chunk.

    Raises
    ------
    OutputError
        When the file holds another sweep, or something else.
    """

    def __init__(self, path: Path, task: Task, points: Points, most: int) -> None:
        self.file, self.points, self.most = path, points, most
        self.mark = fingerprint(task, points, most)
        self._whole = path.exists()
        if self._whole and _mark_of(path) != self.mark:
            raise OutputError(str(path), "it holds another sweep", fix="give the name of a new file")
        if not self._whole:
            super().__init__(path.with_name(path.name + UNFINISHED), task, points, most)

    def finished(self, number: int) -> bool:
        """Tell whether the file is there, or an earlier run has written the chunk."""
        return self._whole or super().finished(number)

    def dataset(self) -> Any:
        """Return the file as an xarray dataset that reads what is used, writing it first where it is not there."""
        import xarray as xr

        if not self._whole:
            self._export()
        return xr.open_dataset(self.file, engine="netcdf4", chunks=None)

    def _export(self) -> None:
        """Write the file from the store; it gets its name when it is whole."""
        import shutil

        import netCDF4

        part = self.file.with_name(self.file.name + ".part")
        try:
            with netCDF4.Dataset(part, "w") as root:
                for name, size in zip(self.points.dims, self.points.shape, strict=True):
                    root.createDimension(name, size)
                for name, values in self.points.over.items():
                    dims = self.points.dims if self.points.samples else (name,)
                    self._variable(root, name, "float64", dims, values.shape)[:] = values
                for name in self.task.outputs:
                    shape = self.points.chunk_shape(self.most)
                    variable = self._variable(root, name, self.task.dtype(name), self.points.dims, shape)
                    for block in self.points.blocks(self.most):
                        variable[block] = self._arrays[name][block]
                root.setncattr("model", self.task.model)
                root.setncattr(FINGERPRINT, self.mark)
            part.replace(self.file)
        except OSError as error:
            raise OutputError(str(self.file), error.strerror or str(error)) from error
        self._whole = True
        shutil.rmtree(self.path)

    def _variable(self, root: Any, name: str, dtype: str, dims: tuple[str, ...], chunk: tuple[int, ...]) -> Any:
        """Make a variable; netCDF has no truth values, and xarray reads small integers marked so as such."""
        stored = "int8" if dtype == "bool" else dtype
        variable = root.createVariable(name, stored, dims, chunksizes=chunk, fill_value=False)
        told = attributes(self.task, name) | ({"dtype": "bool"} if dtype == "bool" else {})
        if "flag_values" in told:
            told["flag_values"] = np.array(told["flag_values"], dtype=dtype)
        variable.setncatts(told)
        if self.points.samples and name in self.task.outputs:
            variable.setncattr("coordinates", " ".join(self.points.over))
        return variable


def _mark_of(path: Path) -> str:
    """Return the mark of the sweep that a netCDF file holds, nothing for another file."""
    import netCDF4

    try:
        with netCDF4.Dataset(path) as root:
            return str(root.getncattr(FINGERPRINT)) if FINGERPRINT in root.ncattrs() else ""
    except OSError:
        return ""


def fingerprint(task: Task, points: Points, most: int) -> str:
    """Return a text that tells a sweep in its chunks from others."""
    return f"{task.fingerprint(points)} {sorted(task.outputs)} {points.chunk_shape(most)}"


_EMPTY = {"bool": False, "int8": -1, "float64": np.nan}
"""What stands where nothing has been written yet."""


def attributes(task: Task, name: str) -> dict[str, Any]:
    """Return the attributes of a variable: meaning, unit and LaTeX; what codes stand for, as the CF conventions do."""
    latex, meaning, unit = task.quantity(name)
    found: dict[str, Any] = {"long_name": meaning, "units": unit, "latex": latex}
    flags = task.flags(name)
    if flags:
        found |= {"flag_values": list(flags), "flag_meanings": " ".join(flags.values())}
    return found
