"""Judging many claims: in this process or, when there are several, on every core."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from symhet.errors import SymhetError

if TYPE_CHECKING:
    from symhet.claims import Claim, Judgement
    from symhet.cli.kept import Kept
    from symhet.render.accounts import Account
    from symhet.render.briefs import Brief

Entry = TypeVar("Entry", bound="Claim | Brief")
Told = TypeVar("Told", bound="Account | Brief")

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


class Judging(Generic[Entry, Told]):
    """Judges entries one by one and keeps what is finished.

    Parameters
    ----------
    rows : sequence
        Rows or parts; each is judged once.
    how : How, optional
        Whether kept theorems are passed over, and theorems exported.
    """

    def __init__(self, rows: Sequence[Entry], how: How = How()) -> None:
        self.rows = rows
        self.how = how
        self.leaves: list[Entry] = list({leaf.id: leaf for row in rows for leaf in leaves(row)}.values())
        self.done: dict[str, Told] = {}

    worth = 4
    """Processes are worth their start for more entries than these."""

    def jobs(self) -> int:
        """Return how many processes are worth their start: a spawned one first loads what a forked one has."""
        from symhet.render.processes import start_method

        worth = self.worth if start_method() == "fork" else 10 * self.worth
        return cores() if len(self.leaves) > worth else 1

    def judge(self) -> Callable[[Entry], Told]:
        """Return what judges one entry, in this process or in another."""
        raise NotImplementedError

    def brief(self, told: Told, full: bool = False) -> Brief:
        """Return what is printed of an entry; in full with all there is to tell."""
        raise NotImplementedError

    def summed(self, row: Entry, parts: tuple[Told, ...]) -> Told:
        """Return what there is to tell about a row that its parts judge."""
        raise NotImplementedError

    def execute(self, jobs: int, when_done: Callable[[Told], None] = lambda told: None) -> None:
        """Judge every claim; on an interruption what is finished stays in ``done``."""
        for told in self._judged(min(jobs, len(self.leaves))):
            self.done[told.id] = told
            when_done(told)

    def _judged(self, jobs: int) -> Iterator[Told]:
        judge = self.judge()
        if jobs <= 1:
            yield from map(judge, self.leaves)
            return
        from symhet.render.processes import start_method

        # A forked worker finds the claims in memory; to a spawned one they are sent, and claims hold functions.
        method = start_method()
        sent = {leaf.id: leaf for leaf in self.leaves if method == "fork" or _picklable(leaf)}
        pool = ProcessPoolExecutor(jobs, multiprocessing.get_context(method), _start_worker, (sent, judge))
        try:
            names = list(sent)
            size = max(1, min(NEIGHBOURS, len(names) // (4 * jobs)))
            chunks = [names[start : start + size] for start in range(0, len(names), size)]
            futures: list[Future[list[Any]]] = [pool.submit(_judge_by_name, chunk) for chunk in chunks]
            yield from (judge(leaf) for leaf in self.leaves if leaf.id not in sent)
            for future in as_completed(futures):
                yield from future.result()
            pool.shutdown()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for worker in multiprocessing.active_children():
                worker.terminate()
            raise

    def finished(self, place: int) -> Told | None:
        """Return the account of a row by its place, or nothing where it or a part of it is not judged yet."""
        if place >= len(self.rows) or any(leaf.id not in self.done for leaf in leaves(self.rows[place])):
            return None
        return self._assembled(self.rows[place])[0]

    def accounts(self) -> list[Told]:
        """Return the accounts of all rows that are finished, and of the finished parts of other rows."""
        return [told for claim in self.rows for told in self._assembled(claim)]

    def briefs(self, full: bool = False) -> list[Brief]:
        """Return what is printed of what `accounts` returns."""
        return [self.brief(told, full) for told in self.accounts()]

    def _assembled(self, claim: Any) -> list[Told]:
        parts = tuple(told for part in claim.parts for told in self._assembled(part))
        if any(leaf.id not in self.done for leaf in leaves(claim)):
            return [*([self.done[claim.id]] if claim.id in self.done else []), *parts]
        told: Any = self.done.get(claim.id)
        return [self.summed(claim, parts) if told is None else replace(told, parts=parts)]


class Run(Judging["Claim", "Account"]):
    """Judges claims by building them from their primitives."""

    def judge(self) -> Callable[[Claim], Account]:
        """Return what judges a claim."""
        return partial(judge_leaf, how=self.how)

    def brief(self, told: Account, full: bool = False) -> Brief:
        """Return what is printed of an account."""
        from symhet.cli.telling import brief

        return brief(told, full)

    def summed(self, row: Claim, parts: tuple[Account, ...]) -> Account:
        """Return the account of a row by those of its parts."""
        from symhet.render.accounts import row as account_of

        return account_of(row, parts)


class Replay(Judging["Brief", "Brief"]):
    """Judges claims by replaying what is kept of them; what does not replay is judged by a `Run`.

    Parameters
    ----------
    rows : sequence of Brief
        Rows or parts, as they are kept.
    kept : Kept
        What is kept.
    how : How, optional
        Whether theorems are exported.
    """

    worth = 16

    def __init__(self, rows: Sequence[Brief], kept: Kept, how: How = How()) -> None:
        super().__init__(rows, how)
        self.kept = kept

    def judge(self) -> Callable[[Brief], Brief]:
        """Return what replays a claim."""
        return partial(replay_leaf, kept=self.kept, how=self.how)

    def brief(self, told: Brief, full: bool = False) -> Brief:
        """Return what is printed of an entry: itself."""
        return told

    def summed(self, row: Brief, parts: tuple[Brief, ...]) -> Brief:
        """Return what is told of a row: as it is kept, if its parts are."""
        if any(replace(part, seconds=0.0, exported=(), parts=()) != self.kept.account(part.id).brief for part in parts):
            return judge_anew(row.id, self.how)
        return replace(row, parts=parts, seconds=sum(part.seconds for part in parts))


def judging(names: Sequence[str], how: How = How(), anew: bool = False) -> Run | Replay:
    """Return what judges the claims and papers that a user named: by what is kept of them, where that is fresh.

    Parameters
    ----------
    names : sequence of str
        IDs of claims and keys of papers; every paper where there are none.
    how : How, optional
        How they are judged.
    anew : bool, optional
        Whether they are built from their primitives, whatever is kept of them.

    Raises
    ------
    UnknownClaim
        Naming the nearest IDs.
    """
    from symhet.cli.kept import fresh_accounts
    from symhet.cli.ledgers import find_claims, paper_of

    kept = None if anew or how.search else fresh_accounts(map(paper_of, names))
    if kept is not None:
        # What is not kept is looked up among the claims, which say what is known.
        with suppress(LookupError):
            return Replay(kept.find(names), kept, how)
    return Run(find_claims(names), how)


def leaves(entry: Entry) -> Iterator[Entry]:
    """Yield the claims without parts: a row with parts has the verdict of its parts."""
    if not entry.by_parts:
        yield entry
    for part in entry.parts:
        yield from leaves(part)  # type: ignore[misc]


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
    """Return the theorems behind a verdict as lines of data, in their order."""
    from symhet.core.data import dumps
    from symhet.exchange import export_theorem

    return tuple(dumps(export_theorem(theorem, judged.claim.id)) for theorem in judged.finding.theorems)


def replay_leaf(entry: Brief, kept: Kept, how: How = How()) -> Brief:
    """Return what is told of one claim, its theorems replayed, or the claim judged anew where they do not replay."""
    told = kept.replayed(entry.id, how.export)
    return replace(judge_anew(entry.id, how), parts=()) if told is None else told


def judge_anew(identifier: str, how: How = How()) -> Brief:
    """Return what is told of a claim once it is built from its primitives."""
    from symhet.cli.ledgers import find_claim
    from symhet.cli.telling import brief

    run = Run([find_claim(identifier)], how)
    run.execute(1)
    return brief(run.accounts()[0], full=True)


_shared: dict[str, Any] = {}
"""In a worker: what it may be asked to judge."""
_judges: list[Callable[[Any], Any]] = []
"""In a worker: how it judges."""


def _start_worker(entries: dict[str, Any], judge: Callable[[Any], Any]) -> None:
    """Prepare a worker: interruptions are for the process that it works for."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _shared.update(entries)
    _judges[:] = [judge]


def _judge_by_name(identifiers: list[str]) -> list[Any]:
    return [_judges[0](_shared[identifier]) for identifier in identifiers]


def _picklable(claim: Any) -> bool:
    """Tell whether another process can be sent the claim: functions travel by name, and a lambda has none."""
    try:
        pickle.dumps(claim)
    except (pickle.PicklingError, AttributeError, TypeError):
        return False
    return True
