"""Checks of what Kleinert and Zorell say beside their numbered equations: firms, markets, margins, other regimes."""

import numpy as np

from tests.papers.kz.draws import (
    both_signs,
    close,
    fails,
    found_false,
    holds,
    is_pareto,
    open_sign,
    reversed_draws,
    under,
)
from tests.papers.kz.economy import Economy, base_index
from tests.papers.kz.equilibrium import exports_balance
from tests.papers.kz.laws import Pareto, Piecewise, TruncatedPareto
from tests.papers.kz.section_4 import exports, imports, placed, total_trade

# --- firms ------------------------------------------------------------------------------------------------------


@holds("kz.savings")
def savings(e):
    """The saving on any output, for each unit of intermediates that it takes, is the same for all firms."""
    each = []
    for phi, made in ((1.3, 1.0), (1.3, 4.0), (7.0, 2.0)):
        inputs = e.alpha * e.cost(phi, False) * made / e.p_I_d
        each.append((e.cost(phi, False) - e.cost(phi, True)) * made / inputs)
    close(each, each[0])
    assert each[0] > 0


@holds("kz.cost-offshoring")
def like_productivity(e):
    gain = (e.p_I_d / e.p_I_off) ** e.alpha
    close(e.cost(1.7, True), e.cost(1.7 * gain, False))
    assert gain > 1


def profit_at_home(e, Phi=2.0, w=None, E_X=None, P_X=None, fixed=1.0):
    w, E_X, P_X = w or e.w, E_X or e.E_X, P_X or e.P_X
    return (w ** (1 - e.alpha) / (e.rho * Phi)) ** (1 - e.sigma) * E_X / P_X ** (1 - e.sigma) / e.sigma - fixed * w


@holds("kz.profits.demand", "kz.profits.fixed-costs", "kz.profits.wage")
def profits(e):
    base = profit_at_home(e)
    assert profit_at_home(e, Phi=2.01) > base < profit_at_home(e, E_X=1.01 * e.E_X)
    assert profit_at_home(e, P_X=1.01 * e.P_X) > base
    assert profit_at_home(e, fixed=1.01) < base > profit_at_home(e, w=1.01 * e.w)


def gains_by_wage(e, Phi, P_X=None):
    near = [profit_at_home(e, Phi, w=e.w * f, E_X=e.E_X * f, P_X=P_X) for f in (0.999, 1.001)]
    return near[1] > near[0]


@found_false("kz.profits.wage-income", everywhere=False)
def large_firms_gain(e):
    return gains_by_wage(e, 1e6)


@fails("kz.profits.wage-income")
def a_firm_gains(v, e):
    assert gains_by_wage(e, v["Phi"], v["P_X"])


@holds("kz.exclusive")
def one_incomplete_strategy(e):
    for factor in (0.01, 0.1, 0.3, 0.6, 1.0, 3.0):
        chosen = [s for _, _, s in e.but(f_ex=factor * e.p["f_ex"]).groups(e.P_X)]
        assert not {(True, False), (False, True)} <= set(chosen)


@holds("kz.welfare-cutoff")
def welfare_in_cutoff(e):
    for name in ("tau_I", "f_ex"):
        below, above = e.neighbours(name)
        assert (below.welfare > above.welfare) == (below.phi_min > above.phi_min)


@holds("kz.prices-fall", "kz.competitiveness")
def prices(e):
    (below, above), phi = e.neighbours("tau_I"), e.phi_off
    assert below.price(phi, True) < above.price(phi, True) < above.price(phi, False)
    close(below.price(phi, False), above.price(phi, False))
    close(*(near.price(phi, True) / near.price(2 * phi, True) for near in (below, above)))


# --- markets ----------------------------------------------------------------------------------------------------


@holds("kz.diversification.advanced", "kz.trade-pattern")
def sectors(e):
    assert e.labour["Y"] > 0 < e.labour["I"]
    made, eaten = e.p["phi_Y"] * e.labour["Y"], (1 - e.p["beta"]) * e.w * e.p["L"]
    close(made - eaten, e.imports, 1e-7)
    assert e.imports > 0 < e.exports


@holds("kz.diversification.W")
def country_w(e):
    used = (e.n + 1) * e.p["tau_I"] * e.imports / e.p_I_off / e.p["phi_I_w"]
    for size in (0.5 * used, 0.99 * used, 1.01 * used, 3 * used):
        assert (size > used) == (e.p["phi_Y_w"] * size > (e.n + 1) * e.imports)
    bound = (e.n + 1) * e.alpha * e.rho * e.E_X / e.p["phi_Y_w"]
    assert bound > used


