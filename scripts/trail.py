"""The files of a claim's trail, from the ledger to verdict, document and numeric function: trail.py ID...

Of the paper's room they are measured: its ledger, its symbols, and each file with a function that runs while the claim
is argued.
Of every other room it is the door, the file by which the claim goes in; what lies behind a door is the same for all
claims, and docs/internals.md has it. That a claim passes each door is measured too.
"""

import sys
from collections.abc import Callable
from cProfile import Profile
from pathlib import Path
from types import CodeType
from typing import Any

import symhet
from symhet.catalogue import find_paper
from symhet.claims import Claim, judge
from symhet.errors import UnknownClaim
from symhet.numerics.compiled.absent import NoFormula
from symhet.numerics.compiled.registry import numeric
from symhet.render.accounts import account
from symhet.render.documents import single
from symhet.render.notation import notation_for

ROOT = Path(symhet.__file__).parent
VERDICT = ("claims.py", "derivation.py", "theorems.py", "core/kernel.py", "findings.py")
DOCUMENT = ("render/accounts.py", "render/documents.py")
NUMBER = ("numerics/compiled/registry.py",)


def files_run(work: Callable[[], Any]) -> set[str]:
    """Return the files of symhet, seen from the package, of whose functions one runs while some work is done."""
    profile = Profile(builtins=False)
    profile.runcall(work)
    ran = (entry.code for entry in profile.getstats())
    seen = {code.co_filename for code in ran if isinstance(code, CodeType) and code.co_name != "<module>"}
    return {Path(name).relative_to(ROOT).as_posix() for name in seen if Path(name).is_relative_to(ROOT)}


def trail(identifier: str) -> dict[str, tuple[str, ...]]:
    """Return the files of a claim's trail by what they are for.

    Raises
    ------
    UnknownClaim
        For an ID that no paper has.
    """
    paper = find_paper(identifier.partition(".")[0])
    if paper is None:
        raise UnknownClaim(identifier)
    ledger = paper.ledger()
    claim = ledger.find(identifier)
    judged = []
    ran = files_run(lambda: judged.append(judge(claim)))
    room = paper.store.parent.relative_to(ROOT).as_posix()
    own = sorted({f"{room}/ledger.py", f"{room}/model.py", *(name for name in ran if name.startswith(f"{room}/"))})
    found = account(judged[0])
    written = files_run(lambda: single(found, ledger.title, notation_for(paper.key)))
    counted = files_run(lambda: _compiled(claim))
    return {
        "paper": tuple(own),
        "verdict": tuple(name for name in VERDICT if name in ran),
        "document": (DOCUMENT[0], *(name for name in DOCUMENT[1:] if name in written)),
        "number": tuple(name for name in NUMBER if name in counted),
    }


def _compiled(claim: Claim) -> None:
    """Make the numeric function of a claim, if it concludes a formula."""
    try:
        numeric(claim.id)
    except NoFormula:
        return


def main(identifiers: list[str]) -> int:
    """Print the trails, and how many files each has."""
    for identifier in identifiers:
        found = trail(identifier)
        print(f"{identifier}: {sum(map(len, found.values()))} files")
        for what, names in found.items():
            print(f"  {what:9} {', '.join(names)}")
    return 0 if identifiers else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
