"""Every claim of Baldwin and Okubo at economies drawn by `symhet.strategies`, by quadrature over firms.

What is proved holds at each of them where both nations have firms; what is refuted is false at drawn economies, and
at its exported counterexample.
"""

import pytest

from symhet.papers.bo.ledger import ledger
from tests.papers.amounts import amounts, drawing, each, searching, untried
from tests.papers.bo import corrected, general, long_run, process, readings, refuted, trade
from tests.papers.bo.cases import FAILS, FOUND, HOLDS, INSTEAD, cases, witness

SECTIONS = trade, readings, process, long_run, refuted, general, corrected
EXEMPT = {
    "bo.pro-rata": "an assumption",
    "bo.six-equations": "a plan without equations",
}
"""Claims that nothing here checks, and why."""

SIZES = 5, 200
DRAWN = {*HOLDS, *FOUND}


def check_by_drawing(identifier, amount):
    """Try a claim at drawn economies, as its verdict asks."""
    if identifier in HOLDS:
        for phase in ("XX", "DD"):
            hold(HOLDS[identifier], phase, amount)
        return
    check, strategy, everywhere = FOUND[identifier]
    if not everywhere:
        searching(strategy(), check, amount)
        return

    @drawing(strategy(), amount, SIZES)
    def run(case):
        assert check(case)

    run()


def hold(check, phase, amount):
    @drawing(cases(phase), amount, SIZES)
    def run(case):
        check(case, phase)

    run()


@each(DRAWN)
def test_a_claim_at_drawn_economies(identifier, amount):
    check_by_drawing(identifier, amount)


@each(INSTEAD)
def test_what_is_true_instead_at_drawn_economies(identifier, amount):
    check, strategy = INSTEAD[identifier]

    @drawing(strategy(), amount, SIZES)
    def run(case):
        check(case)

    run()


@pytest.mark.parametrize("identifier", sorted(FAILS))
def test_a_claim_fails_at_its_witness(identifier):
    verdict, values, case = witness(identifier)
    assert verdict == ("proved-with" if identifier in HOLDS else "refuted")
    FAILS[identifier](values, case)


def test_every_claim_is_tried_at_drawn_economies():
    assert untried(ledger(), DRAWN) == set(EXEMPT)


def test_a_refuted_claim_is_tried_at_drawn_economies_too():
    assert set(FAILS) - set(HOLDS) == set(FOUND)


@amounts
def test_the_south_loses_from_relocation_with_footholds_sunk_too(amount):
    @drawing(cases("DD"), amount, SIZES)
    def run(case):
        without = case.opened()[2]
        assert readings.demands_sunk(case, readings.stop(case))[1] > without

    run()


def test_the_north_gains_from_relocation_in_dd_before_entry_at_most_points_only():
    _, _, where = witness("bo.result5.large.DD.level-before")
    assert 0.99 < where.at("short-run")["a_R"] / where.at("autarky")["a_D"] < 1
    assert process.extra_gain(where) == pytest.approx(-0.0006, abs=5e-5)
    assert process.extra_gain(where.but(phi=0.95)) > 0
