"""False neighbours of proved claims are refuted exactly, and none is proved."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from symhet.cli import main


def table(*args: str) -> list[tuple[int, int, int, int]]:
    done = CliRunner().invoke(main, ["selftest", "-q", *args])
    assert done.exit_code == 0, done.output
    rows = re.findall(r"^\w+ +(\d+) +(\d+) +(\d+) +(\d+)$", done.stdout, re.MULTILINE)
    return [tuple(map(int, row)) for row in rows]  # type: ignore[misc]


def test_false_neighbours_of_a_few_claims_are_not_proved() -> None:
    for _, _, false, proved in table("kz.eq12", "kz.eq14"):
        assert false >= 10
        assert proved == 0


@pytest.mark.slow
def test_no_false_neighbour_of_any_claim_is_proved() -> None:
    rows = table()
    assert sum(false for _, _, false, _ in rows) >= 1500
    assert sum(proved for *_, proved in rows) == 0
