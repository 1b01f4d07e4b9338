"""``symhet export``: LaTeX for manuscripts, and its PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from symhet.cli.options import check_output, complete_claims, complete_papers, quiet_option, write_output

if TYPE_CHECKING:
    from symhet.render.accounts import Account
    from symhet.render.export.renaming import RenamedWriter

TABLES = ("notation", "assumptions", "signs")
NOTATION_HELP = (
    "TOML with other names: [symbols] by name, such as sigma = '\\varepsilon', and [letters] that are replaced "
    "everywhere, such as '\\varphi' = 'z'."
)


@click.group()
def export() -> None:
    """Write claims, tables and documents for a manuscript."""


def _shared(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        quiet_option,
        click.option("--notation", "notation_path", metavar="FILE", help=NOTATION_HELP),
        click.argument("names", nargs=-1, required=True, metavar="ID...", shell_complete=complete_claims),
    ):
        command = option(command)
    return command


@export.command(
    epilog="\b\nExamples:\n  symhet export latex kz.eq12 --labels\n"
    "  symhet export latex kz.eq11 kz.eq12 --standalone -o cutoffs.tex"
)
@_shared
@click.option("--standalone", is_flag=True, help="A document that compiles by itself.")
@click.option("--labels", is_flag=True, help="Label the equations: eq:kz.eq12 and so on.")
@click.option("-o", "--output", default="-", metavar="FILE", help="Write there instead of standard output.")
def latex(
    names: tuple[str, ...], notation_path: str | None, standalone: bool, labels: bool, output: str, quiet: bool
) -> None:
    """Print what is true of claims as align environments with the paper's numbers; kz stands for a whole paper."""
    check_output(output, "--output")
    names = _opened(names)
    if standalone:
        text = _document(names, notation_path, labels)
    else:
        text = "\n".join(fragment for _, fragment in _fragments(names, notation_path, labels))
    _write(output, text)


@export.command(epilog="\b\nExample:\n  symhet export tables kz --only notation -o notation.tex")
@click.argument("paper", metavar="PAPER", shell_complete=complete_papers)
@click.option("--only", type=click.Choice(TABLES), multiple=True, help="One of the tables; repeat for more.")
@click.option("--notation", "notation_path", metavar="FILE", help=NOTATION_HELP)
@click.option("-o", "--output", default="-", metavar="FILE", help="Write there instead of standard output.")
@quiet_option
def tables(paper: str, only: tuple[str, ...], notation_path: str | None, output: str, quiet: bool) -> None:
    """Print tables of notation, of assumptions and of the signs of comparative statics (booktabs)."""
    check_output(output, "--output")
    [paper] = _opened((paper,))
    from symhet.cli.ledgers import ledgers

    ledgers([paper])
    wanted = only or TABLES
    told = _judged((paper,)) if "signs" in wanted else []
    found = _tables(paper, told, _writer(paper, notation_path))
    text = "\n".join(f"% {name}\n{found[name]}\n" for name in wanted if found[name])
    _write(output, text)


@export.command(epilog="\b\nExample:\n  symhet export pdf kz.eq11 kz.eq12 -o cutoffs.pdf")
@_shared
@click.option("-o", "--output", default="export.pdf", show_default=True, metavar="FILE", help="File to write.")
def pdf(names: tuple[str, ...], notation_path: str | None, output: str, quiet: bool) -> None:
    """Write claims as a PDF with latexmk, tectonic or pdflatex."""
    check_output(output, "--output")
    from symhet.render.export.standalone import write_pdf

    write_pdf(_document(_opened(names), notation_path, labels=False), Path(output))
    click.echo(output)


def _write(output: str, text: str) -> None:
    write_output(output, text, "--output")
    if not text:
        click.echo("there is nothing to write: no claim, and nothing declared", err=True)


def _opened(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return IDs of claims and keys of papers for them and for model files."""
    from symhet.workbench import key_of

    return tuple(map(key_of, names))


def _judged(names: tuple[str, ...]) -> list[Account]:
    from symhet.cli.ledgers import find_claims
    from symhet.cli.running import Run

    run = Run(find_claims(names))
    run.execute(run.jobs())
    return run.accounts()


def _writer(key: str, notation_path: str | None) -> RenamedWriter:
    from symhet.render.export.renaming import RenamedWriter, Renaming, read_notation
    from symhet.render.notation import notation_for

    notation = notation_for(key)
    rename = Renaming() if notation_path is None else read_notation(Path(notation_path), notation)
    return RenamedWriter(notation, rename)


def _fragments(names: tuple[str, ...], notation_path: str | None, labels: bool) -> list[tuple[str, str]]:
    """Return heading and LaTeX of each claim; a notation file is read before anything is judged."""
    from symhet.cli.ledgers import paper_of
    from symhet.render.export.claims import Exporter

    keys = dict.fromkeys(map(paper_of, names))
    exporters = {key: Exporter(_writer(key, notation_path), labels) for key in keys}
    found = []
    for told in _judged(names):
        exporter = exporters[paper_of(told.id)]
        found.append((exporter.heading(": ".join(filter(None, (told.id, told.title)))), exporter.claim(told)))
    return found


def _document(names: tuple[str, ...], notation_path: str | None, labels: bool) -> str:
    from symhet.cli.ledgers import ledgers, paper_of
    from symhet.render.export.standalone import standalone

    titles = [ledger.title for ledger in ledgers(tuple(dict.fromkeys(map(paper_of, names))))]
    return standalone(r"\\".join(titles), _fragments(names, notation_path, labels))


def _tables(paper: str, told: list[Account], writer: RenamedWriter) -> dict[str, str]:
    from symhet.render.export.tables import assumptions_table, notation_table, signs_table
    from symhet.render.notation import vocabulary_of

    names = vocabulary_of(paper)
    return {
        "notation": notation_table((*names.parameters, *names.variables), writer),
        "assumptions": assumptions_table(names.domain, writer) if names.domain is not None else "",
        "signs": signs_table(told, writer),
    }
