"""Kernel functions on 10^6 points against hand-written NumPy and against lambdify, side by side in one run.

"By hand" is each formula as one writes it down, every common term worked out once, and derivatives as one finds them by
logarithms. Rivals take turns within each round and the median of the rounds' ratios is printed. symhet tests every
point against the conditions of the claim as well, which its rivals do not. "out=" reuses the arrays of results; the
rest make new ones. A call at one point, and one input that varies alone, have rows of their own; there processor time
is what counts, and a second rival by hand gives what symhet gives, NaN outside the conditions. Where a formula is one
to three passes over the points, the passes that test them are what the first rival saves: "at most" is how fast the
bare passes are that no NumPy code can do without, one to read the least or the greatest value, then the formula's own.
A compiled loop, backend="numba", tests and works out in one pass. All run on one thread but where two are named;
these are measured by the clock, and say something on a quiet machine only.
"""

import statistics
import time
from functools import partial

import numpy as np
import sympy as sp

import symhet
from symhet.numerics.compiled.backends import BACKENDS

POINTS = 1_000_000
ROUNDS, ROUNDS_ALONE = 9, 25
NEEDED = {"by hand": 1.5, "lambdify": 3.0, "numpy": 1.0}
NEEDED_ON_TWO = {"by hand": 2.2}


def draw(rng):
    """Return admissible economies of Baldwin and Okubo."""
    beta, phi = rng.uniform(1.05, 2, POINTS), rng.uniform(0.1, 0.9, POINTS)
    f = rng.uniform(1, 2, POINTS)
    return {
        "sigma": rng.uniform(2, 6, POINTS),
        "beta": beta,
        "phi": phi,
        "s_E": 0.5 + (1 / (1 + phi**beta) - 0.5) * rng.uniform(0, 1, POINTS),
        "f": f,
        "f_I": rng.uniform(0.5, 0.99, POINTS) * f / (beta - 1),
    }


def by_hand(beta, f, f_I, phi, s_E, sigma):
    rho, omega = beta * (sigma - 1), phi**beta
    a_D = (f_I * (beta - 1) / (f * (1 + omega))) ** (1 / rho)
    a_X = (f_I * omega * (beta - 1) / (f * (1 + omega))) ** (1 / rho)
    n_w = (1 - 1 / beta) / (f * (1 + omega))
    s_n = 0.5 + (1 + omega) / (1 - omega) * (s_E - 0.5)
    return a_D, a_X, n_w, s_n


def slopes_by_hand(beta, f, f_I, phi, s_E, sigma):
    rho, omega, log_phi = beta * (sigma - 1), phi**beta, np.log(phi)
    kappa = f_I * (beta - 1) / (f * (1 + omega))
    log_kappa, log_omega_kappa = np.log(kappa), np.log(omega * kappa)
    a_D, a_X = kappa ** (1 / rho), (omega * kappa) ** (1 / rho)
    n_w = (1 - 1 / beta) / (f * (1 + omega))
    by_beta = 1 / (beta - 1) - omega * log_phi / (1 + omega)
    by_phi = beta / (phi * (1 + omega))
    per_omega = 2 * (s_E - 0.5) / (1 - omega) ** 2
    none = np.zeros_like(beta)
    return {
        "a_D": (
            a_D * (by_beta - log_kappa / beta) / rho,
            -a_D / (rho * f),
            a_D / (rho * f_I),
            -a_D * omega * by_phi / rho,
            none,
            -a_D * log_kappa / (rho * (sigma - 1)),
        ),
        "a_X": (
            a_X * (by_beta + log_phi - log_omega_kappa / beta) / rho,
            -a_X / (rho * f),
            a_X / (rho * f_I),
            a_X * by_phi / rho,
            none,
            -a_X * log_omega_kappa / (rho * (sigma - 1)),
        ),
        "n_w": (
            1 / (beta**2 * f * (1 + omega)) - n_w * omega * log_phi / (1 + omega),
            -n_w / f,
            none,
            -n_w * omega * by_phi,
            none,
            none,
        ),
        "s_n": (
            omega * log_phi * per_omega,
            none,
            none,
            beta * omega / phi * per_omega,
            (1 + omega) / (1 - omega),
            none,
        ),
    }


def draw_relocation(rng):
    """Return economies where some Southern firms have moved: the share of firms follows from how far they went."""
    given = draw(rng)
    omega, gap = given["phi"] ** given["beta"], given["beta"] - 1
    born = given["s_E"] * (1 + omega) - omega
    moved = np.minimum((1 - given["phi"]) * given["phi"] ** gap, born) * rng.uniform(0.05, 0.95, POINTS)
    return given | {"s_n": (born - moved) / (1 - omega - moved)}


