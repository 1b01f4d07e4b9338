"""Time the normal form of the search against ``sympy.simplify`` on identities of heterogeneous-firm models.

Run ``python benchmarks/bench_normal_form.py``. Every identity is true and must be decided; the CPU time that the form
takes on the terms is compared with the time ``simplify`` takes on the difference of the sides. Reading is timed apart.
"""

from __future__ import annotations

import argparse
import signal
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

import sympy as sp
from sympy.core.cache import clear_cache

from symhet.algebra.calculus import derivative
from symhet.algebra.tails import Survival, TailMoment
from symhet.language.sympy_door import from_sympy
from symhet.search.forms import equal


@dataclass(frozen=True)
class Identity:
    """Two expressions that are equal wherever the side conditions of the normal form hold."""

    name: str
    left: sp.Expr
    right: sp.Expr


def _positive(names: str) -> tuple[sp.Symbol, ...]:
    return tuple(sp.symbols(names, positive=True))


def elasticity(expr: sp.Expr, x: sp.Symbol) -> sp.Expr:
    """Return the elasticity d ln expr / d ln x."""
    return x * derivative(expr, x) / expr


def offshoring_identities() -> list[Identity]:
    """Return identities of Kleinert and Zorell's model: cutoffs, ratios of prices, welfare, free entry."""
    sigma, alpha, beta, w, E, P, tau = _positive("sigma alpha beta w E P tau")
    f_p, f_I, f_ex, p_d, p_off, phi, L, n, M = _positive("f_p f_I f_ex p_d p_off varphi L n M")
    phi_min = sp.Symbol("phi_min", positive=True)
    rho = (sigma - 1) / sigma
    ratio = p_off / p_d

    def revenue(productivity: sp.Expr, price: sp.Expr) -> sp.Expr:
        return (w ** (1 - alpha) * price**alpha / (rho * productivity * P)) ** (1 - sigma) * E

    def cutoff(price: sp.Expr, fixed: sp.Expr) -> sp.Expr:
        return w ** (1 - alpha) * price**alpha / (rho * P) * (sigma * fixed * w / E) ** (1 / (sigma - 1))

    enter = cutoff(p_d, f_p)
    advantage = ratio ** (alpha * (1 - sigma)) - 1
    offshore = advantage ** (1 / (1 - sigma)) * cutoff(p_d, f_I)
    export = tau * cutoff(p_off, f_ex)
    lower = (f_p / (f_p + f_I)) ** (1 / (alpha * (sigma - 1)))
    upper = (1 - f_I / (f_ex * tau ** (sigma - 1))) ** (1 / (alpha * (sigma - 1)))
    beta_hat = beta**beta * (1 - beta) ** (1 - beta)
    price_index = w ** (1 - alpha) * p_d**alpha / (rho * phi_min) * (sigma * f_p / (beta * L)) ** (1 / (sigma - 1))

    def offshore_gain(productivity: sp.Expr) -> sp.Expr:
        return revenue(productivity, p_off) - revenue(productivity, p_d)

    return [
        Identity("entry cutoff earns its fixed cost", revenue(enter, p_d), sigma * f_p * w),
        Identity("offshoring cutoff is indifferent", offshore_gain(offshore), sigma * f_I * w),
        Identity("export cutoff is indifferent", tau ** (1 - sigma) * revenue(export, p_off), sigma * f_ex * w),
        Identity(
            "offshoring cutoff in terms of entry cutoff",
            offshore,
            enter * (f_I / f_p) ** (1 / (sigma - 1)) * advantage ** (1 / (1 - sigma)),
        ),
        Identity(
            "export cutoff in terms of entry cutoff",
            export,
            enter * tau * ratio**alpha * (f_ex / f_p) ** (1 / (sigma - 1)),
        ),
        Identity(
            "offshoring over export cutoff",
            (offshore / export) ** (sigma - 1),
            f_I / f_ex * tau ** (1 - sigma) / (1 - ratio ** (alpha * (sigma - 1))),
        ),
        Identity("lower bound of the price ratio", lower ** (alpha * (1 - sigma)) - 1, f_I / f_p),
        Identity("upper bound of the price ratio", 1 - upper ** (alpha * (sigma - 1)), f_I / f_ex * tau ** (1 - sigma)),
        Identity(
            "offshoring cutoff at the lower bound",
            (f_I / f_p) ** (1 / (sigma - 1)) * (lower ** (alpha * (1 - sigma)) - 1) ** (1 / (1 - sigma)),
            sp.S.One,
        ),
        Identity(
            "relative revenue",
            revenue(phi, p_off) / revenue(phi, p_d),
            ratio ** (alpha * (1 - sigma)),
        ),
        Identity(
            "revenue falls with price",
            p_d * derivative(revenue(phi, p_d), p_d),
            alpha * (1 - sigma) * revenue(phi, p_d),
        ),
        Identity("elasticity of the export cutoff", p_off * derivative(export, p_off) / export, alpha),
        Identity(
            "elasticity of the offshoring cutoff",
            elasticity(offshore, p_off),
            alpha / (1 - ratio ** (alpha * (sigma - 1))),
        ),
        Identity(
            "welfare in terms of the entry cutoff",
            w * beta_hat / price_index**beta,
            phi_min**beta
            * w
            * beta_hat
            * (rho / (w ** (1 - alpha) * p_d**alpha)) ** beta
            * (beta * L / (sigma * f_p)) ** (beta / (sigma - 1)),
        ),
        Identity(
            "price index of equal firms",
            (M * (w / (rho * phi)) ** (1 - sigma)) ** (1 / (1 - sigma)),
            M ** (1 / (1 - sigma)) * w * sigma / ((sigma - 1) * phi),
        ),
        Identity(
            "total trade share",
            n * tau ** (1 - sigma) / (1 + n * tau ** (1 - sigma)),
            n / (n + tau ** (sigma - 1)),
        ),
    ]


