"""What is said to be true instead of refuted claims of Kleinert and Zorell, at drawn economies, firm by firm."""

import numpy as np

from tests.papers.kz.appendices import fixed_costs, j
from tests.papers.kz.behaviour import gains_by_wage, profit_at_home, share_moves
from tests.papers.kz.draws import close, instead, pareto_throughout, reversed_economies
from tests.papers.kz.economy import base_index
from tests.papers.kz.equilibrium import home_sum, index_sum, mean_price
from tests.papers.kz.refuted import width
from tests.papers.kz.section_3 import (
    all_offshore,
    at_efficiency,
    average_profit,
    bounds,
    outputs,
    priced,
    total_average,
)
from tests.papers.kz.section_4 import exports, reversed_cutoffs, total_trade

GAP = 0.02
"""Sides of a condition that are nearer, relative to their sum, are left to differences of whole equilibria."""


def gain(e):
    """Return the factor by which offshoring raises variable profit."""
    return e.revenue(1.0, True) / e.revenue(1.0, False)


def reach(e):
    return e.n * e.p["tau"] ** (1 - e.sigma)


def tail(e, phi):
    return e.integral(lambda z: z ** (e.sigma - 1), np.log(phi), np.inf)


def at_cutoff(e, phi):
    """Return phi^sigma g(phi)."""
    return phi**e.sigma * float(e.law.density(np.array(phi)))


instead("kz.relative-output.text")(outputs)
instead("kz.A.2-violations.A.2")(lambda e: (all_offshore(e), marginal_survivor_stays(e)))
instead("kz.eq18.average-firm")(average_profit)
instead("kz.A3-violated.only-if", drawn=reversed_economies)(reversed_cutoffs)


def marginal_survivor_stays(e):
    assert e.p_I_off / e.p_I_d > bounds(e.p)[0]
    assert e.p["f_p"] * (gain(e) - 1) < e.p["f_I"]
    assert e.chosen[0][2] == (False, False)


@instead("kz.share.stable")
def share_moves_by_the_condition(e):
    low, off, ex = (tail(e, c) for c in (e.phi_min, e.phi_off, e.phi_ex))
    falls = at_cutoff(e, e.phi_ex) * off * (low - off)
    rises = gain(e) * at_cutoff(e, e.phi_off) * ex * (low + reach(e) * ex) / (gain(e) - 1)
    if abs(rises - falls) > GAP * (rises + falls):
        assert (share_moves(e) < 0) == (falls < rises)


@instead("kz.profits.wage-income")
def large_firms_gain_by_the_condition(e):
    for Phi in np.geomspace(1e-3, 1e3, 13):
        sales = e.sigma * (profit_at_home(e, Phi) + e.w)
        gained = (1 - (1 - e.alpha) * (e.sigma - 1)) * sales / e.sigma
        if abs(gained - e.w) > GAP * (abs(gained) + e.w):
            assert gains_by_wage(e, Phi) == (gained > e.w)


@instead("kz.A.2-width.f_p")
def interval_shrinks(e):
    room = e.p["f_ex"] * e.p["tau"] ** (e.sigma - 1) - e.p["f_I"]
    widths = [width({**e.p, "f_p": share * room}) for share in (0.1, 0.3, 0.6, 0.9)]
    assert (np.diff(widths) < 0).all()


@instead("kz.A.2-width.f_I")
def both_thresholds_fall(e):
    """The power of their ratio is largest in the middle of what A.3 admits."""
    f_p, far = e.p["f_p"], e.p["f_ex"] * e.p["tau"] ** (e.sigma - 1)
    found = np.array([bounds({**e.p, "f_I": share * (far - f_p)}) for share in np.linspace(0.05, 0.95, 19)])
    assert (np.diff(found, axis=0) < 0).all()
    assert np.argmax(found[:, 1] / found[:, 0]) == 9


@instead("kz.A.2-violations.A.3-groups")
def all_do_both_in_between(e):
    k, p = e.sigma - 1, e.p
    easy = e.but(f_ex=0.8 * (p["f_p"] + p["f_I"]) / p["tau"] ** k)
    high, low = sorted(np.clip(bounds(easy.p), 1e-3, None), key=float)
    for share in (0.1, 0.5, 0.9):
        between = priced(easy, high + share * (min(low, 1.0) - high))
        assert [s for _, _, s in between.groups(e.P_X)] == [(True, True)]


@instead("kz.edge.some")
def offshoring_pays_for_large_sales(e):
    dear = priced(e, (1 + bounds(e.p)[1]) / 2)
    for phi in e.phi_min * np.geomspace(1, 1e9, 19):
        home, away = (dear.profit(phi, (offshores, False), e.P_X) for offshores in (False, True))
        extra = (home + e.p["f_p"] * e.w) * (gain(dear) - 1) / (e.p["f_I"] * e.w)
        assert abs(extra - 1) < 1e-9 or (away > home) == (extra > 1)


