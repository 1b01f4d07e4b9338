"""Write, or check, the source map at each paper's door: which equation is which claim, argued in which file.

Usage: source_maps.py [--check]
"""

import ast
import sys
from collections.abc import Callable, Iterator
from functools import partial
from inspect import getsourcefile, unwrap
from pathlib import Path
from typing import Any

from symhet.catalogue import Paper, papers
from symhet.claims import Claim, given

MAP = "source-map.md"


def file_of(argue: Callable[..., Any], room: Path) -> str:
    """Return the file of the function that argues a claim, seen from the room."""
    while isinstance(argue, partial):
        argue = argue.func
    path = Path(getsourcefile(unwrap(argue)) or "")
    return path.relative_to(room).as_posix() if path.is_relative_to(room) else path.name


def rows(claims: tuple[Claim, ...], room: Path) -> Iterator[str]:
    """Yield a line of the table for each claim and part: where the paper has it, its ID, what it is, its file."""
    for claim in claims:
        for entry in claim.walk():
            place = entry.source.partition(", ")[2] or entry.source
            yield f"| {place} | `{entry.id}` | {entry.title} | {argued_in(entry, room)} |"


def argued_in(claim: Claim, room: Path) -> str:
    """Return where a claim is argued: a file of the room; else what is done with it."""
    if claim.argue is None or claim.argue is given:
        return "by its parts" if claim.parts and claim.argue is None else "taken as given"
    file = file_of(claim.argue, room)
    return f"[{file}]({file})" if (room / file).is_file() else f"{file} of symhet"


def files(room: Path) -> Iterator[str]:
    """Yield a line for each file of the room: its name and the first line of its docstring."""
    for path in sorted(room.glob("*.py")):
        said = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
        yield f"| [{path.name}]({path.name}) | {said.partition(chr(10))[0]} |"


def source_map(paper: Paper) -> str:
    """Return the text of a paper's source map."""
    ledger, room = paper.ledger(), paper.store.parent
    table = [f"# {ledger.title}: source map", "", "Written by `make source-maps` from the ledger.", ""]
    table += ["## Claims", "", "| in the paper | claim | what it says | argued in |", "|---|---|---|---|"]
    table += rows(ledger.claims, room)
    table += ["", "## Files", "", "| file | subject |", "|---|---|", *files(room)]
    return "\n".join(table) + "\n"


def main(check: bool) -> int:
    """Write the maps of the papers that have a room in this checkout, or say which are out of date."""
    here, stale = Path(__file__).parents[1], []
    for paper in papers():
        target = paper.store.parent / MAP
        if not target.is_relative_to(here):
            continue
        text = source_map(paper)
        if not check:
            target.write_text(text, "utf-8")
        elif not target.is_file() or target.read_text("utf-8") != text:
            stale.append(target.relative_to(here).as_posix())
    if stale:
        print(*(f"{name} is out of date; run `make source-maps`" for name in stale), sep="\n")
    return bool(stale)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
