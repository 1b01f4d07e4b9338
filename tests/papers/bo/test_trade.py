"""Trade, the long run and welfare in Baldwin and Okubo: evidence, false goals, and quadrature as referee."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
import sympy as sp
from scipy.integrate import quad
from scipy.optimize import brentq, root

from symhet import papers
from symhet.claims import Finding, Judgement, Severity, Verdict
from symhet.papers.bo.economies import ratio, relocated, traded
from symhet.papers.bo.longrun_facts import LONG
from symhet.papers.bo.model import (
    B,
    B_star,
    N_star,
    a_D,
    a_D_star,
    a_R,
    a_X,
    a_X_star,
    beta,
    f,
    f_I,
    long_run,
    n,
    n_w,
    phi,
    s_E,
    s_n,
    sigma,
    trade,
)
from symhet.papers.bo.trade import EQUATIONS
from symhet.propositions import And, Prop, Rel
from symhet.valuation import Point
from tests.judged import argued
from tests.judged import judged as judgement
from tests.papers.expected import words
from tests.sampled import sampled

ROWS = words("""
eq1 wages eq2 freeness eq3 value eq4 eq5 eq6 regularity eq7 eq7-same eq8 eq9 B-equal HME result1 trade-effects
trade-effects.cutoffs trade-effects.exporters trade-effects.masses inter-industry eq10 weights fn11 eq11
pro-productivity sustain sustain.after order-points full-agglomeration full-agglomeration.after result3
result3.before result3.after result3.after.gradual result4 result4.before result4.after eq21 eq21-text fn15 eq22
dependence dependence.conditions eq24 welfare large-welfare large-welfare.no-relocation large-welfare.before
large-welfare.after migration-better migration-better.before migration-better.after eq25 result6
result6.no-relocation result6.before result6.after eq26 result7
""")


def judged(row: str) -> Judgement:
    return judgement(f"bo.{row}")


def finding(row: str) -> Finding:
    return judged(row).finding


def parts(statement: Prop) -> Iterator[Prop]:
    if isinstance(statement, And):
        for part in statement.parts:
            yield from parts(part)
    else:
        yield statement


@pytest.mark.parametrize("row", ROWS)
def test_every_verdict_rests_on_theorems(row: str) -> None:
    found = finding(row)
    if found.verdict is Verdict.GIVEN:
        return
    polarities = {theorem.polarity for theorem in found.theorems}
    needed = {Verdict.REFUTED: {"fails"}, Verdict.PROVED_WITH: {"holds", "fails"}}.get(found.verdict, {"holds"})
    assert needed <= polarities
    assert found.verdict is not Verdict.PROVED_WITH or found.conditions


def false_goals(statement: Prop) -> Iterator[Prop]:
    """Turn inequalities round and change one side of equations, one part at a time."""
    listed = list(parts(statement))
    for index, part in enumerate(listed):
        if isinstance(part, Rel):
            wrong = Rel("<", part.rhs, part.lhs) if part.op in ("<", "<=") else Rel(part.op, part.lhs, part.rhs + 1)
            changed = (*listed[:index], wrong, *listed[index + 1 :])
            yield And(changed) if isinstance(statement, And) else wrong


@pytest.mark.parametrize("row", sampled([row for row in ROWS if row not in ("sustain",)], 3))
def test_false_goals_are_not_proved(row: str) -> None:
    found = finding(row)
    statement = found.corrected or found.statement
    if found.prover is None or statement is None:
        return
    goals = list(false_goals(statement))
    assert all(found.prover(goal) is None for goal in goals)
    assert found.prover(statement) is not None


@pytest.mark.parametrize("freeness", [ratio(5, 12), ratio(3, 4)])
def test_exact_economies_meet_every_condition(freeness: sp.Rational) -> None:
    point = Point(traded(ratio(3, 5), freeness, ratio(1)))
    context = trade().whole_domain(*EQUATIONS, "abar", "abar*")
    assert all(point.holds(prop) for prop in context.hypotheses.values())
    moved = Point(relocated(ratio(3, 5), ratio(5, 12), ratio(1), ratio(16, 25)))
    context = long_run().whole_domain(*LONG, "R<=X", "s_n<1")
    assert all(moved.holds(prop) for prop in context.hypotheses.values())


Values = dict[sp.Symbol, float]


def sales(v: Values, low: float, high: float) -> float:
    """Integrate a^(1-sigma) dG[a], with G[a] = a^rho, by quadrature; the weight takes the pole at zero."""
    shape = v[beta] * (v[sigma] - 1)
    power = shape - v[sigma]
    if low == 0:
        return float(quad(lambda a: shape, 0, high, weight="alg", wvar=(power, 0), epsabs=0, epsrel=1e-13)[0])
    return float(quad(lambda a: shape * a**power, low, high, epsabs=0, epsrel=1e-13)[0])


def profit(v: Values, here: float, away: float) -> float:
    shape, e = v[beta] * (v[sigma] - 1), 1 / (v[sigma] - 1)
    at_home, abroad = (here / v[f]) ** e, (v[phi] * away / v[f]) ** e
    earned = here * sales(v, 0, at_home) + v[phi] * away * sales(v, 0, abroad)
    return earned - v[f] * (at_home**shape + abroad**shape) - v[f_I]


def parameters(rng: random.Random) -> Values:
    values = {symbol: rng.uniform(*bounds) for symbol, bounds in (
        (sigma, (1.6, 5)), (beta, (1.1, 3)), (s_E, (0.52, 0.7)), (f, (0.5, 2))
    )}  # fmt: skip
    values[phi] = rng.uniform(0.1, 0.95) * (1 / values[s_E] - 1)
    values[f_I] = rng.uniform(0.2, 1) * values[f] / (values[beta] - 1)
    return values


def solve_trade(v: Values) -> Values:
    """Solve free entry in both nations, then the two markets, without any formula of the paper."""
    demands = root(lambda x: [profit(v, *x), profit(v, *x[::-1])], [v[f], v[f]], tol=1e-13).x
    e, shape = 1 / (v[sigma] - 1), v[beta] * (v[sigma] - 1)
    home, foreign = ((x / v[f]) ** e for x in demands)
    out, back = ((v[phi] * x / v[f]) ** e for x in demands[::-1])
    rows = sp.Matrix([
        [demands[0] * sales(v, 0, home) / home**shape, v[phi] * demands[0] * sales(v, 0, back) / foreign**shape],
        [v[phi] * demands[1] * sales(v, 0, out) / home**shape, demands[1] * sales(v, 0, foreign) / foreign**shape],
    ])  # fmt: skip
    masses = rows.LUsolve(sp.Matrix([v[s_E], 1 - v[s_E]]))
    found = {B: demands[0], B_star: demands[1], a_D: home, a_D_star: foreign, a_X: out, a_X_star: back}
    return v | found | {n: float(masses[0]), N_star: float(masses[1])}


def solve_long_run(v: Values, births: float) -> Values:
    """Solve one free entry condition with equal demands, then the two markets for the mass and the movers."""
    demand = brentq(lambda x: profit(v, x, x), v[f] * 1e-6, v[f] * 10, xtol=1e-15, rtol=1e-14)
    e, shape = 1 / (v[sigma] - 1), v[beta] * (v[sigma] - 1)
    top, out = (demand / v[f]) ** e, (v[phi] * demand / v[f]) ** e

    def south(moved: float) -> tuple[float, float]:
        away = births * sales(v, 0, out) + (1 - births) * sales(v, 0, moved)
        away = v[phi] * away + (1 - births) * sales(v, moved, top)
        home = births * sales(v, 0, top) + (1 - births) * (sales(v, 0, moved) + v[phi] * sales(v, moved, out))
        return home, away

    moved = brentq(lambda x: south(x)[1] * v[s_E] - south(x)[0] * (1 - v[s_E]), 1e-12 * out, out, xtol=1e-16)
    mass = v[s_E] * top**shape / (demand * south(moved)[0])
    return v | {s_n: births, a_D: top, a_X: out, a_R: moved, n_w: mass, B: demand, B_star: demand}


def worst_error(statement: Prop, values: Values) -> float:
    """Return the largest relative gap of the equations in a statement, at a point in floating point."""
    errors = []
    for part in parts(statement):
        if isinstance(part, Rel) and part.op == "=":
            left, right = (float(side.subs(values).evalf()) for side in (part.lhs, part.rhs))
            errors.append(abs(left - right) / max(abs(left), abs(right)))
    assert errors
    return max(errors)


def test_quadrature_finds_the_trade_equilibrium() -> None:
    statement = finding("eq9").statement
    assert statement is not None
    rng = random.Random(7)
    assert all(worst_error(statement, solve_trade(parameters(rng))) < 1e-9 for _ in range(5))


def test_quadrature_finds_the_long_run_and_not_the_printed_one() -> None:
    found = finding("eq24")
    assert found.corrected is not None
    assert found.statement is not None
    rng = random.Random(11)
    for _ in range(5):
        v = parameters(rng)
        power = v[phi] ** v[beta]
        highest = (v[s_E] * (1 + power) - power) / (1 - power)
        solved = solve_long_run(v, v[s_E] + 0.3 * (highest - v[s_E]))
        assert worst_error(found.corrected, solved) < 1e-7
        assert worst_error(found.statement, solved) > 1e-4


def test_every_fault_is_graded_and_leads_to_a_root() -> None:
    """What fails or needs a condition has a severity; its root is a claim that has a fault of its own."""
    leaves = {claim.id: argued(claim.id) for row in papers.ledger("bo").claims for claim in row.walk() if claim.argue}
    faulty = (Verdict.REFUTED, Verdict.PROVED_WITH, Verdict.INCONSISTENT)
    for identifier, found in leaves.items():
        assert (found.severity is not None) == (found.verdict in faulty), identifier
        if found.root is not None:
            assert leaves[found.root].severity is not None, identifier
            assert leaves[found.root].root is None, identifier
    assert sum(found.root == "bo.sustain.before.portable" for found in leaves.values()) >= 2
    distinct = {i for i, found in leaves.items() if found.root is None and found.severity is Severity.SUBSTANCE}
    assert len(distinct) < 20
