"""What the README says is what the ledgers say."""

import re
from pathlib import Path

import pytest

from tests.judged import judged

README = (Path(__file__).resolve().parent.parent / "README.md").read_text("utf-8")
ROWS = re.findall(r"^\| `((?:kz|bo)\.[^`]+)`[^|]*\| ([a-z-]+) \|", README, re.MULTILINE)


def test_the_table_was_found():
    assert len(ROWS) > 12
    assert {"proved", "proved-with", "refuted"} == {verdict for _, verdict in ROWS}


@pytest.mark.parametrize(("identifier", "verdict"), ROWS)
def test_the_table_of_results_is_true(identifier, verdict):
    assert judged(identifier).finding.verdict == verdict


def test_files_that_it_names_exist():
    root = Path(__file__).resolve().parent.parent
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (root / target).exists(), target


def test_the_first_commands_are_the_two_that_do_everything():
    assert re.findall(r"^\$ (make \w+)", README, re.MULTILINE)[:2] == ["make verify", "make test"]
