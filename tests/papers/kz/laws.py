"""Densities of the distributions that the strategies draw, written down from their definitions."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np


@dataclass(frozen=True)
class Pareto:
    shape: float
    start: float

    def density(self, phi):
        return np.where(phi < self.start, 0.0, self.shape * self.start**self.shape / phi ** (self.shape + 1))

    def edges(self, power):
        return np.log(self.start) + np.linspace(0, 42 / (self.shape - power), 25)


@dataclass(frozen=True)
class TruncatedPareto:
    shape: float
    start: float
    end: float

    def density(self, phi):
        share = 1 - (self.start / self.end) ** self.shape
        inside = (self.start <= phi) & (phi <= self.end)
        return np.where(inside, self.shape * self.start**self.shape / phi ** (self.shape + 1) / share, 0.0)

    def edges(self, power):
        return np.linspace(np.log(self.start), np.log(self.end), 13)


@dataclass(frozen=True)
class Uniform:
    start: float
    end: float

    def density(self, phi):
        return np.where((self.start <= phi) & (phi <= self.end), 1 / (self.end - self.start), 0.0)

    def edges(self, power):
        return np.linspace(np.log(self.start), np.log(self.end), 13)


@dataclass(frozen=True)
class LogNormal:
    spread: float
    middle: float = 0.0

    def density(self, phi):
        steps = (np.log(phi) - self.middle) / self.spread
        return np.exp(-(steps**2) / 2) / (phi * self.spread * np.sqrt(2 * np.pi))

    def edges(self, power):
        return self.middle + np.linspace(-9 * self.spread, power * self.spread**2 + 9 * self.spread, 31)


@dataclass(frozen=True)
class Weibull:
    shape: float
    scale: float

    def density(self, phi):
        u = phi / self.scale
        return self.shape / self.scale * u ** (self.shape - 1) * np.exp(-(u**self.shape))

    def edges(self, power):
        """Reach down to where exp(-40) of the firms are, and up to where their sum of phi^power is as small."""
        top = 60 + 4 * power / self.shape
        return np.log(self.scale) + np.linspace(-40, np.log(top), 41) / self.shape


@dataclass(frozen=True)
class Frechet:
    shape: float
    scale: float

    def density(self, phi):
        u = (phi / self.scale) ** -self.shape
        return self.shape / phi * u * np.exp(-u)

    def edges(self, power):
        low, bend = -np.log(700) / self.shape, 2 / self.shape
        tail = bend + np.linspace(0, 42 / (self.shape - power), 25)
        return np.log(self.scale) + np.concatenate([np.linspace(low, bend, 16)[:-1], tail])


@dataclass(frozen=True)
class Mixture:
    shares: tuple
    parts: tuple

    def density(self, phi):
        return sum(share * part.density(phi) for share, part in zip(self.shares, self.parts, strict=True))

    def edges(self, power):
        return np.unique(np.concatenate([part.edges(power) for part in self.parts]))


@dataclass(frozen=True)
class Piecewise:
    """The distribution of an exported counterexample: constant between breaks, a Pareto tail above the last."""

    breaks: tuple
    heights: tuple
    shape: float

    def density(self, phi):
        mass = 1 - sum(h * (b - a) for h, (a, b) in zip(self.heights, pairwise(self.breaks), strict=True))
        top = self.breaks[-1]
        inside = sum(
            h * ((a <= phi) & (phi < b)) for h, (a, b) in zip(self.heights, pairwise(self.breaks), strict=True)
        )
        return inside + np.where(phi >= top, mass * self.shape * top**self.shape / phi ** (self.shape + 1), 0.0)

    def edges(self, power):
        logs = np.log(self.breaks)
        fine = [np.linspace(a, b, 6)[:-1] for a, b in pairwise(logs)]
        return np.concatenate([*fine, logs[-1] + np.linspace(0, 42 / (self.shape - power), 25)])


def jumps(law):
    """Return the productivities at which the density jumps."""
    if isinstance(law, Mixture):
        return [x for part in law.parts for x in jumps(part)]
    ends = {Pareto: ("start",), TruncatedPareto: ("start", "end"), Uniform: ("start", "end")}.get(type(law), ())
    return [getattr(law, name) for name in ends]


def law_of(distribution):
    """Return the density of a distribution that a strategy drew."""
    from symhet.numerics import distributions as d

    if isinstance(distribution, d.Mixture):
        weights = np.asarray(distribution.weights, dtype=float)
        return Mixture(tuple(weights / weights.sum()), tuple(map(law_of, distribution.components)))
    p = {name: float(value) for name, value in distribution.parameters.items()}
    made = {
        d.Pareto: lambda: Pareto(p["shape"], p["scale"]),
        d.TruncatedPareto: lambda: TruncatedPareto(p["shape"], p["scale"], p["upper"]),
        d.Uniform: lambda: Uniform(p["low"], p["high"]),
        d.LogNormal: lambda: LogNormal(p["sigma"], p["mu"]),
        d.Weibull: lambda: Weibull(p["shape"], p["scale"]),
        d.Frechet: lambda: Frechet(p["shape"], p["scale"]),
    }
    return made[type(distribution)]()
