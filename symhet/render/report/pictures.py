"""The pictures of the site: which there are, what they show, and to which claims they belong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from pathlib import Path
from types import MappingProxyType

_LONG_NUMBER = re.compile(r"(?<![\w#.])(-?[1-9]\d*\.\d\d)\d+(?![\w.])")
"""Coordinates; hundredths of a point are enough. Numbers below one are scales, which need all their digits."""

SHOWS = MappingProxyType(
    {
        "kz-partition": (
            "Productivity of firms, parted by what they do: domestic, offshoring, offshoring and exporting.",
            "kz.AppA",
        ),
        "kz-profits": (
            "Profit by strategy against productivity; the upper envelope is what firms do.",
            "kz.AppA kz.eq11 kz.eq12 kz.eq14",
        ),
        "kz-equilibrium": (
            "Zero cutoff profit and free entry: two continuous curves that cross once.",
            "kz.eq18 kz.eq19 kz.C-unique",
        ),
        "kz-liberalisation": (
            "Cutoffs, trade and welfare as offshoring gets dearer, relative to the calibrated economy.",
            "kz.R.1 kz.R.2 kz.R.3 kz.R.4 kz.D-min kz.eqD1",
        ),
        "kz-region": ("The values of fixed and trade costs that A.1, A.2 and A.3 admit.", "kz.A.2 kz.A.3 kz.A.2-width"),
        "kz-aggregate-exports": (
            "Where aggregate exports rise and fall with the cost of offshoring: the sign is not the same everywhere.",
            "kz.R.2 kz.total-trade",
        ),
        "bo-figure2": ("Figure 2 of the paper, from the computed equilibrium: weights in the average unit cost.", ""),
        "bo-figure3": (
            "Figure 3 of the paper, from the computed equilibrium: what relocation gains a firm by its cost.",
            "",
        ),
        "bo-figure4": ("Figure 4 of the paper, from the computed equilibrium: where firms of each cost produce.", ""),
        "bo-figure5": (
            "Figure 5 of the paper, from the computed equilibrium: weights before and after relocation.",
            "",
        ),
        "bo-cutoffs": (
            "The cutoffs of relocation, exports and domestic sales against the freeness of trade.",
            "bo.eq16",
        ),
        "bo-sustain": ("The freeness of trade at which all firms produce in the North.", ""),
        "bo-productivity": ("Average unit costs of both nations against the freeness of trade.", ""),
    }
)
"""What each picture shows, in a sentence, and the claims on whose pages it stands."""


def draw_all(folder: Path) -> tuple[str, ...]:
    """Draw every picture into a folder and return their names."""
    from symhet.render import plots

    for name in plots.names():
        path = folder / f"{name}.svg"
        plots.save(name, path)
        path.write_text(_LONG_NUMBER.sub(r"\1", path.read_text("utf-8")), "utf-8")
    return plots.names()


def figure(name: str, root: str = "") -> str:
    """Return a picture with its caption."""
    words = escape(SHOWS.get(name, (name.replace("-", " "), ""))[0])
    return (
        f'<figure id="{name}"><img src="{root}pictures/{name}.svg" alt="{words}" loading="lazy">'
        f"<figcaption>{words} <code>symhet plot {name}</code></figcaption></figure>"
    )


def figures_of(claim: str, drawn: Sequence[str], root: str) -> str:
    """Return the pictures that belong to a claim."""
    return "".join(figure(name, root) for name in drawn if claim in SHOWS.get(name, ("", ""))[1].split())
