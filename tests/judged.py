"""Judgements of the papers' claims: each is argued once in a process, and told to the other processes of a run."""

import os
import pickle
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from symhet import papers
from symhet.claims import Claim, Finding, Judgement, judge
from symhet.cli.running import Run
from symhet.render.accounts import Account, account

folder: Path | None = None
"""Where this run of the tests keeps accounts; theorems never leave the process whose kernel made them."""


def find(identifier: str) -> Claim:
    """Return a claim of either paper."""
    return papers.ledger(identifier.partition(".")[0]).find(identifier)


@cache
def argued(identifier: str) -> Finding:
    """Return what the argument of a claim finds."""
    claim = find(identifier)
    assert claim.argue is not None
    return _told(claim, claim.argue())


def _told(claim: Claim, finding: Finding) -> Finding:
    if folder is not None:
        folder.mkdir(exist_ok=True)
        told = replace(account(Judgement(replace(claim, parts=()), finding, 0.0)), lines=())
        draft = folder / f"{claim.id}.{os.getpid()}"
        draft.write_bytes(pickle.dumps(told))
        draft.rename(folder / claim.id)
    return finding


def kept(claim: Claim) -> Claim:
    """Return the claim with arguments that are made once."""
    argue = partial(argued, claim.id) if claim.argue is not None else None
    return replace(claim, argue=argue, parts=tuple(map(kept, claim.parts)))


def judged(identifier: str) -> Judgement:
    """Judge a claim with its parts."""
    return judge(kept(find(identifier)))


@cache
def accounts(paper: str) -> list[Account]:
    """Return the accounts of all claims of a paper, without derivations; what this run has judged is taken over."""
    run = Run([kept(row) for row in papers.ledger(paper).claims])
    left = {path.name: path for path in folder.iterdir()} if folder is not None and folder.exists() else {}
    run.done |= {leaf.id: pickle.loads(left[leaf.id].read_bytes()) for leaf in run.leaves if leaf.id in left}
    run.leaves = [leaf for leaf in run.leaves if leaf.id not in run.done]
    run.execute(1)
    return run.accounts()
