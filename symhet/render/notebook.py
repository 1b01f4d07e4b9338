"""How claims, ledgers, verdicts, derivations and theorems show themselves in a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from symhet.claims import Claim, Judgement, Ledger
from symhet.derivation import Derivation
from symhet.findings import Finding
from symhet.render.latex import LatexWriter
from symhet.render.notation import Notation, notation_for
from symhet.render.prose import spans
from symhet.theorems import Theorem

SEPARATOR = r",\; "


def latex(thing: Any) -> str | None:
    """Return what is shown as a formula: what a claim says, and what a theorem says of what."""
    if isinstance(thing, Claim):
        return rf"$\displaystyle {thing.shown}$"
    if isinstance(thing, Theorem):
        writer = LatexWriter(Notation())
        given = [writer.statement(prop) for prop in thing.context.hypotheses.values()]
        said = writer.statement(thing.goal)
        held = said if thing.polarity == "holds" else rf"\text{{not everywhere: }} {said}"
        return rf"$\displaystyle {SEPARATOR.join(given)} \;\vdash\; {held}$"
    return None


def html(thing: Any) -> str | None:
    """Return what is shown as a table or list: ledgers, verdicts, derivations."""
    if isinstance(thing, Ledger):
        rows = [(claim.id, claim.kind, claim.title, f"${claim.shown}$") for claim in thing.walk()]
        return _table(thing.title, ("claim", "kind", "what", "says"), rows)
    if isinstance(thing, Judgement):
        return _judgement(thing, notation_for(thing.claim.id.partition(".")[0]))
    if isinstance(thing, Finding):
        return _table(str(thing.verdict), (), _told(thing, LatexWriter(Notation())))
    if isinstance(thing, Derivation):
        return _derivation(thing, Notation())
    return None


def _judgement(judged: Judgement, notation: Notation) -> str:
    rows = [("says", f"${judged.claim.shown}$"), *_told(judged.finding, LatexWriter(notation))]
    rows += [(part.claim.id, str(part.finding.verdict)) for part in judged.parts]
    steps = _derivation(judged.finding.derivation, notation) if judged.finding.derivation is not None else ""
    title = f"{judged.claim.id}: {judged.finding.verdict}"
    return _table(title, (), rows) + (f"<details><summary>derivation</summary>{steps}</details>" if steps else "")


def _told(finding: Finding, writer: LatexWriter) -> list[tuple[str, str]]:
    rows = [("verdict", str(finding.verdict)), ("evidence", finding.evidence), ("remark", finding.reason)]
    if finding.statement is not None:
        rows.append(("judged as", f"${writer.statement(finding.statement)}$"))
    rows += [("holds under", f"${writer.statement(prop)}$") for _, prop in finding.conditions]
    if finding.witness is not None:
        rows.append(("counterexample", ", ".join(f"{n} = {v}" for n, v in finding.witness.as_strings().items())))
    if finding.corrected is not None:
        rows.append(("true instead", f"${writer.statement(finding.corrected)}$"))
    return [(name, text) for name, text in rows if text]


def _derivation(derivation: Derivation, notation: Notation) -> str:
    writer = LatexWriter(notation)
    items = "".join(
        f"<li>{_sentence(line.says, notation)} $\\displaystyle {_escaped(writer.statement(line.prop))}$</li>"
        for line in derivation.lines
    )
    return f"<ol>{items}</ol>"


def _sentence(words: str, notation: Notation) -> str:
    return "".join(f"${_escaped(piece)}$" if is_math else escape(piece) for is_math, piece in spans(words, notation))


def _table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = f"<tr>{''.join(f'<th>{escape(name)}</th>' for name in heads)}</tr>" if heads else ""
    body = "".join(f"<tr>{''.join(f'<td>{_escaped(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><caption>{escape(caption)}</caption>{head}{body}</table>"


def _escaped(text: str) -> str:
    """Escape for HTML; MathJax reads the entities of a formula back."""
    return escape(text, quote=False)
