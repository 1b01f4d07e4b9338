"""Pictures of any model that can be solved: variables and definitions against a parameter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from symhet.errors import NoPicture, UnknownParameter
from symhet.numerics.inputs import listed, named
from symhet.numerics.models import SolvableModel, result_of
from symhet.render.plots import style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["POINTS", "response"]

POINTS = 101
"""Points of a curve where no values are given."""
MOST = 4
"""Curves in a picture where none are named."""
_AROUND = (0.6, 1.6)
"""Where a parameter is moved to, in multiples of its default, where no values are given."""


def response(
    model: SolvableModel,
    over: str,
    values: Sequence[float] = (),
    of: str | Sequence[str] = (),
    **given: Any,
) -> Figure:
    """Return a picture of how results of a model move with a parameter; where there is no solution there is a gap.

    Parameters
    ----------
    model : SolvableModel
        The model.
    over : str
        The parameter that moves.
    values : sequence of float, optional
        Its values; around its default unless given.
    of : str or sequence of str, optional
        What is drawn; the first results of the model unless given.
    **given
        Other parameters, and options of the solver.

    Raises
    ------
    UnknownParameter
        For a name that the model does not have.
    NoPicture
        When there is no solution at any point, or no default around which to move.
    MissingExtra
        Without matplotlib.
    """
    over = named(over)
    names = listed(of) or model.outputs[:MOST]
    for name, known in ((over, (*model.parameters, *model.further)), *((name, model.outputs) for name in names)):
        if name not in known:
            raise UnknownParameter(name, known, where=model.key)
    points = np.asarray(values, dtype=float) if len(values) else _around(model, over)
    found = model.solver(check=False, **{**given, over: points})
    curves: Mapping[str, Any] = {name: np.broadcast_to(result_of(found, name), points.shape) for name in names}
    if not any(np.isfinite(curve).any() for curve in curves.values()):
        why = ", ".join(dict.fromkeys(filter(None, np.atleast_1d(found.status).tolist()))) or "nothing has a value"
        raise NoPicture("there is no solution at any point of the picture", where=model.key, why=why,
                        fix=f"choose values of {over} at which the model has an equilibrium")  # fmt: skip
    with style.look():
        return _drawn(model, over, points, curves)


def _around(model: SolvableModel, over: str) -> Any:
    if over not in model.defaults:
        raise NoPicture(f"{over} has no default to move it around", where=model.key, fix=f"--over {over}=1:2:100")
    low, high = (model.defaults[over] * end for end in _AROUND)
    return np.linspace(low, high, POINTS)


def _drawn(model: SolvableModel, over: str, points: Any, curves: Mapping[str, Any]) -> Figure:
    figure, [axes] = style.canvas()
    for place, (name, curve) in enumerate(curves.items()):
        colour, line = style.LINES[place % len(style.LINES)]
        axes.plot(points, curve, color=colour, linestyle=line, label=_label(model, name))
    axes.set_xlabel(" ".join(filter(None, (_label(model, over), model.quantities[over].meaning))))
    if len(curves) > 1:
        axes.legend()
    else:
        axes.set_ylabel(_label(model, next(iter(curves))))
    axes.set_title(model.title)
    return figure


def _label(model: SolvableModel, name: str) -> str:
    return f"${model.quantities[name].latex}$"
