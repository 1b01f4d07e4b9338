"""Judge every claim of every paper by search and keep the theorems: scripts/keep_theorems.py."""

from __future__ import annotations

from symhet.catalogue import ledger, papers
from symhet.claims import judge
from symhet.keeping import KEEPER, kept_line, write_store


def main() -> None:
    """Write the store of each paper."""
    for paper in papers():
        key = paper.key
        with KEEPER.searching(), KEEPER.collecting() as made:
            for claim in ledger(key).walk():
                if claim.argue is not None:
                    judge(claim)
        lines = [kept_line(theorem) for theorem in made]
        write_store(paper.store, lines)
        print(f"{key}: {len(set(lines))} theorems in {paper.store.stat().st_size} bytes")


if __name__ == "__main__":
    main()
