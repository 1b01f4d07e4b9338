"""What ``symhet solve`` and ``symhet statics`` print of a model file."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from symhet.cli.options import console, write_output
from symhet.errors import DomainError

if TYPE_CHECKING:
    from rich.table import Table

    from symhet.model.model import Model
    from symhet.numerics.equilibrium.result import Equilibrium

SIGNIFICANT = 8
"""Digits in tables; JSON has all of them."""
WIDEST = 100_000


class Asked(NamedTuple):
    """What was asked for on the command line."""

    values: dict[str, Any]
    ranges: tuple[str, ...]
    distribution: str | None
    regime: str | None
    functions: tuple[str, ...]
    root: int
    start: tuple[str, ...]

    def options(self) -> dict[str, Any]:
        """Return the options of the solver."""
        if self.regime is not None:
            from symhet.numerics.faults import UnknownRegime

            raise UnknownRegime(self.regime, where="a model file")
        found: dict[str, Any] = {
            "distribution": self.distribution,
            "functions": read_forms(self.functions),
            **self.values,
        }
        return found


def read_forms(texts: Sequence[str]) -> dict[str, str]:
    """Return forms of functions by name.

    Examples
    --------
    >>> read_forms(["demand = 10/p"])
    {'demand': '10/p'}
    """
    found: dict[str, str] = {}
    for text in texts:
        name, equals, form = (part.strip() for part in text.partition("="))
        if not equals or not name or not form:
            fix = "write for example --function demand=10/p"
            raise DomainError("readable function", relation="--function NAME=TERM", left=repr(text), right="", fix=fix)
        found[name] = form
    return found


def print_equilibrium(model: Model, asked: Asked, target: str | None, quiet: bool) -> None:
    """Solve a model file, print and write the equilibrium; a point without solution ends with status 1."""
    from symhet.cli.solving import read_settings
    from symhet.cli.sweeping import read_ranges
    from symhet.numerics.equilibrium.solver import solve_model

    over = read_ranges(asked.ranges)
    names = list(over)
    shaped = {
        name: values.reshape([-1 if place == axis else 1 for place in range(len(names))])
        for axis, (name, values) in enumerate(over.items())
    }
    options = {**asked.options(), **shaped}
    found = solve_model(model, check=not over, root=asked.root, start=read_settings(asked.start) or None, **options)
    if target is not None:
        write_output(target, json.dumps(_record(model, found, names), indent=2) + "\n", "--json")
    if target != "-":
        _print(model, found, names, quiet)
    if not found.solved.all():
        raise SystemExit(1)


def _print(model: Model, found: Equilibrium, over: list[str], quiet: bool) -> None:
    out = console()
    if not quiet:
        law = "" if found.distribution is None else f", productivity {found.distribution}"
        out.print(f"{model.title}{law}", style="bold")
        for note in found.notes:
            out.print(f"note: {note}", highlight=False)
        for line in _warnings(found):
            out.print(line, highlight=False)
    if over:
        from rich.measure import Measurement

        table = _points(found, over)
        # Numbers are not cut where a terminal is narrow.
        wide = Measurement.get(out, out.options.update(width=WIDEST), table).maximum
        out.width = max(out.width, wide)
        out.print(table)
        return
    out.print(_table(model, {name: value.item() for name, value in found.parameters.items()}, "parameter"))
    out.print(_table(model, found.as_dict(), "result"))


def _warnings(found: Equilibrium) -> list[str]:
    """Return what a reader must know: several equilibria, corners, points without solution."""
    lines: list[str] = []
    if (found.roots > 1).any():
        lines.append(f"several equilibria: up to {int(found.roots.max())}; --root N shows another, counted from 0")
    lines += [f"corner: {name}" for name, where in found.corners.items() if where.any()]
    count: dict[str, int] = {}
    for number in found.status_number.reshape(-1):
        if number:
            count[found.statuses[int(number)]] = count.get(found.statuses[int(number)], 0) + 1
    lines += [f"{number} points have no equilibrium: {reason}" for reason, number in count.items()]
    return lines


def _points(found: Equilibrium, over: list[str]) -> Table:
    """Return a table with a line for each point."""
    import numpy as np
    from rich.table import Table

    columns = {name: np.broadcast_to(found.parameters[name], found.shape) for name in over}
    columns |= {name: value for name, value in found.values.items() if np.isfinite(value).any()}
    table = Table(*columns, box=None, pad_edge=False, header_style="bold")
    for index in np.ndindex(found.shape):
        table.add_row(*(_shown(float(value[index])) for value in columns.values()))
    return table


def _table(model: Model, values: dict[str, Any], heading: str) -> Table:
    from rich.table import Table

    table = Table(heading, "value", "unit", "meaning", box=None, pad_edge=False, header_style="bold")
    table.columns[1].justify = "right"
    for name, value in values.items():
        if math.isfinite(value):
            described: Any = model.quantities.get(name) or model.definitions[name]
            table.add_row(name, _shown(value), described.unit, described.meaning)
    return table


def _shown(value: float) -> str:
    return f"{value:.{SIGNIFICANT}g}"


def _record(model: Model, found: Equilibrium, over: list[str]) -> dict[str, Any]:
    """Return the equilibrium for JSON, where what is undefined is null."""
    return {
        "model": model.key,
        **({} if found.distribution is None else {"distribution": str(found.distribution)}),
        "over": over,
        "parameters": {name: _plain(value) for name, value in found.parameters.items()},
        "results": {name: _plain(value) for name, value in found.values.items()},
        "status": found.status.tolist(),
        "solutions": found.roots.tolist(),
        "residuals": {name: _plain(value) for name, value in found.residuals.items()},
        "corners": [name for name, where in found.corners.items() if where.any()],
        "notes": list(found.notes),
    }


def _plain(value: Any) -> Any:
    """Return numbers as lists, what is no number as None."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if hasattr(value, "tolist"):
        return _plain(value.tolist())
    return value if math.isfinite(value) else None


def print_statics(model: Model, asked: Asked, of: list[str], to: list[str], target: str | None) -> None:
    """Print and write derivatives and elasticities at the solution of a model file."""
    from symhet.numerics.equilibrium.statics import statics_of

    found = statics_of(model, of=of, to=to, **asked.options())
    if target is not None:
        rows = [{**s._asdict(), "derivative": _plain(s.derivative), "elasticity": _plain(s.elasticity)} for s in found]
        write_output(target, json.dumps(rows, indent=2) + "\n", "--json")
    if target == "-":
        return
    from rich.table import Table

    table = Table("of", "to", "derivative", "elasticity", box=None, pad_edge=False, header_style="bold")
    for column in table.columns[2:]:
        column.justify = "right"
    for slope in found:
        shown = (f"{float(value):+.{SIGNIFICANT}g}" for value in (slope.derivative, slope.elasticity))
        table.add_row(slope.of, slope.to, *shown)
    console().print(table)
    if not found:
        click.echo("nothing to differentiate: name variables with --of and parameters with --to")
