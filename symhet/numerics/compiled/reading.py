"""What users give as numbers, as arrays of floats; what would be changed in silence is refused by name."""

from __future__ import annotations

from numbers import Real
from typing import Any

import numpy as np

from symhet.errors import DomainError, UnknownParameter
from symhet.numerics.compiled import emit

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
        For complex numbers, truth values, dates, time spans, texts and other objects.

    Examples
    --------
    >>> real_array(np.ma.masked_equal([1.0, 2.0], 2), np.dtype(float), "tau", "kz.eq14")
    array([ 1., nan])
    """
    if isinstance(value, np.ma.MaskedArray):
        value = np.ma.filled(value.astype(dtype), np.nan)
    array = np.asarray(value)
    what, fix = _REFUSED.get(array.dtype.kind, ("objects", "give numbers"))
    numbers = array.dtype.kind in "fiu" or (array.dtype.kind == "O" and all(isinstance(v, Real) for v in array.flat))
    if not numbers:
        raise DomainError(
            f"real numbers for {name}",
            relation=f"{name} is a number or an array of numbers",
            left=what,
            right="real numbers",
            where=where,
            fix=fix,
        )
    try:
        return array.astype(dtype, copy=False)
    except OverflowError:
        raise DomainError(
            f"real numbers for {name}",
            relation=f"{name} is a number or an array of numbers",
            left="whole numbers beyond the range of floating-point numbers",
            right="real numbers",
            where=where,
        ) from None


def checked_type(dtype: Any, where: str) -> np.dtype[Any]:
    """Return a type in which a formula can be worked out.

    Raises
    ------
    UnknownParameter
        For one that is not offered.
    """
    found = np.dtype(dtype)
    if found.name not in emit.TOLERANCE:
        raise UnknownParameter(found.name, emit.TOLERANCE, where=f"dtype of {where}")
    return found
