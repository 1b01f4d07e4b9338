"""At the door of each paper's room: what is in it, and which equation is argued in which file."""

import re
from pathlib import Path

import pytest

from scripts import source_maps
from symhet.catalogue import papers
from symhet.claims import Claim

DOORS = {paper.key: paper for paper in papers()}


@pytest.mark.parametrize("key", DOORS)
def test_the_source_map_is_as_the_ledger_has_it(key):
    paper = DOORS[key]
    text = (paper.store.parent / source_maps.MAP).read_text("utf-8")
    assert text == source_maps.source_map(paper), "run `make source-maps`"
    assert all(f"`{claim.id}`" in text for claim in paper.ledger().walk())


@pytest.mark.parametrize("key", DOORS)
def test_every_file_that_a_door_names_is_there(key):
    room = DOORS[key].store.parent
    for page in ("README.md", source_maps.MAP):
        text = (room / page).read_text("utf-8")
        named = {*re.findall(r"\]\(([^)]+)\)", text), *re.findall(r"`(\w+\.(?:py|gz))`", text)}
        assert [name for name in sorted(named) if not (room / name).exists()] == []


def argued_here():
    """Argue nothing; stands in a file outside any room."""


def test_a_claim_that_another_file_argues_is_told_with_that_file(tmp_path):
    claim = Claim("x.1", "claim", "A paper, section 2", "x", argued_here, title="a claim")
    assert list(source_maps.rows((claim,), Path(__file__).parent)) == [
        "| section 2 | `x.1` | a claim | [test_doors.py](test_doors.py) |"
    ]
