"""Result 5 before entry and exit, phase XX: relocation raises South's average cost."""

from __future__ import annotations

import sympy as sp

from symhet.claims import Finding, proved
from symhet.derivation import Derivation, Step
from symhet.papers.bo import model as m
from symhet.papers.bo.averages import C0, averages
from symhet.papers.bo.before_facts import (
    CUT_Y_STEP,
    MU_STEP,
    P_ABOVE_1_STEP,
    STAY,
    beside,
    cost,
    cost_S,
    cutoffs,
    mu,
    share,
    share_N,
    share_S,
    size,
)
from symhet.papers.bo.productivity_before import BEND_STEP, FOUR_STEP, S1_STEP, S2_STEP, bend, bound, forms, shares
from symhet.papers.bo.productivity_opening import MEAN_STAY_STEP, mean_stay
from symhet.papers.bo.relocation_facts import D, R, X
from symhet.propositions import eq, gt, le, lt
from symhet.provers import tactics as via

C_ABOVE_0_STEP = Step("C>0")
D1_STEP = Step("d1")
F1_STEP = Step("f1")
F4_STEP = Step("f4")
L1_STEP = Step("l1")
LOG_Y2_BELOW_0_STEP = Step("log Y2<0")
MU_ABOVE_1_STEP = Step("mu>1")
MU_LOG_STEP = Step("mu log")
PHI_ABOVE_Y_STEP = Step("phi>Y")
SMALL_STEP = Step("small")
SQUARE_STEP = Step("square")


H = (1 + m.phi) * (size - 1) / (1 - m.phi)
"""Weight of the movers in South's loss."""


def _loss_of_south(d: Derivation) -> None:
    """Add what the case of a small loss needs: bounds on Southern exporters before relocation, relative to after."""
    Y, n0 = share, 1 - H
    d.step(MU_ABOVE_1_STEP, gt(mu, 1), "Relocation makes fewer Southern firms export,")
    d.step("mu<p", lt(mu, size), "though not by more than nations differ,")
    d.step(MU_LOG_STEP, gt(mu - 1 - sp.log(mu), 0), "By the tangent of the logarithm")
    d.step("log mu>0", gt(sp.log(mu), 0), "and")
    d.step("Y2 log", gt(-sp.log(share_S) - (1 - share_S), 0), "and for the share of exporters")
    d.step(LOG_Y2_BELOW_0_STEP, lt(sp.log(share_S), 0), "and")
    d.step("H>", gt(H - (size - 1), 0), "The weight of movers is bounded:")
    d.step("n0<2-mu", lt(n0, 2 - mu), "so that the other exporters weigh")
    d.step("c2", gt((mu - 1) * (1 - Y), 0), "Two products are positive,")
    d.step("c3", gt((mu - 1) * Y * H, 0), "and")
    C = 1 - Y + mu * Y
    d.step("cap", gt(1 - n0 * C, 0), "which gives")
    d.step("apart", gt(mu - n0 - 2 * (mu - 1) / (1 - m.phi), 0), "The weights differ by more than relocation adds:")
    d.step(PHI_ABOVE_Y_STEP, lt(Y, m.phi), "Trade is freer than exporters are many,")
    d.step(
        SMALL_STEP,
        gt(m.phi - share_S * (1 + m.phi / size), 0),
        "so that few Southern firms export without relocation:",
        by=via.combine({"half S": 1}, equations={"cut S": 1}),
    )
    d.step(SQUARE_STEP, gt((1 - m.phi) ** 2, 0), "Trade is costly,")
    d.step(C_ABOVE_0_STEP, gt(C, 0), "sales are positive,")
    d.step(L1_STEP, gt((1 - Y) * (-sp.log(share_S) - 1 + share_S), 0), "the tangent gives")
    gap = (mu - n0 - 2 * (mu - 1) / (1 - m.phi)) * (1 - Y) * -sp.log(share_S)
    d.step(F1_STEP, gt(gap, 0), "the difference of weights gives")
    d.step(F4_STEP, gt((mu - 1) * (1 - n0 * C), 0), "and the bound on weights")
    d.step("log share>0", lt(sp.log(1 / mu), 0), "In logarithms, fewer firms export with relocation:")
    d.step("inverse", lt(sp.log(share) - sp.log(share_S), 0), "that is")
    bend(d, ("inverse",), (share_S, cost_S, "xi S form", "log Y2<0"), (share, cost, "xi form"))


