"""A claim told in a notebook or a terminal: what the paper has, what became of it, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace

from symhet import catalogue
from symhet.claims import Judgement, judge
from symhet.render.accounts import Account, account, row
from symhet.render.blocks import write_markdown
from symhet.render.documents import single
from symhet.render.notation import notation_for


@dataclass(frozen=True, repr=False)
class Reading:
    """A judged claim as text, which is what it looks like; notebooks show it with its formulas.

    Parameters
    ----------
    id : str
        ID of the claim.
    verdict : str
        What is known of it.
    text : str
        Print, derivation and verdict as Markdown.
    """

    id: str
    verdict: str
    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_markdown_(self) -> str:
        return self.text


def explain(identifier: str) -> Reading:
    """Judge a claim and tell what was found.

    Parameters
    ----------
    identifier : str
        ID of the claim, such as ``"kz.eq12"``.

    Returns
    -------
    Reading
        Print, derivation, verdict and counterexample; notebooks show it with its formulas.

    Raises
    ------
    UnknownClaim
        Naming the nearest IDs.

    Examples
    --------
    >>> explain("kz.eq11").verdict
    'proved'
    >>> repr(explain("kz.eq11")).splitlines()[0]
    '# Cutoff of production'
    """
    told = tell(judge(catalogue.find_claim(identifier)))
    key = identifier.partition(".")[0]
    document = single(told, catalogue.ledger(key).title, notation_for(key))
    return Reading(identifier, told.verdict, write_markdown(document, notation_for(key)))


def tell(judgement: Judgement) -> Account:
    """Return the account of a judged claim with those of its parts."""
    parts = tuple(map(tell, judgement.parts))
    if parts and judgement.claim.argue is None:
        return row(judgement.claim, parts)
    return replace(account(judgement), parts=parts)
