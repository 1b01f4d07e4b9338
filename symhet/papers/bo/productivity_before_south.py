"""Result 5 before entry and exit, phase XX: relocation raises South's average cost."""

from __future__ import annotations

import sympy as sp

from symhet.claims import Finding, proved
from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.averages import C0, averages, mean_stay
from symhet.papers.bo.before_facts import STAY, beside, cutoffs
from symhet.papers.bo.productivity_before import bend, bound, forms, shares
from symhet.papers.bo.relocation_facts import D, R, X
from symhet.papers.bo.sources import section
from symhet.papers.bo.symbols import cost, cost_S, share, share_N, share_S
from symhet.papers.bo.symbols import mu_S as mu
from symhet.papers.bo.symbols import p as size
from symhet.propositions import Prop, eq, gt, le, lt
from symhet.provers import tactics as via

H = (1 + m.phi) * (size - 1) / (1 - m.phi)
"""Weight of the movers in South's loss."""


def _loss_of_south(d: Derivation) -> None:
    """Add what the case of a small loss needs: bounds on Southern exporters before relocation, relative to after."""
    Y, n0 = share, 1 - H
    d.step(h.mu_above_1, gt(mu, 1), "Relocation makes fewer Southern firms export,")
    d.step(h.mu_below_p, lt(mu, size), "though not by more than nations differ,")
    d.step(h.mu_log, gt(mu - 1 - sp.log(mu), 0), "By the tangent of the logarithm")
    d.step(h.log_mu_above_0, gt(sp.log(mu), 0), "and")
    d.step(h.Y2_log, gt(-sp.log(share_S) - (1 - share_S), 0), "and for the share of exporters")
    d.step(h.log_Y2_below_0, lt(sp.log(share_S), 0), "and")
    d.step(h.H_above, gt(H - (size - 1), 0), "The weight of movers is bounded:")
    d.step(h.n0_below_2_mu, lt(n0, 2 - mu), "so that the other exporters weigh")
    d.step(h.c2, gt((mu - 1) * (1 - Y), 0), "Two products are positive,")
    d.step(h.c3, gt((mu - 1) * Y * H, 0), "and")
    C = 1 - Y + mu * Y
    d.step(h.cap, gt(1 - n0 * C, 0), "which gives")
    d.step(h.apart, gt(mu - n0 - 2 * (mu - 1) / (1 - m.phi), 0), "The weights differ by more than relocation adds:")
    d.step(h.phi_above_Y, lt(Y, m.phi), "Trade is freer than exporters are many,")
    d.step(
        h.small,
        gt(m.phi - share_S * (1 + m.phi / size), 0),
        "so that few Southern firms export without relocation:",
        by=via.combine({h.half_S: 1}, equations={h.cut_S: 1}),
    )
    d.step(h.square, gt((1 - m.phi) ** 2, 0), "Trade is costly,")
    d.step(h.C_above_0, gt(C, 0), "sales are positive,")
    d.step(h.l1, gt((1 - Y) * (-sp.log(share_S) - 1 + share_S), 0), "the tangent gives")
    gap = (mu - n0 - 2 * (mu - 1) / (1 - m.phi)) * (1 - Y) * -sp.log(share_S)
    d.step(h.f1, gt(gap, 0), "the difference of weights gives")
    d.step(h.f4, gt((mu - 1) * (1 - n0 * C), 0), "and the bound on weights")
    d.step(h.log_share_above_0, lt(sp.log(1 / mu), 0), "In logarithms, fewer firms export with relocation:")
    d.step(h.inverse, lt(sp.log(share) - sp.log(share_S), 0), "that is")
    bend(d, (h.inverse,), (share_S, cost_S, h.xi_S_form, h.log_Y2_below_0), (share, cost, h.xi_form))


def _small_loss(enough: sp.Expr) -> via.Tactic:
    """Prove that relocation costs more where movers weigh less than the other exporters (``side``)."""
    Y, Z, n0, C = share, share_S, 1 - H, 1 - share + mu * share
    ratio = {mu: Z / Y}
    excess = gt(-2 * (1 - Y) * sp.log(Z) - (1 - m.phi), 0)
    four = gt((mu - n0) * (1 - Y) * -sp.log(Z) - n0 * sp.log(mu) * C, 0)
    bent = cost - 1 - sp.log(Y) / sp.log(Z) * (cost_S - 1)
    room = 1 + m.phi / size
    steps = [
        (h.g, gt(2 - size * (1 + m.phi), 0), via.product({h.side: 1, h.phi_below_1: 1})),
        (
            h.q1,
            gt(size + m.phi - 2 * m.phi * size, 0),
            via.combine({h.p_above_1: 1, h.g: 2 * m.phi / (1 + m.phi), h.square: 1 / (1 + m.phi)}),
        ),
        (h.two_Y2_below_1, lt(2 * Z, 1), via.combine({h.small: 2 / room, h.q1: 1 / (size * room)})),
        (h.l2, gt((1 - Y) * (1 - 2 * Z), 0), via.product({h.Y_below_1: 1, h.two_Y2_below_1: 1})),
        (h.excess, excess, via.combine({h.l1: 2, h.l2: 1, h.phi_above_Y: 1})),
        (
            h.f2,
            gt((mu - 1) / (1 - m.phi) * excess.gap, 0),
            via.product({h.mu_above_1: 1, h.phi_below_1: -1, h.excess: 1}),
        ),
        (h.f3, gt(C * n0 * (mu - 1 - sp.log(mu)), 0), via.product({h.C_above_0: 1, h.side: 1, h.mu_log: 1})),
        (h.four, four, via.combine({h.f1: 1, h.f2: 1, h.f3: 1, h.f4: 1})),
        (h.in_shares, gt(four.gap.xreplace(ratio), 0), via.transported(h.four, h.mu)),
        (
            h.S1,
            gt((1 - cost_S) * Y / -sp.log(Z) * four.gap.xreplace(ratio), 0),
            via.product({h.cost_S_below_1: 1, h.log_Y2_below_0: -1, h.in_shares: 1}, coefficient=Y),
        ),
        (h.S2, gt(n0 * Y * (1 - Y + Z) * bent, 0), via.product({h.side: 1, h.d1: 1, h.bend: 1}, coefficient=Y)),
    ]
    return via.cut(steps, via.combine({h.S1: 1, h.S2: 1}))