@instead("kz.aggregates.average-firm")
def exporters_add_their_sales_abroad(e):
    at_home = e.M * at_efficiency(e, e.average(lambda o, x: True))
    abroad = reach(e) * e.M_ex * at_efficiency(e, e.average(lambda o, x: x))
    close(e.sales, at_home + abroad, 1e-9)
    assert at_home < e.sales < (1 + reach(e)) * at_home


@instead("kz.labour.entry")
def all_entrants_are_paid(e):
    surviving = e.integral(np.ones_like, np.log(e.phi_min), np.inf)
    close([e.labour["e"]] * 2, [e.p["f_e"] * e.M / surviving, e.M * e.pi_bar / e.w], 1e-9)


@instead("kz.intensity.exports", "kz.intensity.trade", drawn=pareto_throughout)
def responses_for_pareto(e):
    k, theta, a, Lambda, p = e.sigma - 1, e.law.shape, e.alpha * e.rho, gain(e), e.p
    off, ex = p["f_I"] / (p["f_p"] * (Lambda - 1)), p["f_ex"] * p["tau"] ** k / (p["f_p"] * Lambda)
    off, ex = (ratio ** ((k - theta) / k) for ratio in (off, ex))
    first = -e.alpha * theta * (1 - off) / (1 + off * (Lambda - 1) + reach(e) * Lambda * ex)
    close(e.elasticity(exports, "tau_I"), first, 1e-4)
    flows = (Lambda - 1) * (a * off + reach(e) * (1 + a) * ex)
    close(e.elasticity(total_trade, "tau_I"), first - e.alpha * a * (theta - k) * off / flows, 1e-4)


@instead("kz.R.4.efficiency-sold", "kz.R.4-variety.price")
def price_index_falls_through_either(e):
    varieties = (total_average, mean_price, lambda at: at.M_t, lambda at: at.P_X)
    efficiency, price, mass, index = (e.elasticity(of, "tau_I") for of in varieties)
    scale = abs(index) + abs(mass) / (e.sigma - 1)
    assert abs(efficiency + index + mass / (e.sigma - 1)) < 1e-6 * scale
    assert abs(price - index - mass / (e.sigma - 1)) < 1e-6 * scale
    assert index > 0
    assert mass < 0 or efficiency < 0 < price


@instead("kz.tau-channel.tau", "kz.tau-channel.f_ex")
def what_adds_to_competition(e):
    """Entrants, cutoffs and, for tau alone, prices of all exporters add up to what happens to P_X^(1-sigma)."""
    k, Lambda = e.sigma - 1, gain(e)
    each = e.price(1.0, False) ** -k
    for name, prices in (("tau", k * Lambda * reach(e) * tail(e, e.phi_ex)), ("f_ex", 0.0)):
        moves = {c: e.elasticity(lambda at, c=c: getattr(at, c), name) for c in ("phi_min", "phi_off", "phi_ex")}
        added = {"phi_min": 1.0, "phi_off": Lambda - 1, "phi_ex": reach(e) * Lambda}
        parts = [prices, *(added[c] * at_cutoff(e, getattr(e, c)) * moves[c] for c in moves)]
        entrants = e.elasticity(lambda at: at.M_e, name)
        lost = [e.M_e * each * part / index_sum(e) for part in parts]
        scale = abs(entrants) + sum(map(abs, lost))
        assert abs(e.elasticity(index_sum, name) - entrants + sum(lost)) < 2e-3 * scale
        assert moves["phi_min"] < 0
        assert home_sum(e) < index_sum(e)


@instead("kz.eqC2.printed", "kz.eqC2.exponent", "kz.eqC2.price", "kz.eqC3.entry")
def each_step_is_counted_once(e):
    earned = sum(f * j(e, c) for f, c in zip(fixed_costs(e), (e.phi_min, e.phi_off, e.phi_ex), strict=True))
    close(earned, e.p["f_e"], 1e-7)


@instead("kz.C-unique.discontinuity.moving")
def expected_profit_is_continuous(e):
    def entering(phi):
        P_X = base_index(e, phi)
        return e.over(lambda z, s: e.profit(z, s, P_X), P_X=P_X) / e.w

    k, factors = e.sigma - 1, (1.0, e.phi_off / e.phi_min, e.phi_ex / e.phi_min)
    for step in (1e-6, 1e-3, 0.2):
        x, y = e.phi_off * (1 - step), e.phi_off * (1 + step)
        sizes = (f * (c * x) ** -k * tail(e, c * x) for f, c in zip(fixed_costs(e), factors, strict=True))
        assert entering(x) - entering(y) <= k * sum(sizes) * (y - x) / x * (1 + 1e-6) + 1e-9 * e.p["f_e"]
