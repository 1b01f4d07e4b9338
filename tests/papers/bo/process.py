"""Checks of Baldwin and Okubo while firms move, and at free trade, by quadrature over firms."""

import numpy as np
from scipy.optimize import brentq

from tests.papers.bo.cases import close, fails, holds
from tests.papers.bo.readings import demands_sunk


def demands_portable(c, moved):
    """Return demands per firm when all Southern firms below a cost have moved, D-types with their beachhead."""
    a, k, top = c.at("autarky"), 1 - c.sigma, c.at("autarky")["a_D"]
    whole = c.e.integral(0, 0, top)
    north, south = a["n"] / whole, a["n_star"] / whole
    B = c.s / (north * c.e.integral(k, 0, top) + south * c.e.integral(k, 0, moved))

    def gap(y):
        B_star = np.exp(y)
        x = min((c.phi * B_star / c.f) ** (1 / (c.sigma - 1)), moved)
        sold = south * c.e.integral(k, moved, top) + c.phi * (north + south) * c.e.integral(k, 0, x)
        return np.log(B_star * sold / (1 - c.s))

    return B, float(np.exp(brentq(gap, -60, 60)))


def gains(c, demands, part, costs):
    """Return what a firm gains by moving, times sigma delta a^(sigma - 1), when firms up to each of the costs have."""
    return [part * (B - B_star) for B, B_star in (demands(c, moved) for moved in costs)]


@holds("bo.value-declines.XX")
def exporters_gain_less(c, phase):
    x = c.opened()[0].a_X_star
    found = gains(c, demands_sunk, 1 - c.phi, np.array([1e-6, 0.2, 0.5, 0.8]) * min(x, c.opened()[0].a_X))
    assert (np.diff(found) < 0).all()


@holds("bo.value-declines.DD")
def others_gain_less(c, phase):
    firms, top = c.opened()[0], c.at("autarky")["a_D"]
    found = gains(c, demands_portable, 1.0, firms.a_X_star + np.array([0.01, 0.3, 0.6, 0.9]) * (top - firms.a_X_star))
    assert (np.diff(found) < 0).all()


@holds("bo.costless")
def location_does_not_matter(c, phase):
    """At phi = 1 demands do not depend on who has moved, and profits not on where a firm is."""
    free = c.but(phi=1.0)
    free.solved["autarky", None] = c.at("autarky")  # which no trade cost matters to
    first = demands_sunk(free, 1e-9)
    reach = min((B / c.f) ** (1 / (c.sigma - 1)) for B in first)
    for moved in (0.3 * reach, 0.9 * reach):
        close(demands_sunk(free, moved), first)


@holds("bo.result5.small.DD.level-before")
def dampened_before_entry(c, phase):
    if phase == "DD" and c.at("short-run")["a_R"] < c.at("short-run")["a_D"]:
        assert c.at("short-run")["abar_star"] > c.opened()[0].average_costs(c.e)[1]


def extra_gain(c):
    """Return by how much relocation lowers the North's average cost before entry, relative to its value without."""
    return 1 - c.at("short-run")["abar"] / c.opened()[0].average_costs(c.e)[0]


@fails("bo.result5.large.DD.level-before")
def no_extra_gain(v, c):
    """Every number of the counterexample is that of the economy, and the North's average is higher than without."""
    moved, (firms, B, B_star) = c.at("short-run"), c.opened()
    close([moved[x] for x in ("a_X", "a_R", "B", "abar")], [v[x] for x in ("a_X", "a_R", "B", "abar")], 1e-7)
    close([firms.a_X, B_star, firms.markets(c.e)[1]], [v[f"{x}_stay"] for x in ("a_X", "B_star", "mbar_star")], 1e-7)
    assert extra_gain(c) < 0
    mean, k = v["abar"] * (1 + c.alpha) / c.alpha, c.alpha
    enough = c.phi * B_star * firms.a_X**k * (mean - firms.a_X) / (firms.a_D**k * (firms.a_D - mean))
    assert enough > B
