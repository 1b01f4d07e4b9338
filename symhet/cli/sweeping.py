"""``symhet sweep``."""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from symhet.cli.options import console, is_quiet, quiet_option
from symhet.cli.solving import BEYOND, read_number, read_settings, regime_option
from symhet.errors import DomainError, MissingExtra


@contextmanager
def _warnings_in_words() -> Iterator[None]:
    """Print warnings about stores as sentences, without the line of code that they come from."""
    import warnings

    from symhet.numerics.faults import StoreWarning

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", StoreWarning)
        try:
            yield
        finally:
            for warning in caught:
                click.echo(f"warning: {warning.message}", err=True)


MOST_VALUES = 100_000_000
"""Values of one parameter that a sweep from the command line may have: they are held in memory."""


@click.command(
    epilog="\b\nExamples:\n  symhet sweep kz --over tau_I=1.05:1.5:100 --over f_I=1,1.2,1.4 \\\n"
    "      --outputs phi_ex,welfare\n"
    "  symhet sweep bo --regime short-run --over phi=0.1:0.9:1000 \\\n"
    "      --outputs a_D,a_R -o relocation.zarr\n"
    "  symhet sweep bo.eq9 --over phi=0.1:0.5:50 \\\n"
    "      --set sigma=4 beta=1.4 s_E=0.55 f=1 f_I=1\n"
    "  symhet sweep --check relocation.zarr"
)
@click.argument("model", metavar="[MODEL]", required=False)
@click.argument("more", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--over", "ranges", multiple=True, metavar="NAME=VALUES", help="START:STOP:COUNT or A,B,C; repeat.")
@click.option("--outputs", default="", metavar="NAMES", help="Results to keep, with commas between; all by default.")
@click.option("--samples", is_flag=True, help="Values belong together one by one, instead of being combined.")
@click.option("--set", "given", multiple=True, metavar="NAME=VALUE", help="A parameter that does not vary; repeat.")
@click.option("--distribution", metavar="TEXT", help="Productivity, as for solve.")
@regime_option
@click.option(
    "-o", "out", metavar="STORE",
    help="Keep results in this .zarr store or .nc file, run again to go on after a stop; or write a .csv or .parquet.",
)  # fmt: skip
@click.option("--check", "checked", metavar="STORE", help="Read a store through and say what is finished or damaged.")
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes.")
@click.option("--dask", metavar="ADDRESS", help="Solve on this Dask cluster.")
@quiet_option
def sweep(
    model: str | None,
    more: tuple[str, ...],
    ranges: tuple[str, ...],
    outputs: str,
    samples: bool,
    given: tuple[str, ...],
    distribution: str | None,
    regime: str | None,
    out: str | None,
    checked: str | None,
    jobs: int,
    dask: str | None,
    quiet: bool,
) -> None:
    """Solve MODEL, a paper such as kz or the formulas of a claim, at many points, and print a table or keep a store.

    Exit status 1 when a point has no solution; its results are left out, and the reasons are printed.
    """
    if checked is not None:
        if model is not None or ranges or out is not None:
            raise click.UsageError("--check STORE stands alone: it reads a store that a sweep has written")
        _check(checked)
        return
    if model is None or not ranges:
        raise click.UsageError("a sweep needs a MODEL and at least one --over NAME=VALUES")
    over = read_ranges(ranges)
    kept = [name.strip() for name in outputs.split(",") if name.strip()]
    fixed = read_settings((*given, *more))
    from symhet.workbench import key_of
    from symhet.workbench import sweep as solved

    unsolved: Counter[str] = Counter()
    store = sys.stdout.buffer if out is None else out
    with _executor(jobs, dask) as executor, _warnings_in_words():
        found = solved(
            model, over, kept, executor, store, samples=samples, distribution=distribution,
            regime=regime, progress=not is_quiet(quiet), unsolved=unsolved, **fixed,
        )  # fmt: skip
    if out is not None and not is_quiet(quiet):
        console().print(_headline(out, found))
    for reason, number in (unsolved := _unsolved(key_of(model), found) or unsolved).items():
        click.echo(f"{number} {'point has' if number == 1 else 'points have'} no solution: {reason}", err=True)
    raise SystemExit(1 if unsolved else 0)


def read_ranges(texts: tuple[str, ...]) -> dict[str, Any]:
    """Return the values of each parameter that varies.

    Raises
    ------
    UnclearSetting
        For a text that cannot be read, or a parameter that is given twice.
    """
    from symhet.numerics.faults import UnclearSetting

    found: dict[str, Any] = {}
    for text in texts:
        name, values = _values(text)
        if name in found:
            raise UnclearSetting(text, f"{name} is given twice", where="--over", fix="give all its values once")
        found[name] = values
    return found


def _headline(out: str, found: Any) -> str:
    """Return what was written; a store lists its variables in the order of its folder, which is any."""
    if not hasattr(found, "sizes"):
        return f"{out}: written"
    sizes = ", ".join(f"{name} {size}" for name, size in found.sizes.items())
    names = sorted(map(str, found.data_vars), key=lambda name: (name == "status", name))
    return f"{out}: {', '.join(names)} over {sizes}"


def _unsolved(model: str, found: Any) -> Counter[str]:
    """Return how many points of a store have no solution, by reason, where its results tell."""
    if "status" not in getattr(found, "data_vars", ()):
        return Counter()
    from symhet.numerics.chunks import status_words
    from symhet.numerics.inspecting import reasons

    words = status_words(model)
    told = reasons({"status": (found["status"].values, found["status"].attrs)})
    return Counter({words[reason]: number for reason, number in told})


def _check(store: str) -> None:
    """Print what a store holds; damage and unfinished chunks end with 1."""
    from symhet.numerics.inspecting import inspect_store

    found = inspect_store(store)
    out = console()
    out.print(f"{store}: {found.model}, swept by symhet {found.version}")
    out.print(f"finished  {found.finished} of {found.total} chunks")
    out.print(f"damaged   {len(found.damaged) or 'none'}")
    for part in found.damaged:
        out.print(f"  {part}")
    for reason, number in found.unsolved.items():
        out.print(f"unsolved  {number} points: {reason.replace('_', ' ')}", highlight=False)
    if not found.is_whole:
        out.print("Run the sweep again with the same store: it solves what is missing or damaged.")
        raise SystemExit(1)


def _values(text: str) -> tuple[str, Any]:
    """Return a name and its values.

    Examples
    --------
    >>> _values("tau_I=1:2:3")[1].tolist(), _values("n=1,4")[1].tolist()
    ([1.0, 1.5, 2.0], [1.0, 4.0])
    """
    import numpy as np

    from symhet.numerics.faults import UnclearSetting

    name, _, values = (part.strip() for part in text.partition("="))
    try:
        if ":" in values:
            start, stop, count = values.split(":")
            if math.isfinite(float(start)) and math.isfinite(float(stop)) and 0 < int(count) <= MOST_VALUES:
                return name, np.linspace(float(start), float(stop), int(count))
            why = f"START and STOP are finite, and COUNT lies between one and {MOST_VALUES:,}"
            fix = "write for example --over tau_I=1.05:1.5:100"
            raise UnclearSetting(text, why, where="--over", fix=fix)
        given = [value.strip().lower() for value in values.split(",")]
        if "nan" in given:
            raise UnclearSetting(text, "nan is not a number", where="--over")
        return name, np.array([read_number(value) for value in given])
    except OverflowError:
        raise UnclearSetting(text, f"it has a number {BEYOND}", where="--over") from None
    except ValueError:
        why = "it is neither NAME=START:STOP:COUNT nor NAME=A,B,C"
        fix = "write for example --over tau_I=1.05:1.5:100"
        raise UnclearSetting(text, why, where="--over", fix=fix) from None


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
