"""A paper's corrections as a document of two pages, and its faults of substance in one line each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from symhet.exposition import Correction, Corrections
from symhet.findings import Severity
from symhet.render.accounts import Account
from symhet.render.blocks import Block, Document, Heading, Paragraph
from symhet.render.prints import place_of
from symhet.render.prose import finished, listed

HEADINGS = {
    Severity.SUBSTANCE: "Faults of substance",
    Severity.READING: "What depends on the reading",
    Severity.NOTATION: "Notation",
    Severity.MISPRINT: "Misprints",
}
OPENING = (
    "Each fault stands where it begins, with the claims that follow from it; the claims' identifiers are those of the "
    "table of verdicts. Every correction rests on a replayed certificate, every fault on exact numbers."
)


def corrections_document(corrections: Corrections, subtitle: str, told: Sequence[Account]) -> Document:
    """Return the list of a paper's faults, of its implicit hypotheses, and of what was not covered.

    Parameters
    ----------
    corrections : Corrections
        The words.
    subtitle : str
        The paper.
    told : sequence of Account
        Its judged rows: severity, place and what follows are read off them.
    """
    known = {entry.id: entry for row in told for entry in row.walk()}
    blocks: list[Block] = [Paragraph(OPENING)]
    for severity, heading in HEADINGS.items():
        faults = [
            fault for fault in corrections.faults if fault.root in known and known[fault.root].severity == severity
        ]
        if faults:
            blocks += [Heading(1, heading), *(_fault(fault, known) for fault in faults)]
    blocks.append(Heading(1, "Hypotheses that the paper leaves implicit"))
    blocks += [Paragraph(finished(item.text) + _cited(item.rests.split())) for item in corrections.implicit]
    blocks.append(Heading(1, "Not covered"))
    blocks += [Paragraph(finished(text)) for text in corrections.uncovered]
    return Document("corrections", "Corrections", subtitle, tuple(blocks), small=True)


def _fault(fault: Correction, known: Mapping[str, Account]) -> Paragraph:
    claims = _claims([fault.root, *followers(fault.root, known)])
    text = f"The paper: {finished(fault.says)} Instead: {finished(fault.true)}{claims}"
    return Paragraph(text, f"{_place(known[fault.root].source)}.")


def _claims(identifiers: Sequence[str]) -> str:
    root, *others = identifiers
    return f" ({root}{f'; from it {listed(others)}' if others else ''})"


def _cited(identifiers: Sequence[str]) -> str:
    return f" ({listed(identifiers)})" if identifiers else ""


def followers(root: str, known: Mapping[str, Account]) -> list[str]:
    """Return the claims whose fault follows from that of another, parts of that row itself apart."""
    return [
        entry.id
        for entry in known.values()
        if entry.root == root and entry.id != root and not entry.id.startswith(f"{root}.") and not entry.by_parts
    ]


def headlines(corrections: Corrections, told: Sequence[Account]) -> Iterator[tuple[Account, str]]:
    """Yield the faults of substance: where each begins, and one line on it."""
    known = {entry.id: entry for row in told for entry in row.walk()}
    for fault in corrections.faults:
        if fault.root in known and known[fault.root].severity == Severity.SUBSTANCE:
            yield known[fault.root], fault.headline


def _place(source: str) -> str:
    place = place_of(source)
    return place[:1].upper() + place[1:]
