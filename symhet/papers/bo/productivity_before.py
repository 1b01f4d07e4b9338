"""Result 5 before entry and exit, phase XX: relocation lowers North's average cost."""

from __future__ import annotations

import sympy as sp

from symhet.claims import Finding, proved
from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.averages import C0, averages, mean_stay
from symhet.papers.bo.before_facts import STAY, beside, cutoffs
from symhet.papers.bo.relocation_facts import RATIO, SHARE, TOP, D, R, X
from symhet.papers.bo.sources import section
from symhet.papers.bo.symbols import cost, cost_N, lam, share, share_N, share_S
from symhet.papers.bo.symbols import p as size
from symhet.propositions import Prop, Rel, eq, gt, le, lt
from symhet.provers import tactics as via
from symhet.steps import Step

V, small, costly = sp.symbols("v w c", positive=True)
running = sp.Symbol("z", positive=True)
CUTOFFS = (m.a_R, m.a_X)
bound, power = sp.symbols("K epsilon", positive=True)
M = 1 + (1 - 1 / size) * (1 + m.phi) / (1 - m.phi)
"""Weight of exporters and movers in North's gain."""


def below_half(then: via.Tactic) -> via.Tactic:
    """Change to the coordinate v = 1/Y - 2 > 0: less than half of the firms export."""
    return via.chart({V: 1 / share - 2}, {share: 1 / (2 + V)}, then)


def shares(d: Derivation) -> None:
    """Add ``2Y<1``, ``free`` (Y < phi (1-Y)), ``phi<=1/p``, the relative shares, and tangents of their logarithms."""
    d.step(h.room, gt((1 - share) * (1 - m.phi), 0), "Not all firms export and trade is costly,")
    d.step(h.two_Y_below_1, lt(2 * share, 1), "so that fewer than half of the firms export")
    d.step(h.free, lt(share, m.phi * (1 - share)), "and")
    weak = via.lemma(
        "pow_mono_weak", *CUTOFFS, m.alpha, premises=(via.auto(), via.by(h.phase), via.by(h.alpha_above_0))
    )
    R_at_most_X = d.step(h.R_at_most_X, le(R, X), "Not all exporters move,", by=weak)
    few = via.combine({R_at_most_X: costly / X}, h.p, equations={h.relocation: -costly / X})
    few = via.chart({small: 1 - m.s_E, costly: 1 - m.phi}, {m.s_E: 1 - small, m.phi: 1 - costly}, few)
    d.step(h.phi_at_most_1_over_p, le(m.phi * size, 1), "since trade is not too free:", by=few)
    crowd = via.combine({h.high: 1 / m.phi}, equations={h.cut_Y: -1 / m.phi, h.cut_S: 1 / m.phi})
    says = "The North's market is less crowded before relocation,"
    d.step(h.crowd, gt(share - share_S / size, 0), says, by=crowd)
    d.step(h.Y_log, gt(-sp.log(share) - (1 - share), 0), "By the tangent")
    d.step(h.log_Y_below_0, lt(sp.log(share), 0), "and")


