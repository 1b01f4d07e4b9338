"""Kernel functions against mpmath with 60 digits, at 10^4 admissible points of the charts, their corners included.

A point is rounded to floats first and both sides take these floats. The error that is allowed is 8 units in the last
place (ulp) times 1 + the largest elasticity of the output at that point: what rounding the inputs alone may cost.
The conditions are evaluated with 60 digits too, so that a NaN counts as lost wherever they hold; only where two sides
of a condition agree to 15 digits may the function decide either way ("edge"). Where the exact result is no normal
double ("range") there is nothing to compare. Where a condition fails the function must say NaN. "lost" counts NaNs at
admissible points whose result is a normal double: there a part of it, such as a sum of powers, over- or underflows.

Run with IDs of claims, or with none for every claim whose derivation concludes a formula.
"""

import itertools
import random
import sys
from functools import cache, partial
from typing import NamedTuple

import mpmath
import numpy as np
import sympy as sp

import symhet
from symhet import papers
from symhet.errors import SymhetError
from symhet.numerics.compiled.backends import BACKENDS
from symhet.papers.bo import model as bo
from symhet.papers.kz import model as kz

POINTS = 10_000
ROUNDS = 12
DIGITS = 60
MEDIAN_ULP, ALLOWED_ULP = 2.0, 8.0
CORNERS = (1e-6, 1.0, 1e6)
SPREAD = 2.0
EDGE = 1e-15
CHARTS = {"kz": kz.domain().chart, "bo": bo.domain().chart}
SHARES = {"s_n", "s_n_2"}
"""Inputs beyond the charts that lie between zero and one; the others are positive, or any where signs are open."""


class Truth(NamedTuple):
    """What 60 digits say at one point: results by output (None where undefined), whether conditions hold."""

    values: list
    holds: bool
    near: bool


# --- points ------------------------------------------------------------------------------------------------------


