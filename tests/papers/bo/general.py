"""Checks of footnotes, of what holds for any share of births, and of varieties in the small market, by quadrature."""

from functools import partial

import numpy as np
from scipy.optimize import brentq

from tests.papers.bo.cases import apart, cases, close, fails, found_false, holds
from tests.papers.bo.refuted import with_births, with_many_births
from tests.papers.bo.trade import exporters, weight
from tests.referees.bo import Firms

# --- footnotes --------------------------------------------------------------------------------------------------------


def two_beachheads(c, f_X):
    """Return a_X/a_D and the share of the South's sales that moved, where exporting costs f_X and DD firms move."""
    k = 1 - c.sigma
    x = brentq(lambda y: k * y + np.log(c.phi * c.f / f_X), -80, 80)
    ratio = np.exp(x)

    def gap(moved):
        south = c.phi * c.e.integral(k, 0, ratio) + (1 - c.s) * c.e.integral(k, moved, 1)
        north = c.e.integral(k, 0, moved) + c.s * c.e.integral(k, moved, 1)
        return np.log(south / north * c.s / (1 - c.s))

    moved = brentq(gap, 1e-12, 1.0) if gap(1.0) < 0 else 1.0
    return ratio, c.e.integral(k, 0, moved) / c.e.integral(k, 0, 1)


@found_false("bo.fn4", drawn=partial(cases, "DD"))
def dear_exports_keep_firms(c):
    """At the printed sustain point a part of the firms is left when it costs twice as much to export."""
    point = c.but(phi=((1 - c.s) / c.s) ** (1 / c.beta))
    _, moved = two_beachheads(point, 2 * c.f)
    close(moved, c.s / (1 - c.s) * point.omega * 0.5 ** (c.beta - 1), 1e-6)
    return moved < 1


@fails("bo.fn4")
def half_has_moved(v, c):
    ratio, moved = two_beachheads(c, v["f_X"])
    close([ratio, moved], [v["a_X"] / v["a_D"], (v["a_R"] / v["a_D"]) ** c.alpha], 1e-6)
    close(c.phi, ((1 - c.s) / c.s) ** (1 / c.beta))
    assert moved < 1


@holds("bo.fn9")
def homogeneous(c, phase):
    """Firms of one cost, both nations' demands per firm by bisection on the North's share."""

    def gap(share):
        return np.log(c.s * (c.phi * share + 1 - share) / ((1 - c.s) * (share + c.phi * (1 - share))))

    if c.phi * c.s < 1 - c.s:
        close(brentq(gap, 1e-9, 1 - 1e-12), 0.5 + (1 + c.phi) / (1 - c.phi) * (c.s - 0.5), 1e-6)
    else:
        assert gap(1.0) > 0


@holds("bo.fn16", "bo.eq23-factors")
def ratios(c, phase):
    x = np.array([0.2, 0.5, 0.9])
    for exponent in (0.3, 0.9, 1.1, 1 + 1 / c.alpha):
        moved = (1 - (x * 1.0001) ** exponent) / (1 - x * 1.0001) - (1 - x**exponent) / (1 - x)
        assert ((moved > 0) == (exponent > 1)).all()
    up, odds = c.but(phi=c.phi * 1.0001), c.s / (1 - c.s)
    assert (1 + up.omega) ** (-1 / c.rho) < (1 + c.omega) ** (-1 / c.rho)
    if odds * up.omega < 1:
        e = 1 + 1 / c.alpha
        a, b = ((1 - (odds * w) ** e) / (1 - odds * w) for w in (c.omega, up.omega))
        assert a < b


@holds("bo.fig2")
def pivot(c, phase):
    (W_X, W_D), (V_X, V_D) = weight(c), weight(c.freer)
    assert W_D < W_X < V_X
    assert V_D < W_D


@holds("bo.fig5-south")
def either_way(c, phase):
    """At sigma = rho = 2, s_E = 3/5: the average falls where trade is costly, and rises in the end of phase XX."""
    case = c.but(sigma=2.0, beta=2.0, s_E=0.6, f_I=c.f)
    path = [case.but(phi=x).at("long-run")["abar_star"] for x in (9 / 40, 7 / 24, 5 / 12, 8 / 15)]
    assert path[0] > path[1]
    assert path[2] < path[3]
    before = [case.but(phi=x).at("short-run")["abar_star"] for x in (3 / 8, 0.66)]
    assert before[0] < before[1]


@found_false("bo.regularity-rho", drawn=partial(cases, "XX"))
@fails("bo.regularity-rho")
def sales_need_more(*case):
    """With rho between 1 - sigma and sigma - 1 halving the lowest cost again and again adds without bound."""
    sigma = case[0]["sigma"] if len(case) == 2 else case[0].sigma
    rho = (sigma - 1) / 2
    sums = [np.trapezoid(np.exp((1 - sigma + rho) * y), y) for y in (np.linspace(-w, 0, 20001) for w in (20, 40))]
    assert rho > 1 - sigma
    assert sums[1] > 1.5 * sums[0]
    return True


# --- any share of births ----------------------------------------------------------------------------------------------


@holds("bo.entry-DD", "bo.B-entry")
def past_the_partition(c, phase):
    t, o = c.at("long-run"), c.omega
    close(t["n_w"], (1 - 1 / c.beta) / (c.f * (1 + o)))
    close([t["a_D"] ** c.rho, t["a_X"] ** c.rho], [c.kappa / (1 + o), o * c.kappa / (1 + o)])
    assert t["a_D"] < c.at("autarky")["a_D"]
    close(t["B"], (1 - 1 / c.beta) * t["a_D"] ** (c.rho - c.alpha) / t["n_w"] / (1 + o))


