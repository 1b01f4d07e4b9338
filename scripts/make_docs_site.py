"""Write the documentation as a site: python scripts/make_docs_site.py [--pages-only]. It needs no network.

The pages of docs/ are copied to build/pages, the gallery is written beside them from the files in examples/, each
judged anew, and the API reference from the docstrings; MkDocs then makes build/docs of it.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from gallery_pictures import MOST, sign_picture, slope_picture, slopes
from latex2mathml.converter import convert

import symhet
from symhet.model.printed import printed
from symhet.model.report import ClaimReport, Report
from symhet.model.world import understood

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


def picture(name: str, caption: str) -> str:
    """Return a picture with what it shows."""
    words = re.sub(r"<[^>]+>", "", caption)
    shown = f'<img src="{name}" alt="{words}" loading="lazy">'
    return f'<figure markdown="0">{shown}<figcaption>{caption}</figcaption></figure>'


def claim_lines(model: Any, claim: ClaimReport, folder: Path, drawn: dict[str, tuple[str, str]]) -> Iterator[str]:
    """Yield the lines about one claim, with its picture."""
    heading = claim.claim.title or claim.claim.name.replace("_", " ")
    yield f"### {MARKS[claim.verdict]} {heading}"
    formula = printed(understood(model), claim.claim).replace(r"\ln ", r"\ln\,")
    yield f'<div class="wide">{convert(formula, display="block")}</div>\n'
    yield f"**{claim.verdict}** · `{claim.claim.says.text}`"
    yield "\n".join(f"- {line}" for line in details(claim))
    name = f"{model.key}-{claim.claim.name}.svg"
    if claim.counterexample is not None and (caption := sign_picture(model, claim, folder / name)):
        yield picture(name, caption)
    if claim.claim.name in drawn:
        yield picture(*drawn[claim.claim.name])


def responses(report: Report, folder: Path) -> dict[str, tuple[str, str]]:
    """Draw how what the claims differentiate moves; return picture and caption by the name of the claim."""
    found: dict[str, tuple[str, str]] = {}
    for claim, of, over in slopes(report):
        name = f"{report.model.key}-{claim.claim.name}-moves.svg"
        if len(found) < MOST and slope_picture(report, of, over, folder / name):
            names = [named(report.model, word) for word in (of, over)]
            found[claim.claim.name] = (
                name,
                f"{names[0][:1].upper()}{names[0][1:]} against {names[1]}, the conditions solved anew at each point.",
            )
    return found


def named(model: Any, name: str) -> str:
    """Return what a name stands for, or the symbol."""
    known = model.quantities.get(name) or model.definitions[name]
    return known.meaning or convert(known.latex)


def page(path: Path, report: Report, folder: Path) -> str:
    """Return the page of one file; its pictures go into the folder."""
    source = path.read_text("utf-8")
    place = path.relative_to(ROOT)
    lines = [f"# {report.model.title}", opening(source), f"Run it: `symhet check {place}`", "## Verdicts"]
    drawn = responses(report, folder)
    for claim in report.claims:
        lines += claim_lines(report.model, claim, folder, drawn)
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


def write_gallery(only: Sequence[str] = ()) -> None:
    """Judge every file of examples/, or those with these names, and write its page."""
    folder = PAGES / "gallery"
    folder.mkdir()
    rows = []
    for path in files():
        if only and path.stem not in only:
            continue
        print(f"judging {path.relative_to(ROOT)}", flush=True)
        report = symhet.read_model(path).check()
        (folder / f"{path.stem}.md").write_text(page(path, report, folder), "utf-8")
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
    parser.add_argument("--only", nargs="*", default=(), metavar="NAME", help="files of the gallery that are judged")
    options = parser.parse_args()
    shutil.rmtree(PAGES, ignore_errors=True)
    shutil.copytree(ROOT / "docs", PAGES, ignore=shutil.ignore_patterns("api"))
    write_gallery(options.only)
    write_api()
    if options.pages_only:
        return 0
    return subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"], cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main())
