"""The report: a static site about judged papers that needs no network and no script to be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from importlib import resources
from pathlib import Path

from symhet.render.blocks import Document
from symhet.render.corrections import corrections_document
from symhet.render.expositions import exposition_document, notation_of_names
from symhet.render.notation import Notation, notation_for
from symhet.render.processes import mapped
from symhet.render.report.claim import Derived, claim_page, first_places
from symhet.render.report.dependencies import Dependencies, dependencies
from symhet.render.report.graph import graph, lists
from symhet.render.report.html import Paper, block, page, prose, table
from symhet.render.report.mathml import inline
from symhet.render.report.overview import overview
from symhet.render.report.pictures import Drawn, draw_all, draw_sign_changes, figure
from symhet.render.written import appendix_of, corrections_of

__all__ = ["Paper", "paper", "write_site"]

PAGES = 6
"""Pages that a worker writes one after another: those of one section share formulas."""
ASSETS = ("style.css", "site.js", "icon.svg")


def paper(key: str, title: str, rows: Sequence[object]) -> Paper:
    """Return a judged paper from the accounts of its rows."""
    return Paper(key, title, tuple(rows), notation_for(key))  # type: ignore[arg-type]


def write_site(
    folder: Path, papers: Sequence[Paper], progress: Callable[[str], None] = lambda name: None, jobs: int = 1
) -> int:
    """Write the site into a folder and return how many bytes it has.

    Parameters
    ----------
    folder : Path
        An existing folder; files of the same names are replaced.
    papers : sequence of Paper
        The judged papers.
    progress : Callable, optional
        Called with the name of each file that is written.
    jobs : int, optional
        How many processes draw pictures and write pages.

    Raises
    ------
    MissingExtra
        When latex2mathml or matplotlib is not installed.
    """
    files: dict[str, str] = {"index.html": overview(papers), "notation.html": _notation(papers)}
    (folder / "claims").mkdir(exist_ok=True)
    (folder / "pictures").mkdir(exist_ok=True)
    names = draw_all(folder / "pictures", [each.key for each in papers], jobs)
    entries = [entry for each in papers for entry in each.entries]
    notations = {each.key: each.notation for each in papers}
    drawn = Drawn(names, draw_sign_changes(folder / "pictures", entries, notations, jobs))
    files["pictures.html"] = page("Pictures", "<h1>Pictures</h1>" + "".join(map(figure, names)), "pictures.html")
    rests = [dependencies(each.rows) for each in papers]
    write = partial(_pages, papers, rests, drawn, [first_places(each.rows) for each in papers])
    places = [(number, place) for number, each in enumerate(papers) for place in (None, *range(len(each.rows)))]
    for made in mapped(write, places, jobs, chunk=PAGES):
        files |= made
    graphs = [
        f"<h2>{escape(each.title)}</h2>{graph(each, found)}{lists(each, found)}"
        for each, found in zip(papers, rests, strict=True)
    ]
    files["dependencies.html"] = page("Dependencies", _DEPENDENCIES + "".join(graphs), "dependencies.html")
    for name in ASSETS:
        files[name] = resources.files(__name__).joinpath(name).read_text("utf-8")
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
        progress(name)
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _pages(
    papers: Sequence[Paper],
    rests: Sequence[Dependencies],
    drawn: Drawn,
    derived: Sequence[Derived],
    asked: tuple[int, int | None],
) -> dict[str, str]:
    """Return the page of a paper's row by the places of both; without a row, the pages of what is written about it."""
    number, place = asked
    if place is None:
        return _written(papers[number])
    row = papers[number].rows[place]
    return {f"claims/{row.id}.html": claim_page(papers[number], row, rests[number], drawn, derived[number])}


_DEPENDENCIES = (
    "<h1>Which claims rest on which</h1><p>Read off the derivations: a claim rests on another when its derivation uses "
    "the other's equation, assumption or conclusion. What follows over a longer way is not drawn; the list has it.</p>"
)


def _written(paper: Paper) -> dict[str, str]:
    """Return the pages of what is written about a paper: its appendix and its corrections."""
    appendix, corrections = appendix_of(paper.key), corrections_of(paper.key)
    made, notation = [], paper.notation
    if appendix is not None:
        made.append(exposition_document(appendix, paper.title, paper.rows, paper.notation))
        notation = notation_of_names(appendix, paper.notation)
    if corrections is not None:
        made.append(corrections_document(corrections, paper.title, paper.rows))
    return {f"{paper.key}-{shown.name}.html": _document_page(shown, notation) for shown in made}


def _document_page(shown: Document, notation: Notation) -> str:
    body = "".join(block(each, notation, level=2) for each in shown.blocks)
    title = f"{shown.title}: {shown.subtitle}"
    return page(title, f'<p class="meta">{escape(shown.subtitle)}</p><h1>{escape(shown.title)}</h1>{body}')


def _notation(papers: Sequence[Paper]) -> str:
    tables = "".join(f"<h2>{escape(each.title)}</h2>{_symbols(each.notation)}" for each in papers)
    return page("Notation", f"<h1>Notation</h1>{tables}", "notation.html")


def _symbols(notation: Notation) -> str:
    rows = [
        [inline(latex), prose(notation.meanings.get(name, ""), notation), f"<code>{escape(name)}</code>"]
        for name, latex in notation.written.items()
        if name in notation.meanings
    ]
    return table(("symbol", "meaning", "name on the command line"), rows)
