"""Sentences, blocks and whole pages as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from symhet.claims import Verdict
from symhet.render.accounts import Account
from symhet.render.blocks import Block, Figure, Formula, Heading, Listing, Paragraph
from symhet.render.briefs import ERROR
from symhet.render.notation import Notation
from symhet.render.prose import spans
from symhet.render.report.mathml import display, inline

SIGNS = {
    Verdict.GIVEN.value: ("•", "given"),
    Verdict.PROVED.value: ("✓", "proved"),
    Verdict.PROVED_WITH.value: ("◐", "proved with a condition"),
    Verdict.REFUTED.value: ("✗", "refuted"),
    Verdict.INCONSISTENT.value: ("≠", "inconsistent"),
    Verdict.OPEN.value: ("?", "open"),
    ERROR: ("!", "no verdict"),
}
"""A mark beside the word, so that no verdict is told by its colour alone."""

_PLACES = (
    ("index.html", "Claims"),
    ("dependencies.html", "Dependencies"),
    ("pictures.html", "Pictures"),
    ("notation.html", "Notation"),
)


@dataclass(frozen=True)
class Paper:
    """A judged paper.

    Parameters
    ----------
    key, title : str
        As in its ledger.
    rows : tuple of Account
        Its rows with their parts.
    notation : Notation
        How its symbols are written.
    """

    key: str
    title: str
    rows: tuple[Account, ...]
    notation: Notation

    @property
    def entries(self) -> tuple[Account, ...]:
        """Rows and parts."""
        return tuple(entry for row in self.rows for entry in row.walk())

    @property
    def authors(self) -> str:
        """The names before the title."""
        return self.title.partition(",")[0]


def prose(sentence: str, notation: Notation) -> str:
    """Return a sentence with its formulas.

    Examples
    --------
    >>> prose("entry & exit", Notation())
    'entry &amp; exit'
    """
    found, word = "", ""
    formulas = 0
    for is_math, piece in spans(sentence, notation):
        if is_math:
            word += inline(piece)
            formulas += 1
            continue
        for part in _BLANKS.split(escape(piece.replace("\\", "").replace(" - ", " – "), quote=False)):
            if part.isspace():
                found += _joined(word, formulas) + part
                word, formulas = "", 0
            else:
                word += part
    return found + _joined(word, formulas)


_BLANKS = re.compile(r"(\s+)")


def _joined(word: str, formulas: int) -> str:
    """Return a word that no line ends within: a stop behind a formula would begin the next line."""
    alone = formulas == 1 and word.startswith("<math") and word.endswith("</math>")
    return f'<span class="joined">{word}</span>' if formulas and not alone else word


def block(shown: Block, notation: Notation, level: int = 3) -> str:
    """Return a block of a document; headings begin at ``level``."""
    if isinstance(shown, Formula):
        return display(shown.display)
    if isinstance(shown, Heading):
        rank = min(level + shown.level - 1, 6)
        return f"<h{rank}>{prose(shown.text, notation)}</h{rank}>"
    if isinstance(shown, Paragraph):
        lead = f"<strong>{prose(shown.lead, notation)}</strong> " if shown.lead else ""
        return f"<p>{lead}{prose(shown.text, notation)}</p>"
    if isinstance(shown, Figure):
        return f"<p>{prose(shown.caption, notation)}</p>"
    return listing(shown, notation)


def listing(shown: Listing, notation: Notation) -> str:
    """Return a table."""
    columns = [prose(column, notation) for column in shown.columns]
    return table(columns, [[prose(cell, notation) for cell in row] for row in shown.rows])


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], caption: str = "") -> str:
    """Return a table from cells that are HTML; the first cell of a row is its header."""
    head = "".join(_heading(column, "col") for column in columns)
    body = "".join(
        f"<tr>{_heading(row[0], 'row')}{''.join(f'<td>{cell}</td>' for cell in row[1:])}</tr>" for row in rows
    )
    title = f"<caption>{caption}</caption>" if caption else ""
    inner = f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div class="scroll">{inner}</div>'


def _heading(cell: str, scope: str) -> str:
    """Return a heading of a table; a formula alone, or nothing, has no words to be read out as one."""
    words = re.sub(r"<math.*?</math>|<[^>]*>", "", cell, flags=re.DOTALL).strip()
    return f'<th scope="{scope}">{cell}</th>' if words else f"<td>{cell}</td>"


def badge(verdict: str) -> str:
    """Return a verdict as a coloured word with its mark."""
    sign, words = SIGNS[verdict]
    return f'<span class="verdict {verdict}"><span aria-hidden="true">{sign}</span> {words}</span>'


def anchor(told: Account, row: Account, root: str = "") -> str:
    """Return the address of a claim: parts stand on the page of their row."""
    return f"{root}claims/{row.id}.html" + (f"#{told.id}" if told.id != row.id else "")


def page(title: str, body: str, here: str = "", root: str = "") -> str:
    """Return a whole page.

    Parameters
    ----------
    title : str
        What the window says.
    body : str
        HTML of the main part.
    here : str
        Address of the page among the places of the site.
    root : str
        How the page reaches the top of the site.
    """
    places = "".join(
        f'<li><a href="{root}{place}"{" aria-current=page" if place == here else ""}>{name}</a></li>'
        for place, name in _PLACES
    )
    search = (
        f'<form role="search" action="{root}index.html" method="get"><label>Search claims '
        '<input type="search" name="q" placeholder="eq12, welfare …"></label> <button>Search</button></form>'
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} · symhet</title>"
        f'<link rel="icon" href="{root}icon.svg"><link rel="stylesheet" href="{root}style.css">'
        f'<script src="{root}site.js" defer></script></head>\n<body>'
        '<a class="skip" href="#main">Skip to the contents</a>'
        f'<header><a class="home" href="{root}index.html">symhet</a>'
        f'<nav aria-label="Site"><ul>{places}</ul></nav>{search}</header>\n'
        f'<main id="main" tabindex="-1">{body}</main>\n'
        "<footer>Written by <code>symhet report</code>. A claim counts as proved only by a certificate that the kernel "
        "of symhet replayed, and as refuted only by exact numbers.</footer></body></html>\n"
    )
