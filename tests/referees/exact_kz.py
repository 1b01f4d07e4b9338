"""The first model's equilibrium to as many digits as one likes, from the four profit lines and the tails in mpmath."""

from dataclasses import dataclass

import mpmath as mp

from symhet.numerics.distributions import Frechet, LogNormal, Mixture, Pareto, Weibull

STRATEGIES = ((False, False), (True, False), (False, True), (True, True))
"""(offshores, exports)."""


def tails(law, z, k):
    """Return S, and T over the k-th power of x, at x = exp(z); all numbers are mpmath's."""
    if isinstance(law, Mixture):
        parts = [(mp.mpf(float(w)), *tails(part, z, k)) for w, part in zip(law.weights, law.components, strict=True)]
        total = sum(w for w, _, _ in parts)
        return sum(w * s for w, s, _ in parts) / total, sum(w * t for w, _, t in parts) / total
    p = {name: mp.mpf(float(value)) for name, value in law.parameters.items()}
    if isinstance(law, LogNormal):
        u, shift = (z - p["mu"]) / p["sigma"], k * p["sigma"]
        return upper_normal(u), mp.exp(shift * (shift / 2 - u)) * upper_normal(u - shift)
    a, z = p["shape"], z - mp.log(p["scale"])
    if isinstance(law, Weibull):
        y = mp.exp(a * z)
        return mp.exp(-y), mp.exp(-k * z) * upper_gamma(1 + k / a, y) if y < 1e6 else mp.mpf(0)
    if isinstance(law, Frechet):
        y = mp.exp(-a * z)
        whole = mp.gamma(1 - k / a) if y > 1e6 else mp.gammainc(1 - k / a, 0, y)
        return -mp.expm1(-y), mp.exp(-k * z) * whole
    start = max(z, mp.mpf(0))
    if isinstance(law, Pareto):
        return mp.exp(-a * start), mp.exp(k * (start - z) - a * start) * a / (a - k)
    width = mp.log(p["upper"] / p["scale"])
    start = min(start, width)
    norm = 1 - mp.exp(-a * width)
    survival = (mp.exp(-a * start) - mp.exp(-a * width)) / norm
    rate = k - a
    moment = (
        a / norm * mp.exp(-k * z) * ((mp.exp(rate * width) - mp.exp(rate * start)) / rate if rate else width - start)
    )
    return survival, moment


def upper_gamma(s, y):
    """Return the upper incomplete gamma function for s > 1: mpmath's own takes seconds where y is next to nothing."""
    if y < s + 1:
        term = total = 1 / s
        n = 0
        while abs(term) > abs(total) * mp.eps:
            n += 1
            term *= y / (s + n)
            total += term
        return mp.gamma(s) - mp.exp(s * mp.log(y) - y) * total if y else mp.gamma(s)
    # Lentz's way through the continued fraction.
    tiny = mp.mpf(10) ** (-10 * mp.mp.dps)
    above, bottom = 1 / tiny, 1 / (y + 1 - s)
    fraction, n, factor = bottom, 0, mp.mpf(0)
    while abs(factor - 1) > mp.eps:
        n += 1
        weight, step = n * (s - n), y + 2 * n + 1 - s
        bottom = 1 / (step + weight * bottom or tiny)
        above = step + weight / above or tiny
        factor = above * bottom
        fraction *= factor
    return mp.exp(s * mp.log(y) - y) * fraction


def upper_normal(u):
    return mp.erfc(u / mp.sqrt(2)) / 2


@dataclass
class Line:
    """Profit as a function of x: the slope, the fixed cost, and who earns it."""

    slope: mp.mpf
    cost: mp.mpf
    offshores: bool
    exports: bool


def envelope(gain, reach, f_p, f_I, f_ex_n):
    """Return [(x, line)]: from which x on which strategy is best, by walking from kink to kink."""
    lines = [
        Line((gain if o else 1) * (1 + (reach if e else 0)), f_p + (f_I if o else 0) + (f_ex_n if e else 0), o, e)
        for o, e in STRATEGIES
        if not (o and mp.isinf(f_I)) and not (e and mp.isinf(f_ex_n))
    ]
    chain, here, slope, cost = [], mp.mpf(0), mp.mpf(0), mp.mpf(0)
    while True:
        better = [
            ((line.cost - cost) / (line.slope - slope), -line.slope, line) for line in lines if line.slope > slope
        ]
        better = [entry for entry in better if entry[0] >= here]
        if not better:
            return chain
        here, _, line = min(better, key=lambda entry: entry[:2])
        slope, cost = line.slope, line.cost
        chain.append((here, line))