def _gain_of_north(d: Derivation) -> None:
    """Add the step ``enough``: the gain from relocation exceeds the gain from trade without it."""
    d.step(h.lam_below_1, lt(lam, 1), "Relocation makes more firms export,")
    scale = 1 / (m.phi * share)
    wide = via.combine({h.low: scale}, h.lam, equations={h.cut_Y: scale, h.cut_N: -scale})
    d.step(h.wide, lt(1, size * lam), "though not by more than the nations differ,", by=wide)
    d.step(h.phi_below_lam, lt(m.phi, lam), "hence")
    d.step(h.lam_log, gt(lam * sp.log(lam) + 1 - lam, 0), "By the tangent of the logarithm")
    d.step(h.log_lam_below_0, lt(sp.log(lam), 0), "and")
    z = running
    curve = -sp.log(z) - 2 * (1 - z) / (1 + z)
    d.step(h.Y_log2, gt(curve.xreplace({z: share}), 0), "A better bound on the logarithm is")
    Y, half = share, 1 / (2 + V)
    rise = {h.Y_log: 1 - half, h.lam_log: half, h.phi_below_lam: half, h.free: half / (1 - half)}
    slope = gt(-(1 - Y) * sp.log(Y) + lam * Y * sp.log(lam), 0)
    d.step(h.slope, slope, "The difference rises with the weight m:", by=below_half(via.combine(rise)))
    core = gt(-2 * (1 - Y) * sp.log(Y) - (1 - m.phi) * (1 + 2 * Y), 0)
    scale = 2 + V
    d.step(h.core, core, "At the lower weight it is positive because of")
    m0 = lam + 2 * (1 - lam) / (1 - m.phi)
    d.step(h.m0_below_2_plus_phi, gt(2 + m.phi - m0, 0), "That weight lies below 2 + phi,")
    d.step(h.m0_below_3, gt(3 - m0, 0), "and so below three:")
    d.step(h.part, gt((1 - lam) / (1 - m.phi), 0), "Relocation adds to the number of exporters:")
    W = 1 - Y + m0 * Y
    d.step(h.W, gt(W, 0), "The weighted sum of shares is positive too:")
    P1 = d.step(
        h.P1,
        gt((1 - lam) / (1 - m.phi) * core.gap, 0),
        "Hence three products are positive: with the bound on the logarithm",
    )
    P2 = d.step(h.P2, gt(Y * (1 - lam) * (3 - m0), 0), "with the distance from three")
    P3 = d.step(h.P3, gt(W * (lam * sp.log(lam) + 1 - lam), 0), "and with the tangent")
    base = gt((m0 - lam) * (1 - Y) * -sp.log(Y) + lam * sp.log(lam) * W, 0)
    base_step = d.step(
        h.base, base, "Their sum is the claim at the lower weight:", by=via.combine({P1: 1, P2: 1, P3: 1})
    )
    d.step(h.m_above, gt(M - m0, 0), "The weight of the model exceeds the lower one:")
    ms = d.step(h.ms, gt((M - m0) * slope.gap, 0), "Its product with the slope is positive:")
    four = gt((M - lam) * (1 - Y) * -sp.log(Y) + lam * sp.log(lam) * (1 - Y + M * Y), 0)
    four_step = d.step(
        h.four, four, "Therefore the claim holds at the weight of the model:", by=via.combine({base_step: 1, ms: 1})
    )
    ratio = {lam: share_N / share}
    shares_four = d.step(
        h.shares_four,
        gt(four.gap.xreplace(ratio), 0),
        "In shares of exporters this reads",
        by=via.transported(four_step, h.lam),
    )
    w2 = d.step(h.w2, gt(1 - Y + M * Y, 0), "where the weighted sum of shares is positive:")
    bend(d, (h.log_lam_below_0, h.lam), (share, cost, h.xi_form, h.log_Y_below_0), (share_N, cost_N, h.xi_N_form))
    gain_r, gain_n = (1 - cost) * M * Y, (1 - cost_N) * share_N
    S1 = d.step(
        h.S1,
        gt((1 - cost) * Y / -sp.log(Y) * four.gap.xreplace(ratio), 0),
        "A positive multiple of this is",
        by=via.product({h.cost_below_1: 1, h.log_Y_below_0: -1, shares_four: 1}, coefficient=Y),
    )
    tangent_gap = d.context.hypotheses[h.bend]
    assert isinstance(tangent_gap, Rel)
    S2 = d.step(
        h.S2,
        gt(share_N * (1 - Y + M * Y) * tangent_gap.gap, 0),
        "and one of Bernoulli's inequality",
        by=via.product({w2: 1, h.bend: 1}, coefficient=share_N),
    )
    enough = gt(gain_r * (1 - Y + share_N) - gain_n * (1 - Y + M * Y), 0)
    d.step(
        h.enough,
        enough,
        "The two add up: relocation lowers the average by more than trade alone does:",
        by=via.combine({S1: 1, S2: 1}),
    )


def bend(
    d: Derivation,
    ratio: tuple[Step, ...],
    base: tuple[sp.Expr, sp.Expr, Step, Step],
    other: tuple[sp.Expr, sp.Expr, Step],
) -> None:
    """Add the step ``bend``: Bernoulli's inequality for two marginal costs, the second a power of the first."""
    Y, xi, form, _ = base
    Z, zeta, other_form = other
    exponent = sp.log(Z) / sp.log(Y)
    d.step(h.log_ratio_below_0, lt(sp.log(Z) - sp.log(Y), 0), "In logarithms")
    exponent_above_1 = d.step(h.exponent_above_1, gt(exponent, 1), "and")
    positive = gt(exponent, 0)
    exponent_above_0 = d.step(h.exponent_above_0, positive, "which is positive")
    convex = via.lemma("bernoulli_above", xi, power, premises=(via.auto(), via.auto(), via.by(h.steep)))
    bent = via.cut(
        [
            (h.steep, gt(power, 1), via.combine({exponent_above_1: 1}, h.epsilon)),
            (h.convex, via.fact("bernoulli_above", xi, power), convex),
            (h.same_shares, eq(Y**power, Z), via.identity(h.epsilon)),
            (h.costs, eq(xi**power, zeta), via.powers({h.same_shares: 1 / m.rho}, form, other_form)),
        ],
        via.combine({h.convex: 1}, equations={h.costs: 1, h.epsilon: 1 - xi}),
    )
    goal = gt(zeta - 1 - exponent * (xi - 1), 0)
    says = "Costs are powers of one another, and Bernoulli's inequality gives"
    d.step(h.bend, goal, says, by=via.name_term(power, exponent, h.epsilon, bent, via.by(exponent_above_0)))


