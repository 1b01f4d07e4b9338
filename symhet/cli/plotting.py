"""``symhet plot``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from symhet.cli.options import check_output, complete_claims
from symhet.cli.solving import distribution_option, function_option, read_settings

SIGN_CHANGE = "sign-change"


@click.command(
    epilog="\b\nExamples:\n  symhet plot\n  symhet plot bo-cutoffs -o cutoffs.svg\n"
    "  symhet plot kz-profits --set tau=1.6 -o profits.svg\n"
    "  symhet plot sign-change --claim bo.eq24 -o eq24.svg\n"
    "  symhet plot model.toml --of phi,phi_x --over tau=1.05:2:100 -o cutoffs.pdf"
)
@click.argument("name", required=False)
@click.argument("more", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("-o", "--output", metavar="FILE", help="svg, pdf or png; default NAME.svg in this folder.")
@click.option(
    "--claim",
    default="",
    metavar="ID",
    shell_complete=complete_claims,
    help="For sign-change: the claim, or FILE:CLAIM.",
)
@click.option(
    "--over",
    default="",
    metavar="SYMBOL",
    help="What to move, such as tau_I; of a model, with its values: tau=1:2 or tau=1:2:50.",
)
@click.option("--of", "of", default="", metavar="NAMES", help="Of a model: what to draw, with commas between.")
@click.option("--set", "given", multiple=True, metavar="NAME=VALUE", help="A parameter; repeat for more.")
@distribution_option
@function_option
def plot(
    name: str | None,
    more: tuple[str, ...],
    output: str | None,
    claim: str,
    over: str,
    of: str,
    given: tuple[str, ...],
    distribution: str | None,
    functions: tuple[str, ...],
) -> None:
    """Draw a picture of a computed equilibrium; without a name, list the pictures.

    NAME may be a model file or a paper such as kz: what --of names is drawn against the parameter --over.

    sign-change is drawn for a claim with a counterexample: one of its parameters moves, what depends on it is solved
    anew, and the picture shows where the gap of the statement changes its sign.
    """
    from symhet.render import plots

    given = (*given, *more)
    if name is None:
        click.echo("\n".join([*plots.names(), f"{SIGN_CHANGE} --claim ID", "MODEL --of NAMES --over NAME=VALUES"]))
        return
    if _is_model(name):
        target = f"{Path(name).stem}.svg" if output is None else output
        check_output(target, "--output")
        _draw_response(name, over, _options(given, distribution, functions), of, Path(target))
        click.echo(target)
        return
    if of or distribution or functions or (given and claim):
        raise click.UsageError("--of, --distribution and --function belong to a model: symhet plot MODEL")
    if (name == SIGN_CHANGE) != bool(claim) or (over and not claim):
        raise click.UsageError(f"--claim and --over belong to {SIGN_CHANGE}, which needs --claim ID")
    usual = f"{SIGN_CHANGE}-{Path(claim).name.replace(':', '-')}.svg" if claim else f"{name}.svg"
    target = usual if output is None else output
    check_output(target, "--output")
    if claim:
        _draw_sign_change(claim, over, Path(target))
    else:
        plots.save(name, Path(target), **read_settings(given))
    click.echo(target)


def _is_model(name: str) -> bool:
    """Tell whether a name is a model file, or a paper with a solver."""
    from symhet.catalogue import find_paper
    from symhet.workbench.opening import is_path

    return is_path(name) or find_paper(name) is not None


def _options(given: tuple[str, ...], distribution: str | None, functions: tuple[str, ...]) -> dict[str, Any]:
    from symhet.cli.equilibria import read_forms

    found: dict[str, Any] = dict(read_settings(given))
    if distribution is not None:
        found["distribution"] = distribution
    return {**found, "functions": read_forms(functions)} if functions else found


def _draw_response(name: str, over: str, options: dict[str, Any], of: str, path: Path) -> None:
    from symhet.cli.sweeping import read_ranges
    from symhet.numerics.models import find_model
    from symhet.render import plots
    from symhet.render.plots.responses import POINTS, response
    from symhet.workbench.opening import key_of, with_forms

    plots.require_format(path)
    opened = with_forms(name, options.pop("functions", None))
    if not over:
        raise click.UsageError("a picture of a model needs --over NAME, or --over NAME=VALUES")
    every = f"{over}:{POINTS}" if over.count(":") == 1 else over
    moved = read_ranges((every,)) if "=" in over else {over: ()}
    [(parameter, values)] = moved.items()
    names = [part.strip() for part in of.split(",") if part.strip()]
    plots.write(response(find_model(key_of(opened)), parameter, values, names, **options), path)


def _draw_sign_change(identifier: str, over: str, path: Path) -> None:
    from symhet.claims import judge
    from symhet.cli.ledgers import find_claim, paper_of
    from symhet.render import plots
    from symhet.render.notation import notation_for
    from symhet.render.plots.sign_change import find_path, picture
    from symhet.render.reading import tell
    from symhet.workbench import key_of

    plots.require_format(path)
    identifier = key_of(identifier)
    found, start = find_path(tell(judge(find_claim(identifier))), over)
    with plots.style.look():
        plots.write(picture(found, notation_for(paper_of(identifier)), start.claimed), path)
