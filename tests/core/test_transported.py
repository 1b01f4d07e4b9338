"""Replacing equals by equals in a hypothesis: what follows is proved, what does not is refused."""

from __future__ import annotations

import pytest
import sympy as sp

from symhet.context import Context
from symhet.propositions import Prop, eq, gt, lt
from symhet.provers.tactics import transported
from symhet.theorems import proof_by, prove
from tests.core.forged import forged, refused

x, y, k = sp.symbols("x y k", positive=True)
CONTEXT = Context({"y": eq(y, k * x), "sum": eq(x + y, 1), "order": lt(y, x), "small": lt(k, 1)})


def test_equations_and_scaled_inequalities_follow() -> None:
    for goal, tactic in (
        (eq(x * (1 + k), 1), transported("sum", "y")),
        (lt(k, 1), transported("order", "y", factor=1 / x)),
        (gt((1 - k) * x, 0), transported("order", "y")),
    ):
        assert prove(CONTEXT, goal, proof_by(CONTEXT, goal, tactic)).goal == goal


@pytest.mark.parametrize(
    ("goal", "name", "factor"),
    [
        (eq(x * (1 + k), 2), "sum", sp.S.One),
        (lt(1, k), "order", -1 / x),
        (lt(k - 1, 0), "sum", sp.S.One),
        (lt(0, (1 - k) * (k - 1)), "order", (k - 1) / x),
    ],
)
def test_what_does_not_follow_is_refused(goal: Prop, name: str, factor: sp.Expr) -> None:
    positive = forged("hypothesis", {"name": "small"})
    refused(
        CONTEXT, goal, forged("transported", {"name": name, "using": ("y",), "factor": factor, "positive": positive})
    )
