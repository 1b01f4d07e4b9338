"""``symhet solve`` and ``symhet statics``."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import click

from symhet.cli.options import check_output, complete_papers, console, is_quiet, quiet_option, write_output

if TYPE_CHECKING:
    from rich.table import Table

    from symhet.numerics.models import SolvableModel

SIGNIFICANT = 8
"""Digits in tables; JSON has all of them."""
BEYOND = "beyond the range of floating-point numbers"

distribution_option = click.option(
    "--distribution",
    metavar="TEXT",
    help="Productivity, where the model leaves it open (kz, a model file): FAMILY:NAME=VALUE,... with pareto, "
    "truncated-pareto, lognormal, weibull, frechet, uniform, scipy.NAME; a mixture is 0.3*FAMILY:... + 0.7*FAMILY:...",
)


function_option = click.option(
    "--function",
    "functions",
    multiple=True,
    metavar="NAME=TERM",
    help="Form of a function of a model file in its arguments, such as demand=10/p; repeat for more.",
)


regime_option = click.option(
    "--regime",
    metavar="NAME",
    help="Regime, of a model that has several (bo: autarky, no-relocation, short-run, long-run).",
)


@click.command(
    epilog="\b\nExamples:\n  symhet solve kz\n"
    "  symhet solve kz --distribution pareto:shape=4.5,scale=1 \\\n"
    "      --set tau_I=1.2 --json -\n"
    "  symhet solve bo --regime short-run --set phi=0.5 s_E=0.6\n"
    "  symhet solve model.toml --set t=0.5 \\\n"
    "      --function demand=10/p --function supply=p"
)
@click.argument("model", shell_complete=complete_papers)
@click.argument("more", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--set", "given", multiple=True, metavar="NAME=VALUE", help="A parameter; repeat for more.")
@click.option("--over", "ranges", multiple=True, metavar="NAME=VALUES", help="Many values, as for symhet sweep.")
@distribution_option
@regime_option
@function_option
@click.option("--root", type=click.IntRange(0), default=0, help="Of a model file with several equilibria: which one.")
@click.option("--start", multiple=True, metavar="NAME=VALUE", help="Of a model file: where to look for a variable.")
@click.option("--json", "target", metavar="FILE", help="Write JSON there; - is standard output.")
@quiet_option
def solve(
    model: str,
    more: tuple[str, ...],
    given: tuple[str, ...],
    ranges: tuple[str, ...],
    distribution: str | None,
    regime: str | None,
    functions: tuple[str, ...],
    root: int,
    start: tuple[str, ...],
    target: str | None,
    quiet: bool,
) -> None:
    """Solve MODEL, a paper such as kz or bo or a model file, and print the equilibrium; the rest has its defaults."""
    if target is not None:
        check_output(target, "--json")
    from symhet.workbench import key_of, own_model

    own = own_model(model)
    values: dict[str, Any] = read_settings((*given, *more))
    if own is not None:
        from symhet.cli.equilibria import Asked, print_equilibrium

        asked = Asked(values, ranges, distribution, regime, functions, root, start)
        print_equilibrium(own, asked, target, is_quiet(quiet))
        return
    if ranges:
        raise click.UsageError(f"--over is for model files here; of a paper: symhet sweep {model} --over {ranges[0]}")
    if functions or root or start:
        raise click.UsageError("--function, --root and --start belong to model files")
    from symhet.numerics.models import find_model
    from symhet.numerics.models import solve as solved

    model = key_of(model)
    found = find_model(model)
    settings = _settings(found, distribution, regime)
    equilibrium = solved(model, distribution=distribution, regime=regime, **values)
    if target is not None:
        record = _record(found, equilibrium, values, settings)
        write_output(target, json.dumps(record, indent=2) + "\n", "--json")
    if target == "-":
        return
    out = console()
    if not is_quiet(quiet):
        out.print(": ".join(filter(None, (found.title, _headline(settings)))), style="bold")
    parameters = _parameters(found, values)
    out.print(_table(found, tuple(parameters), parameters, "parameter"))
    out.print(_table(found, (*found.labels, *found.outputs), _results(found, equilibrium), "result"))


def read_settings(texts: tuple[str, ...], option: str = "--set") -> dict[str, Any]:
    """Return ``name=value`` texts as numbers by name.

    Raises
    ------
    UnclearSetting
        For a text of another form, a value that is no number, or a name that is given twice.

    Examples
    --------
    >>> read_settings(("tau_I=1.2", "n=2"))
    {'tau_I': 1.2, 'n': 2.0}
    """
    found: dict[str, float] = {}
    for text in texts:
        name, equals, value = (part.strip() for part in text.partition("="))
        why = "" if equals and name else "it is not NAME=NUMBER"
        if not why and name in found:
            why = f"{name} is given twice"
        try:
            found[name] = read_number(value)
        except ValueError:
            why = why or f"{value!r} is not a number"
        except OverflowError:
            why = why or f"{value} is {BEYOND}"
        if why:
            from symhet.numerics.faults import UnclearSetting

            many = name and any(mark in value for mark in ",:")
            fix = "many values are for symhet sweep: --over" if many else f"write for example {option} tau_I=1.2"
            raise UnclearSetting(text, why, where=f"{option} NAME=NUMBER", fix=fix)
    return found


def read_number(text: str) -> float:
    """Return a number, infinity where it is called so.

    Raises
    ------
    ValueError
        For what is none.
    OverflowError
        For one that a double does not reach: it would be taken for infinity, which switches margins off, or for zero.

    Examples
    --------
    >>> read_number("1.5"), read_number("inf")
    (1.5, inf)
    """
    found = float(text)
    if math.isnan(found):
        raise ValueError(text)
    mantissa = text.lower().partition("e")[0]
    if (math.isinf(found) and "inf" not in text.lower()) or (not found and mantissa.strip("+-0._")):
        raise OverflowError(text)
    return found


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _settings(model: SolvableModel, distribution: str | None, regime: str | None) -> dict[str, str]:
    """Return the distribution or the regime as it was given, or the model's own."""
    given = {"distribution": distribution or (str(model.law) if model.law else ""), "regime": regime or model.regime}
    return {name: value for name, value in given.items() if name in model.switches}


