"""The page of a claim: print, verdict, why, what is true instead, derivation, evidence, LaTeX to copy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape

from symhet.claims import Verdict
from symhet.derivation import Line
from symhet.propositions import Prop
from symhet.render.accounts import Account
from symhet.render.blocks import Block, Paragraph
from symhet.render.briefs import ERROR
from symhet.render.differences import further
from symhet.render.documents import Teller, capitalised
from symhet.render.export.claims import Exporter
from symhet.render.export.renaming import RenamedWriter, Renaming
from symhet.render.latex import LatexWriter
from symhet.render.prints import number_of, print_of
from symhet.render.prose import finished
from symhet.render.report.dependencies import Dependencies
from symhet.render.report.graph import link
from symhet.render.report.html import Paper, badge, block, page, prose
from symhet.render.report.pictures import Drawn, figures_of, sign_change_figure
from symhet.render.setting import Setting
from symhet.render.witnesses import told_sides, told_witness

ROOT = "../"
WORTH_A_REFERENCE = 2
"""Fewer steps that another page has are told again."""

Derived = dict[tuple[str, Prop], tuple[str, str]]
"""For a line of a derivation the row and the claim whose derivation has it first."""


def claim_page(paper: Paper, row: Account, found: Dependencies, drawn: Drawn, derived: Derived) -> str:
    """Return the page of a row with its parts.

    Parameters
    ----------
    paper : Paper
        The paper.
    row : Account
        The row.
    found : Dependencies
        Which claims rest on which.
    drawn : Drawn
        The pictures that there are.
    derived : dict
        Where the pages derive which line first (`first_places`).
    """
    return page(f"{row.id}: {row.title or row.kind}", "".join(_Page(paper, row, drawn, derived).html(found)), root=ROOT)


def first_places(rows: Sequence[Account]) -> Derived:
    """Return where the pages of a paper, in their order, derive which line first."""
    found: Derived = {}
    for row in rows:
        for told in _argued(row):
            for line in told.lines:
                found.setdefault((line.name, line.prop), (row.id, told.id))
    return found


def _argued(row: Account) -> Iterator[Account]:
    """Yield what a row's page argues: the row, unless its parts judge it, and its parts."""
    for entry in row.walk():
        if not entry.by_parts:
            yield entry


