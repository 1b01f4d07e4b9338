"""Every claim of Kleinert and Zorell at economies drawn by `symhet.strategies`, firm by firm.

What is proved holds at each of them, what is proved under a condition holds where that is met, what is refuted is
false there, and at its exported counterexample. Signs are central differences of whole equilibria.
"""

import pytest

from symhet.papers.kz.ledger import ledger
from tests.papers.amounts import drawing, each, searching, untried
from tests.papers.kz import appendices, behaviour, corrected, equilibrium, refuted, section_3, section_4
from tests.papers.kz.draws import (
    AMBIGUOUS,
    FAILS,
    FOUND,
    HOLDS,
    INSTEAD,
    OPEN,
    REVERSED,
    WITH,
    close,
    economies,
    judged,
    pareto_throughout,
    reversed_economies,
    reversed_pareto_throughout,
    shared,
    witness,
)
from tests.papers.kz.laws import Pareto

SECTIONS = section_3, appendices, section_4, equilibrium, behaviour, refuted, corrected
EXEMPT: dict[str, str] = {}
"""Claims that nothing numerical can check, and why."""

SIZES = 4, None
DRAWN = {*HOLDS, *REVERSED, *WITH, *FOUND, *OPEN}


def check_by_drawing(identifier, amount):
    """Try a claim at drawn economies, as its verdict asks."""
    of_pareto = identifier.endswith(".pareto")
    if identifier in HOLDS:
        collected(HOLDS[identifier], pareto_throughout if of_pareto else economies, amount)
    elif identifier in REVERSED:
        collected(REVERSED[identifier], reversed_pareto_throughout if of_pareto else reversed_economies, amount)
    elif identifier in WITH:
        drawn = reversed_economies if identifier.startswith("kz.A3-violated") else economies
        assert any(collected(WITH[identifier], drawn, amount)), "no economy met the condition"
    elif identifier in OPEN:
        signs = OPEN[identifier]
        found_at_some(lambda e: max(signs(e)) > 0, economies, amount)
        found_at_some(lambda e: min(signs(e)) < 0, economies, amount)
    else:
        check, drawn, everywhere = FOUND[identifier]
        if everywhere:
            assert all(collected(check, drawn, amount))
        else:
            found_at_some(check, drawn, amount)


def found_at_some(check, drawn, amount):
    if amount == "many":
        assert any(map(check, shared(drawn)))
    else:
        searching(drawn(), check, amount)


def collected(check, drawn, amount):
    """Return what a check says of a few economies, of which one that fails is shrunk, or of two hundred shared ones."""
    if amount == "many":
        return [check(economy) for economy in shared(drawn)]
    seen = []

    @drawing(drawn(), amount, SIZES)
    def run(economy):
        seen.append(check(economy))

    run()
    return seen


@each(DRAWN)
def test_a_claim_at_drawn_economies(identifier, amount):
    check_by_drawing(identifier, amount)


@each(INSTEAD)
def test_what_is_true_instead_at_drawn_economies(identifier, amount):
    check, drawn = INSTEAD[identifier]
    collected(check, drawn, amount)


@pytest.mark.parametrize("identifier", sorted(AMBIGUOUS))
def test_an_open_sign_takes_both_values(identifier):
    first, second = AMBIGUOUS[identifier]()
    assert first * second < 0


@pytest.mark.parametrize("identifier", sorted(FAILS))
def test_a_claim_fails_at_its_witness(identifier):
    assert judged(identifier).verdict == ("proved-with" if identifier in WITH else "refuted")
    FAILS[identifier](*witness(identifier))


def test_numbers_in_the_reasons_of_open_signs():
    at, flat, at_off, at_ex = behaviour.at, behaviour.FLAT, behaviour.AT_OFF, behaviour.AT_EX
    for found, told in (
        (behaviour.mass(at(at_off)), 0.195),
        (behaviour.mass(at(at_ex)), -0.056),
        (behaviour.incumbents_part(at(at_off)) + 0.5, 0.712),
        (behaviour.incumbents_part(at(at_ex)) + 0.5, 0.117),
        (behaviour.share_moves(at(flat, 4.0)), -0.012),
        (behaviour.share_moves(at(at_ex, 4.0)), 0.005),
    ):
        assert found == pytest.approx(told, abs=6e-4)


def test_every_claim_is_tried_at_drawn_economies():
    assert untried(ledger(), DRAWN) == set(EXEMPT)


def test_a_claim_is_registered_for_one_verdict():
    assert set(FAILS) == set(FOUND) | set(WITH)
    assert set(AMBIGUOUS) == set(OPEN)
    registers = HOLDS, REVERSED, WITH, FOUND, OPEN
    assert sum(map(len, registers)) == len(DRAWN)


def test_what_fails_is_reported_for_the_simplest_economy():
    seen = []

    def false(e):
        seen.append(e)
        assert e.sigma < 1

    with pytest.raises(AssertionError):
        drawing(economies(), "few", SIZES)(false)()
    assert (seen[-1].sigma, seen[-1].n, seen[-1].law) == (2.0, 1.0, Pareto(2.0, 1.0))


def test_the_two_referees_agree():
    from scipy.stats import pareto

    from symhet.papers.kz.parameters import DEFAULTS
    from tests.papers.kz.economy import Economy
    from tests.referees.kz import referee_kz

    slow, fast = referee_kz(pareto(4.25), DEFAULTS), Economy(Pareto(4.25, 1.0), **DEFAULTS)
    found = [fast.P_X, fast.phi_off, fast.phi_ex, fast.M, fast.M_t, fast.exports, fast.imports, fast.welfare]
    names = ("P_X", "phi_off", "phi_ex", "M", "M_t", "exports_X", "imports_I_cif", "welfare")
    close(found, [slow[name] for name in names], 1e-9)
