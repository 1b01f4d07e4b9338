"""Write the documentation as a site: python scripts/make_docs_site.py [--pages-only]. It needs no network.

The pages of docs/ are copied to build/pages, the gallery is written beside them from the files in examples/, each
judged anew, and the API reference from the docstrings; MkDocs then makes build/docs of it.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from latex2mathml.converter import convert

import symhet
from symhet.model.report import ClaimReport, Report

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "build" / "pages"
MARKS = {"proved": "✔", "proved-with": "◐", "refuted": "✘", "inconsistent": "∅", "open": "?"}
FIRST = ("melitz", "chaney")
"""Models of a whole paper stand before single claims."""


def files() -> list[Path]:
    """Return the files of the gallery: whole models first, then claims of the profession."""
    models = sorted((ROOT / "examples").glob("*.toml"), key=lambda path: (path.stem not in FIRST, path.stem))
    return [*models, *sorted((ROOT / "examples" / "claims").glob("*.toml"))]


def opening(source: str) -> str:
    """Return the comment at the head of a file, as a paragraph."""
    lines = []
    for line in source.splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.lstrip("# ").strip())
    return " ".join(lines)


def details(claim: ClaimReport) -> Iterator[str]:
    """Yield what stands below a verdict: its condition, and where the claim fails and holds."""
    found = claim.as_dict()
    for condition in found["conditions"]:
        yield f"{condition['kind']}: `{condition['says']}`"
    if claim.counterexample is not None:
        yield f"fails at {claim.counterexample}"
    if claim.example is not None:
        yield f"holds at {claim.example}"
    yield from (f"tried: {line}" for line in claim.tried if claim.verdict == "open")


def claim_lines(claim: ClaimReport) -> Iterator[str]:
    """Yield the lines about one claim."""
    heading = claim.claim.title or claim.claim.name.replace("_", " ")
    yield f"### {MARKS[claim.verdict]} {heading}"
    yield f"{convert(claim.latex, display='block')}\n"
    yield f"**{claim.verdict}** · `{claim.claim.says.text}`"
    yield from (f"- {line}" for line in details(claim))


def page(path: Path, report: Report) -> str:
    """Return the page of one file."""
    source = path.read_text("utf-8")
    place = path.relative_to(ROOT)
    lines = [f"# {report.model.title}", opening(source), f"Run it: `symhet check {place}`", "## Verdicts"]
    for claim in report.claims:
        lines += claim_lines(claim)
    return "\n\n".join([*lines, "## The file", f'```toml title="{place}"\n{source.rstrip()}\n```', ""])


def index(rows: list[tuple[Path, Report]]) -> str:
    """Return the first page of the gallery."""
    lines = ["# Gallery", "Each file is judged when this site is built.", ""]
    table = ["| file | claims | verdicts |", "|---|---|---|"]
    for path, report in rows:
        marks = " ".join(f"{MARKS[claim.verdict]}" for claim in report.claims)
        table.append(f"| [{report.model.title}]({path.stem}.md) | {len(report.claims)} | {marks} |")
    legend = " · ".join(f"{mark} {word}" for word, mark in MARKS.items())
    return "\n\n".join([*lines[:2], legend, "\n".join(table), ""])


def write_gallery() -> None:
    """Judge every file of examples/ and write its page."""
    folder = PAGES / "gallery"
    folder.mkdir()
    rows = []
    for path in files():
        print(f"judging {path.relative_to(ROOT)}", flush=True)
        report = symhet.read_model(path).check()
        (folder / f"{path.stem}.md").write_text(page(path, report), "utf-8")
        rows.append((path, report))
    (folder / "index.md").write_text(index(rows), "utf-8")


def write_api() -> None:
    """Write the reference and a page that leads to it."""
    subprocess.run([sys.executable, ROOT / "scripts" / "make_api.py", PAGES / "api"], check=True)
    lead = "# API\n\nEvery public name with its arguments, domains and an example: [the reference](api/index.html).\n"
    (PAGES / "api.md").write_text(lead, "utf-8")


def main() -> int:
    """Write the pages and return the exit status of MkDocs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages-only", action="store_true", help="stop before MkDocs")
    options = parser.parse_args()
    shutil.rmtree(PAGES, ignore_errors=True)
    shutil.copytree(ROOT / "docs", PAGES, ignore=shutil.ignore_patterns("api"))
    write_gallery()
    write_api()
    if options.pages_only:
        return 0
    return subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"], cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main())
