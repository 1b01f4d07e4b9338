"""Equations proved along a derivation may be differentiated only when they hold identically."""

from __future__ import annotations

import pytest
import sympy as sp

from symhet.algebra.total import total
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.errors import DerivationError
from symhet.propositions import eq, gt
from symhet.provers.carrier import carrier_for
from symhet.provers.tactics import auto, identity, implicit, linear

a, x, y = sp.symbols("a x y", positive=True)
SYSTEM = Context({"x": eq(x, a**2)}, frozenset({"x"}), frozenset({x, y}))


def _start(*extra: tuple[str, object]) -> Derivation:
    context = SYSTEM.having("y", eq(y, 3 * x), identically=True)
    for name, prop in extra:
        context = context.having(name, prop)  # type: ignore[arg-type]
    return Derivation(context)


def test_equation_proved_from_the_system_may_be_differentiated() -> None:
    d = _start()
    d.step("solved", eq(y, 3 * a**2), "", identically=True, by=identity("y", "x"))
    d.step("D", eq(total(y, a), 2 * y / a), "", by=implicit({y: 2 * y / a}, a, ("solved",)))
    assert d.prove(gt(total(y, a), 0), auto("D")).polarity == "holds"


def test_equation_at_one_point_may_not() -> None:
    d = _start(("here", eq(x, 2)))
    d.step("value", eq(y, 6), "", by=identity("y", "here"))
    with pytest.raises(DerivationError):
        d.step("constant", eq(y, 6), "", identically=True, by=identity("y", "here"))
    with pytest.raises(DerivationError):
        d.step("D", eq(total(y, a), 0), "", by=implicit({y: sp.S.Zero}, a, ("value",)))


def test_weak_inequalities_and_derivatives_do_not_hold_nearby() -> None:
    d = _start(("edge", gt(x, 1)), ("flat", eq(total(x, a), 0)))
    nearby = carrier_for(d.context).context(d.context).nearby().hypotheses
    assert set(nearby) == {"x", "y", "edge"}


def test_a_fork_leaves_its_origin_alone() -> None:
    d = _start()
    branch = d.fork()
    branch.step("solved", eq(y, 3 * a**2), "", identically=True, by=linear({"y": 1, "x": 3}))
    assert "solved" in branch.context.hypotheses
    assert "solved" not in d.context.hypotheses
