"""Where the results of a sweep are kept: in memory, or in a zarr store that knows which chunks are finished."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

import numpy as np

from symhet.errors import MissingExtra, OutputError
from symhet.numerics.chunks import Block, Points, Task

__all__ = ["Memory", "Store", "ZarrStore", "open_store"]

PROGRESS = "symhet_progress"
"""Group of the store that records the finished chunks."""
FINISHED = "finished"
FINGERPRINT = "symhet_sweep"


class Store(Protocol):
    """Keeps results by chunk."""

    def finished(self, number: int) -> bool:
        """Tell whether the chunk of that number has been kept."""

    def write(self, number: int, block: Block, results: dict[str, Any]) -> None:
        """Keep a chunk."""

    def dataset(self) -> Any:
        """Return everything as an xarray dataset."""


def open_store(out: str | Path | None, task: Task, points: Points, most: int) -> Store:
    """Return a store in memory or, for a name that ends in ``.zarr``, on disk.

    Raises
    ------
    OutputError
        For another name, or a store that holds another sweep.
    MissingExtra
        Without xarray or zarr.
    """
    try:
        import xarray  # noqa: F401
        import zarr  # noqa: F401
    except ImportError as error:
        raise MissingExtra("sweeps", "numerics", "xarray or zarr") from error
    if out is None:
        return Memory(task, points)
    if Path(out).suffix != ".zarr":
        raise OutputError(str(out), "a sweep is kept in a zarr store", fix="give a name that ends in .zarr")
    return ZarrStore(Path(out), task, points, most)


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
        mark = f"{task.fingerprint(points)} {sorted(task.outputs)} {points.chunk_shape(most)}"
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
                attributes=attributes(self.task, name), fill_value=False if dtype == "bool" else np.nan, overwrite=True,
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


def attributes(task: Task, name: str) -> dict[str, str]:
    """Return the attributes of a variable: meaning, unit and LaTeX."""
    latex, meaning, unit = task.quantity(name)
    return {"long_name": meaning, "units": unit, "latex": latex}
