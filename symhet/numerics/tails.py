"""What a productivity distribution has to offer: its survival function and its tail moments.

A heterogeneous-firm model meets a distribution G only through S(x) = 1 − G(x) and
T(x, k) = ∫ₓ^∞ ζᵏ dG(ζ) with k = σ − 1. The numbers used here are scaled by xᵏ,

    t = T / xᵏ,    j = t − S,    d = x g(x),

because t and j stay of the size of S where T and xᵏ overflow, and because j, the expected excess
profit over a cutoff x, can be written without the subtraction. Cutoffs are measured by the logarithmic
distance z = ln(x/origin) from a point that suits the family, the upper end of a bounded support first of all:
so x may lie far outside the range of floating-point numbers, and a cutoff close to the end keeps its digits.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar, NamedTuple, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from symhet.errors import DomainError
from symhet.numerics.inputs import numbers
from symhet.numerics.intervals import Between, between, by_halving

__all__ = ["MOMENT_ASSUMPTION", "Array", "Between", "Distribution", "LowerTails", "Tails", "positive", "real"]

Array = NDArray[np.float64]

MOMENT_ASSUMPTION = "finite (sigma-1)-th moment"
"""Name of the assumption that every distribution has to meet."""


class Tails(NamedTuple):
    """Scaled tail quantities of a distribution at a cutoff x, for an exponent k.

    Attributes
    ----------
    survival : ndarray
        S(x), the share of draws above x.
    moment : ndarray
        t = T(x, k) / xᵏ.
    excess : ndarray
        j = t − S, computed without cancellation.
    density : ndarray
        d = x g(x), the density of ln x.
    """

    survival: Array
    moment: Array
    excess: Array
    density: Array


class LowerTails(NamedTuple):
    """What lies below a cutoff x.

    Attributes
    ----------
    mass : ndarray
        G(x).
    moment : ndarray
        The integral of ζᵏ dG up to x, over xᵏ.
    """

    mass: Array
    moment: Array


class Distribution(ABC):
    """A distribution of productivity on the positive half-line, possibly an array of them.

    Parameters given as arrays broadcast against each other and against the points of evaluation.
    """

    names: ClassVar[tuple[str, ...]] = ()
    """Names of the parameters, in the order of the constructor."""
    required: ClassVar[tuple[str, ...]] = ()
    """Names of the parameters that a text has to give."""
    has_standard: ClassVar[bool] = False
    """Whether the name of the family alone means its standard member."""

    @property
    @abstractmethod
    def support(self) -> tuple[Array, Array]:
        """Lower and upper end of the support."""

    @property
    def log_origin(self) -> Array:
        """Logarithm of the point from which distances are measured; of the upper end where there is one."""
        return np.asarray(0.0)

    @abstractmethod
    def tails_at(self, z: ArrayLike, k: ArrayLike) -> Tails:
        """Return S, T/xᵏ, T/xᵏ − S and x g at a distance z (±infinity included), for moments that exist."""

    @abstractmethod
    def log_moment_at(self, k: ArrayLike) -> Array:
        """Return ln T(0, k) less k times `log_origin`; +inf where the moment does not exist."""

    def rough_tails_at(self, z: ArrayLike, k: ArrayLike) -> Tails:
        """Return what `tails_at` returns, perhaps sooner, the excess by plain subtraction."""
        return self.tails_at(z, k)

    def lower_tails_at(self, z: ArrayLike, k: ArrayLike) -> LowerTails:
        """Return what lies below a distance z; may be NaN so far up that it is nearly everything.

        A family whose density vanishes towards zero gives it in closed form.
        """
        found, k = self.rough_tails_at(z, k), np.asarray(k, dtype=float)
        with np.errstate(invalid="ignore", over="ignore"):
            whole = np.exp(self.log_moment_at(k) - k * np.asarray(z, dtype=float))
        return LowerTails(1.0 - found.survival, whole - found.moment)

    @property
    def jumps(self) -> tuple[Array, ...]:
        """Where the density may jump: its derivatives, and those of tails by parameters, are one-sided there."""
        return self.support

    def survival_at(self, z: ArrayLike) -> Array:
        """Return the survival at a distance z."""
        return self.rough_tails_at(z, self.usual_exponent()).survival

    def quantile_at(self, survival: ArrayLike) -> Array:
        """Return the distance at which the survival has fallen to a value in (0, 1].

        By halving unless a family knows better; at an atom, the distance just beyond it.
        """
        return by_halving(self, np.asarray(survival, dtype=float))

    def density_at(self, z: ArrayLike) -> Array:
        """Return the density of ln φ at a distance z."""
        return self.tails_at(z, self.usual_exponent()).density

    def between_at(self, z: Array, length: Array, k: Array) -> Between:
        """Return what lies between the distances z and z + length, for one-dimensional arrays.

        From whichever side holds less, or by quadrature of the density where the interval is short against both.

        Parameters
        ----------
        z : ndarray
            Distance of the lower end.
        length : ndarray
            Length of the interval of ln φ, zero to infinity.
        k : ndarray
            Exponent of the moment.

        Returns
        -------
        Between
            Mass, and moment over the k-th power of the lower end.
        """
        return between(self, z, length, k)

    def point(self, z: ArrayLike) -> Array:
        """Return the productivity at a distance z, infinite or zero where it leaves the floating-point numbers."""
        with np.errstate(over="ignore", under="ignore"):
            return np.exp(np.asarray(z, dtype=float) + self.log_origin)

    def distance(self, x: ArrayLike) -> Array:
        """Return the distance of a productivity."""
        with np.errstate(divide="ignore"):
            return np.log(np.asarray(x, dtype=float)) - self.log_origin

    def tails(self, x: ArrayLike, k: ArrayLike) -> Tails:
        """Return S, T/xᵏ, T/xᵏ − S and x g at x > 0 (infinity included), for moments that exist.

        Parameters
        ----------
        x : array_like
            Cutoff productivities, positive.
        k : array_like
            Exponent of the moment, σ − 1 > 0.

        Returns
        -------
        Tails
            Four arrays of the broadcast shape.

        Examples
        --------
        >>> from symhet.numerics.distributions import Pareto
        >>> [float(part) for part in Pareto(shape=4, scale=1).tails(2.0, 2)]
        [0.0625, 0.125, 0.0625, 0.25]
        """
        return self.tails_at(self.distance(x), k)

    def lower_tails(self, x: ArrayLike, k: ArrayLike) -> LowerTails:
        """Return what lies below x > 0."""
        return self.lower_tails_at(self.distance(x), k)

    def log_moment(self, k: ArrayLike) -> Array:
        """Return ln T(0, k), the logarithm of the whole k-th moment; +inf where it does not exist."""
        return self.log_moment_at(k) + np.asarray(k, dtype=float) * self.log_origin

    @property
    def parameters(self) -> dict[str, Array]:
        """Parameters by name."""
        return {name: getattr(self, name) for name in self.names}

    @property
    def shape(self) -> tuple[int, ...]:
        """Broadcast shape of the parameters."""
        return np.broadcast_shapes(*(value.shape for value in self.parameters.values()))

    def flat(self, shape: tuple[int, ...]) -> Self:
        """Return the distribution with array parameters broadcast to `shape` and flattened."""
        return type(self)(**{name: _flat(value, shape) for name, value in self.parameters.items()})

    def part(self, where: slice | NDArray[np.intp]) -> Self:
        """Return some of a flattened array of distributions."""
        return type(self)(**{name: value[where] if value.ndim else value for name, value in self.parameters.items()})

    def varied(self, changed: Mapping[str, ArrayLike]) -> tuple[Self, NDArray[np.bool_]]:
        """Return the distribution with other parameters, and where there is one.

        Where there is none the parameters stay what they were.

        Examples
        --------
        >>> from symhet.numerics.distributions import Pareto
        >>> law, fit = Pareto(shape=4.5).varied({"shape": [5.0, -1.0]})
        >>> law.index.tolist(), fit.tolist()
        ([5.0, 4.5], [True, False])
        """
        given = {**self.parameters, **{name: numbers(value, name) for name, value in changed.items()}}
        values = dict(zip(given, np.broadcast_arrays(*given.values()), strict=True))
        fit = self._fits(values)
        kept = {name: np.where(fit, value, self.parameters[name]) for name, value in values.items()}
        return type(self)(**kept), fit

    @classmethod
    def _fits(cls, values: Mapping[str, Array]) -> NDArray[np.bool_]:
        """Return where parameters make a distribution: positive and finite, unless a family says otherwise."""
        return np.logical_and.reduce([np.isfinite(value) & (value > 0) for value in values.values()])

    def survival(self, x: ArrayLike) -> Array:
        """Return S(x) = 1 − G(x).

        Examples
        --------
        >>> from symhet.numerics.distributions import Pareto
        >>> round(float(Pareto(shape=2, scale=1).survival(10.0)), 12)
        0.01
        """
        point = np.asarray(x, dtype=float)
        inside = self.tails(np.where(point > 0, point, 1.0), self.usual_exponent()).survival
        return np.where(point > 0, inside, 1.0)[()]

    def density(self, x: ArrayLike) -> Array:
        """Return the density g(x); zero at and below zero.

        Examples
        --------
        >>> from symhet.numerics.distributions import Pareto
        >>> round(float(Pareto(shape=2, scale=1).density(10.0)), 12)
        0.002
        """
        point = np.asarray(x, dtype=float)
        safe = np.where(point > 0, point, 1.0)
        return np.where(point > 0, self.tails(safe, self.usual_exponent()).density / safe, 0.0)[()]

    def tail_moment(self, x: ArrayLike, k: ArrayLike) -> Array:
        """Return T(x, k), the integral of ζᵏ dG over ζ > x.

        Raises
        ------
        DomainError
            Where the moment does not exist.

        Examples
        --------
        >>> from symhet.numerics.distributions import Pareto
        >>> float(Pareto(shape=4, scale=1).tail_moment(2.0, 2))
        0.5
        """
        self.check_moment(k)
        point = np.asarray(x, dtype=float)
        safe = np.where(point > 0, point, 1.0)
        with np.errstate(over="ignore", invalid="ignore"):
            inside = self.tails(safe, k).moment * safe ** np.asarray(k, dtype=float)
            whole = np.exp(self.log_moment(k))
        return np.where(point > 0, np.where(np.isinf(point), 0.0, inside), whole)[()]

    def excess(self, x: ArrayLike, k: ArrayLike) -> Array:
        """Return j(x) = x⁻ᵏ T(x, k) − S(x), the summand of the free-entry condition.

        Examples
        --------
        >>> from symhet.numerics.distributions import Pareto
        >>> float(Pareto(shape=4, scale=1).excess(2.0, 2))
        0.0625
        """
        self.check_moment(k)
        return self.tails(x, k).excess[()]

    def hazard(self, x: ArrayLike, k: ArrayLike) -> Array:
        """Return the generalised hazard h = x^(k+1) g(x) / T(x, k), so that d ln t/d ln x = −(k + h).

        Examples
        --------
        >>> from symhet.numerics.distributions import Pareto
        >>> float(Pareto(shape=4, scale=1).hazard(2.0, 1.5))
        2.5
        """
        self.check_moment(k)
        found = self.tails(x, k)
        return (found.density / found.moment)[()]

    def moment_exists(self, k: ArrayLike) -> NDArray[np.bool_]:
        """Return where the k-th moment is finite.

        Examples
        --------
        >>> from symhet.numerics.distributions import Pareto
        >>> Pareto(shape=4, scale=1).moment_exists([3, 5]).tolist()
        [True, False]
        """
        return np.broadcast_to(self._moment_bound() > np.asarray(k, dtype=float), self._shape_with(k))

    def moment_room(self, k: ArrayLike) -> Array:
        """Return by how much the orders of finite moments exceed k; infinite where all of them are finite.

        Examples
        --------
        >>> from symhet.numerics.distributions import Pareto
        >>> float(Pareto(shape=4, scale=1).moment_room(3))
        1.0
        """
        return self._moment_bound() - np.asarray(k, dtype=float)

    def check_moment(self, k: ArrayLike, *, where: str = "") -> None:
        """Refuse an exponent whose moment is infinite.

        Raises
        ------
        DomainError
            Names the assumption, the first offending index and both sides' values.
        """
        exists = self.moment_exists(k)
        if exists.all():
            return
        index = tuple(int(i) for i in np.argwhere(~exists)[0])
        bound, exponent = (np.broadcast_to(v, exists.shape)[index] for v in (self._moment_bound(), k))
        raise DomainError(
            MOMENT_ASSUMPTION,
            relation="tail index of the productivity distribution > sigma - 1",
            left=float(bound),
            right=float(exponent),
            where=" ".join(filter(None, (where, repr(self), f"index {index}" if index else ""))),
        )

    def _moment_bound(self) -> Array:
        """Return the exponent below which all moments exist."""
        return np.asarray(np.inf)

    def usual_exponent(self) -> Array:
        """Return an exponent that is surely allowed, for quantities that do not depend on it."""
        return np.minimum(1.0, self._moment_bound() / 2)

    def _shape_with(self, *others: ArrayLike) -> tuple[int, ...]:
        return np.broadcast_shapes(self.shape, *(np.shape(other) for other in others))

    def __repr__(self) -> str:
        """Return the constructor call, long arrays abridged."""
        given = ", ".join(f"{name}={_abridged(value)}" for name, value in self.parameters.items())
        return f"{type(self).__name__}({given})"


def real(value: ArrayLike, name: str) -> Array:
    """Return a parameter as a float array, refusing anything that is not a finite number."""
    array = numbers(value, name)
    if not np.isfinite(array).all():
        raise DomainError("finite parameter", relation=f"{name} is finite", left=_abridged(array), right="")
    return array


def positive(value: ArrayLike, name: str) -> Array:
    """Return a parameter as a float array, refusing anything that is not positive and finite."""
    array = real(value, name)
    if not (array > 0).all():
        raise DomainError("positive parameter", relation=f"{name} > 0", left=float(array.min()), right=0)
    return array


def _flat(value: Array, shape: tuple[int, ...]) -> Array:
    return np.broadcast_to(value, shape).reshape(-1) if value.ndim else value


def _abridged(value: Array) -> str:
    # The shortest digits that read back as the same number.
    return (
        repr(float(value)).removesuffix(".0")
        if value.ndim == 0
        else np.array2string(value, threshold=6, separator=", ")
    )
