"""Short formulas of a derivation set in one row, with the words between them, where they fit on a line."""

from __future__ import annotations

import re
from collections.abc import Iterable

from symhet.model.letters import GREEK
from symhet.render.blocks import Block, Formula, Paragraph
from symhet.render.displays import Display
from symhet.render.widths import TEXTWIDTH, width

_LINK = re.compile(r"(?P<words>[a-z]+(?: [a-z]+){0,7})[,:]?")


def in_rows(blocks: Iterable[Block]) -> tuple[Block, ...]:
    r"""Join formulas that stand directly below each other, or with a few words such as "so that" between them.

    Examples
    --------
    >>> shown = [Formula(Display(("a < b",))), Paragraph("so that"), Formula(Display(("c < d",)))]
    >>> in_rows(shown)
    (Formula(display=Display(lines=('a < b\\quad\\text{so that}\\quad c < d',), number='')),)
    """
    rows: list[Block] = []
    for block in blocks:
        row = _row(rows, block)
        if row:
            size, latex = row
            rows[-size:] = [Formula(Display((latex,)))]
        else:
            rows.append(block)
    return tuple(rows)


def _row(before: list[Block], block: Block) -> tuple[int, str] | None:
    """Return how many blocks the formula is to be joined with, and the row that they make."""
    right = _short(block)
    if not right or not before:
        return None
    last = before[-1]
    link = _LINK.fullmatch(last.text) if isinstance(last, Paragraph) and not last.lead else None
    link = None if link and GREEK.intersection(link["words"].split()) else link
    size = 2 if link else 1
    left = _short(before[-size]) if len(before) >= size else ""
    row = f"{left}{_between(link['words'] if link else '')}{right}"
    return (size, row) if left and width(row) <= TEXTWIDTH else None


def _between(words: str) -> str:
    return rf"\quad\text{{{words}}}\quad " if words else r",\qquad "


def _short(block: Block) -> str:
    """Return a formula of one line without a number, or nothing."""
    if not isinstance(block, Formula) or len(block.display.lines) > 1 or block.display.number:
        return ""
    return block.display.lines[0].strip()
