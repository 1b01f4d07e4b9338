"""Judgements of the papers' claims, each argued once in a process for all the tests that ask."""

from dataclasses import replace
from functools import cache, partial

from symhet import papers
from symhet.claims import Claim, Finding, Judgement, judge

TOGETHER = "judged"
"""Name of the group of tests that run in one process because they ask for nearly every claim."""


def find(identifier: str) -> Claim:
    """Return a claim of either paper."""
    return papers.ledger(identifier.partition(".")[0]).find(identifier)


@cache
def argued(identifier: str) -> Finding:
    """Return what the argument of a claim finds."""
    claim = find(identifier)
    assert claim.argue is not None
    return claim.argue()


def kept(claim: Claim) -> Claim:
    """Return the claim with arguments that are made once."""
    argue = partial(argued, claim.id) if claim.argue is not None else None
    return replace(claim, argue=argue, parts=tuple(map(kept, claim.parts)))


def judged(identifier: str) -> Judgement:
    """Judge a claim with its parts."""
    return judge(kept(find(identifier)))
