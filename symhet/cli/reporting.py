"""``symhet report``: the site about what was found."""

from __future__ import annotations

import click

from symhet.cli.options import check_folder, complete_claims, is_quiet, quiet_option


@click.command(epilog="\b\nExample:\n  symhet report -o site/")
@click.argument("papers", nargs=-1, shell_complete=complete_claims)
@click.option("-o", "--output", default="site", show_default=True, metavar="DIR", help="Folder to write to.")
@quiet_option
def report(papers: tuple[str, ...], output: str, quiet: bool) -> None:
    """Judge every claim of PAPERS (kz, bo; both unless given) and write a site about them.

    The site is static: it needs no network and can be read without JavaScript. Open index.html in it.
    """
    folder = check_folder(output, "--output")
    from symhet.cli.judging import judging_bar
    from symhet.cli.ledgers import ledgers
    from symhet.cli.running import Run, cores
    from symhet.render.briefs import ERROR
    from symhet.render.report import paper, write_site
    from symhet.workbench import key_of

    found = ledgers(tuple(dict.fromkeys(map(key_of, papers))))
    run = Run([claim for ledger in found for claim in ledger.claims])
    with judging_bar(len(run.leaves), is_quiet(quiet)) as advance:
        run.execute(run.jobs(), advance)
    rows = run.accounts()
    written = [
        paper(each.key, each.title, [row for row in rows if row.id.startswith(f"{each.key}.")]) for each in found
    ]
    folder.mkdir(exist_ok=True)
    size = write_site(folder, written, jobs=cores())
    if not is_quiet(quiet):
        entries = sum(len(each.entries) for each in written)
        click.echo(f"{entries} claims, {size / 1e6:.1f} MB: {folder / 'index.html'}")
    failed = [entry for each in written for entry in each.entries if entry.verdict == ERROR and not entry.parts]
    for entry in failed:
        click.echo(f"no verdict for {entry.id}: {entry.evidence}", err=True)
    raise SystemExit(1 if failed else 0)
