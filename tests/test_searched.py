"""Steps without a tactic: found by the search, or else by a kept certificate that holds; never without one."""

import pytest
import sympy as sp

from symhet.context import Context
from symhet.core import derived
from symhet.derivation import Derivation
from symhet.errors import DerivationError, SymhetError
from symhet.keeping import KEEPER
from symhet.propositions import eq, gt
from symhet.searched import searched
from symhet.theorems import proof_by

x, y = sp.symbols("x y", positive=True)


def test_a_step_is_found_and_used_without_a_tactic():
    d = Derivation(Context({"above": gt(x, 1)}))
    square = d.step("square", gt(x**2, 1), "Squared:")
    assert square == "square"
    assert d.prove(gt(2 * x**2, 2)).polarity == "holds"


def test_a_step_that_does_not_follow_is_refused():
    with pytest.raises(DerivationError):
        Derivation(Context({"above": gt(x, 1)})).step("wrong", gt(x, 2), "Wrong:", now=True)


def test_what_the_search_does_not_find_is_taken_from_what_is_kept_only_if_it_holds(monkeypatch):
    goal = eq((x + y) ** 3, x**3 + 3 * x**2 * y + 3 * x * y**2 + y**3)
    monkeypatch.setattr("symhet.searched.STEPS", -1)
    monkeypatch.setattr(KEEPER, "steps", lambda statement: [derived.absurd(derived.sign())])
    with pytest.raises(SymhetError):
        proof_by(Context(), goal, searched)
    monkeypatch.setattr(KEEPER, "steps", lambda statement: [derived.absurd(derived.sign()), derived.identity()])
    assert proof_by(Context(), goal, searched) == derived.identity()
