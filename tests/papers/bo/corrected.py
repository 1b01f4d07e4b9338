"""What is said to be true instead of refuted claims of Baldwin and Okubo, at drawn economies, firm by firm."""

from functools import partial

import numpy as np
from scipy.optimize import brentq

from tests.papers.bo.cases import cases, close, holds, instead
from tests.papers.bo.general import expected, more_varieties, two_beachheads
from tests.papers.bo.long_run import slope, which_of_two_sentences
from tests.papers.bo.process import demands_portable
from tests.papers.bo.readings import best_gain, demands_sunk, never_all, stop
from tests.papers.bo.refuted import with_births
from tests.papers.bo.trade import agglomeration_point, convergence, exporters, past_the_peak

XX, DD = partial(cases, "XX"), partial(cases, "DD")

instead("bo.eq21-text", drawn=XX)(lambda c: which_of_two_sentences(c, "XX"))
instead("bo.regularity-rho", drawn=XX)(lambda c: convergence(c, "XX"))


def true(check):
    """Return a check that asserts what another tells."""

    def run(case):
        assert check(case)

    return run


instead("bo.varieties.after", drawn=DD)(true(more_varieties))
instead("bo.sustain.before.sunk", "bo.full-agglomeration.before.sunk", drawn=DD)(true(never_all))


# --- trade ------------------------------------------------------------------------------------------------------------


@instead("bo.fn4", drawn=DD)
def beachheads_abroad_count(c):
    for cost in (0.8, 2.0, 1.01 * (c.s / (1 - c.s)) ** (1 / (c.beta - 1))):
        said = c.omega * c.s / (1 - c.s) * cost ** (1 - c.beta)
        _, moved = two_beachheads(c, cost * c.f)
        if said < 1:
            close(moved, said, 1e-6)
        assert moved < 1 or c.s * cost ** (1 - c.beta) > 1 - c.s


@instead("bo.freeness", drawn=XX)
def freeness_falls_with_trade_costs(c):
    found = np.geomspace(1.01, 50, 9) ** (1 - c.sigma)
    assert (found < 1).all()
    assert (np.diff(found) < 0).all()


@instead("bo.trade-effects.exporters", drawn=DD)
def exports_rise_but_for_the_south(c):
    a, b = exporters(c), exporters(c.freer)
    assert b[0] > a[0]
    assert b[2] > a[2]
    assert b[2] + b[3] > a[2] + a[3]
    if past_the_peak(c, c.freer):
        assert b[1] < a[1]
        assert b[3] < a[3]


@instead("bo.trade-effects.masses", drawn=DD)
def the_share_rises(c):
    a, b = c.at("no-relocation"), c.freer.at("no-relocation")
    assert b["n_star"] < a["n_star"]
    assert b["n_w"] < a["n_w"]
    assert b["n"] / b["n_w"] > a["n"] / a["n_w"]
    assert a["n"] < c.at("autarky")["n"]


@instead("bo.close.share", drawn=XX)
def more_births_in_the_north(c):
    assert c.at("no-relocation")["n"] / c.at("no-relocation")["n_w"] > c.s


@instead("bo.welfare", drawn=XX)
def index_with_the_markup(c):
    """The price index of the South adds up the prices of what is sold there; its own cutoff gives the sum of costs."""
    t, k = c.at("no-relocation"), 1 - c.sigma
    markup = c.sigma / (c.sigma - 1)
    each = np.array([t["n_star"], t["n"]]) / c.e.integral(0, 0, t["a_D"])
    sums = [c.e.integral(k, 0, t["a_D"]), c.phi * c.e.integral(k, 0, t["a_X"])]
    close(markup**k * (each @ sums), markup**k * t["mbar_star"])
    close(t["mbar_star"], t["a_D"] ** k * (1 - c.s) / c.f)


# --- relocation before entry and exit ---------------------------------------------------------------------------------


@instead("bo.eq14.sunk", drawn=XX)
def a_second_beachhead_is_paid(c):
    firms, B, B_star = c.opened()
    k, low, top = 1 - c.sigma, firms.a_X_star, firms.a_D
    for share in (0.01, 0.5, 1.0):
        a = low + share * (top - low)
        found = best_gain(c, a, B, B_star)
        assert abs(found - (a**k * (B - (1 - c.phi) * B_star) - c.f)) < 1e-9 * a**k * B
        assert found < a**k * (B - B_star)
    assert found < 0


@instead("bo.fig3.portable", drawn=XX)
def the_gain_jumps_up(c):
    firms, B, B_star = c.opened()
    k, x = 1 - c.sigma, firms.a_X_star
    exporter = x**k * (B + c.phi * B_star) - x**k * (c.phi * B + B_star)
    assert exporter < x**k * B - x**k * B_star
    close(exporter / (x**k * B - x**k * B_star), 1 - c.phi, 1e-6)


