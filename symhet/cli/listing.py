"""``symhet list`` and ``symhet show``."""

from __future__ import annotations

import click

from symhet.cli.checking import is_file, list_file, show_claim
from symhet.cli.options import complete_claims, console, is_quiet, quiet_option


@click.command("list", epilog="\b\nExample:\n  symhet list kz")
@click.argument("paper", required=False, shell_complete=complete_claims)
@quiet_option
def list_claims(paper: str | None, quiet: bool) -> None:
    """List the claims of PAPER (kz, bo, or a model file), or of every paper, as they are printed."""
    if paper is not None and is_file(paper):
        list_file(paper)
        return
    from symhet.cli.ledgers import ledgers
    from symhet.cli.screens import claims_table

    out = console()
    for ledger in ledgers([paper] if paper else ()):
        if not is_quiet(quiet):
            out.print(f"{ledger.title} ({ledger.key})", style="bold")
        out.print(claims_table(ledger.claims))


@click.command(epilog="\b\nExample:\n  symhet show kz.eq12")
@click.argument("claim", shell_complete=complete_claims)
@quiet_option
def show(claim: str, quiet: bool) -> None:
    """Judge one CLAIM (an ID, or model.toml:claim) and print its formula, verdict, evidence and derivation."""
    if is_file(claim):
        show_claim(claim)
    from symhet.cli.ledgers import find_claim, paper_of
    from symhet.cli.running import Run, cores
    from symhet.cli.screens import print_account
    from symhet.render.accounts import ERROR

    found = find_claim(claim)
    run = Run([found])
    run.execute(cores() if found.parts else 1)
    [told] = run.accounts()
    print_account(told, console(), paper_of(claim))
    if told.verdict == ERROR:
        raise SystemExit(1)
