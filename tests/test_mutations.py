"""A verifier that can say no: mutations of every proved statement are put to the prover that proved it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from itertools import islice, zip_longest
from types import SimpleNamespace

import pytest
import sympy as sp

from symhet.algebra.tails import TailMoment
from symhet.algebra.total import total
from symhet.claims import Finding, Verdict
from symhet.context import Context
from symhet.papers import keys, ledger
from symhet.papers.bo.model import domain as bo_domain
from symhet.papers.kz.model import domain as kz_domain
from symhet.papers.kz.model import f_e
from symhet.propositions import And, ForAll, Implies, Maximiser, Prop, Rel, eq, gt, lt
from symhet.theorems import Theorem
from tests.counted import Count, counts
from tests.judged import argued
from tests.points.economy import BeyondSightError, Economy, Pareto, UndefinedTermError
from tests.points.falsify import economies
from tests.points.mutate import Mutation, mutations, negation
from tests.sampled import sampled

CLAIMS = {claim.id: claim for key in keys() for claim in ledger(key).walk() if claim.argue is not None}
SHARE = 16
"""One claim in so many is looked at in the quick tests: mutated steps are searched for."""
LEAST = 3
PUT = 6
"""Mutations put to a prover in the quick tests: of every kind some. The slow tests put all."""
POINTS, FEW = 10, 4
"""Points at which what was proved is evaluated, and at which the others are looked at."""
TRIES = 300


def proved_statement(found: Finding) -> tuple[Prop, Theorem] | None:
    """Return the statement that a finding proves, corrected or printed, and its theorem."""
    if found.prover is None:
        return None
    prop = found.corrected if found.corrected is not None else found.statement
    theorem = next((t for t in found.theorems if t.polarity == "holds" and t.goal == prop), None)
    return (prop, theorem) if prop is not None and theorem is not None else None


def chosen(prop: Prop) -> list[Mutation]:
    """Return the mutations of every kind in turn."""
    by_kind: dict[str, list[Mutation]] = {}
    for mutation in mutations(prop):
        by_kind.setdefault(mutation.kind, []).append(mutation)
    return [mutation for row in zip_longest(*by_kind.values()) for mutation in row if mutation is not None]


def leaves_a_gap(context: Context) -> bool:
    """Tell whether a context says that no firms stand between two cutoffs.

    The least productive firm then stands above both: the cutoffs are drawn, and entry costs what such firms earn.
    """
    props = context.hypotheses.values()
    return any(isinstance(p, Rel) and isinstance(p.lhs, TailMoment) and p.op == "=" and p.lhs != p.rhs for p in props)


def start_of(identifier: str, context: Context) -> Callable[[random.Random], Mapping[sp.Symbol, float]]:
    """Return how parameters of the paper are drawn: coordinates of its chart, pushed through the chart.

    A parameter that the context ties to others, or to a number, has the value that it is tied to.
    """
    chart = (kz_domain() if identifier.startswith("kz.") else bo_domain()).chart
    parameters = chart.forward.keys()
    equations = [p for p in context.hypotheses.values() if isinstance(p, Rel) and p.op == "=" and p.lhs != p.rhs]
    ties = {rel.lhs: rel.rhs for rel in equations if rel.lhs in parameters and rel.rhs.free_symbols <= parameters}
    free = {f_e} if leaves_a_gap(context) else set()

    def start(rng: random.Random) -> Mapping[sp.Symbol, float]:
        point = Economy({coordinate: rng.lognormvariate(0.0, 0.5) for coordinate in chart.coordinates})
        drawn = {symbol: point.value(term) for symbol, term in chart.forward.items()}
        drawn |= {symbol: Economy(drawn).value(term) for symbol, term in ties.items()}
        return {symbol: value for symbol, value in drawn.items() if symbol not in free}

    return start


def pareto(rng: random.Random, values: Mapping[sp.Symbol, float]) -> Pareto:
    """Return the Pareto distribution that a context speaks of, by the names of its parameters."""
    named = {symbol.name: value for symbol, value in values.items()}
    return Pareto(named["b_P"], 2 * named["b_P"], named["theta"], named["theta"])


def above_the_cutoffs(rng: random.Random, values: Mapping[sp.Symbol, float]) -> Pareto:
    low = rng.lognormvariate(1.5, 1.0)
    return Pareto(low, low * rng.uniform(1.2, 4.0), rng.uniform(4.0, 12.0), rng.uniform(4.0, 12.0))


def law_of(context: Context) -> Callable[[random.Random, Mapping[sp.Symbol, float]], Pareto] | None:
    """Return how the distribution is drawn where a context says which one it is, or where its firms stand."""
    if "b_P" in {symbol.name for symbol in context.symbols()}:
        return pareto
    return above_the_cutoffs if leaves_a_gap(context) else None


def points(identifier: str, context: Context, goals: list[Prop], count: int) -> Iterator[Economy]:
    """Yield admissible points of a context, drawn from the paper's chart and then, unless few will do, without it."""
    rng = random.Random(identifier)
    drawn = law_of(context)
    found = list(islice(economies(context, goals, rng, start_of(identifier, context), TRIES, drawn), count))
    yield from found
    tries = 0 if found and count <= FEW else TRIES // 5 if found else TRIES
    yield from islice(economies(context, goals, rng, tries=tries, distribution=drawn), count)


