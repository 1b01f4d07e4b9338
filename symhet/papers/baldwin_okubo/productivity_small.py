"""Result 5 for the small nation: average cost with relocation against none, and as trade gets freer."""

from __future__ import annotations

import sympy as sp

from symhet.algebra.total import total
from symhet.claims import Claim, Finding, Witness, proved, refuted
from symhet.papers.baldwin_okubo.averages import C0, averages
from symhet.papers.baldwin_okubo.comparison import STAY, beside, compare
from symhet.papers.baldwin_okubo.model import a_D, a_R, a_X, abar_star, alpha, beta, phi, rho, s_E
from symhet.papers.baldwin_okubo.productivity_large import spread, two_worlds
from symhet.papers.baldwin_okubo.productivity_points import FREER, economy, pair
from symhet.papers.baldwin_okubo.relocation_facts import D, R, X
from symhet.propositions import gt, lt
from symhet.provers.tactics import product

SOURCE = "Baldwin and Okubo, section 3.2.2, Result 5"
Q = sp.Rational


def _small_xx_after() -> Finding:
    d = beside("XX", "abar*")
    compare(d, "XX", north=False)
    spread(d, "XX")
    factors = {"alpha>0": 1, "1+alpha>0": -1, "spread": 1, "made*": -1}
    loss = product(factors, "average*", "average stay", coefficient=(1 + phi) * R / (D + phi * X))
    goal = gt(abar_star, STAY(abar_star))
    return proved(d, goal, loss, "South's average cost is higher with relocation than without it:")


CLAIMS: tuple[Claim, ...] = ()
SMALL = tuple(
    Claim(f"bo.result5.small.{name}", "result", SOURCE, printed, argue, title=title)
    for name, printed, argue, title in (
        (
            "XX.after",
            r"\bar a^*>\bar a^*_{\text{no relocation}}",
            _small_xx_after,
            "dampened gain after entry and exit",
        ),
    )
)
PARTS = SMALL
