"""Where papers stand on the disk and what their files are, without loading any.

A paper's room may hold the file ``accounts.gz``, which says what was found of its claims and of which files that is
true (`symhet.cli.kept`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import blake2b
from importlib.metadata import entry_points
from pathlib import Path

__all__ = ["ACCOUNTS", "GROUP", "modules", "rooms", "stamps"]

ACCOUNTS = "accounts.gz"
GROUP = "symhet.papers"
ENGINE = (
    "*.py", "algebra/*.py", "language/sympy_door.py", "provers/*.py", "rules/*.py", "render/*.py", "model/regime.py",
    "numerics/counterexamples.py", "cli/rooms.py", "cli/kept.py", "cli/screens.py", "cli/telling.py",
)  # fmt: skip
"""The modules of the package that make statements of a paper's scripts, and text of statements.

What the core does to a certificate is done again whenever something kept is told, and how a certificate was found does
not matter: the core, its language and the search are not among them.
"""


def rooms() -> Mapping[str, Path | None]:
    """Return the folders of the papers that are installed, by key; none where a paper is no folder on the path.

    They are found on the path: importing a paper's package would load the paper.
    """
    found: dict[str, Path | None] = {}
    for entry in entry_points(group=GROUP):
        folders = (Path(place or ".", *entry.module.split(".")) for place in sys.path)
        found[entry.name] = next((folder for folder in folders if folder.is_dir()), None)
    return found


def modules(room: Path) -> str:
    """Return a digest of the modules in a room."""
    return _digest(room.glob("*.py"), room)


def stamps(room: Path) -> dict[str, str]:
    """Return digests of the files on which the accounts of a paper depend, by what they are."""
    stores = (path for path in room.glob("*.gz") if path.name != ACCOUNTS)
    return {"modules": modules(room), "theorems": _digest(stores, room), "engine": _engine()}


@cache
def _engine() -> str:
    package = Path(__file__).parents[1]
    return _digest((path for pattern in ENGINE for path in package.glob(pattern)), package)


def _digest(paths: Iterable[Path], above: Path) -> str:
    """Return a digest of files: of their names below a folder, and of what is in them."""
    found = blake2b(digest_size=16)
    for path in sorted(paths):
        for part in (path.relative_to(above).as_posix().encode(), path.read_bytes()):
            found.update(len(part).to_bytes(8, "big") + part)
    return found.hexdigest()
