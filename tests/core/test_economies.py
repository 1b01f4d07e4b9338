"""Points at which statements are evaluated: arrays agree with single economies, and what is found solves."""

from __future__ import annotations

import random

import numpy as np
import pytest
import sympy as sp

from symhet.algebra.integrals import PowerIntegral
from symhet.algebra.tails import SUPPORT, Density, Survival, TailMoment
from symhet.context import Context
from symhet.numerics.programs import Program
from symhet.propositions import And, Or, Prop, eq, gt, lt, ne
from tests.points.batch import Batch, Tails
from tests.points.economy import Economy, Pareto, UndefinedTermError
from tests.points.falsify import economies

x, y = sp.symbols("x y", positive=True)
z = sp.Symbol("z", real=True)

TERMS = (
    3 * x**2 - y / 7,
    (x - y) ** 3,
    (x - y) ** y,
    x ** (y - 1) * sp.exp(z),
    sp.log(x - y) + 1 / z,
    Survival(x),
    Density(x) * y,
    TailMoment(x, y),
    PowerIntegral(y - 3, z, x),
    z**-2 + z**3,
)


def drawn(seed: int) -> list[Economy]:
    rng = random.Random(seed)
    low = [rng.uniform(0.2, 1.0) for _ in range(40)]
    tails = [Pareto(b, b * rng.uniform(1.2, 3.0), rng.uniform(1.0, 6.0), rng.uniform(1.0, 6.0)) for b in low]
    values = [{x: rng.lognormvariate(0, 1), y: rng.lognormvariate(0, 1), z: rng.gauss(0, 1)} for _ in low]
    return [Economy(value, tail) for value, tail in zip(values, tails, strict=True)]


@pytest.mark.parametrize("term", TERMS, ids=str)
def test_arrays_agree_with_single_economies(term: sp.Expr) -> None:
    sample = drawn(1)
    values = {symbol: np.array([e.values[symbol] for e in sample]) for symbol in (x, y, z)}
    [found] = Program([term])(values, Tails.of([e.distribution for e in sample if e.distribution]))
    compared = 0
    for economy, value in zip(sample, found, strict=True):
        try:
            assert value == pytest.approx(economy.value(term), rel=1e-12)
            compared += 1
        except UndefinedTermError:
            assert not np.isfinite(value)
    assert compared > 5


@pytest.mark.parametrize(
    "hypotheses",
    [
        {"a": eq(x * y, 2), "b": eq(x**2 + y**2, 5)},
        {"a": eq(x + y, 3), "b": lt(x, y / 40)},
        {"a": eq(x * (z - 2 * y), 0), "b": gt(x, y)},
        {"a": eq(x, sp.exp(z)), "b": Or((And((eq(z, 0), lt(x, y))), And((eq(z, 1), lt(y, x)))))},
        {"a": eq(y * Survival(x), TailMoment(x, 1)), "b": lt(SUPPORT, x), "c": ne(x, y)},
        {"a": eq(x, y - 3)},
    ],
    ids=str,
)
def test_points_that_are_found_satisfy_the_context(hypotheses: dict[str, Prop]) -> None:
    context = Context(hypotheses)
    found = list(economies(context, [], random.Random(1), tries=120))
    assert len(found) >= 10
    assert all(economy.holds(prop, 1e-8) for economy in found for prop in hypotheses.values())


def test_nothing_is_found_where_nothing_holds() -> None:
    assert not list(economies(Context({"a": lt(x, y), "b": lt(y, x)}), [], random.Random(1), tries=60))
    assert not list(economies(Context({"a": eq(x**2 + y**2, 1), "b": gt(x, 2)}), [], random.Random(1), tries=60))


def test_a_solution_that_rounding_hides_is_dropped() -> None:
    sample = [Economy({x: 0.9, y: 1.0}, Pareto(1.0, 2.0, 3.0, 3.0)) for _ in range(3)]
    clear, hidden = Batch(sample), Batch(sample)
    clear.settle([eq(x + y, 2)], [], [x], [0.1] * 3)
    hidden.settle([eq(y + x / 10**8, 1 + sp.Rational(1, 10**8))], [], [x], [0.1] * 3)
    assert clear.values[x] == pytest.approx([1.0] * 3, abs=1e-9)
    assert not len(hidden.alive)
