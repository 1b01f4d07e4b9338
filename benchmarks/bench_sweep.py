"""A sweep of 10^8 points into a store: peak memory, and the same numbers after a kill -9 in the middle.

The sweep runs in a process of its own, is killed once a third of it is done, and is started again with the same
command. What it leaves is compared with direct evaluation of random rows, and the peak memory of both runs is
told. Give another number of points as an argument for a shorter run.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import xarray as xr

import symhet

LIMIT_GIB = 1.0
CHUNK = 1 << 19
ROWS = 200

CHILD = """
import resource, sys
import numpy as np
import symhet
side = int(sys.argv[2])
over = {"phi": np.linspace(0.05, 0.6, side), "beta": np.linspace(1.05, 2.0, side)}
fixed = {"sigma": 4.0, "s_E": 0.52, "f": 1.0, "f_I": 0.9}
symhet.sweep("bo.eq9", over, ["n_w"], out=sys.argv[1], chunk=int(sys.argv[3]), **fixed)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def start(store: Path, side: int) -> subprocess.Popen[str]:
    """Start the sweep in a process of its own."""
    command = [sys.executable, "-c", CHILD, str(store), str(side), str(CHUNK)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def finished(store: Path) -> int:
    """Return how many chunks are finished."""
    marks = store / "symhet_progress" / "finished" / "c"
    return len(list(marks.iterdir())) if marks.is_dir() else 0


def peak_kib(process: subprocess.Popen[str]) -> int:
    """Return the most memory that the process has held so far."""
    status = Path(f"/proc/{process.pid}/status").read_text("utf-8")
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("points", type=float, nargs="?", default=1e8)
    side = round(parser.parse_args().points ** 0.5)
    folder = Path(tempfile.mkdtemp())
    store, begin = folder / "sweep.zarr", time.perf_counter()
    try:
        process, before, total = start(store, side), 0, side * side / CHUNK
        while process.poll() is None and finished(store) < total / 3:
            before = max(before, peak_kib(process))
            time.sleep(0.05)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        done = finished(store)
        again = start(store, side)
        after = int(again.communicate()[0])
        seconds = time.perf_counter() - begin
        found = xr.open_zarr(str(store), chunks=None, consolidated=False)
        rows = np.random.default_rng(0).integers(0, side, ROWS)
        fixed = {"sigma": 4.0, "s_E": 0.52, "f": 1.0, "f_I": 0.9}
        kernel = symhet.numeric("bo.eq9")
        same = all(
            np.array_equal(
                found["n_w"][row].values,
                kernel(phi=found["phi"].values[row], beta=found["beta"].values, **fixed)["n_w"],
                equal_nan=True,
            )
            for row in rows
        )
    finally:
        shutil.rmtree(folder)
    worst = max(before, after) / 2**20
    print(
        f"{side * side:.3g} points in {seconds:.0f} s, killed after {done} chunks and resumed: peak {worst:.2f} GiB "
        f"(allowed {LIMIT_GIB:.0f} GiB); {ROWS} rows equal direct evaluation bit for bit: {same}"
    )


if __name__ == "__main__":
    main()
