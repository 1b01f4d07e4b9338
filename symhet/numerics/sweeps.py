"""Sweeps: a model solved at many points, chunk by chunk, on any executor, and resumed where it was interrupted."""

from __future__ import annotations

from asyncio import CancelledError
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, wait
from contextlib import contextmanager, nullcontext
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from symhet.errors import InterruptedRun
from symhet.numerics.chunks import Block, Points, Task, make_task
from symhet.numerics.inputs import listed, whole
from symhet.numerics.locks import writing
from symhet.numerics.stores import Store, open_store, suffix
from symhet.numerics.threads import alone

__all__ = ["CHUNK", "sweep"]

CHUNK = 1 << 17
"""Points in a chunk."""
IN_FLIGHT = 8
"""Chunks that are with an executor at a time: what waits to be written stays small."""
RETRIES = 5
"""How often a cluster runs a chunk again whose worker died."""


def sweep(
    model: str,
    over: Mapping[str, Any],
    outputs: str | Sequence[str] = (),
    executor: Any = None,
    out: Any = None,
    *,
    samples: bool = False,
    distribution: Any = None,
    regime: str | None = None,
    chunk: int = CHUNK,
    progress: bool = False,
    unsolved: Counter[str] | None = None,
    **fixed: float,
) -> Any:
    """Solve a model at many points.

    Parameters
    ----------
    model : str
        Key of a paper whose model is solved, such as ``"kz"``, or the ID of a claim, whose numeric function is
        evaluated.
    over : mapping of str to sequence of float
        Values of the parameters that vary; ``"distribution.NAME"`` varies a parameter of the distribution.
    outputs : str or sequence of str, optional
        Results to keep; all by default.
    executor : concurrent.futures.Executor or dask.distributed.Client, optional
        Where chunks are solved; here by default.
    out : str, Path or binary stream, optional
        A zarr store or, for a name that ends in ``.nc``, a netCDF file. What is finished of an interrupted sweep is
        not solved again. A name that ends in ``.csv`` or ``.parquet``, or a stream for CSV, gets a table that is
        written as it comes. Without it everything is in memory.
    samples : bool, optional
        Whether the values are samples, one point for each position, instead of a grid of all combinations.
    distribution : Distribution, str or scipy.stats frozen distribution, optional
        Productivity, where the model leaves it open.
    regime : str, optional
        For a model with several.
    chunk : int, optional
        Most points in a chunk.
    progress : bool, optional
        Whether to show a progress bar on standard error.
    unsolved : Counter, optional
        Gets how many of the points solved now have no solution, by reason.
    **fixed : float
        Parameters that do not vary, where they are not to have their defaults.

    Returns
    -------
    xarray.Dataset
        Results by name with meaning, unit and LaTeX as attributes; NaN at inadmissible points. Phases and regimes are
        whole numbers, whose meaning the attributes ``flag_values`` and ``flag_meanings`` tell. For a table its path,
        and nothing for a stream.

    Raises
    ------
    UnknownModel, UnknownParameter
        For a name that does not exist.
    UnclearSetting
        For a parameter that varies and is fixed as well.
    OutputError
        When the store cannot be written (StoreFull), another run writes to it (StoreLocked), it holds another sweep
        (StoreMismatch), or it is damaged beyond solving chunks again (StoreDamaged).
    InterruptedRun
        On Ctrl-C, when a store keeps what is finished.
    MissingExtra
        Without xarray and zarr.

    Examples
    --------
    >>> found = sweep("kz", over={"tau_I": [1.1, 1.2], "f_I": [1.0, 1.2, 1.4]}, outputs=["welfare"])
    >>> found["welfare"].dims, found["welfare"].attrs["long_name"]
    (('tau_I', 'f_I'), 'real wage')
    """
    kind, chunk = suffix(out), whole(chunk, "chunk", 1, where="sweep")
    with _bar(progress) as bar, writing(Path(out)) if kind and not hasattr(out, "write") else nullcontext():
        task, points = make_task(model, over, listed(outputs), samples, distribution, regime, fixed)
        total = points.number(chunk)
        bar(total, 0)
        store = open_store(out, task, points, chunk)
        bar(total, store.count())
        todo = ((number, block) for number, block in enumerate(points.blocks(chunk)) if not store.finished(number))
        try:
            for number, block, results in _solved(executor, task, points, todo, store):
                if unsolved is not None:
                    unsolved.update(task.unsolved(results))
                store.write(number, block, {name: results[name] for name in task.outputs})
                bar(total, store.count())
        except KeyboardInterrupt:
            if not store.keeps:
                raise
            raise InterruptedRun(store.count(), total, kept=str(out)) from None
        finally:
            if store.count() < total:
                store.discard()
        return store.dataset()


