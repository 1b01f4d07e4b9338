"""Arrays with labelled axes: xarray's go in, and come out with the same dimensions and coordinates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from symhet.errors import DomainError
from symhet.numerics.faults import UnclearSetting

__all__ = ["Labelled", "Labels", "unlabelled"]

MOST_ROWS = 4
"""Labels of rows that a message shows."""


class Labels:
    """The dimensions and coordinates that the labelled arrays of one call have in common.

    Parameters
    ----------
    template : xarray.DataArray
        One with all of them.
    """

    def __init__(self, template: Any) -> None:
        self._template = template
        self.shape: tuple[int, ...] = template.shape

    @property
    def axes(self) -> frozenset[str]:
        """Names of the axes that have values."""
        return frozenset(map(str, self._template.dims)) & frozenset(map(str, self._template.coords))

    def put_on(self, value: Any, name: str, attributes: Mapping[str, str] | None = None) -> Any:
        """Return an array as a DataArray, if it has the common shape or broadcasts to it."""
        if not isinstance(value, np.ndarray | np.generic) or np.ndim(value) > len(self.shape):
            return value
        data = np.broadcast_to(value, self.shape)
        return self._template.copy(data=data).rename(name).assign_attrs(attributes or {})


def unlabelled(values: Mapping[str, Any], where: str) -> tuple[dict[str, Any], Labels | None]:
    """Return the values as plain arrays that broadcast, and the labels to put on what is made of them.

    Raises
    ------
    DomainError
        When a plain array stands beside labelled ones, or tables have different rows: they would be matched by
        position. For a set of arrays where one is meant.

    Examples
    --------
    >>> import xarray as xr
    >>> tau = xr.DataArray([1.1, 1.2], dims="tau")
    >>> plain, labels = unlabelled({"tau": tau, "n": 1.0}, "kz")
    >>> plain["tau"].shape, labels.put_on(np.zeros(2), "w").dims
    ((2,), ('tau',))
    """
    _check_tables(values, where)
    labelled = {name: value for name, value in values.items() if _is_labelled(value)}
    if not labelled:
        return dict(values), None
    for name, value in values.items():
        if name not in labelled and _has_axes(value):
            raise DomainError(
                "labelled axes",
                relation=f"{name} is a number, or has labelled axes as {', '.join(labelled)}",
                left=name,
                right="an array without labels",
                where=where,
                fix=f"give {name} as a DataArray, or all as plain arrays",
            )
    from xarray import broadcast

    spread = dict(zip(labelled, broadcast(*labelled.values()), strict=True))
    template = next(iter(spread.values()))
    return {**values, **{name: value.values for name, value in spread.items()}}, Labels(template.drop_attrs())


def _check_tables(values: Mapping[str, Any], where: str) -> None:
    """Refuse columns of pandas whose rows differ, as of two tables or one sorted anew, and sets of labelled arrays.

    Examples
    --------
    >>> import pandas as pd
    >>> tau = pd.Series([1.1, 1.2])
    >>> _check_tables({"tau": tau, "f_I": tau[::-1]}, "kz")
    Traceback (most recent call last):
    symhet.errors.DomainError: [SH201] assumption 'columns of one table' does not hold: tau and f_I have the same rows
      where: kz
      why: the left side is 0, 1, the right side is 1, 0
      fix: align them, as by tau.align(f_I), or give f_I.to_numpy(), which is matched by position
    """
    tables: dict[str, Any] = {}
    for name, value in values.items():
        if _is_of("xarray", value) and not hasattr(value, "ndim"):
            raise DomainError(
                "one array", relation=f"{name} is a number or an array", left=type(value).__name__,
                right="an array", where=where, fix=f"give one of its arrays for {name}",
            )  # fmt: skip
        if _is_of("pandas", value) and hasattr(value, "axes"):
            tables[name] = value
    first = next(iter(tables), "")
    for name, value in tables.items():
        one, other = tables[first].axes, value.axes
        differ = next((pair for pair in zip(one, other, strict=False) if not pair[0].equals(pair[1])), None)
        if differ is not None or len(one) != len(other):
            left, right = (_rows(axis) for axis in differ or (one[0], other[0]))
            raise DomainError(
                "columns of one table", relation=f"{first} and {name} have the same rows", left=left, right=right,
                where=where,
                fix=f"align them, as by {first}.align({name}), or give {name}.to_numpy(), which is matched by position",
            )  # fmt: skip


def _rows(index: Any) -> str:
    shown = ", ".join(map(str, index[:MOST_ROWS]))
    return f"{shown}, ..." if len(index) > MOST_ROWS else shown


def _is_of(package: str, value: Any) -> bool:
    return type(value).__module__.partition(".")[0] == package


def _has_axes(value: Any) -> bool:
    """Tell whether a value is more than one number, be it rows of different lengths."""
    try:
        return np.ndim(value) > 0
    except ValueError:
        return True


def _is_labelled(value: Any) -> bool:
    return _is_of("xarray", value) and hasattr(value, "dims") and bool(value.ndim)


class Labelled:
    """A result whose arrays have labelled axes; everything else is as the plain result has it.

    Parameters
    ----------
    plain : Any
        The result, with arrays by position.
    labels : Labels
        What to put on them.
    attributes : Callable
        What to say of an array, by its name.
    """

    def __init__(self, plain: Any, labels: Labels, attributes: Callable[[str], Mapping[str, str]]) -> None:
        self.plain = plain
        self._labels = labels
        self._attributes = attributes

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        value = getattr(self.plain, name)
        return self._labels.put_on(value, name, self._attributes(name))

    def __getitem__(self, name: str) -> Any:
        return self._labels.put_on(self.plain[name], name, self._attributes(name))

    def __dir__(self) -> list[str]:
        return sorted({"plain", *(name for name in dir(self.plain) if not name.startswith("_"))})

    def __repr__(self) -> str:
        return repr(self.plain)

    def to_xarray(self) -> Any:
        """Return all results as an `xarray.Dataset`.

        Raises
        ------
        UnclearSetting
            Where an axis with values has the name of a result.
        """
        from xarray import Dataset

        for axis in self._labels.axes & set(self.plain):
            fix = f"call the axis something else: array.rename({axis}='number')"
            raise UnclearSetting(axis, "an axis has the name of a result, and values of its own", fix=fix)
        return Dataset({name: self[name] for name in self.plain}, attrs=self.plain.to_xarray().attrs)

    def to_pandas(self) -> Any:
        """Return all results as a table, one row an economy."""
        return self.to_xarray().to_dataframe()
