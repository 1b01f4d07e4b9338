"""Compile every LaTeX document below a folder; fail on errors, references, overfull lines and too many pages."""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

WIDEST_OVERFLOW_PT = 5.0
OVERFULL = re.compile(r"^Overfull \\hbox \((?P<points>[\d.]+)pt too wide\).*$", re.MULTILINE)
UNRESOLVED = re.compile(
    r"^LaTeX Warning: (?:(?:Reference|Citation) .* undefined|Label .* multiply defined).*$", re.MULTILINE
)
ERROR = re.compile(r"^(?:!|[^\s:]+\.tex:\d+:) .*$", re.MULTILINE)
PAGES = re.compile(r"^Output written on .* \((?P<pages>\d+) pages?,", re.MULTILINE)
LIMITS = {"appendix": 12, "corrections": 2}
"""Pages that a document may have, by its name."""
# Once for the labels, once for the references, once for page numbers that the references moved.
PASSES = 3


def read_log(log: str) -> list[str]:
    """Return what is wrong with a document according to the log of its last pass."""
    overfull = [m.group(0) for m in OVERFULL.finditer(log) if float(m["points"]) > WIDEST_OVERFLOW_PT]
    return ERROR.findall(log) + UNRESOLVED.findall(log) + overfull


def too_long(source: Path, log: str) -> list[str]:
    """Return a message when a document has more pages than its kind may have."""
    pages = PAGES.search(log)
    limit = LIMITS.get(source.stem)
    if limit is None:
        return []
    if pages is None:
        return ["the log does not say how many pages were written"]
    return [f"{pages['pages']} pages; at most {limit} are allowed"] if int(pages["pages"]) > limit else []


def compile_document(source: Path, folder: Path, passes: int = PASSES) -> list[str]:
    """Compile one document into `folder` and return its problems."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [
        "pdflatex",
        "-no-shell-escape",
        "-interaction=nonstopmode",
        "-halt-on-error",
        "-file-line-error",
    ]
    command += [f"-output-directory={folder.resolve()}", source.name]
    # The log must not break its lines, or a warning would be read in halves.
    environment = {**os.environ, "max_print_line": "1000"}
    for _ in range(passes):
        run = subprocess.run(command, cwd=source.parent, env=environment, capture_output=True, check=False)
        if run.returncode:
            break
    log = folder / f"{source.stem}.log"
    said = log.read_text("utf-8", "replace") if log.exists() else ""
    problems = read_log(said) + ([] if run.returncode else too_long(source, said))
    if run.returncode and not problems:
        problems = [f"pdflatex ended with status {run.returncode}"]
    return problems


def find_documents(folder: Path) -> list[Path]:
    """Return the files that are documents of their own, not parts of others."""
    return [path for path in sorted(folder.rglob("*.tex")) if r"\documentclass" in path.read_text("utf-8")]


def check_documents(documents: list[Path], root: Path, output: Path) -> int:
    """Compile all documents, print a line for each, and return how many have problems."""
    folders = [output / path.relative_to(root).parent for path in documents]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(compile_document, documents, folders))
    for document, problems in zip(documents, results, strict=True):
        print(f"{'FAIL' if problems else 'ok  '} {document}")
        for problem in problems:
            print(f"     {problem}")
    return sum(map(bool, results))


def main() -> int:
    """Read the command line and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="leave the PDF files and logs there")
    options = parser.parse_args()
    if shutil.which("pdflatex") is None:
        print("pdflatex is not installed; on Debian:")
        print("  apt-get install texlive-latex-base texlive-latex-recommended texlive-fonts-recommended lmodern")
        return 2
    documents = find_documents(options.folder)
    if not documents:
        print(f"there is no LaTeX document below {options.folder}: nothing was checked")
        return 1
    with tempfile.TemporaryDirectory() as scratch:
        bad = check_documents(documents, options.folder, options.keep or Path(scratch))
    print(f"{len(documents) - bad} of {len(documents)} documents compile cleanly")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
