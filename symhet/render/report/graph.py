"""The dependencies of a paper's claims as a drawing (inline SVG) and, for reading aloud, as lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from statistics import fmean

from symhet.render.report.dependencies import Dependencies
from symhet.render.report.html import SIGNS, Paper

LONGEST_NAME = 15
"""A longer name is squeezed into its box, whole: what is heard is what is seen."""
MOST = 10
"""Columns beside each other: with more, names are too small to read on a screen 1400 pixels wide."""
WIDTH, HEIGHT, ACROSS, DOWN, MARGIN = 132, 26, 190, 36, 12
BEND = 15
SWEEPS = 8


def graph(paper: Paper, found: Dependencies) -> str:
    """Return the drawing: claims in columns, each to the right of what it rests on, or in a band below."""
    places, gaps = _places(found)
    verdicts = {row.id: row.verdict for row in paper.rows}
    width = max((x for x, _ in places.values()), default=0) + WIDTH + MARGIN
    height = max((y for _, y in places.values()), default=0) + HEIGHT + MARGIN
    edges = "".join(_edge(places[user], places[used], gaps, f"{user} {used}") for user, used in found.direct)
    nodes = "".join(node(name, verdicts[name], *places[name]) for name in places)
    label = f"Claims of {escape(paper.authors)}: lines lead from each claim to those that rest on it"
    return (
        f'<div class="scroll graph">'
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="group" aria-label="{label}">'
        f'<g class="edges">{edges}</g>{nodes}</svg></div>'
    )


def _edge(user: tuple[int, int], used: tuple[int, int], gaps: Sequence[int], ends: str) -> str:
    """Return a line from the right of what is used; into a band below it goes between the bands."""
    x1, y1 = used[0] + WIDTH, used[1] + HEIGHT // 2
    x2, y2 = user[0], user[1] + HEIGHT // 2
    gap = next((gap for gap in gaps if y1 < gap < y2), None)
    if gap is None:
        bend = max(20, (x2 - x1) // 2)
        return f'<path data-ends="{ends}" d="M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"/>'
    out, back = x1 + BEND, x2 - BEND
    return (
        f'<path data-ends="{ends}" d="M{x1} {y1}C{out} {y1} {out} {gap} {x1} {gap}'
        f'L{x2} {gap}C{back} {gap} {back} {y2} {x2} {y2}"/>'
    )


def node(name: str, verdict: str, x: int, y: int) -> str:
    """Return a claim as a box that leads to its page.

    Examples
    --------
    >>> "proved" in node("kz.eq12", "proved", 0, 0)
    True
    """
    sign, words = SIGNS[verdict]
    short = name.partition(".")[2]
    squeezed = f' textLength="{WIDTH - 16}" lengthAdjust="spacingAndGlyphs"' if len(short) > LONGEST_NAME else ""
    return (
        f'<a href="claims/{name}.html" data-node="{name}" aria-label="{name}, {words}"><g class="node {verdict}">'
        f'<title>{name}: {words}</title><rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="5"/>'
        f'<text x="{x + 8}" y="{y + 17}"{squeezed}>{sign} {escape(short)}</text></g></a>'
    )


def _places(found: Dependencies) -> tuple[dict[str, tuple[int, int]], list[int]]:
    """Order the claims of each layer near what they are joined to; claims without any join come last.

    Returned beside the places: how far down the gaps between bands are.
    """
    joined: dict[str, list[str]] = {name: [] for name in found.uses}
    for user, used in found.direct:
        joined[user].append(used)
        joined[used].append(user)
    layers: dict[int, list[str]] = {}
    for name in sorted((name for name in joined if joined[name]), key=lambda name: found.layers[name]):
        layers.setdefault(found.layers[name], []).append(name)
    height = {name: float(place) for names in layers.values() for place, name in enumerate(names)}
    for _ in range(SWEEPS):
        for names in layers.values():
            wish = {name: fmean(height[other] for other in joined[name]) for name in names}
            names.sort(key=lambda name: (wish[name], name))
            low = fmean(wish.values()) - (len(names) - 1) / 2
            height |= {name: low + place for place, name in enumerate(names)}
    places: dict[str, tuple[int, int]] = {}
    gaps: list[int] = []
    top = MARGIN
    for band in _bands(found, len(layers)):
        inside = {name: layer - band.start for layer in band for name in layers[layer]}
        lowest = min(height[name] for name in inside)
        places |= {
            name: (MARGIN + ACROSS * column, top + round(DOWN * (height[name] - lowest)))
            for name, column in inside.items()
        }
        top = max(places[name][1] for name in inside) + 2 * DOWN
        gaps.append(top - DOWN + HEIGHT // 2)
    lonely = [name for name in joined if not joined[name]]
    per_row = min(MOST, max(4, len(layers)))
    for place, name in enumerate(lonely):
        places[name] = (MARGIN + ACROSS * (place % per_row), top + DOWN * (place // per_row))
    return places, gaps


def _bands(found: Dependencies, layers: int) -> Iterator[range]:
    """Yield the layers in bands that a screen is wide enough for, parted where the fewest lines cross."""
    start = 0
    while layers - start > MOST:
        left = -(-(layers - start) // MOST) - 1
        ends = range(max(start + 1, layers - left * MOST), start + MOST + 1)
        end = min(ends, key=lambda at: (_crossing(found, at), -at))
        yield range(start, end)
        start = end
    if start < layers:
        yield range(start, layers)


def _crossing(found: Dependencies, layer: int) -> int:
    """Return how many lines lead from before a layer to it or beyond."""
    return sum(found.layers[used] < layer <= found.layers[user] for user, used in found.direct)


def lists(paper: Paper, found: Dependencies) -> str:
    """Return for each claim the claims that it uses, as nested lists."""
    items = "".join(
        f'<li>{link(row.id)} rests on<ul class="inline">{_items(found.uses[row.id])}</ul></li>'
        for row in paper.rows
        if found.uses[row.id]
    )
    return f"<details><summary>The same as a list</summary><ul>{items}</ul></details>"


def _items(names: Sequence[str]) -> str:
    return "".join(f"<li>{link(name)}</li>" for name in names)


def link(name: str, root: str = "") -> str:
    """Return a link to the page of a row."""
    return f'<a href="{root}claims/{name}.html">{escape(name)}</a>'
