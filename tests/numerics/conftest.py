"""Random economies for the solver's tests: every regime, and the paper's alone."""

from types import SimpleNamespace

import numpy as np
import pytest
from scipy import stats

from symhet.numerics import solve_kz
from symhet.numerics.distributions import Frechet, LogNormal, Pareto, Weibull
from symhet.papers.kz.parameters import DEFAULTS

PLENTY = 1e12
"""Labour of country W that is always enough; it changes nothing but W's output of Y."""


def draw(rng, size=None):
    """Return random parameters, wide enough that every regime turns up."""
    return {
        "alpha": rng.uniform(0.05, 0.95, size),
        "beta": rng.uniform(0.05, 0.95, size),
        "sigma": rng.uniform(1.3, 6, size),
        "tau": rng.uniform(1.02, 3, size),
        "tau_I": rng.uniform(1.01, 2.5, size),
        "n": rng.integers(1, 12, size),
        "phi_Y": np.exp(rng.normal(0, 0.5, size)),
        "phi_I": np.exp(rng.normal(0, 0.2, size)),
        "phi_Y_w": 0.4 * np.exp(rng.normal(0, 0.2, size)),
        "phi_I_w": 0.7 * np.exp(rng.normal(0, 0.2, size)),
        **{name: np.exp(rng.normal(0, 1.2, size)) for name in ("f_p", "f_I", "f_ex", "f_e")},
        "L": np.exp(rng.normal(0, 1, size)),
        "L_w": np.full(size or (), PLENTY),
    }


def draw_paper(rng, size=None):
    """Return random parameters inside A.1–A.3: the ratios of the cutoffs are drawn, the fixed costs follow."""
    p = draw(rng, size)
    k = p["sigma"] - 1
    relative = rng.uniform(0.3, 0.97, size)
    p["phi_I_w"] = p["tau_I"] * p["phi_Y_w"] * p["phi_I"] / (p["phi_Y"] * relative)
    advantage = relative ** (-p["alpha"] * k)
    x_off = p["f_p"] * np.exp(rng.exponential(1.0, size))
    x_ex = x_off * np.exp(rng.exponential(1.0, size))
    p["f_I"] = x_off * (advantage - 1)
    p["f_ex"] = x_ex * advantage * p["tau"] ** -k
    return p


def peopled(p, law):
    """Return the parameters with little more labour in country W than its intermediates take."""
    found = solve_kz(distribution=law, **p)
    return {**p, "L_w": p["L"] + 1.3 * found.I_w / p["phi_I_w"]}


def laws(rng, k, size=None):
    """Return one distribution of each family with finite k-th moment, and scipy's own version of it."""
    index = k + rng.uniform(0.5, 3, size)
    spread, location = rng.uniform(0.2, 1.2, size), rng.normal(0, 0.5, size)
    scale, shape = np.exp(rng.normal(0, 0.5, size)), rng.uniform(0.8, 3, size)
    return {
        "pareto": (Pareto(index, scale), lambda: stats.pareto(index, scale=scale)),
        "lognormal": (LogNormal(location, spread), lambda: stats.lognorm(spread, scale=np.exp(location))),
        "weibull": (Weibull(shape, scale), lambda: stats.weibull_min(shape, scale=scale)),
        "frechet": (Frechet(index, scale), lambda: stats.invweibull(index, scale=scale)),
    }


@pytest.fixture(scope="session")
def economies():
    """Makers of random economies and distributions."""
    assert set(draw(np.random.default_rng(0))) == set(DEFAULTS)
    return SimpleNamespace(draw=draw, draw_paper=draw_paper, laws=laws, peopled=peopled)


@pytest.fixture
def rng():
    """A stream of random numbers, the same for every test."""
    return np.random.default_rng(5)