def _headline(settings: dict[str, str]) -> str:
    words = {"distribution": "productivity "}
    return ", ".join(f"{words.get(name, '')}{value}" for name, value in settings.items())


def _parameters(model: SolvableModel, values: dict[str, float]) -> dict[str, float]:
    return {**model.defaults, **values}


def _results(model: SolvableModel, equilibrium: Any) -> dict[str, Any]:
    values = {name: getattr(equilibrium, name) for name in (*model.labels, *model.outputs)}
    return {name: value.item() if hasattr(value, "item") else value for name, value in values.items()}


def _record(
    model: SolvableModel, equilibrium: Any, values: dict[str, float], settings: dict[str, str]
) -> dict[str, Any]:
    """Return the equilibrium for JSON, where what is infinite or undefined is null."""
    results = {
        name: None if isinstance(value, float) and not math.isfinite(value) else value
        for name, value in _results(model, equilibrium).items()
    }
    return {"model": model.key, **settings, "parameters": _parameters(model, values), **results}


def _table(model: SolvableModel, names: tuple[str, ...], values: dict[str, Any], heading: str) -> Table:
    from rich.table import Table

    table = Table(heading, "value", "unit", "meaning", box=None, pad_edge=False, header_style="bold")
    table.columns[1].justify = "right"
    for name in names:
        if name in values:
            _, meaning, unit = model.quantities[name]
            table.add_row(name, _shown(values[name]), "" if unit == "1" else unit, meaning)
    return table


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return "undefined" if math.isnan(value) else "infinite" if math.isinf(value) else f"{value:.{SIGNIFICANT}g}"
    return str(value)


@click.command(
    epilog="\b\nExamples:\n  symhet statics kz\n"
    "  symhet statics kz --of phi_ex,welfare,exports_X --to tau_I,f_I,tau,f_ex\n"
    "  symhet statics kz --of exports_X --to tau_I \\\n"
    "      --distribution lognormal:mu=0,sigma=0.6 --json -\n"
    "  symhet statics bo --regime no-relocation --of n_star,welfare_star --to phi"
)
@click.argument("model", shell_complete=complete_papers)
@click.argument("more", nargs=-1, metavar="[NAME=VALUE]...")
@click.option(
    "--of", "of", default="", metavar="NAMES", help="Results, with commas between; the paper's choice by default."
)
@click.option("--to", "to", default="", metavar="NAMES", help="Parameters; the paper's choice by default.")
@regime_option
@click.option("--set", "given", multiple=True, metavar="NAME=VALUE", help="A parameter; repeat for more.")
@distribution_option
@function_option
@click.option("--json", "target", metavar="FILE", help="Write JSON there; - is standard output.")
@quiet_option
def statics(
    model: str,
    more: tuple[str, ...],
    of: str,
    to: str,
    regime: str | None,
    given: tuple[str, ...],
    distribution: str | None,
    functions: tuple[str, ...],
    target: str | None,
    quiet: bool,
) -> None:
    """Print the exact elasticities of results of MODEL at its solution, and the sign that is proved of each.

    Of a model file: derivatives and elasticities of any variables and definitions by any parameters.
    """
    if target is not None:
        check_output(target, "--json")
    from symhet.workbench import own_model

    own = own_model(model)
    if own is not None:
        from symhet.cli.equilibria import Asked, print_statics

        asked = Asked(read_settings((*given, *more)), (), distribution, regime, functions, 0, ())
        print_statics(own, asked, _names(of), _names(to), target)
        return
    from symhet.numerics.statics import statics as elasticities

    results, parameters = _names(of), _names(to)
    values = read_settings((*given, *more))
    found = elasticities(model, of=results, to=parameters, distribution=distribution, regime=regime, **values)
    if target is not None:
        rows = [{**entry._asdict(), "elasticity": float(entry.elasticity), "met": bool(entry.met)} for entry in found]
        write_output(target, json.dumps(rows, indent=2) + "\n", "--json")
    if target == "-":
        return
    from rich.table import Table

    table = Table("of", "to", "elasticity", "proved sign", "by claim", "if", box=None, pad_edge=False)
    table.columns[2].justify = "right"
    notes: dict[str, int] = {}
    for entry in found:
        where = f"{', '.join(entry.conditions)}: {'holds' if entry.met else 'fails'} here" if entry.conditions else ""
        note = f"({notes.setdefault(where, len(notes) + 1)})" if where else ""
        size = f"{float(entry.elasticity):+.{SIGNIFICANT}g}"
        table.add_row(entry.of, entry.to, size, entry.sign or "none proved", entry.claim, note)
    out = console()
    out.print(table)
    for where, number in notes.items():
        out.print(f"({number}) {where}", highlight=False)
    if notes and not is_quiet(quiet):
        out.print("if: condition under which the sign is proved; `symhet show CLAIM` prints it.")
