"""What is kept of judged claims, made of their accounts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from symhet.claims import Ledger
from symhet.cli.kept import KeptAccount, digest_of, statement_digest, write
from symhet.cli.telling import brief
from symhet.core import data
from symhet.keeping import STORE, digest, read_store, write_store
from symhet.language.statements import Statement
from symhet.propositions import Implies, Prop
from symhet.render.accounts import Account

__all__ = ["keep", "kept_account"]


def kept_account(told: Account) -> KeptAccount:
    """Return what is kept of a claim that was judged, its theorems exported."""
    texts = _texts(told)
    read = [data.from_rows(json.loads(text)) for text in texts]
    goals = {theorem.goal: goal for theorem, (_, goal, _, _) in zip(told.theorems, read, strict=True)}
    conditional = next(
        (goal for goal in goals if isinstance(goal, Implies) and goal.conclusion == told.statement), None
    )
    found = brief(replace(told, seconds=0.0), full=True)
    return KeptAccount(
        replace(found, parts=(), exported=()),
        tuple(part.id for part in told.parts),
        tuple(
            (digest(context, goal, says), digest_of(text))
            for text, (context, goal, _, says) in zip(texts, read, strict=True)
        ),
        _digest(told.statement, goals),
        _digest(told.corrected, goals),
        statement_digest(goals[conditional].args[0]) if conditional and told.conditions else "",
    )


def _digest(prop: Prop | None, goals: dict[Prop, Statement]) -> str:
    """Return the digest of a claim's statement, as the theorems of the core say it; nothing where none is about it."""
    return statement_digest(goals[prop]) if prop in goals else ""


def _texts(told: Account) -> list[str]:
    """Return the texts of a claim's theorems as they are kept: they do not name it."""
    return [data.dumps({**json.loads(text), "claim": ""}).rstrip("\n") for text in told.exported]


def keep(ledger: Ledger, accounts: Sequence[Account], room: Path, place: int) -> int:
    """Write what is kept of a paper into its room, and theorems where they are not kept yet; return how many claims.

    Parameters
    ----------
    ledger : Ledger
        The paper.
    accounts : sequence of Account
        Its rows, judged, their theorems exported.
    room : Path
        The folder of the paper.
    place : int
        Where it stands among the papers.
    """
    entries = [entry for row in accounts for entry in row.walk()]
    kept = [kept_account(entry) for entry in entries]
    known = dict(line.split("\t", 1) for line in read_store(room / STORE).lines())
    used = {
        name: text
        for entry, account in zip(entries, kept, strict=True)
        for (name, _), text in zip(account.theorems, _texts(entry), strict=True)
    }
    if not known.items() >= used.items():
        write_store(room / STORE, (f"{name}\t{text}\n" for name, text in {**known, **used}.items()))
    write(room, {"title": ledger.title, "place": place, "rows": [row.id for row in accounts]}, kept)
    return len(entries)
