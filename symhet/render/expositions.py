"""An exposition as a document: sentences as they are, formulas broken into lines, tables of formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symhet.exposition import Drawn, Exposition, Says, Shows, Table, Title
from symhet.render.accounts import Account
from symhet.render.blocks import Block, Document, Figure, Formula, Heading, Listing, Paragraph
from symhet.render.displays import Namer, displays
from symhet.render.latex import LatexWriter
from symhet.render.notation import Notation
from symhet.render.supposed import assumed


def exposition_document(exposition: Exposition, subtitle: str, told: Sequence[Account], notation: Notation) -> Document:
    """Return an exposition as a document, after what the claims suppose that it rests on.

    Parameters
    ----------
    exposition : Exposition
        What is told.
    subtitle : str
        The paper.
    told : sequence of Account
        Its judged rows.
    notation : Notation
        How the model's symbols are written; the exposition's own names are added.
    """
    writer = LatexWriter(notation_of_names(exposition, notation))
    resting = [entry for row in told for entry in row.walk() if entry.id in exposition.rests]
    head = [Paragraph(exposition.opening), *map(Paragraph, assumed(resting, exposition.assumptions, writer))]
    return Document("appendix", exposition.title, subtitle, (*head, *_blocks(exposition, writer)))


def notation_of_names(exposition: Exposition, notation: Notation) -> Notation:
    """Return the notation with the names of an exposition."""
    return notation.with_names({name.symbol.name: name.latex for name in exposition.names})


def _blocks(exposition: Exposition, writer: LatexWriter) -> Iterator[Block]:
    namer = Namer()
    for item in exposition.items:
        if isinstance(item, Title):
            yield Heading(item.level, item.text)
        elif isinstance(item, Says):
            yield Paragraph(item.text, item.lead)
        elif isinstance(item, Shows):
            shown, explained = displays(item.prop, writer, namer, item.number)
            yield from map(Formula, (*shown, *explained))
        elif isinstance(item, Drawn):
            yield Figure(item.name, item.label, item.caption)
        else:
            yield _listing(item, writer)


def _listing(table: Table, writer: LatexWriter) -> Listing:
    rows = [(row.name, *(f"${writer.inline_term(prop.rhs)}$" for prop in row.props)) for row in table.rows]
    return Listing(table.columns, tuple(rows), short=True)
