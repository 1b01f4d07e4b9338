"""Wide draws of economies for every family: elasticities from 1.02 to 30, costs over twelve decades, shapes to 60."""

from types import SimpleNamespace

import numpy as np

from symhet.numerics.distributions import Frechet, LogNormal, Mixture, Pareto, TruncatedPareto, Weibull
from symhet.papers.kz.solution import NUMBERS

FAMILIES = ("pareto", "truncated-pareto", "lognormal", "weibull", "frechet", "mixture", "mixture-bounded")
PLENTY = 1e250
"""Labour of country W that is always enough."""


def wide_parameters(rng, size):
    """Return parameters: logarithms are uniform, and a third of the shares and prices lies near a limit."""

    def logs(low, high):
        return np.exp(rng.uniform(np.log(low), np.log(high), size))

    def share():
        near = logs(1e-6, 0.3)
        return np.where(
            rng.random(size) < 2 / 3, rng.uniform(0.02, 0.98, size), np.where(rng.random(size) < 0.5, near, 1 - near)
        )

    p = {"alpha": share(), "beta": share(), "sigma": 1 + logs(0.02, 29)}
    p |= {name: logs(1e-6, 1e6) for name in ("f_p", "f_I", "f_ex", "f_e")}
    p |= {"tau": 1 + logs(1e-3, 30), "tau_I": 1 + logs(1e-3, 3), "n": rng.integers(1, 60, size).astype(float)}
    p |= {name: logs(0.1, 10) for name in ("phi_Y", "phi_I", "phi_I_w", "L")}
    relative = np.where(rng.random(size) < 0.8, share(), 1 + logs(1e-3, 2))
    p["phi_Y_w"] = relative * p["phi_I_w"] * p["phi_Y"] / (p["tau_I"] * p["phi_I"])
    p["L_w"] = np.full(size, PLENTY)
    return p


def wide_law(family, rng, k):
    """Return distributions with a finite k-th moment, from just above the moment to shapes of 60."""
    size = k.size

    def logs(low, high):
        return np.exp(rng.uniform(np.log(low), np.log(high), size))

    above = np.minimum(k * (1 + logs(1e-3, 1e3)), np.maximum(60.0, k * 1.001))
    scale = logs(0.01, 100)
    if family == "pareto":
        return Pareto(above, scale)
    if family == "frechet":
        return Frechet(above, scale)
    if family == "truncated-pareto":
        return TruncatedPareto(logs(0.1, 60), scale, scale * (1 + logs(1e-3, 1e3)))
    if family == "lognormal":
        return LogNormal(rng.normal(0, 2, size), logs(0.02, 3))
    if family == "weibull":
        return Weibull(logs(0.3, 60), scale)
    heavy = {"mixture": ("pareto", "frechet", "lognormal"), "mixture-bounded": ("truncated-pareto", "truncated-pareto")}
    weights = [logs(1e-3, 1) for _ in heavy[family]]
    return Mixture(weights, [wide_law(name, rng, k) for name in heavy[family]])


def wide(family, rng, size):
    """Return parameters and distributions."""
    p = wide_parameters(rng, size)
    return p, wide_law(family, rng, p["sigma"] - 1)


def account_gaps(p, found):
    """Return the largest relative gap of the accounts at each point, from results alone; infinity for a bad sign."""
    with np.errstate(all="ignore"):
        L = p["L"]
        labour = np.abs((found.L_Y + found.L_I + found.L_X + found.L_e) / L - 1)
        income = p["phi_Y"] * L
        goods = np.abs(found.Y - (1 - p["beta"]) * income - found.imports_I_cif) / income
        sold = np.abs(found.E_X / (p["beta"] * income) - 1)
        masses = np.abs(found.M_d + found.M_off + found.M_ex - found.M) / found.M_e
        trade = np.abs(found.Y_w / (p["phi_Y_w"] * (p["L_w"] - found.I_w / p["phi_I_w"])) - 1)
        wrong = (found.M_e <= 0) | (found.M_e * (1 + 1e-12) < found.M) | ~np.isfinite(found.welfare)
        for name in ("M", "M_d", "M_off", "M_ex", "L_Y", "L_I", "L_X", "Y_w", "exports_X", "imports_I_cif"):
            wrong |= ~(getattr(found, name) >= 0)
        wrong |= ~(found.phi_min <= np.minimum(found.phi_off, found.phi_ex))
        gaps = np.max([labour, goods, sold, masses, trade], axis=0)
    return np.where(wrong, np.inf, gaps)


def at(found, i):
    """Return one point of an array of equilibria."""
    return SimpleNamespace(**{name: getattr(found, name)[i] for name in (*NUMBERS, "status_number")})
