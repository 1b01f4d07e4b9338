"""A successor finds the way of a claim: few files from the ledger to verdict, document and numeric function."""

import json
import re
import subprocess
import sys

import pytest

from scripts import trail
from scripts.trail import ROOT

MOST = 15
INTERNALS = (ROOT.parent / "docs" / "internals.md").read_text("utf-8")


def measured(identifier):
    """Return a claim's trail as a fresh process finds it: what an earlier test had made once would not run again."""
    code = "import json, sys; from scripts.trail import trail; print(json.dumps(trail(sys.argv[1])))"
    command = [sys.executable, "-c", code, identifier]
    told = subprocess.run(command, cwd=ROOT.parent, capture_output=True, text=True, check=True).stdout
    return {what: tuple(names) for what, names in json.loads(told).items()}


@pytest.mark.slow
@pytest.mark.parametrize("identifier", ["kz.R.2.extensive", "bo.result6.after"])
def test_the_trail_is_short_and_is_the_one_that_the_page_lists(identifier):
    found = measured(identifier)
    files = [name for names in found.values() for name in names]
    assert len(files) <= MOST, files
    assert found["verdict"] == trail.VERDICT
    assert found["document"] == trail.DOCUMENT
    assert found["number"] == trail.NUMBER
    assert all((ROOT / name).is_file() for name in files)
    column = {"kz": 2, "bo": 3}[identifier[:2]]
    [row] = [line for line in INTERNALS.splitlines() if line.startswith("| paper |")]
    listed = re.findall(r"`([\w.]+)`", row.split("|")[column])
    assert sorted(listed) == sorted(name.rpartition("/")[2] for name in found["paper"])


def test_only_files_that_run_are_on_a_trail():
    assert trail.files_run(lambda: None) == set()
    assert "domain.py" in trail.files_run(lambda: trail.find_paper("kz").vocabulary().domain.hypotheses())