def _small_loss(enough: sp.Expr) -> via.Tactic:
    """Prove that relocation costs more where movers weigh less than the other exporters (``side``)."""
    Y, Z, n0, C = share, share_S, 1 - H, 1 - share + mu * share
    ratio = {mu: Z / Y}
    excess = gt(-2 * (1 - Y) * sp.log(Z) - (1 - m.phi), 0)
    four = gt((mu - n0) * (1 - Y) * -sp.log(Z) - n0 * sp.log(mu) * C, 0)
    bent = cost - 1 - sp.log(Y) / sp.log(Z) * (cost_S - 1)
    room = 1 + m.phi / size
    steps = [
        ("g", gt(2 - size * (1 + m.phi), 0), via.product({"side": 1, "phi<1": 1})),
        (
            "q1",
            gt(size + m.phi - 2 * m.phi * size, 0),
            via.combine({P_ABOVE_1_STEP: 1, "g": 2 * m.phi / (1 + m.phi), SQUARE_STEP: 1 / (1 + m.phi)}),
        ),
        ("2Y2<1", lt(2 * Z, 1), via.combine({SMALL_STEP: 2 / room, "q1": 1 / (size * room)})),
        ("l2", gt((1 - Y) * (1 - 2 * Z), 0), via.product({"Y<1": 1, "2Y2<1": 1})),
        ("excess", excess, via.combine({L1_STEP: 2, "l2": 1, PHI_ABOVE_Y_STEP: 1})),
        ("f2", gt((mu - 1) / (1 - m.phi) * excess.gap, 0), via.product({MU_ABOVE_1_STEP: 1, "phi<1": -1, "excess": 1})),
        ("f3", gt(C * n0 * (mu - 1 - sp.log(mu)), 0), via.product({C_ABOVE_0_STEP: 1, "side": 1, MU_LOG_STEP: 1})),
        ("four", four, via.combine({F1_STEP: 1, "f2": 1, "f3": 1, F4_STEP: 1})),
        ("in shares", gt(four.gap.xreplace(ratio), 0), via.transported(FOUR_STEP, MU_STEP)),
        (
            "S1",
            gt((1 - cost_S) * Y / -sp.log(Z) * four.gap.xreplace(ratio), 0),
            via.product({"cost S<1": 1, LOG_Y2_BELOW_0_STEP: -1, "in shares": 1}, coefficient=Y),
        ),
        ("S2", gt(n0 * Y * (1 - Y + Z) * bent, 0), via.product({"side": 1, D1_STEP: 1, BEND_STEP: 1}, coefficient=Y)),
    ]
    return via.cut(steps, via.combine({S1_STEP: 1, S2_STEP: 1}))


