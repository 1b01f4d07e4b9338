"""How worker processes are started."""

from __future__ import annotations

import multiprocessing
import sys

__all__ = ["start_method"]

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