def relocation_by_hand(beta, f, f_I, phi, s_E, s_n, sigma):
    rho, omega = beta * (sigma - 1), phi**beta
    kappa = f_I * (beta - 1) / (f * (1 + omega))
    a_D = kappa ** (1 / rho)
    a_X = (omega * kappa) ** (1 / rho)
    n_w = (1 - 1 / beta) / (f * (1 + omega))
    a_R = a_D * ((omega * (s_E + s_n - 1) + s_E - s_n) / ((1 - phi) * (1 - s_n))) ** (1 / (rho - sigma + 1))
    return a_R, n_w, a_D, a_X


def seconds(call):
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


def contestants(kernel, given, written):
    """Return the rivals by name, each a call without arguments; warmed up."""
    arguments = [given[name] for name in kernel.inputs]
    symbols = [sp.Symbol(name, positive=True) for name in kernel.inputs]
    terms = list(kernel.formulas.values())
    plain = sp.lambdify(symbols, terms, "numpy")
    engines = {backend: kernel.on(backend) for backend in BACKENDS}
    kept = kernel(**given)
    calls = {
        "by hand": lambda: written(*arguments),
        "lambdify": lambda: plain(*arguments),
        "numpy": lambda: kernel(**given),
        "numpy, out=": lambda: kernel(out=kept, **given),
        "numpy, 2 threads": lambda: kernel(threads=2, **given),
        "numpy, out=, 2 threads": lambda: kernel(threads=2, out=kept, **given),
        "numba": lambda: engines["numba"](**given),
        "numba, 2 threads": lambda: engines["numba"](threads=2, **given),
        "jax": lambda: engines["jax"](**given),
    }
    for call in calls.values():
        call()
    for name, expected in zip(kernel.outputs, flat(written(*arguments)), strict=True):
        np.testing.assert_allclose(kept[name], expected, rtol=1e-6, err_msg=name)
    return calls


def flat(results):
    return results if isinstance(results, tuple) else [slope for slopes in results.values() for slope in slopes]


def compare(title, kernel, given, written):
    calls = contestants(kernel, given, written)
    rounds = [{name: seconds(call) for name, call in calls.items()} for _ in range(ROUNDS)]
    print(f"{title}: {len(kernel.outputs)} outputs, {kernel.graph.transcendentals()} transcendental calls a point")
    for ours in [name for name in calls if name not in ("by hand", "lambdify")]:
        for theirs in ("by hand", "lambdify", "numpy"):
            if theirs == "numpy" and ours.startswith("numpy"):
                continue
            ratios = [found[theirs] / found[ours] for found in rounds]
            needed = NEEDED | (NEEDED_ON_TWO if "2 threads" in ours else {})
            spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
            ratio = f"{statistics.median(ratios):6.2f}x as fast as {theirs:9}"
            print(f"  {ours:22} {ratio} [{spread}] (needed {needed[theirs]})")


POINT = {
    "bo.eq9": {"sigma": 4.0, "beta": 1.4, "phi": 0.3, "s_E": 0.55, "f": 1.0, "f_I": 0.9},
    "kz.eq12": {"sigma": 3.0, "alpha": 0.5, "p_I_d": 1.0, "p_I_off": 0.8, "f_p": 1.0, "f_I": 1.5, "phi_min": 1.0},
}
CALL_MICROSECONDS, ONE_VARYING = 8, 1.2
CALLS = 2000


def cutoff_by_hand(alpha, f_I, f_p, p_I_d, p_I_off, phi_min, sigma):
    saved = (p_I_off / p_I_d) ** (alpha * (1 - sigma)) - 1
    return phi_min * (f_I / f_p) ** (1 / (sigma - 1)) * saved ** (1 / (1 - sigma))


def at_one_point():
    """Print what a call with plain numbers costs."""
    for identifier, point in POINT.items():
        kernel = symhet.numeric(identifier)
        kernel(**point)
        best = min(
            taken(lambda kernel=kernel, point=point: [kernel(**point) for _ in range(CALLS)])[0] for _ in range(5)
        )
        print(f"{identifier} at one point: {best / CALLS * 1e6:.1f} microseconds a call (allowed {CALL_MICROSECONDS})")


def eq9_holds(beta, f, f_I, phi, s_E, sigma):
    omega = phi**beta
    inside = (f > 0) & (f_I > 0) & (phi > 0) & (sigma > 1) & (beta > 1) & (phi < 1) & (beta * (sigma - 1) >= 1)
    return inside & (s_E > 0.5) & (s_E < 1) & (f_I * (beta - 1) <= f) & (omega * s_E < 1 - s_E)


