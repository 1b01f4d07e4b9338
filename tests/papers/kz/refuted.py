"""Refuted claims of Kleinert and Zorell at drawn economies: does what was printed fail there, by the referee?

The exported counterexamples are checked where the claims' sections are; here the printed statement is tried at
economies that nobody chose.
"""

import numpy as np

from tests.papers.kz.appendices import fixed_costs, j, printed_entry
from tests.papers.kz.draws import economies, found_false, open_sign
from tests.papers.kz.economy import base_index
from tests.papers.kz.laws import Mixture, TruncatedPareto
from tests.papers.kz.section_3 import at_efficiency, bounds, total_average
from tests.papers.kz.section_4 import placed, total_trade


def differs(a, b):
    return abs(a / b - 1) > 1e-4


@found_false("kz.relative-output.text")
def output_rises_with_efficiency(e):
    phi = np.array([1.0, 1.3]) * e.phi_off
    sold = e.revenue(phi, True) / e.price(phi, True)
    inverted = (e.efficiency(phi, True)[1] / e.efficiency(phi, True)[0]) ** e.sigma
    return differs(sold[0] / sold[1], inverted)


def width(p):
    low, high = bounds(p)
    return high - low


@found_false("kz.A.2-width.f_p")
def width_falls_with_f_p(e):
    return width({**e.p, "f_p": 1.01 * e.p["f_p"]}) < width(e.p)


@found_false("kz.A.2-width.f_I", everywhere=False)
def width_may_rise_with_f_I(e):
    return width({**e.p, "f_I": 1.01 * e.p["f_I"]}) > width(e.p)


def offshoring_with_exporting(kind=None):
    return economies("offshoring-with-exporting", kind)


@found_false("kz.A.2-violations.A.2", drawn=offshoring_with_exporting)
def some_source_at_home(e):
    low, high = sorted(bounds(e.p))
    assert not low < e.p_I_off / e.p_I_d < high or bounds(e.p)[0] > bounds(e.p)[1]
    assert e.p_I_off < e.p_I_d
    return any(not offshores for _, _, (offshores, _) in e.chosen)


def without_exporters_at_home(kind=None):
    drawn = offshoring_with_exporting(kind)
    return drawn.filter(lambda e: bounds(e.p)[1] < bounds(e.p)[0])


@found_false("kz.A.2-violations.A.3-groups", drawn=without_exporters_at_home)
def nobody_exports_only(e):
    groups = [s for _, _, s in e.chosen]
    return (False, True) not in groups and (True, True) in groups


@found_false("kz.aggregates.average-firm")
def total_of_the_average_firm(e):
    Phi = e.average(lambda o, x: True)
    markets = (1.0, 1 + e.n * e.p["tau"] ** (1 - e.sigma))
    return all(differs(e.M * m * at_efficiency(e, Phi), e.sales) for m in markets) and differs(Phi, total_average(e))


@found_false("kz.eq18.average-firm")
def profit_of_the_average_firm(e):
    variable, p = at_efficiency(e, e.average(lambda o, x: True)) / e.sigma, e.p
    shown = (
        variable - p["f_p"] * e.w,
        variable - (p["f_p"] + p["f_I"]) * e.w,
        variable * (1 + e.n * p["tau"] ** (1 - e.sigma)) - (p["f_p"] + p["f_I"] + e.n * p["f_ex"]) * e.w,
    )
    return all(differs(value, e.pi_bar) for value in shown)


@found_false("kz.labour.entry", everywhere=False)
def labour_of_entry(e):
    """Not only the firms that stay pay for entry; where all stay, the printed account is right."""
    return differs(e.M * e.p["f_e"], e.labour["e"])


@found_false("kz.eqC2.printed", "kz.eqC2.exponent", "kz.eqC2.price", "kz.eqC3.entry")
def printed_free_entry(e):
    derived = sum(f * j(e, c) for f, c in zip(fixed_costs(e), (e.phi_min, e.phi_off, e.phi_ex), strict=True))
    np.testing.assert_allclose(derived, e.p["f_e"], rtol=1e-7)
    printed = [printed_entry(e, power, price) for power in (e.sigma - 1, 1 - e.sigma) for price in (None, e.p_I_d)]
    return all(differs(value, e.p["f_e"]) for value in printed)


@found_false("kz.C-unique.discontinuity.moving")
def no_jump_where_offshoring_begins(e):
    """Across phi_off mean profit along the zero-profit curve does not jump by what switching the price would do."""

    def mean(phi):
        P_X = base_index(e, phi)
        return e.over(lambda z, s: e.profit(z, s, P_X), P_X=P_X) / e.integral(np.ones_like, np.log(phi), np.inf)

    k, t = e.sigma - 1, 1e-5
    offshorers = e.integral(lambda z: (z / e.phi_off) ** k, np.log(e.phi_off), np.inf)
    above = e.integral(np.ones_like, np.log(e.phi_off), np.inf)
    jump = e.p["f_p"] * ((e.p_I_off / e.p_I_d) ** (-e.alpha * k) - 1) * offshorers / above * e.w
    return abs(mean(e.phi_off * (1 - t)) - mean(e.phi_off * (1 + t))) < 0.01 * jump


# --- signs that are open ------------------------------------------------------------------------------------------


@open_sign("kz.fI-trade")
def trade_and_fixed_cost(e):
    return [e.elasticity(total_trade, "f_I")]


@open_sign("kz.R.4-variety.mass")
def varieties(e):
    """Most drawn economies have one sign; with most firms about the export cutoff they have the other."""
    crowd = Mixture((0.2, 0.8), (TruncatedPareto(e.sigma, 0.5, 4.0), TruncatedPareto(e.sigma, 2.9, 3.1)))
    economies = e, placed(crowd, (2.0, 3.0), 1.25, 4.0)
    return [near.elasticity(lambda at: at.M_t, "tau_I") for near in economies]
