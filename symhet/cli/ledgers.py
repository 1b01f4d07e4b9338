"""The ledgers by name, and what a user's words on the command line mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from symhet.cli.rooms import rooms

if TYPE_CHECKING:
    from symhet.claims import Claim, Ledger


def ledgers(keys: Sequence[str] = ()) -> list[Ledger]:
    """Return the ledgers with these keys, or all of them.

    Raises
    ------
    UnknownModel
        For a key that names no paper.
    """
    from symhet import papers

    return [papers.ledger(key) for key in keys or papers.keys()]


def find_claims(names: Sequence[str]) -> list[Claim]:
    """Return the claims that a user named: IDs of claims, or keys of papers for all their rows.

    Raises
    ------
    UnknownClaim
        Naming the nearest IDs.
    """
    from symhet.catalogue import find_paper

    if not names:
        return [claim for ledger in ledgers() for claim in ledger.claims]
    found: list[Claim] = []
    for name in names:
        found += [find_claim(name)] if find_paper(name) is None else ledgers([name])[0].claims
    return list(dict.fromkeys(found))


def require_claim(name: str) -> None:
    """Refuse the key of a paper where one claim is meant; no paper is loaded for that.

    Raises
    ------
    click.UsageError
        Saying what prints its claims.
    """
    if name in rooms():
        raise click.UsageError(f"{name} is a paper, not a claim: symhet list {name} prints its claims")


def find_claim(name: str) -> Claim:
    """Return the claim with that ID, whatever paper it is in.

    Raises
    ------
    UnknownClaim
        Naming the nearest IDs.
    click.UsageError
        For a paper.
    """
    from symhet import catalogue, papers

    require_claim(name)
    return catalogue.find_claim(name, papers.keys(), papers.ledger)


def paper_of(name: str) -> str:
    """Return the key of the paper that an ID belongs to.

    Examples
    --------
    >>> paper_of("kz.R.2.intensive")
    'kz'
    """
    return name.partition(".")[0]
