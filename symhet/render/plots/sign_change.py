"""The gap of a refuted statement near its counterexample: where it has the sign that is claimed, and where not."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np

from symhet.errors import NoPicture, UnknownParameter
from symhet.numerics.counterexamples import Counterexample
from symhet.numerics.gaps import Gap, GapPath, show_gap
from symhet.propositions import Prop, Rel
from symhet.render.accounts import Account
from symhet.render.latex import LatexWriter
from symhet.render.notation import Notation, parameters_of
from symhet.render.plots.style import BLUE, GREEN, GREY, LINES, ORANGE, canvas

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["FIRST", "describe", "find_path", "picture"]

FIRST = ("phi", "tau_I", "phi_2", "phi_freer", "s_n", "s_E", "a", "mu")
"""What is moved first: the freeness of trade, the cost of offshoring, shares, a firm's cost."""

PRIME = "\N{PRIME}"
NOTHING = "no change of sign can be drawn"
ANOTHER = "choose what is moved with --over, or another claim"
WIDEST, HIGHEST, FLAT = 210.0, 24.0, 0.15
"""Points that a formula above the picture may take, and the slope of a line that is level."""
WORD = (0.32, 0.09)
"""Share of the picture that a word beside a dot takes."""
TALL, NARROW, LONGEST = 6.0, 0.02, 160
"""How much higher than at the counterexample a gap is drawn before it leaves the picture."""


def find_path(told: Account, over: str = "") -> tuple[GapPath, Counterexample]:
    """Return what the picture of a claim shows, and where it begins.

    Parameters
    ----------
    told : Account
        A judged claim.
    over : str, optional
        Name of the symbol to move; chosen so that a change of sign shows if empty.

    Raises
    ------
    NoPicture
        When the claim has no counterexample, its gap does not change near by, or rounding hides where it leads.
    UnknownParameter
        When ``over`` is no symbol of the counterexample.
    """
    names = [symbol.name for example in told.failing for symbol, _ in example.point]
    if not told.failing:
        raise NoPicture(
            NOTHING,
            where=told.id,
            why=f"the claim is {told.verdict} and has no counterexample",
            fix="choose one that has: `symhet list --verdict refuted` prints some",
        )
    if over and over not in names:
        raise UnknownParameter(over, names, where="--over")
    parameters = parameters_of(told.id.partition(".")[0])
    conditions = [prop for _, prop in told.conditions]
    try:
        found = [(show_gap(example, parameters, conditions, FIRST, over), example) for example in told.failing]
    except (ArithmeticError, np.linalg.LinAlgError) as error:
        why = f"floating point does not follow the counterexample ({error})"
        raise NoPicture(NOTHING, where=told.id, why=why, fix=ANOTHER) from error
    seen = [(path, example) for path, example in found if path is not None]
    if not seen:
        why = "the gap stays as it is, whatever is moved" if not over else f"the gap does not change with {over}"
        raise NoPicture(NOTHING, where=told.id, why=why, fix=ANOTHER)
    return max(seen, key=lambda pair: bool(pair[0].changes))


def picture(path: GapPath, notation: Notation, claimed: Prop | None = None) -> Figure:
    """Draw the gaps of a path against the symbol that moves.

    Parameters
    ----------
    path : GapPath
        What `find_path` found.
    notation : Notation
        How the paper writes the symbols.
    claimed : Prop, optional
        The statement as it was made; a relation is written above the picture.
    """
    figure, (axes,) = canvas(width=4.6, height=2.7)
    x = path.positions
    many = len(path.gaps) > 1
    for place, (gap, (colour, dashes)) in enumerate(zip(path.gaps, LINES, strict=False)):
        label = (_label(gap.relation, notation) or f"part {place + 1}") if many else ""
        _line(axes, x, gap, colour, dashes, label)
    low, high = _heights(path)
    axes.set(xlim=(x[0], x[-1]), ylim=(low, high))
    _sides(axes, path)
    _bands(axes, path)
    axes.axhline(0, color="black", linewidth=0.8)
    for change in path.changes:
        if change not in (x[0], x[-1]):
            axes.axvline(change, color=GREY, linewidth=0.8, linestyle=(0, (3, 2)))
    for gap in path.gaps:
        here = (x[path.track.start], _heights_of(gap)[path.track.start])
        axes.plot(*here, "o", color="black", markersize=5, zorder=5, clip_on=False)
    _name(axes, path)
    axes.set_xlabel(f"${_with_primes(notation.latex(path.track.symbol))}$")
    axes.set_ylabel("gap, % of left side" if path.gaps[0].relative else "right less left side")
    statement = claimed if isinstance(claimed, Rel) else path.gaps[0].relation
    title = "" if many else _label(statement, notation)
    if title:
        axes.set_title(title, loc="left", pad=9)
    axes.ticklabel_format(axis="y", scilimits=(-3, 4), useMathText=True)
    axes.locator_params(nbins=5)
    return figure


def _heights_of(gap: Gap) -> Any:
    """Return the gap in the units of the picture; rounding is zero."""
    return np.where(gap.signs == 0, 0.0, gap.values) * (100.0 if gap.relative else 1.0)


