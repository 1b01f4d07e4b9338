"""``symhet list`` and ``symhet show``."""

from __future__ import annotations

import json

import click

from symhet.cli.checking import is_file, judge_file, list_file, show_claim
from symhet.cli.options import check_output, complete_claims, console, is_quiet, quiet_option, write_output

VERDICTS = ("given", "proved", "proved-with", "refuted", "inconsistent", "open")


@click.command("list", epilog="\b\nExamples:\n  symhet list kz\n  symhet list bo --verdict refuted")
@click.argument("paper", required=False, shell_complete=complete_claims)
@click.option(
    "--verdict", "verdicts", type=click.Choice(VERDICTS), multiple=True, help="Judge them, and list those with it."
)
@quiet_option
def list_claims(paper: str | None, verdicts: tuple[str, ...], quiet: bool) -> None:
    """List the claims of PAPER (kz, bo, or a model file), or of every paper, as they are printed."""
    if paper is not None and is_file(paper):
        list_file(paper, verdicts)
        return
    from symhet.cli.judging import judging_bar
    from symhet.cli.ledgers import ledgers
    from symhet.cli.running import Run, cores
    from symhet.cli.tables import list_accounts, list_claim

    out = console()
    for ledger in ledgers([paper] if paper else ()):
        if not is_quiet(quiet):
            out.print(f"{ledger.title} ({ledger.key})", style="bold")
        if verdicts:
            run = Run(ledger.claims)
            with judging_bar(len(run.leaves), is_quiet(quiet)) as advance:
                run.execute(cores(), advance)
            list_accounts(run.accounts(), verdicts, out)
        else:
            for claim in ledger.claims:
                list_claim(claim, out)


@click.command(epilog="\b\nExamples:\n  symhet show kz.eq12\n  symhet show kz.eq12 --json -")
@click.argument("claim", shell_complete=complete_claims)
@click.option("--json", "json_path", metavar="FILE", help="Write it as JSON instead; - is standard output.")
@quiet_option
def show(claim: str, json_path: str | None, quiet: bool) -> None:
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
    from symhet.cli.ledgers import find_claim, paper_of
    from symhet.cli.running import Run, cores
    from symhet.render.accounts import ERROR

    found = find_claim(claim)
    run = Run([found])
    # Processes are worth their start from some parts on.
    run.execute(cores() if len(run.leaves) > 4 else 1)
    told = run.accounts()
    if json_path is not None:
        write_output(json_path, json.dumps(as_json(told, run), indent=2, ensure_ascii=False) + "\n", "--json")
    else:
        from symhet.cli.screens import print_account

        print_account(told[0], console(), paper_of(claim))
    if told[0].verdict == ERROR:
        raise SystemExit(1)
