"""The second model's equilibrium to as many digits as one likes, in mpmath, from sales and sums over firms."""

import mpmath as mp

NOTHING = 1e-290
"""Below this a number counts as zero."""


def exact(regime, p, s_n=None):
    """Return every number of the equilibrium; parameters are the floats that the solver is given.

    Cutoffs come from free entry, the export cutoff and B = B*; everything else adds up over firms.
    """
    q = {name: mp.mpf(float(value)) for name, value in p.items()}
    s, phi, f = q["s_E"], q["phi"], q["f"]
    k = q["sigma"] - 1
    beta, alpha = q["rho"] / k, q["rho"] - k
    omega, kappa = phi**beta, q["f_I"] * (beta - 1) / f
    unit = (1 - 1 / beta) / f
    share = s if s_n is None else mp.mpf(float(s_n))
    if regime == "autarky":
        return _summed(q, k, alpha, kappa ** (1 / q["rho"]), mp.mpf(0), mp.mpf(0), unit * s, unit * (1 - s))
    if regime == "short-run":
        a_D, n_w, x = kappa ** (1 / q["rho"]), unit, _exporters(phi, beta) ** (1 / k)
        full = x ** q["rho"] > 1 - s
        if full:
            x = (1 - s) ** (1 / q["rho"])
    else:
        full = omega * s > 1 - s if regime == "no-relocation" else omega * s >= 1 - s
        a_D, n_w = ((kappa / (1 + omega)) ** (1 / q["rho"]), unit / (1 + omega))
        x = phi ** (1 / k)
        if full:
            a_D, n_w, x = (s * kappa) ** (1 / q["rho"]), s * unit, ((1 - s) / s) ** (1 / q["rho"])
    if regime == "no-relocation":
        n = n_w if full else unit * (s - omega * (1 - s)) / (1 - omega**2)
        n_star = mp.mpf(0) if full else unit * (1 - s - omega * s) / (1 - omega**2)
        return _summed(q, k, alpha, a_D, x, mp.mpf(0), n, n_star)
    r = mp.mpf(1) if full else _moved(s, phi, x**alpha, share) ** (1 / alpha)
    return _summed(q, k, alpha, a_D, x, r, share * n_w, (1 - share) * n_w)


def _exporters(phi, beta):
    """Return the root of y + phi y**beta = phi by bisection."""
    low, high = mp.mpf(0), phi
    for _ in range(int(mp.mp.prec) + 20):
        middle = (low + high) / 2
        low, high = (low, middle) if middle + phi * middle**beta > phi else (middle, high)
    return (low + high) / 2


def _moved(s, phi, exports, share):
    """Return a_R**alpha at which demands are equal: while exporters move, or, if that is beyond them, others."""
    stay = 1 - share
    early = (s * (phi * share * exports + stay) - (1 - s) * (share + stay * phi * exports)) / (stay * (1 - phi))
    if early <= exports:
        return max(early, mp.mpf(0))
    return (s * (phi * exports + stay) - (1 - s) * share) / stay


def _summed(q, k, alpha, a_D, x, r, n, n_star):
    """Add up over firms, of which those of cost a sell a**(1 - sigma) times demand; costs are relative to a_D."""
    s, phi, rho = q["s_E"], q["phi"], q["rho"]
    autarky = x == 0
    phi = mp.mpf(0) if autarky else phi

    def sold(low, high, power):
        return (high ** (alpha + power) - low ** (alpha + power)) / (alpha + power) if high > low else mp.mpf(0)

    def nations(power):
        """Return what North and South make for the North, and for the South."""
        both = min(r, x)
        north = (
            n * sold(0, 1, power) + n_star * sold(0, r, power),
            n * sold(0, x, power) + n_star * sold(0, both, power),
        )
        south = n_star * sold(r, x, power), n_star * sold(r, 1, power)
        return north, south

    (here, there), (from_south, at_south) = nations(0)
    scale = rho * a_D ** (-k)
    mbar, mbar_star = scale * (here + phi * from_south), scale * (phi * there + at_south)
    B, B_star = s / mbar, (1 - s) / mbar_star
    averages = []
    for nation in (0, 1):
        made = [B * (phi if nation else 1), B_star * (1 if nation else phi)]
        cost, value = (sum(w * part for w, part in zip(made, nations(t)[nation], strict=True)) for t in (1, 0))
        averages.append(a_D * cost / value if value else mp.nan)
    return {
        "a_D": a_D, "a_X": x * a_D, "a_R": r * a_D, "n": n, "n_star": n_star, "n_w": n + n_star,
        "s_n": n / (n + n_star), "B": B, "B_star": B_star, "mbar": mbar, "mbar_star": mbar_star,
        "abar": averages[0], "abar_star": averages[1],
        "welfare": mp.log(mbar) / k + mp.log(1 - 1 / q["sigma"]),
        "welfare_star": mp.log(mbar_star) / k + mp.log(1 - 1 / q["sigma"]),
    }  # fmt: skip


def compare(regime, p, found, s_n=None, digits=60):
    """Return the relative errors of a solution by name; those of welfare, a logarithm, are absolute below one."""
    with mp.workdps(digits):
        truth = exact(regime, p, s_n)
        errors = {}
        for name, value in truth.items():
            got = float(getattr(found, name))
            if mp.isnan(value):
                errors[name] = 0.0 if mp.isnan(got) else mp.inf
            elif abs(value) < NOTHING and abs(got) < NOTHING:
                errors[name] = 0.0
            else:
                size = max(abs(value), mp.mpf(1)) if name.startswith("welfare") else abs(value)
                errors[name] = abs(mp.mpf(got) - value) / size
        return {name: float(error) for name, error in errors.items()}
