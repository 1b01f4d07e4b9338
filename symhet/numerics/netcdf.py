"""The results of a sweep in one netCDF file, written when all chunks are finished, with checksums and a digest."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np

from symhet import __version__
from symhet.numerics.chunks import Points, Task, blocks, chunk_shape
from symhet.numerics.faults import StoreDamaged, StoreFull, StoreMismatch
from symhet.numerics.fingerprints import differences
from symhet.numerics.stores import FINGERPRINT, VERSION, ZarrStore, attributes

__all__ = ["UNFINISHED", "NetCDFStore", "require_content"]

UNFINISHED = ".unfinished.zarr"
"""What the name of a netCDF file gets appended for the store that it is written from."""
CONTENT = "symhet_content"
"""Attribute with a digest of every value and every other attribute."""
ROWS = 1 << 20
"""Values whose digest is taken at a time."""


class NetCDFStore(ZarrStore):
    """Results in one netCDF file.

    A netCDF file that is being written to does not outlive a kill. So chunks are kept in a zarr store next to it,
    from which the file is written, chunk by chunk, under another name; then the store goes.

    Parameters
    ----------
    path : Path
        Name of the file.
    task, points, most : Task, Points, int
        As for `symhet.numerics.stores.ZarrStore`.

    Raises
    ------
    StoreMismatch, StoreDamaged
        When the file holds another sweep, or something else, or is not what was written.
    """

    def __init__(self, path: Path, task: Task, points: Points, most: int) -> None:
        self.file, self.mark = path, task.fingerprint(points, most)
        self._whole = path.exists()
        if self._whole:
            require_content(path, self.mark)
            self.path, self.total, self._known = path, points.number(most), set(range(points.number(most)))
        else:
            super().__init__(path.with_name(path.name + UNFINISHED), task, points, most, str(path))

    def dataset(self) -> Any:
        """Return the file as an xarray dataset that reads what is used, writing it first where it is not there."""
        import xarray as xr

        if not self._whole:
            self._export()
        return xr.open_dataset(self.file, engine="netcdf4", chunks=None)

    def _export(self) -> None:
        """Write the file from the store; it gets its name when it is whole."""
        import netCDF4

        part = self.file.with_name(self.file.name + ".part")
        try:
            with netCDF4.Dataset(part, "w") as root:
                self._fill(root)
            part.replace(self.file)
        except (OSError, RuntimeError) as error:
            part.unlink(missing_ok=True)
            why = getattr(error, "strerror", None) or f"{error}; perhaps there is no space left"
            raise StoreFull(str(self.file), why, self.count(), self.total) from error
        self._whole = True
        shutil.rmtree(self.path)

    def _fill(self, root: Any) -> None:
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
        root.setncattr(VERSION, __version__)
        root.setncattr(FINGERPRINT, self.mark)
        root.setncattr(CONTENT, _content(root))

    def _variable(self, root: Any, name: str, dtype: str, dims: tuple[str, ...], chunk: tuple[int, ...]) -> Any:
        """Make a variable; netCDF has no truth values, and xarray reads small integers marked so as such."""
        stored = "int8" if dtype == "bool" else dtype
        variable = root.createVariable(name, stored, dims, chunksizes=chunk, fill_value=False, fletcher32=True)
        told = attributes(self.task, name) | ({"dtype": "bool"} if dtype == "bool" else {})
        if "flag_values" in told:
            told["flag_values"] = np.array(told["flag_values"], dtype=dtype)
        variable.setncatts(told)
        if self.points.samples and name in self.task.outputs:
            variable.setncattr("coordinates", " ".join(self.points.over))
        return variable


def require_content(path: Path, mark: str = "") -> None:
    """Refuse a file that a sweep did not write, whose values are not those written, or that holds another sweep.

    Raises
    ------
    StoreDamaged
        When it cannot be read or its content is not what was written.
    StoreMismatch
        When it holds something else, or its record is not the mark, where one is given.
    """
    import netCDF4

    try:
        with netCDF4.Dataset(path) as root:
            known = str(root.getncattr(FINGERPRINT)) if FINGERPRINT in root.ncattrs() else ""
            content = str(root.getncattr(CONTENT)) if CONTENT in root.ncattrs() else ""
            same = content == _content(root) if content else None
    except (OSError, RuntimeError, ValueError, KeyError, IndexError, AttributeError) as error:
        raise StoreDamaged(str(path), f"it cannot be read as a netCDF file: {error}") from error
    if same is False:
        raise StoreDamaged(str(path), "its values are not those that were written")
    if not known:
        raise StoreMismatch(str(path), ["something else: no sweep wrote it"], fix="give the name of a new file")
    if mark and known != mark:
        raise StoreMismatch(str(path), differences(known, mark), fix="give the name of a new file")
    if same is None:
        raise StoreDamaged(str(path), "the digest of its values is gone")


def _content(root: Any) -> str:
    """Return a digest of every value, every attribute and every dimension of an open file."""
    found = hashlib.sha256()

    def tell(attributes: dict[str, Any]) -> None:
        found.update(json.dumps({k: np.asarray(v).tolist() for k, v in attributes.items()}, sort_keys=True).encode())

    tell({name: root.getncattr(name) for name in root.ncattrs() if name != CONTENT})
    for name, variable in root.variables.items():
        variable.set_auto_maskandscale(False)
        found.update(json.dumps([name, str(variable.dtype), variable.dimensions, variable.shape]).encode())
        tell({key: variable.getncattr(key) for key in variable.ncattrs()})
        for block in blocks(variable.shape, chunk_shape(variable.shape, ROWS)):
            found.update(np.ascontiguousarray(variable[block]).tobytes())
    return found.hexdigest()
