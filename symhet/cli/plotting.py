"""``symhet plot``."""

from __future__ import annotations

from pathlib import Path

import click

from symhet.cli.options import check_output


@click.command(epilog="\b\nExamples:\n  symhet plot\n  symhet plot bo-cutoffs -o cutoffs.svg")
@click.argument("name", required=False)
@click.option("-o", "--output", default="", metavar="FILE", help="svg, pdf or png; default NAME.svg in this folder.")
def plot(name: str | None, output: str) -> None:
    """Draw a picture of a computed equilibrium; without a name, list the pictures."""
    from symhet.render import plots

    if name is None:
        click.echo("\n".join(plots.names()))
        return
    target = output or f"{name}.svg"
    check_output(target, "--output")
    plots.save(name, Path(target))
    click.echo(target)
