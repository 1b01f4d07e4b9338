"""Judging many claims: in this process or, when there are several, on every core."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from symhet.errors import SymhetError

if TYPE_CHECKING:
    from symhet.claims import Claim, Judgement
    from symhet.render.accounts import Account

NO_ARGUMENT = "no argument has been given"
NEIGHBOURS = 8
"""Claims that a worker judges one after another: those of one section share contexts, and what was made of them."""


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True)
class How:
    """How claims are judged.

    Parameters
    ----------
    search : bool
        Whether every certificate is searched for anew, whatever is kept.
    export : bool
        Whether accounts carry the texts of their theorems.
    """

    search: bool = False
    export: bool = False


class Run:
    """Judges claims one by one and keeps what is finished.

    Parameters
    ----------
    claims : sequence of Claim
        Rows or parts; each is judged once.
    how : How, optional
        Whether kept theorems are passed over, and theorems exported.
    """

    def __init__(self, claims: Sequence[Claim], how: How = How()) -> None:
        self.rows = claims
        self.how = how
        self.leaves = list(dict.fromkeys(leaf for claim in claims for leaf in leaves(claim)))
        self.done: dict[str, Account] = {}

    def execute(self, jobs: int, when_done: Callable[[Account], None] = lambda told: None) -> None:
        """Judge every claim; on an interruption what is finished stays in ``done``."""
        for told in self._judged(min(jobs, len(self.leaves))):
            self.done[told.id] = told
            when_done(told)

    def _judged(self, jobs: int) -> Iterator[Account]:
        if jobs <= 1:
            yield from (judge_leaf(leaf, self.how) for leaf in self.leaves)
            return
        from symhet.render.processes import start_method

        # A forked worker finds the claims in memory; to a spawned one they are sent, and claims hold functions.
        method = start_method()
        sent = {leaf.id: leaf for leaf in self.leaves if method == "fork" or _picklable(leaf)}
        pool = ProcessPoolExecutor(jobs, multiprocessing.get_context(method), _start_worker, (sent, self.how))
        try:
            names = list(sent)
            size = max(1, min(NEIGHBOURS, len(names) // (4 * jobs)))
            chunks = [names[start : start + size] for start in range(0, len(names), size)]
            futures: list[Future[list[Account]]] = [pool.submit(_judge_by_name, chunk) for chunk in chunks]
            yield from (judge_leaf(leaf, self.how) for leaf in self.leaves if leaf.id not in sent)
            for future in as_completed(futures):
                yield from future.result()
            pool.shutdown()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for worker in multiprocessing.active_children():
                worker.terminate()
            raise

    def finished(self, place: int) -> Account | None:
        """Return the account of a row by its place, or nothing where it or a part of it is not judged yet."""
        if place >= len(self.rows) or any(leaf.id not in self.done for leaf in leaves(self.rows[place])):
            return None
        return self._assembled(self.rows[place])[0]

    def accounts(self) -> list[Account]:
        """Return the accounts of all rows that are finished, and of the finished parts of other rows."""
        return [told for claim in self.rows for told in self._assembled(claim)]

    def _assembled(self, claim: Claim) -> list[Account]:
        from symhet.render.accounts import row

        parts = tuple(told for part in claim.parts for told in self._assembled(part))
        if any(leaf.id not in self.done for leaf in leaves(claim)):
            return [*([self.done[claim.id]] if claim.id in self.done else []), *parts]
        return [replace(self.done[claim.id], parts=parts) if claim.id in self.done else row(claim, parts)]


def leaves(claim: Claim) -> Iterator[Claim]:
    """Yield the claims that are judged by themselves: a row with parts is judged by them."""
    if claim.argue is not None or not claim.parts:
        yield claim
    for part in claim.parts:
        yield from leaves(part)


def judge_leaf(claim: Claim, how: How = How()) -> Account:
    """Return the account of one claim; an error while judging becomes an account without a verdict."""
    from symhet.claims import TAKEN_AS_GIVEN, judge
    from symhet.keeping import KEEPER
    from symhet.render.accounts import account, unjudged

    if claim.argue is None and claim.kind not in TAKEN_AS_GIVEN:
        return unjudged(claim, NO_ARGUMENT)
    started = time.perf_counter()
    try:
        with KEEPER.searching() if how.search else nullcontext():
            judged = judge(replace(claim, parts=()))
        told = account(judged)
        return replace(told, exported=_exported(judged)) if how.export else told
    except SymhetError as error:
        return unjudged(claim, str(error), time.perf_counter() - started)
    except Exception as error:
        return unjudged(claim, f"{type(error).__name__}: {error}", time.perf_counter() - started)


def _exported(judged: Judgement) -> tuple[str, ...]:
    """Return the theorems behind a verdict as lines of data."""
    from symhet.core.data import dumps
    from symhet.exchange import export_theorem

    theorems = judged.finding.theorems if judged.finding is not None else ()
    return tuple(dict.fromkeys(dumps(export_theorem(theorem, judged.claim.id)) for theorem in theorems))


_shared: dict[str, Claim] = {}
"""In a worker: the claims that it may be asked to judge."""
_asked: list[How] = [How()]
"""In a worker: how it judges."""


def _start_worker(claims: dict[str, Claim], how: How) -> None:
    """Prepare a worker: interruptions are for the process that it works for."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _shared.update(claims)
    _asked[:] = [how]


def _judge_by_name(identifiers: list[str]) -> list[Account]:
    return [judge_leaf(_shared[identifier], _asked[0]) for identifier in identifiers]


def _picklable(claim: Claim) -> bool:
    """Tell whether another process can be sent the claim: functions travel by name, and a lambda has none."""
    try:
        pickle.dumps(claim)
    except (pickle.PicklingError, AttributeError, TypeError):
        return False
    return True
