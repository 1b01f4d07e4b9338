"""What a parameter may be given as: real numbers, taken to all their digits, or refused by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from numbers import Integral, Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from symhet.errors import DomainError
from symhet.numerics.faults import UnclearSetting

__all__ = ["common_shape", "is_real", "listed", "named", "number", "numbers", "unfit", "whole"]

_KINDS = {
    "c": "complex numbers",
    "M": "dates",
    "m": "spans of time",
    "U": "text",
    "S": "bytes",
    "b": "truth values",
    "V": "records",
}
"""Kinds of arrays that numpy would turn into numbers, or fail on, without a word about the parameter."""


def named(name: Any) -> Any:
    """Return the name of a symbol; anything else as it is.

    Examples
    --------
    >>> from symhet.model.model import Model
    >>> named(Model("Demo").parameter("a")), named("b")
    ('a', 'b')
    """
    return name.name if getattr(name, "is_Symbol", False) else name


def listed(names: Any) -> tuple[str, ...]:
    """Return names however they are given: a text, with commas between several, a list, symbols, or None for none.

    Examples
    --------
    >>> listed("phi_ex, welfare"), listed(["phi_ex"]), listed(None)
    (('phi_ex', 'welfare'), ('phi_ex',), ())

    Raises
    ------
    UnclearSetting
        For what is neither.
    """
    if names is None:
        return ()
    found = names.split(",") if isinstance(names, str) else list(names) if isinstance(names, Iterable) else [names]
    found = list(map(named, found))
    if not all(isinstance(name, str) for name in found):
        fix = 'write for example "welfare", or ["phi_ex", "welfare"]'
        raise UnclearSetting(str(names), "it is no name and no list of names", fix=fix)
    return tuple(name.strip() for name in found if name.strip())


def numbers(value: ArrayLike, name: str, *, where: str = "") -> NDArray[np.float64]:
    """Return a parameter as an array of floating-point numbers.

    Parameters
    ----------
    value : array_like
        Real numbers: floating-point, whole, or exact ones such as fractions.
    name : str
        Name of the parameter.
    where : str, optional
        The model.

    Returns
    -------
    ndarray
        In double precision, a copy.

    Raises
    ------
    DomainError
        For complex numbers, dates, text, truth values, masked entries, units, labelled axes, and whole numbers
        beyond the range of floating-point numbers.

    Examples
    --------
    >>> numbers([1, 2], "f_I")
    array([1., 2.])
    >>> numbers(1 + 2j, "tau")
    Traceback (most recent call last):
    symhet.errors.DomainError: [SH201] assumption 'real numbers' does not hold: tau is an array of real numbers
      why: the left side is 1+2j, the right side is complex numbers
      fix: give tau as plain real numbers
    """
    if what := unfit(value):
        raise _refusal(value, name, what, where)
    try:
        array = np.asarray(value)
    except ValueError:
        raise _refusal(value, name, "rows of different lengths", where) from None
    if array.dtype.kind in _KINDS:
        raise _refusal(value, name, _KINDS[array.dtype.kind], where)
    if array.dtype.kind == "O":
        return _from_objects(array, value, name, where)
    return _own(array)


def _own(array: NDArray[Any]) -> NDArray[np.float64]:
    """Return a copy, for a result keeps its parameters whatever becomes of an array that was given for them.

    Of an array that repeats itself along an axis only what is repeated is copied.
    """
    once = tuple(slice(0, 1) if stride == 0 else slice(None) for stride in array.strides)
    held = array[once].astype(float)
    return held if held.shape == array.shape else np.broadcast_to(held, array.shape)


def number(value: ArrayLike, name: str, *, where: str = "", fix: str = "") -> float:
    """Return one real number.

    Raises
    ------
    DomainError
        For several of them, and for what is none.

    Examples
    --------
    >>> number(2, "tau")
    2.0
    """
    found = numbers(value, name, where=where)
    if found.ndim:
        raise DomainError(
            "one number",
            relation=f"{name} is one number",
            left=f"an array of shape {found.shape}",
            right="one number",
            where=where,
            fix=fix or f"give one number for {name}",
        )
    return float(found)


def whole(value: Any, name: str, least: int, *, where: str = "") -> int:
    """Return a whole number that is not too small.

    Raises
    ------
    DomainError
        For another.

    Examples
    --------
    >>> whole(np.int8(3), "threads", 1)
    3
    """
    if isinstance(value, bool) or not isinstance(value, Integral) or value < least:
        relation = f"{name} is a whole number >= {least}"
        raise DomainError(name, relation=relation, left=value, right=least, where=where)
    return int(value)


def common_shape(shapes: Mapping[str, tuple[int, ...]], where: str = "") -> tuple[int, ...]:
    """Return the shape that arrays broadcast to.

    Parameters
    ----------
    shapes : Mapping[str, tuple of int]
        Of each array, by what it is called.
    where : str, optional
        The model.

    Raises
    ------
    DomainError
        Names the first array that does not go together with those before it.

    Examples
    --------
    >>> common_shape({"tau": (3,), "f_I": (2, 1)})
    (2, 3)
    """
    distinct = {shape for shape in shapes.values() if shape}
    if len(distinct) <= 1:
        return distinct.pop() if distinct else ()
    try:
        return np.broadcast_shapes(*distinct)
    except ValueError:
        pass
    shape: tuple[int, ...] = ()
    before = ""
    for name, own in shapes.items():
        try:
            wider = np.broadcast_shapes(shape, own)
        except ValueError:
            raise DomainError(
                "arrays that broadcast",
                relation=f"the shapes of {before} and {name} go together",
                left=shape,
                right=own,
                where=where,
                fix="give arrays of one shape, or put them on axes of their own: x[:, None] and y[None, :]",
            ) from None
        before = name if wider != shape else before
        shape = wider
    return shape


def unfit(value: Any) -> str:
    """Return what makes an array-like more than its numbers, if anything does.

    Examples
    --------
    >>> unfit(np.ma.masked_equal([1.0, 2.0], 2)), unfit([1.0, 2.0])
    ('masked entries', '')
    """
    if isinstance(value, np.ma.MaskedArray) and np.ma.is_masked(value):
        return "masked entries"
    if hasattr(value, "dims") and getattr(value, "ndim", False):
        return "labelled axes, which would be matched by position: give its .values"
    if hasattr(value, "magnitude") or hasattr(value, "unit"):
        return "numbers with a unit"
    return ""


def is_real(item: Any) -> bool:
    """Tell whether an object is a real number: a fraction, a decimal, a whole number of any length.

    Examples
    --------
    >>> is_real(2**70), is_real(True), is_real(1j)
    (True, False, False)
    """
    fit = isinstance(item, Real) or (hasattr(item, "__float__") and not hasattr(item, "__array__"))
    return fit and not isinstance(item, bool)


def _from_objects(array: NDArray[Any], value: Any, name: str, where: str) -> NDArray[np.float64]:
    for item in array.ravel():
        if not is_real(item):
            raise _refusal(value, name, type(item).__name__, where)
    try:
        return array.astype(float)
    except (TypeError, ValueError, OverflowError) as error:
        raise _refusal(value, name, str(error), where) from None


def _refusal(value: Any, name: str, found: str, where: str) -> DomainError:
    text = str(value)
    return DomainError(
        "real numbers",
        relation=f"{name} is an array of real numbers",
        left=(text if len(text) <= 60 else f"{text[:57]}...").strip("()"),
        right=found,
        where=where,
        fix=f"give {name} as plain real numbers",
    )
