"""``symhet derive`` and ``symhet docs``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from symhet.cli.options import check_output, complete_claims, is_quiet, quiet_option, write_output
from symhet.errors import OutputError

if TYPE_CHECKING:
    from symhet.claims import Claim
    from symhet.render.accounts import Account
    from symhet.render.blocks import Document

FORMATS = {"latex": "tex", "markdown": "md"}


@click.command(epilog="\b\nExamples:\n  symhet derive kz.eq12\n  symhet derive kz.AppD --format latex")
@click.argument("name", metavar="ID", shell_complete=complete_claims)
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="markdown", show_default=True)
@click.option("-o", "--output", default="-", metavar="FILE", help="Write there instead of standard output.")
@quiet_option
def derive(name: str, form: str, output: str, quiet: bool) -> None:
    """Print the derivation of a claim, or of a document such as kz.AppA, kz.results, bo.section_2."""
    check_output(output, "--output")
    from symhet.cli.ledgers import paper_of
    from symhet.render.blocks import write_latex, write_markdown
    from symhet.render.notation import notation_for

    write = write_latex if form == "latex" else write_markdown
    write_output(output, write(_document(name), notation_for(paper_of(name))), "--output")


def _document(name: str) -> Document:
    from symhet.cli.ledgers import find_claim, ledgers, paper_of
    from symhet.render.documents import document, single
    from symhet.render.notation import notation_for
    from symhet.render.plans import PLANS

    key = paper_of(name)
    plans = {f"{key}.{plan.key}": plan for plan in PLANS[key].documents} if key in PLANS else {}
    if name not in plans:
        claim = find_claim(name)
        return single(_judged([claim])[claim.id], ledgers([key])[0].title, notation_for(key))
    [ledger] = ledgers([key])
    wanted = set(plans[name].claims)
    told = _judged([row for row in ledger.claims if wanted & {row.id, *(part.id for part in row.parts)}])
    return document(plans[name], PLANS[key], ledger.title, told, notation_for(key))


def _judged(claims: list[Claim]) -> dict[str, Account]:
    """Judge claims; a document is not written from claims without a verdict."""
    from symhet.cli.running import Run, cores
    from symhet.render.accounts import ERROR

    run = Run(claims)
    run.execute(cores())
    told = run.accounts()
    failed = [entry for each in told for entry in each.walk() if entry.verdict == ERROR and not entry.parts]
    for entry in failed:
        click.echo(f"no verdict for {entry.id}: {entry.evidence}", err=True)
    if failed:
        raise SystemExit(1)
    return {entry.id: entry for entry in told}


@click.command(epilog="\b\nExample:\n  symhet docs -o derivations")
@click.option("-o", "--output", default="derivations", show_default=True, metavar="DIR", help="Folder to write to.")
@quiet_option
def docs(output: str, quiet: bool) -> None:
    """Write the documents of every paper: appendices, results and verdicts, as LaTeX and Markdown."""
    folder = Path(output)
    if folder.exists() and not folder.is_dir():
        raise OutputError(output, "it is a file, not a folder", where="--output")
    from symhet.cli.ledgers import ledgers
    from symhet.render.plans import PLANS

    for ledger in ledgers(tuple(PLANS)):
        texts = paper_texts(ledger.key, ledger.title, _judged(list(ledger.claims)))
        target = folder / PLANS[ledger.key].folder
        target.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            write_output(str(target / name), text, "--output")
        drawn = draw_pictures(ledger.key, target)
        if not is_quiet(quiet):
            click.echo(f"{len(texts)} documents in {target}" + (f", {drawn} pictures" if drawn else ""))


def draw_pictures(key: str, target: Path) -> int:
    """Draw the pictures of a paper's documents, as PDF and as SVG, and return how many there are."""
    from symhet.render import plots
    from symhet.render.blocks import FIGURES
    from symhet.render.plans import PLANS

    pictures = [picture.name for plan in PLANS[key].documents for picture in plan.pictures]
    for name in pictures:
        for ending in ("pdf", "svg"):
            (target / FIGURES).mkdir(exist_ok=True)
            plots.save(name, target / FIGURES / f"{name}.{ending}")
    return len(pictures)


def paper_texts(key: str, title: str, told: dict[str, Account]) -> dict[str, str]:
    """Return the documents of a paper by file name."""
    from symhet.render.blocks import write_latex, write_markdown
    from symhet.render.documents import document, verdicts
    from symhet.render.notation import notation_for
    from symhet.render.plans import PLANS

    notation = notation_for(key)
    texts: dict[str, str] = {}
    for plan in PLANS[key].documents:
        made = document(plan, PLANS[key], title, told, notation)
        texts[f"{plan.name}.tex"] = write_latex(made, notation)
        texts[f"{plan.name}.md"] = write_markdown(made, notation)
    return {**texts, "verdicts.md": write_markdown(verdicts(list(told.values()), title, notation), notation)}
