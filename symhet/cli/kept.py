"""What was found of a paper's claims, kept as text beside its theorems, and told again once these are replayed.

The file ``accounts.gz`` in a paper's room begins with a line that says of which files it is true; a line for each claim
follows, with its ID and a seal. An account is told only when those files are as they were, its seal is right, and the
core has replayed its theorems and they say of the claim's statement, by its digest, what the verdict says. Otherwise
the claim is built from its primitives and judged as if nothing were kept.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from symhet.cli.rooms import ACCOUNTS, GROUP, modules, rooms, stamps
from symhet.render.briefs import Brief

if TYPE_CHECKING:
    from symhet.core.kernel import Theorem
    from symhet.keeping import Store
    from symhet.language.statements import Statement

__all__ = ["Kept", "KeptAccount", "digest_of", "fresh_accounts", "names", "statement_digest", "supported", "write"]

_TOLD_ELSEWHERE = frozenset({"parts", "seconds", "exported"})
_FIELDS = tuple(field.name for field in fields(Brief) if field.name not in _TOLD_ELSEWHERE)


@dataclass(frozen=True)
class KeptAccount:
    """A claim's brief, and what has to be replayed before it is told.

    Parameters
    ----------
    brief : Brief
        What is told, without its parts.
    parts : tuple of str
        IDs of its parts.
    theorems : tuple of (str, str)
        Its theorems: under which name each is kept, and the digest of its text.
    statement, corrected, condition : str
        Digests of the claim as formalised, of what is true instead and of the added condition, where there are any.
    """

    brief: Brief
    parts: tuple[str, ...] = ()
    theorems: tuple[tuple[str, str], ...] = ()
    statement: str = ""
    corrected: str = ""
    condition: str = ""

    def line(self, head: str) -> str:
        """Return the line under which it is kept, sealed."""
        told = {name: getattr(self.brief, name) for name in _FIELDS}
        rest = {name: getattr(self, name) for name in ("parts", "theorems", "statement", "corrected", "condition")}
        text = json.dumps({**rest, "brief": told}, ensure_ascii=False, separators=(",", ":"))
        return f"{self.brief.id}\t{_seal(head, text)}\t{text}"

    @classmethod
    def of(cls, head: str, line: str) -> KeptAccount | None:
        """Return what a line keeps; nothing where it was changed after it was sealed."""
        identifier, _, sealed = line.partition("\t")
        seal, _, text = sealed.partition("\t")
        if seal != _seal(head, text):
            return None
        data = json.loads(text)
        told = Brief(**data.pop("brief"))
        told = replace(
            told, screen=tuple((name, tuple((row[0], row[1], row[2]) for row in rows)) for name, rows in told.screen)
        )
        pairs = tuple((name, of) for name, of in data.pop("theorems"))
        found = cls(told, tuple(data.pop("parts")), pairs, **data)
        return found if told.id == identifier else None


def digest_of(text: str) -> str:
    """Return the digest of a text."""
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _seal(head: str, text: str) -> str:
    return digest_of(f"{head}\n{text}")


def statement_digest(statement: Statement) -> str:
    """Return the digest of a statement of the core."""
    from symhet.core import data
    from symhet.core.context import Context
    from symhet.core.records import Hypothesis

    return digest_of(data.dumps(data.to_rows(Context(), statement, Hypothesis(""), "holds")))


def says(theorems: Sequence[Theorem], condition: str = "") -> set[tuple[str, str]]:
    """Return what theorems say, statements by their digests; that a condition implies something says it under it."""
    from symhet.language.statements import Op

    found = set()
    for theorem in theorems:
        found.add((theorem.says, statement_digest(theorem.goal)))
        if condition and theorem.goal.op is Op.IMPLIES:
            premise, conclusion = map(statement_digest, theorem.goal.args)
            if premise == condition:
                found.add((theorem.says, conclusion))
    return found


def supported(kept: KeptAccount, theorems: Sequence[Theorem]) -> bool:
    """Tell whether theorems say of a claim's statement what its verdict says, as `symhet.findings` asks of a finding.

    What is given rests on none, and a claim stays open because none was found.
    """
    from symhet.language.statements import FALSE

    said = says(theorems, kept.condition)
    needed = {
        "given": [],
        "open": [],
        "proved": [("holds", kept.statement)],
        "proved-with": [("holds", kept.statement), ("fails", kept.statement)],
        "refuted": [("fails", kept.statement)],
        "inconsistent": [("holds", statement_digest(FALSE))],
    }.get(kept.brief.verdict)
    if needed is None:
        return False
    if kept.brief.verdict == "proved" and not kept.statement:
        # Neither of two opposite statements holds throughout.
        return len({about for polarity, about in said if polarity == "fails"}) > 1
    return said.issuperset([*needed, *([("holds", kept.corrected)] if kept.corrected else [])])


class Kept:
    """The accounts that are kept of some papers.

    Parameters
    ----------
    rooms : Mapping[str, Path]
        The folders of the papers, by key, as they are listed.
    """

    def __init__(self, rooms: Mapping[str, Path]) -> None:
        self.rooms = dict(rooms)
        self._lines = {key: _lines(room) for key, room in self.rooms.items()}
        self._heads = {key: _head(lines) for key, lines in self._lines.items()}
        self._stores: dict[str, Store] = {}

    def fresh(self) -> bool:
        """Tell whether the files are those of which the accounts are true."""
        return all(head.items() >= stamps(self.rooms[key]).items() for key, head in self._heads.items())

    def listed(self) -> list[str]:
        """Return the keys of the papers in the order in which they are listed."""
        return sorted(self.rooms, key=lambda key: (self._heads[key]["place"], key))

    def title(self, key: str) -> str:
        """Return the title of a paper."""
        return str(self._heads[key]["title"])

    def rows(self, key: str) -> list[Brief]:
        """Return the rows of a paper; nothing has been replayed of them.

        Raises
        ------
        LookupError
            When an account is missing or not as it was sealed.
        """
        return list(map(self.brief, self._heads[key]["rows"]))

    def find(self, names: Sequence[str]) -> list[Brief]:
        """Return the rows of papers and the claims that a user named.

        Raises
        ------
        LookupError
            When nothing is kept of one.
        """
        found: dict[str, Brief] = {}
        for name in names or self.listed():
            found |= {row.id: row for row in (self.rows(name) if name in self.rooms else [self.brief(name)])}
        return list(found.values())

    def brief(self, identifier: str) -> Brief:
        """Return what is told of a claim, with its parts."""
        kept = self.account(identifier)
        return replace(kept.brief, parts=tuple(map(self.brief, kept.parts)))

    def account(self, identifier: str) -> KeptAccount:
        """Return what is kept of a claim.

        Raises
        ------
        LookupError
            When there is nothing, or it is not as it was sealed.
        """
        head, *lines = self._lines.get(identifier.partition(".")[0], [""])
        found = next((line for line in lines if line.startswith(f"{identifier}\t")), "")
        kept = KeptAccount.of(head, found)
        if kept is None:
            raise LookupError(identifier)
        return kept

    def theorems(self, kept: KeptAccount) -> list[tuple[str, Theorem]]:
        """Return the theorems of a claim, replayed, each after its text as it is kept.

        Raises
        ------
        LookupError
            When one is not kept, or its text is another.
        Refusal
            When one does not replay.
        """
        from symhet.keeping import STORE, read_store

        key = kept.brief.id.partition(".")[0]
        if key not in self._stores:
            self._stores[key] = read_store(self.rooms[key] / STORE)
        texts = [self._stores[key].text(name) for name, _ in kept.theorems]
        if [digest_of(text) for text in texts] != [digest for _, digest in kept.theorems]:
            raise LookupError(kept.brief.id)
        return [(text, replayed(text)) for text in texts]

    def replayed(self, identifier: str, export: bool = False) -> Brief | None:
        """Return what is told of a claim without its parts once it is replayed, or None where its theorems do not."""
        from symhet.language.refusals import Refusal

        started = time.perf_counter()
        try:
            kept = self.account(identifier)
            found = self.theorems(kept)
        except (Refusal, LookupError):
            return None
        if not supported(kept, [theorem for _, theorem in found]):
            return None
        exported = tuple(_named(text, identifier) for text, _ in found) if export else ()
        return replace(kept.brief, seconds=time.perf_counter() - started, exported=exported)


def fresh_accounts(keys: Iterable[str] = ()) -> Kept | None:
    """Return the accounts that are kept of papers, all by default, or None where one of them has none that is fresh.

    A process that has loaded the papers judges what it has loaded, which may be other than what the files say.
    """
    if GROUP in sys.modules:
        return None
    known = rooms()
    wanted = {key: known.get(key) for key in dict.fromkeys(keys) or known}
    found = {key: room for key, room in wanted.items() if room is not None}
    kept = Kept(found)
    return kept if len(found) == len(wanted) and kept.fresh() else None


def names(room: Path) -> list[str] | None:
    """Return the IDs of the claims of a paper, or None where its modules are others than those of its accounts."""
    lines = _lines(room)
    fresh = _head(lines).get("modules") == modules(room)
    return [line.partition("\t")[0] for line in lines[1:]] if fresh else None


def write(room: Path, about: Mapping[str, Any], accounts: Iterable[KeptAccount]) -> None:
    """Write the accounts of a paper's claims into its room: the same accounts make the same bytes."""
    head = json.dumps({**about, **stamps(room)}, ensure_ascii=False)
    text = "\n".join([head, *(account.line(head) for account in accounts)])
    (room / ACCOUNTS).write_bytes(gzip.compress(text.encode(), mtime=0))


def _lines(room: Path) -> list[str]:
    """Return the lines of a paper's accounts; none where the file is missing or damaged."""
    with suppress(OSError, EOFError, ValueError):
        return gzip.decompress((room / ACCOUNTS).read_bytes()).decode().split("\n")
    return []


def _head(lines: Sequence[str]) -> dict[str, Any]:
    """Return what the first line says: title and place of the paper, its rows, and the digests of files."""
    with suppress(ValueError, LookupError):
        found = json.loads(lines[0])
        return found if isinstance(found, dict) else {}
    return {}


def replayed(text: str) -> Theorem:
    """Return the theorem that a text proves."""
    from symhet.core import data, kernel

    context, goal, certificate, says = data.from_rows(json.loads(text))
    return (kernel.prove if says == "holds" else kernel.refute)(context, goal, certificate)


def _named(text: str, claim: str) -> str:
    """Return the text of a theorem with the claim that it is about."""
    from symhet.core import data

    return data.dumps({**json.loads(text), "claim": claim})
