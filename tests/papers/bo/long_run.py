"""Checks of Baldwin and Okubo after entry and exit, of productivity and welfare, by quadrature over firms."""

import numpy as np

from tests.papers.bo.cases import apart, close, fails, holds
from tests.referees.bo import Firms


@holds("bo.eq22", "bo.eq25", "bo.fn15")
def long_run(c, phase):
    """At s_n = s_E; where other shares of births are possible the cutoffs stay as they are, which eq. 25 denies."""
    t, o = c.at("long-run"), c.omega
    close([t["a_D"], t["a_X"]], [(x * c.kappa / (1 + o)) ** (1 / c.rho) for x in (1, o)])
    close(1 / t["n_w"], c.f + c.f * (t["a_X"] / t["a_D"]) ** c.rho + c.f_I / t["a_D"] ** c.rho)
    close(c.at("no-relocation")["a_D"], t["a_D"])


@holds("bo.eq21-text")
def which_of_two_sentences(c, phase):
    """The paragraph has the mass of firms fall and rise: it falls."""
    assert c.at("long-run")["n_w"] < c.at("autarky")["n"] + c.at("autarky")["n_star"]


@fails("bo.eq21")
def mass_of_firms(v, c):
    t = c.at("long-run", v["s_n"])
    close(t["n_w"], v["n_w"])
    apart(t["n_w"], (1 - 1 / c.beta) / c.f / (v["s_n"] / c.s - c.omega))


@fails("bo.eq22", "bo.eq24", "bo.eq25", "bo.eq26", "bo.result7", "bo.migration-better.after")
def other_shares_of_births(v, c):
    t, without = c.at("long-run", v["s_n"]), c.at("no-relocation")
    close([t[x] for x in ("a_D", "a_R", "n_w", "mbar_star")], [v[x] for x in ("a_D", "a_R", "n_w", "mbar_star")], 1e-7)
    printed = c.beta * (v["s_n"] / c.s - 1) + 1 + c.omega
    assert v["s_n"] > c.s
    apart(t["a_D"], (c.kappa / printed) ** (1 / c.rho))
    apart(t["n_w"], (1 - 1 / c.beta) / c.f / (v["s_n"] / c.s + c.omega))
    apart(t["mbar_star"] / without["mbar_star"], (printed / (1 + c.omega)) ** (1 / c.beta))
    close(t["mbar_star"], without["mbar_star"])


@fails("bo.dependence.undetermined")
def what_is_pinned_down(v, c):
    """The mass of firms is the same at two shares of births."""
    close([c.at("long-run", v[x])["n_w"] for x in ("s_n", "s_n_2")], [v["n_w"]] * 2)
    apart(v["s_n"], v["s_n_2"])


@fails("bo.eq16")
def location_at_another_share(v, c):
    firms = Firms(v["n"], v["n_star"], v["a_D"], v["a_D"], v["a_X"], v["a_X"], v["a_R"])
    close(firms.demands(c.e), [v["B"], v["B_star"]])
    close(c.phi * v["a_X"] ** (1 - c.sigma) * v["B"], c.f)
    apart(v["a_R"], (c.phi * (v["s_n"] + c.s - 1) / ((1 - v["s_n"]) * (1 - c.phi))) ** (1 / c.alpha) * v["a_X"])


@fails("bo.fn15")
def flows_against_stocks(v, c):
    F, F_I, t = v["F"], v["F_I"], c.at("long-run", v["s_n"])
    close([c.f, c.f_I], [c.sigma * v["delta"] * F, c.sigma * v["delta"] * F_I])
    close(t["n_w"], v["n_w"])
    G = [c.e.integral(0, 0, t[name]) for name in ("a_X", "a_D")]
    apart(1 / (c.sigma * t["n_w"]), F + F * G[0] / G[1] + F_I / G[1])


@fails("bo.eq31")
def export_cutoff(v, c):
    t = c.at("short-run")
    close(t["a_X"], v["a_X"], 1e-7)
    printed = ((c.beta - 1) * c.f_I * c.f) ** (1 - 1 / c.beta)
    left = c.phi * t["a_X"] ** (1 - c.sigma) / (c.phi * t["a_X"] ** c.alpha + printed)
    apart(left, c.f / c.f_I / (c.beta - 1))


@holds("bo.result5.small.DD.level")
def dampened_in_dd(c, phase):
    if phase == "DD":
        assert c.at("long-run")["abar_star"] > c.at("no-relocation")["abar_star"]


@holds("bo.pressure")
def pressure_is_left(c, phase):
    """Once firms have moved, no cutoff at home lets a newborn firm expect what its draw costs."""
    t, k = c.at("short-run"), 1 - c.sigma
    if t["a_R"] > t["a_D"]:
        return
    abroad = c.phi * t["B"] * c.e.integral(k, 0, t["a_X"]) - c.f * c.e.integral(0, 0, t["a_X"])
    best = (t["B"] / c.f) ** (1 / (c.sigma - 1))
    for home in np.array([0.5, 0.9, 1.0, 1.1]) * best:
        assert t["B"] * c.e.integral(k, 0, home) - c.f * c.e.integral(0, 0, home) + abroad < c.f_I


@holds("bo.skewness")
def skewness_is_bounded(c, phase):
    for top in (0.1, 1.0, 3.0, 10.0, 100.0):
        assert c.beta < top**2 or c.rho >= top or c.sigma - 1 <= 1 / top


