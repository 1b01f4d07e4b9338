"""10^5 lognormal Melitz equilibria in one call of the general solver, against a loop of brentq over closed-form tails.

The model is read from a file. Two loops are written for it by hand, as the model's structure allows it: the export
cutoff is a multiple of the production cutoff, so one root an economy is enough, and both cutoffs are returned, as of
symhet. One loop calls scipy's normal distribution function, as one would; the other knows a bracket and calls the C
library's error function. They run over a sample and are compared per equilibrium, in turn with symhet within one run.
Ratios are printed of processor time, symhet on one thread, and by the clock, symhet as it comes, with the threads that
`symhet.set_threads` says; the latter say something on a quiet machine only. symhet checks assumptions, bounds and
residuals of every equilibrium as well, which the loops do not. Prints the largest difference of either cutoff too.
"""

import math
import statistics
import time
from pathlib import Path

import numpy as np
from scipy import optimize
from scipy.special import ndtr

from symhet import read_model, set_threads
from symhet.numerics.distributions import LogNormal
from symhet.numerics.threads import threads

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


def excess(cost, lift, u, k, m, s, below):
    """Return the cost times the expected excess of a cutoff, by its two closed tails."""
    z = (u + lift - m) / s
    moment = math.exp(k * (m - u - lift) + 0.5 * (k * s) ** 2) * below(k * s - z)
    return cost * (moment - below(-z))


def by_loop(p, law, i, below, bracket):
    """Return the cutoffs of one economy."""
    k, m, s = float(p["sigma"][i]) - 1, float(law.mu[i]), float(law.sigma[i])
    lead = math.log(p["tau"][i]) + math.log(p["f_x"][i]) / k
    cost, f_e = float(p["n"][i] * p["f_x"][i]), float(p["f_e"][i])

    def gap(u):
        return excess(1.0, 0.0, u, k, m, s, below) + excess(cost, lead, u, k, m, s, below) - f_e

    u = optimize.brentq(gap, *bracket(m, s), xtol=1e-12)
    return math.exp(u), math.exp(u + lead)


LOOPS = {
    "scipy.special.ndtr, a wide bracket": (ndtr, lambda m, s: (-30.0, 30.0)),
    "math.erfc, a bracket made to measure": (
        lambda x: 0.5 * math.erfc(-x * ROOT_HALF), lambda m, s: (m - 20, m + 12 * s + 4)
    ),
}  # fmt: skip


def taken(call):
    """Return what a call returns, its processor time, and its time by the clock."""
    begin = time.process_time(), time.perf_counter()
    found = call()
    return found, time.process_time() - begin[0], time.perf_counter() - begin[1]


def main():
    """Print ratios of times, and the largest difference."""
    p, law = draw(np.random.default_rng(5))
    model = read_model(MODEL)
    names = {name: value for name, value in p.items() if name in model.quantities}

    def ours():
        return model.solve(distribution=law, check=False, outputs=("phi", "phi_x"), **names)

    count = threads()
    ours()
    ratios, clocks = ({name: [] for name in LOOPS} for _ in range(2))
    worst = 0.0
    rows = np.linspace(0, ECONOMIES - 1, SAMPLE).astype(int)
    for _ in range(ROUNDS):
        set_threads(1)
        _, alone, _ = taken(ours)
        set_threads(count)
        found, _, together = taken(ours)
        for name, (below, bracket) in LOOPS.items():
            theirs, processor, clock = taken(
                lambda below=below, bracket=bracket: np.array([by_loop(p, law, i, below, bracket) for i in rows])
            )
            ratios[name].append(processor / SAMPLE / alone * ECONOMIES)
            clocks[name].append(clock / SAMPLE / together * ECONOMIES)
            for cutoff, other in zip((found.phi, found.phi_x), theirs.T, strict=True):
                worst = max(worst, float(np.max(np.abs(np.log(cutoff[rows] / other)))))
    each = f"{alone / ECONOMIES * 1e6:.2f} us of one processor each"
    print(f"{np.count_nonzero(found.solved)} of {ECONOMIES} solved, {each}")
    for name in LOOPS:
        one, all_ = statistics.median(ratios[name]), statistics.median(clocks[name])
        told = f"{one:.0f} times the processor time, {all_:.0f} times as long by the clock on {count} threads"
        print(f"brentq over {name}: {told} (needed {NEEDED})")
    print(f"largest difference {worst:.1e}")


if __name__ == "__main__":
    main()