@fails("bo.B-entry")
def printed_demand(v, c):
    t = c.at("long-run", v["s_n"])
    close(t["B"], v["B"])
    apart(t["B"], c.s * (1 - 1 / c.beta) * t["a_D"] ** (c.rho - c.alpha) / t["n_w"] / (v["s_n"] + c.s * c.omega))


def expected(c, home, away):
    """Return what an innovator expects where demands per firm at home and abroad are given, cutoffs chosen freely."""
    cut, out = ((x / c.f) ** (1 / (c.sigma - 1)) for x in (home, c.phi * away))
    return c.e.entry_value(cut, home) + c.e.entry_value(out, c.phi * away)


@holds("bo.dependence.conditions")
def two_imply_the_third(c, phase):
    """Both expectations are met at equal demands only; with equal demands one is met with the other."""
    t = c.at("no-relocation")
    close([expected(c, t["B"], t["B"])] * 2, [c.f_I, c.f_I], 1e-7)
    start = np.log(t["B"])
    for other in (0.7, 0.9, 1.1, 1.4):
        home = brentq(lambda y, k=other: np.log(expected(c, np.exp(y), k * np.exp(y)) / c.f_I), start - 3, start + 3)
        assert abs(expected(c, other * np.exp(home), np.exp(home)) / c.f_I - 1) > 1e-6


@found_false("bo.general-share", drawn=with_births, everywhere=False)
def fewer_births_are_a_long_run(drawn):
    c, s_n = drawn
    t = c.at("long-run", s_n)
    close(t["B"], t["B_star"])
    return s_n < c.s


@fails("bo.general-share")
def a_long_run_with_fewer_births(v, c):
    assert v["s_n"] < c.s
    t = c.at("long-run", v["s_n"])
    close([t[x] for x in ("a_D", "a_R", "n_w")], [v[x] for x in ("a_D", "a_R", "n_w")], 1e-7)
    B, B_star = 1.1 * v["B"], 0.9 * v["B"]
    assert expected(c, B, B_star) > expected(c, B_star, B)


@found_false("bo.close.share", drawn=partial(cases, "XX"))
def entry_moves_the_share(c):
    t = c.at("no-relocation")
    return t["n"] / t["n_w"] > c.s * (1 + 1e-9)


@fails("bo.close.share")
def share_without_relocation(v, c):
    t = c.at("no-relocation")
    close([t["n"], t["n_star"]], [v["n"], v["N_star"]])
    assert v["n"] / (v["n"] + v["N_star"]) > c.s


def producers(c, s_n):
    t = c.at("long-run", s_n)
    return t["n_star"] * (1 - c.e.integral(0, 0, t["a_R"]) / c.e.integral(0, 0, t["a_D"]))


@found_false("bo.close.firms", drawn=with_many_births, everywhere=False)
def fewer_producers(drawn):
    c, s_n = drawn
    return s_n > c.s and producers(c, s_n) < producers(c, c.s)


@fails("bo.close.firms")
def fewer_producers_there(v, c):
    assert v["s_n_2"] > v["s_n"] == c.s
    assert producers(c, v["s_n_2"]) < producers(c, v["s_n"])


@holds("bo.close.imports")
def more_imports(c, phase):
    def imports(case):
        t, k = case.at("long-run"), 1 - case.sigma
        firms = Firms(t["n"], t["n_star"], t["a_D"], t["a_D"], t["a_X"], t["a_X"], t["a_R"])
        return case.phi * t["B_star"] * firms.north(case.e, k)[1]

    assert imports(c) < imports(c.freer)
    assert exporters(c)[2] < exporters(c.freer)[2]


# --- varieties in the small market ------------------------------------------------------------------------------------


def sold(c, t):
    """Return the varieties sold in the South: exporters from the North, and Southern firms that stay."""
    firms = Firms(t["n"], t["n_star"], t["a_D"], t["a_D"], t["a_X"], t["a_X"], t["a_R"])
    return firms.north(c.e, 0.0)[1] + firms.south(c.e, 0.0)[0]


@found_false("bo.varieties.after", drawn=partial(cases, "DD"))
def more_varieties(c):
    return sold(c, c.at("long-run")) > sold(c, {**c.at("no-relocation"), "a_R": 0.0})


def before(c):
    opening = c.opened()[0]
    stayed = {"n": opening.n, "n_star": opening.n_star, "a_D": opening.a_D, "a_X": opening.a_X, "a_R": 0.0}
    return sold(c, c.at("short-run")), sold(c, stayed)


@found_false("bo.varieties.before", drawn=partial(cases, "DD"), everywhere=False)
def perhaps_more(c):
    now, stayed = before(c)
    return now > stayed


@fails("bo.varieties.after")
def more_varieties_there(v, c):
    close([c.at("long-run")[x] for x in ("a_R", "n_w")], [v["a_R"], v["n_w"]], 1e-7)
    assert more_varieties(c)


@fails("bo.varieties.before")
def more_varieties_before(v, c):
    """More at the witness, where phase DD has begun; fewer next to full agglomeration."""
    now, stayed = before(c)
    close([c.at("short-run")[x] for x in ("a_X", "a_R")], [v["a_X"], v["a_R"]], 1e-7)
    assert now > stayed
    late = c.but(s_E=0.8, phi=0.99 * (1 - 0.8) ** 0.5 / 0.8)
    now, stayed = before(late)
    assert now < stayed
