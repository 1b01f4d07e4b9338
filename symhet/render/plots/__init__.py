"""Pictures of the models, drawn from computed equilibria: `draw` by name, `names` for what there is."""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from symhet.errors import OutputError, UnknownParameter
from symhet.render.plots import style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["FORMATS", "draw", "names", "require_format", "save", "write"]

FORMATS = ("svg", "pdf", "png")

_DRAWN = MappingProxyType(
    {
        "kz-partition": "kleinert_zorell:partition",
        "kz-profits": "kleinert_zorell:profits",
        "kz-equilibrium": "kleinert_zorell:equilibrium",
        "kz-liberalisation": "kleinert_zorell:liberalisation",
        "kz-region": "kleinert_zorell:region",
        "kz-aggregate-exports": "kleinert_zorell:aggregate_exports",
        "bo-figure2": "baldwin_okubo:weights",
        "bo-figure3": "baldwin_okubo:gains",
        "bo-figure4": "baldwin_okubo:geography",
        "bo-figure5": "baldwin_okubo:relocation_weights",
        "bo-cutoffs": "baldwin_okubo:cutoffs",
        "bo-sustain": "baldwin_okubo:sustain",
        "bo-productivity": "baldwin_okubo:productivity",
    }
)


def names() -> tuple[str, ...]:
    """Return the names of the pictures."""
    return tuple(_DRAWN)


def draw(name: str) -> Figure:
    """Return the picture of that name.

    Parameters
    ----------
    name : str
        One of `names`.

    Returns
    -------
    matplotlib.figure.Figure
        The picture; notebooks show it, ``figure.savefig`` writes it.

    Raises
    ------
    UnknownParameter
        Naming the nearest pictures.
    MissingExtra
        When matplotlib is not installed.

    Examples
    --------
    >>> draw("kz-region").axes[0].get_xlabel() != ""
    True
    """
    if name not in _DRAWN:
        raise UnknownParameter(name, names(), where="plots")
    module, _, function = _DRAWN[name].partition(":")
    drawer: Callable[[], Figure] = getattr(import_module(f"symhet.render.plots.{module}"), function)
    with style.look():
        return drawer()


def save(name: str, path: Path) -> None:
    """Draw a picture into a file; the ending chooses the format. The bytes do not depend on the day.

    Raises
    ------
    OutputError
        For an ending that is not one of `FORMATS`.
    """
    require_format(path)
    write(draw(name), path)


def require_format(path: Path) -> None:
    """Check that the ending of a file is one of `FORMATS`.

    Raises
    ------
    OutputError
        When it is not.
    """
    ending = path.suffix.lstrip(".").lower()
    if ending not in FORMATS:
        raise OutputError(str(path), why=f"the format {ending!r} is not one of {', '.join(FORMATS)}")


def write(figure: Figure, path: Path, letters: bool = False) -> None:
    """Write a figure into a file in the house's style; with ``letters`` SVG keeps them, instead of their outlines."""
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    metadata = {"svg": {"Date": None}, "pdf": {"CreationDate": None}, "png": {"Software": None}}
    with style.look(letters):
        figure.savefig(path, metadata=metadata[path.suffix.lstrip(".").lower()])
