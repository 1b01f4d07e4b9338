"""The IDs of claims for the completion of shells, at once: without loading a paper, where its list is fresh.

A paper's room may hold the file ``claims.txt``: a digest of its modules, then the IDs of its claims. Where the digest
is that of the modules, the list is believed; else the ledger is read, which takes a second.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from hashlib import blake2b
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

GROUP = "symhet.papers"
LISTING = "claims.txt"


def identifiers() -> list[str]:
    """Return the keys of papers and the IDs of their claims.

    Examples
    --------
    >>> {"kz", "kz.eq12", "bo.result1"} <= {*identifiers()}
    True
    """
    found: list[str] = []
    for entry in entry_points(group=GROUP):
        listed = None if GROUP in sys.modules else _listed(entry)
        if listed is None:
            return [name for key, names in _read() for name in (key, *names)]
        found += [entry.name, *listed]
    return found


def listing(room: Path, names: Iterator[str]) -> str:
    """Return what ``claims.txt`` in a paper's room says."""
    return "\n".join([digest(room), *names]) + "\n"


def digest(room: Path) -> str:
    """Return a digest of the modules in a room."""
    found = blake2b(digest_size=16)
    for path in sorted(room.glob("*.py")):
        found.update(path.name.encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def _listed(entry: EntryPoint) -> list[str] | None:
    """Return the claims of a paper by its list, or None where there is none that is fresh."""
    room = _room(entry)
    if room is None or not (room / LISTING).is_file():
        return None
    said, *names = (room / LISTING).read_text("utf-8").splitlines()
    return names if said == digest(room) else None


def _room(entry: EntryPoint) -> Path | None:
    """Return the folder of a paper, found on the path: importing its package would load the paper."""
    parts = entry.module.split(".")
    folders = (Path(place or ".", *parts) for place in sys.path)
    return next((folder for folder in folders if folder.is_dir()), None)


def _read() -> Iterator[tuple[str, list[str]]]:
    from symhet.cli.ledgers import ledgers

    for ledger in ledgers():
        yield ledger.key, [claim.id for claim in ledger.walk()]
