"""``symhet plot``."""

from __future__ import annotations

from pathlib import Path

import click

from symhet.cli.options import check_output, complete_claims

SIGN_CHANGE = "sign-change"


@click.command(
    epilog="\b\nExamples:\n  symhet plot\n  symhet plot bo-cutoffs -o cutoffs.svg\n"
    "  symhet plot sign-change --claim bo.eq24 -o eq24.svg"
)
@click.argument("name", required=False)
@click.option("-o", "--output", default="", metavar="FILE", help="svg, pdf or png; default NAME.svg in this folder.")
@click.option(
    "--claim", default="", metavar="ID", shell_complete=complete_claims, help="For sign-change: the refuted claim."
)
@click.option("--over", default="", metavar="SYMBOL", help="For sign-change: what to move, such as phi or tau_I.")
def plot(name: str | None, output: str, claim: str, over: str) -> None:
    """Draw a picture of a computed equilibrium; without a name, list the pictures.

    sign-change is drawn for a claim with a counterexample: one of its parameters moves, what depends on it is solved
    anew, and the picture shows where the gap of the statement changes its sign.
    """
    from symhet.render import plots

    if name is None:
        click.echo("\n".join([*plots.names(), f"{SIGN_CHANGE} --claim ID"]))
        return
    if (name == SIGN_CHANGE) != bool(claim) or (over and not claim):
        raise click.UsageError(f"--claim and --over belong to {SIGN_CHANGE}, which needs --claim ID")
    target = output or (f"{SIGN_CHANGE}-{claim}.svg" if claim else f"{name}.svg")
    check_output(target, "--output")
    if claim:
        _draw_sign_change(claim, over, Path(target))
    else:
        plots.save(name, Path(target))
    click.echo(target)


def _draw_sign_change(identifier: str, over: str, path: Path) -> None:
    from symhet.claims import judge
    from symhet.cli.ledgers import find_claim, paper_of
    from symhet.render import plots
    from symhet.render.notation import notation_for
    from symhet.render.plots.sign_change import find_path, picture
    from symhet.render.reading import tell

    plots.require_format(path)
    found, start = find_path(tell(judge(find_claim(identifier))), over)
    with plots.style.look():
        plots.write(picture(found, notation_for(paper_of(identifier)), start.claimed), path)
