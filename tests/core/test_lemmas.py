"""Named lemmas are rules: each is held against numbers, and none gives its conclusion without its premises."""

from __future__ import annotations

import inspect
import random

import pytest
import sympy as sp

from symhet.algebra.tails import SUPPORT
from symhet.certificate import Certificate
from symhet.lemmas import SCHEMAS, instance
from symhet.propositions import Prop, Rel
from symhet.provers.economy import BeyondSightError, Economy, Pareto, UndefinedTermError

DRAWS, LEAST = 4000, 25


def arguments(name: str) -> tuple[sp.Symbol, ...]:
    """Return a real symbol for each argument of a lemma."""
    return tuple(sp.Symbol(f"z_{parameter}", real=True) for parameter in inspect.signature(SCHEMAS[name]).parameters)


def economy(rng: random.Random, symbols: tuple[sp.Symbol, ...]) -> Economy:
    low = rng.uniform(0.2, 2.0)
    distribution = Pareto(low, low * rng.uniform(1.1, 3.0), rng.uniform(4.0, 9.0), rng.uniform(4.0, 9.0))
    values = {symbol: rng.choice((rng.gauss(0.0, 1.5), rng.lognormvariate(0.3, 0.7))) for symbol in symbols}
    return Economy({**values, SUPPORT: low}, distribution)


def exactly(at: Economy, prop: Prop) -> bool:
    try:
        return at.holds(prop, slack=-1e-9)
    except UndefinedTermError:
        return False


@pytest.mark.parametrize("name", SCHEMAS)
def test_conclusions_hold_where_premises_do(name: str) -> None:
    symbols = arguments(name)
    premises, conclusion = instance(name, symbols)
    rng = random.Random(name)
    met = 0
    for _ in range(DRAWS):
        at = economy(rng, symbols)
        if all(premise.op == "!=" or exactly(at, premise) for premise in premises if isinstance(premise, Rel)):
            try:
                assert at.holds(conclusion), f"{conclusion} at {at}"
            except BeyondSightError:
                continue
            met += 1
    assert met >= LEAST


def _lemma(name: str, symbols: tuple[sp.Symbol, ...], proofs: tuple[Certificate, ...]) -> Certificate:
    return Certificate("lemma", {"name": name, "arguments": symbols, "premises": proofs})
