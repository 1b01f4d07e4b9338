"""``symhet check`` and ``symhet new``: models of one's own, in a file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from symhet.cli.folding import fold, fold_all
from symhet.cli.options import check_folder, check_output, columns, write_output

if TYPE_CHECKING:
    from symhet.language.terms import Term
    from symhet.model.report import ClaimReport, Report

LONG = 120
"""A statement that is longer once its definitions are written out is shown in lowest terms."""


def is_file(name: str) -> bool:
    """Tell whether a command's argument is a path to a model file, perhaps with a claim behind a colon."""
    return name.split(":")[0].endswith(".toml") or "/" in name


EXAMPLES = "\b\nExamples:\n  symhet check model.toml\n  symhet check model.toml half --why --json -"


@click.command(epilog=EXAMPLES)
@click.argument("path", metavar="FILE")
@click.argument("claims", nargs=-1)
@click.option("--json", "json_path", metavar="FILE", help="Write the verdicts as JSON; - is standard output.")
@click.option("--why", is_flag=True, help="Say which assumptions each claim needs, and what fails without them.")
@click.option("--search", is_flag=True, help="Search anew, though a decision is kept from before.")
@click.option("--certificates", metavar="DIR", help="Write the theorems there, one file a claim, for symhet replay.")
def check(
    path: str, claims: tuple[str, ...], json_path: str | None, why: bool, search: bool, certificates: str | None
) -> None:
    """Judge the CLAIMS of the model in FILE, all unless given.

    What was decided before is kept under SYMHET_CACHE, or in the user's cache folder, and replayed.
    Exit status 0 when every claim got a verdict other than open (a refuted claim is a result), 1 when some are open,
    2 for a bad file.
    """
    judge_file(path, claims, json_path, certificates, why=why, search=search)


def judge_file(
    path: str,
    claims: tuple[str, ...],
    json_path: str | None,
    certificates: str | None,
    why: bool = False,
    search: bool = False,
) -> None:
    """Judge claims of a model file, print and write the verdicts, and end with the status of the report."""
    if json_path is not None:
        check_output(json_path, "--json")
    folder = None if certificates is None else check_folder(certificates, "--certificates", make=True)
    from symhet.model import read_model
    from symhet.model.report import counts

    model = read_model(path)
    report = model.check(*claims, why=why, search=search, progress=None if json_path == "-" else _tell)
    if json_path is not None:
        text = json.dumps(report.as_dict(), indent=2, ensure_ascii=False)
        write_output(json_path, text + "\n", "--json")
    if folder is not None:
        _write_certificates(folder, report)
    if json_path != "-":
        _print([*(note for note in report.notes if note.startswith("consistent")), counts(report)])
    raise SystemExit(report.status)


def _write_certificates(folder: Path, report: Report) -> None:
    from symhet.core.data import dumps, to_rows
    from symhet.workbench.claims import with_premises

    folder.mkdir(parents=True, exist_ok=True)
    for claim in report.claims:
        name = f"{report.model.key}.{claim.claim.name}"
        stated = map(with_premises, claim.rests_on)
        rows = [to_rows(made.context, made.goal, made.certificate, made.says, name) for made in stated]
        if rows:
            write_output(str(folder / f"{name}.jsonl"), "".join(map(dumps, rows)), "--certificates")


def _tell(report: Report) -> None:
    """Print what is new in a report."""
    from symhet.model.report import heading

    if report.claims:
        _print_verdict(report.claims[-1], report)
    else:
        _print(heading(report))


def _print(lines: Iterable[str]) -> None:
    """Print lines, folded to the terminal."""
    click.echo("\n".join(fold_all(lines, columns())))


def _print_verdict(claim: ClaimReport, report: Report, *said: str) -> None:
    """Print the verdict on a claim in columns, with what is said between the claim and the reasons."""
    from symhet.model.report import verdict

    width = min(report.width, columns() // 4)
    first, *rest = verdict(claim, width)
    behind = len(f"{'':<12} {'':<{width}}  ")
    click.echo("\n".join(fold(first, columns(), hang=behind)))
    if said or rest:
        _print([*(" " * behind + line for line in said), *rest])


@click.command(epilog="\b\nExample:\n  symhet new model.toml")
@click.argument("path", metavar="FILE")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def new(path: str, force: bool) -> None:
    """Write a commented example of a model to FILE, to start from."""
    from symhet.errors import OutputError
    from symhet.model.example import EXAMPLE

    check_output(path, "FILE")
    if path != "-" and Path(path).exists() and not force:
        raise OutputError(path, "there is such a file already: --force writes over it", where="symhet new")
    write_output(path, EXAMPLE, "FILE")
    if path != "-":
        click.echo(f"wrote {path}; next: symhet check {path}")


def list_file(path: str, verdicts: tuple[str, ...] = ()) -> None:
    """Print the claims of a model file as they are written; with verdicts, those that get one of them."""
    from symhet.model import read_model
    from symhet.model.world import understood

    model = read_model(path)
    world = understood(model)
    width = min(max(map(len, model.claims), default=0), columns() // 4)
    given, asked = len(world.hypotheses), len(model.claims)
    _print([f"{model.title}: {given} hypothes{'is' if given == 1 else 'es'}, {asked} claim{'s' if asked != 1 else ''}"])
    for claim in model.claims.values():
        world.said(claim)
    found = {each.claim.name: each.verdict for each in model.check().claims} if verdicts else {}
    for name, claim in model.claims.items():
        if not verdicts or found[name] in verdicts:
            said = f"{found[name]:<12} " if verdicts else ""
            shown = f"{said}{name:<{width}}  {claim.shown}" + (f"   ({claim.title})" if claim.title else "")
            click.echo("\n".join(fold(shown, columns(), 2, len(said) + width + 2)))


def show_claim(identifier: str) -> None:
    """Print one claim of a model file: what is supposed, how it was read, its verdict."""
    from symhet.language.spelling import text
    from symhet.model import read_model
    from symhet.model.report import counts, heading
    from symhet.model.world import understood

    path, _, name = identifier.partition(":")
    model = read_model(path)
    report = model.check(*([name] if name else []), why=bool(name))
    world = understood(model)
    order = world.setting.names.order
    _print(["supposed:", *(f"  {label}: {text(fact, order)}" for label, fact in world.hypotheses.items())])
    _print(heading(report))
    for claim in report.claims:
        _print_verdict(claim, report, *_read(claim))
    _print([counts(report)])
    raise SystemExit(report.status)


def _read(claim: ClaimReport) -> Iterator[str]:
    """Yield how a claim was understood, where that is not how it is written; a long one in lowest terms."""
    if claim.read_as.replace(" ", "") == claim.claim.says.text.replace(" ", ""):
        return
    from symhet.language.rebuilding import map_terms
    from symhet.language.spelling import text

    def shown(move: Callable[[Term, int], Term]) -> str:
        if claim.undecided is not None:
            return f"sign of {text(move(claim.undecided, 0))} is open"
        return text(map_terms(claim.reading, move))

    plain = min(claim.read_as, shown(_plain), key=len)
    yield f"read: {plain}" if len(plain) <= LONG else f"read, in lowest terms: {shown(_shorter)}"


def _plain(term: Term, binders: int = 0) -> Term:
    """Return a term without the ones and minus ones that differentiating leaves behind."""
    from symhet.search.at_exponents import folded

    return folded(term)


def _shorter(term: Term, binders: int = 0) -> Term:
    from symhet.language.refusals import Refusal
    from symhet.search.forms import tidy

    try:
        found = tidy(term)
    except Refusal:
        return term
    return min(found, term, key=lambda each: each.size)
