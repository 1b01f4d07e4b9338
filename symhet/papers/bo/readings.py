"""Two readings of what a beachhead is to a firm that moves: each claim that depends on it is judged under both.

Section 2 sinks F in every market, and Result 1 says that a mover would have to sink it again; (14), (19) and (20)
let a firm that sells at home only exchange its beachhead for one in the North at no cost.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from symhet.claims import Claim, Finding
from symhet.papers.bo import named as h
from symhet.papers.bo.shortrun_model import PORTABLE, SUNK
from symhet.propositions import Prop
from symhet.render.stating import Place
from symhet.steps import Step

READINGS: Mapping[str, dict[Step, Prop]] = {"portable": {h.portable: PORTABLE}, "sunk": {h.sunk: SUNK}}
"""What each reading supposes, by the name of the hypothesis."""

TITLES = {"portable": "footholds are portable", "sunk": "footholds are sunk in each market"}


def by_reading(
    identifier: str,
    kind: str,
    place: Place,
    printed: str,
    arguments: tuple[tuple[Prop, Callable[[Prop], Finding]], tuple[Prop, Callable[[Prop], Finding]]],
    title: str,
) -> Claim:
    """Return a row with one part for each reading.

    Parameters
    ----------
    identifier, kind, printed, title : str
        As in `Claim`.
    place : Place
        Where the paper says it.
    arguments : tuple of tuple
        What the part with portable footholds states and what argues it, and the same for the part with sunk ones.
    """
    parts = tuple(
        place.stated(kind, f"{identifier}.{name}", says, argue, title=f"{title}: {TITLES[name]}", printed=printed)
        for name, (says, argue) in zip(READINGS, arguments, strict=True)
    )
    return place.row(kind, identifier, printed, parts=parts, title=title)
