"""A whole document that compiles by itself, and its PDF."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from symhet.errors import OutputError

PREAMBLE = r"""\documentclass[11pt,a4paper]{article}
\usepackage{amsmath,amssymb}
\usepackage{booktabs}
\textwidth=16cm \oddsidemargin=0cm \textheight=24cm \topmargin=-1cm
\allowdisplaybreaks
\emergencystretch=4em
\setlength{\parindent}{0pt}
\renewcommand{\theequation}{S.\arabic{equation}}
"""
ENGINES = (
    ("latexmk", ("-pdf", "-interaction=nonstopmode", "-halt-on-error", "-quiet")),
    ("tectonic", ()),
    ("pdflatex", ("-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error")),
)
INSTALL = "install latexmk, tectonic or pdflatex; on Debian: apt-get install latexmk texlive-latex-recommended"
LONGEST_RUN = 300


def standalone(title: str, parts: Sequence[tuple[str, str]]) -> str:
    """Return a document with a section for each heading and its LaTeX."""
    body = "\n".join(f"\\section*{{{heading}}}\n{text}" for heading, text in parts if text)
    head = f"\\begin{{center}}\\Large {title}\\end{{center}}\n"
    return f"{PREAMBLE}\\begin{{document}}\n{head}{body}\n\\end{{document}}\n"


def write_pdf(latex: str, target: Path) -> None:
    """Compile a document.

    Raises
    ------
    OutputError
        When no LaTeX is installed, or it does not accept the document.
    """
    engine = next(((name, options) for name, options in ENGINES if shutil.which(name)), None)
    if engine is None:
        raise OutputError(str(target), "no LaTeX is installed that could make the PDF", fix=INSTALL)
    name, options = engine
    with TemporaryDirectory() as folder:
        source = Path(folder) / "export.tex"
        source.write_text(latex, "utf-8")
        for _ in range(2 if name == "pdflatex" else 1):
            try:
                run = subprocess.run(
                    [name, *options, source.name], cwd=folder, capture_output=True, check=False, timeout=LONGEST_RUN
                )
            except subprocess.TimeoutExpired as error:
                raise OutputError(str(target), f"{name} did not end within {LONGEST_RUN} seconds") from error
        made = source.with_suffix(".pdf")
        if run.returncode or not made.exists():
            last = run.stdout.decode("utf-8", "replace").strip().splitlines()[-3:]
            raise OutputError(str(target), f"{name} ended with status {run.returncode}: {' '.join(last)}")
        try:
            shutil.copyfile(made, target)
        except OSError as error:
            raise OutputError(str(target), error.strerror or str(error)) from error
