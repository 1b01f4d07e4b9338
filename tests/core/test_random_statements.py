"""Random statements: what the provers prove holds at random points."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
import sympy as sp

from symhet.context import Context
from symhet.errors import SymhetError
from symhet.propositions import Prop, Rel
from symhet.provers.tactics import by, identity, sign
from symhet.theorems import proof_by, prove
from tests.points.economy import BeyondSightError, Economy, UndefinedTermError

REAL = sp.symbols("x y", real=True)
POSITIVE = sp.symbols("p q s", positive=True)
LEAVES = (*REAL, *POSITIVE, *POSITIVE, *map(sp.Integer, (-2, -1, 1, 2, 3)), sp.Rational(1, 2))


def term(rng: random.Random, depth: int) -> sp.Expr:
    """Return a random term of the language."""
    if depth == 0 or rng.random() < 0.15:
        return rng.choice(LEAVES)
    one, other = term(rng, depth - 1), term(rng, depth - 1)
    kind = rng.random()
    if kind < 0.35:
        return one + other
    if kind < 0.45:
        return one - other
    if kind < 0.68:
        return one * other
    if kind < 0.78:
        return one / other if other != 0 else one
    if kind < 0.95:
        exponent = rng.choice((*POSITIVE, *map(sp.Integer, (-2, -1, 2, 3)), sp.Rational(1, 2), -POSITIVE[0]))
        return one**exponent if one != 0 else one
    return sp.log(one) if one != 0 else one


def terms(seed: int, count: int) -> Iterator[sp.Expr]:
    rng = random.Random(seed)
    while count:
        made = term(rng, 3)
        if not made.has(sp.I, sp.zoo, sp.nan, sp.oo, sp.Abs) and not made.is_number:
            count -= 1
            yield made


def point(rng: random.Random) -> Economy:
    values = {symbol: rng.uniform(-3, 3) for symbol in REAL} | {s: rng.lognormvariate(0, 0.8) for s in POSITIVE}
    return Economy(values)


def truth(at: Economy, prop: Prop) -> bool | None:
    """Tell whether a statement holds; None where floating point cannot tell."""
    try:
        return at.holds(prop, slack=1e-6)
    except (BeyondSightError, OverflowError):
        return None
    except UndefinedTermError:
        return False


def proves_what_holds(seed: int) -> None:
    """Hold tactics' proofs of relations under random hypotheses against points; one counts where these can be met."""
    rng = random.Random(100 + seed)
    source = terms(seed, 10_000)
    proved = checked = 0
    for _ in range(100):
        pairs = [(next(source), next(source)) for _ in range(3)]
        hypotheses = {f"h{i}": Rel(rng.choice(("<", "<=", "=")), *pair) for i, pair in enumerate(pairs[:2])}
        rewritten = pairs[2][0].xreplace({pairs[1][0]: pairs[1][1]})
        goals = [Rel(rng.choice(("<", "<=", "=", "!=")), *pairs[2]), Rel("=", pairs[2][0], rewritten)]
        goals += [Rel("<", sp.S.Zero, pairs[2][0]), Rel(rng.choice(("<", "!=")), *pairs[0])]
        for goal in goals:
            using = ("h1",) if hypotheses["h1"].op == "=" and rng.random() < 0.5 else ()
            try:
                context = Context(hypotheses)
                tactic = rng.choice((identity(*using), by("h1"))) if goal.op == "=" else sign(*using)
                prove(context, goal, proof_by(context, goal, tactic))
            except (SymhetError, RecursionError):
                continue
            proved += 1
            for at in (point(rng) for _ in range(25)):
                if all(truth(at, prop) for prop in hypotheses.values()):
                    checked += 1
                    assert truth(at, goal) is not False, f"{goal} under {hypotheses} at {at}"
    assert proved > 20
    assert checked > 20


SEEDS = range(3)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in SEEDS[1:])])
def test_what_is_proved_holds(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few conditions of random terms follow from random hypotheses: looking longer for proofs finds hardly more."""
    monkeypatch.setattr("symhet.provers.base.WORK", 50)
    proves_what_holds(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_proved_with_more_work_holds(seed: int) -> None:
    proves_what_holds(seed)
