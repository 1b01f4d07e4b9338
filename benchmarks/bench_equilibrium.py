"""10^5 lognormal Kleinert-Zorell equilibria in one call, against loops over scipy's scalar root finder.

The loops find φ_min only, from the same bracket, while symhet returns the whole equilibrium; they run over a
sample and are compared per equilibrium, in turn with symhet within one run. All run on one thread, and processor
time is what counts. Prints ratios and the largest difference.
"""

import math
import statistics
import time

import numpy as np
from scipy import integrate, optimize

from symhet.numerics import solve_kz
from symhet.numerics.distributions import LogNormal

ECONOMIES = 100_000
SAMPLE = {"brentq over quad": 40, "brentq over closed-form tails": 2_000}
ROUNDS = 5
PLENTY = 1e12
"""Labour of the South that is always enough."""
NEEDED = {"brentq over quad": 500, "brentq over closed-form tails": 20}


def draw(rng):
    """Return parameters inside A.1-A.3, and the two parameters of the distributions."""
    size = ECONOMIES
    p = {
        "alpha": rng.uniform(0.2, 0.8, size),
        "sigma": rng.uniform(2, 6, size),
        "tau": rng.uniform(1.1, 2, size),
        "n": rng.integers(1, 10, size).astype(float),
        "f_e": np.exp(rng.normal(0, 1, size)),
        "L_w": np.full(size, PLENTY),
    }
    k = p["sigma"] - 1
    price = rng.uniform(0.5, 0.95, size)
    p["phi_I_w"] = 1.2 * 0.4 / price
    gain = price ** (-p["alpha"] * k)
    x_off = np.exp(rng.uniform(0.05, 1.5, size))
    x_ex = x_off * np.exp(rng.uniform(0.05, 1.5, size))
    p["f_I"] = x_off * (gain - 1)
    p["f_ex"] = x_ex * gain * p["tau"] ** -k
    return p, rng.normal(0, 0.5, size), rng.uniform(0.3, 1.2, size)


def economy(p, mu, spread, i):
    """Return one economy's k, location, spread, steps (cost, ratio), entry cost and bracket in ln φ_min."""
    k = float(p["sigma"][i]) - 1
    price = 1.2 * 0.4 / float(p["phi_I_w"][i])
    gain = price ** (-float(p["alpha"][i]) * k)
    f_I, f_ex_n = float(p["f_I"][i]), float(p["n"][i] * p["f_ex"][i])
    ratio_off = (f_I / (gain - 1)) ** (1 / k)
    ratio_ex = float(p["tau"][i]) * (float(p["f_ex"][i]) / gain) ** (1 / k)
    steps = ((1.0, 0.0), (f_I, math.log(ratio_off)), (f_ex_n, math.log(ratio_ex)))
    m, s, f_e = float(mu[i]), float(spread[i]), float(p["f_e"][i])
    whole = k * m + (k * s) ** 2 / 2 + math.log(sum(cost * math.exp(-k * lift) for cost, lift in steps))
    low = (whole - math.log(f_e + sum(cost for cost, _ in steps))) / k
    return k, m, s, steps, f_e, low, (whole - math.log(f_e)) / k


def by_closed_form(k, m, s, steps, f_e, low, high):
    erfc, root_half, exp = math.erfc, math.sqrt(0.5), math.exp

    def gap(y):
        total = -f_e
        for cost, lift in steps:
            u = (y + lift - m) / s
            moment = exp(k * s * (0.5 * k * s - u)) * erfc((u - k * s) * root_half)
            total += 0.5 * cost * (moment - erfc(u * root_half))
        return total

    return math.exp(optimize.brentq(gap, low, high, xtol=1e-14, rtol=1e-14))


def by_quadrature(k, m, s, steps, f_e, low, high):
    scale = 1 / (s * math.sqrt(2 * math.pi))

    def excess(y):
        def profit(z):
            return math.expm1(k * (z - y)) * scale * math.exp(-0.5 * ((z - m) / s) ** 2)

        middle = max(y, m + k * s * s)
        halves = ((y, middle), (middle, middle + 12 * s))
        return sum(integrate.quad(profit, a, b, epsabs=0, epsrel=1e-12)[0] for a, b in halves if b > a)

    def gap(y):
        return sum(cost * excess(y + lift) for cost, lift in steps) - f_e

    return math.exp(optimize.brentq(gap, low, high, xtol=1e-13, rtol=1e-13))


def main():
    rng = np.random.default_rng(2024)
    p, mu, spread = draw(rng)
    rivals = {"brentq over quad": by_quadrature, "brentq over closed-form tails": by_closed_form}
    ratios = {name: [] for name in rivals}
    worst = dict.fromkeys(rivals, 0.0)
    for _ in range(ROUNDS):
        begin = time.process_time()
        found = solve_kz(distribution=LogNormal(mu, spread), paper_only=True, **p)
        ours = (time.process_time() - begin) / ECONOMIES
        for name, rival in rivals.items():
            chosen = rng.choice(ECONOMIES, SAMPLE[name], replace=False)
            begin = time.process_time()
            roots = [rival(*economy(p, mu, spread, i)) for i in chosen]
            theirs = (time.process_time() - begin) / len(chosen)
            ratios[name].append(theirs / ours)
            worst[name] = max(worst[name], float(np.max(np.abs(found.phi_min[chosen] / roots - 1))))
    for name, values in ratios.items():
        print(
            f"{ECONOMIES} lognormal equilibria, against a loop of {name}: "
            f"{statistics.median(values):.0f}x faster (needed {NEEDED[name]}x; "
            f"{min(values):.0f} to {max(values):.0f}); largest relative difference {worst[name]:.1e}"
        )


if __name__ == "__main__":
    main()
