"""Which lines of a model exclude one another: a smallest set that is contradictory by itself."""

from __future__ import annotations

from symhet import search
from symhet.model.world import World

__all__ = ["conflict"]

WORK = 2000
"""Steps of a search for the contradiction without one of the hypotheses."""
MOST = 24
"""Hypotheses of which each is left out in turn."""


def conflict(world: World) -> str:
    """Return the hypotheses that exclude one another, with their lines, as a sentence; empty where it takes too long.

    Examples
    --------
    >>> from symhet.model.file import model_of
    >>> from symhet.model.toml import parse_document
    >>> from symhet.model.world import understood
    >>> lines = ["[parameters]", "a = { above = 1 }", "b = {}", "[assumptions]", 'small = "a < 1/2"', 'other = "b > 2"']
    >>> conflict(understood(model_of(parse_document(chr(10).join(lines)))))
    "these exclude one another: 'a > 1' (line 2), 'small' (line 5)"
    """
    if world.regimes or len(world.hypotheses) > MOST:
        return ""
    dropped: set[str] = set()
    for name in world.hypotheses:
        without = world.context(None, frozenset({*dropped, name}))
        if search.consistent(without, WORK).truth == "contradictory":
            dropped.add(name)
    lines = ", ".join(_line(world, name) for name in world.hypotheses if name not in dropped)
    return f"these exclude one another: {lines}" if lines else ""


def _line(world: World, name: str) -> str:
    model = world.model
    said = model.assumptions.get(name) or model.conditions.get(name)
    quantity = model.quantities.get(name.split(" ")[0])
    source = said.says if said is not None else quantity.source if quantity is not None else None
    return f"{name!r} (line {source.line})" if source is not None and source.line else repr(name)