def coordinates(count, size, rng):
    """Return positive coordinates: corners of the orthant in a quarter of the rows, the rest lognormal."""
    corners = list(itertools.product(CORNERS, repeat=min(count, 7)))
    rng.shuffle(corners)
    rows = [[*corner, *(rng.choice(CORNERS) for _ in range(count - len(corner)))] for corner in corners[: size // 4]]
    rows += [[rng.lognormvariate(0, SPREAD) for _ in range(count)] for _ in range(size - len(rows))]
    return np.array(rows).T


def chart_points(paper, size, rng):
    """Map coordinates to parameters as floats; every other s_E lies between one half and the sustain point."""
    chart = CHARTS[paper]
    columns = coordinates(len(chart.coordinates), size, rng)
    with np.errstate(all="ignore"):
        values = sp.lambdify(chart.coordinates, list(chart.forward.values()), "numpy")(*columns)
        found = {s.name: np.broadcast_to(v, size) for s, v in zip(chart.forward, values, strict=True)}
        if paper == "bo":
            highest = 1 / (1 + found["phi"] ** found["beta"])
            inside = 0.5 + (highest - 0.5) * (2 * found["s_E"] - 1)
            found["s_E"] = np.where(np.arange(size) % 2, inside, found["s_E"])
    return found


def other_points(symbol, size, rng):
    """Draw an input that is no parameter of the chart: a share, a positive number, or one of either sign."""
    values = coordinates(1, size, rng)[0]
    rng.shuffle(values)
    if symbol.name in SHARES:
        return values / (1 + values)
    signs = np.array([rng.choice((-1, 1)) for _ in range(size)])
    return values if symbol.is_positive else values * signs


def draw(kernel, rng):
    """Return one round of inputs; sums and orders that the conditions ask for are met by many of them, not by all."""
    paper = kernel.name.partition(".")[0]
    known = chart_points(paper, POINTS, rng)
    symbols = symbols_of(kernel)
    return {
        name: np.ascontiguousarray(known[name] if name in known else other_points(symbols[name], POINTS, rng))
        for name in kernel.inputs
    }


def symbols_of(kernel):
    terms = [*kernel.formulas.values(), *(side for rel in kernel.conditions.values() for side in (rel.lhs, rel.rhs))]
    return {s.name: s for term in terms for s in term.free_symbols}


# --- truth -------------------------------------------------------------------------------------------------------


def judge(kernel):
    """Return a function from a point, as floats, to the `Truth`."""
    symbols = list(symbols_of(kernel).values())
    bounds = [(rel.lhs, rel.rhs, rel.op == "<") for rel in kernel.conditions.values()]
    terms = [*kernel.formulas.values(), *(side for rel in kernel.conditions.values() for side in (rel.lhs, rel.rhs))]
    powers = set().union(*(term.atoms(sp.Pow) for term in terms))
    bounds += [(sp.S.Zero, power.base, True) for power in powers if not power.exp.is_Integer]
    sides, strict = [side for bound in bounds for side in bound[:2]], [bound[2] for bound in bounds]
    results = [sp.lambdify(symbols, formula, "mpmath", cse=True) for formula in kernel.formulas.values()]
    both_sides = sp.lambdify(symbols, sides, "mpmath", cse=True)

    def at(point):
        exact = [mpmath.mpf(float(point[s.name])) for s in symbols]
        if any(s.is_positive and value <= 0 for s, value in zip(symbols, exact, strict=True)):
            return Truth([None] * len(results), False, False)
        found = attempt(partial(both_sides, *exact)) if sides else []
        if found is None or not all(map(real, found)):
            return Truth([None] * len(results), False, False)
        pairs = list(zip(found[::2], found[1::2], strict=True))
        holds = all(low < high if tight else low <= high for (low, high), tight in zip(pairs, strict, strict=True))
        near = any(abs(low - high) <= EDGE * max(abs(low), abs(high)) for low, high in pairs)
        values = [attempt(partial(f, *exact)) for f in results] if holds else [None] * len(results)
        values = [value if value is not None and real(value) else None for value in values]
        return Truth(values, holds and None not in values, near)

    return at


def attempt(f):
    try:
        return f()
    except (ZeroDivisionError, ValueError, OverflowError):
        return None


def real(value):
    return not isinstance(value, mpmath.mpc) and mpmath.isfinite(value)


def normal(value):
    return value == 0 or np.finfo(float).tiny < abs(value) < np.finfo(float).max


def steepest(kernel):
    """Return, for each output, a function from a point to its largest elasticity, exact too."""
    found = {}

    def of(name):
        if name not in found:
            formula = kernel.formulas[name]
            own = sorted(formula.free_symbols, key=str)
            slopes = kernel.gradient().formulas
            terms = [slopes[f"d_{name}_d_{s}"] for s in own]
            found[name] = own, sp.lambdify(own, terms, "mpmath", cse=True)
        return found[name]

    def at(name, point, value):
        own, terms = of(name)
        exact = [mpmath.mpf(float(point[s.name])) for s in own]
        slopes = terms(*exact)
        return max(abs(slope * x / value) for slope, x in zip(slopes, exact, strict=True))

    return at


# --- comparison --------------------------------------------------------------------------------------------------


class Row:
    """Errors of one output on one backend."""

    def __init__(self):
        self.ulps, self.worst, self.lost, self.edge, self.range, self.talks = [], 0.0, 0, 0, 0, 0

    def take(self, value, exact, truth, error):
        """Count one point."""
        if not truth.holds:
            self.talks += bool(np.isfinite(value)) and not truth.near
        elif np.isnan(value):
            self.edge += truth.near
            self.lost += not truth.near and normal(exact)
        elif not normal(exact):
            self.range += 1
        else:
            ulps, allowed = error(value)
            self.ulps.append(ulps)
            self.worst = max(self.worst, ulps / allowed)

    def verdict(self):
        """Return what the row amounts to."""
        median = float(np.median(self.ulps)) if self.ulps else 0.0
        if median > MEDIAN_ULP or self.worst > 1 or self.talks:
            return "MISSED"
        return "NaN where a part leaves the doubles" if self.lost else "ok"


def compare(identifier, backends):
    """Return the rows of a kernel function by output and backend."""
    kernel = symhet.numeric(identifier)
    kernels = {backend: kernel.on(backend) for backend in backends}
    rows = {(name, backend): Row() for name in kernel.outputs for backend in backends}
    truth_at, steep_at, rng = judge(kernel), steepest(kernel), random.Random(identifier)
    admissible = 0
    with mpmath.workdps(DIGITS):
        for _ in range(ROUNDS):
            given = draw(kernel, rng)
            found = {backend: function(**given) for backend, function in kernels.items()}
            for i in range(POINTS):
                point = {name: values[i] for name, values in given.items()}
                truth = truth_at(point)
                admissible += truth.holds
                for name, exact in zip(kernel.outputs, truth.values, strict=True):
                    error = cache(partial(measure, exact, partial(steep_at, name, point, exact)))
                    for backend in backends:
                        rows[name, backend].take(found[backend][name][i], exact, truth, error)
                if admissible == POINTS:
                    return rows
    return rows


def measure(exact, elasticity, value):
    """Return the error of a value in ulp, and what is allowed, which is looked into only beyond the plain 8 ulp."""
    if np.isinf(value):
        return np.inf, ALLOWED_ULP
    ulps = float(abs(mpmath.mpf(float(value)) - exact) / np.spacing(abs(float(exact))))
    return ulps, ALLOWED_ULP * (1 + float(elasticity()) if ulps > ALLOWED_ULP else 1)


def trivial(kernel):
    return all(formula.is_Symbol or formula.is_Number for formula in kernel.formulas.values())


def chosen():
    """Yield IDs of claims that conclude formulas, each set of formulas once, and say what is left out and why."""
    seen = {}
    for claim in (claim for paper in CHARTS for claim in papers.ledger(paper).walk()):
        try:
            kernel = symhet.numeric(claim.id)
        except SymhetError:
            continue
        formulas = frozenset((name, formula) for name, formula in kernel.formulas.items())
        if trivial(kernel):
            print(f"left out: {claim.id}, which copies an input or is a number")
        elif formulas in seen:
            print(f"left out: {claim.id}, which has the formulas of {seen[formulas]}")
        else:
            seen[formulas] = claim.id
            yield claim.id


def main():
    widest = 30
    print(
        f"{'output':{widest}} {'backend':7} {'points':>6} {'lost':>4} {'edge':>4} {'range':>5} "
        f"{'median ulp':>10} {'worst/allowed':>13}  verdict"
    )
    for identifier in sys.argv[1:] or chosen():
        for (name, backend), row in compare(identifier, tuple(BACKENDS)).items():
            median = float(np.median(row.ulps)) if row.ulps else float("nan")
            counts = f"{len(row.ulps):6} {row.lost:4} {row.edge:4} {row.range:5}"
            sizes = f"{median:10.2f} {row.worst:13.3f}"
            print(f"{identifier + ' ' + name:{widest}} {backend:7} {counts} {sizes}  {row.verdict()}", flush=True)


if __name__ == "__main__":
    main()
