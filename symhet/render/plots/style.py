"""One look for every picture: colours that the colour-blind can tell apart, labels written as in the papers."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from symhet.errors import MissingExtra

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BLUE, ORANGE, GREEN, PURPLE, GREY = "#0072B2", "#D55E00", "#009E73", "#AA4499", "#555555"
"""From Okabe and Ito's palette, each with its own line style below."""

LINES = ((BLUE, "-"), (ORANGE, "--"), (GREEN, "-."), (PURPLE, ":"))

_RC: dict[Any, Any] = {
    "font.size": 9.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 9.5,
    "legend.frameon": False,
    "svg.hashsalt": "symhet",
    "mathtext.fontset": "cm",
    "pdf.fonttype": 42,
}


_LETTERS: dict[Any, Any] = {"svg.fonttype": "none", "mathtext.fontset": "dejavusans"}
"""For small pictures on pages: letters stay letters, which is a tenth of their outlines."""


def look(letters: bool = False) -> AbstractContextManager[None]:
    """Return the context in which a figure is drawn and saved.

    Parameters
    ----------
    letters : bool, optional
        Write letters into SVG as letters, not as outlines.

    Raises
    ------
    MissingExtra
        When matplotlib is not installed.
    """
    try:
        import matplotlib as mpl
    except ImportError as error:
        raise MissingExtra("drawing", "plot", "matplotlib") from error
    return mpl.rc_context({**_RC, **_LETTERS} if letters else _RC)


def canvas(columns: int = 1, rows: int = 1, width: float = 5.2, height: float = 3.2) -> tuple[Figure, Sequence[Axes]]:
    """Return a figure of the house's style with its axes in reading order; it needs no screen.

    Parameters
    ----------
    columns, rows : int
        Arrangement of the axes.
    width, height : float
        Size of the whole figure in inches.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained", dpi=150)
    FigureCanvasAgg(figure)
    return figure, list(figure.subplots(rows, columns, squeeze=False).flat)


def mark(axes: Axes, x: float, label: str, height: float = 1.0) -> None:
    """Draw a thin vertical line with its label on the axis."""
    axes.axvline(x, 0, height, color=GREY, linewidth=0.8, linestyle=(0, (3, 2)))
    below: dict[str, Any] = {"xytext": (0, -4), "textcoords": "offset points", "ha": "center", "va": "top"}
    axes.annotate(label, (x, 0), xycoords=("data", "axes fraction"), **below)