@section("3.2.2", "Result 5").result(
    "bo.result5.small.XX.before",
    gt(m.abar_star, STAY(m.abar_star)),
    title="dampened gain before entry and exit",
    printed=r"\bar a^*>\bar a^*_{\text{no relocation}}",
)
def small_xx_before(statement: Prop) -> Finding:
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
    made_form = d.step(h.made_form, stays, "In shares of exporters Southern sales with relocation are")
    w3 = d.step(
        h.w3,
        gt(kept_, 0),
        "so that the weights add up to something positive,",
        by=via.product({made_form: 1, h.Y_below_1: 1}, coefficient=1 / D),
    )
    d1 = d.step(h.d1, gt(1 - Y + Z, 0), "as do those without relocation:")
    enough = (1 - cost_S) * Z * kept_ - (1 - cost) * n0 * Y * (1 - Y + Z)
    e1 = d.step(
        h.e1,
        gt((1 - cost_S) * Z * kept_, 0),
        "The loss without movers is positive:",
        by=via.product({h.cost_S_below_1: 1, w3: 1}, coefficient=Z),
    )
    sign = d.step(h.sign, via.fact("trichotomy", n0, 0), "Movers may weigh more than other exporters or less.")
    e2 = (
        h.e2,
        gt((1 - cost) * Y * (1 - Y + Z) * -n0, 0),
        via.product({h.cost_below_1: 1, d1: 1, h.side: 1}, coefficient=Y),
    )
    heavy = via.cut([e2], via.combine({e1: 1, h.e2: 1}))
    even = via.combine({e1: 1}, equations={h.side: (1 - cost) * Y * (1 - Y + Z)})
    every = via.cases(sign, heavy, even, _small_loss(enough), name=h.side)
    enough_step = d.step(
        h.enough,
        gt(enough, 0),
        "In each case relocation raises the average by more than trade alone lowers it:",
        by=every,
    )
    mean_stay(d, "S")
    weighted = d.step(
        h.weighted, eq(m.abar_star, C0 * _southern_parts()[0] / _southern_parts()[1]), "South's average is"
    )
    value = C0 * ((1 - Y) * m.a_D + Y * cost * m.a_D - Y * H * m.a_R) / kept_
    unit = D / (1 - Y)
    known = (h.X_form, h.R_form, h.a_X_form)
    costs, sold = _southern_parts()
    costs_step = d.step(h.costs, eq(costs, unit * value * kept_ / C0), "Its costs are", by=via.identity(*known))
    sold_step = d.step(h.sold, eq(sold, unit * kept_), "and its sales", by=via.identity(*known))
    mean = d.step(
        h.mean,
        eq(m.abar_star, value),
        "In shares of exporters the average is",
        by=via.identity(weighted, costs_step, sold_step),
    )
    made = 1 - size * share_N + Z
    R_at_most_xi = d.step(h.R_at_most_xi, le(m.a_R, cost * m.a_D), "Movers are exporters:")
    scale = {h.alpha_above_0: 1, h.one_plus_alpha_above_0: -1, h.d1: -1}
    gain = C0 * m.a_D * enough / (kept_ * (1 - Y + Z))
    T1 = d.step(
        h.T1,
        gt(gain, 0),
        "Relocation costs the South a positive amount",
        by=via.product({**scale, enough_step: 1, w3: -1}, coefficient=m.a_D),
    )
    scarce = via.combine({h.low: 1 / m.phi}, equations={h.cut_Y: 1 / m.phi, h.cut_N: -1 / m.phi})
    d.step(h.scarce, gt(size * share_N - Y, 0), "while Northern exporters were more numerous before:", by=scarce)
    slack = C0 * m.a_D * (1 - cost_S) * Z * (size * share_N - Y) / ((1 - Y + Z) * made)
    T2 = d.step(h.T2, gt(slack, 0), "which adds another:")
    weight = {h.alpha_above_0: 1, h.one_plus_alpha_above_0: -1, h.p_above_1: 1, h.phi_below_1: -1, h.w3: -1}
    close = via.combine(
        {T1: 1, T2: 1, R_at_most_xi: bound}, mean, h.mean_stay, equations={h.movers: cost * m.a_D - m.a_R}
    )
    by_name = via.name_term(
        bound, C0 * Y * H / kept_, h.movers, close, via.product(weight, coefficient=Y * (1 + m.phi))
    )
    reason = (
        "The world without relocation is the opening of trade, in which each nation's exporters have their own cutoff."
    )
    says = "South's average cost is higher with relocation than without it:"
    return proved(d, statement, by_name, says, reason)


def _southern_parts() -> tuple[sp.Expr, sp.Expr]:
    return m.phi * m.a_X * X - (1 + m.phi) * m.a_R * R + m.a_D * D, m.phi * X - (1 + m.phi) * R + D
