"""The first page: what was found, and every claim with its verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape
from unicodedata import combining, normalize

from symhet.propositions import free_symbols
from symhet.render.accounts import Account
from symhet.render.briefs import BESIDE_PRINT
from symhet.render.corrections import headlines
from symhet.render.documents import READING
from symhet.render.notation import Notation
from symhet.render.prints import as_sentence, is_sentence
from symhet.render.prose import listed, with_words
from symhet.render.readable import readable
from symhet.render.report.html import SIGNS, Paper, anchor, badge, page, prose, table
from symhet.render.report.mathml import inline
from symhet.render.written import appendix_of, corrections_of

INTRODUCTION = (
    "symhet rebuilds heterogeneous-firm trade models from their primitives, derives what the papers derive, and says "
    "of every printed claim whether it is true."
)


def overview(papers: Sequence[Paper]) -> str:
    """Return the page."""
    sections = "".join(map(_section, papers))
    body = (
        f"<h1>What is true in {len(papers)} paper{'s' if len(papers) != 1 else ''}</h1><p>{INTRODUCTION} "
        f"{prose(READING, Notation())}</p>{_faults(papers)}{_counts(papers)}{_filters(papers)}{sections}"
    )
    return page("Claims and verdicts", body, "index.html")


def _faults(papers: Sequence[Paper]) -> str:
    """Return the papers' faults of substance, one line each, with links to where they are shown."""
    lists = "".join(_faults_of(paper) for paper in papers)
    return f"<h2>Faults of substance</h2>{lists}" if lists else ""


def _faults_of(paper: Paper) -> str:
    corrections = corrections_of(paper.key)
    if corrections is None:
        return ""
    row_of = {entry.id: row for row in paper.rows for entry in row.walk()}
    items = [
        f'<li><a href="{anchor(told, row_of[told.id])}">{prose(line, paper.notation)}</a></li>'
        for told, line in headlines(corrections, paper.rows)
    ]
    names = [("corrections", "All corrections"), *([("appendix", "appendix")] if appendix_of(paper.key) else [])]
    documents = ", ".join(f'<a href="{paper.key}-{name}.html">{words}</a>' for name, words in names)
    return f"<h3>{escape(paper.authors)}</h3><ul>{''.join(items)}</ul><p>{documents}</p>"


def _counts(papers: Sequence[Paper]) -> str:
    counted = [Counter(entry.verdict for entry in paper.entries if entry.origin == "printed") for paper in papers]
    present = [verdict for verdict in SIGNS if any(count[verdict] for count in counted)]
    names = [f'<a href="#{paper.key}">{escape(paper.authors)}</a>' for paper in papers]
    rows = [[badge(verdict), *(str(count[verdict]) for count in counted)] for verdict in present]
    rows.append(["claims", *(str(sum(count.values())) for count in counted)])
    for origin, words in BESIDE_PRINT.items():
        numbers = [sum(entry.origin == origin for entry in paper.entries) for paper in papers]
        rows += [[words, *map(str, numbers)]] if any(numbers) else []
    return table(["Verdict", *names], rows, "Parts of claims are counted as claims; what is not in print, apart")


def _filters(papers: Sequence[Paper]) -> str:
    present = {entry.verdict for paper in papers for entry in paper.entries}
    verdicts = "".join(
        f'<label><input type="checkbox" name="verdict" value="{verdict}" checked> {words}</label>'
        for verdict, (_, words) in SIGNS.items()
        if verdict in present
    )
    which = "".join(
        f'<label><input type="checkbox" name="paper" value="{paper.key}" checked> {escape(paper.authors)}</label>'
        for paper in papers
    )
    return (
        '<form id="filters" hidden aria-label="Filter the claims"><label>Words <input type="search" name="q"></label>'
        f"<fieldset><legend>Verdict</legend>{verdicts}</fieldset><fieldset><legend>Paper</legend>{which}</fieldset>"
        '<button type="reset">Show all</button> <span id="matching" role="status"></span></form>'
    )


def _section(paper: Paper) -> str:
    rows = "".join(_row(paper, row, entry) for row in paper.rows for entry in row.walk())
    head = "".join(f'<th scope="col">{name}</th>' for name in ("claim", "what", "verdict", "why"))
    return (
        f'<section class="paper" id="{paper.key}" aria-labelledby="{paper.key}-title">'
        f'<h2 id="{paper.key}-title">{escape(paper.title)}</h2>'
        f'<table class="claims"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></section>'
    )


def _row(paper: Paper, row: Account, entry: Account) -> str:
    why = _of_parts(entry) if entry.by_parts else entry.reason or entry.evidence.partition("\n")[0]
    words = (entry.id, entry.title, entry.kind, SIGNS[entry.verdict][1], entry.source, why, *_sought(entry, paper))
    text = escape(plain_letters(" ".join(words)))
    return (
        f'<tr class="{"part" if entry is not row else "row"}" data-verdict="{entry.verdict}" data-paper="{paper.key}" '
        f'data-text="{text}"><th scope="row"><a href="{anchor(entry, row)}">{_foldable(entry.id)}</a></th>'
        f"<td>{prose(entry.title, paper.notation)}{_said(entry, paper)}</td><td>{badge(entry.verdict)}</td>"
        f'<td class="why">{prose(why, paper.notation)}</td></tr>'
    )


def _foldable(identifier: str) -> str:
    """Return an identifier that a narrow column folds behind its dots, not within a word."""
    return escape(identifier).replace(".", ".<wbr>")


def _of_parts(entry: Account) -> str:
    """Return why a row has the verdict that it has: what became of its parts."""
    told = [f"{part.id} is {SIGNS[part.verdict][1]}" for part in entry.parts]
    return f"{len(told)} parts: {listed(told)}" if len(told) > 1 else listed(told)


def _said(entry: Account, paper: Paper) -> str:
    """Return what a claim says, as it stands in the list."""
    if is_sentence(entry.shown):
        return f'<div class="says">{prose(as_sentence(entry.shown), paper.notation)}</div>'
    return f'<div class="says scroll">{inline(with_words(entry.shown))}</div>'


def _sought(entry: Account, paper: Paper) -> tuple[str, ...]:
    """Return what a claim may be looked for by: its formulas as text, and its symbols by their names."""
    shown = readable(entry.shown, paper.notation.letters)
    props = [prop for prop in (entry.statement, entry.corrected) if prop is not None]
    symbols = {symbol for prop in props for symbol in free_symbols(prop)}
    names = sorted({name for symbol in symbols for name in (symbol.name, paper.notation.plain(symbol))})
    return (shown, *names)


def plain_letters(text: str) -> str:
    """Return a text in small letters without accents, as the search of the site compares it.

    Examples
    --------
    >>> plain_letters("Φ̂_ex")
    'φ_ex'
    """
    return "".join(letter for letter in normalize("NFD", text.lower()) if not combining(letter))
