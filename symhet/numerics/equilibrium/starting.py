"""Where to look for roots first: near those of a few economies that were solved before, by how parameters move them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from symhet.language.terms import Term
from symhet.numerics.equilibrium.values import Values
from symhet.numerics.tails import Array

__all__ = ["Starts", "sample_of"]

MANY = 512
"""Number of economies from which on it pays to solve a few first."""
_FEW = 24
_ENOUGH = 2.5
"""Economies for each number that is fitted to them."""


def sample_of(values: Values, known: Iterable[Term], size: int) -> NDArray[np.intp]:
    """Return the economies that are solved first: more of them, the more parameters vary."""
    varying = len(_features(values, known))
    count = _FEW + int(_ENOUGH * (1 + varying) * (2 + varying) / 2)
    return np.arange(0, size, max(1, size // count))


def _features(values: Values, known: Iterable[Term]) -> list[Array]:
    """Return what varies: logarithms of positive parameters, and the parameters of the law."""
    found = [np.log(values.value(x)) if x.args[1] else values.value(x) for x in known]
    found += list(values.law.parameters.values()) if values.law is not None else []
    return [np.asarray(value) for value in found if np.ndim(value) == 1]


def _table(features: list[Array], middle: Array, size: int) -> Array:
    """Return one, the features, and their products: what a polynomial of order two is made of."""
    centred = [feature - centre for feature, centre in zip(features, middle, strict=True)]
    products = [one * other for place, one in enumerate(centred) for other in centred[place:]]
    return np.stack([np.ones(size), *centred, *products])


class Starts:
    """Coordinates of variables as polynomials of order two in the parameters, fitted to a few economies.

    Parameters
    ----------
    values : Values
        Of the few.
    known : iterable of Term
        The parameters.
    roots : Mapping[Term, ndarray]
        The coordinates found there; not a number where none was.
    """

    def __init__(self, values: Values, known: Iterable[Term], roots: Mapping[Term, Array]) -> None:
        self._known = tuple(known)
        features = _features(values, self._known)
        self._weights: dict[Term, Any] = {}
        self._range: dict[Term, tuple[float, float]] = {}
        self._middle = np.zeros(len(features))
        for x, root in roots.items():
            good = np.isfinite(root)
            for feature in features:
                good &= np.isfinite(feature)
            if not good.any():
                continue
            self._middle = np.array([np.mean(feature[good]) for feature in features])
            table = _table(features, self._middle, root.size)[:, good]
            middle = np.zeros(table.shape[0])
            middle[0] = np.median(root[good])
            enough = np.count_nonzero(good) >= 1.5 * table.shape[0]
            self._weights[x] = np.linalg.lstsq(table.T, root[good], rcond=1e-8)[0] if enough else middle
            self._range[x] = float(np.min(root[good])), float(np.max(root[good]))

    def _polynomial(self, values: Values, weights: Any, size: int) -> Array:
        """Return a polynomial, in single precision: a start needs no more digits.

        Not by a product of matrices: libraries use several threads for it, and their waiting costs more than the work.
        """
        features = _features(values, self._known)
        centred = [(f - centre).astype(np.float32) for f, centre in zip(features, self._middle, strict=True)]
        count = len(centred)
        start = np.full(size, weights[0], dtype=np.float32)
        squares = iter(weights[1 + count :].astype(np.float32))
        for place, (feature, weight) in enumerate(zip(centred, weights[1 : 1 + count], strict=True)):
            slope = np.full(size, weight, dtype=np.float32)
            for other in centred[place:]:
                slope += next(squares) * other
            start += feature * slope
        return start.astype(float)

    def at(self, values: Values, x: Term, size: int) -> Array | None:
        """Return where to begin in other economies; None where the few told nothing."""
        weights = self._weights.get(x)
        if weights is None:
            return None
        start = self._polynomial(values, weights, size)
        low, high = self._range[x]
        # A polynomial that leaves the range of the few by more than its length is not believed.
        return np.clip(np.where(np.isfinite(start), start, weights[0]), 2 * low - high - 1, 2 * high - low + 1)
