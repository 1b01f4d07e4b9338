"""Documents as blocks, and the two forms in which they are written: LaTeX and Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from symhet.render.displays import Display
from symhet.render.notation import Notation
from symhet.render.prose import to_latex, to_markdown, with_words


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 (section) to 3 (run-in)."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Sentences; mathematics between dollar signs. ``lead`` is printed in bold before them."""

    text: str
    lead: str = ""


@dataclass(frozen=True)
class Formula:
    """A displayed formula."""

    display: Display


@dataclass(frozen=True)
class Listing:
    """A table; every cell is a sentence. The last column breaks into lines, unless all cells are ``short``."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    short: bool = False


@dataclass(frozen=True)
class Figure:
    """A picture in a file beside the document, as PDF for LaTeX and as SVG for Markdown."""

    name: str
    label: str
    caption: str


FIGURES = "figures"
"""Folder of the pictures, beside the documents."""

Block = Heading | Paragraph | Formula | Listing | Figure


@dataclass(frozen=True)
class Document:
    """A document before it is written.

    Parameters
    ----------
    name : str
        Name of its files without suffix.
    title, subtitle : str
        What stands above it.
    blocks : tuple of Block
        Its contents.
    small : bool
        Whether LaTeX sets it in ten points with narrow margins.
    """

    name: str
    title: str
    subtitle: str
    blocks: tuple[Block, ...]
    small: bool = False


_PREAMBLE = r"""\documentclass[11pt,a4paper]{article}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage{lmodern}
\usepackage{amsmath,amssymb,longtable,graphicx}
\usepackage[a4paper,textwidth=16cm,textheight=24cm]{geometry}
\allowdisplaybreaks
\emergencystretch=4em
\setlength{\parindent}{0pt}
\setlength{\parskip}{4pt plus 2pt}
\AtBeginDocument{\abovedisplayskip=5pt plus 3pt minus 2pt \belowdisplayskip=5pt plus 3pt minus 2pt
  \abovedisplayshortskip=\abovedisplayskip \belowdisplayshortskip=\belowdisplayskip}
