"""The screen of ``symhet show``: one claim in full, folded to the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from symhet.cli.folding import fold
from symhet.cli.tables import STYLES
from symhet.render.briefs import Block, Brief

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["print_brief"]


def print_brief(told: Brief, out: Console) -> None:
    """Print everything there is to tell about a claim."""
    _heading(told, out)
    for place, block in enumerate(told.screen):
        _block(block, out)
        if not place:
            out.print(Text("\nverdict  ", "bold") + Text(told.verdict, STYLES[told.verdict]))


def _heading(told: Brief, out: Console) -> None:
    title = f"  {told.title}" if told.title else ""
    first, *rest = fold(f"{told.id}{title}  ({told.kind}; {told.source})", out.width)
    shown = Text("\n".join([first, *rest]), "dim")
    shown.stylize("not dim", 0, len(told.id + title))
    shown.stylize("bold", 0, len(told.id))
    out.print(shown)


def _block(block: Block, out: Console) -> None:
    name, rows = block
    out.print(Text(f"\n{name}", "bold"))
    for line, indent, style in rows:
        for folded in fold(line, out.width, indent):
            out.print(Text(folded, style))
