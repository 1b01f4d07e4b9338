"""Which check by an independent solver each row of the ledgers has, and at how many economies: none has none.

The solvers know firms, quadrature and root finding (`tests.papers.kz.economy`, `tests.referees.bo`), and none of the
formulas under test. ``python -m tests.papers.test_independent`` prints the table.
"""

import pytest

from symhet.papers import ledger
from tests.papers.bo import cases as bo
from tests.papers.bo import test_firm_by_firm as bo_tests
from tests.papers.expected import expected
from tests.papers.kz import draws as kz
from tests.papers.kz import test_firm_by_firm as kz_tests

PHASES = 2
DRAWS = {"kz": kz.SHARED, "bo": bo_tests.SIZES[1]}
FAULTY = ("refuted", "proved-with")
NO_CORRECTION = {"bo.result5.large.XX.trend", "bo.result5.large.DD.level-before"}
"""Refuted without anything that is true instead."""


def drawn(identifier):
    """Yield how a claim is tried at drawn economies, and at how many."""
    for name, table in (("holds", kz.HOLDS), ("holds where exporters come first", kz.REVERSED)):
        if identifier in table:
            yield name, kz.SHARED
    if identifier in kz.WITH:
        yield "holds exactly under its condition", kz.SHARED
    if identifier in kz.OPEN:
        yield "takes both signs", kz.SHARED
    if identifier in bo.HOLDS:
        yield "holds", PHASES * DRAWS["bo"]
    for found in (kz.FOUND, bo.FOUND):
        if identifier in found:
            everywhere = found[identifier][2]
            yield "is false" if everywhere else "is false at some", DRAWS[identifier.partition(".")[0]]
    if identifier in kz.INSTEAD or identifier in bo.INSTEAD:
        yield "what is true instead holds", DRAWS[identifier.partition(".")[0]]


def checks(claim):
    """Return all that a row or part is tried by."""
    found = [f"{how} ({size})" for how, size in drawn(claim.id)]
    if claim.id in kz.FAILS or claim.id in bo.FAILS:
        found.append("fails at its counterexample")
    if claim.argue is None and claim.parts:
        found.append("by its parts")
    if expected(claim.id.partition(".")[0])[claim.id] == "given":
        found.append("nothing to try: taken as given")
    return found


def rows():
    return [claim for key in ("kz", "bo") for claim in ledger(key).walk()]


def test_every_row_has_an_independent_check():
    assert [claim.id for claim in rows() if not checks(claim)] == []


def test_every_check_is_at_two_hundred_economies_at_least():
    assert min(size for claim in rows() for _, size in drawn(claim.id)) >= 200


@pytest.mark.parametrize("key", ["kz", "bo"])
def test_each_verdict_has_the_check_that_it_needs(key):
    argued = {claim.id for claim in ledger(key).walk() if claim.argue is not None}
    for identifier, verdict in expected(key).items():
        if identifier in argued and verdict != "given":
            how = [name for name, _ in drawn(identifier)]
            if verdict in FAULTY:
                assert identifier in (kz.FAILS if key == "kz" else bo.FAILS), identifier
            if verdict == "refuted":
                assert ("what is true instead holds" in how) == (identifier not in NO_CORRECTION), identifier
                assert any(name.startswith("is false") for name in how), identifier
            if verdict in ("proved", "proved-with"):
                assert any(name.startswith(("holds", "takes")) for name in how), identifier


def test_the_tables_are_of_these_tests():
    assert set(kz.INSTEAD) < kz_tests.DRAWN
    assert set(bo.INSTEAD) - {"bo.eq21-text"} < bo_tests.DRAWN


if __name__ == "__main__":
    for row in rows():
        print(f"{row.id:45}{expected(row.id.partition('.')[0])[row.id]:14}{'; '.join(checks(row))}")
