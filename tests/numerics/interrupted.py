"""A sweep in another process that comes to a stand, for a test to kill."""

import signal

import numpy as np

import symhet
from symhet.numerics import sweeps
from tests.forked import FORKED

OVER = {"tau_I": np.linspace(1.05, 1.5, 9), "f_I": np.linspace(1.0, 2.0, 7)}


def _sweep(store, kept, chunk, chunks):
    real, solved = sweeps._solve, []

    def solve(*given):
        if len(solved) == chunks:
            signal.pause()
        solved.append(given)
        return real(*given)

    sweeps._solve = solve
    symhet.sweep("kz", OVER, kept, out=store, chunk=chunk, tau=1.7)


def stopped_sweep(store, kept, chunk, chunks):
    """Start a sweep that waits for good once so many chunks are solved, and return its process."""
    process = FORKED.Process(target=_sweep, args=(store, kept, chunk, chunks))
    process.start()
    return process