def free_entry_identities() -> list[Identity]:
    """Return identities about free entry under a general distribution of productivity."""
    sigma, f_p, f_ex, f_e, c, x = _positive("sigma f_p f_ex f_e c x")
    k = sigma - 1

    def surplus(cutoff: sp.Expr) -> sp.Expr:
        return cutoff**-k * TailMoment(cutoff, k) - Survival(cutoff)

    entry = f_p * surplus(x) + f_ex * surplus(c * x) - f_e
    slope = -derivative(entry, c) / derivative(entry, x)
    weights = f_p * x**-k * TailMoment(x, k) + f_ex * (c * x) ** -k * TailMoment(c * x, k)
    return [
        Identity("slope of the surplus", derivative(surplus(x), x), -k * x ** (-sigma) * TailMoment(x, k)),
        Identity("slope of free entry", x * derivative(entry, x), -k * weights),
        Identity(
            "entry cutoff moves with the export cutoff",
            slope * c / x,
            -f_ex * (c * x) ** -k * TailMoment(c * x, k) / weights,
        ),
    ]


def relocation_identities() -> list[Identity]:
    """Return identities of Baldwin and Okubo's model: Pareto integrals, cutoffs, masses of firms."""
    sigma, rho, f, f_I, E, phi, s = _positive("sigma rho f f_I E phi s")
    beta = rho / (sigma - 1)
    alpha = 1 - sigma + rho
    freeness = phi**beta
    autarky = (f_I * (beta - 1) / f) ** (1 / rho)
    domestic = (f_I * (beta - 1) / (f * (1 + freeness))) ** (1 / rho)
    exporting = (freeness * f_I * (beta - 1) / (f * (1 + freeness))) ** (1 / rho)

    def moment(cutoff: sp.Expr) -> sp.Expr:
        return rho * cutoff**alpha / alpha

    demand = f * autarky ** (sigma - 1)
    open_demand = f * domestic ** (sigma - 1)
    weight = rho * (1 - 1 / beta) / ((1 + freeness) ** (1 / beta) * (f_I * (beta - 1) / f) ** (1 - 1 / beta))
    return [
        Identity("free entry in autarky", demand * moment(autarky) - f * autarky**rho, f_I),
        Identity(
            "free entry with trade",
            open_demand * moment(domestic)
            - f * domestic**rho
            + phi * open_demand * moment(exporting)
            - f * exporting**rho,
            f_I,
        ),
        Identity("export cutoff condition", phi * exporting ** (1 - sigma) * open_demand, f),
        Identity("ratio of the cutoffs", exporting / domestic, phi ** (1 / (sigma - 1))),
        Identity(
            "mass of firms",
            E / (open_demand * (moment(domestic) + phi * moment(exporting)) / domestic**rho),
            E * (1 - 1 / beta) / (f * (1 + freeness)),
        ),
        Identity(
            "weight of exporters",
            derivative((1 + phi) * weight, phi) / ((1 + phi) * weight),
            (1 - phi ** (beta - 1)) / ((1 + phi) * (1 + freeness)),
        ),
        Identity(
            "sustain point",
            (phi * s / (1 - s)).subs(phi, ((1 - s) / s) ** (1 / beta)) * (s / (1 - s)) ** (1 - 1 / beta),
            (s / (1 - s)) ** (2 - 2 / beta),
        ),
    ]


