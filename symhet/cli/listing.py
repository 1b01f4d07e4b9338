"""``symhet list`` and ``symhet show``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from symhet.cli.checking import is_file, judge_file, list_file, show_claim
from symhet.cli.options import anew_option, check_output, complete_claims, console, is_quiet, quiet_option, write_output

if TYPE_CHECKING:
    from symhet.render.briefs import Brief

VERDICTS = ("given", "proved", "proved-with", "refuted", "inconsistent", "open")


@click.command("list", epilog="\b\nExamples:\n  symhet list kz\n  symhet list bo --verdict refuted")
@click.argument("paper", required=False, shell_complete=complete_claims)
@click.option(
    "--verdict", "verdicts", type=click.Choice(VERDICTS), multiple=True, help="List those that get it when judged."
)
@quiet_option
def list_claims(paper: str | None, verdicts: tuple[str, ...], quiet: bool) -> None:
    """List the claims of PAPER (kz, bo, or a model file), or of every paper, as they are printed."""
    if paper is not None and is_file(paper):
        list_file(paper, verdicts)
        return
    from symhet.cli.judging import judging_bar
    from symhet.cli.running import Replay, judging
    from symhet.cli.tables import list_rows, list_with

    out = console()
    for key, title, rows in _papers(paper):
        if not is_quiet(quiet):
            out.print(f"{title} ({key})", style="bold")
        if verdicts:
            run = judging([key])
            if isinstance(run, Replay):
                run = Replay([*_with(verdicts, run.rows)], run.kept)
            with judging_bar(len(run.leaves), is_quiet(quiet)) as advance:
                run.execute(run.jobs(), advance)
            list_with(verdicts, run.briefs(full=True), out)
        else:
            list_rows(rows, out)


def _with(verdicts: tuple[str, ...], rows: Sequence[Brief]) -> Iterator[Brief]:
    """Yield the rows that are kept with one of these verdicts, and of the other rows the parts that are.

    Whatever is told of them is replayed first; of the others nothing is told.
    """
    for row in rows:
        if row.verdict in verdicts:
            yield row
        else:
            yield from _with(verdicts, row.parts)


def _papers(paper: str | None) -> Iterator[tuple[str, str, Sequence[Brief]]]:
    """Yield a paper by its key, or every paper: its key, its title and its rows."""
    from symhet.cli.kept import fresh_accounts
    from symhet.cli.ledgers import ledgers

    wanted = [] if paper is None else [paper]
    kept = fresh_accounts(wanted)
    if kept is not None:
        yield from ((key, kept.title(key), kept.rows(key)) for key in kept.listed())
        return
    from symhet.cli.telling import unjudged

    for ledger in ledgers(wanted):
        yield ledger.key, ledger.title, tuple(map(unjudged, ledger.claims))


@click.command(epilog="\b\nExamples:\n  symhet show kz.eq12\n  symhet show kz.eq12 --json -")
@click.argument("claim", shell_complete=complete_claims)
@click.option("--json", "json_path", metavar="FILE", help="Write it as JSON instead; - is standard output.")
@anew_option
@quiet_option
def show(claim: str, json_path: str | None, anew: bool, quiet: bool) -> None:
    """Judge one CLAIM (an ID, or model.toml:claim) and print its formula, verdict, evidence and derivation.

    Exit status 1 when it has no verdict.
    """
    if json_path is not None:
        check_output(json_path, "--json")
    if is_file(claim):
        if json_path is not None:
            path, _, name = claim.partition(":")
            judge_file(path, (name,) if name else (), json_path, None)
        show_claim(claim)
    from symhet.cli.judging import as_json
    from symhet.cli.ledgers import require_claim
    from symhet.cli.running import judging
    from symhet.render.briefs import ERROR

    require_claim(claim)
    run = judging([claim], anew=anew)
    run.execute(run.jobs())
    told = run.briefs(full=True)
    if json_path is not None:
        write_output(json_path, json.dumps(as_json(told, run), indent=2, ensure_ascii=False) + "\n", "--json")
    else:
        from symhet.cli.showing import print_brief

        print_brief(told[0], console())
    if told[0].verdict == ERROR:
        raise SystemExit(1)
