"""A verifier that can say no: mutations of every proved statement are put to the prover that proved it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import islice

import pytest
import sympy as sp

from symhet.algebra.total import total
from symhet.claims import Claim, Finding, Verdict
from symhet.kernel import Theorem
from symhet.papers import keys, ledger
from symhet.papers.baldwin_okubo.model import domain as bo_domain
from symhet.papers.kleinert_zorell.model import domain as kz_domain
from symhet.propositions import And, ForAll, Maximiser, Prop, Rel, eq, gt, lt
from symhet.provers.economy import BeyondSightError, Economy, Pareto, UndefinedTermError
from symhet.provers.falsify import economies
from symhet.provers.mutate import Mutation, mutations, negation
from symhet.rules.base import Context

CLAIMS = {claim.id: claim for key in keys() for claim in ledger(key).walk() if claim.argue is not None}
EVERY = 12
"""One claim in so many belongs to the quick tests: provers take long to give up. `make test-all` takes every claim."""
LEAST = 3
POINTS = 10
PUT = 6
"""Mutations put to a prover: of every kind some."""

COUNTS: Counter[str] = Counter()


@cache
def finding(identifier: str) -> Finding:
    """Judge a claim once."""
    claim: Claim = CLAIMS[identifier]
    assert claim.argue is not None
    return claim.argue()


def proved_statement(found: Finding) -> tuple[Prop, Theorem] | None:
    """Return the statement that a finding proves, corrected or printed, and its theorem."""
    if found.prover is None:
        return None
    prop = found.corrected if found.corrected is not None else found.statement
    theorem = next((t for t in found.theorems if t.polarity == "holds" and t.goal == prop), None)
    return (prop, theorem) if prop is not None and theorem is not None else None


def chosen(prop: Prop) -> list[Mutation]:
    """Return mutations of every kind in turn, up to the number that is put to a prover."""
    by_kind: dict[str, list[Mutation]] = {}
    for mutation in mutations(prop):
        by_kind.setdefault(mutation.kind, []).append(mutation)
    found: list[Mutation] = []
    while len(found) < PUT and any(by_kind.values()):
        found += [waiting.pop(0) for waiting in by_kind.values() if waiting]
    return found[:PUT]


def start_of(identifier: str) -> Callable[[random.Random], Mapping[sp.Symbol, float]]:
    """Return how parameters of the paper are drawn."""
    domain = kz_domain() if identifier.startswith("kz.") else bo_domain()
    return lambda rng: domain.sample(rng, 0.5)


def pareto(rng: random.Random, values: Mapping[sp.Symbol, float]) -> Pareto:
    """Return the Pareto distribution that a context speaks of, by the names of its parameters."""
    named = {symbol.name: value for symbol, value in values.items()}
    return Pareto(named["b_P"], 2 * named["b_P"], named["theta"], named["theta"])


def points(identifier: str, context: Context, goals: list[Prop]) -> Iterator[Economy]:
    """Yield admissible points of a context, drawn from the paper's chart and then without it."""
    rng = random.Random(identifier)
    drawn = pareto if "b_P" in {symbol.name for symbol in context.symbols()} else None
    start = start_of(identifier)
    if identifier.startswith("bo."):
        yield from islice(economies(context, goals, rng, start, 30), 4)
        return
    found = list(islice(economies(context, goals, rng, start, 300, drawn), POINTS))
    yield from found
    yield from islice(economies(context, goals, rng, tries=60 if found else 2000, distribution=drawn), POINTS)


def false_at(economy: Economy, prop: Prop) -> bool:
    try:
        return not economy.holds(prop)
    except BeyondSightError:
        return False
    except UndefinedTermError:
        return True


def against_numbers(identifier: str, prop: Prop, proofs: Mapping[Mutation, Theorem | None], context: Context) -> None:
    """Evaluate the statement and its mutations at admissible points: whatever was proved must hold at all of them."""
    sample = list(points(identifier, context, [prop, *(mutation.prop for mutation in proofs)]))
    assert sample, "no admissible point was found"
    for economy in sample:
        assert not false_at(economy, prop), f"the claim itself fails at {economy}"
    for mutation, proof in proofs.items():
        wrong = next((economy for economy in sample if false_at(economy, mutation.prop)), None)
        COUNTS["seen to be false"] += wrong is not None
        if proof is not None:
            assert wrong is None, f"{mutation.says}: {mutation.prop} came out proved and fails at {wrong}"