def small_xx_before() -> Finding:
    """Prove that South's average cost is higher with relocation than at the opening without it."""
    d = beside("S")
    cutoffs(d)
    shares(d)
    averages(d, m.Phase.XX, north=False)
    forms(d)
    _loss_of_south(d)
    Y, Z, n0 = share, share_S, 1 - H
    kept_ = 1 - Y * H
    stays = gt(D * kept_ / (1 - Y), 0)
    made_form = d.step("made form", stays, "In shares of exporters Southern sales with relocation are")
    w3 = d.step(
        "w3",
        gt(kept_, 0),
        "so that the weights add up to something positive,",
        by=via.product({made_form: 1, "Y<1": 1}, coefficient=1 / D),
    )
    d1 = d.step(D1_STEP, gt(1 - Y + Z, 0), "as do those without relocation:")
    enough = (1 - cost_S) * Z * kept_ - (1 - cost) * n0 * Y * (1 - Y + Z)
    e1 = d.step(
        "e1",
        gt((1 - cost_S) * Z * kept_, 0),
        "The loss without movers is positive:",
        by=via.product({"cost S<1": 1, w3: 1}, coefficient=Z),
    )
    sign = d.step("sign", via.fact("trichotomy", n0, 0), "Movers may weigh more than other exporters or less.")
    e2 = ("e2", gt((1 - cost) * Y * (1 - Y + Z) * -n0, 0), via.product({"cost<1": 1, d1: 1, "side": 1}, coefficient=Y))
    heavy = via.cut([e2], via.combine({e1: 1, "e2": 1}))
    even = via.combine({e1: 1}, equations={"side": (1 - cost) * Y * (1 - Y + Z)})
    every = via.cases(sign, heavy, even, _small_loss(enough), name="side")
    enough_step = d.step(
        "enough",
        gt(enough, 0),
        "In each case relocation raises the average by more than trade alone lowers it:",
        by=every,
    )
    mean_stay(d, "S")
    weighted = d.step(
        "weighted", eq(m.abar_star, C0 * _southern_parts()[0] / _southern_parts()[1]), "South's average is"
    )
    value = C0 * ((1 - Y) * m.a_D + Y * cost * m.a_D - Y * H * m.a_R) / kept_
    unit = D / (1 - Y)
    known = ("X form", "R form", "a_X form")
    costs, sold = _southern_parts()
    costs_step = d.step("costs", eq(costs, unit * value * kept_ / C0), "Its costs are", by=via.identity(*known))
    sold_step = d.step("sold", eq(sold, unit * kept_), "and its sales", by=via.identity(*known))
    mean = d.step(
        "mean",
        eq(m.abar_star, value),
        "In shares of exporters the average is",
        by=via.identity(weighted, costs_step, sold_step),
    )
    made = 1 - size * share_N + Z
    R_at_most_xi = d.step("R<=xi", le(m.a_R, cost * m.a_D), "Movers are exporters:")
    scale = {"alpha>0": 1, "1+alpha>0": -1, "d1": -1}
    gain = C0 * m.a_D * enough / (kept_ * (1 - Y + Z))
    T1 = d.step(
        "T1",
        gt(gain, 0),
        "Relocation costs the South a positive amount",
        by=via.product({**scale, enough_step: 1, w3: -1}, coefficient=m.a_D),
    )
    scarce = via.combine({"low": 1 / m.phi}, equations={CUT_Y_STEP: 1 / m.phi, "cut N": -1 / m.phi})
    d.step("scarce", gt(size * share_N - Y, 0), "while Northern exporters were more numerous before:", by=scarce)
    slack = C0 * m.a_D * (1 - cost_S) * Z * (size * share_N - Y) / ((1 - Y + Z) * made)
    T2 = d.step("T2", gt(slack, 0), "which adds another:")
    weight = {"alpha>0": 1, "1+alpha>0": -1, "p>1": 1, "phi<1": -1, "w3": -1}
    close = via.combine(
        {T1: 1, T2: 1, R_at_most_xi: bound}, mean, MEAN_STAY_STEP, equations={"movers": cost * m.a_D - m.a_R}
    )
    by_name = via.name_term(
        bound, C0 * Y * H / kept_, "movers", close, via.product(weight, coefficient=Y * (1 + m.phi))
    )
    reason = (
        "The world without relocation is the opening of trade, in which each nation's exporters have their own cutoff."
    )
    says = "South's average cost is higher with relocation than without it:"
    return proved(d, gt(m.abar_star, STAY(m.abar_star)), by_name, says, reason)


def _southern_parts() -> tuple[sp.Expr, sp.Expr]:
    return m.phi * m.a_X * X - (1 + m.phi) * m.a_R * R + m.a_D * D, m.phi * X - (1 + m.phi) * R + D
