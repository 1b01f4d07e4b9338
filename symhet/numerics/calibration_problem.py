"""What calibration minimises: moments as functions of the coordinates of the free parameters, and their derivatives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from symhet.errors import DomainError, UnknownParameter
from symhet.numerics.coordinates import Coordinate
from symhet.numerics.inputs import number
from symhet.numerics.models import SolvableModel, find_model, result_of
from symhet.numerics.tails import Array

LAW = "distribution."
_STEPS = (1e-3, 1e-5, 1e-7)
"""Steps of the differences; a shorter one is taken where an economy around has no solution."""
_STENCIL = np.array([-2.0, -1.0, 1.0, 2.0])
_SLOPE = np.array([1.0, -8.0, 8.0, -1.0]) / 12.0


def moment_names(model: str) -> tuple[str, ...]:
    """Return what can be a moment: every result that is a number, and the moments of firms by size where there are.

    Examples
    --------
    >>> "share_exporting" in moment_names("kz"), "share_exporting" in moment_names("bo")
    (True, False)
    """
    found = find_model(model)
    return (*found.outputs, *found.moments)


@dataclass(frozen=True)
class Problem:
    """Moments as functions of the coordinates of the free parameters."""

    model: SolvableModel
    moments: tuple[str, ...]
    free: tuple[str, ...]
    coordinates: tuple[Coordinate, ...]
    switches: Mapping[str, Any]
    fixed: Mapping[str, float]
    exact: bool

    @staticmethod
    def make(
        model: SolvableModel,
        moments: tuple[str, ...],
        free: tuple[str, ...],
        switches: Mapping[str, Any],
        fixed: Mapping[str, float],
        exact: bool,
    ) -> Problem:
        """Check the names, and choose a coordinate for each free parameter."""
        used = model.settings(**switches)
        names: tuple[str, ...] = model.parameters
        if "distribution" in used:
            names = (*names, *(f"{LAW}{name}" for name in used["distribution"].names))
        for name in (*free, *fixed):
            if name not in names:
                raise UnknownParameter(name, names, where=model.key)
        law = used.get("distribution")
        if law is not None and law.shape:
            raise DomainError("one distribution", relation="a calibration is of one economy", left=law.shape, right=())
        both = sorted(set(free) & set(fixed))
        if both:
            raise DomainError("free or fixed", relation="no parameter is free and fixed", left=", ".join(both))
        bounds = {**model.bounds, f"{LAW}mu": (-np.inf, np.inf)}
        chosen = tuple(Coordinate(*bounds.get(name, (0.0, np.inf))) for name in free)
        own = {name: number(value, name, where=f"calibration of {model.key}") for name, value in fixed.items()}
        return Problem(model, moments, free, chosen, used, own, exact)

    def with_moments(self, names: Sequence[str]) -> Problem:
        """Return the same economy seen through other moments."""
        for name in names:
            if name not in moment_names(self.model.key):
                raise UnknownParameter(name, moment_names(self.model.key), where=f"results of {self.model.key}")
        return Problem(self.model, tuple(names), self.free, self.coordinates, self.switches, self.fixed, self.exact)

    def start(self, given: Mapping[str, float]) -> Array:
        """Return the coordinates of the given start, or of the defaults."""
        for name in given:
            if name not in self.free:
                raise UnknownParameter(name, self.free, where="start")
            bounds = self.coordinates[self.free.index(name)]
            value = number(given[name], name, where="start")
            if not (np.isfinite(value) and bounds.low <= value <= bounds.high):
                relation = f"{bounds.low:g} < {name} < {bounds.high:g}"
                raise DomainError(f"start of {name}", relation=relation, left=value, where="start")
        law = self.switches.get("distribution")
        own = {} if law is None else {f"{LAW}{name}": value for name, value in law.parameters.items()}
        known = {**self.model.defaults, **own, **given}
        return np.array(
            [
                c.inside(number(known[name], name, where="start"))
                for name, c in zip(self.free, self.coordinates, strict=True)
            ]
        )

    def parameters(self, at: Array) -> dict[str, Any]:
        """Return the free parameters; arrays for an array of points."""
        found = {name: c.value(at[..., i]) for i, (name, c) in enumerate(zip(self.free, self.coordinates, strict=True))}
        return {name: float(value) if np.ndim(value) == 0 else value for name, value in found.items()}

    def settings(self, at: Array) -> dict[str, Any]:
        """Return the keywords of the solver."""
        chosen = self.parameters(at)
        settings = {**self.fixed, **self.switches}
        settings |= {name: value for name, value in chosen.items() if not name.startswith(LAW)}
        changed = {name.removeprefix(LAW): value for name, value in chosen.items() if name.startswith(LAW)}
        if changed:
            settings["distribution"], _ = settings["distribution"].varied(changed)
        return settings

    def values(self, at: Array) -> Array:
        """Return the moments at each of some points, NaN where there is no solution."""
        with np.errstate(all="ignore"):
            found = self.model.solver(check=False, **self.settings(at))
            known = found.moments() if any(name in self.model.moments for name in self.moments) else {}
            columns = [known[name] if name in known else result_of(found, name) for name in self.moments]
        return np.stack([np.broadcast_to(np.asarray(c, dtype=float), at.shape[:1]) for c in columns], axis=1)

    def values_and_slopes(self, at: Array) -> tuple[Array, Array]:
        """Return the moments at a point, and their derivatives with respect to the coordinates."""
        for step in _STEPS:
            steps = step * _STENCIL[:, None, None] * np.eye(at.size)
            found = self.values(np.concatenate([at[None], (at + steps).reshape(-1, at.size)]))
            around = found[1:].reshape(_STENCIL.size, at.size, len(self.moments))
            slopes = np.einsum("s,sfm->mf", _SLOPE, around) / step
            if np.isfinite(slopes).all():
                break
        return found[0], self._closed_forms(at, found[0], slopes) if self.exact else slopes

    def _closed_forms(self, at: Array, values: Array, slopes: Array) -> Array:
        """Fill in the derivatives that are derived, where the economy is in the regime they are derived for."""
        known = self.model.statics
        of = [name for name in self.moments if known is not None and name in known.outputs]
        to = [name for name in self.free if known is not None and name in known.parameters]
        if known is None or not of or not to:
            return slopes
        settings = self.settings(at)
        if str(self.model.solver(check=False, **settings).regime) != known.regime:
            return slopes
        slopes = slopes.copy()
        for entry in known.elasticities(of, to, signs=False, **settings):
            row, column = self.moments.index(entry.of), self.free.index(entry.to)
            chosen = self.coordinates[column]
            rate = chosen.slope(at[column]) / chosen.value(at[column])
            slopes[row, column] = float(entry.elasticity) * values[row] * rate
        return slopes
