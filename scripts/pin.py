"""Pin what must not change: hashes of documents, verdicts, certificates and printed pages, before and after a change.

Usage: pin.py write FILE [PAPER...], then after the change: pin.py compare FILE [PAPER...]
"""

import hashlib
import json
import sys
from pathlib import Path

from symhet.cli.documents import paper_texts
from symhet.cli.judging import as_json
from symhet.cli.ledgers import ledgers
from symhet.cli.running import How, Run, cores
from symhet.render.blocks import write_latex, write_markdown
from symhet.render.documents import single
from symhet.render.notation import notation_for

Pins = dict[str, dict[str, str]]
"""Hashes by kind, and in each kind by name."""

USAGE = 2
TIMES = ("seconds",)
"""What is another number in each run."""


def digest(text: str) -> str:
    """Return a short hash of a text.

    Examples
    --------
    >>> digest("sigma > 1")
    'e7bc8870490f6fd4'
    """
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def take(papers: tuple[str, ...] = ()) -> Pins:
    """Judge the claims of some papers, or of all, and return the hashes of all that is made of them."""
    found: Pins = {kind: {} for kind in ("documents", "verdicts", "certificates", "pages")}
    for ledger in ledgers(papers):
        run = Run(ledger.claims, How(export=True))
        run.execute(cores())
        told = run.accounts()
        notation = notation_for(ledger.key)
        texts = paper_texts(ledger, {row.id: row for row in told})
        found["documents"] |= {f"{ledger.key}/{name}": digest(text) for name, text in texts.items()}
        for record in as_json(run.briefs(full=True), run)["claims"]:
            lasting = {name: value for name, value in record.items() if name not in TIMES}
            found["verdicts"][record["id"]] = digest(json.dumps(lasting, sort_keys=True))
        for entry in (entry for row in told for entry in row.walk()):
            page = single(entry, ledger.title, notation)
            found["pages"][entry.id] = digest(write_markdown(page, notation) + write_latex(page, notation))
            for number, theorem in enumerate(entry.exported):
                found["certificates"][f"{entry.id} {number}"] = digest(theorem)
    return found


def changes(before: Pins, after: Pins) -> list[str]:
    """Return a line for each hash that is new, gone or another, and nothing where all is as it was.

    Examples
    --------
    >>> changes({"pages": {"a": "1", "b": "2"}}, {"pages": {"a": "1", "b": "3", "c": "4"}})
    ['pages: another b', 'pages: new c']
    >>> changes({"pages": {"a": "1"}}, {"pages": {}})
    ['pages: gone a']
    """
    lines = []
    for kind in before | after:
        old, new = before.get(kind, {}), after.get(kind, {})
        for name in sorted(old | new):
            if old.get(name) != new.get(name):
                word = "new" if name not in old else "gone" if name not in new else "another"
                lines.append(f"{kind}: {word} {name}")
    return lines


def main(arguments: list[str]) -> int:
    """Write the pins, or compare with those that were written; return the exit status."""
    if len(arguments) < USAGE or arguments[0] not in ("write", "compare"):
        print(__doc__)
        return USAGE
    mode, path, papers = arguments[0], Path(arguments[1]), tuple(arguments[2:])
    if mode == "compare" and not path.is_file():
        print(f"{path} does not exist: write it first, on the state to compare with: pin.py write {path}")
        return USAGE
    found = take(papers)
    counted = ", ".join(f"{len(hashes)} {kind}" for kind, hashes in found.items())
    if mode == "write":
        path.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", "utf-8")
        print(f"{path}: {counted}")
        return 0
    lines = changes(json.loads(path.read_text("utf-8")), found)
    print("\n".join([*lines, f"{len(lines)} changes among {counted}"]))
    return bool(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
