"""Calibration: the parameters at which a model has given moments, by least squares, with a report of fit.

Each free parameter is looked for in a coordinate that ranges over all numbers, so that no step leaves its bounds.
Derivatives are closed forms where `symhet.numerics.statics` has them, else differences of fourth order of one solved
array of economies.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from symhet.errors import DomainError, SolverError, UnknownParameter
from symhet.numerics.calibration_problem import Problem, moment_names
from symhet.numerics.faults import UnclearSetting
from symhet.numerics.inputs import listed, named, number, numbers, whole
from symhet.numerics.models import find_model, first_model
from symhet.numerics.tails import Array

__all__ = ["Calibration", "calibrate", "moment_names"]

_CANDIDATES, _TRIES = 512, 24
_SAME, _CONFIRMED = 1e-6, 2
"""A least distance that so many further starts lead to again, and at which the moments tell all parameters, is it."""
_REACHES = (0.3, 1.0, 2.0)
_MATCHED = 1e-10
"""Root mean square of the gaps, relative to their scales, from which on no other start is tried."""
_MET = 1e-6
_RANK = 1e-9
"""Share of the largest response, or of the moments themselves, below which there is none: differences show less."""


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
    _problem: Problem = field(repr=False)
    _at: Array = field(repr=False)
    _covariance: Array = field(repr=False)

    def _repr_html_(self) -> str:
        """Show the table of parameters and moments in a notebook."""
        return f"<pre>{escape(self.report())}</pre>"

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

    @property
    def met(self) -> bool:
        """Whether the economy has the moments; with more of them than parameters it need not."""
        return self.distance < _MET

    @property
    def is_missed(self) -> bool:
        """Whether the economy lacks the moments though there are no more of them than parameters."""
        return not self.met and len(self.targets) == len(self.parameters)

    def report(self) -> str:
        """Return a table of parameters and moments as text."""
        rows = [f"{'parameter':24}{'value':>14}{'std. error':>14}"]
        errors = {n: "" if math.isnan(e) else f"{e:.3g}" for n, e in self.standard_errors.items()}
        rows += [f"{n:24}{v:14.8g}{errors[n]:>14}".rstrip() for n, v in self.parameters.items()]
        rows += ["", f"{'moment':24}{'target':>14}{'model':>14}{'gap/scale':>14}"]
        for name, target in self.targets.items():
            gap = (self.fitted[name] - target) / self.scales[name]
            rows.append(f"{name:24}{target:14.8g}{self.fitted[name]:14.8g}{gap:14.2g}")
        rows += ["", f"root mean square of the gaps: {self.distance:.2g}"]
        if self.is_missed:
            rows.append("not met: no economy that was found has these moments")
        if not self.identified:
            mix = " ".join(f"{share:+.2f} {name}" for name, share in self.weakest.items() if abs(share) > 0.05)
            here = f"do not move along {mix}" if mix else "have no slopes here, at an edge of what can be solved"
            rows.append(f"not identified: the moments {here}")
        return "\n".join(rows)


def calibrate(
    model: str = "",
    *,
    moments: Mapping[str, float],
    free: str | Sequence[str],
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
        Key of a paper whose model can be solved, such as ``"kz"``; the first of them by default.
    moments : mapping of str to float
        Targets by name, from `moment_names`.
    free : str or sequence of str
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
    model = model or first_model(lambda known: True)
    seed = whole(seed, "seed", 0, where=f"calibration of {model}")
    problem, targets, covariance = _prepare(
        model, moments, listed(free), errors, {"distribution": distribution, "regime": regime}, fixed, exact
    )
    scales = np.sqrt(np.diag(covariance)) if errors is not None else np.where(targets == 0, 1.0, np.abs(targets))
    at = _search(problem, targets, scales, problem.start(start or {}), seed)
    fitted, slopes = problem.values_and_slopes(at)
    spread, identified, weakest = _precision(slopes / scales[:, None], fitted / scales, scales, covariance)
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
    moments: Any,
    free: Sequence[str],
    errors: Any,
    switches: Mapping[str, Any],
    fixed: Mapping[str, float],
    exact: bool,
) -> tuple[Problem, Array, Array]:
    found = find_model(model)
    if not isinstance(moments, Mapping):
        raise UnclearSetting(
            str(moments), "moments have values", where="moments", fix='write moments={"share_exporting": 0.18}'
        )
    moments = {named(name): value for name, value in moments.items()}
    for name in moments:
        if name not in moment_names(model):
            raise UnknownParameter(name, moment_names(model), where=f"moments of {model}", noun="moment")
    targets = np.array([number(value, name, where=f"moments of {model}") for name, value in moments.items()])
    if not free or not moments:
        raise DomainError(
            "something to find, and something to find it by",
            relation="free parameters and moments are named",
            where=model,
            fix="symhet calibrate MODEL --moment NAME=VALUE --free NAMES; --list prints what can be a moment",
        )
    if len(set(free)) != len(free) or len(free) > len(moments):
        raise DomainError(
            "as many moments as parameters",
            relation="0 < number of free parameters, each once, <= number of moments",
            left=len(free),
            right=len(moments),
            fix="give more moments, or fix some parameters",
        )
    if not np.isfinite(targets).all():
        raise DomainError("finite targets", relation="every moment is finite", left=dict(moments))
    problem = Problem.make(found, tuple(moments), tuple(free), switches, fixed, exact)
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
        sizes = np.array([number(errors[name], name, where="errors") for name in names])
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


def _tells(sizes: Array, values: Array) -> bool:
    """Tell whether moments respond to every combination of parameters, from singular values of their slopes."""
    return bool(sizes[-1] > _RANK * max(sizes[0], np.max(np.abs(values))))


def _precision(slopes: Array, values: Array, scales: Array, covariance: Array) -> tuple[Array, bool, Array]:
    """Return the covariances of the coordinates, whether they are identified, and the weakest direction."""
    if not np.isfinite(slopes).all():
        return np.full((slopes.shape[1],) * 2, np.nan), False, np.zeros(slopes.shape[1])
    left, sizes, right = np.linalg.svd(slopes, full_matrices=False)
    identified = _tells(sizes, values)
    if not identified:
        return np.full((right.shape[0], right.shape[0]), np.nan), False, right[-1]
    inverse = right.T @ (left.T / sizes[:, None]) / scales
    return inverse @ covariance @ inverse.T, True, right[-1]


def _search(problem: Problem, targets: Array, scales: Array, first: Array, seed: int) -> Array:
    """Return the best point of several least-squares searches, each from a promising start."""
    from scipy.optimize import least_squares

    best, least, again = first, np.inf, 0
    for start in _starts(problem, targets, scales, first, seed):
        gaps = (problem.values(start[None])[0] - targets) / scales
        # Where there is no economy is worse than any start, however far its moments are from the targets.
        far = _FAR * max(1.0, float(np.max(np.abs(gaps))))
        found = least_squares(
            lambda u, far=far: _finite((problem.values(u[None])[0] - targets) / scales, far),
            start,
            jac=lambda u: np.nan_to_num(problem.values_and_slopes(u)[1] / scales[:, None]),
            x_scale="jac",
            xtol=1e-15,
            ftol=1e-15,
            gtol=1e-15,
            max_nfev=200,
        )
        sizes = np.linalg.svd(found.jac, compute_uv=False)
        telling = _tells(sizes, found.fun + targets / scales)
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
"""How many times as large as at a start a gap counts where a moment has no value."""
_LARGEST = 1e100
"""Gaps up to this are squared as they are."""


def _finite(gaps: Array, far: float) -> Array:
    return np.where(np.isfinite(gaps), gaps, far)


def _starts(problem: Problem, targets: Array, scales: Array, first: Array, seed: int) -> Iterator[Array]:
    """Yield the first start if it has a solution, and the best of many that are drawn around it."""
    if np.isfinite(problem.values(first[None])).all():
        yield first
    rng = np.random.default_rng(seed)
    reach = rng.choice(_REACHES, (_CANDIDATES, 1))
    drawn = first + reach * rng.standard_normal((_CANDIDATES, first.size))
    gaps = (problem.values(drawn) - targets) / scales
    cost = np.where(
        np.isfinite(gaps).all(axis=1), np.sum(np.square(np.clip(gaps, -_LARGEST, _LARGEST)), axis=1), np.inf
    )
    yield from (drawn[place] for place in np.argsort(cost)[:_TRIES] if np.isfinite(cost[place]))
