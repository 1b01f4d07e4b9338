"""Each claim of each paper has the verdict that is expected of it, and the committed table says the same."""

import re
from pathlib import Path

import pytest

from symhet import papers
from tests.judged import judged
from tests.papers.expected import expected

DERIVATIONS = Path(__file__).parents[2] / "derivations"
ROW = re.compile(r"\| (?P<id>[\w.\\*-]+) \|[^|]*\|[^|]*\| (?P<verdict>[a-z-]+) \|")
KEYS = papers.keys()


@pytest.mark.parametrize("row", [claim.id for key in KEYS for claim in papers.ledger(key).claims])
def test_a_claim_and_its_parts_have_the_verdicts_that_are_expected(row):
    pending, found = [judged(row)], {}
    while pending:
        judgement = pending.pop()
        found[judgement.claim.id] = str(judgement.finding.verdict)
        pending += judgement.parts
    known = expected(row.partition(".")[0])
    assert found == {identifier: known.get(identifier) for identifier in found}


@pytest.mark.parametrize("key", KEYS)
def test_every_claim_is_expected_and_no_other(key):
    assert list(expected(key)) == [claim.id for claim in papers.ledger(key).walk()]


@pytest.mark.parametrize("key", KEYS)
def test_the_committed_table_of_verdicts_says_the_same(key):
    table = (DERIVATIONS / key / "verdicts.md").read_text("utf-8")
    listed = {match["id"].replace("\\", ""): match["verdict"] for match in ROW.finditer(table)}
    assert {name: verdict for name, verdict in listed.items() if name.startswith(f"{key}.")} == expected(key)
