"""What is worked out once of the inputs that are the same at every point, and the code that is chosen by it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Generic, Protocol, TypeVar

import numpy as np

from symhet.numerics.compiled.hoisting import PLAIN_EXPONENTS, Hoisted, is_ordinary

__all__ = ["Prepare", "PutTogether"]

Prepare = Callable[[Mapping[str, Any]], tuple[tuple[Any, ...], tuple[Any, ...]]]
"""From constant inputs by name: what code needs of them, and whether the conditions on them alone hold."""


class Written(Protocol):
    """Code for a graph with constants put together."""

    @property
    def prepare(self) -> Prepare:
        """Return what works out the constants."""

    @property
    def hoisted(self) -> Hoisted | None:
        """Return the graph, None of code for the graph as it is."""


Code = TypeVar("Code", bound=Written)


class PutTogether(Generic[Code]):
    """Code for the plain exponents, as roots and squares, that constants turn out to be.

    Parameters
    ----------
    generated : Callable
        From the varying inputs, a type, whether code may be calm, and plain exponents, to code.
    """

    def __init__(self, generated: Callable[..., Code]) -> None:
        self._generated = generated
        self._exponents: dict[tuple[Any, ...], tuple[float | None, ...]] = {}

    def at(
        self, scalars: Mapping[str, Any], varying: frozenset[str], dtype: np.dtype[Any], calm: bool
    ) -> tuple[Code, tuple[Any, ...], bool] | None:
        """Return code, its constants and whether the conditions on these hold; None if one is not of ordinary size."""
        case = varying, dtype, calm
        exponents = self._exponents.get(case, ())
        while True:
            code = self._generated(*case, exponents)
            hoisted = code.hoisted
            assert hoisted is not None
            with np.errstate(all="ignore"):
                constants, fixed = code.prepare(scalars)
            told = [float(value) for value in constants[len(constants) - len(hoisted.told) :]]
            factors, shifts = told[: len(hoisted.factors)], told[len(hoisted.factors) :][: len(hoisted.shifts)]
            found = told[len(hoisted.factors) + len(hoisted.shifts) :]
            plain = tuple(value if value in PLAIN_EXPONENTS else None for value in found)
            if plain == exponents or not any((*plain, *exponents)):
                self._exponents[case] = exponents
                return (code, constants, all(fixed)) if is_ordinary(factors, shifts) else None
            exponents = plain if exponents == () else ()
