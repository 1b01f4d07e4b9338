"""``symhet verify``: judge claims, print the table of verdicts, write them as JSON."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, Any

import click

from symhet.cli.checking import is_file, judge_file
from symhet.cli.folding import fold
from symhet.cli.options import (
    anew_option,
    check_folder,
    check_output,
    columns,
    complete_claims,
    console,
    is_quiet,
    quiet_option,
    write_output,
)
from symhet.cli.streams import INTERRUPTED

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from symhet.cli.running import Judging
    from symhet.render.briefs import Brief

EXAMPLES = (
    "\b\nExamples:\n  symhet verify kz.eq11 kz.eq12\n  symhet verify kz.eq12 --json -\n"
    "  symhet verify --certificates theorems"
)


@click.command(epilog=EXAMPLES)
@click.argument("claims", nargs=-1, shell_complete=complete_claims)
@click.option("--json", "json_path", metavar="FILE", help="Write the verdicts as JSON; - is standard output.")
@click.option("--certificates", metavar="DIR", help="Write the theorems there, one file a claim, for symhet replay.")
@click.option("--search", is_flag=True, help="Search for every certificate anew, whatever is kept.")
@anew_option
@click.option("-j", "--jobs", type=click.IntRange(1), help="Number of processes; those worth their start by default.")
@quiet_option
def verify(
    claims: tuple[str, ...],
    json_path: str | None,
    certificates: str | None,
    search: bool,
    anew: bool,
    jobs: int | None,
    quiet: bool,
) -> None:
    """Judge CLAIMS (IDs, kz for a whole paper, a model file; everything unless given) and print the table of verdicts.

    Exit status 0 when every claim got a verdict (a refuted claim is a result), 1 when one has none, 130 when
    interrupted: the verdicts reached by then are printed and written.
    """
    if claims and is_file(claims[0]):
        path, _, name = claims[0].partition(":")
        judge_file(path, (*([name] if name else []), *claims[1:]), json_path, certificates, search=search)
    if json_path is not None:
        check_output(json_path, "--json")
    from symhet.cli.judging import as_json
    from symhet.cli.running import How, judging
    from symhet.cli.tables import conclude
    from symhet.render.briefs import ERROR

    folder = None if certificates is None else check_folder(certificates, "--certificates", make=True)
    run = judging(claims, How(search, folder is not None), anew)
    out = None if is_quiet(quiet) and json_path == "-" else console(sys.stderr if json_path == "-" else None)
    started = time.perf_counter()
    interrupted = not _finishes(run, jobs or run.jobs(), out, is_quiet(quiet))
    told = run.briefs(full=json_path is not None)
    seconds = time.perf_counter() - started
    if out is not None:
        conclude(told, out)
        out.print(f"{seconds:.1f} s")
    if json_path is not None:
        text = json.dumps(as_json(told, run, interrupted, seconds), indent=2, ensure_ascii=False)
        write_output(json_path, text + "\n", "--json")
    if folder is not None:
        _write_certificates(folder, told)
    if interrupted:
        _report_interruption(run, json_path)
        raise SystemExit(INTERRUPTED)
    failed = [entry for each in told for entry in each.walk() if entry.verdict == ERROR and not entry.parts]
    for entry in failed:
        click.echo("\n".join(fold(f"no verdict for {entry.id}: {entry.evidence}", columns(sys.stderr))), err=True)
    raise SystemExit(1 if failed else 0)


def _write_certificates(folder: Path, told: list[Brief]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for entry in (entry for each in told for entry in each.walk()):
        if entry.exported:
            write_output(str(folder / f"{entry.id}.jsonl"), "".join(dict.fromkeys(entry.exported)), "--certificates")


def _finishes(run: Judging[Any, Any], jobs: int, out: Console | None, quiet: bool) -> bool:
    """Judge everything, printing rows as they are done; return False when interrupted."""
    from symhet.cli.judging import judging_bar
    from symhet.cli.tables import VerdictRows

    rows = None if out is None else VerdictRows(run.rows, out)
    shown = 0

    def tell(told: Any) -> None:
        nonlocal shown
        advance(told)
        while rows is not None and (row := run.finished(shown)) is not None:
            rows.add(run.brief(row))
            shown += 1

    try:
        with judging_bar(len(run.leaves), quiet or (out is not None and out.is_terminal)) as advance:
            run.execute(jobs, tell)
    except KeyboardInterrupt:
        if rows is not None:
            for told in run.briefs()[shown:]:
                rows.add(told)
        return False
    return True


def _report_interruption(run: Judging[Any, Any], json_path: str | None) -> None:
    from symhet.errors import InterruptedRun

    kept = json_path if json_path not in (None, "-") else ""
    click.echo(str(InterruptedRun(len(run.done), len(run.leaves), kept=kept or "")), err=True)
