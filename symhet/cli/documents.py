"""``symhet derive`` and ``symhet docs``."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from symhet.cli.options import check_folder, check_output, complete_claims, is_quiet, quiet_option, write_output

if TYPE_CHECKING:
    from collections.abc import Callable

    from symhet.claims import Claim, Ledger
    from symhet.render.accounts import Account
    from symhet.render.blocks import Document
    from symhet.render.notation import Notation

FORMATS = {"latex": "tex", "markdown": "md"}


@click.command(epilog="\b\nExamples:\n  symhet derive kz.eq12\n  symhet derive kz.appendix\n  symhet derive kz --full")
@click.argument("name", metavar="ID", shell_complete=complete_claims)
@click.option("--full", is_flag=True, help="Every step that the kernel checked, of a whole paper or of a part of it.")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="markdown", show_default=True)
@click.option("-o", "--output", default="-", metavar="FILE", help="Write there instead of standard output.")
@quiet_option
def derive(name: str, full: bool, form: str, output: str, quiet: bool) -> None:
    """Print the derivation of a claim, the appendix of a paper, or with --full its log, step by step.

    ID is a claim, a paper's key, one of its documents (kz.appendix, kz.corrections, kz.verdicts), a part of its log
    (kz.AppD, bo.section_2), a model file, or one of its claims (model.toml:claim).
    """
    check_output(output, "--output")
    from symhet.cli.ledgers import paper_of
    from symhet.render.blocks import write_latex, write_markdown
    from symhet.workbench import key_of

    name = key_of(name)
    write = write_latex if form == "latex" else write_markdown
    write_output(output, write(_document(name, full), _notation(paper_of(name))), "--output")


def _document(name: str, full: bool) -> Document:
    from symhet.catalogue import find_paper
    from symhet.cli.ledgers import find_claim, ledgers, paper_of
    from symhet.render.documents import document, single
    from symhet.render.notation import notation_for
    from symhet.render.written import appendix_of, plan_of, whole_log

    key, _, part = paper_of(name), *name.partition(".")[1:]
    log = plan_of(key)
    plans = {plan.key: plan for plan in log.documents}
    made = documents_of(key) if find_paper(key) is not None else ()
    # Where no appendix is written by hand, the log is what there is to print.
    full = full or (not part and bool(plans) and appendix_of(key) is None)
    if made and (not part or part in made) and not full:
        [ledger] = ledgers([key])
        return papers_documents(ledger, _judged(list(ledger.claims)))[part or made[0]]()
    if part in plans or (plans and full and not part):
        plan = plans[part] if part else next(iter(plans.values())) if len(plans) == 1 else whole_log(log)
        [ledger] = ledgers([key])
        wanted = set(plan.claims)
        told = _judged([row for row in ledger.claims if wanted & {row.id, *(part.id for part in row.parts)}])
        return document(plan, log, ledger.title, told, notation_for(key))
    claim = find_claim(name)
    return single(_judged([claim])[claim.id], ledgers([key])[0].title, notation_for(key))


def documents_of(key: str) -> tuple[str, ...]:
    """Return the names of the documents of a paper: what is written by hand of it, and the table of its verdicts."""
    from symhet.render.written import appendix_of, corrections_of

    known = {"appendix": appendix_of(key), "corrections": corrections_of(key), "verdicts": key}
    return tuple(name for name, found in known.items() if found is not None)


def papers_documents(ledger: Ledger, told: dict[str, Account]) -> dict[str, Callable[[], Document]]:
    """Return how the documents of a paper are made, by name."""
    from symhet.render.corrections import corrections_document
    from symhet.render.documents import verdicts
    from symhet.render.expositions import exposition_document
    from symhet.render.notation import notation_for
    from symhet.render.written import appendix_of, corrections_of

    rows, title, notation = list(told.values()), ledger.title, notation_for(ledger.key)
    made: dict[str, Callable[[], Document]] = {}
    if (appendix := appendix_of(ledger.key)) is not None:
        made["appendix"] = partial(exposition_document, appendix, title, rows, notation)
    if (corrections := corrections_of(ledger.key)) is not None:
        made["corrections"] = partial(corrections_document, corrections, title, rows)
    return {**made, "verdicts": partial(verdicts, rows, title, notation)}


def _notation(key: str) -> Notation:
    """Return the notation of a paper with the names of its appendix."""
    from symhet.render.expositions import notation_of_names
    from symhet.render.notation import notation_for
    from symhet.render.written import appendix_of

    appendix = appendix_of(key)
    return notation_for(key) if appendix is None else notation_of_names(appendix, notation_for(key))


def _judged(claims: list[Claim]) -> dict[str, Account]:
    """Judge claims; a document is not written from claims without a verdict."""
    from symhet.cli.running import Run
    from symhet.render.briefs import ERROR

    run = Run(claims)
    run.execute(run.jobs())
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
    """Write the documents of every paper: appendix and corrections as LaTeX and Markdown, the table of verdicts."""
    folder = check_folder(output, "--output", make=True)
    from symhet.cli.ledgers import ledgers

    for ledger in ledgers():
        texts = paper_texts(ledger, _judged(list(ledger.claims)))
        target = folder / ledger.key
        target.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            write_output(str(target / name), text, "--output")
        drawn = draw_pictures(ledger.key, target)
        if not is_quiet(quiet):
            click.echo(f"{len(texts)} documents in {target}" + (f", {drawn} pictures" if drawn else ""))


def draw_pictures(key: str, target: Path) -> int:
    """Draw the pictures of a paper's appendix, as PDF and as SVG, and return how many there are."""
    from symhet.exposition import Drawn
    from symhet.render import plots
    from symhet.render.blocks import FIGURES
    from symhet.render.written import appendix_of

    appendix = appendix_of(key)
    pictures = [item.name for item in appendix.items if isinstance(item, Drawn)] if appendix is not None else []
    for name in pictures:
        for ending in ("pdf", "svg"):
            (target / FIGURES).mkdir(exist_ok=True)
            plots.save(name, target / FIGURES / f"{name}.{ending}")
    return len(pictures)


def paper_texts(ledger: Ledger, told: dict[str, Account]) -> dict[str, str]:
    """Return the documents of a paper by file name."""
    from symhet.render.blocks import write_latex, write_markdown

    notation = _notation(ledger.key)
    texts: dict[str, str] = {}
    for name, make in papers_documents(ledger, told).items():
        made = make()
        texts[f"{name}.md"] = write_markdown(made, notation)
        if name != "verdicts":
            texts[f"{name}.tex"] = write_latex(made, notation)
    return texts
