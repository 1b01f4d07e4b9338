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
_FEW, _FOR_EACH = 24, 8


def sample_of(values: Values, known: Iterable[Term], size: int) -> NDArray[np.intp]:
    """Return the economies that are solved first: more of them, the more parameters vary."""
    count = _FEW + _FOR_EACH * len(_features(values, known))
    return np.arange(0, size, max(1, size // count))


def _features(values: Values, known: Iterable[Term]) -> list[Array]:
    """Return what varies: logarithms of positive parameters, and the parameters of the law."""
    found = [np.log(values.value(x)) if x.args[1] else values.value(x) for x in known]
    found += list(values.law.parameters.values()) if values.law is not None else []
    return [np.asarray(value) for value in found if np.ndim(value) == 1]


class Starts:
    """Coordinates of variables as linear functions of parameters, fitted to a few economies.

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
        for x, root in roots.items():
            good = np.isfinite(root)
            for feature in features:
                good &= np.isfinite(feature)
            if not good.any():
                continue
            table = np.stack([np.ones(root.size), *features], axis=1)[good]
            middle = np.zeros(table.shape[1])
            middle[0] = np.median(root[good])
            enough = np.count_nonzero(good) >= 2 * table.shape[1]
            self._weights[x] = np.linalg.lstsq(table, root[good], rcond=1e-8)[0] if enough else middle

    def at(self, values: Values, x: Term, size: int) -> Array | None:
        """Return where to begin in other economies; None where the few told nothing."""
        weights = self._weights.get(x)
        if weights is None:
            return None
        start: Array = np.full(size, weights[0])
        for weight, feature in zip(weights[1:], _features(values, self._known), strict=True):
            start = start + weight * feature
        return np.where(np.isfinite(start), start, weights[0])
