"""List the tactics in the papers that the search does not need: scripts/spare_tactics.py [CLAIM ...].

Every statement that a paper proves by a tactic is put to the search in its own context, with the work that a step may
take. A place in a paper is spared when the search proves all statements that are proved there.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from symhet import searched
from symhet.catalogue import ledger, papers
from symhet.claims import Claim, judge
from symhet.core.context import Context
from symhet.derivation import Derivation
from symhet.language.statements import Statement
from symhet.provers.carrier import carrier_for
from symhet.search import prove

PAPERS = str(Path(searched.__file__).parent / "papers")
Asked = dict[tuple[str, int], dict[tuple[Statement, frozenset[Statement]], Context]]


def main(identifiers: Sequence[str]) -> None:
    """Print each place with a tactic, and whether it is spared, as they are found out."""
    asked = places(identifiers)
    spared = 0
    for (file, line), questions in sorted(asked.items()):
        found = all(prove(context, goal, work=searched.STEPS) for (goal, _), context in questions.items())
        spared += found
        print(f"{'spare ' if found else 'needed'} {Path(file).relative_to(PAPERS)}:{line}", flush=True)
    print(f"{spared} of {len(asked)} places need no tactic")


def places(identifiers: Sequence[str]) -> Asked:
    """Judge claims, and return what is proved by tactics where."""
    asked: Asked = defaultdict(dict)
    taken = {name: getattr(Derivation, name) for name in ("step", "prove")}

    def noting(name: str) -> Callable[..., Any]:
        def noted(d: Derivation, *args: Any, **options: Any) -> Any:
            frame = sys._getframe(1)
            told = options.get("by") or (len(args) > 1 and name == "prove" and args[1])
            if told and frame.f_code.co_filename.startswith(PAPERS):
                carrier = carrier_for(d.context)
                context = carrier.context(d.context)
                goal = carrier.statement(args[1 if name == "step" else 0])
                key = goal, frozenset(context.hypotheses.values())
                asked[frame.f_code.co_filename, frame.f_lineno][key] = context
            return taken[name](d, *args, **options)

        return noted

    for name in taken:
        setattr(Derivation, name, noting(name))
    for claim in chosen(identifiers):
        judge(claim)
    for name, method in taken.items():
        setattr(Derivation, name, method)
    return asked


def chosen(identifiers: Sequence[str]) -> list[Claim]:
    """Return the claims with these IDs, or all, and their parts, as far as they are argued."""
    rows = [
        claim for paper in papers() for claim in ledger(paper.key).claims if not identifiers or claim.id in identifiers
    ]
    return [claim for row in rows for claim in (row, *row.parts) if claim.argue is not None]


if __name__ == "__main__":
    main(sys.argv[1:])
