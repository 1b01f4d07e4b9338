"""The pictures of the site: which there are, what they show, and to which claims they belong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path

from symhet.errors import NoPicture
from symhet.render import plots
from symhet.render.accounts import Account
from symhet.render.notation import Notation
from symhet.render.processes import mapped
from symhet.render.prose import to_plain
from symhet.render.report.html import prose


def draw_all(folder: Path, keys: Sequence[str], jobs: int = 1) -> tuple[str, ...]:
    """Draw every picture of these papers into a folder and return their names."""
    names = tuple(name for name in plots.names() if name.partition("-")[0] in keys)
    mapped(partial(_draw, folder), names, jobs)
    return names


def _draw(folder: Path, name: str) -> None:
    path = folder / f"{name}.svg"
    plots.save(name, path)
    path.write_text(_shortened(path.read_text("utf-8")), "utf-8")


@dataclass(frozen=True)
class Drawn:
    """The pictures of a site.

    Parameters
    ----------
    names : tuple of str
        Pictures of equilibria, by name.
    sign_changes : Mapping[str, str]
        Captions of the pictures of refuted claims, by ID.
    """

    names: tuple[str, ...]
    sign_changes: Mapping[str, str]


SIGN_CHANGE = "sign-"
_DROPPED = (
    re.compile(r"\s*<metadata>.*?</metadata>|<!--.*?-->|<\?xml.*?\?>|<!DOCTYPE.*?>", re.DOTALL),
    re.compile(r"(?<=DejaVu Sans'), 'Bitstream[^;\"]*(?=, sans-serif)"),
    re.compile(r"\s+(?=<)|(?<=>)\s+| transform=\"rotate\(-0 [^\"]*\)\""),
)


def draw_sign_changes(
    folder: Path, entries: Sequence[Account], notations: Mapping[str, Notation], jobs: int = 1
) -> dict[str, str]:
    """Draw where the gaps of refuted claims change their sign and return the captions of what could be drawn.

    Parameters
    ----------
    folder : Path
        Where the pictures go.
    entries : sequence of Account
        Claims and parts of claims.
    notations : Mapping[str, Notation]
        Notation by the key of the paper.
    jobs : int, optional
        How many processes draw.
    """
    wanted = [entry for entry in entries if entry.failing]
    work = [(entry, folder / f"{SIGN_CHANGE}{entry.id}.svg", notations[entry.id.partition(".")[0]]) for entry in wanted]
    captions = mapped(_draw_sign_change, work, jobs)
    return {entry.id: caption for entry, caption in zip(wanted, captions, strict=True) if caption}


def _draw_sign_change(work: tuple[Account, Path, Notation]) -> str:
    from symhet.render.plots import sign_change

    told, path, notation = work
    try:
        found, start = sign_change.find_path(told)
    except NoPicture:
        return ""
    if not found.changes:
        return ""
    with plots.style.look(letters=True):
        plots.write(sign_change.picture(found, notation, start.claimed), path, letters=True)
    path.write_text(_shortened(path.read_text("utf-8")), "utf-8")
    return sign_change.describe(found, notation, start.claimed)


def _shortened(svg: str) -> str:
    """Return a picture without what does not show: metadata, further fonts, less than a tenth of a point.

    Numbers below one are scales, which need all their digits.
    """
    text = re.sub(r"(?<![\w#.])(-?[1-9]\d*\.\d)\d+(?![\w.])", r"\1", svg)
    for pattern in _DROPPED:
        text = pattern.sub("", text)
    return re.sub(r"\s*\n\s*", " ", text).replace(
        "font-family: 'DejaVu Sans'\"", "font-family: 'DejaVu Sans', sans-serif\""
    )


def sign_change_figure(identifier: str, caption: str, notation: Notation, root: str) -> str:
    """Return the picture of a refuted claim with its caption."""
    words = escape(to_plain(caption, notation))
    return (
        f'<figure id="{SIGN_CHANGE}{identifier}"><img src="{root}pictures/{SIGN_CHANGE}{identifier}.svg" alt="{words}" '
        f'loading="lazy"><figcaption>{prose(caption, notation)} <code>symhet plot sign-change --claim '
        f"{escape(identifier)}</code></figcaption></figure>"
    )


def figure(name: str, root: str = "") -> str:
    """Return a picture with its caption."""
    words = escape(plots.plots()[name].shows)
    return (
        f'<figure id="{name}"><img src="{root}pictures/{name}.svg" alt="{words}" loading="lazy">'
        f"<figcaption>{words} <code>symhet plot {name}</code></figcaption></figure>"
    )


def figures_of(claim: str, drawn: Sequence[str], root: str) -> str:
    """Return the pictures that belong to a claim."""
    key, _, row = claim.partition(".")
    known = plots.plots()
    ours = [name for name in drawn if name.startswith(f"{key}-") and row in known[name].claims.split()]
    return "".join(figure(name, root) for name in ours)