def dropped_assumption(identifier: str, found: Finding, prop: Prop, context: Context) -> None:
    """Put the statement to the same tactics without one of its assumptions."""
    assumptions = [
        name
        for name, known in context.hypotheses.items()
        if isinstance(known, Rel) and known.op in ("<", "<=") and name not in context.system
    ]
    if found.weaker is None or not assumptions:
        return
    name = random.Random(identifier).choice(assumptions)
    COUNTS["dropped assumptions"] += 1
    if found.weaker(name, prop) is not None:
        COUNTS["not needed after all"] += 1
        for economy in points(identifier, context.lacking(name), [prop]):
            assert not false_at(economy, prop), f"proved without {name}, and fails at {economy}"


@pytest.mark.parametrize(
    "identifier",
    [pytest.param(name, marks=() if k % EVERY == 0 else pytest.mark.slow) for k, name in enumerate(CLAIMS)],
)
def test_false_mutations_are_not_proved(identifier: str) -> None:
    found = finding(identifier)
    proved = proved_statement(found)
    if proved is None:
        assert found.verdict in (Verdict.GIVEN, Verdict.REFUTED, Verdict.OPEN) or found.statement is None
        return
    prop, theorem = proved
    assert found.prover is not None
    denial = negation(prop)
    if denial is not None:
        COUNTS["negations"] += 1
        assert found.prover(denial) is None, f"the negation came out proved: {denial}"
    put = chosen(prop)
    assert len(put) >= LEAST, f"only {len(put)} mutations"
    proofs = {mutation: found.prover(mutation.prop) for mutation in put}
    COUNTS["mutations"] += len(put)
    COUNTS["proved, as they are true"] += sum(proof is not None for proof in proofs.values())
    if identifier.startswith("kz.") or any(proofs.values()):
        against_numbers(identifier, prop, proofs, theorem.context)
    dropped_assumption(identifier, found, prop, theorem.context)


def test_count() -> None:
    """Print how much was put to the provers; every false mutation was refused, or the test above had failed."""
    print("\n" + ", ".join(f"{COUNTS[name]} {name}" for name in COUNTS))
    assert COUNTS["proved, as they are true"] <= COUNTS["mutations"] - COUNTS["seen to be false"]


x, y = sp.symbols("x y", positive=True)


@pytest.mark.parametrize(
    ("prop", "kinds"),
    [
        (eq(x, 3 * y**2 + 1), {"coefficient", "sign", "parameter"}),
        (lt(x, y), {"direction", "coefficient", "parameter"}),
        (And((lt(x, y), gt(x**y, 1))), {"direction", "coefficient", "exponent"}),
        (Maximiser(-((x - y) ** 2), x, y, sp.S.Zero, sp.oo), {"coefficient"}),
        (ForAll(x, gt(x * y, 0)), {"direction"}),
    ],
)
def test_mutations_differ_from_the_statement(prop: Prop, kinds: set[str]) -> None:
    made = list(mutations(prop))
    assert len({mutation.prop for mutation in made}) == len(made)
    assert prop not in {mutation.prop for mutation in made}
    assert kinds <= {mutation.kind for mutation in made}


def test_a_false_statement_is_seen_to_be_false() -> None:
    context = Context({"x": eq(x, y**2), "y": gt(y, 1)}, frozenset({"x"}), frozenset({x}))
    slope = total(x, y)
    economy = next(economies(context, [gt(slope, 0)], random.Random(1)))
    assert economy.holds(gt(x, y))
    assert not economy.holds(lt(x, y))
    assert economy.holds(eq(slope, 2 * y))
    assert not economy.holds(eq(slope, y))
    assert not economy.holds(eq(x, sp.Rational(101, 100) * y**2))
