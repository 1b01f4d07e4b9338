"""Checks of Appendices A and C of Kleinert and Zorell, from firms, quadrature and search."""

import numpy as np

from tests.papers.kz.draws import close, fails, holds, productivities
from tests.papers.kz.economy import base_index, crossing
from tests.papers.kz.section_3 import bounds, priced


def steps(e, other):
    """Return where ln(phi) begins to produce, to offshore and to export, each step weighed against the one before."""

    def step(better, worse):
        return crossing(lambda y: other.profit(np.exp(y), better, e.P_X) - worse(np.exp(y)))

    return (
        step((False, False), lambda phi: 0.0),
        step((True, False), lambda phi: other.profit(phi, (False, False), e.P_X)),
        step((True, True), lambda phi: other.profit(phi, (True, False), e.P_X)),
    )


@holds("kz.AppA")
def ranking_is_the_assumptions(e):
    for factor in (0.02, 0.3, 1.0):
        cheap = e.but(f_ex=factor * e.p["f_ex"])
        a_3 = cheap.p["f_p"] + cheap.p["f_I"] < cheap.p["f_ex"] * cheap.p["tau"] ** (e.sigma - 1)
        for relative in np.linspace(0.1, 0.95, 8):
            other = priced(cheap, relative)
            low, high = bounds(other.p)
            enter, source, export = steps(e, other)
            assert (enter < source < export) == (a_3 and low < relative < high)


@holds("kz.AppA.lower", "kz.AppA.upper", "kz.AppA.chain")
def ordering(e):
    low, high = bounds(e.p)
    assert e.phi_min < e.phi_off < e.phi_ex
    assert low < e.p_I_off / e.p_I_d < high < 1
    for tau_I in np.linspace(0.3, 1.3, 9) * e.p["tau_I"]:
        other = e.but(tau_I=tau_I)
        relative = other.p_I_off / other.p_I_d
        if relative >= 1:
            continue
        enter, source, export = steps(e, other)
        assert (enter < source) == (low < relative)
        assert (source < export) == (relative < high)


@holds("kz.AppA-dominated")
def dominated(e):
    for phi in productivities(e):
        values = e.options(np.array([phi]))[:, 0]
        assert values[2] < max(values[0], values[1], values[3], values[4])


def j(e, phi):
    """Return the integral of (zeta/phi)^(sigma-1) - 1 over the draws above phi."""
    return e.integral(lambda zeta: (zeta / phi) ** (e.sigma - 1) - 1, np.log(phi), np.inf)


@holds("kz.eqC3.j")
def brackets(e):
    for phi in (e.phi_min, e.phi_off, e.phi_ex):
        above = e.integral(np.ones_like, np.log(phi), np.inf)
        mean = (e.integral(lambda z: z ** (e.sigma - 1), np.log(phi), np.inf) / above) ** (1 / (e.sigma - 1))
        close(j(e, phi), above * ((mean / phi) ** (e.sigma - 1) - 1), 1e-7)


@holds("kz.C-unique.root", "kz.C-unique.cuts")
def unique(e):
    """What entry earns rises strictly in P_X, so it meets its cost once; mean profit falls through the FE curve."""
    factors = np.linspace(0.5, 2, 9)
    earned = [e.over(lambda phi, s, P=e.P_X * f: e.profit(phi, s, P), P_X=e.P_X * f) for f in factors]
    assert np.all(np.diff(earned) > 0)
    gap = np.array(earned) - e.p["f_e"] * e.w
    above = e.P_X * factors / e.P_X > 1 + 1e-9
    assert np.all((gap > 1e-9 * e.p["f_e"] * e.w) == above)


