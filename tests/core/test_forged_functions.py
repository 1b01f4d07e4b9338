"""Forged certificates about functions: roots, maxima, all positive values, and derivatives along a solution.

A function is sampled on points and poles of its own; where the sample shows that it has not one root, no maximum at the
point, or a value at which a statement fails, no certificate may prove that it has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from random import Random

import pytest
from flint import arb, fmpq

from symhet.core import derived, functions
from symhet.core import records as r
from symhet.core.calculus import derivative
from symhet.core.context import Context
from symhet.core.gradients import with_totals
from symhet.core.kernel import prove, refute
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.statements import Statement
from symhet.language.terms import ONE, ZERO, Term
from tests.core.balls import Evaluator, NoValueError, UnclearError, sign
from tests.core.forgeries import FRESH, Forger, plain, truth
from tests.core.random_terms import POSITIVE, random_point

X, Y, P, Z = t.symbol("x"), t.symbol("y"), t.symbol("p"), t.bound(0)
GRID = [fmpq(p, q) for p, q in ((1, 8), (1, 3), (1, 2), (3, 4), (1, 1), (5, 4), (3, 2), (2, 1), (5, 2), (3, 1), (9, 1))]


def body(rng: Random) -> Term:
    """Return a function of `bound(0)`: falling ones with and without poles, rising ones, and random ones."""
    c = rng.choice([t.number(n, d) for n, d in ((1, 2), (1, 1), (3, 2), (2, 1), (0, 1))] + [X])
    gap = t.difference(Z, c)
    families: list[Callable[[], Term]] = [
        lambda: t.whole_power(gap, -1),
        lambda: t.difference(t.whole_power(Z, -1), c),
        lambda: t.negative(t.whole_power(gap, rng.choice((1, 2, 3)))),
        lambda: t.difference(t.log(Z), t.multiply(c, Z)),
        lambda: t.difference(c, t.power(Z, rng.choice((X, t.number(1, 2), t.number(-1))))),
        lambda: t.add(t.whole_power(gap, -1), t.negative(Z)),
        lambda: t.difference(c, t.exp(Z)),
        lambda: t.negative(t.power(gap, t.number(1, 2))),
        lambda: t.negative(t.log(gap)),
        lambda: t.difference(t.quotient(c, gap), ONE),
        lambda: t.replace(plain(rng, 2), {X: Z}),
    ]
    return rng.choice(families)()


def sampled(function: Term, point: dict[Term, fmpq]) -> list[int | None]:
    """Return the signs of a function on the grid, None where it has no value."""
    found: list[int | None] = []
    for value in GRID:
        try:
            found.append(sign(Evaluator({**point, Z: value})(function)))
        except NoValueError:
            found.append(None)
    return found


def has_no_single_root(function: Term, point: dict[Term, fmpq]) -> bool:
    signs = sampled(function, point)
    falling = [told for told in signs if told is not None]
    return None in signs or falling != sorted(falling, reverse=True) or falling.count(0) > 1


def has_no_maximum(function: Term, at: fmpq, point: dict[Term, fmpq]) -> bool:
    try:
        top = Evaluator({**point, Z: at})(function)
        return any(sign(top - Evaluator({**point, Z: value})(function)) <= 0 for value in GRID if value != at)
    except NoValueError:
        return True


class Analyst(Forger):
    """Makes certificates for roots, maxima and general statements, of which most parts fit."""

    def easy(self, goal: Statement) -> r.Proof:
        """Return a proof that fits many goals."""
        draw = self.rng.random()
        if draw < 0.7:
            return derived.identity() if goal.op is s.Op.EQUAL else derived.sign()
        return derived.sign(self.term()) if draw < 0.8 else self.proof(Context(), goal, 1)

    def existence(self, *terms: Term) -> r.Proof:
        """Return a proof that a term has a value, often with what it divides by."""
        wanted = [s.ne(term, ZERO) for term in terms if self.rng.random() < 0.7]
        return derived.identity(tuple((goal, self.easy(goal)) for goal in wanted))

    def root(self, function: Term) -> r.Proof:
        value, slope = s.at(function, FRESH), derivative(s.at(function, FRESH), FRESH)
        left, right = (t.number(*self.rng.choice(((1, 8), (1, 2), (1, 1), (2, 1), (3, 1), (9, 1)))) for _ in range(2))
        right = left if self.rng.random() < 0.3 else right
        ends = [s.positive(s.at(function, left)), s.lt(s.at(function, right), ZERO)]
        if left is right:
            ends[0] = s.eq(s.at(function, left), ZERO)
        proofs = [
            self.easy(goal) for goal in (s.lt(slope, ZERO), s.positive(left), ends[0], s.positive(right), ends[1])
        ]
        exists = self.existence(value, *value.children)
        return functions.unique_root(function, FRESH, "near", exists, proofs[0], left, *proofs[1:3], right, *proofs[3:])

    def maximum(self, goal: Statement) -> r.Proof:
        function, point, lower, *upper = goal.args
        slope = derivative(s.at(function, FRESH), FRESH)
        stationary = s.eq(t.replace(slope, {FRESH: point}), ZERO)
        goals = [s.le(ZERO, lower), s.lt(lower, point), stationary, s.lt(derivative(slope, FRESH), ZERO)]
        proofs = [self.easy(goal) for goal in goals]
        below = tuple(self.easy(s.lt(point, end)) for end in upper)
        return functions.concave(
            goal, FRESH, "near", *proofs[:2], below, *proofs[2:], self.existence(slope, *slope.children)
        )


def point_of(rng: Random) -> dict[Term, fmpq]:
    return dict(random_point(rng))


def put(told: Counter[str], goal: Statement, make: Callable[[], r.Proof]) -> None:
    """Put forged certificates for a false goal to the kernel."""
    for _ in range(4):
        try:
            certificate = make()
        except Refusal:
            continue
        told["put"] += 1
        try:
            theorem = prove(Context(), goal, certificate)
        except Refusal as refusal:
            told[refusal.where] += 1
        else:
            pytest.fail(f"a false theorem: {theorem}, {theorem.certificate}")


@pytest.mark.parametrize("count", [1000, pytest.param(3000, marks=pytest.mark.slow)])
def test_no_forged_certificate_finds_a_root_or_a_maximum(count: int) -> None:
    rng, told = Random(31), Counter[str]()
    analyst = Analyst(rng)
    while told["put"] < count:
        function, point = body(rng), point_of(rng)
        at = rng.choice(GRID)
        place = t.number(int(at.p), int(at.q))
        try:
            if has_no_single_root(function, point):
                put(told, s.unique_root(function), lambda f=function: analyst.root(f))
            if has_no_maximum(function, at, point):
                upper = (t.number(10),) if rng.random() < 0.5 else ()
                goal = s.maximiser(function, place, ZERO, *upper)
                put(told, goal, lambda g=goal: analyst.maximum(g))
        except (UnclearError, Refusal):
            continue
    assert len(told) > 8, told


def test_the_same_analyst_proves_what_is_true() -> None:
    rng, proved = Random(32), Counter[str]()
    analyst = Analyst(rng)
    roots = [t.difference(ONE, Z), t.difference(t.whole_power(Z, -1), ONE), t.negative(t.log(Z))]
    maximum = t.difference(t.log(Z), Z)
    for _ in range(1500):
        root = rng.choice(roots)
        for goal, make in (
            (s.unique_root(root), lambda f=root: analyst.root(f)),
            (s.maximiser(maximum, ONE, ZERO), lambda: analyst.maximum(s.maximiser(maximum, ONE, ZERO))),
        ):
            try:
                proved[prove(Context(), goal, make()).goal.op.value] += 1
            except Refusal:
                continue
    assert min(proved["unique_root"], proved["maximiser"]) > 5, proved


@pytest.mark.parametrize("count", [500, pytest.param(1500, marks=pytest.mark.slow)])
def test_no_forged_certificate_is_about_all_positive_values(count: int) -> None:
    rng, told = Random(33), Counter[str]()
    analyst = Analyst(rng)
    while told["put"] < count:
        point = point_of(rng)
        inner = s.statement(rng.choice(list(s.RELATIONS)), body(rng), rng.choice((ZERO, ONE, Z, body(rng))))
        goal = s.forall(inner)
        try:
            fails = any(not truth(inner, Evaluator({**point, Z: value})) for value in GRID)
        except UnclearError:
            continue
        if fails:
            instance = s.at(inner, FRESH)
            put(told, goal, lambda i=instance: r.Generalise(FRESH, analyst.proof(Context(), i, 2)))
    assert told["put"] >= count


def test_totals_at_a_witness_are_slopes_of_the_solution() -> None:
    """With y = f(p) the total is f'(p): what a witness refutes about it agrees with a difference quotient."""
    rng, told = Random(34), Counter[str]()
    step = fmpq(1, 2**30)
    for _ in range(1500):
        function = t.replace(plain(rng, 2), dict.fromkeys(POSITIVE, P))
        at = rng.choice(GRID)
        try:
            value = Evaluator({P: at})(function)
            above, below = (Evaluator({P: at + move})(function) for move in (step, -step))
        except (NoValueError, UnclearError, KeyError, Refusal):
            continue
        if not isinstance(value, fmpq) or value <= 0:
            continue
        slope = (arb(above) - arb(below)) / (2 * step)
        bound = fmpq(rng.randint(-8, 8), 2)
        if abs(slope - bound) < 1e-3 or not abs(slope - bound) > 1e-3:
            continue
        context = Context({"solved": s.eq(Y, function)}, frozenset({"solved"}), frozenset({Y}))
        limit = t.number(int(bound.p), int(bound.q))
        goal = rng.choice((s.lt(t.total(Y, P), limit), s.lt(limit, t.total(Y, P)), s.eq(t.total(Y, P), limit)))
        numbers = ((P, t.number(int(at.p), int(at.q))), (Y, t.number(int(value.p), int(value.q))))
        lies = ((t.total(Y, P), limit),) if rng.random() < 0.3 else ()
        try:
            refute(context, goal, with_totals(context, goal, r.Witness((*numbers, *lies))))
        except Refusal:
            told["refused"] += 1
            continue
        holds = slope < bound if goal.args[1] is limit and goal.op is s.Op.LESS else slope > bound
        assert goal.op is s.Op.EQUAL or not holds, (function, at, goal, slope)
        told["confirmed"] += 1
    assert told["confirmed"] > 60, told
