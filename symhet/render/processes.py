"""How worker processes are started."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

__all__ = ["mapped", "start_method"]

Item = TypeVar("Item")
Made = TypeVar("Made")

THREADED = ("jax",)
"""Libraries whose threads a forked process would wait for without end."""


def start_method() -> str:
    """Return the quickest way to start a worker process that is safe here.

    Returns
    -------
    str
        ``"fork"``, where the platform has it and no library with threads of its own is loaded, or ``"spawn"``.

    Examples
    --------
    >>> start_method() in multiprocessing.get_all_start_methods()
    True
    """
    forks = "fork" in multiprocessing.get_all_start_methods()
    return "fork" if forks and not any(name in sys.modules for name in THREADED) else "spawn"


_FUNCTION: list[Callable[[Any], Any]] = []
"""In a worker: what it does."""


def mapped(function: Callable[[Item], Made], items: Sequence[Item], jobs: int, chunk: int = 1) -> list[Made]:
    """Return what a function makes of each item, on several processes where that is worth their start.

    Parameters
    ----------
    function : Callable
        It is given to each worker once, with all that it holds.
    items : sequence
        What it is called with, one at a time.
    jobs : int
        How many processes there may be.
    chunk : int, optional
        How many items a worker takes at a time.

    Examples
    --------
    >>> mapped(abs, [-1, 2, -3], 1)
    [1, 2, 3]
    """
    if jobs <= 1 or len(items) <= jobs:
        return list(map(function, items))
    with ProcessPoolExecutor(jobs, multiprocessing.get_context(start_method()), _start, (function,)) as pool:
        return list(pool.map(_made, items, chunksize=chunk))


def _start(function: Callable[[Any], Any]) -> None:
    _FUNCTION[:] = [function]


def _made(item: Any) -> Any:
    return _FUNCTION[0](item)
