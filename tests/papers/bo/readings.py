"""Checks of Baldwin and Okubo under both readings of footholds, and of full agglomeration, by quadrature over firms."""

from functools import partial

import numpy as np
from scipy.optimize import brentq

from tests.papers.bo.cases import apart, cases, close, fails, found_false, holds


def best_gain(c, a, B, B_star):
    """Return what a Southern firm gains by moving when each market's beachhead is sunk, choosing where to sell.

    It has sunk F at home, and in the North too if it exports; a mover that has no beachhead there must sink one.
    """
    k = 1 - c.sigma
    exports = c.phi * a**k * B >= c.f
    here = a**k * B_star + (c.phi * a**k * B if exports else 0.0)
    there = a**k * (B + c.phi * B_star) - (0.0 if exports else c.f)
    return there - here


@holds("bo.fig3.sunk", "bo.result2.sunk", "bo.order.sunk")
def gains_fall(c, phase):
    firms, B, B_star = c.opened()
    x, top = firms.a_X_star, firms.a_D
    grid = np.concatenate([np.linspace(0.05, 1, 40) * x, x + np.linspace(0, 1, 40)[1:] * (top - x)])
    values = np.array([best_gain(c, a, B, B_star) for a in grid])
    assert (np.diff(values) < 0).all()
    ends = [best_gain(c, x * (1 + step), B, B_star) for step in (-1e-9, 1e-9)]
    assert abs(ends[0] - ends[1]) < 1e-6 * c.f
    assert values[-1] < 0


def demands_sunk(c, moved):
    """Return demands per firm when the Southern firms below a cost have moved, and all sell where they have sunk F."""
    a, k = c.at("autarky"), 1 - c.sigma
    whole = c.e.integral(0, 0, a["a_D"])
    north, south = a["n"] / whole, a["n_star"] / whole
    top = a["a_D"]

    def exporters(at_home, rival, low, size):
        """Return demand per firm in a market that also buys from the exporters of the other nation."""

        def gap(y):
            B = np.exp(y)
            x = min((c.phi * B / c.f) ** (1 / (c.sigma - 1)), top)
            return np.log(B * (at_home + c.phi * rival * c.e.integral(k, low, max(x, low))) / size)

        return float(np.exp(brentq(gap, -60, 60)))

    sold = c.e.integral(k, 0, moved)
    B = exporters(north * c.e.integral(k, 0, top) + south * sold, south, moved, c.s)
    B_star = exporters(south * (c.e.integral(k, moved, top) + c.phi * sold), north, 0.0, 1 - c.s)
    return B, B_star


def stop(c):
    """Return the cost of the last mover when footholds are sunk, where its gain vanishes."""
    top = c.at("autarky")["a_D"]

    def gain(y):
        moved = np.exp(y)
        return best_gain(c, moved * (1 + 1e-12), *demands_sunk(c, moved))

    return float(np.exp(brentq(gain, np.log(top) - 40, np.log(top))))


def freer_in(c, phase):
    """Return the same economy with trade halfway to the end of its phase."""
    end = (1 - c.s) / c.s if phase == "XX" else ((1 - c.s) / c.s) ** (1 / c.beta)
    return c.but(phi=(c.phi + end) / 2)


@holds("bo.rising.XX.before", "bo.rising.DD.before.portable", "bo.rising.XX.after", "bo.rising.DD.after")
def more_have_moved(c, phase):
    freer = freer_in(c, phase)
    for regime in ("short-run", "long-run"):
        assert c.at(regime)["a_R"] < freer.at(regime)["a_R"]


@holds("bo.rising.DD.before.sunk")
def more_have_moved_with_footholds_sunk(c, phase):
    if phase == "DD":
        assert stop(c) < stop(freer_in(c, phase))


@found_false("bo.eq14.sunk", drawn=partial(cases, "XX"))
def no_second_beachhead_in_the_print(c):
    """A D-type gains less by moving than (14) says, and the least efficient one loses."""
    firms, B, B_star = c.opened()
    a, k = (firms.a_X_star + firms.a_D) / 2, 1 - c.sigma
    return best_gain(c, a, B, B_star) < a**k * (B - B_star) and best_gain(c, firms.a_D, B, B_star) < 0


@found_false("bo.eq19.sunk", "bo.eq20.sunk", drawn=partial(cases, "DD"))
def equal_demands_overshoot(c):
    """The paper's cutoff is where demands are equal; a mover with a toll stops before."""
    moved = stop(c)
    B, B_star = demands_sunk(c, moved)
    return B_star * (1 + 1e-9) < B and moved < c.at("short-run")["a_R"]


