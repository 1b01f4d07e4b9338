"""The chunks of a store on disk: how they are opened and read, and the marks that tell which are finished.

A mark is a digest of the values of a chunk, its number and the record of the sweep: checksums see bits that flipped,
the mark sees a sound chunk that stands in another's place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import numpy as np

from symhet.numerics.chunks import Block
from symhet.numerics.faults import StoreDamaged

__all__ = [
    "DESCRIPTION", "FINISHED", "PROGRESS", "chunk_digest", "finished_chunks", "first_line", "is_marked", "open_array",
    "read",
]  # fmt: skip

PROGRESS = "symhet_progress"
"""Group of the store that records the finished chunks."""
FINISHED = "finished"
"""Its array, with a mark for each of them."""
DESCRIPTION = "zarr.json"


def open_array(store: Path, name: str, mode: Literal["r", "r+"] = "r+") -> Any:
    """Return an array of a store; chunks that hold nothing but NaN are written too, so that one that is gone shows."""
    import zarr

    try:
        with zarr.config.set({"array.write_empty_chunks": True}):
            return zarr.open_array(str(store / name), mode=mode)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreDamaged(str(store / name / DESCRIPTION), first_line(error)) from error


def read(store: Path, name: str, array: Any, block: Block) -> Any:
    """Return a chunk, or None where its file is gone, cut short or altered."""
    place = tuple((part.start or 0) // size for part, size in zip(block, array.chunks, strict=True))
    if not (store / name / array.metadata.encode_chunk_key(place)).is_file():
        return None
    try:
        return array[block]
    except (OSError, ValueError, RuntimeError):
        return None


def finished_chunks(store: Path) -> set[int]:
    """Return the numbers of the chunks that are noted as finished."""
    marks = store / PROGRESS / FINISHED / "c"
    return {int(mark.name) for mark in marks.iterdir() if mark.name.isdigit()} if marks.is_dir() else set()


def first_line(error: Exception) -> str:
    """Return the first line of what an error says."""
    return next(iter(str(error).splitlines()), type(error).__name__)


def chunk_digest(sweep: str, number: int, values: Mapping[str, Any]) -> np.uint64:
    """Return the mark of a chunk: of the record of the sweep, the chunk's number, and its values by result.

    Examples
    --------
    >>> one, other = (chunk_digest("sweep", 3, {"w": np.array([x])}) for x in (1.0, 1.0 + 2**-52))
    >>> bool(one == other), bool(one == chunk_digest("sweep", 3, {"w": np.array([1.0])}))
    (False, True)
    """
    found = hashlib.blake2b(f"{number} {sweep}".encode(), digest_size=8)
    for name in sorted(values):
        found.update(f"{name} {values[name].dtype} {values[name].shape}".encode())
        found.update(values[name].tobytes())
    return np.uint64(int.from_bytes(found.digest(), "little") or 1)


def is_marked(store: Path, marks: Any, sweep: str, number: int, values: Mapping[str, Any]) -> bool:
    """Tell whether a chunk has the mark of its values."""
    mark = read(store, f"{PROGRESS}/{FINISHED}", marks, (slice(number, number + 1),))
    return mark is not None and bool(mark[0] == chunk_digest(sweep, number, values))