@instead("bo.two-phases", drawn=XX)
def the_ratio_rises_to_one(c):
    def ratio(case):
        t = case.at("short-run")
        return t["a_R"] / t["a_X"]

    close(ratio(c) ** c.alpha, c.phi * (2 * c.s - 1) / ((1 - c.phi) * (1 - c.s)), 1e-7)
    point = (1 - c.s) / c.s
    assert ratio(c) < ratio(c.but(phi=min(1.001 * c.phi, (c.phi + point) / 2))) < 1
    assert ratio(c.but(phi=(point + 1) / 2)) > 1


def sunk(c):
    """Return the cutoff of the last mover and demands when footholds are sunk, and the Southern export cutoff."""
    moved = stop(c)
    B, B_star = demands_sunk(c, moved)
    return moved, B, B_star, (c.phi * B / c.f) ** (1 / (c.sigma - 1))


@instead("bo.eq19.sunk", drawn=DD)
def movers_go_on_selling(c):
    moved, B, B_star, abroad = sunk(c)
    a = c.at("autarky")
    if moved > abroad:
        D, R = a["a_D"] ** c.alpha, moved**c.alpha
        X = (c.phi * B_star / c.f) ** (c.beta - 1)
        unit = a["n_w"] / ((1 - 1 / c.beta) * a["a_D"] ** c.rho)
        close(c.s / B, unit * (R + c.s * (D - R)), 1e-7)
        close((1 - c.s) / B_star, unit * (c.phi * c.s * X + c.phi * (1 - c.s) * R + (1 - c.s) * (D - R)), 1e-7)


@instead("bo.eq20.sunk", "bo.result3.before.sunk", drawn=DD)
def demands_stay_apart(c):
    moved, B, B_star, abroad = sunk(c)
    assert moved < c.at("autarky")["a_D"]
    assert moved <= abroad or B_star < B


@instead("bo.eq28.sunk", drawn=DD)
def where_the_gain_is_nil_demands_differ(c):
    """At any pair of demands at which a D-type neither gains nor loses."""
    _, B, _ = c.opened()
    for a in np.array([1.01, 1.5, 3.0]) * (c.phi * B / c.f) ** (1 / (c.sigma - 1)):
        B_star = (B - c.f * a ** (c.sigma - 1)) / (1 - c.phi)
        if B_star > 0:
            assert abs(best_gain(c, a, B, B_star)) < 1e-9 * a ** (1 - c.sigma) * B
            assert B_star < B


@instead("bo.sustain.before.portable", "bo.full-agglomeration.before.portable", drawn=DD)
def where_the_last_firm_leaves(c):
    point = (1 - c.s) ** (1 / c.beta) / c.s
    close(agglomeration_point(c), point, 1e-6)
    assert (agglomeration_point(c) < 1) == (1 - c.s < c.s**c.beta)


@instead("bo.result3.before.portable", drawn=DD)
def before_the_last_firm_leaves(c):
    t = c.at("short-run")
    assert 1 - c.s <= c.phi * c.s
    assert t["a_R"] >= t["a_D"] or c.phi < (1 - c.s) ** (1 / c.beta) / c.s


@instead("bo.order.portable", drawn=XX)
def where_the_order_breaks(c):
    """The last mover among exporters would be overtaken by the D-types exactly past the bound."""
    t = c.at("short-run")
    sides = c.phi * (2 * c.s - 1), (1 - c.s) * (1 - c.phi) ** c.beta
    if abs(sides[0] - sides[1]) > 1e-6 * sum(sides):
        assert ((t["a_R"] / t["a_X"]) ** (c.sigma - 1) > 1 - c.phi) == (sides[0] > sides[1])


@instead("bo.eq31", drawn=DD)
def export_cutoff(c):
    x = c.at("short-run")["a_X"]
    left = c.phi * x ** (1 - c.sigma) / (c.kappa ** (1 - 1 / c.beta) + c.phi * x**c.alpha)
    close(left, c.f / (c.f_I * (c.beta - 1)), 1e-7)


@instead("bo.migration-better.before", drawn=DD)
def the_south_loses(c):
    for case in (c, c.but(phi=c.phi * (1 - c.s) / c.s)):
        assert case.at("short-run")["mbar_star"] < (1 - case.s) / case.opened()[2]


def varieties(c, moved):
    """Return the varieties sold in the South when the Southern firms up to a cost have moved, footholds portable."""
    _, B_star = demands_portable(c, moved)
    x = min((c.phi * B_star / c.f) ** (1 / (c.sigma - 1)), moved)
    a, mass = c.at("autarky"), partial(c.e.integral, 0)
    whole = mass(0, a["a_D"])
    return a["n_star"] * mass(moved, a["a_D"]) / whole + a["n_w"] * mass(0, x) / whole


def varieties_without(c):
    firms, mass = c.opened()[0], partial(c.e.integral, 0)
    return firms.n_star + firms.n * mass(0, firms.a_X) / mass(0, firms.a_D)