def false_at(economy: Economy, prop: Prop) -> bool:
    try:
        return not economy.holds(prop)
    except BeyondSightError:
        return False
    except UndefinedTermError:
        return True


def against_numbers(
    identifier: str, prop: Prop, proofs: Mapping[Mutation, Theorem | None], context: Context, count: Count
) -> None:
    """Evaluate the statement and its mutations at admissible points: whatever was proved must hold at all of them."""
    goals = [prop, *(mutation.prop for mutation in proofs)]
    sample = list(points(identifier, context, goals, POINTS if any(proofs.values()) else FEW))
    assert sample, "no admissible point was found"
    for economy in sample:
        assert not false_at(economy, prop), f"the claim itself fails at {economy}"
    seen = 0
    for mutation, proof in proofs.items():
        wrong = next((economy for economy in sample if false_at(economy, mutation.prop)), None)
        seen += wrong is not None
        if proof is not None:
            assert wrong is None, f"{mutation.says}: {mutation.prop} came out proved and fails at {wrong}"
    count("counted: mutations seen to be false", seen)


def dropped_assumptions(found: Finding, context: Context) -> list[str]:
    """Return the inequalities that a statement was proved with."""
    if found.weaker is None:
        return []
    known = context.hypotheses.items()
    return [n for n, p in known if isinstance(p, Rel) and p.op in ("<", "<=") and n not in context.system]


def drop(identifier: str, name: str, found: Finding, prop: Prop, context: Context, count: Count) -> None:
    """Put the statement to the same tactics without one of its assumptions."""
    assert found.weaker is not None
    count("counted: dropped assumptions", 1)
    if found.weaker(name, prop) is not None:
        count("counted: assumptions not needed", 1)
        for economy in points(identifier, context.lacking(name), [prop], POINTS):
            assert not false_at(economy, prop), f"proved without {name}, and fails at {economy}"


@pytest.mark.parametrize("identifier", sampled(CLAIMS, 4))
def test_no_theorem_is_about_nothing(identifier: str) -> None:
    found = argued(identifier)
    if found.verdict is Verdict.INCONSISTENT:
        return
    for theorem in found.theorems:
        if theorem.polarity == "holds":
            assert any(True for _ in points(identifier, theorem.context, [theorem.goal], 1)), theorem