def _solve(task: Task, values: Mapping[str, Any], shape: tuple[int, ...]) -> dict[str, Any]:
    return task(values, shape)


def _shape(block: Block) -> tuple[int, ...]:
    return tuple(part.stop - part.start for part in block)


def _attempt(task: Task, values: Mapping[str, Any], shape: tuple[int, ...]) -> dict[str, Any] | Exception:
    """Return an error of the model itself as a value: what a cluster raises then is the cluster's own trouble.

    On one thread: an executor has as many workers as there is room for.
    """
    try:
        with alone():
            return _solve(task, values, shape)
    except Exception as error:
        return error


Solved = tuple[int, Block, dict[str, Any]]


def _solved(
    executor: Any, task: Task, points: Points, todo: Iterator[tuple[int, Block]], store: Store
) -> Iterator[Solved]:
    """Yield the results of chunks, as they come."""
    if executor is None:
        for number, block in todo:
            yield number, block, _solve(task, points.values(block), _shape(block))
    else:
        yield from _distributed(executor, task, points, todo, store)


def _distributed(
    executor: Any, task: Task, points: Points, todo: Iterator[tuple[int, Block]], store: Store
) -> Iterator[Solved]:
    """Keep a few chunks with the executor or cluster, and yield each as it comes back."""
    submit, finished, attempts = _dispatch(executor)
    waiting: dict[Any, tuple[int, Block, int]] = {}

    def send(number: int, block: Block, attempt: int) -> None:
        future = submit(_attempt, task, points.values(block), _shape(block))
        waiting[future] = (number, block, attempt)

    def fill() -> None:
        for number, block in islice(todo, max(0, IN_FLIGHT - len(waiting) - store.held)):
            send(number, block, 1)

    try:
        fill()
        while waiting:
            for future in finished(waiting):
                number, block, attempt = waiting.pop(future)
                try:
                    found = future.result()
                except (Exception, CancelledError):
                    if attempt >= attempts:
                        raise
                    send(number, block, attempt + 1)
                    continue
                if isinstance(found, Exception):
                    raise found
                yield number, block, found
                fill()
    finally:
        for future in waiting:
            future.cancel()


def _dispatch(executor: Any) -> tuple[Callable[..., Any], Callable[[Any], Iterable[Any]], int]:
    """Return how to submit a chunk, how to wait for finished ones, and how often a lost one is sent.

    A Dask client's own futures are used, not the adapter of its `get_executor`: that one takes a result for an error
    when the worker dies between the two.
    """
    if not hasattr(executor, "get_executor"):
        return executor.submit, lambda futures: wait(futures, return_when=FIRST_COMPLETED).done, 1
    from distributed import wait as wait_for_cluster

    submit = partial(executor.submit, pure=False, retries=RETRIES)
    return submit, lambda futures: wait_for_cluster(list(futures), return_when="FIRST_COMPLETED").done, RETRIES


Bar = Callable[[int, int], None]
"""Shows how many chunks there are, and how many are finished."""


@contextmanager
def _bar(shown: bool) -> Iterator[Bar]:
    """Show a progress bar on standard error, from the beginning."""
    if not shown:
        yield lambda total, finished: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("chunks"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        row = bar.add_task("", total=None)
        try:
            yield lambda total, finished: bar.update(row, total=total, completed=finished)
        finally:
            # Where nothing was begun, as where a sweep is refused, there is nothing to show.
            bar.update(row, visible=bool(bar.tasks[row].completed))
