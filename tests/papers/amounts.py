"""How many economies a claim is tried at: few in the quick tests, more in `make test-all`."""

from random import Random

import pytest
from hypothesis import HealthCheck, Phase, find, given, seed, settings

from symhet.claims import TAKEN_AS_GIVEN
from tests.sampled import sampled

amounts = pytest.mark.parametrize("amount", ["few", pytest.param("many", marks=pytest.mark.slow)])


def each(identifiers):
    """Return a decorator that tries a test at each of some claims, with few economies and with many.

    The quick tests take one claim in two.
    """
    return lambda test: amounts(pytest.mark.parametrize("identifier", sampled(sorted(identifiers), 2))(test))


SEEDS = {"few": 20260118, "many": 20260103}
"""One seed for all claims, so that they share their economies, and with them the equilibria."""


COMMON = {
    "deadline": None,
    "database": None,
    "suppress_health_check": (HealthCheck.too_slow, HealthCheck.filter_too_much),
}


def drawing(strategy, amount, sizes):
    """Return a decorator that calls a check with economies drawn by a strategy; what fails is shrunk.

    Parameters
    ----------
    strategy : SearchStrategy
        Public, or derived from a public one.
    amount : str
        ``"few"`` or ``"many"``.
    sizes : tuple of int
        How many economies these are.
    """
    size = sizes[amount == "many"]
    kept = settings(max_examples=size, phases=(Phase.generate, Phase.shrink), **COMMON)
    return lambda check: seed(SEEDS[amount])(kept(given(strategy)(check)))


def searching(strategy, condition, amount):
    """Return the first of up to a hundred drawn economies that meets a condition; that there is none is an error."""
    kept = settings(max_examples=100, phases=(Phase.generate,), **COMMON)
    return find(strategy, condition, settings=kept, random=Random(SEEDS[amount]))


def untried(ledger, drawn):
    """Return the claims of a paper that are not tried at drawn economies, definitions and the like apart."""
    every = {claim.id: claim for claim in ledger.walk()}
    taken = {i for i, claim in every.items() if claim.argue is None and claim.kind in TAKEN_AS_GIVEN}
    assert set(every) - taken >= drawn
    return {i for i, claim in every.items() if not claim.parts} - taken - drawn
