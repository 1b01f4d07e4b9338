"""Size: ten million economies in one call, a table of a million rows, the first sign of life of a very large sweep.

Each runs in a process of its own, whose peak memory and processor time are printed beside what is allowed.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ECONOMIES = """
import resource, sys, time
import numpy as np
import symhet
model, name, low, high = sys.argv[1], sys.argv[2], float(sys.argv[3]), float(sys.argv[4])
outputs = sys.argv[5].split(",")
values = np.linspace(low, high, int(float(sys.argv[6])))
begin = time.process_time()
found = symhet.solve(model, outputs=outputs, check=False, **{name: values})
print(time.process_time() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
TABLE = """
import resource, sys, time
import numpy as np
import symhet
side = int(float(sys.argv[2]) ** 0.5)
over = {"tau_I": np.linspace(1.05, 1.5, side), "f_I": np.linspace(1.0, 2.0, side)}
begin = time.process_time()
symhet.sweep("kz", over, out=sys.argv[1])
print(time.process_time() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
MEMORY_MB, TABLE_MB, TABLE_SECONDS = 600, 300, 8


def run(code, *arguments):
    """Return processor seconds and peak memory in MB that a process tells."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    seconds, peak = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(seconds), int(peak) / 1024


def first_sign(folder):
    """Return after how many seconds a sweep of 10^12 points has finished its first chunk."""
    command = [sys.executable, "-m", "symhet", "sweep", "bo.eq9", "--over", "phi=0.05:0.6:1000000", "--over"]
    command += ["beta=1.05:2:1000000", "--set", "sigma=4", "--set", "s_E=0.52", "--set", "f=1", "--set", "f_I=0.9"]
    begin = time.perf_counter()
    process = subprocess.Popen([*command, "--outputs", "n_w", "-q", "-o", str(folder / "s.zarr")])
    marks = folder / "s.zarr" / "symhet_progress" / "finished" / "c"
    while not marks.is_dir() and process.poll() is None:
        time.sleep(0.01)
    seconds = time.perf_counter() - begin
    process.kill()
    process.wait()
    return seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scale", type=float, nargs="?", default=1.0, help="part of the full size")
    scale = parser.parse_args().scale
    for model, given in (("kz", ("tau_I", 1.05, 1.3, "welfare,phi_ex")), ("bo", ("phi", 0.05, 0.6, "a_D,n_w"))):
        seconds, peak = run(ECONOMIES, model, *given, 1e7 * scale)
        print(f"{1e7 * scale:.0e} economies of {model}: {seconds:.1f} s, peak {peak:.0f} MB (allowed {MEMORY_MB} MB)")
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("csv", "parquet"):
            table = Path(folder) / f"t.{kind}"
            seconds, peak = run(TABLE, table, 1e6 * scale)
            size = table.stat().st_size / 2**20
            allowed = f"allowed {TABLE_SECONDS} s, {TABLE_MB} MB"
            told = f"{seconds:.1f} s, peak {peak:.0f} MB ({allowed}); {size:.0f} MB on disk"
            print(f"{1e6 * scale:.0e} rows of all results in {kind}: {told}")
        print(f"10^12 points: first chunk on disk after {first_sign(Path(folder)):.1f} s on the clock")


if __name__ == "__main__":
    main()
