"""Registers of checks by claim, and economies of Baldwin and Okubo drawn by `symhet.strategies`.

Equilibria come from `tests.referees.bo`, which solves cutoffs, free entry and B = B* as they stand; the closed
forms lend it no more than a first guess.
"""

from fractions import Fraction
from functools import lru_cache

import numpy as np
from scipy.optimize import brentq

import symhet
from symhet.papers.bo.solver import solve_bo
from tests.judged import judged
from tests.referees.bo import Economy, Firms, refereed

HOLDS, FAILS, FOUND, INSTEAD = {}, {}, {}, {}


def holds(*ids):
    return lambda check: HOLDS.update(dict.fromkeys(ids, check)) or check


def fails(*ids):
    return lambda check: FAILS.update(dict.fromkeys(ids, check)) or check


def found_false(*ids, drawn, everywhere=True):
    """Register a check that tells whether refuted claims are false at a drawn economy: at each, or at some."""
    return lambda check: FOUND.update(dict.fromkeys(ids, (check, drawn, everywhere))) or check


def instead(*ids, drawn):
    """Register a check that what is said to be true instead of refuted claims is so at any drawn economy."""
    return lambda check: INSTEAD.update(dict.fromkeys(ids, (check, drawn))) or check


def close(a, b, tol=1e-8):
    np.testing.assert_allclose(a, b, rtol=tol, atol=0)


def apart(a, b):
    assert abs(a / b - 1) > 1e-4


class Case:
    """Parameters with a freeness of trade inside a phase, and the equilibria that are asked for."""

    def __init__(self, sigma, beta, phi, s_E, f, f_I):
        self.sigma, self.beta, self.phi, self.s, self.f, self.f_I = sigma, beta, phi, s_E, f, f_I
        self.rho, self.alpha = beta * (sigma - 1), (beta - 1) * (sigma - 1)
        self.omega, self.kappa = phi**beta, f_I * (beta - 1) / f
        self.solved = {}
        self.e = Economy(sigma, self.rho, phi, s_E, f, f_I)

    def but(self, **new):
        old = {"sigma": self.sigma, "beta": self.beta, "phi": self.phi, "s_E": self.s, "f": self.f, "f_I": self.f_I}
        return Case(**{**old, **new})

    def at(self, regime, s_n=None):
        """Return the referee's equilibrium, solved once."""
        key = regime, s_n
        if key not in self.solved:
            self.solved[key] = self._solve(regime, s_n)
        return self.solved[key]

    def _solve(self, regime, s_n):
        given_share = {} if s_n is None else {"s_n": s_n}
        p = {"sigma": self.sigma, "rho": self.rho, "phi": self.phi, "s_E": self.s, "f": self.f, "f_I": self.f_I}
        closed = solve_bo(regime, check=False, **p, **given_share)
        guess = {name: 1.01 * float(getattr(closed, name)) for name in ("a_D", "a_X", "a_R", "n", "n_star")}
        return refereed(regime, self.e, guess, s_n)

    @property
    def freer(self):
        return self.but(phi=self.phi * (1 + 1e-3))

    def opened(self):
        """Return the firms of autarky at the moment of opening; an export cutoff for each market, by bisection."""
        a = self.at("autarky")

        def firms(x, x_star):
            return Firms(a["n"], a["n_star"], a["a_D"], a["a_D"], x, x_star)

        def excess(y, market):
            """Return the logarithm of what the marginal exporter to a market pays over what it earns there."""
            B = firms(np.exp(y), np.exp(y)).demands(self.e)[market]
            return np.log(self.f / (self.phi * B)) + (self.sigma - 1) * y

        top = np.log(a["a_D"])
        x, x_star = (np.exp(brentq(excess, top - 80, top, args=(market,), xtol=1e-14)) for market in (1, 0))
        found = firms(x, x_star)
        return found, *found.demands(self.e)


@lru_cache(maxsize=1024)
def built(*values):
    return Case(*values)


def phase_of(p):
    """Return the phase of relocation at s_n = s_E: up to which freeness only exporters move."""
    return "XX" if p["phi"] <= (1 - p["s_E"]) / p["s_E"] else "DD"


def build(p):
    return built(p["sigma"], p["rho"] / (p["sigma"] - 1), p["phi"], p["s_E"], p["f"], p["f_I"])


def cases(phase):
    """Return economies drawn through the public strategies in which both nations have firms, in one phase.

    At the partitioning point itself rounding decides the phase: it is left out.
    """
    drawn = symhet.strategies.parameters("bo", regime="no-relocation", extremes=False)
    inside = drawn.filter(lambda p: abs(p["phi"] * p["s_E"] / (1 - p["s_E"]) - 1) > 1e-9)
    return inside.filter(lambda p: phase_of(p) == phase).map(build)


@lru_cache(maxsize=64)
def witness(identifier):
    finding = judged(identifier).finding
    values = {name: float(Fraction(value)) for name, value in finding.witness.as_strings().items()}
    names = ("sigma", "beta", "phi", "s_E", "f", "f_I")
    case = Case(**{name: values[name] for name in names}) if all(name in values for name in names) else None
    return str(finding.verdict), values, case