@holds("kz.C-functions")
def all_by_the_cutoffs(e):
    """Accounts of the economy, added up over firms, against those that the cutoffs and parameters give alone."""
    p, k = e.p, e.sigma - 1
    gain = (e.p_I_d / e.p_I_off) ** (e.alpha * k)

    def tail(cutoff):
        return e.integral(lambda z: z**k, np.log(cutoff), np.inf)

    low, middle, high = map(tail, (e.phi_min, e.phi_off, e.phi_ex))
    away = e.n * p["tau"] ** -k * gain * high
    sales = low + (gain - 1) * middle + away
    spent = p["beta"] * e.w * p["L"]
    draws = p["beta"] * p["L"] * e.phi_min**k / (e.sigma * p["f_p"] * sales)
    close(e.M_e, draws, 1e-7)
    close(e.exports, spent * away / sales, 1e-7)
    close(e.imports, e.alpha * e.rho * spent * gain * (middle + e.n * p["tau"] ** -k * high) / sales, 1e-7)


def printed_j(e, phi, power, price=None):
    """Return a bracket of (C.2): the tail of efficiency, each at the price its firm pays, over the cutoff's."""
    k = e.sigma - 1

    def efficiency(zeta):
        return np.where(zeta < e.phi_off, zeta / e.p_I_d**e.alpha, zeta / e.p_I_off**e.alpha)

    first = e.integral(lambda z: efficiency(z) ** k, np.log(phi), np.log(max(e.phi_off, phi)))
    upper = e.integral(lambda z: efficiency(z) ** k, np.log(max(e.phi_off, phi)), np.inf)
    own = price or (e.p_I_d if phi < e.phi_off * (1 - 1e-9) else e.p_I_off)
    return (phi / own**e.alpha) ** power * (first + upper) - e.integral(np.ones_like, np.log(phi), np.inf)


def printed_entry(e, first_power, off_price=None):
    k, p = 1 - e.sigma, e.p
    return (
        p["f_p"] * printed_j(e, e.phi_min, first_power)
        + p["f_I"] * printed_j(e, e.phi_off, k, off_price)
        + e.n * p["f_ex"] * printed_j(e, e.phi_ex, k)
    )


@fails("kz.eqC2.printed", "kz.eqC2.exponent", "kz.eqC2.price", "kz.eqC3.entry")
def printed_free_entry(v, e):
    close([e.phi_min, e.phi_off, e.phi_ex], [v["phi_min"], v["phi_off"], v["phi_ex"]], 1e-8)
    derived = sum(f * j(e, c) for f, c in zip(fixed_costs(e), (e.phi_min, e.phi_off, e.phi_ex), strict=True))
    close(derived, e.p["f_e"], 1e-8)
    powers = (e.sigma - 1,) if e.p_I_d > 1.01 else (1 - e.sigma,)
    for power in powers:
        assert abs(printed_entry(e, power) / e.p["f_e"] - 1) > 1e-3
        assert abs(printed_entry(e, power, e.p_I_d) / e.p["f_e"] - 1) > 1e-3


def fixed_costs(e):
    return e.p["f_p"], e.p["f_I"], e.n * e.p["f_ex"]


@fails("kz.C-unique.discontinuity.moving")
def continuous(v, e):
    """Mean profit, integrated firm by firm, does not jump where phi_min passes 199/100 to 201/100."""

    def mean(phi):
        P_X = base_index(e, phi)
        earned = e.over(lambda z, s: e.profit(z, s, P_X), P_X=P_X)
        return earned / e.integral(np.ones_like, np.log(phi), np.inf)

    left, right = mean(v["x"]), mean(v["y"])
    middle = [mean(2 - t) - mean(2 + t) for t in (1e-2, 1e-3, 1e-4)]
    assert left > right
    close(np.array(middle) / [1e-2, 1e-3, 1e-4], middle[0] / 1e-2, 0.03)


@holds("kz.C-unique.discontinuity.frozen")
def frozen_schedule_jumps(e):
    """With each firm's price held, j just left of phi_off exceeds j just right of it by what offshoring adds."""
    k, t = e.sigma - 1, 1e-6
    left, right = printed_j(e, e.phi_off * (1 - t), -k, e.p_I_d), printed_j(e, e.phi_off * (1 + t), -k, e.p_I_off)
    gain = (e.p_I_off / e.p_I_d) ** (-e.alpha * k) - 1
    size = gain * e.integral(lambda z: (z / e.phi_off) ** k, np.log(e.phi_off), np.inf)
    assert left - right > size
    np.testing.assert_allclose(left - right, size, rtol=1e-3, atol=1e-4)