@holds("kz.output-X", "kz.output-W")
def outputs(e):
    below, above = e.neighbours("tau_I")
    assert below.P_X < above.P_X
    assert below.E_X / below.P_X > above.E_X / above.P_X
    shipped = [(near.n + 1) * near.p["tau_I"] * near.imports / near.p_I_off for near in (below, above)]
    assert below.labour["Y"] > above.labour["Y"]
    assert shipped[0] > shipped[1]


@holds("kz.curves")
def curves(e):
    """At the same lowest cutoff firms earn more on average when intermediates are cheaper to import."""

    def mean(near):
        P_X = base_index(near, e.phi_min)
        return near.over(lambda z, s: near.profit(z, s, P_X), P_X=P_X)

    below, above = map(mean, e.neighbours("tau_I"))
    assert below > above


# --- who gains --------------------------------------------------------------------------------------------------


@holds("kz.incumbents.profits", "kz.incumbents.imports")
def incumbents(e):
    below, above = e.neighbours("tau_I")
    for phi, strategy in (((e.phi_off * e.phi_ex) ** 0.5, (True, False)), (1.5 * e.phi_ex, (True, True))):
        assert below.profit(phi, strategy) > above.profit(phi, strategy)
        assert below.output_cost(phi, strategy) > above.output_cost(phi, strategy)


@holds("kz.switchers.revenue", "kz.switchers.profits", "kz.switchers.choice")
def switchers(e):
    """Between the new and the old cutoff: the firm at the old one has gained, the one at the new one has lost."""
    after, before = e.neighbours("tau_I")
    home, away = (False, False), (True, False)
    eager, hesitant = before.phi_off, after.phi_off
    assert hesitant < eager
    assert after.profit(eager, away) > before.profit(eager, home)
    assert after.profit(hesitant, away) < before.profit(hesitant, home)
    for phi in (eager, (eager * hesitant) ** 0.5):
        assert after.revenue(phi, True) > before.revenue(phi, False)
        assert after.profit(phi, away) > after.profit(phi, home)


# --- margins and shares -----------------------------------------------------------------------------------------


FLAT = Piecewise((0.5, 4.0), (0.999 / 3.5,), 4.0)
AT_OFF = Piecewise((0.5, 1.5, 2.5, 5.0), (0.1665, 0.666, 0.0666), 4.0)
AT_EX = Piecewise((0.5, 2.9, 3.1, 5.0), (0.999 / 6 / 2.4, 0.999 * 4 / 6 / 0.2, 0.999 / 6 / 1.9), 4.0)
"""The distributions of the exact economies, with a thousandth of all firms in the tail."""


def at(law, gain=2.0):
    return placed(law, (2, 3), gain)


def mass(e):
    return e.elasticity(lambda near: near.M_ex, "tau_I")


def incumbents_part(e):
    k = e.sigma - 1
    tail = e.integral(lambda z: (z / e.phi_ex) ** k, np.log(e.phi_ex), np.inf)
    return k * tail / (k * tail + e.phi_ex * float(e.law.density(np.array(e.phi_ex)))) - 0.5


def im_share(e):
    return e.imports / (e.imports + e.exports)


def share_moves(e):
    return e.elasticity(im_share, "tau_I")


SIGNS = {"kz.exporters-mass": mass, "kz.margins": incumbents_part, "kz.share.open": share_moves}


def register(identifier, sign):
    open_sign(identifier)(lambda e: [sign(near) for near in (e, at(AT_OFF), at(AT_EX), at(FLAT))])
    of_share = identifier == "kz.share.open"
    laws, gain = ((FLAT if of_share else AT_OFF), AT_EX), 4.0 if of_share else 2.0
    both_signs(identifier)(lambda: [sign(at(law, gain)) for law in laws])


for listed, measured in SIGNS.items():
    register(listed, measured)


@found_false("kz.share.stable", everywhere=False)
def share_is_not_stable(e):
    return abs(share_moves(e)) > 1e-3


@fails("kz.share.stable")
def share_moves_at_the_witness(v, e):
    close([e.phi_ex, im_share(e)], [v["phi_ex"], v["im_share"]], 1e-6)
    close(share_moves(e), -0.0124, 0.01)


@holds("kz.share.pareto")
def share_for_pareto(e):
    if is_pareto(e):
        assert share_moves(e) < 0


def both_rise(e):
    return e.elasticity(exports, "tau_I") < 0 > e.elasticity(imports, "tau_I")


@under("kz.parallel", "kz.simultaneous")
def in_parallel(e):
    more, less = exports_balance(e)
    if abs(more - less) > 0.02 * (more + less):
        assert both_rise(e) == (more > less)
    return more > less


