"""What comes back from the solver: an equilibrium, or an array of them, with what is known of how good it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from symhet.errors import UnknownParameter
from symhet.model.model import Model
from symhet.numerics.equilibrium.problem import Problem
from symhet.numerics.results import as_html, as_table, axes_of, by_value
from symhet.numerics.tails import Array, Distribution

__all__ = ["Equilibrium"]


@dataclass(frozen=True)
class Equilibrium:
    """Variables and definitions of a model at its solution; an attribute and an item each.

    Attributes
    ----------
    problem : Problem
        What was solved.
    values : Mapping[str, ndarray]
        Variables, then definitions; not a number where there is no solution, or no value.
    parameters : Mapping[str, ndarray]
        What was given.
    distribution : Distribution or None
        Productivity.
    status_number : ndarray of int
        Position of the status in `statuses`.
    statuses : tuple of str
        Reasons why there is no solution, after nothing.
    residuals : Mapping[str, ndarray]
        By how much each condition fails, relative to the size of its parts.
    roots : ndarray of int
        How many solutions were found that meet every condition and assumption.
    corners : Mapping[str, ndarray of bool]
        Where a cutoff lies outside the support of productivity.
    notes : tuple of str
        What a reader should know: a distribution that was chosen, assumptions that numbers cannot settle.

    Examples
    --------
    >>> from symhet.numerics.equilibrium import solve_model
    >>> model = Model("Demo")
    >>> a, x = model.parameter("a"), model.variable("x")
    >>> model.condition("root", "x + ln(x) = a")
    >>> found = solve_model(model, a=[1.0, 2.0])
    >>> [round(value, 6) for value in found.x.tolist()]
    [1.0, 1.557146]
    """

    problem: Problem
    values: Mapping[str, Array]
    parameters: Mapping[str, Array]
    distribution: Distribution | None
    status_number: NDArray[np.int16]
    statuses: tuple[str, ...]
    residuals: Mapping[str, Array]
    roots: NDArray[np.int16]
    corners: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def model(self) -> Model:
        """The model."""
        return self.problem.model

    @property
    def status(self) -> Any:
        """Why there is no solution, or nothing; a text, or an array of texts."""
        return np.take(self.statuses, self.status_number)

    @property
    def solved(self) -> NDArray[np.bool_]:
        """Where there is a solution."""
        return np.asarray(self.status_number == 0)

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the array of economies."""
        return self.status_number.shape

    def __getitem__(self, name: str) -> Array:
        """Return a variable or definition."""
        if name not in self.values:
            raise UnknownParameter(name, self.values, where=self.problem.where)
        return self.values[name]

    def __getattr__(self, name: str) -> Array:
        """Return a variable or definition whose name is no other attribute."""
        values = self.__dict__.get("values", {})
        if name in values:
            found: Array = values[name]
            return found
        raise AttributeError(f"the equilibrium has no {name!r}: {', '.join(values)}")

    def __reduce__(self) -> tuple[Any, ...]:
        return by_value(self)

    def _repr_html_(self) -> str:
        """Show parameters and results as a table in a notebook."""
        reasons = {} if self.solved.all() else {"status": self.status}
        named = {**self.parameters, **self.values, **reasons}
        notes = {name: self.told(name) for name in named}
        return as_html(
            self.model.title,
            {name: (named[name], notes[name].get("unit", ""), notes[name].get("meaning", "")) for name in named},
        )

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names of variables and definitions."""
        return iter(self.values)

    def __dir__(self) -> list[str]:
        """List attributes, variables and definitions."""
        return sorted({*super().__dir__(), *self.values})

    def __repr__(self) -> str:
        size = f"{int(np.count_nonzero(self.solved))} of {self.status_number.size} solved"
        return f"<equilibrium of {self.model.title}: {', '.join(self.values)}; {size}>"

    def as_dict(self) -> dict[str, Any]:
        """Return the values by name; Python numbers for a single economy, arrays else."""
        return {name: value.item() if value.ndim == 0 else value for name, value in self.values.items()}

    def told(self, name: str) -> dict[str, str]:
        """Return the LaTeX, the meaning and the unit of a quantity, as far as the model has them."""
        described = self.model.quantities.get(name) or self.model.definitions.get(name)
        return {field: text for field in ("latex", "meaning", "unit") if (text := getattr(described, field, ""))}

    def _dims(self) -> tuple[str, ...]:
        rank = len(self.shape)
        places = ("economy",) if rank == 1 else tuple(f"dim_{place}" for place in range(rank))
        return axes_of(self.parameters, places)

    def to_pandas(self) -> Any:
        """Return the equilibrium as a pandas table with one row an economy, parameters first.

        Raises
        ------
        MissingExtra
            Without pandas.
        """
        return as_table({**self.parameters, **self.values, "status": self.status}, self.shape)

    def to_xarray(self, dims: tuple[str, ...] = ()) -> Any:
        """Return the equilibrium as an `xarray.Dataset`.

        Parameters
        ----------
        dims : tuple of str, optional
            Names of the dimensions; unless given each has that of the one parameter that varies along it, and where
            several do ``economy``, or ``dim_0`` and so on.

        Raises
        ------
        MissingExtra
            Without xarray.
        """
        from symhet.errors import MissingExtra

        try:
            import xarray
        except ImportError as error:
            raise MissingExtra("to_xarray", "numerics", "xarray") from error
        names = dims or self._dims()
        data: dict[str, Any] = {}
        for name, value in {**self.parameters, **self.values}.items():
            # The parameter that gives a dimension its name is its coordinate.
            own = name in names
            data[name] = (
                name if own else names,
                value.ravel() if own else np.broadcast_to(value, self.shape),
                self.told(name),
            )
        data["status"] = (names, np.asarray(self.status), {})
        data["roots"] = (names, self.roots, {"meaning": "solutions that meet every condition and assumption"})
        return xarray.Dataset(data, attrs={"title": self.model.title})