def demand_identities() -> list[Identity]:
    """Return identities of CES and Cobb-Douglas demand and cost."""
    sigma, alpha, p, q, E, x, y, w, r = _positive("sigma alpha p q E x y w r")
    rho = (sigma - 1) / sigma
    index = (p ** (1 - sigma) + q ** (1 - sigma)) ** (1 / (1 - sigma))
    quantity_p = p**-sigma * index ** (sigma - 1) * E
    quantity_q = q**-sigma * index ** (sigma - 1) * E
    utility = (x**rho + y**rho) ** (1 / rho)
    cost = (w / (1 - alpha)) ** (1 - alpha) * (r / alpha) ** alpha
    return [
        Identity("budget of CES demand", p * quantity_p + q * quantity_q, E),
        Identity("utility of CES demand", utility.subs({x: quantity_p, y: quantity_q}, simultaneous=True), E / index),
        Identity("share is the index's elasticity", elasticity(index, p), (p / index) ** (1 - sigma)),
        Identity("marginal utilities", derivative(utility, x) / derivative(utility, y), (x / y) ** (-1 / sigma)),
        Identity("homogeneity of the index", index.subs({p: 2 * p, q: 2 * q}, simultaneous=True), 2 * index),
        Identity("mark-up", 1 / rho, 1 + 1 / (sigma - 1)),
        Identity("Shephard", derivative(cost, r), (alpha / (1 - alpha) * w / r) ** (1 - alpha)),
        Identity(
            "Cobb-Douglas unit output",
            derivative(cost, r) ** alpha * derivative(cost, w) ** (1 - alpha),
            sp.S.One,
        ),
        Identity(
            "difference of squares", (p ** (2 * sigma) - q ** (2 * sigma)) / (p**sigma - q**sigma), p**sigma + q**sigma
        ),
        Identity(
            "log of a product", sp.log(p**sigma * q**alpha * 8), sigma * sp.log(p) + alpha * sp.log(q) + 3 * sp.log(2)
        ),
    ]


def identities() -> list[Identity]:
    """Return the identities that are written out here."""
    return [
        *offshoring_identities(),
        *free_entry_identities(),
        *relocation_identities(),
        *demand_identities(),
    ]


@dataclass(frozen=True)
class Timing:
    """Seconds that the normal form and ``simplify`` took, and whether they found the sides equal."""

    identity: Identity
    reading: float
    normal_form: float
    holds: bool
    simplify: float
    simplified: bool


class _TimeIsUpError(Exception):
    pass


@contextmanager
def _limit(seconds: float) -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise _TimeIsUpError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def time_normal_form(identity: Identity, repeat: int) -> tuple[float, float, bool]:
    """Return the median times of reading an identity and of deciding it, and the answer."""
    reading, seconds, holds = [], [], False
    for _ in range(repeat):
        clear_cache()
        start = time.process_time()
        left, right = from_sympy(identity.left), from_sympy(identity.right)
        read = time.process_time()
        holds = equal(left, right)
        reading.append(read - start)
        seconds.append(time.process_time() - read)
    return statistics.median(reading), statistics.median(seconds), holds


def time_simplify(identity: Identity, limit: float) -> tuple[float, bool]:
    """Return how long ``simplify`` took on the difference of the sides, and whether it found zero."""
    clear_cache()
    start = time.process_time()
    try:
        with _limit(limit):
            found = sp.simplify(identity.left - identity.right) == 0
    except _TimeIsUpError:
        found = False
    return time.process_time() - start, found


def measure(cases: list[Identity], limit: float, repeat: int) -> list[Timing]:
    """Time identities both ways."""
    timings = []
    for identity in cases:
        reading, fast, holds = time_normal_form(identity, repeat)
        slow, found = time_simplify(identity, limit)
        timings.append(Timing(identity, reading, fast, holds, slow, found))
    return timings


def table(timings: list[Timing], limit: float) -> str:
    """Return the times of every identity as text."""
    lines = [f"{'identity':44} {'normal form':>12} {'simplify':>12}"]
    for t in timings:
        slow = f"{t.simplify * 1e3:9.1f} ms" if t.simplified else "stopped" if t.simplify >= limit else "undecided"
        times = f"{t.normal_form * 1e3:9.2f} ms {slow:>12}"
        lines.append(f"{t.identity.name:44} {times}{'' if t.holds else '  FAILED'}")
    return "\n".join(lines)


def summary(timings: list[Timing], limit: float) -> str:
    """Return how many were decided, the median times, and the median of the ratios, as text."""
    count = len(timings)
    kinds = ("reading", "normal_form", "simplify")
    reading, fast, slow = (statistics.median(getattr(t, kind) for t in timings) * 1e3 for kind in kinds)
    ratio = statistics.median(t.simplify / t.normal_form for t in timings)
    decided, found = sum(t.holds for t in timings), sum(t.simplified for t in timings)
    return (
        f"decided: normal form {decided} of {count}, simplify {found} of {count} (limit {limit:g} s each)\n"
        f"median time: normal form {fast:.2f} ms (reading {reading:.2f} ms), simplify {slow:.1f} ms\n"
        f"median ratio: {ratio:.0f} times faster than simplify (a stopped run counts until it was stopped)"
    )


def main(arguments: list[str] | None = None) -> int:
    """Print both times for every identity; fail when the normal form leaves one undecided."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=float, default=2.0, help="seconds that simplify gets for each identity")
    parser.add_argument("--repeat", type=int, default=3, help="how often the normal form is timed for each")
    options = parser.parse_args(arguments)
    timings = measure(identities(), options.limit, options.repeat)
    print(f"{table(timings, options.limit)}\n\n{summary(timings, options.limit)}")
    return int(not all(t.holds for t in timings))


if __name__ == "__main__":
    raise SystemExit(main())
