"""What commands that judge claims share: a bar while they do, and the JSON of verdicts."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from symhet.cli.options import console

if TYPE_CHECKING:
    from symhet.cli.running import Judging
    from symhet.render.accounts import Account
    from symhet.render.briefs import Brief


@contextmanager
def judging_bar(total: int, quiet: bool) -> Iterator[Callable[[Account | Brief], None]]:
    """Show a bar on standard error while claims are judged, when a person is watching.

    The bar is drawn by this thread alone: workers are forked, and a fork must not find a second thread.
    """
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    watched = sys.stderr.isatty() and not quiet and total > 1
    columns = (
        TextColumn("judging"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[last]}"),
    )
    with Progress(
        *columns, console=console(sys.stderr), auto_refresh=False, transient=True, disable=not watched
    ) as bar:
        task = bar.add_task("", total=total, last="")
        bar.refresh()
        yield lambda told: bar.update(task, advance=1, last=told.id, refresh=True)


def as_json(
    told: list[Brief], run: Judging[Any, Any], interrupted: bool = False, seconds: float | None = None
) -> dict[str, Any]:
    """Return the verdicts as JSON data; parts follow their row as claims of their own."""
    from symhet import __version__
    from symhet.cli.tables import counts

    entries = [entry for each in told for entry in each.walk()]
    taken = sum(entry.seconds for entry in run.done.values()) if seconds is None else seconds
    return {
        "symhet": __version__,
        "claims": [{**entry.record, "seconds": round(entry.seconds, 3)} for entry in entries],
        "summary": {
            "claims": len(entries),
            "judged": len(run.done),
            "to_judge": len(run.leaves),
            "verdicts": counts(told),
            "reconstructed": counts(told, "reconstructed"),
            "added": counts(told, "added"),
            "interrupted": interrupted,
            "seconds": round(taken, 3),
        },
    }
