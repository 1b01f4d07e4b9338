"""What solved models have in common: results and inputs by name, tables, and how they show themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

import numpy as np

from symhet.errors import MissingExtra, UnknownParameter

if TYPE_CHECKING:
    from symhet.numerics.models import SolvableModel

__all__ = ["Result", "Solved", "as_html", "as_table", "axes_of", "by_value"]

DIGITS = 6


class Solved(Protocol):
    """What a type checker knows of a solved model, a paper's or one's own: each result is a number or an array."""

    @property
    def parameters(self) -> Mapping[str, Any]:
        """What was solved at."""
        ...

    def __getitem__(self, name: str, /) -> Any: ...
    def __getattr__(self, name: str, /) -> Any: ...


class Result:
    """An equilibrium, or an array of them: attributes, items, an xarray dataset or a pandas table."""

    __slots__ = ()

    model_key: ClassVar[str]
    """Key of the paper whose model was solved."""
    parameters: Mapping[str, Any]

    @property
    def _model(self) -> SolvableModel:
        from symhet.numerics.models import find_model

        return find_model(self.model_key)

    @property
    def inputs(self) -> Mapping[str, Any]:
        """The parameters that were solved at, by name, those with their defaults too."""
        return self.parameters

    def __reduce__(self) -> tuple[Any, ...]:
        return by_value(self)

    def keys(self) -> tuple[str, ...]:
        """Return the names of the results."""
        return (*self._model.outputs, *self._model.labels)

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys())

    def __contains__(self, name: object) -> bool:
        return name in self.keys() or name in self.parameters

    def __getitem__(self, name: str) -> Any:
        if name in (*self.keys(), "status"):
            return getattr(self, name)
        if name in self.parameters:
            return self.parameters[name]
        raise UnknownParameter(name, (*self.keys(), *self.parameters), where=self.model_key)

    def _shape(self) -> tuple[int, ...]:
        return np.broadcast_shapes(*(np.shape(self[name]) for name in self.keys()))

    def _axes(self, shape: tuple[int, ...]) -> list[str]:
        return list(axes_of(self.parameters, [f"axis_{axis}" for axis in range(len(shape))]))

    def to_xarray(self) -> Any:
        """Return all results as an `xarray.Dataset`, with meanings and units, parameters as coordinates.

        Raises
        ------
        MissingExtra
            Without xarray.

        Examples
        --------
        >>> from symhet.numerics.models import solve
        >>> solve("kz", tau_I=[1.1, 1.2]).to_xarray()["welfare"].dims
        ('tau_I',)
        """
        try:
            import xarray
        except ImportError as error:
            raise MissingExtra("to_xarray", "numerics", "xarray") from error
        from symhet import __version__

        shape = self._shape()
        dims = self._axes(shape)
        data = {}
        for name in (*self.keys(), "status"):
            data[name] = (dims, np.broadcast_to(np.asarray(self[name]), shape), self._model.told(name))
        coordinates: dict[str, Any] = {}
        for name, value in self.parameters.items():
            array = np.asarray(value)
            varying = array.size != 1
            along = [dim for dim, size in zip(dims[len(dims) - array.ndim :], array.shape, strict=True) if size != 1]
            coordinates[name] = (along, np.squeeze(array)) if varying else float(array.reshape(-1)[0])
        return xarray.Dataset(data, coordinates, {"model": self._model.title, "symhet": __version__})

    def to_pandas(self) -> Any:
        """Return all results as a pandas table with one row an economy, parameters first.

        Raises
        ------
        MissingExtra
            Without pandas.

        Examples
        --------
        >>> import symhet
        >>> symhet.solve("bo", phi=[0.2, 0.4]).to_pandas()[["phi", "s_n"]].shape
        (2, 2)
        """
        return as_table({name: self[name] for name in (*self.parameters, *self.keys(), "status")}, self._shape())

    def _repr_html_(self) -> str:
        known = self._model.quantities
        named = {name: (self[name], *_about(known.get(name))) for name in self.keys()}
        return as_html(self._model.title, named)


def by_value(record: Any) -> tuple[Any, ...]:
    """Return how a record of results is copied and pickled: read-only views of dictionaries do not travel.

    Examples
    --------
    >>> import pickle
    >>> from symhet.numerics.models import solve
    >>> pickle.loads(pickle.dumps(solve("kz"))).parameters["sigma"].item()
    4.0
    """
    held = {field.name: getattr(record, field.name) for field in fields(record)}
    views = {name: dict(value) for name, value in held.items() if isinstance(value, MappingProxyType)}
    return _restored, (type(record), {name: value for name, value in held.items() if name not in views}, views)


def _restored(kind: type[Any], held: dict[str, Any], views: dict[str, dict[str, Any]]) -> Any:
    return kind(**held, **{name: MappingProxyType(value) for name, value in views.items()})


def axes_of(parameters: Mapping[str, Any], places: Sequence[str]) -> tuple[str, ...]:
    """Return a name for each axis: of the one parameter that varies along it, and along no other, or of its place.

    Examples
    --------
    >>> axes_of({"a": [1, 2], "b": [[1], [2], [3]], "c": 0.5}, ["x", "y"])
    ('b', 'a')
    """
    arrays = {name: np.asarray(value) for name, value in parameters.items()}
    own = [[name for name, array in arrays.items() if _varies(array, axis, len(places))] for axis in range(len(places))]
    return tuple(names[0] if len(names) == 1 else place for names, place in zip(own, places, strict=True))


def _varies(array: Any, axis: int, rank: int) -> bool:
    """Tell whether an array varies along one axis of the common shape and along no other."""
    sizes = (1,) * (rank - array.ndim) + array.shape
    return sizes[axis] > 1 and all(size == 1 for place, size in enumerate(sizes) if place != axis)


def _told(value: Any) -> str:
    array = np.asarray(value)
    if not array.ndim:
        return f"{array.item():.{DIGITS}g}" if array.dtype.kind == "f" else str(array.item())
    if array.dtype.kind != "f":
        return ", ".join(map(str, dict.fromkeys(array.reshape(-1).tolist())))
    known = array[np.isfinite(array)]
    if not known.size:
        return "undefined"
    low, high = f"{known.min():.{DIGITS}g}", f"{known.max():.{DIGITS}g}"
    return f"{low} … {high} ({array.size} values)" if array.size > 1 else low


def as_html(title: str, named: Mapping[str, tuple[Any, str, str]]) -> str:
    """Return a table for a notebook, of values, their units and their meanings by name.

    Examples
    --------
    >>> "<td>0.5 … 2 (2 values)</td>" in as_html("A demo", {"x": ([0.5, 2.0], "", "a cutoff")})
    True
    """
    rows = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(_told(value))}</td><td>{escape(unit if unit != '1' else '')}</td>"
        f"<td>{escape(meaning)}</td></tr>"
        for name, (value, unit, meaning) in named.items()
    )
    head = "".join(f"<th>{word}</th>" for word in ("result", "value", "unit", "meaning"))
    return f"<table><caption>{escape(title)}</caption><tr>{head}</tr>{rows}</table>"


def _about(quantity: Any) -> tuple[str, str]:
    return (quantity.unit, quantity.meaning) if quantity else ("", "")


def as_table(named: Mapping[str, Any], shape: tuple[int, ...]) -> Any:
    """Return what broadcasts to a shape as a pandas table with one row an element.

    Raises
    ------
    MissingExtra
        Without pandas.

    Examples
    --------
    >>> as_table({"a": [1.0, 2.0], "b": 0.0}, (2,)).shape
    (2, 2)
    """
    try:
        import pandas
    except ImportError as error:
        raise MissingExtra("to_pandas", "numerics", "pandas") from error
    return pandas.DataFrame({name: np.broadcast_to(np.asarray(v), shape).reshape(-1) for name, v in named.items()})