class _Page:
    def __init__(self, paper: Paper, row: Account, drawn: Drawn, derived: Derived) -> None:
        self.paper, self.row, self.drawn = paper, row, drawn
        self.notation = paper.notation
        self.writer = LatexWriter(paper.notation)
        self.teller = Teller(self.writer, Setting.of([row], self.writer))
        self.exporter = Exporter(RenamedWriter(paper.notation, Renaming()), labels=True)
        self.derived = derived
        self.starts: dict[str, str] = {}
        self.copies = 0

    def _heading(self, told: Account) -> str:
        """Return a title with its identifier behind it, or the identifier alone."""
        named = f" <span class=meta>({escape(told.id)})</span>" if told.title else ""
        return prose(_headline(told), self.notation) + named

    def html(self, found: Dependencies) -> Iterator[str]:
        row = self.row
        yield f'<p class="meta">{escape(self.paper.title)}</p>'
        yield f"<h1>{self._heading(row)}</h1>"
        source = prose(row.source, self.notation)
        yield f'<p id="{row.id}">{badge(row.verdict)} <span class="meta">{escape(row.kind)} · {source}</span></p>'
        yield from self.blocks(print_of(row, "Claimed:", number_of(row.source)))
        parts = [entry for entry in row.walk() if entry is not row]
        if parts:
            items = "".join(
                f'<li><a href="#{part.id}">{escape(part.id)}</a> {prose(part.title, self.notation)} '
                f"{badge(part.verdict)}</li>"
                for part in parts
            )
            yield f"<h2>Judged in parts</h2><ul>{items}</ul>"
        if setting := "".join(self.blocks(self.teller.setting())):
            yield f"<details><summary>What the derivation starts from</summary>{setting}</details>"
        if not row.by_parts:
            yield from self.argued(row, 2)
        for part in parts:
            yield f'<section id="{part.id}" aria-label="{escape(part.id)}"><h2>{self._heading(part)}</h2>'
            yield f"<p>{badge(part.verdict)}</p>"
            yield from self.blocks(print_of(part, "Claimed:"))
            yield from self.argued(part, 3)
            yield "</section>"
        yield from self.pictures()
        yield from self.neighbours(found)

    def argued(self, told: Account, level: int) -> Iterator[str]:
        """Yield why a claim has its verdict."""
        heading = f"h{level}"
        body = "".join(self.verdict(told, heading))
        if body:
            yield f'<div class="panel {told.verdict}">{body}</div>'
        if told.id in self.drawn.sign_changes:
            yield sign_change_figure(told.id, self.drawn.sign_changes[told.id], self.notation, ROOT)
        if told.lines:
            yield f"<{heading}>Derivation</{heading}>"
            yield self.start(told)
            yield from self.steps(told.lines, told)
        yield from self.latex(told, heading)
        yield f"<{heading}>Evidence</{heading}><p>{prose(finished(_first_line(told.evidence)), self.notation)}"
        if told.methods:
            yield f" Kernel rules in its certificates: {escape(', '.join(told.methods))}."
        yield f' <span class="meta">Judged in {told.seconds:.1f} s.</span></p>' if told.seconds >= 0.05 else "</p>"

    def verdict(self, told: Account, heading: str) -> Iterator[str]:
        """Yield the remark, the failing statement, the counterexample, the conditions and what is true."""
        if told.reason:
            yield f"<p>{prose(capitalised(finished(told.reason)), self.notation)}</p>"
        if told.verdict == Verdict.OPEN:
            yield f"<p>Nothing was found either way in {told.tried} points.</p>"
        failing = told.verdict in (Verdict.REFUTED, Verdict.PROVED_WITH)
        if told.statement is not None and told.verdict != Verdict.GIVEN:
            yield f"<{heading}>{'The statement that fails' if failing else 'Judged as'}</{heading}>"
            yield from self.blocks(self.teller.formulas(told.statement))
        if told.witness is not None and failing:
            yield f"<{heading}>Exact counterexample</{heading}>"
            yield f"<p>{prose(told_witness(told.witness, self.notation), self.notation)}</p>"
            told_values = [sentence for example in told.failing for sentence in told_sides(example, self.writer)]
            yield from (f"<p>{prose(sentence, self.notation)}</p>" for sentence in dict.fromkeys(told_values))
            yield from self.blocks(self.teller.elsewhere(told))
        if told.conditions:
            yield f"<{heading}>It holds under the added condition{'s' if len(told.conditions) > 1 else ''}</{heading}>"
            yield from self.blocks(self.teller.together([prop for _, prop in told.conditions]))
        if told.corrected is not None:
            yield f"<{heading}>Corrected statement, proved for every admissible parameter</{heading}>"
            yield from self.blocks(self.teller.formulas(told.corrected))
        if others := "".join(self.blocks(further(told, self.teller))):
            yield f"<{heading}>Other theorems</{heading}>{others}"

    def start(self, told: Account) -> str:
        """Return what a derivation starts from, once a page."""
        text = "".join(self.blocks(self.teller.starting_points(told)))
        first = self.starts.setdefault(text, told.id)
        return text if first == told.id else f'<p>From the same as <a href="#{first}">{escape(first)}</a>:</p>'

    def steps(self, lines: Sequence[Line], told: Account) -> Iterator[str]:
        """Yield the derivation step by step; steps that the site has already are one reference with their result."""
        items: list[str] = []
        run: list[Line] = []
        for line in lines:
            place = self.place(line)
            known = place[1] != told.id and line.kind not in ("conclude", "given", "define")
            if run and (not known or place != self.place(run[-1])):
                items += self.told_again(run, told)
                run = []
            if known:
                run.append(line)
            else:
                items.append(self.step(line, told))
        items += self.told_again(run, told)
        yield f'<ol class="steps">{"".join(items)}</ol>'

    def place(self, line: Line) -> tuple[str, str]:
        """Return the row and the claim in which the site derives a line first."""
        return self.derived[line.name, line.prop]

    def step(self, line: Line, told: Account) -> str:
        """Return one step of a derivation."""
        return f"<li>{''.join(self.blocks(self.teller.line(line, told)))}</li>"

    def told_again(self, run: Sequence[Line], told: Account) -> list[str]:
        """Return a run of steps that another derivation has: a reference with the last of them, or all if few."""
        if len(run) < WORTH_A_REFERENCE:
            return [self.step(line, told) for line in run]
        row, claim = self.place(run[0])
        address = f"#{claim}" if row == self.row.id else f"{row}.html#{claim}"
        formula = "".join(self.blocks(self.teller.formulas(run[-1].prop, run[-1].number)))
        return [f'<li>In {len(run)} steps, as derived in <a href="{address}">{escape(claim)}</a>,{formula}</li>']

    def latex(self, told: Account, heading: str) -> Iterator[str]:
        """Yield the LaTeX to copy."""
        if told.verdict == ERROR or told.by_parts:
            return
        self.copies += 1
        name = f"latex-{self.copies}"
        text = escape(self.exporter.claim(replace(told, parts=())), quote=False)
        yield (
            f"<details class=latex><summary>LaTeX</summary>"
            f'<button class="copy" type="button" data-copies="{name}" hidden>Copy LaTeX</button>'
            f'<pre id="{name}" tabindex="0">{text}</pre></details>'
        )

    def pictures(self) -> Iterator[str]:
        figures = figures_of(self.row.id, self.drawn.names, ROOT)
        if figures:
            yield f"<h2>Picture</h2>{figures}"

    def neighbours(self, found: Dependencies) -> Iterator[str]:
        """Yield which claims this one rests on, and which rest on it."""
        both = (("Rests on", found.uses[self.row.id]), ("Used by", found.used_by[self.row.id]))
        for words, names in both:
            if names:
                items = "".join(f"<li>{link(name, ROOT)}</li>" for name in names)
                yield f'<h2>{words}</h2><ul class="inline">{items}</ul>'
        ids = [row.id for row in self.paper.rows]
        at = ids.index(self.row.id)
        before = f'<a rel="prev" href="{ids[at - 1]}.html">← {ids[at - 1]}</a>' if at else "<span></span>"
        after = f'<a rel="next" href="{ids[at + 1]}.html">{ids[at + 1]} →</a>' if at + 1 < len(ids) else ""
        yield f'<nav class="steps" aria-label="Neighbouring claims">{before}{after}</nav>'

    def blocks(self, shown: Iterator[Block]) -> Iterator[str]:
        for each in shown:
            if isinstance(each, Paragraph) and not each.text.strip():
                continue
            yield block(each, self.notation)


def _headline(told: Account) -> str:
    return told.title[:1].upper() + told.title[1:] if told.title else told.id


def _first_line(text: str) -> str:
    return text.partition("\n")[0]
