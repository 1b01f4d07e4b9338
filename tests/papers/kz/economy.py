"""Kleinert and Zorell's economy firm by firm: firms, quadrature and root finding, and no formula that is derived.

`tests.referees.kz` does the same with scipy's adaptive quadrature and is too slow for differences by the
hundred; `test_the_two_referees_agree` holds one against the other.
"""

from functools import cached_property, lru_cache
from itertools import combinations, pairwise

import numpy as np
from scipy.optimize import brentq

STRATEGIES = ((False, False), (True, False), (False, True), (True, True))
"""(offshores, exports)."""
NODES, WEIGHTS = np.polynomial.legendre.leggauss(20)
PAIRS = [*combinations(range(5), 2)]
STEP = 3e-4


class Economy:
    """One economy; everything of its equilibrium is computed when it is first asked for."""

    def __init__(self, law, **p):
        self.law, self.p = law, p
        self.sigma, self.alpha, self.n, self.w = p["sigma"], p["alpha"], p["n"], p["phi_Y"]
        self.rho = (self.sigma - 1) / self.sigma
        self.p_I_d = self.w / p["phi_I"]
        self.p_I_w = p["phi_Y_w"] / p["phi_I_w"]
        self.p_I_off = p["tau_I"] * self.p_I_w
        self.E_X = p["beta"] * self.w * p["L"]

    def but(self, **changed):
        return Economy(self.law, **{**self.p, **changed})

    def input_price(self, offshores):
        return self.p_I_off if offshores else self.p_I_d

    def efficiency(self, phi, offshores):
        return phi / self.input_price(offshores) ** self.alpha

    def cost(self, phi, offshores):
        return self.w ** (1 - self.alpha) / self.efficiency(phi, offshores)

    def price(self, phi, offshores):
        return self.cost(phi, offshores) * self.sigma / (self.sigma - 1)

    def revenue(self, phi, offshores, abroad=False, P_X=None):
        """Return what a firm sells in one market: its price there to the power 1-sigma, times demand."""
        paid = self.price(phi, offshores) * (self.p["tau"] if abroad else 1.0)
        return (paid / (self.P_X if P_X is None else P_X)) ** (1 - self.sigma) * self.E_X

    def profit(self, phi, strategy, P_X=None):
        """Return (price - cost) times quantity over all markets, less the fixed costs."""
        offshores, exports = strategy
        p, tau, c = self.p, self.p["tau"], self.cost(phi, offshores)
        price = self.price(phi, offshores)
        earned = (price - c) / price * self.revenue(phi, offshores, P_X=P_X)
        fixed = p["f_p"] + offshores * p["f_I"]
        if exports:
            margin = (tau * price - tau * c) / (tau * price)
            earned = earned + self.n * margin * self.revenue(phi, offshores, abroad=True, P_X=P_X)
            fixed += self.n * p["f_ex"]
        return earned - fixed * self.w

    def options(self, phi, P_X=None):
        return np.array([*(self.profit(phi, s, P_X) for s in STRATEGIES), np.zeros_like(phi)])

    def groups(self, P_X):
        """Return intervals of ln(phi) and what firms there choose, from where any two profits cross."""
        cuts = np.sort(self.crossings(P_X))
        ends = np.concatenate([[-30.0], cuts, [30.0]])
        found = []
        best = np.argmax(self.options(np.exp((ends[1:] + ends[:-1]) / 2), P_X), axis=0)
        for (a, b), choice in zip(pairwise(ends), best, strict=True):
            if found and found[-1][2] == choice:
                found[-1][1] = b
            else:
                found.append([a, b, choice])
        found[-1][1] = np.inf
        return [(a, b, STRATEGIES[c]) for a, b, c in found if c < 4]

    def crossings(self, P_X):
        """Return each ln(phi) at which two profits are equal; profits are tried there again, not taken to be.

        Demand has one elasticity, so that two profits differ by a line in phi^(sigma-1): one secant finds its zero.
        """
        k = self.sigma - 1
        far = min(30.0, 300.0 / k)
        low, high = np.exp(-far * k), np.exp(far * k)
        first, second = np.array(PAIRS).T
        at_low, at_high = (v[first] - v[second] for v in self.options(np.exp(far * np.array([-1, 1])), P_X).T)
        crosses = at_low * at_high < 0
        at_low, at_high = at_low[crosses], at_high[crosses]
        found = np.log(low - at_low * (high - low) / (at_high - at_low)) / k
        values = self.options(np.exp(found), P_X)
        pairs = np.arange(len(found))
        one, other = values[first[crosses], pairs], values[second[crosses], pairs]
        np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-9 * np.max(np.abs(at_low), initial=0.0))
        return found

    def integral(self, value, low, high):
        """Return the integral of value(phi) g(phi) over an interval of ln(phi), panel by panel."""
        edges = self.law.edges(self.sigma - 1)
        inner = np.unique(np.clip(np.concatenate([[low], edges, [high]]), low, high))
        inner = inner[(inner >= edges[0]) & (inner <= edges[-1])]
        if len(inner) < 2:
            return 0.0
        half = np.diff(inner)[:, None] / 2
        phi = np.exp(inner[:-1, None] + half + half * NODES)
        return float(np.sum(half * WEIGHTS * value(phi) * self.law.density(phi) * phi))

    def over(self, value, who=lambda offshores, exports: True, P_X=None):
        """Return the integral of value(phi, strategy) over the draws whose firms satisfy `who`."""
        groups = self.chosen if P_X is None else self.groups(P_X)
        return sum(self.integral(lambda phi, s=s: value(phi, s), a, b) for a, b, s in groups if who(*s))

    @cached_property
    def P_X(self):
        """Solve free entry: what an entrant expects to earn is what entry costs."""

        def gain(y):
            earned = self.over(lambda phi, s: self.profit(phi, s, np.exp(y)), P_X=np.exp(y))
            return np.log(max(earned, 1e-300) / (self.p["f_e"] * self.w))

        low = high = 0.0
        while gain(low) > 0:
            low -= 2.0
        while gain(high) < 0:
            high += 2.0
        return float(np.exp(brentq(gain, low, high, xtol=1e-15, rtol=1e-14)))

    @cached_property
    def chosen(self):
        return self.groups(self.P_X)

    def lowest(self, who):
        return float(np.exp(min((a for a, _, s in self.chosen if who(*s)), default=np.inf)))

    phi_min = property(lambda self: self.lowest(lambda o, x: True))
    phi_off = property(lambda self: self.lowest(lambda o, x: o))
    phi_ex = property(lambda self: self.lowest(lambda o, x: x))

    @cached_property
    def M_e(self):
        tau = self.p["tau"]
        own = self.over(lambda phi, s: self.price(phi, s[0]) ** (1 - self.sigma))
        far = self.over(lambda phi, s: (tau * self.price(phi, s[0])) ** (1 - self.sigma), lambda o, x: x)
        return self.P_X ** (1 - self.sigma) / (own + self.n * far)

    def mass(self, who=lambda o, x: True):
        return self.M_e * self.over(lambda phi, s: np.ones_like(phi), who)

    M = property(lambda self: self.mass())
    M_ex = property(lambda self: self.mass(lambda o, x: x))
    M_t = property(lambda self: self.M + self.n * self.M_ex)

    @cached_property
    def exports(self):
        return self.M_e * self.n * self.over(lambda phi, s: self.revenue(phi, s[0], abroad=True), lambda o, x: x)

    @cached_property
    def sales(self):
        return self.M_e * self.over(lambda phi, s: self.revenue(phi, s[0])) + self.exports

    def output_cost(self, phi, s):
        """Return the variable cost of all that a firm makes."""
        abroad = self.n * self.revenue(phi, s[0], abroad=True) if s[1] else 0.0
        return (self.revenue(phi, s[0]) + abroad) * self.cost(phi, s[0]) / self.price(phi, s[0])

    @cached_property
    def imports(self):
        """Value at p_I_off of the intermediates that arrive: a share alpha of offshorers' variable cost."""
        return self.M_e * self.alpha * self.over(self.output_cost, lambda o, x: o)

    @cached_property
    def labour(self):
        p = self.p
        home_inputs = self.M_e * self.alpha * self.over(self.output_cost, lambda o, x: not o) / self.p_I_d
        variable = self.M_e * (1 - self.alpha) * self.over(self.output_cost) / self.w
        fixed = self.M_e * self.over(
            lambda phi, s: (p["f_p"] + s[0] * p["f_I"] + s[1] * self.n * p["f_ex"]) * np.ones_like(phi)
        )
        used = {"I": home_inputs / p["phi_I"], "X": variable + fixed, "e": self.M_e * p["f_e"]}
        return {**used, "Y": p["L"] - sum(used.values())}

    @property
    def welfare(self):
        beta = self.p["beta"]
        return self.w / (self.P_X**beta / (beta**beta * (1 - beta) ** (1 - beta)))

    @property
    def pi_bar(self):
        earned = self.over(lambda phi, s: self.profit(phi, s))
        return earned / self.over(lambda phi, s: np.ones_like(phi))

    def group(self, name):
        return {"d": lambda o, x: not o, "off": lambda o, x: o and not x, "ex": lambda o, x: x}[name]

    def average(self, who):
        """Return the (sigma-1)-mean of efficiency over a group."""
        k = self.sigma - 1
        total = self.over(lambda phi, s: self.efficiency(phi, s[0]) ** k, who)
        return (total / self.over(lambda phi, s: np.ones_like(phi), who)) ** (1 / k)

    def neighbours(self, name):
        return _neighbours(self, name)

    def elasticity(self, of, name):
        """Return a central difference of ln(of(economy)) by ln(parameter)."""
        below, above = self.neighbours(name)
        return (np.log(of(above)) - np.log(of(below))) / (np.log(1 + STEP) - np.log(1 - STEP))


@lru_cache(maxsize=16384)
def _neighbours(economy, name):
    value = economy.p[name]
    return economy.but(**{name: value * (1 - STEP)}), economy.but(**{name: value * (1 + STEP)})


def crossing(value):
    """Return the logarithm at which a function crosses zero."""
    return brentq(value, -30, 30)


def base_index(e, phi):
    """Return the price index at which a firm of productivity phi just breaks even at home."""
    return np.exp(crossing(lambda y: e.profit(phi, (False, False), np.exp(y))))
