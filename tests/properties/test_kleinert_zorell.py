"""Every claim of Kleinert and Zorell at random admissible economies, firm by firm; every refuted one at its witness.

What is proved holds at economies drawn from the chart, what is proved under a condition holds where that is met and
fails at the exported counterexample, what is refuted fails there. Signs are central differences of whole equilibria.
"""

import pytest
from hypothesis import Phase, given, seed, settings

from symhet.claims import TAKEN_AS_GIVEN
from symhet.papers.kleinert_zorell.ledger import ledger
from tests.properties import kz_appendices, kz_section_3, kz_section_4
from tests.properties.kz_draws import (
    AMBIGUOUS,
    FAILS,
    HOLDS,
    REVERSED,
    WITH,
    close,
    economies,
    judged,
    reversed_economies,
    witness,
)

SECTIONS = kz_section_3, kz_appendices, kz_section_4
EXEMPT: dict[str, str] = {}
"""Claims that nothing numerical can check, and why."""

# One seed for all, so that the tests share their economies, and with them the equilibria.
SAME = [seed(20260101), settings(max_examples=4, deadline=None, database=None, phases=(Phase.generate,))]


def same(test):
    for decorate in SAME:
        test = decorate(test)
    return test


@pytest.mark.parametrize("identifier", sorted(HOLDS))
def test_a_proved_claim_holds(identifier):
    @same
    @given(economies())
    def check(economy):
        HOLDS[identifier](economy)

    check()


@pytest.mark.parametrize("identifier", sorted(REVERSED))
def test_a_proved_claim_holds_where_only_exporters_offshore(identifier):
    @same
    @given(reversed_economies())
    def check(economy):
        REVERSED[identifier](economy)

    check()


@pytest.mark.parametrize("identifier", sorted(WITH))
def test_a_claim_holds_under_its_condition(identifier):
    met = []

    @same
    @given(economies())
    def check(economy):
        met.append(WITH[identifier](economy))

    check()
    assert any(met), "no economy met the condition"


@pytest.mark.parametrize("identifier", sorted(AMBIGUOUS))
def test_an_open_sign_takes_both_values(identifier):
    first, second = AMBIGUOUS[identifier]()
    assert first * second < 0


@pytest.mark.parametrize("identifier", sorted(FAILS))
def test_a_claim_fails_at_its_witness(identifier):
    assert judged(identifier).verdict == ("proved-with" if identifier in WITH else "refuted")
    FAILS[identifier](*witness(identifier))


def test_every_claim_is_checked():
    every = {claim.id: claim for claim in ledger().walk()}
    taken = {i for i, claim in every.items() if claim.argue is None and claim.kind in TAKEN_AS_GIVEN}
    leaves = {i for i, claim in every.items() if not claim.parts} - taken
    checked = set(HOLDS) | set(WITH) | set(FAILS) | set(REVERSED) | set(AMBIGUOUS)
    assert leaves - checked == set(EXEMPT)
    assert checked <= set(every) - taken
    assert not (set(HOLDS) | set(REVERSED)) & (set(FAILS) | set(WITH))
    assert set(WITH) <= set(FAILS)


def test_the_two_referees_agree():
    from scipy.stats import pareto

    from symhet.numerics.kz_parameters import DEFAULTS
    from symhet.numerics.referee_kz import referee_kz
    from tests.properties.kz_economy import Economy, Pareto

    slow, fast = referee_kz(pareto(4.25), DEFAULTS), Economy(Pareto(4.25, 1.0), **DEFAULTS)
    found = [fast.P_X, fast.phi_off, fast.phi_ex, fast.M, fast.M_t, fast.exports, fast.imports, fast.welfare]
    names = ("P_X", "phi_off", "phi_ex", "M", "M_t", "exports_X", "imports_I_cif", "welfare")
    close(found, [slow[name] for name in names], 1e-9)
