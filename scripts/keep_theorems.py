"""Judge every claim of every paper by search and keep the theorems: scripts/keep_theorems.py."""

from __future__ import annotations

from symhet.claims import judge
from symhet.keeping import KEEPER, kept_line, write_store
from symhet.papers import keys, ledger, store_of


def main() -> None:
    """Write the store of each paper."""
    for key in keys():
        with KEEPER.searching(), KEEPER.collecting() as made:
            for claim in ledger(key).walk():
                if claim.argue is not None:
                    judge(claim)
        lines = [kept_line(theorem) for theorem in made]
        write_store(store_of(key), lines)
        print(f"{key}: {len(set(lines))} theorems in {store_of(key).stat().st_size} bytes")


if __name__ == "__main__":
    main()
