"""Steps of the papers that name no tactic are found by the search: which need a certificate that is kept is said."""

import json
import subprocess
import sys

import pytest

KEPT = {
    "kz": [],
    "bo": [
        *("bo.wages.both", "bo.result5.large.XX.after"),
        *("bo.migration-better.after", "bo.migration-better.after"),
    ],
}
"""Claims with a step for which what is kept was asked, once for each step: no other may."""
SAMPLE = ("bo.result1", "kz.savings", "kz.wages")
ASKED = """
import json, sys
from symhet import searched
from symhet.catalogue import ledger, papers
from symhet.claims import judge
from symhet.keeping import KEEPER
from symhet.language.spelling import text

wanted = set(sys.argv[1:])
fallen, judged = [], 0
kept = type(KEEPER).steps

def noted(self, statement):
    found = kept(self, statement)
    fallen.append([claim.id, text(statement)])
    return found

type(KEEPER).steps = noted
with KEEPER.searching():
    for paper in papers():
        for row in ledger(paper.key).claims:
            for claim in (row, *row.parts) if {paper.key, row.id} & wanted else ():
                if claim.argue is not None:
                    judge(claim)
                    judged += 1
print(json.dumps([judged, fallen]))
"""


def fallen(*wanted: str) -> tuple[int, list[list[str]]]:
    """Return how many claims were judged in a fresh process, and the steps for which what is kept was asked."""
    command = [sys.executable, "-c", ASKED, *wanted]
    judged, found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return judged, found


def test_steps_are_found_without_what_is_kept() -> None:
    judged, found = fallen(*SAMPLE)
    assert judged >= len(SAMPLE)
    assert found == []


@pytest.mark.slow
@pytest.mark.parametrize("paper", ["bo", "kz"])
def test_all_steps_of_a_paper_are_found_without_what_is_kept(paper: str) -> None:
    judged, found = fallen(paper)
    assert judged > 100
    assert sorted(claim for claim, _ in found) == sorted(KEPT[paper])