def _name(axes: Axes, path: GapPath) -> None:
    """Write beside the first dot what it is, on a side of the line that is free."""
    x, y, start = path.positions, _heights_of(path.gaps[0]), path.track.start
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    before, after = max(start - 2, 0), min(start + 2, len(x) - 1)
    slope = (y[after] - y[before]) * (right - left) / ((x[after] - x[before]) * (high - low))
    across, up = (x[start] - left) / (right - left), (y[start] - low) / (high - low)
    places = [(1, -1), (-1, 1)] if slope > 0 else [(1, 1), (-1, -1)]
    if abs(slope) < FLAT:
        places = [(1, 1), (-1, 1), (1, -1), (-1, -1)]
    level = [(dx, dy) for dx, dy in places if 0 < across + dx * WORD[0] < 1]
    fits = [(dx, dy) for dx, dy in level if 0 < up + dy * WORD[1] < 1]
    dx, dy = (fits or level or places)[0]
    align: dict[str, Any] = {"ha": "left" if dx > 0 else "right", "va": "bottom" if dy > 0 else "top"}
    offset: dict[str, Any] = {"xytext": (6 * dx, 3 * dy), "textcoords": "offset points"}
    axes.annotate("counterexample", (x[start], y[start]), fontsize=8, **align, **offset)


def _line(axes: Axes, x: Any, gap: Gap, colour: str, dashes: str, label: str) -> None:
    """Draw a gap; where its statement holds the line is thick."""
    y = _heights_of(gap)
    places = np.flatnonzero(gap.jumps)
    x, y, holds = np.insert(x, places, np.nan), np.insert(y, places, np.nan), np.insert(gap.holds, places, False)
    axes.plot(x, y, color=colour, linestyle=dashes, linewidth=1.4, label=label or None)
    if holds.any() and not holds.all() and gap.relation.op in ("=", "!="):
        axes.plot(x, np.where(holds, y, np.nan), color=colour, linewidth=3.2)


def _heights(path: GapPath) -> tuple[float, float]:
    """Return the range of heights that is drawn; what grows without bound leaves the picture."""
    seen = [0.0]
    for gap in path.gaps:
        values = _heights_of(gap)
        away = np.abs(values[gap.signs != 0])
        most = TALL * max(abs(float(values[path.track.start])), float(np.median(away)) if len(away) else 0.0)
        seen += [float(np.clip(values.min(), -most, most)), float(np.clip(values.max(), -most, most))]
        pieces = np.split(values, np.flatnonzero(gap.jumps))
        seen += [float(piece[np.argmin(np.abs(piece))]) for piece in pieces if len(piece)]
    low, high = min(seen), max(seen)
    room = 0.14 * (high - low or 1.0)
    return low - room, high + room


def _sides(axes: Axes, path: GapPath) -> None:
    """Say on which side of zero an inequality holds."""
    operators = {gap.relation.op for gap in path.gaps}
    inside: dict[str, Any] = {"transform": axes.get_yaxis_transform(), "fontsize": 8, "ha": "right"}
    low, high = axes.get_ylim()
    if operators <= {"<", "<="}:
        axes.axhspan(low, 0, color=ORANGE, alpha=0.1, linewidth=0)
        axes.text(0.99, low + 0.03 * (high - low), "fails", va="bottom", color="#A34700", **inside)
        if high > 0.2 * (high - low):
            axes.text(0.99, high - 0.03 * (high - low), "holds", va="top", color=BLUE, **inside)


def _bands(axes: Axes, path: GapPath) -> None:
    """Mark where the premise of the statement, or the added condition, holds."""
    x = path.positions
    for where, label, colour in ((path.premise, "premise holds", GREY), (path.condition, "condition holds", GREEN)):
        if where is not None and where.mean() > NARROW:
            edges = np.flatnonzero(np.diff(np.concatenate(([0], where, [0]))))
            for place, (first, last) in enumerate(zip(edges[::2], edges[1::2], strict=True)):
                known = label if place == 0 else "_"
                axes.axvspan(x[first], x[last - 1], color=colour, alpha=0.16, linewidth=0, label=known)
    if axes.get_legend_handles_labels()[0]:
        axes.legend(fontsize=8, loc="best")


def _label(relation: Rel, notation: Notation) -> str:
    """Return a relation as the notation writes it, if it is short and can be drawn."""
    from matplotlib.mathtext import MathTextParser

    latex = LatexWriter(notation).statement(relation)
    if r"\left" in latex and r"\frac" in latex:
        return ""
    written = f"${_with_primes(latex)}$".replace(r"\frac", r"\dfrac")
    try:
        width, height, *_ = MathTextParser("path").parse(written)
    except ValueError:
        return ""
    return written if width <= WIDEST and height <= HIGHEST else ""


def _with_primes(latex: str) -> str:
    """Return a formula with primes as letters: the font of small pictures has no other."""
    runs = ((letter, len([*same])) for letter, same in groupby(latex))
    return "".join(f"^{{{PRIME * count}}}" if letter == "'" else letter * count for letter, count in runs)


def describe(path: GapPath, notation: Notation, claimed: Prop | None = None) -> str:
    r"""Return in words what the picture shows, with formulas between dollars."""
    name = notation.latex(path.track.symbol)
    x, start = path.positions, path.track.start
    text = "The gaps between both sides" if len(path.gaps) > 1 else "The gap between both sides"
    if all(gap.relation.op in ("<", "<=") for gap in path.gaps):
        text = "Right less left side"
    part = LatexWriter(notation).statement(path.gaps[0].relation)
    if len(path.gaps) == 1 and not isinstance(claimed, Rel) and len(part) < LONGEST:
        text += f" of ${part}$"
    text += f", as ${name}$ moves away from the counterexample (dot, ${name} = {_short(x[start])}$)"
    if len(path.track.states[0]) > 1:
        text += " and all that depends on it is solved anew"
    if not path.changes:
        return f"{text}. The sign stays as it is from ${_short(x[0])}$ to ${_short(x[-1])}$."
    return f"{text}. It changes sign or reaches zero at ${name} = {', '.join(map(_short, path.changes))}$."


def _short(number: float) -> str:
    return f"{number:.4g}"