@fails("bo.abar-XX")
def average_in_xx(v, c):
    t, q = c.at("long-run"), 1 + c.phi
    close([t["abar_star"], t["a_R"]], [v["abar_star"], v["a_R"]])
    sums = [q * t["a_X"] ** p - q * t["a_R"] ** p + t["a_D"] ** p - t["a_R"] ** p for p in (c.alpha + 1, c.alpha)]
    apart(t["abar_star"], c.alpha / (1 + c.alpha) * sums[0] / sums[1])


@fails("bo.eq23", "bo.special-case")
def average_in_dd(v, c):
    t, x = c.at("long-run"), c.omega * c.s / (1 - c.s)
    close(t["abar_star"], v["abar_star"])
    lead = (1 + c.omega) ** (-1 / c.rho) * (1 - x ** (1 + 1 / c.alpha)) / (1 - x) * c.alpha / (1 + c.alpha)
    apart(t["abar_star"], lead * c.f_I * c.alpha / (c.f * (c.sigma - 1)))
    apart(slope(c, "abar_star", "long-run"), special(c))


def special(c):
    return c.phi * (c.s * (2 + c.phi**2) / (1 - c.s) - 1) / (2 * (1 + c.phi**2) ** 1.5)


def slope(c, name, regime):
    up, down = (c.but(phi=c.phi * x).at(regime)[name] for x in (1 + 1e-4, 1 - 1e-4))
    return (up - down) / (2e-4 * c.phi)


@holds("bo.special-case")
def special_case(c, phase):
    if phase == "DD":
        case = c.but(sigma=2.0, beta=2.0, f_I=c.f)
        first, last = (1 - c.s) / c.s, ((1 - c.s) / c.s) ** 0.5
        case = case.but(phi=(first * last) ** 0.5)
        found = slope(case, "abar_star", "long-run")
        close(found, special(case), 1e-4)
        assert found > 0


@holds(
    "bo.result5.large.XX.before", "bo.result5.large.XX.after", "bo.result5.small.XX.before", "bo.result5.small.XX.after"
)
def extra_gains(c, phase):
    """Against the same regime with nobody moved: the opening before, free entry without relocation after."""
    if phase == "XX":
        after, without = c.at("long-run"), c.at("no-relocation")
        assert after["abar"] < without["abar"]
        assert after["abar_star"] > without["abar_star"]
        before = c.at("short-run")
        stay = c.opened()[0].average_costs(c.e)
        assert before["abar"] < stay[0]
        assert before["abar_star"] > stay[1]


@fails("bo.result5.large.XX.trend", "bo.result5.large.DD.before", "bo.result5.large.DD.after")
@fails("bo.result5.small.DD.before", "bo.result5.small.DD.after")
def productivity_may_fall(v, c):
    """The witness says which regime it is in by the cutoff it keeps."""
    regime = "short-run" if v["a_D"] == v["a_D_freer"] else "long-run"
    freer = c.but(phi=v["phi_freer"])
    a, b = c.at(regime), freer.at(regime)
    close([a["abar"], b["abar"], a["abar_star"]], [v["abar"], v["abar_freer"], v["abar_star"]], 1e-7)
    assert v["phi_freer"] > v["phi"]
    name = "abar_star" if b["abar"] < a["abar"] else "abar"
    assert b[name] > a[name]


# --- welfare ----------------------------------------------------------------------------------------------------


@fails("bo.welfare")
def markup_left_out(v, c):
    t, mu = c.at("no-relocation"), v["mu"]
    close(t["mbar_star"], v["mbar_star"])
    index = t["mbar_star"] ** (1 / (1 - c.sigma)) / (1 - 1 / c.sigma)
    close([index, mu / index], [v["P"], v["C_M"]])
    apart(np.log(mu / index), np.log(mu * t["mbar_star"] ** (1 / (c.sigma - 1))))


@holds("bo.large-welfare.before", "bo.large-welfare.after", "bo.result6.before", "bo.result6.after")
def freer_trade(c, phase):
    for regime in ("short-run", "long-run"):
        a, b = c.at(regime), c.freer.at(regime)
        assert b["mbar"] > a["mbar"]
        assert b["mbar_star"] > a["mbar_star"]


@fails("bo.large-welfare.before")
def all_firms_north(v, c):
    full = v["n_w"] * c.e.integral(1 - c.sigma, 0, v["a_D"]) / v["a_D"] ** c.rho
    close([full, full], [v["mbar"], v["mbar_2"]])
    assert v["phi_2"] > v["phi"]
    assert c.s / full >= v["B_star"] * (1 - 1e-12)


@fails("bo.migration-better.before")
def worse_off(v, c):
    firms, B, B_star = c.opened()
    close([B, B_star], [v["B_0"], v["B_star_0"]], 1e-7)
    south = c.phi * v["n_w"] * c.e.integral(1 - c.sigma, 0, v["a_X"]) / v["a_D"] ** c.rho
    close([south, c.phi * v["a_X"] ** (1 - c.sigma) * (1 - c.s) / south], [v["mbar_star"], c.f])
    assert south < firms.markets(c.e)[1]


@holds("bo.flow")
def flow(c, phase):
    """The mass that has moved is the integral over firms below a_R, and its rate is that of a_R^rho."""
    t = c.at("short-run")

    def moved(a):
        return t["n_star"] * c.e.integral(0, 0, a) / c.e.integral(0, 0, t["a_D"])

    a, step = t["a_R"], 1e-5 * t["a_R"]
    close(moved(a), t["n_star"] * (a / t["a_D"]) ** c.rho)
    rate = c.rho * a ** (c.rho - 1) * t["a_D"] ** -c.rho * t["n_star"]
    close((moved(a + step) - moved(a - step)) / (2 * step), rate, 1e-6)
