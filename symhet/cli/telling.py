"""Briefs of what was judged in this process, and of claims that were not."""

from __future__ import annotations

from symhet.claims import Claim, Severity
from symhet.cli.ledgers import paper_of
from symhet.cli.screens import screen
from symhet.render.accounts import Account, to_json
from symhet.render.briefs import Brief
from symhet.render.latex import LatexWriter
from symhet.render.notation import notation_for
from symhet.render.prose import to_plain
from symhet.render.readable import readable
from symhet.render.written import corrections_of

__all__ = ["brief", "unjudged"]


def unjudged(claim: Claim) -> Brief:
    """Return what is printed of a claim that is not judged.

    Examples
    --------
    >>> from symhet.catalogue import find_claim
    >>> unjudged(find_claim("kz.eq12")).title
    'offshoring cutoff'
    """
    parts = tuple(map(unjudged, claim.parts))
    return Brief(claim.id, claim.kind, claim.source, "", "", _title(claim), _shown(claim), parts=parts)


def brief(told: Account, full: bool = False) -> Brief:
    """Return what is printed of an account; in full with its title, its print, its screen and its JSON."""
    notation = notation_for(paper_of(told.id))
    return Brief(
        told.id,
        told.kind,
        told.source,
        told.verdict,
        told.evidence,
        _title(told) if full else "",
        _shown(told) if full else "",
        to_plain(" ".join((told.reason or told.evidence).split()), notation),
        told.severity,
        told.root,
        told.origin,
        told.by_parts,
        _headline(told),
        told.seconds,
        tuple(brief(part, full) for part in told.parts),
        told.exported,
        screen(told, notation) if full else (),
        to_json(told, LatexWriter(notation)) if full else {},
    )


def _title(entry: Claim | Account) -> str:
    return to_plain(" ".join(entry.title.split()), notation_for(paper_of(entry.id)))


def _shown(entry: Claim | Account) -> str:
    """Return a printed form as text; what is lost, and what is not the paper's, is marked."""
    text = readable(entry.shown, notation_for(paper_of(entry.id)).letters)
    if entry.printed is not None:
        return text
    return f"[added] {text}" if entry.added else f"[lost; reconstructed] {text}"


def _headline(told: Account) -> str:
    """Return a fault of substance in one line, where it begins; nothing of others."""
    if told.severity != Severity.SUBSTANCE or told.root != told.id:
        return ""
    key = paper_of(told.id)
    corrections = corrections_of(key)
    lines = {fault.root: fault.headline for fault in corrections.faults} if corrections else {}
    return to_plain(lines.get(told.id) or told.reason.partition(". ")[0], notation_for(key))
