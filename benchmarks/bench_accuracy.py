"""Kernel functions against mpmath with 60 digits, at 10^4 points of the charts, their corners included.

A point is rounded to floats first and both sides take these floats. The error that is allowed is 8 units in the last
place (ulp) times 1 + the largest elasticity of the output at that point: what rounding the inputs alone may cost.
"""

import itertools
import random

import mpmath
import numpy as np
import sympy as sp

import symhet
from symhet.numerics.compiled.backends import BACKENDS
from symhet.papers.baldwin_okubo import model as bo
from symhet.papers.kleinert_zorell import model as kz

POINTS = 10_000
DIGITS = 60
MEDIAN_ULP, ALLOWED_ULP = 2.0, 8.0
CORNERS = (1e-6, 1.0, 1e6)
SPREAD = 2.0


def chart_points(chart, size, rng):
    """Return random coordinates, corners first, mapped to parameters as floats."""
    names = chart.coordinates
    corners = list(itertools.product(CORNERS, repeat=min(len(names), 7)))
    rng.shuffle(corners)
    rows = [list(corner) for corner in corners[: size // 4]]
    for row in rows:
        row.extend(rng.choice(CORNERS) for _ in range(len(names) - len(row)))
    rows += [[rng.lognormvariate(0, SPREAD) for _ in names] for _ in range(size - len(rows))]
    columns = dict(zip(names, np.array(rows).T, strict=True))
    forward = sp.lambdify(names, list(chart.forward.values()), "numpy")
    with np.errstate(all="ignore"):
        values = forward(*columns.values())
    return {s.name: np.broadcast_to(v, len(rows)) for s, v in zip(chart.forward, values, strict=True)}


def inputs_bo(rng):
    """Draw from the chart; s_E between one half and the sustain point, where the claim holds."""
    p = chart_points(bo.domain().chart, POINTS, rng)
    highest = 1 / (1 + p["phi"] ** p["beta"])
    return {**p, "s_E": 0.5 + (highest - 0.5) * (2 * p["s_E"] - 1)}


def inputs_kz(rng):
    p = chart_points(kz.domain().chart, POINTS, rng)
    draws = [rng.lognormvariate(0, 1) for _ in range(POINTS)]
    with np.errstate(all="ignore"):
        home, foreign = p["phi_Y"] / p["phi_I"], p["tau_I"] * p["phi_Y_w"] / p["phi_I_w"]
    return {**p, "p_I_d": home, "p_I_off": foreign, "phi_min": np.array(draws)}


def compare(kernel, given):
    """Return, for each output, the errors in ulp, what they may be, and where the function says NaN."""
    given = {name: np.ascontiguousarray(given[name]) for name in kernel.inputs}
    found, slopes = kernel(**given), symhet.kernel(kernel.name).gradient()(**given)
    symbols = sorted({s for expr in kernel.formulas.values() for s in expr.free_symbols}, key=str)
    for name, formula in kernel.formulas.items():
        exact = sp.lambdify(symbols, formula, "mpmath")
        values = found[name]
        kept = np.flatnonzero(np.isfinite(values) & (np.abs(values) > 1e-300))
        with np.errstate(all="ignore"):
            steep = [np.abs(slopes[f"d_{name}_d_{x}"] * given[x] / values) for x in kernel.inputs]
        allowed = ALLOWED_ULP * (1 + np.nanmax(np.array(steep)[:, kept], axis=0))
        errors = np.empty(kept.size)
        with mpmath.workdps(DIGITS):
            for place, i in enumerate(kept):
                truth = exact(*(mpmath.mpf(float(given[s.name][i])) for s in symbols))
                errors[place] = abs(truth - mpmath.mpf(float(values[i]))) / np.spacing(abs(float(truth)))
        yield name, errors, allowed, POINTS - kept.size


def main():
    heading = (
        f"{'kernel':9} {'backend':7} {'output':8} {'points':>6} {'NaN':>5} {'median ulp':>10} {'worst/allowed':>13}"
    )
    print(f"{heading}  verdict")
    for identifier, draw in (("bo.eq9", inputs_bo), ("kz.eq12", inputs_kz), ("kz.eq14", inputs_kz)):
        given = draw(random.Random(7))
        for backend in BACKENDS:
            for name, errors, allowed, silent in compare(symhet.kernel(identifier, backend=backend), given):
                median, worst = np.median(errors), np.max(errors / allowed)
                verdict = "ok" if median <= MEDIAN_ULP and worst <= 1 else "MISSED"
                row = f"{identifier:9} {backend:7} {name:8} {errors.size:6} {silent:5} {median:10.2f} {worst:13.3f}"
                print(f"{row}  {verdict}")


if __name__ == "__main__":
    main()
