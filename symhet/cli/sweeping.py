"""``symhet sweep``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from symhet.cli.options import console, is_quiet, quiet_option
from symhet.cli.solving import REGIMES, read_settings
from symhet.errors import DomainError, MissingExtra


@click.command(
    epilog="\b\nExamples:\n  symhet sweep kz --over tau_I=1.05:1.5:100 --over f_I=1,1.2,1.4 --outputs phi_ex,welfare\n"
    "  symhet sweep bo --regime short-run --over phi=0.1:0.9:1000 --outputs a_D,a_R -o relocation.zarr\n"
    "  symhet sweep bo.eq9 --over phi=0.1:0.5:50 --set sigma=4 beta=1.4 s_E=0.55 f=1 f_I=1"
)
@click.argument("model", metavar="MODEL")
@click.argument("more", nargs=-1, metavar="[NAME=VALUE]...")
@click.option(
    "--over", "ranges", multiple=True, required=True, metavar="NAME=VALUES", help="START:STOP:COUNT or A,B,C; repeat."
)
@click.option("--outputs", default="", metavar="NAMES", help="Results to keep, with commas between; all by default.")
@click.option("--samples", is_flag=True, help="Values belong together one by one, instead of being combined.")
@click.option("--set", "given", multiple=True, metavar="NAME=VALUE", help="A parameter that does not vary; repeat.")
@click.option("--distribution", metavar="TEXT", help="Productivity (kz), as for solve.")
@click.option("--regime", type=click.Choice(REGIMES), help="Regime (bo).")
@click.option(
    "-o", "out", metavar="STORE", help="Keep results in this .zarr store or .nc file; run again to go on after a stop."
)
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes.")
@click.option("--dask", metavar="ADDRESS", help="Solve on this Dask cluster.")
@quiet_option
def sweep(
    model: str,
    more: tuple[str, ...],
    ranges: tuple[str, ...],
    outputs: str,
    samples: bool,
    given: tuple[str, ...],
    distribution: str | None,
    regime: str | None,
    out: str | None,
    jobs: int,
    dask: str | None,
    quiet: bool,
) -> None:
    """Solve MODEL, kz, bo or the formulas of a claim, at many points."""
    over = dict(_values(text) for text in ranges)
    kept = [name.strip() for name in outputs.split(",") if name.strip()]
    fixed = read_settings((*given, *more))
    from symhet.numerics.sweeps import sweep as solved

    with _executor(jobs, dask) as executor:
        found = solved(
            model, over, kept, executor, out,
            samples=samples, distribution=distribution, regime=regime, progress=not is_quiet(quiet), **fixed,
        )  # fmt: skip
    if out is None:
        click.echo(found.to_dataframe().to_csv(), nl=False)
    elif not is_quiet(quiet):
        sizes = ", ".join(f"{name} {size}" for name, size in found.sizes.items())
        console().print(f"{out}: {', '.join(found.data_vars)} over {sizes}")


def _values(text: str) -> tuple[str, Any]:
    """Return a name and its values.

    Examples
    --------
    >>> _values("tau_I=1:2:3")[1].tolist(), _values("n=1,4")[1].tolist()
    ([1.0, 1.5, 2.0], [1.0, 4.0])
    """
    import numpy as np

    name, _, values = (part.strip() for part in text.partition("="))
    try:
        if ":" in values:
            start, stop, count = values.split(":")
            return name, np.linspace(float(start), float(stop), int(count))
        return name, np.array([float(value) for value in values.split(",")])
    except ValueError:
        fix = "write for example --over tau_I=1.05:1.5:100"
        relation = "--over NAME=START:STOP:COUNT or NAME=A,B,C"
        raise DomainError("readable range", relation=relation, left=repr(text), right="not that", fix=fix) from None


@contextmanager
def _executor(jobs: int, dask: str | None) -> Iterator[Any]:
    """Yield what solves the chunks: a client of a cluster, processes, or None for this process."""
    if dask:
        try:
            from distributed import Client
        except ImportError as error:
            raise MissingExtra("--dask", "dask", "distributed") from error
        try:
            client = Client(dask, timeout="10s")
        except (OSError, ValueError) as error:
            fix = "start a scheduler with `dask scheduler` and give the address that it prints"
            raise DomainError(
                "reachable scheduler", relation="--dask ADDRESS", left=dask, right=str(error), fix=fix
            ) from None
        with client:
            yield client
    elif jobs > 1:
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
            yield pool
    else:
        yield None