def forms(d: Derivation) -> None:
    """Add the steps ``a_X form``, ``X form`` and ``R form``: cutoffs with relocation in shares."""
    Y, w = share, share / (m.phi * (1 - share))
    d.step(h.a_X_form, eq(m.a_X, cost * m.a_D), "The export cutoff is")
    d.step(h.one_minus_Y, gt(1 - SHARE, 0), "Not all firms export:")
    X_form = d.step(
        h.X_form, eq(X, w * D), "In sales it is", by=via.linear({h.cut: -D * SHARE / (TOP * m.phi * (1 - SHARE))}, h.Y)
    )
    moved = Y * (size - 1) / ((1 - m.phi) * (1 - Y)) * D
    relocated = via.linear({h.relocation: 1, X_form: RATIO[m.Phase.XX]}, h.p)
    d.step(h.R_form, eq(R, moved), "and the movers' cutoff is", by=relocated)


def _mean_of_north(d: Derivation) -> None:
    """Add the steps ``mean`` and ``mean stay``: North's average cost with and without relocation, in shares."""
    averages(d, m.Phase.XX, south=False)
    forms(d)
    Y, w = share, share / (m.phi * (1 - share))
    moved = Y * (size - 1) / ((1 - m.phi) * (1 - Y)) * D
    costs = m.s_E * (D * m.a_D + m.phi * m.a_X * X) + (1 - m.s_E) * (1 + m.phi) * m.a_R * R
    made = m.s_E * (D + m.phi * X) + (1 - m.s_E) * (1 + m.phi) * R
    weighted = d.step(h.weighted, eq(m.abar, C0 * costs / made), "North's average is")
    short = m.s_E * (D + m.phi * w * D) + (1 - m.s_E) * (1 + m.phi) * moved
    s_form = d.step(h.s_form, eq(m.s_E, size / (1 + size)), "North's share of expenditure in terms of relative size is")
    d.step(h.all_above_0, d.rewritten(gt(short, 0), (h.s_form,)), "All sales are positive:")
    value = C0 * ((1 - Y) * m.a_D + Y * cost * m.a_D + Y * (M - 1) * m.a_R) / (1 - Y + M * Y)
    d.step(
        h.mean,
        eq(m.abar, value),
        "In shares of exporters the average is",
        by=via.identity(weighted, h.X_form, h.R_form, h.a_X_form, s_form),
    )


@section("3.2.2", "Result 5").result(
    "bo.result5.large.XX.before",
    lt(m.abar, STAY(m.abar)),
    title="extra gain before entry and exit",
    printed=r"\bar a<\bar a_{\text{no relocation}}",
)
def large_xx_before(statement: Prop) -> Finding:
    """Prove that North's average cost is lower with relocation than at the opening without it."""
    d = beside("N")
    cutoffs(d)
    shares(d)
    _gain_of_north(d)
    _mean_of_north(d)
    mean_stay(d, "N")
    Y, foreign = share, 1 - share_S / size
    d.step(h.d1, gt(1 - Y + share_N, 0), "Sales without relocation are positive,")
    d0 = d.step(h.d0, gt(foreign + share_N, 0), "and so are they net of those of foreign exporters:")
    enough = d.context.hypotheses[h.enough]
    assert isinstance(enough, Rel)
    scale = {h.alpha_above_0: 1, h.one_plus_alpha_above_0: -1, h.d1: -1}
    gain = C0 * m.a_D * enough.gap / ((1 - Y + M * Y) * (1 - Y + share_N))
    T1 = d.step(
        h.T1,
        gt(gain, 0),
        "Relocation lowers the average by more than trade alone by a positive term",
        by=via.product({**scale, h.enough: 1, h.w2: -1}, coefficient=m.a_D),
    )
    slack = C0 * m.a_D * (1 - cost_N) * share_N * (Y - share_S / size) / ((1 - Y + share_N) * (foreign + share_N))
    over = via.product({**scale, h.cost_N_below_1: 1, h.crowd: 1, d0: -1}, coefficient=m.a_D * share_N)
    T2 = d.step(h.T2, gt(slack, 0), "and another one, because foreign exporters crowd the market:", by=over)
    R_at_most_xi = d.step(h.R_at_most_xi, le(m.a_R, cost * m.a_D), "Movers are exporters:")
    share_of_movers = C0 * Y * (M - 1) / (1 - Y + M * Y)
    positive = via.product(
        {h.alpha_above_0: 1, h.one_plus_alpha_above_0: -1, h.p_above_1: 1, h.phi_below_1: -1, h.w2: -1},
        coefficient=Y * (1 + m.phi) / size,
    )
    close = via.combine(
        {T1: 1, T2: 1, R_at_most_xi: bound}, h.mean, h.mean_stay, equations={h.movers: cost * m.a_D - m.a_R}
    )
    by_name = via.name_term(bound, share_of_movers, h.movers, close, positive)
    reason = (
        "The world without relocation is the opening of trade, in which each nation's exporters have their own cutoff."
    )
    says = "North's average cost is lower with relocation than without it:"
    return proved(d, statement, by_name, says, reason)
