"""Judge claims by search and keep their theorems: scripts/keep_theorems.py [CLAIM ...].

Without arguments every claim of every paper is judged, and nothing else stays in the stores. With IDs of rows only
these are judged, with their parts, and what they make is added.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from symhet.catalogue import ledger, papers
from symhet.claims import Claim, judge
from symhet.keeping import KEEPER, Store, kept_line, read_store, write_store


def main(identifiers: Sequence[str]) -> None:
    """Write the store of each paper."""
    for paper in papers():
        rows = [row for row in identifiers if row.partition(".")[0] == paper.key]
        if identifiers and not rows:
            continue
        kept = read_store(paper.store).lines() if rows else []
        claims = [ledger(paper.key).find(row) for row in rows] if rows else list(ledger(paper.key).claims)
        with KEEPER.searching(), KEEPER.collecting() as made:
            for claim in claims:
                judge_all(claim)
        # What is made anew takes the place of what said the same.
        lines = Store([*kept, *(kept_line(theorem) for theorem in made)]).lines()
        write_store(paper.store, [f"{line}\n" for line in lines])
        print(f"{paper.key}: {len(lines)} theorems in {paper.store.stat().st_size} bytes")


def judge_all(claim: Claim) -> None:
    """Judge a claim and its parts, as far as they are argued."""
    if claim.argue is not None:
        judge(claim)
    for part in claim.parts:
        judge_all(part)


if __name__ == "__main__":
    main(sys.argv[1:])
