"""A sweep in another process that comes to a stand, for a test to kill."""

import subprocess
import sys
from pathlib import Path

SWEEP = """
import signal, sys
import numpy as np
import symhet
from symhet.numerics import sweeps

chunks, chunk, *kept = sys.argv[2:]
real, solved = sweeps._solve, []

def solve(*given):
    if len(solved) == int(chunks):
        signal.pause()
    solved.append(given)
    return real(*given)

sweeps._solve = solve
over = {"tau_I": np.linspace(1.05, 1.5, 9), "f_I": np.linspace(1.0, 2.0, 7)}
symhet.sweep("kz", over, kept, out=sys.argv[1], chunk=int(chunk), tau=1.7)
"""


def stopped_sweep(store, kept, chunk, chunks):
    """Start a sweep that waits for good once so many chunks are solved, and return its process."""
    command = [sys.executable, "-c", SWEEP, str(store), str(chunks), str(chunk), *kept]
    return subprocess.Popen(command, cwd=Path(__file__).parents[2])
