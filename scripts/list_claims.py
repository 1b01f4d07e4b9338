"""Write the lists of claims by which shells complete their IDs: claims.txt in each paper's room."""

from __future__ import annotations

from pathlib import Path

import symhet
from symhet.cli.completing import LISTING, listing
from symhet.cli.ledgers import ledgers


def main() -> None:
    """Write the list of every paper that stands in this package."""
    for ledger in ledgers():
        room = Path(symhet.__file__).parent / "papers" / ledger.key
        if room.is_dir():
            (room / LISTING).write_text(listing(room, (claim.id for claim in ledger.walk())), "utf-8")


if __name__ == "__main__":
    main()
