"""Each fault of a paper is graded, traced to where it begins, and on the list of corrections."""

import re
from pathlib import Path

import pytest

from symhet.claims import Severity, Verdict
from symhet.cli.running import leaves
from symhet.papers import ledger
from symhet.render.corrections import HEADINGS, corrections_document, headlines
from symhet.render.written import corrections_of
from tests.judged import accounts, argued

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
PAPERS = ("kz", "bo")
WHOLE = [pytest.param(key, marks=pytest.mark.slow) for key in PAPERS]


def entries(key):
    return [entry for row in accounts(key) for entry in row.walk() if not (entry.parts and entry.statement is None)]


@pytest.mark.parametrize("key", WHOLE)
def test_every_fault_is_graded(key):
    faults = [e for e in entries(key) if e.verdict in (Verdict.REFUTED, Verdict.PROVED_WITH, Verdict.INCONSISTENT)]
    assert [fault.id for fault in faults if fault.severity is None] == []
    assert len(faults) > 10


@pytest.mark.parametrize("key", WHOLE)
def test_roots_are_roots(key):
    known = {entry.id: entry for row in accounts(key) for entry in row.walk()}
    for entry in entries(key):
        if entry.root is not None:
            assert known[entry.root].severity is not None, entry.id
            assert known[entry.root].root in (entry.root, None) or entry.root in known[entry.root].root, entry.id


@pytest.mark.parametrize("key", WHOLE)
def test_every_fault_is_on_the_list_where_it_begins(key):
    listed = [fault.root for fault in corrections_of(key).faults]
    assert len(listed) == len(set(listed))
    assert {entry.root for entry in entries(key) if entry.root} == set(listed)


@pytest.mark.parametrize("key", WHOLE)
def test_faults_of_substance_have_a_line_in_the_readme(key):
    known = {entry.id: entry for row in accounts(key) for entry in row.walk()}
    for fault in corrections_of(key).faults:
        assert bool(fault.headline) == (known[fault.root].severity == Severity.SUBSTANCE), fault.root
    lines = [line for _, line in headlines(corrections_of(key), accounts(key))]
    assert lines
    for line in lines:
        assert line in README


@pytest.mark.parametrize("key", WHOLE)
def test_the_list_names_every_root_once(key):
    document = corrections_document(corrections_of(key), "A paper", accounts(key))
    text = "\n".join(block.text for block in document.blocks if getattr(block, "lead", ""))
    for fault in corrections_of(key).faults:
        assert len(re.findall(rf"\({re.escape(fault.root)}[;)]", text)) == 1, fault.root
    assert set(HEADINGS) == set(Severity)


@pytest.mark.parametrize("key", PAPERS)
def test_implicit_hypotheses_cite_claims_that_are_judged(key):
    for item in corrections_of(key).implicit:
        for claim in item.rests.split():
            for leaf in leaves(ledger(key).find(claim)):
                assert leaf.argue is None or argued(leaf.id).theorems or argued(leaf.id).verdict == Verdict.GIVEN
