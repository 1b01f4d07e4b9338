"""Signs of sums as they are written, conditions solved for a power, and slopes too small to be seen."""

from __future__ import annotations

import numpy as np
import pytest

from symhet.core.context import Context
from symhet.language import terms as t
from symhet.language.reading import Names
from symhet.language.text import read_statement
from symhet.search import prove
from symhet.search.drawing import sampled

SYMBOLS = {
    name: t.symbol(name) for name in ("a", "b", "e", "s", "v", "w", "L", "sigma", "phi", "rho", "eta", "z", "c", "q")
}


def context(endogenous: str, *statements: str) -> Context:
    """Return a context whose equations are its system."""
    read = {f"h{i}": read_statement(text, Names(SYMBOLS)) for i, text in enumerate(statements)}
    system = frozenset(name for name, text in zip(read, statements, strict=True) if "<" not in text)
    return Context(read, system, frozenset(SYMBOLS[name] for name in endogenous))


WAGES = context("w", "w^sigma - phi = L*w^(1-sigma)*(1 - phi*w^sigma)", "1 < sigma", "phi < 1")
SHARES = context(
    "s", "s/(1 - s) = (z*(1 - s/eta - (1-s)/rho)/(1 - (1-s)/eta - s/rho))^(rho-1)", "s < 1", "1 < eta", "eta < rho"
)


@pytest.mark.parametrize(
    ("known", "goal"),
    [
        (WAGES, "w^sigma < 1/phi"),
        (WAGES, "phi < w^sigma"),
        (WAGES, "d(w)/d(L) > 0"),
        (SHARES, "z > 1 => s > 1/2"),
    ],
    ids=["above", "below", "size", "more productive"],
)
def test_it_is_proved(known: Context, goal: str) -> None:
    assert prove(known, read_statement(goal, Names(SYMBOLS))) is not None


@pytest.mark.parametrize("goal", ["w^sigma < 1", "d(w)/d(phi) < 0"])
def test_what_is_false_is_not(goal: str) -> None:
    assert prove(WAGES, read_statement(goal, Names(SYMBOLS))) is None


def test_tiny_slopes_have_their_sign_in_drawn_economies() -> None:
    """The third condition moves the first two by next to nothing, and always upwards."""
    chain = context("vws", "v + w + s = a", "w = 1000000*v", "s = v + exp(-e)/1000000", "20 < e", "1 < a")
    goal = read_statement("0 < d(v)/d(e)", Names(SYMBOLS))
    found = sampled(chain, (goal,))
    assert found is not None
    assert np.all(found.value(goal.args[1]) > 0)
    assert prove(chain, goal) is not None


COSTS = context(
    "wcq",
    "c^(1-rho) = a*w^(1-rho) + b*(z*phi)^(1-rho)",
    "q = v*c^(-eta)",
    "L = a*(w/c)^(-rho)*q",
    "1 < rho",
    "1 < eta",
)


@pytest.mark.parametrize("goal", ["d(w)/d(L) < 0", "d(c)/d(z) > 0", "v*d(w)/d(v) < w", "phi*d(w)/d(phi) = z*d(w)/d(z)"])
def test_a_part_of_a_sum_of_costs_is_below_it(goal: str) -> None:
    assert prove(COSTS, read_statement(goal, Names(SYMBOLS))) is not None
