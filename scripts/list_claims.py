"""Judge every claim of the papers in this package and keep what was found: scripts/list_claims.py [PAPER ...].

Each claim is built from its primitives, with the certificates that are kept; `symhet.cli.kept` says what is kept of it
and when that is told again. Shells complete the IDs of claims from the same file. With ``--check`` nothing is written:
the files are held against what is found, and the status is 1 where they differ.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from shutil import copy

import symhet
from symhet.catalogue import find_paper
from symhet.cli.accounting import keep
from symhet.cli.ledgers import ledgers
from symhet.cli.rooms import ACCOUNTS
from symhet.cli.running import How, Run, cores
from symhet.keeping import STORE
from symhet.render.briefs import ERROR

CHECK = "--check"


def main(words: Sequence[str]) -> int:
    """Write or check the accounts of each paper; return the exit status."""
    wanted = [word for word in words if word != CHECK]
    stale = []
    for ledger in ledgers(wanted):
        room = Path(symhet.__file__).parent / "papers" / ledger.key
        paper = find_paper(ledger.key)
        if paper is None or not room.is_dir():
            continue
        run = Run(ledger.claims, How(export=True))
        run.execute(cores())
        if failed := [told.id for told in run.done.values() if told.verdict == ERROR]:
            print(f"no verdict for {', '.join(failed)}: nothing is kept of {ledger.key}")
            return 1
        with tempfile.TemporaryDirectory() as scratch:
            for file in (*room.glob("*.py"), *room.glob("*.gz")):
                copy(file, scratch)
            number = keep(ledger, run.accounts(), Path(scratch), paper.place)
            made = {name: (Path(scratch) / name).read_bytes() for name in (ACCOUNTS, STORE)}
        changed = [name for name, content in made.items() if not _same(room / name, content)]
        if CHECK in words:
            stale += [f"{ledger.key}/{name}" for name in changed]
        else:
            for name in changed:
                (room / name).write_bytes(made[name])
        print(f"{ledger.key}: {number} claims in {len(made[ACCOUNTS])} bytes")
    if stale:
        print(f"not what is found now: {', '.join(stale)}; run `make claims` and commit what it writes")
    return 1 if stale else 0


def _same(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
