"""``symhet selftest``: false neighbours of everything that was proved are put to the search."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

import click

from symhet.cli.options import complete_claims, console, is_quiet, quiet_option

if TYPE_CHECKING:
    from symhet.core.kernel import Theorem


@click.command(epilog="\b\nExamples:\n  symhet selftest kz.R.1 kz.eq12\n  symhet selftest")
@click.argument("claims", nargs=-1, shell_complete=complete_claims)
@click.option("--most", type=click.IntRange(1), default=30, show_default=True, help="Neighbours of one theorem.")
@quiet_option
def selftest(claims: tuple[str, ...], most: int, quiet: bool) -> None:
    """Change what was proved of CLAIMS (IDs, papers, or model files) in one place, and try to prove what is then false.

    Signs, directions, coefficients, exponents, terms and parameters are changed. A neighbour counts as false when the
    kernel refutes it with exact numbers. Exit status 0 when none of the false ones is proved, 1 when one is.
    """
    from rich.progress import Progress

    from symhet.search.selftest import selftest as tested

    theorems = _theorems(claims)
    rows: dict[str, Counter[str]] = {}
    watched = sys.stderr.isatty() and not is_quiet(quiet)
    with Progress(console=console(sys.stderr), transient=True, disable=not watched) as bar:
        for name, theorem in bar.track(theorems, description="selftest"):
            tally = tested(theorem, most)
            row = rows.setdefault(name.split(".")[0], Counter())
            row.update(theorems=1, made=tally.made, false=tally.false, proved=len(tally.proved))
            for statement in tally.proved:
                click.echo(f"{name}: a false statement was proved: {statement}", err=True)
    click.echo(f"{'':8}{'theorems':>10}{'neighbours':>12}{'false':>8}{'proved':>8}")
    for key, row in rows.items():
        click.echo(f"{key:8}{row['theorems']:>10}{row['made']:>12}{row['false']:>8}{row['proved']:>8}")
    raise SystemExit(1 if any(row["proved"] for row in rows.values()) else 0)


def _theorems(claims: tuple[str, ...]) -> list[tuple[str, Theorem]]:
    """Return every theorem behind the verdicts of claims that says that its goal holds, each once."""
    from symhet.claims import judge
    from symhet.cli.ledgers import find_claims
    from symhet.cli.running import leaves
    from symhet.workbench import key_of

    found: dict[object, tuple[str, Theorem]] = {}
    for leaf in dict.fromkeys(leaf for claim in find_claims(tuple(map(key_of, claims))) for leaf in leaves(claim)):
        finding = judge(leaf).finding if leaf.argue is not None else None
        for theorem in finding.theorems if finding is not None else ():
            if theorem.polarity == "holds":
                key = (theorem.core.goal, tuple(theorem.core.context.hypotheses.items()))
                found.setdefault(key, (leaf.id, theorem.core))
    return list(found.values())
