"""``symhet calibrate``."""

from __future__ import annotations

import json
import math
from typing import Any

import click

from symhet.cli.options import check_output, complete_papers, console, is_quiet, quiet_option, write_output
from symhet.cli.solving import distribution_option, read_settings, regime_option


@click.command(
    epilog="\b\nExamples:\n  symhet calibrate kz --moment share_exporting=0.18 \\\n"
    "      --moment export_intensity=0.14 --free f_ex,tau\n"
    "  symhet calibrate kz --moment share_exporting=0.18,top_10_percent=0.9 \\\n"
    "      --free f_ex,distribution.shape\n"
    "  symhet calibrate kz --moment share_exporting=0.18 \\\n"
    "      --error share_exporting=0.01 --free f_ex --json -\n"
    "  symhet calibrate kz --list"
)
@click.argument("model", shell_complete=complete_papers)
@click.argument("more", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--moment", "moments", multiple=True, metavar="NAME=VALUE", help="A target; repeat, or part by commas.")
@click.option("--error", "errors", multiple=True, metavar="NAME=VALUE", help="The standard error of a target.")
@click.option("--free", default="", metavar="NAMES", help="Parameters to find; distribution.NAME is one of the law.")
@click.option("--start", multiple=True, metavar="NAME=VALUE", help="Where to begin; the defaults otherwise.")
@click.option("--set", "given", multiple=True, metavar="NAME=VALUE", help="A parameter that is fixed; repeat for more.")
@distribution_option
@regime_option
@click.option("--exact", is_flag=True, help="Use the derivatives that the claims derive, where there are any.")
@click.option("--list", "listing", is_flag=True, help="Print what can be a moment, and stop.")
@click.option("--json", "target", metavar="FILE", help="Write JSON there; - is standard output.")
@quiet_option
def calibrate(
    model: str,
    more: tuple[str, ...],
    moments: tuple[str, ...],
    errors: tuple[str, ...],
    free: str,
    start: tuple[str, ...],
    given: tuple[str, ...],
    distribution: str | None,
    regime: str | None,
    exact: bool,
    listing: bool,
    target: str | None,
    quiet: bool,
) -> None:
    """Find the parameters at which MODEL has given moments, and print them with the fit.

    Exit status 1 when as many moments as parameters are given and no economy that was found has them.
    """
    if target is not None:
        check_output(target, "--json")
    if listing:
        from symhet.workbench import key_of

        _list_moments(key_of(model))
        return
    from symhet.workbench import calibrate as calibrated

    fit = calibrated(
        model,
        moments=_parted(moments),
        free=[name.strip() for name in free.split(",") if name.strip()],
        errors=_parted(errors) or None,
        start=_parted(start),
        distribution=distribution,
        regime=regime,
        exact=exact,
        **read_settings((*given, *more)),
    )
    if target is not None:
        record = {
            "model": model,
            "parameters": fit.parameters,
            "standard_errors": {n: None if math.isnan(v) else v for n, v in fit.standard_errors.items()},
            "targets": fit.targets,
            "fitted": fit.fitted,
            "distance": fit.distance,
            "met": fit.met,
            "identified": fit.identified,
        }
        write_output(target, json.dumps(record, indent=2) + "\n", "--json")
    if target != "-":
        out = console()
        out.print(fit.report(), markup=False)
        if not errors and not is_quiet(quiet):
            out.print("Standard errors need those of the moments: --error NAME=VALUE for each.")
    if fit.is_missed:
        raise SystemExit(1)


def _parted(texts: tuple[str, ...]) -> dict[str, Any]:
    return read_settings(tuple(piece for text in texts for piece in text.split(",") if piece.strip()))


def _list_moments(model: str) -> None:
    from rich.table import Table

    from symhet.numerics.models import find_model

    found = find_model(model)
    table = Table("moment", "meaning", box=None, pad_edge=False, header_style="bold")
    for name, meaning in found.moments.items():
        table.add_row(name, meaning)
    for name in found.outputs:
        table.add_row(name, found.quantities[name].meaning)
    console().print(table)
