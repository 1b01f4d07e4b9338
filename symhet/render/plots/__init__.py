"""Pictures of the models, drawn from computed equilibria: `draw` by name, `names` for what there is."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from symhet.catalogue import papers
from symhet.errors import NoPicture, OutputError, UnknownParameter
from symhet.numerics.models import SolvableModel, find_model
from symhet.render.planning import Plot
from symhet.render.plots import style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["FORMATS", "draw", "names", "parameters_of", "plots", "require_format", "save", "write"]

FORMATS = ("svg", "pdf", "png")
ENDS = 2
"""Points of a straight line that marks a place: a curve has more."""


def plots() -> Mapping[str, Plot]:
    """Return the pictures of every paper, by the paper's key and their name."""
    return {f"{paper.key}-{name}": plot for paper in papers() for name, plot in paper.figures().items()}


def names() -> tuple[str, ...]:
    """Return the names of the pictures."""
    return tuple(plots())


def draw(name: str, **params: float) -> Figure:
    """Return the picture of that name.

    Parameters
    ----------
    name : str
        One of `names`.
    **params : float
        Parameters of the economy that is drawn, those of `parameters_of`; the calibrated ones otherwise.

    Returns
    -------
    matplotlib.figure.Figure
        The picture; notebooks show it, ``figure.savefig`` writes it.

    Raises
    ------
    UnknownParameter
        Naming the nearest pictures or parameters.
    DomainError
        For parameters that the model does not admit.
    NoPicture
        For economies that the picture is not about: a panel would be empty.
    MissingExtra
        When matplotlib is not installed.

    Examples
    --------
    >>> draw("kz-region", tau=1.5).axes[0].get_xlabel() != ""
    True
    """
    known = plots()
    if name not in known:
        raise UnknownParameter(name, names(), where="plots", noun="picture")
    for parameter in params:
        if parameter not in (takes := parameters_of(name)):
            moved = parameter in known[name].apart.split()
            where = f"{name}, in which {parameter} moves or does not matter" if moved else name
            raise UnknownParameter(parameter, takes, where=where)
    if params:
        _model_of(name).solver(**params)
    with style.look():
        figure: Figure = known[name].draw(**params)
    for axes in figure.axes:
        curves = [curve for line in axes.get_lines() if len(curve := np.asarray(line.get_ydata(), dtype=float)) > ENDS]
        if curves and not any(np.isfinite(curve).any() for curve in curves):
            key = name.partition("-")[0]
            shown = axes.get_title() or axes.get_ylabel()
            raise NoPicture(
                "nothing can be drawn at these parameters",
                where=name,
                why=f"no curve of {shown!r} has a value: the economies are none of those that the picture is about",
                fix=f"`symhet solve {key}` tells the regime of an economy; choose parameters nearer to the defaults",
            )
    return figure


def parameters_of(name: str) -> tuple[str, ...]:
    """Return the parameters that a picture can be drawn with.

    Examples
    --------
    >>> "tau_I" in parameters_of("kz-partition"), parameters_of("bo-sustain")
    (True, ('s_E',))
    """
    apart = plots()[name].apart.split()
    return tuple(parameter for parameter in _model_of(name).parameters if parameter not in apart)


def _model_of(name: str) -> SolvableModel:
    return find_model(name.partition("-")[0])


def save(name: str, path: Path, **params: float) -> None:
    """Draw a picture into a file; the ending chooses the format. The bytes do not depend on the day.

    Raises
    ------
    OutputError
        For an ending that is not one of `FORMATS`.
    """
    require_format(path)
    write(draw(name, **params), path)


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
