"""Witnesses some of whose symbols are a root in a box: what the core takes for one, and what it refuses."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from symhet.core import data
from symhet.core import records as r
from symhet.core.context import Context
from symhet.core.distribution import number
from symhet.core.kernel import prove, refute
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.statements import FALSE
from symhet.language.terms import ONE, ZERO

A, X, Y, Z = (t.symbol(name) for name in "axyz")
REAL = t.symbol("u", positive=False)
TWO, HALF = t.number(2), t.number(1, 2)
GROWS = s.eq(t.multiply(X, t.exp(X)), A)
CUBE = s.eq(t.add(t.whole_power(Y, 3), Y), X)
BOTH = Context({"x": GROWS, "y": CUBE}, frozenset({"x", "y"}), frozenset({X, Y}))
BOX = ((X, t.number(56714, 100000), t.number(56715, 100000)), (Y, t.number(4655, 10000), t.number(4661, 10000)))
POINT = r.Witness(((A, ONE),), box=BOX, equations=(GROWS, CUBE))


def square(x: t.Term) -> t.Term:
    return t.whole_power(x, 2)


def test_a_root_of_two_equations_refutes() -> None:
    """x*exp(x) = 1 and y^3 + y = x: x = 0.567143, y = 0.465796, and y rises with a."""
    for goal in (s.lt(X, Y), s.lt(t.total(Y, A), ZERO), s.lt(HALF, t.total(Y, A)), s.eq(Y, HALF), FALSE):
        assert refute(BOTH, goal, POINT).says == "fails"
    for true in (s.lt(Y, X), s.lt(ZERO, t.total(Y, A)), GROWS, s.le(t.multiply(X, t.exp(X)), A)):
        with pytest.raises(Refusal):
            refute(BOTH, true, POINT)


def test_it_travels_as_data() -> None:
    theorem = refute(BOTH, s.lt(t.total(Y, A), ZERO), POINT)
    text = data.dumps(data.to_rows(theorem.context, theorem.goal, theorem.certificate, theorem.says, "demo"))
    assert data.replay_text(text)[1].goal is theorem.goal
    shifted = text.replace('"931/2000"', '"933/2000"')
    assert shifted != text
    with pytest.raises(Refusal):
        data.replay_text(shifted)


def test_what_a_root_defines_follows_exactly() -> None:
    """z = x^2 is met to the letter where x is a root of x^2 = 2 - z, that is 1."""
    known = Context({"x": s.eq(square(X), t.difference(TWO, Z)), "z": s.eq(Z, square(X))})
    box = ((X, t.number(99, 100), t.number(101, 100)),)
    at = r.Witness(((Z, square(X)),), box=box, equations=(known.hypotheses["x"],))
    assert refute(known, s.lt(t.number(3, 2), Z), at).says == "fails"
    with pytest.raises(Refusal):
        refute(known, s.lt(t.number(3, 2), Z), replace(at, point=((Z, ONE),)))


NO_POLE = s.eq(t.whole_power(t.difference(REAL, TWO), -1), ZERO)
AROUND_TWO = ((REAL, ONE, t.number(3)),)
SQUARES = s.eq(square(X), TWO)
AROUND_ROOT = ((X, t.number(14, 10), t.number(15, 10)),)
LOG = s.eq(t.log(REAL), t.number(-50))
TOTAL = t.total(Y, A)


@pytest.mark.parametrize(
    ("box", "equations", "point"),
    [
        pytest.param(AROUND_TWO, (NO_POLE,), (), id="a pole changes sign"),
        pytest.param(AROUND_TWO, (s.eq(t.multiply(*NO_POLE.args[:1], ZERO), ZERO),), (), id="a pole times zero"),
        pytest.param(((X, ONE, t.number(14, 10)),), (SQUARES,), (), id="no root inside"),
        pytest.param(((X, ONE, t.number(100)),), (s.eq(square(t.difference(X, TWO)), ZERO),), (), id="double root"),
        pytest.param(((REAL, t.MINUS_ONE, ONE),), (s.eq(square(REAL), t.MINUS_ONE),), (), id="no root"),
        pytest.param(((REAL, ZERO, ONE),), (LOG,), (), id="no value at an end"),
        pytest.param((*AROUND_ROOT, (Y, ONE, TWO)), (SQUARES, SQUARES), (), id="an equation twice"),
        pytest.param((*AROUND_ROOT, (Y, ONE, TWO)), (SQUARES,), (), id="too few equations"),
        pytest.param(AROUND_ROOT, (SQUARES, s.eq(X, ONE)), (), id="too many equations"),
        pytest.param((), (SQUARES,), ((X, ONE),), id="no box"),
        pytest.param((*AROUND_ROOT, *AROUND_ROOT), (SQUARES, s.eq(X, ONE)), (), id="a symbol twice in the box"),
        pytest.param(AROUND_ROOT, (SQUARES,), ((X, ONE),), id="in the box and at the point"),
        pytest.param(((X, t.MINUS_ONE, TWO),), (s.eq(X, t.number(-1, 2)),), (), id="not positive"),
        pytest.param(((X, t.number(15, 10), t.number(14, 10)),), (SQUARES,), (), id="ends changed over"),
        pytest.param(((X, ONE, t.log(t.number(9))),), (SQUARES,), (), id="an end that is no number"),
        pytest.param(AROUND_ROOT, (s.lt(square(X), TWO),), (), id="no equation"),
        pytest.param(AROUND_ROOT, (s.eq(square(X), Y),), (), id="a symbol without value"),
        pytest.param(AROUND_ROOT, (s.eq(square(X), TWO),), ((Y, Z), (Z, Y)), id="values in a circle"),
        pytest.param(AROUND_ROOT, (SQUARES,), ((Y, ONE), (Y, TWO)), id="two values"),
        pytest.param(AROUND_ROOT, (SQUARES,), ((Y, t.difference(X, TWO)),), id="a positive symbol below zero"),
        pytest.param(AROUND_ROOT, (SQUARES,), ((Y, t.difference(X, t.number(145, 100))),), id="of no sure sign"),
        pytest.param(AROUND_ROOT, (SQUARES,), ((REAL, t.log(t.difference(X, TWO))),), id="a value that has none"),
        pytest.param(((TOTAL, ONE, t.number(3)),), (s.eq(TOTAL, TWO),), ((Y, ONE), (A, ONE)), id="a derivative"),
        pytest.param(((X, ONE, t.number(3)),), (s.eq(TOTAL, X),), ((TOTAL, TWO),), id="an equation of a derivative"),
        pytest.param(((X, ONE, t.number(3)),), (s.eq(t.tail(X, ONE), ONE),), (), id="a tail at a root"),
        pytest.param(((X, ONE, t.number(3)),), (s.eq(t.density(X), HALF),), (), id="a density at a root"),
    ],
)
def test_what_is_no_root_is_refused(box: r.Box, equations: tuple[s.Statement, ...], point: r.Pairs) -> None:
    law = (((HALF, t.number(4)), (t.number(1, 5),), t.number(3)),)
    with pytest.raises(Refusal):
        refute(Context(), FALSE, r.Witness(point, law, box=box, equations=equations))


def test_the_proper_one_is_accepted() -> None:
    assert refute(Context(), FALSE, r.Witness((), box=AROUND_ROOT, equations=(SQUARES,))).says == "fails"


def test_an_equation_is_used_up_once() -> None:
    """What is met is met by the root alone: other equations are held against it."""
    at = r.Witness((), box=AROUND_ROOT, equations=(SQUARES,))
    for other in (s.eq(X, t.number(7, 5)), s.eq(t.whole_power(X, 4), t.number(4)), s.le(square(X), TWO)):
        with pytest.raises(Refusal):
            refute(Context({"other": other}), FALSE, at)
    assert refute(Context({"root": SQUARES, "less": s.lt(X, TWO)}), FALSE, at).says == "fails"


def test_dependent_equations_have_no_enclosed_slopes() -> None:
    twice = Context({"x": SQUARES, "again": s.eq(t.multiply(TWO, square(X)), t.number(4))}, {"x", "again"}, {X})
    system = Context(twice.hypotheses, frozenset(twice.system), frozenset({X, Y}))
    at = r.Witness(((Y, ONE), (A, ONE)), box=AROUND_ROOT, equations=(SQUARES,))
    with pytest.raises(Refusal):
        refute(system, s.lt(t.total(Y, A), ZERO), at)


def test_a_system_that_determines_nothing_has_no_solution() -> None:
    """Two exogenous symbols that are equal at a point are not equal near by: no model of this is at any point."""
    for endogenous in (frozenset[t.Term](), frozenset({Y})):
        idle = Context({"equal": s.eq(X, Z)}, frozenset({"equal"}), endogenous)
        with pytest.raises(Refusal):
            refute(idle, FALSE, r.Witness(((X, ONE), (Z, ONE), (Y, ONE))))


def test_it_proves_nothing_but_failure() -> None:
    with pytest.raises(Refusal):
        prove(Context(), FALSE, r.Witness((), box=AROUND_ROOT, equations=(SQUARES,)))


def test_a_box_that_is_accepted_holds_a_root() -> None:
    """Random polynomials and boxes: numpy finds a root in each box that the core accepts, and it accepts many."""
    rng = random.Random(12)
    accepted = 0
    for _ in range(1500):
        coefficients = [rng.randint(-6, 6) for _ in range(rng.randint(2, 5))]
        gap = t.total_of([t.multiply(t.number(c), t.whole_power(REAL, n)) for n, c in enumerate(coefficients)])
        roots = np.roots(coefficients[::-1])
        real = roots[np.abs(roots.imag) < 1e-7].real
        near = Fraction(rng.choice([*map(float, real), 1.0])).limit_denominator(60)
        low = near - Fraction(rng.randint(-1, 6), rng.randint(4, 200))
        high = near + Fraction(rng.randint(-1, 6), rng.randint(4, 200))
        box = ((REAL, number(low), number(high)),)
        try:
            refute(Context(), FALSE, r.Witness((), box=box, equations=(s.eq(gap, ZERO),)))
        except Refusal:
            continue
        accepted += 1
        assert ((real > float(low) - 1e-7) & (real < float(high) + 1e-7)).any(), (coefficients, low, high)
    assert accepted > 60