@found_false("bo.sustain.before.sunk", "bo.result3.before.sunk", "bo.full-agglomeration.before.sunk",
             drawn=partial(cases, "DD"))  # fmt: skip
def never_all(c):
    """Even next to free trade the least efficient firms stay; the printed point is below one."""
    top = c.at("autarky")["a_D"]
    near = c.but(phi=1 - 1e-6)
    return ((1 - c.s) / c.s) ** (1 / c.beta) < 1 and stop(near) < top * (1 - 1e-9)


@fails("bo.eq19.sunk", "bo.eq20.sunk", "bo.sustain.before.sunk", "bo.result3.before.sunk",
       "bo.full-agglomeration.before.sunk")  # fmt: skip
def the_last_mover_pays(v, c):
    assert c.phi > ((1 - c.s) / c.s) ** (1 / c.beta)
    B, B_star = demands_sunk(c, v["a_R"])
    close([B, B_star], [v["B"], v["B_star"]])
    close(stop(c), v["a_R"], 1e-6)
    assert B_star < B
    unit = v["n_w"] / ((1 - 1 / c.beta) * v["a_D"] ** c.rho)
    D, X, R = (v[x] ** c.alpha for x in ("a_D", "a_X", "a_R"))
    apart(v["mbar_star"], (c.phi * X + (1 - c.s) * (D - R)) * unit)
    apart(v["a_R"], (c.phi * c.s / (1 - c.s)) ** (1 / c.alpha) * v["a_X"])


@found_false("bo.eq28.sunk", drawn=partial(cases, "DD"))
def stops_at_unequal_demands(c):
    B, B_star = demands_sunk(c, stop(c))
    return B_star * (1 + 1e-9) < B


@fails("bo.eq28.sunk")
def stopped_at_unequal_demands(v, c):
    assert v["a"] > v["a_X_star"]
    assert abs(best_gain(c, v["a"], v["B"], v["B_star"])) < 1e-12
    apart(v["B"], v["B_star"])


# --- after entry and exit -------------------------------------------------------------------------------------------


def all_north(c):
    """Return cutoffs and demands when every firm is in the North and entry is free, by bisection on demand there."""
    k = 1 - c.sigma

    def abroad(a_D):
        """Return the export cutoff at which the two markets, with the same firms, spend as they do."""

        def gap(y):
            x = np.exp(y)
            return np.log((1 - c.s) / c.s * c.e.integral(k, 0, a_D) / c.e.integral(k, 0, x) * (x / a_D) ** k)

        return np.exp(brentq(gap, np.log(a_D) - 40, np.log(a_D) + 40))

    def profit(y):
        a_D = np.exp(y)
        x = abroad(a_D)
        return c.e.entry_value(a_D, c.f * a_D**-k) + c.e.entry_value(x, c.f * x**-k) - c.f_I

    a_D = np.exp(brentq(profit, -40, 1))
    x = abroad(a_D)
    return a_D, x, c.f * a_D**-k, c.f * x**-k / c.phi


@holds("bo.result3.after.full", "bo.full-agglomeration.after")
def full_agglomeration(c, phase):
    """Nobody gains by leaving the North exactly past the sustain point."""
    point = ((1 - c.s) / c.s) ** (1 / c.beta)
    for phi in (0.9 * point, 0.5 * (1 + point)):
        a_D, x, B, B_star = all_north(c.but(phi=phi))
        close([a_D**c.rho, x**c.rho], [c.s * c.kappa, (1 - c.s) * c.kappa], 1e-7)
        assert (B_star <= B) == (phi > point)


@holds("bo.result3.after.gradual")
def gradual(c, phase):
    def share(phi):
        t = c.but(phi=phi).at("long-run")
        return t["a_R"] / t["a_D"]

    first, last = (1 - c.s) / c.s, ((1 - c.s) / c.s) ** (1 / c.beta)
    grid = (0.6 * first, 0.9 * first, 0.5 * (first + last), last * (1 - 1e-5))
    path = [share(x) for x in grid if x**c.beta > 1e-6]
    assert (np.diff(path) > 0).all()
    close(share(first * (1 - 1e-7)), share(first * (1 + 1e-7)), 1e-4)
    close(path[-1], 1.0, 1e-2)
