"""Every claim of Baldwin and Okubo at economies drawn by `symhet.strategies`, by quadrature over firms.

What is proved holds at each of them where both nations have firms; what is refuted is false at drawn economies, and
at its exported counterexample.
"""

import pytest

from symhet.claims import TAKEN_AS_GIVEN
from symhet.papers.bo.ledger import ledger
from tests.papers.amounts import amounts, drawing, searching
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
RESULTS = tuple(f"result{number}" for number in range(1, 8))


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


def under(result):
    """Return the claims that make up a numbered result."""
    return sorted(i for i in DRAWN if i == f"bo.{result}" or i.startswith(f"bo.{result}."))


@amounts
@pytest.mark.parametrize("identifier", under("result1"))
def test_result_1_entry_and_exit_remove_the_incentive_to_relocate(identifier, amount):
    check_by_drawing(identifier, amount)


@amounts
@pytest.mark.parametrize("identifier", under("result2"))
def test_result_2_the_most_efficient_move_first(identifier, amount):
    check_by_drawing(identifier, amount)


@amounts
@pytest.mark.parametrize("identifier", under("result3"))
def test_result_3_two_phases_of_relocation(identifier, amount):
    check_by_drawing(identifier, amount)


@amounts
@pytest.mark.parametrize("identifier", under("result4"))
def test_result_4_skewed_costs_work_against_agglomeration(identifier, amount):
    check_by_drawing(identifier, amount)


@amounts
@pytest.mark.parametrize("identifier", under("result5"))
def test_result_5_productivity(identifier, amount):
    check_by_drawing(identifier, amount)


@amounts
@pytest.mark.parametrize("identifier", under("result6"))
def test_result_6_freer_trade_and_the_small_nation(identifier, amount):
    check_by_drawing(identifier, amount)


@amounts
@pytest.mark.parametrize("identifier", under("result7"))
def test_result_7_relocation_and_welfare(identifier, amount):
    check_by_drawing(identifier, amount)


@amounts
@pytest.mark.parametrize("identifier", sorted(i for i in DRAWN if not i.startswith("bo.result")))
def test_a_claim_at_drawn_economies(identifier, amount):
    check_by_drawing(identifier, amount)


@amounts
@pytest.mark.parametrize("identifier", sorted(INSTEAD))
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
    """All but definitions and the like, whose verdict is `given`, and what `EXEMPT` explains."""
    every = {claim.id: claim for claim in ledger().walk()}
    taken = {i for i, claim in every.items() if claim.argue is None and claim.kind in TAKEN_AS_GIVEN}
    leaves = {i for i, claim in every.items() if not claim.parts} - taken
    assert leaves - DRAWN == set(EXEMPT)
    assert set(every) - taken >= DRAWN
    assert all(map(under, RESULTS))


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
