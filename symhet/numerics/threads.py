"""Threads that share the blocks of a large array: how many of them, and the one loop that uses them.

NumPy's functions and compiled loops run beside one another, Python's own steps do not. Blocks have the size that they
have in any case, so that results do not depend on the number of threads by a single bit.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from typing import Any, TypeVar

from symhet.errors import DomainError
from symhet.numerics.inputs import whole

__all__ = ["alone", "set_threads", "shared", "threads"]

VARIABLE = "SYMHET_THREADS"
"""The environment variable that says how many."""
MOST = 4
"""Threads that are used unless somebody asks for more: a machine may have other users."""

T = TypeVar("T")
R = TypeVar("R")
_chosen: int | None = None
_here: ContextVar[int | None] = ContextVar("_here", default=None)


def set_threads(count: int | None) -> int:
    """Choose how many threads share the work on large arrays, in this process.

    They are used where there is more than one block of economies: from some ten thousands on. Results are the same
    whatever their number. Chunks that a sweep sends to an executor or a cluster are worked out by one thread each.

    Parameters
    ----------
    count : int or None
        At least one; None for what the environment variable ``SYMHET_THREADS`` says and, where it says nothing, the
        processors that this process may use, four at most.

    Returns
    -------
    int
        How many there are now.

    Raises
    ------
    DomainError
        For anything else.

    Examples
    --------
    >>> set_threads(1)
    1
    >>> set_threads(None) >= 1
    True
    """
    global _chosen
    _chosen = None if count is None else whole(count, "threads", 1)
    return threads()


def threads() -> int:
    """Return how many threads share the work on large arrays here.

    Raises
    ------
    DomainError
        Where ``SYMHET_THREADS`` is no whole number above zero.
    """
    own = _here.get()
    if own is not None:
        return own
    if _chosen is not None:
        return _chosen
    text = os.environ.get(VARIABLE, "").strip()
    if not text:
        return min(MOST, _processors())
    if not (text.isascii() and text.isdigit() and int(text)):
        relation = f"{VARIABLE} is a whole number >= 1"
        raise DomainError(VARIABLE, relation=relation, left=text, right=1, where="the environment")
    return int(text)


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def alone() -> Iterator[None]:
    """Use one thread within, as where others work beside this one."""
    token = _here.set(1)
    try:
        yield
    finally:
        _here.reset(token)


def shared(work: Callable[[Iterator[T]], R], items: Iterable[T], count: int) -> list[R]:
    """Have threads take items off one list, and return what each of them returns.

    The calling thread is one of them, so that Ctrl-C ends the work. What an item raises is raised here: of several
    errors that of the first item, as without threads. Items that nobody has begun by then are left.

    Parameters
    ----------
    work : Callable
        Takes items one after the other until there are no more.
    items : iterable
        What there is to do.
    count : int
        Threads, the calling one among them.

    Examples
    --------
    >>> sum(shared(sum, range(5), 2))
    10
    """
    waiting = deque(enumerate(items))
    if count == 1 or len(waiting) < 2:
        return [work(iter([item for _, item in waiting]))]
    failed: list[tuple[int, BaseException]] = []

    def attempt() -> list[R]:
        begun = [0]
        try:
            with alone():
                return [work(_taken(waiting, begun))]
        except BaseException as error:
            waiting.clear()
            failed.append((begun[0] if isinstance(error, Exception) else -1, error))
            return []

    others = min(count, len(waiting)) - 1
    with ThreadPoolExecutor(others) as pool:
        try:
            # In the caller's context: what it has asked NumPy to do on overflow holds in all threads.
            futures = [pool.submit(copy_context().run, attempt) for _ in range(others)]
            found = attempt()
        finally:
            waiting.clear()
    if failed:
        raise min(failed, key=lambda each: each[0])[1]
    return found + [result for future in futures for result in future.result()]


def _taken(waiting: deque[tuple[int, Any]], begun: list[int]) -> Iterator[Any]:
    """Take items as long as there are any; a thread that is held up leaves more of them to the others."""
    while waiting:
        try:
            begun[0], item = waiting.popleft()
        except IndexError:
            return
        yield item
