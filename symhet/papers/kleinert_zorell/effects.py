"""Section 4.3: welfare, the number of varieties and average prices."""

from __future__ import annotations

from functools import partial

import sympy as sp

from symhet.algebra.tails import Survival
from symhet.algebra.total import total
from symhet.claims import Claim, Finding, ambiguous, proved
from symhet.papers.kleinert_zorell.aggregates import (
    PRIMITIVES,
    SALES,
    account,
    accounting,
    goods_market,
    price_index,
    solved_term,
)
from symhet.papers.kleinert_zorell.comparative import SYSTEM, follows, joined, moves, sign_moves, start
from symhet.papers.kleinert_zorell.economies import economy, law, witness
from symhet.papers.kleinert_zorell.facts import SPARE_S, above_one, elastic
from symhet.papers.kleinert_zorell.flows import USING, moved
from symhet.papers.kleinert_zorell.model import (
    P_X,
    L,
    Lambda,
    alpha,
    beta,
    f_I,
    f_p,
    k,
    n,
    phi_ex,
    phi_I,
    phi_min,
    phi_off,
    phi_Y,
    rho,
    sigma,
    tau_I,
    w,
)
from symhet.papers.kleinert_zorell.notation import M_e, M_t, P, W
from symhet.papers.kleinert_zorell.sources import section
from symhet.papers.kleinert_zorell.symbols import p_t
from symhet.papers.kleinert_zorell.trade import DOMAIN
from symhet.papers.kleinert_zorell.welfare import BETA_HAT
from symhet.propositions import And, eq, gt, lt
from symhet.provers.tactics import Terms, chart, combine, identity, implicit, sign, split
from symhet.rules.base import Context

VARIETIES = M_e * (Survival(phi_min) + n * Survival(phi_ex))
"""Home producers and the exporters of n foreign economies."""
_VARIETIES_SOLD = beta * L * phi_min**k / (sigma * f_p * SALES) * (Survival(phi_min) + n * Survival(phi_ex))


def _consumption() -> Context:
    """Return the price index of consumption, with the homogeneous good as numeraire, and the real wage."""
    given = {"P def": eq(P, P_X**beta / BETA_HAT), "W def": eq(W, w / P)}
    return Context(given, frozenset(given), frozenset({P, W}))


def _welfare(parameter: sp.Symbol) -> Finding:
    d = start("E_X", "beta<1", extra=joined(accounting(), _consumption()))
    price_index(d)
    d.recall("W def", "Welfare per worker is the real wage,")
    d.recall("P def", "where the price index of consumption is")
    spending = (beta * L / (sigma * f_p)) ** (beta / k)
    level = phi_min**beta * phi_Y * BETA_HAT * (rho * phi_I**alpha / phi_Y) ** beta * spending
    by_index = elastic(identity("W def", "P def", "P_X form", *PRIMITIVES))
    d.step(
        "W", eq(W, level), by_index, "So it rises with the lowest cutoff:", "(17)", kind="substitute", identically=True
    )
    moves(d, parameter, phi_min)
    sign_moves(d, parameter, phi_min)
    follows(d, W, "W", parameter, "Therefore it moves with the lowest cutoff,")
    spare = sp.Symbol("b", positive=True)
    replaced = {sigma: 1 + SPARE_S, beta: 1 / (1 + spare)}
    slope = (beta * level / phi_min).xreplace(replaced)
    falls = chart({SPARE_S: k, spare: 1 / beta - 1}, replaced, combine({"sign phi_min": slope}, "dW"))
    return proved(d, lt(total(W, parameter), 0), falls, "and rises when the cost falls:")


def _varieties() -> Finding:
    d = goods_market((M_t, VARIETIES), names=DOMAIN)
    account(d, M_t, _VARIETIES_SOLD, "The mass of varieties sold in one economy is")
    moved(d, tau_I, M_t)
    fewer, more = law(("1/2", 4), (1,)), law(("1/2", "29/10", "31/10"), (1, 1))
    points = (witness(d, fewer, economy(fewer, 2, 3, 2)), witness(d, more, economy(more, 2, 3, "5/4", 5)))
    statements = (lt(total(M_t, tau_I), 0), gt(total(M_t, tau_I), 0))
    reason = (
        "In one exact economy M_t falls when tau_I falls (elasticity 0.188), in another it rises (minus 0.061): the "
        "first is nearly uniform, in the second half of all firms stand at the export cutoff."
    )
    return ambiguous(d, statements, points, reason, ("dM_t", *USING[:4]))


def _average_price() -> Finding:
    d = goods_market((M_t, VARIETIES), (p_t, P_X * M_t ** (1 / k)))
    account(d, M_t, _VARIETIES_SOLD, "The mass of varieties sold in one economy is")
    d.recall(
        "p_t def", "The price index is M_t**(1/(1-sigma)) times the price of the variety of average efficiency, so"
    )
    moved(d, tau_I, M_t, P_X)
    change = p_t * (total(P_X, tau_I) / P_X + total(M_t, tau_I) / (k * M_t))
    cutoffs = {y: total(y, tau_I) for y in (Lambda, phi_min, phi_off, phi_ex)}
    values = {**cutoffs, M_t: total(M_t, tau_I), P_X: total(P_X, tau_I), p_t: change}
    plain: dict[str, Terms] = {"M_t": {}, "P_X": {}}
    equations = (*SYSTEM, "M_t", "P_X", "p_t def")
    using = ("dM_t", "dP_X", *USING[:4])
    by_parts = implicit(values, tau_I, equations, regular=above_one(sign()), using=using, cofactors=plain)
    says = "Differentiate:"
    d.step("dp_t", eq(total(p_t, tau_I), change), by_parts, says, kind="differentiate")
    sign_moves(d, tau_I, phi_min)
    slope = (solved_term(d, "P_X") / phi_min).xreplace({sigma: 1 + SPARE_S})
    rises = elastic(combine({"sign phi_min": slope}, "dP_X"))
    parts = eq(total(P_X, tau_I) / P_X, total(p_t, tau_I) / p_t - total(M_t, tau_I) / (k * M_t))
    conclusion = And((parts, gt(total(P_X, tau_I), 0)))
    says = "Whatever happens to the number of varieties, average prices net of it rise with the cost:"
    return proved(d, conclusion, split(elastic(identity("dp_t")), rises), says)


CLAIMS = (
    Claim(
        "kz.R.4",
        "result",
        section("4.3"),
        r"\frac{dW}{d\tau_I} < 0",
        partial(_welfare, tau_I),
        title="welfare and the cost of trading intermediates",
    ),
    Claim(
        "kz.R.4-variety",
        "remark",
        section("4.3"),
        r"\text{the sign of } \frac{dM_t}{d\tau_I} \text{ is open, but the fall in average price always dominates}",
        parts=(
            Claim(
                "kz.R.4-variety.mass",
                "remark",
                section("4.3"),
                r"\text{the sign of } \frac{dM_t}{d\tau_I} \text{ is open}",
                _varieties,
                title="number of varieties",
            ),
            Claim(
                "kz.R.4-variety.price",
                "remark",
                section("4.3"),
                r"\text{the fall in average price always dominates the change in the number of varieties}",
                _average_price,
                title="average price net of varieties",
            ),
        ),
        title="varieties and average price",
    ),
    Claim(
        "kz.fI-welfare",
        "claim",
        section("4.4"),
        r"\frac{dW}{df_I} < 0",
        partial(_welfare, f_I),
        title="welfare and the fixed cost of offshoring",
    ),
)
