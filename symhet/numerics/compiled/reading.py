"""What users give as numbers, as arrays of floats; what would be changed in silence is refused by name."""

from __future__ import annotations

from typing import Any

import numpy as np

from symhet.errors import DomainError, UnknownParameter
from symhet.numerics.compiled import emit
from symhet.numerics.inputs import is_real, unfit

__all__ = ["checked_type", "real_array"]

_REFUSED = {
    "c": ("complex numbers", "give its real part, .real, if that is what is meant"),
    "b": ("truth values", "give numbers"),
    "M": ("dates", "give numbers"),
    "m": ("time spans", "give numbers"),
    "S": ("texts", "give numbers"),
    "U": ("texts", "give numbers"),
}


def real_array(value: Any, dtype: np.dtype[Any], name: str, where: str) -> Any:
    """Return real numbers as an array of floats, NaN where a mask hides them.

    Parameters
    ----------
    value : array_like
        What was given.
    dtype : numpy dtype
        The type of the array.
    name, where : str
        The parameter, and whose it is, for the message.

    Raises
    ------
    DomainError
        For complex numbers, truth values, dates, time spans, texts and other objects, and for numbers that the type
        does not reach.

    Examples
    --------
    >>> real_array(np.ma.masked_equal([1.0, 2.0], 2), np.dtype(float), "tau", "kz.eq14")
    array([ 1., nan])
    """
    if type(value) is float or (type(value) is np.ndarray and value.dtype == dtype):
        return np.asarray(value, dtype)
    if isinstance(value, np.ma.MaskedArray):
        value = np.ma.filled(value.astype(dtype), np.nan)
    if what := unfit(value):
        raise _refusal(what, "give plain numbers", name, where)
    try:
        array = np.asarray(value)
    except ValueError:
        raise _refusal("rows of different lengths", "give numbers", name, where) from None
    if not (array.dtype.kind in "fiu" or (array.dtype.kind == "O" and all(map(is_real, array.flat)))):
        raise _refusal(*_REFUSED.get(array.dtype.kind, ("objects", "give numbers")), name, where)
    try:
        exact = array.astype(np.float64) if array.dtype.kind == "O" else array
        with np.errstate(over="ignore", under="ignore"):
            found = exact.astype(dtype, copy=False)
    except OverflowError:
        raise _beyond(dtype, name, where) from None
    except (TypeError, ValueError):
        raise _refusal("objects", "give numbers", name, where) from None
    if found.itemsize < exact.itemsize and np.any((np.isinf(found) > np.isinf(exact)) | ((found == 0) & (exact != 0))):
        raise _beyond(dtype, name, where)
    return found


def _beyond(dtype: np.dtype[Any], name: str, where: str) -> DomainError:
    fix = "" if dtype == np.float64 else "leave dtype out: float64 reaches further"
    return _refusal(f"numbers beyond the range of {dtype}", fix, name, where)


def _refusal(what: str, fix: str, name: str, where: str) -> DomainError:
    return DomainError(
        f"real numbers for {name}",
        relation=f"{name} is a number or an array of numbers",
        left=what,
        right="real numbers",
        where=where,
        fix=fix,
    )


def checked_type(dtype: Any, where: str) -> np.dtype[Any]:
    """Return a type in which a formula can be worked out.

    Raises
    ------
    UnknownParameter
        For one that is not offered.
    """
    try:
        found = np.dtype(dtype)
    except TypeError:
        raise UnknownParameter(str(dtype), emit.TOLERANCE, where=f"dtype of {where}") from None
    if found != np.float64 and found.name not in emit.TOLERANCE:
        raise UnknownParameter(found.name, emit.TOLERANCE, where=f"dtype of {where}")
    return found