@instead("bo.varieties.before", drawn=DD)
def more_at_first_and_fewer_at_last(c):
    """Where DD begins the last exporter has moved, and demands are equal; where it ends all firms have."""

    def gap(y):
        """Return how far the marginal exporter to the South is above the last mover."""
        _, B_star = demands_portable(first, np.exp(y))
        return np.log(first.phi * B_star / first.f) / (first.sigma - 1) - y

    first, top = c.but(phi=(1 - c.s) / c.s), c.at("autarky")["a_D"]
    reached = np.exp(brentq(gap, np.log(top) - 40, np.log(top)))
    B, B_star = demands_portable(first, reached)
    close(B, B_star, 1e-6)
    assert varieties(first, reached) > varieties_without(first)
    last = (1 - c.s) ** (1 / c.beta) / c.s
    if last < 1:
        assert varieties(c.but(phi=last), (1 - 1e-9) * top) < varieties_without(c.but(phi=last))


# --- after entry and exit ---------------------------------------------------------------------------------------------


@instead("bo.eq21", "bo.eq24", "bo.dependence.undetermined", drawn=with_births)
def the_long_run_at_any_share(drawn):
    c, s_n = drawn
    t, o = c.at("long-run", s_n), c.omega
    close(t["n_w"], (1 - 1 / c.beta) / (c.f * (1 + o)))
    close([t[x] ** c.rho for x in ("a_D", "a_X")], [c.kappa / (1 + o), o * c.kappa / (1 + o)])
    if t["a_R"] <= t["a_X"]:
        said = (c.s - s_n + o * (c.s + s_n - 1)) / ((1 - s_n) * (1 - c.phi))
        close((t["a_R"] / t["a_D"]) ** c.alpha, said, 1e-6)
    close(t["B"], c.at("long-run")["B"])
    close(expected(c, t["B_star"], t["B"]), c.f_I)


@instead("bo.close.firms", drawn=with_births)
def mass_and_cutoff_stay(drawn):
    c, s_n = drawn
    close([c.at("long-run", s_n)[x] for x in ("n_w", "a_D")], [c.at("long-run")[x] for x in ("n_w", "a_D")])


@instead("bo.eq26", "bo.result7", "bo.migration-better.after", drawn=with_births)
def relocation_does_not_matter(drawn):
    c, s_n = drawn
    close(c.at("long-run", s_n)["mbar_star"], c.at("no-relocation")["mbar_star"])


@instead("bo.general-share", drawn=XX)
def innovators_prefer_the_north(c):
    _, B, B_star = c.opened()
    assert B_star < B
    assert expected(c, B, B_star) > expected(c, B_star, B)


@instead("bo.abar-XX", drawn=XX)
def average_in_xx(c):
    t = c.at("long-run")
    sums = [t["a_D"] ** p + c.phi * t["a_X"] ** p - (1 + c.phi) * t["a_R"] ** p for p in (c.alpha + 1, c.alpha)]
    close(t["abar_star"], c.alpha / (1 + c.alpha) * sums[0] / sums[1], 1e-6)


@instead("bo.eq23", drawn=DD)
def average_in_dd(c):
    t, x = c.at("long-run"), c.omega * c.s / (1 - c.s)
    ratio = (1 - x ** (1 + 1 / c.alpha)) / (1 - x)
    close(t["abar_star"], c.alpha / (1 + c.alpha) * ratio * (c.kappa / (1 + c.omega)) ** (1 / c.rho), 1e-6)


@instead("bo.result5.large.DD.before", drawn=DD)
def below_autarky(c):
    t = c.at("short-run")
    if t["a_R"] < t["a_D"]:
        assert t["abar"] < c.alpha / (1 + c.alpha) * t["a_D"]


@instead("bo.result5.large.DD.after", drawn=DD)
def below_no_relocation(c):
    assert c.at("long-run")["abar"] < c.at("no-relocation")["abar"]


@instead("bo.result5.small.DD.before", drawn=DD)
def less_productive_before_entry(c):
    edge = (1 - c.s) ** (1 / c.beta) / c.s
    if (1 - c.s) / c.s * 1.001 < c.phi < edge * 0.999:
        assert slope(c, "abar_star", "short-run") > 0


@instead("bo.result5.small.DD.after", drawn=DD)
def less_productive_after_entry(c):
    if c.rho >= 1 and (1 - c.s) / c.s * 1.001 < c.phi < 0.999 * ((1 - c.s) / c.s) ** (1 / c.beta):
        assert slope(c, "abar_star", "long-run") > 0


@holds("bo.result5.small.DD.large-before", "bo.result5.small.DD.large-after")
def large_rho(c, phase):
    """What is true of every rho is true of large ones."""
    if phase == "DD":
        less_productive_before_entry(c)
        less_productive_after_entry(c)
