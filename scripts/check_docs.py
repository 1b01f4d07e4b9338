"""Write the documents to a temporary folder and compare them with the committed ones.

Text is compared byte by byte; of pictures the words, and the numbers up to what is too small to see.
"""

import difflib
import re
import subprocess
import sys
import tempfile
from pathlib import Path

WRITTEN_BY_LATEX = {".pdf", ".aux", ".log", ".out", ".toc"}
PICTURES = "figures"
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
SEEN = 0.05
"""Coordinates of a picture that differ by less, in points, look the same."""
LINES_SHOWN = 40


def read_tree(folder: Path) -> dict[str, bytes]:
    """Return every document below a folder by its relative path; of a picture as PDF only that it is there."""
    tree = {}
    for path in sorted(folder.rglob("*")):
        picture = path.parent.name == PICTURES
        if path.is_file() and (picture or path.suffix not in WRITTEN_BY_LATEX):
            name = path.relative_to(folder).as_posix()
            tree[name] = b"" if picture and path.suffix == ".pdf" else path.read_bytes()
    return tree


def looks_alike(name: str, committed: bytes, fresh: bytes) -> bool:
    """Tell whether two versions are equal, or two pictures that nobody could tell apart."""
    if committed == fresh or not name.endswith(".svg"):
        return committed == fresh
    before, after = committed.decode("utf-8"), fresh.decode("utf-8")
    if NUMBER.sub("", before) != NUMBER.sub("", after):
        return False
    pairs = zip(NUMBER.findall(before), NUMBER.findall(after), strict=True)
    return all(abs(float(left) - float(right)) <= SEEN for left, right in pairs)


def describe_change(name: str, committed: bytes, fresh: bytes) -> str:
    """Return the first lines of the difference between two versions of a document."""
    before, after = (text.decode("utf-8", "replace").splitlines() for text in (committed, fresh))
    difference = list(difflib.unified_diff(before, after, f"committed/{name}", f"fresh/{name}", lineterm="", n=1))
    rest = len(difference) - LINES_SHOWN
    return "\n".join(difference[:LINES_SHOWN] + ([f"... {rest} more lines"] if rest > 0 else []))


def compare_trees(committed: dict[str, bytes], fresh: dict[str, bytes]) -> list[str]:
    """Return one message for each document that is missing, left over or different."""
    problems = [f"not committed: {name}" for name in fresh.keys() - committed.keys()]
    problems += [f"committed, but no longer written: {name}" for name in committed.keys() - fresh.keys()]
    problems += [
        describe_change(name, committed[name], fresh[name])
        for name in committed.keys() & fresh.keys()
        if not looks_alike(name, committed[name], fresh[name])
    ]
    return sorted(problems)


def main(folder: str) -> int:
    """Compare the tree below `folder` with what symhet writes now; return the exit status."""
    symhet = Path(sys.executable).with_name("symhet")
    with tempfile.TemporaryDirectory() as scratch:
        run = subprocess.run([symhet, "docs", "-o", scratch], check=False, stdout=subprocess.DEVNULL)
        if run.returncode:
            print(f"symhet docs ended with status {run.returncode}: nothing was compared")
            return 1
        fresh = read_tree(Path(scratch))
    if not fresh:
        print("symhet docs wrote nothing: there is nothing to compare")
        return 1
    problems = compare_trees(read_tree(Path(folder)), fresh)
    if problems:
        print(*problems, sep="\n\n")
        print(f"\n{len(problems)} documents differ; run `make docs` and commit what it writes")
        return 1
    print(f"{len(fresh)} documents are as committed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
