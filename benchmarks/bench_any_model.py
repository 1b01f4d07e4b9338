"""10^5 lognormal Melitz equilibria in one call of the general solver, against a loop of brentq over closed-form tails.

The model is read from a file; the loop is written for it by hand, solves for the production cutoff alone and starts from
a bracket. It runs over a sample and is compared per equilibrium, in turn with symhet within one run. All run on one
thread, and processor time is what counts. Prints the ratio and the largest difference.
"""

import math
import statistics
import time
from pathlib import Path

import numpy as np
from scipy import optimize

from symhet import read_model
from symhet.numerics.distributions import LogNormal

ECONOMIES = 100_000
SAMPLE = 1_000
ROUNDS = 5
NEEDED = 100
MODEL = Path(__file__).parents[1] / "tests" / "cases" / "melitz.toml"
ROOT_HALF = math.sqrt(0.5)


def draw(rng):
    """Return parameters of open economies, and the two parameters of the distributions."""
    tau, sigma = rng.uniform(1.1, 2, ECONOMIES), rng.uniform(2, 6, ECONOMIES)
    return {
        "tau": tau,
        "sigma": sigma,
        "f": np.ones(ECONOMIES),
        "f_x": tau ** (1 - sigma) * (1 + rng.exponential(1.0, ECONOMIES)),
        "f_e": np.exp(rng.normal(0, 1, ECONOMIES)),
        "n": rng.integers(1, 10, ECONOMIES).astype(float),
    }, LogNormal(rng.normal(0, 0.5, ECONOMIES), rng.uniform(0.3, 1.2, ECONOMIES))


def by_loop(p, law, i):
    """Return the production cutoff of one economy, in logarithms."""
    k, m, s = p["sigma"][i] - 1, law.mu[i], law.sigma[i]
    lead = math.log(p["tau"][i]) + math.log(p["f_x"][i]) / k
    costs = ((1.0, 0.0), (p["n"][i] * p["f_x"][i], lead))
    f_e = p["f_e"][i]

    def gap(u):
        total = -f_e
        for cost, lift in costs:
            z = (u + lift - m) / s
            moment = math.exp(k * (m - u - lift) + 0.5 * (k * s) ** 2) * math.erfc((z - k * s) * ROOT_HALF)
            total += cost * 0.5 * (moment - math.erfc(z * ROOT_HALF))
        return total

    return optimize.brentq(gap, m - 20, m + 12 * s + 4, xtol=1e-12)


def main():
    """Print the ratio of processor times, and the largest difference."""
    p, law = draw(np.random.default_rng(5))
    model = read_model(MODEL)
    names = {name: value for name, value in p.items() if name in model.quantities}
    model.solve(distribution=law.part(slice(0, 600)), check=False, **{n: v[:600] for n, v in names.items()})
    ratios, worst = [], 0.0
    rows = np.linspace(0, ECONOMIES - 1, SAMPLE).astype(int)
    for _ in range(ROUNDS):
        started = time.process_time()
        found = model.solve(distribution=law, check=False, outputs=("phi", "phi_x"), **names)
        ours = (time.process_time() - started) / ECONOMIES
        started = time.process_time()
        theirs = np.array([by_loop(p, law, i) for i in rows])
        loop = (time.process_time() - started) / SAMPLE
        ratios.append(loop / ours)
        worst = max(worst, float(np.nanmax(np.abs(np.log(found.phi[rows]) - theirs))))
    solved = int(np.count_nonzero(found.solved))
    print(f"{solved} of {ECONOMIES} solved; {ours * 1e6:.2f} us each, the loop {loop * 1e6:.1f} us")
    print(f"ratio {statistics.median(ratios):.0f} (needed {NEEDED}); largest difference {worst:.1e}")


if __name__ == "__main__":
    main()
