"""Processes of their own for tests, forked from one that has loaded what they need.

Starting Python and loading what a sweep needs takes longer than most sweeps of the tests.
"""

import multiprocessing

FORKED = multiprocessing.get_context("forkserver")
FORKED.set_forkserver_preload(
    ["netCDF4", "scipy.stats", "symhet.numerics.models", "symhet.papers.kz.solver", "xarray", "zarr"]
)
