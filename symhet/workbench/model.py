"""`symhet.Model`: what a theorist writes down, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from symhet.model import model as written

if TYPE_CHECKING:
    from symhet.numerics.compiled.functions import NumericFunction
    from symhet.numerics.equilibrium.result import Equilibrium
    from symhet.numerics.equilibrium.statics import Slope

__all__ = ["Model", "read_model"]


class Model(written.Model):
    """Primitives, assumptions and conditions of one economy, and claims about it; everything that follows from them.

    Parameters
    ----------
    title : str
        What the model is called.
    key : str, optional
        A short name for identifiers.
    source : str, optional
        Where it comes from.
    loose : bool, optional
        Whether the number of conditions may differ from that of the variables.

    Examples
    --------
    >>> tax = Model("A tax on a good")
    >>> a, t, p = tax.parameter("a", default=6), tax.parameter("t", default=1), tax.variable("p")
    >>> tax.condition("clearing", "a/(p + t) = p")
    >>> price = tax.solve()
    >>> round(price.p.item(), 9)
    2.0
    >>> [slope] = tax.statics(of=["p"], to=["t"])
    >>> round(slope.derivative.item(), 9)
    -0.4
    """

    def __repr__(self) -> str:
        unknown = sum(quantity.endogenous for quantity in self.quantities.values())
        sizes = f"{len(self.quantities) - unknown} parameters, {unknown} variables, {len(self.claims)} claims"
        return f"<model {self.title}: {sizes}>"

    def solve(self, **options: Any) -> Equilibrium:
        """Solve the model for arrays of parameters, as `symhet.numerics.equilibrium.solve_model` does."""
        from symhet.numerics.equilibrium.solver import solve_model

        return solve_model(self, **options)

    def sweep(self, over: Mapping[str, Any], outputs: Sequence[str] = (), **options: Any) -> Any:
        """Solve the model at many points, chunk by chunk: `symhet.sweep`, whose options it takes."""
        from symhet.workbench.opening import sweep

        return sweep(self, over, outputs, **options)

    def statics(self, of: Sequence[str] = (), to: Sequence[str] = (), **options: Any) -> list[Slope]:
        """Return exact derivatives of variables and definitions at the solution: `symhet.statics`."""
        from symhet.numerics.equilibrium.statics import statics_of

        return statics_of(self, of=of, to=to, **options)

    def numeric(self, claim: str, *arguments: Any, **options: Any) -> NumericFunction:
        """Return the numeric function of a claim that is a formula: `symhet.numeric`, whose options it takes."""
        from symhet.workbench.opening import key_of, numeric

        return numeric(f"{key_of(self)}.{claim}", *arguments, **options)

    kernel = numeric

    def plot(self, over: str, values: Sequence[float] = (), of: str | Sequence[str] = (), **options: Any) -> Any:
        """Return a picture of how variables and definitions move with a parameter, as a matplotlib figure."""
        from symhet.numerics.models import find_model
        from symhet.render.plots.responses import response
        from symhet.workbench.opening import key_of, with_forms

        opened = with_forms(self, options.pop("functions", None))
        return response(find_model(key_of(opened)), over, values, of, **options)

    def economies(self, **options: Any) -> Any:
        """Return a Hypothesis strategy for admissible parameters: `symhet.numerics.equilibrium.draws.economies_of`."""
        from symhet.numerics.equilibrium.draws import economies_of

        return economies_of(self, **options)


def read_model(path: str | Path) -> Model:
    """Read a model from a file.

    Parameters
    ----------
    path : str or Path
        A model file, of at most a megabyte.

    Returns
    -------
    Model
        What it says; nothing in it is evaluated as code.

    Raises
    ------
    SymhetError
        One class a failure, with line, column, caret and what to write instead.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     place = Path(folder) / "demo.toml"
    ...     _ = place.write_text('title = "Demo"')
    ...     read_model(place).title
    'Demo'
    """
    found = written.read_model(path, Model)
    assert isinstance(found, Model)
    return found
