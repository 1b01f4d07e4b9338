"""Melitz and Chaney worked out firm by firm: profits of each productivity, quadrature over firms, roots by brentq.

Nothing here knows of S, T or cutoff conditions: a firm sells where that adds to its profit.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import brentq

NODES, WEIGHTS = np.polynomial.legendre.leggauss(24)


def over_firms(law, f, breaks):
    """Return the integral of f over productivities distributed by a frozen law; f is zero below the first break.

    Firms are counted from above by v, minus the logarithm of the share that is more productive: Gauss's rule between
    the breaks, in pieces that double from the first firm on and are then no longer than a half.
    """
    starts = sorted(-law.logsf(np.asarray(x)) if law.sf(x) > 0 else 700.0 for x in breaks)
    first = float(starts[0])
    lengths = np.concatenate([2.0 ** np.arange(-40, -1), np.arange(1, 1400) * 0.5])
    edges = np.unique(np.clip(np.concatenate([starts, [first, 700.0], first + lengths]), first, 700.0))
    half = 0.5 * np.diff(edges)[:, np.newaxis]
    v = edges[:-1, np.newaxis] + half * (1 + NODES)
    return float(np.sum(half * WEIGHTS * f(law.isf(np.exp(-v))) * np.exp(-v)))


def melitz(law, *, sigma, tau, f, f_x, f_e, n, closed=False):
    """Return the production cutoff and the export cutoff: demand at which expected profits pay for entry."""
    k = sigma - 1

    def cutoffs(log_demand):
        # variable profit is A phi^k at home and A (phi/tau)^k abroad
        return tuple(np.exp((np.log(cost) - log_demand) / k) * loss for cost, loss in ((f, 1.0), (f_x, tau)))

    def expected(log_demand):
        low, abroad = cutoffs(log_demand)
        markets = [(f, 1.0, 1.0), *([] if closed else [(f_x, tau, n)])]

        def profit(phi):
            sales = [(np.exp(log_demand + k * np.log(phi / loss)) - cost, times) for cost, loss, times in markets]
            return sum(times * np.maximum(gain, 0.0) for gain, times in sales)

        return over_firms(law, profit, (low,) if closed else (low, abroad))

    root = _falling(lambda a: np.log(f_e) - np.log(max(expected(a), 1e-300)), -k * np.log(law.median()))
    return cutoffs(root)


def chaney(law, *, sigma, mu, w_i, w_j, L_i, L_j, tau, f_i, f_j, div):
    """Return both cutoffs and the price index: the index at which the firms that gain from selling make it."""
    k, markup = sigma - 1, sigma / (sigma - 1)
    spending = mu * (1 + div) * w_j * L_j
    sellers = [(w_i * tau, f_i, w_i * L_i), (w_j, f_j, w_j * L_j)]

    def cutoff(log_index, cost, fixed):
        return markup * cost * np.exp(-log_index) * (sigma * fixed / spending) ** (1 / k)

    def gap(log_index):
        total = 0.0
        for cost, fixed, mass in sellers:
            at = cutoff(log_index, cost, fixed)

            def weight(phi, cost=cost, fixed=fixed):
                price = markup * cost / phi
                sales = spending * (price / np.exp(log_index)) ** (-k)
                return np.where(sales / sigma >= fixed * (1 - 1e-12), price ** (-k), 0.0)

            total += mass * over_firms(law, weight, (at,))
        return -k * log_index - np.log(max(total, 1e-300))

    root = _falling(gap, np.log(markup * w_j / law.median()))
    return *(cutoff(root, cost, fixed) for cost, fixed, _ in sellers), np.exp(root)


def _falling(gap, start):
    """Return the root of a function that falls, from any point."""
    step, low, high = 1.0, start, start
    while gap(low) < 0:
        low, step = low - step, 2 * step
    step = 1.0
    while gap(high) > 0:
        high, step = high + step, 2 * step
    return brentq(gap, low, high, xtol=1e-13, rtol=1e-14)