@pytest.mark.usefixtures("brief_search")
@pytest.mark.parametrize("identifier", sampled(CLAIMS, SHARE))
def test_false_mutations_are_not_proved(identifier: str, record_property: Count) -> None:
    found = argued(identifier)
    proved = proved_statement(found)
    if proved is None:
        assert found.verdict in (Verdict.GIVEN, Verdict.REFUTED, Verdict.OPEN) or found.statement is None
        return
    prop, _ = proved
    assert found.prover is not None
    record_property("counted: proved claims", 1)
    assert found.prover(prop) is not None, "what is put to this prover says nothing: it gives up on the claim too"
    denial = negation(prop)
    if denial is not None:
        record_property("counted: negations", 1)
        assert found.prover(denial) is None, f"the negation came out proved: {denial}"
    put = chosen(prop)[:PUT]
    assert len(put) >= LEAST, f"only {len(put)} mutations"
    put_to_the_prover(identifier, put, found, proved, record_property)


@pytest.mark.usefixtures("brief_search")
@pytest.mark.parametrize("identifier", ["kz.eq17"])
def test_what_is_proved_without_an_assumption_holds_without_it(identifier: str, record_property: Count) -> None:
    found = argued(identifier)
    proved = proved_statement(found)
    assert proved is not None
    prop, theorem = proved
    names = dropped_assumptions(found, theorem.context)
    assert names
    for name in names:
        drop(identifier, name, found, prop, theorem.context, record_property)


@pytest.mark.slow
@pytest.mark.parametrize("identifier", CLAIMS)
def test_no_false_mutation_at_all_is_proved(identifier: str, record_property: Count) -> None:
    """Put all mutations to the prover, with all the work that a step may take."""
    found = argued(identifier)
    proved = proved_statement(found)
    if proved is None:
        return
    prop, theorem = proved
    put_to_the_prover(identifier, chosen(prop), found, proved, record_property)
    for name in dropped_assumptions(found, theorem.context):
        drop(identifier, name, found, prop, theorem.context, record_property)


def put_to_the_prover(
    identifier: str, put: list[Mutation], found: Finding, proved: tuple[Prop, Theorem], count: Count
) -> None:
    """Put mutations to the prover of a statement, and hold what it says against numbers."""
    assert found.prover is not None
    prop, theorem = proved
    proofs = {mutation: found.prover(mutation.prop) for mutation in put}
    count("counted: mutations", len(put))
    count("counted: mutations proved, as they are true", sum(proof is not None for proof in proofs.values()))
    against_numbers(identifier, prop, proofs, theorem.context, count)


@pytest.mark.parametrize("identifier", ["kz.eq12", "kz.eq17", "kz.R.2.intensive", "bo.eq13", "bo.eq16", "bo.B-solved"])
def test_an_unsound_prover_is_found_out(identifier: str) -> None:
    """Pretend that every mutation had been proved: numbers must contradict it."""
    proved = proved_statement(argued(identifier))
    assert proved is not None
    prop, theorem = proved
    recorded: dict[str, object] = {}
    for mutation in chosen(prop)[:LEAST]:
        against_numbers(identifier, prop, {mutation: None}, theorem.context, recorded.__setitem__)
        if recorded["counted: mutations seen to be false"]:
            with pytest.raises(AssertionError, match="came out proved and fails at"):
                against_numbers(identifier, prop, {mutation: theorem}, theorem.context, recorded.__setitem__)
            return
    pytest.fail("no mutation was seen to be false")


def test_counts_are_summed_over_the_tests_of_all_workers() -> None:
    passed, failed, setup = (SimpleNamespace(when=when, user_properties=[]) for when in ("call", "call", "setup"))
    for report in (passed, failed, setup):
        report.user_properties += [("counted: mutations", 6), ("other", 1)]
    assert counts([passed, failed, setup, object()]) == {"mutations": 12}


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


def test_a_premise_does_not_hold_where_both_sides_vanish() -> None:
    economy = Economy({x: 0.0, y: 1e-12})
    assert economy.holds(Implies(lt(x, 2 * x), lt(y, x)))
    assert not economy.holds(Implies(lt(x, y), lt(y, x)))
