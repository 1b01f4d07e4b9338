"""Run notebooks from an empty kernel; with --write, keep what they show."""

import argparse
import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

LONGEST_CELL = 120
LIVE = "application/vnd.jupyter.widget-view+json"
"""Sliders have no picture of their own and a random name; the cell before them shows the static one."""


def run(path: Path) -> nbformat.NotebookNode:
    """Return the notebook after a run, without what differs from run to run."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=LONGEST_CELL, kernel_name="python3").execute()
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for place, cell in enumerate(notebook.cells, 1):
        cell.id = f"cell-{place}"
        cell.metadata = {}
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if LIVE not in output.get("data", {})]
    return notebook


def main() -> int:
    """Read the command line and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("notebooks", type=Path, nargs="*")
    parser.add_argument("--write", action="store_true", help="write the outputs into the notebooks")
    options = parser.parse_args()
    failed = 0
    for path in options.notebooks or sorted(Path("notebooks").glob("*.ipynb")):
        begin = time.monotonic()
        try:
            notebook = run(path)
        except CellExecutionError as error:
            print(f"FAIL {path}\n{error}")
            failed += 1
            continue
        if options.write:
            nbformat.write(notebook, path)
        print(f"ok   {path} ({time.monotonic() - begin:.1f} s)")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