@fails("kz.parallel", "kz.simultaneous")
def not_in_parallel(v, e):
    close([e.exports, e.imports], [v["exports"], v["imports_cif"]], 1e-7)
    assert not both_rise(e)


def all_offshoring(e):
    """Return the economy with all firms above its second cutoff, and the entry cost that this takes."""
    above = TruncatedPareto(e.sigma, 1.02 * e.phi_off, 30 * e.phi_off)
    alone = Economy(above, **e.p)
    earned = alone.over(lambda phi, s: alone.profit(phi, s, e.P_X), P_X=e.P_X)
    return alone.but(f_e=earned / e.w)


@holds("kz.eqD1.equality")
def nobody_in_between(e):
    """Without firms between the cutoffs exporters neither gain nor lose."""
    alone = all_offshoring(e)
    close([alone.phi_min, alone.phi_off], [e.phi_min, e.phi_off])
    assert abs(alone.elasticity(lambda near: near.phi_ex, "tau_I")) < 1e-9
    assert abs(alone.elasticity(lambda near: near.revenue(2 * e.phi_ex, True, abroad=True), "tau_I")) < 1e-8


@holds("kz.R.3.equality")
def imports_keep_their_value(e):
    alone = all_offshoring(e)
    assert abs(alone.elasticity(imports, "tau_I")) < 1e-8
    assert all(near.labour["I"] == 0 for near in alone.neighbours("tau_I"))


# --- the share of intermediates in costs ------------------------------------------------------------------------


def less_response(e, of):
    """Tell whether a flow responds less in the same economy with a larger share of intermediates."""
    other = e.but(alpha=1.05 * e.alpha)
    if [s for _, _, s in other.chosen] != [s for _, _, s in e.chosen]:
        return False
    return abs(other.elasticity(of, "tau_I")) < abs(e.elasticity(of, "tau_I"))


@found_false("kz.intensity.exports", everywhere=False)
def exports_respond_less(e):
    return less_response(e, exports)


@found_false("kz.intensity.trade", everywhere=False)
def trade_responds_less(e):
    return less_response(e, total_trade)


@fails("kz.intensity.exports", "kz.intensity.trade")
def responses_at_the_witness(v, e):
    told = {exports: (0.502, 0.016), total_trade: (0.886, 0.315)}
    economy = Economy(Pareto(v["theta"], 1.0), **{**e.p, "f_e": 0.1})
    for of, expected in told.items():
        for alpha, response in zip((v["alpha"], v["alpha_1"]), expected, strict=True):
            near = economy.but(alpha=alpha)
            assert near.phi_min > 1
            close(-near.elasticity(of, "tau_I"), response, 0.02)


# --- where only exporters offshore ------------------------------------------------------------------------------


def reversed_balance(e):
    """Return what a lower tau_I adds to exports and what it takes from them, where exporters come first."""
    k, tau = e.sigma - 1, e.p["tau"]
    far, gain = e.n * tau**-k, (e.p_I_off / e.p_I_d) ** (-e.alpha * k)
    cutoffs = (e.phi_min, e.phi_ex, e.phi_off)
    u, x, o = (e.integral(lambda z: z**k, np.log(c), np.inf) for c in cutoffs)
    at_min, at_ex, at_off = (c**e.sigma * float(e.law.density(np.array(c))) for c in cutoffs)
    sales = u + far * x + (gain - 1) * (1 + far) * o
    more = (u - x) * (at_off * (u + far * x) + k * o * sales) + (1 + far) * o * (x + (gain - 1) * o) * at_min
    return more, (1 + far) * o * (u + (gain - 1) * o) * at_ex


def reversed_exports(e):
    more, less = reversed_balance(e)
    if abs(more - less) > 0.02 * (more + less):
        assert (e.elasticity(exports, "tau_I") < 0) == (more > less)
    return more > less


under("kz.A3-violated.aggregate")(reversed_exports)


@reversed_draws("kz.A3-violated.aggregate.exactly", "kz.A3-violated.aggregate.pareto", "kz.A3-violated.imports")
def reversed_trade(e):
    rises = reversed_exports(e)
    assert rises or not is_pareto(e)
    assert e.elasticity(imports, "tau_I") < 0


@fails("kz.A3-violated.aggregate")
def reversed_exports_may_fall(v, e):
    close([e.exports, e.phi_ex, e.phi_off], [v["exports"], v["phi_ex"], v["phi_off"]], 1e-6)
    assert not reversed_exports(e)
    close(e.elasticity(exports, "tau_I"), 1.54, 0.01)
