"""Theorems that are kept: looked up by what they say, replayed by the kernel, and searched for only when they changed.

A kept theorem is a line of data that the kernel replays before anything rests on it; a store that is damaged or out of
date costs time and nothing else.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path

from symhet.core import data, kernel
from symhet.core.context import Context
from symhet.core.records import Cut, Hypothesis, Proof
from symhet.language.refusals import Refusal
from symhet.language.statements import FALSE, Statement
from symhet.language.terms import Term

STORE = "theorems.gz"


class Store:
    """Exported theorems by the digest of what they say.

    Parameters
    ----------
    lines : iterable of str
        A digest, a tab, and the text of the theorem, as `kept_line` writes them.

    Examples
    --------
    >>> from symhet.core.records import Combine
    >>> from symhet.language.statements import eq
    >>> from symhet.language.terms import ONE
    >>> kept = Store([kept_line(kernel.prove(Context(), eq(ONE, ONE), Combine()))])
    >>> kept.theorem(Context(), eq(ONE, ONE), "holds") is not None, kept.missed
    (True, 0)
    """

    def __init__(self, lines: Iterable[str] = ()) -> None:
        self._texts = dict(line.rstrip("\n").split("\t", 1) for line in lines if "\t" in line)
        self._contexts = {name.partition(":")[0] for name in self._texts}
        self.missed = 0

    def lines(self) -> list[str]:
        """Return the lines of the store."""
        return [f"{name}\t{text}" for name, text in self._texts.items()]

    def text(self, name: str) -> str:
        """Return the text of a theorem by the name under which it is kept; nothing where it is not."""
        return self._texts.get(name, "")

    def knows(self, context: Context) -> bool:
        """Tell whether a theorem of this context is kept."""
        return _digest(context, FALSE, "") in self._contexts

    def theorem(self, context: Context, goal: Statement, says: str) -> kernel.Theorem | None:
        """Return the kept theorem that says this, replayed; None when there is none or it does not replay."""
        text = self._texts.get(digest(context, goal, says), "")
        with suppress(Refusal, ValueError):
            # Only the certificate is taken from the store: the kernel holds it against what was asked for.
            certificate = data.from_rows(json.loads(text))[2]
            return (kernel.prove if says == "holds" else kernel.refute)(context, goal, certificate)
        self.missed += 1
        return None


def digest(context: Context, goal: Statement, says: str) -> str:
    """Return a name for what a theorem says: of its context, of its goal, and of whether it holds or fails."""
    return f"{_digest(context, FALSE, '')}:{_digest(Context(), goal, says)}"


def _digest(context: Context, goal: Statement, says: str) -> str:
    return _digest_of(tuple(context.hypotheses.items()), context.system, context.endogenous, goal, says)


@lru_cache(maxsize=4096)
def _digest_of(
    hypotheses: tuple[tuple[str, Statement], ...],
    system: frozenset[str],
    endogenous: frozenset[Term],
    goal: Statement,
    says: str,
) -> str:
    rows = data.to_rows(Context(dict(hypotheses), system, endogenous), goal, Hypothesis(""), says)
    return hashlib.sha256(data.dumps(rows).encode()).hexdigest()[:32]


def kept_line(theorem: kernel.Theorem, claim: str = "") -> str:
    """Return the line under which a theorem is kept."""
    exported = data.to_rows(theorem.context, theorem.goal, theorem.certificate, theorem.says, claim)
    return f"{digest(theorem.context, theorem.goal, theorem.says)}\t{data.dumps(exported)}"


def read_store(*paths: Path) -> Store:
    """Return the theorems kept in files; a file that is missing or damaged keeps nothing."""
    lines: list[str] = []
    for path in paths:
        with suppress(OSError, EOFError, ValueError, gzip.BadGzipFile):
            lines += gzip.decompress(path.read_bytes()).decode().splitlines()
    return Store(lines)


def write_store(path: Path, lines: Iterable[str]) -> None:
    """Write lines of theorems to a file: the same lines make the same bytes."""
    path.write_bytes(gzip.compress("".join(sorted(set(lines))).encode(), mtime=0))


class Keeper:
    """The store that derivations look into, and what they make while someone collects it."""

    def __init__(self) -> None:
        self.store: Store | None = None
        self.closed = False
        self.made: list[kernel.Theorem] | None = None
        self._paths: list[Path] = []
        self._steps: dict[Statement, list[Proof]] | None = None

    def open(self, *paths: Path) -> None:
        """Look theorems up in these files too, unless that is off."""
        self._paths += [path for path in paths if path not in self._paths]
        self._steps = None
        if not self.closed:
            self.store = Store([*(self.store.lines() if self.store else ()), *read_store(*paths).lines()])

    def steps(self, statement: Statement) -> list[Proof]:
        """Return the certificates that steps of kept theorems have for a statement, whatever their contexts.

        A search that finds none tries them: the kernel checks each where it is wanted.
        """
        if self._steps is None:
            self._steps = {}
            for line in read_store(*self._paths).lines():
                proof = data.from_rows(json.loads(line.split("\t", 1)[1]))[2]
                for _, known, inner, _ in proof.steps if isinstance(proof, Cut) else ():
                    self._steps.setdefault(known, []).append(inner)
        return self._steps.get(statement, [])

    def find(self, context: Context, goal: Statement, says: str) -> kernel.Theorem | None:
        """Return a kept theorem that says this, if a store is open and has it."""
        found = self.store.theorem(context, goal, says) if self.store is not None else None
        if found is not None:
            self.keep(found)
        return found

    def keep(self, theorem: kernel.Theorem) -> None:
        """Add a theorem to the collection, if there is one."""
        if self.made is not None:
            self.made.append(theorem)

    @contextmanager
    def searching(self) -> Iterator[None]:
        """Look nothing up for a while: every certificate is searched for anew."""
        (kept, self.store), (was, self.closed) = (self.store, None), (self.closed, True)
        try:
            yield
        finally:
            self.store, self.closed = kept, was

    @contextmanager
    def collecting(self) -> Iterator[list[kernel.Theorem]]:
        """Collect the theorems that derivations make."""
        before, self.made = self.made, []
        try:
            yield self.made
        finally:
            self.made = before


KEEPER = Keeper()
