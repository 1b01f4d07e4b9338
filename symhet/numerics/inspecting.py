"""What is in a store of results: how much is finished, what is damaged, and which points were not solved."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from symhet.errors import OutputError
from symhet.numerics.chunks import blocks
from symhet.numerics.faults import StoreDamaged, StoreMismatch
from symhet.numerics.kept_chunks import FINISHED, PROGRESS, finished_chunks, is_marked, open_array, read
from symhet.numerics.locks import require_free
from symhet.numerics.netcdf import UNFINISHED, require_content
from symhet.numerics.stores import FINGERPRINT, require_descriptions, require_libraries

__all__ = ["Inspection", "inspect_store"]


@dataclass(frozen=True)
class Inspection:
    """What a store was found to hold.

    Attributes
    ----------
    path : str
        The store.
    model, version : str
        What was swept, and the version of symhet that did it.
    finished, total : int
        Chunks.
    damaged : tuple of str
        Chunks and coordinates that are missing, cut short or altered.
    unsolved : dict of str to int
        Points without a solution, by reason, among the chunks that are finished and sound.
    """

    path: str
    model: str
    version: str
    finished: int
    total: int
    damaged: tuple[str, ...]
    unsolved: dict[str, int]

    @property
    def is_whole(self) -> bool:
        """Whether every chunk is finished and sound."""
        return not self.damaged and self.finished == self.total


def inspect_store(path: str | Path) -> Inspection:
    """Read a store through and say what it holds; nothing is changed.

    Parameters
    ----------
    path : str or Path
        A zarr store or netCDF file that a sweep wrote, or goes on writing.

    Returns
    -------
    Inspection
        Counts, and what is damaged.

    Raises
    ------
    OutputError
        When there is no such store.
    StoreLocked
        When a run is writing to it.
    StoreDamaged, StoreMismatch
        When it cannot be read at all, or no sweep wrote it.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> from symhet.numerics.sweeps import sweep
    >>> store = Path(mkdtemp()) / "s.zarr"
    >>> _ = sweep("kz", {"tau_I": [1.1, 1.2]}, ["welfare"], out=store)
    >>> inspect_store(store).is_whole
    True
    """
    require_libraries()
    store = Path(path)
    unfinished = store.parent / (store.name + UNFINISHED)
    if not store.name or not (store.exists() or unfinished.exists()):
        raise OutputError(str(path), "there is no such store", fix="give the name that the sweep was given with -o")
    require_free(store)
    if not store.exists():
        return _zarr(unfinished)
    return _zarr(store) if store.is_dir() else _netcdf(store)


def _zarr(store: Path) -> Inspection:
    import zarr

    try:
        root = zarr.open_group(str(store), mode="r")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreDamaged(str(store), f"it cannot be read as a zarr store: {error}") from error
    mark = str(root.attrs.get(FINGERPRINT, ""))
    record = _record(str(store), mark)
    require_descriptions(store, root)
    marks = open_array(store, f"{PROGRESS}/{FINISHED}", "r")
    outputs = {name: open_array(store, name, "r") for name in record["outputs"]}
    known = finished_chunks(store)
    damaged = [
        name for name in record["order"] if read(store, name, open_array(store, name, "r"), (slice(None),)) is None
    ]
    unsolved: dict[str, int] = {}
    shape, total = next(iter(outputs.values())).shape, 0
    for number, block in enumerate(blocks(shape, tuple(record["chunks"]))):
        total += 1
        if number not in known:
            continue
        found = {name: read(store, name, array, block) for name, array in outputs.items()}
        gone = [f"chunk {number} of {name}" for name, values in found.items() if values is None]
        if not gone and not is_marked(store, marks, mark, number, found):
            gone = [f"chunk {number}"]
        damaged += gone
        _count(unsolved, {name: (found[name], dict(array.attrs)) for name, array in outputs.items()})
    return Inspection(
        str(store), record["model"], record.get("symhet", ""), len(known), total, tuple(damaged), unsolved
    )


def _netcdf(store: Path) -> Inspection:
    import netCDF4

    require_content(store)
    unsolved: dict[str, int] = {}
    with netCDF4.Dataset(store) as root:
        root.set_auto_mask(False)
        record = _record(str(store), root.getncattr(FINGERPRINT))
        shape = root.variables[record["outputs"][0]].shape
        total = 0
        for block in blocks(shape, tuple(record["chunks"])):
            total += 1
            found = {name: root.variables[name] for name in record["outputs"]}
            _count(unsolved, {name: (values[block], values.__dict__) for name, values in found.items()})
    return Inspection(str(store), record["model"], record.get("symhet", ""), total, total, (), unsolved)


def _record(path: str, text: str) -> dict[str, Any]:
    try:
        record = json.loads(text)
    except ValueError as error:
        raise StoreMismatch(path, ["something else: no sweep of this layout wrote it"]) from error
    return dict(record)


def _count(unsolved: dict[str, int], chunk: dict[str, tuple[Any, dict[str, Any]]]) -> None:
    """Add the points of a chunk that have no solution to the counts, by reason."""
    for reason, number in reasons(chunk):
        unsolved[reason] = unsolved.get(reason, 0) + number


def reasons(chunk: dict[str, tuple[Any, dict[str, Any]]]) -> Iterator[tuple[str, int]]:
    """Yield why points of a chunk have no solution, and how many: by their status, or as results that are no number."""
    if "status" in chunk and chunk["status"][0] is not None:
        values, told = chunk["status"]
        names = dict(zip(np.atleast_1d(told["flag_values"]).tolist(), told["flag_meanings"].split(), strict=True))
        codes, counts = np.unique(values, return_counts=True)
        yield from ((names[code], int(n)) for code, n in zip(codes.tolist(), counts.tolist(), strict=True) if code)
        return
    missing = [np.isnan(v) for v, _ in chunk.values() if v is not None and np.asarray(v).dtype.kind == "f"]
    number = int(np.logical_and.reduce(missing).sum()) if missing else 0
    if number:
        yield "not a number", number