def cutoff_holds(alpha, f_I, f_p, p_I_d, p_I_off, phi_min, sigma):
    inside = (alpha > 0) & (f_I > 0) & (f_p > 0) & (p_I_d > 0) & (p_I_off > 0) & (phi_min > 0) & (sigma > 1)
    return inside & (p_I_off < p_I_d)


LEAST, GREATEST = np.minimum.reduce, np.maximum.reduce
BARE = {
    "s_E": (LEAST, GREATEST, lambda x, out: np.multiply(x, 1.7, out), lambda x, out: np.add(out, 0.3, out)),
    "f_I": (LEAST, np.sqrt, lambda x, out: np.multiply(out, 1.7, out)),
    "f_p": (LEAST, np.sqrt, lambda x, out: np.divide(1.7, out, out)),
    "phi_min": (LEAST, lambda x, out: np.multiply(x, 1.7, out)),
}
"""The passes that a formula takes at least, where these are few: tests of points, and arithmetic into the result."""
BLOCK = 1 << 17


def bare(passes, x):
    """Make the passes, block by block."""
    result = np.empty(x.size)
    for low in range(0, x.size, BLOCK):
        part, out = x[low : low + BLOCK], result[low : low + BLOCK]
        for each in passes:
            each(*((part,) if each in (LEAST, GREATEST) else (part, out)))
    return result


def with_conditions(written, holds):
    """Return the formulas by hand, NaN where a condition fails."""

    def tested(**given):
        inside, results = holds(**given), written(**given)
        return [np.where(inside, value, np.nan) for value in (results if isinstance(results, tuple) else (results,))]

    return tested


def taken(call):
    """Return processor time and time by the clock."""
    begin = time.process_time(), time.perf_counter()
    call()
    return time.process_time() - begin[0], time.perf_counter() - begin[1]


def turns(calls, rng):
    """Return what each call takes, in a random order: what one leaves in caches and memory tells in the next."""
    found = {i: taken(calls[i]) for i in rng.permutation(len(calls))}
    return [found[i] for i in range(len(calls))]


def one_varying(rng):
    """Print how fast a million values of one input are, all others the same, against the formula by hand."""
    by_names = ("bo.eq9", by_hand, eq9_holds), ("kz.eq12", cutoff_by_hand, cutoff_holds)
    for identifier, written, holds in by_names:
        kernel, point = symhet.numeric(identifier), POINT[identifier]
        compiled = kernel.on("numba")
        shared = [partial(each, threads=2) for each in (kernel, compiled)]
        rivals = (written, with_conditions(written, holds), kernel, compiled, *shared)
        for name in kernel.inputs:
            given = {**point, name: point[name] * rng.uniform(0.98, 1.02, POINTS)}
            calls = [partial(rival, **given) for rival in rivals]
            passes = BARE.get(name) if len(kernel.outputs) == 1 or name == "s_E" else None
            calls += [partial(bare, passes, given[name])] if passes else []
            for call in calls:
                call()
            rounds = [turns(calls, rng) for _ in range(ROUNDS_ALONE)]

            def times(of, by, clock=0, rounds=rounds):
                return f"{statistics.median(found[of][clock] / found[by][clock] for found in rounds):5.2f}x"

            least = ", ".join(f"{min(each)[0] * 1e3:.2f}" for each in zip(*rounds, strict=True))
            print(
                f"{identifier}, only {name:8} varies: numpy {times(0, 2)}, numba {times(0, 3)} as fast as by hand "
                f"(needed {ONE_VARYING} of the faster), {times(1, 2)} and {times(1, 3)} as by hand with the conditions "
                f"tested{f', bare passes {times(0, 6)}' if passes else ''} ({least} ms); "
                f"two threads, by the clock: numpy {times(0, 4, 1)}, numba {times(0, 5, 1)}"
            )


def main():
    symhet.set_threads(1)
    at_one_point()
    rng = np.random.default_rng(1)
    given = draw(rng)
    kernel = symhet.numeric("bo.eq9")
    compare("equilibrium without relocation (bo.eq9)", kernel, given, by_hand)
    slopes = kernel.gradient()
    compare("all its derivatives", slopes, given, slopes_by_hand)
    kernel = symhet.numeric("bo.eq24")
    compare("long run with relocation (bo.eq24)", kernel, draw_relocation(rng), relocation_by_hand)
    one_varying(rng)


if __name__ == "__main__":
    main()
