"""Section 3.3, below A.3: how large the advantage of foreign suppliers must and may be."""

from __future__ import annotations

import sympy as sp

from symhet.claims import Finding, Severity, Witness, proved, refuted
from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.facts import PRICES, RELATIVE_PRICE, above_one, offshoring_gains
from symhet.papers.kz.notation import phi, v
from symhet.papers.kz.ordering import HIGH
from symhet.papers.kz.points import PRICES as DETERMINED
from symhet.papers.kz.points import example
from symhet.papers.kz.sources import section
from symhet.papers.kz.strategies import define_variable_profit, home_profit, offshoring_profit, profits_in_labour
from symhet.papers.kz.violations import cheap_enough_for_all
from symhet.propositions import Implies, Prop, le, lt
from symhet.provers.tactics import combine, intro


def _pays_for_some() -> Finding:
    """Under A.1 alone a firm that sells enough gains by offshoring, whether it exports or not."""
    d = Derivation(m.offshoring_first().context(*PRICES, h.A_1))
    define_variable_profit(d)
    offshoring_gains(d)
    profits_in_labour(d, h.home, h.offshoring)
    saves = above_one(combine({h.large: m.w}, h.home, h.offshoring))
    goal = Implies(lt(m.f_I, (m.Lambda - 1) * v), lt(home_profit(phi), offshoring_profit(phi)))
    says = "So a firm whose sales are large enough gains by offshoring, however little cheaper it is:"
    return proved(d, goal, intro(h.large, saves), says)


@section("3.3").remark(
    "kz.edge.some",
    le(offshoring_profit(phi), home_profit(phi)),
    title="an advantage large enough",
    printed=r"p_I^{off}/p_I^d \ge \tilde p_2 \;\Rightarrow\; \text{offshoring pays for no firm}",
)
def _edge_for_some(printed: Prop) -> Finding:
    names = [name for name in m.offshoring_first().domain.hypotheses() if not name.startswith("A.2")]
    context = m.offshoring_first().context(*names, *DETERMINED, h.E_X)
    d = Derivation(context.having(h.above, le(HIGH, RELATIVE_PRICE ** (m.alpha * m.k))))
    reason = (
        "A.1 alone makes offshoring pay for every firm that sells enough, above the upper threshold too. What that "
        "threshold says is which firms come first: below it the marginal offshorer does not export (AppA.upper). In "
        "the counterexample a firm that would earn 143 at home earns 563 by offshoring."
    )
    point = example(
        *DETERMINED, h.E_X, changes={m.f_ex: sp.Rational(10, 3), m.P_X: sp.Rational(3, 2), phi: sp.Integer(12)}
    )
    return refuted(d, printed, Witness(point), reason, corrected=_pays_for_some(), severity=Severity.READING)


CLAIMS = (
    section("3.3").row(
        "remark",
        "kz.edge",
        r"\text{the advantage of foreign suppliers must be large enough for offshoring to pay for some firms, and not "
        r"so large that it pays for all}",
        parts=(
            _edge_for_some,
            cheap_enough_for_all,
        ),
        title="size of the advantage of foreign suppliers",
    ),
)