\setcounter{secnumdepth}{0}
\makeatletter\@secpenalty=0 \makeatother
\newcommand{\room}{\par\penalty0 \ifdim\dimexpr\pagegoal-\pagetotal\relax<8\baselineskip\newpage\fi}
"""


_HEADINGS = (
    r"\makeatletter\renewcommand\section"
    r"{\@startsection{section}{1}{0pt}{8pt plus 2pt}{2pt}{\normalfont\large\bfseries}}\makeatother"
)
_SMALLER = {
    "11pt": "10pt",
    "textwidth=16cm": "textwidth=17.5cm",
    "textheight=24cm": "textheight=25.7cm",
    r"\setlength{\parskip}{4pt plus 2pt}": rf"\setlength{{\parskip}}{{2pt plus 1pt}}{_HEADINGS}",
}


def write_latex(document: Document, notation: Notation) -> str:
    """Return the document as a LaTeX file that compiles by itself."""
    title, subtitle = to_latex(document.title, notation), to_latex(document.subtitle, notation)
    head = [r"\begin{document}", rf"\begin{{center}}{{\Large {title}}}\\[4pt]{subtitle}\end{{center}}"]
    pairs = zip(document.blocks, (*document.blocks[1:], None), strict=True)
    body = [_heads_a_table(*pair) + _latex_block(pair[0], notation) for pair in pairs]
    preamble = _PREAMBLE
    for large, small in _SMALLER.items() if document.small else ():
        preamble = preamble.replace(large, small)
    return preamble + "\n".join([*head, *_joined(body), r"\end{document}", ""])


def _heads_a_table(block: Block, following: Block | None) -> str:
    """Return what keeps a heading from standing alone at the foot of a page: a table may break before its first row."""
    return "\\room\n" if isinstance(block, Heading) and isinstance(following, Listing) else ""


def _joined(body: Sequence[str]) -> list[str]:
    """Set a display into the paragraph before it: no empty line between."""
    lines: list[str] = []
    for text in body:
        if lines and not text.startswith(r"\["):
            lines.append("")
        lines.append(text)
    return lines


def _latex_block(block: Block, notation: Notation) -> str:
    if isinstance(block, Heading):
        command = ("section", "subsection", "subsubsection")[block.level - 1]
        return rf"\{command}{{{to_latex(block.text, notation)}}}"
    if isinstance(block, Paragraph):
        lead = rf"\textbf{{{to_latex(block.lead, notation)}}} " if block.lead else ""
        return lead + to_latex(block.text, notation)
    if isinstance(block, Formula):
        return latex_display(block.display)
    if isinstance(block, Figure):
        return _latex_figure(block, notation)
    last = "l" if block.short else f"p{{{_LAST_COLUMN.get(len(block.columns), 7)}cm}}"
    columns = "l" * (len(block.columns) - 1) + last
    rows = [" & ".join(to_latex(cell, notation) for cell in row) + r" \\" for row in (block.columns, *block.rows)]
    head = [rf"\begin{{longtable}}{{{columns}}}", rows[0], r"\hline", r"\endhead"]
    return "\n".join([*head, *rows[1:], r"\end{longtable}"])


_LAST_COLUMN = {2: 12, 3: 10}


def _latex_figure(figure: Figure, notation: Notation) -> str:
    """Return a picture with its caption; without its file, the command that draws it."""
    file = f"{FIGURES}/{figure.name}.pdf"
    missing = rf"\texttt{{symhet plot {figure.name} -o {file}}}"
    caption = rf"\textbf{{{to_latex(figure.label, notation)}.}} {to_latex(figure.caption, notation)}"
    lines = [
        r"\begin{figure}[htbp]",
        r"\centering",
        rf"\IfFileExists{{{file}}}{{\includegraphics[width=0.8\textwidth]{{{file}}}}}{{{missing}}}",
        "",
        rf"\parbox{{0.9\textwidth}}{{\small {caption}}}",
        r"\end{figure}",
    ]
    return "\n".join(lines)


def latex_display(display: Display) -> str:
    """Return a display for LaTeX; the equation number stands at its last line."""
    return _between(r"\[", display, r"\]")


def _between(opening: str, display: Display, closing: str) -> str:
    number = rf" \tag{{{display.number}}}" if display.number else ""
    lines = [with_words(line.strip()) for line in display.lines]
    inner = lines[0] if len(lines) == 1 else "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}"
    return f"{opening}\n{inner}{number}\n{closing}"


def write_markdown(document: Document, notation: Notation) -> str:
    """Return the document as Markdown with formulas between double dollar signs."""
    blocks = [_markdown_block(block, notation) for block in document.blocks]
    head = f"# {to_markdown(document.title, notation)}"
    return "\n\n".join([head, to_markdown(document.subtitle, notation), *blocks]) + "\n"


def _markdown_block(block: Block, notation: Notation) -> str:
    if isinstance(block, Heading):
        return f"{'#' * (block.level + 1)} {to_markdown(block.text, notation)}"
    if isinstance(block, Paragraph):
        lead = f"**{to_markdown(block.lead, notation)}** " if block.lead else ""
        return lead + to_markdown(block.text, notation)
    if isinstance(block, Formula):
        return markdown_display(block.display)
    if isinstance(block, Figure):
        caption = f"**{to_markdown(block.label, notation)}.** {to_markdown(block.caption, notation)}"
        return f"![{to_markdown(block.label, notation)}]({FIGURES}/{block.name}.svg)\n\n{caption}"
    rows = [[_cell(cell, notation) for cell in row] for row in (block.columns, *block.rows)]
    rule = ["---"] * len(block.columns)
    return "\n".join(f"| {' | '.join(row)} |" for row in (rows[0], rule, *rows[1:]))


def _cell(text: str, notation: Notation) -> str:
    escaped = r"\|"
    return escaped.join(piece.replace("|", r"\vert ") for piece in to_markdown(text, notation).split(escaped))


def markdown_display(display: Display) -> str:
    """Return a display for Markdown."""
    return _between("$$", display, "$$")