def exact(p, law, start):
    """Return every number of the equilibrium, the cutoffs by their logarithms too; `start` is near ln φ_min."""
    p = {name: mp.mpf(float(value)) for name, value in p.items()}
    k = p["sigma"] - 1
    relative = p["tau_I"] * p["phi_Y_w"] * p["phi_I"] / (p["phi_I_w"] * p["phi_Y"])
    gain, reach = relative ** (-p["alpha"] * k), p["n"] * p["tau"] ** -k
    chain = envelope(gain, reach, p["f_p"], p["f_I"], p["n"] * p["f_ex"])
    leads = [mp.log(x / chain[0][0]) / k for x, _ in chain]
    rises = [
        line.cost - (before.cost if before else 0)
        for before, (_, line) in zip([None, *(c[1] for c in chain)], chain, strict=False)
    ]

    def gap(z):
        total = mp.mpf(0)
        for rise, lead in zip(rises, leads, strict=True):
            survival, moment = tails(law, z + lead, k)
            total += rise * (moment - survival)
        return mp.log(total / p["f_e"]) if total > 0 else -mp.inf

    z = root(gap, start)
    found = [tails(law, z + lead, k) for lead in leads]
    groups = []
    for (x, line), here, nextx in zip(chain, found, [*zip(chain[1:], found[1:], strict=True), None], strict=True):
        after = (nextx[1][0], nextx[0][0] / x * nextx[1][1]) if nextx else (mp.mpf(0), mp.mpf(0))
        groups.append((line, here[0] - after[0], x * (here[1] - after[1])))
    return outputs(p, k, gain, reach, groups, z, chain, leads, relative)


def root(gap, start):
    """Bracket the only sign change around a start, then close in."""
    step = mp.mpf(10) ** -8
    low = high = mp.mpf(start)
    while gap(low) < 0:
        high, low, step = low, low - step, 4 * step
    while gap(high) > 0:
        low, high, step = high, high + step, 4 * step
    while mp.isinf(gap(high)):
        middle = (low + high) / 2
        low, high = (middle, high) if gap(middle) > 0 else (low, middle)
        if high - low < mp.mpf(10) ** (-mp.mp.dps // 2):
            break
    if low == high:
        return low
    return mp.findroot(
        gap, (low, high), solver="anderson", tol=mp.mpf(10) ** (-2 * mp.mp.dps // 3), maxsteps=400, verify=False
    )


def outputs(p, k, gain, reach, groups, z, chain, leads, relative):
    """Return the results by name, from the groups' masses and sizes per entrant."""
    sigma, alpha, beta, w, n = p["sigma"], p["alpha"], p["beta"], p["phi_Y"], p["n"]

    def mass(who):
        return sum((m for line, m, _ in groups if who(line)), mp.mpf(0))

    def size(who, home, abroad):
        return sum(
            (
                (gain if line.offshores else 1) * size * (home + (abroad * reach if line.exports else 0))
                for line, _, size in groups
                if who(line)
            ),
            mp.mpf(0),
        )

    def anyone(line):
        return True

    def cutoff(who):
        return next((lead + z for (_, line), lead in zip(chain, leads, strict=True) if who(line)), mp.inf)

    all_profits = size(anyone, 1, 1)
    M_e = beta * p["L"] / (sigma * all_profits)
    revenue = sigma * w * M_e
    rho = k / sigma
    imports = alpha * rho * revenue * size(lambda f: f.offshores, 1, 1)
    p_off = p["tau_I"] * p["phi_Y_w"] / p["phi_I_w"]
    cost = w ** (1 - alpha) * (w / p["phi_I"]) ** alpha / rho
    log_index = mp.log(sigma * chain[0][0] / (beta * p["L"])) / k + mp.log(cost) - z
    log_P = beta * (log_index - mp.log(beta)) - (1 - beta) * mp.log(1 - beta)
    Y = (1 - beta) * w * p["L"] + imports
    fixed = sum((line.cost * m for line, m, _ in groups), mp.mpf(0))
    I_w = (n + 1) * p["tau_I"] * imports / p_off
    return {
        "phi_min": mp.exp(z),
        "phi_off": mp.exp(cutoff(lambda f: f.offshores)),
        "phi_ex": mp.exp(cutoff(lambda f: f.exports)),
        "P_X": mp.exp(log_index),
        "P": mp.exp(log_P),
        "welfare": w * mp.exp(-log_P),
        "M_e": M_e,
        "M": M_e * mass(anyone),
        "M_d": M_e * mass(lambda f: not f.offshores and not f.exports),
        "M_off": M_e * mass(lambda f: f.offshores and not f.exports),
        "M_ex": M_e * mass(lambda f: f.exports),
        "M_t": M_e * (mass(anyone) + n * mass(lambda f: f.exports)),
        "exports_X": revenue * size(lambda f: f.exports, 0, 1),
        "imports_I_cif": imports,
        "L_I": alpha * rho * M_e * sigma * size(lambda f: not f.offshores, 1, 1),
        "L_X": M_e * fixed + (1 - alpha) * rho * beta * p["L"],
        "L_e": M_e * p["f_e"],
        "L_Y": Y / p["phi_Y"],
        "Y": Y,
        "I_w": I_w,
    }


NOTHING = 1e-45
"""Results smaller than this, on both sides, count as equal: with 60 digits the reference knows no less."""


def compare(p, law, found, digits=60):
    """Return the relative errors of a solution by name, and whether all exact results lie within 1e±100.

    Where there is no solution the errors are empty.
    """
    solved = found.status_number == 0
    with mp.workdps(digits):
        truth = exact(p, law, mp.log(float(found.phi_min)) if solved else float(law.log_origin))
        within = all(
            v == 0 or 1e-100 < abs(v) < 1e100 or (mp.isinf(v) and name.startswith("phi_")) for name, v in truth.items()
        )
        return ({name: _error(float(getattr(found, name)), v) for name, v in truth.items()} if solved else {}), within


def _error(value, truth):
    if mp.isinf(truth):
        return 0.0 if value == float("inf") else float("inf")
    if abs(truth) < NOTHING and abs(value) < NOTHING:
        return 0.0
    return float(abs(mp.mpf(value) / truth - 1))
