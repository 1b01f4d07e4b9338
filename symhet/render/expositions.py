"""An exposition as a document: sentences as they are, formulas broken into lines, tables of formulas."""

from __future__ import annotations

from collections.abc import Iterator

from symhet.exposition import Exposition, Says, Shows, Table, Title
from symhet.render.blocks import Block, Document, Formula, Heading, Listing, Paragraph
from symhet.render.displays import Namer, displays
from symhet.render.latex import LatexWriter
from symhet.render.notation import Notation


def exposition_document(exposition: Exposition, name: str, subtitle: str, notation: Notation, *head: Block) -> Document:
    """Return an exposition as a document.

    Parameters
    ----------
    exposition : Exposition
        What is told.
    name, subtitle : str
        Name of its files, and what stands below the title.
    notation : Notation
        How the model's symbols are written; the exposition's own names are added.
    *head : Block
        What stands between the opening and the text, such as what is assumed.
    """
    writer = LatexWriter(notation_of_names(exposition, notation))
    blocks = (Paragraph(exposition.opening), *head, *_blocks(exposition, writer))
    return Document(name, exposition.title, subtitle, blocks)


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
        else:
            yield _listing(item, writer)


def _listing(table: Table, writer: LatexWriter) -> Listing:
    rows = [(row.name, *(f"${writer.inline_term(prop.rhs)}$" for prop in row.props)) for row in table.rows]
    return Listing(table.columns, tuple(rows))
