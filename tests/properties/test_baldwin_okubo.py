"""Every claim of Baldwin and Okubo where two nations produce; every refuted one at its exported counterexample."""

import pytest
from hypothesis import Phase, given, seed, settings

from symhet.claims import TAKEN_AS_GIVEN
from symhet.papers.baldwin_okubo.ledger import ledger
from tests.properties import bo_long_run, bo_trade
from tests.properties.bo_cases import FAILS, HOLDS, cases, witness

SECTIONS = bo_trade, bo_long_run
EXEMPT = {
    "bo.eq21-text": "two sentences that exclude one another: there is nothing to evaluate",
}

"""Claims that nothing here checks, and why."""


@pytest.mark.parametrize("phase", ["XX", "DD"])
@pytest.mark.parametrize("identifier", sorted(HOLDS))
def test_a_claim_holds(identifier, phase):
    # One seed for all, so that the tests share their economies, and with them the equilibria.
    @seed(20260102)
    @settings(max_examples=5, deadline=None, database=None, phases=(Phase.generate,))
    @given(cases(phase))
    def check(case):
        HOLDS[identifier](case, phase)

    check()


@pytest.mark.parametrize("identifier", sorted(FAILS))
def test_a_claim_fails_at_its_witness(identifier):
    verdict, values, case = witness(identifier)
    assert verdict == ("proved-with" if identifier in HOLDS else "refuted")
    FAILS[identifier](values, case)


def test_every_claim_is_checked():
    every = {claim.id: claim for claim in ledger().walk()}
    taken = {i for i, claim in every.items() if claim.argue is None and claim.kind in TAKEN_AS_GIVEN}
    leaves = {i for i, claim in every.items() if not claim.parts} - taken
    checked = set(HOLDS) | set(FAILS)
    assert leaves - checked == set(EXEMPT)
    assert checked <= set(every) - taken
