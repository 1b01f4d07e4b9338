"""Calibration: the parameters at which a model has given moments, by least squares, with a report of fit.

Each free parameter is looked for in a coordinate that ranges over all numbers, so that no step leaves its bounds.
Derivatives are closed forms where `symhet.numerics.statics` has them, else differences of fourth order of one solved
array of economies.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from symhet.errors import DomainError, SolverError, UnknownParameter
from symhet.numerics.coordinates import Coordinate
from symhet.numerics.inputs import numbers
from symhet.numerics.models import SolvableModel, find_model
from symhet.numerics.tails import Array

__all__ = ["Calibration", "calibrate", "moment_names"]

LAW = "distribution."
_STEPS = (1e-3, 1e-5, 1e-7)
"""Steps of the differences; a shorter one is taken where an economy around has no solution."""
_STENCIL = np.array([-2.0, -1.0, 1.0, 2.0])
_SLOPE = np.array([1.0, -8.0, 8.0, -1.0]) / 12.0
_CANDIDATES, _TRIES = 512, 24
_SAME, _CONFIRMED = 1e-6, 2
"""A least distance that so many further starts lead to again, and at which the moments tell all parameters, is it."""
_REACHES = (0.3, 1.0, 2.0)
_MATCHED = 1e-10
"""Root mean square of the gaps, relative to their scales, from which on no other start is tried."""
_RANK = 1e-9


@dataclass(frozen=True)
class Calibration:
    """A calibrated economy.

    Attributes
    ----------
    model : str
        Name of the model.
    parameters : dict of str to float
        The free parameters.
    standard_errors : dict of str to float
        Theirs, by the delta method; NaN where no errors of the moments were given, or these do not identify them.
    targets, fitted : dict of str to float
        Moments as given and as the model has them.
    scales : dict of str to float
        What gaps are measured in: the given error, or the size of the target.
    identified : bool
        Whether the moments move with every combination of the free parameters.
    weakest : dict of str to float
        The combination of the parameters, in logarithms or coordinates like that, that the moments tell least of.
    settings : dict
        All keywords of `symhet.solve` at the solution.
    """

    model: str
    parameters: dict[str, float]
    standard_errors: dict[str, float]
    targets: dict[str, float]
    fitted: dict[str, float]
    scales: dict[str, float]
    identified: bool
    weakest: dict[str, float]
    settings: dict[str, Any]
    _problem: _Problem
    _at: Array
    _covariance: Array

    @property
    def distance(self) -> float:
        """Return the root mean square of the gaps, each in its scale."""
        gaps = [(self.fitted[name] - self.targets[name]) / self.scales[name] for name in self.targets]
        return float(np.sqrt(np.mean(np.square(gaps))))

    @property
    def equilibrium(self) -> Any:
        """Return the solved economy."""
        return find_model(self.model).solver(**self.settings)

    def derived(self, name: str) -> tuple[float, float]:
        """Return any result or moment at the solution, and its standard error by the delta method.

        Raises
        ------
        UnknownParameter
            For a result that the model does not have.

        Examples
        --------
        >>> fit = calibrate(moments={"share_exporting": 0.2}, free=["f_ex"], errors={"share_exporting": 0.01})
        >>> welfare, error = fit.derived("welfare")
        >>> bool(0 < error < welfare)
        True
        """
        value, slope = self._problem.with_moments([name]).values_and_slopes(self._at)
        return float(value[0]), float(np.sqrt(slope[0] @ self._covariance @ slope[0]))

    def report(self) -> str:
        """Return a table of parameters and moments as text."""
        rows = [f"{'parameter':24}{'value':>14}{'std. error':>14}"]
        rows += [f"{n:24}{v:14.8g}{self.standard_errors[n]:14.3g}" for n, v in self.parameters.items()]
        rows += ["", f"{'moment':24}{'target':>14}{'model':>14}{'gap/scale':>14}"]
        for name, target in self.targets.items():
            gap = (self.fitted[name] - target) / self.scales[name]
            rows.append(f"{name:24}{target:14.8g}{self.fitted[name]:14.8g}{gap:14.2g}")
        rows += ["", f"root mean square of the gaps: {self.distance:.2g}"]
        if not self.identified:
            mix = " ".join(f"{share:+.2f} {name}" for name, share in self.weakest.items() if abs(share) > 0.05)
            rows.append(f"not identified: the moments do not move along {mix}")
        return "\n".join(rows)


def moment_names(model: str) -> tuple[str, ...]:
    """Return what can be a moment: every result that is a number, and the moments of firms by size where there are.

    Examples
    --------
    >>> "share_exporting" in moment_names("kz"), "share_exporting" in moment_names("bo")
    (True, False)
    """
    found = find_model(model)
    return (*found.outputs, *found.moments)


def calibrate(
    model: str = "kz",
    *,
    moments: Mapping[str, float],
    free: Sequence[str],
    errors: Mapping[str, float] | ArrayLike | None = None,
    start: Mapping[str, float] | None = None,
    distribution: Any = None,
    regime: str | None = None,
    exact: bool = False,
    seed: int = 0,
    **fixed: float,
) -> Calibration:
    """Find the parameters at which a model has given moments.

    Parameters
    ----------
    model : str
        ``"kz"`` or ``"bo"``.
    moments : mapping of str to float
        Targets by name, from `moment_names`.
    free : sequence of str
        Parameters that are looked for, at most as many as moments; ``"distribution.NAME"`` is one of the distribution.
    errors : mapping of str to float, or matrix, optional
        Standard errors of the targets, or their covariances in the order of the moments. They weigh the gaps and give
        standard errors of the parameters. Without them gaps are relative to the targets.
    start : mapping of str to float, optional
        Where to begin; the calibrated defaults otherwise.
    distribution, regime : optional
        As for `symhet.solve`.
    exact : bool, optional
        Whether derivatives that the claims derive in closed form are used, in the regime of A.1-A.3; to check the
        claims takes seconds the first time.
    seed : int, optional
        Of the further starts that are drawn where the first does not lead to the targets.
    **fixed : float
        Parameters that are not free and not to have their defaults.

    Returns
    -------
    Calibration
        Parameters, fit, standard errors.

    Raises
    ------
    UnknownModel, UnknownParameter
        For a name that does not exist.
    DomainError
        For more free parameters than moments, or targets and errors that are no numbers.
    SolverError
        Where no start has a solution.

    Examples
    --------
    >>> economy = find_model("kz").solver(f_ex=1.7, tau_I=1.15)
    >>> seen = {name: float(economy.moments()[name]) for name in ("share_exporting", "share_offshoring")}
    >>> fit = calibrate("kz", moments=seen, free=["f_ex", "tau_I"])
    >>> {name: round(value, 8) for name, value in fit.parameters.items()}
    {'f_ex': 1.7, 'tau_I': 1.15}
    """
    problem, targets, covariance = _prepare(
        model, moments, free, errors, {"distribution": distribution, "regime": regime}, fixed, exact
    )
    scales = np.sqrt(np.diag(covariance)) if errors is not None else np.where(targets == 0, 1.0, np.abs(targets))
    at = _search(problem, targets, scales, problem.start(start or {}), seed)
    fitted, slopes = problem.values_and_slopes(at)
    spread, identified, weakest = _precision(slopes / scales[:, None], scales, covariance)
    natural = np.array([c.slope(u) for c, u in zip(problem.coordinates, at, strict=True)])
    deviations = natural * np.sqrt(np.diag(spread))
    return Calibration(
        model,
        parameters=problem.parameters(at),
        standard_errors=dict(zip(problem.free, map(float, deviations), strict=True)),
        targets=dict(zip(problem.moments, map(float, targets), strict=True)),
        fitted=dict(zip(problem.moments, map(float, fitted), strict=True)),
        scales=dict(zip(problem.moments, map(float, scales), strict=True)),
        identified=identified,
        weakest=dict(zip(problem.free, map(float, weakest), strict=True)),
        settings=problem.settings(at),
        _problem=problem,
        _at=at,
        _covariance=spread,
    )


def _prepare(
    model: str,
    moments: Mapping[str, float],
    free: Sequence[str],
    errors: Any,
    switches: Mapping[str, Any],
    fixed: Mapping[str, float],
    exact: bool,
) -> tuple[_Problem, Array, Array]:
    found = find_model(model)
    for name in moments:
        if name not in moment_names(model):
            raise UnknownParameter(name, moment_names(model), where=f"moments of {model}")
    targets = np.array([float(numbers(value, name)) for name, value in moments.items()])
    if not free or len(set(free)) != len(free) or len(free) > len(moments):
        raise DomainError(
            "as many moments as parameters",
            relation="0 < number of free parameters, each once, <= number of moments",
            left=len(free),
            right=len(moments),
            fix="give more moments, or fix some parameters",
        )
    if not np.isfinite(targets).all():
        raise DomainError("finite targets", relation="every moment is finite", left=dict(moments))
    problem = _Problem.make(found, tuple(moments), tuple(free), switches, fixed, exact)
    return problem, targets, _covariances(errors, tuple(moments))


def _covariances(errors: Any, names: tuple[str, ...]) -> Array:
    """Return the covariances of the targets; NaN where no errors are given."""
    if errors is None:
        return np.full((len(names), len(names)), np.nan)
    if isinstance(errors, Mapping):
        for name in errors:
            if name not in names:
                raise UnknownParameter(name, names, where="errors")
        missing = [name for name in names if name not in errors]
        if missing:
            raise DomainError("errors of all moments", relation="every moment has an error", left=missing)
        sizes = np.array([float(numbers(errors[name], name)) for name in names])
        given = np.diag(np.where(sizes > 0, np.square(sizes), np.nan))
    else:
        given = numbers(errors, "errors")
    if given.shape != (len(names), len(names)) or not np.all(np.diag(given) > 0) or not np.isfinite(given).all():
        raise DomainError(
            "errors of the moments",
            relation="positive errors, or a square matrix of covariances",
            left=given.shape,
            right=(len(names), len(names)),
        )
    return given


def _precision(slopes: Array, scales: Array, covariance: Array) -> tuple[Array, bool, Array]:
    """Return the covariances of the coordinates, whether they are identified, and the weakest direction."""
    if not np.isfinite(slopes).all():
        return np.full((slopes.shape[1],) * 2, np.nan), False, np.zeros(slopes.shape[1])
    left, sizes, right = np.linalg.svd(slopes, full_matrices=False)
    identified = bool(sizes[-1] > _RANK * sizes[0])
    if not identified:
        return np.full((right.shape[0], right.shape[0]), np.nan), False, right[-1]
    inverse = right.T @ (left.T / sizes[:, None]) / scales
    return inverse @ covariance @ inverse.T, True, right[-1]


def _search(problem: _Problem, targets: Array, scales: Array, first: Array, seed: int) -> Array:
    """Return the best point of several least-squares searches, each from a promising start."""
    from scipy.optimize import least_squares

    best, least, again = first, np.inf, 0
    for start in _starts(problem, targets, scales, first, seed):
        found = least_squares(
            lambda u: _finite((problem.values(u[None])[0] - targets) / scales),
            start,
            jac=lambda u: np.nan_to_num(problem.values_and_slopes(u)[1] / scales[:, None]),
            x_scale="jac",
            xtol=1e-15,
            ftol=1e-15,
            gtol=1e-15,
            max_nfev=200,
        )
        sizes = np.linalg.svd(found.jac, compute_uv=False)
        telling = bool(sizes[-1] > _RANK * sizes[0])
        again = again + 1 if telling and abs(found.cost - least) <= _SAME * least else 0
        if found.cost < least:
            best, least = found.x, found.cost
        if np.sqrt(2 * least / targets.size) < _MATCHED or again == _CONFIRMED:
            break
    if not np.isfinite(least) or not np.isfinite(problem.values(best[None])).all():
        raise SolverError(
            "no economy was found to start from",
            where=f"calibration of {problem.model.key}",
            why="at every start that was tried, some moment has no value",
            fix="give start=, near parameters at which `symhet solve` finds an equilibrium with such firms",
        )
    return best


_FAR = 1e3
"""The gap, in its scale, that counts where a moment has no value."""


def _finite(gaps: Array) -> Array:
    return np.where(np.isfinite(gaps), gaps, _FAR)


def _starts(problem: _Problem, targets: Array, scales: Array, first: Array, seed: int) -> Iterator[Array]:
    """Yield the first start if it has a solution, and the best of many that are drawn around it."""
    if np.isfinite(problem.values(first[None])).all():
        yield first
    rng = np.random.default_rng(seed)
    reach = rng.choice(_REACHES, (_CANDIDATES, 1))
    drawn = first + reach * rng.standard_normal((_CANDIDATES, first.size))
    gaps = (problem.values(drawn) - targets) / scales
    cost = np.where(np.isfinite(gaps).all(axis=1), np.sum(np.square(np.clip(gaps, -_FAR, _FAR)), axis=1), np.inf)
    yield from (drawn[place] for place in np.argsort(cost)[:_TRIES] if np.isfinite(cost[place]))


@dataclass(frozen=True)
class _Problem:
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
    ) -> _Problem:
        """Check the names, and choose a coordinate for each free parameter."""
        used = {name: value for name, value in switches.items() if value is not None}
        for name in used:
            if name not in model.switches:
                raise UnknownParameter(name, (*model.switches, *model.parameters), where=model.key)
        names: tuple[str, ...] = model.parameters
        if "distribution" in model.switches:
            from symhet.numerics.distributions import as_distribution
            from symhet.numerics.kleinert_zorell import DEFAULT_DISTRIBUTION

            used["distribution"] = as_distribution(switches["distribution"], DEFAULT_DISTRIBUTION)
            names = (*names, *(f"{LAW}{name}" for name in used["distribution"].names))
        for name in (*free, *fixed):
            if name not in names:
                raise UnknownParameter(name, names, where=model.key)
        both = sorted(set(free) & set(fixed))
        if both:
            raise DomainError("free or fixed", relation="no parameter is free and fixed", left=", ".join(both))
        bounds = {**model.bounds, f"{LAW}mu": (-np.inf, np.inf)}
        chosen = tuple(Coordinate(*bounds.get(name, (0.0, np.inf))) for name in free)
        return _Problem(model, moments, free, chosen, used, dict(fixed), exact)

    def with_moments(self, names: Sequence[str]) -> _Problem:
        """Return the same economy seen through other moments."""
        for name in names:
            if name not in moment_names(self.model.key):
                raise UnknownParameter(name, moment_names(self.model.key), where=f"results of {self.model.key}")
        return _Problem(self.model, tuple(names), self.free, self.coordinates, self.switches, self.fixed, self.exact)

    def start(self, given: Mapping[str, float]) -> Array:
        """Return the coordinates of the given start, or of the defaults."""
        for name in given:
            if name not in self.free:
                raise UnknownParameter(name, self.free, where="start")
        law = self.switches.get("distribution")
        own = {} if law is None else {f"{LAW}{name}": value for name, value in law.parameters.items()}
        known = {**self.model.defaults, **own, **given}
        return np.array([c.inside(float(known[name])) for name, c in zip(self.free, self.coordinates, strict=True)])

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
            columns = [known.get(name, getattr(found, name, None)) for name in self.moments]
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
        """Put in the derivatives that are derived, where the economy is in the regime they are derived for."""
        from symhet.numerics.statics import OUTPUTS, PARAMETERS, statics

        of = [name for name in self.moments if name in OUTPUTS]
        to = [name for name in self.free if name in PARAMETERS]
        if self.model.key != "kz" or not of or not to:
            return slopes
        settings = self.settings(at)
        if str(self.model.solver(check=False, **settings).regime) != "paper":
            return slopes
        slopes = slopes.copy()
        for entry in statics(self.model.key, of=of, to=to, signs=False, **settings):
            row, column = self.moments.index(entry.of), self.free.index(entry.to)
            chosen = self.coordinates[column]
            rate = chosen.slope(at[column]) / chosen.value(at[column])
            slopes[row, column] = float(entry.elasticity) * values[row] * rate
        return slopes
