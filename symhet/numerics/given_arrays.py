"""Arrays that users give for results: of the right shape and type, and not those of an input or of another result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from symhet.errors import OutputError, UnknownParameter

__all__ = ["check_form", "check_known", "check_shared", "check_writable", "named_arrays"]


def named_arrays(given: Any, where: str) -> Mapping[str, Any]:
    """Return arrays for results by name, none for None.

    Raises
    ------
    OutputError
        For what has no names, as an array alone, a list, or a stream.

    Examples
    --------
    >>> named_arrays(None, "out of kz")
    {}
    """
    if given is None:
        return {}
    if isinstance(given, Mapping):
        return given
    kind = "an array" if isinstance(given, np.ndarray) else f"of type {type(given).__name__}"
    fix = "give arrays by name, as {'phi_ex': numpy.empty(shape)}"
    raise OutputError("out", f"it is {kind}; results are written into arrays", where=where, fix=fix)


def check_known(given: Iterable[str], outputs: Sequence[str], where: str) -> None:
    """Refuse names of results that there are not.

    Raises
    ------
    UnknownParameter
        With what is near.
    """
    for name in given:
        if name not in outputs:
            raise UnknownParameter(name, outputs, where=where, noun="result")


def check_form(given: Mapping[str, Any], shape: tuple[int, ...], dtype: np.dtype[Any], where: str) -> None:
    """Refuse arrays that are not of a shape and type, with their numbers one after the other.

    Raises
    ------
    OutputError
        Says what would fit.

    Examples
    --------
    >>> check_form({"M": np.empty(2)}, (3,), np.dtype(float), "kz.T1")
    Traceback (most recent call last):
    symhet.errors.OutputError: [SH601] cannot write to "out['M']"; nothing was written
      where: kz.T1
      why: it has shape (2,) and type float64; the result, (3,) and float64 in C order
      fix: give numpy.empty((3,), dtype='float64')
    """
    check_writable(given, f"numpy.empty({shape}, dtype={str(dtype)!r})", where)
    for name, array in given.items():
        if array.shape != shape or array.dtype != dtype or not array.flags.carray:
            raise OutputError(
                f"out[{name!r}]",
                f"it has shape {array.shape} and type {array.dtype}; the result, {shape} and {dtype} in C order",
                where=where,
                fix=f"give numpy.empty({shape}, dtype={str(dtype)!r})",
            )


def check_writable(given: Mapping[str, Any], fitting: str, where: str) -> None:
    """Refuse what is no array of floats that can be written to.

    Raises
    ------
    OutputError
        Names it and what would do.
    """
    for name, array in given.items():
        if not isinstance(array, np.ndarray):
            why = f"it is no array but a {type(array).__name__}"
        elif array.dtype.kind != "f":
            why = f"it has type {array.dtype}, which does not hold the numbers"
        elif not array.flags.writeable:
            why = "it is read-only"
        else:
            continue
        raise OutputError(f"out[{name!r}]", why, where=where, fix=f"give {fitting}")


def check_shared(given: Mapping[str, Any], inputs: Mapping[str, Any], where: str) -> None:
    """Refuse arrays that overlap an input or each other: results are written while inputs are still read.

    Raises
    ------
    OutputError
        Names the array and what it overlaps.
    """
    seen = {f"the input {name!r}": array for name, array in inputs.items()}
    for name, array in given.items():
        shared = next((other for other, found in seen.items() if np.shares_memory(array, found)), None)
        if shared is not None:
            why = f"it shares its memory with {shared}"
            raise OutputError(f"out[{name!r}]", why, where=where, fix="give an array of its own")
        seen[f"out[{name!r}]"] = array
